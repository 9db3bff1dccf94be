"""A document as pages of placed text and lines.

Nothing here draws. Widths come from the fonts, so what fits here fits on paper.
"""

from __future__ import annotations

from gzdesk.i18n import gettext as _
from gzdesk.reports import charts, flow_official
from gzdesk.reports.document import (
    BODY_PT,
    QR_MM,
    Block,
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
    Seal,
    Space,
    Table,
)
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.official import LINE_MM, MOST_ATTACHMENTS
from gzdesk.reports.placed import LINE_FACTOR, MM_PER_PT, SMALL_PT, Page, PlacedText, Stroke
from gzdesk.reports.rows import MeasuredRow, measure_head, measure_row, parted, row_texts, ruling
from gzdesk.reports.text import fit, wrap

TITLE_SIZES_PT = (18.0, 16.0, 14.0, 12.0)  # 小二, smaller for a long title
MARK_PT = 12.0
GAP_MM = 2.0
QR_ABOVE_MARGIN_MM = (
    6.5  # the code reaches into the upper margin, or the table would begin lower because of it
)
SIGNATURE_ABOVE_LIMIT_MM = 8.0
WRITING_SPACE_MM = 8.0  # above a signature line
KEPT_WITH_CLOSING = 3
FOOTER_MM = 7.5  # from the edge of the paper to the foot line
CUT_EDGE_MM = 6.0  # from the edge of the paper to the cut line, and from it to what follows
_SMALLER_TITLES = (1.0, 0.89, 0.78, 0.67)
_ROUNDING_MM = 0.01  # 22 lines add up to the height of the text but for the last digit
_KEPT_WITH_TEXT = ("level_1", "level_2", "level_3")  # no heading stands alone at the foot of a page
_LINES_WITH_ISSUER = 2
_LETTER_INDENT = "　　"
_LETTER_PITCH = 1.6  # distance of lines of running text larger than a table's, in sizes


def paginate(document: Document) -> tuple[Page, ...]:
    """Place every block; nothing is ever cut off."""
    flow = _Flow(document)
    for block in document.blocks:
        flow.place(block)
    return flow.finished()


def height_mm(document: Document) -> float:
    """How much of one page the blocks take from the upper margin down, or infinity when one is not enough."""
    flow = _Flow(document)
    for block in document.blocks:
        flow.place(block)
    return flow.used_mm()


def _top_of(line: PlacedText) -> float:
    """The upper edge of a line of an official document."""
    return line.y - flow_official.baseline_mm(line.size_pt)


def _pitch_mm(size_pt: float) -> float:
    factor = LINE_FACTOR if size_pt <= BODY_PT else _LETTER_PITCH
    return size_pt * MM_PER_PT * factor


class _Flow:
    """Fills pages from top to bottom; `_y` is where the next block begins."""

    def __init__(self, document: Document) -> None:
        width, height = document.page_size_mm
        self._document = document
        self._left = document.margins.left
        self._right = width - document.margins.right
        self._middle = (self._left + self._right) / 2
        self._foot = height - FOOTER_MM
        self._limit = height - document.margins.bottom
        self._pages: list[Page] = []
        self._head: MeasuredRow | None = None
        self._rows: list[tuple[float, MeasuredRow]] = []  # of the open table on this page, with their tops
        self._tail: list[PlacedText] = []  # the lines of text since the last table, for the issuer
        self._gap_at = 0  # how many of them stand above the last empty line
        self._new_page()
        if document.qr:
            top = document.margins.top - QR_ABOVE_MARGIN_MM
            self._page.qr = (self._right - QR_MM, top, QR_MM)

    def place(self, block: Block) -> None:
        """Place one block after the ones before it."""
        self._note_tail(block)
        match block:
            case Closing():
                self._closing(block)
                return
            case Table():
                self._rule()
                self._table(block)
                return
        self._rule()
        match block:
            case Heading():
                self._heading(block)
            case Line():
                self._line(block)
            case Paragraph():
                self._paragraph(block)
            case Space():
                self._y += block.height_mm
            case Cut():
                self._cut(block)
            case NewPage():
                self._new_page()
            case Passage():
                self._passage(block)
            case Issuer():
                self._issuer(block)
            case Chart():
                self._chart(block)

    def _note_tail(self, block: Block) -> None:
        if isinstance(block, Space) and self._document.official:
            self._gap_at = len(self._tail)
        elif not isinstance(block, (Passage, Issuer)):
            self._tail, self._gap_at = [], 0

    def used_mm(self) -> float:
        """Height taken from the upper margin of the one page; infinity where there are more."""
        self._rule()
        return self._y - self._document.margins.top if len(self._pages) == 1 else float("inf")

    def finished(self) -> tuple[Page, ...]:
        """The pages, ruled and numbered."""
        self._rule()
        for number, page in enumerate(self._pages, start=1):
            count = _("Page {number} of {total}").format(number=number, total=len(self._pages))
            if self._document.footer:
                page.texts.append(
                    PlacedText(self._left, self._foot, self._document.footer, Face.SERIF, SMALL_PT)
                )
            if self._document.official:
                flow_official.number_page(page, number, left=self._left, right=self._right, limit=self._limit)
            elif self._document.numbered:
                page.texts.append(PlacedText(self._middle, self._foot, count, Face.SERIF, SMALL_PT, "center"))
        return tuple(self._pages)

    def _new_page(self) -> None:
        self._rule()
        self._page = Page()
        self._pages.append(self._page)
        self._y = self._document.margins.top

    def _room(self) -> float:
        return self._limit - self._y

    # Lines of text

    def _heading(self, block: Heading) -> None:
        beside = 2 * (QR_MM + GAP_MM) if self._page.qr else 0.0
        mark = width_pt(block.mark, Face.SERIF, MARK_PT) * MM_PER_PT
        free = self._right - self._left - beside - mark
        sizes: tuple[float, ...] = TITLE_SIZES_PT
        if block.size_pt is not None:
            sizes = tuple(block.size_pt * share for share in _SMALLER_TITLES)
        size, lines = fit(block.text, Face.SERIF_BOLD, free / MM_PER_PT, sizes, 1, balanced=True)
        end = baseline = 0.0
        for line in lines:
            width = width_pt(line, Face.SERIF_BOLD, size) * MM_PER_PT
            start = self._middle - (width + mark) / 2
            end, baseline = start + width, self._y + size * MM_PER_PT * 0.88
            self._page.texts.append(PlacedText(start, baseline, line, Face.SERIF_BOLD, size))
            self._y += size * MM_PER_PT * LINE_FACTOR
        if block.mark:
            self._page.texts.append(
                PlacedText(end, baseline, block.mark, Face.SERIF, MARK_PT, "left", grey=True)
            )
        self._y += GAP_MM / 2

    def _line(self, block: Line) -> None:
        beside_qr = self._page.qr is not None and self._y < self._page.qr[1] + QR_MM
        right = self._right - (QR_MM + GAP_MM if beside_qr else 0)
        parts = [text for text in (block.left, block.center, block.right) if text]
        needed = width_pt("".join(parts), Face.SERIF, block.size_pt) * MM_PER_PT
        room = right - self._left - 2 * GAP_MM * len(parts)
        size = block.size_pt if needed < room + 2 * GAP_MM else min(SMALL_PT, block.size_pt)
        if needed * size / block.size_pt > room + 2 * GAP_MM:
            # Side by side they would run into each other.
            for text in parts:
                self._paragraph(Paragraph(text=text, size_pt=size))
            return
        baseline = self._y + size * MM_PER_PT
        placed = (
            PlacedText(self._left, baseline, block.left, Face.SERIF, size),
            PlacedText(self._middle, baseline, block.center, Face.SERIF, size, "center"),
            PlacedText(right, baseline, block.right, Face.SERIF, size, "right"),
        )
        self._page.texts += [text for text in placed if text.text]
        self._y = baseline + GAP_MM

    def _paragraph(self, block: Paragraph) -> None:
        face = Face.SERIF_BOLD if block.bold else Face.SERIF
        pitch = _pitch_mm(block.size_pt)
        text = _LETTER_INDENT + block.text if block.indent else block.text
        x = {"left": self._left, "center": self._middle, "right": self._right}[block.align]
        for line in wrap(text, face, block.size_pt, (self._right - self._left) / MM_PER_PT):
            if self._room() < pitch:
                self._new_page()
            self._page.texts.append(
                PlacedText(x, self._y + pitch * 0.8, line, face, block.size_pt, block.align)
            )
            self._y += pitch
        self._y += GAP_MM

    def _cut(self, block: Cut) -> None:
        width, height = self._document.page_size_mm
        y = height * block.share
        self._page.strokes.append(Stroke(CUT_EDGE_MM, y, width - CUT_EDGE_MM, y, dashed=True))
        if block.words:
            self._page.texts.append(
                PlacedText(self._middle, y - 1.2, block.words, Face.SERIF, SMALL_PT, "center", grey=True)
            )
        self._y = y + CUT_EDGE_MM

    # Official documents and charts

    def _passage(self, block: Passage) -> None:
        if block.style in _KEPT_WITH_TEXT and self._room() < 2 * LINE_MM - _ROUNDING_MM:
            self._new_page()
        for line, spread_pt in flow_official.passage_lines(block, width_mm=self._right - self._left):
            if self._room() < LINE_MM - _ROUNDING_MM:
                self._new_page()
            placed = flow_official.placed_line(
                block, line, spread_pt, left=self._left, right=self._right, y=self._y
            )
            self._page.texts.append(placed)
            self._tail.append(placed)
            self._y += LINE_MM

    def _issuer(self, block: Issuer) -> None:
        last = self._lines_with_issuer()
        here = [line for line in last if line in self._page.texts]
        if self._room() < block.size_mm - _ROUNDING_MM:
            self._take_along(here)
        elif here == self._page.texts and len(here) < len(last):
            self._fetch([line for line in last if line not in here])
        flow_official.place_issuer(block, self._page, right=self._right, y=self._y)
        self._y += block.size_mm

    def _lines_with_issuer(self) -> list[PlacedText]:
        """The last lines of the text, and the list of attachments that stands below it after an empty line."""
        attachments = len(self._tail) - self._gap_at if self._gap_at else 0
        kept = attachments if attachments <= MOST_ATTACHMENTS else 0
        return self._tail[-(kept + _LINES_WITH_ISSUER) :]

    def _take_along(self, lines: list[PlacedText]) -> None:
        """Begin a new page with the last lines of the text: no issuer and no seal stand on an empty sheet."""
        for line in lines:
            self._page.texts.remove(line)
        taken_mm = self._y - _top_of(lines[0]) if lines else 0.0
        moved = self._document.margins.top - (self._y - taken_mm)
        self._new_page()
        self._page.texts += [line._replace(y=line.y + moved) for line in lines]
        self._y += taken_mm

    def _fetch(self, lines: list[PlacedText]) -> None:
        """Bring the last lines of the text over to their list of attachments, which came to a page of its own."""
        page_before = self._pages[-2]
        for line in lines:
            page_before.texts.remove(line)
        down = (len(lines) + 1) * LINE_MM  # with the empty line, that was left behind as well
        self._page.texts[:] = [line._replace(y=line.y + down) for line in self._page.texts]
        first = self._document.margins.top - _top_of(lines[0])
        self._page.texts[:0] = [line._replace(y=line.y + first) for line in lines]
        self._y += down

    def _chart(self, block: Chart) -> None:
        height = charts.height_mm(block)
        if self._room() < height:
            self._new_page()
        charts.place(block, self._page, left=self._left, right=self._right, top=self._y)
        self._y += height + GAP_MM

    # Tables

    def _table(self, table: Table) -> None:
        self._head = head = measure_head(table, self._left) if table.head else None
        head_mm = head.height if head else 0.0
        tallest = self._limit - self._document.margins.top - head_mm
        rows = [piece for row in table.rows for piece in parted(measure_row(row, table, self._left), tallest)]
        if self._room() < head_mm + (rows[0].height if rows else 0):
            self._new_page()
        if head is not None:
            self._add(head)
        for row in rows:
            if row.height > self._room():
                self._new_page()
                if head is not None:
                    self._add(head)
            self._add(row)

    def _add(self, row: MeasuredRow) -> None:
        self._rows.append((self._y, row))
        self._y += row.height

    def _rule(self) -> None:
        """Write the rows gathered for this page and draw their grid."""
        for top, row in self._rows:
            self._page.texts.extend(row_texts(row, top))
        if self._rows:
            self._page.strokes.extend(ruling(self._rows))
            self._y += GAP_MM
        self._rows = []

    # The end

    def _closing(self, block: Closing) -> None:
        notes = self._note_lines(block)
        pitch = _pitch_mm(block.size_pt)
        height = _closing_height(block, len(notes) * pitch)
        if height > self._room():
            self._take_rows_along(height)
        self._rule()
        bottom = self._limit if block.at_foot else self._y + height
        for line in notes:
            self._page.texts.append(
                PlacedText(self._left, self._y + pitch * 0.8, line, Face.SERIF, block.size_pt)
            )
            self._y += pitch
        self._sign(block, bottom)
        if block.seal is not None:
            self._seal(block.seal, bottom, block.size_pt)
        self._y = bottom

    def _take_rows_along(self, closing_height: float) -> None:
        """Begin a new page with the last rows of the open table, as many as fit above the closing."""
        taken: list[MeasuredRow] = []
        head = [] if self._head is None else [self._head]
        room = self._limit - self._document.margins.top - closing_height - sum(row.height for row in head)
        # The head and one row stay, or the page before would end in a bare head.
        while len(taken) < KEPT_WITH_CLOSING and len(self._rows) > 2:
            room -= self._rows[-1][1].height
            if room < 0:
                break
            taken.insert(0, self._rows.pop()[1])
        self._new_page()
        for row in (*head, *taken) if taken else ():
            self._add(row)

    def _note_lines(self, block: Closing) -> list[str]:
        width = self._beside_seal(block) / MM_PER_PT
        return [line for note in block.notes for line in wrap(note, Face.SERIF, block.size_pt, width)]

    def _beside_seal(self, block: Closing) -> float:
        taken = block.seal.size_mm + 5 * GAP_MM if block.seal else 0.0
        return self._right - self._left - taken

    def _sign(self, block: Closing, bottom: float) -> None:
        y = bottom - SIGNATURE_ABOVE_LIMIT_MM
        step = self._beside_seal(block) / max(1, len(block.signatures))
        for number, blank in enumerate(block.signatures):
            text = _("{label}: {value}").format(label=blank.label, value=blank.value)
            x = self._left + number * step
            self._page.texts.append(PlacedText(x, y, text, Face.SERIF, block.size_pt))

    def _seal(self, seal: Seal, bottom: float, size_pt: float) -> None:
        left, top = self._right - seal.size_mm, bottom - seal.size_mm
        middle, lower_third = left + seal.size_mm / 2, top + seal.size_mm * 5 / 6
        self._page.seals.append((left, top, seal.size_mm))
        wide = width_pt(seal.date, Face.SERIF, size_pt) * MM_PER_PT
        size = size_pt * min(1.0, (seal.size_mm - GAP_MM) / wide) if wide else size_pt
        self._page.texts.append(PlacedText(middle, lower_third, seal.date, Face.SERIF, size, "center"))


def _closing_height(block: Closing, written: float) -> float:
    if block.signatures:
        written += WRITING_SPACE_MM + SIGNATURE_ABOVE_LIMIT_MM
    return GAP_MM + max(written, block.seal.size_mm if block.seal else 0)
