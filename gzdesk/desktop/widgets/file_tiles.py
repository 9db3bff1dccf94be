"""Photos and scans as small pictures in rows: looked at, chosen with the arrows, opened and taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from gzdesk.services.evidence.pictures import Pixels

_TILE_PX, _PICTURE_PX, _NAME_PX, _GAP_PX = 104, 78, 24, 8


class FileSource(Protocol):
    """What tiles ask of the ledger."""

    def thumbnail(self, sha256: str) -> Pixels | None:
        """The small picture, or None when the file is missing or can't be shown."""

    def is_quick(self, sha256: str) -> bool:
        """Whether the small picture only has to be read."""

    def is_here(self, sha256: str) -> bool:
        """Whether the file is on this PC."""


@dataclass(slots=True)
class _Tile:
    sha256: str
    name: str
    pages: int
    image: QImage | None = None
    looked: bool = False
    here: bool = True


def image_of(pixels: Pixels) -> QImage:
    """Unpacked pixels as a picture of Qt, which keeps no hold on them."""
    return QImage(
        pixels.rgb, pixels.width, pixels.height, pixels.width * 3, QImage.Format.Format_RGB888
    ).copy()


class FileTiles(QWidget):
    """The tiles. Arrows move, Space and a double click open, Delete takes off where that is allowed."""

    opened = Signal(int)
    taken_off = Signal(int)
    left = Signal()
    advance = Signal(bool)
    current_changed = Signal()

    def __init__(self, theme: Theme, source: FileSource) -> None:
        super().__init__()
        self._theme = theme
        self._source = source
        self._tiles: list[_Tile] = []
        self.current = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Photos and scans"))
        # Small pictures that have to be made first are made one by one between key presses.
        self._maker = QTimer(self)
        self._maker.setInterval(0)
        self._maker.timeout.connect(self._make_one)

    def show_files(self, files: Sequence[Mapping[str, object]]) -> None:
        """Show these; what a record notes of a file says its name and its pages."""
        known = {tile.sha256: tile for tile in self._tiles}
        self._tiles = [_tile(noted, known.get(str(noted["sha256"]))) for noted in files]
        for tile in self._tiles:
            tile.here = self._source.is_here(tile.sha256)
            if tile.image is None:
                tile.looked = False
        self.current = min(self.current, max(0, len(self._tiles) - 1))
        self._fit_height()
        self._maker.start()
        self.update()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._tiles)

    # -- small pictures ------------------------------------------------------------------------

    def _make_one(self) -> None:
        waiting = next((tile for tile in self._tiles if not tile.looked), None)
        if waiting is None:
            self._maker.stop()
            return
        self._look(waiting)
        self.update()

    def _look(self, tile: _Tile) -> None:
        tile.looked = True
        pixels = self._source.thumbnail(tile.sha256) if tile.here else None
        tile.image = image_of(pixels) if pixels else None

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles that can be seen; those whose small picture is kept are looked up at once."""
        painter = QPainter(self)
        for place, tile in enumerate(self._tiles):
            box = self.place_of(place)
            if not box.intersects(event.rect()):
                continue
            if not tile.looked and self._source.is_quick(tile.sha256):
                self._look(tile)
            self._paint_tile(painter, box, tile, current=place == self.current and self.hasFocus())
        painter.end()

    def _paint_tile(self, painter: QPainter, box: QRect, tile: _Tile, *, current: bool) -> None:
        theme = self._theme
        frame = QRect(box.left(), box.top(), box.width(), theme.px(_PICTURE_PX))
        painter.fillRect(frame, theme.color("header"))
        if tile.image is not None:
            size = tile.image.size().scaled(frame.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio)
            inner = QRect(QPoint(0, 0), size)
            inner.moveCenter(frame.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(inner, tile.image)
        elif tile.looked or not tile.here:
            self._paint_trouble(painter, frame, tile)
        if tile.pages:
            self._paint_pages(painter, frame, tile.pages)
        painter.setPen(theme.color("focus" if current else "line2"))
        painter.drawRect(frame.adjusted(0, 0, -1, -1))
        if current:
            painter.drawRect(frame.adjusted(1, 1, -2, -2))
        self._paint_name(painter, box, tile)

    def _paint_trouble(self, painter: QPainter, frame: QRect, tile: _Tile) -> None:
        side = self._theme.px(20)
        icon = self._theme.pixmap("warning", "weekend", 20)
        painter.drawPixmap(
            QRect(frame.center().x() - side // 2, frame.top() + self._theme.px(12), side, side), icon
        )
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("weekend"))
        words = _("damaged") if tile.here else _("not here")
        below = frame.adjusted(2, self._theme.px(34), -2, -2)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, words)

    def _paint_pages(self, painter: QPainter, frame: QRect, pages: int) -> None:
        words = ngettext("PDF, {count} page", "PDF, {count} pages", pages).format(count=pages)
        painter.setFont(self._theme.font("tiny"))
        high = self._theme.px(20)
        strip = QRect(frame.left() + 1, frame.bottom() - high, frame.width() - 2, high)
        painter.fillRect(strip, self._theme.color("surface"))
        painter.setPen(self._theme.color("ink2"))
        painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_name(self, painter: QPainter, box: QRect, tile: _Tile) -> None:
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("ink2"))
        below = QRect(
            box.left(), box.bottom() - self._theme.px(_NAME_PX) + 1, box.width(), self._theme.px(_NAME_PX)
        )
        words = painter.fontMetrics().elidedText(tile.name, Qt.TextElideMode.ElideMiddle, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)

    # -- places --------------------------------------------------------------------------------

    def place_of(self, place: int) -> QRect:
        """Where a tile lies."""
        wide, gap = self._theme.px(_TILE_PX), self._theme.px(_GAP_PX)
        row, column = divmod(place, self._in_row())
        high = self._theme.px(_PICTURE_PX + _NAME_PX)
        return QRect(column * (wide + gap), row * (high + gap), wide, high)

    def _in_row(self) -> int:
        wide, gap = self._theme.px(_TILE_PX), self._theme.px(_GAP_PX)
        return max(1, (self.width() + gap) // (wide + gap))

    def _fit_height(self) -> None:
        rows = -(-len(self._tiles) // self._in_row())
        high = self._theme.px(_PICTURE_PX + _NAME_PX) + self._theme.px(_GAP_PX)
        self.setFixedHeight(max(1, rows * high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a row as fit."""
        super().resizeEvent(event)
        self._fit_height()

    def _tile_at(self, point: QPoint) -> int:
        return next((place for place in range(len(self._tiles)) if self.place_of(place).contains(point)), -1)

    # -- keys and mouse ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Space, Delete; Enter goes on in the form."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._in_row(),
            Qt.Key.Key_Down: self._in_row(),
        }
        if event.key() in steps and self._tiles:
            self._go_to(self.current + steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space and self._tiles:
            self.opened.emit(self.current)
        elif event.key() == Qt.Key.Key_Delete and self._tiles:
            self.taken_off.emit(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.advance.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _go_to(self, place: int) -> None:
        if 0 <= place < len(self._tiles):
            self.current = place
            self.update()
            self.current_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses a tile."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go_to(self._tile_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens it."""
        place = self._tile_at(event.position().toPoint())
        if place >= 0:
            self.opened.emit(place)

    def event(self, event: QEvent) -> bool:
        """The whole name as a tooltip."""
        if event.type() == event.Type.ToolTip:
            place = self._tile_at(event.pos())  # type: ignore[attr-defined]  # a help event
            name = self._tiles[place].name if place >= 0 else ""
            QToolTip.showText(event.globalPos(), name, self)  # type: ignore[attr-defined]  # as above
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the tiles were left."""
        super().focusOutEvent(event)
        self.update()
        self.left.emit()


def _tile(noted: Mapping[str, object], known: _Tile | None) -> _Tile:
    pages = noted.get("pages")
    made = _Tile(
        sha256=str(noted["sha256"]),
        name=str(noted.get("name", "")),
        pages=pages if isinstance(pages, int) else 0,
    )
    if known is not None:
        made.image, made.looked = known.image, known.looked
    return made
