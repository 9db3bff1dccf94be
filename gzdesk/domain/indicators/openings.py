"""How long venues are open (tasks.json 7.2): announced hours a week, and the share outside office hours.

Two rooms that are open at the same time are not added. Public holidays come in through the facts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.result import Figure, Part
from gzdesk.domain.indicators.rows import Row, grouped
from gzdesk.domain.indicators.sums import share
from gzdesk.domain.indicators.words import rounded
from gzdesk.domain.opening import Slot, open_minutes, planned_day, staggered_minutes, working_hours
from gzdesk.domain.period import day_of
from gzdesk.i18n import gettext as _

SCHEDULE, LOG, CLOSURE = "open_schedule", "opening_log", "closure_notice"

_MIN_PER_HOUR = 60
_DAYS_PER_WEEK = 7
_WORKDAYS = 5


def monitor_weekly_open_hours(asked: Asked) -> Figure:
    """Hours a week that the schedules announce, the mean of the venues that have one; what was logged is told beside.

    Days that a closure notice covers are not due: neither their hours nor their share of the week are reckoned.
    """
    tally = asked.count(sorted(asked.register(SCHEDULE), key=_in_order), _without_slots)
    schedules, closures = grouped(tally.rows, _venue), grouped(_held(asked.register(CLOSURE)), _venue)
    logs = grouped(_held(asked.rows(LOG)), _venue)
    venues = [
        _Weeks.of(asked, name, rows, closures.get(name, ()), logs.get(name, ()))
        for name, rows in schedules.items()
    ]
    due = [venue for venue in venues if venue.days]
    figure = share(
        Fraction(sum(venue.planned_min for venue in due), _MIN_PER_HOUR),
        Fraction(sum(venue.days for venue in due), _DAYS_PER_WEEK),
        tally=replace(tally, rows=[row for row in tally.rows if _venue(row) in {venue.id for venue in due}]),
        parts=[venue.part(asked) for venue in due],
        notes=[note for venue in venues for note in venue.notes(asked)],
        reason=_("No venue has a schedule for these days."),
    )
    return replace(figure, with_evidence=sum(record in tally.proved for record in figure.counted))


def monitor_staggered_open_share(asked: Asked) -> Figure:
    """Logged hours outside the office hours of workdays ÷ all logged hours; a makeup workday is a workday."""
    tally = asked.count(asked.rows(LOG), _without_times)
    clock = _Clock(asked)
    parts, outside, total = [], 0, 0
    for (unit, name), rows in sorted(grouped(tally.rows, lambda row: (row.unit, _venue(row))).items()):
        own_total, own_outside = clock.minutes(rows)
        outside, total = outside + own_outside, total + own_total
        parts.append(
            Part(
                key=name,
                label=_label(asked, name, unit),
                numerator=Fraction(own_outside, _MIN_PER_HOUR),
                denominator=Fraction(own_total, _MIN_PER_HOUR),
                value=Fraction(own_outside, own_total) if own_total else None,
                counted=tuple(sorted(row.id for row in rows)),
            )
        )
    return share(
        Fraction(outside, _MIN_PER_HOUR),
        Fraction(total, _MIN_PER_HOUR),
        tally=tally,
        parts=parts,
        reason=_("No opening times are logged."),
    )


INDICATORS: Mapping[str, Function] = {
    "monitor_weekly_open_hours": monitor_weekly_open_hours,
    "monitor_staggered_open_share": monitor_staggered_open_share,
}


class _Clock:
    """Adds up logged times. Venues keep the same hours day after day, so each pattern of a day is reckoned once."""

    def __init__(self, asked: Asked) -> None:
        self._facts = asked.facts
        self._working_hours = working_hours(" ".join(asked.rule_words("working_hours")))
        self._days: dict[str, tuple[date, str | None, bool]] = {}
        self._known: dict[tuple[bool, tuple[tuple[str, str], ...]], tuple[int, int]] = {}

    def minutes(self, rows: Iterable[Row]) -> tuple[int, int]:
        """How long a venue was open, and how much of it outside the office hours of workdays."""
        days: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in rows:
            days[row.day].append((row.text("from"), row.text("to")))
        total = outside = 0
        for day, times in days.items():
            own_total, own_outside = self._of_day(day, tuple(sorted(times)))
            total, outside = total + own_total, outside + own_outside
        return total, outside

    def _of_day(self, text: str, times: tuple[tuple[str, str], ...]) -> tuple[int, int]:
        day, holiday, makeup = self._day(text)
        is_rest = holiday is not None or (day.isoweekday() > _WORKDAYS and not makeup)
        found = self._known.get((is_rest, times))
        if found is None:
            slots = [Slot(start=start, end=end) for start, end in times]
            outside = staggered_minutes(
                slots, day, holiday=holiday, makeup_workday=makeup, working_hours=self._working_hours
            )
            found = self._known[is_rest, times] = (open_minutes(slots), outside)
        return found

    def _day(self, text: str) -> tuple[date, str | None, bool]:
        if text not in self._days:
            day = date.fromisoformat(text)
            self._days[text] = (day, self._facts.holiday_name(day), self._facts.is_makeup_workday(day))
        return self._days[text]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weeks:
    """A venue in the period: the days that are due, what was announced for them, and what was logged."""

    id: str
    unit: str
    schedules: Sequence[Row]
    days: int
    closed_days: int
    planned_min: int
    logged_min: int
    missing_days: int

    @classmethod
    def of(
        cls, asked: Asked, name: str, schedules: Sequence[Row], closures: Sequence[Row], logs: Sequence[Row]
    ) -> _Weeks:
        """Reckon the days of the period up to today on which a schedule of the venue is in force."""
        logged = _by_day(logs)
        days = closed = planned = missing = 0
        for day, minutes in _plan(asked, schedules, closures):
            if minutes is None:
                closed += 1
                continue
            days += 1
            planned += minutes
            missing += bool(minutes) and day not in logged and day < asked.facts.today
        return cls(
            id=name,
            unit=schedules[0].unit,
            schedules=schedules,
            days=days,
            closed_days=closed,
            planned_min=planned,
            logged_min=sum(open_minutes(slots) for slots in logged.values()),
            missing_days=missing,
        )

    def part(self, asked: Asked) -> Part:
        """The venue's hours a week."""
        weeks = Fraction(self.days, _DAYS_PER_WEEK)
        hours, logged = (Fraction(value, _MIN_PER_HOUR) for value in (self.planned_min, self.logged_min))
        return Part(
            key=self.id,
            label=_label(asked, self.id, self.unit),
            numerator=hours,
            denominator=weeks,
            value=hours / weeks,
            counted=tuple(sorted(row.id for row in self.schedules)),
            note=_("Logged: {hours} hours a week").format(hours=rounded(logged / weeks)),
        )

    def notes(self, asked: Asked) -> Iterator[str]:
        """Closures and days without an entry, for they explain the figures."""
        label = _label(asked, self.id, self.unit)
        if self.closed_days:
            yield _("{venue}: days closed by a notice, not due: {count}").format(
                venue=label, count=self.closed_days
            )
        if self.missing_days:
            yield _("{venue}: days without an entry: {count}").format(venue=label, count=self.missing_days)


def _plan(
    asked: Asked, schedules: Sequence[Row], closures: Sequence[Row]
) -> Iterator[tuple[date, int | None]]:
    """The days with a schedule in force, and the minutes announced; None on a day that a notice closes.

    Between two days on which something begins or ends all Mondays are alike, so each is worked out once.
    """
    edges = sorted({*_edges(schedules, "valid_from", "valid_to"), *_edges(closures, "from", "to")})
    plans, shut = [dict(row.values) for row in schedules], [dict(row.values) for row in closures]
    known: dict[tuple[int, int, bool], int | None] = {}
    begun = min((day for row in schedules if (day := day_of(row.text("valid_from")))), default=None)
    if begun is None:
        return
    ends = [day_of(row.text("valid_to")) for row in schedules]
    last = asked.day if None in ends else min(asked.day, max(day for day in ends if day is not None))
    day = max(asked.period.first_day, begun)
    while day <= last:
        holiday = asked.facts.holiday_name(day)
        key = (bisect_right(edges, day), day.isoweekday(), holiday is not None)
        if key not in known:
            plan = planned_day(plans, shut, day, holiday)
            known[key] = None if plan.closed_reason else open_minutes(plan.slots)
        yield day, known[key]
        day += timedelta(days=1)


def _edges(rows: Iterable[Row], first: str, last: str) -> Iterator[date]:
    for row in rows:
        begins, ends = day_of(row.text(first)), day_of(row.text(last))
        if begins is not None:
            yield begins
        if ends is not None:
            yield ends + timedelta(days=1)


def _in_order(row: Row) -> tuple[str, ...]:
    return (row.unit, _venue(row), row.text("valid_from"), row.day, row.text("from"), row.id)


def _venue(row: Row) -> str:
    return row.text("facility_id")


def _by_day(rows: Iterable[Row]) -> dict[date, list[Slot]]:
    found: dict[date, list[Slot]] = defaultdict(list)
    for row in rows:
        if not _without_times(row):
            found[date.fromisoformat(row.day)].append(Slot(start=row.text("from"), end=row.text("to")))
    return found


def _held(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row.status == "held")


def _without_slots(row: Row) -> str:
    return "" if row.values.get("weekday_slots") else "no_times"


def _without_times(row: Row) -> str:
    fits = row.text("from") and row.text("from") < row.text("to") and day_of(row.day) is not None
    return "" if fits else "no_times"


def _label(asked: Asked, venue: str, unit: str) -> str:
    facility = asked.facts.by_id("facility").get(venue)
    name = "" if facility is None else facility.text("name")
    return f"{asked.facts.roster.label(unit)} {name}".strip()
