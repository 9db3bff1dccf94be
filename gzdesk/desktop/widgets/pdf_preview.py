"""Pages of a PDF on the screen and on the printer, drawn by PDFium: what is seen is what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.services.evidence.scans import PDFIUM

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0)
"""Steps of enlargement; at 1.0 a whole page is seen."""

_MARGIN_PX, _GAP_PX, _TOP_PX = 22, 16, 11
_LEAST_WIDTH_PX = 240
_POINTS_PER_INCH = 72.0
_LONGEST_A4_MM = 350.0
_PRINT_DPI = 300  # finer than paper shows; a 1200 dpi printer would need 400 MB for a page


class PdfDocument:
    """A PDF in memory. PDFium is loaded with the first one, not with the window, and holds nothing between calls."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        with self._opened() as pdf:
            self.sizes_points: tuple[tuple[float, float], ...] = tuple(
                (float(width), float(height)) for width, height in map(pdf.get_page_size, range(len(pdf)))
            )
        """Width and height of each page in points."""

    def __len__(self) -> int:
        return len(self.sizes_points)

    def image(self, page: int, *, scale: float) -> QImage:
        """A page drawn at `scale` pixels for each point."""
        with self._opened() as pdf:
            drawn = pdf[page].render(scale=scale, rev_byteorder=True)
            picture = QImage(
                bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride, _format(drawn.n_channels)
            ).copy()
            drawn.close()
        return picture

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        import pypdfium2

        with PDFIUM:  # the worker may be reading a scan
            pdf = pypdfium2.PdfDocument(self._content)
            try:
                yield pdf
            finally:
                pdf.close()


def _format(channels: int) -> QImage.Format:
    return {
        1: QImage.Format.Format_Grayscale8,
        3: QImage.Format.Format_RGB888,
        4: QImage.Format.Format_RGBA8888,
    }[channels]


class _Sheets(QWidget):
    """The pages one below another on a grey ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.document: PdfDocument | None = None
        self.places: list[QRect] = []
        self._images: dict[tuple[int, int], QImage] = {}

    def lay_out(self, document: PdfDocument, *, page_width: int, room: QSize) -> None:
        """Give every page that width, in the middle of the room or of as much as they need."""
        if document is not self.document:
            self._images.clear()
        self.document = document
        margin, gap = self._theme.px(_MARGIN_PX), self._theme.px(_GAP_PX)
        top = self._theme.px(_TOP_PX)
        self.places = []
        wide = max(room.width(), page_width + 2 * margin)
        for width, height in document.sizes_points:
            place = QRect((wide - page_width) // 2, top, page_width, round(page_width * height / width))
            self.places.append(place)
            top = place.bottom() + gap
        self.setFixedSize(wide, max(room.height(), top))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that can be seen, as fine as the screen shows."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("status_bar"))
        for page, place in enumerate(self.places):
            if place.intersects(event.rect()):
                painter.drawImage(QRectF(place), self._image(page, place))
                painter.setPen(self._theme.color("line2"))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def _image(self, page: int, place: QRect) -> QImage:
        key = (page, round(place.width() * self.devicePixelRatioF()))
        if key not in self._images:
            assert self.document is not None
            if len(self._images) > 8:
                self._images.clear()
            width, _height = self.document.sizes_points[page]
            self._images[key] = self.document.image(page, scale=key[1] / width)
        return self._images[key]


class PdfPreview(QScrollArea):
    """Shows a PDF. PgUp and PgDn turn pages, plus and minus change the size."""

    moved = Signal()
    """Another page came into view, or the size changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._zoom = 0
        self._sheets = _Sheets(theme)
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setBackgroundRole(self.backgroundRole())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.moved.emit())

    @property
    def page_count(self) -> int:
        """How many pages the document has."""
        return len(self._sheets.places)

    @property
    def page(self) -> int:
        """The page at the top of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        above = [page for page, place in enumerate(self._sheets.places) if place.top() <= middle]
        return above[-1] if above else 0

    @property
    def zoom(self) -> float:
        """The enlargement in use."""
        return ZOOMS[self._zoom]

    def show_pdf(self, content: bytes) -> None:
        """Show another document from its first page; the same number of pages keeps the place."""
        old = self._sheets.document
        place = self.verticalScrollBar().value()
        document = PdfDocument(content)
        same = old is not None and len(old) == len(document)
        self._sheets.lay_out(document, page_width=self._page_width(document), room=self._room())
        self.verticalScrollBar().setValue(place if same else 0)
        self.moved.emit()

    def change_zoom(self, steps: int) -> None:
        """Show it larger or smaller by steps."""
        wanted = min(max(self._zoom + steps, 0), len(ZOOMS) - 1)
        if wanted != self._zoom:
            self._zoom = wanted
            self._lay_out()
            self.moved.emit()

    def turn(self, pages: int) -> None:
        """Go to a later or earlier page."""
        if self._sheets.places:
            target = min(max(self.page + pages, 0), self.page_count - 1)
            self.verticalScrollBar().setValue(self._sheets.places[target].top() - self._theme.px(_TOP_PX))

    def resizeEvent(self, event: object) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it changes the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.change_zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def _lay_out(self) -> None:
        document = self._sheets.document
        if document is not None:
            self._sheets.lay_out(document, page_width=self._page_width(document), room=self._room())

    def _room(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.width() - bar, self.height())

    def _page_width(self, document: PdfDocument) -> int:
        """At the first step a whole page can be seen; the others enlarge that."""
        wide = self._room().width() - 2 * self._theme.px(_MARGIN_PX)
        width, height = document.sizes_points[0]
        high = (self._room().height() - 2 * self._theme.px(_TOP_PX)) * width / height
        return max(_LEAST_WIDTH_PX, round(min(wide, high) * self.zoom))


def print_pdf(content: bytes, printer: QPrinter) -> int:
    """Print a PDF in its own size on the chosen printer. Returns how many pages were printed."""
    document = PdfDocument(content)
    _set_layout(printer, document.sizes_points[0])
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    for page in range(len(document)):
        if page:
            printer.newPage()
        _paint_page(painter, printer, document, page)
    painter.end()
    return len(document)


def _set_layout(printer: QPrinter, size_points: tuple[float, float]) -> None:
    landscape = size_points[0] > size_points[1]
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    long_mm = max(size_points) / _POINTS_PER_INCH * 25.4
    a3 = long_mm > _LONGEST_A4_MM
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3 if a3 else QPageSize.PageSizeId.A4))
    printer.setPageOrientation(orientation)
    # The sheet carries its own margins; the printer's would shrink it and spoil the 45 mm seal area.
    printer.setFullPage(True)


def _paint_page(painter: QPainter, printer: QPrinter, document: PdfDocument, page: int) -> None:
    width, height = document.sizes_points[page]
    dpi = min(printer.resolution(), _PRINT_DPI)
    picture = document.image(page, scale=dpi / _POINTS_PER_INCH).convertToFormat(
        QImage.Format.Format_Grayscale8
    )
    dots = printer.resolution() / _POINTS_PER_INCH
    size = QSize(round(width * dots), round(height * dots))
    painter.drawImage(QRect(QPoint(0, 0), size), picture)
