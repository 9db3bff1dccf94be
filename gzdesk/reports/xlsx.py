"""Writes a document as a workbook that prints like the PDF: A4, head on every page, the same widths.

Numbers are numbers, everything else is text: a name that begins with `=` never becomes a formula, and a
receipt number keeps its leading zeros.
"""

from __future__ import annotations

import re
from io import BytesIO
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from gzdesk.i18n import gettext as _
from gzdesk.reports.document import (
    BODY_PT,
    Align,
    Block,
    Cell,
    Chart,
    Closing,
    Cut,
    Document,
    Heading,
    Issuer,
    Line,
    NewPage,
    Paragraph,
    Passage,
    Space,
    Table,
)
from gzdesk.reports.flow import TITLE_SIZES_PT
from gzdesk.reports.fonts import Face
from gzdesk.reports.official import BODY_PT as LETTER_PT
from gzdesk.reports.official import LINE_MM, STYLES
from gzdesk.reports.placed import MM_PER_PT, SMALL_PT
from gzdesk.reports.rows import CellLines, measure_head, measure_row
from gzdesk.reports.text import wrap
from gzdesk.reports.xlsx_charts import ChartSheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SERIF_FONT = "宋体"
SANS_FONT = "黑体"
_MM_PER_INCH = 25.4
# A column width counts digits of the standard font, 7 pixels each at 96 dpi, and 5 pixels of padding.
_PIXELS_PER_MM, _DIGIT_PIXELS, _PADDING_PIXELS = 96 / 25.4, 7, 5
_NARROWEST_MM = 1.0
_SIGNING_MM = 9.0
_WRITING_MM = 12.0
_SHEET_NAME_LIMIT = 31
_CHART_ROW_MM = 10.0
_CHART_GAP_MM = 6.0
_OFFICIAL_FONTS = {Face.TITLE: "方正小标宋简体", Face.BODY: "仿宋", Face.KAI: "楷体", Face.HEI: "黑体"}
_HIGHEST_ROW_PT = 409.0
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_THIN = Side(style="thin")
_DASHED_BELOW = Border(bottom=Side(style="dashed"))
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def render(document: Document) -> bytes:
    """The workbook as the contents of an .xlsx file."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _NOT_IN_SHEET_NAME.sub(" ", document.title)[:_SHEET_NAME_LIMIT]
    book.properties.title = document.title
    book.properties.creator = document.author or "gzdesk"
    writer = _Writer(sheet, document, ChartSheet(book, sheet))
    for block in document.blocks:
        writer.write(block)
    writer.finish()
    target = BytesIO()
    book.save(target)
    return target.getvalue()


class _Grid:
    """The columns of the sheet: every edge of every table of the document, in millimetres from the left."""

    def __init__(self, document: Document) -> None:
        edges = {0.0}
        for table in document.tables:
            edges.update(accumulate(column.width_mm for column in table.columns))
        if len(edges) == 1:
            edges.add(document.text_width_mm)
        self._edges: list[float] = []
        for edge in sorted(edges):
            # Two tables hardly ever agree to the tenth of a millimetre; a column that narrow is of no use.
            if not self._edges or edge - self._edges[-1] > _NARROWEST_MM:
                self._edges.append(edge)

    @property
    def width_mm(self) -> float:
        """Width of all columns."""
        return self._edges[-1]

    def widths_mm(self) -> list[float]:
        """Width of each column."""
        return [right - left for left, right in pairwise(self._edges)]

    def between(self, left: float, right: float) -> tuple[int, int]:
        """The first and the last column of what reaches from `left` to `right`, at least one."""
        first = min(self._nearest(left), len(self._edges) - 2)
        return first + 1, max(first + 1, self._nearest(right))

    def _nearest(self, x: float) -> int:
        return min(range(len(self._edges)), key=lambda place: abs(self._edges[place] - x))


class _Writer:
    """Writes block under block."""

    def __init__(self, sheet: Worksheet, document: Document, charts: ChartSheet) -> None:
        self._sheet = sheet
        self._charts = charts
        self._document = document
        self._grid = _Grid(document)
        self._row = 0
        widths = self._grid.widths_mm()
        self._last = len(widths)
        for number, width_mm in enumerate(widths, start=1):
            width = (width_mm * _PIXELS_PER_MM - _PADDING_PIXELS) / _DIGIT_PIXELS
            sheet.column_dimensions[get_column_letter(number)].width = round(width, 2)
        self._page_setup()

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Line():
                self._line(block)
            case Table():
                self._table(block)
            case Paragraph():
                self._note(
                    block.text,
                    bold=block.bold,
                    size_pt=block.size_pt,
                    align=block.align,
                    indent=2 if block.indent else 0,
                )
            case Closing():
                self._closing(block)
            case Space():
                self._next(block.height_mm)
            case Cut():
                self._cut(block)
            case NewPage():
                self._sheet.row_breaks.append(Break(id=self._row))
            case Passage():
                self._passage(block)
            case Issuer():
                self._issuer(block)
            case Chart():
                self._chart(block)

    def finish(self) -> None:
        """Put the foot line on every page, and the same code as on paper."""
        if self._document.footer:
            self._sheet.oddFooter.left.text = _escaped(self._document.footer)
            self._sheet.oddFooter.left.size = int(SMALL_PT)
        count = _("Page {number} of {total}").format(number="&P", total="&N")
        if self._document.numbered:
            self._sheet.oddFooter.center.text = count
        self._sheet.print_area = f"A1:{get_column_letter(self._last)}{self._row}"

    def _page_setup(self) -> None:
        setup, margins = self._sheet.page_setup, self._document.margins
        a3 = self._document.page == "A3"
        setup.paperSize = self._sheet.PAPERSIZE_A3 if a3 else self._sheet.PAPERSIZE_A4
        setup.orientation = "landscape" if self._document.landscape else "portrait"
        setup.fitToWidth, setup.fitToHeight = 1, 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True
        page = self._sheet.page_margins
        page.top, page.bottom = margins.top / _MM_PER_INCH, margins.bottom / _MM_PER_INCH
        page.left, page.right = margins.left / _MM_PER_INCH, margins.right / _MM_PER_INCH
        page.footer = margins.bottom / 2 / _MM_PER_INCH
        self._sheet.print_options.horizontalCentered = True
        self._sheet.sheet_view.showGridLines = False

    # Text beside tables

    def _heading(self, block: Heading) -> None:
        size_pt = block.size_pt or TITLE_SIZES_PT[0]
        lines = wrap(block.text + block.mark, Face.SERIF_BOLD, size_pt, self._grid.width_mm / MM_PER_PT)
        self._next(12 * len(lines) * size_pt / TITLE_SIZES_PT[0])
        self._place((1, self._last), block.text + block.mark, "center", size_pt, bold=True)

    def _cut(self, block: Cut) -> None:
        self._next(_SIGNING_MM)
        self._place((1, self._last), block.words, "center", SMALL_PT)
        for column in range(1, self._last + 1):
            self._sheet.cell(self._row, column).border = _DASHED_BELOW
        self._next(_SIGNING_MM)

    def _line(self, block: Line) -> None:
        """Each text over its share of the width: thirds, halves, or all of it."""
        self._next(7 * block.size_pt / BODY_PT)
        parts: list[tuple[str, Align]] = [
            (block.left, "left"),
            (block.center, "center"),
            (block.right, "right"),
        ]
        shown = [part for part in parts if part[0]]
        at = 1
        for place, (text, align) in enumerate(shown, start=1):
            end = self._grid.width_mm * place / len(shown)
            columns = (at, max(at, self._grid.between(0, end)[1]))
            self._place(columns, text, align, block.size_pt)
            at = columns[1] + 1

    def _note(
        self,
        text: str,
        *,
        bold: bool = False,
        size_pt: float = BODY_PT,
        align: Align = "left",
        indent: int = 0,
    ) -> None:
        # The indent is written, as in the PDF: a cell's own would move every line of it.
        shown = "　" * indent + text
        lines = wrap(shown, Face.SERIF, size_pt, self._grid.width_mm / MM_PER_PT)
        self._next(6.0 * len(lines) * size_pt / BODY_PT)
        self._place((1, self._last), shown, align, size_pt, bold=bold)

    def _closing(self, block: Closing) -> None:
        for note in block.notes:
            self._note(note, size_pt=block.size_pt)
        seal_mm = block.seal.size_mm if block.seal else 0.0
        self._next(max(_WRITING_MM, seal_mm - 2 * _SIGNING_MM))
        self._next(_SIGNING_MM)
        free = self._grid.width_mm - (seal_mm + _SIGNING_MM if block.seal else 0)
        step = free / max(1, len(block.signatures))
        for number, blank in enumerate(block.signatures):
            text = _("{label}: {value}").format(label=blank.label, value=blank.value)
            self._put(self._grid.between(number * step, (number + 1) * step)[0], text, block.size_pt)
        if block.seal is not None:
            columns = self._grid.between(self._grid.width_mm - seal_mm, self._grid.width_mm)
            self._place(columns, block.seal.date, "center", block.size_pt)
            self._next(_SIGNING_MM)

    # Official documents and charts

    def _passage(self, block: Passage) -> None:
        style = STYLES[block.style]
        shown = "　" * style.indent + block.text
        lines = wrap(shown, style.face, style.size_pt, self._grid.width_mm / MM_PER_PT)
        self._next(LINE_MM * len(lines))
        self._place((1, self._last), shown, style.align, style.size_pt, font=_OFFICIAL_FONTS[style.face])

    def _issuer(self, block: Issuer) -> None:
        self._next(block.size_mm / 2 - LINE_MM)
        columns = self._grid.between(self._grid.width_mm / 2, self._grid.width_mm)
        for text in (block.name, block.day):
            self._next(LINE_MM)
            self._place(columns, text, "center", LETTER_PT, font=_OFFICIAL_FONTS[Face.BODY])
        self._next(block.size_mm / 2 - LINE_MM)

    def _chart(self, block: Chart) -> None:
        # A chart is a little higher than the rows below it, which programs round each in its way.
        height_mm = _CHART_GAP_MM + self._charts.add(block, row=self._row + 1, width_mm=self._grid.width_mm)
        while height_mm > 0:
            self._next(min(height_mm, _CHART_ROW_MM))
            height_mm -= _CHART_ROW_MM

    # Tables

    def _table(self, table: Table) -> None:
        if table.head:
            self._table_head(table)
        for row in table.rows:
            # Measured as for the PDF: the same height, and the same smaller size where a text needs it.
            measured = measure_row(row, table, 0)
            self._next(measured.height)
            for cell, lines in zip(row.cells, measured.cells, strict=True):
                font = SANS_FONT if cell.label else SERIF_FONT
                self._place_ruled(lines, _with_hint(cell), font, bold=row.bold)

    def _table_head(self, table: Table) -> None:
        head = measure_head(table, 0)
        self._next(head.height)
        # Of several tables none may stand above the pages of the others.
        if sum(one.head for one in self._document.tables) == 1:
            self._sheet.print_title_rows = f"{self._row}:{self._row}"
        for column, lines in zip(table.columns, head.cells, strict=True):
            self._place_ruled(lines, column.title, SANS_FONT, bold=True)

    def _place_ruled(self, lines: CellLines, value: str | int, font: str, *, bold: bool) -> None:
        first, last = self._grid.between(lines.left, lines.right)
        self._place((first, last), value, lines.align, lines.size_pt, bold=bold, font=font)
        for column in range(first, last + 1):
            self._sheet.cell(self._row, column).border = _GRID

    # Cells

    def _next(self, height_mm: float) -> None:
        self._row += 1
        height_pt = min(height_mm / MM_PER_PT, _HIGHEST_ROW_PT)
        self._sheet.row_dimensions[self._row].height = round(height_pt, 1)

    def _place(
        self,
        columns: tuple[int, int],
        value: str | int,
        align: Align,
        size_pt: float,
        *,
        bold: bool = False,
        font: str = SERIF_FONT,
    ) -> None:
        """Write over these columns of the row, as one cell."""
        first, last = columns
        if last > first:
            self._sheet.merge_cells(
                start_row=self._row, end_row=self._row, start_column=first, end_column=last
            )
        cell = self._put(first, value, size_pt, bold=bold, font=font)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)

    def _put(
        self, column: int, value: str | int, size_pt: float, *, bold: bool = False, font: str = SERIF_FONT
    ) -> SheetCell:
        cell = self._sheet.cell(self._row, column)
        assert isinstance(cell, SheetCell)
        cell.font = Font(name=font, size=size_pt, bold=bold)
        if isinstance(value, int):
            cell.value = value
            cell.number_format = "#,##0"
        elif value:
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = value[0] in "=+-@"
        return cell


def _with_hint(cell: Cell) -> str | int:
    return f"{cell.value}\n{cell.hint}" if cell.hint else cell.value


def _escaped(text: str) -> str:
    """Text for a header or footer, where an ampersand begins a command."""
    return text.replace("&", "&&")
