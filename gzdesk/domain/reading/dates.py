"""Days, months and quarters as people write them: 5, 1105, 11-5, 2019.11.5, 3月5日, 昨天, 上周五."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from gzdesk.domain.period import DateSpan, Month
from gzdesk.domain.reading import FieldProblem, ParseContext, plain
from gzdesk.domain.reading.numbers import western
from gzdesk.domain.reading.slots import weekday_name
from gzdesk.i18n import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199
# A day and month without a year that would lie further ahead than this is meant in the year before:
# in January people still type December.
_HALF_A_YEAR = timedelta(days=183)

_DAY_WORDS = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "yesterday": -1,
    "今天": 0, "今日": 0, "今晚": 0, "today": 0,
    "明天": 1, "明日": 1, "明晚": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEK_WORDS = {"上上": -2, "上": -1, "": 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_WEEK = re.compile(r"(上上|上|下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天末])")
_WEEKDAY_AFTER = re.compile(r"(?<=.)\s*\(?(?:周|星期|礼拜)([一二三四五六日天])\)?$")
_YEAR_WORDS = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "前年": -2}
_MONTH_WORDS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "当月": 0, "下个月": 1, "下月": 1}
_YEAR, _MONTH, _DAY = r"(?P<year>\d{4}|\d{2})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_DATE_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_YEAR}[-/.年]{_MONTH}[-/.月]{_DAY}[日号]?",
        rf"{_MONTH}[-/.月]{_DAY}[日号]?",
        rf"{_DAY}[日号]?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<month>\d{1,2})(?P<day>\d\d)",
    )
)
_YEAR_ALONE = re.compile(r"(\d{4})年?", re.ASCII)
_MONTH_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (r"(?P<year>\d{4})[-/.年]?(?P<month>\d{1,2})月?(?:份)?", r"(?P<month>\d{1,2})月?(?:份)?")
)
_QUARTER = re.compile(
    r"(?:(?P<year>\d{4})年?-?)?(?:第?(?P<zh>[1-4])季度?|q(?P<en>[1-4])|(?P<bare>[1-4]))", re.ASCII
)
_STORED_QUARTER = re.compile(r"(\d{4})-Q[1-4]", re.ASCII)


def read_date(text: str, context: ParseContext) -> date:
    """The day that the text means."""
    cleaned = plain(text).replace(" ", "").lower().replace("。", ".")
    if cleaned in _DAY_WORDS:
        return context.today + timedelta(days=_DAY_WORDS[cleaned])
    week = _WEEK.fullmatch(cleaned)
    if week:
        monday = context.today - timedelta(days=context.today.weekday())
        return monday + timedelta(weeks=_WEEK_WORDS[week[1] or ""], days=_WEEKDAYS[week[2]])
    digits = western(_WEEKDAY_AFTER.sub("", _with_year_and_month(cleaned, context)))
    for form in _DATE_FORMS:
        match = form.fullmatch(digits)
        if match:
            return _on_weekday(_day(match.groupdict(), context), _WEEKDAY_AFTER.search(cleaned))
    message = _("This date cannot be read. Write {example}, or only the day.")
    raise FieldProblem(message.format(example=context.today.isoformat()))


def read_partial_date(text: str, context: ParseContext) -> str:
    """A year, a month or a day: `2018`, `2018-07` or `2018-07-05`."""
    cleaned = western(plain(text).replace(" ", ""))
    year = _YEAR_ALONE.fullmatch(cleaned)
    if year and FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
        return year[1]
    # 2018.7 and 201807 are months; 7-5 and 0705 are days.
    if re.match(r"\d{4}\D|\d{6}$|\d{1,2}月(?:份)?$", cleaned, re.ASCII):
        month = _month_of(cleaned, context)
        if month:
            return str(month)
    return read_date(text, context).isoformat()


def read_month(text: str, context: ParseContext) -> str:
    """The month that the text means, as `2019-10`."""
    cleaned = plain(text).replace(" ", "")
    if cleaned in _MONTH_WORDS:
        return str(Month.of(context.today).plus(_MONTH_WORDS[cleaned]))
    month = _month_of(western(_with_year_and_month(cleaned, context)), context)
    if month is None:
        raise FieldProblem(_("This month cannot be read. Write it like {example}.").format(example="2019-10"))
    return str(month)


def read_quarter(text: str, context: ParseContext) -> str:
    """The quarter that the text means, as `2019-Q1`."""
    cleaned = western(_with_year_and_month(plain(text).replace(" ", "").lower(), context))
    match = _QUARTER.fullmatch(cleaned)
    year = int((match and match["year"]) or _near(context).year)
    if match is None or not FIRST_YEAR <= year <= LAST_YEAR:
        message = _("This quarter cannot be read. Write it like {example}.")
        raise FieldProblem(message.format(example="2019-Q1"))
    return f"{year:04d}-Q{match['zh'] or match['en'] or match['bare']}"


def is_date(value: object) -> bool:
    """Whether the value is a stored day such as `2019-03-05`."""
    return isinstance(value, str) and len(value) == 10 and is_partial_date(value)


def is_partial_date(value: object) -> bool:
    """Whether the value is a stored year, month or day."""
    if not (isinstance(value, str) and value.isascii()):
        return False
    try:
        return FIRST_YEAR <= DateSpan.parse(value).first.year <= LAST_YEAR
    except ValueError:
        return False


def is_month(value: object) -> bool:
    """Whether the value is a stored month such as `2019-10`."""
    return isinstance(value, str) and len(value) == 7 and is_partial_date(value)


def is_quarter(value: object) -> bool:
    """Whether the value is a stored quarter such as `2019-Q1`."""
    match = _STORED_QUARTER.fullmatch(value) if isinstance(value, str) else None
    return match is not None and FIRST_YEAR <= int(match[1]) <= LAST_YEAR


def _near(context: ParseContext) -> date:
    return context.month.last_day if context.month else context.today


def _with_year_and_month(text: str, context: ParseContext) -> str:
    for word, years in _YEAR_WORDS.items():
        if text.startswith(word):
            return f"{context.today.year + years}年{text[len(word) :]}"
    for word, months in _MONTH_WORDS.items():
        if text.startswith(word):
            month = Month.of(context.today).plus(months)
            return f"{month.year}年{month.month}月{text[len(word) :]}"
    return text


def _day(parts: dict[str, str | None], context: ParseContext) -> date:
    near = context.month or Month.of(context.today)
    month = int(parts.get("month") or near.month)
    day = int(parts["day"] or 0)
    year_text = parts.get("year")
    if year_text:
        year = int(year_text) + (2000 if len(year_text) == 2 else 0)
        return _checked(year, month, day)
    found = _checked(near.year, month, day)
    if parts.get("month") and found - _near(context) > _HALF_A_YEAR:
        return _checked(near.year - 1, month, day)
    return found


def _on_weekday(day: date, written: re.Match[str] | None) -> date:
    """The day, when the weekday written after it is its own: one of the two is a slip of the pen."""
    if written is not None and _WEEKDAYS[written[1]] != day.weekday():
        message = _("{date} is not that weekday but {weekday}. Please check the date.")
        raise FieldProblem(message.format(date=day.isoformat(), weekday=weekday_name(day.isoweekday())))
    return day


def _checked(year: int, month: int, day: int) -> date:
    if not (1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        raise FieldProblem(_("There is no such date. Please check the year and the month."))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        message = _("Month {month} of {year} has only days 1 to {last}. Please check the day.")
        raise FieldProblem(message.format(month=month, year=year, last=last))
    return date(year, month, day)


def _month_of(text: str, context: ParseContext) -> Month | None:
    for form in _MONTH_FORMS:
        match = form.fullmatch(text)
        if match:
            year = int(match.groupdict().get("year") or _near(context).year)
            month = int(match["month"])
            return Month(year, month) if 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR else None
    return None
