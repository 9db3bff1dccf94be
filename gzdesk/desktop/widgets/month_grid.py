"""A month of days to type numbers into, like a sheet of paper: the times are there, only visitors are asked for."""

from __future__ import annotations

import unicodedata
from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.day_words import weekday_words
from gzdesk.desktop.widgets.month_cells import TIGHT, CellPainter, CellState, parts_of_day
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.services.opening import DayCell, OpeningMonth

_HEAD_PX = 34
_MOST_DIGITS = 5
_FIRST_MONDAY = date(2019, 7, 1)


class MonthGrid(QWidget):
    """Weeks of cells. Digits replace the figure, Enter goes to the next open day, arrows move."""

    committed = Signal(object, object)
    """A day and its new number of visitors, None when it was cleared."""
    moved = Signal(object)
    """The cursor stands on another day."""
    edit_wanted = Signal(object)
    """A day was opened with a double click."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._month: OpeningMonth | None = None
        self._cursor = 0
        self._typed: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setAccessibleName(_("Opening days"))

    # -- what is shown -------------------------------------------------------------------------

    def show_month(self, month: OpeningMonth) -> None:
        """Show a month; the cursor stays on its day within the same month."""
        another = self._month is None or self._month.month != month.month or self._month.venue != month.venue
        self._month = month
        if another:
            self._typed = None
            self._cursor = self._first_missing()
        rows = self._rows()
        self.setMinimumHeight(self._theme.px(_HEAD_PX) + rows * self._theme.px(TIGHT.height))
        self._tell_where()
        self.update()

    @property
    def day(self) -> date | None:
        """The day under the cursor."""
        return self._month.days[self._cursor].day if self._month else None

    @property
    def typed(self) -> str | None:
        """The digits typed and not yet taken over, None when nothing is being typed."""
        return self._typed

    def move_to(self, day: date) -> None:
        """Put the cursor on a day of the shown month, taking over what is being typed."""
        if self._commit():
            self._go(day.day - 1)

    def take_over(self) -> None:
        """Take over what is being typed: the page is about to be left."""
        self._commit()

    def give_back(self, day: date, number: int | None) -> None:
        """Put a refused number back under the cursor: what was typed is never lost."""
        self._cursor = day.day - 1
        self._typed = "" if number is None else str(number)
        self._tell_where()
        self.update()

    def _first_missing(self) -> int:
        assert self._month is not None
        missing = [place for place, cell in enumerate(self._month.days) if cell.is_missing]
        fillable = [place for place, cell in enumerate(self._month.days) if cell.is_open]
        return (missing or fillable or [0])[0]

    # -- typing --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits type, Enter goes on, arrows move, Delete clears."""
        if self._month is None or event.modifiers() & ~(_KEYPAD | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._commit():
                self._step_open(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in _STEPS:
            if self._commit():
                self._go(self._cursor + _STEPS[key])
        elif key == Qt.Key.Key_Backspace:
            self._rub_out()
        elif key == Qt.Key.Key_Delete:
            self._typed = ""
            self._commit()
        elif key == Qt.Key.Key_Escape and self._typed is not None:
            self._typed = None
        elif not self._type(event.text()):
            super().keyPressEvent(event)
            return
        self.update()

    def event(self, event: QKeyEvent) -> bool:  # type: ignore[override]  # only one kind of event is looked at
        """Escape first gives up what is being typed, before it leaves the page."""
        gives_up = event.type() == QKeyEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape
        if gives_up and self._typed is not None:
            event.accept()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Digits that come through a Chinese input method, full-width ones too."""
        self._type(event.commitString())
        event.accept()
        self.update()

    def _type(self, text: str) -> bool:
        digits = unicodedata.normalize("NFKC", text)
        if not (digits.isascii() and digits.isdigit()) or not self._may_type():
            return False
        self._typed = ((self._typed or "") + digits)[:_MOST_DIGITS]
        return True

    def _may_type(self) -> bool:
        cell = self._cell()
        return cell.is_open and not cell.is_future

    def _rub_out(self) -> None:
        if not self._may_type():
            return
        shown = self._cell().entry.visitors
        before = self._typed if self._typed is not None else ("" if shown is None else str(shown))
        self._typed = before[:-1]

    def _commit(self) -> bool:
        """Take over what is being typed; False when it was refused and given back."""
        if self._typed is None:
            return True
        typed, self._typed = self._typed, None
        number = int(typed) if typed else None
        if number != self._cell().entry.visitors:
            self.committed.emit(self._cell().day, number)
        return self._typed is None

    def _cell(self) -> DayCell:
        assert self._month is not None
        return self._month.days[self._cursor]

    def _step_open(self, step: int) -> None:
        assert self._month is not None
        place = self._cursor + step
        while 0 <= place < len(self._month.days):
            cell = self._month.days[place]
            if cell.is_open and not cell.is_future:
                self._go(place)
                return
            place += step

    def _go(self, place: int) -> None:
        if self._month is not None and 0 <= place < len(self._month.days):
            self._cursor = place
            self._tell_where()
            self.update()

    def _tell_where(self) -> None:
        cell = self._cell()
        figure = "" if cell.entry.visitors is None else str(cell.entry.visitors)
        self.setAccessibleDescription(f"{cell.day} {weekday_words(cell.day)} {figure}")
        self.moved.emit(cell.day)

    # -- mouse and focus -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press puts the cursor on the day."""
        self.setFocus()
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.move_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the day."""
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.edit_wanted.emit(day)

    def focusOutEvent(self, event: object) -> None:
        """What is being typed is taken over when the grid is left."""
        self._commit()
        super().focusOutEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self.update()

    def focusInEvent(self, event: object) -> None:
        """Show the cursor."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self.update()

    # -- places --------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(self._theme.px(860), self._theme.px(540))

    def day_rect(self, day: date) -> QRect:
        """The cell of a day."""
        index = day.replace(day=1).weekday() + day.day - 1
        return self._place(index // 7, index % 7)

    def _place(self, row: int, column: int) -> QRect:
        head = self._theme.px(_HEAD_PX)
        rows = max(self._rows(), 1)
        left, right = self.width() * column // 7, self.width() * (column + 1) // 7
        room = self.height() - head
        top, bottom = head + room * row // rows, head + room * (row + 1) // rows
        return QRect(left, top, right - left, bottom - top)

    def _rows(self) -> int:
        if self._month is None:
            return 5
        month = self._month.month
        return (month.first_day.weekday() + month.last_day.day + 6) // 7

    def _day_at(self, point: QPoint) -> date | None:
        if self._month is None:
            return None
        return next((day for day in self._month.month.days() if self.day_rect(day).contains(point)), None)

    # -- painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The weekdays, then the cells, then the lines between them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg"))
        painter.fillRect(QRect(0, 0, self.width(), self._theme.px(_HEAD_PX)), self._theme.color("header"))
        self._paint_head(painter)
        if self._month is not None:
            parts = parts_of_day(slot for cell in self._month.days for slot in cell.entry.slots)
            cells = CellPainter(self._theme, painter, parts=parts)
            for place, cell in enumerate(self._month.days):
                rect = self.day_rect(cell.day)
                if rect.intersects(event.rect()):
                    cells.paint(rect, cell, self._state(place))
            self._paint_lines(painter)
        painter.end()

    def _state(self, place: int) -> CellState:
        current = place == self._cursor
        return CellState(
            current=current, focused=current and self.hasFocus(), typed=self._typed if current else None
        )

    def _paint_head(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("table", bold=True))
        head = self._theme.px(_HEAD_PX)
        for column, day in enumerate(Month.of(_FIRST_MONDAY).days()[:7]):
            rect = self._place(0, column)
            painter.setPen(self._theme.color("weekend" if column > 4 else "ink2"))
            painter.drawText(
                QRect(rect.left(), 0, rect.width(), head), Qt.AlignmentFlag.AlignCenter, weekday_words(day)
            )

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setPen(self._theme.color("line"))
        for column in range(1, 7):
            left = self._place(0, column).left()
            painter.drawLine(left, self._theme.px(_HEAD_PX), left, self.height())
        for row in range(self._rows()):
            top = self._place(row, 0).top()
            painter.drawLine(0, top, self.width(), top)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
