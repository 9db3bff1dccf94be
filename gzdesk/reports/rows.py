"""Rows of a table: broken into lines, measured, parted where they are taller than a page, ruled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from gzdesk.reports.document import Align, Cell, Column, Row, Table
from gzdesk.reports.fonts import Face
from gzdesk.reports.placed import BODY_PT, LINE_FACTOR, MM_PER_PT, SMALL_PT, PlacedText, Stroke
from gzdesk.reports.text import fit

MAX_LINES = 2  # in a cell, before it is set smaller
CENTRE_PADDING_MM = 0.9
SIDE_PADDING_MM = 1.3
ROW_PADDING_MM = 0.7
HEAD_HEIGHT_MM = 9.0


class CellLines(NamedTuple):
    """A cell broken into lines, between its left and right edge."""

    lines: tuple[str, ...]
    size_pt: float
    align: Align
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """A row with its height; `edges` are the upright lines of the grid."""

    cells: tuple[CellLines, ...]
    height: float
    face: Face
    edges: tuple[float, ...]


def measure_head(table: Table, left: float) -> MeasuredRow:
    """The head of a table."""
    titles = tuple(Cell(value=column.title, align="center") for column in table.columns)
    row = Row(cells=titles, min_height_mm=HEAD_HEIGHT_MM)
    return _measured(row, table.columns, left, Face.SANS_BOLD)


def measure_row(row: Row, table: Table, left: float) -> MeasuredRow:
    """A row of the table, as high as its fullest cell needs."""
    return _measured(row, table.columns, left, Face.SERIF_BOLD if row.bold else Face.SERIF)


def parted(row: MeasuredRow, tallest: float) -> Iterator[MeasuredRow]:
    """The row itself, or pieces of it no taller than that."""
    while row.height > tallest:
        pitch = max(cell.size_pt for cell in row.cells) * MM_PER_PT * LINE_FACTOR
        count = max(1, int((tallest - 2 * ROW_PADDING_MM) / pitch))
        yield _with_lines(row, [cell._replace(lines=cell.lines[:count]) for cell in row.cells])
        row = _with_lines(row, [cell._replace(lines=cell.lines[count:]) for cell in row.cells])
    yield row


def row_texts(row: MeasuredRow, top: float) -> Iterator[PlacedText]:
    """The lines of all cells, centred in the height of the row."""
    for cell in row.cells:
        pitch = cell.size_pt * MM_PER_PT * LINE_FACTOR
        above = (row.height - pitch * len(cell.lines)) / 2
        # Chinese fills 0.88 of its size above the baseline and 0.12 below.
        baseline = top + above + pitch / 2 + cell.size_pt * MM_PER_PT * 0.38
        for number, line in enumerate(cell.lines):
            if line:
                y = baseline + number * pitch
                yield PlacedText(_start(cell), y, line, row.face, cell.size_pt, cell.align)


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


def _measured(row: Row, columns: Sequence[Column], left: float, face: Face) -> MeasuredRow:
    cells, edges, at = [], [left], 0
    for cell in row.cells:
        spanned = columns[at : at + cell.span]
        edges.append(edges[-1] + sum(column.width_mm for column in spanned))
        cells.append(_broken(cell, cell.align or spanned[0].align, face, edges[-2], edges[-1]))
        at += cell.span
    height = max(row.min_height_mm, _height(cells))
    return MeasuredRow(tuple(cells), height, face, tuple(edges))


def _broken(cell: Cell, align: Align, face: Face, left: float, right: float) -> CellLines:
    text = cell.value if isinstance(cell.value, str) else f"{cell.value:,}"
    free = right - left - 2 * (CENTRE_PADDING_MM if align == "center" else SIDE_PADDING_MM)
    size, lines = fit(
        text, face, free / MM_PER_PT, (BODY_PT, SMALL_PT), MAX_LINES, balanced=align == "center"
    )
    return CellLines(lines, size, align, left, right)


def _height(cells: Sequence[CellLines]) -> float:
    fullest = max(len(cell.lines) * cell.size_pt for cell in cells)
    return fullest * MM_PER_PT * LINE_FACTOR + 2 * ROW_PADDING_MM


def _with_lines(row: MeasuredRow, cells: list[CellLines]) -> MeasuredRow:
    return MeasuredRow(tuple(cells), _height(cells), row.face, row.edges)


def _start(cell: CellLines) -> float:
    match cell.align:
        case "left":
            return cell.left + SIDE_PADDING_MM
        case "right":
            return cell.right - SIDE_PADDING_MM
    return (cell.left + cell.right) / 2
