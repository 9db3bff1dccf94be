"""The paper form of any record type, empty or filled in with a record, in the order of the screen."""

from __future__ import annotations

from dataclasses import replace
from math import floor

from gzdesk.domain.person import privacy_notice
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, pick
from gzdesk.reports.document import (
    BODY_PT,
    Blank,
    Block,
    Cell,
    Closing,
    Column,
    Cut,
    Document,
    Heading,
    Line,
    Margins,
    NewPage,
    Row,
    Seal,
    Table,
)
from gzdesk.reports.form_words import empty_place, hint, is_required, paper_fields, place, written
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed
from gzdesk.reports.words import centre_name

WIDTH_MM = 180.0
_MARGINS = Margins(top=13, bottom=11, left=18, right=12)  # bound along the left edge
_WIDE_KINDS = frozenset({"note", "list", "units", "slots", "references"})
_LONGEST_HALF = 60  # characters
_LONG_TEXT = 120
_DENSER = (1.0, 0.88, 0.78, 0.68)  # rows as low as that before a form needs a second page
_SEALED_GROUPS = frozenset({"event", "opening", "register"})
_BETWEEN_MM = 4.0
_ROWS_OF_TWO = 2
_MOST_LINES = 9


def blank(record_type: RecordType, unit: Unit, *, sheets: int = 1, layouts: Layouts = BUILT_IN) -> Document:
    """The form to fill in by hand: as many sheets of paper as wanted, each with as many forms as fit."""
    layout = layouts.load("form")
    one, times = _fullest(record_type, unit, layout)
    sheet: list[Block] = []
    for number in range(times):
        if number:
            sheet.append(Cut(share=number / times, words=layout.text("cut")))
        sheet += one.blocks
    blocks = list(sheet)
    for _number in range(1, max(1, sheets)):
        blocks += [NewPage(), *sheet]
    return replace(one, blocks=tuple(blocks), footer="" if times > 1 else _("Blank form"))


def filled(filed: Filed, unit: Unit, *, layouts: Layouts = BUILT_IN) -> Document:
    """The same form with a record in it; numbers of persons are masked."""
    return _one(filed.type, unit, layouts.load("form"), filed)


def _one(record_type: RecordType, unit: Unit, layout: Layout, filed: Filed | None) -> Document:
    """The form with rows low enough for one page, or as they are where even that is not enough."""
    from gzdesk.reports.flow import height_mm

    tries = [_document(record_type, unit, layout, filed, share) for share in _DENSER]
    return next((made for made in tries if height_mm(made) < float("inf")), tries[0])


def _fullest(record_type: RecordType, unit: Unit, layout: Layout) -> tuple[Document, int]:
    """The form with its most comfortable rows, and how often it stands on a sheet; denser if that is once more."""
    most = int(layout.numbers.get("most_on_a_page", 1))
    best = _one(record_type, unit, layout, None)
    times = _times_on_a_page(best, most=most)
    for share in _DENSER[1:]:
        denser = _document(record_type, unit, layout, None, share)
        if _times_on_a_page(denser, most=most) > times:
            best, times = denser, _times_on_a_page(denser, most=most)
    return best, times


def _document(
    record_type: RecordType, unit: Unit, layout: Layout, filed: Filed | None, share: float
) -> Document:
    title = _title(record_type, unit, layout)
    number = filed.text("paper_no") if filed else ""
    return Document(
        title=title,
        author=unit.label,
        landscape=False,
        margins=_MARGINS,
        language=language(),
        blocks=(
            Heading(text=title, size_pt=16),
            Line(
                left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label)),
                right=layout.text("paper_no", number=number or "______________"),
            ),
            _table(record_type, layout, filed, share),
            _closing(record_type, layout, filed),
        ),
    )


def _title(record_type: RecordType, unit: Unit, layout: Layout) -> str:
    places = {"paper": record_type.paper or record_type.zh, "name": record_type.label, "unit": unit.label}
    return layout.text(record_type.id, **places) or layout.title(**places)


# Rows


def _table(record_type: RecordType, layout: Layout, filed: Filed | None, share: float) -> Table:
    label_mm = layout.numbers[pick(zh="label_mm", en="label_en_mm")]
    place_mm = WIDTH_MM / 2 - label_mm
    columns = tuple(
        Column(title="", width_mm=width, align="left") for width in (label_mm, place_mm, label_mm, place_mm)
    )
    rows: list[Row] = []
    waiting: list[Field] = []
    for field in paper_fields(record_type):
        if _is_wide(record_type, field, place_mm):
            rows += _flushed(record_type, waiting, layout, filed, share)
            rows.append(_row(record_type, (field,), layout, filed, share))
            waiting = []
            continue
        waiting.append(field)
        if len(waiting) == _ROWS_OF_TWO:
            rows += _flushed(record_type, waiting, layout, filed, share)
            waiting = []
    rows += _flushed(record_type, waiting, layout, filed, share)
    return Table(columns=columns, rows=tuple(rows), head=False, most_lines=_MOST_LINES)


def _flushed(
    record_type: RecordType, fields: list[Field], layout: Layout, filed: Filed | None, share: float
) -> list[Row]:
    return [_row(record_type, tuple(fields), layout, filed, share)] if fields else []


def _row(
    record_type: RecordType, fields: tuple[Field, ...], layout: Layout, filed: Filed | None, share: float
) -> Row:
    span = 1 if len(fields) == _ROWS_OF_TWO else 3
    cells: list[Cell] = []
    for field in fields:
        cells += [_label(field), _place(record_type, field, filed, span)]
    height = max(_height_mm(field, layout) for field in fields)
    return Row(cells=tuple(cells), min_height_mm=height * share)


def _label(field: Field) -> Cell:
    mark = " *" if is_required(field) else ""
    return Cell(value=f"{field.label}{mark}", align="center", label=True)


def _place(record_type: RecordType, field: Field, filed: Filed | None, span: int) -> Cell:
    if filed is not None:
        return Cell(value=written(record_type, field, filed), span=span)
    return empty_place(record_type, field, span=span, hint=hint(record_type, field))


def _height_mm(field: Field, layout: Layout) -> float:
    row_mm, note_mm = layout.numbers["row_mm"], layout.numbers["note_mm"]
    if field.kind == "note":
        return note_mm
    return (row_mm + note_mm) / 2 if field.kind == "text" and field.max_length > _LONG_TEXT else row_mm


def _is_wide(record_type: RecordType, field: Field, place_mm: float) -> bool:
    from gzdesk.reports.fonts import Face, width_pt
    from gzdesk.reports.placed import MM_PER_PT

    if field.kind in _WIDE_KINDS or (field.kind == "text" and field.max_length > _LONGEST_HALF):
        return True
    if field.kind not in ("choice", "choices"):
        return False
    return width_pt(place(record_type, field), Face.SERIF, BODY_PT) * MM_PER_PT > 1.9 * place_mm


# The end


def _closing(record_type: RecordType, layout: Layout, filed: Filed | None) -> Closing:
    sealed = record_type.group in _SEALED_GROUPS
    notes = () if filed is not None else (privacy_notice(record_type), layout.text("required"))
    return Closing(
        notes=tuple(note for note in notes if note),
        signatures=(Blank(label=layout.text("filled_by")), Blank(label=layout.text("checked_by"))),
        seal=Seal(date=_("______-____-____"), size_mm=layout.numbers["seal_mm"]) if sealed else None,
        at_foot=False,
    )


def _times_on_a_page(one: Document, *, most: int) -> int:
    """How often the form fits on a page with the cut lines at equal distances."""
    from gzdesk.reports.flow import CUT_EDGE_MM, height_mm

    high = height_mm(one) + max(one.margins.top, CUT_EDGE_MM + one.margins.bottom) + _BETWEEN_MM
    return min(most, max(1, floor(one.page_size_mm[1] / high)))
