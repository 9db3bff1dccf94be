"""A record that two sides changed, in words: its versions side by side, and what they agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gzdesk.domain.record import summarise
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.revision import Revision
from gzdesk.domain.three_way import DELETED, ERASED, ITEMS, UNSEEN, Merge, merge_heads
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext, pick
from gzdesk.services.conflicts.automatic import fits_by_item, versions_of
from gzdesk.services.conflicts.model import Conflict, Item, Side
from gzdesk.services.context import Context
from gzdesk.services.history import author_words
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text

_Texts = Mapping[str, str]


def look(context: Context, read: Reading, record_id: str) -> Conflict:
    """The record with its versions. Those that say the same stand there once."""
    heads = different_heads(read, record_id)
    record_type = context.types.get(heads[0].header.type)
    merge = merge_heads(versions_of(read, record_id))
    bodies = [values_from_text(head.body_text) for head in heads]
    texts = _texts(context, read, record_type, bodies)
    labels = _labels(record_type, bodies)
    gone = [head.header.deleted for head in heads]
    by_item = fits_by_item(record_type) and not any(gone) and merge.reason != ERASED
    return Conflict(
        record=record_id,
        type_id=heads[0].header.type,
        unit=heads[0].header.scope,
        shown=heads[0].id,
        words=record_words(read, record_type, heads[0].header.type, bodies[0]),
        sides=tuple(_side(context, head, said, merge) for head, said in zip(heads, texts, strict=True)),
        items=tuple(
            Item(
                field=name,
                label=label,
                texts=tuple(said.get(name, "") for said in texts),
                by=tuple(number for number, head in enumerate(heads) if head.id in merge.changed_by[name]),
            )
            for name, label in labels.items()
            if name in merge.changed_by
        ),
        same=tuple(
            (label, texts[0][name])
            for name, label in labels.items()
            if name not in merge.changed_by and texts[0].get(name)
        ),
        by_item=by_item,
        why=_why(merge, count=len(merge.differing)),
    )


def different_heads(read: Reading, record_id: str) -> tuple[Revision, ...]:
    """The versions to choose between, the shown one first."""
    found: dict[tuple[bool, str | None], Revision] = {}
    for head in read.revisions.head_revisions(record_id):
        found.setdefault((head.header.deleted, None if head.header.deleted else head.body_text), head)
    return tuple(found.values())


def record_words(
    read: Reading, record_type: RecordType | None, type_id: str, values: Mapping[str, object]
) -> str:
    """A record in a few words: its day, its register, its name."""
    if record_type is None:
        return type_id
    summary = summarise(record_type, values)
    title = summary.title
    if summary.title_ref:
        title = read.records.titles([summary.title_ref]).get(summary.title_ref, "")
    return " ".join(part for part in (summary.day, record_type.label, title) if part)


def outcome_texts(
    context: Context, read: Reading, record_type: RecordType | None, values: Mapping[str, object]
) -> Mapping[str, str]:
    """What a body says, item by item, in words."""
    return _texts(context, read, record_type, [values])[0]


def _side(context: Context, head: Revision, texts: _Texts, merge: Merge) -> Side:
    names = () if head.header.deleted else merge.differing
    return Side(
        revision=head.id,
        who=author_words(head.header.actor),
        when=head.header.recorded_at,
        deleted=head.header.deleted,
        here=head.header.writer == context.store.writer,
        texts={name: texts.get(name, "") for name in names if name in texts},
    )


def _labels(record_type: RecordType | None, bodies: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """The items in the order of the form, then what this program does not know, by its name."""
    known = {field.name: _label(field) for field in record_type.fields} if record_type else {}
    return known | {name: name for body in bodies for name in sorted(body) if name not in known}


def _label(field: Field) -> str:
    """`时长（分钟）`: a figure to choose says what it counts, unless its name does."""
    unit = field.unit_label
    if not unit or unit.lower() in field.label.lower():
        return field.label
    return pick(zh=f"{field.label}（{unit}）", en=f"{field.label} ({unit})")


def _texts(
    context: Context,
    read: Reading,
    record_type: RecordType | None,
    bodies: Sequence[Mapping[str, object]],
) -> list[dict[str, str]]:
    if record_type is None:
        return [{name: str(value) for name, value in body.items()} for body in bodies]
    titles = reference_titles(read, record_type, bodies)
    fields = {field.name: field for field in record_type.fields if field.kind != "generated"}
    made = {field.name for field in record_type.fields} - fields.keys()
    return [
        {
            name: shown_text(fields[name], value, context, titles) if name in fields else str(value)
            for name, value in body.items()
            if name not in made
        }
        for body in bodies
    ]


def _why(merge: Merge, *, count: int) -> str:
    if merge.reason == DELETED:
        return _("One side deleted this record, the other changed it.")
    if merge.reason == UNSEEN:
        return _("An earlier version of this record has not come yet, so the program can't compare them.")
    if merge.reason == ERASED:
        return _("A person was erased from this record on one side, the other side changed it.")
    if merge.reason == ITEMS:
        words = ngettext(
            "Both sides changed this record; {count} item differs.",
            "Both sides changed this record; {count} items differ.",
            count,
        )
        return words.format(count=count)
    return _("Both sides changed this record, and what they wrote does not go together.")
