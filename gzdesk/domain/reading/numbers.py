"""Whole and decimal numbers as people write them: 1,860, 约200人, 1.2万, 两百, 半天, 2天半."""

from __future__ import annotations

import re
from decimal import Decimal

from gzdesk.domain.reading import FieldProblem, plain
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

_LARGEST = Decimal(10) ** 12
_ABOUT = r"(?:大约|大概|约有|约|近|共计|共|合计|有)?"
_OR_SO = r"(?:多|余|来)?"
_UNIT = (
    r"(?:人次|人|名|位|个|场|册次|册|本|天|日|课时|小时|时|分钟|分|元|块|届|岁|年"
    r"|平方米|平米|m2|次|部|台|套|件)?"
)
_NUMBER = re.compile(
    rf"{_ABOUT}\s*(?P<sign>[-+]?)(?P<digits>\d+(?:\.\d*)?|\.\d+)\s*(?P<wan>万)?{_OR_SO}\s*{_UNIT}"
    rf"(?P<half>半)?\s*{_UNIT}{_OR_SO}(?:左右|上下)?"
)
_HALF = re.compile(rf"半{_UNIT}")
_GROUPED = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(r"[零〇○一二两三四五六七八九十百千]+")


def read_integer(text: str) -> int:
    """The whole number that the text means."""
    number = _read(text)
    if number != number.to_integral_value():
        raise FieldProblem(_("A whole number is needed here."))
    return int(number)


def read_decimal(text: str, *, decimals: int) -> str:
    """The number as a decimal string without needless zeros, such as `1.5`."""
    return decimal_text(_read(text), decimals=decimals)


def decimal_text(number: Decimal, *, decimals: int) -> str:
    """A number in the one form in which it is stored. Raises FieldProblem for more digits than allowed."""
    if not -_LARGEST < number < _LARGEST:
        raise FieldProblem(_("This number is too large. Please check it."))
    whole, _point, part = format(number, "f").partition(".")
    part = part.rstrip("0")
    if len(part) > decimals == 0:
        raise FieldProblem(_("A whole number is needed here."))
    if len(part) > decimals:
        message = ngettext(
            "At most one digit after the point.", "At most {count} digits after the point.", decimals
        )
        raise FieldProblem(message.format(count=decimals))
    text = f"{whole}.{part}" if part else whole
    return "0" if text == "-0" else text


def western(text: str) -> str:
    """The text with Chinese numerals written in digits: 十月二十一 becomes 10月21, 二〇一九 becomes 2019."""
    return _NUMERAL.sub(lambda match: _numeral(match[0]), text)


def _read(text: str) -> Decimal:
    cleaned = western(_GROUPED.sub("", plain(text)))
    if _HALF.fullmatch(cleaned):
        return Decimal("0.5")
    match = _NUMBER.fullmatch(cleaned)
    if match is None:
        raise FieldProblem(_("A number is needed here, such as {example}.").format(example="120"))
    number = Decimal(match["digits"].rstrip(".") or "0")
    if match["wan"]:
        number *= 10000
    if match["half"]:
        number += Decimal("0.5")
    if number >= _LARGEST:
        raise FieldProblem(_("This number is too large. Please check it."))
    return -number if match["sign"] == "-" else number


def _numeral(text: str) -> str:
    if not set(text) & set(_TENS):
        return "".join(str(_DIGITS[char]) for char in text)
    total, pending = 0, None
    for char in text:
        if char in _TENS:
            total += (1 if pending is None else pending) * _TENS[char]
            pending = None
        else:
            pending = _DIGITS[char] or None
    return str(total + (pending or 0))
