"""Official documents on the page: 22 lines of 28 characters, the issuer over the day, the number between dashes."""

from __future__ import annotations

import re

from gzdesk.reports.document import Issuer, Passage
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.official import (
    BODY_PT,
    CHARACTERS,
    DAY_FROM_RIGHT,
    LINE_MM,
    PAGE_NUMBER_BELOW_MM,
    PAGE_NUMBER_PT,
    STYLES,
    Lettering,
)
from gzdesk.reports.placed import MM_PER_PT, Page, PlacedText
from gzdesk.reports.text import fit, wrap

_BASELINE = 0.38  # of the size, below the middle of a line
_SLACK = 2.0  # characters: a line that short of the edge is drawn out to it
_YEAR = re.compile(r"\d{4}年")
_CHINESE_SPACE = "　"


def passage_lines(passage: Passage, *, width_mm: float) -> tuple[tuple[str, float], ...]:
    """The lines of a paragraph, each with the room between its characters that brings it to the edge."""
    style = STYLES[passage.style]
    width = width_mm / MM_PER_PT
    if style.align == "center":
        lines = _title_lines(passage.text, style, width)
        return tuple((line, 0.0) for line in lines)
    # 28 characters of 16 points are a little wider than the text area: they stand that much closer.
    full = max(width, style.size_pt * CHARACTERS)
    text = _CHINESE_SPACE * style.indent + passage.text
    lines = wrap(text, style.face, style.size_pt, full)
    usual = (width - full) / CHARACTERS
    return tuple(
        (line, usual if number == len(lines) else _spread(line, style, width, usual))
        for number, line in enumerate(lines, start=1)
    )


def _title_lines(text: str, style: Lettering, width: float) -> tuple[str, ...]:
    """A title in one line, else broken between the unit and the time, else into lines of like length."""
    if width_pt(text, style.face, style.size_pt) <= width:
        return (text,)
    year = _YEAR.search(text)
    parts = (text[: year.start()], text[year.start() :]) if year and year.start() else (text,)
    if len(parts) > 1 and all(width_pt(part, style.face, style.size_pt) <= width for part in parts):
        return parts
    return fit(text, style.face, width, (style.size_pt,), 1, balanced=True).lines


def _spread(line: str, style: Lettering, width: float, usual: float) -> float:
    gaps = len(line) - 1
    if gaps < 1:
        return usual
    slack = width - width_pt(line, style.face, style.size_pt)
    return slack / gaps if slack <= _SLACK * style.size_pt else usual


def baseline_mm(size_pt: float) -> float:
    """How far below the upper edge of a line its letters stand."""
    return LINE_MM / 2 + size_pt * MM_PER_PT * _BASELINE


def placed_line(
    passage: Passage, line: str, spread_pt: float, *, left: float, right: float, y: float
) -> PlacedText:
    """One line of a paragraph whose upper edge is `y`."""
    style = STYLES[passage.style]
    x = (left + right) / 2 if style.align == "center" else left
    baseline = y + baseline_mm(style.size_pt)
    return PlacedText(x, baseline, line, style.face, style.size_pt, style.align, spread_pt=spread_pt)


def place_issuer(block: Issuer, page: Page, *, right: float, y: float) -> None:
    """Issuer and day with their seal: the day four characters from the edge, the issuer in its middle."""
    day_mm = width_pt(block.day, Face.BODY, BODY_PT) * MM_PER_PT
    name_mm = width_pt(block.name, Face.BODY, BODY_PT) * MM_PER_PT
    end = right - DAY_FROM_RIGHT * BODY_PT * MM_PER_PT
    middle = min(end - day_mm / 2, right - name_mm / 2)
    top = y + (block.size_mm - 2 * LINE_MM) / 2
    for number, text in enumerate((block.name, block.day)):
        baseline = top + (number + 0.5) * LINE_MM + BODY_PT * MM_PER_PT * _BASELINE
        page.texts.append(PlacedText(middle, baseline, text, Face.BODY, BODY_PT, "center"))
    page.seals.append((middle - block.size_mm / 2, y, block.size_mm))


def number_page(page: Page, number: int, *, left: float, right: float, limit: float) -> None:
    """The page number between dashes, one character in from the outer edge."""
    inner = PAGE_NUMBER_PT * MM_PER_PT
    odd = number % 2 == 1
    x = right - inner if odd else left + inner
    y = limit + PAGE_NUMBER_BELOW_MM
    page.texts.append(
        PlacedText(x, y, f"— {number} —", Face.SERIF, PAGE_NUMBER_PT, "right" if odd else "left")
    )
