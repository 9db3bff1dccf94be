"""The list that opens under a field while typing: films by name or initials, people, places, choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.chips import chip_width, paint_chip
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.i18n import gettext as _
from gzdesk.pinyin import initials

_ROW_PX = 38
_FOOT_PX = 30
_SIDE_PX = 12
_DETAILS_LEFT_PX = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One line of the list: the value it stands for, its words, what tells it from others, and a badge."""

    value: object
    text: str
    details: tuple[str, ...] = ()
    badge: str = ""
    badge_tone: str = "neutral"


def matched_part(text: str, query: str) -> tuple[int, int]:
    """Where the query is found in the text, or its initials in those of the text: (start, length)."""
    wanted = query.strip().lower()
    if not wanted:
        return 0, 0
    start = text.lower().find(wanted)
    if start < 0:
        start = initials(text).find(wanted)
    return (start, len(wanted)) if start >= 0 else (0, 0)


class CompletionList(QFrame):
    """The list itself: a plain child of the window, so that the keyboard stays in the field."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._options: Sequence[Option] = ()
        self._query = ""
        self._foot = ""
        self.current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def offer(self, options: Sequence[Option], *, query: str, foot: str, current: int) -> None:
        """Show these options; `current` is the one that Enter takes, -1 for none."""
        self._options, self._query, self._foot, self.current = options, query, foot, current
        self.update()

    def place_under(self, field: QWidget) -> None:
        """Open under the field, or above it where the window ends."""
        height = len(self._options) * self._theme.px(_ROW_PX) + self._theme.px(_FOOT_PX) + 2
        corner = field.mapTo(self._window, QPoint(0, field.height()))
        if corner.y() + height > self._window.height():
            corner.setY(max(0, corner.y() - field.height() - height))
        width = min(max(field.width(), self._needed_width()), self._window.width() - corner.x())
        self.setGeometry(corner.x(), corner.y() + 1, width, height)
        self.show()
        self.raise_()

    def step(self, step: int) -> None:
        """Go to another line, round the ends."""
        if self._options:
            start = self.current if self.current >= 0 else (-1 if step > 0 else 0)
            self.current = (start + step) % len(self._options)
            self.update()

    def sizeHint(self) -> QSize:
        """The size is set by `place_under`."""
        return self.size()

    def _needed_width(self) -> int:
        metrics = self.fontMetrics()
        rows = [
            metrics.horizontalAdvance(option.text) + self._theme.px(2 * _SIDE_PX) for option in self._options
        ]
        return (
            max(rows, default=0)
            if not any(option.details for option in self._options)
            else self._theme.px(420)
        )

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, the hint at the foot and a thin edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        for index, option in enumerate(self._options):
            self._paint_option(painter, self._row(index), option, current=index == self.current)
        self._paint_foot(painter)
        painter.setPen(self._theme.color("line2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _row(self, index: int) -> QRect:
        height = self._theme.px(_ROW_PX)
        return QRect(1, 1 + index * height, self.width() - 2, height)

    def _paint_option(self, painter: QPainter, row: QRect, option: Option, *, current: bool) -> None:
        if current:
            painter.fillRect(row, self._theme.color("selected"))
            painter.fillRect(
                QRect(row.left(), row.top(), self._theme.px(4), row.height()), self._theme.color("accent")
            )
        inner = row.adjusted(self._theme.px(_SIDE_PX), 0, -self._theme.px(_SIDE_PX), 0)
        right = self._paint_badge(painter, inner, option)
        text_end = self._paint_text(painter, inner, option.text)
        self._paint_details(painter, inner, option.details, left=text_end, right=right)

    def _paint_text(self, painter: QPainter, inner: QRect, text: str) -> int:
        start, length = matched_part(text, self._query)
        left = inner.left()
        for part, found in (
            (text[:start], False),
            (text[start : start + length], True),
            (text[start + length :], False),
        ):
            painter.setFont(self._theme.font("body", bold=found))
            painter.setPen(self._theme.color("accent" if found else "ink"))
            painter.drawText(QRect(left, inner.top(), inner.right() - left, inner.height()), _LEFT, part)
            left += painter.fontMetrics().horizontalAdvance(part)
        return left

    def _paint_details(
        self, painter: QPainter, inner: QRect, details: tuple[str, ...], *, left: int, right: int
    ) -> None:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.color("ink2"))
        columns = max((len(option.details) for option in self._options), default=0)
        first = inner.left() + self._theme.px(_DETAILS_LEFT_PX)
        step = (right - first) // columns if columns else 0
        for index, words in enumerate(details):
            start = max(first + index * step, left + self._theme.px(10))
            room = QRect(
                start, inner.top(), first + (index + 1) * step - start - self._theme.px(8), inner.height()
            )
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, shown)
            left = start + painter.fontMetrics().horizontalAdvance(shown)

    def _paint_badge(self, painter: QPainter, inner: QRect, option: Option) -> int:
        if not option.badge:
            return inner.right()
        width = chip_width(self._theme, option.badge)
        box = QRect(inner.right() - width, inner.top(), width, inner.height())
        paint_chip(painter, self._theme, box, option.badge, option.badge_tone)
        return box.left() - self._theme.px(8)

    def _paint_foot(self, painter: QPainter) -> None:
        height = self._theme.px(_FOOT_PX)
        foot = QRect(1, self.height() - height - 1, self.width() - 2, height)
        painter.fillRect(foot, self._theme.color("header"))
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("ink2"))
        inner = foot.adjusted(self._theme.px(_SIDE_PX), 0, -self._theme.px(_SIDE_PX), 0)
        hint = _("↑ ↓ choose, Enter takes it") if self._options else _("Nothing like this yet.")
        painter.drawText(inner, _LEFT, hint)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(hint) - self._theme.px(16)
        if painter.fontMetrics().horizontalAdvance(self._foot) <= room:
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._foot)

    # -- mouse ---------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line under the mouse becomes the current one."""
        index = self._index_at(event.position().toPoint())
        if index >= 0 and index != self.current:
            self.current = index
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press takes the line."""
        index = self._index_at(event.position().toPoint())
        if index >= 0:
            self.chosen.emit(index)

    def _index_at(self, point: QPoint) -> int:
        index = (point.y() - 1) // self._theme.px(_ROW_PX)
        return index if 0 <= index < len(self._options) else -1


class CompletingField(LineField):
    """A line that offers completions while it is typed into, and while characters are being composed."""

    picked = Signal(object)
    """An `Option` was taken from the list."""

    def __init__(
        self,
        theme: Theme,
        *,
        source: Callable[[str], Sequence[Option]],
        free: bool,
        foot: str = "",
        separators: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`free`: any text may stay; Enter then takes a completion only when letters were typed for it.

        `separators`: characters between several values; only the last one is completed.
        """
        super().__init__(theme, parent)
        self._source = source
        self._free = free
        self._foot = foot
        self._separators = separators
        self._options: Sequence[Option] = ()
        self._list: CompletionList | None = None
        self.textEdited.connect(lambda: self._offer(""))

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def close_list(self) -> None:
        """Hide the list."""
        if self._list is not None:
            self._list.hide()

    def open_list(self) -> None:
        """Show everything that may be chosen."""
        self._show(self._source(""), query="")

    def on_composing(self, preedit: str) -> None:
        """Search with the letters that are still being composed: `w h w` is `whw`."""
        self._offer(preedit.replace(" ", "").replace("'", ""))

    def on_enter(self, *, back: bool) -> None:
        """Take the current completion, then move on."""
        if self.is_open and self._list is not None and self._list.current >= 0 and not back:
            self._take(self._list.current)
            return
        self.close_list()
        super().on_enter(back=back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list, Escape closes it first."""
        if (
            event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            if not self.is_open:
                self.open_list()
            elif self._list is not None:
                self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if event.key() == Qt.Key.Key_Escape and self.is_open:
            self.close_list()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list belongs to the field that is being typed into."""
        self.close_list()
        super().focusOutEvent(event)

    # -- the list ------------------------------------------------------------------------------

    def _offer(self, preedit: str) -> None:
        query = self._last_part() + preedit
        if not query.strip():
            self.close_list()
            return
        self._show(self._source(query), query=query)

    def _show(self, options: Sequence[Option], *, query: str) -> None:
        self._options = options
        if not options and (self._free or not self._foot):
            self.close_list()
            return
        by_letters = query.isascii()
        current = _best(options, query) if options and query and (not self._free or by_letters) else -1
        shown = self._popup()
        shown.offer(options, query=query, foot=self._foot, current=current)
        shown.place_under(self)

    def _popup(self) -> CompletionList:
        if self._list is None:
            self._list = CompletionList(self._theme, self.window())
            self._list.chosen.connect(self._take)
        return self._list

    def _take(self, index: int) -> None:
        option = self._options[index]
        self.close_list()
        if self._separators:
            self.setText(self._first_parts() + option.text)
            self.typed.emit(self.text())
        else:
            self.setText(option.text)
            self.picked.emit(option)
        self.advance.emit(False)

    def _last_part(self) -> str:
        return self.text()[len(self._first_parts()) :].strip()

    def _first_parts(self) -> str:
        cut = max((self.text().rfind(mark) for mark in self._separators), default=-1)
        return self.text()[: cut + 1]


def _best(options: Sequence[Option], query: str) -> int:
    """The option that is written exactly like the query, else the first: all may be listed beside it."""
    return next((index for index, option in enumerate(options) if option.text == query.strip()), 0)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
