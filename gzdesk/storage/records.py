"""Reading current records: one by id, all of a type, and the digest that two PCs compare."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.storage.names import Names
from gzdesk.storage.revisions import RevisionReader
from gzdesk.storage.tables import records, revisions
from gzdesk.storage.wire import header_from_text, values_from_text

_RECORD = select(
    records.c.id,
    records.c.type,
    records.c.scope,
    records.c.heads,
    records.c.deleted,
    revisions.c.id.label("revision_id"),
    revisions.c.header,
    revisions.c.body,
).join_from(records, revisions, revisions.c.key == records.c.revision)
_SHOWN = select(records.c.id, revisions.c.id.label("revision_id")).join_from(
    records, revisions, revisions.c.key == records.c.revision
)
# Built once: building a statement costs more than running it, and these run at every save.
_SHOWN_OF_TYPE = _RECORD.where(
    records.c.type == bindparam("type"), records.c.scope == bindparam("scope"), ~records.c.deleted
)
_ON_DAY = _SHOWN_OF_TYPE.where(records.c.day == bindparam("day")).order_by(records.c.time, records.c.id)
_IN_MONTH = _SHOWN_OF_TYPE.where(records.c.month == bindparam("month")).order_by(records.c.id)
_BY_ID = _RECORD.where(records.c.id == bindparam("id"))


class RecordReader:
    """What can be asked of the current records with their whole bodies."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def get(self, record_id: str) -> Record | None:
        """The record of that id, also a deleted one, or None."""
        row = self._connection.execute(_BY_ID, {"id": record_id}).first()
        return None if row is None else self._record(row)

    def many(self, record_ids: Sequence[str]) -> dict[str, Record]:
        """Those of the records that are here, by id. At most 900 at a time."""
        rows = self._connection.execute(_RECORD.where(records.c.id.in_(record_ids)))
        return {row.id: self._record(row) for row in rows}

    def shown_in_month(self, type_ids: Iterable[str], *, unit: str, month: Month) -> dict[str, str]:
        """The records of those types in a unit's month with their shown versions; no body is opened."""
        query = _SHOWN.where(
            records.c.type.in_(self._names.known_types(type_ids)),
            records.c.scope.in_(self._names.known_scopes([unit])),
            records.c.month == month.number,
            ~records.c.deleted,
        )
        return {row.id: row.revision_id.hex() for row in self._connection.execute(query)}

    def shown(self, record_ids: Sequence[str]) -> dict[str, str]:
        """The shown version of those records that are here, deleted ones too. At most 900 at a time."""
        rows = self._connection.execute(_SHOWN.where(records.c.id.in_(record_ids)))
        return {row.id: row.revision_id.hex() for row in rows}

    def titles(self, record_ids: Sequence[str]) -> dict[str, str]:
        """The titles of those records, by id. At most 900 at a time."""
        query = select(records.c.id, records.c.title).where(records.c.id.in_(record_ids))
        return {row.id: row.title for row in self._connection.execute(query)}

    def of_types(
        self,
        type_ids: Iterable[str],
        *,
        unit: str | None = None,
        month: Month | None = None,
        first_day: str = "",
        last_day: str = "",
        status: str | None = None,
        containing: str = "",
    ) -> Iterator[Record]:
        """Current records of those types in the order of their days; deleted ones are left out.

        `containing` is a piece of a canonical body, such as `"receipt_no":"GZ-2019-1107"`.
        """
        query = self._of_types(type_ids, unit).order_by(records.c.day, records.c.time, records.c.id)
        if month is not None:
            query = query.where(records.c.month == month.number)
        if first_day:
            query = query.where(records.c.day >= first_day)
        if last_day:
            query = query.where(records.c.day <= last_day)
        if status is not None:
            query = query.where(records.c.status == status)
        if containing:
            query = query.where(revisions.c.body.contains(containing, autoescape=True))
        yield from map(self._record, self._connection.execute(query))

    def on_day(self, type_id: str, *, unit: str, day: str) -> tuple[Record, ...]:
        """The current records of a type and unit on a day (2019-10-05)."""
        return self._few(_ON_DAY, type_id, unit, day=day)

    def in_month(self, type_id: str, *, unit: str, month: Month) -> tuple[Record, ...]:
        """The current records of a type and unit in a month, for types that have few."""
        return self._few(_IN_MONTH, type_id, unit, month=month.number)

    def last_of_type(self, type_id: str, *, unit: str) -> Record | None:
        """The record of that type and unit with the latest day that was held, planned or cancelled."""
        query = (
            self._of_types([type_id], unit)
            .where(records.c.status.not_in(("draft", "void")))
            .order_by(records.c.day.desc(), records.c.time.desc(), records.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else self._record(row)

    def digest(self, scope_ids: Iterable[str]) -> tuple[str, int]:
        """SHA-256 over the current records of those scopes, and how many there are.

        Equal on two PCs exactly when they show the same: each record's shown version, and every head when two
        sides changed it.
        """
        query = (
            select(records.c.id, records.c.heads, revisions.c.id.label("revision_id"))
            .join_from(records, revisions, revisions.c.key == records.c.revision)
            .where(records.c.scope.in_(self._names.known_scopes(scope_ids)), ~records.c.deleted)
            .order_by(records.c.id)
        )
        digest, count = hashlib.sha256(), 0
        reader = RevisionReader(self._connection, self._names)
        for row in self._connection.execute(query):
            shown = [row.revision_id.hex()] if row.heads == 1 else list(reader.heads(row.id))
            digest.update(" ".join([row.id, *shown]).encode("ascii") + b"\n")
            count += 1
        return digest.hexdigest(), count

    def conflicting(self, scope_ids: Iterable[str]) -> tuple[str, ...]:
        """The ids of the records that two sides changed."""
        query = select(records.c.id).where(
            records.c.scope.in_(self._names.known_scopes(scope_ids)), records.c.heads > 1
        )
        return tuple(self._connection.execute(query.order_by(records.c.id)).scalars())

    def _of_types(self, type_ids: Iterable[str], unit: str | None) -> Select[Any]:
        query = _RECORD.where(records.c.type.in_(self._names.known_types(type_ids)), ~records.c.deleted)
        if unit is not None:
            query = query.where(records.c.scope.in_(self._names.known_scopes([unit])))
        return query

    def _few(self, query: Select[Any], type_id: str, unit: str, **values: object) -> tuple[Record, ...]:
        types, scopes = self._names.known_types([type_id]), self._names.known_scopes([unit])
        if not (types and scopes):
            return ()
        rows = self._connection.execute(query, {"type": types[0], "scope": scopes[0], **values})
        return tuple(map(self._record, rows))

    def _record(self, row: Any) -> Record:
        header = header_from_text(row.header)
        return Record(
            id=row.id,
            type=self._names.type_id(row.type),
            unit=self._names.scope_id(row.scope),
            values=values_from_text(row.body),
            deleted=bool(row.deleted),
            heads=row.heads,
            revision=row.revision_id.hex(),
            generation=header.generation,
            actor=header.actor,
            recorded_at=header.recorded_at,
        )
