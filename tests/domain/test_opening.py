"""Open days, after the October of 2019 that the design shows: 28 days, 170.5 hours, 70.4 % outside office hours."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gzdesk.domain.opening import (
    WORKING_HOURS,
    DayPlan,
    Slot,
    open_minutes,
    planned_day,
    staggered_minutes,
    working_hours,
)
from gzdesk.domain.period import Month
from gzdesk.domain.reading.slots import read_slots
from tests.domain.shelf import closure, schedule

WEEK = "周二至周五 14:30-17:30、19:00-21:00；周六、日 9:00-11:30、14:30-17:30、19:00-21:00；"
HOLIDAYS = WEEK + "节假日 9:00-11:30、14:30-17:30、19:00-21:00"
NATIONAL_DAY = {date(2019, 10, day): "国庆节" for day in range(1, 8)}
MAKEUP = {date(2019, 10, 12)}


def board(text: str = HOLIDAYS, **changes: object) -> dict[str, object]:
    return schedule(weekday_slots=read_slots(text), **changes)


def slot(start: str, end: str) -> Slot:
    return Slot(start=start, end=end)


def plan(day: date, *schedules: dict[str, object], closures: tuple[dict[str, object], ...] = ()) -> DayPlan:
    return planned_day(schedules or (board(),), closures, day, NATIONAL_DAY.get(day), day in MAKEUP)


def spoken(found: DayPlan) -> list[str]:
    return [f"{item.start}-{item.end}" for item in found.slots]


def staggered(found: DayPlan) -> int:
    return staggered_minutes(
        found.slots, found.day, holiday=found.holiday_name, makeup_workday=found.is_makeup_workday
    )


def test_october_2019_is_planned_as_the_notice_board_says() -> None:
    month = [plan(day) for day in Month(2019, 10).days()]
    # The evening of the 25th fell out; the log of that day says so, not the plan.
    minutes = sum(open_minutes(day.slots) for day in month) - 120
    outside = sum(staggered(day) for day in month) - 120
    assert sum(1 for day in month if day.slots) == 28
    assert [day.day.day for day in month if not day.slots] == [14, 21, 28]
    assert Decimal(minutes) / 60 == Decimal("170.5")
    assert round(Decimal(outside) * 100 / minutes, 1) == Decimal("70.4")


def test_a_public_holiday_has_its_own_times_on_any_weekday() -> None:
    monday = date(2019, 10, 7)
    assert spoken(plan(monday)) == ["09:00-11:30", "14:30-17:30", "19:00-21:00"]
    assert plan(monday).holiday_name == "国庆节"


def test_without_holiday_times_the_weekday_counts() -> None:
    assert spoken(plan(date(2019, 10, 7), board(WEEK))) == []
    assert spoken(plan(date(2019, 10, 1), board(WEEK))) == ["14:30-17:30", "19:00-21:00"]


def test_a_makeup_workday_keeps_its_times_but_counts_as_a_workday() -> None:
    saturday, other_saturday = plan(date(2019, 10, 12)), plan(date(2019, 10, 19))
    assert spoken(saturday) == spoken(other_saturday) == ["09:00-11:30", "14:30-17:30", "19:00-21:00"]
    assert staggered(other_saturday) == 450
    assert staggered(saturday) == 120
    assert saturday.is_makeup_workday


@pytest.mark.parametrize(("day", "is_open"), [(18, True), (19, False), (20, False), (21, False), (22, True)])
def test_a_closure_lasts_from_its_first_to_its_last_day(day: int, is_open: bool) -> None:
    found = plan(
        date(2019, 11, day),
        board("每天 9:00-12:00"),
        closures=(closure(**{"from": "2019-11-19", "to": "2019-11-21"}),),
    )
    assert bool(found.slots) is is_open
    assert found.closed_reason == (None if is_open else "repair")


def test_a_closure_without_an_end_goes_on() -> None:
    notice = {name: value for name, value in closure().items() if name != "to"}
    assert plan(date(2020, 6, 1), board("每天 9:00-12:00"), closures=(notice,)).closed_reason == "repair"
    void = notice | {"status": "void"}
    assert plan(date(2020, 6, 1), board("每天 9:00-12:00"), closures=(void,)).closed_reason is None


def test_the_schedule_that_began_last_counts_while_it_is_valid() -> None:
    usual = board("每天 9:00-12:00", valid_from="2019-01-01")
    summer = board("每天 8:00-11:00", valid_from="2019-07-01", valid_to="2019-08-31")
    for day in ("2019-07-01", "2019-08-31"):
        assert spoken(plan(date.fromisoformat(day), summer, usual)) == ["08:00-11:00"]
    for day in ("2019-06-30", "2019-09-01"):
        assert spoken(plan(date.fromisoformat(day), summer, usual)) == ["09:00-12:00"]
    assert spoken(plan(date(2018, 12, 31), summer, usual)) == []
    assert spoken(plan(date(2019, 7, 1), usual, summer | {"status": "void"})) == ["09:00-12:00"]


def test_rooms_that_are_open_at_the_same_time_are_not_added() -> None:
    reading = board("周二 9:00-11:00、14:00-17:00", room="阅览室")
    chess = board("周二 10:00-12:00、17:00-18:00", room="棋艺室")
    tuesday = plan(date(2019, 11, 5), reading, chess)
    assert spoken(tuesday) == ["09:00-12:00", "14:00-17:00", "17:00-18:00"]
    assert open_minutes(tuesday.slots) == 7 * 60


def test_minutes_outside_working_hours_on_a_workday() -> None:
    tuesday = date(2019, 11, 5)
    assert staggered_minutes([slot("08:30", "12:00"), slot("14:00", "17:30")], tuesday) == 0
    assert staggered_minutes([slot("08:29", "12:01")], tuesday) == 2
    assert staggered_minutes([slot("11:00", "15:00")], tuesday) == 120
    assert staggered_minutes([slot("19:00", "21:00")], tuesday) == 120
    assert staggered_minutes([slot("09:00", "11:00"), slot("10:00", "11:00")], tuesday) == 0
    assert staggered_minutes([slot("09:00", "11:00")], tuesday, holiday="国庆节") == 120
    nine_to_five = working_hours("9:00-17:00")
    assert staggered_minutes([slot("08:00", "18:00")], tuesday, working_hours=nine_to_five) == 120


def test_working_hours_are_a_setting() -> None:
    assert working_hours("08:30-12:00 14:00-17:30") == WORKING_HOURS
    assert working_hours("没有") == WORKING_HOURS


@pytest.mark.parametrize(
    "slots", [None, "周一", [{"weekday": 12}], [{"weekday": 2, "from": "18:00", "to": "09:00"}]]
)
def test_a_schedule_of_a_newer_program_plans_nothing(slots: object) -> None:
    assert spoken(plan(date(2019, 11, 5), schedule(weekday_slots=slots))) == []
