"""Weekly opening times: `周二至周五 14:30-17:30、19:00-21:00；周六、周日 9:00-11:30；节假日 9:00-17:00`.

Kept as a list of {weekday, from, to}; weekday 1 is Monday, 7 is Sunday and 8 any public holiday.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise

from gzdesk.domain.reading import FieldProblem, plain
from gzdesk.domain.reading.times import PART_OF_DAY, is_time, minutes_of_day, read_time
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language

HOLIDAY = 8
_WEEK = range(1, HOLIDAY)
_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Holidays")
_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日", "节假日")
_GROUPS: dict[str, tuple[int, ...]] = {
    "每天": tuple(_WEEK), "每日": tuple(_WEEK), "天天": tuple(_WEEK), "daily": tuple(_WEEK),
    "工作日": (1, 2, 3, 4, 5), "周末": (6, 7), "双休日": (6, 7), "weekend": (6, 7),
    "节假日": (8,), "公众假期": (8,), "法定假日": (8,), "假日": (8,), "假期": (8,),
    "holidays": (8,), "holiday": (8,),
}  # fmt: skip
_DAY = r"(?:(?:周|星期|礼拜)?(?P<zh>[一二三四五六日天])|(?P<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
_CLOCK = rf"(?:{PART_OF_DAY})?\s*\d{{1,2}}(?:[:.点时]?\s*(?:半|\d{{2}})?分?)"
_TOKEN = re.compile(
    rf"(?P<group>{'|'.join(sorted(_GROUPS, key=len, reverse=True))})"
    rf"|(?P<start>{_CLOCK})\s*(?:-|~|至|到)\s*(?P<end>{_CLOCK})"
    rf"|{_DAY}|(?P<to>-|~|至|到|to\b)|(?P<gap>[\s,，、;；:。和及与]+)",
    re.IGNORECASE,
)


def read_slots(text: str) -> list[dict[str, object]]:
    """The weekly times that the text means, in order of day and time."""
    found: list[dict[str, object]] = []
    days: list[int] = []
    after_times = range_open = False
    for match in _tokens(plain(text)):
        if match["start"]:
            if not days:
                raise _unreadable()
            start, end = _start_and_end(match["start"], match["end"])
            found += [{"weekday": day, "from": start, "to": end} for day in days]
            after_times = True
        elif match["to"]:
            range_open = True
        elif not match["gap"]:
            if after_times:
                days, after_times = [], False
            days += _days(match, days[-1] if range_open and days else None)
            range_open = False
    if not found or not after_times:
        raise _unreadable()
    return checked_slots(found)


_SPAN = re.compile(rf"\s*(?P<start>{_CLOCK})\s*(?:-|~|至|到)+\s*(?P<end>{_CLOCK})\s*")


def read_span(text: str) -> tuple[str, str] | None:
    """The two times of 19:30-21:00 or 下午2:30至5:30, or None when the text is no span of times.

    Raises FieldProblem when it is one, but there are no such times.
    """
    found = _SPAN.fullmatch(plain(text))
    return None if found is None else _start_and_end(found["start"], found["end"])


def checked_slots(slots: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """The slots in order, each once. Raises FieldProblem for a wrong shape or an end before the start."""
    unique: dict[tuple[int, str, str], dict[str, object]] = {}
    for slot in slots:
        day, start, end = slot.get("weekday"), slot.get("from"), slot.get("to")
        whole = isinstance(day, int) and not isinstance(day, bool)
        if not (isinstance(day, int) and whole and 1 <= day <= HOLIDAY and is_time(start) and is_time(end)):
            raise _unreadable()
        first, last = str(start), str(end)
        if first >= last:
            raise FieldProblem(_("{start} to {end}: the end must be later.").format(start=first, end=last))
        unique[(day, first, last)] = {"weekday": day, "from": first, "to": last}
    return [unique[key] for key in sorted(unique)]


def overlapping(slots: Sequence[Mapping[str, object]]) -> tuple[Mapping[str, object], ...]:
    """The first two slots of one weekday that overlap, or nothing. Touching ends do not overlap."""
    ordered = sorted(slots, key=lambda slot: (str(slot.get("weekday")), str(slot.get("from"))))
    for earlier, later in pairwise(ordered):
        if earlier.get("weekday") == later.get("weekday") and str(later.get("from")) < str(earlier.get("to")):
            return (earlier, later)
    return ()


def show_slots(slots: Sequence[Mapping[str, object]]) -> str:
    """The slots in words, days with the same times together. Reads back to the same slots."""
    by_day: dict[int, list[str]] = {}
    for slot in slots:
        by_day.setdefault(int(str(slot["weekday"])), []).append(f"{slot['from']}-{slot['to']}")
    chinese = language() == "zh_CN"
    times_mark, days_mark = ("、", "；") if chinese else (", ", "; ")
    ordered = sorted(by_day.items())
    parts = []
    for _key, group in groupby(enumerate(ordered), key=lambda pair: (pair[1][1], pair[1][0] - pair[0])):
        days = [day for _n, (day, _times) in group]
        times = by_day[days[0]]
        parts += [f"{name} {times_mark.join(times)}" for name in _day_names(days, _ZH if chinese else _EN)]
    return days_mark.join(parts)


def slot_minutes(slot: Mapping[str, object]) -> int:
    """How many minutes a slot lasts."""
    return minutes_of_day(str(slot["to"])) - minutes_of_day(str(slot["from"]))


def weekday_name(weekday: int) -> str:
    """The short name of a weekday, 1 to 7, or of a public holiday, 8."""
    return (_ZH if language() == "zh_CN" else _EN)[weekday - 1]


def _day_names(days: Sequence[int], names: Sequence[str]) -> list[str]:
    week = [day for day in days if day != HOLIDAY]
    found = []
    if len(week) > 1:
        found.append(f"{names[week[0] - 1]}{'至' if names is _ZH else '-'}{names[week[-1] - 1]}")
    elif week:
        found.append(names[week[0] - 1])
    return [*found, names[HOLIDAY - 1]] if HOLIDAY in days else found


def _tokens(text: str) -> Iterable[re.Match[str]]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unreadable()
        yield match
        position = match.end()


def _start_and_end(start: str, end: str) -> tuple[str, str]:
    first, last = read_time(start), read_time(end)
    # 下午2:30-5:30: the part of the day is said once and holds for both ends.
    later = f"{int(last[:2]) + 12:02d}{last[2:]}"
    said_once = not start.lstrip()[0].isdigit() and end.lstrip()[0].isdigit()
    return (first, later) if said_once and last <= first < later < "24:00" else (first, last)


def _days(match: re.Match[str], since: int | None) -> list[int]:
    if match["group"]:
        return list(_GROUPS[match["group"].lower()])
    if match["zh"]:
        day = "一二三四五六日".find(match["zh"].replace("天", "日")) + 1
    else:
        day = [name.lower() for name in _EN].index(match["en"].lower()) + 1
    if since is None:
        return [day]
    if not since < day < HOLIDAY:
        raise _unreadable()
    return list(range(since + 1, day + 1))


def _unreadable() -> FieldProblem:
    example = _("Tue-Fri 14:30-17:30; Sat 9:00-11:30")
    return FieldProblem(_("These times cannot be read. Write them like: {example}").format(example=example))
