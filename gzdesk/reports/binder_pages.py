"""The pages of a binder: cover, dividers, and the evidence itself, two photos or one scanned page on each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gzdesk.i18n import gettext as _
from gzdesk.i18n import language
from gzdesk.reports.document import PAGES_MM
from gzdesk.reports.fonts import Face, runs, width_pt
from gzdesk.reports.placed import MM_PER_PT
from gzdesk.reports.text import fit, wrap

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

A4_MM = PAGES_MM["A4"]
_LEFT, _RIGHT, _TOP, _BOTTOM = 25.0, 15.0, 20.0, 15.0  # bound at the left
_WIDE, _HIGH = A4_MM[0] - _LEFT - _RIGHT, A4_MM[1]
_HEAD_MM, _CAPTION_MM, _GAP_MM = 14.0, 7.0, 5.0
_BODY_PT, _SMALL_PT = 10.5, 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photo or a scanned page as jpeg. Without content it is missing, and the caption says so."""

    jpeg: bytes | None
    width: int = 0
    height: int = 0
    caption: str = ""
    whole_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence with its pictures in order."""

    number: str
    title: str
    made_by: str
    date: str
    pictures: tuple[Picture, ...]


def cover(*, title: str, lines: Sequence[str], unit: str, day: str) -> bytes:
    """The cover: what it is, of which task, whose, and when it was made."""
    sheet = _Sheet(title)
    y = sheet.centred(title, 90, Face.SERIF_BOLD, (36, 30, 26, 22), 3)
    for line in lines:
        y = sheet.centred(line, y + 14, Face.SERIF, (20, 18, 16, 14), 4)
    sheet.centred(unit, 225, Face.SERIF, (18, 16, 14), 2)
    sheet.centred(day, 240, Face.SERIF, (16,), 1)
    return sheet.finished()


def divider(*, number: str, title: str, text: str = "") -> bytes:
    """A sheet that stands before a task or an item."""
    sheet = _Sheet(f"{number} {title}")
    sheet.divide(number, title, text)
    return sheet.finished()


def item_pages(*, number: str, title: str, text: str, unit: str, pieces: Iterable[Piece]) -> bytes:
    """All evidence of an item: its divider, then piece after piece, each page with its number at the foot."""
    sheet = _Sheet(f"{number} {title}")
    sheet.divide(number, title, text)
    for piece in pieces:
        sheet.piece(piece, unit)
    return sheet.finished()


def page_count(pictures: Sequence[Picture]) -> int:
    """How many pages a piece takes."""
    return len(_paged(pictures))


def _paged(pictures: Sequence[Picture]) -> list[tuple[Picture, ...]]:
    """Photos two by two, scanned pages each alone, in their order; at least one page."""
    pages: list[tuple[Picture, ...]] = []
    waiting: list[Picture] = []
    for picture in pictures:
        if picture.whole_page:
            pages += [tuple(waiting)] if waiting else []
            waiting = []
            pages.append((picture,))
            continue
        waiting.append(picture)
        if len(waiting) == 2:
            pages.append(tuple(waiting))
            waiting = []
    if waiting or not pages:
        pages.append(tuple(waiting))
    return pages


class _Sheet:
    """A PDF that grows page by page; lengths are millimetres from the upper left corner."""

    def __init__(self, title: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._target = io.BytesIO()
        self._canvas: Canvas = Canvas(
            self._target,
            pagesize=(A4_MM[0] / MM_PER_PT, A4_MM[1] / MM_PER_PT),
            invariant=1,
            pageCompression=1,
            lang=language(),
            initialFontName=runs(" ", Face.SERIF)[0].font,
        )
        self._canvas.setTitle(title)
        self._canvas.setCreator("gzdesk")

    def finished(self) -> bytes:
        """The PDF."""
        self._canvas.save()
        return self._target.getvalue()

    def divide(self, number: str, title: str, text: str) -> None:
        """A page with the number and the words of a task or an item, and its exact wording below."""
        y = self.centred(number, 95, Face.SERIF_BOLD, (48, 40), 1)
        y = self.centred(title, y + 16, Face.SERIF_BOLD, (24, 20, 18), 3)
        if text:
            self._paragraph(text, y + 14)
        self._canvas.showPage()

    def piece(self, piece: Piece, unit: str) -> None:
        """The pages of one piece of evidence."""
        pages = _paged(piece.pictures)
        for place, pictures in enumerate(pages, 1):
            self._head(piece)
            self._pictures(pictures)
            self._foot(piece, unit, place, len(pages))
            self._canvas.showPage()

    def centred(self, text: str, y: float, face: Face, sizes_pt: tuple[float, ...], max_lines: int) -> float:
        """Lines in the middle of the page from `y` down; returns where they end."""
        size, lines = fit(text, face, _WIDE / MM_PER_PT, sizes_pt, max_lines, balanced=True)
        for line in lines:
            wide = width_pt(line, face, size) * MM_PER_PT
            self._text(line, _LEFT + (_WIDE - wide) / 2, y + size * MM_PER_PT, face, size)
            y += size * MM_PER_PT * 1.4
        return y

    def _paragraph(self, text: str, y: float) -> None:
        for line in wrap(text, Face.SERIF, 14, (_WIDE - 20) / MM_PER_PT):
            y += 9
            self._text(line, _LEFT + 10, y, Face.SERIF, 14)

    def _head(self, piece: Piece) -> None:
        right = " ".join(part for part in (piece.made_by, piece.date) if part)
        room = _WIDE - width_pt(right, Face.SERIF, _SMALL_PT) * MM_PER_PT - 6
        words = " ".join(part for part in (piece.number, piece.title) if part)
        size, lines = fit(words, Face.SERIF_BOLD, room / MM_PER_PT, (12, 10.5, 9), 2)
        for place, line in enumerate(lines[:2]):
            self._text(line, _LEFT, _TOP + place * size * MM_PER_PT * 1.25, Face.SERIF_BOLD, size)
        self._at_right(right, _TOP, _SMALL_PT)
        self._line(_TOP + _HEAD_MM - 7)

    def _foot(self, piece: Piece, unit: str, page: int, of: int) -> None:
        y = _HIGH - _BOTTOM + 4
        self._line(y - 5)
        self._text(piece.number, _LEFT, y, Face.SERIF, _SMALL_PT)
        words = _("Page {number} of {total}").format(number=page, total=of)
        wide = width_pt(words, Face.SERIF, _SMALL_PT) * MM_PER_PT
        self._text(words, _LEFT + (_WIDE - wide) / 2, y, Face.SERIF, _SMALL_PT)
        self._at_right(unit, y, _SMALL_PT)

    def _pictures(self, pictures: Sequence[Picture]) -> None:
        top, end = _TOP + _HEAD_MM - 4, _HIGH - _BOTTOM - 4
        if not pictures:
            self.centred(_("No photo or scan here."), (top + end) / 2, Face.SERIF, (_BODY_PT,), 1)
            return
        whole = pictures[0].whole_page
        height = (end - top) if whole else (end - top - _GAP_MM) / 2
        for place, picture in enumerate(pictures):
            self._picture(picture, top + place * (height + _GAP_MM), height)

    def _picture(self, picture: Picture, top: float, height: float) -> None:
        room = height - _CAPTION_MM
        if picture.jpeg is None:
            self._canvas.setDash(3, 2)
            self._box(_LEFT, top, _WIDE, room)
            self._canvas.setDash()
            self.centred(picture.caption, top + room / 2 - 4, Face.SERIF, (_BODY_PT, _SMALL_PT), 3)
            return
        from reportlab.lib.utils import ImageReader

        share = min(_WIDE / picture.width, room / picture.height)
        wide, high = picture.width * share, picture.height * share
        left = _LEFT + (_WIDE - wide) / 2
        self._canvas.drawImage(
            ImageReader(io.BytesIO(picture.jpeg)),
            left / MM_PER_PT,
            (_HIGH - top - high) / MM_PER_PT,
            wide / MM_PER_PT,
            high / MM_PER_PT,
        )
        self._box(left, top, wide, high)
        caption = fit(picture.caption, Face.SERIF, _WIDE / MM_PER_PT, (_SMALL_PT,), 1).lines[0]
        wide = width_pt(caption, Face.SERIF, _SMALL_PT) * MM_PER_PT
        self._text(caption, _LEFT + (_WIDE - wide) / 2, top + high + 4.5, Face.SERIF, _SMALL_PT)

    def _at_right(self, text: str, y: float, size_pt: float) -> None:
        wide = width_pt(text, Face.SERIF, size_pt) * MM_PER_PT
        self._text(text, _LEFT + _WIDE - wide, y, Face.SERIF, size_pt)

    def _text(self, text: str, x: float, y: float, face: Face, size_pt: float) -> None:
        block = self._canvas.beginText()
        left = x / MM_PER_PT
        for font, part, width in runs(text, face):
            block.setFont(font, size_pt)
            block.setTextOrigin(left, (_HIGH - y) / MM_PER_PT)
            block.textOut(part)
            left += width * size_pt / 1000
        self._canvas.drawText(block)

    def _line(self, y: float) -> None:
        self._canvas.setLineWidth(0.35)
        at = (_HIGH - y) / MM_PER_PT
        self._canvas.line(_LEFT / MM_PER_PT, at, (_LEFT + _WIDE) / MM_PER_PT, at)

    def _box(self, left: float, top: float, wide: float, high: float) -> None:
        self._canvas.setLineWidth(0.35)
        self._canvas.rect(
            left / MM_PER_PT, (_HIGH - top - high) / MM_PER_PT, wide / MM_PER_PT, high / MM_PER_PT
        )
