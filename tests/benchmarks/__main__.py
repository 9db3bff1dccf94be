"""`python -m tests.benchmarks [NAME...] [--write]`: measure, print a table, and put it into docs/performance.md."""

from __future__ import annotations

import argparse
import importlib
import platform
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figure import Figure

BENCHMARKS = ("window", "ten_years", "save", "exchange", "lists", "town", "sheet", "workbooks", "memory")
_PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
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
    table = _table(figures)
    print(table)
    if options.write:
        _write(table)
    return 0 if all(figure.met for figure in figures) else 1


def _table(figures: Sequence[Figure]) -> str:
    lines = [
        "| work | ours | floor | ratio | target | met | what the floor is |",
        "|---|---|---|---|---|---|---|",
    ]
    for item in figures:
        met = "yes" if item.met else "**no**"
        lines.append(
            f"| {item.name} | {item.ours} | {item.floor} | {item.ratio:.2f} | {item.target} | {met} | {item.note} |"
        )
    return "\n".join(lines)


def _write(table: str) -> None:
    machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.machine()}"
    text = _PAGE.read_text(encoding="utf-8")
    before, rest = text.split(_START)
    _, after = rest.split(_END)
    block = f"{_START}\nMeasured with {machine}, two shared cores.\n\n{table}\n{_END}"
    _PAGE.write_text(before + block + after, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
