"""经费使用统计公告: where money came from, what was spent for what and what is left, to be published (保障法 55)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import language
from gzdesk.reports.document import (
    Blank,
    Block,
    Cell,
    Chart,
    ChartItem,
    Closing,
    Document,
    Heading,
    Line,
    Margins,
    Row,
    Seal,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import centre_name, day_text, day_to_fill_in, number_text, semicolons, year_text

WIDTH_MM = 267.0
_GRANTED, _SPENT = "granted", "spent"
_PURPOSES_NAMED = 3
_SUMS = (_GRANTED, _SPENT, "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """The money of one source and budget line, in yuan. Building is kept apart from the running of culture."""

    source: str
    line: str
    is_construction: bool
    granted: Decimal
    spent: Decimal
    purposes: tuple[str, ...] = ()

    @property
    def left(self) -> Decimal:
        """What was not spent; negative when more was spent than granted."""
        return self.granted - self.spent


def document(
    record_type: RecordType,
    unit: Unit,
    year: int,
    records: Sequence[Filed],
    *,
    today: date,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The notice of a budget year; `record_type` is that of the money and gives its sources in order."""
    layout = layouts.load("fund_notice", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label, year=year_text(year))
    funds = by_line(record_type, records, year)
    closing = Closing(
        notes=tuple(filter(None, (layout.text("statement"), layout.text("as_of", date=day_text(today))))),
        signatures=tuple(Blank(label=layout.text(key)) for key in ("filled_by", "checked_by", "head")),
        seal=Seal(date=day_to_fill_in(None)),
    )
    return Document(
        title=title,
        author=unit.label,
        margins=Margins(top=18, bottom=12),
        language=language(),
        blocks=(
            Heading(text=title),
            Line(
                left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label)),
                right=layout.text("measure"),
            ),
            Table(columns=layout.table_columns(), rows=_rows(layout, funds), most_lines=4),
            *_bars(layout, funds),
            closing,
        ),
    )


def by_line(record_type: RecordType, records: Sequence[Filed], year: int) -> tuple[Fund, ...]:
    """The money of a budget year by source, in the order of the sources, and budget line."""
    own = [item for item in records if item.status == HELD and _year(item) == year]
    groups: dict[tuple[str, bool, str], list[Filed]] = {}
    for item in own:
        key = (
            str(item.values.get("source")),
            bool(item.values.get("construction")),
            item.text("budget_line"),
        )
        groups.setdefault(key, []).append(item)
    order = [choice.code for choice in record_type.by_name["source"].choices]
    keys = sorted(groups, key=lambda key: (order.index(key[0]) if key[0] in order else len(order), key[1]))
    return tuple(_fund(groups[key], is_construction=key[1]) for key in keys)


def _fund(items: Sequence[Filed], *, is_construction: bool) -> Fund:
    spent = [item for item in items if item.values.get("entry") == _SPENT]
    by_purpose: dict[str, Decimal] = {}
    for item in spent:
        by_purpose[item.text("purpose")] = by_purpose.get(item.text("purpose"), Decimal(0)) + _amount(item)
    largest = sorted(by_purpose, key=lambda words: -by_purpose[words])[:_PURPOSES_NAMED]
    return Fund(
        source=items[0].text("source"),
        line=items[0].text("budget_line"),
        is_construction=is_construction,
        granted=sum((_amount(item) for item in items if item.values.get("entry") == _GRANTED), Decimal(0)),
        spent=sum(map(_amount, spent), Decimal(0)),
        purposes=tuple(largest),
    )


def _year(item: Filed) -> int | None:
    """The budget year; without one that of the date."""
    day = item.day("date")
    return item.number("year") or (day.year if day else None)


def _amount(item: Filed) -> Decimal:
    return Decimal(str(item.values.get("amount") or 0))


def _rows(layout: Layout, funds: Sequence[Fund]) -> tuple[Row, ...]:
    if not funds:
        return (Row(cells=(Cell(value=layout.text("none"), span=len(layout.columns), align="center"),)),)
    rows = [
        Row(cells=tuple(Cell(value=_CELLS[key](number, fund, layout)) for key in layout.keys))
        for number, fund in enumerate(funds, start=1)
    ]
    total = Fund(
        source="",
        line="",
        is_construction=False,
        granted=sum((fund.granted for fund in funds), Decimal(0)),
        spent=sum((fund.spent for fund in funds), Decimal(0)),
    )
    sums = {key: _CELLS[key](0, total, layout) for key in _SUMS}
    return (*rows, sum_row(layout, layout.text("total"), sums, align=None))


def _bars(layout: Layout, funds: Sequence[Fund]) -> tuple[Block, ...]:
    """Spent against granted, a bar for each source that was granted something."""
    sources = dict.fromkeys(fund.source for fund in funds)
    items = []
    for source in sources:
        own = [fund for fund in funds if fund.source == source]
        granted = sum((fund.granted for fund in own), Decimal(0))
        spent = sum((fund.spent for fund in own), Decimal(0))
        if granted:
            text = number_text(spent, decimals=2)
            items.append(ChartItem(label=source, value=str(spent), text=text, target=str(granted)))
    title = layout.text("bars")
    return (Chart(kind="bullets", title=title, items=tuple(items)),) if items and title else ()


# To add a column: a line here, and its place, title and width in `resources/layouts/fund_notice.toml`.
_CELLS: dict[str, Callable[[int, Fund, Layout], str | int]] = {
    "number": lambda number, _fund, _layout: number,
    "source": lambda _number, fund, _layout: fund.source,
    "line": lambda _number, fund, layout: (
        layout.text("construction", line=fund.line) if fund.is_construction else fund.line
    ),
    "granted": lambda _number, fund, _layout: number_text(fund.granted, decimals=2),
    "spent": lambda _number, fund, _layout: number_text(fund.spent, decimals=2),
    "left": lambda _number, fund, _layout: number_text(fund.left, decimals=2),
    "purpose": lambda _number, fund, _layout: semicolons(fund.purposes),
}
