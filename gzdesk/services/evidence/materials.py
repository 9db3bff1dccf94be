"""What proves the items of the tasks: numbered evidence, and the photos of records that have no number yet.

Nothing is typed twice: a record of another register that holds photos or scans is offered under every item that
its type names, and gets a number there by one press (domain.md, section 6). Where the type names one item only
(a screening proves 16.2 and nothing else) it stands in index and binder even before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gzdesk.domain.record import HELD, Record, summarise
from gzdesk.domain.record_type import RecordType
from gzdesk.domain.tasks import TaskItem
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.evidence import Noted, noted_files
from gzdesk.services.evidence.covering import EVIDENCE, is_scan_note
from gzdesk.services.records import Draft, Records
from gzdesk.services.task_checklist import Checklists, Entry
from gzdesk.services.tasks import load_tasks
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

PHOTOS_ON_PAGE = 2
_MANY = 900  # records that are asked for at once
_ALL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One row of the binder. Without a `number` it is a record of another register, not filed here yet.

    `original` is in words. `proves` is the id of the record whose photos these are, or empty; `pages` are those
    in the binder, or what was written down.
    """

    record_id: str
    unit: str
    item_id: str
    number: str
    title: str
    made_by: str
    date: str
    pages: int
    original: str
    remark: str
    kept_at: str = ""
    covers: str = ""
    proves: str = ""
    type_id: str = EVIDENCE
    files: tuple[Noted, ...] = ()
    listed: bool = True  # in index and binder; a record that might prove several items waits for its number

    @property
    def photos(self) -> tuple[Noted, ...]:
        """Its files that are no scans."""
        return tuple(noted for noted in self.files if not is_scan_note(noted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An entry of an item's checklist, and whether something filed there covers it."""

    words: str
    covered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCount:
    """How far an item has come: rows with a number, records that could get one, checklist entries still open."""

    item: TaskItem
    numbered: int
    unnumbered: int
    missing: int


class Materials:
    """The evidence of one unit or of all. A unit is meant by its id; None means every unit that this PC holds."""

    def __init__(self, context: Context, records: Records | None = None) -> None:
        self._context = context
        self._records_service = records or Records(context)  # the window's own, so that its undo knows of it
        self.tasks = load_tasks()

    # Reading

    def counts(self, *, unit: str | None) -> tuple[ItemCount, ...]:
        """Every item with its counts, in order."""
        scope = self._scope(unit)
        with self._context.store.reading() as read:
            filed = list(read.records.of_types([EVIDENCE], unit=scope, status=HELD))
            sources = read.queries.counts_by_type(self._sources(self._context.types, scope))
            lists = self._checklists(read, unit)
            by_item: dict[str, list[Record]] = {}
            for record in filed:
                by_item.setdefault(str(record.values.get("task_item")), []).append(record)
            return tuple(
                self._count(item, by_item.get(item.item_id, []), sources, lists.entries(item))
                for item in self.tasks.items
            )

    def of_item(self, item_id: str, *, unit: str | None, latest: int = _ALL) -> tuple[Material, ...]:
        """Everything under an item: by unit, numbered rows in the order of their numbers, then the others by day.

        Of the records without a number only so many of the `latest`: ten years of activities are thousands.
        """
        with self._context.store.reading() as read:
            return self._of_item(read, item_id, self._scope(unit), latest)

    def wanted(self, item: TaskItem, *, unit: str | None) -> tuple[Wanted, ...]:
        """The checklist of an item beside what is there, by the same rules as on the page of the tasks."""
        with self._context.store.reading() as read:
            entries = self._checklists(read, unit).entries(item)
        return tuple(Wanted(words=entry.words, covered=entry.covered) for entry in entries)

    def record(self, record_id: str) -> Record | None:
        """A record that a row shows, or None when it is gone."""
        with self._context.store.reading() as read:
            found = read.records.get(record_id)
        return None if found is None or found.deleted else found

    # Writing

    def give_numbers(self, materials: Sequence[Material]) -> tuple[str, ...]:
        """File records of other registers under their items, without typing anything again; returns the numbers.

        Rows that have a number, and rows of other units, are left out. Raises Refused as `Records.save_all`.
        """
        mine = [item for item in materials if not item.number and self._context.is_mine(item.unit)]
        records = self._records_service
        saved = records.save_all(
            [Draft(type_id=EVIDENCE, values=_as_evidence(material, self._context)) for material in mine]
        )
        views = records.views([item.id for item in saved])
        return tuple(str(view.record.values.get("index_no", "")) for view in views)

    # Inside

    def _count(
        self,
        item: TaskItem,
        filed: Sequence[Record],
        sources: Mapping[str, int],
        entries: Sequence[Entry],
    ) -> ItemCount:
        proved = {str(record.values["proves"]) for record in filed if record.values.get("proves")}
        offered = sum(sources.get(record_type.id, 0) for record_type in self._types_of(item.item_id))
        return ItemCount(
            item=item,
            numbered=len(filed),
            unnumbered=max(0, offered - len(proved)),
            missing=sum(not entry.covered for entry in entries),
        )

    def _checklists(self, read: Reading, unit: str | None) -> Checklists:
        return Checklists(self._context, read, unit=unit, today=self._context.mint.today())

    def _of_item(self, read: Reading, item_id: str, unit: str | None, latest: int) -> tuple[Material, ...]:
        filed = [
            record
            for record in read.records.of_types(
                [EVIDENCE], unit=unit, status=HELD, containing=f'"task_item":"{item_id}"'
            )
            if record.values.get("task_item") == item_id
        ]
        proved = {str(record.values["proves"]) for record in filed if record.values.get("proves")}
        query = self._sources(self._types_of(item_id), unit)
        limit = min(_ALL, latest + len(proved))
        sources = self._records(read, replace(query, descending=True, limit=limit))
        shown_by = self._by_id(read, proved)
        rows = [self._numbered(record, shown_by) for record in filed]
        titles = _titles(read, sources, self._context)
        rows += [self._unnumbered(record, item_id, titles) for record in sources if record.id not in proved]
        return tuple(sorted(rows, key=self._order))

    def _records(self, read: Reading, query: ListQuery) -> list[Record]:
        if not query.types:
            return []
        rows = read.queries.rows(query)
        found = self._by_id(read, [row.id for row in rows])
        return [found[row.id] for row in rows]

    def _by_id(self, read: Reading, record_ids: Iterable[str]) -> dict[str, Record]:
        ids = list(record_ids)
        found: dict[str, Record] = {}
        for start in range(0, len(ids), _MANY):
            found.update(read.records.many(ids[start : start + _MANY]))
        return found

    def _types_of(self, item_id: str) -> tuple[RecordType, ...]:
        return tuple(
            record_type
            for record_type in self._context.types
            if item_id in record_type.tasks and record_type.group != "system"
        )

    def _sources(self, types: Iterable[RecordType], unit: str | None) -> ListQuery:
        found = tuple(
            item.id for item in types if item.tasks and item.group != "system" and item.id != EVIDENCE
        )
        return ListQuery(types=found, unit=unit, statuses=(HELD,), with_files=True)

    def _numbered(self, record: Record, shown_by: Mapping[str, Record]) -> Material:
        values = record.values
        proves = str(values.get("proves") or "")
        own = noted_files(values)
        theirs = noted_files(shown_by[proves].values) if proves in shown_by else ()
        files = tuple({str(noted["sha256"]): noted for noted in (*own, *theirs)}.values())
        pages = values.get("pages")
        return Material(
            record_id=record.id,
            unit=record.unit,
            item_id=str(values.get("task_item", "")),
            number=str(values.get("index_no", "")),
            title=str(values.get("title", "")),
            made_by=str(values.get("made_by") or self._unit_name(record.unit)),
            date=str(values.get("date", "")),
            pages=pages if isinstance(pages, int) else pages_of(files),
            original=self._choice("original", values.get("original")),
            remark=str(values.get("remark", "")),
            kept_at=str(values.get("kept_at", "")),
            covers=str(values.get("covers", "")),
            proves=proves,
            files=files,
        )

    def _unnumbered(self, record: Record, item_id: str, titles: Mapping[str, str]) -> Material:
        record_type = self._context.types.get(record.type)
        summary = summarise(record_type, record.values)
        title = titles.get(summary.title_ref, "") if summary.title_ref else summary.title
        label = record_type.label if record_type else record.type
        files = noted_files(record.values)
        return Material(
            record_id=record.id,
            type_id=record.type,
            unit=record.unit,
            item_id=item_id,
            number="",
            title=_("{register}: {title}").format(register=label, title=title) if title else label,
            made_by=self._unit_name(record.unit),
            date=summary.day,
            pages=pages_of(files),
            original=self._choice("original", "digital"),
            remark="",
            proves=record.id,
            files=files,
            listed=record_type is not None and len(record_type.tasks) == 1,
        )

    def _choice(self, field_name: str, code: object) -> str:
        record_type = self._context.types.get(EVIDENCE)
        field = record_type.field(field_name) if record_type else None
        choice = field.choice(str(code)) if field and code else None
        return choice.label if choice else ""

    def _scope(self, unit: str | None) -> str | None:
        return None if unit is None else self._context.units.own_scope(unit)

    def _unit_name(self, unit_id: str) -> str:
        unit = self._context.me if unit_id == self._context.me.id else self._context.units.find(unit_id)
        return unit.label if unit else unit_id

    def _order(self, material: Material) -> tuple[int, bool, str, str, str]:
        units = [self._context.units.own_scope(unit.id) for unit in self._context.units]
        place = units.index(material.unit) if material.unit in units else len(units)
        return place, not material.number, _sortable(material.number), material.date, material.record_id


def pages_of(files: Iterable[Noted]) -> int:
    """How many pages of a binder the files take: two photos on each, scans page by page. At least 1."""
    photos, pages = 0, 0
    for noted in files:
        if is_scan_note(noted):
            noted_pages = noted.get("pages")
            pages += noted_pages if isinstance(noted_pages, int) else 1
        else:
            photos += 1
    return max(1, pages + -(-photos // PHOTOS_ON_PAGE))


def _as_evidence(material: Material, context: Context) -> dict[str, object]:
    return {
        "task_item": material.item_id,
        "title": material.title[:100],
        "made_by": material.made_by,
        "date": material.date or context.mint.today().isoformat(),
        "original": "digital",
        "proves": material.proves,
    }


def _titles(read: Reading, sources: Sequence[Record], context: Context) -> dict[str, str]:
    """The titles of the records that these show as their own (a screening shows its film's)."""
    refs = {summarise(context.types.get(record.type), record.values).title_ref for record in sources}
    ids = sorted(ref for ref in refs if ref)
    titles: dict[str, str] = {}
    for start in range(0, len(ids), _MANY):
        titles.update(read.records.titles(ids[start : start + _MANY]))
    return titles


def _sortable(number: str) -> str:
    return "-".join(part.zfill(6) for part in number.split("-"))
