"""交接单: goes with the stick and the stamped sheets, signed by both sides; what it lists is what is on the stick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gzdesk.domain.month import MonthSheet
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.reports.document import Cell, Column, Document, Heading, Line, Margins, Paragraph, Row, Table
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.words import centre_name, day_text, month_text, semicolons

WIDTH_MM = 174.0
_SIGNING_ROW_MM = 14.0
_BLANK_ROWS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedFile:
    """A file on the stick: its name, which number it is, and what it holds."""

    file: str
    number: int
    items: int
    attachments: int
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What one side gives to the other: files, and the stamped sheets beside them."""

    sender: Unit
    receiver: Unit
    made_on: date
    files: tuple[HandedFile, ...] = ()
    sheets: tuple[MonthSheet, ...] = ()


def document(handover: Handover, *, layouts: Layouts = BUILT_IN) -> Document:
    """The slip, with a place for each side to sign."""
    layout = layouts.load("handover_slip", keys=("number", "item", "detail", "received"), width_mm=WIDTH_MM)
    sender = centre_name(kind=handover.sender.kind, name=handover.sender.label)
    receiver = centre_name(kind=handover.receiver.kind, name=handover.receiver.label)
    title = layout.title()
    return Document(
        title=title,
        author=handover.sender.label,
        landscape=False,
        margins=Margins(top=25, bottom=20, left=18, right=18),
        language=language(),
        blocks=(
            Heading(text=title),
            Line(
                left=_("From: {unit}").format(unit=sender),
                right=_("Date of handover: {date}").format(date=day_text(handover.made_on)),
            ),
            Line(left=_("To: {unit}").format(unit=receiver)),
            Table(columns=layout.table_columns(), rows=_rows(handover, layout)),
            Paragraph(text=_("Compare file names and check codes before signing. Each side keeps one copy.")),
            _signing_table((sender, receiver)),
        ),
    )


def size_text(size_bytes: int) -> str:
    """A size as the file manager shows it: 24 KB, 1.6 MB."""
    if size_bytes < 1024 * 1024:
        return f"{max(1, round(size_bytes / 1024))} KB"
    return f"{size_bytes / 1024 / 1024:.1f} MB"


def _rows(handover: Handover, layout: Layout) -> tuple[Row, ...]:
    items = [
        *map(_file_words, handover.files),
        *map(_sheet_words, handover.sheets),
        *[("", "")] * _BLANK_ROWS,
    ]
    return tuple(_row(number, item, layout) for number, item in enumerate(items, start=1))


def _row(number: int, words: tuple[str, str], layout: Layout) -> Row:
    values: dict[str, str | int] = {"number": number, "item": words[0], "detail": words[1]}
    return Row(cells=tuple(Cell(value=values.get(key, "")) for key in layout.keys), min_height_mm=9)


def _file_words(file: HandedFile) -> tuple[str, str]:
    parts = [
        _("delivery no. {number}").format(number=file.number),
        ngettext("{count} item", "{count} items", file.items).format(count=file.items),
        _photos(file.attachments),
        size_text(file.size_bytes),
    ]
    return _("File {name}").format(name=file.file), semicolons(parts)


def _photos(count: int) -> str:
    if not count:
        return ""
    return ngettext("{count} photo or scan", "{count} photos and scans", count).format(count=count)


def _sheet_words(sheet: MonthSheet) -> tuple[str, str]:
    parts = [
        _("form {number}").format(number=sheet.number),
        _("check code {code}").format(code=sheet.check_code),
        _("correction no. {number}").format(number=sheet.correction) if sheet.correction else "",
        _("no events this month") if sheet.nil else "",
    ]
    return _("{month} activity sheet, stamped").format(month=month_text(sheet.month)), semicolons(parts)


def _signing_table(sides: Sequence[str]) -> Table:
    half = WIDTH_MM / 2
    columns = tuple(
        Column(title=f"{role}\n{name}", width_mm=half, align="left")
        for role, name in zip((_("Handed over by"), _("Received by")), sides, strict=True)
    )
    labels = (_("Signature:"), _("Date:"))
    rows = [
        Row(cells=(Cell(value=label), Cell(value=label)), min_height_mm=_SIGNING_ROW_MM) for label in labels
    ]
    return Table(columns=columns, rows=tuple(rows))
