"""创建指标完成情况表: every indicator with target, value, pace and verdict, and what it rests on (G7, G13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.indicators.result import DUTY, MONITOR, TARGET
from gzdesk.domain.unit import Unit
from gzdesk.i18n import language, listed
from gzdesk.reports.document import Blank, Cell, Closing, Document, Heading, Line, Margins, Row, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.words import centre_name, day_text, year_text

WIDTH_MM = 267.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """One indicator in words; `counted`, `with_evidence` and `excluded` are numbers of records."""

    kind: str
    name: str
    tasks: tuple[str, ...]
    target: str
    value: str
    pace: str
    verdict: str
    counted: int
    with_evidence: int
    excluded: int
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTable:
    """The indicators in order, and the residents reckoned with in words (G5)."""

    rows: tuple[IndicatorRow, ...]
    residents: str = ""


def document(
    unit: Unit, table: IndicatorTable, year: int, *, today: date, layouts: Layouts = BUILT_IN
) -> Document:
    """The table of a unit and a year as it stands on `today`."""
    layout = layouts.load("indicator_year", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label, year=year_text(year))
    return Document(
        title=title,
        author=unit.label,
        margins=Margins(top=18, bottom=12),
        language=language(),
        blocks=(
            Heading(text=title),
            Line(
                left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label)),
                center=table.residents,
                right=layout.text("as_of", date=day_text(min(today, date(year, 12, 31)))),
            ),
            Table(columns=layout.table_columns(), rows=_rows(layout, table.rows)),
            Closing(
                notes=(layout.text("rule"),),
                signatures=tuple(
                    Blank(label=layout.text(key)) for key in ("filled_by", "checked_by", "head")
                ),
                at_foot=False,
            ),
        ),
    )


def _rows(layout: Layout, rows: Sequence[IndicatorRow]) -> tuple[Row, ...]:
    found: list[Row] = []
    number = 0
    for kind in (TARGET, DUTY, MONITOR):
        of_kind = [row for row in rows if row.kind == kind]
        if not of_kind:
            continue
        words = layout.text(kind, count=str(len(of_kind)))
        found.append(Row(cells=(Cell(value=words, span=len(layout.keys), align="left"),), bold=True))
        for row in of_kind:
            number += 1
            found.append(Row(cells=tuple(Cell(value=_CELLS[key](number, row)) for key in layout.keys)))
    if not found:
        found.append(Row(cells=(Cell(value=layout.text("none"), span=len(layout.keys)),)))
    return tuple(found)


# To add a column: a line here, and its place, title and width in `resources/layouts/indicator_year.toml`.
_CELLS: dict[str, Callable[[int, IndicatorRow], str | int]] = {
    "number": lambda number, _row: number,
    "name": lambda _number, row: row.name,
    "tasks": lambda _number, row: listed(row.tasks),
    "target": lambda _number, row: row.target,
    "value": lambda _number, row: row.value,
    "pace": lambda _number, row: row.pace,
    "verdict": lambda _number, row: row.verdict,
    "counted": lambda _number, row: row.counted,
    "with_evidence": lambda _number, row: row.with_evidence,
    "excluded": lambda _number, row: row.excluded,
    "remark": lambda _number, row: row.remark,
}
