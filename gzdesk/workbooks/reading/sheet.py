"""A sheet of a table as it was read: its cells, which of them are merged, and what is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum


class Unread(Enum):
    """A cell without a value that one could take."""

    ERROR = "error"  # Excel shows #N/A or its like
    FORMULA = "formula"  # a formula that no program has reckoned yet


# An empty cell is None. A whole number of a workbook arrives as a float: a workbook knows no other number.
Cell = str | float | bool | date | datetime | time | timedelta | Unread | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells shown as one; only the first holds the value. Rows and columns count from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. `rows[0]` is row 1 of the sheet, whether it is empty or not; rows may differ in length."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def column_letter(index: int) -> str:
    """The name that Excel gives to a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
