"""Months, and the span of days that a partly known date stands for."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in local time, UTC+08:00 (counting_rules G2)."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 9999):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `2019-10`; anything else raises ValueError."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def from_number(cls, number: int) -> Month:
        """The month stored as the integer 201910."""
        return cls(number // 100, number % 100)

    @property
    def number(self) -> int:
        """The month as the integer 201910: small and sortable in an index."""
        return self.year * 100 + self.month

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return _last_day(self.year, self.month)

    def days(self) -> tuple[date, ...]:
        """Every day of the month in order."""
        return tuple(self.first_day + timedelta(days=n) for n in range(self.last_day.day))

    def plus(self, months: int) -> Month:
        """The month that many months later (or earlier, when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """The first and the last day that a partial date can mean: `2018-07` is any day of that July."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> DateSpan:
        """Read `2018`, `2018-07` or `2018-07-05`; anything else raises ValueError."""
        match = _PARTIAL.fullmatch(text)
        if match is None:
            raise ValueError(f"not a date or part of one: {text!r}")
        year = int(match[1])
        if match[2] is None:
            return cls(first=date(year, 1, 1), last=date(year, 12, 31))
        month = Month(year, int(match[2]))
        if match[3] is None:
            return cls(first=month.first_day, last=month.last_day)
        day = date(year, month.month, int(match[3]))
        return cls(first=day, last=day)


@lru_cache(maxsize=512)
def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=4096)  # indicators read the same few hundred days from a million rows
def day_of(text: str) -> date | None:
    """The day that `2019-10-05` names; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the month's last day (民法典 202)."""
    last = calendar.monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, min(day.day, last))
