"""The table of a file for one register: which sheet, which columns are which fields, what was left out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gzdesk.domain.fields import FieldProblem, parse
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext
from gzdesk.progress import Progress
from gzdesk.services.context import Context
from gzdesk.services.imports.cells import text_for
from gzdesk.services.imports.days import Period, lacks_month, lacks_year, parted, period_of, with_year
from gzdesk.services.imports.headings import Headings, Seen, importable
from gzdesk.services.imports.model import UNIT_COLUMN, SourceBook, SourceColumn, SourceTable
from gzdesk.storage.store import Reading, Writing
from gzdesk.workbooks.reading.book import read_sheet
from gzdesk.workbooks.reading.refusals import empty_table
from gzdesk.workbooks.reading.sheet import Cell, Sheet, column_letter
from gzdesk.workbooks.reading.table import LeftOut, Table, find_table
from gzdesk.workbooks.reading.words import cell_text, squashed

_MAPPING = "import_map/"
_SAMPLES = 5
_TRIED_VALUES = 30
_NAMED_ROWS = 8
# Whether a value fits says something of these kinds; any text fits a text.
_TELLING = frozenset(
    {"integer", "decimal", "date", "partial_date", "month", "quarter", "time", "choice", "yes_no"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    sheet: Sheet
    table: Table
    mapping: Mapping[int, str]
    remembered: bool


def source_table(
    context: Context,
    read: Reading,
    record_type: RecordType,
    book: SourceBook,
    *,
    sheet: str | None,
    mapping: Mapping[int, str] | None,
    header_rows: tuple[int, int] | None,
    progress: Progress,
) -> SourceTable:
    """The table on that sheet; without one, on the sheet that has most columns the register knows."""
    headings = Headings(record_type)
    names = (sheet,) if sheet is not None else book.sheets
    tables: list[_Found] = []
    for name in names:
        progress.check_cancelled()
        found = _on_sheet(context, read, record_type, headings, book, name, header_rows, progress)
        if found is not None:
            tables.append(found)
    if not tables:
        raise empty_table()
    best = max(tables, key=_worth)
    others = [found.sheet.name for found in tables if found is not best and _is_alike(found, best)]
    return _source_table(record_type, book, best, mapping, others=others)


def refused_titles() -> tuple[str, ...]:
    """What stands behind the table's own columns in a workbook of refused rows."""
    return _("Reason"), _("Row in the table")


def keep_mapping(work: Writing, table: SourceTable, mapping: Mapping[int, str]) -> None:
    """Remember which column is which field for tables with these headings."""
    places = {column.index: place for place, column in enumerate(table.columns)}
    pairs = [[places[index], name] for index, name in sorted(mapping.items()) if index in places]
    work.local.put(_MAPPING + _layout(table.type_id, table.headings), pairs)


def _worth(found: _Found) -> tuple[int, int]:
    return len(found.mapping), min(len(found.table.rows), 1)


def _is_alike(found: _Found, best: _Found) -> bool:
    return bool(found.table.rows) and set(found.mapping.values()) == set(best.mapping.values())


def _on_sheet(
    context: Context,
    read: Reading,
    record_type: RecordType,
    headings: Headings,
    book: SourceBook,
    name: str,
    header_rows: tuple[int, int] | None,
    progress: Progress,
) -> _Found | None:
    sheet = read_sheet(book.book, name, progress=progress)
    table = _without_reasons(
        find_table(sheet, is_heading=headings.is_heading, header_rows=header_rows, progress=progress)
    )
    if not table.rows and not table.columns:
        return None
    remembered = _remembered(read, record_type, table)
    if remembered is not None:
        return _Found(sheet=sheet, table=table, mapping=remembered, remembered=True)
    return _Found(
        sheet=sheet,
        table=table,
        mapping=headings.guess(_seen(context, record_type, table)),
        remembered=False,
    )


def _without_reasons(table: Table) -> Table:
    """A corrected workbook of refused rows is the table it came from, without the columns added to it."""
    added = len(refused_titles())
    if tuple(column.title for column in table.columns[-added:]) != refused_titles():
        return table
    rows = tuple(replace(row, cells=row.cells[:-added]) for row in table.rows)
    return replace(table, columns=table.columns[:-added], rows=rows)


def _source_table(
    record_type: RecordType,
    book: SourceBook,
    found: _Found,
    mapping: Mapping[int, str] | None,
    *,
    others: Sequence[str],
) -> SourceTable:
    table = found.table
    period = period_of(table.title, found.sheet.name, Path(book.file.name).stem)
    chosen = _checked(record_type, table, found.mapping if mapping is None else mapping)
    return SourceTable(
        book=book,
        type_id=record_type.id,
        sheet=found.sheet.name,
        header_rows=table.header_rows,
        first_row=table.rows[0].number if table.rows else 0,
        last_row=table.rows[-1].number if table.rows else 0,
        columns=tuple(
            SourceColumn(
                index=column.index,
                letter=column_letter(column.index),
                title=column.title,
                samples=_samples(table, place),
                hidden=column.hidden,
            )
            for place, column in enumerate(table.columns)
        ),
        mapping=chosen,
        remembered=found.remembered and mapping is None,
        notes=(*_notes(record_type, found, period), *_other_sheets(others)),
        rows=table.rows,
        year=period.year,
        month=period.month,
    )


def _checked(record_type: RecordType, table: Table, mapping: Mapping[int, str]) -> Mapping[int, str]:
    known = {field.name for field in importable(record_type)} | {UNIT_COLUMN}
    indexes = {column.index for column in table.columns}
    wrong = [name for name in mapping.values() if name not in known]
    if wrong or len(set(mapping.values())) != len(mapping):
        raise UserError(
            code="bad_mapping",
            message=_("There is no item called {name} in this register.").format(name=wrong[0])
            if wrong
            else _("Two columns lead to the same item."),
            hint=_("Each column leads to one item of the register, each item is named once."),
        )
    return {index: name for index, name in mapping.items() if index in indexes}


def _samples(table: Table, place: int) -> tuple[str, ...]:
    texts = (cell_text(row.cells[place]) for row in table.rows[:200])
    return tuple(dict.fromkeys(text for text in texts if text))[:_SAMPLES]


def _seen(context: Context, record_type: RecordType, table: Table) -> list[Seen]:
    return [
        Seen(
            index=column.index,
            title=column.title,
            words=column.words,
            hidden=column.hidden,
            fits=_fits(context, record_type, [row.cells[place] for row in table.rows[:200]]),
        )
        for place, column in enumerate(table.columns)
    ]


def _fits(context: Context, record_type: RecordType, cells: Sequence[Cell]) -> dict[str, float]:
    """For each field whose kind tells something, the share of the values that it can take."""
    filled = [cell for cell in cells if cell is not None][:_TRIED_VALUES]
    if not filled:
        return {}
    return {
        field.name: sum(_takes(context, field, cell) for cell in filled) / len(filled)
        for field in importable(record_type)
        if field.kind in _TELLING
    }


def _takes(context: Context, field: Field, cell: Cell) -> bool:
    try:
        text = text_for(field, cell)
        if field.kind in ("date", "partial_date"):
            text = with_year(parted(text, cell)[0], year=context.mint.today().year, month=1)
        elif field.kind == "time":
            text = text.replace("~", "-").replace("～", "-").replace("—", "-").split("-")[0]
        return not text or parse(field, text, context.parsing()) is not None
    except FieldProblem:
        return False


def _remembered(read: Reading, record_type: RecordType, table: Table) -> dict[int, str] | None:
    titles = tuple(column.title for column in table.columns)
    kept = read.local.get(_MAPPING + _layout(record_type.id, titles)) if any(titles) else None
    if kept is None:
        return None
    # An edition of the register may have dropped a field since.
    known = {field.name for field in importable(record_type)} | {UNIT_COLUMN}
    return {table.columns[place].index: name for place, name in kept if name in known}


def _layout(type_id: str, titles: Sequence[str]) -> str:
    # Blanks and lines within a heading change when it is written anew, as in a workbook of refused rows.
    words = (type_id, *map(squashed, titles))
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()[:32]


def _notes(record_type: RecordType, found: _Found, period: Period) -> tuple[str, ...]:
    sheet, table = found.sheet, found.table
    notes = [_left_out(item) for item in table.left_out]
    hidden_rows = [row.number for row in table.rows if row.number - 1 in sheet.hidden_rows]
    if hidden_rows:
        notes.append(
            ngettext(
                "{count} hidden row was read too: {rows}.",
                "{count} hidden rows were read too: {rows}.",
                len(hidden_rows),
            ).format(count=len(hidden_rows), rows=_listed(hidden_rows))
        )
    hidden = [column for column in table.columns if column.hidden and column.index in found.mapping]
    if hidden:
        names = listed(column.title or column_letter(column.index) for column in hidden[:_NAMED_ROWS])
        notes.append(_("Hidden columns were read too: {columns}.").format(columns=names))
    if period.year is not None and _some_lack_year(record_type, found):
        notes.append(_("Dates without a year are of {year}.").format(year=period.year))
    return tuple(notes)


def _some_lack_year(record_type: RecordType, found: _Found) -> bool:
    places = {column.index: place for place, column in enumerate(found.table.columns)}
    days = [places[index] for index, name in found.mapping.items() if _is_day(record_type, name)]
    return any(
        isinstance(cell, str) and (lacks_year(cell) or lacks_month(cell))
        for row in found.table.rows
        for cell in (row.cells[place] for place in days)
    )


def _is_day(record_type: RecordType, name: str) -> bool:
    field = record_type.field(name)
    return field is not None and field.kind in ("date", "partial_date")


def lacking(record_type: RecordType, mapping: Mapping[int, str]) -> list[str]:
    """What every row will lack, said once before it is said of each row."""
    labels = [
        field.label
        for field in importable(record_type)
        if field.required and field.default is None and field.name not in mapping.values()
    ]
    if not labels or not mapping:
        return []
    return [_("No column was found for: {items}.").format(items=listed(labels))]


def _other_sheets(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    message = _("Other sheets hold such a table too and are imported one by one: {sheets}.")
    return [message.format(sheets=listed(names))]


def _left_out(item: LeftOut) -> str:
    words = {
        "sum": _("Sums were left out (row {rows}): {text}"),
        "note": _("Notes were left out (row {rows}): {text}"),
        "section": _("Headings within the table were left out (row {rows}): {text}"),
        "header_again": _("The header stands there again and was left out (row {rows})."),
        "numbered_only": _("Rows with nothing but a number were left out (row {rows})."),
    }
    return words[item.kind].format(rows=_listed(item.numbers), text=item.text)


def _listed(numbers: Sequence[int]) -> str:
    """Row numbers, runs of them as 12-15; a long list is cut."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return listed(texts[:_NAMED_ROWS]) + ("…" if len(texts) > _NAMED_ROWS else "")
