"""A target that the town has changed, read from what a person writes and said in words."""

from __future__ import annotations

import re
from fractions import Fraction

from gzdesk.domain.indicators.catalogue import number, number_text
from gzdesk.domain.indicators.result import Indicator

PERCENT = "percent"
_TARGET = re.compile(r"\d{1,9}(?:\.\d{1,9})?%?|\d{1,9}/\d{1,9}", re.ASCII)
_WORDS = {">=": ("不少于", "at least "), "<=": ("不超过", "at most "), "==": ("等于", "exactly ")}


def read_target(text: str) -> str | None:
    """The number as it is kept, of `0.97`, `97%` or `1/3`; an empty text for none, None when it is no number."""
    written = text.strip().replace("％", "%").replace("／", "/")
    if not written:
        return ""
    value = number(written.removesuffix("%")) if _TARGET.fullmatch(written) else None
    if value is None:
        return None
    return number_text(value / 100 if written.endswith("%") else value)


def shown_target(indicator: Indicator, value: Fraction | None) -> str:
    """The number with nothing rounded away, of a share as a percentage; an empty text for none."""
    if value is None:
        return ""
    return f"{number_text(value * 100)}%" if indicator.value_type == PERCENT else number_text(value)


def target_wording(indicator: Indicator, value: Fraction | None) -> tuple[str, str]:
    """The target in words, Chinese and English, where the town gave none of its own."""
    if value is None:
        return "不再考核", "no longer judged"
    zh, en = _WORDS.get(indicator.comparison, ("", ""))
    figure = shown_target(indicator, value)
    if indicator.value_type == PERCENT:
        return f"{zh}{figure}", f"{en}{figure}"
    return f"{zh}{figure}{indicator.unit_zh}", f"{en}{figure} {indicator.unit_en}".strip()
