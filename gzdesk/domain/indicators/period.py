"""The stretch of time an indicator is asked for: a year, a quarter or a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gzdesk.domain.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole months, one after another; `first` and `last` are the same for a single month."""

    first: Month
    last: Month

    @classmethod
    def of_year(cls, year: int) -> Period:
        """The calendar year."""
        return cls(first=Month(year, 1), last=Month(year, 12))

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """A single month."""
        return cls(first=month, last=month)

    @property
    def is_month(self) -> bool:
        """Whether it is a single month."""
        return self.first == self.last

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return self.last.year

    @property
    def label(self) -> str:
        """`2019`, `2019-10`, or `2019-10..2019-12`: for machines and lists; pages have their own words."""
        if self.is_month:
            return str(self.first)
        if self == Period.of_year(self.year):
            return str(self.year)
        return f"{self.first}..{self.last}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return self.first.first_day

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.last.last_day

    def is_closed(self, today: date) -> bool:
        """Whether it is over: only then may a verdict be final (counting_rules G7)."""
        return today > self.last_day

    def state_day(self, today: date) -> date:
        """The day whose state it shows: its last, or today while it runs (counting_rules G6)."""
        return min(today, self.last_day)

    def months(self) -> tuple[Month, ...]:
        """Its months in order."""
        return _months(self.first, self.last)

    @property
    def month_numbers(self) -> tuple[int, ...]:
        """Its months as the integers that rows carry (201910)."""
        return _month_numbers(self.first, self.last)

    def months_over(self, today: date) -> tuple[Month, ...]:
        """Those of its months that are over: a month in progress is not yet judged."""
        return tuple(month for month in self.months() if month.last_day < today)


@lru_cache(maxsize=64)  # asked for again with every unit and every indicator
def _months(first: Month, last: Month) -> tuple[Month, ...]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(first.plus(n) for n in range(count))


@lru_cache(maxsize=64)
def _month_numbers(first: Month, last: Month) -> tuple[int, ...]:
    return tuple(month.number for month in _months(first, last))
