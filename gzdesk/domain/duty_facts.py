"""What shows that a duty was done, and which records ask for a notice: read from the bodies of held records.

The day is the one on the paper (a receipt, a notice), never that of an import (indicators.json,
duty_monthly_report_on_time_rate).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from gzdesk.domain.deadlines import Duties, Duty, Fact, Notice, period_of_day
from gzdesk.domain.record import HELD, Record

FUND_ITEMS: Mapping[str, str] = {"21.1": "资金使用监督与统计公告", "29.2": "经费使用报告"}
"""The items and the entries of their checklists (tasks.json) that a published notice of funds is filed under."""

RECORD_TYPES = (
    "monthly_report",
    "quarterly_report",
    "annual_report",
    "asset_check",
    "safety_check",
    "meeting",
    "evidence",
    "open_schedule",
    "closure_notice",
)
"""The records that `facts_of` and `notices_of` read. Month sheets are known by their handover, not by a record."""

_YEAR = re.compile(r"(20\d\d)年")


def facts_of(record: Record, *, unit: str, duties: Duties) -> Iterator[Fact]:
    """The duties that a record shows done for a unit; drafts, voided and half-filled records show none."""
    reader = _READERS.get(record.type)
    if reader is None or record.deleted or record.status != HELD:
        return
    for duty in duties:
        if duty.record_type != record.type:
            continue
        found = reader(duty, record)
        if found is not None:
            period, day = found
            yield Fact(duty=duty.id, unit=unit, period=period, done_on=day, record=record.id)


def notices_of(record: Record, *, unit: str, duties: Duties) -> Iterator[Notice]:
    """The notice that a schedule or a closure asks for."""
    if record.deleted or record.status != HELD:
        return
    duty = next((one for one in duties if one.every == "notice" and one.record_type == record.type), None)
    about = _day(record, "valid_from" if record.type == "open_schedule" else "from")
    if duty is None or about is None:
        return
    ahead = duty.days_ahead if record.values.get("reason") == "repair" else 0
    yield Notice(duty=duty.id, unit=unit, period=record.id, due_on=about - timedelta(days=ahead), about=about)


Found = tuple[str, date] | None


def _monthly(_duty: Duty, record: Record) -> Found:
    day = _day(record, "submitted_on")
    return (_text(record, "period"), day) if day else None


def _quarterly(_duty: Duty, record: Record) -> Found:
    day = _day(record, "submitted_on")
    return (_text(record, "due_on"), day) if day else None


def _annual(_duty: Duty, record: Record) -> Found:
    day, year = _day(record, "published_on"), record.values.get("year")
    return (str(year), day) if day and isinstance(year, int) else None


def _by_its_day(duty: Duty, record: Record) -> Found:
    day = _day(record, "date")
    return (period_of_day(duty, day), day) if day else None


def _meeting(duty: Duty, record: Record) -> Found:
    # A regular meeting counts with its minutes (indicators.json, duty_meeting_count).
    if record.values.get("kind") != "regular" or not _text(record, "minutes").strip():
        return None
    return _by_its_day(duty, record)


def _funds(_duty: Duty, record: Record) -> Found:
    """A notice of funds is a paper filed under its entry of the checklist; its title says which year it is about."""
    day = _day(record, "date")
    entry = FUND_ITEMS.get(_text(record, "task_item"))
    title = _text(record, "title")
    if day is None or entry is None or (_text(record, "covers") != entry and entry not in title):
        return None
    named = _YEAR.search(title)
    return (named[1] if named else str(day.year - 1)), day


def _posted(_duty: Duty, record: Record) -> Found:
    day = _day(record, "posted_on")
    return (record.id, day) if day else None


_READERS: Mapping[str, Callable[[Duty, Record], Found]] = {
    "monthly_report": _monthly,
    "quarterly_report": _quarterly,
    "annual_report": _annual,
    "asset_check": _by_its_day,
    "safety_check": _by_its_day,
    "meeting": _meeting,
    "evidence": _funds,
    "open_schedule": _posted,
    "closure_notice": _posted,
}


def _text(record: Record, name: str) -> str:
    value = record.values.get(name)
    return value if isinstance(value, str) else ""


def _day(record: Record, name: str) -> date | None:
    try:
        return date.fromisoformat(_text(record, name))
    except ValueError:
        return None
