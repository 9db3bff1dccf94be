"""What is said of duties: their states, periods and days, in the language in use."""

from __future__ import annotations

import re
from datetime import date

from gzdesk.domain.deadlines import BEFORE, DATES, DONE, LATE, NOTICE, OPEN, OVERDUE, Due
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext, pick
from gzdesk.services.home_words import day_and_weekday

_QUARTER = re.compile(r"(\d{4})-Q(\d)")

TONES = {OPEN: "info", DONE: "ok", LATE: "warn", OVERDUE: "error", BEFORE: "neutral"}
"""The colours of the states; the word always stands beside."""


def state_label(state: str) -> str:
    """A state in one word."""
    return {
        OPEN: _("to do"),
        DONE: _("in time"),
        LATE: _("done late"),
        OVERDUE: _("past due"),
        BEFORE: _("earlier"),
    }[state]


def period_words(due: Due) -> str:
    """What it is about: `2019年10月`, `2019年第4季度`, `2018年`; a notice has no period."""
    if due.duty.every == NOTICE:
        return ""
    if due.duty.every == DATES:
        month = Month.of(due.due_on)
        first, last = month.plus(-3), month.plus(-1)
        return pick(
            zh=f"{first.year}年{first.month}月至{last.month}月",
            en=f"{first.month}/{first.year} to {last.month}/{last.year}",
        )
    quarter = _QUARTER.fullmatch(due.period)
    if quarter:
        return pick(zh=f"{quarter[1]}年第{quarter[2]}季度", en=f"quarter {quarter[2]}/{quarter[1]}")
    year, _dash, rest = due.period.partition("-")
    if not rest:
        return pick(zh=f"{year}年", en=year)
    first_month, _slash, last_month = rest.partition("/")
    months = f"{int(first_month)}" + (f"–{int(last_month)}" if last_month else "")
    return pick(zh=f"{year}年{months}月", en=f"{months}/{year}")


def due_words(due: Due, *, today: date) -> str:
    """When it is due and how long that is: `11月10日（星期日）到期，还有 2 天；请在8日（星期五）前办好`."""
    if due.state == OVERDUE:
        late = (today - due.due_on).days
        words = ngettext("Due on {day}, {count} day over", "Due on {day}, {count} days over", late)
        return words.format(day=day_and_weekday(due.due_on), count=late)
    left = (due.due_on - today).days
    words = ngettext("Due on {day}, {count} day left", "Due on {day}, {count} days left", left)
    said = words.format(day=day_and_weekday(due.due_on), count=left)
    if due.last_workday != due.due_on:
        before = _("nobody works that day: have it ready by {day}").format(
            day=day_and_weekday(due.last_workday)
        )
        said += pick(zh="；", en="; ") + before
    return said
