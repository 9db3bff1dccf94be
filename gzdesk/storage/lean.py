"""Many current records at once for figures: no headers, no histories, only what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, or_, select

from gzdesk.domain.indicators.rows import Row
from gzdesk.storage.driver import raw_rows
from gzdesk.storage.names import Names
from gzdesk.storage.tables import records, revisions

_LEAN = select(
    records.c.id,
    records.c.type,
    records.c.scope,
    records.c.status,
    records.c.day,
    records.c.month,
    records.c.time,
    records.c.persons,
    records.c.sessions,
    records.c.attachments,
    revisions.c.body,
).join_from(records, revisions, revisions.c.key == records.c.revision)


class LeanReader:
    """Reads rows for the indicators."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def rows(
        self,
        types: Iterable[str],
        *,
        first_day: str = "",
        last_day: str = "",
        naming: Iterable[str] = (),
    ) -> Iterator[Row]:
        """The current records of those types, those of some days only when days are given. In no order.

        `naming`: only records in which one of those items is filled with a text.
        """
        keys = self._names.known_types(types)
        if not keys:
            return
        query = _LEAN.where(records.c.type.in_(keys), ~records.c.deleted)
        if last_day:
            query = query.where(records.c.day.between(first_day, last_day))
        pieces = [f'"{name}":"' for name in naming]
        if pieces:
            query = query.where(or_(*(revisions.c.body.contains(piece, autoescape=True) for piece in pieces)))
        decode = msgspec.json.Decoder(dict[str, object]).decode
        type_ids, scope_ids = self._names.type_ids(), self._names.scope_ids()
        for key, type_key, scope, status, day, month, time, persons, sessions, files, body in raw_rows(
            self._connection, query
        ):
            values = {} if body is None else decode(body)
            type_id, unit = type_ids[type_key], scope_ids[scope]
            yield Row(key, type_id, unit, status, day, month, time, persons, sessions, files, values)
