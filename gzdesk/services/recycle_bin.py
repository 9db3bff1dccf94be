"""The recycle bin: what was deleted or voided in all registers, and bringing it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.record import DRAFT, VOID
from gzdesk.services.context import Context
from gzdesk.services.history import author_words
from gzdesk.services.records import DELETE_REASON, Records
from gzdesk.storage.removed import RemovedQuery, RemovedRow
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text

DELETED = "deleted"
_BETWEEN_REMARKS = "；"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A removed record. `kind` is `deleted` or `void`, `when` a local time such as `2019-11-08T09:00:00+08:00`.

    `mine` tells whether it can be brought back here; what another unit wrote only that unit can.
    """

    id: str
    type_id: str
    unit: str
    title: str
    day: str
    kind: str
    when: str
    who: str
    why: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BinPage:
    """One page of the bin and how many records it holds in all."""

    rows: tuple[Removed, ...]
    total: int


class RecycleBin:
    """What the page of that name shows and does."""

    def __init__(self, context: Context, records: Records) -> None:
        self._context = context
        self._records = records

    def page(
        self, *, text: str = "", type_id: str | None = None, offset: int = 0, limit: int = 100
    ) -> BinPage:
        """What was removed, the latest first; `text` finds by name, place or initials."""
        query = RemovedQuery(types=self._types(type_id), text=text, offset=offset, limit=limit)
        with self._context.store.reading() as read:
            rows = tuple(self._removed(read, row) for row in read.removed.rows(query))
            return BinPage(rows=rows, total=read.removed.count(query))

    def counts_by_type(self) -> dict[str, int]:
        """How many records of each register are in the bin; registers without any are left out."""
        with self._context.store.reading() as read:
            return read.removed.counts_by_type(RemovedQuery(types=self._types(None)))

    def restore(self, record_ids: Sequence[str]) -> tuple[str, ...]:
        """Bring records back as they were, all or none; `Records.undo` takes it back. Returns them in words.

        Raises UserError when a month is closed, a record is not ours, or another one has taken its place.
        """
        with self._context.store.reading() as read:
            bodies = {record_id: _as_it_was(read, record_id) for record_id in record_ids}
        return self._records.restore(bodies)

    def _types(self, type_id: str | None) -> tuple[str, ...]:
        if type_id is not None:
            return (type_id,)
        return tuple(item.id for item in self._context.types if item.group != "system")

    def _removed(self, read: Reading, row: RemovedRow) -> Removed:
        return Removed(
            id=row.id,
            type_id=row.type,
            unit=row.unit,
            title=row.title,
            day=row.day,
            kind=DELETED if row.deleted else VOID,
            when=row.recorded_at,
            who=author_words(row.actor),
            why=str(row.values.get(DELETE_REASON, "")) if row.deleted else _why_void(read, row),
            mine=self._context.is_mine(row.unit),
        )


def _as_it_was(read: Reading, record_id: str) -> Mapping[str, object]:
    """The body a record had before it was removed; one that was never anything but void becomes a draft."""
    record = read.records.get(record_id)
    values = {} if record is None else dict(record.values)
    values.pop(DELETE_REASON, None)
    if record is None or record.deleted or record.status != VOID:
        return values
    before = _before_void(read, record_id)
    if before is None:
        return {**values, "status": DRAFT}
    values.pop("remark", None)
    kept = {name: before[name] for name in ("status", "remark") if name in before}
    return {**values, **kept}


def _why_void(read: Reading, row: RemovedRow) -> str:
    """The reason alone: voiding writes it behind whatever remark stood there."""
    remark = str(row.values.get("remark", ""))
    before = str((_before_void(read, row.id) or {}).get("remark", ""))
    return remark.removeprefix(before).removeprefix(_BETWEEN_REMARKS) if before else remark


def _before_void(read: Reading, record_id: str) -> Mapping[str, object] | None:
    """The latest version that was neither void nor deleted, or None."""
    for version in reversed(read.revisions.history(record_id)):
        values = values_from_text(version.body_text)
        if values and not version.header.deleted and values.get("status") != VOID:
            return values
    return None
