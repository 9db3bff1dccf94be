"""A list from which several things are chosen and put in order: Space ticks, Alt with the arrows moves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

_ID = Qt.ItemDataRole.UserRole
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class CheckList(QListWidget):
    """Rows with a box each. `changed` comes with every tick and move made by a person."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("framed", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.itemChanged.connect(lambda _item: self.changed.emit())

    def show_rows(self, rows: Sequence[tuple[str, str, bool]]) -> None:
        """Show these: id, words, ticked. Rows that are there already stay where they stand while people tick them."""
        old = self._rows()
        if sorted(rows) == sorted(old) and [row for row in rows if row[2]] == [row for row in old if row[2]]:
            return
        current = self._id(self.currentRow())
        self.blockSignals(True)
        self.clear()
        for name, words, ticked in rows:
            self.addItem(_item(name, words, ticked=ticked))
        ids = [name for name, _words, _ticked in rows]
        self.setCurrentRow(ids.index(current) if current in ids else 0)
        self.blockSignals(False)

    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked rows, in the order in which they stand."""
        return tuple(name for name, _words, ticked in self._rows() if ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow move the row; all else is Qt's."""
        step = (
            _STEPS.get(Qt.Key(event.key())) if event.modifiers() & Qt.KeyboardModifier.AltModifier else None
        )
        if step is None:
            super().keyPressEvent(event)
        else:
            self._move(step)

    def _move(self, step: int) -> None:
        row = self.currentRow()
        if not 0 <= row + step < self.count() or row < 0:
            return
        self.blockSignals(True)
        self.insertItem(row + step, self.takeItem(row))
        self.setCurrentRow(row + step)
        self.blockSignals(False)
        self.changed.emit()

    def _rows(self) -> list[tuple[str, str, bool]]:
        return [
            (self._id(row), self.item(row).text(), self.item(row).checkState() == Qt.CheckState.Checked)
            for row in range(self.count())
        ]

    def _id(self, row: int) -> str:
        return str(self.item(row).data(_ID)) if 0 <= row < self.count() else ""


def _item(name: str, words: str, *, ticked: bool) -> QListWidgetItem:
    item = QListWidgetItem(words)
    item.setData(_ID, name)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return item
