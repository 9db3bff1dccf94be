"""What stands where on a page, in millimetres from its upper left corner. Nothing here measures or draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gzdesk.reports.document import Align
from gzdesk.reports.fonts import Face

MM_PER_PT = 25.4 / 72
LINE_FACTOR = 1.25  # distance of two lines of one paragraph, in sizes
SMALL_PT = 9.0  # 小五, the smallest that a sheet uses


class PlacedText(NamedTuple):
    """One line of text; `y` is its baseline, `x` its left, middle or right end by `align`."""

    x: float
    y: float
    text: str
    face: Face
    size_pt: float
    align: Align = "left"
    grey: bool = False
    spread_pt: float = 0.0  # more (or less) room after each character


class Bar(NamedTuple):
    """A filled rectangle; `shade` 0 is black and 1 white."""

    x: float
    y: float
    width: float
    height: float
    shade: float


class Stroke(NamedTuple):
    """A ruled line."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool = False


@dataclass(slots=True)
class Page:
    """What stands on one page. `seals` are the frames that only a screen shows: left, top, size."""

    texts: list[PlacedText] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    seals: list[tuple[float, float, float]] = field(default_factory=list)
    qr: tuple[float, float, float] | None = None
