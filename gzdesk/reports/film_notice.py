"""放映公示: which film is shown when, where and by whom, with the number to complain to; posted before the show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gzdesk.domain.period import Month
from gzdesk.domain.record import PLANNED
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, weekday_words
from gzdesk.reports.document import (
    Block,
    Cell,
    Closing,
    Column,
    Document,
    Heading,
    Margins,
    Paragraph,
    Row,
    Seal,
    Space,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed, Venue
from gzdesk.reports.words import (
    NOT_APPLICABLE,
    centre_name,
    commas,
    day_text,
    day_to_fill_in,
    month_text,
    short_day_text,
)

WIDTH_MM = 180.0
_MARGINS = Margins(top=24, bottom=16)
_LABEL_MM = 50.0
_TO_WRITE = "________________"


def document(
    unit: Unit, screening: Filed, venues: Sequence[Venue] = (), *, layouts: Layouts = BUILT_IN
) -> Document:
    """The notice of one screening."""
    layout = _layout(layouts)
    phone = supervision_phone(venues)
    film = screening.text("film_id") or _TO_WRITE
    rows = tuple(
        Row(
            cells=(Cell(value=item.label, label=True), Cell(value=_item(item.key, screening, phone))),
            min_height_mm=17,
        )
        for item in layout.items
    )
    columns = (
        Column(title="", width_mm=_LABEL_MM),
        Column(title="", width_mm=WIDTH_MM - _LABEL_MM, align="left"),
    )
    title = layout.title(unit=unit.label)
    return _paper(
        unit,
        title,
        (
            Heading(text=title, size_pt=layout.numbers["title_pt"]),
            Space(height_mm=6),
            Heading(text=layout.text("film", film=film), size_pt=layout.numbers["film_pt"]),
            Space(height_mm=6),
            Table(columns=columns, rows=rows, head=False, size_pt=layout.numbers["item_pt"]),
            Space(height_mm=4),
            Paragraph(text=layout.text("free"), size_pt=layout.numbers["item_pt"], align="center"),
            _closing(unit),
        ),
    )


def of_month(
    unit: Unit,
    month: Month,
    screenings: Sequence[Filed],
    venues: Sequence[Venue] = (),
    *,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The notice of all screenings that are planned in a month."""
    layout = _layout(layouts)
    planned = [item for item in screenings if item.status == PLANNED]
    size_pt = layout.numbers["month_pt"]
    if planned:
        rows = [
            Row(cells=tuple(Cell(value=_CELLS[key](item)) for key in layout.keys), min_height_mm=13)
            for item in planned
        ]
    else:
        words = Cell(value=layout.text("none"), span=len(layout.columns), align="center")
        rows = [Row(cells=(words,), min_height_mm=20)]
    title = layout.text("month", unit=unit.label, month=month_text(month))
    phone = supervision_phone(venues) or _TO_WRITE
    return _paper(
        unit,
        title,
        (
            Heading(text=title, size_pt=layout.numbers["title_pt"]),
            Space(height_mm=4),
            Table(columns=layout.table_columns(), rows=tuple(rows), size_pt=size_pt, most_lines=3),
            Space(height_mm=4),
            Paragraph(text=layout.text("supervision", phone=phone), size_pt=size_pt),
            Paragraph(text=layout.text("free"), size_pt=size_pt),
            _closing(unit),
        ),
    )


def supervision_phone(venues: Sequence[Venue]) -> str:
    """The number to complain to that hangs at the door, or an empty text."""
    found = (item.text("supervision_phone") for venue in venues for item in venue.schedules)
    return next((text for text in found if text), "")


def _layout(layouts: Layouts) -> Layout:
    return layouts.load("film_notice", keys=(*_ITEM_FIELDS, *_CELLS), width_mm=WIDTH_MM)


def _paper(unit: Unit, title: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title,
        blocks=blocks,
        author=unit.label,
        landscape=False,
        margins=_MARGINS,
        language=language(),
        numbered=False,
    )


def _closing(unit: Unit) -> Closing:
    publisher = _("Published by: {unit}").format(unit=centre_name(kind=unit.kind, name=unit.label))
    return Closing(notes=(publisher,), seal=Seal(date=day_to_fill_in(None)), size_pt=14)


def _item(key: str, screening: Filed, phone: str) -> str:
    if key == "supervision_phone":
        return phone or _TO_WRITE
    if key == "date":
        return _date(screening)
    return screening.text(key) or _TO_WRITE


def _date(screening: Filed) -> str:
    day = screening.day("date")
    if day is None:
        return day_to_fill_in(None)
    return _("{day} ({weekday})").format(day=day_text(day), weekday=weekday_words(day))


def _short_date(screening: Filed) -> str:
    day = screening.day("date")
    if day is None:
        return NOT_APPLICABLE
    return _("{day} ({weekday})").format(day=short_day_text(day), weekday=weekday_words(day))


_ITEM_FIELDS = (
    "date",
    "start_time",
    "place",
    "session_count",
    "team",
    "projectionist",
    "short_films",
    "format",
    "cinema_line",
    "supervision_phone",
)
# To add a column: a line here, and its place, title and width in `resources/layouts/film_notice.toml`.
_CELLS: dict[str, Callable[[Filed], str | int]] = {
    "date_and_weekday": _short_date,
    "time": lambda item: item.text("start_time"),
    "film": lambda item: commas((item.text("film_id"), item.text("short_films"))),
    "venue": lambda item: item.text("place"),
    "sessions": lambda item: item.text("session_count"),
    "operator": lambda item: item.text("projectionist"),
}
