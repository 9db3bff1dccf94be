"""Numbers that the program gives: 16-2-003 is the third paper of item 16.2 that this unit ever filed.

A field asks for it with `default = "$number:task_item"`: the number begins with the value of that other field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gzdesk.domain.record import Record
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.services.context import Context
from gzdesk.storage.store import Reading

_DEFAULT = "$number:"
_PLAIN = re.compile(r"0*(\d{1,5})")


def number_prefix(value: str) -> str:
    """What the numbers of an item begin with: 16-2- for 16.2."""
    return f"{value.replace('.', '-')}-"


def give_numbers(
    context: Context,
    read: Reading,
    record_type: RecordType,
    values: Mapping[str, object],
    before: Record | None,
) -> dict[str, object]:
    """The values with every number that the program gives.

    A number that was typed stays (`5` becomes 16-2-005), and a record keeps its own as long as it stays under
    the same item; otherwise it gets the one after the highest that was ever given, also to what was deleted.
    """
    filled = dict(values)
    for field in record_type.form_fields():
        by = _begins_with(field, filled)
        if by:
            filled[field.name] = _number(context, read, record_type, field, filled, before, by)
    return filled


def _begins_with(field: Field, values: Mapping[str, object]) -> str:
    default = field.default
    if not (isinstance(default, str) and default.startswith(_DEFAULT)):
        return ""
    value = values.get(default.removeprefix(_DEFAULT))
    return number_prefix(value) if isinstance(value, str) and value else ""


def _number(
    context: Context,
    read: Reading,
    record_type: RecordType,
    field: Field,
    values: Mapping[str, object],
    before: Record | None,
    prefix: str,
) -> str:
    for text in (values.get(field.name), before.values.get(field.name) if before else None):
        typed = str(text or "").strip()
        plain = _PLAIN.fullmatch(typed.removeprefix(prefix))
        if plain is not None:
            return _written(prefix, int(plain[1]))
    return _written(prefix, _highest(context, read, record_type, field, prefix) + 1)


def _highest(context: Context, read: Reading, record_type: RecordType, field: Field, prefix: str) -> int:
    found = [0]
    for body in read.revisions.bodies_ever(
        record_type.id, unit=context.scope_of(record_type), containing=f'"{field.name}":"{prefix}'
    ):
        plain = _PLAIN.fullmatch(str(body.get(field.name, "")).removeprefix(prefix))
        found.append(int(plain[1]) if plain else 0)
    return max(found)


def _written(prefix: str, number: int) -> str:
    return f"{prefix}{number:03d}"
