"""目录 of a binder: every piece of evidence under its item, as the review wants to see it (domain.md, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.reports.document import Cell, Document, Heading, Line, Margins, Row, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.words import NOT_APPLICABLE, day_text, semicolons

WIDTH_MM = 170.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One piece of evidence; without a `number` it is not filed yet. `missing` counts its files that are not here."""

    number: str
    title: str
    made_by: str
    date: str
    pages: int
    original: str
    remark: str = ""
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """The evidence of one item: its number and words, and the rows of one unit."""

    item_id: str
    label: str
    rows: tuple[IndexRow, ...]
    unit: str = ""


def document(
    *, unit: str, scope: str, groups: Sequence[IndexGroup], made_on: date, layouts: Layouts = BUILT_IN
) -> Document:
    """The index. `scope` says which task or item it is of; a group's `unit` is shown when there are several."""
    layout = layouts.load("evidence_index", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit)
    return Document(
        title=title,
        author=unit,
        landscape=False,
        margins=Margins(top=20, bottom=14, left=25, right=15),
        language=language(),
        blocks=(
            Heading(text=title),
            Line(left=scope, right=_("Made on {day}").format(day=day_text(made_on))),
            Table(columns=layout.table_columns(), rows=_rows(groups, layout)),
        ),
    )


def _rows(groups: Sequence[IndexGroup], layout: Layout) -> tuple[Row, ...]:
    rows: list[Row] = []
    number = 0
    for group in groups:
        rows.append(_group_row(group, layout))
        for row in group.rows:
            number += 1
            rows.append(_row(number, row, layout))
        if not group.rows:
            rows.append(Row(cells=(Cell(value=_("Nothing here yet"), span=len(layout.keys)),)))
    return (*rows, _total(groups, layout))


def _group_row(group: IndexGroup, layout: Layout) -> Row:
    words = " ".join(part for part in (group.item_id, group.label) if part)
    text = _("{item} ({unit})").format(item=words, unit=group.unit) if group.unit else words
    return Row(cells=(Cell(value=text, span=len(layout.keys), align="left"),), bold=True)


def _row(number: int, row: IndexRow, layout: Layout) -> Row:
    return Row(cells=tuple(Cell(value=_CELLS[key](number, row)) for key in layout.keys))


def _total(groups: Sequence[IndexGroup], layout: Layout) -> Row:
    rows = [row for group in groups for row in group.rows]
    pages = sum(row.pages for row in rows)
    words = semicolons(
        (
            ngettext("{count} piece of evidence", "{count} pieces of evidence", len(rows)).format(
                count=len(rows)
            ),
            ngettext("{count} page", "{count} pages", pages).format(count=pages),
        )
    )
    text = _("Total: {words}").format(words=words)
    return Row(cells=(Cell(value=text, span=len(layout.keys), align="left"),), bold=True)


def _remark(row: IndexRow) -> str:
    lost = ngettext("{count} file missing", "{count} files missing", row.missing).format(count=row.missing)
    return semicolons((row.remark, lost if row.missing else ""))


# To add a column: a line here, and its place, title and width in `resources/layouts/evidence_index.toml`.
_CELLS: dict[str, Callable[[int, IndexRow], str | int]] = {
    "row": lambda number, _row: number,
    "number": lambda _number, row: row.number or NOT_APPLICABLE,
    "title": lambda _number, row: row.title,
    "made_by": lambda _number, row: row.made_by,
    "date": lambda _number, row: row.date,
    "pages": lambda _number, row: row.pages,
    "original": lambda _number, row: row.original,
    "remark": lambda _number, row: _remark(row),
}
