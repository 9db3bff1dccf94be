"""Dropping a table of another program onto a widget: it is asked what to do with the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

SUFFIXES = (".xlsx", ".xls", ".csv", ".xlsm")


class TableDrop(QObject):
    """Lets one file of a table be dropped onto `target`; other things it leaves to whoever wants them."""

    def __init__(self, target: QWidget, on_file: Callable[[Path], object]) -> None:
        super().__init__(target)
        self._on_file = on_file
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what looks like a table by its name."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        assert isinstance(event, QDropEvent)
        file = dropped_table(event.mimeData())
        if file is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._on_file(file)
        return True


def dropped_table(dropped: QMimeData) -> Path | None:
    """The first of the files that is named like a table, or None."""
    files = (Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile())
    return next((file for file in files if file.suffix.lower() in SUFFIXES), None)
