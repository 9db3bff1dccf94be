"""Gathers from the ledger what a unit's monthly sheet is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from gzdesk.domain.month import OpeningFigures
from gzdesk.domain.month_builder import MonthMaterial, opening_figures
from gzdesk.domain.opening import DayPlan, OpenDay, Slot, planned_day
from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED, HELD, Record
from gzdesk.domain.record_type import Field, RecordTypes
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday
from gzdesk.storage.store import Reading

_IDS_AT_ONCE = 900


def month_material(
    read: Reading, *, types: RecordTypes, unit: str, month: Month, today: date
) -> MonthMaterial:
    """Everything written down about that unit's month. Days after `today` are not yet open days."""
    events = month_events(read, types=types, unit=unit, month=month)
    return MonthMaterial(
        events=events,
        references=_referred(read, events, types),
        services=list(read.records.of_types(["volunteer_service"], unit=unit, month=month)),
        loans=list(read.records.of_types(["library_loan"], unit=unit, month=month)),
        makeups=_makeups(read, events, unit=unit, month=month),
        opening=_opening(read, unit=unit, month=month, today=today),
        phone=_phone(read, unit=unit, month=month),
    )


def month_events(read: Reading, *, types: RecordTypes, unit: str, month: Month) -> list[Record]:
    """The unit's events of the month in any status, in the order of their days."""
    event_types = [record_type.id for record_type in types.in_groups("event")]
    return list(read.records.of_types(event_types, unit=unit, month=month))


def month_plans(read: Reading, *, unit: str, month: Month) -> Mapping[str, tuple[DayPlan, ...]]:
    """For each venue of the unit that has a schedule, the plan of every day of the month."""
    schedules = _by_venue(read, "open_schedule", unit)
    closures = _by_venue(read, "closure_notice", unit)
    return {
        venue: tuple(
            planned_day(own, closures.get(venue, ()), day, holiday_name(day), is_makeup_workday(day))
            for day in month.days()
        )
        for venue, own in schedules.items()
    }


def month_register(read: Reading, *, types: RecordTypes, unit: str, month: Month) -> tuple[OpenDay, ...]:
    """Every day of the month with its times, visitors and notes; rooms that are open together are one line."""
    plans = month_plans(read, unit=unit, month=month)
    logs: dict[str, list[Record]] = defaultdict(list)
    for log in read.records.of_types(["opening_log"], unit=unit, month=month, status=HELD):
        logs[str(log.values.get("date"))].append(log)
    reasons = types.by_id["closure_notice"].field("reason")
    return tuple(
        _open_day(day, [found[day.day - 1] for found in plans.values()], logs[day.isoformat()], reasons)
        for day in month.days()
    )


def _open_day(day: date, plans: Sequence[DayPlan], logs: Sequence[Record], reasons: Field | None) -> OpenDay:
    slots = {slot for plan in plans for slot in plan.slots}
    if logs:
        slots = {Slot(start=str(log.values["from"]), end=str(log.values["to"])) for log in logs}
    figures = [value for log in logs if isinstance(value := log.values.get("visitors"), int)]
    closed = next((plan.closed_reason for plan in plans if plan.closed_reason), None)
    choice = reasons.choice(closed) if reasons is not None and closed else None
    return OpenDay(
        day=day,
        slots=tuple(sorted(slots)),
        closed="" if choice is None else choice.label,
        visitors=sum(figures) if figures else None,
        duty_person=_joined(logs, "duty_person"),
        note=_joined(logs, "note"),
        holiday=holiday_name(day) or "",
    )


def _joined(logs: Sequence[Record], name: str) -> str:
    return "、".join(dict.fromkeys(str(log.values[name]) for log in logs if log.values.get(name)))


def _opening(read: Reading, *, unit: str, month: Month, today: date) -> OpeningFigures | None:
    planned: dict[date, list[Slot]] = defaultdict(list)
    for plans in month_plans(read, unit=unit, month=month).values():
        for plan in plans:
            planned[plan.day].extend(plan.slots)
    logs = read.records.of_types(["opening_log"], unit=unit, month=month, status=HELD)
    return opening_figures(planned=planned, logs=logs, until=min(today, month.last_day))


def _by_venue(read: Reading, type_id: str, unit: str) -> dict[str, list[Mapping[str, object]]]:
    found: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for record in read.records.of_types([type_id], unit=unit, status=HELD):
        found[str(record.values.get("facility_id", ""))].append(record.values)
    return found


def _referred(read: Reading, events: Sequence[Record], types: RecordTypes) -> dict[str, Record]:
    """The records that events are named after: the films of screenings."""
    ids = set()
    for event in events:
        record_type = types.by_id[event.type]
        name = record_type.sheet.get("name", record_type.title)
        field = record_type.field(name)
        if field is not None and field.kind == "reference" and name in event.values:
            ids.add(str(event.values[name]))
    ordered = sorted(ids)
    found: dict[str, Record] = {}
    for start in range(0, len(ordered), _IDS_AT_ONCE):
        found |= read.records.many(ordered[start : start + _IDS_AT_ONCE])
    return found


def _makeups(read: Reading, events: Sequence[Record], *, unit: str, month: Month) -> list[Record]:
    cancelled = {event.id for event in events if event.status == CANCELLED}
    if not cancelled:
        return []
    later = read.records.of_types(
        ["film_screening"], unit=unit, first_day=month.first_day.isoformat(), status=HELD
    )
    return [record for record in later if record.values.get("makeup_of") in cancelled]


def _phone(read: Reading, *, unit: str, month: Month) -> str:
    """The public phone number on the notice board that was valid in the month."""
    schedules = [
        record.values
        for record in read.records.of_types(["open_schedule"], unit=unit, status=HELD)
        if str(record.values.get("valid_from", "")) <= month.last_day.isoformat()
    ]
    latest = max(schedules, key=lambda values: str(values.get("valid_from", "")), default={})
    return str(latest.get("phone", ""))
