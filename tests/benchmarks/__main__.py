"""`python -m tests.benchmarks [NAME...] [--write]`: measure, print a table, and put it into docs/performance.md."""

from __future__ import annotations

import argparse
import importlib
import platform
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.benchmarks.figure import Figure

BENCHMARKS = ("window", "ten_years", "save", "exchange", "lists", "town", "sheet", "workbooks", "memory")
_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
_HEAD = (
    "| work | ours | floor | ratio | target | met | what the floor is |",
    "|---|---|---|---|---|---|---|",
)
_START, _END = "<!-- figures -->", "<!-- end of figures -->"


def main(arguments: Sequence[str]) -> int:
    """Run the chosen benchmarks; 0 when every target is met."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of: {', '.join(BENCHMARKS)}")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    figures: list[Figure] = []
    for name in options.names or BENCHMARKS:
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        figures.extend(importlib.import_module(f"tests.benchmarks.bench_{name}").measure())
    rows = {item.name: _row(item) for item in figures}
    print("\n".join((*_HEAD, *rows.values())))
    if options.write:
        _write(rows)
    return 0 if all(figure.met for figure in figures) else 1


def _row(item: Figure) -> str:
    met = "yes" if item.met else "**no**"
    return f"| {item.name} | {item.ours} | {item.floor} | {item.ratio:.2f} | {item.target} | {met} | {item.note} |"


def _write(rows: Mapping[str, str]) -> None:
    """Put the rows into the page; those of benchmarks that were not run this time stay as they are."""
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"
    text = _PAGE.read_text(encoding="utf-8")
    before, rest = text.split(_START)
    block, after = rest.split(_END)
    table = [line for line in block.splitlines() if line.startswith("| ")]
    kept = {line.split("|")[1].strip(): line for line in table if line not in _HEAD}
    lines = "\n".join((*_HEAD, *(kept | rows).values()))
    made = f"{_START}\nMeasured with {machine}, two shared cores.\n\n{lines}\n{_END}"
    _PAGE.write_text(before + made + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
