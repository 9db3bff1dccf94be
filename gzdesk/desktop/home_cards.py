"""Parts of the first page: the cards of the quick entries, and the lines of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.cards import Card, IconBox
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.symbols import paint_symbol
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.page import Page
    from gzdesk.services.home import QuickEntry, TodayItem

_NOON, _EVENING = 12, 18


class QuickCard(Card):
    """A large card that opens a form; its key stands in the corner."""

    def __init__(self, page: Page, number: int, entry: QuickEntry) -> None:
        super().__init__(page.theme, margin=0)
        self._page, self._entry = page, entry
        theme = page.theme
        self.setProperty("role", "quick")
        self.setObjectName(f"quick_{number}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(theme.px(80))
        self.setMaximumHeight(theme.px(124))
        row = QHBoxLayout()
        row.setContentsMargins(*[theme.px(margin) for margin in (16, 10, 14, 10)])
        row.setSpacing(theme.px(16))
        row.addWidget(IconBox(theme, entry.icon, "primary", side=52, icon_px=28))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addStretch(1)
        words.addWidget(ElidedLabel(entry.title, size="quick", bold=True, ink="on_selected"))
        words.addWidget(ElidedLabel(entry.detail, size="small", ink="ink2"))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        # Not in the layout: the words may be as wide as the card, below the key.
        self._cap = label(f"Alt+{number}", size="tiny", parent=self)
        self._cap.setProperty("role", "keycap")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the key in its corner."""
        super().resizeEvent(event)
        self._cap.adjustSize()
        self._cap.move(self.width() - self._cap.width() - self._page.px(6), self._page.px(3))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the form."""
        if self.rect().contains(event.position().toPoint()):
            self._page.shell.go(self._entry.action.page, **self._entry.action.arguments)


class DayRow(QWidget):
    """One line of a day: shape, time, words, state. A press opens the record."""

    def __init__(self, page: Page, item: TodayItem) -> None:
        super().__init__()
        self._page, self._item = page, item
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(page.px(8))
        row.addWidget(_Sign(page.theme, item.symbol))
        time = label(item.time or "—", size="table")
        time.setFixedWidth(page.px(46))
        row.addWidget(time)
        row.addWidget(ElidedLabel(item.title, size="table"), 1)
        row.addWidget(Chip(item.state, item.tone))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what the line is about."""
        self._page.shell.go(self._item.action.page, **self._item.action.arguments)


class _Sign(QWidget):
    """The shape of a kind of record, or the door of the opening hours."""

    def __init__(self, theme: Theme, symbol: str) -> None:
        super().__init__()
        self._theme, self._symbol = theme, symbol
        self.setFixedSize(theme.px(16), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        painter = QPainter(self)
        theme = self._theme
        if self._symbol == "door":
            icon = theme.pixmap("door", "ink2", 16)
            painter.drawPixmap(QPointF(0, (self.height() - theme.px(16)) / 2), icon)
            return
        side = theme.px(9)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_symbol(painter, theme, box, self._symbol)


def greeting(hour: int, name: str) -> str:
    """A greeting for that hour of the day."""
    if hour < _NOON:
        return _("{name}, good morning").format(name=name)
    if hour < _EVENING:
        return _("{name}, good afternoon").format(name=name)
    return _("{name}, good evening").format(name=name)
