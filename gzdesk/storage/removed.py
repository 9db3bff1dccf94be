"""Records that lists no longer show, deleted or void: one page of them, the latest removal first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from gzdesk.domain.erasure import OWN_MARK
from gzdesk.domain.record import VOID
from gzdesk.storage.names import Names
from gzdesk.storage.tables import records, revisions
from gzdesk.storage.wire import header_from_text, values_from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedQuery:
    """Which of them. Empty units mean all; `text` is looked for as in lists."""

    types: tuple[str, ...]
    units: tuple[str, ...] = ()
    text: str = ""
    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedRow:
    """A removed record as its last version has it. `recorded_at` is when that version was written."""

    id: str
    type: str
    unit: str
    title: str
    day: str
    deleted: bool
    values: dict[str, object]
    actor: str
    recorded_at: str


class RemovedReader:
    """What can be asked of removed records. Whoever was erased (`domain.erasure`) is not among them."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def rows(self, query: RemovedQuery) -> tuple[RemovedRow, ...]:
        """One page; what was removed or arrived here last comes first."""
        columns = select(
            records.c.id,
            records.c.type,
            records.c.scope,
            records.c.title,
            records.c.day,
            records.c.deleted,
            revisions.c.header,
            revisions.c.body,
        )
        page = self._filtered(columns, query).order_by(records.c.revision.desc())
        found = self._connection.execute(page.limit(query.limit).offset(query.offset))
        return tuple(self._row(row) for row in found)

    def count(self, query: RemovedQuery) -> int:
        """How many there are in all."""
        return int(self._connection.execute(self._filtered(select(func.count()), query)).scalar_one())

    def counts_by_type(self, query: RemovedQuery) -> dict[str, int]:
        """How many of each type there are."""
        columns = select(records.c.type, func.count().label("n"))
        rows = self._connection.execute(self._filtered(columns, query).group_by(records.c.type))
        return {self._names.type_id(row.type): row.n for row in rows}

    def _filtered(self, columns: Select[Any], query: RemovedQuery) -> Select[Any]:
        wanted = columns.join_from(records, revisions, revisions.c.key == records.c.revision).where(
            or_(records.c.deleted, records.c.status == VOID),
            records.c.type.in_(self._names.known_types(query.types)),
            revisions.c.body.is_not(None),
            ~revisions.c.body.contains(f'"{OWN_MARK}":', autoescape=True),
        )
        if query.units:
            wanted = wanted.where(records.c.scope.in_(self._names.known_scopes(query.units)))
        for word in query.text.lower().split():
            wanted = wanted.where(records.c.search.contains(word, autoescape=True))
        return wanted

    def _row(self, row: Any) -> RemovedRow:
        header = header_from_text(row.header)
        return RemovedRow(
            id=row.id,
            type=self._names.type_id(row.type),
            unit=self._names.scope_id(row.scope),
            title=row.title,
            day=row.day,
            deleted=bool(row.deleted),
            values=values_from_text(row.body),
            actor=header.actor,
            recorded_at=header.recorded_at,
        )
