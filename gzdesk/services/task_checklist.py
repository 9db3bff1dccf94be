"""The checklists of the items beside what there is: evidence that was filed, and registers that answer by themselves.

What stands in a register needs no second paper (domain.md, section 6): receipts, photos and notices of screenings
are counted where they were written down. Everything else is answered by evidence filed under the item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from gzdesk.domain.deadlines import BEFORE, OVERDUE, Due
from gzdesk.domain.record import HELD, Record
from gzdesk.domain.tasks import VILLAGES, ChecklistEntry, TaskItem
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.deadlines import Deadlines
from gzdesk.services.evidence.covering import EVIDENCE, PHOTO_ENDINGS, Filed, is_covered
from gzdesk.services.tasks import load_checklist
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

_MANY = 900  # records that are asked for at once
_LOOKED_AT = 50  # of each type that proves one item only, the latest say what there is
_PHOTOS = "photos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a checklist: `have` of `wanted` in `counted` (receipts, villages); `wanted` None has no end.

    `covered`: something is there. `lacking` are the units that still owe it, `numbers` those of the evidence filed
    for it, `register` the record type that answers it by itself.
    """

    words: str
    covered: bool
    have: int
    wanted: int | None
    counted: str
    lacking: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    register: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing any more."""
        return self.covered and (self.wanted is None or self.have >= self.wanted)

    @property
    def short_by(self) -> int:
        """How many are missing."""
        if self.wanted is None or not self.wanted:
            return 0 if self.covered else 1
        return max(0, self.wanted - self.have)


@dataclass(frozen=True, slots=True)
class _Paper:
    unit: str
    number: str
    filed: Filed


class Checklists:
    """The checklists of one unit (by its id) or, with None, of the whole town, as of one moment."""

    def __init__(self, context: Context, read: Reading, *, unit: str | None, today: date) -> None:
        self._context, self._read, self._unit, self._today = context, read, unit, today
        self._rules = load_checklist()

    def entries(self, item: TaskItem) -> tuple[Entry, ...]:
        """The checklist of an item."""
        papers = (*self._papers.get(item.item_id, ()), *self._shown_by_records(item))
        return tuple(self._entry(item, words, papers) for words in item.evidence)

    def has_papers(self, item: TaskItem) -> bool:
        """Whether something was filed under it."""
        return bool(self._papers.get(item.item_id))

    # Inside

    def _entry(self, item: TaskItem, words: str, papers: Sequence[_Paper]) -> Entry:
        fitting = [paper for paper in papers if is_covered(words, [paper.filed])]
        filed = frozenset(paper.unit for paper in fitting)
        numbers = tuple(paper.number for paper in fitting if paper.number)
        rule = self._rules.get((item.item_id, words))
        if rule is None:
            if VILLAGES in item.responsible_norm:
                return self._per_unit(item, words, filed, numbers, counted=_("villages"))
            have = int(bool(filed))
            return Entry(
                words=words,
                covered=bool(filed),
                have=have,
                wanted=1,
                counted=_("papers"),
                numbers=numbers,
            )
        maker = {
            "unit": self._by_unit,
            "record": self._by_record,
            "duty": self._by_duty,
            "any": self._any,
        }[rule.per]
        return maker(item, rule, filed, numbers)

    def _per_unit(
        self,
        item: TaskItem,
        words: str,
        units: frozenset[str],
        numbers: tuple[str, ...],
        *,
        counted: str,
        of: str = "",
        register: str = "",
    ) -> Entry:
        owing = self._owing(of)
        lacking = tuple(unit for unit in owing if unit not in units)
        return Entry(
            words=words,
            covered=bool(units),
            have=len(owing) - len(lacking),
            wanted=len(owing),
            counted=counted,
            lacking=lacking if VILLAGES in item.responsible_norm else (),
            numbers=numbers,
            register=register,
        )

    def _by_unit(
        self, item: TaskItem, rule: ChecklistEntry, filed: frozenset[str], numbers: tuple[str, ...]
    ) -> Entry:
        found = frozenset(unit for unit, count in self._counts(item, rule, dated=False).items() if count)
        return self._per_unit(
            item,
            rule.words,
            found | filed,
            numbers,
            counted=rule.counted,
            of=rule.of,
            register=rule.type,
        )

    def _by_record(
        self, item: TaskItem, rule: ChecklistEntry, filed: frozenset[str], numbers: tuple[str, ...]
    ) -> Entry:
        everything = self._counts(item, rule, dated=True, needed=False)
        good = self._counts(item, rule, dated=True)
        have, wanted = sum(good.values()), sum(everything.values())
        return Entry(
            words=rule.words,
            covered=have > 0 or bool(filed),
            have=have,
            wanted=wanted,
            counted=rule.counted,
            lacking=tuple(unit for unit, count in everything.items() if good.get(unit, 0) < count),
            numbers=numbers,
            register=rule.type,
        )

    def _by_duty(
        self, item: TaskItem, rule: ChecklistEntry, filed: frozenset[str], numbers: tuple[str, ...]
    ) -> Entry:
        first = date.fromisoformat(item.due_from) if item.due_from else date(self._today.year, 1, 1)
        dues = [
            due
            for due in self._dues
            if due.duty.id == rule.duty and due.due_on >= first and due.state != BEFORE
        ]
        wanted = [due for due in dues if due.done_on is not None or due.state == OVERDUE]
        have = sum(due.done_on is not None for due in wanted)
        late = dict.fromkeys(due.unit for due in wanted if due.done_on is None)
        town = self._context.units.town.id
        return Entry(
            words=rule.words,
            covered=have > 0 or bool(filed),
            have=have,
            wanted=len(wanted) or None,
            counted=rule.counted,
            lacking=tuple(unit for unit in late if unit != town),
            numbers=numbers,
            register=rule.type,
        )

    def _any(
        self, item: TaskItem, rule: ChecklistEntry, filed: frozenset[str], numbers: tuple[str, ...]
    ) -> Entry:
        count = sum(self._counts(item, rule, dated=False).values())
        return Entry(
            words=rule.words,
            covered=count > 0 or bool(filed),
            have=count,
            wanted=None,
            counted=rule.counted,
            numbers=numbers,
            register=rule.type,
        )

    def _owing(self, of: str) -> tuple[str, ...]:
        units = [
            unit
            for unit in self._context.units.on(self._context.mint.today()).below
            if not of or unit.kind == of
        ]
        if self._unit is not None:
            # A village that no list names still owes its own.
            return tuple(unit.id for unit in units if unit.id == self._unit) or (self._unit,)
        return tuple(unit.id for unit in units)

    def _counts(
        self, item: TaskItem, rule: ChecklistEntry, *, dated: bool, needed: bool = True
    ) -> Mapping[str, int]:
        """How many held records of the register there are in each unit, in the time of the item when `dated`."""
        needs = rule.needs if needed else ""
        query = ListQuery(
            types=(rule.type,),
            statuses=(HELD,),
            first_day=(item.due_from or "") if dated else "",
            last_day=min(item.due_to or "9999", self._today.isoformat()) if dated else "",
            with_files=needs == _PHOTOS,
        )
        containing = self._filled(rule.type, needs) if needs else ()
        found: dict[str, int] = {}
        for scope, count in self._read.queries.counts_by_unit(query, containing=containing).items():
            unit = self._unit_of(scope)
            if self._unit in (None, unit):
                found[unit] = found.get(unit, 0) + count
        return found

    def _filled(self, type_id: str, needs: str) -> tuple[str, ...]:
        """What the body of a record has that fulfils it: an item with a text or a yes, or the name of a photo."""
        if needs == _PHOTOS:
            return tuple(f'{ending}"' for ending in PHOTO_ENDINGS)
        field = self._context.record_type(type_id).field(needs)
        return (f'"{needs}":true',) if field is not None and field.kind == "yes_no" else (f'"{needs}":"',)

    def _unit_of(self, scope: str) -> str:
        found = self._context.units.find(scope)
        return found.id if found else scope

    @cached_property
    def _papers(self) -> Mapping[str, tuple[_Paper, ...]]:
        """What was filed under each item, with the photos of the records that it proves."""
        records = [
            record
            for record in self._read.records.of_types([EVIDENCE], status=HELD)
            if self._unit in (None, self._unit_of(record.unit))
        ]
        proved = self._proved(str(record.values.get("proves") or "") for record in records)
        found: dict[str, list[_Paper]] = {}
        for record in records:
            for paper in self._of(record, proved):
                found.setdefault(str(record.values.get("task_item")), []).append(paper)
        return {item: tuple(papers) for item, papers in found.items()}

    def _of(self, record: Record, proved: Mapping[str, Record]) -> Iterator[_Paper]:
        unit, number = self._unit_of(record.unit), str(record.values.get("index_no", ""))
        yield _Paper(unit, number, Filed.of_values(record.values))
        other = proved.get(str(record.values.get("proves") or ""))
        if other is not None:
            yield _Paper(unit, "", Filed.of_values(other.values))

    def _shown_by_records(self, item: TaskItem) -> Iterator[_Paper]:
        """Photos and scans of registers that prove this item and no other: they need no number to be there."""
        for type_id in self._proving.get(item.item_id, ()):
            query = replace(self._with_files((type_id,)), descending=True, limit=_LOOKED_AT)
            for record in self._proved(row.id for row in self._read.queries.rows(query)).values():
                yield _Paper(self._unit_of(record.unit), "", Filed.of_values(record.values))

    @cached_property
    def _proving(self) -> Mapping[str, Sequence[str]]:
        """By item the types that prove it alone and of which some records have files."""
        types = {
            record_type.id: record_type.tasks[0]
            for record_type in self._context.types
            if len(record_type.tasks) == 1 and record_type.id != EVIDENCE
        }
        found: dict[str, list[str]] = {}
        for type_id in self._read.queries.counts_by_type(self._with_files(tuple(types))):
            found.setdefault(types[type_id], []).append(type_id)
        return found

    def _with_files(self, types: tuple[str, ...]) -> ListQuery:
        scope = None if self._unit is None else self._context.units.own_scope(self._unit)
        return ListQuery(types=types, unit=scope, statuses=(HELD,), with_files=True)

    def _proved(self, ids: Iterable[str]) -> Mapping[str, Record]:
        wanted = sorted({record_id for record_id in ids if record_id})
        found: dict[str, Record] = {}
        for start in range(0, len(wanted), _MANY):
            found.update(self._read.records.many(wanted[start : start + _MANY]))
        return found

    @cached_property
    def _dues(self) -> tuple[Due, ...]:
        first = date(min(2018, self._today.year), 1, 1)
        return Deadlines(self._context).between(first, self._today, unit=self._unit, on=self._today)
