"""A document as pages of placed text and lines.

Nothing here draws. Widths come from the fonts, so what fits here fits on paper.
"""

from __future__ import annotations

from gzdesk.i18n import gettext as _
from gzdesk.reports.document import (
    QR_MM,
    Block,
    Closing,
    Document,
    Heading,
    Line,
    Paragraph,
    Seal,
    Table,
)
from gzdesk.reports.fonts import Face, width_pt
from gzdesk.reports.placed import BODY_PT, LINE_FACTOR, MM_PER_PT, SMALL_PT, Page, PlacedText
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
_PITCH_MM = BODY_PT * MM_PER_PT * LINE_FACTOR


def paginate(document: Document) -> tuple[Page, ...]:
    """Place every block; nothing is ever cut off."""
    flow = _Flow(document)
    for block in document.blocks:
        flow.place(block)
    return flow.finished()


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
        self._new_page()
        if document.qr:
            top = document.margins.top - QR_ABOVE_MARGIN_MM
            self._page.qr = (self._right - QR_MM, top, QR_MM)

    def place(self, block: Block) -> None:
        """Place one block after the ones before it."""
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

    def finished(self) -> tuple[Page, ...]:
        """The pages, ruled and numbered."""
        self._rule()
        for number, page in enumerate(self._pages, start=1):
            count = _("Page {number} of {total}").format(number=number, total=len(self._pages))
            if self._document.footer:
                page.texts.append(
                    PlacedText(self._left, self._foot, self._document.footer, Face.SERIF, SMALL_PT)
                )
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
        size, lines = fit(block.text, Face.SERIF_BOLD, free / MM_PER_PT, TITLE_SIZES_PT, 1)
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
        needed = width_pt(block.left + block.center + block.right, Face.SERIF, BODY_PT) * MM_PER_PT
        size = BODY_PT if needed < right - self._left - 4 * GAP_MM else SMALL_PT
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
        for line in wrap(block.text, face, BODY_PT, (self._right - self._left) / MM_PER_PT):
            if self._room() < _PITCH_MM:
                self._new_page()
            self._page.texts.append(PlacedText(self._left, self._y + _PITCH_MM * 0.8, line, face, BODY_PT))
            self._y += _PITCH_MM
        self._y += GAP_MM

    # Tables

    def _table(self, table: Table) -> None:
        self._head = head = measure_head(table, self._left)
        tallest = self._limit - self._document.margins.top - head.height
        rows = [piece for row in table.rows for piece in parted(measure_row(row, table, self._left), tallest)]
        if self._room() < head.height + (rows[0].height if rows else 0):
            self._new_page()
        self._add(head)
        for row in rows:
            if row.height > self._room():
                self._new_page()
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
        height = _closing_height(block, notes)
        if height > self._room():
            self._take_rows_along(height)
        self._rule()
        for line in notes:
            self._page.texts.append(
                PlacedText(self._left, self._y + _PITCH_MM * 0.8, line, Face.SERIF, BODY_PT)
            )
            self._y += _PITCH_MM
        self._sign(block)
        if block.seal is not None:
            self._seal(block.seal)
        self._y = self._limit

    def _take_rows_along(self, closing_height: float) -> None:
        """Begin a new page with the last rows of the open table, as many as fit above the closing."""
        taken: list[MeasuredRow] = []
        if self._head is not None:
            room = self._limit - self._document.margins.top - closing_height - self._head.height
            # The head and one row stay, or the page before would end in a bare head.
            while len(taken) < KEPT_WITH_CLOSING and len(self._rows) > 2:
                room -= self._rows[-1][1].height
                if room < 0:
                    break
                taken.insert(0, self._rows.pop()[1])
        self._new_page()
        if taken and self._head is not None:
            for row in (self._head, *taken):
                self._add(row)

    def _note_lines(self, block: Closing) -> list[str]:
        width = self._beside_seal(block) / MM_PER_PT
        return [line for note in block.notes for line in wrap(note, Face.SERIF, BODY_PT, width)]

    def _beside_seal(self, block: Closing) -> float:
        taken = block.seal.size_mm + 5 * GAP_MM if block.seal else 0.0
        return self._right - self._left - taken

    def _sign(self, block: Closing) -> None:
        y = self._limit - SIGNATURE_ABOVE_LIMIT_MM
        step = self._beside_seal(block) / max(1, len(block.signatures))
        for number, blank in enumerate(block.signatures):
            text = _("{label}: {value}").format(label=blank.label, value=blank.value)
            self._page.texts.append(PlacedText(self._left + number * step, y, text, Face.SERIF, BODY_PT))

    def _seal(self, seal: Seal) -> None:
        left, top = self._right - seal.size_mm, self._limit - seal.size_mm
        middle, lower_third = left + seal.size_mm / 2, top + seal.size_mm * 5 / 6
        self._page.seal = (left, top, seal.size_mm)
        self._page.texts.append(PlacedText(middle, lower_third, seal.date, Face.SERIF, BODY_PT, "center"))


def _closing_height(block: Closing, notes: list[str]) -> float:
    written = len(notes) * _PITCH_MM
    if block.signatures:
        written += WRITING_SPACE_MM + SIGNATURE_ABOVE_LIMIT_MM
    return GAP_MM + max(written, block.seal.size_mm if block.seal else 0)
