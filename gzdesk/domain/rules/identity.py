"""Which record, and who: references that lead somewhere, numbers used once, two persons where two are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gzdesk.domain.record_type import Field
from gzdesk.domain.rules.case import Case, Problem, ValueRules, refuse, warn
from gzdesk.i18n import gettext as _


def _leads_somewhere(case: Case, field: Field, value: object) -> Iterator[Problem]:
    if not isinstance(value, str):
        return
    found = case.lookup.values(value)
    if found is None or value == case.record_id:
        message = _("What was chosen here is no longer there. Please choose again.")
        yield refuse(field, "missing_reference", message)
    elif field.to_status is not None and found.get("status") != field.to_status:
        status = case.record_type.field("status")
        choice = status.choice(field.to_status) if status else None
        message = _("Only a record marked “{status}” can be chosen here.")
        yield refuse(
            field, "wrong_status", message.format(status=choice.label if choice else field.to_status)
        )


def _used_once(case: Case, field: Field, value: object) -> Iterator[Problem]:
    """A warning only: what came from another PC may hold the same number (sync.md)."""
    if not field.unique or not isinstance(value, str):
        return
    others = case.lookup.with_value(
        type_id=case.record_type.id, field=field.name, value=value, except_id=case.record_id
    )
    same = [
        other
        for other in others
        if field.unique_per != "year" or _year(case, other) == _year(case, case.values)
    ]
    if same and field.kind == "reference":
        message = _("Another record has chosen this one already. Please check it.")
        yield warn(field, "not_unique", message)
    elif same:
        day = str(same[0].get(case.record_type.month_of or "") or "")
        message = (
            _("This number was used before ({day}). Please check it.")
            if day
            else _("This number was used before. Please check it.")
        )
        yield warn(field, "not_unique", message.format(day=day))


def _someone_else(case: Case, field: Field, value: object) -> Iterator[Problem]:
    if field.differs_from is None or not isinstance(value, str):
        return
    name, _point, inner = field.differs_from.partition(".")
    source = case.lookup.values(str(case.values.get(name))) if inner else case.values
    other = (source or {}).get(inner or name)
    if isinstance(other, str) and _person(other) == _person(value):
        message = _("{label} must be someone else than {name}.")
        yield refuse(field, "same_person", message.format(label=field.label, name=other))


def _person(name: str) -> str:
    return "".join(name.split()).casefold()


def _year(case: Case, values: Mapping[str, object]) -> str:
    return str(values.get(case.record_type.month_of or "") or "")[:4]


VALUE_RULES: ValueRules = {
    _leads_somewhere: frozenset({"reference"}),
    _used_once: frozenset({"text", "reference"}),
    _someone_else: frozenset({"text"}),
}
