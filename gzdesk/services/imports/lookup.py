"""What the rules may ask of other records while thousands of rows are checked: read once, not per row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.record import VOID
from gzdesk.services.context import Context
from gzdesk.services.lookup import StoreLookup
from gzdesk.storage.store import Reading

Body = Mapping[str, object]


class BatchLookup(StoreLookup):
    """Answers as StoreLookup does, from memory, and knows the rows that were accepted before (`add`)."""

    def __init__(self, context: Context, read: Reading) -> None:
        super().__init__(context, read)
        self._all: dict[str, list[Body]] = {}
        self._added: dict[str, list[Body]] = {}
        self._added_on: dict[tuple[str, str], list[Body]] = {}
        self._by_value: dict[tuple[str, str], dict[str, list[Body]]] = {}
        self._by_id: dict[str, Body | None] = {}
        self._on_days: dict[tuple[str, str], Sequence[Body]] = {}
        self._usual: dict[tuple[str, str], int | None] = {}

    def values(self, record_id: str) -> Body | None:
        """The body of another record, or None when it is not here or deleted."""
        if record_id not in self._by_id:
            self._by_id[record_id] = super().values(record_id)
        return self._by_id[record_id]

    def with_value(self, *, type_id: str, field: str, value: object, except_id: str | None) -> Sequence[Body]:
        """The bodies of other records of the type that hold that value in that field."""
        found = self._index(type_id, field).get(canonical_json({"": value}), ())
        return [body for body in found if body["id"] != except_id]

    def on_day(self, *, type_id: str, day: date, except_id: str | None) -> Sequence[Body]:
        """The bodies of the unit's other records of the type on that day."""
        record_type = self._context.types.get(type_id)
        if record_type is None or record_type.month_of is None or record_type.scope == "town":
            return super().on_day(type_id=type_id, day=day, except_id=except_id)
        key = (type_id, day.isoformat())
        if key not in self._on_days:
            # Day by day: ten rows of a preview must not read the whole register.
            self._on_days[key] = super().on_day(type_id=type_id, day=day, except_id=None)
        bodies = (*self._on_days[key], *self._added_on.get(key, ()))
        return [body for body in bodies if body["id"] != except_id]

    def usual(self, *, type_id: str, field: str) -> int | None:
        """The usual figure of a field."""
        key = (type_id, field)
        if key not in self._usual:
            self._usual[key] = super().usual(type_id=type_id, field=field)
        return self._usual[key]

    def add(self, type_id: str, values: Body, *, record_id: str) -> None:
        """Count a row that was accepted among the records."""
        if values.get("status") == VOID:
            return
        body = {**values, "id": record_id}
        self._added.setdefault(type_id, []).append(body)
        record_type = self._context.types.get(type_id)
        day = values.get(record_type.month_of or "") if record_type else None
        self._added_on.setdefault((type_id, str(day)), []).append(body)
        for (indexed, field), index in self._by_value.items():
            if indexed == type_id and field in body:
                index.setdefault(canonical_json({"": body[field]}), []).append(body)

    def _bodies(self, type_id: str) -> list[Body]:
        if type_id not in self._all:
            here = self._read.records.of_types([type_id], unit=self._scope(type_id))
            bodies: list[Body] = [
                {**record.values, "id": record.id} for record in here if record.status != VOID
            ]
            self._all[type_id] = bodies
        return [*self._all[type_id], *self._added.get(type_id, ())]

    def _index(self, type_id: str, field: str) -> dict[str, list[Body]]:
        key = (type_id, field)
        if key not in self._by_value:
            index: dict[str, list[Body]] = {}
            for body in self._bodies(type_id):
                if field in body:
                    index.setdefault(canonical_json({"": body[field]}), []).append(body)
            self._by_value[key] = index
        return self._by_value[key]
