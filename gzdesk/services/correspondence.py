"""What passed between a village and the town about one record (往来记录): written, handed in, received, returned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gzdesk.domain.record_type import RecordType
from gzdesk.domain.review import AMENDED, APPROVED, DELETED, answer_id, review_id
from gzdesk.domain.revision import Revision
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.context import Context
from gzdesk.services.history import HistoryEntry, history_of
from gzdesk.services.peers import tips_from_data
from gzdesk.storage.packages import OUTGOING
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line. `tone` colours its mark: `error` for a return, `ok` for an approval, `info` for a receipt."""

    when: str  # 2019-10-22T09:40:00+08:00, or only the day
    who: str
    words: str
    tone: str = "neutral"


def correspondence(context: Context, read: Reading, record_id: str) -> tuple[Entry, ...]:
    """All of it, newest first. The order is by the clocks of the two PCs, for display only."""
    record = read.records.get(record_id)
    if record is None:
        return ()
    record_type = context.types.get(record.type)
    found = [
        *_written(context, read, record_id),
        *_sent(context, read, record_id),
        *_judged(context, read, record_id, record_type),
        *_answered(context, read, record_id),
    ]
    return tuple(sorted(found, key=lambda entry: entry.when, reverse=True))


def _written(context: Context, read: Reading, record_id: str) -> Iterator[Entry]:
    record = read.records.get(record_id)
    unit = context.unit(record.unit).label if record else ""
    for entry in history_of(context, read, record_id):
        yield Entry(when=entry.when, who=_signed(unit, entry.who), words=_history_words(entry))


def _history_words(entry: HistoryEntry) -> str:
    if entry.kind != "changed" or not entry.changes:
        return entry.words
    changes = (
        _("{label} {old} → {new}").format(label=item.label, old=item.old or "—", new=item.new or "—")
        for item in entry.changes
    )
    return _("{what}: {changes}").format(what=entry.words, changes=listed(changes))


def _sent(context: Context, read: Reading, record_id: str) -> Iterator[Entry]:
    """The first file of this unit that held the record, and its receipt."""
    versions = read.revisions.history(record_id)
    if context.is_town or not versions:
        return
    header = versions[0].header
    for row in reversed(read.packages.all(OUTGOING, unit=context.units.town.id)):
        tips = tips_from_data(row.detail["tips"])
        if not any(
            (tip.scope, tip.writer) == (header.scope, header.writer) and tip.seq >= header.seq for tip in tips
        ):
            continue
        number = _("Handed in, no. {number}").format(number=row.number)
        yield Entry(when=str(row.detail["written_at"]), who=context.me.label, words=number)
        received = row.detail.get("acknowledged_on")
        if received:
            yield Entry(when=str(received), who=context.units.town.label, words=_("Received"), tone="info")
        return


def _judged(
    context: Context, read: Reading, record_id: str, record_type: RecordType | None
) -> Iterator[Entry]:
    town = context.units.town.label
    for version, values in _versions(read, review_id(record_id)):
        who = _signed(town, str(values.get("by", "")))
        if values.get("status") == APPROVED:
            yield Entry(when=version.header.recorded_at, who=who, words=_("Approved"), tone="ok")
            continue
        remarks = [
            (record_type.field(str(row.get("field"))) if record_type else None, str(row.get("remark", "")))
            for row in _rows(values.get("remarks"))
        ]
        said = listed(
            _("{label}: {text}").format(label=field.label, text=text) if field else text
            for field, text in remarks
        )
        yield Entry(
            when=version.header.recorded_at,
            who=who,
            words=_("Returned: {words}").format(words=said),
            tone="error",
        )


def _answered(context: Context, read: Reading, record_id: str) -> Iterator[Entry]:
    record = read.records.get(record_id)
    unit = context.unit(record.unit).label if record else ""
    for version, values in _versions(read, answer_id(record_id)):
        kind = values.get("status")
        words = {AMENDED: _("Amended: {words}"), DELETED: _("Deleted, reason: {words}")}.get(
            str(kind), _("Nothing is wrong: {words}")
        )
        yield Entry(
            when=version.header.recorded_at,
            who=_signed(unit, str(values.get("by", ""))),
            words=words.format(words=values.get("text", "")),
            tone="warn",
        )


def _versions(read: Reading, record_id: str) -> Iterator[tuple[Revision, dict[str, object]]]:
    for version in read.revisions.history(record_id):
        if version.body_text is not None and not version.header.deleted:
            yield version, dict(values_from_text(version.body_text))


def _rows(value: object) -> list[dict[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _signed(unit: str, who: str) -> str:
    return unit if not who or who == unit else f"{unit} {who}"
