"""A city's worth of villages: one month over all units, the board of units and months, the page of indicators."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from gzdesk.bootstrap import Workspace
from gzdesk.domain.indicators.result import TARGET
from gzdesk.services.indicators import Indicators
from gzdesk.storage.engine import FILE_NAME
from tests.benchmarks.big_town import FIRST, MONTHS, TODAY, make
from tests.benchmarks.figure import Figure, median_of_pairs, seconds

_MONTH_LIMIT_MS, _PAGE_LIMIT_S, _TABLE_LIMIT_S, _TASK_LIMIT_S = 5, 1.0, 2.0, 0.1
_OF_A_TASK = "performances_per_village_year"
_RUNS, _SHORT_RUNS = 5, 40  # of a few milliseconds, five runs say little
# What the view is asked in the end, by the driver alone: units × months × registers from the covering index.
_COVERED = """
    SELECT scope, month, type, status, count(*), sum(sessions), sum(persons) FROM records INDEXED BY ix_records_month
    WHERE month BETWEEN ? AND ? AND deleted = 0 GROUP BY scope, month, type, status
"""


def measure() -> Iterator[Figure]:
    """On one ledger of 1,000,000 records over 300 units."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = make(Path(folder))
        try:
            yield from figures(workspace)
        finally:
            workspace.close()


def figures(workspace: Workspace) -> Iterator[Figure]:
    """The figures of a ledger that `big_town.make` made."""
    path = workspace.folder / FILE_NAME
    last = FIRST.plus(MONTHS - 1)
    month_s = _median(lambda: _month_counts(workspace, last.number, last.number), runs=_SHORT_RUNS)
    yield Figure(
        name="1,000,000 records, 300 units: one month over all units",
        ours=f"{month_s * 1000:.1f} ms",
        floor=f"{_MONTH_LIMIT_MS} ms",
        ratio=month_s * 1000 / _MONTH_LIMIT_MS,
        target="<= 1.0",
        note="the agreed limit",
    )
    ours, floor, ratio = median_of_pairs(
        lambda: seconds(lambda: _month_counts(workspace, FIRST.number, last.number)),
        lambda: seconds(lambda: _raw(path, FIRST.number, last.number)),
        runs=_RUNS,
    )
    yield Figure(
        name="1,000,000 records: all units × all months",
        ours=f"{ours * 1000:.0f} ms",
        floor=f"{floor * 1000:.0f} ms",
        ratio=ratio,
        target="<= 1.5",
        note="raw sqlite3, the covering query alone",
    )
    ours, floor, ratio = median_of_pairs(
        lambda: seconds(lambda: workspace.board.year(TODAY.year)),
        lambda: seconds(lambda: _raw(path, FIRST.number, last.number)),
        runs=_RUNS,
    )
    yield Figure(
        name="1,000,000 records: the overview of a year, 300 units × 12 months",
        ours=f"{ours * 1000:.0f} ms",
        floor=f"{floor * 1000:.0f} ms",
        ratio=ratio,
        target="<= 1.5",
        note="raw sqlite3, the covering query over all months",
    )
    yield _page(workspace, "the page of indicators opens (24 targets)", kind=TARGET, limit_s=_PAGE_LIMIT_S)
    yield _page(workspace, "all 48 indicators of a year, for a table", kind="", limit_s=_TABLE_LIMIT_S)
    one_s = _median(lambda: Indicators(workspace.context).one(_OF_A_TASK, year=TODAY.year))
    yield Figure(
        name="1,000,000 records: the indicator of a task",
        ours=f"{one_s * 1000:.0f} ms",
        floor=f"{_TASK_LIMIT_S * 1000:.0f} ms",
        ratio=one_s / _TASK_LIMIT_S,
        target="<= 1.0",
        note="a key press; only its own registers are read",
    )


def _page(workspace: Workspace, name: str, *, kind: str, limit_s: float) -> Figure:
    # A new service each time: it keeps the rows of a year, and a page that opens has none yet.
    page_s = _median(lambda: Indicators(workspace.context).year(TODAY.year, kind=kind))
    return Figure(
        name=f"1,000,000 records: {name}",
        ours=f"{page_s:.2f} s",
        floor=f"{limit_s:.1f} s",
        ratio=page_s / limit_s,
        target="<= 1.0",
        note="the agreed limit; every record of the year that they ask for is read and judged",
    )


def _median(job: Callable[[], object], *, runs: int = _RUNS) -> float:
    return statistics.median(seconds(job) for _ in range(runs))


def _month_counts(workspace: Workspace, first: int, last: int) -> None:
    from gzdesk.domain.period import Month

    with workspace.context.store.reading() as read:
        read.queries.month_counts(first=Month.from_number(first), last=Month.from_number(last))


def _raw(path: Path, first: int, last: int) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute(_COVERED, (first, last)).fetchall()
    finally:
        connection.close()
