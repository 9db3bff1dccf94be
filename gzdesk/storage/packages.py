"""The log of package files: what came in, what went out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from gzdesk.storage.names import Names
from gzdesk.storage.tables import packages, records, revisions

INCOMING, OUTGOING = "in", "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRow:
    """One package file. `unit` is the other side; `day` when it arrived or was written (2019-10-05)."""

    key: int
    direction: str
    sha256: str
    unit: str
    number: int
    file_name: str
    day: str
    detail: dict[str, Any]


class PackageReader:
    """Reading the package log."""

    def __init__(self, connection: Connection, names: Names) -> None:
        self._connection = connection
        self._names = names

    def find(self, direction: str, sha256: str) -> PackageRow | None:
        """The package with that SHA-256, or None."""
        query = select(packages).where(packages.c.direction == direction, packages.c.sha256 == sha256)
        row = self._connection.execute(query.order_by(packages.c.key.desc())).first()
        return None if row is None else _package(row)

    def all(self, direction: str, *, unit: str | None = None) -> tuple[PackageRow, ...]:
        """The packages of one direction, newest first."""
        query = select(packages).where(packages.c.direction == direction).order_by(packages.c.key.desc())
        if unit is not None:
            query = query.where(packages.c.unit == unit)
        return tuple(map(_package, self._connection.execute(query)))

    def last_number(self, direction: str, unit: str) -> int:
        """The greatest package number to or from a unit, 0 for none."""
        query = select(func.coalesce(func.max(packages.c.number), 0)).where(
            packages.c.direction == direction, packages.c.unit == unit
        )
        return int(self._connection.execute(query).scalar_one())

    def first_arrivals(self, type_id: str) -> dict[str, tuple[str, int]]:
        """For each record of a type the day and the key of the package that first brought it."""
        query = (
            select(revisions.c.record, func.min(revisions.c.package).label("package"))
            .join(records, records.c.id == revisions.c.record)
            .where(revisions.c.type.in_(self._names.known_types([type_id])), revisions.c.package.is_not(None))
            .group_by(revisions.c.record)
            .subquery()
        )
        rows = self._connection.execute(
            select(query.c.record, packages.c.day, packages.c.key).join(
                packages, packages.c.key == query.c.package
            )
        )
        return {row.record: (row.day, row.key) for row in rows}


class PackageWriter(PackageReader):
    """Reading and writing the package log."""

    def add(
        self,
        *,
        direction: str,
        sha256: str,
        unit: str,
        number: int,
        file_name: str,
        day: str,
        detail: dict[str, Any],
    ) -> int:
        """Log a package; returns its key."""
        row = {
            "direction": direction,
            "sha256": sha256,
            "unit": unit,
            "number": number,
            "file_name": file_name,
            "day": day,
            "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
        }
        added = insert(packages).values(row).returning(packages.c.key)
        return int(self._connection.execute(added).scalar_one())

    def set_detail(self, key: int, detail: dict[str, Any]) -> None:
        """Replace what is remembered of a package."""
        text = json.dumps(detail, ensure_ascii=False, sort_keys=True)
        self._connection.execute(update(packages).where(packages.c.key == key).values(detail=text))


def _package(row: Any) -> PackageRow:
    return PackageRow(
        key=row.key,
        direction=row.direction,
        sha256=row.sha256,
        unit=row.unit,
        number=row.number,
        file_name=row.file_name,
        day=row.day,
        detail=json.loads(row.detail),
    )
