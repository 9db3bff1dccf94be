"""Who was there: ticks and figures for many people at once, with keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gzdesk.desktop.people_dialog import PeopleDialog
from tests.desktop.forms_world import Hands, in_dialog, settle, village_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication):
    with village_window(tmp_path / "village") as shown:
        save = shown.workspace.records.save
        for name in ("李冬梅", "苏国强", "梁伟明"):
            values = {"name": name, "employment": "part_time", "duty": "other", "full_time": "part_time"}
            save(type_id="staff", values={**values, "in_post_from": "2018-01-01"})
        save(type_id="volunteer", values={"name": "陈美玲", "registered_on": "2019-01-01"})
        values = {
            "title": "业务培训",
            "kind": "centralised",
            "level": "town",
            "organiser": "文化站",
            "days": "2",
        }
        values |= {"start_on": "2019-10-15", "place": "镇文化站", "attendance_total": 12}
        save(type_id="training_session", values=values)
        shown.go("records", type_id="training_session", month="2019-10")
        settle()
        shown.page._list.focus_table()
        yield shown


def press(dialog: PeopleDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.focusWidget(), key)
        settle()


def days(window) -> list[object]:
    return sorted(
        record.values["days"] for record in window.workspace.records.of_types(["training_attendance"])
    )


def test_ticks_take_the_days_of_the_training_and_one_key_takes_all_back(window):
    def fill(dialog):
        press(dialog, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Space)
        line = dialog._lines[2].figure
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, "1.5")
        assert "2" in dialog._do.text()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    in_dialog(fill)
    hands = Hands(window)
    hands.press("Ctrl+J")
    assert days(window) == ["1.5", "2"]
    assert "2 人" in window.message.text()
    hands.press("Ctrl+Z")
    assert days(window) == []


def test_a_refusal_names_the_person_and_leaves_the_dialog_open(window):
    seen = []

    def fill(dialog):
        dialog._tick_all()
        dialog._lines[1].figure.setText("9")
        dialog._do.click()
        seen.append(" ".join(label.text() for label in dialog.findChildren(QLabel)))
        dialog.reject()

    in_dialog(fill)
    Hands(window).press("Ctrl+J")
    assert "业务培训" in seen[0]
    assert any(name in seen[0] for name in ("李冬梅：", "苏国强：", "梁伟明："))
    assert days(window) == []


def test_who_is_written_down_already_cannot_be_ticked_again(window):
    (training,) = window.workspace.records.of_types(["training_session"])
    (person, *_others) = window.workspace.records.of_types(["staff"])
    window.workspace.person_rows.save(
        training.id, child_id="training_attendance", figures={person.id: "1"}, same={}
    )
    seen = []

    def look(dialog):
        seen.extend((line.person.id, line.figure.text(), line.box.isEnabled()) for line in dialog._lines)
        dialog.reject()

    in_dialog(look)
    Hands(window).press("Ctrl+J")
    assert (person.id, "1", False) in seen
    assert sum(enabled for *_rest, enabled in seen) == 2


def test_hours_of_volunteers_ask_once_for_what_is_the_same(window):
    seen = []

    def fill(dialog):
        dialog._open("volunteer_service")
        seen.append(list(dialog._same))
        for name, text in (("content", "order"), ("leader", "su"), ("confirmed_by", "su")):
            dialog._same[name].show_text(text)
        dialog._lines[0].box.setChecked(True)
        dialog._lines[0].figure.setText("3")
        dialog._do.click()

    in_dialog(fill)
    Hands(window).press("Ctrl+J")
    assert seen == [["content", "leader", "confirmed_by"]]
    (service,) = window.workspace.records.of_types(["volunteer_service"])
    assert (service.values["hours"], service.values["date"]) == ("3", "2019-10-15")
