"""An old workbook (.xls) looked through before its cells are made: password, extent, what is hidden, errors."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from gzdesk.workbooks.reading.refusals import MOST_CELLS, damaged_table, encrypted_table, too_many_rows

_BOF, _EOF, _FILEPASS = 0x0809, 0x000A, 0x002F
_ROW, _COLINFO, _FORMULA, _ERROR_OR_TRUTH = 0x0208, 0x007D, 0x0006, 0x0205
_WORKSHEET = 0x0010
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 0x01
# Records that hold a value and begin with its row and column.
_VALUES = frozenset({0x0203, 0x0204, 0x0207, 0x00FD, 0x027E, 0x00BD, 0x00D6, _FORMULA, _ERROR_OR_TRUTH})


@dataclass(slots=True)
class OldSheet:
    """What a sheet of an old workbook says besides its cells. Rows and columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0


def look_through(stream: bytes) -> list[OldSheet]:
    """Its sheets in the order of the file.

    Raises UserError when the workbook asks for a password, is cut off, or reaches further than can be held.
    """
    sheets: list[OldSheet] = []
    depth = kind = 0
    for record, data in _records(stream):
        if record == _FILEPASS:
            raise encrypted_table()
        if record == _BOF:
            depth += 1
            if depth == 1:
                kind = struct.unpack_from("<H", data, 2)[0] if len(data) >= 4 else 0
                if kind == _WORKSHEET:
                    sheets.append(OldSheet())
        elif record == _EOF:
            depth -= 1
        elif depth == 1 and kind == _WORKSHEET:
            _note(record, data, sheets[-1])
    if any((sheet.last_row + 1) * (sheet.last_column + 1) > MOST_CELLS for sheet in sheets):
        raise too_many_rows()
    return sheets


def _note(record: int, data: bytes, sheet: OldSheet) -> None:
    if record == _ROW and len(data) >= 14:
        number, flags = struct.unpack_from("<H10xH", data)
        if flags & _ROW_IS_HIDDEN:
            sheet.hidden_rows.add(number)
    elif record == _COLINFO and len(data) >= 10:
        first, last, _width, _format, flags = struct.unpack_from("<5H", data)
        if flags & _COLUMN_IS_HIDDEN:
            sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    elif record in _VALUES and len(data) >= 8:
        row, column = struct.unpack_from("<HH", data)
        sheet.last_row, sheet.last_column = max(sheet.last_row, row), max(sheet.last_column, column)
        if _is_error(record, data):
            sheet.errors.add((row, column))


def _is_error(record: int, data: bytes) -> bool:
    if record == _ERROR_OR_TRUTH:
        return data[7] == 1
    return record == _FORMULA and len(data) >= 14 and data[6] == 2 and data[12:14] == b"\xff\xff"


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
