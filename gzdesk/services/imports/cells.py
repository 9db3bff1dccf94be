"""A cell of a table as the text a person would type into the form's field; the form's own reader does the rest.

What cannot be known is refused, not guessed: a number that Excel has rounded, a date that may be two.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from gzdesk.domain.fields import FieldProblem
from gzdesk.domain.reading import plain, tidy
from gzdesk.domain.record_type import Field
from gzdesk.i18n import gettext as _
from gzdesk.workbooks.reading.sheet import Cell, Unread
from gzdesk.workbooks.reading.words import cell_text, number_text

_DASHES = frozenset("/-—–―－_~～\\、.·*×无") | {"--", "——", "//", "---", "n/a", "N/A", "NULL", "null", "None"}
_NONE = frozenset({"无", "没有", "暂无", "不详", "未知", "未填", "空", "none", "n/a", "nil"})
_FREE = frozenset({"免费", "不收费", "公益", "公益免费", "free", "免票", "免"})
_ROUNDED = re.compile(r"[+-]?\d(?:\.\d+)?e\+?\d{2,3}", re.IGNORECASE)
# Excel keeps fifteen digits: of a longer number the end is gone.
_MOST_EXACT = 1e15
_EXCEL_DAY_0 = datetime(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 7_000, 110_000  # 1919 to 2201
_TEXTS = frozenset({"text", "note", "list", "choice", "choices", "reference", "unit", "units", "slots"})
_DAYS = frozenset({"date", "partial_date", "month", "quarter"})


def text_for(field: Field, cell: Cell, *, in_ten_thousands: bool = False) -> str:
    """What the form would be given for a cell; empty for a cell that says nothing. Raises FieldProblem."""
    if isinstance(cell, Unread):
        raise FieldProblem(_no_result(cell))
    if isinstance(cell, float) and not math.isfinite(cell):
        raise FieldProblem(_no_result(Unread.ERROR))
    text = cell_text(cell)
    if not text or (isinstance(cell, str) and says_nothing(field, text)):
        return ""
    if field.kind in _TEXTS:
        return _as_text(field, cell, text)
    if field.kind in ("integer", "decimal"):
        return _as_number(field, cell, text, in_ten_thousands=in_ten_thousands)
    if field.kind in _DAYS:
        return _as_day(field, cell, text)
    if field.kind == "time":
        return _as_time(cell, text)
    return text


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a plain number; Yes and No are none."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def serial_day(number: float) -> datetime | None:
    """The moment that Excel means by a number of days, or None where no day of our time is meant."""
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        return _EXCEL_DAY_0 + timedelta(minutes=round(number * 24 * 60))
    return None


def says_nothing(field: Field, text: str) -> bool:
    """Whether a text in a table stands for an empty cell: a dash, 无 where nothing else is meant."""
    if field.kind in ("text", "note", "list", "choice", "choices"):
        # 无 in a text is what somebody wrote; in a phone number it is none.
        return text in _DASHES - {"无"} or (bool(field.form) and plain(text).lower() in _NONE)
    return field.kind != "yes_no" and (text in _DASHES or plain(text).lower() in _NONE)


def _as_text(field: Field, cell: Cell, text: str) -> str:
    if is_number(cell) and abs(float(str(cell))) >= _MOST_EXACT:
        raise FieldProblem(_rounded(number_text(float(str(cell)))))
    if isinstance(cell, str) and _ROUNDED.fullmatch(text.strip()):
        raise FieldProblem(_rounded(text))
    if field.kind == "reference":
        return _without_title_marks(text)
    return cell if isinstance(cell, str) else text


def _as_number(field: Field, cell: Cell, text: str, *, in_ten_thousands: bool) -> str:
    if isinstance(cell, (time, timedelta)) and field.unit_zh in ("小时", "课时"):
        hours, minutes = text.split(":")
        return f"{(int(hours) * 60 + int(minutes)) / 60:.4g}"
    if plain(text).lower() in _FREE:
        return "0"
    return f"{text}万" if in_ten_thousands and "万" not in text else text


def _as_day(field: Field, cell: Cell, text: str) -> str:
    if isinstance(cell, (datetime, date)):
        return text[:7] if field.kind == "month" else text[:10]
    if not is_number(cell):
        return text
    moment = serial_day(float(str(cell)))
    if moment is not None:
        return cell_text(moment)[: 7 if field.kind == "month" else 10]
    _refuse_lost_zero(text, after_point=field.kind)
    return text


def _as_time(cell: Cell, text: str) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%H:%M}"
    if not is_number(cell):
        return text
    number = float(str(cell))
    if 0 <= number < 1:
        return cell_text(timedelta(days=number))
    moment = serial_day(number)
    if moment is not None and number != int(number):
        return f"{moment:%H:%M}"
    if number != int(number):
        if text.endswith(".5"):
            raise FieldProblem(_("{text} may be half past or ten to. Write it like 19:30.").format(text=text))
        return f"{number:.2f}"  # 19.30, which Excel made 19.3
    return text


def _refuse_lost_zero(text: str, *, after_point: str) -> None:
    """Excel turns 3.10 and 2019.10 typed as a number into 3.1 and 2019.1: the day or month may be either."""
    before, point, after = text.partition(".")
    unclear = after in ("1", "2", "3") if len(before) <= 2 else after == "1"
    if point and unclear:
        raise FieldProblem(
            _("{text} may have lost a zero at its end. Write the date like {example}.").format(
                text=text, example="2019-03-10"
            )
        )


def _without_title_marks(text: str) -> str:
    inner = tidy(text)
    return inner[1:-1].strip() if inner.startswith("《") and inner.endswith("》") else inner


def _rounded(text: str) -> str:
    message = _("Excel has rounded this long number ({text}). Type it again as text in the table.")
    return message.format(text=text)


def _no_result(cell: Unread) -> str:
    if cell is Unread.ERROR:
        return _("Excel shows an error in this cell. Please put it right in the table.")
    return _("This formula has no result yet. Open the table in Excel or WPS, save it, and choose it again.")
