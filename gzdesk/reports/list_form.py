"""登记簿: an empty register of any record type with a line for each entry, for what is written down every day."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language
from gzdesk.reports.document import (
    Blank,
    Block,
    Cell,
    Closing,
    Column,
    Document,
    Heading,
    Line,
    Margins,
    NewPage,
    Row,
    Table,
)
from gzdesk.reports.form_words import paper_choices, paper_fields
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.words import centre_name

WIDTH_MM = 267.0
_MARGINS = Margins(top=16, bottom=12)
_NUMBER_MM = 11.0
_TIGHTEST = 0.72  # columns may be made that much narrower before an item is left out
_MOST_CHOICES = 10
_FOOT_MM = 24.0  # head line, signature line and the space above it
_NOT_IN_A_LINE = frozenset({"attachments", "slots"})


def blank(record_type: RecordType, unit: Unit, *, sheets: int = 1, layouts: Layouts = BUILT_IN) -> Document:
    """The register with as many empty lines as a sheet has room for, that many sheets of it."""
    layout = layouts.load("form_list")
    own = layouts.find(
        f"form_list_{record_type.id}", keys=("number", *record_type.by_name), width_mm=WIDTH_MM
    )
    columns = own.table_columns() if own is not None else _columns(record_type, layout)
    places = {"paper": record_type.paper or record_type.zh, "name": record_type.label, "unit": unit.label}
    title = layout.text(record_type.id, **places) or layout.title(**places)
    closing = Closing(
        notes=_choice_notes(record_type, layout) if own is None else (),
        signatures=(Blank(label=layout.text("filled_by")), Blank(label=layout.text("checked_by"))),
    )
    head: tuple[Block, ...] = (
        Heading(text=title, size_pt=16),
        Line(
            left=layout.text("unit", unit=centre_name(kind=unit.kind, name=unit.label)),
            right=layout.text("month"),
        ),
    )
    row_mm = layout.numbers["row_mm"]
    sheet = (*head, _table(columns, _room_for(columns, (*head, closing), row_mm), row_mm), closing)
    blocks = list(sheet)
    for _number in range(1, max(1, sheets)):
        blocks += [NewPage(), *sheet]
    return Document(
        title=title,
        blocks=tuple(blocks),
        author=unit.label,
        margins=_MARGINS,
        footer=_("Blank form"),
        language=language(),
    )


def columns_of(record_type: RecordType) -> tuple[Field, ...]:
    """The items that have a column: all, or where they do not fit, those that matter more."""
    fields = [
        field
        for field in paper_fields(record_type)
        if field.kind not in _NOT_IN_A_LINE and field.name != "status"
    ]
    room = (WIDTH_MM - _NUMBER_MM) / _TIGHTEST
    kept: set[str] = set()
    for field in sorted(fields, key=_rank):
        if _wanted_mm(field) <= room:
            kept.add(field.name)
            room -= _wanted_mm(field)
    halves = {
        name
        for field in fields
        if field.after and (field.name in kept) != (field.after in kept)
        for name in (field.name, field.after)
    }
    # A time that something begins is of no use without the time it ends, unless it is asked for by itself.
    return tuple(
        field for field in fields if field.name in kept and (field.required or field.name not in halves)
    )


def _rank(field: Field) -> int:
    """How soon an item is left out; what must be filled in stays longest."""
    if field.required or field.required_when:
        return 0 if field.required else 1
    if field.shown_when or field.kind == "note":
        return 4
    return 3 if field.more else 2


def _columns(record_type: RecordType, layout: Layout) -> tuple[Column, ...]:
    fields = columns_of(record_type)
    wanted = [_wanted_mm(field) for field in fields]
    share = (WIDTH_MM - _NUMBER_MM) / sum(wanted)
    number = Column(title=layout.text("number"), width_mm=_NUMBER_MM)
    return (
        number,
        *(
            Column(title=_head(field), width_mm=width * share)
            for field, width in zip(fields, wanted, strict=True)
        ),
    )


def _head(field: Field) -> str:
    unit = field.unit_label if language() == "en" else ""
    return f"{field.label}\n({unit})" if unit and unit.lower() not in field.label.lower() else field.label


def _wanted_mm(field: Field) -> float:
    """Room to write in; made narrower later, it still holds the longest word of its head."""
    from gzdesk.reports.fonts import Face
    from gzdesk.reports.placed import MM_PER_PT, SMALL_PT
    from gzdesk.reports.rows import CENTRE_PADDING_MM
    from gzdesk.reports.text import longest_unit_pt

    words = max(longest_unit_pt(line, Face.SANS_BOLD, SMALL_PT) for line in _head(field).split("\n"))
    head_mm = words * MM_PER_PT + 2 * CENTRE_PADDING_MM + 0.5
    return max(_room_mm(field), head_mm / _TIGHTEST)


def _room_mm(field: Field) -> float:
    if field.kind == "text":
        return min(62.0, 18.0 + 0.75 * field.max_length)
    if field.kind == "choice":
        return max(18.0, 6.0 + 4.0 * max(len(choice.zh) for choice in field.choices))
    return _WANTED_MM.get(field.kind, 26.0)


_WANTED_MM = {
    "note": 62.0,
    "integer": 18.0,
    "decimal": 20.0,
    "date": 22.0,
    "partial_date": 22.0,
    "month": 18.0,
    "time": 17.0,
    "yes_no": 16.0,
    "reference": 36.0,
    "list": 46.0,
    "references": 46.0,
    "choices": 40.0,
    "units": 30.0,
}


def _choice_notes(record_type: RecordType, layout: Layout) -> tuple[str, ...]:
    """Which words are asked for in the columns of choices."""
    return tuple(
        layout.text("choices", column=field.label, choices=" / ".join(words for _code, words in choices))
        for field in columns_of(record_type)
        if field.kind in ("choice", "choices")
        and 0 < len(choices := paper_choices(record_type, field)) <= _MOST_CHOICES
    )


def _table(columns: Sequence[Column], rows: int, row_mm: float) -> Table:
    return Table(
        columns=tuple(columns),
        rows=tuple(
            Row(
                cells=(Cell(value=number, align="center"), *(Cell() for _column in columns[1:])),
                min_height_mm=row_mm,
            )
            for number in range(1, rows + 1)
        ),
    )


def _room_for(columns: Sequence[Column], around: Sequence[Block], row_mm: float) -> int:
    """How many lines a sheet has room for."""
    from dataclasses import replace

    from gzdesk.reports.flow import height_mm

    blocks = [replace(block, at_foot=False) if isinstance(block, Closing) else block for block in around]
    probe = Document(
        title="", blocks=(*blocks[:-1], _table(columns, 1, row_mm), blocks[-1]), margins=_MARGINS
    )
    page_mm = probe.page_size_mm[1] - _MARGINS.top - _MARGINS.bottom
    return 1 + max(0, floor((page_mm - height_mm(probe) - 0.5) / row_mm))
