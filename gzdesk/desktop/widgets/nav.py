"""The dark column at the left: whose ledger this is, the pages, and how many things wait on each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from gzdesk.desktop.fonts import interface_font
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.tokens import NAV_WIDTH, NAV_WIDTH_LARGE, NAV_WIDTH_NARROW

_ITEM_HEIGHT, _LEAST_HEIGHT = 46, 36
_HEAD_HEIGHT = 76
_ICON_PX = 20
_MARK_WIDTH = 4
_SIDE = 18
_TEXT, _TEXT_LARGE, _TEXT_LEAST = 17, 19, 14


class NavItem(QAbstractButton):
    """One page: icon, name and, when something waits there, a count."""

    def __init__(self, theme: Theme, *, icon: str, text: str, name: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._count = 0
        self._narrow = False
        self.setText(text)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # The column is reached with Ctrl+1…0; Tab stays among the fields of the page.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Up to its usual height; many pages in large letters stand closer.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_count(self, count: int) -> None:
        """Show how many things wait on that page; 0 shows nothing."""
        self._count = count
        self.update()

    @property
    def count(self) -> int:
        """How many things wait on that page."""
        return self._count

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone, with the name as a tooltip."""
        self._narrow = narrow
        self.setToolTip(self.text() if narrow else "")
        self.update()

    def sizeHint(self) -> QSize:
        """The height of a row; the column gives the width."""
        return QSize(self._theme.px(64), self._theme.px(_ITEM_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """The least that a finger or a mouse hits surely. It does not grow with the letters: all pages must fit."""
        return QSize(self._theme.px(64), _LEAST_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, mark, icon, name and count."""
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.fillRect(self.rect(), QColor(palette.nav_selected))
        if chosen:
            painter.fillRect(QRect(0, 0, theme.px(_MARK_WIDTH), self.height()), QColor(palette.mark))
        ink = palette.nav_ink_selected if chosen else palette.nav_ink
        side = _ICON_PX
        left = (self.width() - side) // 2 if self._narrow else _SIDE
        picture = theme.pixmap(self._icon, ink, _ICON_PX)
        place = QRectF(left, (self.height() - side) / 2, side, side)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
        if not self._narrow:
            self._paint_name(painter, left + side + 10, ink, bold=chosen)
        if self._count:
            self._paint_count(painter)

    def _paint_name(self, painter: QPainter, left: int, ink: str, *, bold: bool) -> None:
        # Not the full quarter larger: the column grows by 22 pixels only, so that the page keeps its room.
        room = self.width() - left - (40 if self._count else 6)
        usual = _TEXT_LARGE if self._theme.large else _TEXT
        # Beside a count a long English name is written smaller before it is cut.
        for size in range(usual, _TEXT_LEAST - 1, -1):
            font = interface_font(size, bold=bold)
            if QFontMetrics(font).horizontalAdvance(self.text()) <= room:
                break
        painter.setFont(font)
        painter.setPen(QColor(ink))
        text = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_count(self, painter: QPainter) -> None:
        theme, palette = self._theme, self._theme.palette
        text = str(self._count) if self._count < 100 else "99+"
        painter.setFont(theme.font("tiny", bold=True))
        width = max(24, painter.fontMetrics().horizontalAdvance(text) + 12)
        height = theme.px(22)
        top = 4 if self._narrow else (self.height() - height) // 2
        right = self.width() - (4 if self._narrow else 12)
        box = QRectF(right - width, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.badge))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(palette.on_badge))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


class _NavHead(QWidget):
    """The unit's name and what it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.name = ""
        self.what = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two lines and the rule below them."""
        return QSize(self._theme.px(64), self._theme.px(_HEAD_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both lines, shortened to the width."""
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        room = self.width() - theme.px(20)
        for text, role, bold, ink, top in (
            (self.name, "quick", True, palette.nav_ink_selected, 13),
            (self.what, "tiny", False, palette.nav_ink, 41),
        ):
            font = theme.font(role, bold=bold)
            if bold and QFontMetrics(font).horizontalAdvance(text) > room:
                font = theme.font("section", bold=True)  # a long name is rather smaller than cut
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            area = QRect(theme.px(16), theme.px(top), room, theme.px(28 if bold else 24))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(palette.nav_line))


class NavBar(QWidget):
    """The column. `on_choose` gets the page id that was pressed."""

    def __init__(self, theme: Theme, on_choose: Callable[[str], object]) -> None:
        super().__init__()
        self._theme, self._on_choose = theme, on_choose
        self._narrow = False
        self._items: dict[str, NavItem] = {}
        self._head = _NavHead(theme)
        self._main, self._bottom = QVBoxLayout(), QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(8))
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(theme.px(10))
        for part in (self._main, self._bottom):
            part.setSpacing(0)
        column.addLayout(self._main)
        column.addStretch(1)
        column.addLayout(self._bottom)
        self._resize()

    def set_unit(self, *, name: str, what: str) -> None:
        """Show whose ledger is open."""
        self._head.name, self._head.what = name, what
        self._head.setToolTip(name)
        self._head.update()

    def set_pages(self, main: list[tuple[str, str, str]], bottom: list[tuple[str, str, str]]) -> None:
        """Show these pages, each as (id, icon, title)."""
        for item in self._items.values():
            item.hide()
            item.deleteLater()
        self._items = {}
        for pages, part in ((main, self._main), (bottom, self._bottom)):
            for page_id, icon, title in pages:
                item = NavItem(self._theme, icon=icon, text=title, name=f"nav_{page_id}")
                item.clicked.connect(lambda _checked=False, chosen=page_id: self._choose(chosen))
                item.set_narrow(self._narrow)
                self._items[page_id] = item
                part.addWidget(item)

    def select(self, page_id: str) -> None:
        """Mark the page that is shown; an id that has no row marks none."""
        for item_id, item in self._items.items():
            item.setChecked(item_id == page_id)

    def set_count(self, page_id: str, count: int) -> None:
        """Show how many things wait on a page."""
        if page_id in self._items:
            self._items[page_id].set_count(count)

    def item(self, page_id: str) -> NavItem | None:
        """The row of a page, for tests and screen readers."""
        return self._items.get(page_id)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, for narrow screens."""
        if narrow != self._narrow:
            self._narrow = narrow
            for item in self._items.values():
                item.set_narrow(narrow)
            self._resize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.palette.nav))

    def _choose(self, page_id: str) -> None:
        # The row checks itself when pressed; if the page refuses to be left, the old mark must stay.
        self._items[page_id].setChecked(False)
        self._on_choose(page_id)

    def _resize(self) -> None:
        width = NAV_WIDTH_LARGE if self._theme.large else NAV_WIDTH
        self.setFixedWidth(NAV_WIDTH_NARROW if self._narrow else width)
