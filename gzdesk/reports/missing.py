"""Names characters that no font of the program can print, before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator

from gzdesk.i18n import gettext as _
from gzdesk.reports.document import Chart, Closing, Document, Heading, Issuer, Line, Paragraph, Passage, Table
from gzdesk.reports.fonts import MISSING_SIGN, has_glyph


def missing_glyphs(document: Document) -> tuple[str, ...]:
    """One sentence for each place with a character that would print as 〓, naming character and place."""
    lacking = {char for text, _where in _texts(document) for char in set(text) if not has_glyph(char)}
    if not lacking:
        return ()
    return tuple(
        _("{where}: “{char}” (U+{code}) has no type and prints as {sign}. Write it in by hand.").format(
            where=where, char=char, code=f"{ord(char):04X}", sign=MISSING_SIGN
        )
        for text, where in _texts(document)
        for char in dict.fromkeys(text)
        if char in lacking
    )


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every text of a document with the words for its place."""
    yield document.footer, _("Foot line")
    for block in document.blocks:
        match block:
            case Heading() | Paragraph() | Passage():
                yield block.text, _("Text")
            case Line():
                yield from (
                    (text, _("Line under the title")) for text in (block.left, block.center, block.right)
                )
            case Issuer():
                yield block.name, _("Text")
            case Chart():
                yield from (
                    (text, _("Text")) for text in (block.title, *(item.label for item in block.items))
                )
            case Table():
                yield from _table_texts(block)
            case Closing():
                yield from ((note, _("Note")) for note in block.notes)
                yield from ((blank.value, blank.label) for blank in block.signatures)


def _table_texts(table: Table) -> Iterator[tuple[str, str]]:
    titles = [column.title.replace("\n", "") for column in table.columns]
    yield from ((title, _("Table head")) for title in titles)
    for number, row in enumerate(table.rows, start=1):
        at = 0
        for cell in row.cells:
            if isinstance(cell.value, str):
                yield cell.value, _("Row {number}, {column}").format(number=number, column=titles[at])
            at += cell.span
