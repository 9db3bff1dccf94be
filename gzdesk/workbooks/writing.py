"""Tables as files for other programs: .xlsx and .csv, row by row, as long as they may be.

Text stays text: what begins with `=` never becomes a formula, a receipt number keeps its leading zeros and an
identity number all its digits. Only what is given as a number or a date becomes one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.whole_file import whole_file
from gzdesk.workbooks.formula_guard import guarded

Value = str | int | Decimal | date | None

UTF_8, GB_18030 = "utf-8", "gb18030"
# With its mark, or Excel takes UTF-8 for GBK. Programs that know nothing newer than GB 18030 read no more of it than
# its two-byte part, which is GBK.
_CODECS = {UTF_8: "utf-8-sig", GB_18030: "gbk"}
ROWS_PER_STEP = 500
# What neither XML nor a spreadsheet can hold: control characters, halves of characters, and two that are none.
_NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OutColumn:
    """A column of a written table. A text in a column of numbers or dates stays a text.

    `kind` is `text`, `integer`, `decimal` or `date`. `width` counts digits, a Chinese character being two;
    0 takes one that fits the title and the kind. `grouped` sets off the thousands, which a year must not have.
    """

    title: str
    kind: str = "text"
    width: float = 0
    decimals: int = 0
    grouped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written. `notes` are sentences on what could not be written as it was."""

    file: Path
    rows: int
    notes: tuple[str, ...] = ()


class Texts:
    """Makes texts writable and remembers what had to be changed for that."""

    def __init__(self) -> None:
        self._replaced: dict[str, None] = {}
        self._cut = 0

    def clean(self, text: str) -> str:
        """The text without what no file of this kind can hold; lines end in a line feed."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return _NOT_WRITTEN.sub(self._replace, text)

    def cut(self, text: str, limit: int) -> str:
        """The text, or as much of it as a cell can hold."""
        if len(text) <= limit:
            return text
        self._cut += 1
        return text[: limit - 1] + "…"

    def notes(self) -> tuple[str, ...]:
        """A sentence for each thing that was changed."""
        found = []
        if self._replaced:
            signs = ", ".join(f"U+{ord(sign):04X}" for sign in list(self._replaced)[:_NAMED])
            words = _("Signs that no table can hold were replaced by a space: {signs}.")
            found.append(words.format(signs=signs))
        if self._cut:
            words = _("{count} texts are longer than a cell can hold and were cut.")
            found.append(words.format(count=self._cut))
        return tuple(found)

    def _replace(self, match: re.Match[str]) -> str:
        self._replaced[match[0]] = None
        return " "


def write_xlsx(
    out: Path,
    *,
    title: str,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[Value]],
    remarks: Sequence[str] = (),
    totals: Sequence[Value] = (),
    total_rows: int = 0,
    progress: Progress = NO_PROGRESS,
) -> Written:
    """Write a workbook of one sheet: the title, remarks below it, the head, the rows, and one line of sums.

    The head stays in sight and comes again on every printed page; the sheet prints on A4, as wide as the paper.
    `total_rows` is only for the progress. Raises UserError `cannot_write` or `table_too_long`.
    """
    from gzdesk.workbooks.writing_xlsx import SheetWriter

    with whole_file(out) as file:
        writer = SheetWriter(title=title, columns=columns, remarks=remarks, totals=totals)
        written = writer.write(file, watched(rows, total_rows=total_rows, progress=progress))
    return Written(file=out, rows=written, notes=writer.texts.notes())


def write_csv(
    out: Path,
    *,
    columns: Sequence[OutColumn],
    rows: Iterable[Sequence[Value]],
    totals: Sequence[Value] = (),
    encoding: str = UTF_8,
    total_rows: int = 0,
    progress: Progress = NO_PROGRESS,
) -> Written:
    """Write a .csv: the head, the rows and one line of sums, in UTF-8 with its mark or in GB 18030.

    Raises UserError `cannot_write`, or `needs_utf_8` when GB 18030 of older programs lacks a character.
    """
    texts = Texts()
    with whole_file(out) as file:
        text = io.TextIOWrapper(file, encoding=_CODECS[encoding], newline="")
        try:
            lines = csv.writer(text)
            lines.writerow([_csv_cell(column.title, texts) for column in columns])
            count = 0
            for row in watched(rows, total_rows=total_rows, progress=progress):
                lines.writerow([_csv_cell(value, texts) for value in row])
                count += 1
            if totals:
                lines.writerow([_csv_cell(value, texts) for value in totals])
        except UnicodeEncodeError as error:
            raise _needs_utf_8(error) from None
        finally:
            text.detach()
    return Written(file=out, rows=count, notes=texts.notes())


def watched(
    rows: Iterable[Sequence[Value]], *, total_rows: int, progress: Progress
) -> Iterator[Sequence[Value]]:
    """The rows, telling the progress how many there were and stopping when nobody wants them any more."""
    count = 0
    for row in rows:
        yield row
        count += 1
        if count % ROWS_PER_STEP == 0:
            progress.step(count, total_rows)
            progress.check_cancelled()
    progress.step(count, total_rows)


def _csv_cell(value: Value, texts: Texts) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(texts.clean(value))
    return number_text(value) if isinstance(value, (int, Decimal)) else value.isoformat()


def number_text(value: int | Decimal) -> str:
    """A number in digits, never in powers of ten."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _needs_utf_8(error: UnicodeEncodeError) -> UserError:
    return UserError(
        code="needs_utf_8",
        message=_("GB 18030 as older programs read it has no {signs}.").format(
            signs=error.object[error.start : error.end]
        ),
        hint=_("Save the table in UTF-8 or as a workbook; these keep every character."),
    )
