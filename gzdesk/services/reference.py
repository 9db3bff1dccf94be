"""Reading the reference data that the program ships: record types, units, the starter film catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from gzdesk import assets
from gzdesk.compiled import compiled
from gzdesk.domain.record_type import Field, RecordTypes, Shelf, field_from_data, record_type_from_data
from gzdesk.domain.unit import Units

_NOTHING: Mapping[str, str] = MappingProxyType({})


def load_record_types(own: Path | None = None, delivered: Mapping[str, str] = _NOTHING) -> RecordTypes:
    """All record types of `db/reference/record_types/`, shelf after shelf as `order.toml` says.

    `own` is the folder in which the town may keep registers of its own making; `delivered` are texts of such files
    that came down on the stick, by their names without the ending (services/own_types.py).
    """
    files = _all_toml("record_types")
    common = _common_fields(files)
    rows = files["order"]["shelf"]
    by_id = {name: record_type_from_data(files[name], common=common) for row in rows for name in row["types"]}
    shelves = (
        Shelf(id=row["id"], zh=row["zh"], en=row["en"], types=tuple(by_id[name] for name in row["types"]))
        for row in rows
    )
    shipped = RecordTypes(by_id=by_id, shelves=tuple(shelves))
    folder = own if own is not None and own.is_dir() else None
    if folder is None and not delivered:
        return shipped
    from gzdesk.services.own_types import with_own_types

    return with_own_types(shipped, folder, common=common, delivered=delivered)


def load_common_fields() -> tuple[Field, ...]:
    """The items that every register has after its own."""
    return _common_fields(_all_toml("record_types"))


def _common_fields(files: Mapping[str, Any]) -> tuple[Field, ...]:
    return tuple(field_from_data(row) for row in files["_common"]["field"])


def load_units() -> Units:
    """The town and its units of `db/reference/units.toml`."""
    return Units.from_data(_toml("units.toml"))


def load_films() -> tuple[Mapping[str, Any], ...]:
    """The bodies of the starter catalogue of `db/reference/films.toml`."""
    return tuple(_toml("films.toml")["film"])


def load_table_words() -> Mapping[str, Any]:
    """The words of `db/reference/table_words.toml` that stand above columns of tables people bring along."""
    return _toml("table_words.toml")


def _all_toml(folder: str) -> dict[str, Any]:
    """Every file of a folder, by its name without the ending. Reading 42 files anew is a tenth of the start."""
    texts = {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in sorted(assets.reference(folder).iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }
    source = "\0".join(part for item in texts.items() for part in item).encode()

    def make() -> bytes:
        return msgspec.json.encode({name: tomllib.loads(text) for name, text in texts.items()})

    files: dict[str, Any] = msgspec.json.decode(compiled(f"{folder}.json", source, make))
    return files


def _toml(*parts: str) -> dict[str, Any]:
    return tomllib.loads(assets.reference(*parts).read_text(encoding="utf-8"))
