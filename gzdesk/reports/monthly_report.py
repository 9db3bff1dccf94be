"""每月工作动态: what a unit reports of a month by the 10th of the next, as an official document (32.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gzdesk.domain.period import Month
from gzdesk.reports import official_report
from gzdesk.reports.document import Cell, Column, Document, Row, Table
from gzdesk.reports.layout import Layout
from gzdesk.reports.narrative import Narrator, Part, paragraphs
from gzdesk.reports.official import LINE_MM, TABLE_PT, WIDTH_MM
from gzdesk.reports.period_facts import PeriodFacts
from gzdesk.reports.source import Source
from gzdesk.reports.words import (
    NOT_APPLICABLE,
    hundredths_text,
    month_text,
    plain_decimal,
)

NAME = "monthly_report"
FIGURES = "figures"
PARTS = ("work", "problems", "plan")
_RECEIPT_MM = (22.0, 32.0, 18.0, 32.0, 22.0, 30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the table: month and year to date; None where nothing can be said."""

    words: str
    month: str
    year: str
    month_persons: int | None = None
    year_persons: int | None = None


def parts(source: Source, month: Month) -> tuple[Part, ...]:
    """The texts of the report as the data make them, in the order of the layout."""
    layout = _layout(source)
    narrator = Narrator(
        source.facts(month, month),
        period=month_text(month),
        is_town=source.unit.kind == "town",
        layouts=source.layouts,
    )
    texts = {
        "work": lambda: paragraphs(
            (
                narrator.events(),
                narrator.opening() + narrator.library(),
                narrator.service() + narrator.office(),
            )
        ),
        "problems": narrator.problems,
        "plan": narrator.plan,
    }
    return official_report.parts_of(layout, texts)


def document(source: Source, month: Month) -> Document:
    """The report with what was typed in place of what the data make."""
    layout = _layout(source)
    return official_report.document(
        source,
        layout,
        parts(source, month),
        name=NAME,
        period=str(month),
        words={"month": month_text(month)},
        figures={FIGURES: lambda: (_figures(source, layout, month),)},
        end=(_receipt(layout, *source.receipt(NAME, str(month))),),
    )


def _layout(source: Source) -> Layout:
    return source.layouts.load(NAME, keys=(*PARTS, FIGURES, *_CELLS), width_mm=WIDTH_MM)


def _figures(source: Source, layout: Layout, month: Month) -> Table:
    now = source.facts(month, month)
    year = source.facts(Month(month.year, 1), month)
    return Table(
        columns=layout.table_columns(),
        rows=tuple(
            Row(cells=tuple(Cell(value=_CELLS[key](line)) for key in layout.keys))
            for line in _lines(layout, now, year)
        ),
        size_pt=TABLE_PT,
    )


def _lines(layout: Layout, now: PeriodFacts, year: PeriodFacts) -> tuple[_Line, ...]:
    events = [
        _Line(
            words=layout.text("event", name=item.label),
            month=hundredths_text(now.sum_of(item.type).sessions_hundredths),
            year=hundredths_text(item.sessions_hundredths),
            month_persons=now.sum_of(item.type).persons,
            year_persons=item.persons,
        )
        for item in year.events
    ]
    return (
        *events,
        _Line(
            words=layout.text("total"),
            month=hundredths_text(now.sessions_hundredths),
            year=hundredths_text(year.sessions_hundredths),
            month_persons=now.persons,
            year_persons=year.persons,
        ),
        _Line(
            words=layout.text("open_days"),
            month=f"{now.open_days}",
            year=f"{year.open_days}",
            month_persons=now.visitors,
            year_persons=year.visitors,
        ),
        _Line(words=layout.text("loans"), month=f"{now.loans:,}", year=f"{year.loans:,}"),
        _Line(
            words=layout.text("service"),
            month=plain_decimal(now.service_hours),
            year=plain_decimal(year.service_hours),
            month_persons=now.service_times,
            year_persons=year.service_times,
        ),
    )


def _persons(value: int | None) -> str | int:
    return NOT_APPLICABLE if value is None else value


# To add a column: a line here, and its place, title and width in `resources/layouts/monthly_report.toml`.
_CELLS: dict[str, Callable[[_Line], str | int]] = {
    "item": lambda line: line.words,
    "month": lambda line: line.month,
    "month_persons": lambda line: _persons(line.month_persons),
    "year": lambda line: line.year,
    "year_persons": lambda line: _persons(line.year_persons),
}


def _receipt(layout: Layout, day: str, number: str) -> Table:
    """The line that is filled in when the report is handed over."""
    cells = []
    for key, value in (("handed_in", day), ("received_by", ""), ("receipt", number)):
        cells += [Cell(value=layout.text(key), label=True), Cell(value=value, align="left")]
    return Table(
        columns=tuple(Column(title="", width_mm=width) for width in _RECEIPT_MM),
        rows=(Row(cells=tuple(cells), min_height_mm=LINE_MM),),
        head=False,
        size_pt=TABLE_PT,
    )
