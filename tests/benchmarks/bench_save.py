"""Saving one record against the raw commit rate of the same disk."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure, median_of_pairs, seconds
from tests.benchmarks.villages import body, fill, village

_SAVES = 200
# A commit on the disk of an old PC (performance.md: 272 raw commits a second, WAL and FULL).
_OLD_DISK_COMMIT_S = 1 / 272


def measure() -> Iterator[Figure]:
    """One save through the whole service: rules, duplicate guard, revision, view, commit."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = village(Path(folder) / "village")
        fill(workspace, 4200)  # a year of a busy village: the rules have something to look through
        raw = _raw_table(Path(folder) / "raw.db")
        numbers = iter(range(10**9))

        def save() -> None:
            for _ in range(_SAVES):
                workspace.records.save(
                    type_id="activity", values={**body(next(numbers)), "start_time": "08:15"}
                )

        def commit() -> None:
            for _ in range(_SAVES):
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("INSERT INTO raw VALUES (?)", ("x" * 900,))
                raw.execute("COMMIT")

        ours, floor, _ = median_of_pairs(lambda: seconds(save), lambda: seconds(commit), runs=5)
        workspace.close()
        raw.close()
    ours_s, floor_s = ours / _SAVES, floor / _SAVES
    yield Figure(
        name="saving one record",
        ours=f"{1 / ours_s:.0f}/s",
        floor=f"{1 / floor_s:.0f}/s",
        ratio=floor_s / ours_s,
        target=">= 0.8",
        note="raw sqlite3 commit of one row, WAL and FULL, on this disk",
    )
    own_work_s = ours_s - floor_s
    yield Figure(
        name="saving one record, on the disk of an old PC",
        ours=f"{1 / (own_work_s + _OLD_DISK_COMMIT_S):.0f}/s",
        floor=f"{1 / _OLD_DISK_COMMIT_S:.0f}/s",
        ratio=_OLD_DISK_COMMIT_S / (own_work_s + _OLD_DISK_COMMIT_S),
        target=">= 0.8",
        note=f"reckoned: our own work of {own_work_s * 1000:.2f} ms on top of a 3.7 ms commit",
    )


def _raw_table(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE raw (body TEXT)")
    return connection
