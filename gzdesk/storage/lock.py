"""One running program per ledger: a lock on a file beside it, freed by the system even after a crash."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from gzdesk.storage.engine import in_use


class StoreLock:
    """Holds the lock from construction to `close`. Raises UserError `store_in_use` when another has it."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("a+b")
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            raise in_use() from error

    def close(self) -> None:
        """Free the lock."""
        self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        os.set_inheritable(file.fileno(), False)
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
