"""Numbers: what is refused, what is only unusual, and what must agree with another number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from gzdesk.domain.record_type import Field, holds
from gzdesk.domain.rules.case import Case, Problem, ValueRules, refuse, warn
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

# A figure this many times the usual one, or this small a part of it, is worth a second look.
_FAR_FROM_USUAL = 5
_SMALL_DIFFERENCE = 50
_STORED_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)


def _in_range(case: Case, field: Field, value: object) -> Iterator[Problem]:
    # A month is measured by its year.
    number = number_of(value[:4] if field.kind == "month" and isinstance(value, str) else value)
    if field.refuse_outside is None or number is None:
        return
    low, high = (Decimal(end.replace("$year", str(case.today.year))) for end in field.refuse_outside)
    if not low <= number <= high:
        message = _("{low} to {high} is possible here. This is {value}; please check it.")
        yield refuse(field, "out_of_range", message.format(low=low, high=high, value=number))


def _usual(case: Case, field: Field, value: object) -> Iterator[Problem]:
    """One warning at most: far from the usual figure, else outside the usual range."""
    number = number_of(value)
    if number is None:
        return
    if field.warn_below is not None and number < Decimal(field.warn_below):
        yield warn(
            field,
            "unusual",
            _("{value} is rare here. Please check it; it can be saved.").format(value=number),
        )
        return
    message = _far_from_usual(case, field, number)
    if message:
        yield warn(field, "unusual", message)
    elif field.warn_above is not None and number > Decimal(field.warn_above):
        message = _("{value} is more than the {limit} that is common here. Please check it; it can be saved.")
        yield warn(field, "unusual", message.format(value=number, limit=field.warn_above))


def _far_from_usual(case: Case, field: Field, number: Decimal) -> str:
    if field.name != case.record_type.measures.get("persons"):
        return ""
    usual = case.lookup.usual(type_id=case.record_type.id, field=field.name)
    if not usual or abs(number - usual) < _SMALL_DIFFERENCE:
        return ""
    if number > usual * _FAR_FROM_USUAL:
        message = _("{value} is far more than usual (about {usual}). Please check it; it can be saved.")
    elif number * _FAR_FROM_USUAL < usual:
        message = _("{value} is far less than usual (about {usual}). Please check it; it can be saved.")
    else:
        return ""
    return message.format(value=number, usual=usual)


def _in_steps(_case: Case, field: Field, value: object) -> Iterator[Problem]:
    number = number_of(value)
    if number is None:
        return
    if field.step and number % Decimal(field.step):
        message = _("Please write it in steps of {step}, not {value}.")
        yield refuse(field, "step", message.format(step=field.step, value=number))
    elif field.warn_step and number % Decimal(field.warn_step):
        message = _("{value} is rare here. Please check it; it can be saved.")
        yield warn(field, "unusual", message.format(value=number))


def _at_most(case: Case, field: Field, value: object) -> Iterator[Problem]:
    number = number_of(value)
    if field.at_most is None or number is None:
        return
    name, _point, inner = field.at_most.partition(".")
    source = case.lookup.values(str(case.values.get(name))) if inner else case.values
    limit = number_of((source or {}).get(inner or name))
    if limit is not None and number > limit:
        message = _("{label} is at most {limit} here. Please check it.")
        yield refuse(field, "too_many", message.format(label=field.label, limit=limit))


def _at_least_rows(case: Case, field: Field, value: object) -> Iterator[Problem]:
    number, rule = number_of(value), field.at_least_rows
    if not rule or number is None or case.record_id is None:
        return
    rows = case.lookup.with_value(
        type_id=rule["type"], field=rule["by"], value=case.record_id, except_id=None
    )
    where: Mapping[str, list[object]] = rule.get("where", {})
    condition = {name: tuple(allowed) for name, allowed in where.items()}
    count = sum(1 for row in rows if holds(condition, row))
    if number < count:
        message = ngettext(
            "{count} person is on the list, more than this. Please check it.",
            "{count} persons are on the list, more than this. Please check it.",
            count,
        )
        yield warn(field, "fewer_than_rows", message.format(count=count))


def number_of(value: object) -> Decimal | None:
    """The number in the form in which it is stored; any other text, from a newer program, is none."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    return Decimal(value) if _STORED_NUMBER.fullmatch(str(value)) else None


NUMBERS = frozenset({"integer", "decimal"})
VALUE_RULES: ValueRules = {
    _in_range: NUMBERS | {"month"},
    _usual: NUMBERS,
    _in_steps: NUMBERS,
    _at_most: NUMBERS,
    _at_least_rows: NUMBERS,
}
