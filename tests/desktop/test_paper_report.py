"""Reports on the page of documents: the text is rewritten, the report finished, saved for Word, and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from gzdesk.desktop import printing
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages.papers import PapersPage
from gzdesk.desktop.widgets.field_other import NoteField
from tests.desktop.forms_world import Hands, in_dialog, press_in, settle, village_window
from tests.desktop.shell_world import wait
from tests.desktop.test_papers_page import page_of, text_of


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        yield shown


def shown_buttons(page: PapersPage) -> set[str]:
    return {button.objectName() for button in page.report.findChildren(QPushButton) if button.isVisible()}


def write(page: PapersPage, part: str, text: str) -> None:
    def typed(dialog: QDialog) -> None:
        box = dialog.findChild(NoteField, f"part_{part}")
        assert isinstance(box, NoteField)
        box.setPlainText(text)
        press_in(dialog, "done")

    in_dialog(typed)
    page.report.edit_text()
    settle()
    wait(page.shell)


def finish(page: PapersPage) -> None:
    in_dialog(lambda dialog: press_in(dialog, "answer_finish"))
    page.report.finish()
    wait(page.shell)
    settle()


def test_a_text_is_rewritten_and_the_report_finished(window: MainWindow) -> None:
    page = page_of(window, document="monthly_report")
    assert "草稿，未定稿" in text_of(page)
    assert shown_buttons(page) == {"edit_text", "finish", "save_docx"}
    write(page, "plan", "十一月办粤曲晚会。")
    assert "十一月办粤曲晚会。" in text_of(page)
    finish(page)
    (found,) = window.workspace.finishing.finished()
    assert found.check_code in text_of(page)
    assert shown_buttons(page) == {"from_today", "edit_text", "save_docx"}


def test_a_correction_begins_with_the_text_and_gets_the_next_number(window: MainWindow) -> None:
    page = page_of(window, document="monthly_report")
    finish(page)
    write(page, "problems", "投影机旧了。")
    assert "投影机旧了。" in text_of(page)
    assert "草稿，未定稿" in text_of(page)
    page.report._show_draft(False)
    settle()
    assert "投影机旧了。" not in text_of(page)
    page.report._show_draft(True)
    settle()
    finish(page)
    assert "投影机旧了。" in text_of(page)
    assert "更正（第1次）" in text_of(page)


def test_the_way_back_to_the_records_is_there_once_something_was_changed(window: MainWindow) -> None:
    page = page_of(window, document="monthly_report")
    write(page, "plan", "别的计划。")

    def back(dialog: QDialog) -> None:
        resets = {
            button.objectName()
            for button in dialog.findChildren(QPushButton)
            if button.objectName().startswith("reset_") and button.isVisible()
        }
        assert resets == {"reset_plan"}
        press_in(dialog, "reset_plan")
        dialog.reject()

    in_dialog(back)
    page.report.edit_text()
    settle()
    assert "别的计划。" not in text_of(page)


def test_what_was_typed_is_kept_when_the_window_goes(window: MainWindow) -> None:
    page = page_of(window, document="monthly_report")

    def crash(dialog: QDialog) -> None:
        box = dialog.findChild(NoteField, "part_plan")
        assert isinstance(box, NoteField)
        box.setPlainText("没写完")
        dialog.keep()  # type: ignore[attr-defined]  # what its timer does
        month = page.bar.wanted().month
        texts = window.workspace.finishing.text("monthly_report", month=month).parts
        assert texts[-1].text == "没写完"
        dialog.close()

    in_dialog(crash)
    page.report.edit_text()
    settle()


def test_it_is_saved_for_word(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "ask_folder", lambda shell: tmp_path)
    page = page_of(window, document="monthly_report")
    page.save_shown(".docx")
    wait(window)
    settle()
    (file,) = tmp_path.glob("*.docx")
    assert "一、本月工作情况" in [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


def test_a_table_has_no_text_and_another_document_no_row(window: MainWindow) -> None:
    page = page_of(window, document="fund_notice")
    assert shown_buttons(page) == {"finish"}
    page.report.edit_text()
    page = page_of(window, document="monthly_sheet")
    assert not page.report.isVisible()
    page.report.finish()
    assert window.workspace.finishing.finished() == ()


def test_the_keys_are_f2_and_ctrl_enter(window: MainWindow) -> None:
    page = page_of(window, document="quarterly_report")
    opened: list[str] = []

    def look(dialog: QDialog) -> None:
        opened.append(dialog.windowTitle())
        dialog.reject()

    hands = Hands(window)
    in_dialog(look)
    hands.press("F2")
    settle()
    in_dialog(look)
    hands.press("Ctrl+Return")
    settle()
    assert opened == ["季度深度报告", "现在定稿吗？"]
    assert page.findChild(QLabel, "remarks") is not None
    assert window.workspace.finishing.finished() == ()


def test_the_page_opens_at_a_quarter_or_a_year(window: MainWindow) -> None:
    page = page_of(window, document="quarterly_report", quarter="2019-Q2")
    assert "2019年第2季度深度工作报告" in text_of(page)
    kept = page.put_away()
    assert (kept["quarter"], kept["month"], kept["year"]) == ("2019-Q2", None, None)
    assert "2018年年报" in text_of(page_of(window, document="annual_report", year=2018))
    assert "2019年8月工作动态" in text_of(page_of(window, document="monthly_report", month="2019-08"))
