"""Any register on paper: all its records in a table, with exact sums under what can be added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from gzdesk.domain.period import Month
from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.reports.document import (
    Align,
    Blank,
    Cell,
    Closing,
    Document,
    Heading,
    Line,
    Margins,
    Row,
    Seal,
    Table,
)
from gzdesk.reports.layout import BUILT_IN, Layout, Layouts
from gzdesk.reports.source import Filed
from gzdesk.reports.sums import sum_row
from gzdesk.reports.words import (
    centre_name,
    day_to_fill_in,
    month_text,
    number_text,
    plain_decimal,
    year_text,
)

PORTRAIT_MM, LANDSCAPE_MM = 180.0, 267.0
_MARGINS = Margins(top=16, bottom=14)
_ROW_MM = 7.5
_CENTS = 2  # places of an amount of money
_NUMBERS = ("integer", "decimal")


def document(
    record_type: RecordType,
    unit: Unit,
    records: Sequence[Filed],
    *,
    month: Month | None = None,
    year: int | None = None,
    layouts: Layouts = BUILT_IN,
) -> Document:
    """The register of a unit, of all time, a year or a month."""
    general = layouts.load("register")
    keys = ("number", "total", *record_type.by_name)
    own = layouts.find(f"register_{record_type.id}", keys=keys, width_mm=LANDSCAPE_MM)
    period = month_text(month) if month else year_text(year) if year else ""
    places = {
        "unit": unit.label,
        "name": record_type.label,
        "period": general.text("period", period=period) if period else "",
    }
    title = own.title(**places) if own else general.text(record_type.id, **places) or general.title(**places)
    above = general.text("unit", unit=centre_name(kind=unit.kind, name=unit.label))
    closing = Closing(
        signatures=(Blank(label=general.text("filled_by")), Blank(label=general.text("checked_by"))),
        seal=Seal(date=day_to_fill_in(None)) if record_type.scope != "town" else None,
    )
    if own is None:
        return _by_the_screen(record_type, records, general, title, above, closing, unit)
    return _by_the_layout(own, general.sums, records, title, above, closing, unit, general.text("total"))


# As on the screen


def _by_the_screen(
    record_type: RecordType,
    records: Sequence[Filed],
    general: Layout,
    title: str,
    above: str,
    closing: Closing,
    unit: Unit,
) -> Document:
    from gzdesk.reports import list_table

    fields = [field for name in record_type.list if (field := record_type.field(name))]
    columns = [
        list_table.ListColumn(title=general.text("number"), align="center"),
        *(list_table.ListColumn(title=title_of(field), align=align_of(field)) for field in fields),
    ]
    rows = [
        (number, *(shown(field, item) for field in fields)) for number, item in enumerate(records, start=1)
    ]
    sums = {
        field.name: sum_of(records, field)
        for field in fields
        if is_summed(general.sums, record_type, field.name)
    }
    totals = (
        (general.text("total"), *(sums.get(field.name, "") for field in fields)) if any(sums.values()) else ()
    )
    return list_table.document(
        title=title,
        columns=columns,
        rows=rows,
        above=(above, ""),
        totals=totals if records else (),
        closing=closing,
        author=unit.label,
    )


def title_of(field: Field) -> str:
    """The head of a column: the item, and its unit of measure where its words do not name it."""
    unit = field.unit_label if field.kind == "decimal" else ""
    return f"{field.label}({unit})" if unit and unit.lower() not in field.label.lower() else field.label


def align_of(field: Field) -> Align:
    """How a column of that item is set."""
    if field.kind in _NUMBERS:
        return "right"
    return "left" if field.kind in ("text", "note", "reference", "list") else "center"


def shown(field: Field, item: Filed) -> str | int:
    """An item in words, or as a number where one is added up."""
    number = item.number(field.name) if field.kind == "integer" else None
    # A year is a whole number too, but not one with a comma in it.
    return item.text(field.name) if number is None or not field.unit_zh else number


def sum_of(records: Sequence[Filed], field: Field) -> str | int:
    """The exact sum of a field over the records that took place, or an empty text when none has a figure."""
    found = [item.values[field.name] for item in records if counts(item) and field.name in item.values]
    figures = [Decimal(str(value)) for value in found if value is not None]
    if not figures:
        return ""
    total = sum(figures, Decimal(0))
    if field.kind == "integer":
        return int(total)
    return number_text(total, decimals=2) if field.decimals == _CENTS else plain_decimal(total)


def is_summed(sums: Sequence[str], record_type: RecordType, key: str) -> bool:
    """Whether an item of a register is added up under its table."""
    return key in sums or f"{record_type.id}.{key}" in sums


def counts(item: Filed) -> bool:
    """Whether a record took place, or is of a register in which nothing does."""
    return item.status in (HELD, "") or HELD not in item.type.statuses


# By a layout of its own


def _by_the_layout(
    layout: Layout,
    sums: Sequence[str],
    records: Sequence[Filed],
    title: str,
    above: str,
    closing: Closing,
    unit: Unit,
    total_words: str,
) -> Document:
    columns = layout.table_columns()
    rows = [_row(layout, number, item) for number, item in enumerate(records, start=1)]
    if records:
        record_type = records[0].type
        figures = {key: _sum(key, records) for key in layout.keys if is_summed(sums, record_type, key)}
        shown = {key: value for key, value in figures.items() if value != ""}
        if shown:
            rows.append(sum_row(layout, total_words, shown, align=None))
    else:
        rows.append(
            Row(
                cells=(Cell(value=_("Nothing has been written down yet"), span=len(columns), align="center"),)
            )
        )
    count = ngettext("{count} record in all", "{count} records in all", len(records)).format(
        count=f"{len(records):,}"
    )
    return Document(
        title=title,
        author=unit.label,
        landscape=sum(column.width_mm for column in columns) > PORTRAIT_MM,
        margins=_MARGINS,
        language=language(),
        blocks=(
            Heading(text=title),
            Line(left=above, right=count),
            Table(columns=columns, rows=tuple(rows)),
            closing,
        ),
    )


def _row(layout: Layout, number: int, item: Filed) -> Row:
    return Row(
        cells=tuple(Cell(value=_value(key, number, item)) for key in layout.keys), min_height_mm=_ROW_MM
    )


def _value(key: str, number: int, item: Filed) -> str | int:
    made = _MADE.get(key)
    if made is not None:
        return made(number, item)
    field = item.type.field(key)
    return "" if field is None else shown(field, item)


def amount_of(item: Filed) -> Decimal | None:
    """Quantity times unit price, or None where no price is known."""
    price, quantity = item.values.get("unit_price"), item.number("quantity")
    return None if price is None or quantity is None else Decimal(str(price)) * quantity


def _total(_number: int, item: Filed) -> str:
    amount = amount_of(item)
    return "" if amount is None else number_text(amount, decimals=2)


# Columns that no field of the record fills.
_MADE: dict[str, Callable[[int, Filed], str | int]] = {
    "number": lambda number, _item: number,
    "total": _total,
}


def _sum(key: str, records: Sequence[Filed]) -> str | int:
    if key == "total":
        amounts = [amount for item in records if counts(item) and (amount := amount_of(item)) is not None]
        return number_text(sum(amounts, Decimal(0)), decimals=2) if amounts else ""
    field = records[0].type.field(key)
    return "" if field is None else sum_of(records, field)
