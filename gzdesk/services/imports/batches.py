"""What was imported on this PC, batch by batch, and taking a batch back. Kept here only; it never travels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gzdesk.domain.mint import Mint
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import Progress
from gzdesk.services import kept_here
from gzdesk.services.context import Context
from gzdesk.services.imports.model import Batch, KeptRecord, SourceTable, Undone
from gzdesk.services.records import DELETE_REASON, guarded_month, month_is_closed
from gzdesk.storage.store import Reading, Writing

_HEAD, _ROWS = "import/", "import_rows/"
_AT_ONCE = 900


def write_batch(
    context: Context,
    work: Writing,
    table: SourceTable,
    rows: Sequence[tuple[int, Mapping[str, object]]],
    progress: Progress,
) -> str:
    """Write the rows (number and values) as new records and note them as one batch; returns its id."""
    record_type = context.record_type(table.type_id)
    mint: Mint = context.mint
    made = work.revisions.append_new(
        _new_records(context, work, record_type, rows),
        type_id=record_type.id,
        type_version=record_type.version,
        scope=context.scope_of(record_type),
        written=lambda done: _told(progress, done, len(rows)),
    )
    # As short as can be typed and said on the telephone.
    batch = mint.now().strftime("%Y%m%d-%H%M%S-") + mint.random_bytes(2).hex()
    head = {
        "when": mint.timestamp(),
        "who": context.store.actor,
        "file": table.book.file.name,
        "sheet": table.sheet,
        "sha256": table.book.sha256,
        "type": record_type.id,
        "added": len(made),
        "undone": False,
        "number": 1 + len(work.local.with_prefix(_HEAD)),
    }
    numbered = [
        [record, revision, number] for (record, revision), (number, _values) in zip(made, rows, strict=True)
    ]
    work.local.put(_HEAD + batch, head)
    work.local.put(_ROWS + batch, numbered)
    return batch


def _new_records(
    context: Context, work: Writing, record_type: RecordType, rows: Sequence[tuple[int, Mapping[str, object]]]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each row with a new id; items that are kept on this PC only (ID numbers) are sealed and left out of it."""
    for _number, values in rows:
        record_id = context.mint.record_id()
        plain, sealed = kept_here.parted(record_type, values)
        if sealed:
            kept_here.keep(context, work, record_type, record_id, sealed)
        yield record_id, plain


def batches(read: Reading) -> tuple[Batch, ...]:
    """All imports of this PC, the latest first."""
    # By number, not by time: two imports may fall into one second, and a clock may be put back.
    heads = sorted(
        read.local.with_prefix(_HEAD).items(), key=lambda item: int(item[1]["number"]), reverse=True
    )
    return tuple(_batch(name.removeprefix(_HEAD), head) for name, head in heads)


def take_back(context: Context, work: Writing, batch_id: str, progress: Progress) -> Undone:
    """Delete the records of a batch that are as they were imported. Raises UserError for an unknown batch."""
    head = work.local.get(_HEAD + batch_id)
    if head is None:
        raise UserError(
            code="unknown_batch",
            message=_("There was no import {batch} on this computer.").format(batch=batch_id),
            hint=_("An import can be undone only where it was made."),
        )
    if head["undone"]:
        raise UserError(
            code="already_undone",
            message=_("The import {batch} was undone before.").format(batch=batch_id),
            hint=_("Nothing was changed."),
        )
    kept, taken = _sorted_out(context, work, work.local.get(_ROWS + batch_id, []), progress)
    reason = _("Import undone: {file}").format(file=head["file"])
    work.revisions.append_deleted(
        [replace(record, values={**record.values, DELETE_REASON: reason}) for record in taken],
        type_version=lambda type_id: found.version if (found := context.types.get(type_id)) else 0,
        written=lambda done: _told(progress, done, len(taken)),
    )
    work.local.put(_HEAD + batch_id, {**head, "undone": True})
    return Undone(taken_back=len(taken), kept=tuple(kept))


def _sorted_out(
    context: Context, read: Reading, rows: Sequence[tuple[str, str, int]], progress: Progress
) -> tuple[list[KeptRecord], list[Record]]:
    """The records of a batch that stay, and those that can be taken back."""
    kept: list[KeptRecord] = []
    taken: list[Record] = []
    closed: dict[Month, bool] = {}
    for start in range(0, len(rows), _AT_ONCE):
        progress.check_cancelled()
        part = rows[start : start + _AT_ONCE]
        found = read.records.many([record_id for record_id, _revision, _row in part])
        for record_id, revision, _row in part:
            record = found.get(record_id)
            if record is None or record.deleted:
                continue
            reason = _why_kept(context, read, record, revision, closed)
            if reason:
                kept.append(KeptRecord(id=record_id, words=_words(context, read, record), reason=reason))
            else:
                taken.append(record)
    return kept, taken


def _why_kept(
    context: Context, read: Reading, record: Record, revision: str, closed: dict[Month, bool]
) -> str:
    if record.revision != revision or record.heads != 1:
        return _("changed since the import")
    record_type = context.types.get(record.type)
    month = guarded_month(record_type, record.values) if record_type else None
    if month is None:
        return ""
    if month not in closed:
        closed[month] = month_is_closed(read, context.own_scope, month)
    return _("its month is closed") if closed[month] else ""


def _words(context: Context, read: Reading, record: Record) -> str:
    summary = summarise(context.types.get(record.type), record.values)
    title = read.records.titles([record.id]).get(record.id, "") or summary.title
    return " ".join(part for part in (summary.day, title) if part)


def _batch(batch_id: str, head: Mapping[str, Any]) -> Batch:
    return Batch(
        id=batch_id,
        when=head["when"],
        who=head["who"],
        file_name=head["file"],
        type_id=head["type"],
        added=head["added"],
        undone=head["undone"],
    )


def _told(progress: Progress, done: int, total: int) -> None:
    progress.check_cancelled()
    progress.step(done, total)
