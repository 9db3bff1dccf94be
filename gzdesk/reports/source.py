"""What documents may ask for. The services answer from the ledger, tests from values made up on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from gzdesk.domain.month import MonthSheet
from gzdesk.domain.opening import OpenDay, Slot
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.domain.unit import Unit
from gzdesk.reports.completeness import Completeness
from gzdesk.reports.document import Document
from gzdesk.reports.duty_calendar import DutyDay
from gzdesk.reports.evidence_index import IndexGroup
from gzdesk.reports.handover_slip import Handover
from gzdesk.reports.indicator_table import IndicatorTable
from gzdesk.reports.layout import Layouts
from gzdesk.reports.narrative import Part
from gzdesk.reports.period_facts import IndicatorLine, PeriodFacts
from gzdesk.reports.task_table import TaskLine

NEEDS = ("month", "quarter", "record", "type", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A record as documents see it: its values, and the words for them with numbers of persons masked."""

    id: str
    type: RecordType
    values: Mapping[str, object]
    texts: Mapping[str, str]

    def text(self, name: str) -> str:
        """The words of one field, or an empty text."""
        return self.texts.get(name, "")

    def day(self, name: str) -> date | None:
        """The date in that field, or None."""
        try:
            return date.fromisoformat(str(self.values.get(name, "")))
        except ValueError:
            return None

    def number(self, name: str) -> int | None:
        """The whole number in that field, or None."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def status(self) -> str:
        """The code of the status."""
        return str(self.values.get("status", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Of:
    """A record and the unit that it belongs to."""

    unit: Unit
    item: Filed


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayHours:
    """A public holiday to come, with the times at which a venue is open on it; no slots: closed."""

    name: str
    first: date
    last: date
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """A venue with what is announced at its door: one schedule for each of its rooms."""

    facility: Filed | None
    name: str
    schedules: tuple[Filed, ...]
    closures: tuple[Filed, ...] = ()
    holidays: tuple[HolidayHours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a document is asked for. `copies` is how many sheets of a form to fill in by hand."""

    month: Month | None = None
    quarter: ReportQuarter | None = None
    year: int | None = None
    record: str | None = None
    type_id: str | None = None
    copies: int = 1

    def has(self, need: str) -> bool:
        """Whether that need (one of `NEEDS`) is said."""
        return {
            "month": self.month is not None,
            "quarter": self.quarter is not None,
            "year": self.year is not None,
            "record": bool(self.record),
            "type": bool(self.type_id),
        }[need]

    @property
    def period(self) -> str:
        """The period in figures: `2019-10`, `2019-Q4`, `2019`; empty for all time."""
        return str(self.quarter or self.month or self.year or "")


NOTHING_ASKED = Asked()


class Source(Protocol):
    """The ledger as documents see it, for one unit."""

    @property
    def unit(self) -> Unit:
        """Whose document it is."""

    @property
    def town(self) -> Unit:
        """The town that it belongs to."""

    @property
    def today(self) -> date:
        """The day on which it is made."""

    @property
    def layouts(self) -> Layouts:
        """The layouts in use."""

    @property
    def working_hours(self) -> Sequence[Slot]:
        """Office hours on a workday; opening outside them is staggered."""

    def sheet(self, month: Month) -> MonthSheet:
        """The unit's month sheet: the frozen one when the month is closed, else a draft of it."""

    def sheets_below(self, month: Month) -> Sequence[MonthSheet]:
        """The same of each unit that has something to show; for a village just its own."""

    def open_days(self, month: Month) -> Sequence[OpenDay]:
        """Every day of the month with its plan and its figures."""

    def handover(self) -> Handover:
        """What was exported last, and the sheets that go with it."""

    def evidence(self) -> Sequence[IndexGroup]:
        """What proves the items of the tasks; items with nothing are left out."""

    def indicators(self, year: int) -> IndicatorTable:
        """The indicators of a year as they stand."""

    def duties(self, year: int) -> Sequence[DutyDay]:
        """What the unit has to hand in, post and hold in a year, in the order of its days."""

    def tasks(self) -> Sequence[TaskLine]:
        """The items of the tasks as they stand; of a village those that it has a part in."""

    def record_type(self, type_id: str) -> RecordType:
        """The record type of that id."""

    def record(self, record_id: str) -> Filed:
        """One record."""

    def records(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Filed]:
        """The unit's records of a type in the order of their days; void ones and drafts are left out."""

    def venues(self, record_id: str | None = None) -> Sequence[Venue]:
        """The venues that have a schedule; with the id of a venue or of a schedule just that one."""

    def facts(self, first: Month, last: Month) -> PeriodFacts:
        """The figures of those months; for the town with all its units."""

    def indicator_lines(self, last: Month) -> Sequence[IndicatorLine]:
        """The unit's indicators of the year of that month; none where nobody reckons them."""

    def typed(self, report: str, period: str, headings: Mapping[str, str]) -> Mapping[str, str]:
        """The parts of a report that a person has written already, by their keys."""

    def records_below(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Of]:
        """The records of a type of all units, unit by unit by day; void ones and drafts are left out."""

    def completeness(self, year: int) -> Completeness:
        """Which unit has handed in which month of a year; for a village just its own."""

    def receipt(self, report: str, period: str) -> tuple[str, str]:
        """The day on which that report was handed in, and the number or name on its receipt; empty before that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document that can be asked for by name.

    `needs` are what must be said for it, `takes` what may be said, both out of `NEEDS`. `types` are the record
    types whose record (or register) it is of, empty for any. `group` is where the page of documents lists it.

    `parts` are the texts of a narrative report, which a person may rewrite. `letters` stand in the number under which
    it is finished and kept; a document without them is only ever printed.
    """

    name: str
    label: Callable[[], str]
    build: Callable[[Source, Asked], Document]
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    types: tuple[str, ...] = ()
    group: str = "month"
    many: bool = field(default=False)  # a form to fill in by hand, of which several may be wanted
    parts: Callable[[Source, Asked], Sequence[Part]] | None = None
    letters: str = ""

    @property
    def word(self) -> bool:
        """Whether it can be a .docx: a text that people go on with."""
        return self.parts is not None

    def document(self, source: Source, asked: Asked = NOTHING_ASKED) -> Document:
        """The document; raises ValueError when something that it needs is not said."""
        missing = self.missing(asked)
        if missing:
            raise ValueError(f"{self.name} needs a {missing[0]}")
        return self.build(source, asked)

    def missing(self, asked: Asked) -> tuple[str, ...]:
        """What it needs and was not said, in the order of `NEEDS`."""
        return tuple(need for need in NEEDS if need in self.needs and not asked.has(need))
