"""A ledger made up on the spot: records of every kind that documents are made of, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gzdesk.domain.fields import to_text
from gzdesk.domain.masking import hides_numbers, masked
from gzdesk.domain.month import MonthSheet
from gzdesk.domain.opening import WORKING_HOURS
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.unit import Unit
from gzdesk.reports.handover_slip import Handover
from gzdesk.reports.layout import BUILT_IN, Layouts
from gzdesk.reports.opening_register import OpenDay
from gzdesk.reports.source import Asked, Filed, Report, Venue
from gzdesk.services.reference import load_record_types, load_units
from tests.reports.samples import CAOYI, OCTOBER, closed_october, october_days, october_handover

TYPES = load_record_types()
UNITS = load_units()
TODAY = date(2019, 11, 6)


def filed(type_id: str, record_id: str = "r1", titles: Mapping[str, str] = {}, **values: object) -> Filed:
    """A record as documents see it; `titles` are the words for the records that it refers to."""
    record_type = TYPES.by_id[type_id]
    texts = {}
    for name, value in values.items():
        field = record_type.by_name[name]
        text = (
            titles.get(str(value), str(value)) if field.kind == "reference" else to_text(field, value, UNITS)
        )
        texts[name] = masked(field, text) if hides_numbers(field) else text
    return Filed(id=record_id, type=record_type, values={"status": "held", **values}, texts=texts)


class SampleSource:
    """Answers as the ledger would, from the records it was made with."""

    working_hours = WORKING_HOURS

    def __init__(
        self,
        *records: Filed,
        unit: Unit = CAOYI,
        today: date = TODAY,
        venues: Sequence[Venue] = (),
        layouts: Layouts = BUILT_IN,
    ) -> None:
        self.unit = unit
        self.today = today
        self.layouts = layouts
        self._records = records
        self._venues = venues

    def asked(self, report: Report) -> Asked:
        """All that the report needs."""
        first = next(
            (item for item in self._records if not report.types or item.type.id in report.types), None
        )
        return Asked(
            month=OCTOBER if "month" in report.needs else None,
            year=2019 if "year" in report.needs else None,
            record=first.id if first and "record" in report.needs else None,
            type_id=(report.types or ("activity",))[0] if "type" in report.needs else None,
        )

    def sheet(self, month: Month) -> MonthSheet:
        return closed_october(month=month)

    def sheets_below(self, month: Month) -> Sequence[MonthSheet]:
        return (self.sheet(month),)

    def open_days(self, month: Month) -> Sequence[OpenDay]:
        return october_days()

    def handover(self) -> Handover:
        return october_handover()

    def record_type(self, type_id: str) -> RecordType:
        return TYPES.by_id[type_id]

    def record(self, record_id: str) -> Filed:
        return next(item for item in self._records if item.id == record_id)

    def records(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Filed]:
        return [item for item in self._records if item.type.id == type_id and _within(item, month, year)]

    def venues(self, record_id: str | None = None) -> Sequence[Venue]:
        return self._venues


def _within(item: Filed, month: Month | None, year: int | None) -> bool:
    day = str(item.values.get(item.type.month_of or "", ""))
    return day.startswith(str(month) if month else str(year or ""))
