"""A panel over the page from which one thing is chosen: rows under headings, in as many columns as they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget
from shiboken6 import isValid

from gzdesk.desktop.theme import Theme
from gzdesk.pinyin import search_text

_ROW_PX, _HEADING_PX, _SIDE_PX, _EDGE_PX, _LINE_PX = 36, 30, 12, 8, 40
_TIGHT_ROW_PX = 30  # in large letters still a target of 36
_ICON_PX, _ICON_ROOM_PX, _AFTER_GAP_PX = 18, 28, 24
_MOVES = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row. `after` stands at its right (a count, a key); `also` are more words by which it is found."""

    id: str
    words: str
    group: str = ""
    icon: str = ""
    after: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    choice: Choice | None  # None: a heading
    words: str
    column: int
    rect: QRect


class ChoicePanel(QFrame):
    """A plain child of the page, so that it needs no window of its own. Typing finds a row by name or initials."""

    chosen = Signal(str)
    new_wanted = Signal(str)
    """F2 was pressed on a row."""

    def __init__(self, theme: Theme, page: QWidget, *, hint: str = "") -> None:
        """With a `hint` there is a line to type into, and the hint stands in it."""
        super().__init__(page)
        self._page = page
        self._theme = theme
        self._choices: tuple[Choice, ...] = ()
        self._fitting: tuple[str, ...] = ()
        self._placed: list[_Placed] = []
        self._tight = False
        self._came_from: QWidget | None = None
        self.current = ""
        self.line = QLineEdit(self) if hint else None
        if self.line is not None:
            self.line.setObjectName("choice_search")
            self.line.setPlaceholderText(hint)
            self.line.textChanged.connect(self._search)
            self.line.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.hide()

    # -- opening and closing -------------------------------------------------------------------

    def open_under(self, anchor: QWidget | None, choices: Sequence[Choice], *, current: str = "") -> None:
        """Open below that widget, or at the top of the page; moved to the left where the page ends."""
        self._choices = tuple(choices)
        self._came_from = QApplication.focusWidget()
        self.current = current or (choices[0].id if choices else "")
        if self.line is not None:
            self.line.clear()
        self._search("")
        self._place_at(anchor)
        self.show()
        self.raise_()
        (self.line or self).setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def close_panel(self) -> None:
        """Close it, and give the keyboard back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        had_focus = self.hasFocus() or (self.line is not None and self.line.hasFocus())
        self.hide()
        # The page may have built its rows anew meanwhile: what had the keyboard can be gone.
        if had_focus and self._came_from is not None and isValid(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)

    def row_rect(self, choice_id: str) -> QRect:
        """Where a row stands."""
        return next(
            (item.rect for item in self._placed if item.choice and item.choice.id == choice_id), QRect()
        )

    @property
    def fitting(self) -> tuple[str, ...]:
        """The ids of the rows that fit what is typed, in order."""
        return self._fitting

    # -- searching and moving ------------------------------------------------------------------

    def _search(self, text: str) -> None:
        wanted = text.strip().lower()
        ranks = {choice.id: _rank(choice, wanted) for choice in self._choices}
        self._fitting = tuple(choice.id for choice in self._choices if ranks[choice.id] is not None)
        if wanted:
            best = sorted(self._fitting, key=lambda found: ranks[found] or 0)
            self.current = best[0] if best else ""
        elif self.current not in self._fitting:
            self.current = self._fitting[0] if self._fitting else ""
        self._say_current()

    def _step(self, across: int, down: int) -> None:
        if not self._fitting:
            return
        if down or self.current not in self._fitting:
            at = self._fitting.index(self.current) if self.current in self._fitting else -1
            self.current = self._fitting[(at + down) % len(self._fitting)]
        else:
            self._step_across(across)
        self._say_current()

    def _step_across(self, across: int) -> None:
        here = next(item for item in self._placed if item.choice and item.choice.id == self.current)
        beside = [
            item
            for item in self._placed
            if item.choice and item.choice.id in self._fitting and item.column == here.column + across
        ]
        if beside:
            near = min(beside, key=lambda item: abs(item.rect.center().y() - here.rect.center().y()))
            assert near.choice is not None
            self.current = near.choice.id

    def _say_current(self) -> None:
        words = next((choice.words for choice in self._choices if choice.id == self.current), "")
        (self.line or self).setAccessibleDescription(words)
        self.update()

    def _take(self, choice_id: str, *, new: bool = False) -> None:
        if not choice_id:
            return
        self.close_panel()
        (self.new_wanted if new else self.chosen).emit(choice_id)

    # -- places --------------------------------------------------------------------------------

    def _place_at(self, anchor: QWidget | None) -> None:
        edge, head = self._theme.px(_EDGE_PX), self._theme.px(_LINE_PX + _EDGE_PX) if self.line else 0
        top_left = QPoint(self._theme.px(20), self._theme.px(60))
        corner = anchor.mapTo(self._page, QPoint(0, anchor.height() + 1)) if anchor else top_left
        below, whole = (
            high - head - 2 * edge for high in (self._page.height() - corner.y(), self._page.height())
        )
        # Headings stay with their rows, and rows are large, as long as that needs no more than the page is wide.
        for room, may_part, tight in (
            (below, False, False),
            (whole, False, False),
            (whole, True, False),
            (whole, True, True),
        ):
            self._tight = tight
            self._lay_out(room=max(room, self._theme.px(6 * _ROW_PX)), top=edge + head, may_part=may_part)
            size = self._needed(edge)
            if size.width() < self._page.width() and size.height() <= self._page.height():
                break
        left = max(0, min(corner.x(), self._page.width() - size.width() - 1))
        top = max(0, min(corner.y(), self._page.height() - size.height()))
        self.setGeometry(left, top, size.width(), size.height())
        if self.line is not None:
            width = min(size.width() - 2 * edge, self._theme.px(360))
            self.line.setGeometry(edge, edge, width, self._theme.px(38))

    def _needed(self, edge: int) -> QSize:
        right = max((item.rect.right() for item in self._placed), default=self._theme.px(200))
        bottom = max((item.rect.bottom() for item in self._placed), default=0)
        return QSize(right + 1 + edge, bottom + 1 + edge)

    def _lay_out(self, *, room: int, top: int, may_part: bool) -> None:
        rows: list[
            tuple[int, int, int, Choice | None, str]
        ] = []  # column, top, height, and what stands there
        row, heading = self._theme.px(_TIGHT_ROW_PX if self._tight else _ROW_PX), self._theme.px(_HEADING_PX)
        y, column = top, 0
        for group in dict.fromkeys(choice.group for choice in self._choices):
            own = [choice for choice in self._choices if choice.group == group]
            parts: list[Choice | None] = [None, *own] if group else [*own]
            together = heading + row if may_part else len(own) * row + (heading if group else 0)
            if y > top and y - top + together > room:
                y, column = top, column + 1
            for choice in parts:
                high = row if choice else heading
                if may_part and y - top + high > room:
                    y, column = top, column + 1
                rows.append((column, y, high, choice, choice.words if choice else group))
                y += high
        self._place_rows(rows)

    def _place_rows(self, rows: Sequence[tuple[int, int, int, Choice | None, str]]) -> None:
        """Put rows where they belong; a column is as wide as its widest row."""
        left = self._theme.px(_EDGE_PX)
        self._placed = []
        for number in sorted({row[0] for row in rows}):
            own = [row for row in rows if row[0] == number]
            width = max(self._width_of(choice, words) for *_place, choice, words in own)
            for _column, y, high, choice, words in own:
                rect = QRect(left, y, width, high)
                self._placed.append(_Placed(choice=choice, words=words, column=number, rect=rect))
            left += width

    def _width_of(self, choice: Choice | None, words: str) -> int:
        """What a row, or the heading of a group, needs."""
        metrics = QFontMetrics(self._theme.font("table" if self._tight else "body", bold=True))
        width = metrics.horizontalAdvance(words) + 2 * self._theme.px(_SIDE_PX)
        if choice is not None and choice.icon:
            width += self._theme.px(_ICON_ROOM_PX)
        if choice is not None and choice.after:
            gap = _SIDE_PX if self._tight else _AFTER_GAP_PX
            width += QFontMetrics(self._theme.font("small")).horizontalAdvance(choice.after) + self._theme.px(
                gap
            )
        return width

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Headings, rows, the current one on a tint; what does not fit is dimmed but stays in its place."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        for item in self._placed:
            if item.choice is None:
                self._paint_heading(painter, item)
            else:
                self._paint_row(painter, item.rect, item.choice)
        painter.setPen(self._theme.color("line2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_heading(self, painter: QPainter, item: _Placed) -> None:
        side = self._theme.px(_SIDE_PX)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("ink3"))
        painter.drawText(item.rect.adjusted(side, 0, -side, -self._theme.px(3)), _LOW, item.words)

    def _paint_row(self, painter: QPainter, rect: QRect, choice: Choice) -> None:
        current, fits = choice.id == self.current, choice.id in self._fitting
        side = self._theme.px(_SIDE_PX)
        if current:
            painter.fillRect(rect, self._theme.color("selected"))
            painter.fillRect(
                QRect(rect.left(), rect.top(), self._theme.px(4), rect.height()), self._theme.color("accent")
            )
        inner = rect.adjusted(side, 0, -side, 0)
        if choice.icon:
            top = rect.center().y() - self._theme.px(_ICON_PX) // 2
            painter.drawPixmap(inner.left(), top, self._theme.pixmap(choice.icon, "ink2", _ICON_PX))
            inner.setLeft(inner.left() + self._theme.px(_ICON_ROOM_PX))
        painter.setFont(self._theme.font("table" if self._tight else "body", bold=current))
        painter.setPen(self._theme.color("on_selected" if current else "ink" if fits else "line2"))
        painter.drawText(inner, _LEFT, choice.words)
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("on_selected" if current else "ink3" if fits else "line2"))
        painter.drawText(inner, _RIGHT, choice.after)

    # -- keys and mouse ------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the panel from being taken as the page's."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The line hands on the keys that move; a press outside closes the panel."""
        if watched is self.line:
            if event.type() == QEvent.Type.ShortcutOverride and _is_own(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut:
                self._on_focus_out(event)
        pressed = watched if event.type() == QEvent.Type.MouseButtonPress else None
        if isinstance(pressed, QWidget) and pressed is not self and not self.isAncestorOf(pressed):
            self.close_panel()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter takes, Escape closes."""
        if not self._on_key(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The panel belongs to whoever opened it: once the keyboard is elsewhere it is gone."""
        super().focusOutEvent(event)
        self._on_focus_out(event)

    def _on_focus_out(self, event: QEvent) -> None:
        if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.close_panel()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES and not (self.line and self.line.text() and _MOVES[key][0]):
            self._step(*_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.current)
        elif key == Qt.Key.Key_F2:
            self._take(self.current, new=True)
        elif key == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            return False
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse becomes the current one."""
        found = self._at(event.position().toPoint())
        if found and found != self.current:
            self.current = found
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press takes the row."""
        self._take(self._at(event.position().toPoint()))

    def _at(self, point: QPoint) -> str:
        return next(
            (item.choice.id for item in self._placed if item.choice and item.rect.contains(point)), ""
        )


def _is_own(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (*_MOVES, Qt.Key.Key_Escape, Qt.Key.Key_F2)


def _rank(choice: Choice, wanted: str) -> int | None:
    """0 for the whole name, 1 for a beginning, 2 for a middle, None where it does not fit."""
    if not wanted:
        return 0
    lines = search_text(choice.words, *choice.also).split("\n")
    if any(line == wanted for line in lines):
        return 0
    if any(line.startswith(wanted) for line in lines):
        return 1
    return 2 if any(wanted in line for line in lines) else None


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
