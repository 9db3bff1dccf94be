"""Values as people read them: rounded only here, and never so that a miss looks like the target (G11)."""

from __future__ import annotations

from fractions import Fraction

from gzdesk.domain.indicators.result import Indicator, Result
from gzdesk.i18n import gettext as _

_DIGITS = {"percent": 1, "boolean": 1}
_MOST_DIGITS = 8


def value_text(indicator: Indicator, value: Fraction | None, *, target: Fraction | None = None) -> str:
    """A value with its sign: `54.2%`, `2.83‰`, `0.026`, `13`. Empty for no value."""
    if value is None:
        return ""
    if indicator.value_type == "boolean":
        return _("yes") if value >= 1 else _("no")
    sign, times = {"percent": ("%", 100), "permille": ("‰", 1)}.get(indicator.value_type, ("", 1))
    shown, goal = value * times, None if target is None else target * times
    digits = _DIGITS.get(indicator.value_type, 2)
    while goal is not None and value != target and digits < _MOST_DIGITS and _same(shown, goal, digits):
        digits += 1
    return rounded(shown, digits=digits, fixed=indicator.value_type != "count") + sign


def result_text(indicator: Indicator, result: Result) -> str:
    """The value of a result for a page or a print: a share of parts as `7 / 12`, a grade as its word."""
    if result.text:
        return result.text
    if result.value is None:
        return _("Can't be worked out")
    if result.rollup and result.numerator is not None and result.denominator is not None:
        return f"{rounded(result.numerator)} / {rounded(result.denominator)}"
    return value_text(indicator, result.value, target=result.target.value)


def worked_out(result: Result, text: str) -> str:
    """The value with what it was worked out from: `71 / 131 = 54.2%`; `text` is the value for print.

    A share of parts is given as such already, and a value without a denominator stands for itself.
    """
    top, bottom = result.numerator, result.denominator
    if result.rollup or top is None or bottom is None or result.value is None:
        return text
    return f"{_grouped(top)} / {_grouped(bottom)} = {text}"


def pace_text(indicator: Indicator, result: Result) -> str:
    """Where a straight line should be today: of a share of parts in percent, else as the value is written."""
    if result.pace is None:
        return ""
    if result.rollup:
        return rounded(result.pace * 100, digits=0) + "%"
    return value_text(indicator, result.pace)


def rounded(value: Fraction, *, digits: int = 2, fixed: bool = False) -> str:
    """The value with that many decimals, half up; without needless zeros unless `fixed`."""
    scale = 10**digits
    whole = (abs(value) * scale * 2 + 1) // 2
    text = f"{whole // scale}.{whole % scale:0{digits}d}" if digits else str(whole)
    if not fixed:
        text = text.rstrip("0").rstrip(".") if digits else text
    return f"-{text}" if value < 0 and whole else text


def _grouped(value: Fraction) -> str:
    """A number with its thousands and at most two decimals."""
    whole, _dot, rest = rounded(value).partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def _same(value: Fraction, target: Fraction, digits: int) -> bool:
    return rounded(value, digits=digits) == rounded(target, digits=digits)
