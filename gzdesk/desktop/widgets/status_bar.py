"""The line at the bottom: the keys of this page, each of which can also be pressed, and one remark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.cards import clear_layout
from gzdesk.desktop.widgets.texts import ElidedLabel, label

_HEIGHT = 30


class KeyHint(QWidget):
    """A key and what it does here; a press of the mouse does the same as the key."""

    def __init__(self, theme: Theme, key: str, words: str, on_press: Callable[[str], object]) -> None:
        super().__init__()
        self.key = key
        self._on_press = on_press
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        cap = QLabel(key)
        cap.setTextFormat(Qt.TextFormat.PlainText)
        cap.setProperty("role", "keycap")
        row.addWidget(cap)
        row.addWidget(label(words, size="tiny", ink="ink2"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the key does."""
        self._on_press(self.key)


class StatusBar(QFrame):
    """Key hints at the left, one remark at the right. `on_key` gets the key of a hint that was pressed."""

    def __init__(self, theme: Theme, on_key: Callable[[str], object]) -> None:
        super().__init__()
        self._theme, self._on_key = theme, on_key
        self.setProperty("role", "status_bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        row.setSpacing(theme.px(18))
        self._hints = QHBoxLayout()
        self._hints.setSpacing(theme.px(18))
        row.addLayout(self._hints)
        self._remark = ElidedLabel("", size="tiny", ink="ink2")
        self._remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._remark, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setFixedHeight(theme.px(_HEIGHT))

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show these keys with their words."""
        if tuple(hints) == self._shown:
            return
        self._shown = tuple(hints)
        clear_layout(self._hints)
        for key, words in hints:
            self._hints.addWidget(KeyHint(self._theme, key, words, self._on_key))

    def hints(self) -> tuple[tuple[str, str], ...]:
        """The keys shown now."""
        return self._shown

    def set_remark(self, text: str) -> None:
        """Show a remark at the right."""
        self._remark.setText(text)
