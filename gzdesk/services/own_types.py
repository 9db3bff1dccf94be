"""Registers of the town's own making: text files in `record_types/` of the data folder, read at the next start.

A file is built like those in `db/reference/record_types/` (docs/registers.md). It makes a new register, which
stands on the shelf that it names; or it takes the place of a register that came with the program, having its id;
or with `extends = true` it only adds its fields to that one. A file that cannot be used is left out and named.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gzdesk.domain.record_type import (
    Field,
    RecordType,
    RecordTypes,
    Shelf,
    field_from_data,
    record_type_from_data,
)
from gzdesk.i18n import gettext as _

FOLDER = "record_types"
_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError)


def with_own_types(shipped: RecordTypes, folder: Path, *, common: Sequence[Field]) -> RecordTypes:
    """The shipped types and those of the folder; `remarks` names each file that could not be used, and why."""
    types, remarks = shipped, []
    for file in sorted(folder.glob("*.toml")):
        try:
            types = _added(types, tomllib.loads(file.read_text(encoding="utf-8-sig")), common)
        except _FAULTS as error:
            reason = str(error) or type(error).__name__
            remarks.append(
                _("{file} can't be used, so its register is left out: {reason}").format(
                    file=f"{FOLDER}/{file.name}", reason=reason
                )
            )
    return replace(types, remarks=tuple(remarks))


def _added(types: RecordTypes, data: Mapping[str, Any], common: Sequence[Field]) -> RecordTypes:
    data = dict(data)
    shelf_id = str(data.pop("shelf", ""))
    known = types.get(str(data.get("id", "")))
    if data.pop("extends", False):
        if known is None:
            raise ValueError(_("there is no register {name} to add to").format(name=data.get("id")))
        made = _extended(known, data)
    else:
        made = record_type_from_data(data, common=common)
    by_id = {**types.by_id, made.id: made}
    _check_references(made, by_id)
    return RecordTypes(by_id=by_id, shelves=tuple(_shelves(types.shelves, made, shelf_id)))


def _extended(known: RecordType, data: Mapping[str, Any]) -> RecordType:
    """The register with further fields, before those that all registers share; nothing else of it may change."""
    other = set(data) - {"id", "version", "field"}
    if other:
        raise ValueError(", ".join(sorted(other)))
    new = tuple(field_from_data(row) for row in data["field"])
    twice = {field.name for field in new} & set(known.by_name)
    if twice:
        raise ValueError(f"{known.id}: {', '.join(sorted(twice))}")
    shared = next((n for n, field in enumerate(known.fields) if field.name == "status"), len(known.fields))
    fields = known.fields[:shared] + new + known.fields[shared:]
    return replace(known, fields=fields, version=int(data.get("version", known.version)))


def _check_references(made: RecordType, by_id: Mapping[str, RecordType]) -> None:
    missing = {target for field in made.fields for target in field.targets} - set(by_id)
    if missing:
        raise ValueError(f"{made.id}: {', '.join(sorted(missing))}")


def _shelves(shelves: Sequence[Shelf], made: RecordType, shelf_id: str) -> Iterator[Shelf]:
    """The shelves with the type in its old place, on the shelf that it names, or on one of its own at the end."""
    stands = any(item.id == made.id for shelf in shelves for item in shelf.types)
    named = {shelf.id for shelf in shelves}
    for shelf in shelves:
        types = tuple(made if item.id == made.id else item for item in shelf.types)
        if not stands and shelf.id == shelf_id:
            types += (made,)
        yield replace(shelf, types=types)
    if not stands and shelf_id not in named:
        yield Shelf(id=f"own_{made.id}", zh=made.zh, en=made.en, types=(made,))
