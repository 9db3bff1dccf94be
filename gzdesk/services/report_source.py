"""Answers from the ledger what documents ask for (`reports.source.Source`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from gzdesk.domain.month import MonthSheet
from gzdesk.domain.opening import OpenDay, Slot, planned_day, working_hours
from gzdesk.domain.period import Month
from gzdesk.domain.record import DRAFT, HELD, VOID, Record
from gzdesk.domain.record_type import TOWN, RecordType
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.reports.completeness import Completeness
from gzdesk.reports.duty_calendar import DutyDay
from gzdesk.reports.evidence_index import IndexGroup
from gzdesk.reports.handover_slip import HandedFile, Handover
from gzdesk.reports.indicator_table import IndicatorTable
from gzdesk.reports.period_facts import IndicatorLine, PeriodFacts
from gzdesk.reports.source import Filed, HolidayHours, Of, Venue
from gzdesk.reports.task_table import TaskLine
from gzdesk.services.completeness import completeness
from gzdesk.services.context import Context
from gzdesk.services.deadlines import Deadlines
from gzdesk.services.duty_words import period_words, state_label
from gzdesk.services.home_words import day_and_weekday, day_words
from gzdesk.services.indicator_lines import indicator_lines
from gzdesk.services.layout_files import layouts_of
from gzdesk.services.month_material import month_register
from gzdesk.services.months import Months
from gzdesk.services.period_facts import period_facts
from gzdesk.services.public_holidays import holiday_name, is_makeup_workday
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.services.report_texts import register_record, written_texts
from gzdesk.storage.packages import OUTGOING, PackageRow
from gzdesk.storage.store import Reading

_HOLIDAYS_AHEAD_DAYS = 366
_HOLIDAYS_SHOWN = 4


class LedgerSource:
    """The ledger as documents see it, for one unit."""

    def __init__(self, context: Context, months: Months, unit: Unit) -> None:
        self._context = context
        self._months = months
        self.unit = unit
        self.layouts = layouts_of(context)
        self._facts: dict[tuple[Month, Month], PeriodFacts] = {}

    @property
    def town(self) -> Unit:
        """The town that it belongs to."""
        return self._context.units.town

    @property
    def today(self) -> date:
        """The day on which the document is made."""
        return self._context.mint.today()

    @property
    def working_hours(self) -> tuple[Slot, ...]:
        """Office hours on a workday, as the settings say."""
        return working_hours(self._context.settings().working_hours)

    # Months

    def sheet(self, month: Month) -> MonthSheet:
        """The unit's month sheet, frozen or draft."""
        return self._months.current(month, unit=self.unit.id)

    def sheets_below(self, month: Month) -> Sequence[MonthSheet]:
        """The unit's own sheet; for the town, that of every unit with something to show."""
        if self.unit.id != self._context.units.town.id:
            return (self.sheet(month),)
        sheets = [self._months.current(month, unit=unit.id) for unit in self._context.units]
        return tuple(sheet for sheet in sheets if sheet.rows or sheet.films)

    def open_days(self, month: Month) -> Sequence[OpenDay]:
        """Every day of the month."""
        with self._context.store.reading() as read:
            return month_register(read, types=self._context.types, unit=self.unit.id, month=month)

    # Records

    def record_type(self, type_id: str) -> RecordType:
        """The record type of that id. Raises UserError `unknown_type`."""
        return self._context.record_type(type_id)

    def record(self, record_id: str) -> Filed:
        """One record. Raises UserError `unknown_record`."""
        with self._context.store.reading() as read:
            found = read.records.get(record_id)
            if found is None or found.deleted:
                raise UserError(
                    code="unknown_record",
                    message=_("There is no such record."),
                    hint=_("It may have been deleted. Look it up in the list."),
                )
            return self._filed(read, [found])[0]

    def records(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Filed]:
        """The unit's records of a type, and of a catalogue all; void ones and drafts are left out."""
        record_type = self.record_type(type_id)
        with self._context.store.reading() as read:
            found = read.records.of_types(
                [type_id],
                unit=None if record_type.scope == TOWN else self._context.units.own_scope(self.unit.id),
                month=month,
                first_day=f"{year}-01-01" if year else "",
                last_day=f"{year}-12-31" if year else "",
            )
            return self._filed(read, [record for record in found if record.status not in (VOID, DRAFT)])

    def _filed(self, read: Reading, records: Sequence[Record]) -> list[Filed]:
        if not records:
            return []
        record_type = self.record_type(records[0].type)
        titles = reference_titles(read, record_type, [record.values for record in records])
        return [
            Filed(
                id=record.id,
                type=record_type,
                values=record.values,
                texts=self._texts(record_type, record.values, titles),
            )
            for record in records
        ]

    def _texts(
        self, record_type: RecordType, values: Mapping[str, object], titles: Mapping[str, str]
    ) -> dict[str, str]:
        return {
            field.name: shown_text(field, values[field.name], self._context, titles)
            for field in record_type.fields
            if values.get(field.name) is not None
        }

    # Venues

    def venues(self, record_id: str | None = None) -> Sequence[Venue]:
        """The venues that have a schedule; with the id of a venue or of a schedule just that one."""
        schedules = [item for item in self.records("open_schedule") if item.status == HELD]
        closures = [item for item in self.records("closure_notice") if item.status == HELD]
        places = dict.fromkeys(str(item.values.get("facility_id", "")) for item in schedules)
        if record_id:
            chosen = {str(item.values.get("facility_id")) for item in schedules if item.id == record_id}
            places = {place: None for place in places if place in (chosen or {record_id})}
        facilities = {item.id: item for item in self.records("facility")}
        return [self._venue(place, facilities.get(place), schedules, closures) for place in places]

    def _venue(
        self, place: str, facility: Filed | None, schedules: Sequence[Filed], closures: Sequence[Filed]
    ) -> Venue:
        own = [item for item in schedules if str(item.values.get("facility_id", "")) == place]
        shown = self._in_force(own)
        closed = [item for item in closures if str(item.values.get("facility_id", "")) == place]
        return Venue(
            facility=facility,
            name=own[0].text("facility_id"),
            schedules=shown,
            closures=tuple(item for item in closed if _ends_after(item, self.today)),
            holidays=self._holidays([item.values for item in own]),
        )

    def _in_force(self, schedules: Sequence[Filed]) -> tuple[Filed, ...]:
        """For each room the schedule that is valid today, or the next one, or the last one there was."""
        today = self.today.isoformat()
        rooms: dict[str, Filed] = {}
        for item in sorted(schedules, key=lambda item: str(item.values.get("valid_from", ""))):
            room = item.text("room")
            begins = str(item.values.get("valid_from", ""))
            shown = rooms.get(room)
            if shown is None or begins <= today or not _ends_after(shown, self.today, "valid_to"):
                rooms[room] = item
        return tuple(rooms[room] for room in sorted(rooms))

    def _holidays(self, schedules: Sequence[Mapping[str, object]]) -> tuple[HolidayHours, ...]:
        """The next public holidays of the published calendar, with the venue's hours on their days."""
        found: list[HolidayHours] = []
        for step in range(_HOLIDAYS_AHEAD_DAYS):
            day = self.today + timedelta(days=step)
            name = holiday_name(day)
            if name is None:
                continue
            slots = planned_day(schedules, (), day, name, is_makeup_workday(day)).slots
            last = found[-1] if found else None
            if last and last.name == name and last.last == day - timedelta(days=1) and last.slots == slots:
                found[-1] = HolidayHours(name=name, first=last.first, last=day, slots=slots)
            elif len(found) == _HOLIDAYS_SHOWN:
                break
            else:
                found.append(HolidayHours(name=name, first=day, last=day, slots=slots))
        return tuple(found)

    # Narrative reports

    def facts(self, first: Month, last: Month) -> PeriodFacts:
        """The figures of those months; gathered once, for a report asks for them several times."""
        key = (first, last)
        if key not in self._facts:
            self._facts[key] = period_facts(self._context, self.unit, first=first, last=last)
        return self._facts[key]

    def indicator_lines(self, last: Month) -> Sequence[IndicatorLine]:
        """The indicators of that year as they stood when the month ended; of a village those that it has."""
        return indicator_lines(self._context, last=last, unit=self.unit)

    def typed(self, report: str, period: str, headings: Mapping[str, str]) -> Mapping[str, str]:
        """The parts of a report that a person has written already."""
        return written_texts(self._context, unit=self.unit, name=report, period=period, headings=headings)

    def records_below(
        self, type_id: str, *, month: Month | None = None, year: int | None = None
    ) -> Sequence[Of]:
        """The records of a type of all units that are here, unit by unit."""
        record_type = self.record_type(type_id)
        town = self._context.units.town
        units = (town,) if record_type.scope == TOWN else self._context.units
        return [
            Of(unit=unit, item=item)
            for unit in units
            for item in LedgerSource(self._context, self._months, unit).records(
                type_id, month=month, year=year
            )
        ]

    def completeness(self, year: int) -> Completeness:
        """The board of that year, and the on-time rates of other duties."""
        return completeness(self._context, year, unit=self.unit)

    def duties(self, year: int) -> Sequence[DutyDay]:
        """The unit's calendar of duties of a year."""
        return tuple(
            DutyDay(
                due_on=day_and_weekday(due.due_on),
                duty=due.duty.label,
                period=period_words(due),
                state=state_label(due.state),
                done_on=day_words(due.done_on) if due.done_on else "",
            )
            for due in Deadlines(self._context).between(
                date(year, 1, 1), date(year, 12, 31), unit=self.unit.id
            )
        )

    def receipt(self, report: str, period: str) -> tuple[str, str]:
        """When that report was handed in, and its receipt, as the register says."""
        with self._context.store.reading() as read:
            scope = self._context.units.own_scope(self.unit.id)
            record = register_record(read, scope=scope, name=report, period=period)
        if record is None:
            return ("", "")
        return (str(record.values.get("submitted_on") or ""), str(record.values.get("receipt") or ""))

    # What was handed over

    def evidence(self) -> Sequence[IndexGroup]:
        """What proves the items of the tasks."""
        from gzdesk.services.evidence.binder import Binder

        return Binder(self._context).groups(unit=self.unit.id)

    def indicators(self, year: int) -> IndicatorTable:
        """The indicators of a year: of the town all of them, of a village those that it has a value for."""
        from gzdesk.services.indicator_files import indicator_table

        return indicator_table(self._context, self.unit, year)

    def tasks(self) -> Sequence[TaskLine]:
        """The items of the tasks as they stand."""
        from gzdesk.services.task_list import TaskList
        from gzdesk.services.task_words import task_lines

        service = TaskList(self._context)
        town = self.unit.id == self._context.units.town.id
        return task_lines(service, service.rows(unit=None if town else self.unit.id))

    def handover(self) -> Handover:
        """The package written last, with the closed sheets of its months. Raises UserError `nothing_sent`."""
        me, town = self._context.me, self._context.units.town
        receiver = self.unit if self._context.is_town else town
        with self._context.store.reading() as read:
            packages = read.packages.all(OUTGOING, unit=receiver.id)
        last = [package for package in packages if package.number == packages[0].number]
        if not last:
            raise UserError(
                code="nothing_sent",
                message=_("Nothing has been written to a stick yet."),
                hint=_("Export first; the slip lists what is on the stick."),
            )
        return Handover(
            sender=me,
            receiver=receiver,
            made_on=self._context.mint.today(),
            files=tuple(_handed(package) for package in reversed(last)),
            sheets=() if self._context.is_town else self._sheets_in(last[0]),
        )

    def _sheets_in(self, package: PackageRow) -> tuple[MonthSheet, ...]:
        months = [Month.parse(text) for text in package.detail.get("months", ())]
        sheets = [self._months.sheet(self._context.me.id, month) for month in months]
        return tuple(sheet for sheet in sheets if sheet is not None)


def _ends_after(item: Filed, day: date, name: str = "to") -> bool:
    end = item.day(name)
    return end is None or end >= day


def _handed(package: PackageRow) -> HandedFile:
    return HandedFile(
        file=package.file_name,
        number=package.number,
        items=int(package.detail.get("revisions", 0)),
        attachments=int(package.detail.get("attachments", 0)),
        size_bytes=int(package.detail.get("size_bytes", 0)),
    )
