"""An ad hoc table as it is chosen: which registers, which columns, of when, grouped how.

What may be chosen follows from the record types, so that a new register is offered with all its items.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.tables.columns import (
    ITEM,
    UNIT,
    TableColumn,
    common_columns,
    is_amount,
    item_column,
    item_columns,
    outer_columns,
)
from gzdesk.services.tables.period import Period

COUNT, SESSIONS, PERSONS = "count", "sessions", "persons"
DISTINCT = "distinct:"  # before the name of an item: how many different ones
YEAR, QUARTER, MONTH, TYPE = "year", "quarter", "month", "type"
# 人 and 人次 are two things: persons may not be added across records (counting_rules G10).
_PERSONS_UNIT = "人"
_GROUP_KINDS = frozenset(
    {"choice", "choices", "reference", "references", "yes_no", "unit", "units", "text", "list"}
)
_FILTER_KINDS = frozenset({"choice", "choices"})
_DISTINCT_KINDS = frozenset({"reference", "date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AdHoc:
    """What a table shows. Without `group_by` it lists records in `columns`; with it, it counts `measures`.

    `unit` empty is the unit of this PC, and all units for the town. `where` keeps those records alone whose
    items have these values (codes of choices). `sort` is a column; empty is the order of days
    or of the groups.
    """

    name: str = ""
    types: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    period: Period = field(default_factory=Period)
    unit: str = ""
    statuses: tuple[str, ...] = (HELD,)
    where: tuple[tuple[str, str], ...] = ()
    group_by: tuple[str, ...] = ()
    measures: tuple[str, ...] = (COUNT,)
    sort: str = ""
    descending: bool = False

    def to_data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AdHoc:
        """Back from JSON; what this program does not know of is left out."""
        known = {item.name for item in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        values["where"] = tuple((str(name), str(code)) for name, code in data.get("where", ()))
        values["period"] = Period(**data.get("period", {}))
        return cls(**{name: value for name, value in values.items() if name in known})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that can be chosen: its id, its words, and the item that it comes from."""

    id: str
    label: str
    field: Field | None = None


def column_offers(types: Sequence[RecordType]) -> tuple[TableColumn, ...]:
    """The columns that a list of those registers can have."""
    if len(types) == 1:
        return (*item_columns(types[0]), *outer_columns())
    return common_columns()


def first_columns(types: Sequence[RecordType]) -> tuple[str, ...]:
    """The columns that a new table starts with: those of the register's list."""
    if len(types) != 1:
        return ("day", TYPE, "title", "place", "persons")
    found = (types[0].field(name) for name in types[0].list)
    return tuple(item_column(types[0], item).id for item in found if item is not None)


def group_offers(types: Sequence[RecordType], *, is_town: bool) -> tuple[Offer, ...]:
    """What the records of those registers can be grouped by."""
    dated = [
        Offer(id=MONTH, label=_("Month")),
        Offer(id=QUARTER, label=_("Quarter")),
        Offer(id=YEAR, label=_("Year")),
    ]
    offers = dated if any(item.month_of for item in types) else []
    if is_town and any(item.scope != "town" for item in types):
        offers = [*offers, Offer(id=UNIT, label=_("Unit"))]
    if len(types) != 1:
        return (*offers, Offer(id=TYPE, label=_("Kind")), Offer(id="place", label=_("Place")))
    reserved = {MONTH, QUARTER, YEAR, UNIT, TYPE}
    own = tuple(
        Offer(id=ITEM + item.name if item.name in reserved else item.name, label=item.label, field=item)
        for item in types[0].form_fields()
        if item.kind in _GROUP_KINDS and item.form is None
    )
    return (*offers, *own)


def measure_offers(types: Sequence[RecordType]) -> tuple[Offer, ...]:
    """What can be counted and added up over those registers."""
    offers = [Offer(id=COUNT, label=_("Number of records"))]
    if any("sessions" in item.measures for item in types):
        offers.append(Offer(id=SESSIONS, label=_measured(types, SESSIONS) or _("Sessions")))
    if any("persons" in item.measures for item in types):
        offers.append(Offer(id=PERSONS, label=_measured(types, PERSONS) or _("Persons")))
    if len(types) != 1:
        return tuple(offers)
    counted = set(types[0].measures.values())
    for item in types[0].form_fields():
        if may_be_added(item) and item.name not in counted:
            offers.append(Offer(id=item.name, label=_with_unit(item), field=item))
    for item in types[0].form_fields():
        if item.kind in _DISTINCT_KINDS and item.required:
            words = _("days") if item.kind == "date" else _("different: {item}").format(item=item.label)
            offers.append(Offer(id=DISTINCT + item.name, label=words, field=item))
    return tuple(offers)


def may_be_added(item: Field) -> bool:
    """Whether a sum over records means something: not of years, and not of persons (counting_rules G10)."""
    return is_amount(item) and item.unit_zh != _PERSONS_UNIT


def check_choice(chosen: Sequence[str], offered: Sequence[str], *, what: str) -> None:
    """Raise UserError `unknown_column` when something was chosen that is not offered."""
    odd = next((name for name in chosen if name not in offered), None)
    if odd is not None:
        raise UserError(
            code="unknown_column",
            message=_("{what} has nothing called {name}.").format(what=what, name=odd),
            hint=_("Use one of: {names}.").format(names=listed(offered)),
        )


def filter_offers(types: Sequence[RecordType]) -> tuple[Field, ...]:
    """The items by whose choices the records of one register can be narrowed down."""
    return tuple(item for item in types[0].fields if item.kind in _FILTER_KINDS) if len(types) == 1 else ()


def _measured(types: Sequence[RecordType], measure: str) -> str:
    """The words of one register for what it counts; several registers have theirs in common."""
    item = types[0].field(types[0].measures.get(measure, "")) if len(types) == 1 else None
    return item.label if item else ""


def _with_unit(item: Field) -> str:
    if item.unit_label.lower() in item.label.lower():
        return item.label
    return _("{item} ({unit})").format(item=item.label, unit=item.unit_label)
