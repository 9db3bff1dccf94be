"""Any list as a printed table: upright paper where the columns fit, else lengthwise; the head on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.reports.document import (
    BODY_PT,
    Align,
    Block,
    Cell,
    Closing,
    Column,
    Document,
    Heading,
    Line,
    Margins,
    Row,
    Table,
)
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.placed import MM_PER_PT
from gzdesk.reports.rows import SIDE_PADDING_MM
from gzdesk.reports.text import longest_unit_pt

PORTRAIT_MM, LANDSCAPE_MM = 180.0, 267.0
_WIDEST_MM = 62.0  # a longer text is broken into lines
_NARROWEST_MM = 9.0
_LONGEST_WORD_MM = 34.0
_ROW_MM = 7.0
_MOST_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column of a list; its width comes from what stands in it."""

    title: str
    align: Align = "left"


def document(
    *,
    title: str,
    columns: Sequence[ListColumn],
    rows: Sequence[Sequence[str | int]],
    above: tuple[str, str] = ("", ""),
    totals: Sequence[str | int] = (),
    closing: Closing | None = None,
    author: str = "",
    footer: str = "",
) -> Document:
    """The list as a document; numbers stay numbers in the workbook.

    `above` stands under the title, left and right; without words at the right it is the count of rows.
    `totals` is one more row, in bold, at the end. An empty list says so in one row.
    """
    widths, landscape = _widths(columns, [*rows, totals] if totals else rows)
    count = ngettext("{count} record in all", "{count} records in all", len(rows)).format(
        count=f"{len(rows):,}"
    )
    blocks: list[Block] = [Heading(text=title), Line(left=above[0], right=above[1] or count)]
    blocks.append(
        Table(
            columns=tuple(
                Column(title=column.title, width_mm=width, align=column.align)
                for column, width in zip(columns, widths, strict=True)
            ),
            rows=_rows(rows, totals, len(columns)),
        )
    )
    return Document(
        title=title,
        blocks=(*blocks, closing) if closing else tuple(blocks),
        author=author,
        landscape=landscape,
        margins=Margins(top=16, bottom=14),
        footer=footer,
        language=language(),
    )


def table(columns: Sequence[ListColumn], rows: Sequence[Sequence[str | int]], *, room_mm: float) -> Table:
    """The list alone, as a table that fills that width."""
    widths, _landscape = _widths(columns, rows, room_mm=room_mm)
    return Table(
        columns=tuple(
            Column(title=column.title, width_mm=width, align=column.align)
            for column, width in zip(columns, widths, strict=True)
        ),
        rows=_rows(rows, (), len(columns)),
    )


def _rows(rows: Sequence[Sequence[str | int]], totals: Sequence[str | int], count: int) -> tuple[Row, ...]:
    made = [Row(cells=tuple(Cell(value=value) for value in row), min_height_mm=_ROW_MM) for row in rows]
    if not made:
        empty = Cell(value=_("Nothing has been written down yet"), span=count, align="center")
        made = [Row(cells=(empty,))]
    if totals:
        made.append(Row(cells=tuple(Cell(value=value) for value in totals), bold=True, min_height_mm=_ROW_MM))
    return tuple(made)


def _widths(
    columns: Sequence[ListColumn], rows: Sequence[Sequence[str | int]], *, room_mm: float | None = None
) -> tuple[tuple[float, ...], bool]:
    """The widths in millimetres, and whether the paper lies lengthwise; `room_mm` is the width where it is known."""
    wanted = [_wanted(column.title, [row[place] for row in rows]) for place, column in enumerate(columns)]
    total = sum(natural for natural, _least in wanted)
    landscape = total > PORTRAIT_MM
    room = room_mm or (LANDSCAPE_MM if landscape else PORTRAIT_MM)
    if total <= room:
        return tuple(natural * room / total for natural, _least in wanted), landscape
    least = sum(least for _natural, least in wanted)
    if least >= room:
        return tuple(least_mm * room / least for _natural, least_mm in wanted), landscape
    share = (room - least) / (total - least)
    return tuple(least + (natural - least) * share for natural, least in wanted), landscape


def _wanted(title: str, values: Sequence[str | int]) -> tuple[float, float]:
    """The width at which no cell of a column is broken, and the one at which no word is."""
    texts = {value if isinstance(value, str) else f"{value:,}" for value in values}
    lines = {line for text in texts for line in text.split("\n")}
    padding = 2 * SIDE_PADDING_MM + 0.2
    head = max(width_pt(line, Face.SANS_BOLD, BODY_PT) for line in title.split("\n")) * MM_PER_PT
    body = max((width_pt(line, Face.SERIF_BOLD, BODY_PT) for line in lines), default=0.0) * MM_PER_PT
    word = max((longest_unit_pt(line, Face.SERIF_BOLD, BODY_PT) for line in lines), default=0.0) * MM_PER_PT
    head_word = longest_unit_pt(title.replace("\n", ""), Face.SANS_BOLD, BODY_PT) * MM_PER_PT
    # A long text in a narrow column would take a page for a few rows.
    least = min(max(word, head_word, head / 2, body / _MOST_LINES), _LONGEST_WORD_MM) + padding
    natural = min(max(head, body), _WIDEST_MM) + padding
    least = max(least, _NARROWEST_MM)
    return max(natural, least), least
