"""免费开放登记簿: the open days of a month, one row per day, to fill in by hand or to file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gzdesk.domain.opening import OpenDay
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext, weekday_words
from gzdesk.reports.document import Blank, Cell, Closing, Document, Heading, Line, Margins, Row, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import centre_name, commas, month_text, semicolons

WIDTH_MM = 180.0
_ROW_MM = 7.0  # a month of 31 days, its total and the signatures on one page


def document(unit: Unit, month: Month, days: Sequence[OpenDay], *, layouts: Layouts = BUILT_IN) -> Document:
    """The register of a month; days without a figure keep an empty place for one."""
    layout = layouts.load("opening_register", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=unit.label, month=month_text(month))
    rows = [_row(day, layout) for day in days]
    return Document(
        title=title,
        author=unit.label,
        landscape=False,
        margins=Margins(top=14, bottom=12, left=15, right=15),
        language=language(),
        blocks=(
            Heading(text=title),
            Line(
                left=_("Unit: {unit}").format(unit=centre_name(kind=unit.kind, name=unit.label)),
                right=_("Unit of measure: person-times"),
            ),
            Table(columns=layout.table_columns(), rows=(*rows, _total(days, layout))),
            Closing(signatures=(Blank(label=_("Filled in by")), Blank(label=_("Checked by")))),
        ),
    )


def _row(day: OpenDay, layout: Layout) -> Row:
    return Row(cells=tuple(Cell(value=_CELLS[key](day)) for key in layout.keys), min_height_mm=_ROW_MM)


def _total(days: Sequence[OpenDay], layout: Layout) -> Row:
    count = sum(1 for day in days if day.slots)
    words = ngettext("{count} open day", "{count} open days", count).format(count=count)
    visitors = sum(day.visitors or 0 for day in days)
    return sum_row(layout, semicolons((_("Total"), words)), {"visitors": visitors})


def _slots(day: OpenDay) -> str:
    if not day.slots:
        return day.closed or _("not open that day")
    return commas(f"{slot.start}–{slot.end}" for slot in day.slots)


# To add a column: a line here, and its place, title and width in `resources/layouts/opening_register.toml`.
_CELLS: dict[str, Callable[[OpenDay], str | int]] = {
    "date": lambda day: f"{day.day.month:02d}-{day.day.day:02d}",
    "weekday": lambda day: weekday_words(day.day),
    "slots": _slots,
    "visitors": lambda day: "" if day.visitors is None else day.visitors,
    "duty_person": lambda day: day.duty_person,
    "note": lambda day: commas((day.holiday, day.note)),
}
