"""The year that 3月5日 leaves open: from the line above, the neighbours, the title, the sheet or the file name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.reading import plain
from gzdesk.domain.reading.numbers import western
from gzdesk.services.imports.cells import is_number, serial_day
from gzdesk.workbooks.reading.sheet import Cell
from gzdesk.workbooks.reading.words import cell_text

_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20|21)\d\d)\s*[年.\-/]?\s*(1[0-2]|0?[1-9])\s*(?:月|$|[^\d.\-/年])")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月")
# When the table was made says nothing of what stands in it.
_MADE_ON = re.compile(r"(?:填表|制表|填报|打印|报送|上报|导出)(?:日期|时间)\s*[:：]?\s*[\d年月日.\-/ ]+")
_FULL = re.compile(r"(?:((?:19|20|21)\d\d)|(\d\d))[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})[日号]?.*")
_NO_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})(?:[日号]|(?!\d))")
_DAY_ONLY = re.compile(r"(\d{1,2})[日号]?")
_WEEKDAY = re.compile(r"(?<=.)\(?(?:周|星期|礼拜)[一二三四五六日天]\)?$")
_CLOCK_AFTER_DAY = re.compile(
    r"(?P<day>.*?(?:\d{1,2}[日号]|\d[-/.]\d{1,2}|\d{8}))\s*[,，、]?\s*"
    r"(?P<weekday>[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?)?\s*[,，、]?\s*"
    r"(?P<clock>(?:凌晨|早|上午|中午|下午|午后|傍晚|晚|夜|\d{1,2}\s*[:：点时]|\d{4}\b).*)",
    re.DOTALL,
)
_HALF_A_YEAR = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What the texts around a table say about its time. Two different years say nothing."""

    year: int | None = None
    month: int | None = None


def period_of(*texts: str) -> Period:
    """The year and the month that the texts say, each from the first text that says just one."""
    year = month = None
    for text in texts:
        cleaned = western(plain(_MADE_ON.sub("", text)))
        years = {int(found) for found in _YEAR.findall(cleaned)}
        months = {int(found) for _year, found in _YEAR_MONTH.findall(cleaned)}
        months = months or {int(found) for found in _MONTH.findall(cleaned)}
        year = years.pop() if year is None and len(years) == 1 else year
        month = months.pop() if month is None and len(months) == 1 else month
    return Period(year=year, month=month)


def section_period(text: str, around: Period) -> Period:
    """What a heading line within the table adds: 十月份 is the month of the table's year."""
    own = period_of(text)
    return Period(year=own.year or around.year, month=own.month or around.month)


def with_year(text: str, *, year: int | None, month: int | None) -> str:
    """The text of a date with its year put before it where it has none and one is known."""
    cleaned, weekday = _cleaned(text)
    found = _NO_YEAR.fullmatch(cleaned)
    if found and year and not _FULL.fullmatch(cleaned):
        return f"{year}年{found[1]}月{found[2]}日{weekday}"
    day = _DAY_ONLY.fullmatch(cleaned)
    if day and year and month:
        return f"{year}年{month}月{day[1]}日{weekday}"
    return text


def parted(text: str, cell: Cell) -> tuple[str, str]:
    """The day that a cell says, and the time that stands behind it. `text` is what a form would be given."""
    if not isinstance(cell, str):
        moment = cell_text(cell)
        return text, moment[11:16] if len(moment) > 10 and moment[10] == " " else ""
    found = _CLOCK_AFTER_DAY.fullmatch(text.strip())
    if found is None:
        return text, ""
    return found["day"] + (found["weekday"] or ""), found["clock"]


def lacks_month(text: str) -> bool:
    """Whether a date is only a day: without a month around it nobody can tell which."""
    return _DAY_ONLY.fullmatch(_cleaned(text)[0]) is not None


def lacks_year(text: str) -> bool:
    """Whether a date is written without its year."""
    cleaned, _weekday = _cleaned(text)
    return bool(_NO_YEAR.fullmatch(cleaned)) and not _FULL.fullmatch(cleaned)


def years_by_neighbours(cells: Sequence[Cell], *, around: int | None) -> list[int | None]:
    """For each cell of a column of dates the year it has, or that the nearest dated cell above or below suggests.

    After a December a January is of the next year, unless the table is of one year alone (`around`).
    """
    known = [_year_and_month(cell) for cell in cells]
    found: list[int | None] = [None] * len(cells)
    _carry(known, found, range(len(cells)), later=True, around=around)
    _carry(known, found, range(len(cells) - 1, -1, -1), later=False, around=around)
    return found


def _carry(
    known: Sequence[tuple[int | None, int | None]],
    found: list[int | None],
    order: range,
    *,
    later: bool,
    around: int | None,
) -> None:
    last: tuple[int, int] | None = None
    for at in order:
        year, month = known[at]
        if year is not None:
            last = (year, month or 6)
            found[at] = year
        elif month is not None and last is not None and found[at] is None:
            found[at] = last[0] if last[0] == around else _beside(last, month, later=later)
            last = (found[at] or last[0], month)


def _beside(last: tuple[int, int], month: int, *, later: bool) -> int:
    year, neighbour = last
    if later and neighbour - month >= _HALF_A_YEAR:
        return year + 1
    if not later and month - neighbour >= _HALF_A_YEAR:
        return year - 1
    return year


def _year_and_month(cell: Cell) -> tuple[int | None, int | None]:
    if isinstance(cell, date):
        return cell.year, cell.month
    if is_number(cell):
        moment = serial_day(float(str(cell)))
        if moment is not None:
            return moment.year, moment.month
    if not isinstance(cell, (str, int, float)) or isinstance(cell, bool):
        return None, None
    cleaned, _weekday = _cleaned(str(cell))
    full = _FULL.fullmatch(cleaned)
    if full and (full[1] or len(re.findall(r"\d+", cleaned)) >= 3):
        return int(full[1] or f"20{full[2]}"), int(full[3])
    short = _NO_YEAR.fullmatch(cleaned)
    return (None, int(short[1])) if short else (None, None)


def _cleaned(text: str) -> tuple[str, str]:
    """The date in plain digits, and the weekday behind it, which the reader of dates checks."""
    cleaned = plain(text).replace(" ", "")
    weekday = _WEEKDAY.search(cleaned)
    day = cleaned[: weekday.start()] if weekday else cleaned
    return western(day), weekday[0] if weekday else ""
