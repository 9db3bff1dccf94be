"""An old workbook (.xls) looked through before its cells are made: password, extent, and what is hidden."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gzdesk.workbooks.reading.refusals import damaged_table, encrypted_table

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_ROW, _COLINFO = 0x0208, 0x007D
_MOST_RECORDS = 20_000_000
_WORKSHEET = 0x0010
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 0x01
# Records that begin with row and column: BLANK, NUMBER, LABEL, BOOLERR, FORMULA, LABELSST, RK and the like.
_CELLS = frozenset({0x0201, 0x0203, 0x0204, 0x0205, 0x0006, 0x00FD, 0x027E, 0x00BD, 0x00BE, 0x00D6})


def hidden_of(stream: bytes) -> list[tuple[frozenset[int], frozenset[int]]]:
    """The hidden rows and columns of each sheet in the order of the file, counted from 0.

    Raises UserError when the workbook asks for a password or is cut off.
    """
    sheets: list[tuple[set[int], set[int]]] = []
    depth = kind = 0
    for record, data in _records(stream):
        if record == _FILEPASS:
            raise encrypted_table()
        if record == _BOF:
            depth += 1
            if depth == 1:
                kind = struct.unpack_from("<H", data, 2)[0] if len(data) >= 4 else 0
                if kind == _WORKSHEET:
                    sheets.append((set(), set()))
        elif record == _EOF:
            depth -= 1
        elif depth == 1 and kind == _WORKSHEET:
            _note_hidden(record, data, *sheets[-1])
    return [(frozenset(rows), frozenset(columns)) for rows, columns in sheets]


def _note_hidden(record: int, data: bytes, rows: set[int], columns: set[int]) -> None:
    if record == _ROW and len(data) >= 14:
        number, flags = struct.unpack_from("<H10xH", data)
        if flags & _ROW_IS_HIDDEN:
            rows.add(number)
    elif record == _COLINFO and len(data) >= 10:
        first, last, _width, _format, flags = struct.unpack_from("<5H", data)
        if flags & _COLUMN_IS_HIDDEN:
            columns.update(range(first, min(last, 255) + 1))


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + length > len(stream):
            raise damaged_table()
        if record == 0 and length == 0:
            return  # padding after the last sheet
        yield record, stream[at : at + length]
        at += length
