"""Where the table is on a sheet: title lines, one or two header lines, rows, subtotals, notes below.

What is left out is told (`LeftOut`), never dropped in silence: a clerk must be able to see that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.workbooks.reading.header import Header, find_header
from gzdesk.workbooks.reading.lines import EMPTY, Line, LineKinds, is_same_as_above
from gzdesk.workbooks.reading.sheet import Cell, Sheet
from gzdesk.workbooks.reading.split_days import with_whole_days
from gzdesk.workbooks.reading.words import cell_text

_MOST_FILLED = 2_000_000
_TELL_EVERY_ROWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table; `index` counts from 0 on the sheet. `words` are its title, line by line."""

    index: int
    title: str
    words: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. `number` is as Excel shows it; `cells` stand in the order of the columns.

    `section` is the heading line above it within the table (十月份), empty when there is none.
    """

    number: int
    cells: tuple[Cell, ...]
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Rows that are no records: `kind` is one of `lines.KINDS`, `numbers` are as Excel shows them."""

    kind: str
    numbers: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What was found. `header_rows` are the first and last header line as Excel numbers them, (0, 0) for none."""

    header_rows: tuple[int, int]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    title: str  # all that stands above the header, for the year and the unit


def find_table(
    sheet: Sheet,
    *,
    is_heading: Callable[[str], bool],
    header_rows: tuple[int, int] | None = None,
    progress: Progress = NO_PROGRESS,
) -> Table:
    """The table on a sheet. `is_heading` knows a heading when it sees one; `header_rows` overrides the search."""
    header = find_header(sheet, is_heading=is_heading, header_rows=header_rows)
    columns = _columns(sheet, header)
    kinds = LineKinds(sheet, header, [column.index for column in columns])
    filled = _filled_down(sheet, header.last + 1)
    rows: list[Row] = []
    left: dict[str, list[Line]] = {}
    section = ""
    for at in range(header.last + 1, len(sheet.rows)):
        if at % _TELL_EVERY_ROWS == 0:
            progress.check_cancelled()
            progress.step(at, len(sheet.rows))
        line = kinds.of(at)
        if line.kind == "":
            cells = _cells_of(sheet, at, columns, filled.get(at, {}), rows[-1] if rows else None)
            rows.append(Row(at + 1, cells, section))
        elif line.kind != EMPTY:
            left.setdefault(line.kind, []).append(line)
            section = line.text if line.kind == "section" else section
    columns, whole_rows = with_whole_days(columns, tuple(rows))
    return Table(
        header_rows=header.numbers,
        columns=columns,
        rows=whole_rows,
        left_out=tuple(_told(kind, lines) for kind, lines in left.items()),
        title="\n".join(
            cell_text(cell) for row in sheet.rows[: header.first] for cell in row if cell is not None
        ),
    )


def _columns(sheet: Sheet, header: Header) -> tuple[Column, ...]:
    titles = header.titles
    used = set(titles)
    for row in sheet.rows[header.last + 1 :]:
        if len(row) > header.width:
            used.update(at for at in range(header.width, len(row)) if row[at] is not None)
    inner = {at for at in range(header.width) if _has_data(sheet, header, at)}
    return tuple(
        Column(
            index=at,
            title=titles.get(at, ""),
            words=header.words.get(at, ()),
            hidden=at in sheet.hidden_columns,
        )
        for at in sorted(used | inner)
    )


def _has_data(sheet: Sheet, header: Header, at: int) -> bool:
    return at in header.words or any(
        at < len(row) and row[at] is not None for row in sheet.rows[header.last + 1 :]
    )


def _filled_down(sheet: Sheet, first: int) -> dict[int, dict[int, Cell]]:
    """The cells that show the value of the merged cell above them, by row and column."""
    found: dict[int, dict[int, Cell]] = {}
    left = _MOST_FILLED
    for merge in sheet.merges:
        if merge.first_row < first or merge.last_row == merge.first_row or merge.first_row >= len(sheet.rows):
            continue
        row = sheet.rows[merge.first_row]
        value = row[merge.first_column] if merge.first_column < len(row) else None
        last = min(merge.last_row, len(sheet.rows) - 1)
        left -= last - merge.first_row
        if left < 0:
            break
        for at in range(merge.first_row + 1, last + 1):
            found.setdefault(at, {})[merge.first_column] = value
    return found


def _cells_of(
    sheet: Sheet, at: int, columns: tuple[Column, ...], filled: dict[int, Cell], above: Row | None
) -> tuple[Cell, ...]:
    row = sheet.rows[at]
    cells = []
    for place, column in enumerate(columns):
        cell = row[column.index] if column.index < len(row) else None
        if cell is None:
            cell = filled.get(column.index)
        elif above is not None and is_same_as_above(cell):
            cell = above.cells[place]
        cells.append(cell)
    return tuple(cells)


def _told(kind: str, lines: list[Line]) -> LeftOut:
    return LeftOut(kind=kind, numbers=tuple(line.number for line in lines), text=lines[0].text)
