"""Records put into groups and counted. A record of several groups counts in each, and once in the total."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from gzdesk.domain.period import Month
from gzdesk.domain.record_type import Field, RecordType, RecordTypes
from gzdesk.domain.unit import Units
from gzdesk.i18n import gettext as _
from gzdesk.pinyin import initials
from gzdesk.reports.words import month_text
from gzdesk.services.tables.adhoc import COUNT, DISTINCT, MONTH, PERSONS, QUARTER, SESSIONS, TYPE, YEAR, Offer
from gzdesk.services.tables.columns import (
    UNIT,
    ColumnReader,
    Line,
    TableColumn,
    hundredths,
    text_width,
    typed_value,
)
from gzdesk.services.tables.period import quarter_words, year_words
from gzdesk.workbooks.writing import Value

_MULTIPLE = frozenset({"choices", "references", "units", "list"})
_WIDEST = 40.0

Keys = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One way to group: the keys a record falls under, their order and their words. An empty key is no value."""

    column: TableColumn
    keys: Callable[[Line], Keys]
    label: Callable[[Any], str]
    order: Callable[[Any], Any]
    field: Field | None = None


@dataclass(slots=True)
class Sums:
    """What has been added up for one group."""

    count: int = 0
    sessions: int = 0
    persons: int = 0
    amounts: dict[str, int | Decimal] = field(default_factory=dict)
    different: dict[str, set[object]] = field(default_factory=dict)

    def add(self, line: Line, measures: Sequence[Offer]) -> None:
        """Add one record."""
        self.count += 1
        # A register that does not count sessions has one with every event (domain.month_builder).
        measured = line.record_type is not None and "sessions" in line.record_type.measures
        self.sessions += line.row.sessions_hundredths if measured else 100
        self.persons += line.row.persons or 0
        for measure in measures:
            if measure.field is None:
                continue
            value = line.values.get(measure.field.name)
            if measure.id.startswith(DISTINCT):
                if value is not None:
                    self.different.setdefault(measure.id, set()).add(value)
            elif isinstance(number := typed_value(measure.field, value), (int, Decimal)):
                self.amounts[measure.id] = self.amounts.get(measure.id, 0) + number

    def value(self, measure: Offer) -> Value:
        """The sum; None where no record had the item filled in, which is not 0 (counting_rules G4)."""
        if measure.id == COUNT:
            return self.count
        if measure.id == SESSIONS:
            return hundredths(self.sessions)
        if measure.id == PERSONS:
            return self.persons
        if measure.id.startswith(DISTINCT):
            return len(self.different.get(measure.id, ()))
        return self.amounts.get(measure.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """The groups in their order, each with its labels and sums, and the sums over all records."""

    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[Value, ...]
    records: int
    overlapping: bool


def measure_column(measure: Offer) -> TableColumn:
    """The column of a sum."""
    decimals = measure.field.decimals if measure.field and not measure.id.startswith(DISTINCT) else 0
    kind = "decimal" if decimals or measure.id == SESSIONS else "integer"
    width = max(10.0, 3 + text_width(measure.label))
    return TableColumn(
        id=measure.id, title=measure.label, kind=kind, decimals=decimals, grouped=True, width=width
    )


def group(
    lines: Iterable[Line],
    *,
    by: Sequence[Grouping],
    measures: Sequence[Offer],
    reader: ColumnReader,
    record_type: RecordType | None,
) -> Grouped:
    """Group and count. `record_type` is the one whose items are grouped by, for the titles of references."""
    groups: dict[Keys, Sums] = {}
    total, overlapping = Sums(), False
    for line in lines:
        total.add(line, measures)
        places = list(product(*(grouping.keys(line) or (None,) for grouping in by)))
        overlapping = overlapping or len(places) > 1
        for place in places:
            groups.setdefault(place, Sums()).add(line, measures)
    if record_type is not None:
        _learn(reader, record_type, by, groups)
    ordered = sorted(
        groups, key=lambda place: tuple(_rank(one, key) for one, key in zip(by, place, strict=True))
    )
    return Grouped(
        rows=tuple(
            (
                *(_words(one, key) for one, key in zip(by, place, strict=True)),
                *(groups[place].value(measure) for measure in measures),
            )
            for place in ordered
        ),
        totals=(_("Total"), *("" for _one in by[1:]), *(total.value(measure) for measure in measures)),
        records=total.count,
        overlapping=overlapping,
    )


def _learn(
    reader: ColumnReader, record_type: RecordType, by: Sequence[Grouping], groups: Iterable[Keys]
) -> None:
    bodies = [
        {one.field.name: [key] if one.field.kind == "references" else key}
        for place in groups
        for one, key in zip(by, place, strict=True)
        if one.field is not None and one.field.targets and key is not None
    ]
    reader.learn_titles(record_type, bodies)


def _rank(grouping: Grouping, key: Any) -> tuple[bool, Any]:
    return (True, 0) if key is None else (False, grouping.order(key))


def _words(grouping: Grouping, key: Any) -> str:
    return _("not filled in") if key is None else grouping.label(key)


def groupings(
    offers: Sequence[Offer], *, reader: ColumnReader, types: RecordTypes, units: Units
) -> tuple[Grouping, ...]:
    """The ways to group that were chosen."""
    return tuple(
        _by_item(offer, offer.field, reader) if offer.field else _by_line(offer, types, units)
        for offer in offers
    )


def _by_line(offer: Offer, types: RecordTypes, units: Units) -> Grouping:
    order_of_types = {item.id: place for place, item in enumerate(types)}
    order_of_units = {unit.id: place for place, unit in enumerate(units)}
    plain: dict[str, tuple[Callable[[Line], Any], Callable[[Any], str], Callable[[Any], Any]]] = {
        YEAR: (lambda line: line.row.month // 100, year_words, int),
        QUARTER: (_quarter, lambda key: quarter_words(*divmod(key, 10)), int),
        MONTH: (lambda line: line.row.month, lambda key: month_text(Month.from_number(key)), int),
        UNIT: (lambda line: line.row.unit, lambda key: _unit_words(units, key), order_of_units.get),
        TYPE: (
            lambda line: line.row.type,
            lambda key: found.label if (found := types.get(key)) else str(key),
            order_of_types.get,
        ),
        "place": (lambda line: line.row.place, str, initials),
    }
    key, label, order = plain[offer.id]
    return Grouping(
        column=TableColumn(id=offer.id, title=offer.label, width=16),
        keys=lambda line: (found,) if (found := key(line)) else (),
        label=label,
        order=lambda one: place if (place := order(one)) is not None else len(order_of_types),
    )


def _by_item(offer: Offer, item: Field, reader: ColumnReader) -> Grouping:
    several = item.kind in _MULTIPLE

    def keys(line: Line) -> Keys:
        value = line.values.get(item.name)
        if value is None or value == "" or value == []:
            return ()
        return tuple(dict.fromkeys(value)) if several and isinstance(value, list) else (_hashable(value),)

    def label(key: Any) -> str:
        return reader.item_text(item, [key] if several else key)

    def order(key: Any) -> Any:
        codes = [choice.code for choice in item.choices]
        words = label(key)
        return (codes.index(key) if key in codes else len(codes), initials(words), words)

    width = min(max(16.0, 3 + text_width(offer.label)), _WIDEST)
    return Grouping(
        column=TableColumn(id=offer.id, title=offer.label, width=width),
        keys=keys,
        label=label,
        order=order,
        field=item,
    )


def _hashable(value: object) -> Hashable:
    return value if isinstance(value, Hashable) else str(value)


def _quarter(line: Line) -> int:
    year, month = divmod(line.row.month, 100)
    return year * 10 + (month + 2) // 3 if month else 0


def _unit_words(units: Units, key: str) -> str:
    unit = units.find(key)
    return unit.label if unit else key
