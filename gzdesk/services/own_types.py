"""Registers of the town's own making: text files, in `record_types/` of the data folder or come down on the stick.

A file is built like those in `db/reference/record_types/` (docs/registers.md). It makes a new register, which
stands on the shelf that it names; or it takes the place of a register that came with the program, having its id;
or with `extends = true` it only adds its fields to that one.

Files of the folder are read strictly: one that cannot be used is left out and named. What the town delivered
(services/handed_down.py) may have been made by a newer program: what is not understood of it is passed over and
named, and the rest of it works (domain/type_reading.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gzdesk.domain.record_type import Field, RecordType, RecordTypes, Shelf, record_type_from_data
from gzdesk.domain.type_reading import built_field, built_type, understood, understood_fields
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed

FOLDER = "record_types"
FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_KEYS_OF_AN_ADDITION = {"id", "version", "field"}
_MOST_NAMED = 6


def with_own_types(
    shipped: RecordTypes, folder: Path | None, *, common: Sequence[Field], delivered: Mapping[str, str]
) -> RecordTypes:
    """The shipped types, those delivered (file name without ending -> text) and those of the folder.

    A file of the folder with the name of a delivered one is what people copied before it was delivered: the
    delivered one holds. `remarks` says of each file what could not be used, and why.
    """
    types, remarks = shipped, []
    used = set()
    for name, text in sorted(delivered.items()):
        try:
            types, passed_over = _with_delivered(types, tomllib.loads(text), common)
        except FAULTS as error:
            remarks.append(_left_out(f"{name}.toml", error))
            continue
        used.add(name)
        if passed_over:
            remarks.append(_partly(name, passed_over))
    types = _within_reach(types, shipped)
    for file in sorted(folder.glob("*.toml")) if folder is not None else ():
        if file.stem in used:
            continue
        try:
            types = added(types, file.read_text(encoding="utf-8-sig"), common=common)
        except FAULTS as error:
            remarks.append(_left_out(f"{FOLDER}/{file.name}", error))
    return replace(types, remarks=tuple(remarks))


def added(types: RecordTypes, text: str, *, common: Sequence[Field]) -> RecordTypes:
    """The types with the register of that file, read strictly. Raises one of `FAULTS` when it is no good."""
    data = tomllib.loads(text)
    shelf_id, extends = str(data.pop("shelf", "")), data.pop("extends", False)
    known = _replaceable(types, data)
    slips = _slips(data, extends=extends, common=common)
    if slips:
        raise ValueError(", ".join(slips))
    if extends:
        if known is None:
            raise ValueError(_("there is no register {name} to add to").format(name=data.get("id")))
        made = _extended(known, data)
    else:
        made = record_type_from_data(data, common=common)
    by_id = {**types.by_id, made.id: made}
    _check_references(made, by_id)
    return RecordTypes(by_id=by_id, shelves=tuple(_shelves(types.shelves, made, shelf_id)))


def _replaceable(types: RecordTypes, data: Mapping[str, Any]) -> RecordType | None:
    """The register of that id. Raises ValueError for what only the program writes: it counts on its items."""
    known = types.get(str(data.get("id", "")))
    if known is not None and known.group == "system":
        raise ValueError(_("only the program writes {name}").format(name=known.id))
    return known


def _slips(data: Mapping[str, Any], *, extends: bool, common: Sequence[Field]) -> Sequence[str]:
    """The keys that no program knows, or that hold what they must not."""
    if extends:
        other = sorted(set(data) - _KEYS_OF_AN_ADDITION)
        return other or understood_fields(data["field"])[1]
    return understood(data, common=[field.name for field in common]).passed_over


def _extended(known: RecordType, data: Mapping[str, Any]) -> RecordType:
    """The register with further fields, before those that all registers share; nothing else of it may change."""
    new = tuple(built_field(row) for row in data["field"])
    twice = {field.name for field in new} & set(known.by_name)
    if twice:
        raise ValueError(f"{known.id}: {', '.join(sorted(twice))}")
    shared = next((n for n, field in enumerate(known.fields) if field.name == "status"), len(known.fields))
    fields = known.fields[:shared] + new + known.fields[shared:]
    return replace(known, fields=fields, version=int(data.get("version", known.version)))


def _with_delivered(
    types: RecordTypes, data: dict[str, Any], common: Sequence[Field]
) -> tuple[RecordTypes, Sequence[str]]:
    shelf_id, extends = str(data.pop("shelf", "")), data.pop("extends", False)
    known = _replaceable(types, data)
    if extends:
        if known is None:
            raise ValueError(_("there is no register {name} to add to").format(name=data.get("id")))
        rows, unread = understood_fields(data.get("field"))
        passed_over = [*sorted(set(data) - _KEYS_OF_AN_ADDITION), *unread]
        # A newer program may have come with an item that the town added by a file before.
        new = [row for row in rows if row["name"] not in known.by_name]
        version = data.get("version")
        made = _extended(
            known, {"field": new, "version": version if isinstance(version, int) else known.version}
        )
    else:
        found = understood(data, common=[field.name for field in common])
        made, passed_over = built_type(found, common=common), list(found.passed_over)
    by_id = {**types.by_id, made.id: made}
    return RecordTypes(by_id=by_id, shelves=tuple(_shelves(types.shelves, made, shelf_id))), passed_over


def _within_reach(types: RecordTypes, shipped: RecordTypes) -> RecordTypes:
    """The types, in which delivered references point to registers that are known here, or are texts."""
    by_id = {
        type_id: item if shipped.get(type_id) is item else _referring(item, types)
        for type_id, item in types.by_id.items()
    }
    shelves = (replace(shelf, types=tuple(by_id[item.id] for item in shelf.types)) for shelf in types.shelves)
    return RecordTypes(by_id=by_id, shelves=tuple(shelves))


def _referring(record_type: RecordType, types: RecordTypes) -> RecordType:
    fields = []
    for field in record_type.fields:
        targets = [target for target in field.targets if target in types.by_id]
        if field.kind in ("reference", "references") and not targets:
            field = replace(field, kind="text", foreign=True, to=None, default=None)
        elif len(targets) != len(field.targets):
            field = replace(field, to=" ".join(targets))
        fields.append(field)
    return replace(record_type, fields=tuple(fields))


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


def _left_out(file: str, error: Exception) -> str:
    reason = str(error) or type(error).__name__
    words = _("{file} can't be used, so its register is left out: {reason}")
    return words.format(file=file, reason=reason)


def _partly(name: str, passed_over: Sequence[str]) -> str:
    words = _(
        "{file} was made by a newer program. This one passes over: {names}. Everything else of it works."
    )
    return words.format(file=f"{name}.toml", names=listed(list(passed_over[:_MOST_NAMED])))
