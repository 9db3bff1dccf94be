"""Times of day as people write them: 1930, 19：30, 晚上7点半, 下午3点, 7:30pm. Kept as `19:30`, 24 hours."""

from __future__ import annotations

import re

from gzdesk.domain.reading import FieldProblem, plain
from gzdesk.domain.reading.numbers import western
from gzdesk.i18n import gettext as _

_STORED = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
PART_OF_DAY = "凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|夜晚|夜里|晚|夜|上|下"
_CLOCK = r"(?P<hour>\d{1,2})\s*(?:[:.;点时]\s*(?:(?P<half>半)|(?P<minute>\d{1,2}))?\s*(?:分|钟|整|:00)?)?"
_WRITTEN = re.compile(
    rf"(?P<part>{PART_OF_DAY})?\s*{_CLOCK}\s*(?P<ampm>[ap]\.?m\.?)?", re.ASCII | re.IGNORECASE
)
_RUN = re.compile(rf"(?P<part>{PART_OF_DAY})?\s*(?P<hour>\d{{1,2}})(?P<minute>\d\d)", re.ASCII)
_MORNING = frozenset({"凌晨", "清晨", "早上", "早晨", "早", "上午", "上", "a"})


def is_time(value: object) -> bool:
    """Whether the value is a stored time, `00:00` to `23:59`."""
    return isinstance(value, str) and _STORED.fullmatch(value) is not None


def read_time(text: str) -> str:
    """The time of day that the text means, as `19:30`."""
    cleaned = western(plain(text)).replace(" ", "")
    match = _RUN.fullmatch(cleaned) or _WRITTEN.fullmatch(cleaned)
    if match is None:
        raise FieldProblem(_("This time cannot be read. Write it like {example}.").format(example="19:30"))
    parts = match.groupdict()
    minute = 30 if parts.get("half") else int(parts["minute"] or 0)
    hour = _in_24_hours(int(parts["hour"]), parts["part"] or (parts.get("ampm") or "")[:1].lower())
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise FieldProblem(_("There is no such time. Write it like {example}.").format(example="19:30"))
    return f"{hour:02d}:{minute:02d}"


def minutes_of_day(time: str) -> int:
    """Minutes from midnight to a stored time."""
    return int(time[:2]) * 60 + int(time[3:])


def _in_24_hours(hour: int, part: str) -> int:
    if not part or hour > 12:
        return hour
    if part in _MORNING:
        return 0 if hour == 12 and part in ("凌晨", "a") else hour
    if part == "中午":
        return hour + 12 if hour < 6 else hour
    if hour == 12:
        return 0 if part in ("晚上", "夜晚", "夜里", "晚", "夜") else 12
    return hour + 12 if hour else 0
