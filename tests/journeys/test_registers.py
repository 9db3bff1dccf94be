"""Every register of a village, as a clerk fills it in: found by initials, written, refused, saved, found again,

corrected, looked up, removed and brought back. One window for all: each story cleans up nothing but its own record.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton

from gzdesk.domain.record import HELD
from gzdesk.services.reference import load_record_types
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, pc_of
from tests.journeys.register_entries import ENTRIES, Entry
from tests.journeys.screen import words_on
from tests.journeys.table import assert_within, registers_table

# Filled in on pages of their own, and what only the program writes.
OWN_PAGES = {"opening_log", "monthly_sheet"} | {
    item.id for item in load_record_types() if item.group == "system"
}
STORIES = [
    (shelf.id, item.id) for shelf in load_record_types().shelves for item in shelf.types if item.id in ENTRIES
]
KEYS_OF_A_CHARACTER = 3  # two letters of pinyin and the choice


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    with pc_of(CAOYI, tmp_path).on() as seated:
        _what_others_refer_to(seated)
        yield seated


def test_every_register_has_its_story(clerk: Clerk) -> None:
    assert set(ENTRIES) | OWN_PAGES == {item.id for item in clerk.ledger.types}
    assert set(registers_table()) == {clerk.ledger.types.get(type_id).en for type_id in ENTRIES}


@pytest.mark.parametrize("shelf", sorted({shelf for shelf, _type_id in STORIES}))
def test_the_registers_of_a_shelf(clerk: Clerk, shelf: str) -> None:
    for type_id in (type_id for on, type_id in STORIES if on == shelf):
        _story(clerk, type_id, ENTRIES[type_id])


def _story(clerk: Clerk, type_id: str, entry: Entry) -> None:
    clerk.program.go("home")
    clerk.rest()
    before = {record.id for record in clerk.ledger.records.of_types([type_id])}
    keys = _write_down(clerk, type_id, entry)
    clerk.expect("已保存")
    (record_id,) = {record.id for record in clerk.ledger.records.of_types([type_id])} - before
    _find(clerk, entry, record_id)
    _correct(clerk, entry, record_id)
    _remove_and_bring_back(clerk, record_id)
    assert_within(registers_table(), clerk.ledger.types.get(type_id).en, keys)


def _write_down(clerk: Clerk, type_id: str, entry: Entry) -> int:
    """From the first page to the saved record; returns the keys that a clerk without a slip presses."""
    clerk.keys = 0
    clerk.press("Ctrl+G")
    clerk.type(entry.go, "F2")
    assert clerk.form.record_type.id == type_id
    slip, wrong, sentence = entry.slip
    left, count = dict(entry.typed), 0
    if slip not in left:
        _refused(clerk, slip, wrong, sentence)
        clerk.press("F9")  # the whole form anew
        clerk.keys = len(entry.go) + 2
    while left:
        name = clerk.field()
        assert name, f"the form ended before {sorted(left)}"
        if name == slip:
            so_far = clerk.keys
            _refused(clerk, slip, wrong, sentence)
            clerk.keys = so_far
        text = left.pop(name, "")
        count += (KEYS_OF_A_CHARACTER - 1) * sum(not letter.isascii() for letter in text)
        in_note = clerk.form.record_type.field(name).kind == "note"  # where Enter begins a line
        if text == " ":
            clerk.press("Space")
        else:
            clerk.type(text, "Tab" if in_note else "Return")
    clerk.press("Ctrl+Return")
    return clerk.keys + count


def _refused(clerk: Clerk, name: str, wrong: str, sentence: str) -> None:
    """A slip of the pen: the sentence stands beside the item, and nothing is saved."""
    _go_to(clerk, name)
    clerk.type(wrong, "Ctrl+S")
    assert sentence in clerk.message_at(name), clerk.message_at(name)
    assert clerk.form.state.record_id is None
    _go_to(clerk, name)


def _go_to(clerk: Clerk, name: str) -> None:
    """Where Tab or F7 would bring the cursor; the count of keys is not about that."""
    clerk.form._unfold_for(name)
    clerk.form._focus(name)
    clerk.rest()


def _find(clerk: Clerk, entry: Entry, record_id: str) -> None:
    clerk.press("Escape", "Ctrl+F")
    clerk.type(entry.find, "Return")
    table = clerk.page._list.table
    rows = [clerk.page._list.model.line(row).row.id for row in range(clerk.page._list.model.rowCount())]
    assert record_id in rows, f"{entry.find} finds {rows}"
    table.select_id(record_id)


def _correct(clerk: Clerk, entry: Entry, record_id: str) -> None:
    name, text = entry.edit
    clerk.press("Return")
    _go_to(clerk, name)
    clerk.press("Ctrl+A")
    clerk.type(text, "Ctrl+S")
    clerk.expect("已保存")
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.extend(words_on(dialog))
        dialog.reject()

    clerk.answer(look)
    clerk.press("Ctrl+H")
    assert any("改为" in words or "填" in words for words in seen), seen
    assert len(clerk.ledger.records.history(record_id)) == 2
    clerk.press("Escape")


def _remove_and_bring_back(clerk: Clerk, record_id: str) -> None:
    record = clerk.ledger.records.get(record_id).record
    group = clerk.ledger.types.get(record.type).group
    clerk.page._list.table.select_id(record_id)
    if group in ("event", "daily") and record.status == HELD:
        clerk.answer(_void)
    clerk.press("Delete")
    gone = clerk.ledger.records.of_types([record.type])
    assert record_id not in {found.id for found in gone if found.status != "void"}
    clerk.press("Ctrl+Z")
    assert clerk.ledger.records.get(record_id).record.values == record.values


def _void(dialog: QDialog) -> None:
    dialog.findChild(QLineEdit, "reason").setText("登重了")
    dialog.findChild(QPushButton, "answer_void").click()


def _what_others_refer_to(clerk: Clerk) -> None:
    """A volunteer, a thing to lend, a training and a second venue."""
    save = clerk.ledger.records.save
    save(type_id="volunteer", values={"name": "陈美玲", "registered_on": "2019-03-01"})
    save(
        type_id="asset",
        values={
            "asset_no": "CY-001",
            "name": "音响",
            "class": "stage_equipment",
            "quantity": 4,
            "acquired_on": "2018-01-05",
            "place": "仓库",
            "keeper": "苏国强",
        },
    )
    save(
        type_id="training_session",
        values={
            "title": "电脑培训",
            "kind": "arts",
            "level": "town",
            "organiser": "文化站",
            "start_on": "2019-10-15",
            "days": "1",
            "place": "镇文化站",
            "attendance_total": 40,
        },
    )
    (schedule,) = clerk.ledger.records.of_types(["open_schedule"])
    save(type_id="open_schedule", record_id=schedule.id, values={**schedule.values, "valid_to": "2019-10-31"})
    save(type_id="facility", values={"name": "农家书屋", "type": "rural_reading_room"})
