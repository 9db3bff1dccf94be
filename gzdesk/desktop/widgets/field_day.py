"""A date that is typed (`5`, `1105`, 昨天) with its weekday beside it, or picked from a small calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.day_words import month_title, weekday_letter, weekday_words
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _

_CELL_PX = 38
_HEAD_PX = 40


class DayPicker(QFrame):
    """A month of days to press; a plain child of the window, so that the keyboard stays in the field."""

    picked = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._month = Month(2000, 1)
        self._marked: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def open_under(self, field: QWidget, day: date) -> None:
        """Open at the month of that day."""
        self._month, self._marked = Month.of(day), day
        width, height = self._theme.px(7 * _CELL_PX) + 2, self._theme.px(_HEAD_PX + 7 * _CELL_PX) + 2
        corner = field.mapTo(self._window, QPoint(field.width() - width, field.height() + 1))
        if corner.y() + height > self._window.height():
            corner.setY(max(0, corner.y() - field.height() - height - 2))
        self.setGeometry(max(0, corner.x()), corner.y(), width, height)
        self.show()
        self.raise_()

    def turn(self, months: int) -> None:
        """Show a later or earlier month."""
        self._month = self._month.plus(months)
        self.update()

    def day_rect(self, day: date) -> QRect:
        """Where that day of the shown month stands."""
        index = self._month.first_day.weekday() + day.day - 1
        return self._cell(index // 7 + 1, index % 7)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the month's name between two arrows, the weekdays and the days."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.setPen(self._theme.color("ink"))
        painter.setFont(self._theme.font("body", bold=True))
        head = QRect(0, 0, self.width(), self._theme.px(_HEAD_PX))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, month_title(self._month))
        for name, rect in (("left", self._arrow(-1)), ("right", self._arrow(1))):
            side = self._theme.px(20)
            corner = rect.center() - QPoint(side // 2, side // 2)
            painter.drawPixmap(QRect(corner.x(), corner.y(), side, side), self._theme.pixmap(name, "ink", 20))
        for column, day in enumerate(Month(2019, 7).days()[:7]):  # 1 July 2019 was a Monday
            painter.setFont(self._theme.font("tiny"))
            painter.setPen(self._theme.color("weekend" if column > 4 else "ink2"))
            painter.drawText(self._cell(0, column), Qt.AlignmentFlag.AlignCenter, weekday_letter(day))
        for day in self._month.days():
            self._paint_day(painter, day)
        painter.setPen(self._theme.color("line2"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        rect = self.day_rect(day)
        marked = day == self._marked
        if marked:
            painter.fillRect(rect.adjusted(2, 2, -2, -2), self._theme.color("selected"))
        painter.setFont(self._theme.font("table", bold=marked))
        painter.setPen(self._theme.color("weekend" if day.weekday() > 4 else "ink"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn the month or take the day."""
        point = event.position().toPoint()
        for step in (-1, 1):
            if self._arrow(step).contains(point):
                self.turn(step)
                return
        found = next((day for day in self._month.days() if self.day_rect(day).contains(point)), None)
        if found is not None:
            self.picked.emit(found)

    def _arrow(self, step: int) -> QRect:
        side = self._theme.px(_HEAD_PX)
        return QRect(0 if step < 0 else self.width() - side, 0, side, side)

    def _cell(self, row: int, column: int) -> QRect:
        side = self._theme.px(_CELL_PX)
        return QRect(1 + column * side, self._theme.px(_HEAD_PX) + row * side, side, side)


class DayField(LineField):
    """A line for a date; the button at its end opens the calendar."""

    def __init__(self, theme: Theme, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._today = today
        self._picker: DayPicker | None = None
        self._button = self.addAction(
            theme.icon("calendar", "ink2"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._button.setToolTip(_("Pick a day"))
        self._button.triggered.connect(self.open_calendar)

    def show_text(self, text: str) -> None:
        """Show a date with its weekday."""
        super().show_text(text)
        day = self._day()
        self.set_after(weekday_words(day) if day else "")

    def open_calendar(self) -> None:
        """Open the calendar at the day that stands here, or at today."""
        if self._picker is None:
            self._picker = DayPicker(self._theme, self.window())
            self._picker.picked.connect(self._take)
        self.setFocus()
        self._picker.open_under(self, self._day() or self._today())

    def _take(self, day: date) -> None:
        self._close()
        self.setText(day.isoformat())
        self.typed.emit(self.text())
        self.advance.emit(False)

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.text())
        except ValueError:
            return None

    def _close(self) -> None:
        if self._picker is not None:
            self._picker.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing closes the calendar; Alt+Down opens it, Escape closes it first."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        was_open = self._picker is not None and self._picker.isVisible()
        self._close()
        if was_open and event.key() == Qt.Key.Key_Escape:
            return
        self.set_after("")
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The calendar belongs to the field that is being filled in."""
        self._close()
        super().focusOutEvent(event)
