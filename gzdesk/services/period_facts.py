"""Gathers from the ledger what narrative reports are written from: figures of some months and happenings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from gzdesk.domain.joint import guests, not_counted
from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED, HELD, PLANNED, Record, Summary, summarise
from gzdesk.domain.unit import Unit
from gzdesk.reports.period_facts import EventSum, Happening, MonthSum, PeriodFacts
from gzdesk.services.context import Context
from gzdesk.services.references import shown_text
from gzdesk.storage.queries import ListQuery, MonthCount, RecordRow
from gzdesk.storage.store import Reading

_NAMED = 5  # happenings of one kind that a report may name
_OPENING = "opening_log"
_SATISFIED, _VALID = ("n5", "n4", "n3"), ("n5", "n4", "n3", "n2", "n1")  # 不清楚 is no valid form


def period_facts(context: Context, unit: Unit, *, first: Month, last: Month) -> PeriodFacts:
    """The facts of those months; for the town those of all its units and of the station."""
    with context.store.reading() as read:
        return _Gathering(context, read, unit, first=first, last=last).facts()


class _Gathering:
    """Answers for one unit and one period."""

    def __init__(self, context: Context, read: Reading, unit: Unit, *, first: Month, last: Month) -> None:
        self._context, self._read = context, read
        self._first, self._last = first, last
        self._first_day, self._last_day = first.first_day.isoformat(), last.last_day.isoformat()
        self._is_town = unit.id == context.units.town.id
        self._unit = None if self._is_town else unit.id
        self._event_types = tuple(item.id for item in context.types.in_groups("event"))
        self._away = self._counted_elsewhere()

    def facts(self) -> PeriodFacts:
        counts = self._counts()
        roster = self._roster
        hours = [_decimal(item.values.get("hours")) for item in self._held("volunteer_service")]
        orders = self._held("delivery_order")
        feedback, checks, surveys = (
            self._held("feedback"),
            self._held("safety_check"),
            self._surveys(),
        )
        facilities = roster("facility", "opened_on")
        assets = [item for item in roster("asset", "acquired_on") if item.values.get("state") != "scrapped"]
        money = [item for item in self._money() if not item.values.get("construction")]
        return PeriodFacts(
            first=self._first,
            last=self._last,
            units=len(self._context.units.below) if self._is_town else 1,
            events=self._events(counts),
            months=self._months(counts),
            largest=self._largest(),
            cancelled=self._cancelled(),
            planned=self._planned(),
            open_days=self._open_days(),
            visitors=_persons(counts, _OPENING),
            loans=_sum(self._held("library_loan"), "volumes"),
            library_visits=_persons(counts, "library_visit"),
            books_in=_sum(self._held("library_acquisition"), "volumes"),
            books_held=self._books_held(),
            volunteers=len(roster("volunteer", "registered_on", "left_on")),
            service_times=len(hours),
            service_hours=sum(hours, Decimal(0)),
            orders=len(orders),
            delivered=sum(item.values.get("state") == "delivered" for item in orders),
            meetings=self._named("meeting", "title"),
            publicity=sum(not item.values.get("reprint_of") for item in self._held("publicity")),
            works=self._named("culture_work", "title", note="award_level"),
            teams=len(roster("culture_team", "founded_on")),
            staff=len(roster("staff", "in_post_from", "in_post_to")),
            facilities=len(facilities),
            area_m2=sum((_decimal(item.values.get("indoor_area_m2")) for item in facilities), Decimal(0)),
            assets=_sum(assets, "quantity"),
            assets_yuan=sum(map(_asset_yuan, assets), Decimal(0)),
            safety_checks=len(checks),
            hazards=self._open(
                checks, "hazards", "fixed_on", lambda item: item.values.get("result") == "hazard"
            ),
            feedback=len(feedback),
            feedback_open=self._open(feedback, "content", "closed_on", lambda item: True),
            satisfied=sum(_sum(surveys, name) for name in _SATISFIED),
            forms=sum(_sum(surveys, name) for name in _VALID),
            granted=_money_of(money, "granted"),
            spent=_money_of(money, "spent"),
        )

    # Events

    def _counted_elsewhere(self) -> Mapping[str, Record]:
        """The unit's held records of the period that stand for an event which another record stands for (G3)."""
        decisions = [
            record.values for record in self._read.records.of_types(["joint_event"]) if not record.deleted
        ]
        hosts = guests(decisions)
        involved = self._read.records.many(sorted({*hosts, *hosts.values()}))
        away = not_counted(involved.values(), decisions, sees_all=self._context.is_town)
        return {
            record_id: record
            for record_id, record in involved.items()
            if record_id in away and record.status == HELD and self._unit in (None, record.unit)
        }

    def _less(self, type_id: str) -> list[Summary]:
        """What those records would add to the sums of a register, in the months of the period."""
        record_type = self._context.record_type(type_id)
        found = [summarise(record_type, item.values) for item in self._away.values() if item.type == type_id]
        return [item for item in found if self._first.number <= item.month <= self._last.number]

    def _counts(self) -> tuple[MonthCount, ...]:
        units = () if self._unit is None else (self._unit,)
        return self._read.queries.month_counts(first=self._first, last=self._last, units=units)

    def _events(self, counts: tuple[MonthCount, ...]) -> tuple[EventSum, ...]:
        found = []
        for type_id in self._event_types:
            own = [item for item in counts if item.type == type_id]
            held = [item for item in own if item.status == HELD]
            less = self._less(type_id)
            found.append(
                EventSum(
                    type=type_id,
                    label=self._context.record_type(type_id).label,
                    events=sum(item.records for item in held) - len(less),
                    sessions_hundredths=sum(item.sessions_hundredths for item in held)
                    - sum(item.sessions for item in less),
                    persons=sum(item.persons for item in held) - sum(item.persons or 0 for item in less),
                    cancelled=sum(item.records for item in own if item.status == CANCELLED),
                )
            )
        return tuple(found)

    def _months(self, counts: tuple[MonthCount, ...]) -> tuple[MonthSum, ...]:
        sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for item in counts:
            if item.status != HELD:
                continue
            if item.type in self._event_types:
                sums[item.month][0] += item.sessions_hundredths
                sums[item.month][1] += item.persons
            elif item.type == _OPENING:
                sums[item.month][2] += item.persons
        for less in (item for type_id in self._event_types for item in self._less(type_id)):
            sums[less.month][0] -= less.sessions
            sums[less.month][1] -= less.persons or 0
        months, month = [], self._first
        while month <= self._last:
            sessions, persons, visitors = sums[month.number]
            months.append(
                MonthSum(month=month, sessions_hundredths=sessions, persons=persons, visitors=visitors)
            )
            month = month.plus(1)
        return tuple(months)

    def _largest(self) -> tuple[Happening, ...]:
        rows = self._rows(HELD, sort="persons", descending=True)
        return tuple(self._happening(row) for row in rows if row.persons and row.id not in self._away)

    def _cancelled(self) -> tuple[Happening, ...]:
        rows = self._rows(CANCELLED)
        bodies = self._read.records.many([row.id for row in rows])
        made_up = self._made_up() if rows else {}
        return tuple(
            self._happening(row, note=self._reason(bodies.get(row.id)), made_up=made_up.get(row.id, ""))
            for row in rows
        )

    def _planned(self) -> tuple[Happening, ...]:
        """What is planned for the month after the period."""
        following = self._last.plus(1)
        rows = self._read.queries.rows(self._query(PLANNED, month=following))
        return tuple(self._happening(row) for row in rows)

    def _rows(self, status: str, *, sort: str = "day", descending: bool = False) -> tuple[RecordRow, ...]:
        return self._read.queries.rows(self._query(status, sort=sort, descending=descending))

    def _query(
        self, status: str, *, month: Month | None = None, sort: str = "day", descending: bool = False
    ) -> ListQuery:
        return ListQuery(
            types=self._event_types,
            unit=self._unit,
            first_month=month or self._first,
            last_month=month or self._last,
            statuses=(status,),
            sort=sort,
            descending=descending,
            limit=_NAMED,
        )

    def _happening(self, row: RecordRow, *, note: str = "", made_up: str = "") -> Happening:
        return Happening(
            day=_day(row.day),
            name=row.title,
            unit=self._unit_words(row.unit),
            persons=row.persons,
            note=note,
            made_up_on=_day(made_up),
        )

    def _reason(self, record: Record | None) -> str:
        field = self._context.record_type(record.type).field("cancel_reason") if record else None
        value = record.values.get("cancel_reason") if record else None
        return "" if field is None or value is None else shown_text(field, value, self._context, {})

    def _made_up(self) -> Mapping[str, str]:
        """The day of the show that makes up for a cancelled one, by the id of that."""
        later = self._read.records.of_types(
            ["film_screening"],
            unit=self._unit,
            first_day=self._first_day,
            status=HELD,
            containing='"makeup_of":',
        )
        return {str(item.values.get("makeup_of")): str(item.values.get("date")) for item in later}

    # Other registers

    def _held(self, type_id: str) -> list[Record]:
        found = self._read.records.of_types(
            [type_id], unit=self._unit, first_day=self._first_day, last_day=self._last_day, status=HELD
        )
        return list(found)

    def _surveys(self) -> list[Record]:
        """Surveys stand with the last month of their quarter and have no day."""
        found: list[Record] = []
        month = self._first
        while month <= self._last:
            found += self._read.records.of_types(
                ["satisfaction_survey"], unit=self._unit, month=month, status=HELD
            )
            month = month.plus(1)
        return found

    def _roster(self, type_id: str, since: str, until: str = "") -> list[Record]:
        """Who or what was there on the last day; without a date it always was."""
        return [
            item
            for item in self._read.records.of_types([type_id], unit=self._unit, status=HELD)
            if str(item.values.get(since, "")) <= self._last_day
            and (not item.values.get(until) or str(item.values[until]) > self._last_day)
        ]

    def _money(self) -> Iterator[Record]:
        return (
            item
            for item in self._read.records.of_types(["fund_use"], unit=self._unit, status=HELD)
            if self._first_day <= str(item.values.get("date", "")) <= self._last_day
        )

    def _books_held(self) -> int | None:
        """The last count of each library up to the last day; None where none was ever made."""
        last: dict[object, int] = {}
        for item in self._read.records.of_types(
            ["library_collection_snapshot"], unit=self._unit, last_day=self._last_day, status=HELD
        ):
            volumes = item.values.get("volumes")
            if isinstance(volumes, int):
                last[item.values.get("facility_id")] = volumes
        return sum(last.values()) if last else None

    def _open_days(self) -> int:
        """Days on which a venue was open, over all units."""
        query = ListQuery(
            types=(_OPENING,),
            unit=self._unit,
            first_month=self._first,
            last_month=self._last,
            statuses=(HELD,),
        )
        return len({(row.unit, row.day) for row, _none in self._read.queries.lines(query, with_values=False)})

    def _named(self, type_id: str, name: str, *, note: str = "") -> tuple[Happening, ...]:
        record_type = self._context.record_type(type_id)
        field = record_type.field(note) if note else None
        return tuple(
            Happening(
                day=_day(item.values.get(record_type.month_of or "")),
                name=str(item.values.get(name, "")),
                unit=self._unit_words(item.unit),
                note=shown_text(field, item.values[note], self._context, {})
                if field is not None and item.values.get(note)
                else "",
            )
            for item in self._held(type_id)
        )

    def _open(
        self, records: list[Record], words: str, closed: str, counts: Callable[[Record], bool]
    ) -> tuple[Happening, ...]:
        """Those that are not dealt with yet on the last day."""
        return tuple(
            Happening(
                day=_day(item.values.get("date")),
                name=str(item.values.get(words) or item.values.get("place") or ""),
                unit=self._unit_words(item.unit),
            )
            for item in records
            if counts(item) and (not item.values.get(closed) or str(item.values[closed]) > self._last_day)
        )

    def _unit_words(self, unit: str) -> str:
        if not self._is_town:
            return ""
        found = self._context.units.find(unit)
        return "" if found is None or found.kind == "town" else found.label


def _persons(counts: tuple[MonthCount, ...], type_id: str) -> int:
    return sum(item.persons for item in counts if item.type == type_id and item.status == HELD)


def _sum(records: list[Record], name: str) -> int:
    return sum(value for item in records if isinstance(value := item.values.get(name), int))


def _decimal(value: object) -> Decimal:
    return Decimal(str(value)) if isinstance(value, (int, str)) and value != "" else Decimal(0)


def _asset_yuan(item: Record) -> Decimal:
    return _decimal(item.values.get("unit_price")) * _decimal(item.values.get("quantity"))


def _money_of(records: list[Record], entry: str) -> Decimal:
    amounts = (_decimal(item.values.get("amount")) for item in records if item.values.get("entry") == entry)
    return sum(amounts, Decimal(0))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
