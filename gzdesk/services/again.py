"""The same as last time: which record is meant, on which day it comes round, and what the next one is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED, HELD, PLANNED, Record
from gzdesk.domain.record_type import RecordType
from gzdesk.services.context import Context
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

_LOOKED_BACK = 80  # records; a course of last term is still among them
_WEEK_DAYS, _MOST_WEEKS = 7, 4
_COUNTER = re.compile(r"(第\s*)(\d{1,3})(\s*[课讲期次场节堂回集])")
WEEKLY, MONTHLY = "weekly", "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A record to write anew. `day` is the day it comes round, empty when no rhythm is to be seen.

    `rhythm` is `weekly` (every `weeks` weeks) or `monthly`; `title` is the next one's, when it is numbered.
    """

    record_id: str
    last_day: str = ""
    day: str = ""
    rhythm: str = ""
    weeks: int = 0
    title: str = ""


def again(context: Context, read: Reading, record_type: RecordType, *, nth: int) -> Again | None:
    """The last record of that type, or the last of the `nth` other kind before it (other name); None for none."""
    kinds = _kinds(context, read, record_type)
    if not kinds:
        return None
    own = kinds[nth % len(kinds)]
    last = own[0]
    day = _day(record_type, last)
    rhythm, weeks = _rhythm([found for record in own if (found := _day(record_type, record))])
    following = _following(day, rhythm, weeks) if day else None
    return Again(
        record_id=last.id,
        last_day=day.isoformat() if day else "",
        day=following.isoformat() if following else "",
        rhythm=rhythm if following else "",
        weeks=weeks,
        title=next_title(str(last.values.get(record_type.title, ""))),
    )


def next_title(title: str) -> str:
    """The title with its number one higher (书法班（第3课） becomes 第4课); empty when it has none."""
    found = _COUNTER.findall(title)
    if len(found) != 1:
        return ""
    return _COUNTER.sub(lambda match: f"{match[1]}{int(match[2]) + 1}{match[3]}", title)


def _kinds(context: Context, read: Reading, record_type: RecordType) -> list[list[Record]]:
    """The records of the type by what they are called, the latest first; a title that is chosen tells no kinds."""
    query = ListQuery(
        types=(record_type.id,),
        unit=None if record_type.scope == "town" else context.own_scope,
        statuses=(HELD, PLANNED, CANCELLED),
        last_day=context.mint.today().isoformat(),  # what is only planned is no last time
        descending=True,
        limit=_LOOKED_BACK,
    )
    rows = read.queries.rows(query)
    found = read.records.many([row.id for row in rows])
    field = record_type.field(record_type.title)
    named = field is not None and field.kind == "text"
    kinds: dict[str, list[Record]] = {}
    for row in rows:
        stem = _COUNTER.sub("", row.title) if named else ""
        kinds.setdefault(stem, []).append(found[row.id])
    return list(kinds.values())


def _day(record_type: RecordType, record: Record) -> date | None:
    value = record.values.get(record_type.month_of or "")
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _rhythm(days: Sequence[date]) -> tuple[str, int]:
    """The rhythm of the last two days, which come latest first."""
    if len(days) < 2:
        return "", 0
    gap = (days[0] - days[1]).days
    if gap > 0 and gap % _WEEK_DAYS == 0 and gap // _WEEK_DAYS <= _MOST_WEEKS:
        return WEEKLY, gap // _WEEK_DAYS
    if days[0].day == days[1].day and Month.of(days[1]).plus(1) == Month.of(days[0]):
        return MONTHLY, 0
    return "", 0


def _following(day: date, rhythm: str, weeks: int) -> date | None:
    if rhythm == WEEKLY:
        return day + timedelta(weeks=weeks)
    if rhythm == MONTHLY:
        month = Month.of(day).plus(1)
        return date(month.year, month.month, day.day) if day.day <= month.last_day.day else None
    return None
