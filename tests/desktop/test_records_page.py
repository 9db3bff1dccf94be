"""The list of records in the real window: tabs, months, search, sums, delete, void, undo, history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from gzdesk.desktop.history_dialog import HistoryDialog
from gzdesk.desktop.main_window import MainWindow
from gzdesk.domain.period import Month
from tests.desktop.forms_world import Hands, activity, in_dialog, press_in, settle, village_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        shown.go("records", month="2019-10")
        settle()
        yield shown


def titles(window: MainWindow) -> list[str]:
    model = window.page._list.model
    return [model.line(row).row.title for row in range(model.rowCount())]


def select(window: MainWindow, title: str) -> str:
    table = window.page._list.table
    table.select_row(titles(window).index(title))
    return table.current_id()


def write_in(dialog, text: str, then: str) -> None:
    QTest.keyClicks(dialog.findChild(QLineEdit, "reason"), text)
    press_in(dialog, then)


def test_the_month_lists_all_events_with_their_sums(window):
    assert titles(window) == ["烈火英雄", "粤曲私伙局交流"]
    labels = {label.text() for label in window.page._list.totals.findChildren(QLabel)}
    assert "185" in labels
    assert any("2" in text and "合计" in text for text in labels)


def test_page_up_and_down_turn_the_month(window):
    hands = Hands(window)
    hands.press("PgUp")
    assert window.page._list.month == Month(2019, 9)
    assert titles(window) == ["烈火英雄"]
    hands.press("PgDown")
    assert titles(window) == ["烈火英雄", "粤曲私伙局交流"]


def test_search_finds_by_initials_and_escape_empties_it(window):
    hands = Hands(window)
    hands.press("Ctrl+F")
    hands.type("lhyx", "Return")
    assert titles(window) == ["烈火英雄"]
    hands.press("Esc")
    settle()
    window.page._list.refresh()
    assert len(titles(window)) == 2


def test_tabs_turn_with_the_keyboard(window):
    hands = Hands(window)
    hands.press("Ctrl+PgDown")
    assert window.page._list.tab == "film_screening"
    assert titles(window) == ["烈火英雄"]


def test_enter_opens_and_escape_comes_back_to_the_same_line(window):
    chosen = select(window, "粤曲私伙局交流")
    hands = Hands(window)
    window.page._list.table.setFocus()
    hands.press("Return")
    assert window.page.form.state.record_id == chosen
    hands.press("Esc")
    assert window.page.form is None
    assert window.page._list.table.current_id() == chosen


def test_an_empty_month_says_what_to_do(window):
    hands = Hands(window)
    for _month in range(9):
        hands.press("PgUp")
    sentence = window.page._list._empty.sentence
    assert sentence.isVisible()
    assert "F2" in sentence.text()
    hands.press("F2")
    assert window.page.form is not None


def test_the_cursor_comes_back_from_an_empty_month_to_the_list(window):
    hands = Hands(window)
    hands.press("PgDown")
    assert window.page._list._empty_button.hasFocus()
    hands.press("PgUp", "Down")
    assert window.page._list.table.current_row() == 1
    hands.press("Ctrl+D")
    assert window.page.form.state.texts["name"] == "粤曲私伙局交流"


def test_a_plan_is_deleted_at_once_and_brought_back_with_undo(window):
    planned = activity(name="灯会", date="2019-11-20", status="planned", participants=None)
    saved = window.workspace.records.save(type_id="activity", values=planned)
    hands = Hands(window)
    hands.press("PgDown")
    window.page._list.table.setFocus()
    hands.press("Delete")
    assert "灯会" not in titles(window)
    assert "Ctrl+Z" in window.message.text()
    hands.press("Ctrl+Z")
    assert "灯会" in titles(window)
    assert window.workspace.records.get(saved.id).record.values["name"] == "灯会"


def test_what_happened_is_voided_with_a_reason(window):
    chosen = select(window, "粤曲私伙局交流")
    window.page._list.table.setFocus()
    in_dialog(lambda dialog: write_in(dialog, "double", "answer_void"))
    Hands(window).press("Delete")
    record = window.workspace.records.get(chosen).record
    assert record.status == "void"
    assert "double" in record.values["remark"]
    Hands(window).press("Ctrl+Z")
    assert window.workspace.records.get(chosen).record.status == "held"


def test_voiding_without_a_reason_cannot_be_pressed(window):
    select(window, "粤曲私伙局交流")
    window.page._list.table.setFocus()
    seen = []

    def look(dialog):
        seen.append(dialog._buttons["void"].isEnabled())
        dialog.reject()

    in_dialog(look)
    Hands(window).press("Delete")
    assert seen == [False]
    assert "粤曲私伙局交流" in titles(window)


def test_the_history_of_a_record_is_told_in_words(window):
    chosen = select(window, "粤曲私伙局交流")
    values = dict(window.workspace.records.get(chosen).record.values)
    window.workspace.records.save(type_id="activity", record_id=chosen, values={**values, "participants": 46})
    dialog = HistoryDialog(window, chosen)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "参与人次：64 改为 46" in words
    dialog.deleteLater()


def test_a_list_is_read_anew_when_something_is_saved_elsewhere(window):
    window.workspace.records.save(type_id="activity", values=activity(name="书法班", date="2019-10-26"))
    settle()
    assert "书法班" in titles(window)


def test_registers_show_films_of_the_town_and_staff_of_the_village(window):
    window.go("registers", type_id="film")
    settle()
    assert "我和我的祖国" in titles(window)
    window.go("registers", type_id="staff")
    settle()
    assert titles(window) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(("large", "high_contrast"), [(False, False), (True, False), (False, True)])
def test_every_form_opens_in_every_look(tmp_path, qapp, language, large, high_contrast):
    with village_window(
        tmp_path / "village", language=language, large=large, high_contrast=high_contrast
    ) as window:
        for page in ("records", "registers"):
            window.go(page)
            for record_type in window.page.tabs().types:
                window.go(page, type_id=record_type.id, new=True)
                settle()
                assert window.page.form.record_type is record_type
                window.page.form.grab()
