"""The indicators in the words of a report: value, target and verdict, and the figures for their bars."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from gzdesk.domain.figures import grouped
from gzdesk.domain.indicators.result import MET, NONE, TARGET, Indicator, Result, verdict_label
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.i18n import joined, pick
from gzdesk.reports.period_facts import IndicatorLine
from gzdesk.services.context import Context
from gzdesk.services.indicators import Indicators

_DIGITS = 8
_NO_UNIT = "比例"  # a share is a bare number


def indicator_lines(context: Context, *, last: Month, unit: Unit) -> tuple[IndicatorLine, ...]:
    """Every indicator with a target as it stood for that unit when a month ended; the town has the whole town's."""
    indicators = Indicators(context)
    by_id = {item.id: item for item in indicators.catalogue()}
    whole = unit.id == context.units.town.id
    on = min(last.last_day, context.mint.today())
    found = indicators.year(last.year, None if whole else unit.id, kind=TARGET, on=on)
    return tuple(_line(indicators, by_id[result.indicator], result) for result in found)


def _line(indicators: Indicators, indicator: Indicator, result: Result) -> IndicatorLine:
    text = grouped(indicators.text(result))
    has_unit = result.value is not None and text[-1:].isdigit() and indicator.unit_zh != _NO_UNIT
    has_unit = has_unit and not result.rollup  # 7 / 12 are villages, not shows
    unit = indicator.unit_label if has_unit else ""
    return IndicatorLine(
        name=indicator.label,
        value="" if result.value is None and not result.text else joined((text, unit)),
        target=result.target.wording,
        verdict=verdict_label(result.verdict) if result.verdict != NONE else "",
        note=result.reason,
        items=pick(zh="、", en=", ").join(indicator.task_items),
        value_figure=_exact(result.value),
        # Of a roll-up the value is the share of those that reach the target, and all have to.
        target_figure="1" if result.rollup else _exact(result.target.value),
        is_met=result.verdict == MET,
    )


def _exact(value: Fraction | None) -> str | None:
    """The value for a bar: drawn, never compared."""
    if value is None:
        return None
    with localcontext() as rounding:
        rounding.prec = 28
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{round(quotient, _DIGITS).normalize():f}"
