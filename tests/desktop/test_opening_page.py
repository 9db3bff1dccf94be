"""A month of open days typed into the real window (ui.md 5, job 2; picture d)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from gzdesk.desktop.main_window import MainWindow
from gzdesk.domain.period import Month
from tests.desktop.forms_world import Hands, settle, village_window

# The figures of picture d, and two for the days it leaves open.
FIGURES = [
    126,
    118,
    164,
    97,
    88,
    79,
    143,
    31,
    28,
    34,
    46,
    62,
    71,
    29,
    37,
    26,
    41,
    83,
    76,
    33,
    30,
    24,
    18,
    90,
    68,
]
FIGURES += [35, 42, 51]


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        yield shown


@pytest.fixture
def october(window: MainWindow) -> MainWindow:
    window.go("opening", month="2019-10")
    settle()
    return window


def figures(window: MainWindow) -> dict[int, int]:
    opening = window.workspace.opening
    month = opening.month(Month(2019, 10), opening.venues()[0])
    return {cell.day.day: cell.entry.visitors for cell in month.days if cell.entry.visitors is not None}


def test_a_month_takes_no_more_than_90_keys_from_the_home_page(window):
    hands = Hands(window)
    hands.press("Alt+3")
    assert window.page_id == "opening"
    for figure in FIGURES:
        hands.type(str(figure), "Return")
    assert hands.keys <= 90, hands.keys
    month = window.workspace.opening.month(Month(2019, 10), window.workspace.opening.venues()[0])
    assert month.totals.missing_days == 0
    assert [cell.entry.visitors for cell in month.days if cell.is_open] == FIGURES


def test_closed_days_are_skipped(october):
    hands = Hands(october)
    october.page.grid.move_to(date(2019, 10, 13))
    hands.type("71", "Return")
    assert october.page.grid.day == date(2019, 10, 15)
    hands.press("Shift+Return")
    assert october.page.grid.day == date(2019, 10, 13)


def test_every_number_is_saved_at_once(october):
    hands = Hands(october)
    hands.type("126", "Return")
    assert figures(october) == {1: 126}
    assert october.page.remark()


def test_typing_replaces_and_backspace_corrects(october):
    hands = Hands(october)
    hands.type("126", "Return")
    hands.press("Left")
    hands.type("13")
    hands.press("Backspace")
    hands.type("4", "Return")
    assert figures(october)[1] == 14


def test_enter_alone_leaves_a_day_missing(october):
    Hands(october).press("Return", "Return")
    assert figures(october) == {}
    assert october.page.grid.day == date(2019, 10, 3)


def test_zero_is_typed_like_any_number(october):
    Hands(october).type("0", "Return")
    assert figures(october) == {1: 0}


def test_full_width_digits_from_an_input_method_count(october):
    composed = QInputMethodEvent()
    composed.setCommitString("１２")
    QApplication.sendEvent(october.page.grid, composed)
    Hands(october).press("Return")
    assert figures(october) == {1: 12}


def test_arrows_take_over_what_was_typed(october):
    hands = Hands(october)
    hands.type("9")
    hands.press("Down")
    assert figures(october) == {1: 9}
    assert october.page.grid.day == date(2019, 10, 8)


def test_delete_clears_and_undo_brings_back(october):
    hands = Hands(october)
    hands.type("126", "Return")
    hands.press("Left", "Delete")
    assert figures(october) == {}
    hands.press("Ctrl+Z")
    assert figures(october) == {1: 126}
    hands.press("Ctrl+Z")
    assert figures(october) == {}


def test_escape_gives_up_the_number_and_stays_on_the_page(october):
    hands = Hands(october)
    hands.type("9")
    hands.press("Esc")
    assert october.page_id == "opening"
    hands.press("Right")
    assert figures(october) == {}


def test_a_refused_number_stays_under_the_cursor(october):
    hands = Hands(october)
    hands.type("99999", "Return")
    assert october.page.grid.day == date(2019, 10, 1)
    assert october.page.grid.typed == "99999"
    assert october.message.text()
    assert not october.go("home")
    hands.press("Esc")
    assert october.go("home")


def test_an_unusual_number_is_saved_with_a_word(october):
    Hands(october).type("2500", "Return")
    assert figures(october) == {1: 2500}
    assert "2500" in october.message.text()


def test_leaving_the_page_saves_what_is_being_typed(october):
    Hands(october).type("77")
    assert october.go("home")
    assert figures(october) == {1: 77}


def test_f2_changes_the_times_and_the_person_of_a_day(october):
    hands = Hands(october)
    october.page.grid.move_to(date(2019, 10, 25))
    hands.press("F2")
    hands.type("14:30-17:30", "Return")
    hands.type("18", "Return")
    hands.type("a")
    hands.press("Backspace")
    hands.type("ldm", "Return")
    hands.type("no power", "Return")
    opening = october.workspace.opening
    cell = opening.month(Month(2019, 10), opening.venues()[0]).cell(date(2019, 10, 25))
    assert [slot.end for slot in cell.entry.slots] == ["17:30"]
    assert (cell.entry.visitors, cell.entry.duty_person, cell.entry.note) == (18, "ldm", "no power")
    assert october.page.grid.hasFocus()
    hands.press("Ctrl+Z")
    assert 25 not in figures(october)


def test_times_that_cannot_be_read_stay_as_typed(october):
    hands = Hands(october)
    hands.press("F2")
    hands.type("in the afternoon")
    hands.press("Ctrl+S")
    assert october.page._panel.times.text() == "in the afternoon"
    assert october.page._panel.fault.text()
    hands.press("Esc")
    assert october.page.grid.hasFocus()


def test_a_month_without_weekly_hours_says_what_to_do(window):
    for record in window.workspace.records.of_types(["open_schedule"]):
        window.workspace.records.delete(record.id)
    window.go("opening", month="2019-10")
    settle()
    assert window.page._empty.sentence.isVisible()
    Hands(window).press("Return")
    assert window.page_id == "registers"
    assert window.page.form.record_type.id == "open_schedule"


def test_weekly_hours_are_typed_as_on_the_notice_board(window):
    for record in window.workspace.records.of_types(["open_schedule"]):
        window.workspace.records.delete(record.id)
    window.go("registers", type_id="open_schedule", new=True)
    settle()
    hands = Hands(window)
    lines = window.page.form.findChild(object, "field_weekday_slots").lines
    lines[1].setFocus()
    hands.type("1430-1730 1900-2100")
    lines[2].setFocus()
    hands.press("F4")
    assert lines[2].text() == lines[1].text()
    state = window.page.form.state
    hands.press("Tab")
    days = [(slot["weekday"], slot["from"], slot["to"]) for slot in state.values["weekday_slots"]]
    assert days == [
        (2, "14:30", "17:30"),
        (2, "19:00", "21:00"),
        (3, "14:30", "17:30"),
        (3, "19:00", "21:00"),
    ]
    lines[3].setFocus()
    hands.type("all day")
    hands.press("Tab")
    assert lines[3].text() == "all day"
    assert state.problem("weekday_slots").blocks
    window.page.form.forget_typed()


def test_the_grid_shows_six_weeks_without_cutting_them_off(tmp_path, qapp):
    with village_window(tmp_path / "village", today=date(2020, 1, 5)) as window:
        window.go("opening", month="2019-12")
        settle()
        grid = window.page.grid
        assert grid.day_rect(date(2019, 12, 31)).bottom() <= grid.height()
        assert min(grid.day_rect(day).height() for day in Month(2019, 12).days()) >= 80
