"""Scans as PDF: how many pages they have and how a page looks. Kept whole, never changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

PDFIUM = threading.RLock()
"""Held by whoever works with PDFium: it must not be entered from the window and the worker at once."""

_MOST_PAGES = 2000
_MOST_SCALE = 6.0  # 432 dpi: the smallest receipt is sharp, a stamp-sized page does not fill the memory
_LONGEST_SIDE_POINTS = 20_000


def page_count(content: bytes, *, name: str) -> int:
    """How many pages a scan has. Raises UserError `damaged_scan`, `locked_scan` or `scan_too_long`."""
    with opened(content, name=name) as pdf:
        count = len(pdf)
        sound = count > 0 and all(_is_sound(pdf, number) for number in {0, count - 1})
    if not sound:
        raise damaged_scan(name)
    if count > _MOST_PAGES:
        raise UserError(
            code="scan_too_long",
            message=_("{source} has {count} pages, at most {most} can be kept as one file.").format(
                source=name, count=count, most=_MOST_PAGES
            ),
            hint=_("Divide it into several files."),
        )
    return count


def page_image(content: bytes, *, page: int, long_side_px: int) -> Picture:
    """A page as a picture, from 0. Raises UserError `damaged_scan` or `locked_scan`."""
    name = _("This scan")
    with opened(content, name=name) as pdf:
        try:
            width, height = pdf.get_page_size(page)
            scale = min(_MOST_SCALE, long_side_px / max(width, height))
            picture: Picture = pdf[page].render(scale=scale).to_pil().convert("RGB")
        except Exception as error:  # PDFium raises its own kinds, and Pillow others
            raise damaged_scan(name) from error
    return picture


@contextmanager
def opened(content: bytes, *, name: str) -> Iterator[Any]:
    """The PDF in PDFium, alone with it until the block ends. Raises UserError `damaged_scan` or `locked_scan`."""
    import pypdfium2

    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise (_locked_scan(name) if "password" in str(error).lower() else damaged_scan(name)) from error
        try:
            yield pdf
        finally:
            pdf.close()


def damaged_scan(name: str) -> UserError:
    """What is said of a PDF that cannot be opened."""
    return UserError(
        code="damaged_scan",
        message=_("{source} is damaged or was not copied whole.").format(source=name),
        hint=_("Scan it once more, or copy it again."),
    )


def _is_sound(pdf: Any, page: int) -> bool:
    import pypdfium2

    try:
        width, height = pdf.get_page_size(page)
        pdf[page].close()
    except (pypdfium2.PdfiumError, IndexError):
        return False
    return bool(0 < width < _LONGEST_SIDE_POINTS and 0 < height < _LONGEST_SIDE_POINTS)


def _locked_scan(name: str) -> UserError:
    return UserError(
        code="locked_scan",
        message=_("{source} is locked with a password.").format(source=name),
        hint=_("Save it without a password and add it again."),
    )
