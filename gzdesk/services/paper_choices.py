"""What a document can be made of: registers, records and periods to choose from, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gzdesk.domain.fields import to_text
from gzdesk.domain.period import Month
from gzdesk.domain.record import VOID
from gzdesk.domain.record_type import TOWN, RecordType
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.i18n import gettext as _
from gzdesk.pinyin import search_text
from gzdesk.services.context import Context
from gzdesk.services.reports import ReportName
from gzdesk.storage.queries import ListQuery, RecordRow

_YEARS, _QUARTERS, _MONTHS = 6, 8, 24
_LOOKED_THROUGH = 400
_NOT_ON_PAPER = ("system",)
_GENERATED = ("monthly_sheet",)  # it has a form of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodChoice:
    """A month, a quarter, a year, or none of them: all time."""

    words: str
    month: Month | None = None
    quarter: ReportQuarter | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChoice:
    """A record that a document can be of, in words."""

    id: str
    words: str
    details: tuple[str, ...]


class PaperChoices:
    """Answers what the page of documents asks."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def registers(self, text: str = "") -> tuple[RecordType, ...]:
        """The registers that have a paper form; with a text those whose name or initials hold it."""
        wanted = text.strip().lower()
        return tuple(
            item
            for item in self._context.types
            if item.group not in _NOT_ON_PAPER
            and item.id not in _GENERATED
            and wanted in search_text(item.zh, item.en, item.paper).lower()
        )

    def records(
        self, types: Sequence[str], *, unit: str | None = None, text: str = "", limit: int = 8
    ) -> tuple[RecordChoice, ...]:
        """The latest records of those types that hold the words; void ones are left out."""
        found: list[RecordRow] = []
        for type_id in types:
            found += self._rows(type_id, unit=unit, text=text, limit=limit)
            if not found and any(letter.isdigit() for letter in text):
                found += self._by_day(type_id, unit=unit, text=text)
        return tuple(self._choice(row, several=len(types) > 1) for row in found[:limit])

    def _by_day(self, type_id: str, *, unit: str | None, text: str) -> list[RecordRow]:
        """Those of the last records whose day holds the digits: 10-11, 1011, 2019-10."""
        wanted = "".join(letter for letter in text if letter.isdigit())
        rows = self._rows(type_id, unit=unit, text="", limit=_LOOKED_THROUGH)
        return [row for row in rows if wanted in row.day.replace("-", "")]

    def _rows(self, type_id: str, *, unit: str | None, text: str, limit: int) -> tuple[RecordRow, ...]:
        record_type = self._context.record_type(type_id)
        query = ListQuery(
            types=(type_id,),
            unit=None
            if record_type.scope == TOWN
            else self._context.units.own_scope(unit or self._context.me.id),
            statuses=tuple(status for status in record_type.statuses if status != VOID),
            text=text,
            sort="day" if record_type.month_of else "title",
            descending=record_type.month_of is not None,
            limit=limit,
        )
        with self._context.store.reading() as read:
            return read.queries.rows(query)

    def record(self, record_id: str) -> RecordChoice | None:
        """One record in words, or None when it is not here any more."""
        with self._context.store.reading() as read:
            record = read.records.get(record_id)
            if record is None or record.deleted:
                return None
            title = read.records.titles([record_id]).get(record_id, "")
        record_type = self._context.record_type(record.type)
        day = str(record.values.get(record_type.month_of or "", ""))
        return RecordChoice(id=record_id, words=_words(day, title), details=(record_type.label,))

    def periods(self, report: ReportName) -> tuple[PeriodChoice, ...]:
        """The periods that a document can be of, this one's likeliest first."""
        this = Month.of(self._context.mint.today())
        asked = {*report.needs, *report.takes}
        found: list[PeriodChoice] = []
        if not {"month", "quarter", "year"} & set(report.needs) and {"month", "year"} & asked:
            found.append(PeriodChoice(words=_("All time")))
        if "quarter" in asked:
            last = ReportQuarter.ended_before(self._context.mint.today())
            found += [_quarter_choice(last), _running_quarter_choice(last.plus(1))]
            found += [_quarter_choice(last.plus(-back)) for back in range(1, _QUARTERS)]
        if "year" in asked:
            years = range(this.year, this.year - _YEARS, -1)
            found += [PeriodChoice(words=_("{year}").format(year=year), year=year) for year in years]
        if "month" in asked:
            first = this.plus(1) if report.group == "notice" else this
            found += [_month_choice(first.plus(-back)) for back in range(_MONTHS)]
        return tuple(found)

    def _choice(self, row: RecordRow, *, several: bool) -> RecordChoice:
        record_type = self._context.record_type(row.type)
        status = record_type.field("status")
        words = to_text(status, row.status) if status is not None and row.status != "held" else ""
        kind = record_type.label if several else ""
        details = tuple(part for part in (row.place, kind, words) if part)
        return RecordChoice(id=row.id, words=_words(row.day, row.title), details=details)


def _month_choice(month: Month) -> PeriodChoice:
    words = _("{year}-{month:02d}").format(year=month.year, month=month.month)
    return PeriodChoice(words=words, month=month)


def _quarter_choice(quarter: ReportQuarter) -> PeriodChoice:
    first, *_middle, last = quarter.months
    words = _("{first} to {last}").format(first=first, last=last)
    return PeriodChoice(words=words, quarter=quarter)


def _running_quarter_choice(quarter: ReportQuarter) -> PeriodChoice:
    """Begun early: the report is due five days after its quarter ends, and is written while that still runs."""
    choice = _quarter_choice(quarter)
    return replace(choice, words=_("{period} (still running)").format(period=choice.words))


def _words(day: str, title: str) -> str:
    return f"{day} {title}".strip()
