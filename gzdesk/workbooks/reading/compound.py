"""The streams of an OLE compound file: what holds an old workbook, and what Office wraps an encrypted one in.

Only as much as tells what the file is and gives one stream back. Every chain is followed within the file's length,
for a broken one may run in a circle.
"""

from __future__ import annotations

import struct

from gzdesk.workbooks.reading.refusals import damaged_table

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_FREE = 0xFFFFFFFA  # this and above are no sectors
_STREAM, _ROOT = 2, 5


class Compound:
    """An opened compound file. Raises UserError `damaged_table` when its tables lead nowhere."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_BYTES:
            raise damaged_table()
        self._content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise damaged_table()
        self._sector, self._mini = 1 << sector_shift, 1 << mini_shift
        first_directory, _signature, self._cutoff, first_mini_fat = struct.unpack_from("<IIII", content, 48)
        self._fat = self._allocation()
        self._entries = self._directory(self._chained(first_directory))
        self._mini_fat = _numbers(self._chained(first_mini_fat)) if first_mini_fat < _FREE else []

    def names(self) -> tuple[str, ...]:
        """The names of all streams and folders."""
        return tuple(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of the stream of that name."""
        _kind, start, size = self._entries[name]
        if size >= self._cutoff:
            found = self._chained(start)
        else:
            root = next((entry for entry in self._entries.values() if entry[0] == _ROOT), None)
            if root is None:
                raise damaged_table()
            found = self._small(self._chained(root[1]), start)
        if len(found) < size:
            raise damaged_table()
        return found[:size]

    def _allocation(self) -> list[int]:
        content = self._content
        first, count = struct.unpack_from("<II", content, 68)
        listed = list(struct.unpack_from("<109I", content, 76))
        per_sector = self._sector // 4
        for _turn in range(min(count, len(content) // self._sector)):
            if first >= _FREE:
                break
            numbers = _numbers(self._at(first))
            if len(numbers) < per_sector:
                break
            listed += numbers[:-1]
            first = numbers[-1]
        table: list[int] = []
        most = len(content) // self._sector + 1
        for sector in listed[:most]:
            if sector < _FREE:
                table += _numbers(self._at(sector))
        return table

    def _directory(self, content: bytes) -> dict[str, tuple[int, int, int]]:
        entries: dict[str, tuple[int, int, int]] = {}
        for at in range(0, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = content[at : at + _ENTRY_BYTES]
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind and 2 <= length <= 64:
                name = entry[: length - 2].decode("utf-16-le", errors="replace")
                entries.setdefault(name, (kind, start, size))
        return entries

    def _chained(self, sector: int) -> bytes:
        parts: list[bytes] = []
        for _turn in range(len(self._content) // self._sector + 2):
            if sector >= _FREE:
                return b"".join(parts)
            parts.append(self._at(sector))
            if sector >= len(self._fat):
                raise damaged_table()
            sector = self._fat[sector]
        raise damaged_table()

    def _small(self, container: bytes, sector: int) -> bytes:
        parts: list[bytes] = []
        for _turn in range(len(container) // self._mini + 2):
            if sector >= _FREE:
                return b"".join(parts)
            parts.append(container[sector * self._mini : (sector + 1) * self._mini])
            if sector >= len(self._mini_fat):
                raise damaged_table()
            sector = self._mini_fat[sector]
        raise damaged_table()

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._content[start : start + self._sector]


def _numbers(content: bytes) -> list[int]:
    count = len(content) // 4
    return list(struct.unpack_from(f"<{count}I", content, 0))
