"""The time a table is of. A saved one says `last month` and so gives another table next month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.reports.words import month_text

RELATIVE = ("this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year")
KINDS = (*RELATIVE, "month", "quarter", "year", "days", "all")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both counted; None is no limit. `words` say it in the language in use."""

    first: date | None
    last: date | None
    words: str

    @property
    def months(self) -> tuple[Month, Month] | None:
        """The months when it consists of whole ones: records that know only their month are then among them."""
        if self.first is None or self.last is None:
            return None
        first, last = Month.of(self.first), Month.of(self.last)
        whole = (self.first, self.last) == (first.first_day, last.last_day)
        return (first, last) if whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A choice of time. `month`, `quarter` and `year` begin in the month `first` (2019-10); `days` go from
    `first` to `last` (2019-10-05), either of which may be left out.
    """

    kind: str = "this_year"
    first: str = ""
    last: str = ""

    def span(self, today: date) -> Span:
        """The days that are meant on that day. Raises UserError `bad_period`."""
        try:
            return self._span(today)
        except ValueError:
            raise UserError(
                code="bad_period",
                message=_("This time can't be read: {text}").format(text=f"{self.first} {self.last}".strip()),
                hint=_("Write a month like 2019-10 or days like 2019-10-05."),
            ) from None

    def _span(self, today: date) -> Span:
        if self.kind == "all":
            return Span(first=None, last=None, words=_("all of the time"))
        if self.kind == "days":
            return self._days()
        which, _sep, unit = self.kind.partition("_")
        size = _MONTHS[unit or which]
        start = _first_month(Month.of(today) if unit else Month.parse(self.first), size)
        if which == "last":
            start = start.plus(-size)
        return Span(
            first=start.first_day, last=start.plus(size - 1).last_day, words=period_words(start, months=size)
        )

    def _days(self) -> Span:
        first = date.fromisoformat(self.first) if self.first else None
        last = date.fromisoformat(self.last) if self.last else None
        if first and last and last < first:
            raise ValueError("ends before it begins")
        begin, end = (day.isoformat() if day else "" for day in (first, last))
        if first and last:
            words = _("{first} to {last}").format(first=begin, last=end)
        elif first:
            words = _("from {first} on").format(first=begin)
        else:
            words = _("up to {last}").format(last=end) if last else _("all of the time")
        return Span(first=first, last=last, words=words)


def kind_words(kind: str) -> str:
    """The choice of time in the language in use."""
    return {
        "this_month": _("this month"),
        "last_month": _("last month"),
        "this_quarter": _("this quarter"),
        "last_quarter": _("last quarter"),
        "this_year": _("this year"),
        "last_year": _("last year"),
        "month": _("a month"),
        "quarter": _("a quarter"),
        "year": _("a year"),
        "days": _("from … to …"),
        "all": _("all of the time"),
    }[kind]


def period_words(first: Month, *, months: int) -> str:
    """2019年10月, 2019年第4季度, 2019年."""
    if months == _MONTHS["year"]:
        return year_words(first.year)
    if months == _MONTHS["quarter"]:
        return quarter_words(first.year, (first.month + 2) // 3)
    return month_text(first)


def month_or_year_words(month: Month | None, year: int | None) -> str:
    """The month or the year that limits a list, or an empty text."""
    if month is not None:
        return month_text(month)
    return "" if year is None else year_words(year)


def quarter_words(year: int, quarter: int) -> str:
    """2019年第4季度."""
    return _("{year}, quarter {quarter}").format(year=year, quarter=quarter)


def year_words(year: int) -> str:
    """2019年."""
    return _("year {year}").format(year=year)


def _first_month(month: Month, size: int) -> Month:
    return Month(month.year, (month.month - 1) // size * size + 1)
