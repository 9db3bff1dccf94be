"""Brings news of changed data to the window, once per round of the event loop, on the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal


class ChangeHub(QObject):
    """`changed` carries the ids of the record types that changed since it was last sent."""

    changed = Signal(frozenset)
    _heard = Signal(frozenset)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._send)
        # Commits of the worker arrive on its thread; a queued signal carries them over.
        self._heard.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    def publish(self, types: frozenset[str]) -> None:
        """Tell that records of these types changed; may be called from any thread."""
        self._heard.emit(types)

    def _gather(self, types: frozenset[str]) -> None:
        self._waiting |= types
        self._timer.start()

    def _send(self) -> None:
        types, self._waiting = frozenset(self._waiting), set()
        self.changed.emit(types)
