"""What people and programs hand in becomes values: texts of a form, JSON of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gzdesk.domain.field_readers import list_items
from gzdesk.domain.fields import FieldProblem, from_json, parse
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.domain.rules import Problem
from gzdesk.domain.rules.case import refuse
from gzdesk.domain.unit import Unit
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.references import resolve_reference
from gzdesk.storage.store import Reading

Values = dict[str, object]


def read_texts(
    context: Context,
    read: Reading,
    record_type: RecordType,
    texts: Mapping[str, str],
    *,
    month: Month | None,
) -> tuple[Values, list[Problem]]:
    """The values of a form's texts, and a problem for each text that can't be read. Empty texts are left out."""
    values: Values = {}
    unread: list[Problem] = []
    for field in record_type.form_fields():
        try:
            value = _from_text(context, read, field, texts.get(field.name, ""), month)
        except FieldProblem as problem:
            unread.append(_unreadable(field.name, problem))
        else:
            if value is not None:
                values[field.name] = value
    return values, unread


def read_json(
    context: Context, read: Reading, record_type: RecordType, data: Mapping[str, object]
) -> tuple[Values, list[Problem]]:
    """The values of a JSON object, and a problem for each item that is not understood."""
    values: Values = {}
    problems: list[Problem] = []
    for name, raw in data.items():
        try:
            value = _from_item(context, read, record_type.field(name), name, raw)
        except FieldProblem as problem:
            problems.append(_unreadable(name, problem))
        else:
            if value is not None:
                values[name] = value
    return values, problems


def misshapen(context: Context, record_type: RecordType, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """A problem for each value that is not of its field's kind.

    The rules pass over such a value, for a newer program may send one; what is written here must not be one.
    """
    problems = []
    for field in record_type.form_fields():
        try:
            if values.get(field.name) is not None:
                from_json(field, values[field.name], context.parsing())
        except FieldProblem as problem:
            problems.append(_unreadable(field.name, problem))
    return tuple(problems)


def units_of_another_time(
    context: Context, record_type: RecordType, values: Mapping[str, object]
) -> Iterator[Problem]:
    """A problem for each unit that there is none of when the record was: merged, closed or not yet made (G6)."""
    first, last = _time_of(record_type, values, today=context.mint.today())
    for field in record_type.form_fields():
        value = values.get(field.name)
        if field.kind not in ("unit", "units") or value is None:
            continue
        for key in value if isinstance(value, list) else (value,):
            unit = context.units.find(str(key))
            if unit is not None and not unit.is_valid_in(first, last):
                yield refuse(field, "unit_not_valid", _why_not(context, unit, last))


def _time_of(record_type: RecordType, values: Mapping[str, object], *, today: date) -> tuple[date, date]:
    text = values.get(record_type.month_of or "")
    if isinstance(text, str):
        try:
            if len(text) == len("2019-10"):
                month = Month.parse(text)
                return month.first_day, month.last_day
            return (day := date.fromisoformat(text)), day
        except ValueError:
            pass
    return today, today


def _why_not(context: Context, unit: Unit, day: date) -> str:
    if unit.valid_from > day.isoformat():
        words = _("There is {unit} only from {day} on. Please check the date.")
        return words.format(unit=unit.label, day=unit.valid_from)
    heir = context.units.find(unit.successor) if unit.successor else None
    if heir is not None:
        words = _("{unit} was merged into {heir} after {day}. Please choose {heir}.")
        return words.format(unit=unit.label, heir=heir.label, day=unit.valid_to)
    words = _("{unit} was there until {day}. Please choose another unit.")
    return words.format(unit=unit.label, day=unit.valid_to)


def _from_text(
    context: Context, read: Reading, field: Field, text: str, month: Month | None
) -> object | None:
    if field.kind == "reference":
        return resolve_reference(read, field, text.strip()) if text.strip() else None
    if field.kind == "references":
        return [resolve_reference(read, field, item) for item in list_items(text)] or None
    return parse(field, text, context.parsing(month=month))


def _from_item(context: Context, read: Reading, field: Field | None, name: str, raw: object) -> object | None:
    if field is None or field.kind == "generated":
        raise FieldProblem(_("There is no item called {name} in this register.").format(name=name))
    if raw is None or raw == "":
        return None
    if field.kind == "reference" and isinstance(raw, str):
        return resolve_reference(read, field, raw)
    if field.kind == "references" and isinstance(raw, list):
        raw = [resolve_reference(read, field, str(item)) for item in raw]
    return from_json(field, raw, context.parsing())


def _unreadable(name: str, problem: FieldProblem) -> Problem:
    return Problem(field=name, code="unreadable", message=problem.message, blocks=True)
