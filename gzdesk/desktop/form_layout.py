"""How the items of a record type stand in a form: rows in the order of the paper, two columns at most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import Field, RecordType, holds

_WIDE_KINDS = frozenset({"note", "list", "references", "units", "choices", "slots", "attachments"})
_LONGEST_HALF = 60  # characters: a longer text would be cut in half a row


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row of a form. `shape` is `pair`, `full`, `short` (its message stands beside it) or `checks`."""

    shape: str
    fields: tuple[Field, ...]


def form_rows(record_type: RecordType, fields: Iterable[Field]) -> tuple[FormRow, ...]:
    """Lay those fields out; reading the rows left to right gives back the order they came in."""
    return tuple(_rows(record_type, tuple(fields)))


def _rows(record_type: RecordType, fields: tuple[Field, ...]) -> Iterator[FormRow]:
    waiting: list[Field] = []
    previous = ""
    for field in fields:
        shape = _shape(record_type, field)
        if waiting and (shape != previous or (shape == "pair" and len(waiting) == 2)):
            yield FormRow(shape=previous, fields=tuple(waiting))
            waiting = []
        if shape in ("full", "short"):
            yield FormRow(shape=shape, fields=(field,))
        else:
            waiting.append(field)
        previous = shape
    if waiting:
        yield FormRow(shape=previous, fields=tuple(waiting))


def _shape(record_type: RecordType, field: Field) -> str:
    if field.kind == "yes_no":
        return "checks"
    if field.kind in _WIDE_KINDS or field.shows or field.name == record_type.title:
        return "full"
    if field.kind == "text" and field.max_length > _LONGEST_HALF:
        return "full"
    if field.name == record_type.measures.get("persons") or HELD in field.required_when.get("status", ()):
        return "short"
    return "pair"


def asked_fields(record_type: RecordType, values: Mapping[str, object]) -> tuple[Field, ...]:
    """The fields that have a place in the form beside those values, in paper order."""
    no_choice = len(record_type.statuses) <= 2  # a register entry is there or void: nothing to choose
    return tuple(
        field
        for field in record_type.form_fields()
        if field.is_asked(values) and not (no_choice and field.name == "status")
    )


def is_required(field: Field, values: Mapping[str, object]) -> bool:
    """Whether the field must be filled in beside those values."""
    return field.required or bool(field.required_when and holds(field.required_when, values))
