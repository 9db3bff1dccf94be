"""Records that the program writes itself, of the group `system`: one per key, with the same id on every PC."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from gzdesk.services.context import Context
from gzdesk.storage.store import Writing

# Fixed for ever: the ids of these records are made from it.
_NAMESPACE = uuid.UUID("7c1d5c2e-54a0-4b8e-9f0a-2b0c6b6f4d11")


def system_record_id(type_id: str, key: str) -> str:
    """The id of the record of that type and key; two PCs that write it write the same record."""
    return str(uuid.uuid5(_NAMESPACE, f"{type_id}/{key}"))


def put(
    context: Context, work: Writing, *, type_id: str, key: str, scope: str, values: Mapping[str, object]
) -> bool:
    """Write the record of that key unless it says the same already; returns whether it was written."""
    record_id = system_record_id(type_id, key)
    now = work.records.get(record_id)
    if now is not None and not now.deleted and now.heads == 1 and now.values == values:
        return False
    _append(context, work, record_id, type_id, scope, values, deleted=False)
    return True


def take_away(context: Context, work: Writing, *, record_id: str) -> None:
    """Delete a record; its versions stay."""
    now = work.records.get(record_id)
    if now is not None and not now.deleted:
        _append(context, work, record_id, now.type, now.unit, now.values, deleted=True)


def _append(
    context: Context,
    work: Writing,
    record_id: str,
    type_id: str,
    scope: str,
    values: Mapping[str, object],
    *,
    deleted: bool,
) -> None:
    work.revisions.append(
        record=record_id,
        type_id=type_id,
        type_version=context.record_type(type_id).version,
        scope=scope,
        values=values,
        deleted=deleted,
    )
