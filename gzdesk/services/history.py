"""The history of a record in words: who wrote it, who changed what from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.revision import Revision
from gzdesk.domain.three_way import PROGRAM
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item that a version changed, in words; an empty text means that nothing was or is there."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One version of a record.

    `kind` is `written`, `changed`, `deleted`, `restored`, `emptied` or `erased`; of a version that stands on those of
    two sides, `merged` (by the program) or `settled` (by a person), and its changes are against all of them.
    An `erased` version is the one that a person was taken out with; the `emptied` ones before it have lost their
    contents.
    """

    revision: str
    when: str
    who: str
    kind: str
    words: str
    changes: tuple[Change, ...]


def history_of(context: Context, read: Reading, record_id: str) -> tuple[HistoryEntry, ...]:
    """All versions of a record, newest first."""
    versions = read.revisions.history(record_id)
    by_id = {version.id: version for version in versions}
    entries = [_entry(context, read, version, by_id) for version in versions]
    return tuple(reversed(entries))


def author_words(actor: str) -> str:
    """Who wrote a version, as people read it: what the program put together has no person's name."""
    return _("the program") if actor == PROGRAM else actor


def _entry(context: Context, read: Reading, version: Revision, by_id: Mapping[str, Revision]) -> HistoryEntry:
    stands_on = [by_id[parent] for parent in version.header.parents if parent in by_id]
    kind = _kind(version, stands_on)
    record_type = context.types.get(version.header.type)
    changes = (
        ()
        if record_type is None or kind in ("deleted", "emptied", "erased")
        else _changes(context, read, record_type, stands_on, version)
    )
    return HistoryEntry(
        revision=version.id,
        when=version.header.recorded_at,
        who=author_words(version.header.actor),
        kind=kind,
        words=_words(kind),
        changes=changes,
    )


def _kind(version: Revision, stands_on: Sequence[Revision]) -> str:
    before = stands_on[0] if stands_on else None
    if version.body_text is None:
        return "emptied"
    if before is not None and before.body_text is None:
        return "erased"
    if version.header.deleted:
        return "deleted"
    if before is None:
        return "written"
    if len(stands_on) > 1:
        return "merged" if version.header.actor == PROGRAM else "settled"
    return "restored" if before.header.deleted else "changed"


def _words(kind: str) -> str:
    return {
        "written": _("Written down"),
        "changed": _("Changed"),
        "deleted": _("Deleted"),
        "restored": _("Brought back"),
        "merged": _("Changed on two sides in different items; both changes taken"),
        "settled": _("Chosen between the versions of two sides"),
        "emptied": _("Contents erased"),
        "erased": _("Personal data erased"),
    }[kind]


def changes_between(
    context: Context, read: Reading, record_type: RecordType, before: Revision | None, after: Revision
) -> tuple[Change, ...]:
    """The items in which two versions of a record differ, in words; without `before` all that were filled in."""
    return _changes(context, read, record_type, () if before is None else (before,), after)


def _changes(
    context: Context, read: Reading, record_type: RecordType, stands_on: Sequence[Revision], after: Revision
) -> tuple[Change, ...]:
    old = [values_from_text(before.body_text) for before in stands_on] or [{}]
    new = values_from_text(after.body_text)
    titles = reference_titles(read, record_type, [*old, new])

    def text(field: Field, values: Mapping[str, object]) -> str:
        return shown_text(field, values.get(field.name), context, titles)

    found = []
    for field in record_type.fields:
        others = [values for values in old if values.get(field.name) != new.get(field.name)]
        if field.kind != "generated" and others:
            before = list(dict.fromkeys(text(field, values) for values in others))
            words = before[0] if len(before) == 1 else " / ".join(each or "—" for each in before)
            found.append(Change(field=field.name, label=field.label, old=words, new=text(field, new)))
    return tuple(found)
