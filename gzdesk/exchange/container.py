"""The ZIP files that packages are made of: one exact layout, so that nothing can hide between the members.

Members stand one after another from byte 0, the directory follows, the end record is the last 22 bytes; ASCII
names, no comments, no extra data, no links, no ZIP64. Writing is ours because the standard library cannot set
the strategy of deflate: Z_FILTERED makes texts full of hex digits a tenth smaller. Reading is the standard
library's, after the layout was checked.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

from gzdesk.exchange.refusal import Refused, broken, not_ours, too_large, truncated

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MAGIC, _CENTRAL_MAGIC, _END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NEEDS = 20  # the version that knows deflate
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01: a file of the same contents has the same bytes
_LEVEL = 5  # level 9 takes twice as long and saves only 5 of 127 bytes per revision
_STEP = 1 << 20
_MAX_ENTRY_BYTES = _CENTRAL.size + 100

# What a broken ZIP can raise besides BadZipFile, depending on which byte is wrong.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
)


class ContainerWriter:
    """Writes members in order to a seekable file. Without the directory that `close` adds it is no ZIP."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._directory: list[bytes] = []

    @contextmanager
    def member(self, name: str, *, deflated: bool = False) -> Iterator[MemberWriter]:
        """A member to write to, in pieces of any size."""
        start = self._file.tell()
        encoded = name.encode("ascii")
        method = DEFLATED if deflated else STORED
        self._file.write(_local_header(encoded, method, 0, 0, 0))
        writer = MemberWriter(self._file, deflated=deflated)
        yield writer
        writer.flush()
        end = self._file.tell()
        self._file.seek(start)
        self._file.write(_local_header(encoded, method, writer.crc, writer.packed_bytes, writer.plain_bytes))
        self._file.seek(end)
        entry = _directory_entry(encoded, method, writer.crc, writer.packed_bytes, writer.plain_bytes, start)
        self._directory.append(entry)

    def close(self) -> None:
        """Write the directory and the end record."""
        start = self._file.tell()
        directory = b"".join(self._directory)
        count = len(self._directory)
        self._file.write(directory)
        self._file.write(_END.pack(_END_MAGIC, 0, 0, count, count, len(directory), start, 0))


class MemberWriter:
    """One member while it is being written; counts what goes through."""

    def __init__(self, file: IO[bytes], *, deflated: bool) -> None:
        self._file = file
        raw = -15  # no zlib header: the ZIP has its own
        deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, raw, 8, zlib.Z_FILTERED)
        self._deflater = deflater if deflated else None
        self.crc = 0
        self.plain_bytes = 0
        self.packed_bytes = 0

    def write(self, chunk: bytes) -> None:
        """Add a piece."""
        self.crc = zlib.crc32(chunk, self.crc)
        self.plain_bytes += len(chunk)
        self._put(chunk if self._deflater is None else self._deflater.compress(chunk))

    def flush(self) -> None:
        """Write what the compressor still holds. Nothing can be added after it."""
        if self._deflater is not None:
            self._put(self._deflater.flush())

    def _put(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self.packed_bytes += len(chunk)


def _local_header(name: bytes, method: int, crc: int, packed: int, plain: int) -> bytes:
    fields = (_LOCAL_MAGIC, _NEEDS, 0, method, _MIDNIGHT, _FIRST_DAY, crc, packed, plain, len(name), 0)
    return _LOCAL.pack(*fields) + name


def _directory_entry(name: bytes, method: int, crc: int, packed: int, plain: int, start: int) -> bytes:
    made = (_CENTRAL_MAGIC, _NEEDS, _NEEDS, 0, method, _MIDNIGHT, _FIRST_DAY)
    return _CENTRAL.pack(*made, crc, packed, plain, len(name), 0, 0, 0, 0, 0, start) + name


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a container may hold before any of it is unpacked. The ratio is plain to packed bytes."""

    members: int
    plain_bytes: int
    ratio: int = 200


class ContainerReader:
    """Reads a container whose layout was checked. Raises `Refused` for everything that is not one of ours."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self.size_bytes = file.seek(0, 2)
        try:
            _check_end(file, self.size_bytes, limits)
            self._zip = zipfile.ZipFile(file)
        except _ZIP_FAULTS as error:
            raise broken(f"directory: {error}") from error
        self.members = {info.filename: info for info in self._zip.infolist()}
        self._check_layout(limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The contents of a member, checked against its checksum when read to the end."""
        left = self.members[name].file_size
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(_STEP):
                    left -= len(chunk)
                    yield chunk
        except _ZIP_FAULTS as error:
            raise broken(f"{name}: {error}") from error
        if left:
            raise broken(f"{name}: wrong length")

    def read(self, name: str, *, at_most: int) -> bytes:
        """The whole contents of a small member."""
        if self.members[name].file_size > at_most:
            raise too_large(f"{name}: {self.members[name].file_size} bytes")
        return b"".join(self.chunks(name))

    def require(self, names: Sequence[str]) -> None:
        """Refuse unless these, in this order, are the members."""
        if list(self.members) != list(names):
            raise broken(f"members: {list(self.members)[:8]}")

    def _check_layout(self, limits: Limits) -> None:
        end = 0
        for info in self._zip.infolist():
            if info.header_offset != end or not _is_plain(info):
                raise broken(f"member {info.filename!r}")
            if info.file_size > min(limits.plain_bytes, limits.ratio * info.compress_size + _STEP):
                raise too_large(f"{info.filename}: {info.compress_size} -> {info.file_size} bytes")
            end += _LOCAL.size + len(info.filename) + info.compress_size
        if end != self._zip.start_dir or len(self.members) != len(self._zip.infolist()):
            raise broken("bytes between the members")
        if sum(info.file_size for info in self.members.values()) > limits.plain_bytes:
            raise too_large("all members together")


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """Whether a member is nothing but named bytes: no link, folder, comment, encryption or extra data."""
    return (
        info.filename.isascii()
        and info.orig_filename == info.filename
        and info.compress_type in (STORED, DEFLATED)
        and (info.compress_type == DEFLATED or info.compress_size == info.file_size)
        and stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
        and not (info.flag_bits or info.extra or info.comment or info.is_dir())
    )


def _check_end(file: IO[bytes], size: int, limits: Limits) -> None:
    """Look at the end record before anything trusts the directory's own counts."""
    file.seek(0)
    start = file.read(4)
    # A stick pulled out too early often leaves a name with no bytes, or with zeros, behind.
    if size < _END.size or start == b"\0\0\0\0":
        raise truncated()
    if start != _LOCAL_MAGIC:
        raise not_ours("no ZIP")
    file.seek(size - _END.size)
    magic, disk, other, here, count, length, offset, comment = _END.unpack(file.read(_END.size))
    if magic != _END_MAGIC:
        raise _without_end(file, size)
    if (disk, other, comment) != (0, 0, 0) or here != count or offset + length + _END.size != size:
        raise broken("end record")
    if count > limits.members or length > count * _MAX_ENTRY_BYTES:
        raise too_large(f"{count} members")


def _without_end(file: IO[bytes], size: int) -> Refused:
    """A copy that stopped has no directory; a damaged one still has it."""
    file.seek(max(0, size - _STEP))
    tail = file.read(_STEP)
    return broken("end record") if _CENTRAL_MAGIC in tail else truncated()


def first_member(file: IO[bytes], name: str, *, at_most: int) -> bytes | None:
    """The first member of a file that may have been cut off behind it, if it is whole and has that name."""
    file.seek(0)
    head = file.read(_LOCAL.size + len(name))
    if len(head) < _LOCAL.size + len(name) or head[_LOCAL.size :] != name.encode("ascii"):
        return None
    magic, _needs, flags, method, _time, _day, crc, packed, plain, name_length, extra = _LOCAL.unpack(
        head[: _LOCAL.size]
    )
    if magic != _LOCAL_MAGIC or flags or method != STORED or extra or name_length != len(name):
        return None
    if packed != plain or plain > at_most:
        return None
    content = file.read(plain)
    return content if len(content) == plain and zlib.crc32(content) == crc else None
