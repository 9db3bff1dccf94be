"""What happened in some months at a unit, or at a town and all its units: what narrative reports are written from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gzdesk.domain.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSum:
    """The events of one register. Sessions are hundredths; persons are person-times (G10)."""

    type: str
    label: str
    events: int = 0
    sessions_hundredths: int = 0
    persons: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSum:
    """The events of one month, and who came while it was open."""

    month: Month
    sessions_hundredths: int = 0
    persons: int = 0
    visitors: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing worth a line; `unit` is empty where it is the reporting unit's own, `note` is a reason or an award.

    `made_up_on` is the day on which a cancelled event was made up for.
    """

    day: date | None
    name: str
    unit: str = ""
    persons: int | None = None
    note: str = ""
    made_up_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Yuan granted and spent from one source, or for one budget line; building is not among it."""

    words: str
    granted: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFacts:
    """The figures of a period. States (volunteers, staff, places) are those of its last day."""

    first: Month
    last: Month
    units: int = 1
    events: tuple[EventSum, ...] = ()
    months: tuple[MonthSum, ...] = ()
    largest: tuple[Happening, ...] = ()
    cancelled: tuple[Happening, ...] = ()
    planned: tuple[Happening, ...] = ()
    open_days: int = 0
    visitors: int = 0
    loans: int = 0
    library_visits: int = 0
    books_in: int = 0
    books_held: int | None = None
    volunteers: int = 0
    service_times: int = 0
    service_hours: Decimal = Decimal(0)
    orders: int = 0
    delivered: int = 0
    meetings: tuple[Happening, ...] = ()
    publicity: int = 0
    works: tuple[Happening, ...] = ()
    teams: int = 0
    staff: int = 0
    facilities: int = 0
    area_m2: Decimal = Decimal(0)
    assets: int = 0
    assets_yuan: Decimal = Decimal(0)
    safety_checks: int = 0
    hazards: tuple[Happening, ...] = ()
    feedback: int = 0
    feedback_open: tuple[Happening, ...] = ()
    satisfied: int = 0
    forms: int = 0
    granted: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)

    def sum_of(self, type_id: str) -> EventSum:
        """The events of one register; without any, zeros."""
        found = next((item for item in self.events if item.type == type_id), None)
        return found or EventSum(type=type_id, label=type_id)

    @property
    def sessions_hundredths(self) -> int:
        """Sessions of all events."""
        return sum(item.sessions_hundredths for item in self.events)

    @property
    def persons(self) -> int:
        """Person-times at all events."""
        return sum(item.persons for item in self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """An indicator as a report prints it. The figures for its bar are exact decimal texts, or None."""

    name: str
    value: str
    target: str
    verdict: str
    note: str = ""
    items: str = ""
    value_figure: str | None = None
    target_figure: str | None = None
    is_met: bool = False
