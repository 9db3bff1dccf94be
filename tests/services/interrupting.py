"""Make every call that reaches a disk, a stick or the database fail in turn, or be the last one ever made."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

import pytest

from gzdesk.exchange import disk
from gzdesk.storage.store import Store

_DATABASE_CALLS = ("do_execute", "do_executemany", "do_execute_no_params", "do_commit")
_DISK_CALLS = ("open_file", "sync", "forget_cache", "replace", "remove", "sync_folder", "free_bytes")


class Died(BaseException):
    """The program is gone: no handler of it runs any more, for every further call dies as well."""


class _File:
    """A file whose reads and writes are counted too."""

    def __init__(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        self._file = file
        self._tick = tick

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int = -1) -> bytes:
        self._tick()
        return self._file.read(size)

    def write(self, data: bytes) -> int:
        self._tick()
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Interruption:
    """Counts calls; the one numbered `at` fails. `deadly` means that nothing works after it either."""

    def __init__(self, at: int, *, deadly: bool, code: int = errno.EIO) -> None:
        self._at = at
        self._deadly = deadly
        self._code = code
        self.calls = 0

    @property
    def happened(self) -> bool:
        return self.calls >= self._at

    def file_call(self) -> None:
        self._tick(OSError(self._code, "planned"))

    def database_call(self) -> None:
        fault = sqlite3.OperationalError("disk I/O error")
        fault.sqlite_errorcode = sqlite3.SQLITE_IOERR
        self._tick(fault)

    def _tick(self, fault: Exception) -> None:
        self.calls += 1
        if self._deadly and self.happened:
            raise Died
        if self.calls == self._at:
            raise fault


@contextmanager
def interrupted(
    store: Store, monkeypatch: pytest.MonkeyPatch, interruption: Interruption
) -> Iterator[Interruption]:
    """Let the interruption reach the store's statements and commits and the exchange's file calls."""

    dialect = store._engine.dialect
    with monkeypatch.context() as patch:
        for name in _DISK_CALLS:
            patch.setattr(disk, name, _counted(name, interruption))
        for name in _DATABASE_CALLS:
            patch.setattr(dialect, name, _counted_statement(getattr(dialect, name), interruption))
        yield interruption


def _counted_statement(original: Callable[..., Any], interruption: Interruption) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        interruption.database_call()
        return original(*arguments, **named)

    return call


def _counted(name: str, interruption: Interruption) -> Callable[..., Any]:
    original = getattr(disk, name)

    def call(*arguments: Any) -> Any:
        interruption.file_call()
        plain = [item._file if isinstance(item, _File) else item for item in arguments]
        result = original(*plain)
        return _File(result, interruption.file_call) if name == "open_file" else result

    return call
