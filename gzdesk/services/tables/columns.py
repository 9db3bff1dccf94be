"""The columns that a list or a table can have, and what stands in them: numbers as numbers, days as days.

Texts are made by `references.shown_text`, which masks the numbers of persons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from gzdesk.domain.record_type import Field, RecordType
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.queries import ListQuery, RecordRow
from gzdesk.storage.store import Reading
from gzdesk.workbooks.writing import OutColumn, Value

UNIT, TYPE, FILES, RECEIVED = "unit", "type", "files", "received"
ITEM = "item:"  # before the name of an item that is called like one of the columns above
_AT_ONCE = 500
_NUMBER_KINDS = ("integer", "decimal")
# Digits of the standard font; a Chinese character takes two.
_WIDTHS = {
    "note": 36.0,
    "list": 24.0,
    "choices": 24.0,
    "units": 20.0,
    "slots": 36.0,
    "attachments": 24.0,
    "reference": 22.0,
    "references": 26.0,
    "time": 8.0,
    "month": 10.0,
    "quarter": 10.0,
    "partial_date": 12.0,
    "yes_no": 7.0,
    "unit": 14.0,
}
_SHORT_TEXT, _LONG_TEXT, _LONG_FROM = 13.0, 24.0, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One record of a list: what the list knows of it and, when asked for, its values."""

    row: RecordRow
    record_type: RecordType | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column. `field` is the item it shows; without one it is read from the list's own line by `id`.

    `measure` is the id of the measure that the list's totals show under it (`persons`, `sessions`).
    """

    id: str
    title: str
    kind: str = "text"
    field: Field | None = None
    width: float = 0
    decimals: int = 0
    grouped: bool = False
    measure: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values stand to the right."""
        return self.kind in _NUMBER_KINDS

    def out(self) -> OutColumn:
        """The column as a file has it."""
        return OutColumn(
            title=self.title,
            kind=self.kind,
            width=self.width,
            decimals=self.decimals,
            grouped=self.grouped,
        )


def item_column(record_type: RecordType, field: Field) -> TableColumn:
    """The column of an item of a register, called as the register calls it."""
    measure = next((key for key, name in record_type.measures.items() if name == field.name), "")
    return TableColumn(
        id=column_id(field),
        title=field.label,
        kind=field.kind if field.kind in (*_NUMBER_KINDS, "date") else "text",
        field=field,
        width=_item_width(field),
        decimals=field.decimals,
        grouped=is_amount(field),
        measure=measure,
    )


def column_id(field: Field) -> str:
    """What an item is called among the columns."""
    return ITEM + field.name if field.name in (UNIT, TYPE, FILES, RECEIVED) else field.name


def is_amount(field: Field) -> bool:
    """Whether a number counts or measures something; a year or the number of an edition has no unit."""
    return field.kind in _NUMBER_KINDS and bool(field.unit_zh)


def item_columns(record_type: RecordType) -> tuple[TableColumn, ...]:
    """All items of a register in the order of the paper form."""
    # A roll or a stock list has no states to tell apart, so its lists leave them out.
    hidden = "status" if len(record_type.statuses) <= 2 else ""
    return tuple(
        item_column(record_type, field) for field in record_type.form_fields() if field.name != hidden
    )


def common_columns() -> tuple[TableColumn, ...]:
    """What every record has, for lists of several registers."""
    return (
        TableColumn(id="day", title=_("Date"), kind="date"),
        TableColumn(id="time", title=_("Time"), width=8),
        TableColumn(id=TYPE, title=_("Kind"), width=12),
        TableColumn(id="title", title=_("Name"), width=28),
        TableColumn(id="place", title=_("Place"), width=22),
        TableColumn(id="sessions", title=_("Sessions"), kind="decimal", measure="sessions"),
        TableColumn(id="persons", title=_("Persons"), kind="integer", grouped=True, measure="persons"),
        TableColumn(id="status", title=_("Status"), width=10),
        *outer_columns(),
    )


def outer_columns() -> tuple[TableColumn, ...]:
    """What is known of a record besides its items."""
    return (
        TableColumn(id=UNIT, title=_("Unit"), width=14),
        TableColumn(id=RECEIVED, title=_("Handed in"), width=10),
        TableColumn(id=FILES, title=_("Evidence"), kind="integer", width=8),
    )


def seen_column(record_type: RecordType, name: str) -> TableColumn | None:
    """The column that a list of one register calls so (`desktop.list_columns`), or None."""
    own = {
        "day": record_type.month_of,
        "time": record_type.time,
        "title": record_type.title,
        "place": record_type.place,
        "persons": record_type.measures.get("persons"),
        "sessions": record_type.measures.get("sessions"),
        "status": "status",
    }
    field = record_type.field(own.get(name) or name.removeprefix("field ").removeprefix(ITEM))
    if field is not None and name not in (UNIT, TYPE, FILES, RECEIVED):
        return item_column(record_type, field)
    return next((column for column in outer_columns() if column.id == name), None)


class ColumnReader:
    """Reads what stands in the columns of many records, as one snapshot has it."""

    def __init__(
        self, context: Context, read: Reading, *, received: Callable[[RecordRow], bool] = lambda _row: False
    ) -> None:
        self._context = context
        self._read = read
        self._received = received
        self._titles: dict[str, str] = {}

    def lines(self, query: ListQuery, *, with_values: bool) -> Iterator[Line]:
        """Every record of a list, in its order."""
        for row, values in self._read.queries.lines(query, with_values=with_values):
            yield Line(row=row, record_type=self._context.types.get(row.type), values=values)

    def rows(self, lines: Iterable[Line], columns: Sequence[TableColumn]) -> Iterator[list[Value]]:
        """What stands in those columns, record by record."""
        chunk: list[Line] = []
        for line in lines:
            chunk.append(line)
            if len(chunk) == _AT_ONCE:
                yield from self._chunk(chunk, columns)
                chunk = []
        yield from self._chunk(chunk, columns)

    def item_text(self, field: Field, value: object) -> str:
        """What lists show for the value of an item; the titles of references must have been learnt."""
        return shown_text(field, value, self._context, self._titles)

    def learn_titles(self, record_type: RecordType, bodies: Sequence[Mapping[str, object]]) -> None:
        """Look up the records that these bodies refer to."""
        self._titles.update(reference_titles(self._read, record_type, bodies))

    def _chunk(self, lines: Sequence[Line], columns: Sequence[TableColumn]) -> Iterator[list[Value]]:
        shown = {column.field.name for column in columns if column.field and column.field.targets}
        if shown:
            for record_type in {
                line.record_type.id: line.record_type for line in lines if line.record_type
            }.values():
                bodies = [
                    {name: line.values[name] for name in shown if name in line.values}
                    for line in lines
                    if line.record_type is record_type
                ]
                self.learn_titles(record_type, bodies)
        for line in lines:
            yield [self._value(column, line) for column in columns]

    def _value(self, column: TableColumn, line: Line) -> Value:
        if column.field is not None:
            return self._item_value(column.field, line.values.get(column.field.name))
        return self._common_value(column.id, line)

    def _item_value(self, field: Field, value: object) -> Value:
        if value is None:
            return None
        typed = typed_value(field, value)
        return typed if typed is not None else self.item_text(field, value)

    def _common_value(self, name: str, line: Line) -> Value:
        row = line.row
        match name:
            case "day":
                return _day(row.day) or row.day
            case "unit":
                unit = self._context.units.find(row.unit)
                return unit.label if unit else row.unit
            case "type":
                return line.record_type.label if line.record_type else row.type
            case "sessions":
                return hundredths(row.sessions_hundredths) if _has(line, "sessions") else None
            case "persons":
                return row.persons
            case "status":
                return status_words(line.record_type, row.status)
            case "files":
                return row.attachments or None
            case "received":
                return _("Received") if self._received(row) else _("Not handed in")
        return str(getattr(row, name))


def typed_value(field: Field, value: object) -> int | Decimal | date | None:
    """A number or a day as such, or None when the item is neither or holds something else."""
    if field.kind == "integer" and isinstance(value, int) and not isinstance(value, bool):
        return value
    if field.kind == "decimal" and isinstance(value, (str, int)) and not isinstance(value, bool):
        try:
            found = Decimal(value)
        except InvalidOperation:
            return None
        return found if found.is_finite() else None
    return _day(value) if field.kind == "date" and isinstance(value, str) else None


def hundredths(value: int) -> int | Decimal:
    """150 as 1.5, 200 as 2."""
    whole, part = divmod(value, 100)
    return (Decimal(value) / 100).normalize() if part else whole


def status_words(record_type: RecordType | None, status: str) -> str:
    """The words of a status in that register."""
    field = record_type.field("status") if record_type else None
    choice = field.choice(status) if field else None
    return choice.label if choice else status


def _has(line: Line, measure: str) -> bool:
    return line.record_type is not None and measure in line.record_type.measures


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _item_width(field: Field) -> float:
    if field.kind in ("choice", "choices") and field.choices:
        longest = 3 + max(text_width(choice.label) for choice in field.choices)
        return max(longest if field.kind == "choice" else 20.0, 3 + text_width(field.label))
    if field.kind == "text":
        least = _LONG_TEXT if field.max_length >= _LONG_FROM else _SHORT_TEXT
        return max(least, 3 + text_width(field.label))
    width = _WIDTHS.get(field.kind, 0)
    return max(width, 3 + text_width(field.label)) if width else 0


def text_width(text: str) -> int:
    """Digits of the standard font that a text takes: a Chinese character is as wide as two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
