"""What has passed its keeping time, group by group, and doing away with one group; and what is kept of whom, and why.

Personal items go before the record does: a reader's name once the book is back (公共图书馆法 43), whoever left after
a time that the settings say (个人信息保护法 19, 47). A record as a whole goes after the years that its register is
kept (村级档案管理办法: for ever, 30 or 10 years, or what the county's own table says).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.erasure import is_erased
from gzdesk.domain.period import Month
from gzdesk.domain.person import personal_fields
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext
from gzdesk.services.context import Context
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

ITEM, LEFT, RECORD = "item", "left", "record"
_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRecord:
    """One record whose time is over. `since` is the day from which the time ran."""

    record: str
    title: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueGroup:
    """Records that one press does away with. `kind` is ITEM (one personal item), LEFT (a person), RECORD (whole)."""

    id: str
    kind: str
    type_id: str
    field: str
    label: str
    why: str
    records: tuple[DueRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """What one register keeps of persons, why, how long, and in how many records."""

    type_id: str
    label: str
    items: str
    purpose: str
    keep_years: int
    keeping: str
    records: int


def kept_rows(context: Context, read: Reading) -> tuple[KeptRow, ...]:
    """Every register that holds something of persons."""
    years = keep_years(context)
    return tuple(
        KeptRow(
            type_id=record_type.id,
            label=record_type.label,
            items=listed(field.label for field in items),
            purpose=record_type.purpose,
            keep_years=years[record_type.id],
            keeping=_keeping(context, record_type, years[record_type.id]),
            records=read.queries.count(
                ListQuery(types=(record_type.id,), unit=context.scope_of(record_type))
            ),
        )
        for record_type in context.types
        if (items := tuple(field for field in record_type.fields if field.personal))
        and record_type.group != "system"
    )


def due_groups(context: Context, read: Reading) -> tuple[DueGroup, ...]:
    """All groups with at least one record, personal items first."""
    today, years = context.mint.today(), keep_years(context)
    types = [item for item in context.types if item.group not in ("system", "catalogue")]
    groups = [
        *(_items(context, read, record_type, field) for record_type, field in _with_an_end(types)),
        *(_left(context, read, record_type, today) for record_type in types if record_type.person_until),
        *(_expired(context, read, item, today, years[item.id]) for item in types if years[item.id]),
    ]
    return tuple(group for group in groups if group.records)


def keep_years(context: Context) -> Mapping[str, int]:
    """How many years each register is kept: what the settings say, else its own file; 0 is for ever."""
    own = {}
    for word in context.settings().keep_years.split():
        name, _sign, figure = word.partition("=")
        if figure.isdecimal():
            own[name] = int(figure)
    return {item.id: own.get(item.id, item.keep_years) for item in context.types}


def with_keep_years(context: Context, type_id: str, years: int) -> str:
    """The setting with other years for one register."""
    wanted = dict(keep_years(context)) | {type_id: years}
    differing = {item.id: wanted[item.id] for item in context.types if wanted[item.id] != item.keep_years}
    return " ".join(f"{name}={figure}" for name, figure in sorted(differing.items()))


# Groups


def _with_an_end(types: Iterable[RecordType]) -> Iterator[tuple[RecordType, Field]]:
    for record_type in types:
        for field in personal_fields(record_type):
            if field.needed_until:
                yield record_type, field


def _items(context: Context, read: Reading, record_type: RecordType, field: Field) -> DueGroup:
    found = [
        _due(read, record, record_type, str(record.values[field.needed_until or ""]))
        for record in _own(context, read, record_type, containing=f'"{field.name}":')
        if record.values.get(field.name) and record.values.get(field.needed_until or "")
    ]
    end = record_type.field(field.needed_until or "")
    return DueGroup(
        id=f"{ITEM}/{record_type.id}/{field.name}",
        kind=ITEM,
        type_id=record_type.id,
        field=field.name,
        label=_("{register}: {item}").format(register=record_type.label, item=field.label),
        why=_("No longer needed once “{item}” is filled in.").format(item=end.label if end else ""),
        records=tuple(found),
    )


def _left(context: Context, read: Reading, record_type: RecordType, today: date) -> DueGroup:
    years = context.settings().person_kept_years
    last = _years_before(today, years)
    found = [
        _due(read, record, record_type, since)
        for record in _own(context, read, record_type)
        if (since := str(record.values.get(record_type.person_until) or "")) and since <= last
    ]
    why = ngettext(
        "Left more than {count} year ago: counts stay, the person goes.",
        "Left more than {count} years ago: counts stay, the person goes.",
        years,
    )
    return DueGroup(
        id=f"{LEFT}/{record_type.id}",
        kind=LEFT,
        type_id=record_type.id,
        field=record_type.person,
        label=_("{register} who left").format(register=record_type.label),
        why=why.format(count=years),
        records=tuple(found),
    )


def _expired(context: Context, read: Reading, record_type: RecordType, today: date, years: int) -> DueGroup:
    last = _years_before(today, years)
    found = (
        _passed_by_day(context, read, record_type, last)
        if _is_dated(record_type) and not record_type.keep_from
        else _passed(context, read, record_type, last)
    )
    why = ngettext("To be kept for {count} year.", "To be kept for {count} years.", years).format(count=years)
    return DueGroup(
        id=f"{RECORD}/{record_type.id}",
        kind=RECORD,
        type_id=record_type.id,
        field="",
        label=record_type.label,
        why=why,
        records=tuple(found),
    )


def _passed_by_day(context: Context, read: Reading, record_type: RecordType, last: str) -> list[DueRecord]:
    """From the lists alone: after ten years they are thousands, and no body need be opened for them."""
    query = ListQuery(types=(record_type.id,), unit=context.scope_of(record_type), last_day=last, limit=_MOST)
    return [
        DueRecord(record=row.id, title=row.title, since=row.day)
        for row in read.queries.rows(query)
        if row.day
    ]


def _passed(context: Context, read: Reading, record_type: RecordType, last: str) -> list[DueRecord]:
    return [
        _due(read, record, record_type, since)
        for record in read.records.of_types([record_type.id], unit=context.scope_of(record_type))
        if (since := _ended_on(record_type, record)) and since <= last
    ]


def _is_dated(record_type: RecordType) -> bool:
    field = record_type.field(record_type.month_of or "")
    return field is not None and field.kind == "date"


def _own(
    context: Context, read: Reading, record_type: RecordType, *, containing: str = ""
) -> Iterator[Record]:
    found = read.records.of_types([record_type.id], unit=context.scope_of(record_type), containing=containing)
    return (record for record in found if not is_erased(record.values))


def _ended_on(record_type: RecordType, record: Record) -> str:
    """The day from which a record's keeping time runs; empty while it is not over or there is no day."""
    if record_type.keep_from:
        day = record.values.get(record_type.keep_from)
        return day if isinstance(day, str) and len(day) == 10 else ""
    summary = summarise(record_type, record.values)
    if summary.day:
        return summary.day
    return Month.from_number(summary.month).last_day.isoformat() if summary.month else ""


def _due(read: Reading, record: Record, record_type: RecordType, since: str) -> DueRecord:
    summary = summarise(record_type, record.values)
    title = summary.title
    if summary.title_ref:
        title = read.records.titles([summary.title_ref]).get(summary.title_ref, "")
    return DueRecord(record=record.id, title=title, since=since)


def _years_before(today: date, years: int) -> str:
    """The day so many years ago: what ended on it is over today."""
    return f"{today.year - years:04d}-{today.month:02d}-{today.day:02d}"


def _keeping(context: Context, record_type: RecordType, years: int) -> str:
    if record_type.person_until:
        count = context.settings().person_kept_years
        words = ngettext("{count} year after leaving", "{count} years after leaving", count)
        return words.format(count=count)
    if years == 0:
        return _("For ever")
    return ngettext("{count} year", "{count} years", years).format(count=years)
