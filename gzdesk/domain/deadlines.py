"""The calendar of duties: what a unit owes between two days, until when, and how it stands (tasks.json 21.1, 32.1).

"By the 10th" includes the 10th and is never put off for a weekend or a holiday; people are warned earlier instead
(indicators.json, duty_monthly_report_on_time_rate). Which days are holidays comes from outside, for the calendar is
published year by year. What was done comes from `duty_facts.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gzdesk.domain.period import Month
from gzdesk.domain.rate import Rate
from gzdesk.i18n import pick

OPEN, DONE, LATE, OVERDUE, BEFORE = STATES = ("open", "done", "late", "overdue", "before")
"""Still to do; done by its day; done after it; past its day and not done; past before this ledger was begun."""

MONTH, DATES, YEAR, CYCLE, NOTICE = "month", "dates", "year", "cycle", "notice"
_MONTHS_IN_YEAR = 12
_QUARTER = 3

IsWorkday = Callable[[date], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the town may choose about its duties. `yearly_by` is a day of the following year such as `03-31`."""

    report_day: int = 10
    sheet_day: int = 5
    safety_months: int = 1
    meeting_months: int = 3
    yearly_by: str = "03-31"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One kind of duty, as `db/reference/deadlines.toml` declares it with the town's choices put in.

    `remind` are days ahead: from the first people are told, from the second they are pressed.
    """

    id: str
    zh: str
    en: str
    basis_zh: str
    basis_en: str
    items: tuple[str, ...]
    who: tuple[str, ...]
    every: str
    remind: tuple[int, int]
    make_up: bool
    record_type: str
    indicator: str = ""
    after: int = 0
    day: int = 0
    wanted_day: int = 0
    dates: tuple[str, ...] = ()
    by: str = ""
    months: int = 0
    days_ahead: int = 0

    @property
    def label(self) -> str:
        """The short name in the language in use."""
        return pick(zh=self.zh, en=self.en)

    @property
    def basis(self) -> str:
        """What asks for it, in the language in use."""
        return pick(zh=self.basis_zh, en=self.basis_en)

    def is_owed_by(self, unit_kind: str) -> bool:
        """Whether a unit of that kind (town, village, community) owes it."""
        return unit_kind in self.who


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """That a duty was done: for which period, and on which day. `record` shows it."""

    duty: str
    unit: str
    period: str
    done_on: date
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A duty that a record asks for: a notice to be posted by `due_on`. `period` is the record's id."""

    duty: str
    unit: str
    period: str
    due_on: date
    about: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One duty of one unit. `period` is `2019-10`, `2019-Q4`, `2019`, the due day of a quarterly report, or a record.

    `wanted_on` is the earlier day inside the town; only `due_on` decides what is late. From `remind_from` people are
    told, from `press_from` pressed; both lie earlier when the last workday before the day does.
    """

    duty: Duty
    unit: str
    period: str
    due_on: date
    remind_from: date
    press_from: date
    last_workday: date
    state: str = OPEN
    done_on: date | None = None
    record: str = ""
    wanted_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.state in (OPEN, OVERDUE)

    def is_asked_for(self, today: date) -> bool:
        """Whether people should be reminded of it: from its first reminder until it is done or past making up."""
        return self.remind_from <= today and (
            self.state == OPEN or (self.state == OVERDUE and self.duty.make_up)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """All kinds of duty, in order, with the town's choices put in."""

    all: tuple[Duty, ...]
    choices: Choices

    @classmethod
    def from_data(cls, data: Mapping[str, Any], choices: Choices) -> Duties:
        """Build from the parsed `db/reference/deadlines.toml`. Raises ValueError on an unknown or missing key."""
        return cls(all=tuple(_duty(row, choices) for row in data["duty"]), choices=choices)

    def __iter__(self) -> Iterator[Duty]:
        return iter(self.all)

    def get(self, duty_id: str) -> Duty | None:
        """The duty of that id, or None."""
        return next((duty for duty in self.all if duty.id == duty_id), None)


def duties_between(
    duties: Iterable[Duty],
    *,
    unit: str,
    unit_kind: str,
    first: date,
    last: date,
    today: date,
    facts: Iterable[Fact] = (),
    notices: Iterable[Notice] = (),
    since: Mapping[str, date] | None = None,
    is_workday: IsWorkday = lambda day: day.isoweekday() < 6,
) -> tuple[Due, ...]:
    """What a unit owes between two days, both included, by day; facts and notices of other units are passed over.

    `since` is, per duty, the first day from which it is asked for; what was due before and not done is BEFORE.
    """
    done = _earliest(fact for fact in facts if fact.unit == unit)
    asked = [notice for notice in notices if notice.unit == unit and first <= notice.due_on <= last]
    found = []
    for duty in duties:
        if not duty.is_owed_by(unit_kind):
            continue
        if duty.every == NOTICE:
            terms = [_term(duty, n.period, n.due_on, is_workday) for n in asked if n.duty == duty.id]
        else:
            terms = list(_terms(duty, first, last, is_workday))
        begun = (since or {}).get(duty.id)
        for term in terms:
            fact = done.get((duty.id, term.period))
            found.append(
                replace(
                    term,
                    unit=unit,
                    state=_state(term.due_on, fact, today, begun),
                    done_on=fact.done_on if fact else None,
                    record=fact.record if fact else "",
                )
            )
    return tuple(sorted(found, key=lambda due: due.due_on))


def due_days(duty: Duty, first: date, last: date) -> Iterator[tuple[str, date]]:
    """The periods of a duty whose day lies between two days, both included, with that day."""
    if first > last:
        return
    for period, day in _days_of_years(duty, range(first.year, last.year + 1)):
        if first <= day <= last:
            yield period, day


def period_of_day(duty: Duty, day: date) -> str:
    """The period of a yearly or cyclic duty that a deed on that day belongs to."""
    if duty.every == CYCLE:
        return _cycle_period(day.year, (day.month - 1) // duty.months, duty.months)
    return str(day.year)


def day_after_month(month: Month, *, months: int, day: int) -> date:
    """That day of the month so many months later, or its last day where it has no such day."""
    following = month.plus(months)
    return following.last_day.replace(day=min(day, following.last_day.day))


def rate_of_duties(dues: Iterable[Due], *, today: date) -> Rate:
    """On-time deeds of those whose day has passed; what was due before the ledger was begun does not count."""
    counted = [due for due in dues if due.due_on < today and due.state in (DONE, LATE, OVERDUE)]
    return Rate(on_time=sum(due.state == DONE for due in counted), due=len(counted))


def last_workday(day: date, is_workday: IsWorkday) -> date:
    """The day itself when people work on it, else the last workday before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


# Inside


@lru_cache(maxsize=128)  # the same for each of 300 units
def _terms(duty: Duty, first: date, last: date, is_workday: IsWorkday) -> tuple[Due, ...]:
    return tuple(_term(duty, period, due_on, is_workday) for period, due_on in due_days(duty, first, last))


def _term(duty: Duty, period: str, due_on: date, is_workday: IsWorkday) -> Due:
    """A duty of nobody yet, with the days that do not depend on who owes it."""
    workday = last_workday(due_on, is_workday)
    told, pressed = (workday - timedelta(days=days) for days in duty.remind)
    wanted_on = due_on.replace(day=min(duty.wanted_day, due_on.day)) if duty.wanted_day else None
    return Due(
        duty=duty,
        unit="",
        period=period,
        due_on=due_on,
        remind_from=told,
        press_from=pressed,
        last_workday=workday,
        wanted_on=wanted_on if wanted_on != due_on else None,
    )


def _state(due_on: date, fact: Fact | None, today: date, since: date | None) -> str:
    if fact is not None:
        return DONE if fact.done_on <= due_on else LATE
    if today <= due_on:
        return OPEN
    return BEFORE if since is not None and due_on < since else OVERDUE


def _earliest(facts: Iterable[Fact]) -> dict[tuple[str, str], Fact]:
    """The first deed of each duty and period; of two on one day the same one in whatever order they are read."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        key = (fact.duty, fact.period)
        if key not in found or (fact.done_on, fact.record) < (found[key].done_on, found[key].record):
            found[key] = fact
    return found


def _days_of_years(duty: Duty, years: range) -> Iterator[tuple[str, date]]:
    for year in years:
        if duty.every == MONTH:
            for number in range(1, _MONTHS_IN_YEAR + 1):
                month = Month(year, number).plus(-duty.after)
                yield str(month), day_after_month(month, months=duty.after, day=duty.day)
        elif duty.every == DATES:
            for text in duty.dates:
                day = _day_of_year(year, text)
                yield day.isoformat(), day
        elif duty.every == YEAR:
            yield str(year - duty.after), _day_of_year(year, duty.by)
        elif duty.every == CYCLE:
            for number in range(_MONTHS_IN_YEAR // duty.months):
                last = Month(year, (number + 1) * duty.months)
                yield _cycle_period(year, number, duty.months), last.last_day


def _cycle_period(year: int, number: int, months: int) -> str:
    if months == 1:
        return f"{year}-{number + 1:02d}"
    if months == _QUARTER:
        return f"{year}-Q{number + 1}"
    if months == _MONTHS_IN_YEAR:
        return str(year)
    return f"{year}-{number * months + 1:02d}/{(number + 1) * months:02d}"


def _day_of_year(year: int, text: str) -> date:
    month, day = text.split("-")
    found = Month(year, int(month))
    return found.last_day.replace(day=min(int(day), found.last_day.day))


_NAMES = frozenset(item.name for item in fields(Duty))


def _duty(row: Mapping[str, Any], choices: Choices) -> Duty:
    unknown = set(row) - _NAMES
    if unknown:
        raise ValueError(f"duty {row.get('id')}: nothing is known of {sorted(unknown)}")
    values = {name: _chosen(value, choices) for name, value in row.items()}
    try:
        return Duty(**values)
    except TypeError as error:
        raise ValueError(f"duty {row.get('id')}: {error}") from error


def _chosen(value: Any, choices: Choices) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return getattr(choices, value[1:])
    return tuple(value) if isinstance(value, list) else value
