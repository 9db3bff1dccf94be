"""The versions of one record side by side: for each item that differs, one button per version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme
    from gzdesk.services.conflicts import Item

_ROW_PX, _AROUND_PX = 44, 64
_CHOSEN, _NOT_CHOSEN = "●", "○"
_MOVES = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class Version(QPushButton):
    """What one version says in an item. The arrows move on, Enter chooses it."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        *,
        name: str,
        on_choose: Callable[[], object],
        on_move: Callable[[int, int], object],
    ) -> None:
        super().__init__()
        self._theme, self._words, self._on_choose, self._on_move = theme, words, on_choose, on_move
        self.setObjectName(name)
        self.setProperty("checkable_pill", True)
        self.setProperty("version", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self._on_choose())
        self._show_words()

    def show_chosen(self, chosen: bool) -> None:
        """Show it as chosen or not: by its mark, its ground and its weight."""
        self.setChecked(chosen)
        self._show_words()

    def minimumSizeHint(self) -> QSize:
        """Long words are shortened rather than making the page wider."""
        return QSize(self._theme.px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words for the new width; all of them stand in the tooltip."""
        super().resizeEvent(event)
        self._show_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, choose with Enter."""
        move = _MOVES.get(Qt.Key(event.key()))
        if move is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._on_move(*move)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_choose()
            self._on_move(1, 0)
        else:
            super().keyPressEvent(event)

    def _show_words(self) -> None:
        room = self.width() - self._theme.px(_AROUND_PX)
        metrics = QFontMetrics(self._theme.font("body", bold=True))
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{_CHOSEN if self.isChecked() else _NOT_CHOSEN}  {shown}")
        self.setToolTip(self._words if shown != self._words else "")


class ChooseRows(QWidget):
    """A grid of items and versions, none chosen to begin with. `on_change` is told after each choice."""

    def __init__(self, theme: Theme, *, on_change: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._on_change = theme, on_change
        self._buttons: list[list[Version]] = []
        self._by_item = True
        self.chosen: list[int | None] = []

    def show_items(self, items: Sequence[Item], *, sides: int, by_item: bool, notes: Sequence[str]) -> None:
        """Show the differing items. Without `by_item` a choice takes the whole version."""
        theme = self._theme
        self._by_item, self._buttons = by_item, []
        self.chosen = [None] * len(items)
        grid = QGridLayout(self)
        grid.setContentsMargins(*[theme.px(margin) for margin in (16, 12, 16, 12)])
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnMinimumWidth(0, theme.px(120))
        grid.setColumnMinimumWidth(sides + 1, theme.px(170))
        for row, (item, note) in enumerate(zip(items, notes, strict=True)):
            grid.addWidget(label(item.label, bold=True, wrap=True), row, 0)
            made = []
            for side in range(sides):
                button = Version(
                    theme,
                    item.texts[side] or _("(empty)"),
                    name=f"choose_{item.field}_{side + 1}",
                    on_choose=partial(self.choose, row, side),
                    on_move=partial(self._move, row, side),
                )
                button.setMinimumHeight(theme.px(_ROW_PX))
                grid.addWidget(button, row, side + 1)
                grid.setColumnStretch(side + 1, 1)
                made.append(button)
            self._buttons.append(made)
            grid.addWidget(label(note, size="small", ink="ink2", wrap=True), row, sides + 1)
        grid.setRowStretch(len(items), 1)

    def choose(self, row: int, side: int) -> None:
        """Use that version for that item, or for all where they can't be mixed."""
        rows = [row] if self._by_item else range(len(self.chosen))
        for each in rows:
            self._set(each, side)
        self._on_change()

    def choose_all(self, side: int) -> None:
        """Use that version as a whole."""
        for row in range(len(self.chosen)):
            self._set(row, side)
        self._on_change()

    def focus_first(self) -> None:
        """Onto the first item that is not chosen yet, between the versions."""
        row = next((at for at, side in enumerate(self.chosen) if side is None), 0)
        if self._buttons:
            self._buttons[row][0].setFocus()

    def _set(self, row: int, side: int) -> None:
        self.chosen[row] = side
        for number, button in enumerate(self._buttons[row]):
            button.show_chosen(number == side)

    def _move(self, row: int, side: int, down: int, across: int) -> None:
        row = min(max(row + down, 0), len(self._buttons) - 1)
        side = min(max(side + across, 0), len(self._buttons[row]) - 1)
        self._buttons[row][side].setFocus()
