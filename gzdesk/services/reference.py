"""Reading the reference data that the program ships: record types, units, the starter film catalogue."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from gzdesk import assets
from gzdesk.domain.record_type import RecordTypes, field_from_data, record_type_from_data
from gzdesk.domain.unit import Units


def load_record_types() -> RecordTypes:
    """All record types of `db/reference/record_types/`, in the order of `order.toml`."""
    common = tuple(field_from_data(row) for row in _toml("record_types", "_common.toml")["field"])
    order = _toml("record_types", "order.toml")["types"]
    built = (record_type_from_data(_toml("record_types", f"{name}.toml"), common=common) for name in order)
    return RecordTypes(by_id={item.id: item for item in built})


def load_units() -> Units:
    """The town and its units of `db/reference/units.toml`."""
    return Units.from_data(_toml("units.toml"))


def load_films() -> tuple[Mapping[str, Any], ...]:
    """The bodies of the starter catalogue of `db/reference/films.toml`."""
    return tuple(_toml("films.toml")["film"])


def _toml(*parts: str) -> dict[str, Any]:
    return tomllib.loads(assets.reference(*parts).read_text(encoding="utf-8"))
