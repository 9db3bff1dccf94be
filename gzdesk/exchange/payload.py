"""The payload: `revisions.ndjson` first, then each attachment as `files/<sha256>`."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Self, cast

from gzdesk.exchange.container import ContainerReader, ContainerWriter, Limits
from gzdesk.exchange.limits import (
    ATTACHMENT_BYTES,
    IN_MEMORY_BYTES,
    MEMBERS,
    PART_BYTES,
    REVISIONS_BYTES,
)
from gzdesk.exchange.lines import Made, Maker, read_lines
from gzdesk.exchange.refusal import broken

REVISIONS = "revisions.ndjson"
_FILE = re.compile(r"files/([0-9a-f]{64})")
_BLOCK = 1 << 18


def scratch_file(folder: Path | None) -> IO[bytes]:
    """A nameless file, in memory while it is small, gone when it is closed or the program dies."""
    where = None if folder is None else str(folder)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES, dir=where)  # noqa: SIM115 - the caller does
    return cast("IO[bytes]", file)


class PayloadWriter:
    """Fills one part: all lines first, then attachments."""

    def __init__(self, folder: Path | None) -> None:
        self.file = scratch_file(folder)
        self.revisions = 0
        self.revisions_bytes = 0
        self.attachments = 0
        self._container = ContainerWriter(self.file)
        self._open = ExitStack()
        self._lines = self._open.enter_context(self._container.member(REVISIONS, deflated=True))
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0

    @property
    def size_bytes(self) -> int:
        """How long the part is so far; lines still waiting to be compressed are not counted."""
        return self.file.tell()

    def add_line(self, line: str) -> None:
        """Add a revision."""
        encoded = line.encode("utf-8")
        self._waiting.append(encoded)
        self._waiting_bytes += len(encoded)
        self.revisions_bytes += len(encoded)
        self.revisions += 1
        if self._waiting_bytes > _BLOCK:
            self._flush_lines()

    def end_lines(self) -> None:
        """No more revisions will come; calling it again changes nothing."""
        self._flush_lines()
        self._open.close()

    def add_attachment(self, sha256: str, content: bytes) -> None:
        """Add an attachment after the last line."""
        with self._container.member(f"files/{sha256}") as member:
            member.write(content)
        self.attachments += 1

    def close(self) -> IO[bytes]:
        """End the part; gives the file, at its start."""
        self.end_lines()
        self._container.close()
        self.file.seek(0)
        return self.file

    def discard(self) -> None:
        """Give the file up."""
        self.file.close()

    def _flush_lines(self) -> None:
        if self._waiting:
            self._lines.write(b"".join(self._waiting))
        self._waiting.clear()
        self._waiting_bytes = 0


class Payload:
    """An unsealed payload whose layout was checked."""

    def __init__(self, file: IO[bytes], *, revisions: int, attachments: int) -> None:
        limits = Limits(members=MEMBERS, plain_bytes=REVISIONS_BYTES + PART_BYTES)
        self._file = file
        self._revisions = revisions
        self._container = ContainerReader(file, limits)
        first, *others = list(self._container.members) or [""]
        self.attachments = frozenset(found[1] for name in others if (found := _FILE.fullmatch(name)))
        if first != REVISIONS or not len(self.attachments) == len(others) == attachments:
            raise broken("payload: members")
        if any(self._container.members[name].file_size > ATTACHMENT_BYTES for name in others):
            raise broken("payload: attachment too large")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file up."""
        self._file.close()

    def revisions(self, *, scopes: Collection[str], make: Maker[Made]) -> Iterator[Made]:
        """Every revision, checked one by one, in the order of the file. See `read_lines`."""
        count = 0
        for made in read_lines(self._container.chunks(REVISIONS), scopes=scopes, make=make):
            count += 1
            yield made
        if count != self._revisions:
            raise broken(f"payload: {count} revisions instead of {self._revisions}")

    def attachment(self, sha256: str) -> bytes:
        """The content of one of the `attachments`, checked against its name."""
        content = self._container.read(f"files/{sha256}", at_most=ATTACHMENT_BYTES)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise broken(f"attachment {sha256}")
        return content
