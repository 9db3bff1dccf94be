"""Pinyin of Chinese text: `lhyx` and `liehuo` find 烈火英雄, both `zyj` and `cyj` find 重阳节."""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache


def initials(text: str) -> str:
    """The first letter of each character's usual reading, lower case; letters and digits stay as they are."""
    return text.translate(_tables()[0]).lower()


def whole(text: str) -> str:
    """The usual reading of each character without tones and blanks, as an input method shows it: `liehuoyingxiong`.

    Letters and digits stay as they are; ü is v.
    """
    return text.translate(_FULL).lower()


def search_text(*texts: str) -> str:
    """What a search looks through: the texts in lower case, their initials by both common readings, their pinyin."""
    return "\n".join(_lines(text) for text in texts if text)


@lru_cache(maxsize=4096)
def _lines(text: str) -> str:
    usual, other = _tables()
    plain, first = text.lower(), text.translate(usual).lower()
    if first == plain:
        return plain
    # Looking for a character with two readings is much quicker than a second translation that changes nothing.
    second = first if _two_readings().isdisjoint(text) else text.translate(other).lower()
    full = whole(text)
    return f"{plain}\n{first}\n{full}" if first == second else f"{plain}\n{first}\n{second}\n{full}"


@lru_cache(maxsize=1)
def _two_readings() -> frozenset[str]:
    usual, other = _tables()
    return frozenset(chr(code) for code, letter in other.items() if letter != usual[code])


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    # Only the table of single characters: the phrases would cost 20 MB and a quarter of a second at the first save.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    usual: dict[int, str] = {}
    other: dict[int, str] = {}
    for code, readings in pinyin_dict.items():
        first = readings[0]
        usual[code] = first if first in _LETTERS else _latin(first)
        other[code] = _other_initial(readings, usual[code])
    return usual, other


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")


def _other_initial(readings: str, usual: str) -> str:
    if "," not in readings:
        return usual
    return next((letter for letter in map(_initial, readings.split(",")) if letter != usual), usual)


def _initial(reading: str) -> str:
    return reading[0] if reading[0] in _LETTERS else _latin(reading)


def _latin(reading: str) -> str:
    return unicodedata.normalize("NFD", reading[:1])[:1]


class _Readings(dict[int, str]):
    """The whole reading of each character, looked up when it is first met: nobody meets all 44,000."""

    def __missing__(self, code: int) -> str:
        _tables()  # sets up what the library is not to load
        from pypinyin.pinyin_dict import pinyin_dict

        usual = pinyin_dict.get(code, chr(code)).partition(",")[0]
        letters = unicodedata.normalize("NFD", usual).replace("u\u0308", "v")
        self[code] = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return self[code]


_FULL = _Readings()
