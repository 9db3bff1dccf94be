"""年报: what a venue or the station was and did in a year, with charts; then it is published (保障法 21)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.reports import official_report
from gzdesk.reports.document import Block, Cell, Document, Row, Table
from gzdesk.reports.layout import Layout
from gzdesk.reports.narrative import Narrator, Part, paragraphs
from gzdesk.reports.official import TABLE_PT, WIDTH_MM
from gzdesk.reports.period_facts import EventSum, PeriodFacts
from gzdesk.reports.source import Source
from gzdesk.reports.words import hundredths_text, year_text

NAME = "annual_report"
PARTS = (
    "basics", "people", "opening", "events", "books", "volunteers", "funds", "assets", "voices", "plan",
)  # fmt: skip


def parts(source: Source, year: int) -> tuple[Part, ...]:
    """The texts of the report as the data make them, in the order of the layout."""
    facts = _facts(source, year)
    say = Narrator(facts, period=year_text(year), is_town=source.unit.kind == "town", layouts=source.layouts)
    texts: dict[str, Callable[[], str]] = {
        "basics": lambda: say.overview(units=facts.units, events=sum(item.events for item in facts.events)),
        "people": lambda: (
            say.places() + say.counted("staff", facts.staff) + say.counted("teams", facts.teams)
        ),
        "opening": lambda: say.opening() + say.office(),
        "events": lambda: paragraphs((say.events(), say.works())),
        "books": lambda: say.books_held() + say.library(),
        "volunteers": lambda: say.counted("volunteers", facts.volunteers) + say.service(),
        "funds": say.funds,
        "assets": say.assets,
        "voices": say.voices,
        "plan": lambda: paragraphs((say.problems(), say.plan())),
    }
    nothing = say.say("nothing")
    return tuple(
        Part(key=part.key, heading=part.heading, text=part.text.strip() or nothing)
        for part in official_report.parts_of(_layout(source), texts)
    )


def document(source: Source, year: int) -> Document:
    """The report with what was typed in place of what the data make."""
    layout, facts = _layout(source), _facts(source, year)
    return official_report.document(
        source,
        layout,
        parts(source, year),
        name=NAME,
        period=str(year),
        words={"year": year_text(year)},
        figures={
            "events": lambda: _events(source, layout, facts),
            "opening": lambda: _visitors(source, layout, facts),
        },
        annexes=(official_report.indicator_annex(source.indicator_lines(Month(year, 12)), source.layouts),),
    )


def _layout(source: Source) -> Layout:
    return source.layouts.load(NAME, keys=(*PARTS, *_CELLS), width_mm=WIDTH_MM)


def _facts(source: Source, year: int) -> PeriodFacts:
    return source.facts(Month(year, 1), Month(year, 12))


def _events(source: Source, layout: Layout, facts: PeriodFacts) -> Sequence[Block]:
    total = EventSum(
        type="",
        label=layout.text("total"),
        sessions_hundredths=facts.sessions_hundredths,
        persons=facts.persons,
        cancelled=sum(item.cancelled for item in facts.events),
    )
    rows = tuple(
        Row(cells=tuple(Cell(value=_CELLS[key](item)) for key in layout.keys), bold=item is total)
        for item in (*facts.events, total)
    )
    table = Table(columns=layout.table_columns(), rows=rows, size_pt=TABLE_PT)
    chart = official_report.sessions_chart(
        source, facts, title=layout.text("sessions"), unit=layout.text("sessions_unit"), label=_month
    )
    return (table, chart) if chart.title else (table,)


def _visitors(source: Source, layout: Layout, facts: PeriodFacts) -> Sequence[Block]:
    chart = official_report.visitors_chart(
        source, facts, title=layout.text("visitors"), unit=layout.text("visitors_unit"), label=_month
    )
    return (chart,) if chart.title and facts.visitors else ()


def _month(month: Month) -> str:
    return _("{month:02d}").format(month=month.month)


# To add a column: a line here, and its place, title and width in `resources/layouts/annual_report.toml`.
_CELLS: dict[str, Callable[[EventSum], str | int]] = {
    "item": lambda item: item.label,
    "sessions": lambda item: hundredths_text(item.sessions_hundredths),
    "persons": lambda item: item.persons,
    "cancelled": lambda item: item.cancelled,
}
