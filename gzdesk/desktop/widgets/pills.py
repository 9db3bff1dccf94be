"""A few choices side by side, one of them in force; arrows move between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class _Pill(QPushButton):
    """A button with room for its words in bold, which they are while it is pressed."""

    def sizeHint(self) -> QSize:
        """The size that Qt finds for plain words, and what bold ones need besides."""
        hint, bold = super().sizeHint(), QFont(self.font())
        bold.setBold(True)
        plain_px = self.fontMetrics().horizontalAdvance(self.text())
        more_px = QFontMetrics(bold).horizontalAdvance(self.text()) - plain_px
        return QSize(hint.width() + max(more_px, 0), hint.height())


class Pills(QWidget):
    """Buttons of which exactly one is pressed. `on_choose` gets the id of the one that was pressed."""

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        chosen: str,
        on_choose: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._ids = [option for option, _words in options]
        self._on_choose = on_choose
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for number, (option, words) in enumerate(options):
            button = _Pill(words)
            button.setCheckable(True)
            button.setProperty("checkable_pill", True)
            button.setProperty("small", True)
            button.setAutoDefault(False)
            button.setObjectName(f"pill_{option}")
            button.setChecked(option == chosen)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.idClicked.connect(lambda number: self._on_choose(self._ids[number]))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def choose(self, option: str) -> None:
        """Show that one as in force, without calling anybody."""
        self._group.button(self._ids.index(option)).setChecked(True)

    def rename(self, option: str, words: str) -> None:
        """Change the words of a choice, such as the count in them."""
        self._group.button(self._ids.index(option)).setText(words)

    @property
    def chosen(self) -> str:
        """The id of the one in force."""
        return self._ids[self._group.checkedId()]

    def setFocus(self, *_reason: object) -> None:
        """The cursor goes to the one in force."""
        self._group.button(self._group.checkedId()).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the next one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + step) % len(self._ids)
        self._group.button(number).setFocus()
        self._group.button(number).click()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the cursor on to the button in force."""
        self._group.button(self._group.checkedId()).setFocus(event.reason())
