"""Ledgers with a column for the month and one for the day, as they are ruled on paper: made one column of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gzdesk.workbooks.reading.sheet import Cell
from gzdesk.workbooks.reading.words import cell_text, squashed

if TYPE_CHECKING:
    from gzdesk.workbooks.reading.table import Column, Row

_YEAR, _MONTH, _DAY = "年", "月", "日"
_PLAIN_DATE = "日期"


def with_whole_days(
    columns: tuple[Column, ...], rows: tuple[Row, ...]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The same table with 年 月 日 or 月 日 side by side as one column; its index is that of the first."""
    place = _place_of_parts(columns)
    if place is None:
        return columns, rows
    first, last = place
    signs = [_sign(column) for column in columns[first : last + 1]]
    title = " ".join(columns[first].words[:-1]) or _PLAIN_DATE
    whole = replace(columns[first], title=title, words=(title,))
    return (
        (*columns[:first], whole, *columns[last + 1 :]),
        tuple(
            replace(
                row,
                cells=(
                    *row.cells[:first],
                    _joined(row.cells[first : last + 1], signs),
                    *row.cells[last + 1 :],
                ),
            )
            for row in rows
        ),
    )


def _place_of_parts(columns: Sequence[Column]) -> tuple[int, int] | None:
    signs = [_sign(column) for column in columns]
    for at in range(len(signs) - 1):
        if signs[at : at + 2] == [_MONTH, _DAY]:
            return (at - 1 if at and signs[at - 1] == _YEAR else at, at + 1)
    return None


def _sign(column: Column) -> str:
    return squashed(column.words[-1]) if column.words else ""


def _joined(cells: Sequence[Cell], signs: Sequence[str]) -> Cell:
    texts = [cell_text(cell).removesuffix(sign) for cell, sign in zip(cells, signs, strict=True)]
    return "".join(f"{text}{sign}" for text, sign in zip(texts, signs, strict=True) if text) or None
