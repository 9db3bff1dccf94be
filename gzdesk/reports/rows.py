"""Rows of a table: broken into lines, measured, parted where they are taller than a page, ruled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gzdesk.reports.document import BODY_PT, Align, Cell, Row, Table
from gzdesk.reports.fonts import Face
from gzdesk.reports.placed import LINE_FACTOR, MM_PER_PT, SMALL_PT, PlacedText, Stroke
from gzdesk.reports.text import fit, wrap

CENTRE_PADDING_MM = 0.9
SIDE_PADDING_MM = 1.3
ROW_PADDING_MM = 0.7
HEAD_HEIGHT_MM = 9.0
HINT_PT = 8.0  # read once, before the first form is filled in; all that is filled in is larger
_SMALLER = 6 / 7  # of its own size, for what does not fit: 10.5 pt becomes 9


class CellLines(NamedTuple):
    """A cell broken into lines, between its left and right edge; `hints` are the small lines under them."""

    lines: tuple[str, ...]
    size_pt: float
    align: Align
    left: float
    right: float
    face: Face
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A row with its height; `edges` are the upright lines of the grid."""

    cells: tuple[CellLines, ...]
    height: float
    edges: tuple[float, ...]


def measure_head(table: Table, left: float) -> MeasuredRow:
    """The head of a table."""
    titles = tuple(Cell(value=column.title, align="center") for column in table.columns)
    row = Row(cells=titles, min_height_mm=HEAD_HEIGHT_MM * table.size_pt / BODY_PT)
    return _measured(row, table, left, Face.SANS_BOLD)


def measure_row(row: Row, table: Table, left: float) -> MeasuredRow:
    """A row of the table, as high as its fullest cell needs."""
    return _measured(row, table, left, Face.SERIF_BOLD if row.bold else Face.SERIF)


def parted(row: MeasuredRow, tallest: float) -> Iterator[MeasuredRow]:
    """The row itself, or pieces of it no taller than that."""
    while row.height > tallest and any(len(cell.lines) > 1 for cell in row.cells):
        pitch = max(cell.size_pt for cell in row.cells) * MM_PER_PT * LINE_FACTOR
        count = max(1, int((tallest - 2 * ROW_PADDING_MM) / pitch))
        yield _with_lines(row, [cell._replace(lines=cell.lines[:count], hints=()) for cell in row.cells])
        row = _with_lines(row, [cell._replace(lines=cell.lines[count:]) for cell in row.cells])
    yield row


def row_texts(row: MeasuredRow, top: float) -> Iterator[PlacedText]:
    """The lines of all cells, centred in the height of the row, or in what the hints under them leave."""
    for cell in row.cells:
        pitch = cell.size_pt * MM_PER_PT * LINE_FACTOR
        above = (row.height - _hint_height(cell) - pitch * len(cell.lines)) / 2
        yield from _hint_texts(cell, top + row.height)
        # Chinese fills 0.88 of its size above the baseline and 0.12 below.
        baseline = top + above + pitch / 2 + cell.size_pt * MM_PER_PT * 0.38
        for number, line in enumerate(cell.lines):
            if line:
                y = baseline + number * pitch
                yield PlacedText(_start(cell), y, line, cell.face, cell.size_pt, cell.align)


def ruling(rows: Sequence[tuple[float, MeasuredRow]]) -> Iterator[Stroke]:
    """The grid of neighbouring rows, each with its top; an upright line runs through all rows that share it."""
    left, right = rows[0][1].edges[0], rows[0][1].edges[-1]
    for top, _row in rows:
        yield Stroke(left, top, right, top)
    bottom = rows[-1][0] + rows[-1][1].height
    yield Stroke(left, bottom, right, bottom)
    for edges, group in groupby(rows, key=lambda item: item[1].edges):
        same = list(group)
        first, last = same[0][0], same[-1][0] + same[-1][1].height
        for x in edges:
            yield Stroke(x, first, x, last)


def _measured(row: Row, table: Table, left: float, face: Face) -> MeasuredRow:
    cells, edges, at = [], [left], 0
    for cell in row.cells:
        spanned = table.columns[at : at + cell.span]
        edges.append(edges[-1] + sum(column.width_mm for column in spanned))
        align = cell.align or spanned[0].align
        set_in = Face.SANS if cell.label else face
        cells.append(_broken(cell, align, set_in, table, edges[-2], edges[-1]))
        at += cell.span
    # A place to write in stays as high as it is, whatever is said under it.
    height = max(row.min_height_mm + max(map(_hint_height, cells)), _height(cells))
    return MeasuredRow(tuple(cells), height, tuple(edges))


def _broken(cell: Cell, align: Align, face: Face, table: Table, left: float, right: float) -> CellLines:
    text = cell.value if isinstance(cell.value, str) else f"{cell.value:,}"
    free = right - left - 2 * (CENTRE_PADDING_MM if align == "center" else SIDE_PADDING_MM)
    size_pt = table.size_pt
    smaller = max(SMALL_PT, size_pt * _SMALLER)
    sizes = (size_pt, smaller) if smaller < size_pt else (size_pt,)
    size, lines = fit(text, face, free / MM_PER_PT, sizes, table.most_lines, balanced=align == "center")
    hints = wrap(cell.hint, Face.SERIF, HINT_PT, free / MM_PER_PT) if cell.hint else ()
    return CellLines(lines, size, align, left, right, face, hints)


def _height(cells: Sequence[CellLines]) -> float:
    padding = max(cell.size_pt for cell in cells) / BODY_PT * ROW_PADDING_MM
    fullest = max(
        len(cell.lines) * cell.size_pt * MM_PER_PT * LINE_FACTOR + _hint_height(cell) for cell in cells
    )
    return fullest + 2 * max(padding, ROW_PADDING_MM)


def _hint_height(cell: CellLines) -> float:
    return len(cell.hints) * HINT_PT * MM_PER_PT * LINE_FACTOR


def _hint_texts(cell: CellLines, bottom: float) -> Iterator[PlacedText]:
    pitch = HINT_PT * MM_PER_PT * LINE_FACTOR
    for number, line in enumerate(reversed(cell.hints)):
        y = bottom - ROW_PADDING_MM - number * pitch - 0.8
        yield PlacedText(cell.left + SIDE_PADDING_MM, y, line, Face.SERIF, HINT_PT, "left", grey=True)


def _with_lines(row: MeasuredRow, cells: list[CellLines]) -> MeasuredRow:
    return MeasuredRow(tuple(cells), _height(cells), row.edges)


def _start(cell: CellLines) -> float:
    match cell.align:
        case "left":
            return cell.left + SIDE_PADDING_MM
        case "right":
            return cell.right - SIDE_PADDING_MM
    return (cell.left + cell.right) / 2
