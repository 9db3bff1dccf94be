"""From a figure to a verdict: target, pace and whether the period is over (counting_rules G4, G7, G11, G12)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from gzdesk.domain.indicators.asked import Asked
from gzdesk.domain.indicators.facts import Facts
from gzdesk.domain.indicators.period import Period
from gzdesk.domain.indicators.result import (
    BEHIND,
    GROWS,
    MET,
    NONE,
    NOT_MET,
    ON_PACE,
    RATIO,
    REFERENCE,
    TO_CHECK,
    UNKNOWN,
    Figure,
    Indicator,
    Part,
    Result,
)

Function = Callable[[Asked], Figure]

_WHOLE = Fraction(1)
_JUDGED = frozenset({MET, ON_PACE, BEHIND, NOT_MET, TO_CHECK})


def measure(
    indicator: Indicator, function: Function, facts: Facts, *, period: Period, unit: str | None = None
) -> Result:
    """Work out and judge one indicator of the whole town (`unit` None) or of one unit."""
    asked = Asked(indicator=indicator, facts=facts, period=period, unit=unit)
    figure = function(asked)
    judge = _Judge(asked)
    verdict = judge.whole(figure)
    proved = verdict
    # Where there is nothing to judge, nothing is to be proved either: most figures are only watched.
    if verdict in _JUDGED and figure.with_evidence < len(figure.counted):
        proved = judge.whole(function(replace(asked, evidenced_only=True)))
    return Result(
        indicator=indicator.id,
        unit=facts.roster.town.id if unit is None else unit,
        period=period,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        low=figure.low,
        high=figure.high,
        text=figure.text,
        target=asked.target,
        pace=judge.pace_of(figure),
        verdict=verdict,
        verdict_with_evidence=proved,
        reason=figure.reason,
        counted=figure.counted,
        with_evidence=figure.with_evidence,
        excluded=figure.excluded,
        parts=tuple(judge.part(part) for part in figure.parts),
        notes=figure.notes,
        rollup=figure.rollup,
    )


def reaches(value: Fraction, target: Fraction, comparison: str) -> bool:
    """Whether the unrounded value is at or on the right side of the target; 以上 and 以下 include it (G11, G12)."""
    if comparison == "<=":
        return value <= target
    return value == target if comparison == "==" else value >= target


class _Judge:
    """The verdicts of one question."""

    def __init__(self, asked: Asked) -> None:
        self._indicator = asked.indicator
        self._period = asked.period
        self._today = asked.facts.today
        self._target = asked.target
        # A month of what is judged by the year only shows how the year fills.
        self._only_shows = (
            (asked.period.is_month and asked.indicator.runs == GROWS)
            or not asked.indicator.auto_judge
            or not _is_meant(asked)
        )

    def whole(self, figure: Figure) -> str:
        """The verdict on a figure."""
        if figure.verdict:
            return figure.verdict
        if figure.value is None:
            return self._short() if figure.fails else UNKNOWN
        if self._target.value is None or self._only_shows:
            return NONE
        if self._indicator.reference:
            return REFERENCE
        if figure.rollup:
            return self._of_parts([self.part(part).verdict for part in figure.parts])
        if figure.low is not None and figure.high is not None:
            low, high = self._reached(figure.low), self._reached(figure.high)
            if low != high:
                return TO_CHECK
        return self._of_value(figure.value)

    def part(self, part: Part) -> Part:
        """The part with its verdict."""
        if part.verdict:
            return part
        if self._target.value is None or self._only_shows:
            return replace(part, verdict=NONE)
        if part.value is None:
            return replace(part, verdict=UNKNOWN)
        return replace(part, verdict=self._of_value(part.value))

    def pace_of(self, figure: Figure) -> Fraction | None:
        """Where a straight line to the target stands today, None where the year does not fill that way (G7).

        Of a roll-up that is the share of the parts; of a year judged month by month all months that are over.
        """
        target = _WHOLE if figure.rollup else self._target.value
        if self._indicator.runs != GROWS or target is None or self._period.is_month:
            return None
        return target * self._elapsed()

    def _of_value(self, value: Fraction) -> str:
        target = self._target.value
        if target is None:
            return NONE
        if self._reached(value):
            may_fall = self._indicator.runs == RATIO and not self._period.is_closed(self._today)
            return ON_PACE if may_fall else MET
        if self._indicator.runs == GROWS and not self._is_final() and value >= target * self._elapsed():
            return ON_PACE
        return self._short()

    def _of_parts(self, verdicts: list[str]) -> str:
        judged = [verdict for verdict in verdicts if verdict != NONE]
        for worst in (NOT_MET, BEHIND, UNKNOWN, ON_PACE):
            if worst in judged:
                return worst
        return MET if judged else NONE

    def _reached(self, value: Fraction) -> bool:
        return self._target.value is not None and reaches(value, self._target.value, self._target.comparison)

    def _elapsed(self) -> Fraction:
        over, all_months = self._period.months_over(self._today), self._period.months()
        return Fraction(len(over), len(all_months))

    def _short(self) -> str:
        return NOT_MET if self._is_final() else BEHIND

    def _is_final(self) -> bool:
        """Whether the verdict may be 未达标: after the period, or after the deadline of what is due only once."""
        if not self._indicator.once or self._target.deadline is None:
            return self._period.is_closed(self._today)
        return self._today > self._target.deadline and self._period.last_day >= self._target.deadline


def _is_meant(asked: Asked) -> bool:
    """Whether the target is about this unit: one of administrative villages is not about the community."""
    unit = None if asked.unit is None else asked.facts.roster.find(asked.unit)
    return unit is None or not asked.indicator.unit_kinds or unit.kind in asked.indicator.unit_kinds
