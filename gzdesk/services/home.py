"""The village's first page: what is still due, the four entries used most, the month at a glance, today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED, HELD, PLANNED
from gzdesk.domain.record_type import RecordType
from gzdesk.i18n import gettext as _
from gzdesk.services.board_cells import deadline_of
from gzdesk.services.context import Context
from gzdesk.services.home_due import due_items, first_missing_day, to_send
from gzdesk.services.home_items import DueItem, Target
from gzdesk.services.home_words import day_words, slot_words
from gzdesk.services.opening import LOG, DayCell, Opening
from gzdesk.services.records import Records
from gzdesk.storage.queries import ListQuery, RecordRow

_PINNED = "quick_entries"

_USUAL_ENTRIES = ("film_screening", "activity", LOG, "library_loan")
_GROUP_ICONS = {"event": "star", "register": "book", "catalogue": "book"}
_MOST_PER_MONTH = 1000
_LOGS_LOOKED_AT = 200  # two months of a house with three stretches a day
_SYMBOL_ORDER = ("square", "triangle", "circle", "diamond")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickEntry:
    """One of the four entries on Alt+1…4. `detail` says how far it was written last time."""

    icon: str
    title: str
    detail: str
    action: Target


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMarks:
    """What the calendar shows of a day. `symbols` are those of record types, or `planned`."""

    day: date
    symbols: tuple[str, ...] = ()
    opened: bool = False
    opening_missing: bool = False
    is_deadline: bool = False
    events: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayItem:
    """One line of today: an event, or a stretch of opening hours."""

    time: str
    title: str
    symbol: str
    state: str
    tone: str
    action: Target = field(default_factory=lambda: Target(page="records"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """How many entries the town has not proved to hold, and what to do about it."""

    entries: int
    item: DueItem | None


class Home:
    """Puts together what a clerk should see first; reads only."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._records = Records(context)
        self._opening = Opening(context)

    def due(self) -> tuple[DueItem, ...]:
        """What is still to be done, most urgent first; each with the one action that leads to it."""
        return due_items(self._context)

    def unsent(self) -> Unsent:
        """What the town has not received; loads the exchange, so ask for it after the page is shown.

        Nothing where nobody is reported to: a village without a join file, or one that no town lists.
        """
        from gzdesk.services.exchange import Exchange

        town = next(iter(Exchange(self._context).status()), None)
        if town is None or town.state != "accepted":
            return Unsent(entries=0, item=None)
        return Unsent(entries=town.pending, item=to_send(self._context, pending=town.pending))

    def quick_entries(self) -> tuple[QuickEntry, ...]:
        """The four entries used most, in the order of Alt+1…4: those of the design until somebody pins others."""
        with self._context.store.reading() as read:
            pinned: dict[str, str] = read.local.get(_PINNED, {})
        known = {place: type_id for place, type_id in pinned.items() if self._context.types.get(type_id)}
        chosen = (known.get(str(place), usual) for place, usual in enumerate(_USUAL_ENTRIES))
        return tuple(self._opening_entry() if type_id == LOG else self._entry(type_id) for type_id in chosen)

    def pin_entry(self, place: int, type_id: str) -> None:
        """Put a register onto the first page, in place of the entry there (0 to 3). Stays on this PC."""
        with self._context.store.writing() as work:
            pinned = {**work.local.get(_PINNED, {}), str(place): type_id}
            work.local.put(_PINNED, pinned)
            work.commit()

    def calendar(self, month: Month) -> Mapping[date, DayMarks]:
        """The marks of each day of a month."""
        events: dict[str, list[RecordRow]] = {}
        for row in self._events(first=month.first_day, last=month.last_day):
            events.setdefault(row.day, []).append(row)
        cells = self._cells(month)
        deadline = deadline_of(month.plus(-1), day=self._context.settings().report_deadline_day)
        return {
            day: DayMarks(
                day=day,
                symbols=self._symbols(events.get(day.isoformat(), [])),
                opened=any(cell.entry.visitors is not None for cell in cells.get(day, ())),
                opening_missing=any(self._is_missing(cell) for cell in cells.get(day, ())),
                is_deadline=day == deadline,
                events=len(events.get(day.isoformat(), [])),
            )
            for day in month.days()
        }

    def day(self, day: date) -> tuple[TodayItem, ...]:
        """What takes place on a day, by time."""
        events = [self._event_item(row) for row in self._events(first=day, last=day)]
        slots = [
            TodayItem(
                time=slot.start,
                title=slot_words(slot),
                symbol="door",
                state=_("by schedule"),
                tone="neutral",
                action=Target(page="opening", arguments={"month": Month.of(day), "day": day}),
            )
            for cell in self._cells(Month.of(day)).get(day, ())
            for slot in cell.entry.slots
        ]
        return tuple(sorted(events + slots, key=lambda item: item.time))

    def _event_types(self) -> tuple[RecordType, ...]:
        return self._context.types.in_groups("event")

    def _events(self, *, first: date, last: date) -> tuple[RecordRow, ...]:
        query = ListQuery(
            types=tuple(item.id for item in self._event_types()),
            unit=self._context.own_scope,
            statuses=(HELD, PLANNED, CANCELLED),
            first_day=first.isoformat(),
            last_day=last.isoformat(),
            limit=_MOST_PER_MONTH,
        )
        return self._records.page(query).rows

    def _event_item(self, row: RecordRow) -> TodayItem:
        record_type = self._context.record_type(row.type)
        status = record_type.field("status")
        choice = status.choice(row.status) if status else None
        return TodayItem(
            time=row.time,
            title=row.title or record_type.label,
            symbol=self._symbol(row),
            state=choice.label if choice else row.status,
            tone="ok" if row.status == HELD else "neutral",
            action=Target(page="records", arguments={"type_id": row.type, "record_id": row.id}),
        )

    def _symbols(self, rows: list[RecordRow]) -> tuple[str, ...]:
        return tuple(self._symbol(row) for row in rows if row.status != CANCELLED)

    def _symbol(self, row: RecordRow) -> str:
        if row.status == PLANNED:
            return "planned"
        record_type = self._context.types.get(row.type)
        return record_type.symbol if record_type and record_type.symbol in _SYMBOL_ORDER else "circle"

    def _cells(self, month: Month) -> dict[date, list[DayCell]]:
        cells: dict[date, list[DayCell]] = {}
        for venue in self._opening.venues():
            if venue.has_schedule:
                for cell in self._opening.month(month, venue).days:
                    cells.setdefault(cell.day, []).append(cell)
        return cells

    def _is_missing(self, cell: DayCell) -> bool:
        # Today is not over: its figure is not missing yet.
        return cell.is_missing and cell.day < self._context.mint.today()

    def _entry(self, type_id: str) -> QuickEntry:
        record_type = self._context.record_type(type_id)
        own = {
            "film_screening": ("film", _("Log a film")),
            "activity": ("star", _("Log an activity")),
            "library_loan": ("book", _("Log loans")),
        }
        plain = _GROUP_ICONS.get(record_type.group, "list"), _("Log: {name}").format(name=record_type.label)
        icon, title = own.get(type_id, plain)
        page = "records" if record_type.group in ("event", "daily") else "registers"
        return QuickEntry(
            icon=icon,
            title=title,
            detail=self._last_words(type_id),
            action=Target(page=page, arguments={"type_id": type_id, "new": True}),
        )

    def _opening_entry(self) -> QuickEntry:
        missing = first_missing_day(self._context)
        today = self._context.mint.today()
        arguments: dict[str, object] = {"month": Month.of(missing or today)}
        if missing is not None:
            arguments["day"] = missing
        return QuickEntry(
            icon="door",
            title=_("Fill in days"),
            detail=self._filled_until(),
            action=Target(page="opening", arguments=arguments),
        )

    def _filled_until(self) -> str:
        # A day is not filled in by its hours alone; the figure stands in the first of its stretches (opening.py).
        row = next((row for row in self._latest(LOG, limit=_LOGS_LOOKED_AT) if row.persons is not None), None)
        if row is None:
            return _("nothing filled in yet")
        return _("filled in until {day}").format(day=day_words(date.fromisoformat(row.day)))

    def _last_words(self, type_id: str) -> str:
        row = self._last(type_id)
        if row is None or not row.day:
            return _("none yet")
        day = day_words(date.fromisoformat(row.day))
        return _("last: {day} {title}").format(day=day, title=row.title).strip()

    def _last(self, type_id: str) -> RecordRow | None:
        return next(iter(self._latest(type_id, limit=1)), None)

    def _latest(self, type_id: str, *, limit: int) -> Sequence[RecordRow]:
        query = ListQuery(
            types=(type_id,),
            unit=self._context.own_scope,
            statuses=(HELD,),
            last_day=self._context.mint.today().isoformat(),
            descending=True,
            limit=limit,
        )
        return self._records.page(query).rows
