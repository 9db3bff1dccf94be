"""What is slow to read is compiled once and kept in this account's cache, under the hash of what it was made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HASH_LENGTH = 16


def compiled(name: str, source: bytes, make: Callable[[], bytes]) -> bytes:
    """The compiled form of `source`, made now or taken from the cache; those of older sources are thrown away.

    `name` is a file name such as `zh_CN.mo`.
    """
    import hashlib

    stem, dot, suffix = name.partition(".")
    cache = _folder() / f"{stem}-{hashlib.sha256(source).hexdigest()[:_HASH_LENGTH]}{dot}{suffix}"
    try:
        return cache.read_bytes()
    except OSError:
        made = make()
    _keep(cache, made)
    return made


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("gzdesk", appauthor=False)


def _keep(cache: Path, made: bytes) -> None:
    import os
    import tempfile
    from pathlib import Path

    # A home that cannot be written only costs the making at the next start.
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=cache.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(made)
        Path(name).replace(cache)
        stem, _dash, _hash = cache.stem.rpartition("-")
        for older in cache.parent.glob(f"{stem}-{'?' * _HASH_LENGTH}{cache.suffix}"):
            if older != cache:
                older.unlink(missing_ok=True)
    except OSError:
        return
