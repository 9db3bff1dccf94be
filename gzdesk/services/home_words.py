"""Days and hours as the first page says them."""

from __future__ import annotations

from datetime import date

from gzdesk.domain.opening import Slot
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import pick, weekday_words

_NOON, _EVENING = "12:00", "17:30"


def day_words(day: date) -> str:
    """`10月11日`; in English `10-11`."""
    return _("{month:02d}-{day:02d}").format(month=day.month, day=day.day)


def month_words(month: Month) -> str:
    """`10月`; in English `10/2019`."""
    # Not a catalogue entry: Chinese leaves the year out, and entries must name the same items.
    return pick(zh=f"{month.month}月", en=f"{month.month}/{month.year}")


def day_and_weekday(day: date) -> str:
    """`11月10日（星期日）`; in English `11-10 (Sunday)`."""
    return _("{day} ({weekday})").format(day=day_words(day), weekday=weekday_words(day))


def slot_words(slot: Slot) -> str:
    """`晚间开放至 21:00`."""
    if slot.start < _NOON:
        return _("Morning, until {time}").format(time=slot.end)
    if slot.start < _EVENING:
        return _("Afternoon, until {time}").format(time=slot.end)
    return _("Evening, until {time}").format(time=slot.end)
