"""What all narrative reports have in common: title, addressee, parts under their headings, issuer, annexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gzdesk.domain.period import Month
from gzdesk.i18n import language
from gzdesk.reports.document import (
    Block,
    Cell,
    Chart,
    ChartItem,
    Document,
    Issuer,
    NewPage,
    Passage,
    Row,
    Space,
    Table,
)
from gzdesk.reports.evidence_index import IndexGroup
from gzdesk.reports.layout import Layout, Layouts
from gzdesk.reports.narrative import Part, with_typed
from gzdesk.reports.official import LINE_MM, MARGINS, TABLE_PT, WIDTH_MM, attachments, passages
from gzdesk.reports.period_facts import IndicatorLine, PeriodFacts
from gzdesk.reports.source import Source
from gzdesk.reports.words import NOT_APPLICABLE, centre_name, day_text, hundredths_text

Figures = Callable[[], Sequence[Block]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A further sheet: its title, and what stands on it."""

    title: str
    blocks: tuple[Block, ...]


def parts_of(layout: Layout, texts: Mapping[str, Callable[[], str]]) -> tuple[Part, ...]:
    """The texts as the data make them, under the headings and in the order of the layout."""
    return tuple(
        Part(key=item.key, heading=item.label, text=texts[item.key]())
        for item in layout.items
        if item.key in texts
    )


def document(
    source: Source,
    layout: Layout,
    parts: Sequence[Part],
    *,
    name: str,
    period: str,
    words: Mapping[str, str],
    figures: Mapping[str, Figures],
    annexes: Sequence[Annex] = (),
    end: Sequence[Block] = (),
) -> Document:
    """The report: what a person typed in place of what the data make.

    `period` is that of `Asked`; `words` fill the places of title and opening; `figures` stand after the text of the
    part of their key, or alone under an item of the layout; `end` comes after the issuer.
    """
    typed = source.typed(name, period, {part.key: part.heading for part in parts})
    texts = {part.key: part.text for part in with_typed(parts, typed.get)}
    unit = centre_name(kind=source.unit.kind, name=source.unit.label)
    title = layout.title(unit=unit, **words)
    blocks: list[Block] = [
        Passage(text=title, style="title"),
        Space(height_mm=LINE_MM),
        *_opening(source, layout, words),
    ]
    for item in layout.items:
        blocks.append(Passage(text=item.label, style="level_1"))
        blocks += passages(texts.get(item.key, ""))
        blocks += figures[item.key]() if item.key in figures else ()
    blocks += attachments(layout.text("attachments"), [annex.title for annex in annexes])
    blocks += (Issuer(name=unit, day=day_text(source.today)), *end)
    for number, annex in enumerate(annexes, start=1):
        mark = f"{number}" if len(annexes) > 1 else ""
        blocks += (NewPage(), Passage(text=layout.text("annex", number=mark), style="annex"))
        blocks += (Passage(text=annex.title, style="title"), Space(height_mm=LINE_MM / 2), *annex.blocks)
    return Document(
        title=title,
        author=source.unit.label,
        landscape=False,
        margins=MARGINS,
        official=True,
        language=language(),
        blocks=tuple(blocks),
    )


def _opening(source: Source, layout: Layout, words: Mapping[str, str]) -> Sequence[Block]:
    is_town = source.unit.kind == "town"
    station = centre_name(kind="town", name=source.town.label)
    addressee = layout.text("addressee_town" if is_town else "addressee", station=station)
    opening = layout.text("opening_words", **words)
    found: list[Block] = [Passage(text=addressee, style="addressee")] if addressee else []
    return [*found, *passages(opening)]


# What several of them show


def indicator_annex(lines: Sequence[IndicatorLine], layouts: Layouts) -> Annex:
    """指标情况表: each indicator with value, target and verdict, and a bar for those that can be drawn."""
    layout = layouts.load("indicator_table", keys=_INDICATOR_CELLS, width_mm=WIDTH_MM)
    rows = [
        Row(cells=tuple(Cell(value=_INDICATOR_CELLS[key](number, line)) for key in layout.keys))
        for number, line in enumerate(lines, start=1)
    ]
    nothing = Row(cells=(Cell(value=layout.text("none"), span=len(layout.columns), align="center"),))
    table = Table(
        columns=layout.table_columns(), rows=tuple(rows) or (nothing,), size_pt=TABLE_PT, most_lines=3
    )
    return Annex(title=layout.title(), blocks=(table, *_bars(layout, lines)))


def evidence_annex(groups: Sequence[IndexGroup], layouts: Layouts) -> Annex:
    """佐证材料目录: what is filed, item by item."""
    layout = layouts.load("evidence_list", keys=_EVIDENCE_CELLS, width_mm=WIDTH_MM)
    rows: list[Row] = []
    for group in groups:
        words = layout.text("item", number=group.item_id, name=group.label)
        rows.append(Row(cells=(Cell(value=words, span=len(layout.columns), align="left", label=True),)))
        for row in group.rows:
            values = {"number": row.number or NOT_APPLICABLE, "title": row.title, "made_by": row.made_by}
            values |= {"date": row.date, "pages": f"{row.pages}"}
            rows.append(Row(cells=tuple(Cell(value=values[key]) for key in layout.keys)))
    if not rows:
        rows.append(Row(cells=(Cell(value=layout.text("none"), span=len(layout.columns), align="center"),)))
    table = Table(columns=layout.table_columns(), rows=tuple(rows), size_pt=TABLE_PT, most_lines=3)
    return Annex(title=layout.title(), blocks=(table,))


def sessions_chart(
    source: Source, facts: PeriodFacts, *, title: str, unit: str, label: Callable[[Month], str]
) -> Chart:
    """A column for the sessions of each month; a month that has not begun has none."""
    items = tuple(
        ChartItem(
            label=label(item.month),
            value=str(Decimal(item.sessions_hundredths) / 100),
            text=hundredths_text(item.sessions_hundredths),
        )
        if item.month.first_day <= source.today
        else ChartItem(label=label(item.month))
        for item in facts.months
    )
    return Chart(kind="columns", title=title, unit=unit, items=items)


def visitors_chart(
    source: Source, facts: PeriodFacts, *, title: str, unit: str, label: Callable[[Month], str]
) -> Chart:
    """A line through the visitors of each month that has begun."""
    items = tuple(
        ChartItem(label=label(item.month), value=item.visitors, text=f"{item.visitors}")
        if item.month.first_day <= source.today
        else ChartItem(label=label(item.month))
        for item in facts.months
    )
    return Chart(kind="line", title=title, unit=unit, items=items)


def _bars(layout: Layout, lines: Sequence[IndicatorLine]) -> tuple[Block, ...]:
    items = tuple(
        ChartItem(label=line.name, value=line.value_figure, text=line.value, target=line.target_figure)
        for line in lines
        if line.target_figure is not None and line.value_figure is not None
    )
    title = layout.text("bars")
    return (Space(height_mm=3), Chart(kind="bullets", title=title, items=items)) if items and title else ()


# To add a column: a line here, and its place, title and width in `resources/layouts/`.
_INDICATOR_CELLS: dict[str, Callable[[int, IndicatorLine], str | int]] = {
    "number": lambda number, _line: number,
    "name": lambda _number, line: line.name,
    "items": lambda _number, line: line.items,
    "target": lambda _number, line: line.target or NOT_APPLICABLE,
    "value": lambda _number, line: line.value or NOT_APPLICABLE,
    "verdict": lambda _number, line: line.verdict or NOT_APPLICABLE,
    "note": lambda _number, line: line.note,
}
_EVIDENCE_CELLS = ("number", "title", "made_by", "date", "pages")
