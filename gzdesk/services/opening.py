"""The opening days of a month: planned from the weekly schedule, confirmed by one number a day.

How a day is written down: one `opening_log` record for each time the venue was open that day (the rule of the
register), so that hours stay exact: 14:30-17:30 and 19:00-21:00 are five hours, not six and a half. The number of
visitors is one figure for the day and stands in the first of these records only, so that sums over records are
right. A day without any record counts with its plan and has no figure: missing, never 0. A day with records counts
with their times alone. Clearing the number of a day that is otherwise as planned takes its records away again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gzdesk.domain.opening import DayPlan, Slot, open_minutes, planned_day, staggered_minutes, working_hours
from gzdesk.domain.period import Month
from gzdesk.domain.record import HELD, Record
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday
from gzdesk.services.records import Draft, Records
from gzdesk.storage.queries import ListQuery

LOG, SCHEDULE, CLOSURE, FACILITY = "opening_log", "open_schedule", "closure_notice", "facility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """A facility whose days can be filled in."""

    id: str
    name: str
    has_schedule: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """What a person says about a day: when it was open, how many came, who was there."""

    slots: tuple[Slot, ...]
    visitors: int | None
    duty_person: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCell:
    """One day of the grid. `entry` is what was written down, or the plan when `record_ids` is empty."""

    plan: DayPlan
    entry: DayEntry
    record_ids: tuple[str, ...]
    is_future: bool

    @property
    def day(self) -> date:
        """The day."""
        return self.plan.day

    @property
    def is_open(self) -> bool:
        """Whether the venue was or is to be open."""
        return bool(self.entry.slots)

    @property
    def is_missing(self) -> bool:
        """Whether a figure is due and not there."""
        return self.is_open and not self.is_future and self.entry.visitors is None

    @property
    def differs(self) -> bool:
        """Whether the day was not open as planned."""
        return bool(self.record_ids) and self.entry.slots != self.plan.slots


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningTotals:
    """The sums at the side of the grid. Days to come count as planned, but never as missing."""

    open_days: int
    filled_days: int
    missing_days: int
    minutes: int
    staggered_minutes: int
    visitors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningMonth:
    """One venue's month. `weekly` is the schedule in force, day of the week (8: holidays) to its times."""

    month: Month
    venue: Venue
    days: tuple[DayCell, ...]
    totals: OpeningTotals
    weekly: Mapping[int, tuple[Slot, ...]]
    holiday_rule: str
    duty_person: str
    is_closed: bool
    warnings: tuple[str, ...] = ()  # what the rules said about the day written last, without stopping it

    def cell(self, day: date) -> DayCell:
        """The cell of a day of this month."""
        return self.days[day.day - 1]


class Opening:
    """Reads and writes the opening days of this unit."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._records = Records(context)

    def venues(self) -> tuple[Venue, ...]:
        """The facilities in use, those with a schedule first."""
        with self._context.store.reading() as read:
            query = ListQuery(
                types=(FACILITY,), unit=self._context.own_scope, statuses=(HELD,), sort="title", limit=200
            )
            rows = read.queries.rows(query)
            schedules = list(read.records.of_types([SCHEDULE], unit=self._context.own_scope, status=HELD))
        scheduled = {str(record.values.get("facility_id")) for record in schedules}
        found = [Venue(id=row.id, name=row.title, has_schedule=row.id in scheduled) for row in rows]
        return tuple(sorted(found, key=lambda venue: not venue.has_schedule))

    def month(self, month: Month, venue: Venue) -> OpeningMonth:
        """The whole month of a venue, generated from its schedule where nothing was written down."""
        with self._context.store.reading() as read:
            schedules = [
                dict(record.values)
                for record in read.records.of_types([SCHEDULE], unit=self._context.own_scope, status=HELD)
                if record.values.get("facility_id") == venue.id
            ]
            closures = [
                dict(record.values)
                for record in read.records.of_types([CLOSURE], unit=self._context.own_scope, status=HELD)
                if record.values.get("facility_id") == venue.id
            ]
            logs = [
                record
                for record in read.records.of_types(
                    [LOG], unit=self._context.own_scope, month=month, status=HELD
                )
                if record.values.get("facility_id") == venue.id
            ]
        duty_person = _last_duty_person(logs) or self._context.store.actor
        days = self._days(month, schedules, closures, logs, duty_person)
        schedule = _in_force(schedules, month)
        return OpeningMonth(
            month=month,
            venue=venue,
            days=days,
            totals=self._totals(days),
            weekly=_weekly(schedule),
            holiday_rule=str(schedule.get("holiday_rule", "")),
            duty_person=duty_person,
            is_closed=self._records.month_is_closed(self._context.own_scope, month),
        )

    def set_visitors(self, month: OpeningMonth, day: date, visitors: int | None) -> OpeningMonth:
        """Write down how many came that day, None to clear it. Returns the month as it is then.

        Raises UserError for a closed day, a day to come, a closed month or a figure that the rules refuse.
        """
        return self.write(month, day, replace(month.cell(day).entry, visitors=visitors))

    def write(self, month: OpeningMonth, day: date, entry: DayEntry) -> OpeningMonth:
        """Write down a whole day. Returns the month as it is then; raises UserError as `set_visitors` does."""
        cell = month.cell(day)
        if cell.is_future:
            raise UserError(
                code="day_to_come",
                message=_("This day has not come yet."),
                hint=_("Fill it in when the day is over."),
            )
        if not entry.slots and (cell.plan.slots or not cell.record_ids):
            raise _no_times(planned=bool(cell.plan.slots))
        as_planned = entry == _planned_entry(cell.plan, month.duty_person)
        # Other times mean other records: changed one by one they would overlap on the way.
        same_times = entry.slots == cell.entry.slots and not as_planned
        drafts = () if as_planned else self._drafts(month, cell, entry, keep_ids=same_times)
        saved = self._records.save_all(drafts, delete_ids=() if same_times else cell.record_ids)
        warnings = dict.fromkeys(problem.message for item in saved for problem in item.problems)
        return replace(self.month(month.month, month.venue), warnings=tuple(warnings))

    # -- inside --------------------------------------------------------------------------------

    def _days(
        self,
        month: Month,
        schedules: Sequence[Mapping[str, object]],
        closures: Sequence[Mapping[str, object]],
        logs: Sequence[Record],
        duty_person: str,
    ) -> tuple[DayCell, ...]:
        today = self._context.mint.today()
        by_day: dict[str, list[Record]] = {}
        for log in logs:
            by_day.setdefault(str(log.values.get("date")), []).append(log)
        cells = []
        for day in month.days():
            plan = planned_day(schedules, closures, day, holiday_name(day), is_makeup_workday(day))
            own = by_day.get(day.isoformat(), [])
            cells.append(
                DayCell(
                    plan=plan,
                    entry=_logged_entry(own) if own else _planned_entry(plan, duty_person),
                    record_ids=tuple(log.id for log in own),
                    is_future=day > today,
                )
            )
        return tuple(cells)

    def _totals(self, days: Sequence[DayCell]) -> OpeningTotals:
        hours = working_hours(self._context.settings().working_hours)
        opened = [cell for cell in days if cell.is_open]
        return OpeningTotals(
            open_days=len(opened),
            filled_days=sum(cell.entry.visitors is not None for cell in opened),
            missing_days=sum(cell.is_missing for cell in opened),
            minutes=sum(open_minutes(cell.entry.slots) for cell in opened),
            staggered_minutes=sum(
                staggered_minutes(
                    cell.entry.slots,
                    cell.day,
                    holiday=cell.plan.holiday_name,
                    makeup_workday=cell.plan.is_makeup_workday,
                    working_hours=hours,
                )
                for cell in opened
            ),
            visitors=sum(cell.entry.visitors or 0 for cell in opened),
        )

    def _drafts(
        self, month: OpeningMonth, cell: DayCell, entry: DayEntry, *, keep_ids: bool
    ) -> tuple[Draft, ...]:
        drafts = []
        for place, slot in enumerate(entry.slots):
            values: dict[str, object] = {
                "facility_id": month.venue.id,
                "date": cell.day.isoformat(),
                "from": slot.start,
                "to": slot.end,
                "duty_person": entry.duty_person,
                "status": HELD,
            }
            if place == 0:
                values |= {} if entry.visitors is None else {"visitors": entry.visitors}
                values |= {"note": entry.note} if entry.note else {}
            record_id = cell.record_ids[place] if keep_ids and cell.record_ids else None
            drafts.append(Draft(type_id=LOG, values=values, record_id=record_id))
        return tuple(drafts)


def _no_times(*, planned: bool) -> UserError:
    if planned:
        return UserError(
            code="day_without_times",
            message=_("By the schedule this day was open."),
            hint=_("If it stayed closed all day, press Log a closure instead."),
        )
    return UserError(
        code="day_closed",
        message=_("This day was closed by the schedule."),
        hint=_("If it was open after all, press F2 and write the times."),
    )


def _planned_entry(plan: DayPlan, duty_person: str) -> DayEntry:
    return DayEntry(slots=plan.slots, visitors=None, duty_person=duty_person)


def _logged_entry(logs: Sequence[Record]) -> DayEntry:
    figures = [log.values["visitors"] for log in logs if isinstance(log.values.get("visitors"), int)]
    notes = [str(log.values["note"]) for log in logs if log.values.get("note")]
    return DayEntry(
        slots=tuple(Slot(start=str(log.values.get("from")), end=str(log.values.get("to"))) for log in logs),
        visitors=sum(int(str(figure)) for figure in figures) if figures else None,
        duty_person=str(logs[0].values.get("duty_person", "")),
        note="；".join(notes),
    )


def _last_duty_person(logs: Sequence[Record]) -> str:
    return next(
        (str(log.values["duty_person"]) for log in reversed(logs) if log.values.get("duty_person")), ""
    )


def _in_force(schedules: Sequence[Mapping[str, object]], month: Month) -> Mapping[str, object]:
    last = month.last_day.isoformat()
    begun = [schedule for schedule in schedules if str(schedule.get("valid_from", "")) <= last]
    return max(begun, key=lambda schedule: str(schedule.get("valid_from", "")), default={})


def _weekly(schedule: Mapping[str, object]) -> Mapping[int, tuple[Slot, ...]]:
    weekly: dict[int, tuple[Slot, ...]] = {}
    slots = schedule.get("weekday_slots")
    for item in slots if isinstance(slots, (list, tuple)) else ():
        slot = Slot(start=str(item["from"]), end=str(item["to"]))
        weekly[int(item["weekday"])] = (*weekly.get(int(item["weekday"]), ()), slot)
    return weekly
