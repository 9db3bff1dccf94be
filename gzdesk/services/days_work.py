"""What was done on a day, in words and as records: the work log is filled in from it (domain.md, work_log)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gzdesk.domain.record import CANCELLED, HELD, Record, summarise
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, pick
from gzdesk.services.context import Context
from gzdesk.services.references import reference_titles
from gzdesk.storage.store import Reading


def records_of_the_day(context: Context, read: Reading, field: Field, day: str) -> list[Record]:
    """The unit's records of that day, of the types that the field refers to; plans and drafts are no work yet."""
    found = (read.records.on_day(type_id, unit=context.own_scope, day=day) for type_id in field.targets)
    return [record for records in found for record in records if record.status in (HELD, CANCELLED)]


def words_of_the_day(
    context: Context, read: Reading, records: Sequence[Record], *, longest: int
) -> str | None:
    """One sentence part for each kind of record, as many as fit; None when there is nothing to say."""
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.type, []).append(record)
    mark = pick(zh="；", en="; ")
    said = ""
    for type_id, found in by_type.items():
        record_type = context.record_type(type_id)
        part = _part(record_type, found, reference_titles(read, record_type, [r.values for r in found]))
        longer = mark.join(text for text in (said, part) if text)
        said = longer if len(longer) <= longest else said
    return said or None


def _part(record_type: RecordType, records: Iterable[Record], titles: Mapping[str, str]) -> str:
    persons: dict[str, int | None] = {}
    for record in records:
        summary = summarise(record_type, record.values)
        name = titles.get(summary.title_ref or "", "") or " ".join(summary.title.split())[:30]
        if record.status == CANCELLED:
            name = _("{name} (cancelled)").format(name=name)
        heads = persons.get(name)
        persons[name] = heads if summary.persons is None else summary.persons + (heads or 0)
    said = listed(_with_persons(name, heads) for name, heads in persons.items() if name)
    return _("{register}: {names}").format(register=record_type.label, names=said) if said else ""


def _with_persons(name: str, heads: int | None) -> str:
    return name if heads is None else _("{name} ({heads} person-times)").format(name=name, heads=heads)
