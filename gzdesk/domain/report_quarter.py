"""The three months of an in-depth report. They are no calendar quarters: December to February, and so on (32.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.period import Month

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_DUE_DAY = 5


@dataclass(frozen=True, slots=True, order=True)
class ReportQuarter:
    """A quarter by the year in which its report is due: 2019-Q1 is December 2018 to February 2019, due 5 March."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1900 < self.year <= 9999):
            raise ValueError(f"no such quarter: {self.year}-Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> ReportQuarter:
        """Read `2019-Q4`; anything else raises ValueError."""
        match = _QUARTER.fullmatch(text)
        if match is None:
            raise ValueError(f"not a quarter: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def due(cls, day: date) -> ReportQuarter:
        """The quarter whose report is due in the month of that day. Raises ValueError for another month."""
        if day.month % 3:
            raise ValueError(f"no report is due in month {day.month}")
        return cls(day.year, day.month // 3)

    @classmethod
    def ended_before(cls, day: date) -> ReportQuarter:
        """The last quarter that was over on that day."""
        this = Month.of(day)
        back = this.month % 3
        last = this.plus(-back)
        return cls(last.year, last.month // 3)

    @property
    def months(self) -> tuple[Month, Month, Month]:
        """Its months in order."""
        last = Month(self.year, self.number * 3).plus(-1)
        return (last.plus(-2), last.plus(-1), last)

    @property
    def due_on(self) -> date:
        """The day on which its report is due, the day included."""
        return date(self.year, self.number * 3, _DUE_DAY)

    def plus(self, quarters: int) -> ReportQuarter:
        """The quarter that many later (or earlier, when negative)."""
        index = self.year * 4 + self.number - 1 + quarters
        return ReportQuarter(index // 4, index % 4 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"
