"""Where a person stands in the ledger: the own record, what was counted with it, and every place that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gzdesk.domain.erasure import is_erased
from gzdesk.domain.frozen_report import TYPE_ID as REPORT
from gzdesk.domain.masking import numbers_hidden
from gzdesk.domain.month import TYPE_ID as SHEET
from gzdesk.domain.period import Month
from gzdesk.domain.person import (
    IN_TEXT,
    NAMED,
    Mention,
    identifying_texts,
    mentions,
    person_field,
    personal_fields,
)
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.contents import attachments_of
from gzdesk.services.context import Context
from gzdesk.services.records import month_is_closed
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text

# Why a place that names somebody stays as it is.
FROZEN, TWO_SIDES = "frozen", "two_sides"
OLD = "old"  # named in earlier versions only
_AROUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can be erased. `own` tells whether the record is about the person as a whole."""

    record: str
    type_id: str
    field: str
    name: str
    own: bool
    unit: str
    since: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One record that names the person. `kind` is `named`, `in_text` or `old`; `stays` says why it can't be changed.

    `own` is a record about a person of that name: perhaps the same person, perhaps not.
    """

    record: str
    type_id: str
    day: str
    title: str
    kind: str
    words: str  # the items, in the language in use, numbers masked
    stays: str = ""
    own: bool = False

    @property
    def can_go(self) -> bool:
        """Whether the name can be taken out of it."""
        return not self.stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All that is known of a person here, before anything is erased."""

    person: Person
    texts: frozenset[str] = field(repr=False)
    counted: Mapping[str, int] = field(default_factory=dict)  # records that refer to the person's, by type
    versions: int = 0
    files: int = 0
    traces: tuple[Trace, ...] = ()

    @property
    def erasable(self) -> tuple[Trace, ...]:
        """The places that the name can be taken out of."""
        return tuple(trace for trace in self.traces if trace.can_go)

    @property
    def staying(self) -> tuple[Trace, ...]:
        """The places that stay as they are, each with its reason."""
        return tuple(trace for trace in self.traces if not trace.can_go)


def find_persons(context: Context, text: str, *, limit: int) -> tuple[Person, ...]:
    """Persons by a part of their name or by pinyin: first who has a record of their own, then who is only named."""
    wanted = text.strip()
    if not wanted:
        return ()
    with context.store.reading() as read:
        own = list(_own_records(context, read, wanted, limit))
        known = {person.name for person in own}
        named = [item for item in _named_only(context, read, wanted) if item.name not in known]
    return tuple([*own, *named][:limit])


def look(
    context: Context, read: Reading, record_id: str, field_name: str | None = None, *, name: str = ""
) -> Standing:
    """Where the person of a record stands. `field_name` and `name` choose among several persons that it names.

    Raises UserError when there is no such record or person, the record is not ours, or was erased already.
    """
    record, record_type = _record(context, read, record_id)
    person = _person(context, record, record_type, field_name, name=name)
    if not person.own:
        _require_changeable(_stays(context, read, record, record_type))
    texts = frozenset({person.name})
    history = read.revisions.history(record_id)
    bodies = [values_from_text(version.body_text) for version in history]
    if person.own:
        texts = texts.union(*(identifying_texts(record_type, body) for body in bodies))
    files = {sha256 for body in bodies for sha256 in attachments_of(body)} if person.own else set()
    return Standing(
        person=person,
        texts=texts,
        counted=_counted(context, read, record) if person.own else {},
        versions=len(history),
        files=len(files),
        traces=tuple(_traces(context, read, record, texts)),
    )


# Finding


def _own_records(context: Context, read: Reading, text: str, limit: int) -> Iterable[Person]:
    kinds = tuple(item.id for item in context.types if item.person)
    query = ListQuery(types=kinds, unit=context.own_scope, text=text, sort="title", limit=limit)
    found = read.records.many([row.id for row in read.queries.rows(query)])
    for record in sorted(found.values(), key=lambda item: (str(item.values.get("name")), item.id)):
        record_type = context.types.by_id[record.type]
        if not is_erased(record.values):
            yield _person(context, record, record_type, None)


def _named_only(context: Context, read: Reading, text: str) -> Iterable[Person]:
    """Who is only named in records: one line for each name, with the latest record that names it."""
    latest: dict[str, Person] = {}
    for revision in (
        item for scope in context.own_scopes for item in read.revisions.holding([text], scope=scope)
    ):
        record_type = context.types.get(revision.header.type)
        if record_type is None or record_type.person or record_type.id in (SHEET, REPORT):
            continue
        record = read.records.get(revision.header.record)
        if record is None or record.revision != revision.id or record.deleted:
            continue
        for item in personal_fields(record_type):
            for name in _names(record, item.name):
                if text in name:
                    latest[name] = _person(context, record, record_type, item.name, name=name)
    return (latest[name] for name in sorted(latest))


def _record(context: Context, read: Reading, record_id: str) -> tuple[Record, RecordType]:
    record = read.records.get(record_id)
    record_type = context.types.get(record.type) if record else None
    if record is None or record_type is None or record_type.group == "system":
        raise UserError(
            code="unknown_record",
            message=_("There is no such record."),
            hint=_("It may have been deleted. Look it up in the list."),
        )
    if not context.is_mine(record.unit):
        owner = context.unit(record.unit).label
        raise UserError(
            code="not_ours",
            message=_("This record belongs to {unit} and can't be changed here.").format(unit=owner),
            hint=_("Ask {unit} to erase it; the next file from there erases it here too.").format(unit=owner),
        )
    if is_erased(record.values):
        raise UserError(
            code="erased_already",
            message=_("This person is erased already."),
            hint=_("Only what is counted is left of the record."),
        )
    return record, record_type


def _person(
    context: Context, record: Record, record_type: RecordType, field_name: str | None, *, name: str = ""
) -> Person:
    chosen = (
        next((item for item in personal_fields(record_type) if item.name == field_name), None)
        if field_name
        else person_field(record_type, record.values)
    )
    names = _names(record, chosen.name) if chosen else []
    names = [name] if name in names else names if not name else []
    if chosen is None or not names:
        raise UserError(
            code="no_person",
            message=_("This record names nobody."),
            hint=_("Choose a record that holds a person's name or contact."),
        )
    if len(names) > 1:
        raise UserError(
            code="several_persons",
            message=_("This record names several persons in one item."),
            hint=_("Look the person up by name instead."),
        )
    summary = summarise(record_type, record.values)
    own = record_type.person == chosen.name
    since = str(record.values.get("registered_on") or record.values.get("in_post_from") or summary.day)
    return Person(
        record=record.id,
        type_id=record.type,
        field=chosen.name,
        name=names[0],
        own=own,
        unit=record.unit,
        since=since,
        mine=context.is_mine(record.unit),
    )


def _require_changeable(stays: str) -> None:
    if stays == FROZEN:
        raise UserError(
            code="month_closed",
            message=_("The month is closed and its sheet is signed and filed: the names on it stay."),
            hint=_("Reopen the month on the Months page first; a reason is asked for."),
        )
    if stays == TWO_SIDES:
        raise UserError(
            code="two_sides",
            message=_("Two sides changed this record."),
            hint=_("Settle first which of them counts."),
        )


def _names(record: Record, field_name: str) -> list[str]:
    value = record.values.get(field_name)
    items = value if isinstance(value, list) else [value]
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


# Traces


def _counted(context: Context, read: Reading, record: Record) -> dict[str, int]:
    """How many records of each type refer to the person's own one: they stay, and so does what they count."""
    found: dict[str, set[str]] = {}
    for revision in read.revisions.holding([record.id], scope=record.unit):
        shown = read.records.get(revision.header.record)
        referring = shown is not None and not shown.deleted and record.id in shown.values.values()
        if referring and revision.header.record != record.id:
            found.setdefault(revision.header.type, set()).add(revision.header.record)
    return {type_id: len(found[type_id]) for type_id in context.types.by_id if type_id in found}


def _traces(context: Context, read: Reading, own: Record, texts: frozenset[str]) -> Iterable[Trace]:
    if not texts:
        return
    hits: dict[str, dict[str, Mention]] = {}
    kinds: dict[str, str] = {}
    for revision in read.revisions.holding(texts, scope=own.unit):
        header = revision.header
        if header.record == own.id:
            continue
        kinds[header.record] = header.type
        record_type = context.types.get(header.type)
        for hit in mentions(record_type, values_from_text(revision.body_text), texts):
            hits.setdefault(header.record, {})[hit.field] = hit
    found = [
        _trace(context, read, record_id, kinds[record_id], tuple(at.values()), texts)
        for record_id, at in hits.items()
    ]
    yield from sorted(found, key=lambda trace: (trace.day, trace.type_id, trace.record))


def _trace(
    context: Context,
    read: Reading,
    record_id: str,
    type_id: str,
    ever: Sequence[Mention],
    texts: frozenset[str],
) -> Trace:
    record = read.records.get(record_id)
    record_type = context.types.get(type_id)
    values: Mapping[str, object] = record.values if record else {}
    now = mentions(record_type, values, texts)
    kinds = {hit.kind for hit in now}
    kind = next((kind for kind in (NAMED, IN_TEXT) if kind in kinds), OLD)
    summary = summarise(record_type, values)
    title = summary.title
    if summary.title_ref:
        title = read.records.titles([summary.title_ref]).get(summary.title_ref, "")
    return Trace(
        record=record_id,
        type_id=type_id,
        day=summary.day or (str(Month.from_number(summary.month)) if summary.month else ""),
        title=title,
        kind=kind,
        words=listed(_excerpt(record_type, values, hit, texts) for hit in (now or ever)),
        stays=_stays(context, read, record, record_type),
        own=bool(record_type and record_type.person and any(hit.field == record_type.person for hit in now)),
    )


def _stays(context: Context, read: Reading, record: Record | None, record_type: RecordType | None) -> str:
    """Why the record can't be changed: it is paper that was signed and filed, or two sides changed it."""
    if record is None or record_type is None or record_type.id in (SHEET, REPORT):
        return FROZEN
    if record.heads > 1:
        return TWO_SIDES
    month = summarise(record_type, record.values).month
    # What the signed sheet prints is the archive's (档案法); registers that it only sums up are not on it by name.
    printed = record_type.group == "event" and month != 0
    return FROZEN if printed and month_is_closed(read, record.unit, Month.from_number(month)) else ""


def _excerpt(
    record_type: RecordType | None, values: Mapping[str, object], hit: Mention, texts: frozenset[str]
) -> str:
    """The item and the words around the name; an item that no longer has it is only named."""
    field_of = record_type.field(hit.field) if record_type else None
    label = field_of.label if field_of else _("Other")
    value = values.get(hit.field)
    text = value if isinstance(value, str) else "、".join(_listed(value))
    at = min((text.find(name) for name in texts if name in text), default=-1)
    if at < 0:
        return label
    start, end = max(0, at - _AROUND), at + 2 * _AROUND
    around = ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
    return _("{label}: ").format(label=label) + numbers_hidden(around)


def _listed(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
