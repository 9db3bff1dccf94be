"""One line of typing: the text as typed, and beside it in the same box what the program knows about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.chips import chip_width, paint_chip

_GAP_PX = 8


class LineField(QLineEdit):
    """A line edit that moves on with Enter and shows a remark after its text, a badge and a pin at its end."""

    advance = Signal(bool)
    """Enter was pressed; True with Shift: go back."""
    typed = Signal(str)
    """The person changed the text."""
    left = Signal()
    """The focus went elsewhere."""
    pin_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._after = ""
        self._composing = False
        self._pin: QAction | None = None
        self._badge = ("", "neutral")
        self.textEdited.connect(self.typed)
        self.textChanged.connect(self.update)

    # -- what is shown -------------------------------------------------------------------------

    def show_text(self, text: str) -> None:
        """Put a text in without telling anyone that it was typed."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(len(text) if self.hasFocus() else 0)

    def set_after(self, text: str) -> None:
        """Show a remark after the text, such as the weekday of a date."""
        if text != self._after:
            self._after = text
            self.update()

    def set_badge(self, text: str, tone: str) -> None:
        """Show a chip at the end of the box; an empty text removes it."""
        if (text, tone) != self._badge:
            self._badge = (text, tone)
            self.update()

    def set_state(self, state: str) -> None:
        """Dress the box as `carried`, `warn`, `error` or plain (empty)."""
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_pinned(self, pinned: bool) -> None:
        """Show or hide the pin that says: this is brought over to the next record."""
        if pinned and self._pin is None:
            self._pin = self.addAction(
                self._theme.icon("pin", "ink2"), QLineEdit.ActionPosition.TrailingPosition
            )
            self._pin.triggered.connect(self.pin_pressed)
        elif not pinned and self._pin is not None:
            self.removeAction(self._pin)
            self._pin = None

    def take_focus(self, *, append: bool = False) -> None:
        """Take the keyboard: typing replaces what stands there, or goes on at its end."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        if append:
            self.end(False)
        else:
            self.selectAll()

    # -- Qt ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes back typing; where nothing was typed it is the page's, which takes back a record."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            nothing_to_undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            nothing_to_redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if nothing_to_undo or nothing_to_redo:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, unless it ended the composition of a Chinese character."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        only_shift = plain in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and only_shift:
            event.accept()
            if not self._composing:
                self.on_enter(back=plain == Qt.KeyboardModifier.ShiftModifier)
            return
        super().keyPressEvent(event)

    def on_enter(self, *, back: bool) -> None:
        """What Enter does; a field with a list of completions chooses first."""
        self.advance.emit(back)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Follow the composition: some input methods also send the Enter that ends it as a key."""
        super().inputMethodEvent(event)
        if event.preeditString():
            self._composing = True
            self.on_composing(event.preeditString())
        elif self._composing:
            QTimer.singleShot(0, self._composed)
            self.on_composing("")

    def _composed(self) -> None:
        self._composing = False

    def on_composing(self, preedit: str) -> None:
        """Called while letters are being composed into characters; for fields that search meanwhile."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left, except for a menu or another program coming to the front."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, then the remark behind the text as far as there is room, and the badge at the end."""
        super().paintEvent(event)
        if not self.text() or not (self._after or self._badge[0]):
            return
        painter = QPainter(self)
        right = self.width() - self._end_width()
        if self._badge[0]:
            width = chip_width(self._theme, self._badge[0])
            paint_chip(painter, self._theme, QRect(right - width, 0, width, self.height()), *self._badge)
            right -= width + self._theme.px(_GAP_PX)
        self._paint_after(painter, right)
        painter.end()

    def _paint_after(self, painter: QPainter, right: int) -> None:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        left = inner.left() + self.fontMetrics().horizontalAdvance(self.text()) + self._theme.px(_GAP_PX) + 4
        painter.setFont(self._theme.font("table"))
        painter.setPen(self._theme.color("ink3"))
        words = painter.fontMetrics().elidedText(self._after, Qt.TextElideMode.ElideRight, right - left)
        if right - left > self._theme.px(24):
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRect(left, 0, right - left, self.height()), side, words)

    def _end_width(self) -> int:
        icons = sum(1 for action in self.actions() if action.isVisible())
        return self._theme.px(10) + icons * self._theme.px(26)
