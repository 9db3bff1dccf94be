"""The streams of an OLE compound file: what holds an old workbook, and what Office wraps an encrypted one in.

Every length and every chain in it is held against the length of the file before the native reader sees them: it
makes room for what a header claims, and a claim of a terabyte ends the program.
"""

from __future__ import annotations

import struct

from gzdesk.workbooks.reading.refusals import damaged_table

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_NO_SECTOR = 0xFFFFFFFA  # this and above
_SHORT_STREAM_BYTES = 4096
_MINI_BYTES = 64


class Compound:
    """An opened compound file. Raises UserError `damaged_table` when its tables lead nowhere or in a circle."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEADER_BYTES:
            raise damaged_table()
        self._content = content
        sector_shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise damaged_table()
        self._sector = 1 << sector_shift
        self._sectors = len(content) // self._sector + 1
        fats, first_directory = struct.unpack_from("<II", content, 44)
        first_mini_fat, mini_fats = struct.unpack_from("<II", content, 60)
        if max(fats, mini_fats) > self._sectors:
            raise damaged_table()
        self._fat = self._allocation()
        self._entries = self._directory(self._chained(first_directory))
        self._mini_fat = _numbers(self._chained(first_mini_fat)) if mini_fats else []

    def names(self) -> tuple[str, ...]:
        """The names of all streams and folders."""
        return tuple(name for name, _start, _size in self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of the first stream of that name."""
        start, size = next((start, size) for known, start, size in self._entries if known == name)
        if size >= _SHORT_STREAM_BYTES:
            found = self._chained(start)
        else:
            found = self._small(self._chained(self._entries[0][1]), start)
        if len(found) < size:
            raise damaged_table()
        return found[:size]

    def _allocation(self) -> list[int]:
        """Which sector follows which."""
        (further,) = struct.unpack_from("<I", self._content, 68)
        listed = list(struct.unpack_from("<109I", self._content, 76))
        for _turn in range(self._sectors + 1):
            if further >= _NO_SECTOR:
                break
            numbers = _numbers(self._at(further))
            if not numbers:
                raise damaged_table()
            listed += numbers[:-1]
            further = numbers[-1]
        used = [sector for sector in listed if sector < _NO_SECTOR]
        if further < _NO_SECTOR or len(used) > self._sectors:
            raise damaged_table()
        return [number for sector in used for number in _numbers(self._at(sector))]

    def _directory(self, content: bytes) -> list[tuple[str, int, int]]:
        entries = []
        for at in range(0, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = content[at : at + _ENTRY_BYTES]
            start, small, large = struct.unpack_from("<III", entry, 116)
            size = small if self._sector == _HEADER_BYTES else small + (large << 32)
            if size > len(self._content):
                raise damaged_table()
            name = entry[:64].decode("utf-16-le", errors="replace").partition("\0")[0]
            entries.append((name, start, size))
        if not entries:
            raise damaged_table()
        return entries

    def _chained(self, sector: int) -> bytes:
        parts: list[bytes] = []
        for _turn in range(self._sectors + 1):
            if sector >= _NO_SECTOR:
                return b"".join(parts)
            parts.append(self._at(sector))
            if sector >= len(self._fat):
                raise damaged_table()
            sector = self._fat[sector]
        raise damaged_table()

    def _small(self, container: bytes, sector: int) -> bytes:
        parts: list[bytes] = []
        for _turn in range(len(container) // _MINI_BYTES + 2):
            if sector >= _NO_SECTOR:
                return b"".join(parts)
            parts.append(container[sector * _MINI_BYTES : (sector + 1) * _MINI_BYTES])
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
