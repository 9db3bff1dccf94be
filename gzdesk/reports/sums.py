"""Rows that end a table: words over the columns before the first sum, each sum under its column."""

from __future__ import annotations

from collections.abc import Mapping

from gzdesk.reports.document import Align, Cell, Row
from gzdesk.reports.layout import Layout


def sum_row(
    layout: Layout,
    words: str,
    sums: Mapping[str, str | int],
    *,
    bold: bool = True,
    align: Align | None = "center",
) -> Row:
    """The row for any order of columns; a sum whose column the layout leaves out is left out with it.

    `align` None sets each sum as its column.
    """
    keys = layout.keys
    first = min((keys.index(key) for key in sums if key in keys), default=len(keys))
    cells = [Cell(value=words, span=first, align="left")] if first else []
    empty = 0
    for key in keys[first:]:
        if key in sums:
            cells += [Cell(span=empty)] if empty else []
            cells.append(Cell(value=sums[key], align=align))
            empty = 0
        else:
            empty += 1
    cells += [Cell(span=empty)] if empty else []
    return Row(cells=tuple(cells), bold=bold)
