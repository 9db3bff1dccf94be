"""What rules may ask of other records, answered from the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gzdesk.domain.canonical import canonical_json
from gzdesk.domain.record import VOID
from gzdesk.domain.record_type import TOWN
from gzdesk.services.context import Context
from gzdesk.storage.store import Reading


class StoreLookup:
    """The rules' window onto the records of one unit (`domain.rules.Lookup`), by default those kept here."""

    def __init__(self, context: Context, read: Reading, *, unit: str | None = None) -> None:
        self._context = context
        self._read = read
        self._unit = unit or context.own_scope

    def values(self, record_id: str) -> Mapping[str, object] | None:
        """The body of another record, or None when it is not here or deleted."""
        record = self._read.records.get(record_id)
        return None if record is None or record.deleted else record.values

    def with_value(
        self, *, type_id: str, field: str, value: object, except_id: str | None
    ) -> Sequence[Mapping[str, object]]:
        """The bodies of other records of the type that hold that value in that field, each with its `id`."""
        return [
            {**record.values, "id": record.id}
            for record in self._read.records.of_types(
                [type_id], unit=self._scope(type_id), containing=canonical_json({field: value})[1:-1]
            )
            if record.id != except_id and record.values.get(field) == value and record.status != VOID
        ]

    def on_day(self, *, type_id: str, day: date, except_id: str | None) -> Sequence[Mapping[str, object]]:
        """The bodies of the unit's other records of the type on that day, each with its `id`."""
        found = self._read.records.on_day(type_id, unit=self._written_in(type_id), day=day.isoformat())
        return [
            {**record.values, "id": record.id}
            for record in found
            if record.id != except_id and record.status != VOID
        ]

    def usual(self, *, type_id: str, field: str) -> int | None:
        """The usual figure of a field: the median of its last person-times."""
        record_type = self._context.types.get(type_id)
        if record_type is None or record_type.measures.get("persons") != field:
            return None
        return self._read.queries.usual_persons(type_id, unit=self._unit)

    def _scope(self, type_id: str) -> str | None:
        """The unit whose records are asked, or None for a catalogue, which is the town's and the same everywhere."""
        record_type = self._context.types.get(type_id)
        return None if record_type is not None and record_type.scope == TOWN else self._unit

    def _written_in(self, type_id: str) -> str:
        record_type = self._context.types.get(type_id)
        return self._unit if record_type is None or record_type.scope != TOWN else self._context.me.id
