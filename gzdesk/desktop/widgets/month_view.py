"""A month at a glance: what took place, what is planned, which days were open, where a figure is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.day_words import weekday_letter
from gzdesk.desktop.widgets.symbols import paint_symbol
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.services.home import DayMarks

_HEAD_HEIGHT = 28
_ROW_HEIGHT, _LOWEST_ROW = 56, 36
_SYMBOL = 9
_SATURDAY = 5
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class MonthView(QWidget):
    """A painted calendar. Arrows move between days, PgUp and PgDn between months, Enter opens the day."""

    chosen = Signal(object)
    """A `date` that was pressed or opened with Enter."""
    turned = Signal(int)
    """-1 or 1: the month before or after is wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._month = Month(2019, 1)
        self._today = date(2019, 1, 1)
        self._day: date | None = None
        self._marks: Mapping[date, DayMarks] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(_("Calendar of the month"))

    def show_month(self, month: Month, *, today: date, marks: Mapping[date, DayMarks]) -> None:
        """Show that month with these marks."""
        self._month, self._today, self._marks = month, today, marks
        if self._day is None or Month.of(self._day) != month:
            self._day = today if Month.of(today) == month else month.first_day
        self.updateGeometry()
        self.update()

    @property
    def day(self) -> date | None:
        """The day the cursor is on."""
        return self._day

    def sizeHint(self) -> QSize:
        """As many weeks as the month touches."""
        return QSize(
            self._theme.px(400), self._theme.px(_HEAD_HEIGHT) + self._weeks() * self._theme.px(_ROW_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        """Weeks may be lower where there is little room."""
        rows = self._weeks() * self._theme.px(_LOWEST_ROW)
        return QSize(self._theme.px(280), self._theme.px(_HEAD_HEIGHT) + rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, turn the month, open the day."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._day is not None:
            self._move_to(self._day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._day is not None:
            self.chosen.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer."""
        for day in self._month.days():
            if self._box(day).contains(event.position()):
                self._day = day
                self.update()
                self.chosen.emit(day)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the cursor is."""
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide where the cursor is."""
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the head, the days and the rules between them."""
        painter = QPainter(self)
        self._paint_head(painter)
        first = self._month.first_day
        days = [first + timedelta(days=n - first.weekday()) for n in range(self._weeks() * 7)]
        for day in days:
            self._paint_ground(painter, day)
        for day in self._month.days():
            self._paint_day(painter, day)

    def _move_to(self, day: date) -> None:
        if Month.of(day) == self._month:
            self._day = day
            self.update()
        else:
            self._day = day
            self.turned.emit(-1 if day < self._month.first_day else 1)

    def _weeks(self) -> int:
        return (self._month.first_day.weekday() + self._month.last_day.day + 6) // 7

    def _box(self, day: date) -> QRectF:
        width = self.width() / 7
        height = (self.height() - self._theme.px(_HEAD_HEIGHT)) / self._weeks()
        place = (day - self._month.first_day).days + self._month.first_day.weekday()
        top = self._theme.px(_HEAD_HEIGHT) + (place // 7) * height
        return QRectF((place % 7) * width, top, width, height)

    def _paint_head(self, painter: QPainter) -> None:
        theme = self._theme
        painter.fillRect(0, 0, self.width(), theme.px(_HEAD_HEIGHT), theme.color("header"))
        painter.setFont(theme.font("small"))
        width = self.width() / 7
        for column in range(7):
            letter = weekday_letter(date(2019, 7, 1) + timedelta(days=column))  # a Monday
            painter.setPen(theme.color("weekend" if column >= _SATURDAY else "ink2"))
            area = QRectF(column * width, 0, width, theme.px(_HEAD_HEIGHT))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), letter)

    def _paint_ground(self, painter: QPainter, day: date) -> None:
        theme, box = self._theme, self._box(day)
        inside = Month.of(day) == self._month
        ground = "today" if inside and day == self._today else "surface" if inside else "soft"
        painter.fillRect(box, theme.color(ground))
        line = theme.color("line")
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), line)
        painter.fillRect(QRectF(box.right() - 1, box.top(), 1, box.height()), line)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, box = self._theme, self._box(day)
        if day == self._today:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        if self.hasFocus() and day == self._day:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(box.adjusted(3, 3, -3, -3))
        painter.setFont(theme.font("body", bold=day == self._today))
        painter.setPen(theme.color("weekend" if day.weekday() >= _SATURDAY else "ink"))
        place = box.adjusted(theme.px(7), theme.px(3), 0, 0)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), str(day.day))
        marks = self._marks.get(day)
        if marks is not None:
            self._paint_marks(painter, box, marks)

    def _paint_marks(self, painter: QPainter, box: QRectF, marks: DayMarks) -> None:
        theme, side = self._theme, self._theme.px(_SYMBOL)
        left, top = self._beside_or_below(box, 30)
        fitting = max(1, int((box.width() - theme.px(12)) // (side + theme.px(5))))
        for symbol in marks.symbols[:fitting]:
            paint_symbol(painter, theme, QRectF(left, top, side, side), symbol)
            left += side + theme.px(5)
        bar = QRectF(box.left() + theme.px(6), box.bottom() - theme.px(9), box.width() - theme.px(13), 5)
        if marks.opened:
            painter.fillRect(bar.adjusted(0, 0, 0, -1), theme.color("opened"))
        elif marks.opening_missing:
            paint_missing(painter, theme, bar)
        if marks.is_deadline:
            self._paint_deadline(painter, box)

    def _beside_or_below(self, box: QRectF, below: int) -> tuple[float, float]:
        """Where marks begin: below the number, or beside it where weeks are low."""
        px = self._theme.px
        if box.height() >= px(_ROW_HEIGHT - 6):
            return box.left() + px(7), box.top() + px(below)
        return box.left() + px(30), box.top() + px(9 if below == 30 else 4)

    def _paint_deadline(self, painter: QPainter, box: QRectF) -> None:
        theme = self._theme
        painter.save()
        painter.setFont(theme.font("tiny"))
        words = _("sheet")
        width = painter.fontMetrics().horizontalAdvance(words) + theme.px(10)
        # In low weeks it is lower itself and goes to the foot of the box, so that the number stays readable.
        height = theme.px(19 if box.height() >= theme.px(_ROW_HEIGHT - 6) else 16)
        top = min(box.top() + theme.px(29), box.bottom() - height - 2)
        place = QRectF(box.left() + theme.px(5), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.palette.warn.ink))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(theme.palette.warn.ground))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()


def paint_missing(painter: QPainter, theme: Theme, bar: QRectF) -> None:
    """The dashed bar of a day whose figure is missing."""
    painter.save()
    pen = QPen(QColor(theme.palette.warn.edge), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QColor(theme.palette.warn.ground))
    painter.drawRect(bar)
    painter.restore()


class MonthLegend(QWidget):
    """What the shapes and bars mean."""

    def __init__(self, theme: Theme, symbols: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self._theme = theme
        self._items = (*symbols, ("opened", _("opened")), ("missing", _("no figure yet")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Two or three lines, as the width needs."""
        lines = 1 + max((line for line, _left, _item in self._places()), default=0)
        return QSize(self._theme.px(360), lines * self._theme.px(23))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width may need another line."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each sign with its words."""
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("tiny"))
        for row, left, (sign, words) in self._places():
            middle = row * theme.px(23) + theme.px(11)
            side = theme.px(_SYMBOL)
            if sign == "opened":
                painter.fillRect(QRectF(left, middle - 2, theme.px(14), 4), theme.color("opened"))
            elif sign == "missing":
                paint_missing(painter, theme, QRectF(left, middle - 3, theme.px(14), 6))
            else:
                box = QRectF(left, middle - side / 2, side, side)
                paint_symbol(painter, theme, box, sign)
            painter.setPen(theme.color("ink2"))
            start = left + theme.px(19 if sign in ("opened", "missing") else 14)
            painter.drawText(QPointF(start, middle + painter.fontMetrics().ascent() / 2 - 1), words)

    def _places(self) -> list[tuple[int, float, tuple[str, str]]]:
        metrics = QFontMetrics(self._theme.font("tiny"))
        places: list[tuple[int, float, tuple[str, str]]] = []
        row, left = 0, 0.0
        for item in self._items:
            width = metrics.horizontalAdvance(item[1]) + self._theme.px(34)
            if left and left + width > max(self.width(), self._theme.px(300)) + self._theme.px(10):
                row, left = row + 1, 0.0
            places.append((row, left, item))
            left += width
        return places
