"""The header of a table: which lines it is, and the title of each column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from gzdesk.workbooks.reading.sheet import Cell, Sheet
from gzdesk.workbooks.reading.words import cell_text

_SEARCHED_ROWS = 60
_LONGEST_HEADING = 40
_SPREAD = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
_SAYS_ITSELF = re.compile(r"[:：]\s*\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`first` and `last` line count from 0; without a header they are 0 and -1 and no column has words."""

    first: int
    last: int
    words: dict[int, tuple[str, ...]]  # by column, those of a group above those of its own

    @property
    def titles(self) -> dict[int, str]:
        """What stands above each column, on one line."""
        return {at: " ".join(words) for at, words in self.words.items()}

    @property
    def numbers(self) -> tuple[int, int]:
        """The lines as Excel numbers them, (0, 0) for none."""
        return (self.first + 1, self.last + 1) if self.last >= 0 else (0, 0)

    @property
    def width(self) -> int:
        """One past the last column that has a title."""
        return max(self.words, default=-1) + 1


def find_header(
    sheet: Sheet, *, is_heading: Callable[[str], bool], header_rows: tuple[int, int] | None = None
) -> Header:
    """The header of the table on a sheet."""
    if header_rows is not None:
        first, last = header_rows
        if not 1 <= first <= last <= len(sheet.rows):
            return Header(first=0, last=-1, words={})
        return _with_titles(sheet, first - 1, last - 1)
    line = _best_line(sheet, is_heading)
    if line is None:
        return Header(first=0, last=-1, words={})
    if _is_lower_line(sheet, line, line + 1, is_heading):
        return _with_titles(sheet, line, line + 1)
    if _is_group_line(sheet, line - 1, line):
        return _with_titles(sheet, line - 1, line)
    return _with_titles(sheet, line, line)


def _best_line(sheet: Sheet, is_heading: Callable[[str], bool]) -> int | None:
    best, best_score = None, 0
    for at in range(min(len(sheet.rows), _SEARCHED_ROWS)):
        texts = {cell_text(cell) for cell in sheet.rows[at] if isinstance(cell, str)} - {""}
        score = sum(1 for text in texts if is_heading(text))
        # One known word is a header only where it is all there is: 日期 also stands above tables.
        if score > best_score and (score > 1 or len(texts) <= 2):
            best, best_score = at, score
    return best if best is not None else _by_shape(sheet)


def _by_shape(sheet: Sheet) -> int | None:
    """The first line that names most columns with short, different texts."""
    width = max(
        (sum(cell is not None for cell in row) for row in sheet.rows[: _SEARCHED_ROWS * 2]), default=0
    )
    for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        texts = [cell_text(cell) for cell in row if cell is not None]
        words = [cell for cell in row if isinstance(cell, str) and _is_short_word(cell_text(cell))]
        if len(texts) == len(words) == len(set(texts)) and len(texts) >= max(2, 0.6 * width):
            return at
    return None


def _is_short_word(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and not any(char.isdigit() for char in text)


def _is_group_line(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether the line above the header holds groups of its columns: 观众 above 男 and 女."""
    if upper < 0:
        return False
    width = _last_filled(sheet.rows[lower]) + 1
    for merge in sheet.merges:
        if merge.first_row <= upper < merge.last_row == lower:
            return True
        beside = merge.last_column - merge.first_column + 1
        if merge.first_row != upper or merge.last_row != upper or not 1 < beside < width:
            continue
        # A title is alone in its line and begins where the table does.
        alone = sum(cell is not None for cell in sheet.rows[upper]) < 2
        if not (alone and merge.first_column <= _first_filled(sheet.rows[lower])):
            return bool(_cell(sheet, upper, merge.first_column)) and _all_words(sheet.rows[upper])
    # Without merged cells (a text table): words above that fill exactly the gaps of the line below.
    gaps = [at for at in _gaps(sheet, lower) if at < width]
    above = [at for at, cell in enumerate(sheet.rows[upper]) if cell is not None]
    return len(above) > 1 and bool(gaps) and set(gaps) <= set(above) and _all_words(sheet.rows[upper])


def _is_lower_line(sheet: Sheet, upper: int, lower: int, is_heading: Callable[[str], bool]) -> bool:
    """Whether the line below the header belongs to it."""
    if lower >= len(sheet.rows) or not _all_words(sheet.rows[lower]):
        return False
    for merge in sheet.merges:
        if merge.first_row == upper and merge.last_row == lower:
            return True
        if merge.first_row == merge.last_row == upper and merge.last_column > merge.first_column:
            beside = range(merge.first_column, merge.last_column + 1)
            if any(_cell(sheet, lower, at) is not None for at in beside):
                return True
    filled = [at for at, cell in enumerate(sheet.rows[lower]) if cell is not None]
    under_gap = set(filled).intersection(_gaps(sheet, upper))
    first = next((at for at, cell in enumerate(sheet.rows[upper]) if cell is not None), 0)
    known = any(is_heading(cell_text(_cell(sheet, lower, at))) for at in filled)
    return bool(under_gap) and first not in filled and (known or len(filled) > 1)


def _gaps(sheet: Sheet, line: int) -> set[int]:
    """The empty columns of a line, without those that a merged cell fills: a heading may reach down from above."""
    width = max(len(sheet.rows[line]), *(len(row) for row in sheet.rows[line : line + 2]))
    merged = {
        at
        for merge in sheet.merges
        if merge.first_row <= line <= merge.last_row
        for at in range(merge.first_column, min(merge.last_column, merge.first_column + 200) + 1)
    }
    return {at for at in range(width) if _cell(sheet, line, at) is None and at not in merged}


def _with_titles(sheet: Sheet, first: int, last: int) -> Header:
    lines = [_spread(sheet, at, last) for at in range(first, last + 1)]
    words: dict[int, tuple[str, ...]] = {}
    for at in sorted({at for line in lines for at in line}):
        found = tuple(dict.fromkeys(line[at] for line in lines if line.get(at)))
        if found:
            words[at] = found
    return Header(first=first, last=last, words=words)


def _spread(sheet: Sheet, line: int, last: int) -> dict[int, str]:
    """The texts of a header line by column, a group's word over all its columns."""
    texts = {at: _flat(cell) for at, cell in enumerate(sheet.rows[line]) if cell is not None}
    for merge in sheet.merges:
        if merge.first_row == line and merge.first_column in texts:
            for at in range(merge.first_column, min(merge.last_column, merge.first_column + 200) + 1):
                texts[at] = texts[merge.first_column]
    if line < last and not any(merge.first_row == line for merge in sheet.merges):
        below = {at for at, cell in enumerate(sheet.rows[last]) if cell is not None}
        current = ""
        for at in range(max(below, default=-1) + 1):
            current = texts.get(at, current)
            if at in below and at not in texts and current:
                texts[at] = current
    return texts


def _flat(cell: Cell) -> str:
    """A heading on one line; between Chinese characters a blank or a new line only spreads them."""
    return _SPREAD.sub("", " ".join(cell_text(cell).split()))


def _all_words(row: list[Cell]) -> bool:
    filled = [cell for cell in row if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and _may_be_heading(cell_text(cell)) for cell in filled)


def _may_be_heading(text: str) -> bool:
    # 填报单位：古四村 says something itself; a heading waits for what stands below it.
    return len(text) <= _LONGEST_HEADING and not _SAYS_ITSELF.search(text)


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    return sheet.rows[row][column] if column < len(sheet.rows[row]) else None


def _first_filled(row: list[Cell]) -> int:
    return next((at for at, cell in enumerate(row) if cell is not None), 0)


def _last_filled(row: list[Cell]) -> int:
    return max((at for at, cell in enumerate(row) if cell is not None), default=-1)
