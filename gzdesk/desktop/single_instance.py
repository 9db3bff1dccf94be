"""One running program per ledger: the second start brings the first window to the front and ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_LOCK_NAME = "window.lock"
_WAIT_MS = 1000
_RAISE = b"raise\n"


class SingleInstance:
    """Holds a data folder for this window. `is_first` is False when another window has it already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: QLocalServer | None = None
        self.is_first = True
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            # A folder that cannot be made is refused in words when the ledger is opened.
            return
        self._lock = QLockFile(str(folder / _LOCK_NAME))
        # Never by age: a window may stay open for weeks. A dead owner is noticed by its process id.
        self._lock.setStaleLockTime(0)
        if not self._lock.tryLock(0):
            self.is_first = self._lock.error() != QLockFile.LockError.LockFailedError

    def raise_first(self) -> bool:
        """Ask the first window to come to the front; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name())
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(_RAISE)
        socket.flush()
        answered = socket.waitForBytesWritten(_WAIT_MS) or not socket.bytesToWrite()
        socket.disconnectFromServer()
        return answered

    def listen(self, on_raise: Callable[[], object]) -> None:
        """Answer later starts; called after the first window is shown, for it loads the network module."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # A crash leaves the socket's file behind; we hold the lock, so nobody listens there.
        QLocalServer.removeServer(self._name())

        def answer() -> None:
            connection = server.nextPendingConnection()
            if connection is not None:
                connection.disconnected.connect(connection.deleteLater)
                on_raise()

        server.newConnection.connect(answer)
        server.listen(self._name())
        self._server = server

    def _name(self) -> str:
        # A digest keeps the name short and free of characters that pipes and sockets do not take.
        import hashlib

        return f"gzdesk-{hashlib.sha256(str(self._folder.resolve()).encode()).hexdigest()[:16]}"

    def close(self) -> None:
        """Free the folder."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self.is_first and hasattr(self, "_lock"):
            self._lock.unlock()
