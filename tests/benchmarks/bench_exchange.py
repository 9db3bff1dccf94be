"""Importing a package of many revisions, against raw sqlite3 inserting the rows that the import made."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gzdesk.bootstrap import Workspace, init_join, init_town, open_workspace
from tests.benchmarks.figure import Figure, median_of_pairs, seconds
from tests.benchmarks.villages import fill

_REVISIONS = 50_000


def measure() -> Iterator[Figure]:
    """A town takes in 50,000 records of a village: signature, seal, hashes, shapes, one transaction, record view."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        town = init_town(folder / "town")
        join = town.enrolment.enrol("曹一村", folder / "join.gzj")
        village = init_join(folder / "village", join.file)
        fill(village, _REVISIONS)
        stick = folder / "stick"
        stick.mkdir()
        export_s = seconds(lambda: village.exchange.export(stick))
        package = next(stick.glob("*.gzp"))
        size_bytes = package.stat().st_size
        town.close()
        first: list[float] = []
        again: list[float] = []

        def take_in() -> float:
            fresh = _empty_copy(folder, len(first))
            first.append(seconds(lambda: _accepted(fresh, package)))
            again.append(seconds(lambda: fresh.exchange.import_files([package])))
            fresh.close()
            return first[-1]

        schema = _schema(village)
        rows = {table: _rows(village, table) for table in ("revisions", "records")}
        ours, floor, _ = median_of_pairs(
            take_in, lambda: _raw_insert(folder / "raw.db", schema, rows), runs=3
        )
        village.close()
    yield Figure(
        name="importing 50,000 revisions into an empty ledger",
        ours=f"{_REVISIONS / ours:,.0f}/s",
        floor=f"{_REVISIONS / floor:,.0f}/s",
        ratio=floor / ours,
        target=">= 0.35",
        note="raw sqlite3 executemany of the same revision and view rows, same indexes, one commit",
    )
    yield Figure(
        name="importing the same package again",
        ours=f"{_REVISIONS / min(again):,.0f}/s",
        floor=f"{_REVISIONS / ours:,.0f}/s",
        ratio=ours / min(again),
        target=">= 1.5",
        note="the first import",
    )
    yield Figure(
        name="size of that package",
        ours=f"{size_bytes / _REVISIONS:.0f} B a record",
        floor="133 B",
        ratio=size_bytes / _REVISIONS / 133,
        target="<= 1.0",
        note=f"0.9 of a flash-card package of the same records; writing it took {export_s:.1f} s",
    )


def _empty_copy(folder: Path, number: int) -> Workspace:
    copy = folder / f"town{number}"
    shutil.copytree(folder / "town", copy)
    return open_workspace(copy)


def _accepted(town: Workspace, package: Path) -> None:
    [result] = town.exchange.import_files([package])
    assert result.verdict == "applied", result


def _rows(village: Workspace, table: str) -> list[tuple[object, ...]]:
    with village.context.store.reading() as read:
        return [tuple(row) for row in read.connection.exec_driver_sql(f"SELECT * FROM {table}")]


def _schema(village: Workspace) -> list[str]:
    with village.context.store.reading() as read:
        query = "SELECT sql FROM sqlite_master WHERE tbl_name IN ('revisions', 'records') AND sql IS NOT NULL"
        return list(read.connection.exec_driver_sql(query).scalars())


def _raw_insert(path: Path, schema: list[str], rows: dict[str, list[tuple[object, ...]]]) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")
    for statement in schema:
        connection.execute(statement)

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, lines in rows.items():
            marks = ",".join("?" * len(lines[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", lines)
        connection.execute("COMMIT")

    taken = seconds(insert)
    connection.close()
    path.unlink()
    return taken
