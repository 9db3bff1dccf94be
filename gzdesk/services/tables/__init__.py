"""Lists and tables for other people: any list as a file, and tables put together when somebody asks for one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gzdesk.domain.masking import masked
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.context import Context
from gzdesk.services.list_words import parted, totals_words
from gzdesk.services.records import ListQuery, RecordRow
from gzdesk.services.tables import saved as keeping
from gzdesk.services.tables.adhoc import (
    AdHoc,
    Offer,
    column_offers,
    filter_offers,
    first_columns,
    group_offers,
    measure_offers,
)
from gzdesk.services.tables.build import Build, TableResult
from gzdesk.services.tables.columns import (
    RECEIVED,
    UNIT,
    ColumnReader,
    TableColumn,
    common_columns,
    hundredths,
    item_columns,
    outer_columns,
    seen_column,
    status_words,
    text_width,
)
from gzdesk.services.tables.files import Sheet, TableFile, cell_text, check_suffix, paper, write_table
from gzdesk.services.tables.period import Period, kind_words, month_or_year_words, period_words
from gzdesk.services.tables.saved import SavedTable
from gzdesk.storage.queries import Totals
from gzdesk.workbooks.writing import GB_18030, UTF_8, Value

__all__ = [
    "GB_18030",
    "UTF_8",
    "AdHoc",
    "Offer",
    "Period",
    "SavedTable",
    "TableColumn",
    "TableFile",
    "TableResult",
    "Tables",
    "cell_text",
    "kind_words",
    "period_words",
    "text_width",
]

# Somebody may have looked for a number of a person, which must not stand on paper.
_SEARCHED = Field(name="search", kind="text", zh="", en="", personal=True)
_NOT_IN_FILE_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST_FILE_NAME = 60


class Tables:
    """What lists, the page of tables and the command line ask for."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # Lists as they are seen

    def export(
        self,
        query: ListQuery,
        *,
        out: Path,
        columns: Sequence[str] = (),
        all_items: bool = False,
        encoding: str = UTF_8,
        progress: Progress = NO_PROGRESS,
    ) -> TableFile:
        """Write a list to a .xlsx, .csv or .pdf file: its filters, order and sums, however long it is.

        `columns` are called as the list calls them; without them they are those of the register's list.
        `all_items` takes every item of a register instead. Raises UserError as `tables_files.write_table`.
        """
        check_suffix(out)
        progress.stage(_("Gathering the records"))
        with self._list_sheet(query, columns=columns, all_items=all_items) as sheet:
            return write_table(sheet, out=out, encoding=encoding, progress=progress)

    def preview(
        self,
        query: ListQuery,
        *,
        columns: Sequence[str] = (),
        for_screen: bool = True,
        progress: Progress = NO_PROGRESS,
    ) -> bytes:
        """The list as PDF in memory, for the printer. Raises UserError `table_too_long`."""
        with self._list_sheet(query, columns=columns, all_items=False) as sheet:
            return paper(sheet, for_screen=for_screen, progress=progress)

    def list_name(self, query: ListQuery) -> str:
        """The name of a file of that list, without its ending."""
        return _file_name(self._list_title(query), _when(query))

    # Ad hoc tables

    def size(self, adhoc: AdHoc) -> int:
        """How many records have to be read for a table. Raises UserError as `build` does."""
        with self._context.store.reading() as read:
            return Build(self._context, read, adhoc).size()

    def build(self, adhoc: AdHoc, *, progress: Progress = NO_PROGRESS) -> TableResult:
        """The table, finished. Raises UserError `type_needed`, `unknown_type`, `unknown_unit`, `unknown_column`
        or `bad_period`.
        """
        progress.stage(_("Gathering the records"))
        with self._context.store.reading() as read:
            return Build(self._context, read, adhoc).result(progress)

    def write(
        self, adhoc: AdHoc, *, out: Path, encoding: str = UTF_8, progress: Progress = NO_PROGRESS
    ) -> TableFile:
        """Write a table to a .xlsx, .csv or .pdf file. Raises UserError as `build` and `export` do."""
        check_suffix(out)
        sheet = self._table_sheet(self.build(adhoc, progress=progress))
        return write_table(sheet, out=out, encoding=encoding, progress=progress)

    def paper(self, result: TableResult, *, for_screen: bool = True) -> bytes:
        """A finished table as PDF in memory. Raises UserError `table_too_long`."""
        return paper(self._table_sheet(result), for_screen=for_screen)

    def file_name(self, adhoc: AdHoc) -> str:
        """The name of a file of that table, without its ending."""
        types = (self._context.types.get(type_id) for type_id in adhoc.types)
        title = adhoc.name or listed(item.label for item in types if item)
        return _file_name(title, adhoc.period.span(self._context.mint.today()).words)

    def columns(self, types: Sequence[RecordType]) -> tuple[TableColumn, ...]:
        """The columns that a table of those registers can have."""
        return column_offers(types)

    def first_columns(self, types: Sequence[RecordType]) -> tuple[str, ...]:
        """Those that a new table begins with."""
        return first_columns(types)

    def groups(self, types: Sequence[RecordType]) -> tuple[Offer, ...]:
        """What their records can be grouped by."""
        return group_offers(types, is_town=self._context.is_town)

    def measures(self, types: Sequence[RecordType]) -> tuple[Offer, ...]:
        """What can be counted and added up."""
        return measure_offers(types)

    def filters(self, types: Sequence[RecordType]) -> tuple[Field, ...]:
        """The items by whose choices they can be narrowed down."""
        return filter_offers(types)

    # Tables by name

    def saved(self) -> tuple[SavedTable, ...]:
        """Those that were kept on this PC, then those that come with the program."""
        return (*keeping.kept(self._context), *keeping.ready_made(self._context))

    def find(self, name: str) -> SavedTable:
        """The table with that name or id. Raises UserError `unknown_table`."""
        return keeping.find(self.saved(), name)

    def keep(self, adhoc: AdHoc) -> SavedTable:
        """Keep a table on this PC under its name. Raises UserError `name_needed`."""
        return keeping.keep(self._context, adhoc)

    def forget(self, name: str) -> None:
        """Forget a table that was kept."""
        keeping.forget(self._context, name)

    # Inside

    @contextmanager
    def _list_sheet(self, query: ListQuery, *, columns: Sequence[str], all_items: bool) -> Iterator[Sheet]:
        """The list on one snapshot, which stays open while the rows are read."""
        with self._context.store.reading() as read:
            chosen = self._list_columns(query, columns, all_items=all_items)
            reader = ColumnReader(self._context, read, received=self._received(chosen))
            totals = read.queries.totals(query)
            with_values = any(column.field for column in chosen)
            yield Sheet(
                title=self._list_title(query),
                columns=chosen,
                rows=reader.rows(reader.lines(query, with_values=with_values), chosen),
                total_rows=totals.records,
                remarks=self._list_remarks(query, totals),
                totals=_list_totals(chosen, totals),
                author=self._context.me.label,
            )

    def _list_columns(
        self, query: ListQuery, names: Sequence[str], *, all_items: bool
    ) -> tuple[TableColumn, ...]:
        types = [self._context.record_type(type_id) for type_id in query.types]
        if len(types) != 1:
            wanted = names or ("day", "time", "type", "title", "place", "persons", "status")
            chosen = tuple(column for column in common_columns() if all_items or column.id in wanted)
        elif all_items:
            chosen = item_columns(types[0])
        else:
            found = (seen_column(types[0], name) for name in names or types[0].list)
            chosen = tuple(column for column in found if column is not None)
        several_units = self._context.is_town and query.unit is None
        several_units = several_units and any(item.scope != "town" for item in types)
        if several_units and all(column.id != UNIT for column in chosen):
            chosen = (*(column for column in outer_columns() if column.id == UNIT), *chosen)
        return chosen

    def _received(self, columns: Sequence[TableColumn]) -> Callable[[RecordRow], bool]:
        if all(column.id != RECEIVED for column in columns):
            return lambda _row: False
        from gzdesk.services.exchange import Exchange

        proved = Exchange(self._context).acknowledged()
        return lambda row: proved.covers(unit=row.unit, writer=row.writer, seq=row.seq)

    def _list_title(self, query: ListQuery) -> str:
        types = [self._context.record_type(type_id) for type_id in query.types]
        events = all(item.group == "event" for item in types)
        name = types[0].label if len(types) == 1 else _("Events") if events else _("Registers")
        unit = self._context.units.find(query.unit) if query.unit else None
        if unit is None:
            unit = (
                self._context.me if any(item.scope != "town" for item in types) else self._context.units.town
            )
        return _("{register} of {unit}").format(unit=unit.label, register=name)

    def _list_remarks(self, query: ListQuery, totals: Totals) -> tuple[str, ...]:
        types = [self._context.record_type(type_id) for type_id in query.types]
        states = listed(status_words(types[0], status) for status in query.statuses)
        parts = (
            _when(query),
            _("state: {states}").format(states=states) if states else "",
            _("search: {text}").format(text=masked(_SEARCHED, query.text)) if query.text else "",
            totals_words(totals, dated=any(item.month_of for item in types)),
        )
        measured = any("persons" in item.measures for item in types) and totals.records != totals.held
        note = (_("Person-times are of held events only."),) if measured else ()
        return (parted(parts), *note)

    def _table_sheet(self, result: TableResult) -> Sheet:
        return Sheet(
            title=result.title,
            columns=result.columns,
            rows=result.rows,
            total_rows=len(result.rows),
            remarks=result.remarks,
            totals=result.totals,
            author=self._context.me.label,
        )


def _list_totals(columns: Sequence[TableColumn], totals: Totals) -> tuple[Value, ...]:
    """The same sums as under the list: person-times and sessions, of what was held."""
    sums: dict[str, Value] = {"persons": totals.persons, "sessions": hundredths(totals.sessions_hundredths)}
    found = [sums.get(column.measure) for column in columns]
    if all(value is None for value in found):
        return ()
    return (_("Total"), *found[1:]) if found[0] is None else tuple(found)


def _when(query: ListQuery) -> str:
    return month_or_year_words(query.month, query.year)


def _file_name(*parts: str) -> str:
    words = _NOT_IN_FILE_NAME.sub(" ", " ".join(part for part in parts if part)).strip(" .")
    return words[:_LONGEST_FILE_NAME].strip() or "1"
