"""Reading finished documents back: text and pictures of a PDF, the placed pages as lines that people can compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pypdfium2
from PIL import Image

from gzdesk.reports.placed import Page

MM_PER_INCH = 25.4


def pdf_texts(pdf: bytes) -> list[str]:
    """The text of each page as a reader extracts it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return texts
    finally:
        document.close()


def pdf_picture(pdf: bytes, *, page: int = 0, dpi: int = 200) -> Image.Image:
    """A page as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        opened = document[page]
        picture = opened.render(scale=dpi / 72).to_pil().convert("RGB")
        opened.close()
        return picture
    finally:
        document.close()


def pdf_page_sizes_mm(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sizes = [document.get_page_size(number) for number in range(len(document))]
    finally:
        document.close()
    return [tuple(round(side / 72 * MM_PER_INCH, 1) for side in size) for size in sizes]  # type: ignore[misc]


def as_lines(pages: Sequence[Page]) -> str:
    """Placed pages as text: one line per baseline, each text with its place, size and face."""
    return "\n".join(line for number, page in enumerate(pages, start=1) for line in _page_lines(number, page))


def _page_lines(number: int, page: Page) -> Iterator[str]:
    yield f"== page {number}"
    if page.qr:
        yield f"qr {_numbers(page.qr)}"
    for seal in page.seals:
        yield f"seal {_numbers(seal)}"
    yield f"strokes {len(page.strokes)}"
    placed = sorted(page.texts, key=lambda text: (round(text.y, 1), text.x))
    for y, line in groupby(placed, key=lambda text: round(text.y, 1)):
        parts = (
            f"{text.x:.1f}{text.align[0]} {text.size_pt:g}{'b' if 'BOLD' in text.face.name else ''} {text.text}"
            for text in line
            if text.text
        )
        yield f"{y:.1f} | " + " | ".join(parts)


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:g}" for value in values)
