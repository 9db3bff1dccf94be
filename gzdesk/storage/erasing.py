"""Taking the contents of erased versions out of the ledger; their headers stay, and with them every chain."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from gzdesk.domain.erasure import TYPE_ID, Notice, erased_versions, notice_of, version_of
from gzdesk.storage.driver import IN_LIMIT, chunks
from gzdesk.storage.names import Names
from gzdesk.storage.tables import records, revisions
from gzdesk.storage.wire import header_from_text, values_from_text

# Not deleted: only then does the index on the record view serve. Nobody can delete a notice (services.records).
_NOTICES = (
    select(records.c.id, records.c.scope, revisions.c.body)
    .join_from(records, revisions, revisions.c.key == records.c.revision)
    .where(records.c.type == bindparam("type"), ~records.c.deleted)
)
_STRIP = update(revisions).where(revisions.c.key == bindparam("b_key")).values(salt=None, body=None)


class Stripped(NamedTuple):
    """The contents that one version just lost: whoever kept copies of them must let them go too."""

    record: str
    type_id: str
    body_text: str


def notices(connection: Connection, names: Names) -> list[Notice]:
    """Every erase notice that is here."""
    kind = names.known_types([TYPE_ID])
    if not kind:  # the usual ledger: nobody was ever erased
        return []
    rows = connection.execute(_NOTICES, {"type": kind[0]})
    return [notice_of(row.id, names.scope_id(row.scope), values_from_text(row.body)) for row in rows]


def strip(
    connection: Connection, names: Names, record_ids: Iterable[str], known: Collection[Notice]
) -> list[Stripped]:
    """Empty the versions of these records that the notices leave nothing of. The record view is the caller's."""
    named = frozenset().union(*(notice.records for notice in known))
    found: list[Stripped] = []
    for chunk in chunks(sorted(named.intersection(record_ids)), IN_LIMIT):
        for versions in _versions(connection, chunk).values():
            found += _strip_record(connection, names, versions, known)
    return found


def _strip_record(
    connection: Connection, names: Names, rows: list[Any], known: Collection[Notice]
) -> list[Stripped]:
    versions = [
        version_of(row.id.hex(), header_from_text(row.header).parents, values_from_text(row.body))
        for row in rows
    ]
    heard = [notice for notice in known if notice.scope == names.scope_id(rows[0].scope)]
    gone = erased_versions(rows[0].record, versions, heard)
    emptied = [row for row in rows if row.body is not None and row.id.hex() in gone]
    if emptied:
        connection.execute(_STRIP, [{"b_key": row.key} for row in emptied])
    return [Stripped(row.record, names.type_id(row.type), row.body) for row in emptied]


def _versions(connection: Connection, record_ids: Collection[str]) -> dict[str, list[Any]]:
    query = select(
        revisions.c.key,
        revisions.c.id,
        revisions.c.record,
        revisions.c.type,
        revisions.c.scope,
        revisions.c.header,
        revisions.c.body,
    ).where(revisions.c.record.in_(record_ids))
    grouped: dict[str, list[Any]] = {}
    for row in connection.execute(query.order_by(revisions.c.key)):
        grouped.setdefault(row.record, []).append(row)
    return grouped
