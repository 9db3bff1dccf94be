"""What the page of indicators shows of a result: words, bars and cells. No Qt; the widgets only paint it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gzdesk.domain.indicators.result import (
    BEHIND,
    MET,
    NOT_MET,
    ON_PACE,
    REFERENCE,
    TO_CHECK,
    UNKNOWN,
    Indicator,
    Result,
    verdict_label,
)
from gzdesk.i18n import ngettext

VERDICT_TONES: Mapping[str, str] = {
    MET: "ok",
    ON_PACE: "info",
    BEHIND: "warn",
    NOT_MET: "error",
    TO_CHECK: "gap",
    UNKNOWN: "neutral",
    REFERENCE: "outline",
}
"""The tone of the chip of each verdict; the word stands in it always."""

BLANK, ABSENT, RUNNING, ZERO, SOME, MORE = "blank", "absent", "running", "zero", "some", "more"
MISSED, LATE, CHECK, CANNOT = "missed", "late", "check", "cannot"
RUNNING_MARK, CANNOT_MARK = "·", "—"

COLUMNS, LINE = "columns", "line"
"""How a trend is drawn."""

_WHOLE = Fraction(1)
_WIDEST_NUMBER = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """A bar: shares of its length from 0 to 1, whichever side it begins at.

    `mirrored` begins at the right: lower is better, and a short bar is a good one.
    """

    actual: float
    target: float | None = None
    pace: float | None = None
    mirrored: bool = False
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator in the list. `value` gives way to `short_value` where there is little room."""

    id: str
    name: str
    value: str
    short_value: str
    chip: str
    tone: str
    target: str
    bullet: Bullet | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """A unit in a month, or in the year: what stands there and how it looks. `key` finds it again."""

    key: tuple[str, str]
    text: str = ""
    look: str = BLANK
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A unit, or a person or venue, with its cells and what they come to."""

    label: str
    cells: tuple[HeatCell, ...]
    total: HeatCell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatView:
    """The whole map. `current` is the number of the column of the month that runs, or None."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    total: str = ""
    current: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The values of months in order, None where there is none; `labels` stand under them, `texts` say the values.

    `target` is drawn across; `current` is the number of the month that runs.
    """

    values: tuple[Fraction | None, ...]
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    kind: str = COLUMNS
    target: Fraction | None = None
    current: int | None = None

    @property
    def top(self) -> Fraction:
        """The value at the upper edge: the largest of values and target, never nothing."""
        found = [value for value in (*self.values, self.target) if value is not None]
        return max([*found, Fraction(0)]) or Fraction(1)

    @property
    def highest(self) -> int | None:
        """The number of the month with the largest value, None when no month has any."""
        some = [(value, -at) for at, value in enumerate(self.values) if value is not None and value > 0]
        return -max(some)[1] if some else None

    def height_of(self, at: int) -> float | None:
        """The height of a month's value as a share of the whole, None where there is none."""
        value = self.values[at]
        return None if value is None else float(max(value, Fraction(0)) / self.top)


def bullet_of(result: Result, indicator: Indicator) -> Bullet | None:
    """The bar of a result, None when it has no value or nothing to be measured against.

    The bar is as long as the largest of what it shows.
    Of a roll-up the value is a share of villages, months or persons, all of which must reach the target. A share
    in percent is shown against the whole, so that a target of one third stands at a third.
    """
    is_share = result.rollup or indicator.value_type == "percent"
    if result.value is None or (result.target.value is None and not is_share):
        return None
    target = _WHOLE if result.rollup else result.target.value
    marks = [mark for mark in (target, result.pace) if mark is not None]
    top = max([result.value, *marks, *([_WHOLE] if indicator.value_type == "percent" else [])])
    if top <= 0:
        return Bullet(actual=0, verdict=result.verdict)

    def share(mark: Fraction | None) -> float | None:
        return None if mark is None else float(min(max(mark / top, Fraction(0)), _WHOLE))

    return Bullet(
        actual=share(result.value) or 0,
        target=share(target),
        pace=share(result.pace),
        mirrored=result.target.comparison == "<=" and not result.rollup,
        verdict=result.verdict,
    )


def verdict_words(result: Result, *, proved: bool = False) -> str:
    """The word in the chip; of a roll-up that is short, in how many places (picture i)."""
    verdict = verdict_of(result, proved=proved)
    short = _short_places(result)
    if verdict == NOT_MET and not proved and short:
        return ngettext("Not met in {count} place", "Not met in {count} places", short).format(count=short)
    return verdict_label(verdict)


def verdict_of(result: Result, *, proved: bool) -> str:
    """The verdict on what is recorded, or on what is proved (含佐证, counting_rules G13)."""
    return result.verdict_with_evidence if proved else result.verdict


def number_text(value: Fraction) -> str:
    """A count with its thousands; a broken number with at most two decimals."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")


def cell_text(value: Fraction | None) -> str:
    """A value in a cell of the heat map, short enough for forty pixels."""
    if value is None:
        return CANNOT_MARK
    if value.denominator == 1 and abs(value) > _WIDEST_NUMBER:
        return f"{float(value) / 1000:.0f}k" if abs(value) < 10**6 else f"{float(value) / 10**6:.1f}M"
    return number_text(value)


def look_of(value: Fraction | None, verdict: str, *, asked: Fraction | None, most: Fraction) -> str:
    """How a cell looks: by its verdict first, then by how much there is.

    `asked` is what is asked of one cell; without it the cells are compared with the largest, `most`.
    """
    by_verdict = {NOT_MET: MISSED, BEHIND: LATE, TO_CHECK: CHECK, UNKNOWN: CANNOT}.get(verdict)
    if by_verdict is not None:
        return by_verdict
    if value is None:
        return CANNOT
    if value <= 0:
        return ZERO
    if asked is not None:
        return MORE if value > asked else SOME
    return MORE if most > 1 and value * 3 > most * 2 else SOME


def _short_places(result: Result) -> int:
    top, bottom = result.numerator, result.denominator
    if not result.rollup or top is None or bottom is None:
        return 0
    short = bottom - top
    return short.numerator if short.denominator == 1 and short > 0 else 0


def place_of(view: HeatView, key: tuple[str, str]) -> tuple[int, int] | None:
    """Row and column of a cell among the cells and totals, None when the map has no such cell."""
    for row, item in enumerate(view.rows):
        for column, cell in enumerate((*item.cells, item.total)):
            if cell is not None and cell.key == key:
                return row, column
    return None


def runs(values: Sequence[Fraction | None]) -> list[list[int]]:
    """The numbers of neighbouring months that have a value: a line is not drawn across a gap."""
    found: list[list[int]] = []
    for at, value in enumerate(values):
        if value is None:
            continue
        if found and found[-1][-1] == at - 1:
            found[-1].append(at)
        else:
            found.append([at])
    return found
