"""The list of units as the town has it now: what it began with, and what it renamed, added or closed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from gzdesk.domain.record import HELD, Record
from gzdesk.domain.unit import Unit, Units

UNIT_ENTRY = "unit_entry"
_NAMES = tuple(item.name for item in fields(Unit) if item.name != "id")


def overlaid(listed: Units, entries: Iterable[Record]) -> Units:
    """The units of the list with the entries of the town over them; new ones follow in the order of their first day.

    An entry that lacks a name or a kind, from whatever program, changes nothing.
    """
    known = {unit.id: unit for unit in listed}
    made = {unit.id: unit for record in entries if (unit := _unit(record, known)) is not None}
    town = made.pop(listed.town.id, listed.town)
    below = tuple(made.pop(unit.id, unit) for unit in listed.below)
    new = sorted(made.values(), key=lambda unit: (unit.valid_from, unit.name))
    return Units(town=town, below=(*below, *new))


def entry_of(unit: Unit) -> dict[str, object]:
    """The body of a unit's entry."""
    return {"unit": unit.id, "status": HELD, **{k: v for k, v in unit.to_data().items() if k != "id"}}


def _unit(record: Record, known: Mapping[str, Unit]) -> Unit | None:
    values = {name: value for name in _NAMES if isinstance(value := record.values.get(name), str)}
    unit_id = record.values.get("unit")
    if record.status != HELD or not isinstance(unit_id, str) or not unit_id:
        return None
    if not all(values.get(name) for name in ("name", "kind")):
        return None
    values.setdefault("name_en", values["name"])
    values.setdefault("short", known[unit_id].short if unit_id in known else unit_id[-4:].upper())
    return Unit(id=unit_id, **values)
