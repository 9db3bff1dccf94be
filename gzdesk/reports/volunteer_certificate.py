"""志愿服务时数证明: a volunteer's hours by activity, issued on request, true and free (志愿服务条例 19)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gzdesk.domain.period import Month
from gzdesk.domain.record import HELD
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language
from gzdesk.reports.document import (
    Blank,
    Cell,
    Closing,
    Document,
    Heading,
    Line,
    Margins,
    Paragraph,
    Row,
    Seal,
    Space,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import centre_name, day_text, month_text, plain_decimal, year_text

WIDTH_MM = 156.0
_LETTER = Margins(top=30, left=28, right=26, bottom=18)
_NUMBER_CHARS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What a volunteer did in one activity."""

    activity: str
    first: str  # 2019-10-05
    last: str
    times: int
    hours: Decimal


def document(
    unit: Unit,
    volunteer: Filed,
    services: Sequence[Filed],
    *,
    today: date,
    month: Month | None = None,
    year: int | None = None,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The certificate from the person's service records of a month, a year or all time."""
    layout = layouts.load("volunteer_certificate", keys=_CELLS, width_mm=WIDTH_MM)
    rows = by_activity([item for item in services if _is_of(item, volunteer)])
    title = layout.title()
    size_pt = layout.numbers["body_pt"]
    centre = centre_name(kind=unit.kind, name=unit.label)
    period = month_text(month) if month else year_text(year) if year else ""
    number = certificate_number(unit, volunteer, today=today, period=period)
    return Document(
        title=title,
        author=unit.label,
        landscape=False,
        margins=_LETTER,
        language=language(),
        blocks=(
            Heading(text=title, size_pt=layout.numbers["title_pt"]),
            Line(right=layout.text("number", number=number)),
            Space(height_mm=4),
            Paragraph(text=_sentence(layout, volunteer, rows, centre, period), size_pt=size_pt, indent=True),
            *(
                (Paragraph(text=layout.text("specified"), size_pt=size_pt, indent=True), _table(layout, rows))
                if rows
                else ()
            ),
            Space(height_mm=3),
            Paragraph(text=layout.text("free"), size_pt=size_pt, indent=True),
            Closing(
                notes=(layout.text("issuer", unit=centre),),
                signatures=(Blank(label=layout.text("handled_by")), Blank(label=layout.text("phone"))),
                seal=Seal(date=day_text(today)),
                at_foot=False,
                size_pt=12,
            ),
        ),
    )


def by_activity(services: Sequence[Filed]) -> tuple[Service, ...]:
    """The services that took place, one line for each activity, in the order in which they began."""
    found: dict[str, list[Filed]] = {}
    for item in services:
        if item.status == HELD:
            found.setdefault(item.text("activity_name") or item.text("content"), []).append(item)
    rows = [
        Service(
            activity=name,
            first=min(str(item.values.get("date", "")) for item in items),
            last=max(str(item.values.get("date", "")) for item in items),
            times=len(items),
            hours=sum((Decimal(str(item.values.get("hours") or 0)) for item in items), Decimal(0)),
        )
        for name, items in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.first, row.activity)))


def certificate_number(unit: Unit, volunteer: Filed, *, today: date, period: str = "") -> str:
    """`CY1-ZM-20191106-7F3A`: asked for again on that day it is the same, for another person or time another."""
    digest = hashlib.sha256(f"{volunteer.id} {period}".encode()).hexdigest()
    return f"{unit.short}-ZM-{today:%Y%m%d}-{digest[:_NUMBER_CHARS].upper()}"


def _is_of(item: Filed, volunteer: Filed) -> bool:
    return str(item.values.get("volunteer_id", "")) == volunteer.id


def _sentence(layout: Layout, volunteer: Filed, rows: Sequence[Service], centre: str, period: str) -> str:
    platform_no = volunteer.text("platform_no")
    places = {"name": volunteer.text("name"), "platform_no": platform_no, "unit": centre}
    if not rows:
        return layout.text("none", period=_(" in {period}").format(period=period) if period else "", **places)
    return layout.text(
        "with_number" if platform_no else "without_number",
        first=_day(min(row.first for row in rows)),
        last=_day(max(row.last for row in rows)),
        times=f"{sum(row.times for row in rows):,}",
        hours=plain_decimal(sum((row.hours for row in rows), Decimal(0))),
        **places,
    )


def _day(text: str) -> str:
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text


def _table(layout: Layout, rows: Sequence[Service]) -> Table:
    lines = [
        Row(cells=tuple(Cell(value=_CELLS[key](number, row)) for key in layout.keys))
        for number, row in enumerate(rows, start=1)
    ]
    sums: dict[str, str | int] = {
        "times": sum(row.times for row in rows),
        "hours": plain_decimal(sum((row.hours for row in rows), Decimal(0))),
    }
    return Table(
        columns=layout.table_columns(),
        rows=(*lines, sum_row(layout, layout.text("total"), sums)),
        size_pt=layout.numbers["table_pt"],
    )


def _days(row: Service) -> str:
    return (
        row.first if row.first == row.last else _("{first} to {last}").format(first=row.first, last=row.last)
    )


# To add a column: a line here, and its place, title and width in `resources/layouts/volunteer_certificate.toml`.
_CELLS: dict[str, Callable[[int, Service], str | int]] = {
    "number": lambda number, _row: number,
    "activity": lambda _number, row: row.activity,
    "days": lambda _number, row: _days(row),
    "times": lambda _number, row: row.times,
    "hours": lambda _number, row: plain_decimal(row.hours),
}
