"""Cells as texts, and texts with what does not tell two headings apart taken away."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from gzdesk.domain.reading import tidy
from gzdesk.workbooks.reading.sheet import Cell, Unread

_IN_BRACKETS = re.compile(r"[(\[{【〔《][^)\]}】〕》]*[)\]}】〕》]")
_NOT_IN_HEADINGS = re.compile(r"[\s*#＊★☆:：/\\、,，.。;；·・_\-—|()\[\]【】〔〕《》“”\"'?？!！]+")


def cell_text(cell: Cell) -> str:
    """A cell as Excel would show it in its plainest form; rounding is not undone."""
    if cell is None or isinstance(cell, Unread):
        return "" if cell is None else "#"
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return _clock(cell.hour, cell.minute, cell.second)
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return _clock(seconds // 3600, seconds // 60 % 60, 0)
    return number_text(cell)


def number_text(number: float) -> str:
    """A number with the fifteen digits that Excel keeps, without a needless `.0`."""
    if number != number or number in (float("inf"), float("-inf")):
        return "#"
    if abs(number) < 1e15 and number == int(number):
        return str(int(number))
    return f"{number:.15g}"


def squashed(heading: str) -> str:
    """A heading without blanks, marks, width and case: `观众人次 （人）` and `观众人次(人)` are one."""
    return _NOT_IN_HEADINGS.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def without_brackets(heading: str) -> str:
    """The heading without what stands in brackets: a unit, an example, `必填`."""
    return _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", heading))


def _clock(hours: int, minutes: int, seconds: int) -> str:
    # 19:29:59.9 is how Excel keeps some 19:30.
    if seconds >= 59:
        hours, minutes = (hours + 1, 0) if minutes == 59 else (hours, minutes + 1)
    return f"{hours:02d}:{minutes:02d}"
