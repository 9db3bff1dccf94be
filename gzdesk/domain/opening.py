"""When a venue is due to be open: weekly schedule, public holidays, closures, and what lies outside office hours.

Holidays come from outside (services), as a name and a flag per day: the calendar is published year by year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.dates import is_date
from gzdesk.domain.reading.slots import HOLIDAY, checked_slots, read_slots
from gzdesk.domain.reading.times import minutes_of_day
from gzdesk.domain.record import HELD

_SATURDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Slot:
    """A stretch of one day, from `start` to `end`, both as `14:30`."""

    start: str
    end: str

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return minutes_of_day(self.end) - minutes_of_day(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """A day of a venue. `slots` are the logged times, or the planned ones where nothing is logged yet.

    `closed` says in words why it is not open; `visitors` None is a figure that is missing, not 0.
    """

    day: date
    slots: tuple[Slot, ...] = ()
    closed: str = ""
    visitors: int | None = None
    duty_person: str = ""
    note: str = ""
    holiday: str = ""


# indicators.json, monitor_staggered_open_share; a setting, for offices differ.
WORKING_HOURS = (Slot(start="08:30", end="12:00"), Slot(start="14:00", end="17:30"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """What was announced for a day. No slots and no reason: the weekly closing day.

    `closed_reason` is a code of the choices of `closure_notice.reason`.
    """

    day: date
    slots: tuple[Slot, ...]
    closed_reason: str | None = None
    holiday_name: str | None = None
    is_makeup_workday: bool = False


def planned_day(
    schedules: Sequence[Mapping[str, object]],
    closures: Sequence[Mapping[str, object]],
    day: date,
    holiday: str | None = None,
    makeup_workday: bool = False,
) -> DayPlan:
    """The plan of one venue's day from the bodies of its open_schedule and closure_notice records.

    Of the schedules of a room that are valid on the day, the one that began last counts. On a public holiday its
    holiday times count, or those of the weekday when it has none; a makeup workday keeps the times of its own
    weekday. Rooms that are open at the same time make one slot (indicators.json, monitor_weekly_open_hours).
    """
    reason = next(
        (str(notice.get("reason", "other")) for notice in closures if _is_closed(notice, day)), None
    )
    slots = () if reason else _merged(_slots_of_day(schedules, day, is_holiday=holiday is not None))
    return DayPlan(
        day=day,
        slots=slots,
        closed_reason=reason,
        holiday_name=holiday,
        is_makeup_workday=makeup_workday,
    )


def open_minutes(slots: Iterable[Slot]) -> int:
    """How many minutes lie in at least one of the slots."""
    return sum(slot.minutes for slot in _merged(slots))


def staggered_minutes(
    slots: Iterable[Slot],
    day: date,
    *,
    holiday: str | None = None,
    makeup_workday: bool = False,
    working_hours: Sequence[Slot] = WORKING_HOURS,
) -> int:
    """The minutes of the slots outside working hours; on a day of rest, all of them.

    A makeup workday is a workday although it is a Saturday or Sunday (公共文化体育设施条例 17).
    """
    merged = _merged(slots)
    total = sum(slot.minutes for slot in merged)
    if holiday is not None or (day.isoweekday() >= _SATURDAY and not makeup_workday):
        return total
    return total - sum(_common_minutes(slot, work) for slot in merged for work in _merged(working_hours))


def working_hours(text: str) -> tuple[Slot, ...]:
    """The working hours of the setting, such as `08:30-12:00 14:00-17:30`; the usual ones when unreadable."""
    try:
        slots = read_slots(f"周一 {text}")
    except FieldProblem:
        return WORKING_HOURS
    return tuple(Slot(start=str(slot["from"]), end=str(slot["to"])) for slot in slots)


def are_hours(text: str) -> bool:
    """Whether a text can stand for working hours."""
    try:
        return bool(read_slots(f"周一 {text}"))
    except FieldProblem:
        return False


def _slots_of_day(schedules: Sequence[Mapping[str, object]], day: date, *, is_holiday: bool) -> list[Slot]:
    in_force: dict[str, Mapping[str, object]] = {}
    for schedule in sorted(schedules, key=lambda item: str(item.get("valid_from", ""))):
        if _is_valid(schedule, day):
            in_force[str(schedule.get("room", ""))] = schedule
    return [slot for schedule in in_force.values() for slot in _slots(schedule, day, is_holiday=is_holiday)]


def _slots(schedule: Mapping[str, object], day: date, *, is_holiday: bool) -> list[Slot]:
    try:
        weekly = checked_slots(
            item for item in _list(schedule.get("weekday_slots")) if isinstance(item, Mapping)
        )
    except FieldProblem:
        return []  # written by a newer program: no plan is better than a wrong one
    wanted = (
        HOLIDAY if is_holiday and any(slot["weekday"] == HOLIDAY for slot in weekly) else day.isoweekday()
    )
    return [Slot(start=str(s["from"]), end=str(s["to"])) for s in weekly if s["weekday"] == wanted]


def _is_valid(schedule: Mapping[str, object], day: date) -> bool:
    return _counts(schedule) and _covers(schedule.get("valid_from"), schedule.get("valid_to"), day)


def _is_closed(notice: Mapping[str, object], day: date) -> bool:
    return _counts(notice) and _covers(notice.get("from"), notice.get("to"), day)


def _counts(values: Mapping[str, object]) -> bool:
    return values.get("status", HELD) == HELD


def _covers(first: object, last: object, day: date) -> bool:
    # An end that is not there yet leaves it open.
    return (
        is_date(first)
        and str(first) <= day.isoformat()
        and (not is_date(last) or day.isoformat() <= str(last))
    )


def _merged(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots in order, overlapping ones joined; touching ones stay apart, for people see them as two."""
    merged: list[Slot] = []
    for slot in sorted(slots):
        if merged and slot.start < merged[-1].end:
            merged[-1] = Slot(start=merged[-1].start, end=max(merged[-1].end, slot.end))
        else:
            merged.append(slot)
    return tuple(merged)


def _common_minutes(one: Slot, other: Slot) -> int:
    first, last = max(one.start, other.start), min(one.end, other.end)
    return minutes_of_day(last) - minutes_of_day(first) if first < last else 0


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
