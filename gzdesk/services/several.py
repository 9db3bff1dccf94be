"""Many records at once: one item set to one value, or all of them removed, in one step that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from gzdesk.domain.fields import FieldProblem
from gzdesk.domain.record import CANCELLED, HELD, VOID, Record
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.record_input import read_texts
from gzdesk.services.records import Draft, Records

# What tells one record from another is not made the same in many.
_KINDS = frozenset(
    {
        "text",
        "note",
        "choice",
        "choices",
        "yes_no",
        "reference",
        "list",
        "unit",
        "units",
        "time",
        "date",
        "integer",
    }
)
_OWN = frozenset({"status", "cancel_reason", "paper_no", "evidence", "confirmed_by", "stamped"})
_AT_ONCE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A record that stays as it is, in words, and why."""

    record_id: str
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would happen: the records that change, those that have that value already, and those that can't change."""

    changes: tuple[str, ...] = ()
    same: int = 0
    left: tuple[Left, ...] = ()


class Several:
    """Changes many records with the rules that hold for each of them."""

    def __init__(self, context: Context, records: Records) -> None:
        self._context = context
        self._records = records

    def fields(self, record_ids: Sequence[str]) -> tuple[Field, ...]:
        """The items that all those records have and that may be the same in many, in paper order."""
        types = {record.type: self._context.types.get(record.type) for record in self._found(record_ids)}
        first, *others = types.values() or (None,)
        if first is None or any(other is None for other in others):
            return ()
        return tuple(
            field
            for field in first.form_fields()
            if _may_be_alike(first, field) and all(_same(field, other) for other in others)
        )

    def read(self, field: Field, text: str) -> object:
        """The value that a text means in that item. Raises FieldProblem; an empty text is no value."""
        if not text.strip():
            raise FieldProblem(_("Write what shall stand there."))
        holder = next(item for item in self._context.types if field in item.fields)
        with self._context.store.reading() as read:
            values, unread = read_texts(self._context, read, holder, {field.name: text}, month=None)
        if unread:
            raise FieldProblem(unread[0].message)
        return values[field.name]

    def plan(self, record_ids: Sequence[str], *, field: str, value: object) -> Plan:
        """What setting that item to that value would do; nothing is written."""
        changes, left, same = [], [], 0
        for record in self._found(record_ids):
            if record.values.get(field) == value:
                same += 1
            elif reason := self._refusal(partial(self._records.rehearse, _draft(record, field, value))):
                left.append(Left(record_id=record.id, words=self._records.words(record), reason=reason))
            else:
                changes.append(record.id)
        return Plan(changes=tuple(changes), same=same, left=tuple(left))

    def change(self, record_ids: Sequence[str], *, field: str, value: object) -> int:
        """Set the item in all those records, all or none. Returns how many; raises as `Records.save` does."""
        drafts = [_draft(record, field, value) for record in self._found(record_ids)]
        self._records.save_all(drafts)
        return len(drafts)

    def removal_plan(self, record_ids: Sequence[str]) -> Plan:
        """Which of those records could be deleted or voided, and which can't be and why."""
        changes, left = [], []
        for record in self._found(record_ids):
            reason = self._refusal(partial(self._records.rehearse_removal, record.id))
            if reason:
                left.append(Left(record_id=record.id, words=self._records.words(record), reason=reason))
            else:
                changes.append(record.id)
        return Plan(changes=tuple(changes), left=tuple(left))

    def happened(self, record_ids: Sequence[str]) -> bool:
        """Whether one of those took place or was called off: such a record is voided rather than deleted."""
        return any(self._happened(record) for record in self._found(record_ids))

    def void(self, record_ids: Sequence[str], *, reason: str) -> int:
        """Void what happened and delete what was only planned or listed, with one reason and in one step."""
        found = self._found(record_ids)
        drafts = [_voided(record, reason) for record in found if self._happened(record)]
        rest = [record.id for record in found if not self._happened(record)]
        self._records.save_all(drafts, delete_ids=rest, reason=reason)
        return len(found)

    def delete(self, record_ids: Sequence[str], *, reason: str = "") -> int:
        """Delete them all, in one step."""
        self._records.save_all([], delete_ids=record_ids, reason=reason)
        return len(record_ids)

    def _happened(self, record: Record) -> bool:
        record_type = self._context.types.get(record.type)
        dated = record_type is not None and record_type.group in ("event", "daily")
        return dated and record.status in (HELD, CANCELLED)

    def _found(self, record_ids: Sequence[str]) -> list[Record]:
        found: dict[str, Record] = {}
        with self._context.store.reading() as read:
            for start in range(0, len(record_ids), _AT_ONCE):
                found |= read.records.many(record_ids[start : start + _AT_ONCE])
        return [
            found[record_id]
            for record_id in record_ids
            if record_id in found and not found[record_id].deleted
        ]

    def _refusal(self, rehearse: Callable[[], object]) -> str:
        try:
            rehearse()
        except UserError as error:
            return error.message
        return ""


def _draft(record: Record, field: str, value: object) -> Draft:
    return Draft(type_id=record.type, record_id=record.id, values={**record.values, field: value})


def _voided(record: Record, reason: str) -> Draft:
    values: Mapping[str, object] = record.values
    remark = "；".join(text for text in (str(values.get("remark", "")), reason) if text)
    return Draft(
        type_id=record.type, record_id=record.id, values={**values, "status": VOID, "remark": remark}
    )


def _may_be_alike(record_type: RecordType, field: Field) -> bool:
    own = {record_type.title, record_type.measures.get("persons"), record_type.month_of} | _OWN
    return field.kind in _KINDS and field.name not in own and not field.unique


def _same(field: Field, other: RecordType | None) -> bool:
    known = other.field(field.name) if other is not None else None
    return (
        other is not None
        and known is not None
        and _may_be_alike(other, known)
        and (known.kind, known.choices, known.to) == (field.kind, field.choices, field.to)
    )
