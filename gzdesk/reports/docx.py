"""Writes a narrative document as .docx, so that it can be gone on with in Word or WPS: the same blocks as on paper.

The fonts are named as GB/T 9704 asks for them, each with the name under which another system has it. Charts become
tables of their figures.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gzdesk.i18n import gettext as _
from gzdesk.reports.document import (
    Align,
    Block,
    Cell,
    Chart,
    Closing,
    Column,
    Cut,
    Document,
    Heading,
    Issuer,
    Line,
    NewPage,
    Paragraph,
    Passage,
    Row,
    Space,
    Table,
)
from gzdesk.reports.docx_fonts import FONTS, name_fonts
from gzdesk.reports.flow import TITLE_SIZES_PT
from gzdesk.reports.flow_official import passage_lines
from gzdesk.reports.fonts import Face
from gzdesk.reports.official import (
    BODY_PT,
    DAY_FROM_RIGHT,
    LINE_MM,
    MOST_ATTACHMENTS,
    PAGE_NUMBER_PT,
    STYLES,
    TABLE_PT,
    WIDTH_MM,
)
from gzdesk.reports.placed import SMALL_PT

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph as WordParagraph

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
_NOTHING = "—"
_FOOTER_FROM_EDGE_MM = 21.0  # the number then stands 7 millimetres under the text
_CLOSER = -4  # twentieths of a point: 28 characters of 16 points in 156 millimetres
_TWIPS_PER_MM = 1440 / 25.4
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")  # what XML does not take


def render(document: Document) -> bytes:
    """The document as the contents of a .docx file."""
    made = docx.Document()
    name_fonts(made)
    writer = _Writer(made, document)
    for block in document.blocks:
        writer.write(block)
    writer.finish()
    target = BytesIO()
    made.save(target)
    return target.getvalue()


class _Writer:
    """Writes block under block."""

    def __init__(self, made: WordDocument, document: Document) -> None:
        self._made = made
        self._document = document
        self._breaks = False  # the next paragraph begins a page
        self._since_gap = MOST_ATTACHMENTS + 1  # paragraphs since the last empty line, as far as it matters
        made.core_properties.title = document.title
        made.core_properties.author = document.author
        made.core_properties.comments = ""
        _set_up(made.sections[0], document)

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self._add(
                    block.text + block.mark, Face.SERIF_BOLD, block.size_pt or TITLE_SIZES_PT[0], "center"
                )
            case Line():
                self._add(
                    "　".join(filter(None, (block.left, block.center, block.right))),
                    Face.SERIF,
                    block.size_pt,
                )
            case Paragraph():
                face = Face.SERIF_BOLD if block.bold else Face.SERIF
                paragraph = self._add(block.text, face, block.size_pt, block.align)
                if block.indent:
                    paragraph.paragraph_format.first_line_indent = Pt(2 * block.size_pt)
            case Passage():
                self._passage(block)
            case Issuer():
                self._issuer(block)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case Closing():
                self._closing(block)
            case Space():
                self._since_gap = 0
                self._add("", Face.BODY, BODY_PT)
            case NewPage():
                self._breaks = True
            case Cut():
                self._add(block.words, Face.SERIF, SMALL_PT, "center")

    def finish(self) -> None:
        """Number the pages, and put the foot line under the number."""
        section = self._made.sections[0]
        if not self._document.official:
            _number(section.footer.paragraphs[0], Face.SERIF, SMALL_PT, "", "center")
            _foot(section.footer.add_paragraph(), self._document.footer)
            return
        self._made.settings.odd_and_even_pages_header_footer = True
        sides: tuple[tuple[Any, Align], ...] = (
            (section.footer, "right"),
            (section.even_page_footer, "left"),
        )
        for footer, align in sides:
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            _number(paragraph, Face.SERIF, PAGE_NUMBER_PT, "—", align)
            form = paragraph.paragraph_format
            form.right_indent = Pt(PAGE_NUMBER_PT) if align == "right" else None
            form.left_indent = Pt(PAGE_NUMBER_PT) if align == "left" else None
            _foot(footer.add_paragraph(), self._document.footer)

    # Text

    def _add(self, text: str, face: Face, size_pt: float, align: Align = "left") -> WordParagraph:
        paragraph = self._made.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        if self._breaks:
            paragraph.paragraph_format.page_break_before = True
            self._breaks = False
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        if self._document.official:
            form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            form.line_spacing = Mm(LINE_MM)
        _run(paragraph, text, face, size_pt)
        return paragraph

    def _passage(self, block: Passage) -> None:
        self._since_gap += 1
        style = STYLES[block.style]
        text = block.text
        if style.align == "center":  # a title breaks where it does on paper
            text = "\n".join(line for line, _spread in passage_lines(block, width_mm=WIDTH_MM))
        paragraph = self._add(text, style.face, style.size_pt, style.align)
        if style.align == "left":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Pt(style.indent * style.size_pt)
        paragraph.paragraph_format.keep_with_next = block.style.startswith("level")

    def _issuer(self, block: Issuer) -> None:
        self._add("", Face.BODY, BODY_PT)
        self._keep_the_end()
        for text in (block.name, block.day):
            paragraph = self._add(text, Face.BODY, BODY_PT, "center")
            # Centred over the right half, whose middle is where the seal goes.
            paragraph.paragraph_format.left_indent = Mm(WIDTH_MM / 2 - DAY_FROM_RIGHT * 2)
            paragraph.paragraph_format.keep_together = True
            paragraph.paragraph_format.keep_with_next = text == block.name
        self._add("", Face.BODY, BODY_PT)

    def _keep_the_end(self) -> None:
        """The last paragraph of the text goes with the issuer, and the list of attachments between them."""
        has_attachments = 0 < self._since_gap <= MOST_ATTACHMENTS
        texts = self._since_gap + 1 if has_attachments else 1
        for paragraph in reversed(self._made.paragraphs):
            paragraph.paragraph_format.keep_with_next = True
            texts -= bool(paragraph.text)
            if texts == 0:
                return

    def _closing(self, block: Closing) -> None:
        for note in block.notes:
            self._add(note, Face.SERIF, block.size_pt)
        self._add("", Face.SERIF, block.size_pt)
        signed = "　　".join(
            _("{label}: {value}").format(label=blank.label, value=blank.value or "________")
            for blank in block.signatures
        )
        self._add(signed, Face.SERIF, block.size_pt)
        if block.seal is not None:
            self._add(block.seal.date, Face.SERIF, block.size_pt, "right")

    # Tables

    def _table(self, table: Table) -> None:
        self._page_of_a_table()
        self._since_gap = MOST_ATTACHMENTS + 1
        made = self._made.add_table(rows=0, cols=len(table.columns))
        made.style = "Table Grid"
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        if table.head:
            head = made.add_row()
            _repeat(head)
            for cell, column in zip(head.cells, table.columns, strict=True):
                _fill(cell, column.title, Face.HEI, table.size_pt, "center")
        for row in table.rows:
            self._row(made.add_row(), row, table)
        for column, shown in zip(table.columns, made.columns, strict=True):
            shown.width = Mm(column.width_mm)
            for cell in shown.cells:
                cell.width = Mm(column.width_mm)
        self._add("", Face.BODY, SMALL_PT).paragraph_format.line_spacing = Pt(SMALL_PT)

    def _page_of_a_table(self) -> None:
        if self._breaks:  # a table has no page break of its own
            self._add("", Face.BODY, SMALL_PT)

    def _row(self, made: Any, row: Row, table: Table) -> None:
        made.height = Mm(row.min_height_mm)
        at = 0
        for cell in row.cells:
            first = made.cells[at]
            shown = first.merge(made.cells[at + cell.span - 1]) if cell.span > 1 else first
            align = cell.align or table.columns[at].align
            face = Face.HEI if cell.label or row.bold else Face.SERIF
            _fill(shown, _text(cell), face, table.size_pt, align)
            at += cell.span

    def _chart(self, block: Chart) -> None:
        """The figures of a chart: a word processor has none that every program draws alike."""
        title = f"{block.title}（{block.unit}）" if block.unit else block.title
        paragraph = self._add(title, Face.HEI, TABLE_PT, "center")
        paragraph.paragraph_format.keep_with_next = True
        self._table(_bullets(block) if block.kind == "bullets" else _across(block))


def _bullets(block: Chart) -> Table:
    """A line for each item: value and target."""
    share = WIDTH_MM / 4
    heads = ((block.title, 2 * share), (_("Value"), share), (_("Target"), share))
    rows = [(item.label, item.text or item.value, item.target) for item in block.items]
    return Table(
        columns=tuple(Column(title=words, width_mm=wide) for words, wide in heads),
        rows=tuple(Row(cells=tuple(_figure(value) for value in row)) for row in rows),
        size_pt=TABLE_PT,
    )


def _across(block: Chart) -> Table:
    """Labels above, figures below."""
    share = WIDTH_MM / len(block.items)
    return Table(
        columns=tuple(Column(title=item.label, width_mm=share) for item in block.items),
        rows=(Row(cells=tuple(_figure(item.text or item.value) for item in block.items)),),
        size_pt=SMALL_PT,
    )


def _figure(value: str | int | None) -> Cell:
    return Cell(value=_NOTHING if value is None else value)


def _set_up(section: Section, document: Document) -> None:
    width, height = document.page_size_mm
    margins = document.margins
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.footer_distance = Mm(_FOOTER_FROM_EDGE_MM if document.official else margins.bottom / 2)
    if document.official:
        # Lines only: programs do not agree on what a grid of characters is. Each run closes up instead (_CLOSER).
        grid = section._sectPr.find(qn("w:docGrid"))
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(LINE_MM * _TWIPS_PER_MM)))


def _run(paragraph: WordParagraph, text: str, face: Face, size_pt: float) -> None:
    run = paragraph.add_run(text.translate(_CONTROL))
    run.font.size = Pt(size_pt)
    latin, chinese = FONTS[face]
    run.font.name = latin
    run.bold = face in (Face.SERIF_BOLD, Face.SANS_BOLD)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), chinese)
    if size_pt == BODY_PT:
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), str(_CLOSER))
        run._element.get_or_add_rPr().insert_element_before(
            closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs"
        )


def _fill(cell: WordCell, text: str, face: Face, size_pt: float, align: Align) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
    off = OxmlElement("w:snapToGrid")  # the grid of the text would spread what stands in a cell
    off.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")
    _run(paragraph, text, face, size_pt)


def _text(cell: Cell) -> str:
    return cell.value if isinstance(cell.value, str) else f"{cell.value:,}"


def _repeat(row: Any) -> None:
    """Let the head of a table stand again on each page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _number(paragraph: WordParagraph, face: Face, size_pt: float, dash: str, align: Align) -> None:
    paragraph.alignment = _ALIGN[align]
    if dash:
        _run(paragraph, f"{dash} ", face, size_pt)
    _run(paragraph, "", face, size_pt)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    inner = OxmlElement("w:r")
    size = OxmlElement("w:rPr")
    points = OxmlElement("w:sz")
    points.set(qn("w:val"), str(int(size_pt * 2)))
    size.append(points)
    inner.append(size)
    text = OxmlElement("w:t")
    text.text = "1"
    inner.append(text)
    field.append(inner)
    paragraph._p.append(field)
    if dash:
        _run(paragraph, f" {dash}", face, size_pt)


def _foot(paragraph: WordParagraph, words: str) -> None:
    _run(paragraph, words, Face.SERIF, SMALL_PT)
