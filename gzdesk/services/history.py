"""The history of a record in words: who wrote it, who changed what from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gzdesk.domain.record_type import RecordType
from gzdesk.domain.revision import Revision
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
    """One version of a record. `kind` is `written`, `changed`, `deleted`, `restored`, `emptied` or `erased`.

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


def _entry(context: Context, read: Reading, version: Revision, by_id: Mapping[str, Revision]) -> HistoryEntry:
    before = next((by_id[parent] for parent in version.header.parents if parent in by_id), None)
    kind = _kind(version, before)
    record_type = context.types.get(version.header.type)
    changes = (
        ()
        if record_type is None or kind in ("deleted", "emptied", "erased")
        else changes_between(context, read, record_type, before, version)
    )
    return HistoryEntry(
        revision=version.id,
        when=version.header.recorded_at,
        who=version.header.actor,
        kind=kind,
        words=_words(kind),
        changes=changes,
    )


def _kind(version: Revision, before: Revision | None) -> str:
    if version.body_text is None:
        return "emptied"
    if before is not None and before.body_text is None:
        return "erased"
    if version.header.deleted:
        return "deleted"
    if before is None:
        return "written"
    return "restored" if before.header.deleted else "changed"


def _words(kind: str) -> str:
    return {
        "written": _("Written down"),
        "changed": _("Changed"),
        "deleted": _("Deleted"),
        "restored": _("Brought back"),
        "emptied": _("Contents erased"),
        "erased": _("Personal data erased"),
    }[kind]


def changes_between(
    context: Context, read: Reading, record_type: RecordType, before: Revision | None, after: Revision
) -> tuple[Change, ...]:
    """The items in which two versions of a record differ, in words; without `before` all that were filled in."""
    old = {} if before is None else values_from_text(before.body_text)
    new = values_from_text(after.body_text)
    titles = reference_titles(read, record_type, [old, new])
    return tuple(
        Change(
            field=field.name,
            label=field.label,
            old=shown_text(field, old.get(field.name), context, titles),
            new=shown_text(field, new.get(field.name), context, titles),
        )
        for field in record_type.fields
        if field.kind != "generated" and old.get(field.name) != new.get(field.name)
    )
