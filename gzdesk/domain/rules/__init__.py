"""The declared rules of a record type, checked on one record: what blocks it, and what only deserves a look.

A new rule: a field of `Field` or `RecordType` that declares it, a function in the module of its family with a
line in that module's `VALUE_RULES` (and the kinds of field it is for) or `RECORD_RULES`, and a test of both
sides of its limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gzdesk.domain.record import DRAFT, HELD, VOID
from gzdesk.domain.record_type import FIELD_KINDS, Field, RecordType
from gzdesk.domain.rules import amounts, days, identity, others, presence, sums, words
from gzdesk.domain.rules.case import Case, Lookup, Problem

__all__ = ["Lookup", "Problem", "check", "may_save"]

# By kind of field, for a save must not run every rule over every field.
_VALUE_RULES = {
    kind: tuple(
        rule
        for family in (words, days, amounts, sums, identity)
        for rule, kinds in family.VALUE_RULES.items()
        if kind in kinds
    )
    for kind in FIELD_KINDS
}


def check(
    record_type: RecordType,
    values: Mapping[str, object],
    *,
    today: date,
    record_id: str | None,
    lookup: Lookup,
) -> tuple[Problem, ...]:
    """All problems of a record in the order of its form. A void record has none: nothing may keep it from that.

    `values` are typed (fields.parse, fields.from_json); a value of another shape, from a newer program, is
    passed over. `record_id` is None for a new record.
    """
    status = str(values.get("status") or HELD)
    if status == VOID:
        return ()
    case = Case(
        record_type=record_type,
        values={**values, "status": status},
        today=today,
        record_id=record_id,
        lookup=lookup,
    )
    order = {field.name: number for number, field in enumerate(record_type.fields)}
    found = sorted(
        _all(case), key=lambda problem: (order.get(problem.field or "", len(order)), not problem.blocks)
    )
    return tuple(found)


def may_save(problems: tuple[Problem, ...], status: str) -> bool:
    """Whether a record with these problems may be saved under that status. A draft always may (ui.md 1.6)."""
    return status in (DRAFT, VOID) or not any(problem.blocks for problem in problems)


def _all(case: Case) -> Iterator[Problem]:
    for field in case.record_type.fields:
        yield from _of_field(case, field)
    for rule in (*others.RECORD_RULES, *sums.RECORD_RULES):
        yield from rule(case)


def _of_field(case: Case, field: Field) -> list[Problem]:
    """The problems of one field. While something blocks, what is merely unusual about it can wait."""
    value = case.values.get(field.name)
    rules = presence.FIELD_RULES if value is None else presence.FIELD_RULES + _VALUE_RULES[field.kind]
    found = [problem for rule in rules for problem in rule(case, field, value)]
    return [problem for problem in found if problem.blocks] or found
