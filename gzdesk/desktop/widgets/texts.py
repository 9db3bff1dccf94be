"""Labels whose look is named, not set: the stylesheet knows the sizes and the inks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def label(
    text: str = "",
    *,
    size: str = "body",
    ink: str = "ink",
    bold: bool = False,
    wrap: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A line of text. `size` is one of `tokens.TEXT_PX`; `ink` is ink, ink2, ink3, accent or a tone."""
    made = QLabel(text, parent)
    # Words of people are shown as they are: a film title in angle brackets must not become markup.
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("text_size", size)
    made.setProperty("ink", ink)
    made.setProperty("bold", bold)
    if wrap:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def set_look(widget: QWidget, **properties: object) -> None:
    """Change what the stylesheet sees of a widget that is already shown."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


_LEAST_LETTERS = 8
_MARKS = ("・", " · ")


class ElidedLabel(QLabel):
    """A label that shortens its text with … when there is no room, and then tells all of it in a tooltip."""

    def __init__(
        self,
        text: str = "",
        *,
        size: str = "body",
        ink: str = "ink",
        bold: bool = False,
        by_parts: bool = False,
    ) -> None:
        """`by_parts`: where there is too little room, the last parts after a `・` go before any word is cut."""
        super().__init__()
        self._by_parts = by_parts
        self._text = text
        self._laid_out = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("text_size", size)
        self.setProperty("ink", ink)
        self.setProperty("bold", bold)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show that text, as much of it as fits."""
        self._text = text
        self._fit()

    def full_text(self) -> str:
        """The text before shortening."""
        return self._text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten again for the new width."""
        super().resizeEvent(event)
        self._laid_out = True
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 4, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        # Before the first layout the width means nothing.
        room = self.contentsRect().width() if self._laid_out else 1 << 20
        text = self._fitting_parts(room) if self._by_parts else self._text
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        if self._by_parts and shown != text and len(shown) < _LEAST_LETTERS:
            shown = ""  # a letter or two say nothing
        super().setText(shown)
        self.setToolTip(self._text if shown != self._text else "")

    def _fitting_parts(self, room: int) -> str:
        text = self._text
        while self.fontMetrics().horizontalAdvance(text) > room:
            shorter = max(text.rpartition(mark)[0] for mark in _MARKS)
            if not shorter:
                break
            text = shorter
        return text
