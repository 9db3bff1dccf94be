"""Performances in the villages (tasks.json 12.1): five a year in each administrative village."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked, Tally, Test, sessions_of
from gzdesk.domain.indicators.judging import Function, reaches
from gzdesk.domain.indicators.result import NONE, Figure, Part
from gzdesk.domain.indicators.roster import months_in_existence
from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.indicators.sums import merged, share
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _


def performances_per_village_year(asked: Asked) -> Figure:
    """Sessions of plays and shows in one village; of the town the villages with enough ÷ villages.

    A village that was made during the year has the whole target; the months it has existed are told, not reckoned.
    The community is shown, but is not in the target.
    """
    if asked.unit is not None:
        return _of_one(asked, asked.unit)
    tallies = {unit.id: _counted(asked, unit) for unit in asked.units}
    parts = [_part(asked, unit, tallies[unit.id]) for unit in asked.units]
    others = [unit for unit in asked.facts.roster.units_on(asked.day) if unit.id not in tallies]
    return share(
        sum(_is_enough(asked, part) for part in parts),
        len(parts),
        tally=merged(tallies.values()),
        parts=[
            *parts,
            *(replace(_part(asked, unit, _counted(asked, unit)), verdict=NONE) for unit in others),
        ],
        notes=[part.note for part in parts if part.note],
        rollup=True,
    )


INDICATORS: Mapping[str, Function] = {"performances_per_village_year": performances_per_village_year}


def _of_one(asked: Asked, unit_id: str) -> Figure:
    unit = asked.facts.roster.find(unit_id)
    if unit is None:
        return Figure(reason=_("This unit is not on the list of units."))
    tally = _counted(asked, unit)
    sessions, note = sessions_of(tally.rows), _short_year(asked, unit)
    return Figure(
        value=sessions,
        numerator=sessions,
        counted=tally.counted,
        with_evidence=tally.with_evidence,
        excluded=tally.left_out,
        notes=(note,) if note else (),
    )


def _counted(asked: Asked, unit: Unit) -> Tally:
    return counted_shows(asked, asked.rows_of("performance", unit.id))


def counted_shows(asked: Asked, rows: Iterable[Row], *tests: Test) -> Tally:
    """The performances that count among those rows; one that stopped midway only after so many minutes."""
    least_min = asked.rule_whole("performance_least_min")

    def broken_off(row: Row) -> str:
        stopped = row.values.get("completed") is False
        return "broken_off" if stopped and row.whole("duration_min") < least_min else ""

    return asked.count(rows, *tests, broken_off)


def _part(asked: Asked, unit: Unit, tally: Tally) -> Part:
    return Part(
        key=unit.id,
        label=unit.label,
        value=sessions_of(tally.rows),
        counted=tally.counted,
        note=_short_year(asked, unit),
    )


def _short_year(asked: Asked, unit: Unit) -> str:
    if unit.is_valid_on(asked.period.first_day):
        return ""
    months = months_in_existence(unit, asked.period, asked.day)
    return _("{unit} has existed for {months} months of it.").format(unit=unit.label, months=months)


def _is_enough(asked: Asked, part: Part) -> bool:
    target = asked.target
    return target.value is not None and reaches(part.value or Fraction(), target.value, target.comparison)
