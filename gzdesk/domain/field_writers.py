"""What a form or a list shows for a stored value, per kind of field. Used through `fields.to_text`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from gzdesk.domain.field_readers import LIST_MARKS
from gzdesk.domain.reading.slots import show_slots
from gzdesk.domain.record_type import Field
from gzdesk.domain.unit import Units
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed


def _write_choice(field: Field, value: object, _units: Units | None) -> str:
    return next((choice.label for choice in field.choices if choice.code == value), str(value))


def _write_yes_no(_field: Field, value: object, _units: Units | None) -> str:
    if not isinstance(value, bool):
        return str(value)
    return _("Yes") if value else _("No")


def _write_decimal(field: Field, value: object, _units: Units | None) -> str:
    # Sums of money stand under each other to the fen; other figures are shown as they were written.
    return f"{Decimal(str(value)):.2f}" if field.unit_en == "yuan" and field.decimals == 2 else str(value)


def _write_items(items: Sequence[str]) -> str:
    if any(LIST_MARKS.search(item) for item in items):
        return "\n".join(items) + ("\n" if len(items) == 1 else "")
    return listed(items)


def _write_list(_field: Field, value: object, _units: Units | None) -> str:
    return _write_items([str(item) for item in _sequence(value)])


def _write_choices(field: Field, value: object, units: Units | None) -> str:
    return _write_items([_write_choice(field, code, units) for code in _sequence(value)])


def _write_unit(_field: Field, value: object, units: Units | None) -> str:
    unit = units.find(str(value)) if units else None
    return unit.label if unit else str(value)


def _write_units(field: Field, value: object, units: Units | None) -> str:
    return _write_items([_write_unit(field, item, units) for item in _sequence(value)])


def _write_attachments(_field: Field, value: object, _units: Units | None) -> str:
    return _write_items([str(item["name"]) for item in _objects(value)])


def _write_nothing(_field: Field, _value: object, _units: Units | None) -> str:
    return ""


def _sequence(value: object) -> Sequence[object]:
    if not isinstance(value, (list, tuple)):
        raise TypeError("not a list")
    return value


def _objects(value: object) -> list[Mapping[str, object]]:
    found = [item for item in _sequence(value) if isinstance(item, Mapping)]
    if len(found) != len(_sequence(value)):
        raise TypeError("not a list of objects")
    return found


WRITERS: Mapping[str, Callable[[Field, object, Units | None], str]] = {
    "choice": _write_choice,
    "choices": _write_choices,
    "yes_no": _write_yes_no,
    "decimal": _write_decimal,
    "references": _write_list,
    "list": _write_list,
    "unit": _write_unit,
    "units": _write_units,
    "slots": lambda _field, value, _units: show_slots(_objects(value)),
    "attachments": _write_attachments,
    "generated": _write_nothing,
}
