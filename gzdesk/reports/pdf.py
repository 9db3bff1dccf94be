"""Draws a document as PDF: open fonts embedded, text that can be copied, the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas

from gzdesk.i18n import gettext as _
from gzdesk.reports import flow, qr
from gzdesk.reports.document import Document
from gzdesk.reports.fonts import Face, runs
from gzdesk.reports.placed import Bar, Page, PlacedText, Stroke
from gzdesk.reports.text import wrap

PT_PER_MM = 72 / 25.4
GRID_PT = 0.35
_GREY = 0.45
# From where a text is placed to its left end, in its width.
_SHIFT = {"left": 0.0, "center": 0.5, "right": 1.0}
_SEAL_RED = (0.68, 0.13, 0.10)


def render(document: Document, *, for_screen: bool = False) -> bytes:
    """The document as PDF. Only `for_screen` shows where the seal goes; on paper the place stays empty."""
    return draw(document, flow.paginate(document), for_screen=for_screen)


def draw(document: Document, pages: tuple[Page, ...], *, for_screen: bool = False) -> bytes:
    """The same from pages that are placed already."""
    width, height = (side * PT_PER_MM for side in document.page_size_mm)
    target = io.BytesIO()
    # invariant: no time and no random id, so that the same snapshot is the same file.
    canvas = Canvas(
        target,
        pagesize=(width, height),
        invariant=1,
        pageCompression=1,
        lang=document.language,
        # reportlab's own first font would be named in the file without being in it.
        initialFontName=runs(" ", Face.SERIF)[0].font,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setCreator("gzdesk")
    for page in pages:
        _bars(canvas, page.bars, height)
        canvas.setLineWidth(GRID_PT)
        canvas.lines([tuple(_flip(stroke, height)) for stroke in page.strokes if not stroke.dashed])
        _dashed(canvas, [stroke for stroke in page.strokes if stroke.dashed], height)
        _texts(canvas, page.texts, height)
        if page.qr:
            _qr(canvas, document.qr, page.qr, height)
        for seal in page.seals if for_screen else ():
            _seal_frame(canvas, seal, height)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _flip(stroke: Stroke, height: float) -> Iterator[float]:
    yield stroke.x1 * PT_PER_MM
    yield height - stroke.y1 * PT_PER_MM
    yield stroke.x2 * PT_PER_MM
    yield height - stroke.y2 * PT_PER_MM


def _dashed(canvas: Canvas, strokes: list[Stroke], height: float) -> None:
    if strokes:
        canvas.saveState()
        canvas.setDash(4, 3)
        canvas.lines([tuple(_flip(stroke, height)) for stroke in strokes])
        canvas.restoreState()


def _bars(canvas: Canvas, bars: list[Bar], height: float) -> None:
    for bar in bars:
        canvas.setFillGray(bar.shade)
        left, top, width, tall = (value * PT_PER_MM for value in bar[:4])
        canvas.rect(left, height - top - tall, width, tall, stroke=0, fill=1)
    if bars:
        canvas.setFillGray(0)


def _texts(canvas: Canvas, texts: list[PlacedText], height: float) -> None:
    block = canvas.beginText()
    font_in_use: tuple[str, float] | None = None
    spread_in_use = 0.0
    for text in texts:
        if text.grey:
            block.setFillGray(_GREY)
        parts = runs(text.text, text.face)
        spread = text.spread_pt
        wide = sum(run.width * text.size_pt / 1000 + len(run.text) * spread for run in parts)
        x = text.x * PT_PER_MM - _SHIFT[text.align] * wide
        y = height - text.y * PT_PER_MM
        for font, part, width in parts:
            if font_in_use != (font, text.size_pt):
                block.setFont(font, text.size_pt)
                font_in_use = (font, text.size_pt)
            if spread != spread_in_use:
                block.setCharSpace(spread)
                spread_in_use = spread
            block.setTextOrigin(x, y)
            block.textOut(part)
            x += width * text.size_pt / 1000 + len(part) * spread
        if text.grey:
            block.setFillGray(0)
    if spread_in_use:
        block.setCharSpace(0)  # it would hold for the words in the frame of the seal too
    canvas.drawText(block)


def _qr(canvas: Canvas, text: str, place: tuple[float, float, float], height: float) -> None:
    rows = qr.modules(text)
    left, top, size = (value * PT_PER_MM for value in place)
    step = size / len(rows)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        for start, length in _dark_runs(row):
            path.rect(left + start * step, height - top - (number + 1) * step, length * step, step)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    start = None
    for position, dark in enumerate((*row, False)):
        if dark and start is None:
            start = position
        elif not dark and start is not None:
            yield start, position - start
            start = None


def _seal_frame(canvas: Canvas, place: tuple[float, float, float], height: float) -> None:
    left, top, size = (value * PT_PER_MM for value in place)
    canvas.saveState()
    canvas.setStrokeColorRGB(*_SEAL_RED)
    canvas.setFillColorRGB(*_SEAL_RED)
    canvas.setLineWidth(0.8)
    canvas.setDash(3, 2)
    canvas.rect(left, height - top - size, size, size)
    canvas.restoreState()
    words = _("Seal here\n45 × 45 mm\n(not printed)")
    middle = place[0] + place[2] / 2
    block = canvas.beginText()
    block.setFillColorRGB(*_SEAL_RED)
    for number, line in enumerate(wrap(words, Face.SERIF, 10.5, size)):
        for font, part, width in runs(line, Face.SERIF):
            block.setFont(font, 10.5)
            block.setTextOrigin(
                middle * PT_PER_MM - width * 10.5 / 2000, height - top - size * 0.3 - number * 15
            )
            block.textOut(part)
    canvas.drawText(block)
