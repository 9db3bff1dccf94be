"""Breaking text into lines as Chinese is set, and the size at which it fits a cell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gzdesk.reports.fonts import Face, glyphs, width_pt

# A line never begins with the first kind nor ends with the second (标点禁则, GB/T 15834).
_NOT_FIRST = set("，。、；：？！）》〉」』】〕”’…—～·％‰℃,.;:?!)]}%")
_NOT_LAST = set("（《〈「『【〔“‘([{")

# A word may be parted after a hyphen; a date, a number or a code such as 7F3A-92C1 never.
# Neither is a box to tick parted from its words.
_WORD = re.compile(
    r"[□■][^\u3000□■\n]{1,24}|[A-Za-z0-9]+(?:[.,:/'_][A-Za-z0-9]+|-[A-Z0-9]+(?![a-z]))*-?|\s+|."
)


class Fitted(NamedTuple):
    """A text in lines, with the size in points that they are set in."""

    size_pt: float
    lines: tuple[str, ...]


@lru_cache(maxsize=20_000)
def fit(
    text: str,
    face: Face,
    width_limit_pt: float,
    sizes_pt: tuple[float, ...],
    max_lines: int,
    *,
    balanced: bool = False,
) -> Fitted:
    """The text at the first size at which it takes at most `max_lines` and no word has to be torn apart.

    When it does at none, it takes the lines it needs at the last size: nothing is ever cut off. `balanced`
    makes the lines about equally long: 文化服务 over 中心二楼, never 楼 alone.
    """
    if "\n" not in text and width_pt(text, face, sizes_pt[0]) <= width_limit_pt:
        return Fitted(sizes_pt[0], (text,))
    lines: tuple[str, ...] = ()
    for size in sizes_pt:
        lines = wrap(text, face, size, width_limit_pt)
        if len(lines) <= max_lines and not _tears(text, face, size, width_limit_pt):
            break
    if balanced and "\n" not in text:
        lines = _balanced(text, face, size, width_limit_pt, lines)
    return Fitted(size, lines)


def _balanced(
    text: str, face: Face, size_pt: float, width_limit_pt: float, greedy: tuple[str, ...]
) -> tuple[str, ...]:
    """As many lines as `greedy`, in the narrowest width that still gives so many."""
    width = width_pt(text, face, size_pt) / len(greedy)
    while width < width_limit_pt:
        lines = wrap(text, face, size_pt, width)
        if len(lines) <= len(greedy) and not _tears(text, face, size_pt, width):
            return lines
        width += size_pt / 4
    return greedy


def wrap(text: str, face: Face, size_pt: float, width_limit_pt: float) -> tuple[str, ...]:
    """The text broken into lines no wider than that; line breaks in it are kept."""
    limit = width_limit_pt * 1000 / size_pt
    return tuple(line for part in text.split("\n") for line in _wrap_part(part, face, limit))


def _wrap_part(text: str, face: Face, limit: float) -> list[str]:
    table = glyphs(face)
    lines: list[str] = []
    line, used = "", 0.0
    for unit in _units(text):
        width = sum(table[char].width for char in unit)
        if line and used + width > limit:
            lines.append(line.rstrip())
            line, used = "", 0.0
            unit = unit.lstrip()
            width = sum(table[char].width for char in unit)
        while width > limit and len(unit) > 1:
            head = _head(unit, face, limit)
            lines.append(head)
            unit = unit[len(head) :]
            width = sum(table[char].width for char in unit)
        line, used = line + unit, used + width
    return [*lines, line.rstrip()]


def _tears(text: str, face: Face, size_pt: float, width_limit_pt: float) -> bool:
    """Whether something that belongs together is wider than a line."""
    return any(width_pt(unit.strip(), face, size_pt) > width_limit_pt for unit in _units(text))


def _head(unit: str, face: Face, limit: float) -> str:
    """As much of an unbreakable text as fits, at least one character."""
    table = glyphs(face)
    used = 0.0
    for position, char in enumerate(unit):
        used += table[char].width
        if used > limit and position:
            return unit[:position]
    return unit


def _units(text: str) -> list[str]:
    """The pieces between which a line may be broken."""
    units: list[str] = []
    for piece in _WORD.findall(text):
        joins = units and (piece in _NOT_FIRST or units[-1][-1] in _NOT_LAST)
        if joins:
            units[-1] += piece
        else:
            units.append(piece)
    return units


@lru_cache(maxsize=20_000)
def longest_unit_pt(text: str, face: Face, size_pt: float) -> float:
    """The width of the longest piece of a text that a line break never parts."""
    return max((width_pt(unit.strip(), face, size_pt) for unit in _units(text)), default=0.0)
