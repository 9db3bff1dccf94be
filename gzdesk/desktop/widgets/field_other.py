"""Fields that are not one line of text: a box to tick, and a note of several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.texts import set_look

_NOTE_HEIGHT = 66


class CheckField(QCheckBox):
    """A box: Space ticks it, Enter moves on."""

    advance = Signal(bool)
    ticked = Signal(bool)
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.toggled.connect(self.ticked)

    def show_tick(self, ticked: bool) -> None:
        """Show the box ticked or empty without telling anyone that it was pressed."""
        self.blockSignals(True)
        self.setChecked(ticked)
        self.blockSignals(False)

    def take_focus(self, *, append: bool = False) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, Shift+Enter back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _is_chord(event):
            self.advance.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the box was left."""
        super().focusOutEvent(event)
        self.left.emit()


class NoteField(QPlainTextEdit):
    """Several lines: Enter begins a new one, Tab moves on."""

    advance = Signal(bool)
    typed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(_NOTE_HEIGHT))
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))

    def text(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Put a text in without telling anyone that it was typed."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def set_state(self, state: str) -> None:
        """Dress the box as `carried`, `warn`, `error` or plain (empty)."""
        if self.property("state") != state:
            set_look(self, state=state)

    def take_focus(self, *, append: bool = False) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the note was left."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


def _is_chord(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
