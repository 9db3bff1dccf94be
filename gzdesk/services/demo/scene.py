"""What the inventing of a village's year rests on: its character, the calendar, and chance that can be repeated."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gzdesk.domain.period import Month
from gzdesk.services.demo.words import Row, Village, Words

# The days on which a clerk sits down at the PC: Wednesday and Saturday, as 开放登记本 is copied twice a week.
_DESK_DAYS = (3, 6)

# Spring Festival and the National Day week of 2019: festivals are held, classes and club evenings are not.
_FESTIVAL_WEEKS = ((date(2019, 2, 2), date(2019, 2, 11)), (date(2019, 10, 1), date(2019, 10, 7)))


@dataclass(frozen=True, slots=True)
class Ref:
    """Stands for the id of another record until that one is saved: the key of its entry, or `film/<title>`."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing the clerk writes down on a day. The same key again changes the record written before.

    `lines` is what a paper of the station says that is scanned with it.
    """

    on: date
    key: str
    type_id: str
    values: Mapping[str, object]
    reason: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film of the town's catalogue; `release_date` may be partial or empty."""

    title: str
    film_type: str
    release_date: str


class Chance:
    """Repeatable chance with the habits of people who count heads."""

    def __init__(self, *names: object) -> None:
        self._random = random.Random("/".join(str(name) for name in names))

    def pick(self, choices: Sequence[str]) -> str:
        """One of them."""
        return self._random.choice(choices)

    def row(self, rows: Sequence[Row], *, weights: Sequence[float] | None = None) -> Row:
        """One of the rows."""
        return self._random.choices(rows, weights=weights)[0]

    def some(self, choices: Sequence[str], count: int) -> list[str]:
        """So many of them, each once."""
        return self._random.sample(list(choices), min(count, len(choices)))

    def indices(self, length: int, count: int) -> list[int]:
        """So many places in a list of that length, each once."""
        return self._random.sample(range(length), count)

    def happens(self, likelihood: float) -> bool:
        """Whether something of that likelihood happens."""
        return self._random.random() < likelihood

    def between(self, low: int, high: int) -> int:
        """A whole number between the two, both included."""
        return self._random.randint(low, high)

    def heads(self, span: Sequence[int], *, size: float) -> int:
        """How many people came: a small crowd is counted, a large one estimated to the next five or ten."""
        low, high = span
        number = max(3, round(self._random.triangular(low, high, (low + high) / 2) * float(size**0.6)))
        if number > 250:
            return round(number, -1)
        if number > 80 and self.happens(0.6):
            return round(number / 5) * 5
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A village and the span of time to invent. The last month is only begun: it is not closed yet."""

    village: Village
    words: Words
    films: Sequence[Film]
    seed: int
    first: Month
    closed_months: int
    nil_month: Month | None = None

    @property
    def months(self) -> tuple[Month, ...]:
        """The months to invent, the one that is only begun included."""
        return tuple(self.first.plus(n) for n in range(self.closed_months + 1))

    @property
    def last_day(self) -> date:
        """The last day of the months."""
        return self.months[-1].last_day

    def chance(self, family: str, *more: object) -> Chance:
        """Chance of its own for each family of entries, so that a change of one leaves the others as they were."""
        return Chance(self.seed, self.village.unit, family, *more)

    def is_busy(self, day: date) -> bool:
        """Whether anything is held on that day: inside the span, and not in the month without activities."""
        return self.first.first_day <= day <= self.last_day and Month.of(day) != self.nil_month

    def likelihood(self, row: Row) -> float:
        """How likely the village holds what the row describes."""
        if self.village.unit not in row.get("only", (self.village.unit,)):
            return 0.0
        liked = self.village.likes & set(row.get("likes", ()))
        return min(1.0, float(row.get("chance", 1.0)) * (1.5 if liked else 1.0))


def desk_day(day: date) -> date:
    """The day on which the clerk copies into the PC what happened on `day`."""
    later = day + timedelta(days=1)
    while later.isoweekday() not in _DESK_DAYS:
        later += timedelta(days=1)
    return later


def is_in_festival_week(day: date) -> bool:
    """Whether everyday life pauses on that day."""
    return any(first <= day <= last for first, last in _FESTIVAL_WEEKS)


def weekdays_of(month: Month, weekdays: Sequence[int]) -> list[date]:
    """The days of a month that fall on those weekdays (1 = Monday)."""
    return [day for day in month.days() if day.isoweekday() in weekdays]


def weekly(first: date, times: int) -> Iterator[date]:
    """The same weekday again and again."""
    for n in range(times):
        yield first + timedelta(weeks=n)


def later(clock: str, minutes: int) -> str:
    """A time of day so many minutes later: `19:30` and 100 give `21:10`."""
    hour, minute = (int(part) for part in clock.split(":"))
    total = (hour * 60 + minute + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"
