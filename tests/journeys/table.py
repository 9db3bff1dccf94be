"""The tables of docs/usability.md: what each job may take, and what it takes."""

from __future__ import annotations

import re
from pathlib import Path

_DOCUMENT = Path(__file__).parents[2] / "docs" / "usability.md"
_MOUSE = "## With the mouse"
_REGISTERS = "## Each register"


def keys_table() -> dict[str, tuple[int, int]]:
    """Job -> keys counted, limit."""
    return _rows(_DOCUMENT.read_text("utf-8").split(_MOUSE)[0])


def clicks_table() -> dict[str, tuple[int, int]]:
    """Job -> presses of the mouse button counted, limit."""
    return _rows(_DOCUMENT.read_text("utf-8").split(_MOUSE)[1].split(_REGISTERS)[0])


def registers_table() -> dict[str, tuple[int, int]]:
    """Register -> keys counted for a usual entry, limit."""
    return _rows(_DOCUMENT.read_text("utf-8").split(_REGISTERS)[1])


def assert_within(table: dict[str, tuple[int, int]], job: str, counted: int) -> None:
    """The job takes what the document says, and no more than it may."""
    written, limit = table[job]
    assert counted <= limit, f"{job}: {counted}, no more than {limit} are allowed"
    assert counted == written, f"{job}: {counted}, but docs/usability.md says {written}"


def jobs_counted_in(test_file: str) -> list[str]:
    """The jobs whose counts are checked in a file of tests."""
    return re.findall(r'assert_within\(\s*\w+\(\),\s*"([^"]+)"', Path(test_file).read_text("utf-8"))


def _rows(text: str) -> dict[str, tuple[int, int]]:
    found = re.findall(r"^\| ([^|]+) \| [^|]+ \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    return {job: (int(counted), int(limit)) for job, counted, limit in found}
