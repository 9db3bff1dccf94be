"""Rural film screenings (tasks.json 16.2): one a month in every village, a third of them new domestic films."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from gzdesk.domain.film import NEW, OLD, UNKNOWN, film_age
from gzdesk.domain.indicators.asked import Asked, Tally, Test, sessions_of
from gzdesk.domain.indicators.judging import Function
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import MET, NONE, NOT_MET, Figure, Part
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.indicators.sums import merged, share
from gzdesk.domain.period import Month, day_of
from gzdesk.domain.record import CANCELLED
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext

SCREENING = "film_screening"


def film_coverage_rate(asked: Asked) -> Figure:
    """Villages with a counted digital screening ÷ villages. A screening for two villages counts for its host."""
    formats = asked.rule_words("film_formats")

    def not_digital(row: Row) -> str:
        return "" if row.text("format") in formats else "not_digital"

    tallies, parts = [], []
    for unit in asked.units:
        tally = counted_screenings(asked, asked.rows_of(SCREENING, unit.id), not_digital)
        tallies.append(tally)
        value = Fraction(1 if tally.rows else 0)
        parts.append(Part(key=unit.id, label=unit.label, value=value, counted=tally.counted))
    covered = sum(bool(tally.rows) for tally in tallies)
    return share(covered, len(tallies), tally=merged(tallies), parts=parts)


def screenings_per_village_month(asked: Asked) -> Figure:
    """Sessions of one village in one month; else village-months with enough ÷ village-months that are over.

    Two sessions in one month fill no empty month. A show that was rained off counts where it was made up for.
    """
    cells = [cell for month in asked.period.months() for cell in _cells(asked, month)]
    if asked.unit is not None and asked.period.is_month:
        return _one_month(asked, cells)
    by_village = asked.unit is None and not asked.period.is_month
    due = [cell for cell in cells if cell.is_over]
    figure = share(
        sum(cell.is_filled for cell in due),
        len(due),
        tally=merged(cell.tally for cell in cells),
        parts=_village_parts(asked, cells) if by_village else [cell.part(asked) for cell in cells],
        notes=[note for cell in due if not cell.is_filled for note in cell.shortfalls],
        rollup=True,
    )
    return figure if due else replace(figure, reason=_("No month of it is over yet."), verdict=NONE)


def new_domestic_film_ratio(asked: Asked) -> Figure:
    """Sessions of domestic films released less than two years before ÷ all counted sessions (3 × new >= total).

    A film whose release or origin is not known counts as old in the value and as new in the high bound.
    """
    tally = counted_screenings(asked, asked.rows(SCREENING))
    films = asked.facts.by_id("film")
    by_age: dict[str, list[Row]] = {NEW: [], UNKNOWN: [], OLD: []}
    for row in tally.rows:
        by_age.setdefault(_age(asked, films.get(row.text("film_id")), row.day), []).append(row)
    if not asked.rule_yes("unreleased_in_denominator"):
        by_age.pop(_UNRELEASED, None)
    new, unknown = (_weight(asked, by_age[age]) for age in (NEW, UNKNOWN))
    total = sum((_weight(asked, rows) for rows in by_age.values()), Fraction())
    figure = Figure(counted=tally.counted, with_evidence=tally.with_evidence, excluded=tally.left_out)
    if not total:
        return replace(figure, reason=_("There was no screening that counts."))
    return replace(
        figure,
        value=new / total,
        numerator=new,
        denominator=total,
        low=new / total,
        high=(new + unknown) / total,
        notes=_unknown_notes(by_age[UNKNOWN], films),
    )


INDICATORS: Mapping[str, Function] = {
    "film_coverage_rate": film_coverage_rate,
    "screenings_per_village_month": screenings_per_village_month,
    "new_domestic_film_ratio": new_domestic_film_ratio,
}


def counted_screenings(asked: Asked, rows: Iterable[Row], *tests: Test) -> Tally:
    """The screenings that count. Which of two with one receipt number does, is the same in any order of reading."""
    receipts: set[str] = set()
    films = asked.facts.by_id("film")
    nights: dict[tuple[str, str, str], Row] = {}

    def repeated(row: Row) -> str:
        receipt = row.text("receipt_no")
        if receipt and receipt in receipts:
            return "same_receipt"
        night = (row.unit, row.day, row.text("place"))
        if night in nights and not (receipt and _is_long(row, films) and _is_long(nights[night], films)):
            return "same_night"
        receipts.add(receipt)
        nights.setdefault(night, row)
        return ""

    def broken_off(row: Row) -> str:
        if row.values.get("completed") is not False or row.id in asked.facts.approved_parts:
            return ""
        return "broken_off"

    ordered = sorted(rows, key=lambda row: (row.day, row.time, row.id))
    return asked.count(ordered, *tests, broken_off, repeated)


def _is_long(row: Row, films: Mapping[str, Row]) -> bool:
    film = films.get(row.text("film_id"))
    return film is None or film.text("film_type") != "science"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """A village in a month: what counts in it, and whether that month is over and has enough."""

    unit: Unit
    month: Month
    tally: Tally
    sessions: Fraction
    is_over: bool
    is_filled: bool
    shortfalls: tuple[str, ...]

    def part(self, asked: Asked) -> Part:
        """One cell of a village's year, or of a month of all villages."""
        by_month = asked.unit is not None
        verdict = MET if self.is_filled else NOT_MET if self.is_over else NONE
        left = () if self.is_over or self.is_filled else (_days_left(asked, self.month),)
        return Part(
            key=str(self.month) if by_month else self.unit.id,
            label=str(self.month) if by_month else self.unit.label,
            value=self.sessions,
            verdict=verdict,
            counted=self.tally.counted,
            note=" ".join((*left, *self.shortfalls)),
        )


def _cells(asked: Asked, month: Month) -> list[_Cell]:
    """The villages that are valid at the end of that month, none for a month that has not begun."""
    today = asked.facts.today
    if month.first_day > today:
        return []
    period = Period.of_month(month)
    day = period.state_day(today)
    valid = asked.facts.roster.units_on(day, () if asked.unit else asked.indicator.unit_kinds)
    target = asked.target_at(day).value or Fraction(1)
    cells = []
    for unit in valid:
        if asked.unit in (None, unit.id):
            rows = list(asked.rows_of(SCREENING, unit.id, period))
            tally = counted_screenings(asked, rows)
            sessions = sessions_of(tally.rows)
            cells.append(
                _Cell(
                    unit=unit,
                    month=month,
                    tally=tally,
                    sessions=sessions,
                    is_over=period.is_closed(today),
                    is_filled=sessions >= target,
                    shortfalls=_made_up(asked, unit, rows),
                )
            )
    return cells


def _made_up(asked: Asked, unit: Unit, rows: Iterable[Row]) -> tuple[str, ...]:
    """因天气取消，已于×月×日补放 for each show that the weather took, whenever it was made up for."""
    notes = []
    for row in sorted(rows, key=lambda row: (row.day, row.time, row.id)):
        if row.status != CANCELLED or row.text("cancel_reason") != "weather":
            continue
        off = day_of(row.day)
        again = day_of(asked.facts.made_up_on(row.id))
        if off is None:
            continue
        if again is None:
            notes.append(
                _("{unit}: the show of {month}/{day} was cancelled because of the weather.").format(
                    unit=unit.label, month=off.month, day=off.day
                )
            )
        else:
            notes.append(
                _(
                    "{unit}: the show of {month}/{day} was cancelled because of the weather and made up for on"
                    " {later_month}/{later_day}."
                ).format(
                    unit=unit.label,
                    month=off.month,
                    day=off.day,
                    later_month=again.month,
                    later_day=again.day,
                )
            )
    return tuple(notes)


def _one_month(asked: Asked, cells: Sequence[_Cell]) -> Figure:
    if not cells:
        return Figure(reason=_("The month has not begun, or the unit was not there yet."), verdict=NONE)
    [cell] = cells
    part = cell.part(asked)
    return Figure(
        value=cell.sessions,
        numerator=cell.sessions,
        counted=cell.tally.counted,
        with_evidence=cell.tally.with_evidence,
        excluded=cell.tally.left_out,
        notes=(part.note,) if part.note else (),
        verdict=part.verdict,
    )


def _village_parts(asked: Asked, cells: Sequence[_Cell]) -> list[Part]:
    villages: dict[str, list[_Cell]] = {}
    for cell in cells:
        villages.setdefault(cell.unit.id, []).append(cell)
    return [_village_part(own) for own in villages.values()]


def _village_part(cells: Sequence[_Cell]) -> Part:
    due = [cell for cell in cells if cell.is_over]
    filled = sum(cell.is_filled for cell in due)
    return Part(
        key=cells[0].unit.id,
        label=cells[0].unit.label,
        numerator=Fraction(filled),
        denominator=Fraction(len(due)),
        value=sum((cell.sessions for cell in cells), Fraction()),
        verdict=NONE if not due else MET if filled == len(due) else NOT_MET,
        counted=tuple(record for cell in cells for record in cell.tally.counted),
        note=" ".join(note for cell in due if not cell.is_filled for note in cell.shortfalls),
    )


def _days_left(asked: Asked, month: Month) -> str:
    left = (month.last_day - asked.facts.today).days
    return ngettext(
        "Not shown yet (the month has {count} day left).",
        "Not shown yet (the month has {count} days left).",
        left,
    ).format(count=left)


_UNRELEASED = "unreleased"


def _age(asked: Asked, film: Row | None, shown_on: str) -> str:
    on = day_of(shown_on)
    if film is None or on is None:
        return UNKNOWN
    if not film.text("release_date") and film.text("film_type") in asked.rule_words("unreleased_types"):
        return _UNRELEASED
    return film_age(
        film.values,
        on,
        years=asked.rule_whole("new_film_years"),
        inclusive=asked.rule_yes("new_film_inclusive"),
        hk_is_domestic=asked.rule_yes("hk_counts_as_domestic"),
    )


def _weight(asked: Asked, rows: Sequence[Row]) -> Fraction:
    """The sessions; where the rule says so, the different films of one age instead."""
    if asked.rule("new_film_ratio_of") == "films":
        return Fraction(len({row.text("film_id") for row in rows}))
    return sessions_of(rows)


def _unknown_notes(rows: Sequence[Row], films: Mapping[str, Row]) -> tuple[str, ...]:
    titles = {film.text("title") for row in rows if (film := films.get(row.text("film_id")))}
    if not rows:
        return ()
    return (_("Release date or origin not known: {titles}").format(titles=listed(sorted(titles))),)
