"""Writing the outcome: one JSON document for programs, plain lines for people."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TextIO

from gzdesk.cli.command import Data
from gzdesk.progress import Progress


def prepare_streams() -> None:
    """Make stdout and stderr able to carry Chinese, whatever the terminal was set to.

    A character that a terminal cannot show must not end the work half way, so it is written as its number.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace")


def write_json(data: Data) -> None:
    """Write the one document that stdout holds with `--json`."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")
    sys.stdout.flush()


def write_text(text: str, *, to: TextIO | None = None) -> None:
    """Write lines for people; an empty text writes nothing."""
    stream = to or sys.stdout
    if text:
        stream.write(text.rstrip("\n") + "\n")
    stream.flush()


def refusal(*, code: str, message: str, hint: str, details: Data) -> dict[str, object]:
    """The JSON form of every refusal."""
    return {"error": {"code": code, "message": message, "hint": hint, **details}}


def in_words(*, message: str, hint: str) -> str:
    """The same for people: the sentence, and below it what to do."""
    return f"{message}\n{hint}" if hint else message


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Lines in columns that stand straight with Chinese too; numbers to the right, None as a dash."""
    body = [[_cell(value) for value in row] for row in rows]
    numeric = [
        bool(body) and all(row[at].replace(",", "").isdecimal() or row[at] == "—" for row in body)
        for at in range(len(headings))
    ]
    lines = [list(headings), *body]
    widths = [max(_width(line[at]) for line in lines) for at in range(len(headings))]
    return "\n".join(_line(line, widths, numeric) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        gap = " " * (width - _width(cell))
        padded.append(gap + cell if right else cell + gap)
    return "  ".join(padded).rstrip()


def _cell(value: object) -> str:
    return "—" if value is None else " ".join(str(value).split())


def _width(text: str) -> int:
    """Columns a text takes in a terminal, where Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


class TerminalProgress(Progress):
    """Where long work stands, on one line of stderr that the next one overwrites; silent when nobody looks."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._stage = ""
        self._width = 0

    def stage(self, name: str) -> None:
        """Begin a part of the work."""
        self._stage = name
        self._write(name)

    def step(self, done: int, total: int) -> None:
        """Tell how far this part is."""
        self._write(f"{self._stage} {done}/{total}" if total else f"{self._stage} {done}")

    def clear(self) -> None:
        """Take the line away before the outcome is written."""
        self._write("")

    def _write(self, text: str) -> None:
        if not self._shown:
            return
        sys.stderr.write("\r" + text + " " * max(0, self._width - _width(text)) + ("" if text else "\r"))
        sys.stderr.flush()
        self._width = _width(text)
