"""Several records of a list at once: selected with keys, summed up, changed alike, removed; and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from gzdesk.desktop.main_window import MainWindow
from gzdesk.domain.period import Month
from tests.desktop.forms_world import Hands, activity, in_dialog, press_in, settle, village_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication):
    with village_window(tmp_path / "village") as shown:
        for day, name in (("05", "书画展"), ("12", "象棋赛"), ("26", "歌会")):
            shown.workspace.records.save(
                type_id="activity", values=activity(name=name, date=f"2019-10-{day}", participants=10)
            )
        shown.go("records", type_id="activity", month="2019-10")
        settle()
        shown.page._list.focus_table()
        yield shown


def places(window: MainWindow) -> list[str]:
    model = window.page._list.model
    return [model.line(row).row.place for row in range(model.rowCount())]


def words_in(dialog: QDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def type_in(dialog: QDialog, *texts: str) -> None:
    for text in texts:
        QTest.keyClicks(dialog.focusWidget(), text)
        settle()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        settle()


def test_selected_rows_are_summed_up_in_the_line_at_the_bottom(window):
    hands = Hands(window)
    hands.press("Shift+Down", "Shift+Down")
    assert window.page.selected_ids == window.page._list.table.selected_ids()
    assert window.page.remark() == "选中 3 条 · 场次 3 · 人次 84"
    hands.press("Ctrl+A")
    assert window.page.remark() == "选中 4 条 · 场次 4 · 人次 94"
    hands.press("Down")
    assert "选中" not in window.page.remark()


def test_one_item_becomes_the_same_in_all_and_one_key_takes_it_back(window):
    before = places(window)
    seen = []

    def change(dialog):
        type_in(dialog, "dd", "wenhualou")
        seen.append(words_in(dialog))
        press_in(dialog, "answer_change")

    hands = Hands(window)
    in_dialog(change)
    hands.press("Ctrl+A", "Ctrl+K")
    assert "4 条会改" in seen[0]
    assert places(window) == ["wenhualou"] * 4
    assert "Ctrl+Z" in window.message.text()
    hands.press("Ctrl+Z")
    assert places(window) == before
    hands.press("Ctrl+Y")
    assert places(window) == ["wenhualou"] * 4


def test_what_cannot_change_is_named_with_its_reason_before_anything_is_done(window):
    seen = []

    def look(dialog):
        type_in(dialog, "cc", "0")
        seen.append((words_in(dialog), dialog._do.isEnabled()))
        dialog.reject()

    in_dialog(look)
    Hands(window).press("Ctrl+A", "Ctrl+K")
    words, may = seen[0]
    assert "4 条不能改" in words
    assert "象棋赛" in words
    assert not may


def test_a_text_that_cannot_be_read_says_why(window):
    seen = []

    def look(dialog):
        type_in(dialog, "kssj", "whenever")
        seen.append((words_in(dialog), dialog._do.isEnabled()))
        dialog.reject()

    in_dialog(look)
    Hands(window).press("Ctrl+A", "Ctrl+K")
    assert "19:30" in seen[0][0]
    assert not seen[0][1]


def test_several_are_voided_with_one_reason(window):
    def void(dialog):
        QTest.keyClicks(dialog.findChild(QLineEdit, "reason"), "twice")
        press_in(dialog, "answer_void")

    in_dialog(void)
    hands = Hands(window)
    hands.press("Ctrl+A", "Delete")
    model = window.page._list.model
    assert {model.line(row).row.status for row in range(model.rowCount())} == {"void"}
    hands.press("Ctrl+Z")
    assert {model.line(row).row.status for row in range(model.rowCount())} == {"held"}


def test_a_closed_month_keeps_its_records(window):
    window.workspace.months.close(Month(2019, 10), filled_by="苏惠芳", checked_by="苏国强")
    settle()
    seen = []

    def look(dialog):
        seen.append((words_in(dialog), dialog.findChild(QLineEdit, "reason").isVisible()))
        dialog.reject()

    in_dialog(look)
    Hands(window).press("Ctrl+A", "Delete")
    assert "都不能去掉" in seen[0][0]
    assert "封账" in seen[0][0]


def test_saved_and_taken_back_the_record_stands_in_the_form_again(window):
    window.go("records", type_id="activity", new=True)
    settle()
    hands = Hands(window)
    form = window.page.form
    typed = {
        "name": "qipai",
        "category": "讲座",
        "date": "2019-11-04",
        "start_time": "9:00",
        "participants": "33",
    }
    for name, text in typed.items():
        form.state.type_text(name, text)
        form.state.leave(name)
    hands.press("Ctrl+Return")
    assert window.workspace.records.undoable.added_id
    hands.press("Ctrl+Z")
    assert form.state.texts["participants"] == "33"
    assert form.state.record_id is None
    assert "还在表里" in window.message.text()
    form.state.type_text("participants", "34")
    hands.press("Ctrl+S")
    rows = window.workspace.records.of_types(["activity"], month=Month(2019, 11))
    assert [row.values["participants"] for row in rows] == [34]


def test_a_change_saved_in_the_form_is_taken_back_in_it(window):
    hands = Hands(window)
    hands.press("Return")
    form = window.page.form
    old = form.state.texts["place"]
    form.state.type_text("place", "elsewhere")
    hands.press("Ctrl+S", "Ctrl+Z")
    assert window.page.form.state.texts["place"] == old
    hands.press("Ctrl+Y")
    assert window.page.form.state.texts["place"] == "elsewhere"


def test_typing_that_is_not_saved_is_not_taken_for_a_step(window):
    hands = Hands(window)
    hands.press("Return")
    form = window.page.form
    form.state.type_text("place", "elsewhere")
    form._boxes["place"].show_content()
    hands.press("Ctrl+Z")
    assert form.state.texts["place"] == "elsewhere"
    assert "还没有保存" in window.message.text()
    form.forget_typed()
    form.state._at_start = form.state._content()


def test_a_cancelled_screening_asks_why_and_its_make_up_points_back_to_it(window):
    window.go("records", type_id="film_screening", month="2019-10")
    settle()
    hands = Hands(window)
    window.page._list.focus_table()
    hands.press("Return")
    form = window.page.form
    cancelled = form.state.record_id
    assert not window.page._pane._make_up.isVisible()
    for name in ("audience", "confirmed_by", "completed", "stamped"):
        form.state.texts.pop(name, None)
        form.state.directs.pop(name, None)
    form.state.type_text("status", "已取消")
    form.state.leave("status")
    form.show_state()
    assert not form.save()
    assert form.state.errors() == ("cancel_reason",)
    form.state.type_text("cancel_reason", "天气")
    hands.press("Ctrl+S")
    assert window.page._pane._make_up.isVisible()
    hands.press("Ctrl+M")
    made = window.page.form
    assert made.state.record_id is None
    assert made.state.values["makeup_of"] == cancelled
    assert made.state.texts["film_id"] == "烈火英雄"
    assert not made.state.texts.get("date")
    assert made.state.values["status"] == "held"
    made.forget_typed()
    window.page._pane.drop_all()
