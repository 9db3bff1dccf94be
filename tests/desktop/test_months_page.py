"""The monthly sheet in the real window: look, close, print, correct (ui.md 5, job 3; picture e)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gzdesk.desktop import printing
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.widgets.pdf_preview import PdfDocument
from gzdesk.domain.period import Month
from tests.desktop.forms_world import Hands, activity, in_dialog, press_in, settle, village_window

OCTOBER = Month(2019, 10)


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        shown.workspace.records.save(
            type_id="staff",
            values={
                "name": "李冬梅",
                "employment": "part_time",
                "duty": "other",
                "full_time": "part_time",
                "in_post_from": "2018-01-01",
            },
        )
        yield shown


@pytest.fixture
def october(window: MainWindow) -> MainWindow:
    window.go("months", month="2019-10")
    settle()
    return window


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the printer prints to; its dialog is answered with Enter."""
    paper = tmp_path / "paper.pdf"

    def ask(shell: MainWindow) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(paper))
        return printer

    monkeypatch.setattr(printing, "ask_printer", ask)
    return paper


def state(window: MainWindow):
    return window.workspace.months.state(OCTOBER)


# Job 3 (ui.md 5)


def test_closing_and_printing_takes_no_more_than_10_keys(window, printed):
    hands = Hands(window)
    hands.press("Ctrl+4")
    assert window.page_id == "months"
    hands.press("Ctrl+L")
    hands.type("ldm", "Return")
    hands.press("Return")
    assert state(window).status == "closed"
    hands.press("Ctrl+P")
    dialog_enter = 1
    assert hands.keys + dialog_enter <= 10, hands.keys
    assert printed.exists()
    assert state(window).checked_by == "李冬梅"
    assert state(window).filled_by == "苏惠芳"


def test_the_print_is_the_sheet_in_its_own_size_and_place(october, printed):
    october.workspace.months.close(OCTOBER, checked_by="李冬梅")
    october.page.print_shown()
    paper = PdfDocument(printed.read_bytes())
    sheet = PdfDocument(october.workspace.reports.preview("monthly_sheet", month=OCTOBER, for_screen=False))
    assert len(paper) == len(sheet)
    for one, other in zip(paper.sizes_points[0], sheet.sizes_points[0], strict=True):
        assert abs(one - other) < 1.5
    printed_edges, sheet_edges = _edges(paper.image(0, scale=1)), _edges(sheet.image(0, scale=1))
    # A printer that adds its own margins would shift the sheet by five millimetres and shrink the seal area.
    assert all(abs(one - other) <= 2 for one, other in zip(printed_edges, sheet_edges, strict=True))


def _edges(image) -> tuple[int, int, int, int]:
    """Where ink begins and ends: left, top, right, bottom, in points."""
    dark = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 140
    ]
    columns, rows = [x for x, _y in dark], [y for _x, y in dark]
    return min(columns), min(rows), max(columns), max(rows)


def test_giving_up_the_printer_prints_nothing(october, monkeypatch):
    monkeypatch.setattr(printing, "ask_printer", lambda shell: None)
    assert not printing.print_report(october, "monthly_sheet", month=OCTOBER)


def test_characters_without_a_glyph_are_named_before_printing(october, monkeypatch, printed):
    reports = october.workspace.reports
    monkeypatch.setattr(reports, "missing_glyphs", lambda name, **options: ("𪚥 cannot be printed",))
    in_dialog(lambda dialog: dialog.reject())
    assert not printing.print_report(october, "monthly_sheet", month=OCTOBER)
    assert not printed.exists()
    in_dialog(lambda dialog: press_in(dialog, "answer_print"))
    assert printing.print_report(october, "monthly_sheet", month=OCTOBER)


# Looking


def test_the_sheet_is_shown_and_can_be_enlarged(october):
    preview = october.page.preview
    QTest.qWait(1)
    settle()
    assert preview.page_count >= 1
    wide = preview._sheets.places[0].width()
    Hands(october).press("+")
    assert preview._sheets.places[0].width() > wide
    Hands(october).press("-")
    assert preview._sheets.places[0].width() == wide


def test_the_film_summary_is_the_second_document(october):
    before = october.page.preview._sheets.document
    october.page._choose_report("film_month_summary")
    settle()
    assert october.page.preview._sheets.document is not before
    assert october.page._reports.chosen == "film_month_summary"


def test_the_deadline_names_the_last_workday_before_it(october):
    words = october.page._head.subtitle.full_text()
    assert "11月10日（星期日）" in words
    assert "11月8日（星期五）" in words


# What stops the closing


def test_a_draft_stops_the_closing_and_its_button_leads_there(october):
    saved = october.workspace.records.save(
        type_id="activity", values=activity(participants=None), as_draft=True
    )
    settle()
    assert not october.page._closing._close.isEnabled()
    hands = Hands(october)
    hands.press("Ctrl+L")
    assert state(october).status == "open"
    hands.press("F7", "Return")
    assert october.page_id == "records"
    assert october.page.form.state.record_id == saved.id


def test_missing_visitors_do_not_stop_it_and_lead_to_the_grid(october):
    hands = Hands(october)
    hands.press("F7", "Return")
    assert october.page_id == "opening"
    assert october.page._month == OCTOBER


def test_escape_gives_up_closing(october):
    hands = Hands(october)
    hands.press("Ctrl+L")
    assert october.page._closing.asking
    hands.press("Esc")
    assert not october.page._closing.asking
    assert october.page_id == "months"
    assert state(october).status == "open"


# Nil report


def test_a_month_without_events_is_closed_as_a_nil_report(october):
    october.go("months", month="2019-06")
    settle()
    hands = Hands(october)
    assert not october.page._closing._close.isEnabled()
    october.page._closing._nil_button.click()
    hands.type("ldm", "Return")
    hands.press("Return")
    june = october.workspace.months.state(Month(2019, 6))
    assert june.status == "closed"
    assert june.nil


def test_a_month_with_events_is_no_nil_report(october):
    assert not october.page._closing._nil_button.isEnabled()


# Afterwards


def test_a_closed_month_shows_its_code_and_who_closed_it(october):
    sheet = october.workspace.months.close(OCTOBER, checked_by="李冬梅")
    settle()
    october.page.refresh()
    settle()
    assert sheet.check_code in october.page._closing._facts.text()
    assert october.page._closing.checked_by.text() == "李冬梅"
    assert october.page._closing.checked_by.isReadOnly()
    assert october.page._after.isVisible()
    assert not october.page._checks.isVisible()


def test_reopening_needs_a_reason_and_marks_the_next_one(october):
    october.workspace.months.close(OCTOBER, checked_by="李冬梅")
    october.page.refresh()
    seen = []

    def answer(dialog):
        seen.append(dialog._buttons["reopen"].isEnabled())
        QTest.keyClicks(dialog.findChild(QLineEdit, "reason"), "wrong figure")
        press_in(dialog, "answer_reopen")

    in_dialog(answer)
    october.page.reopen_month()
    settle()
    assert seen == [False]
    assert state(october).status == "reopened"
    assert state(october).reason == "wrong figure"
    assert "wrong figure" in october.page._chip.text()
    october.workspace.months.close(OCTOBER, checked_by="李冬梅")
    october.page.refresh()
    assert "更正" in october.page._chip.text()


def test_the_workbook_goes_into_the_chosen_folder(october, monkeypatch, tmp_path):
    monkeypatch.setattr(printing, "ask_folder", lambda shell: tmp_path)
    Hands(october).press("Ctrl+E")
    files = list(tmp_path.glob("*.xlsx"))
    assert [file.name for file in files] == ["曹一村_2019-10_月度文化活动登记表.xlsx"]
    assert files[0].name in october.message.text()


def test_the_names_belong_to_their_month(october):
    october.page._closing.checked_by.setText("李冬梅")
    october.page._choose_month(Month(2019, 9))
    assert october.page._closing.checked_by.text() == ""
