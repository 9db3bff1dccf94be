"""What a new form starts with: defaults, and what is carried over from the last record of its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.services.context import Context
from gzdesk.services.defaults import default_value, of_the_day, of_the_named
from gzdesk.services.references import reference_titles, shown_text
from gzdesk.storage.store import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefill:
    """The start of a new form: values, their texts, what came from the last record, and the number to go on from."""

    values: Mapping[str, object]
    texts: Mapping[str, str]
    carried: frozenset[str]
    from_record: Record | None
    prefixes: Mapping[str, str]  # field -> `GZ-2019-`: typed digits are put behind it
    of_the_day: frozenset[str] = (
        frozenset()
    )  # what was made from the day's records, and is made anew for another


def prefill(
    context: Context, read: Reading, record_type: RecordType, *, month: Month | None, from_last: bool
) -> Prefill:
    """The start of a new form of that type."""
    values: dict[str, object] = {}
    for field in record_type.form_fields():
        value = default_value(context, read, field)
        if value is not None:
            values[field.name] = value
    day = values.get(record_type.month_of or "")
    daily = of_the_day(context, read, record_type, day) if isinstance(day, str) else {}
    values.update(daily)
    last = (
        read.records.last_of_type(record_type.id, unit=context.scope_of(record_type)) if from_last else None
    )
    carried = {} if last is None else _carried(record_type, last)
    values.update(carried)
    texts = _texts(context, read, record_type, values)
    year = month.year if month else context.mint.today().year
    prefixes = {field.name: _prefix(field, last, year) for field in record_type.form_fields() if field.prefix}
    return Prefill(
        values=values,
        texts=texts,
        carried=frozenset(carried),
        from_record=last,
        prefixes=prefixes,
        of_the_day=frozenset(daily),
    )


def prefill_day(context: Context, read: Reading, record_type: RecordType, *, day: str) -> Prefill:
    """What the fields that speak of the record's day begin with, for that day."""
    values = of_the_day(context, read, record_type, day)
    return Prefill(
        values=values,
        texts=_texts(context, read, record_type, values),
        carried=frozenset(),
        from_record=None,
        prefixes={},
        of_the_day=frozenset(values),
    )


def prefill_named(
    context: Context, read: Reading, record_type: RecordType, *, field: str, title: str
) -> Prefill:
    """What other fields begin with once a title stands in that field: what the menu says of the service."""
    values = of_the_named(context, read, record_type, field, title)
    return Prefill(
        values=values,
        texts=_texts(context, read, record_type, values),
        carried=frozenset(),
        from_record=None,
        prefixes={},
    )


def _texts(
    context: Context, read: Reading, record_type: RecordType, values: Mapping[str, object]
) -> dict[str, str]:
    titles = reference_titles(read, record_type, [values])
    fields = {field.name: field for field in record_type.form_fields()}
    return {
        name: shown_text(fields[name], value, context, titles, whole=True)
        for name, value in values.items()
        if name in fields
    }


def _carried(record_type: RecordType, last: Record) -> dict[str, object]:
    return {
        field.name: last.values[field.name]
        for field in record_type.form_fields()
        if field.carry and field.name in last.values
    }


def _prefix(field: Field, last: Record | None, year: int) -> str:
    number = str(last.values.get(field.name, "")) if last else ""
    match = re.fullmatch(r"(.*?)(\d{1,6})", number)
    if match is None or not match[1]:
        return field.prefix.replace("{year}", str(year))
    return re.sub(r"(?<!\d)(?:19|20)\d\d(?!\d)", str(year), match[1])
