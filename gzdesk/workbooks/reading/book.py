"""Opening a file as a table by what is in it: its name may say anything.

The reader of workbooks is native code; nothing reaches it that was not looked through before, and whatever it makes
of a broken file comes out as a sentence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.workbooks.reading import biff, zipped
from gzdesk.workbooks.reading.compound import SIGNATURE, Compound
from gzdesk.workbooks.reading.html import html_sheet
from gzdesk.workbooks.reading.refusals import (
    MOST_BYTES,
    MOST_ROWS,
    damaged_table,
    empty_table,
    encrypted_table,
    no_such_sheet,
    not_a_table,
    save_as_excel,
    too_many_rows,
    unreadable_file,
)
from gzdesk.workbooks.reading.sheet import Cell, Merge, Sheet, Unread
from gzdesk.workbooks.reading.texts import text_rows

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_BIFF_BEFORE_OLE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_OF_WPS = (".et", ".ett", ".wps", ".wpt", ".dps")
_PAGE = re.compile(rb"<\s*(?:table|html|!doctype\s+html)", re.IGNORECASE)
_CHECK_EVERY_ROWS = 1000
_MOST_COLUMNS = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A file with tables. `kind` is xlsx, xls, csv or html; `sheets` are those that a person sees."""

    name: str
    kind: str
    sheets: tuple[str, ...]
    hidden_sheets: tuple[str, ...] = ()
    content: bytes = field(repr=False)
    parts: zipped.Zipped | None = field(default=None, repr=False)


def read_file(file: Path) -> bytes:
    """The bytes of a file. Raises UserError when it cannot be read or is far too large for a table."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise too_many_rows()
        return file.read_bytes()
    except OSError as error:
        raise unreadable_file(file.name) from error


def open_book(content: bytes, *, name: str, progress: Progress = NO_PROGRESS) -> Book:
    """Find out what a file is and which sheets it has. Raises UserError when it is no table that can be read."""
    kind = _kind_of(content, name=name)
    progress.check_cancelled()
    if kind in ("csv", "html"):
        return Book(name=name, kind=kind, sheets=(Path(name).stem or kind,), content=content)
    parts = zipped.Zipped(content) if kind == "xlsx" else None
    shown, hidden = parts.sheet_names() if parts else _old_sheet_names(content, name)
    if not shown and not hidden:
        raise empty_table()
    return Book(
        name=name,
        kind=kind,
        sheets=shown or hidden,
        hidden_sheets=hidden if shown else (),
        content=content,
        parts=parts,
    )


def read_sheet(book: Book, name: str, *, progress: Progress = NO_PROGRESS) -> Sheet:
    """All cells of a sheet. Raises UserError when there is no such sheet, or when it is damaged or too large."""
    if name not in (*book.sheets, *book.hidden_sheets):
        raise no_such_sheet(name)
    if book.kind == "csv":
        return Sheet(name=name, rows=text_rows(book.content, progress))
    if book.kind == "html":
        page = html_sheet(book.content, progress)
        return Sheet(name=name, rows=page.rows, merges=page.merges)
    if book.kind == "xls":
        return _read_old_sheet(book, name, progress)
    return _read_new_sheet(book, name, progress)


def _read_new_sheet(book: Book, name: str, progress: Progress) -> Sheet:
    parts = book.parts or zipped.Zipped(book.content)
    part = parts.sheet_part(name)
    zipped.refuse_too_large(part)
    progress.check_cancelled()
    rows, merges = _cells(book, name, progress)
    special = zipped.without_result(part) | zipped.with_zeros(part, parts.zero_formats())
    for (row, column), cell in special.items():
        # A row or column of nothing but such cells is not laid out by the reader.
        if row < MOST_ROWS and column < _MOST_COLUMNS:
            rows += [[] for _row in range(row + 1 - len(rows))]
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = cell
    return Sheet(
        name=name,
        rows=rows,
        merges=merges,
        hidden_rows=zipped.hidden_rows(part),
        hidden_columns=zipped.hidden_columns(part),
    )


def _read_old_sheet(book: Book, name: str, progress: Progress) -> Sheet:
    looked = biff.look_through(_old_stream(Compound(book.content)))
    rows, merges = _cells(book, name, progress)
    listed = _native(lambda: _workbook(book.content).sheets_metadata)
    names = [sheet.name for sheet in listed]
    # Where the counts differ nothing is said rather than a wrong thing.
    own = looked[names.index(name)] if len(looked) == len(names) else biff.OldSheet()
    for row, column in own.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = Unread.ERROR
    return Sheet(
        name=name,
        rows=rows,
        merges=merges,
        hidden_rows=frozenset(own.hidden_rows),
        hidden_columns=frozenset(own.hidden_columns),
    )


def _cells(book: Book, name: str, progress: Progress) -> tuple[list[list[Cell]], tuple[Merge, ...]]:
    sheet = _native(lambda: _workbook(book.content).get_sheet_by_name(name))
    progress.check_cancelled()
    if sheet.total_height > MOST_ROWS:
        raise too_many_rows()
    rows: list[list[Cell]] = _native(lambda: list(_tidied(sheet, progress)))
    merged = _native(lambda: sheet.merged_cell_ranges) or ()
    return rows, tuple(Merge(*first, *last) for first, last in merged)


def _tidied(sheet: CalamineSheet, progress: Progress) -> Iterator[list[Cell]]:
    """The rows numbered and lettered as in Excel, whatever stands empty before the table."""
    rows: Any = sheet.to_python(skip_empty_area=False)
    for number, row in enumerate(rows):
        if number % _CHECK_EVERY_ROWS == 0:
            progress.check_cancelled()
        yield [None if cell == "" else cell for cell in row] if "" in row else row


def _kind_of(content: bytes, *, name: str) -> str:
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise empty_table()
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "xlsx"
    if content.startswith(SIGNATURE):
        return "xls"
    if content.startswith(_BIFF_BEFORE_OLE):
        raise save_as_excel("Excel 4")
    _refuse_known_others(content)
    head = content[:4000].replace(b"\0", b"")
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return _kind_of_page(content, head)
    if head.lstrip().lower().startswith((b"mime-version:", b"from: <saved by")):
        raise save_as_excel("*.mht")
    return "csv"


def _kind_of_page(content: bytes, head: bytes) -> str:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in content[:20_000] and b"<Workbook" in head:
        raise save_as_excel("*.xml")
    if _PAGE.search(content.replace(b"\0", b"")[:1_000_000]):
        return "html"
    return "csv"


def _refuse_known_others(content: bytes) -> None:
    known = (
        (b"%PDF", _("a PDF")),
        (b"\xff\xd8\xff", _("a photo")),
        (b"\x89PNG", _("a photo")),
        (b"GIF8", _("a photo")),
        (b"Rar!", _("a packed folder")),
        (b"7z\xbc\xaf", _("a packed folder")),
        (b"{\\rtf", _("a text document")),
        (b"SQLite format 3", _("a file of another program")),
    )
    for beginning, words in known:
        if content.startswith(beginning):
            raise not_a_table(words)


def _old_stream(compound: Compound, *, file_name: str = "") -> bytes:
    suffix = Path(file_name).suffix.lower()
    known = f"*{suffix}" if suffix in _OF_WPS else ""
    # In the order in which the native reader looks for them.
    present = compound.names()
    name = next((name for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in present), None)
    if name is None:
        raise save_as_excel(known or _("a form of its own"))
    return compound.stream(name)


def _old_sheet_names(content: bytes, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    compound = Compound(content)
    names = set(compound.names())
    if "EncryptedPackage" in names:
        raise encrypted_table()
    if "WordDocument" in names:
        raise not_a_table(_("a text document"))
    if "PowerPoint Document" in names:
        raise not_a_table(_("a presentation"))
    biff.look_through(_old_stream(compound, file_name=name))
    listed = _native(lambda: _workbook(content).sheets_metadata)
    tables = [sheet for sheet in listed if "WorkSheet" in str(sheet.typ)]
    shown = tuple(sheet.name for sheet in tables if str(sheet.visible).endswith(".Visible"))
    return shown, tuple(sheet.name for sheet in tables if sheet.name not in shown)


def _workbook(content: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _native(work: Any) -> Any:
    """Run the native reader; what it raises, a panic of its own included, means that the file is broken."""
    from python_calamine import PasswordError

    try:
        return work()
    except UserError:
        raise
    except PasswordError as error:
        raise encrypted_table() from error
    except (MemoryError, OverflowError) as error:
        raise too_many_rows() from error
    except BaseException as error:
        if type(error).__name__ in ("KeyboardInterrupt", "SystemExit", "GeneratorExit", "Cancelled"):
            raise
        raise damaged_table() from error
