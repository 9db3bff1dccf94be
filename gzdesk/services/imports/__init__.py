"""Taking in tables from Excel: what is in the file, which column is which field, what becomes of each row.

`open` and `table` read, `preview` shows, `run` writes the good rows in one transaction and gives the refused ones
back with their reasons; `undo` takes a whole batch back. The rules are those of saving a record, nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from gzdesk.domain.record_type import RecordType
from gzdesk.domain.rules import Problem
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.context import Context
from gzdesk.services.imports import batches as past
from gzdesk.services.imports.fates import Judge, Judged
from gzdesk.services.imports.headings import importable, same_heading
from gzdesk.services.imports.model import (
    NEW,
    REFUSED,
    SAME,
    UNIT_COLUMN,
    Batch,
    KeptRecord,
    Outcome,
    PreviewRow,
    RefusedRow,
    RowProblem,
    RowWarning,
    SourceBook,
    SourceColumn,
    SourceTable,
    Target,
    Undone,
)
from gzdesk.services.imports.rows import RowReader, RowValues
from gzdesk.services.imports.tables import keep_mapping, lacking, refused_titles, source_table
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.store import Reading
from gzdesk.workbooks.reading.book import open_book, read_file
from gzdesk.workbooks.reading.words import cell_text

__all__ = [
    "NEW",
    "REFUSED",
    "SAME",
    "UNIT_COLUMN",
    "Batch",
    "Imports",
    "KeptRecord",
    "Outcome",
    "PreviewRow",
    "RefusedRow",
    "RowProblem",
    "RowWarning",
    "SourceBook",
    "SourceColumn",
    "SourceTable",
    "Target",
    "Undone",
    "same_heading",
]

# Registers that the program writes itself, or that come from the town as a whole.
_NOT_FROM_TABLES = frozenset({"system"})
_STEP_ROWS = 100


class Imports:
    """Tables of other programs on their way into the registers."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def open(self, file: Path, *, progress: Progress = NO_PROGRESS) -> SourceBook:
        """Read a file whole and find out what it is, whatever its name says.

        Raises UserError: not_a_table, encrypted_table, empty_table, damaged_table, unreadable_file, too_many_rows.
        """
        progress.stage(_("Reading the table"))
        content = read_file(file)
        book = open_book(content, name=file.name, progress=progress)
        return SourceBook(
            file=file,
            kind=book.kind,
            sheets=book.sheets,
            sha256=hashlib.sha256(content).hexdigest(),
            book=book,
        )

    def table(
        self,
        book: SourceBook,
        *,
        type_id: str,
        sheet: str | None = None,
        mapping: Mapping[int, str] | None = None,
        header_rows: tuple[int, int] | None = None,
        progress: Progress = NO_PROGRESS,
    ) -> SourceTable:
        """Find the table on a sheet (without one: where the register's words stand) and what its columns are.

        `mapping` and `header_rows` (as Excel numbers them) override what is found. Raises UserError as `open`, and
        `not_importable` for a register that no table can fill.
        """
        record_type = self._importable(type_id)
        progress.stage(_("Looking for the table"))
        with self._context.store.reading() as read:
            return source_table(
                self._context,
                read,
                record_type,
                book,
                sheet=sheet,
                mapping=mapping,
                header_rows=header_rows,
                progress=progress,
            )

    def targets(self, type_id: str) -> tuple[Target, ...]:
        """What a column can be taken for, in the order of the form; last, whose row it is."""
        fields = importable(self._importable(type_id))
        return (
            *(Target(name=item.name, label=item.label, required=item.required) for item in fields),
            Target(name=UNIT_COLUMN, label=_("Whose row it is (village)"), required=False),
        )

    def preview(
        self, table: SourceTable, *, mapping: Mapping[int, str] | None = None, limit: int = 10
    ) -> tuple[PreviewRow, ...]:
        """The first rows as they will become with that mapping (without one: the table's own)."""
        record_type = self._importable(table.type_id)
        with self._context.store.reading() as read:
            reader = self._reader(read, record_type, table, mapping)
            rows = [reader.read(row) for row in table.rows[:limit]]
            judged = Judge(self._context, read, record_type, reader, rows=rows).judge(rows, NO_PROGRESS)
            return tuple(self._preview_row(read, record_type, item) for item in judged)

    def run(
        self,
        table: SourceTable,
        *,
        mapping: Mapping[int, str] | None = None,
        dry_run: bool = False,
        progress: Progress = NO_PROGRESS,
    ) -> Outcome:
        """Write the good rows in one transaction and give back what was not taken. Remembers the mapping.

        A `dry_run` only tells what would happen. Raises Cancelled, leaving everything as it was, and UserError
        `nothing_mapped` when no column leads anywhere.
        """
        record_type = self._importable(table.type_id)
        chosen = table.mapping if mapping is None else mapping
        if not set(chosen.values()) - {UNIT_COLUMN}:
            raise UserError(
                code="nothing_mapped",
                message=_("No column of this table is known to be an item of {register}.").format(
                    register=record_type.label
                ),
                hint=_("Check the register and the sheet, or say which column is which."),
            )
        with self._context.store.reading() as read:
            judged = self._judged(read, record_type, table, chosen, progress)
        new = [(item.row.row.number, item.row.values) for item in judged if item.fate == NEW]
        batch = None if dry_run else self._write(table, chosen, new, progress)
        return self._outcome(record_type, table, chosen, judged, batch=batch, dry_run=dry_run)

    def save_refused(self, outcome: Outcome, out: Path, *, progress: Progress = NO_PROGRESS) -> Path:
        """Write the refused rows as a workbook: the table's own columns and the reason behind them."""
        from gzdesk.workbooks.writing import OutColumn, write_xlsx

        titles = (*outcome.headings, *refused_titles())
        rows = (
            (*row.cells, "；".join(_in_words(problem) for problem in row.problems), str(row.row))
            for row in outcome.refused
        )
        written = write_xlsx(
            out,
            title=_("Rows that were not imported"),
            columns=[OutColumn(title=title) for title in titles],
            rows=rows,
            progress=progress,
        )
        return written.file

    def batches(self) -> tuple[Batch, ...]:
        """The imports of this PC, the latest first."""
        with self._context.store.reading() as read:
            return past.batches(read)

    def undo(self, batch_id: str, *, progress: Progress = NO_PROGRESS) -> Undone:
        """Take back a whole import. Records that were changed since stay, and are named.

        Raises UserError `unknown_batch` or `already_undone`.
        """
        progress.stage(_("Taking the import back"))
        with self._context.store.writing() as work:
            undone = past.take_back(self._context, work, batch_id, progress)
            work.commit()
        return undone

    # Inside

    def _judged(
        self,
        read: Reading,
        record_type: RecordType,
        table: SourceTable,
        mapping: Mapping[int, str],
        progress: Progress,
    ) -> list[Judged]:
        progress.stage(_("Reading the rows"))
        reader = self._reader(read, record_type, table, mapping)
        rows: list[RowValues] = []
        for number, row in enumerate(table.rows):
            if number % _STEP_ROWS == 0:
                progress.check_cancelled()
                progress.step(number, len(table.rows))
            rows.append(reader.read(row))
        progress.stage(_("Checking the rows"))
        return list(Judge(self._context, read, record_type, reader).judge(rows, progress))

    def _write(
        self,
        table: SourceTable,
        mapping: Mapping[int, str],
        rows: list[tuple[int, dict[str, object]]],
        progress: Progress,
    ) -> str | None:
        progress.stage(_("Writing the rows"))
        with self._context.store.writing() as work:
            keep_mapping(work, table, mapping)
            batch = past.write_batch(self._context, work, table, rows, progress) if rows else None
            progress.check_cancelled()
            work.commit()
        return batch

    def _outcome(
        self,
        record_type: RecordType,
        table: SourceTable,
        mapping: Mapping[int, str],
        judged: list[Judged],
        *,
        batch: str | None,
        dry_run: bool,
    ) -> Outcome:
        return Outcome(
            batch=batch,
            dry_run=dry_run,
            added=sum(item.fate == NEW for item in judged),
            skipped=sum(item.fate == SAME for item in judged),
            refused=tuple(
                RefusedRow(
                    row=item.row.row.number,
                    cells=tuple(cell_text(cell) for cell in item.row.row.cells),
                    problems=_row_problems(record_type, item, blocking=True),
                )
                for item in judged
                if item.fate == REFUSED
            ),
            warnings=tuple(
                RowWarning(row=item.row.row.number, problems=found)
                for item in judged
                if item.fate != REFUSED and (found := _row_problems(record_type, item, blocking=False))
            ),
            headings=table.headings,
            notes=(*table.notes, *lacking(record_type, mapping)),
        )

    def _preview_row(self, read: Reading, record_type: RecordType, item: Judged) -> PreviewRow:
        values = item.row.values
        titles = reference_titles(read, record_type, [values])
        texts = {
            field.name: shown_text(field, values[field.name], self._context, titles, whole=True)
            for field in importable(record_type)
            if field.name in values
        }
        return PreviewRow(
            row=item.row.row.number,
            cells=tuple(cell_text(cell) for cell in item.row.row.cells),
            texts=texts,
            problems=item.problems,
            fate=item.fate,
        )

    def _reader(
        self, read: Reading, record_type: RecordType, table: SourceTable, mapping: Mapping[int, str] | None
    ) -> RowReader:
        chosen = table.mapping if mapping is None else mapping
        return RowReader(self._context, read, record_type, table, chosen)

    def _importable(self, type_id: str) -> RecordType:
        record_type = self._context.record_type(type_id)
        if record_type.group in _NOT_FROM_TABLES:
            raise UserError(
                code="not_importable",
                message=_("{register} can't be filled from a table.").format(register=record_type.label),
                hint=_("The program keeps it by itself."),
            )
        return record_type


def _row_problems(record_type: RecordType, item: Judged, *, blocking: bool) -> tuple[RowProblem, ...]:
    found = [_row_problem(record_type, problem) for problem in item.problems if problem.blocks is blocking]
    if item.repeats is not None and not blocking:
        message = _("The same as row {row}; it was taken once.").format(row=item.repeats)
        found.append(RowProblem(field=None, label="", message=message))
    return tuple(found)


def _row_problem(record_type: RecordType, problem: Problem) -> RowProblem:
    field = record_type.field(problem.field or "")
    label = field.label if field else ""
    return RowProblem(field=problem.field if field else None, label=label, message=problem.message)


def _in_words(problem: RowProblem) -> str:
    return _("{label}: ").format(label=problem.label) + problem.message if problem.label else problem.message
