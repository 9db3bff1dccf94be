"""The station's two venues day by day: the log of their open days, loans and visits of the town library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from gzdesk.domain.opening import DayPlan, planned_day
from gzdesk.domain.period import Month
from gzdesk.services.demo.scene import Chance, Entry, Ref
from gzdesk.services.demo.words import Row, Words
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday

# What the two venues wrote down in a week is typed in on the Monday after it; lent books are added up on two days.
_WEEK = 7
_LOAN_DAYS = (3, 6)


def door_entries(
    words: Words, entries: Iterable[Entry], *, span: Sequence[Month], seed: int
) -> Iterator[Entry]:
    """The open days of every venue of `station.toml`, as its schedules and closures among the entries say."""
    found = list(entries)
    for door in words.station["door"]:
        venue = Ref(f"facility/{door['facility']}")
        schedules = _of_venue(found, "open_schedule", venue)
        closures = _of_venue(found, "closure_notice", venue)
        for day in (day for month in span for day in month.days()):
            plan = planned_day(schedules, closures, day, holiday_name(day), is_makeup_workday(day))
            yield from _day(door, venue, plan, Chance(seed, "door", door["facility"], day))


def _of_venue(entries: Iterable[Entry], type_id: str, venue: Ref) -> list[dict[str, object]]:
    return [
        dict(entry.values)
        for entry in entries
        if entry.type_id == type_id and entry.values["facility_id"] == venue
    ]


def _day(door: Row, venue: Ref, plan: DayPlan, chance: Chance) -> Iterator[Entry]:
    low, high = door["visitors"]
    for n, slot in enumerate(plan.slots):
        values = {
            "facility_id": venue,
            "date": plan.day.isoformat(),
            "from": slot.start,
            "to": slot.end,
            "visitors": chance.between(low, high) // len(plan.slots),
            "duty_person": door["duty"][plan.day.toordinal() % len(door["duty"])],
        }
        yield _entry("opening_log", f"{venue.key}/{plan.day}/{n}", plan.day, values)
    if "loans" in door and plan.slots and plan.day.isoweekday() in _LOAN_DAYS:
        yield from _books(door, venue, plan.day, chance)


def _books(door: Row, venue: Ref, day: date, chance: Chance) -> Iterator[Entry]:
    volumes = chance.between(*door["loans"])
    at: dict[str, object] = {"date": day.isoformat(), "facility_id": venue}
    loans = {**at, "mode": "day_total", "volumes": volumes}
    visits = {**at, "person_times": volumes + chance.between(20, 160), "method": "gate_counter"}
    yield _entry("library_loan", f"{venue.key}/{day}", day, loans)
    yield _entry("library_visit", f"{venue.key}/{day}", day, visits)


def _entry(type_id: str, key: str, day: date, values: dict[str, object]) -> Entry:
    on = day + timedelta(days=_WEEK + 1 - day.isoweekday())
    return Entry(on=on, key=f"{type_id}/{key}", type_id=type_id, values=values)
