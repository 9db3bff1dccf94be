"""A workbook of one long sheet. openpyxl makes the book; the rows are streamed into it.

openpyxl makes objects of every cell and then XML of these, which takes several times as long as writing the XML
down. So it makes the book with the top of the sheet alone, twice: before the rows and after them, when their number
is known. What a cell looks like is a number that it gave out for a sample.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.workbooks.writing import OutColumn, Texts, Value, number_text

_SHEET = "xl/worksheets/sheet1.xml"
_ROWS_AT_MOST = 1_048_576 - 100  # Excel's, less room for the head
_TEXT_AT_MOST = 32_767  # characters of a cell, Excel's limit
_EXACT_DIGITS = 15  # of a number in Excel; a longer one would lose its end
_FIRST_SURE_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900
_FONT, _HEAD_FONT = "宋体", "黑体"
_HEAD_FILL = PatternFill("solid", fgColor="F0EDE5")  # ui.md 2, header row
_SHEET_NAME_LIMIT = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\t\n']")
# What an A4 page takes at a size that can be read; a wider table goes over several pages side by side.
_PORTRAIT_DIGITS, _LANDSCAPE_DIGITS = 92, 200
_LINE = Side(style="thin", color="A6A6A6")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_LINE_HEIGHT_PT, _MOST_LINES = 14.5, 28  # Excel's own limit is 409 points
_WIDTHS = {"integer": 9.0, "decimal": 9.0, "date": 12.0}
_TEXT_WIDTH, _NARROWEST, _WIDEST = 14.0, 5.0, 60.0
_CHUNK_ROWS = 200
# Excel reads `_x0041_` in a text as an A; its own underscore must be written that way then.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_CellMaker = Callable[[Value, int], str]


class SheetWriter:
    """Writes one table. `texts` knows afterwards what had to be changed."""

    def __init__(
        self, *, title: str, columns: Sequence[OutColumn], remarks: Sequence[str], totals: Sequence[Value]
    ) -> None:
        self.texts = Texts()
        self._columns = columns
        self._top = _Top(
            title=self.texts.clean(title),
            remarks=tuple(self.texts.clean(remark) for remark in remarks),
            heads=tuple(self.texts.clean(column.title) for column in columns),
        )
        self._totals = totals
        # Less the padding at both sides.
        self._rooms = [_width(column) - 1.5 for column in columns]

    def write(self, file: IO[bytes], rows: Iterable[Sequence[Value]]) -> int:
        """Write the whole book into the file; returns how many rows it has below the head."""
        parts = _Parts(_made(self._top, self._columns, rows=0))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
            with book.open(_SHEET, "w", force_zip64=True) as sheet:
                sheet.write(parts.above)
                count = self._write_rows(sheet, rows, parts.row_styles)
                self._write_totals(sheet, parts.sum_styles, line=self._top.head_line + count + 1)
                made = _made(self._top, self._columns, rows=count)
                sheet.write(_Parts(made).below)
            with zipfile.ZipFile(io.BytesIO(made)) as rest:
                for name in rest.namelist():
                    if name != _SHEET:
                        book.writestr(name, rest.read(name))
        return count

    def _write_rows(self, sheet: IO[bytes], rows: Iterable[Sequence[Value]], styles: Sequence[str]) -> int:
        makers = self._makers(styles)
        line = self._top.head_line
        waiting = iter(rows)
        while chunk := list(islice(waiting, _CHUNK_ROWS)):
            if line + len(chunk) > _ROWS_AT_MOST:
                raise _too_long()
            texts = [
                _row(number, values, makers, self._rooms) for number, values in enumerate(chunk, line + 1)
            ]
            sheet.write("".join(texts).encode())
            line += len(chunk)
        return line - self._top.head_line

    def _write_totals(self, sheet: IO[bytes], styles: Sequence[str], *, line: int) -> None:
        if self._totals:
            sheet.write(_row(line, self._totals, self._makers(styles), self._rooms).encode())

    def _makers(self, styles: Sequence[str]) -> list[_CellMaker]:
        return [
            _cell_maker(get_column_letter(number), style, self.texts)
            for number, style in enumerate(styles, 1)
        ]


def _row(line: int, values: Sequence[Value], makers: Sequence[_CellMaker], rooms: Sequence[float]) -> str:
    cells = [make(value, line) for make, value in zip(makers, values, strict=True)]
    height = ""
    for value, room in zip(values, rooms, strict=True):
        if isinstance(value, str) and (2 * len(value) > room or "\n" in value):
            lines = max(_lines_of(text, room) for text, room in zip(values, rooms, strict=True))
            height = f' ht="{min(lines, _MOST_LINES) * _LINE_HEIGHT_PT}"' if lines > 1 else ""
            break
    return f'<row r="{line}"{height}>{"".join(cells)}</row>'


def _lines_of(value: Value, room: float) -> int:
    """How many lines a text takes in a column of that width: not every program finds that out by itself."""
    if not isinstance(value, str):
        return 1
    widths = (sum(2 if sign > "\u2e7f" else 1 for sign in part) for part in value.split("\n"))
    return sum(max(1, math.ceil(width / room)) for width in widths)


def _cell_maker(letter: str, style: str, texts: Texts) -> _CellMaker:
    """What makes the XML of a cell of that column."""

    def text_cell(value: str, line: int) -> str:
        if not value:
            return f'<c r="{letter}{line}" s="{style}"/>'
        written = texts.cut(texts.clean(value), _TEXT_AT_MOST)
        if "_x" in written:
            written = _LOOKS_ESCAPED.sub("_x005F_", written)
        return (
            f'<c r="{letter}{line}" s="{style}" t="inlineStr">'
            f'<is><t xml:space="preserve">{escape(written)}</t></is></c>'
        )

    def cell(value: Value, line: int) -> str:
        if isinstance(value, str):
            return text_cell(value, line)
        if value is None:
            return f'<c r="{letter}{line}" s="{style}"/>'
        if isinstance(value, date):
            if value < _FIRST_SURE_DAY:
                return text_cell(value.isoformat(), line)
            return f'<c r="{letter}{line}" s="{style}"><v>{int(to_excel(value))}</v></c>'
        digits = number_text(value)
        if _significant(digits) > _EXACT_DIGITS:
            return text_cell(digits, line)
        return f'<c r="{letter}{line}" s="{style}"><v>{digits}</v></c>'

    return cell


def _significant(digits: str) -> int:
    return len(digits) if len(digits) <= _EXACT_DIGITS else len(digits.replace(".", "").strip("-0"))


class _Top:
    """The lines above the rows."""

    def __init__(self, *, title: str, remarks: tuple[str, ...], heads: tuple[str, ...]) -> None:
        self.title, self.remarks, self.heads = title, remarks, heads
        self.head_line = 2 + len(remarks)


class _Parts:
    """The sheet of a book as XML: what stands above and below the rows, and the styles of the two samples."""

    def __init__(self, book: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(book)) as opened:
            xml = opened.read(_SHEET).decode()
        end = xml.index("</sheetData>")
        sum_row = xml.rindex("<row ", 0, end)
        sample_row = xml.rindex("<row ", 0, sum_row)
        # Readers that trust the size given there would stop at the head.
        self.above = re.sub(r"<dimension[^>]*/>", "", xml[:sample_row]).encode()
        self.below = xml[end:].encode()
        self.row_styles = re.findall(r' s="(\d+)"', xml[sample_row:sum_row])
        self.sum_styles = re.findall(r' s="(\d+)"', xml[sum_row:end])


def _made(top: _Top, columns: Sequence[OutColumn], *, rows: int) -> bytes:
    """The book with the lines above the rows and, below these, a sample of a row and of a line of sums."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _NOT_IN_SHEET_NAME.sub(" ", top.title)[:_SHEET_NAME_LIMIT].strip() or "1"
    book.properties.title = top.title
    book.properties.creator = "gzdesk"
    _put(sheet.cell(1, 1), top.title, Font(name=_HEAD_FONT, size=14, bold=True))
    for line, remark in enumerate(top.remarks, 2):
        _put(sheet.cell(line, 1), remark, Font(name=_FONT, size=10))
    widths = [_width(column) for column in columns]
    for number, column in enumerate(columns, 1):
        _put_column(sheet, top, number, column)
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    _set_up_page(sheet, top, rows=rows, widths=widths)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _put(cell: object, text: str, font: Font) -> Cell:
    assert isinstance(cell, Cell)
    cell.value = _LOOKS_ESCAPED.sub("_x005F_", text) or None
    if text:
        cell.data_type = "s"
    cell.number_format = "@"
    cell.font = font
    return cell


def _put_column(sheet: Worksheet, top: _Top, number: int, column: OutColumn) -> None:
    head = _put(
        sheet.cell(top.head_line, number), top.heads[number - 1], Font(name=_HEAD_FONT, size=11, bold=True)
    )
    side = "left" if column.kind in ("text", "date") else "right"
    head.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    head.fill, head.border = _HEAD_FILL, _GRID
    for line, bold in ((top.head_line + 1, False), (top.head_line + 2, True)):
        sample = sheet.cell(line, number)
        sample.font = Font(name=_FONT, size=11, bold=bold)
        sample.number_format = _number_format(column)
        sample.border = _GRID
        sample.alignment = Alignment(horizontal=side, vertical="top", wrap_text=column.kind == "text")


def _number_format(column: OutColumn) -> str:
    whole = "#,##0" if column.grouped else "0"
    match column.kind:
        case "integer":
            return whole
        case "decimal":
            return f"{whole}.{'0' * column.decimals}" if column.decimals else "General"
        case "date":
            return "yyyy-mm-dd"
    return "@"


def _width(column: OutColumn) -> float:
    if column.width:
        return min(max(column.width, _NARROWEST), _WIDEST)
    title = 2 + sum(2 if ord(letter) > 0x2E7F else 1 for letter in column.title)
    return min(max(_WIDTHS.get(column.kind, _TEXT_WIDTH), title), _WIDEST)


def _set_up_page(sheet: Worksheet, top: _Top, *, rows: int, widths: Sequence[float]) -> None:
    head, last = top.head_line, get_column_letter(len(widths))
    upright, pages_across = sum(widths) <= _PORTRAIT_DIGITS, math.ceil(sum(widths) / _LANDSCAPE_DIGITS)
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{last}{head + rows}"
    sheet.print_title_rows = f"{head}:{head}"
    setup, page = sheet.page_setup, sheet.page_margins
    setup.paperSize = sheet.PAPERSIZE_A4
    setup.orientation = "portrait" if upright else "landscape"
    setup.fitToWidth, setup.fitToHeight = pages_across, 0
    if pages_across > 1:
        sheet.print_title_cols = "A:A"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page.left = page.right = page.bottom = 0.6  # inches, as Excel counts margins
    page.top, page.footer = 0.8, 0.3
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = _("Page {number} of {total}").format(number="&P", total="&N")


def _too_long() -> UserError:
    return UserError(
        code="table_too_long",
        message=_("A workbook holds no more than {count} rows.").format(count=f"{_ROWS_AT_MOST:,}"),
        hint=_("Choose a shorter period, or save the table as .csv."),
    )
