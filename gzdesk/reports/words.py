"""How documents write months, days, hours and the like, in the language in use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gzdesk.domain.month import MonthSheet
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _

NOT_APPLICABLE = "—"
_MINUTES_PER_TENTH = 6


def month_text(month: Month) -> str:
    """2019年10月."""
    return _("{year}-{month:02d}").format(year=month.year, month=month.month)


def day_text(day: date) -> str:
    """2019年10月5日: in a Chinese text a date has no leading zeros (GB/T 9704)."""
    return _("{year}-{month:02d}-{day:02d}").format(year=day.year, month=day.month, day=day.day)


def short_day_text(day: date) -> str:
    """10月5日."""
    return _("{month:02d}-{day:02d}").format(month=day.month, day=day.day)


def span_text(first: date, last: date) -> str:
    """10月1日至10月7日, or one day."""
    if first == last:
        return short_day_text(first)
    return _("{first}–{last}").format(first=short_day_text(first), last=short_day_text(last))


def day_to_fill_in(month: Month | None) -> str:
    """A date whose day, or all of it, is written by hand."""
    if month is None:
        return _("______-____-____")
    return _("{year}-{month:02d}-____").format(year=month.year, month=month.month)


def year_text(year: int) -> str:
    """2019年."""
    return _("{year}").format(year=year)


def number_text(value: Decimal, *, decimals: int) -> str:
    """1,234.50: an exact number with that many places, for money two."""
    return f"{value:,.{decimals}f}"


def plain_decimal(value: Decimal) -> str:
    """12.5 and 1,200: an exact number without zeros after the point."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def hundredths_text(value: int) -> str:
    """150 as 1.5, 200 as 2."""
    whole, part = divmod(value, 100)
    return f"{whole:,}" + f".{part:02d}".rstrip("0") if part else f"{whole:,}"


def hours_text(minutes: int) -> str:
    """Hours to one decimal place, half a tenth rounded up: 10230 minutes as 170.5."""
    tenths = (minutes * 2 + _MINUTES_PER_TENTH) // (2 * _MINUTES_PER_TENTH)
    return hundredths_text(tenths * 10)


def centre_name(*, kind: str, name: str) -> str:
    """The institution that fills in a form: the village's service centre, or the town's cultural station."""
    if kind == "town":
        return _("{unit} Cultural Station").format(unit=name)
    return _("{unit} Culture Service Centre").format(unit=name)


def commas(parts: Iterable[str]) -> str:
    """The texts that are not empty, with commas between them."""
    return _(", ").join(part for part in parts if part)


def semicolons(parts: Iterable[str]) -> str:
    """The texts that are not empty, with semicolons between them."""
    return _("; ").join(part for part in parts if part)


def sentence(parts: Iterable[str]) -> str:
    """The same, closed with a full stop; empty when there is nothing to say."""
    words = semicolons(parts)
    return _("{words}. ").format(words=words) if words else ""


def state_mark(sheet: MonthSheet) -> str:
    """What stands in grey after the title: that it is a draft, and which correction it is."""
    marks = [] if sheet.closed else [_(" (draft)")]
    if sheet.correction:
        marks.append(_(" (correction no. {number})").format(number=sheet.correction))
    return "".join(marks)


def sheet_footer(sheet: MonthSheet) -> str:
    """The form number and the check code."""
    return _("Form {number}   Check code {code}").format(number=sheet.number, code=sheet.check_code)
