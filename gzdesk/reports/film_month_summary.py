"""电影放映月汇总: the screenings of a month, of one unit or of all, and how many films were new (tasks.json 16.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from gzdesk.domain.film import NEW, UNKNOWN, film_age_label
from gzdesk.domain.month import FilmRow, MonthSheet
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language
from gzdesk.reports.document import Blank, Cell, Closing, Document, Heading, Line, Row, Seal, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import (
    centre_name,
    day_text,
    day_to_fill_in,
    hundredths_text,
    month_text,
    semicolons,
    sentence,
    sheet_footer,
    state_mark,
)

WIDTH_MM = 267.0


class _Screening(NamedTuple):
    """A screening with the sheet that it stands in, which knows the words of its codes."""

    film: FilmRow
    sheet: MonthSheet


class Share(NamedTuple):
    """New domestic films among the screenings, in hundredths of a session; `unknown` may be new or not."""

    total: int
    new: int
    unknown: int


def document(
    unit: Unit, month: Month, sheets: Sequence[MonthSheet], *, layouts: Layouts = BUILT_IN
) -> Document:
    """The summary from the month sheets of one unit, or of all units of a town."""
    layout = layouts.load("film_month_summary", keys=_CELLS, width_mm=WIDTH_MM)
    if len(sheets) == 1:
        layout = layout.without("unit", wider="film")
    # Sorting keeps the order of the units for shows of the same evening.
    screenings = [_Screening(film, sheet) for sheet in sheets for film in sheet.films]
    screenings.sort(key=lambda item: (item.film.day, item.film.time))
    title = layout.title(unit=unit.label, month=month_text(month))
    only = sheets[0] if len(sheets) == 1 else None
    date_text = day_to_fill_in(month.plus(1))
    if only and only.signed_on:
        date_text = day_text(date.fromisoformat(only.signed_on))
    return Document(
        title=title,
        author=unit.label,
        footer=sheet_footer(only) if only else "",
        language=language(),
        blocks=(
            Heading(text=title, mark=state_mark(only) if only else ""),
            Line(
                left=_("Unit (seal): {unit}").format(unit=centre_name(kind=unit.kind, name=unit.label)),
                center=_("Date: {date}").format(date=date_text),
                right=_("Unit of measure: person-times"),
            ),
            Table(columns=layout.table_columns(), rows=_rows(screenings, layout)),
            Closing(
                notes=(_share_words(share_of([item.film for item in screenings])),),
                signatures=(
                    Blank(label=_("Filled in by"), value=only.filled_by if only else ""),
                    Blank(label=_("Checked by"), value=only.checked_by if only else ""),
                    Blank(label=_("Head of unit")),
                ),
                seal=Seal(date=date_text),
            ),
        ),
    )


def share_of(films: Sequence[FilmRow]) -> Share:
    """The sums behind the share of new domestic films."""
    return Share(
        total=sum(film.sessions_hundredths for film in films),
        new=sum(film.sessions_hundredths for film in films if film.age == NEW),
        unknown=sum(film.sessions_hundredths for film in films if film.age == UNKNOWN),
    )


def percent_text(part: int, whole: int) -> str:
    """A share in percent with one decimal place, half a tenth rounded up (counting_rules G11)."""
    tenths = (part * 2000 + whole) // (2 * whole)
    tenths = tenths if part == whole else min(tenths, 999)  # 1999 of 2000 must not look like all of them
    return f"{tenths // 10}.{tenths % 10}%"


def _rows(screenings: Sequence[_Screening], layout: Layout) -> tuple[Row, ...]:
    if not screenings:
        words = _("No screening this month")
        return (Row(cells=(Cell(value=words, span=len(layout.columns), align="center"),)),)
    rows = [
        Row(cells=tuple(Cell(value=_CELLS[key](number, item)) for key in layout.keys))
        for number, item in enumerate(screenings, start=1)
    ]
    sums: dict[str, str | int] = {
        "sessions": hundredths_text(sum(item.film.sessions_hundredths for item in screenings)),
        "persons": sum(item.film.persons or 0 for item in screenings),
    }
    return (*rows, sum_row(layout, _("Total"), sums))


def _share_words(share: Share) -> str:
    """Sessions, new films and their share; a share of nothing cannot be computed (G4)."""
    if not share.total:
        return _("Share of new domestic films: cannot be computed, for nothing was shown.")
    counts = _("Sessions: {total}; with new domestic films: {new}").format(
        total=hundredths_text(share.total), new=hundredths_text(share.new)
    )
    percent = _("share {percent}").format(percent=percent_text(share.new, share.total))
    if share.unknown:
        # Films without a known release date may all be new or all be old; both ends are printed.
        percent = _("share {low} to {high}, for {count} sessions are still to be checked").format(
            low=percent_text(share.new, share.total),
            high=percent_text(share.new + share.unknown, share.total),
            count=hundredths_text(share.unknown),
        )
    return sentence((semicolons((counts, percent)),))


# To add a column: a line here, and its place, title and width in `resources/layouts/film_month_summary.toml`.
_CELLS: dict[str, Callable[[int, _Screening], str | int]] = {
    "number": lambda number, _item: number,
    "unit": lambda _number, item: item.sheet.unit_label,
    "date": lambda _number, item: item.film.day[5:],
    "time": lambda _number, item: item.film.time,
    "film": lambda _number, item: item.film.title,
    "film_type": lambda _number, item: item.sheet.word(item.film.film_type),
    "release_date": lambda _number, item: item.film.release_date or _("not known"),
    "age": lambda _number, item: film_age_label(item.film.age),
    "sessions": lambda _number, item: hundredths_text(item.film.sessions_hundredths),
    "projectionist": lambda _number, item: item.film.projectionist,
    "persons": lambda _number, item: "" if item.film.persons is None else item.film.persons,
    "weather": lambda _number, item: item.sheet.word(item.film.weather),
    "receipt_no": lambda _number, item: item.film.receipt_no,
    "confirmed_by": lambda _number, item: item.film.confirmed_by,
    "place": lambda _number, item: item.film.place,
}
