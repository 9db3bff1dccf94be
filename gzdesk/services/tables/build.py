"""From the choice of an ad hoc table to its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext
from gzdesk.pinyin import initials
from gzdesk.progress import Progress
from gzdesk.services.context import Context
from gzdesk.services.list_words import left_out_words, parted
from gzdesk.services.tables.adhoc import (
    AdHoc,
    check_choice,
    column_offers,
    filter_offers,
    first_columns,
    group_offers,
    may_be_added,
    measure_offers,
)
from gzdesk.services.tables.columns import UNIT, ColumnReader, Line, TableColumn
from gzdesk.services.tables.groups import Grouping, group, groupings, measure_column
from gzdesk.services.tables.period import Span
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading
from gzdesk.workbooks.writing import Value

_RECORDS_PER_STEP = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TableResult:
    """A finished table. `records` is how many were counted or listed; `remarks` say of what and what not."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[Sequence[Value], ...]
    totals: tuple[Value, ...]
    records: int
    remarks: tuple[str, ...]


class Build:
    """One table on one snapshot. Raises UserError for a choice that does not fit the registers."""

    def __init__(self, context: Context, read: Reading, adhoc: AdHoc) -> None:
        if not adhoc.types:
            raise UserError(
                code="type_needed",
                message=_("A table needs a register to read."),
                hint=_("Choose one or several registers."),
            )
        self._context, self._read, self._adhoc = context, read, adhoc
        self._types = [context.record_type(type_id) for type_id in adhoc.types]
        self._reader = ColumnReader(context, read)
        self._span = adhoc.period.span(context.mint.today())
        self._queries = tuple(self._each_query())
        names = [item.name for item in filter_offers(self._types)]
        check_choice([name for name, _code in adhoc.where], names, what=_("The filter"))

    def size(self) -> int:
        """How many records have to be read."""
        return sum(self._read.queries.count(query) for query in self._queries)

    def result(self, progress: Progress) -> TableResult:
        """Read and count."""
        return self._grouped(progress) if self._adhoc.group_by else self._listed(progress)

    # Which records

    def _each_query(self) -> Iterator[ListQuery]:
        """The registers, parted by what limits them: a roll has no date, the town's catalogue no village."""
        parts: dict[tuple[bool, bool], list[str]] = {}
        for item in self._types:
            parts.setdefault((item.month_of is not None, item.scope == "town"), []).append(item.id)
        for (dated, shared), type_ids in parts.items():
            span = self._span if dated else Span(first=None, last=None, words="")
            months = span.months
            by_day = months is None
            yield ListQuery(
                types=tuple(type_ids),
                unit=None if shared else self._unit(),
                first_month=months[0] if months else None,
                last_month=months[1] if months else None,
                first_day=span.first.isoformat() if by_day and span.first else "",
                last_day=span.last.isoformat() if by_day and span.last else "",
                statuses=self._adhoc.statuses,
            )

    def _unit(self) -> str | None:
        if self._adhoc.unit:
            return self._context.units.own_scope(self._context.unit(self._adhoc.unit).id)
        return None if self._context.is_town else self._context.me.id

    def _lines(self, progress: Progress, *, with_values: bool) -> Iterator[Line]:
        total, count = self.size(), 0
        for query in self._queries:
            for line in self._reader.lines(query, with_values=with_values or bool(self._adhoc.where)):
                if self._is_wanted(line):
                    yield line
                count += 1
                if count % _RECORDS_PER_STEP == 0:
                    progress.step(count, total)
                    progress.check_cancelled()
        progress.step(count, total)

    def _is_wanted(self, line: Line) -> bool:
        for name, code in self._adhoc.where:
            value = line.values.get(name)
            if value != code and not (isinstance(value, list) and code in value):
                return False
        return True

    # The two kinds of tables

    def _listed(self, progress: Progress) -> TableResult:
        offers = {column.id: column for column in column_offers(self._types)}
        chosen = self._adhoc.columns or first_columns(self._types)
        check_choice(chosen, tuple(offers), what=_("The list"))
        columns = tuple(offers[name] for name in chosen)
        with_values = any(column.field for column in columns)
        rows = list(self._reader.rows(self._lines(progress, with_values=with_values), columns))
        return TableResult(
            title=self._title(),
            columns=columns,
            rows=tuple(sorted_rows(rows, columns, self._adhoc)),
            totals=column_sums(columns, rows),
            records=len(rows),
            remarks=self._remarks(len(rows)),
        )

    def _grouped(self, progress: Progress) -> TableResult:
        groups = {offer.id: offer for offer in group_offers(self._types, is_town=self._context.is_town)}
        sums = {offer.id: offer for offer in measure_offers(self._types)}
        check_choice(self._adhoc.group_by, tuple(groups), what=_("Grouping"))
        check_choice(self._adhoc.measures, tuple(sums), what=_("What is counted"))
        by = groupings(
            [groups[name] for name in self._adhoc.group_by],
            reader=self._reader,
            types=self._context.types,
            units=self._context.units,
        )
        measures = [sums[name] for name in self._adhoc.measures or ("count",)]
        with_values = any(one.field for one in by) or any(one.field for one in measures)
        found = group(
            self._lines(progress, with_values=with_values),
            by=by,
            measures=measures,
            reader=self._reader,
            record_type=self._types[0] if len(self._types) == 1 else None,
        )
        columns = (*(one.column for one in by), *(measure_column(measure) for measure in measures))
        return TableResult(
            title=self._title(by),
            columns=columns,
            rows=tuple(sorted_rows(found.rows, columns, self._adhoc)),
            totals=found.totals,
            records=found.records,
            remarks=self._remarks(found.records, overlapping=found.overlapping, by=by),
        )

    # Words

    def _title(self, by: Sequence[Grouping] = ()) -> str:
        if self._adhoc.name:
            return self._adhoc.name
        events = {item.id for item in self._context.types.in_groups("event")}
        together = len(events) > 1 and set(self._adhoc.types) == events
        registers = _("Events") if together else listed(item.label for item in self._types)
        if not by:
            return registers
        return _("{registers} by {groups}").format(
            registers=registers, groups=listed(one.column.title for one in by)
        )

    def _remarks(
        self, records: int, *, overlapping: bool = False, by: Sequence[Grouping] = ()
    ) -> tuple[str, ...]:
        unit = self._context.unit(self._adhoc.unit) if self._adhoc.unit else self._context.me
        count = ngettext("{count} record", "{count} records", records).format(count=f"{records:,}")
        dated = [item for item in self._types if item.month_of]
        when = self._span.words if dated else ""
        remarks = [parted((unit.label, when, *self._filter_words(), count))]
        if not self._adhoc.where and self._adhoc.statuses == (HELD,):
            left_out = [self._read.queries.totals(replace(query, statuses=())) for query in self._queries]
            remarks += left_out_words(left_out)
        undated = [item.label for item in self._types if not item.month_of]
        if dated and undated:
            remarks.append(
                _("{registers}: without a date, so all of them are counted.").format(
                    registers=listed(undated)
                )
            )
        if overlapping:
            remarks.append(_("A record can belong to several groups; the total counts it once."))
        if any(one.column.id == UNIT for one in by) and any(_is_joint(item) for item in self._types):
            remarks.append(_("A joint event counts once, for the unit where it took place."))
        return tuple(remarks)

    def _filter_words(self) -> Iterator[str]:
        for name, code in self._adhoc.where:
            item = self._types[0].field(name)
            choice = item.choice(code) if item else None
            if item is not None:
                yield _("{item}: {value}").format(item=item.label, value=choice.label if choice else code)


def _is_joint(record_type: RecordType) -> bool:
    return any(item.kind == "units" for item in record_type.fields)


def column_sums(columns: Sequence[TableColumn], rows: Sequence[Sequence[Value]]) -> tuple[Value, ...]:
    """The line of sums: `Total` in the first column, a sum under every column that may be added up."""
    sums: list[Value] = []
    for place, column in enumerate(columns):
        addable = column.measure or (column.field is not None and may_be_added(column.field))
        numbers = [value for row in rows if isinstance(value := row[place], (int, Decimal))]
        sums.append(sum(numbers) if addable and column.is_number and numbers else None)
    if not any(value is not None for value in sums):
        return ()
    return _labelled(sums)


def _labelled(sums: list[Value]) -> tuple[Value, ...]:
    if sums[0] is None:
        return (_("Total"), *sums[1:])
    return tuple(sums)


def sorted_rows(
    rows: Sequence[Sequence[Value]], columns: Sequence[TableColumn], adhoc: AdHoc
) -> Sequence[Sequence[Value]]:
    """The rows in the order that was chosen; what is not filled in stands last."""
    if not adhoc.sort:
        return rows[::-1] if adhoc.descending else rows
    ids = [column.id for column in columns]
    check_choice([adhoc.sort], ids, what=_("The order"))
    place = ids.index(adhoc.sort)
    filled = [row for row in rows if row[place] not in (None, "")]
    filled.sort(key=lambda row: _rank(row[place]), reverse=adhoc.descending)
    return filled + [row for row in rows if row[place] in (None, "")]


def _rank(value: Value) -> tuple[int, object]:
    if isinstance(value, (int, Decimal)):
        return 0, value
    return (1, value) if isinstance(value, date) else (2, (initials(str(value)), value))
