"""How wide the columns of a short table are: as its words need, in the room there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one column asks for, in pixels.

    `least`: its head and its chips, which cannot be shortened. `words`: its longest text. `usual`: the width
    it was drawn with, which keeps tables with short words calm.
    """

    least: int
    words: int
    usual: int
    stretches: bool = False


def fit(wishes: Sequence[Wish], *, room: int) -> tuple[int, ...]:
    """The widths: nothing is cut while another column is wider than its words; the rest goes to the stretching."""
    widths = [wish.least if wish.stretches else _bare(wish) for wish in wishes]
    spare = room - sum(widths)
    for wanted in (_a_little_more, _stretched_words, _words, _calm):
        spare = _grow(widths, [wanted(wish) for wish in wishes], spare)
    stretching = [at for at, wish in enumerate(wishes) if wish.stretches]
    for at in stretching:
        widths[at] += max(0, spare) // len(stretching)
    return tuple(widths)


def _bare(wish: Wish) -> int:
    return max(wish.least, min(wish.usual, wish.words))


def _a_little_more(wish: Wish) -> int:
    # A column that lacks a few letters comes before a long name, a long sentence does not.
    return 0 if wish.stretches else min(wish.words, wish.usual * 7 // 5)


def _stretched_words(wish: Wish) -> int:
    return wish.words if wish.stretches else 0


def _words(wish: Wish) -> int:
    return wish.words


def _calm(wish: Wish) -> int:
    return 0 if wish.stretches else wish.usual


def _grow(widths: list[int], wanted: Sequence[int], spare: int) -> int:
    """Let the columns grow to what is wanted, alike where there is too little; returns what is left."""
    lacking = [max(0, want - width) for want, width in zip(wanted, widths, strict=True)]
    total = sum(lacking)
    if spare <= 0 or not total:
        return spare
    given = [lack if total <= spare else lack * spare // total for lack in lacking]
    for at, more in enumerate(given):
        widths[at] += more
    return spare - sum(given)
