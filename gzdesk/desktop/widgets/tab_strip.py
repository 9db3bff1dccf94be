"""Tabs with a count each, of one shelf at a time when there are many; the rest is a press away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.i18n import gettext as _

_HEIGHT_PX, _SIDE_PX, _COUNT_GAP_PX, _BAR_PX, _SHELF_GAP_PX = 43, 15, 8, 3, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab. `count` None shows no number; `group` is the shelf it stands on."""

    id: str
    title: str
    count: int | None = None
    group: str = ""


class TabStrip(QWidget):
    """One line of tabs. Left and right change the tab while it has the keyboard, Down asks for all of them."""

    chosen = Signal(str)
    all_wanted = Signal()
    """The name of the shelf, or what stands for the tabs that do not fit, was pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tabs: tuple[Tab, ...] = ()
        self._current = ""
        self._by_shelf = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tabs(self, tabs: Sequence[Tab], current: str, *, by_shelf: bool = False) -> None:
        """Show these tabs with that one chosen; `by_shelf`: only those on its shelf, behind the shelf's name."""
        self._tabs, self._current, self._by_shelf = tuple(tabs), current, by_shelf
        self.setAccessibleName(next((tab.title for tab in tabs if tab.id == current), ""))
        self.update()

    @property
    def current(self) -> str:
        """The id of the chosen tab."""
        return self._current

    def tab_rect(self, tab_id: str) -> QRect:
        """Where a tab stands; an empty rectangle for one in the menu."""
        return next((rect for tab, rect in self._places()[0] if tab.id == tab_id), QRect())

    def step(self, step: int) -> None:
        """Choose the next or the previous tab, round the ends."""
        ids = [tab.id for tab in self._tabs]
        if ids:
            self.chosen.emit(ids[(ids.index(self._current) + step) % len(ids)])

    # -- places --------------------------------------------------------------------------------

    def shelf_rect(self) -> QRect:
        """Where the name of the shelf stands; empty when all tabs are shown together."""
        shelf = self._shelf()
        return QRect(self._theme.px(6), 0, self._width(shelf), self.height()) if shelf else QRect()

    def _shelf(self) -> Tab | None:
        found = next((tab for tab in self._tabs if tab.id == self._current), None)
        return Tab(id="", title=f"{found.group} ▾") if found and self._by_shelf else None

    def _places(self) -> tuple[list[tuple[Tab, QRect]], list[Tab], QRect]:
        """The tabs that fit with their rectangles, the others, and the place of what stands for these."""
        shelf = self._shelf()
        left = self._theme.px(6) + (self.shelf_rect().width() + self._theme.px(_SHELF_GAP_PX) if shelf else 0)
        menu_width = self._theme.px(130)
        shown: list[tuple[Tab, QRect]] = []
        rest = [tab for tab in self._tabs if shelf is None or f"{tab.group} ▾" == shelf.title]
        while rest:
            width = self._width(rest[0])
            room = self.width() - left - (menu_width if len(rest) > 1 else 0)
            if width > room:
                break
            shown.append((rest.pop(0), QRect(left, 0, width, self.height())))
            left += width
        return shown, rest, QRect(left, 0, menu_width, self.height())

    def _width(self, tab: Tab) -> int:
        width = self._metrics_width(tab.title, bold=True) + self._theme.px(2 * _SIDE_PX)
        if tab.count is not None:
            width += self._theme.px(_COUNT_GAP_PX) + self._metrics_width(str(tab.count), small=True)
        return width

    def _metrics_width(self, text: str, *, bold: bool = False, small: bool = False) -> int:
        font = self._theme.font("small") if small else self._theme.font("body", bold=bold)
        return QFontMetrics(font).horizontalAdvance(text)

    def sizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(self._theme.px(400), self._theme.px(_HEIGHT_PX))

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, counts, and a bar under the chosen one."""
        painter = QPainter(self)
        shown, rest, menu = self._places()
        for tab, rect in shown:
            self._paint_tab(painter, rect, tab, chosen=tab.id == self._current)
        if rest:
            chosen = next((tab for tab in rest if tab.id == self._current), None)
            words = chosen.title if chosen else _("{count} more").format(count=len(rest))
            self._paint_tab(painter, menu, Tab(id="", title=f"{words} ▾"), chosen=chosen is not None)
        shelf = self._shelf()
        if shelf is not None:
            place = self.shelf_rect()
            painter.fillRect(place.adjusted(-self._theme.px(6), 0, 0, -1), self._theme.color("header"))
            self._paint_tab(painter, place, shelf, chosen=False)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), self._theme.color("line"))
        painter.end()

    def _paint_tab(self, painter: QPainter, rect: QRect, tab: Tab, *, chosen: bool) -> None:
        side = self._theme.px(_SIDE_PX)
        inner = rect.adjusted(side, 0, -side, 0)
        painter.setFont(self._theme.font("body", bold=chosen))
        painter.setPen(self._theme.color("accent" if chosen else "ink2"))
        painter.drawText(inner, _LEFT, tab.title)
        if tab.count is not None:
            used = painter.fontMetrics().horizontalAdvance(tab.title) + self._theme.px(_COUNT_GAP_PX)
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.color("accent" if chosen else "ink3"))
            painter.drawText(inner.adjusted(used, 0, side, 0), _LEFT, str(tab.count))
        if chosen:
            bar = QRect(
                rect.left(), self.height() - self._theme.px(_BAR_PX), rect.width(), self._theme.px(_BAR_PX)
            )
            painter.fillRect(bar, self._theme.color("accent"))
            if self.hasFocus():
                painter.setPen(self._theme.color("focus"))
                painter.drawRect(rect.adjusted(2, 4, -3, -6))

    # -- keys and mouse ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose; Down, Enter and Space open what lists them all."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers() & ~_KEYPAD:
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.all_wanted.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses a tab, or asks for all of them."""
        point = event.position().toPoint()
        shown, rest, menu = self._places()
        for tab, rect in shown:
            if rect.contains(point):
                self.chosen.emit(tab.id)
                return
        if (rest and menu.contains(point)) or self.shelf_rect().contains(point):
            self.all_wanted.emit()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
