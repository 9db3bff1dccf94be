"""Events that may stand in the books twice: suspicions with their reasons, and what the town decided (G3, G9).

Nothing is decided by the program. Each decision is a record (`joint_event`, `co_credit`), so that it goes down the
stick, stands in the history and can be changed. Only the town decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from gzdesk.domain.indicators.rows import Row
from gzdesk.domain.joint import (
    CREDIT,
    DIFFERENT,
    JOINT,
    NAMED,
    PLACE,
    SAME,
    TEAM,
    TITLE,
    TYPE_ID,
    VERDICTS,
    Event,
    Suspicion,
    find_duplicates,
    find_joint,
    may_count,
    pair_key,
)
from gzdesk.domain.period import Month
from gzdesk.domain.reading.times import is_time, minutes_of_day
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.review import Remark
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.conflicts.looking import record_words
from gzdesk.services.context import Context
from gzdesk.services.system_records import put, system_record_id, take_away
from gzdesk.services.told_apart import told_apart
from gzdesk.services.town_decides import require_town
from gzdesk.storage.store import Reading, Writing

# Of one team it says that it was there; a projectionist can't be in two villages, the town's film team can.
_TEAMS = {"performance": "troupe", "training_session": "teacher", "film_screening": "projectionist"}
_TITLES_SAY_NOTHING = frozenset(
    {"film_screening"}
)  # the same film on one evening in two villages is as usual
_TOGETHER = "co_units"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two records, in words."""

    record: str
    unit: Unit
    words: str
    time: str
    place: str
    persons: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """Two records that may be one event. The first side is the likely host or, in one unit, the older record.

    `verdict` is what was decided: `joint`, `same`, `different`, or empty; `host` the record that counts.
    """

    kind: str  # duplicate, joint
    day: str
    type_id: str
    sides: tuple[Side, Side]
    reasons: tuple[str, ...]
    verdict: str = ""
    host: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a person has still to decide or, of what stands there twice, the village to delete one."""
        return self.verdict in ("", SAME)


class Twins:
    """Suspicions and decisions of the town; a village sees those about its own records."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, month: Month, *, unit: str | None = None) -> tuple[Twin, ...]:
        """What looks like one event in a month, decided or not, oldest day first; of one unit when it is named."""
        with self._context.store.reading() as read:
            found = _suspicions(self._context, read, month)
            decided = _decisions(read)
            records = _records(read, found)
            twins = (_twin(self._context, read, item, records, decided) for item in found)
            return tuple(
                twin for twin in twins if unit is None or unit in {side.unit.id for side in twin.sides}
            )

    def open(self, month: Month) -> tuple[Twin, ...]:
        """Those that nobody has decided yet."""
        return tuple(twin for twin in self.all(month) if not twin.verdict)

    def decide(
        self, records: Sequence[str], verdict: str, *, host: str | None = None, reason: str = ""
    ) -> None:
        """Say of two records that they are one event held jointly, one written down twice, or two events.

        `host` is the record that counts, by default the first. For one written down twice the other is returned to
        its unit with the request to delete it. Raises UserError on a village PC, for records that are not here and
        for a verdict that does not fit.
        """
        require_town(self._context)
        with self._context.store.writing() as work:
            pair = [_found(work, record) for record in records]
            kept = _host_of(pair, verdict, host)
            values = {
                "records": sorted(record.id for record in pair),
                "verdict": verdict,
                **({} if verdict == DIFFERENT else {"host": kept}),
                **self._signed(reason),
            }
            units = {record.unit for record in pair}
            scope = units.pop() if len(units) == 1 else self._context.me.id
            key = pair_key(records)
            before = work.records.get(system_record_id(TYPE_ID, key))
            put(self._context, work, type_id=TYPE_ID, key=key, scope=scope, values=values)
            if before is not None and _answer(before.values) != _answer(values):
                # A credit belongs to the decision it was given under: another host, or two events, end it.
                for one, other in permutations(pair, 2):
                    take_away(self._context, work, record_id=_credit_id(one.id, other.unit))
            work.commit()
        if verdict == SAME:
            self._ask_to_delete(next(record for record in pair if record.id != kept))

    def credit(self, record_id: str, unit: str, *, reason: str) -> None:
        """Let a unit count another unit's joint event for its own minimum too (G3). Raises UserError."""
        require_town(self._context)
        if not reason.strip():
            raise UserError(
                code="reason_needed",
                message=_("There is no reason yet."),
                hint=_("Write in a few words why this unit may count the event too."),
            )
        unit_id = self._context.unit(unit).id
        with self._context.store.writing() as work:
            record = _found(work, record_id)
            if record.unit == unit_id:
                raise UserError(
                    code="own_event",
                    message=_("{unit} counts this event anyway.").format(unit=self._context.unit(unit).label),
                    hint=_("Name the unit that was a partner."),
                )
            values = {"record": record.id, "unit": unit_id, **self._signed(reason)}
            key = _credit_key(record.id, unit_id)
            put(self._context, work, type_id=CREDIT, key=key, scope=self._context.me.id, values=values)
            work.commit()

    def take_credit_back(self, record_id: str, unit: str) -> None:
        """Let a unit no longer count it; both stay in the history."""
        require_town(self._context)
        credit = _credit_id(record_id, self._context.unit(unit).id)
        with self._context.store.writing() as work:
            take_away(self._context, work, record_id=credit)
            work.commit()

    def credited(self, record_id: str) -> tuple[Unit, ...]:
        """The units that may count a record besides its own."""
        with self._context.store.reading() as read:
            found = [record.values for record in read.records.of_types([CREDIT])]
        units = (
            self._context.units.find(str(row["unit"])) for row in found if row.get("record") == record_id
        )
        return tuple(unit for unit in units if unit is not None)

    # Inside

    def _signed(self, reason: str) -> dict[str, object]:
        signed: dict[str, object] = {
            "on": self._context.mint.today().isoformat(),
            "by": self._context.store.actor,
        }
        return signed | ({"reason": reason.strip()} if reason.strip() else {})

    def _ask_to_delete(self, record: Record) -> None:
        from gzdesk.services.review import Review

        words = _("This event is written down twice. Please delete this one.")
        Review(self._context).give_back(record.id, [Remark(field="", text=words)])


def _answer(decision: Mapping[str, object]) -> tuple[object, object]:
    return decision.get("verdict"), decision.get("host")


def _credit_key(record_id: str, unit_id: str) -> str:
    return f"{record_id}/{unit_id}"


def _credit_id(record_id: str, unit_id: str) -> str:
    return system_record_id(CREDIT, _credit_key(record_id, unit_id))


def open_duplicates(context: Context, read: Reading, unit: str, month: Month) -> tuple[Suspicion, ...]:
    """What a unit has written down twice in a month and nobody has called two events (G9); it stops the approval."""
    events = (_event(context, row) for row in _rows(context, read, month) if row.unit == unit)
    apart = told_apart(read, unit)
    return tuple(found for found in find_duplicates(events) if found.pair not in apart)


def reason_words(reason: str) -> str:
    """What a suspicion stands on, in words."""
    return {
        NAMED: _("one names the other as partner"),
        TEAM: _("the same team"),
        PLACE: _("the same place"),
        TITLE: _("titles alike"),
    }[reason]


def _suspicions(context: Context, read: Reading, month: Month) -> tuple[Suspicion, ...]:
    events = [_event(context, row) for row in _rows(context, read, month)]
    between = (replace(event, title="") if event.type in _TITLES_SAY_NOTHING else event for event in events)
    found = (*find_duplicates(events), *find_joint(between))
    return tuple(sorted(found, key=lambda item: (item.day, item.kind, item.records)))


def _rows(context: Context, read: Reading, month: Month) -> Iterable[Row]:
    types = [item.id for item in context.types if item.group == "event"]
    first, last = month.first_day.isoformat(), month.last_day.isoformat()
    return (row for row in read.lean.rows(types, first_day=first, last_day=last) if may_count(row.status))


def _event(context: Context, row: Row) -> Event:
    record_type = context.record_type(row.type)
    start = minutes_of_day(row.time) if is_time(row.time) else None
    place = row.text(record_type.place or "")
    return Event(
        id=row.id,
        type=row.type,
        unit=row.unit,
        day=row.day,
        start=start,
        end=_end(row, start),
        title=row.text(record_type.title),
        place=place,
        team=row.text(_TEAMS.get(row.type, "")),
        names=_named(context, row),
        place_units=frozenset(unit.id for unit in context.units.below if _short(unit) in place),
    )


def _end(row: Row, start: int | None) -> int | None:
    end, lasts_min = row.text("end_time"), row.whole("duration_min")
    if is_time(end):
        return minutes_of_day(end)
    return start + lasts_min if start is not None and lasts_min else None


def _named(context: Context, row: Row) -> frozenset[str]:
    """The units among the partners; others, such as a school, are no unit of ours."""
    value = row.values.get(_TOGETHER)
    names = [str(item) for item in value] if isinstance(value, list) else []
    found = {unit.id for unit in context.units for name in names if _is_named(unit, name)}
    return frozenset(found - {row.unit})


def _is_named(unit: Unit, name: str) -> bool:
    return name in (unit.id, unit.name, unit.name_en) or name.startswith(unit.name)


def _short(unit: Unit) -> str:
    """What stands in the name of a place: 古四 of 古四村."""
    return unit.name.removesuffix("村").removesuffix("社区")


def _decisions(read: Reading) -> dict[frozenset[str], Mapping[str, object]]:
    found: dict[frozenset[str], Mapping[str, object]] = {}
    for record in read.records.of_types([TYPE_ID]):
        records = record.values.get("records")
        if isinstance(records, list):
            found[frozenset(map(str, records))] = record.values
    return found


def _records(read: Reading, found: Iterable[Suspicion]) -> dict[str, Record]:
    ids = sorted({record for item in found for record in item.records})
    pages = (ids[start : start + 900] for start in range(0, len(ids), 900))
    return {record.id: record for page in pages for record in read.records.many(page).values()}


def _twin(
    context: Context,
    read: Reading,
    item: Suspicion,
    records: Mapping[str, Record],
    decided: Mapping[frozenset[str], Mapping[str, object]],
) -> Twin:
    decision = decided.get(item.pair, {})
    first, second = (records[record] for record in item.records)
    return Twin(
        kind=item.kind,
        day=item.day,
        type_id=first.type,
        sides=(_side(context, read, first), _side(context, read, second)),
        reasons=tuple(map(reason_words, item.reasons)) if item.kind == JOINT else (),
        verdict=str(decision.get("verdict", "")),
        host=str(decision.get("host", "")),
    )


def _side(context: Context, read: Reading, record: Record) -> Side:
    record_type = context.record_type(record.type)
    summary = summarise(record_type, record.values)
    return Side(
        record=record.id,
        unit=context.unit(record.unit),
        words=record_words(read, record_type, record.type, record.values),
        time=summary.time,
        place=summary.place,
        persons=summary.persons,
    )


def _found(work: Writing, record_id: str) -> Record:
    record = work.records.get(record_id)
    if record is None or record.deleted:
        raise UserError(
            code="unknown_record",
            message=_("There is no such record."),
            hint=_("It may have been deleted. Look it up in the list."),
        )
    return record


def _host_of(pair: Sequence[Record], verdict: str, host: str | None) -> str:
    """The record that counts. Raises UserError when the verdict does not fit the two records."""
    ids = [record.id for record in pair]
    one_unit = len({record.unit for record in pair}) == 1
    fits = verdict in VERDICTS and verdict != (JOINT if one_unit else SAME)
    if len(set(ids)) != 2 or not fits:
        raise UserError(
            code="verdict_does_not_fit",
            message=_("This can't be said of these records."),
            hint=_(
                "Records of one unit are written down twice or two events; of two units, one joint event or two."
            ),
        )
    if host is not None and host not in ids:
        raise UserError(
            code="unknown_host",
            message=_("{name} is none of the two records.").format(name=host),
            hint=_("Name one of them."),
        )
    return host or ids[0]
