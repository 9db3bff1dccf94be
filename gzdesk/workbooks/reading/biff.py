"""An old workbook (.xls) looked through before its cells are made: password, extent, what is hidden, errors.

It is walked as the native reader walks it, for that lays out the whole rectangle up to the last cell that it meets.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from gzdesk.workbooks.reading.refusals import MOST_CELLS, damaged_table, encrypted_table, too_many_rows

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_ROW, _COLINFO, _DIMENSIONS, _SEVERAL = 0x0208, 0x007D, 0x0200, 0x00BD
_FORMULA, _ERROR_OR_TRUTH = 0x0006, 0x0205
_ROW_IS_HIDDEN, _COLUMN_IS_HIDDEN = 0x20, 0x01
# Records that hold a value and begin with its row and column.
_VALUES = frozenset({0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, _SEVERAL, _FORMULA, _ERROR_OR_TRUTH})
_MOST_SHEETS = 300


@dataclass(slots=True)
class OldSheet:
    """What a sheet of an old workbook says besides its cells. Rows and columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0
    claimed_cells: int = 0


def look_through(stream: bytes) -> list[OldSheet]:
    """All its sheets, those of charts too, in the order in which the workbook lists them.

    Raises UserError when the workbook asks for a password, is cut off, or reaches further than can be held.
    """
    places = _places(stream)
    if len(places) > _MOST_SHEETS:
        raise too_many_rows()
    sheets = []
    cells = 0
    for place in places:
        sheet = _sheet(stream, place)
        cells += max((sheet.last_row + 1) * (sheet.last_column + 1), sheet.claimed_cells)
        if cells > 2 * MOST_CELLS:
            raise too_many_rows()
        sheets.append(sheet)
    return sheets


def _places(stream: bytes) -> list[int]:
    """Where each sheet begins in the stream."""
    found: list[int] = []
    for record, data in _records(stream, 0):
        if record == _FILEPASS:
            raise encrypted_table()
        if record == _BOUNDSHEET:
            if len(data) < 4:
                raise damaged_table()
            found.append(struct.unpack_from("<I", data)[0])
        elif record == _EOF:
            break
    return found


def _sheet(stream: bytes, place: int) -> OldSheet:
    sheet = OldSheet()
    depth = 0
    for record, data in _records(stream, place):
        if record == _BOF:
            depth += 1
        elif record == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth <= 1:
            _note(record, data, sheet)
    return sheet


def _note(record: int, data: bytes, sheet: OldSheet) -> None:
    if record == _ROW and len(data) >= 14:
        number, flags = struct.unpack_from("<H10xH", data)
        if flags & _ROW_IS_HIDDEN:
            sheet.hidden_rows.add(number)
    elif record == _COLINFO and len(data) >= 10:
        first, last, _width, _format, flags = struct.unpack_from("<5H", data)
        if flags & _COLUMN_IS_HIDDEN:
            sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    elif record == _DIMENSIONS:
        sheet.claimed_cells = max(sheet.claimed_cells, _claimed(data))
    elif record in _VALUES and len(data) >= 4:
        row, column = struct.unpack_from("<HH", data)
        if _is_error(record, data):
            sheet.errors.add((row, column))
        column += len(data) // 6 if record == _SEVERAL else 0
        sheet.last_row, sheet.last_column = max(sheet.last_row, row), max(sheet.last_column, column)


def _claimed(data: bytes) -> int:
    """How many cells the sheet says it has; the reader makes room for so many."""
    if len(data) == 10:
        first_row, last_row, first_column, last_column = struct.unpack_from("<4H", data)
    elif len(data) == 14:
        first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", data)
    else:
        raise damaged_table()
    if last_row and last_column and (last_row <= first_row or last_column <= first_column):
        raise damaged_table()
    return int(last_row * last_column)


def _is_error(record: int, data: bytes) -> bool:
    if record == _ERROR_OR_TRUTH:
        return len(data) >= 8 and data[7] == 1
    return record == _FORMULA and len(data) >= 14 and data[6] == 2 and data[12:14] == b"\xff\xff"


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if at + length > len(stream):
            raise damaged_table()
        yield record, stream[at : at + length]
        at += length
