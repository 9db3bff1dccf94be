"""The weekly hours of a venue in a few short lines: days with the same hours stand together."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from gzdesk.domain.opening import Slot
from gzdesk.domain.reading.slots import HOLIDAY, weekday_name
from gzdesk.i18n import gettext as _


def week_lines(weekly: Mapping[int, tuple[Slot, ...]], holiday_rule: str) -> list[tuple[str, str]]:
    """Days and their hours, closed days too; holidays as the notice puts them."""
    ordered = [(weekday, weekly.get(weekday, ())) for weekday in range(1, HOLIDAY)]
    lines = []
    for slots, group in groupby(ordered, key=lambda pair: pair[1]):
        days = [weekday for weekday, _slots in group]
        name = weekday_name(days[0])
        if len(days) > 1:
            name = f"{name}–{weekday_name(days[-1])}"
        lines.append((name, "\n".join(f"{slot.start}–{slot.end}" for slot in slots) or _("closed")))
    if holiday_rule:
        lines.append((weekday_name(HOLIDAY), holiday_rule))
    return lines
