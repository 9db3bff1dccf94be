"""The columns of a list and what stands in a cell: words, and how they are dressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from gzdesk.desktop.review_words import record_chip
from gzdesk.desktop.widgets.day_words import weekday_letter
from gzdesk.domain.record import CANCELLED, DRAFT, HELD, PLANNED, VOID
from gzdesk.domain.record_type import RecordType
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.services.records import RecordRow

NOT_APPLICABLE = "—"
STATUS_TONES = {DRAFT: "warn", PLANNED: "outline", HELD: "ok", CANCELLED: "neutral", VOID: "neutral"}
_NUMBER_KINDS = frozenset({"integer", "decimal"})
_WIDTHS = {
    "date": 112,
    "partial_date": 112,
    "time": 70,
    "integer": 86,
    "decimal": 86,
    "choice": 112,
    "month": 92,
}
_WIDEST_CHOICE_PX = 170
# The list beside a form, and what its names need of it.
_COMPACT_PX, _COMPACT_TITLE_PX = 440, 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `field` is read from the record's texts; without it the list's own line is enough."""

    id: str
    title: str
    width: int
    field: str = ""
    sort: str = ""
    is_number: bool = False
    stretches: bool = False
    gives_way: int = 0  # the highest goes first where there is too little room for the name; 0 stays
    short_day: bool = False
    keeps_width: bool = False  # something is painted there that needs more than its words


@dataclass(frozen=True, slots=True, kw_only=True)
class LineData:
    """What one line of a list is made of."""

    row: RecordRow
    record_type: RecordType | None
    texts: Mapping[str, str] = field(default_factory=dict)
    badge: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its words, and whether they stand in a chip, behind a symbol or dimmed."""

    text: str
    chip: str = ""  # tone
    badge: tuple[str, str] = ("", "")  # words and tone of a chip after the text
    symbol: str = ""  # shape before the text
    icon: str = ""
    ink: str = "ink"
    is_number: bool = False


def status_label(status: str) -> str:
    """The words of a status."""
    return {
        DRAFT: _("Draft"),
        PLANNED: _("Planned"),
        HELD: _("Held"),
        CANCELLED: _("Cancelled"),
        VOID: _("Void"),
    }.get(status, status)


def all_types_columns(types: Sequence[RecordType]) -> tuple[Column, ...]:
    """The columns of a list of those record types together."""
    kinds = max((_title_width(item.label) + 12 for item in types), default=0)
    return (
        Column(id="day", title=_("Date"), width=98, sort="day"),
        Column(id="time", title=_("Time"), width=66, gives_way=2),
        Column(id="type", title=_("Kind"), width=max(112, kinds), sort="type"),
        Column(id="title", title=_("Name"), width=300, sort="title", stretches=True),
        Column(id="place", title=_("Place"), width=200, sort="place", gives_way=1),
        Column(id="persons", title=_("Persons"), width=96, sort="persons", is_number=True),
        Column(
            id="status",
            title=_("Status"),
            width=_status_width(map(status_label, STATUS_TONES)),
            sort="status",
        ),
        _received_column(),
        Column(id="files", title=_("Evidence"), width=86, is_number=True, gives_way=3),
    )


def type_columns(record_type: RecordType, *, compact: bool) -> tuple[Column, ...]:
    """The columns of one record type (`list` in its file); a compact list leaves out the place."""
    names = [name for name in record_type.list if not (compact and name == record_type.place)]
    columns = tuple(column for name in names if (column := _column(record_type, name, compact=compact)))
    if compact:
        return _fitting(columns)
    if record_type.field("evidence") and record_type.group in ("event", "daily"):
        columns += (
            _received_column(),
            Column(id="files", title=_("Evidence"), width=86, is_number=True, gives_way=3),
        )
    return columns


def _received_column() -> Column:
    width = _status_width((_("Received"), _("Not handed in"), _("Approved")))
    return Column(id="received", title=_("Handed in"), width=width, gives_way=4)


def received_cell(*, received: bool, review: str) -> Cell:
    """Whether the town holds a record, and what it said of it (ui.md 3: 未上报/已签收/已审核/退回)."""
    if review in ("approved", "returned"):
        words, tone = record_chip(review)
        return Cell(text=words, chip=tone)
    return (
        Cell(text=_("Received"), chip="info") if received else Cell(text=_("Not handed in"), chip="outline")
    )


def _fitting(columns: Sequence[Column]) -> tuple[Column, ...]:
    """As many columns as the narrow list beside a form has room for: date, name, figure and status come first."""
    first = {"day", "date", "title", "persons", "status"}
    room_px = _COMPACT_PX - sum(
        max(column.width, _COMPACT_TITLE_PX if column.stretches else 0)
        for column in columns
        if column.id in first
    )
    kept = []
    for column in columns:
        if column.id not in first:
            room_px -= column.width
            if room_px < 0:
                continue
        kept.append(column)
    return tuple(kept)


def _column(record_type: RecordType, name: str, *, compact: bool) -> Column | None:
    known = record_type.field(name)
    if known is None:
        return None
    if name == "status":
        register = len(record_type.statuses) <= 2
        width = _status_width(choice.label for choice in known.choices)
        return None if register else Column(id="status", title=known.label, width=width, sort="status")
    words = max((_title_width(choice.label) for choice in known.choices), default=0)
    in_months = record_type.group in ("event", "daily")
    if name == record_type.month_of and known.kind == "date" and not in_months:
        # A register holds years together: the day alone would not say which.
        return Column(id="date", title=known.label, width=112, field=name, sort="day")
    if name == record_type.month_of and known.kind == "date":
        return Column(id="day", title=_("Date"), width=74 if compact else 98, sort="day", short_day=compact)
    if name == record_type.title:
        return Column(
            id="title", title=known.label, width=140 if compact else 220, sort="title", stretches=True
        )
    if name == record_type.measures.get("persons"):
        return Column(id="persons", title=_("Persons"), width=84, sort="persons", is_number=True)
    if name == record_type.place:
        return Column(id="place", title=known.label, width=210, sort="place", gives_way=1)
    return Column(
        id=f"field {name}",  # a field may have the name of one of the columns above
        title=known.label,
        width=max(_WIDTHS.get(known.kind, 130), _title_width(known.label), min(words, _WIDEST_CHOICE_PX)),
        field=name,
        is_number=known.kind in _NUMBER_KINDS,
    )


def _status_width(words: Iterable[str]) -> int:
    """Room for the widest chip of a status."""
    return max(92, *(_title_width(word) + 8 for word in words))


def _title_width(title: str) -> int:
    """Room for a title in pixels of normal size: a Chinese character is twice as wide as a letter."""
    return 24 + sum(16 if ord(letter) > 0x2E7F else 9 for letter in title)


def cell(column: Column, line: LineData) -> Cell:
    """What stands in that column of that line."""
    maker = _CELLS.get(column.id)
    dimmed = "ink3" if line.row.status in (CANCELLED, VOID) else "ink"
    if maker is None:
        return Cell(text=line.texts.get(column.field, ""), ink=dimmed, is_number=column.is_number)
    return maker(column, line, dimmed)


def _day_cell(column: Column, line: LineData, ink: str) -> Cell:
    try:
        day = date.fromisoformat(line.row.day)
    except ValueError:
        return Cell(text=_("missing") if line.row.status == DRAFT else line.row.day, ink="warn")
    text = f"{day:%m-%d}" if column.short_day else f"{day:%m-%d} {weekday_letter(day)}"
    return Cell(text=text, ink=ink)


def _type_cell(_column: Column, line: LineData, ink: str) -> Cell:
    if line.record_type is None:
        return Cell(text=line.row.type, ink=ink)
    return Cell(text=line.record_type.label, symbol=line.record_type.symbol, ink=ink)


def _title_cell(_column: Column, line: LineData, ink: str) -> Cell:
    return Cell(text=line.row.title, badge=line.badge, ink=ink)


def _persons_cell(_column: Column, line: LineData, ink: str) -> Cell:
    if line.row.persons is not None:
        return Cell(text=f"{line.row.persons:,}", ink=ink, is_number=True)
    measured = line.record_type is not None and "persons" in line.record_type.measures
    if measured and line.row.status in (DRAFT, HELD):
        return Cell(text=_("missing"), ink="warn", is_number=True)
    return Cell(text=NOT_APPLICABLE, ink=ink, is_number=True)


def _status_cell(_column: Column, line: LineData, _ink: str) -> Cell:
    own = line.record_type.field("status") if line.record_type else None
    choice = own.choice(line.row.status) if own else None
    words = choice.label if choice else status_label(line.row.status)
    return Cell(text=words, chip=STATUS_TONES.get(line.row.status, "neutral"))


def _files_cell(_column: Column, line: LineData, ink: str) -> Cell:
    if not line.row.attachments:
        return Cell(text=NOT_APPLICABLE, ink=ink, is_number=True)
    return Cell(text=str(line.row.attachments), icon="clip", ink=ink, is_number=True)


_CELLS = {
    "day": _day_cell,
    "time": lambda _column, line, ink: Cell(text=line.row.time, ink=ink),
    "type": _type_cell,
    "title": _title_cell,
    "place": lambda _column, line, ink: Cell(text=line.row.place, ink=ink),
    "persons": _persons_cell,
    "status": _status_cell,
    "files": _files_cell,
}
