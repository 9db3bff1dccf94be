"""A table as a file: workbook, text or paper, from the same columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.tables.columns import TableColumn
from gzdesk.whole_file import write_whole
from gzdesk.workbooks.writing import UTF_8, Value, number_text, watched, write_csv, write_xlsx

if TYPE_CHECKING:
    from gzdesk.reports.document import Document

SUFFIXES = (".xlsx", ".csv", ".pdf")
# Laying out a page takes a hundred times as long as writing its rows into a workbook.
PAPER_ROWS = 5_000
# More of them leave a column the width of one character.
PAPER_COLUMNS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table ready to be written. `remarks` stand below the title; `totals` is empty or one value per column."""

    title: str
    columns: tuple[TableColumn, ...]
    rows: Iterable[Sequence[Value]]
    total_rows: int
    remarks: tuple[str, ...] = ()
    totals: tuple[Value, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A written table. `pages` is 0 for one that is not paper; `notes` say what could not be written as it was."""

    file: Path
    rows: int
    pages: int = 0
    notes: tuple[str, ...] = ()


def check_suffix(out: Path) -> None:
    """Raise UserError `unknown_format` unless the name says a kind of file that tables can be."""
    if out.suffix.lower() not in SUFFIXES:
        raise UserError(
            code="unknown_format",
            message=_("Files of this kind can't be made: {name}").format(name=out.name),
            hint=_("End the file name in .xlsx, .csv or .pdf."),
        )


def write_table(
    sheet: Sheet, *, out: Path, encoding: str = UTF_8, progress: Progress = NO_PROGRESS
) -> TableFile:
    """Write the table to `out`, whose ending says how; an older file of that name is replaced whole.

    Raises UserError `unknown_format`, `cannot_write`, `table_too_long`, `table_too_wide`
    or `needs_utf_8`.
    """
    check_suffix(out)
    progress.stage(_("Writing the file"))
    columns = [column.out() for column in sheet.columns]
    match out.suffix.lower():
        case ".xlsx":
            written = write_xlsx(
                out,
                title=sheet.title,
                columns=columns,
                rows=sheet.rows,
                remarks=sheet.remarks,
                totals=sheet.totals,
                total_rows=sheet.total_rows,
                progress=progress,
            )
        case ".csv":
            written = write_csv(
                out,
                columns=columns,
                rows=sheet.rows,
                totals=sheet.totals,
                encoding=encoding,
                total_rows=sheet.total_rows,
                progress=progress,
            )
        case _:
            return _write_paper(sheet, out, progress)
    return TableFile(file=out, rows=written.rows, notes=written.notes)


def paper(sheet: Sheet, *, for_screen: bool, progress: Progress = NO_PROGRESS) -> bytes:
    """The table as PDF in memory. Raises UserError `table_too_long` or `table_too_wide`."""
    from gzdesk.reports import pdf

    return pdf.render(_document(sheet, progress), for_screen=for_screen)


def cell_text(column: TableColumn, value: Value) -> str:
    """What a reader sees of a value."""
    if value is None:
        return ""
    if isinstance(value, (str, date)):
        return str(value)
    if isinstance(value, Decimal) or column.decimals:
        digits = number_text(round(Decimal(value), column.decimals) if column.decimals else value)
        return f"{Decimal(digits):,f}" if column.grouped else digits
    return f"{value:,}" if column.grouped else str(value)


def _write_paper(sheet: Sheet, out: Path, progress: Progress) -> TableFile:
    from gzdesk.reports import flow, pdf
    from gzdesk.reports.missing import missing_glyphs

    document = _document(sheet, progress)
    progress.stage(_("Laying out the pages"))
    pages = flow.paginate(document)
    progress.check_cancelled()
    write_whole(out, pdf.draw(document, pages))
    return TableFile(file=out, rows=sheet.total_rows, pages=len(pages), notes=missing_glyphs(document))


def _document(sheet: Sheet, progress: Progress) -> Document:
    from gzdesk.reports import list_table
    from gzdesk.reports.document import Paragraph

    if sheet.total_rows > PAPER_ROWS:
        raise UserError(
            code="table_too_long",
            message=_("{count} rows are too many for paper.").format(count=f"{sheet.total_rows:,}"),
            hint=_("Choose a shorter period, or save the table as a workbook."),
        )
    if len(sheet.columns) > PAPER_COLUMNS:
        raise UserError(
            code="table_too_wide",
            message=_("{count} columns are too many for paper.").format(count=len(sheet.columns)),
            hint=_("Choose fewer columns, or save the table as a workbook."),
        )
    document = list_table.document(
        title=sheet.title,
        columns=[
            list_table.ListColumn(title=column.title, align="right" if column.is_number else "left")
            for column in sheet.columns
        ],
        rows=[
            [cell_text(column, value) for column, value in zip(sheet.columns, row, strict=True)]
            for row in watched(sheet.rows, total_rows=sheet.total_rows, progress=progress)
        ],
        above=(sheet.remarks[0] if sheet.remarks else "", ""),
        totals=[
            cell_text(column, value)
            for column, value in zip(sheet.columns, sheet.totals, strict=bool(sheet.totals))
        ],
        author=sheet.author,
    )
    below = tuple(Paragraph(text=remark) for remark in sheet.remarks[1:])
    return replace(document, blocks=(*document.blocks, *below))
