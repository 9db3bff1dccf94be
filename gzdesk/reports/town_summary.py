"""登记汇总表: any register over all units of the town, by unit and by month with exact sums, then the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import language
from gzdesk.reports import list_table, register
from gzdesk.reports.document import (
    Block,
    Cell,
    Chart,
    ChartItem,
    Column,
    Document,
    Heading,
    Line,
    Margins,
    Paragraph,
    Row,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed, Of
from gzdesk.reports.words import centre_name, month_text, year_text

_FIRST_MM, _MOST_SUMS = 55.0, 5
_MARGINS = Margins(top=16, bottom=14)
_FEWEST_FOR_CHART = 3


def document(
    record_type: RecordType,
    unit: Unit,
    records: Sequence[Of],
    *,
    month: Month | None = None,
    year: int | None = None,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The register of all units, of all time, a year or a month."""
    layout, general = layouts.load("town_summary"), layouts.load("register")
    period = month_text(month) if month else year_text(year) if year else ""
    title = layout.title(
        unit=unit.label,
        name=record_type.label,
        period=layout.text("period", period=period) if period else "",
    )
    summed = [
        field for field in record_type.fields if register.is_summed(general.sums, record_type, field.name)
    ][:_MOST_SUMS]
    counted = _Counted(has_states=record_type.month_of is not None, summed=tuple(summed))
    blocks: list[Block] = [
        Heading(text=title),
        Line(left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label))),
        *_section(layout, "by_unit", "unit_column", counted, _by(records, lambda of: of.unit.label)),
        *_chart(layout, records),
    ]
    by_month = month is None and record_type.month_of is not None
    if by_month:
        months = _by(sorted(records, key=_month), _month)
        blocks += _section(layout, "by_month", "month_column", counted, months)
    blocks += _list(layout, record_type, records, heading="list" if by_month else "list_second")
    return Document(
        title=title, author=unit.label, margins=_MARGINS, language=language(), blocks=tuple(blocks)
    )


def _month(of: Of) -> str:
    return str(of.item.values.get(of.item.type.month_of or "", ""))[:7]


def _by(records: Sequence[Of], key: Callable[[Of], str]) -> dict[str, list[Filed]]:
    found: dict[str, list[Filed]] = {}
    for of in records:
        found.setdefault(key(of), []).append(of.item)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What is counted in a line: of what has a day, how many were held and cancelled; and the fields with sums."""

    has_states: bool
    summed: tuple[Field, ...]


def _section(
    layout: Layout, heading: str, first: str, counted: _Counted, groups: dict[str, list[Filed]]
) -> tuple[Block, ...]:
    """A table with a line for each group: counts and the sums of what can be added up."""
    titles = [layout.text(key) for key in ("count", *(("held", "cancelled") if counted.has_states else ()))]
    titles += [register.title_of(field) for field in counted.summed]
    wide = (list_table.LANDSCAPE_MM - _FIRST_MM) / len(titles)
    columns = (
        Column(title=layout.text(first), width_mm=_FIRST_MM, align="left"),
        *(Column(title=title, width_mm=wide, align="right") for title in titles),
    )
    rows = [_line(words, items, counted) for words, items in groups.items()]
    if not rows:
        rows = [Row(cells=(Cell(value=layout.text("none"), span=len(columns), align="center"),))]
    elif len(rows) > 1:
        every = [item for items in groups.values() for item in items]
        rows.append(_line(layout.text("total"), every, counted, bold=True))
    return (Paragraph(text=layout.text(heading), bold=True), Table(columns=columns, rows=tuple(rows)))


def _line(words: str, items: Sequence[Filed], counted: _Counted, *, bold: bool = False) -> Row:
    values: list[str | int] = [words, len(items)]
    if counted.has_states:
        values.append(sum(register.counts(item) for item in items))
        values.append(sum(item.status == CANCELLED for item in items))
    values += [register.sum_of(items, field) for field in counted.summed]
    return Row(cells=tuple(Cell(value=value) for value in values), bold=bold)


def _chart(layout: Layout, records: Sequence[Of]) -> tuple[Block, ...]:
    groups = _by(records, lambda of: of.unit.label)  # as many as the table above says
    title = layout.text("chart")
    if len(groups) < _FEWEST_FOR_CHART or not title:
        return ()
    items = tuple(
        ChartItem(label=words, value=len(found), text=f"{len(found)}") for words, found in groups.items()
    )
    return (Chart(kind="columns", title=title, unit=layout.text("chart_unit"), items=items),)


def _list(
    layout: Layout, record_type: RecordType, records: Sequence[Of], *, heading: str
) -> tuple[Block, ...]:
    """The records themselves, with the columns of their list on the screen."""
    if not records:
        return ()
    fields = [field for name in record_type.list if (field := record_type.field(name))]
    columns = [
        list_table.ListColumn(title=layout.text("number"), align="center"),
        list_table.ListColumn(title=layout.text("unit_column")),
        *(
            list_table.ListColumn(title=register.title_of(field), align=register.align_of(field))
            for field in fields
        ),
    ]
    rows = [
        (number, of.unit.label, *(register.shown(field, of.item) for field in fields))
        for number, of in enumerate(records, start=1)
    ]
    table = list_table.table(columns, rows, room_mm=list_table.LANDSCAPE_MM)
    return (Paragraph(text=layout.text(heading), bold=True), table)
