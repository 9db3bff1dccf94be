"""Charts on the page, from black and grey rectangles and lines, so that a copy of a copy can be read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gzdesk.reports.document import Chart, ChartItem, Figure
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.placed import MM_PER_PT, SMALL_PT, Bar, Page, PlacedText, Stroke
from gzdesk.reports.text import fit

_TITLE_PT = 10.5
_TITLE_MM = 7.0
_FOOT_MM = 5.5  # for the labels under the columns
_VALUE_MM = 5.0  # for the figures above them
_COLUMN_SHARE, _WIDEST_COLUMN_MM = 0.6, 14.0
_COLUMN_SHADE, _BAND_SHADE = 0.45, 0.88
_LABEL_SHARE = 0.34  # of the width, for the names beside bars
_TEXT_SHARE = 0.2
BULLET_MM = 8.0  # height of one bar with its name
_BULLET_BAR_MM, _BAND_MM, _TICK_MM = 2.4, 4.6, 5.6
_DOT_MM = 1.4
_ABOVE = Decimal("1.25")  # how far the scale of a bar reaches beyond its target


def height_mm(chart: Chart) -> float:
    """How much of a page the chart takes."""
    if chart.kind == "bullets":
        return _TITLE_MM + BULLET_MM * len(chart.items)
    return chart.height_mm


def place(chart: Chart, page: Page, *, left: float, right: float, top: float) -> None:
    """Draw the chart between those edges."""
    title = f"{chart.title}（{chart.unit}）" if chart.unit else chart.title
    page.texts.append(PlacedText((left + right) / 2, top + 4.2, title, Face.SANS_BOLD, _TITLE_PT, "center"))
    if chart.kind == "bullets":
        for number, item in enumerate(chart.items):
            _bullet(item, page, left=left, right=right, top=top + _TITLE_MM + number * BULLET_MM)
        return
    _months(chart, page, left=left, right=right, top=top)


def number_of(value: Figure | None) -> Decimal | None:
    """The figure as an exact number."""
    return None if value is None else Decimal(value)


def _months(chart: Chart, page: Page, *, left: float, right: float, top: float) -> None:
    """Columns or a line over one label each."""
    bottom = top + chart.height_mm - _FOOT_MM
    room = bottom - top - _TITLE_MM - _VALUE_MM
    highest = max((value for item in chart.items if (value := number_of(item.value))), default=Decimal(0))
    step = (right - left) / max(1, len(chart.items))
    page.strokes.append(Stroke(left, bottom, right, bottom))
    before: tuple[float, float] | None = None
    for number, item in enumerate(chart.items):
        middle = left + (number + 0.5) * step
        page.texts += _label(item.label, middle, bottom + 3.8, step)
        value = number_of(item.value)
        if value is None:
            before = None
            continue
        tall = float(value / highest) * room if highest else 0.0
        page.texts += _label(item.text, middle, bottom - tall - 1.5, step)
        if chart.kind == "columns":
            wide = min(step * _COLUMN_SHARE, _WIDEST_COLUMN_MM)
            if tall:
                page.bars.append(Bar(middle - wide / 2, bottom - tall, wide, tall, _COLUMN_SHADE))
            continue
        here = (middle, bottom - tall)
        page.bars.append(Bar(here[0] - _DOT_MM / 2, here[1] - _DOT_MM / 2, _DOT_MM, _DOT_MM, 0.0))
        if before is not None:
            page.strokes.append(Stroke(*before, *here))
        before = here


def _label(text: str, x: float, y: float, width_mm: float) -> Iterator[PlacedText]:
    if text:
        size = SMALL_PT
        wide = width_pt(text, Face.SERIF, size) * MM_PER_PT
        yield PlacedText(x, y, text, Face.SERIF, size * min(1.0, width_mm / wide), "center")


def _bullet(item: ChartItem, page: Page, *, left: float, right: float, top: float) -> None:
    """One bar on a light band with a mark at the target; without a value only the band."""
    width = right - left
    start, end = left + width * _LABEL_SHARE, right - width * _TEXT_SHARE
    middle = top + BULLET_MM / 2
    fitted = fit(item.label, Face.SERIF, (start - left - 2) / MM_PER_PT, (SMALL_PT, 8.0), 2)
    pitch = fitted.size_pt * MM_PER_PT * 1.15
    for number, line in enumerate(fitted.lines):
        y = middle + (number - (len(fitted.lines) - 1) / 2) * pitch + 1.1
        page.texts.append(PlacedText(left, y, line, Face.SERIF, fitted.size_pt))
    page.texts.append(PlacedText(end + 2, middle + 1.1, item.text, Face.SERIF, SMALL_PT))
    page.bars.append(Bar(start, middle - _BAND_MM / 2, end - start, _BAND_MM, _BAND_SHADE))
    value, target = number_of(item.value), number_of(item.target)
    most = max(target * _ABOVE if target else Decimal(0), value or Decimal(0))
    if value is not None and most:
        long = float(value / most) * (end - start)
        if long > 0:
            page.bars.append(
                Bar(start, middle - _BULLET_BAR_MM / 2, long, _BULLET_BAR_MM, _COLUMN_SHADE - 0.2)
            )
    if target is not None and most:
        x = start + float(target / most) * (end - start)
        page.bars.append(Bar(x - 0.35, middle - _TICK_MM / 2, 0.7, _TICK_MM, 0.0))
