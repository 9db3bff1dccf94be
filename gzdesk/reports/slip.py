"""回执单: one screening or performance on a sheet of two parts, signed and stamped, then torn apart.

Each part is kept by one side: the village and the team. Without a record it is filled in by hand.
"""

from __future__ import annotations

from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import language, pick
from gzdesk.reports.document import (
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
from gzdesk.reports.form_words import empty_place, written
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed
from gzdesk.reports.words import centre_name, day_to_fill_in

WIDTH_MM = 180.0
_MARGINS = Margins(top=11, bottom=8)
_PARTS = ("part_1", "part_2")
_PAIR = 2


def document(
    name: str,
    record_type: RecordType,
    unit: Unit,
    filed: Filed | None = None,
    *,
    sheets: int = 1,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The slip whose layout is called `name`, of one record or empty."""
    layout = layouts.load(name, keys=record_type.by_name)
    title = layout.title(unit=unit.label)
    parts = [_part(layout, record_type, unit, filed, title, layout.text(part)) for part in _PARTS]
    tear: Block = Cut(share=1 / len(_PARTS), words=layout.text("cut"))
    if not all(_fits_half(unit, part) for part in parts):
        tear = NewPage()  # long names: rather two sheets than a part over the line
    sheet = [*parts[0], tear, *parts[1]]
    blocks = list(sheet)
    for _number in range(1, max(1, sheets)):
        blocks += [NewPage(), *sheet]
    return _paper(unit, title, tuple(blocks))


def _paper(unit: Unit, title: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        title=title,
        blocks=blocks,
        author=unit.label,
        landscape=False,
        margins=_MARGINS,
        language=language(),
        numbered=False,
    )


def _fits_half(unit: Unit, part: list[Block]) -> bool:
    from gzdesk.reports.flow import CUT_EDGE_MM, height_mm

    paper = _paper(unit, "", tuple(part))
    return height_mm(paper) + max(_MARGINS.top, CUT_EDGE_MM + _MARGINS.bottom) <= paper.page_size_mm[1] / 2


def _part(
    layout: Layout, record_type: RecordType, unit: Unit, filed: Filed | None, title: str, part: str
) -> list[Block]:
    centre = centre_name(kind=unit.kind, name=unit.label)
    return [
        Heading(text=title, size_pt=15),
        Line(left=layout.text("unit", unit=centre), right=part),
        _table(layout, record_type, filed),
        Closing(
            signatures=(Blank(label=layout.text("team")), Blank(label=layout.text("confirmed_by"))),
            seal=Seal(date=day_to_fill_in(None)),
            at_foot=False,
        ),
    ]


def _table(layout: Layout, record_type: RecordType, filed: Filed | None) -> Table:
    label_mm = layout.numbers[pick(zh="label_mm", en="label_en_mm")]
    widths = (label_mm, WIDTH_MM / 2 - label_mm) * _PAIR
    items = list(layout.items)
    rows = []
    while items:
        pair, items = items[:_PAIR], items[_PAIR:]
        cells: list[Cell] = []
        for item in pair:
            field = record_type.by_name[item.key]
            value = _value(record_type, field, filed, span=1 if len(pair) == _PAIR else 3)
            cells += [Cell(value=item.label, align="center", label=True), value]
        rows.append(Row(cells=tuple(cells), min_height_mm=layout.numbers["row_mm"]))
    return Table(
        columns=tuple(Column(title="", width_mm=width, align="left") for width in widths),
        rows=tuple(rows),
        head=False,
    )


def _value(record_type: RecordType, field: Field, filed: Filed | None, *, span: int) -> Cell:
    if filed is not None:
        return Cell(value=written(record_type, field, filed), span=span)
    return empty_place(record_type, field, span=span)
