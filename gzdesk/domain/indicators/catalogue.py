"""Reading the rows of `db/reference/indicators.toml` and `counting_rules.toml`, and texts that hold numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gzdesk.domain.indicators.result import Indicator, TargetInForce
from gzdesk.domain.opening import are_hours
from gzdesk.domain.period import day_of
from gzdesk.i18n import pick

_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """A choice in how records are counted, or by when something is due.

    `kind` is yes_no, whole (from `least` to `most`), choice, words (parted by blanks), day (of every year: `03-31`)
    or hours (`08:30-12:00 14:00-17:30`).
    """

    id: str
    zh: str
    en: str
    kind: str
    default: object
    choices: tuple[str, ...] = ()
    setting: str = ""
    least: int = 0
    most: int = 100_000

    @property
    def label(self) -> str:
        """What is chosen, in the language in use."""
        return pick(zh=self.zh, en=self.en)

    def read(self, text: object) -> object:
        """The value that a change of the rule holds, given as text or as itself; None when it is none."""
        if self.kind == "yes_no":
            return {"true": True, "false": False, "yes": True, "no": False}.get(str(text).lower())
        if self.kind == "whole":
            number = int(str(text)) if _WHOLE.fullmatch(str(text)) else None
            return number if number is not None and self.least <= number <= self.most else None
        if not isinstance(text, str):
            return None
        if self.kind == "choice":
            return text if text in self.choices else None
        if self.kind == "day":
            return text if day_of(f"2019-{text}") is not None else None
        return text if self.kind != "hours" or are_hours(text) else None


def indicators_from_data(data: Mapping[str, Any]) -> tuple[Indicator, ...]:
    """The indicators in the order of the file. Raises TypeError on an unknown or a missing key."""
    return tuple(Indicator(**_row(row)) for row in data["indicator"])


def rules_from_data(data: Mapping[str, Any]) -> tuple[CountingRule, ...]:
    """The counting rules in the order of the file. Raises TypeError on an unknown or a missing key."""
    return tuple(CountingRule(**_row(row)) for row in data["rule"])


def own_target(indicator: Indicator) -> TargetInForce:
    """The target that the table of tasks itself names."""
    return TargetInForce(
        value=number(indicator.target),
        comparison=indicator.comparison,
        deadline=day_of(indicator.deadline),
        text_deadline=day_of(indicator.text_deadline),
        zh=indicator.target_text,
        en=indicator.target_text_en,
    )


def number(text: object) -> Fraction | None:
    """The number that a text such as `0.03`, `200` or `1/3` (or a whole number) holds, None when it holds none."""
    if isinstance(text, bool) or not isinstance(text, (str, int)):
        return None
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def number_text(value: Fraction) -> str:
    """A number for machines: whole, as a decimal where that is exact, else as a fraction. Never rounded."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return str(value)
    whole, rest = divmod(abs(value.numerator), value.denominator)
    digits = ""
    while rest:
        digit, rest = divmod(rest * 10, value.denominator)
        digits += str(digit)
    return ("-" if value < 0 else "") + (f"{whole}.{digits}" if digits else str(whole))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
