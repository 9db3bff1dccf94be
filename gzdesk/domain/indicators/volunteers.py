"""Culture volunteers (tasks.json 19.1): how many there are, and how long they serve."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally
from gzdesk.domain.indicators.judging import Function, reaches
from gzdesk.domain.indicators.result import NONE, Figure, Part
from gzdesk.domain.indicators.rows import Row, grouped
from gzdesk.domain.indicators.sums import per_resident, share, total
from gzdesk.domain.period import day_of
from gzdesk.i18n import gettext as _


def volunteer_population_permille(asked: Asked) -> Figure:
    """Different registered volunteers on the day ÷ residents × 1000. One person in two villages is one person."""
    tally = _registered(asked, asked.day)
    parts = [
        Part(
            key=unit,
            label=asked.facts.roster.label(unit),
            numerator=Fraction(len(rows)),
            counted=tuple(sorted(row.id for row in rows)),
            verdict=NONE,
        )
        for unit, rows in sorted(grouped(tally.rows, lambda row: row.unit).items())
    ]
    figure = per_resident(asked, Fraction(len(tally.rows)), tally=tally, times=1000)
    return replace(figure, numerator=Fraction(len(tally.rows)), parts=tuple(parts))


def volunteer_hours_per_capita(asked: Asked) -> Figure:
    """Confirmed hours of the year ÷ volunteers at its end (or the mean of the ends of its months).

    Hours of somebody who left still count. One entry of another system counts once, by its number there.
    """
    seen: set[str] = set()

    def repeated(row: Row) -> str:
        reference = row.text("external_ref")
        if reference and reference in seen:
            return "same_reference"
        seen.add(reference)
        return ""

    ordered = sorted(asked.rows("volunteer_service"), key=lambda row: (row.day, row.time, row.id))
    tally = asked.count(ordered, repeated)
    hours = total(tally.rows, "hours")
    parts = _by_person(asked, tally.rows)
    target = asked.target.value
    notes = []
    if target is not None and parts:
        enough = sum(reaches(part.value or Fraction(), target, ">=") for part in parts)
        notes.append(_("{count} persons have {hours} hours or more.").format(count=enough, hours=target))
    return share(
        hours,
        _mean_volunteers(asked),
        tally=tally,
        parts=parts,
        notes=notes,
        reason=_("There are no volunteers."),
    )


INDICATORS: Mapping[str, Function] = {
    "volunteer_population_permille": volunteer_population_permille,
    "volunteer_hours_per_capita": volunteer_hours_per_capita,
}


def person_key(row: Row) -> tuple[str, ...]:
    """Who a volunteer is: the platform number, else name, month of birth and phone together, never the name alone."""
    number = row.text("platform_no")
    if number:
        return ("number", number)
    who = (row.text("name"), row.text("birth_ym"), row.text("phone"))
    return who if all(who) else ("record", row.id)


def _registered(asked: Asked, day: date) -> Tally:
    seen: set[tuple[str, ...]] = set()

    def why_not(row: Row) -> str:
        registered, left = day_of(row.text("registered_on")), day_of(row.text("left_on"))
        if registered is None or registered > day:
            return "not_registered_yet"
        if left is not None and left <= day:
            return "left"
        person = person_key(row)
        if person in seen:
            return "same_person"
        seen.add(person)
        return ""

    ordered = sorted(asked.register("volunteer"), key=lambda row: (row.text("registered_on"), row.id))
    return asked.count(ordered, why_not)


def _mean_volunteers(asked: Asked) -> Fraction:
    plain = asked.plain  # evidence is asked of the hours, not of the register of persons
    if asked.rule("volunteers_of") != "month_ends":
        return Fraction(len(_registered(plain, asked.day).rows))
    ends = [min(month.last_day, asked.day) for month in asked.period.months() if month.first_day <= asked.day]
    return Fraction(sum(len(_registered(plain, end).rows) for end in ends), len(ends)) if ends else Fraction()


def _by_person(asked: Asked, rows: Iterable[Row]) -> list[Part]:
    registered = asked.facts.by_id("volunteer")
    services: dict[tuple[str, ...], list[Row]] = {}
    names: dict[tuple[str, ...], tuple[str, str]] = {}
    for record, own in grouped(rows, lambda row: row.text("volunteer_id")).items():
        volunteer = registered.get(record)
        person = ("record", record) if volunteer is None else person_key(volunteer)
        services.setdefault(person, []).extend(own)
        name = ("", record) if volunteer is None else (volunteer.text("name"), volunteer.id)
        names[person] = min(names.get(person, name), name)
    hours = {person: total(own, "hours") for person, own in services.items()}
    return [
        Part(
            key=names[person][1],
            label=names[person][0],
            value=own_hours,
            counted=tuple(sorted(row.id for row in services[person])),
            verdict=NONE,
        )
        for person, own_hours in sorted(hours.items(), key=lambda item: (-item[1], names[item[0]]))
    ]
