"""What the import of tables hands to windows and to the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gzdesk.domain.rules import Problem
from gzdesk.workbooks.reading.book import Book
from gzdesk.workbooks.reading.table import Row

# Where a column may lead besides the fields of the register: it says whose row this is.
UNIT_COLUMN = "$unit"

NEW, SAME, REFUSED = "new", "same", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBook:
    """A file that can be read as tables. `kind` is xlsx, xls, csv or html, by its content and not by its name."""

    file: Path
    kind: str
    sheets: tuple[str, ...]
    sha256: str
    book: Book = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumn:
    """A column of the table. `index` counts from 0, `samples` are its first texts."""

    index: int
    letter: str
    title: str
    samples: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a column may be taken for: an item of the register, or whose row it is."""

    name: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """The table found in a sheet. Rows count from 1, as Excel shows them; without a header both its rows are 0.

    `mapping` leads from the index of a column to the name of a field; it is the one remembered for tables with
    these very headings (`remembered`), else what the headings and values look like. `notes` are sentences on what
    was left out and what was assumed.
    """

    book: SourceBook
    type_id: str
    sheet: str
    header_rows: tuple[int, int]
    first_row: int
    last_row: int
    columns: tuple[SourceColumn, ...]
    mapping: Mapping[int, str]
    remembered: bool
    notes: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    year: int | None = None
    month: int | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """The titles of all columns in order."""
        return tuple(column.title for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row as it will become: texts by field name as a list shows them, and what is wrong with it.

    `cells` are its texts in the table, in the order of its columns.
    `fate` is `new`, `same` (already here, nothing to do) or `refused`.
    """

    row: int
    cells: tuple[str, ...]
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]
    fate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """Why a row was refused, or what deserves a look. `field` is None when it belongs to no field."""

    field: str | None
    label: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken in. `cells` are its texts in the order of the table's columns."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWarning:
    """A row that was taken in and deserves a look."""

    row: int
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import did, or would do (`dry_run`). `batch` is what can be undone, None when nothing was added."""

    batch: str | None
    dry_run: bool
    added: int
    skipped: int  # rows that are here already, exactly so
    refused: tuple[RefusedRow, ...]
    warnings: tuple[RowWarning, ...]
    headings: tuple[str, ...]  # of the table, for the workbook of refused rows
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """An import that was done on this PC. `when` is local time such as `2019-11-08T09:00:00+08:00`."""

    id: str
    when: str
    who: str
    file_name: str
    type_id: str
    added: int
    undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing an import took back. `kept` names the records that stay, each with the reason in words."""

    taken_back: int
    kept: tuple[KeptRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record of an undone import that stays because it was changed since, or its month is closed."""

    id: str
    words: str
    reason: str
