"""What a rule is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from gzdesk.domain.record_type import Field, RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to look at. `field` is None when it belongs to no field; without `blocks` it is a warning.

    `code` is stable: it is printed by the command line, and scripts and tests may rely on it.
    """

    field: str | None
    code: str
    message: str
    blocks: bool


class Lookup(Protocol):
    """What rules may ask of other records. Each mapping is a body with its record id added as `id`.

    Deleted and void records are never given.
    """

    def values(self, record_id: str) -> Mapping[str, object] | None:
        """The body of that record, or None when it is not here."""

    def with_value(
        self, *, type_id: str, field: str, value: object, except_id: str | None
    ) -> Sequence[Mapping[str, object]]:
        """The records of that type, of the own unit and the town's catalogues, that hold the value there."""

    def on_day(self, *, type_id: str, day: date, except_id: str | None) -> Sequence[Mapping[str, object]]:
        """The records of that type and of the own unit whose `month_of` field is that day."""

    def usual(self, *, type_id: str, field: str) -> int | None:
        """The median of the last values of that field, or None when there are too few to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A record under check. `values` always has a status."""

    record_type: RecordType
    values: Mapping[str, object]
    today: date
    record_id: str | None
    lookup: Lookup

    @property
    def status(self) -> str:
        """The status of the record."""
        return str(self.values["status"])

    def label(self, name: str) -> str:
        """The words for one of its fields."""
        field = self.record_type.field(name)
        return field.label if field else name

    def words(self, name: str) -> str:
        """The value of one of its fields as people read it: a choice by its label."""
        field, value = self.record_type.field(name), self.values.get(name)
        choice = next((item for item in field.choices if item.code == value), None) if field else None
        return choice.label if choice else str(value)

    def day(self) -> date | None:
        """The day that places the record in a month, if it has one."""
        value = self.values.get(self.record_type.month_of or "")
        try:
            return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
        except ValueError:
            return None


FieldRule = Callable[[Case, Field, object], Iterator[Problem]]
ValueRules = Mapping[FieldRule, frozenset[str]]  # the rule and the kinds of field it is for
RecordRule = Callable[[Case], Iterator[Problem]]


def refuse(field: Field | str | None, code: str, message: str) -> Problem:
    """A problem that blocks."""
    return Problem(field=_name(field), code=code, message=message, blocks=True)


def warn(field: Field | str | None, code: str, message: str) -> Problem:
    """A problem that only deserves a look."""
    return Problem(field=_name(field), code=code, message=message, blocks=False)


def _name(field: Field | str | None) -> str | None:
    return field.name if isinstance(field, Field) else field
