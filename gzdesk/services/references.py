"""References between records: the words that stand for one, and finding the one that words mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gzdesk.domain.fields import FieldProblem, to_text
from gzdesk.domain.masking import hides_numbers, masked
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.record_type import Field, RecordType, holds
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.context import Context
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

# A unit has a handful of venues; among more, nobody can say which one is meant.
_FEW = 20


def reference_titles(
    read: Reading, record_type: RecordType, bodies: Iterable[Mapping[str, object]]
) -> Mapping[str, str]:
    """The titles of all records that these bodies refer to, by id."""
    names = [field.name for field in record_type.fields if field.kind in ("reference", "references")]
    ids = {record_id for body in bodies for name in names for record_id in _ids(body.get(name))}
    ordered = sorted(ids)
    titles: dict[str, str] = {}
    for start in range(0, len(ordered), 900):
        titles.update(read.records.titles(ordered[start : start + 900]))
    return titles


def record_words(context: Context, read: Reading, record: Record) -> str:
    """A record in a few words: its day, its register, its name."""
    record_type = context.types.get(record.type)
    if record_type is None:
        return record.type
    summary = summarise(record_type, record.values)
    title = summary.title
    if summary.title_ref:
        title = read.records.titles([summary.title_ref]).get(summary.title_ref, "")
    return " ".join(part for part in (summary.day, record_type.label, title) if part)


def record_texts(context: Context, read: Reading, record: Record) -> dict[str, str]:
    """The items of a record that are filled in, as lists show them, by name."""
    record_type = context.types.get(record.type)
    if record_type is None:
        return {name: str(value) for name, value in record.values.items()}
    titles = reference_titles(read, record_type, [record.values])
    return {
        field.name: shown_text(field, record.values[field.name], context, titles)
        for field in record_type.fields
        if field.name in record.values and field.kind != "generated"
    }


def shown_text(
    field: Field, value: object, context: Context, titles: Mapping[str, str], *, whole: bool = False
) -> str:
    """What lists, prints, exports and histories show for a value: the one place where such texts are made.

    Numbers of persons are masked (`domain.masking`), unless `whole`: only the record's own form shows them.
    """
    if value is None:
        return ""
    if field.kind == "reference":
        return titles.get(str(value)) or _("(not here)")
    if field.kind == "references":
        return listed(dict.fromkeys(titles.get(each) or _("(not here)") for each in _ids(value)))
    text = to_text(field, value, context.units)
    if whole or not hides_numbers(field):
        return text
    return masked(field, text, phones=context.settings().mask_phones)


def resolve_reference(read: Reading, field: Field, text: str) -> str:
    """The id of the record that a text means: its id or its unique title.

    Raises FieldProblem when nothing or more than one thing fits.
    """
    direct = read.records.get(text) if len(text) == 36 else None
    if direct is not None and not direct.deleted and direct.type in field.targets:
        return direct.id
    found = [row for row in read.queries.rows(_query(field.targets, text)) if row.title == text]
    if len(found) == 1:
        return found[0].id
    if found:
        raise FieldProblem(
            _("“{text}” stands there more than once. Choose one from the list.").format(text=text)
        )
    raise FieldProblem(
        _("“{text}” is not on the list yet. Choose one from the list, or add it.").format(text=text)
    )


def only_record(read: Reading, field: Field, *, unit: str) -> str | None:
    """The one record that can be meant when there is just one (a village with a single venue), else None.

    Of several, the only one that the field prefers: a library's books stand in the one room that is a library.
    """
    rows = read.queries.rows(ListQuery(types=field.targets, unit=unit, statuses=("held",), limit=_FEW))
    if len(rows) > 1 and field.prefers:
        found = read.records.many([row.id for row in rows])
        rows = tuple(row for row in rows if holds(field.prefers, found[row.id].values))
    return rows[0].id if len(rows) == 1 else None


def record_named(read: Reading, field: Field, name: str, *, unit: str) -> str | None:
    """The one record of the unit that has that title (a member of staff by the name), else None."""
    query = replace(_query(field.targets, name), unit=unit, statuses=("held",))
    found = [row for row in read.queries.rows(query) if row.title == name]
    return found[0].id if len(found) == 1 else None


def value_in_titled(read: Reading, type_id: str, title: str, name: str) -> object | None:
    """What the held records of that title say in an item, where all of them say the same; else None."""
    query = replace(_query((type_id,), title), statuses=("held",))
    ids = [row.id for row in read.queries.rows(query) if row.title == title]
    said = [record.values.get(name) for record in read.records.many(ids).values()] if ids else []
    return said[0] if said and all(value == said[0] for value in said) else None


def _ids(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return [] if value is None else [str(value)]


def _query(targets: tuple[str, ...], text: str) -> ListQuery:
    return ListQuery(types=targets, text=text, limit=200)
