"""The calendar of duties of this ledger: what each unit owes, what shows that it was done, who is to be reminded."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from gzdesk import assets
from gzdesk.domain.deadlines import (
    MONTH,
    NOTICE,
    YEAR,
    Choices,
    Due,
    Duties,
    Duty,
    Fact,
    Notice,
    duties_between,
    rate_of_duties,
)
from gzdesk.domain.duty_facts import FUND_ITEMS, RECORD_TYPES, facts_of, notices_of
from gzdesk.domain.month import TYPE_ID as SHEET
from gzdesk.domain.month import sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.rate import Rate
from gzdesk.domain.record import Record
from gzdesk.domain.unit import Unit
from gzdesk.services.arrivals import sheet_arrivals
from gzdesk.services.context import Context
from gzdesk.services.peers import ACCEPTED, load_peer, load_peers
from gzdesk.services.public_holidays import is_workday
from gzdesk.settings import Settings
from gzdesk.storage.packages import INCOMING, OUTGOING
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text

EVIDENCE = "evidence"
_YEAR_BACK = timedelta(days=366)
_MOST_AHEAD = timedelta(days=92)
_MONTHS_PER_YEAR = (1, 2, 3, 4, 6, 12)
"""Lengths of a cycle that make up a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRate:
    """How often a duty was done in time by a unit, or by all (`unit` None)."""

    duty: Duty
    unit: Unit | None
    rate: Rate


@dataclass(frozen=True, slots=True)
class _Known:
    """What the records say, by the unit they are about, whoever wrote them."""

    facts: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    notices: dict[str, list[Notice]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[str, date | None] = field(default_factory=dict)
    sheets_from: date | None = None

    def add(self, facts: Iterable[Fact]) -> None:
        """Note each fact under its unit: 300 units with a year of sheets are not searched 300 times."""
        for fact in facts:
            self.facts[fact.unit].append(fact)


class Deadlines:
    """Duties of this unit or, in the town, of any. A unit is meant by its id; None means all that are kept here."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def duties(self) -> Duties:
        """The kinds of duty, with what the town chose."""
        return Duties.from_data(_data(), choices_of(self._context.settings()))

    def units(self) -> tuple[Unit, ...]:
        """The units whose duties are known here: in the town all, in a village its own."""
        return tuple(self._context.units) if self._context.is_town else (self._context.me,)

    def between(
        self, first: date, last: date, *, unit: str | None = None, on: date | None = None
    ) -> tuple[Due, ...]:
        """What is owed between two days, both included, as it stands on a day; left out, today. By day, then unit."""
        today, duties = on or self._context.mint.today(), self.duties()
        units = [one for one in self.units() if unit is None or one.id == unit]
        known = self._known(duties, units, first, last)
        found: list[Due] = []
        for one in units:
            owed = duties_between(
                duties,
                unit=one.id,
                unit_kind=one.kind,
                first=first,
                last=last,
                today=today,
                facts=[fact for fact in known.facts[one.id] if fact.done_on <= today],
                notices=known.notices[one.id],
                since=_since(duties, known, one.id, today),
                is_workday=is_workday,
            )
            found += [due for due in owed if one.is_valid_on(due.due_on)]
        return tuple(sorted(found, key=lambda due: due.due_on))

    def reminders(self, *, unit: str | None = None, on: date | None = None) -> tuple[Due, ...]:
        """What people are to be reminded of on a day, most urgent first: overdue by age, then by day."""
        today = on or self._context.mint.today()
        found = self.between(today - _YEAR_BACK, today + _MOST_AHEAD, unit=unit, on=today)
        return tuple(due for due in found if due.is_asked_for(today))

    def rates(self, year: int, *, unit: str | None = None, on: date | None = None) -> tuple[DutyRate, ...]:
        """The on-time rates of a year: duty by duty over all units, and for each unit where there are several.

        A monthly duty belongs to the year of the month that it is about, as on the board, all others to that of
        their day.
        """
        today = on or self._context.mint.today()
        window = self.between(date(year, 1, 1), date(year + 1, 12, 31), unit=unit, on=today)
        found = [due for due in window if _year_of(due) == year]
        units = {one.id: one for one in self.units()}
        rates = []
        for duty in self.duties():
            mine = [due for due in found if due.duty.id == duty.id]
            owing = list(dict.fromkeys(due.unit for due in mine))
            if len(owing) != 1:
                rates.append(DutyRate(duty=duty, unit=None, rate=rate_of_duties(mine, today=today)))
            for unit_id in owing:
                own = [due for due in mine if due.unit == unit_id]
                rates.append(DutyRate(duty=duty, unit=units[unit_id], rate=rate_of_duties(own, today=today)))
        return tuple(rates)

    # Inside

    def _known(self, duties: Duties, units: Iterable[Unit], first: date, last: date) -> _Known:
        known, wanted = _Known(), {unit.id: unit for unit in units}
        with self._context.store.reading() as read:
            for record in self._records(read):
                found = self._context.units.find(record.unit)
                unit_id = found.id if found else record.unit
                if unit_id in wanted:
                    known.add(facts_of(record, unit=unit_id, duties=duties))
                    known.notices[unit_id].extend(notices_of(record, unit=unit_id, duties=duties))
            known.begun.update(self._begun(read, wanted))
        duty = next((one for one in duties if one.record_type == SHEET), None)
        if duty is None:
            return known
        months = {Month.of(first).plus(-duty.after), Month.of(last).plus(-duty.after)}
        if self._context.is_town:
            return self._with_arrivals(known, duty, wanted, min(months), max(months))
        known.add(self._own_sheets(duty, min(months), max(months)))
        return known

    def _records(self, read: Reading) -> Iterator[Record]:
        plain = [name for name in RECORD_TYPES if name != EVIDENCE]
        scope = None if self._context.is_town else self._context.me.id
        yield from read.records.of_types(plain, unit=scope)
        for item in FUND_ITEMS:
            yield from read.records.of_types([EVIDENCE], unit=scope, containing=f'"task_item":"{item}"')

    def _begun(self, read: Reading, units: Collection[str]) -> Iterator[tuple[str, date | None]]:
        """When each unit began to keep its records so that they are known here; None while it has not."""
        peers = load_peers(read.local, units)
        days: dict[str, list[str]] = defaultdict(list)
        for row in read.packages.all(INCOMING):
            days[row.unit].append(row.day)
        for unit, peer in peers.items():
            if unit == self._context.me.id:
                days[unit] = list(filter(None, [read.local.get("begun_on")]))
            else:
                days[unit] += [item.issued_on for item in peer.invitations]
            yield unit, date.fromisoformat(min(days[unit])) if days[unit] else None

    def _with_arrivals(
        self, known: _Known, duty: Duty, wanted: Mapping[str, Unit], first: Month, last: Month
    ) -> _Known:
        """The day on which the first package with the closed sheet came, as the board has it."""
        arrivals = sheet_arrivals(self._context, first, last)
        known.add(
            Fact(duty=duty.id, unit=one.unit, period=str(one.month), done_on=one.day, record=one.sheet)
            for one in arrivals.sheets
            if one.unit in wanted
        )
        since = arrivals.asked_from.plus(duty.after).first_day if arrivals.asked_from else None
        return replace(known, sheets_from=since)

    def _own_sheets(self, duty: Duty, first: Month, last: Month) -> Iterator[Fact]:
        """A village's own: closed, and written to the stick; where there is no town, closed is enough."""
        me = self._context.me.id
        with self._context.store.reading() as read:
            has_town = load_peer(read.local, self._context.units.town.id).state == ACCEPTED
            written: dict[str, list[str]] = defaultdict(list)
            for row in read.packages.all(OUTGOING):
                for text in row.detail["months"]:
                    written[text].append(row.day)
            for number in range((last.year - first.year) * 12 + last.month - first.month + 1):
                month = first.plus(number)
                closed_on = _first_closing(read, me, month)
                days = [day for day in written[str(month)] if closed_on and day >= closed_on]
                done_on = min(days, default="") if has_town else closed_on
                if done_on:
                    yield Fact(
                        duty=duty.id,
                        unit=me,
                        period=str(month),
                        done_on=date.fromisoformat(done_on),
                        record=sheet_record_id(me, month),
                    )


def _first_closing(read: Reading, unit: str, month: Month) -> str:
    """The day on which the month was closed for the first time (2019-11-04), or an empty text."""
    days = [
        str(values.get("signed_on") or revision.header.recorded_at[:10])
        for revision in read.revisions.history(sheet_record_id(unit, month))
        if revision.body_text is not None and not revision.header.deleted
        if (values := values_from_text(revision.body_text)).get("closed") is True
    ]
    return min(days, default="")


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(assets.reference("deadlines.toml").read_text(encoding="utf-8"))


def _year_of(due: Due) -> int:
    return int(due.period[:4]) if due.duty.every == MONTH else due.due_on.year


def choices_of(settings: Settings) -> Choices:
    """What the settings say of the duties; a cycle that does not make up a year keeps its default."""
    usual = Choices()
    safety, meeting = settings.safety_cycle_months, settings.meeting_cycle_months
    return Choices(
        report_day=settings.report_deadline_day,
        sheet_day=settings.sheet_internal_day,
        safety_months=safety if safety in _MONTHS_PER_YEAR else usual.safety_months,
        meeting_months=meeting if meeting in _MONTHS_PER_YEAR else usual.meeting_months,
        yearly_by=_day_of_year(settings.yearly_reports_by) or usual.yearly_by,
    )


def _day_of_year(text: str) -> str:
    try:
        day = date.fromisoformat(f"2000-{text}")
    except ValueError:
        return ""
    return day.isoformat()[5:]


def _since(duties: Duties, known: _Known, unit: str, today: date) -> Mapping[str, date]:
    """From when a unit is asked for each duty: since it began here, or its first entry of that kind, if earlier."""
    begun = known.begun.get(unit) or today
    since = {}
    for duty in duties:
        days = [fact.done_on for fact in known.facts[unit] if fact.duty == duty.id]
        if duty.every == NOTICE:
            days = []  # an old schedule says nothing about those after it
        # A report of a year is written from the records of that year: of those before it there are none.
        first = date(begun.year + duty.after, 1, 1) if duty.every == YEAR else begun
        since[duty.id] = min([first, *days])
        if duty.record_type == SHEET and known.sheets_from is not None:
            since[duty.id] = known.sheets_from
    return since
