"""月度文化活动登记表: what a village did in a month, printed, signed, stamped and handed in (ui.md 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gzdesk.domain.film import NEW, film_age_label
from gzdesk.domain.month import CancelledRow, MonthSheet, SheetRow, qr_text
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.reports.document import Blank, Cell, Closing, Document, Heading, Line, Row, Seal, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import (
    NOT_APPLICABLE,
    centre_name,
    commas,
    day_text,
    day_to_fill_in,
    hours_text,
    hundredths_text,
    month_text,
    semicolons,
    sentence,
    sheet_footer,
    short_day_text,
    state_mark,
)

WIDTH_MM = 267.0
BLANK_ROWS = 12
_NO_SUMS = {"persons": "", "volunteers": ""}


def document(sheet: MonthSheet, *, layouts: Layouts = BUILT_IN) -> Document:
    """The sheet of a month, closed or as a draft."""
    layout = layouts.load("monthly_sheet", keys=_CELLS, width_mm=WIDTH_MM)
    title = layout.title(unit=sheet.unit_label, month=month_text(sheet.month))
    date_text = _signing_date(sheet)
    return Document(
        title=title,
        author=sheet.unit_label,
        qr=qr_text(sheet),
        footer=sheet_footer(sheet),
        language=language(),
        blocks=(
            Heading(text=title, mark=state_mark(sheet)),
            _head_line(centre_name(kind=sheet.unit_kind, name=sheet.unit_label), date_text),
            Table(columns=layout.table_columns(), rows=(*_rows(sheet, layout), *_sum_rows(sheet, layout))),
            _closing(
                notes=_notes(sheet),
                filled_by=sheet.filled_by,
                checked_by=sheet.checked_by,
                phone=sheet.phone,
                date_text=date_text,
            ),
        ),
    )


def blank(unit: Unit, month: Month | None = None, *, layouts: Layouts = BUILT_IN) -> Document:
    """The same form to fill in by hand, with empty rows."""
    layout = layouts.load("monthly_sheet", keys=_CELLS, width_mm=WIDTH_MM)
    month_place = month_text(month) if month else _("____-__")
    title = layout.title(unit=unit.label, month=month_place)
    rows = tuple(_blank_row(layout, number) for number in range(1, BLANK_ROWS + 1))
    following = day_to_fill_in(month.plus(1) if month else None)
    sums = (
        sum_row(layout, _("Subtotals:"), _NO_SUMS, bold=False),
        sum_row(layout, _("Total: ______ sessions"), _NO_SUMS),
    )
    note = _("Opening: ____ days, ____ hours, ____ visitors; ____ books lent. Cancelled: ____ events.")
    return Document(
        title=title,
        author=unit.label,
        footer=_("Blank form"),
        language=language(),
        blocks=(
            Heading(text=title),
            _head_line(centre_name(kind=unit.kind, name=unit.label), following),
            Table(columns=layout.table_columns(), rows=(*rows, *sums)),
            _closing(notes=(note,), filled_by="", checked_by="", phone="", date_text=following),
        ),
    )


def _head_line(filled_in_by: str, date_text: str) -> Line:
    return Line(
        left=_("Unit (seal): {unit}").format(unit=filled_in_by),
        center=_("Date: {date}").format(date=date_text),
        right=_("Unit of measure: person-times"),
    )


def _closing(
    *, notes: tuple[str, ...], filled_by: str, checked_by: str, phone: str, date_text: str
) -> Closing:
    return Closing(
        notes=notes,
        signatures=(
            Blank(label=_("Filled in by"), value=filled_by),
            Blank(label=_("Checked by"), value=checked_by),
            Blank(label=_("Head of unit")),
            Blank(label=_("Phone"), value=phone),
        ),
        seal=Seal(date=date_text),
    )


def _signing_date(sheet: MonthSheet) -> str:
    if sheet.signed_on:
        return day_text(date.fromisoformat(sheet.signed_on))
    return day_to_fill_in(sheet.month.plus(1))


# Rows


def _rows(sheet: MonthSheet, layout: Layout) -> tuple[Row, ...]:
    if not sheet.rows:
        words = _("No events this month") if sheet.nil else _("No event of this month counts yet")
        return (Row(cells=(Cell(value=words, span=len(layout.columns), align="center"),)),)
    return tuple(_row(number, row, sheet, layout) for number, row in enumerate(sheet.rows, start=1))


def _row(number: int, row: SheetRow, sheet: MonthSheet, layout: Layout) -> Row:
    return Row(cells=tuple(Cell(value=_CELLS[key](number, row, sheet)) for key in layout.keys))


def _blank_row(layout: Layout, number: int) -> Row:
    return Row(cells=tuple(Cell(value=number if key == "number" else "") for key in layout.keys))


def _name(_number: int, row: SheetRow, _sheet: MonthSheet) -> str:
    return _("Film: {title}").format(title=row.name) if row.film_age else row.name


def _persons(_number: int, row: SheetRow, _sheet: MonthSheet) -> str | int:
    return "" if row.persons is None else row.persons


def _volunteers(_number: int, row: SheetRow, _sheet: MonthSheet) -> str:
    if row.volunteers is None:
        return NOT_APPLICABLE
    hours = (
        hundredths_text(row.volunteer_hours_hundredths) if row.volunteer_hours_hundredths else NOT_APPLICABLE
    )
    return f"{row.volunteers:,}/{hours}"


def _remark(_number: int, row: SheetRow, _sheet: MonthSheet) -> str:
    new = film_age_label(NEW) if row.film_age == NEW else ""
    return semicolons((new, row.remark))


# To add a column: a line here, and its place, title and width in `resources/layouts/monthly_sheet.toml`.
_CELLS: dict[str, Callable[[int, SheetRow, MonthSheet], str | int]] = {
    "number": lambda number, _row, _sheet: number,
    "date": lambda _number, row, _sheet: row.day[5:],
    "time": lambda _number, row, _sheet: row.time,
    "name": _name,
    "type": lambda _number, row, sheet: sheet.word(f"type.{row.type}"),
    "kind": lambda _number, row, sheet: sheet.word(row.kind),
    "place": lambda _number, row, _sheet: row.place,
    "organiser": lambda _number, row, _sheet: row.organiser,
    "persons": _persons,
    "sessions": lambda _number, row, _sheet: hundredths_text(row.sessions_hundredths),
    "volunteers": _volunteers,
    "source": lambda _number, row, sheet: sheet.word(row.source),
    "evidence_no": lambda _number, row, _sheet: row.evidence_no,
    "remark": _remark,
}


# Sums


def _sum_rows(sheet: MonthSheet, layout: Layout) -> tuple[Row, ...]:
    if sheet.nil or not sheet.rows:
        return ()
    totals = sheet.totals
    volunteers: str | int = NOT_APPLICABLE
    if totals.volunteer_times or totals.volunteer_hours_hundredths:
        volunteers = f"{totals.volunteer_times:,}/{hundredths_text(totals.volunteer_hours_hundredths)}"
    sums: dict[str, str | int] = {"persons": totals.persons, "volunteers": volunteers}
    parts = semicolons(
        _("{type} × {sessions}: {persons}").format(
            type=sheet.word(f"type.{part.type}"),
            sessions=hundredths_text(part.sessions_hundredths),
            persons=f"{part.persons:,}",
        )
        for part in sheet.subtotals
    )
    return (
        sum_row(layout, _("Subtotals: {parts}").format(parts=parts), sums, bold=False),
        sum_row(layout, _total_words(sheet), sums),
    )


def _total_words(sheet: MonthSheet) -> str:
    totals = sheet.totals
    count = 1 if totals.sessions_hundredths == 100 else 2
    words = ngettext("Total: {sessions} session", "Total: {sessions} sessions", count).format(
        sessions=hundredths_text(totals.sessions_hundredths)
    )
    if not totals.volunteer_times:
        return words
    # Persons of several events are never added up: said in words, for the column head reads 人数 (G10).
    service = _("volunteers served {times} times, {hours} hours").format(
        times=f"{totals.volunteer_times:,}", hours=hundredths_text(totals.volunteer_hours_hundredths)
    )
    return semicolons((words, service))


# Notes under the table


def _notes(sheet: MonthSheet) -> tuple[str, ...]:
    figures = sentence((_opening_words(sheet), _loan_words(sheet), _service_words(sheet)))
    summary = _("Summary: {text}").format(text=sheet.summary) if sheet.summary else ""
    return tuple(note for note in (figures + _cancelled_words(sheet), summary) if note)


def _opening_words(sheet: MonthSheet) -> str:
    opening = sheet.opening
    if opening is None:
        return ""
    words = _("Opening: {days} days, {hours} hours, {visitors} visitors").format(
        days=opening.open_days, hours=hours_text(opening.minutes), visitors=f"{opening.visitors:,}"
    )
    if not opening.missing_days:
        return words
    missing = opening.missing_days
    return words + ngettext(" (no figure for {count} day)", " (no figure for {count} days)", missing).format(
        count=missing
    )


def _loan_words(sheet: MonthSheet) -> str:
    return "" if sheet.loans is None else _("{volumes} books lent").format(volumes=f"{sheet.loans:,}")


def _service_words(sheet: MonthSheet) -> str:
    totals = sheet.totals
    if not totals.other_service_times:
        return ""
    return _("other volunteer service: {times} times, {hours} hours").format(
        times=f"{totals.other_service_times:,}", hours=hundredths_text(totals.other_service_hours_hundredths)
    )


def _cancelled_words(sheet: MonthSheet) -> str:
    if not sheet.cancelled:
        return ""
    events = semicolons(_cancelled_event(row, sheet) for row in sheet.cancelled)
    return ngettext(
        "Cancelled: {count} event ({events}).", "Cancelled: {count} events ({events}).", len(sheet.cancelled)
    ).format(count=len(sheet.cancelled), events=events)


def _cancelled_event(row: CancelledRow, sheet: MonthSheet) -> str:
    parts = [
        _("{day} {name}").format(day=short_day_text(date.fromisoformat(row.day)), name=row.name),
        sheet.word(row.reason),
    ]
    if row.made_up_on:
        day = short_day_text(date.fromisoformat(row.made_up_on))
        parts.append(_("made up for on {day}").format(day=day))
    return commas(parts)
