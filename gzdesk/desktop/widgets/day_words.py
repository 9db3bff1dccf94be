"""Weekdays and months as lists, calendars and forms write them."""

from __future__ import annotations

from datetime import date

from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import weekday_words
from gzdesk.services.again import MONTHLY, Again

__all__ = ["month_title", "rhythm_words", "weekday_letter", "weekday_words"]


def weekday_letter(day: date) -> str:
    """The weekday in one character, for narrow columns: 二."""
    return (_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su"))[day.weekday()]


def month_title(month: Month) -> str:
    """The month in words: 2019年10月."""
    return _("{year}-{month:02d}").format(year=month.year, month=month.month)


def rhythm_words(found: Again) -> str:
    """Why that day was put in: every week, last time 10-30."""
    if not found.rhythm:
        return ""
    if found.rhythm == MONTHLY:
        words = _("every month, last time {month}-{day}")
    elif found.weeks == 1:
        words = _("every week, last time {month}-{day}")
    else:
        words = _("every {weeks} weeks, last time {month}-{day}")
    last = date.fromisoformat(found.last_day)
    return words.format(weeks=found.weeks, month=last.month, day=last.day)
