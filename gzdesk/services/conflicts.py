"""Records that were changed on two sides: which they are and what each side says. Nothing is chosen here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gzdesk.services.context import Context
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the versions. `texts` are the items in which the versions differ, in words; none when deleted."""

    revision: str
    who: str
    when: str
    deleted: bool
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A record of which two sides wrote a version without knowing of each other; `shown` counts for now."""

    record: str
    type_id: str
    unit: str
    shown: str
    sides: tuple[Side, ...]


def list_conflicts(context: Context) -> tuple[Conflict, ...]:
    """Every record with more than one version that counts, oldest record first."""
    with context.store.reading() as read:
        return tuple(_conflict(context, read, record) for record in read.records.conflicting(context.scopes))


def _conflict(context: Context, read: Reading, record_id: str) -> Conflict:
    record = read.records.get(record_id)
    versions = read.revisions.head_revisions(record_id)
    bodies = {head.id: values_from_text(head.body_text) if head.body_text else {} for head in versions}
    names = {name for body in bodies.values() for name in body}
    differing = {name for name in names if len({repr(body.get(name)) for body in bodies.values()}) > 1}
    type_id = versions[0].header.type
    sides = tuple(
        Side(
            revision=head.id,
            who=head.header.actor,
            when=head.header.recorded_at,
            deleted=head.header.deleted,
            texts=_texts(context, read, type_id, bodies[head.id], differing),
        )
        for head in versions
    )
    shown = record.revision if record else ""
    return Conflict(
        record=record_id, type_id=type_id, unit=versions[0].header.scope, shown=shown, sides=sides
    )


def _texts(
    context: Context, read: Reading, type_id: str, values: Mapping[str, object], names: set[str]
) -> dict[str, str]:
    record_type = context.types.get(type_id)
    if record_type is None:
        return {name: str(values[name]) for name in sorted(names) if name in values}
    titles = reference_titles(read, record_type, [values])
    return {
        field.name: shown_text(field, values.get(field.name), context, titles)
        for field in record_type.fields
        if field.name in names and field.kind != "generated"
    }
