"""Text tables (.csv, .txt): which encoding, which mark between the cells, and the cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from gzdesk.i18n import gettext as _
from gzdesk.progress import Progress
from gzdesk.workbooks.formula_guard import unguarded
from gzdesk.workbooks.reading.refusals import MOST_ROWS, damaged_table, not_a_table, too_many_rows
from gzdesk.workbooks.reading.sheet import Cell

_MARKS = ",;\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONGEST_CELL = 100_000
_SAMPLE_LINES = 50


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or GB 18030, or with a mark of its encoding. Raises UserError."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if b"\0" in content:
        raise not_a_table(_("a file of another program"))
    try:
        # A file that was cut off may end within a character; what is before it decides.
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(content, "gb18030")


def text_rows(content: bytes, progress: Progress) -> list[list[Cell]]:
    """The rows of a text table. Raises UserError when the file is no text or too large."""
    text = decoded(content)
    if _looks_binary(text):
        raise not_a_table(_("a file of another program"))
    mark, body = _mark_of(text)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=mark)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(_rows(reader, progress))
    except csv.Error as error:
        raise damaged_table() from error


def _rows(reader: Iterator[list[str]], progress: Progress) -> Iterator[list[Cell]]:
    for number, row in enumerate(reader):
        if number >= MOST_ROWS:
            raise too_many_rows()
        if number % 2000 == 0:
            progress.check_cancelled()
        yield [_cell(text) for text in row]


def _cell(text: str) -> Cell:
    if text.startswith('="') and text.endswith('"') and len(text) > 3:
        # How programs keep Excel from turning 007 into 7.
        text = text[2:-1]
    text = unguarded(text)
    return text if text.strip() else None


def _mark_of(text: str) -> tuple[str, str]:
    first, _end, rest = text.partition("\n")
    said = first.strip().lower()
    if said.startswith("sep=") and len(said) <= 5:
        return (said[4:] or "\t"), rest
    lines = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE_LINES]
    return max(_MARKS, key=lambda mark: _evenness(lines, mark)), text


def _evenness(lines: list[str], mark: str) -> tuple[int, int]:
    """How many lines have the mark, and how often it stands in the line where it is rarest of those."""
    counts = [sum(1 for char in _outside_quotes(line) if char == mark) for line in lines]
    having = [count for count in counts if count]
    return (len(having), max(having, default=0))


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _looks_binary(text: str) -> bool:
    strange = sum(1 for char in text[:20_000] if ord(char) < 32 and char not in "\t\r\n\f\v\x1a")
    return strange > len(text[:20_000]) // 50


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise not_a_table(_("a file of another program")) from error
