"""签到表 of a training: empty rows to sign at the door, or who attended as it was written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gzdesk.domain.record import HELD
from gzdesk.domain.unit import Unit
from gzdesk.i18n import language
from gzdesk.reports.document import (
    Blank,
    Block,
    Cell,
    Closing,
    Document,
    Heading,
    Line,
    Margins,
    NewPage,
    Row,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed
from gzdesk.reports.words import centre_name, commas, day_text

WIDTH_MM = 180.0
_MARGINS = Margins(top=16, bottom=12)
_TO_WRITE = "____________________"


def document(
    unit: Unit, session: Filed, attendances: Sequence[Filed], *, layouts: Layouts = BUILT_IN
) -> Document:
    """The sheet of a training with those who attended it."""
    layout = layouts.load("sign_in_sheet", keys=_CELLS, width_mm=WIDTH_MM)
    present = [
        item
        for item in attendances
        if str(item.values.get("session_id", "")) == session.id and item.status == HELD
    ]
    signed = sum(1 for item in present if item.values.get("signed") is True)
    rows = tuple(_row(layout, number, item) for number, item in enumerate(present, start=1))
    if not rows:
        rows = _empty_rows(layout)
    count = layout.text("count", count=str(signed)) if present else ""
    return _paper(unit, layout, (*_sheet(unit, layout, session, rows, count),))


def blank(
    unit: Unit, session: Filed | None = None, *, sheets: int = 1, layouts: Layouts = BUILT_IN
) -> Document:
    """Empty rows to sign in, for a training that is known or any."""
    layout = layouts.load("sign_in_sheet", keys=_CELLS, width_mm=WIDTH_MM)
    sheet = _sheet(unit, layout, session, _empty_rows(layout), "")
    blocks = list(sheet)
    for _number in range(1, max(1, sheets)):
        blocks += [NewPage(), *sheet]
    return _paper(unit, layout, tuple(blocks))


def _paper(unit: Unit, layout: Layout, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=layout.title(),
        blocks=blocks,
        author=unit.label,
        landscape=False,
        margins=_MARGINS,
        language=language(),
    )


def _sheet(
    unit: Unit, layout: Layout, session: Filed | None, rows: tuple[Row, ...], count: str
) -> list[Block]:
    def words(name: str) -> str:
        return (session.text(name) if session else "") or _TO_WRITE

    return [
        Heading(text=layout.title(unit=unit.label)),
        Line(
            left=layout.text("training", title=words("title")),
            right=layout.text("when", days=_days(session) or _TO_WRITE),
        ),
        Line(
            left=layout.text("organiser", organiser=words("organiser")),
            right=layout.text("teacher", teacher=words("teacher")),
        ),
        Line(
            left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label)),
            right=layout.text("place", place=words("place")),
        ),
        Table(columns=layout.table_columns(), rows=rows),
        Closing(
            notes=(count,) if count else (),
            signatures=(Blank(label=layout.text("filled_by")), Blank(label=layout.text("leader"))),
        ),
    ]


def _days(session: Filed | None) -> str:
    if session is None:
        return ""
    days = dict.fromkeys(day_text(day) for name in ("start_on", "end_on") if (day := session.day(name)))
    return " – ".join(days)


def _empty_rows(layout: Layout) -> tuple[Row, ...]:
    return tuple(
        Row(
            cells=tuple(Cell(value=number if key == "number" else "") for key in layout.keys),
            min_height_mm=layout.numbers["row_mm"],
        )
        for number in range(1, int(layout.numbers["rows"]) + 1)
    )


def _row(layout: Layout, number: int, item: Filed) -> Row:
    return Row(
        cells=tuple(Cell(value=_CELLS[key](number, item, layout)) for key in layout.keys),
        min_height_mm=layout.numbers["row_mm"],
    )


# To add a column: a line here, and its place, title and width in `resources/layouts/sign_in_sheet.toml`.
_CELLS: dict[str, Callable[[int, Filed, Layout], str | int]] = {
    "number": lambda number, _item, _layout: number,
    "name": lambda _number, item, _layout: item.text("staff_id") or item.text("name"),
    "unit": lambda _number, item, _layout: item.text("unit_code"),
    "signature": lambda _number, item, layout: (
        layout.text("signed") if item.values.get("signed") is True else ""
    ),
    "days": lambda _number, item, _layout: item.text("days"),
    "class_hours": lambda _number, item, _layout: item.text("class_hours"),
    "remark": lambda _number, item, _layout: commas((item.text("certificate_no"), item.text("remark"))),
}
