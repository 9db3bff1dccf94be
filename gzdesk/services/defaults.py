"""The obvious values of what was left out: today, who is writing, the only venue, held or planned by the date."""

from __future__ import annotations

from collections.abc import Mapping

from gzdesk.domain.record import HELD, PLANNED
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.services.context import Context
from gzdesk.services.references import only_record
from gzdesk.storage.store import Reading

# Known only once the rest of the record is: an empty form must not show them yet.
LATE = ("$status", "$same:")


def fill_defaults(
    context: Context, read: Reading, record_type: RecordType, values: Mapping[str, object]
) -> dict[str, object]:
    """The values with the defaults of the fields that were left out. Emptied text stays empty."""
    filled = dict(values)
    for field in record_type.fields:
        # What the form would not show (a cancelled screening was not shown in full) is not filled in either.
        if field.name not in filled and field.default is not None and field.is_asked(filled):
            value = default_value(context, read, field)
            if value is not None:
                filled[field.name] = value
    return _late(context, record_type, filled)


def default_value(context: Context, read: Reading, field: Field) -> object | None:
    """What a field starts with in an empty form, or None."""
    default = field.default
    if not (isinstance(default, str) and default.startswith("$")):
        return default
    if default == "$today":
        return context.mint.today().isoformat()
    if default == "$now":
        return context.mint.now().strftime("%H:%M")
    if default == "$writer":
        return context.store.actor or None
    if default == "$unit":
        return context.me.id if field.kind in ("unit", "units") else context.me.name
    if default == "$only":
        return only_record(read, field, unit=context.me.id)
    return None


def _late(context: Context, record_type: RecordType, values: dict[str, object]) -> dict[str, object]:
    for field in record_type.fields:
        if field.name in values or not isinstance(field.default, str):
            continue
        if field.default.startswith("$same:"):
            other = values.get(field.default.removeprefix("$same:"))
            if other is not None:
                values[field.name] = other
        elif field.default == "$status":
            values[field.name] = _status(context, record_type, values)
    return values


def _status(context: Context, record_type: RecordType, values: Mapping[str, object]) -> str:
    day = values.get(record_type.month_of or "")
    future = isinstance(day, str) and day > context.mint.today().isoformat()
    return PLANNED if future and PLANNED in record_type.statuses else HELD
