"""The raw bodies in a ledger's file, read without any code of the program, for counting by hand."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

YEAR, FIRST, LAST = "2019", "2019-01-01", "2019-12-31"
VILLAGES, UNITS = 12, 13
COMMUNITY, TOWN = "guzhen_shequ", ("guzhen", "guzhen.station")
_QUERY = """
    SELECT types.id, scopes.id, records.id, revisions.body FROM records
    JOIN revisions ON revisions.key = records.revision
    JOIN types ON types.key = records.type
    JOIN scopes ON scopes.key = records.scope
    WHERE NOT records.deleted
"""

Body = dict[str, Any]
Counted = dict[str, tuple[Fraction, Fraction] | None]
"""Numerator and denominator by indicator; None where there is no value."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """All current records that are held, by type; `_unit` and `_id` tell whose and which. `packages` came in."""

    records: dict[str, list[Body]]
    packages: list[tuple[str, str, Body]]

    def __getitem__(self, type_id: str) -> list[Body]:
        return self.records.get(type_id, [])

    def of_year(self, type_id: str, name: str = "date") -> list[Body]:
        """The records of a type whose day lies in the year."""
        return [item for item in self[type_id] if item.get(name, "")[:4] == YEAR]

    def towns(self, type_id: str) -> list[Body]:
        """The records of a type that are the station's own."""
        return [item for item in self[type_id] if item["_unit"] in TOWN]


def read(file: Path) -> Ledger:
    """The ledger in a file: records, and the packages with the unit that sent them and the day they came."""
    found: dict[str, list[Body]] = defaultdict(list)
    connection = sqlite3.connect(file)
    for type_id, scope, record, text in connection.execute(_QUERY):
        body = json.loads(text)
        if body.get("status", "held") == "held":
            found[type_id].append({**body, "_unit": scope, "_id": record})
    rows = connection.execute("SELECT unit, day, detail FROM packages WHERE direction = 'in' ORDER BY key")
    packages = [(unit, day, json.loads(detail)) for unit, day, detail in rows]
    connection.close()
    return Ledger(dict(found), packages)


def of(numerator: int | Fraction, denominator: int | Fraction = 1) -> tuple[Fraction, Fraction]:
    """Numerator and denominator; of a plain count the denominator is one."""
    return Fraction(numerator), Fraction(denominator)
