"""报送情况统计表: which unit has handed in which month, in time or not, and the on-time rates of a year (32.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gzdesk.domain.unit import Unit
from gzdesk.i18n import language
from gzdesk.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Line,
    Margins,
    NewPage,
    Paragraph,
    Row,
    Table,
)
from gzdesk.reports.flow import height_mm
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.words import centre_name, day_text, year_text

WIDTH_MM = 267.0
_KEYS = ("number", "unit", "rate")
_DUTY_MM = (90.0, 30.0, 30.0, 30.0)
_STATES = ("in_time", "late", "nil", "missing", "not_due", "gap")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMonths:
    """A unit's twelve months: each one of `in_time late nil missing not_due gap`, or empty; and the rate in words."""

    unit: str
    states: tuple[str, ...]
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """How often something was due in the year, how often it was in time, and the rate in words."""

    label: str
    on_time: int
    due: int
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """The sheets of a year by unit and month, with the rate of each month and of all, and of other duties."""

    rows: tuple[UnitMonths, ...]
    received: tuple[int, ...]
    month_rates: tuple[str, ...]
    rate: str
    duties: tuple[DutyLine, ...] = ()


def document(
    unit: Unit, year: int, found: Completeness, *, today: date, layouts: Layouts = BUILT_IN
) -> Document:
    """The table of a year; `unit` is the town, or the village that looks at its own."""
    layout = layouts.load("completeness", keys=_KEYS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label, year=year_text(year))
    columns = _columns(layout)
    head = layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label))
    blocks: list[Block] = [
        Heading(text=title),
        Line(left=head, right=layout.text("as_of", date=day_text(today))),
        Table(columns=columns, rows=_rows(layout, found)),
        Paragraph(text=layout.text("legend")),
    ]
    duties = _duties(layout, found.duties)
    document = Document(
        title=title,
        author=unit.label,
        margins=Margins(top=18, bottom=12),
        language=language(),
        blocks=(*blocks, *duties),
    )
    if not duties or height_mm(document) < float("inf"):
        return document
    # The smaller table stays in one piece, on a page of its own where the first leaves no room.
    return replace(document, blocks=(*blocks, NewPage(), *duties))


def _columns(layout: Layout) -> tuple[Column, ...]:
    """The columns of the layout with the months before the rate, or at the end without one."""
    own = layout.table_columns()
    wide = (WIDTH_MM - sum(column.width_mm for column in own)) / 12
    months = [Column(title=layout.text("month", month=f"{month}"), width_mm=wide) for month in range(1, 13)]
    at = _months_at(layout)
    return (*own[:at], *months, *own[at:])


def _months_at(layout: Layout) -> int:
    return layout.keys.index("rate") if "rate" in layout.keys else len(layout.keys)


def _rows(layout: Layout, found: Completeness) -> tuple[Row, ...]:
    rows = [
        _row(
            layout,
            {"number": number, "unit": row.unit, "rate": row.rate},
            [layout.text(state) if state in _STATES else "" for state in row.states],
        )
        for number, row in enumerate(found.rows, start=1)
    ]
    if len(found.rows) > 1:
        received = {"number": "", "unit": layout.text("received"), "rate": ""}
        rates = {"number": "", "unit": layout.text("rate"), "rate": found.rate}
        rows.append(_row(layout, received, found.received, bold=True))
        rows.append(_row(layout, rates, found.month_rates, bold=True))
    return tuple(rows)


def _row(
    layout: Layout, own: Mapping[str, str | int], months: Sequence[str | int], *, bold: bool = False
) -> Row:
    cells = [Cell(value=own[key]) for key in layout.keys]
    at = _months_at(layout)
    return Row(cells=(*cells[:at], *(Cell(value=value) for value in months), *cells[at:]), bold=bold)


def _duties(layout: Layout, duties: Sequence[DutyLine]) -> tuple[Paragraph | Table, ...]:
    if not duties:
        return ()
    titles = (layout.text(key) for key in ("duty", "due", "on_time", "rate"))
    columns = tuple(
        Column(title=title, width_mm=width) for title, width in zip(titles, _DUTY_MM, strict=True)
    )
    rows = tuple(
        Row(
            cells=(
                Cell(value=line.label, align="left"),
                Cell(value=line.due),
                Cell(value=line.on_time),
                Cell(value=line.rate),
            )
        )
        for line in duties
    )
    return (Paragraph(text=layout.text("duties"), bold=True), Table(columns=columns, rows=rows))
