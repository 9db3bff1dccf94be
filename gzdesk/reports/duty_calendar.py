"""应办事项一览表: what a unit has to hand in, post and hold in a year, to be hung on the wall (tasks.json 32.1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.unit import Unit
from gzdesk.i18n import language
from gzdesk.reports.document import Cell, Document, Heading, Line, Margins, Paragraph, Row, Table
from gzdesk.reports.layout import BUILT_IN, Layouts
from gzdesk.reports.words import centre_name, day_text, year_text

WIDTH_MM = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDay:
    """Something that is due: until when, what, about which period; how it stands and since which day, in words."""

    due_on: str
    duty: str
    period: str
    state: str
    done_on: str = ""


_CELLS: dict[str, Callable[[int, DutyDay], str | int]] = {
    "number": lambda number, _day: number,
    "due_on": lambda _number, day: day.due_on,
    "duty": lambda _number, day: day.duty,
    "period": lambda _number, day: day.period,
    "state": lambda _number, day: day.state,
    "done_on": lambda _number, day: day.done_on,
}


def document(
    unit: Unit, year: int, days: Sequence[DutyDay], *, today: date, layouts: Layouts = BUILT_IN
) -> Document:
    """The duties of a year, in the order of their days."""
    layout = layouts.load("duty_calendar", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label, year=year_text(year))
    rows = tuple(
        Row(cells=tuple(Cell(value=_CELLS[key](number, day)) for key in layout.keys))
        for number, day in enumerate(days, start=1)
    )
    nothing = Row(cells=(Cell(value=layout.text("none"), span=len(layout.columns), align="center"),))
    head = layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label))
    return Document(
        title=title,
        author=unit.label,
        margins=Margins(top=18, bottom=14),
        landscape=False,
        language=language(),
        blocks=(
            Heading(text=title),
            Line(left=head, right=layout.text("as_of", date=day_text(today))),
            Table(columns=layout.table_columns(), rows=rows or (nothing,)),
            Paragraph(text=layout.text("note")),
        ),
    )
