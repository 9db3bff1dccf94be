"""Photos and scans: each kept once under its SHA-256, beside the ledger file."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 in hex, as names of files are here."""
    return _SHA256.fullmatch(text) is not None


class Files:
    """The attachment folder. Files are written whole or not at all and never change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content; returns its SHA-256 in hex. Putting it again only mends a damaged file."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if self.read(sha256) is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}.part")
            try:
                with part.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            except OSError:
                with suppress(OSError):
                    part.unlink()
                raise
        return sha256

    def path(self, sha256: str) -> Path:
        """Where the file of that hash is or would be. Raises ValueError when it is no SHA-256."""
        if not is_hash(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file is here."""
        return self.path(sha256).exists()

    def drop(self, sha256: str) -> None:
        """Take the file away; one that is not there is as good."""
        self.path(sha256).unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes | None:
        """The content, or None when the file is missing or no longer what its hash says."""
        try:
            content = self.path(sha256).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == sha256 else None
