"""Figures that must add up: within a record, over a day, with the figure before, with what a register holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from gzdesk.domain.record import HELD
from gzdesk.domain.record_type import Field
from gzdesk.domain.rules.amounts import NUMBERS, number_of
from gzdesk.domain.rules.case import Case, Problem, RecordRule, ValueRules, refuse, warn
from gzdesk.i18n import gettext as _


def _sum_of(case: Case, field: Field, value: object) -> Iterator[Problem]:
    number = number_of(value)
    parts = [number_of(case.values.get(name)) for name in field.sum_of]
    if not field.sum_of or number is None or None in parts:
        return
    total = sum((part for part in parts if part is not None), Decimal(0))
    if total != number:
        message = _("Added up it is {total}; {value} stands here. Please check it.")
        yield refuse(field, "sum", message.format(total=total, value=number))


def _over_a_day(case: Case) -> Iterator[Problem]:
    """No day has more than 24 hours, and more than a working day of them deserves a look."""
    rule, day = case.record_type.day_total, case.day()
    own = number_of(case.values.get(rule["field"])) if rule else None
    if own is None or day is None:
        return
    others = case.lookup.on_day(type_id=case.record_type.id, day=day, except_id=case.record_id)
    same = [other for other in others if other.get(rule["of"]) == case.values.get(rule["of"])]
    total = own + _total(same, rule["field"])
    if total > Decimal(rule["most"]):
        message = _("With what is logged for that day it is {total}; {most} is possible. Please check it.")
        yield refuse(rule["field"], "day_total", message.format(total=total, most=rule["most"]))
    elif same and total > Decimal(rule["usual"]):
        message = _("With what is logged for that day it is {total}. Please check it; it can be saved.")
        yield warn(rule["field"], "day_total", message.format(total=total))


def _carried_forward(case: Case) -> Iterator[Problem]:
    """A stock is the last one and what came and went since; any difference is explained (domain.md, 馆藏总量)."""
    rule = case.record_type.carried_forward
    own, day = (number_of(case.values.get(rule["figure"])), case.day()) if rule else (None, None)
    if own is None or day is None or case.values.get(rule["explained_in"]):
        return
    place, until = case.values.get(rule["of"]), day.isoformat()
    before = _latest_before(case, place, until)
    if before is None:
        return
    moves = case.lookup.with_value(
        type_id=rule["from"]["type"], field=rule["from"]["of"], value=place, except_id=None
    )
    since = [
        move
        for move in _held(moves)
        if str(before[rule["day"]]) < str(move.get(rule["from"]["day"], "")) <= until
    ]
    came, went = (_total(since, rule["from"][name]) for name in ("plus", "minus"))
    due = (number_of(before[rule["figure"]]) or Decimal(0)) + came - went
    if due != own:
        message = _(
            "{last} at the last count, {came} came, {went} went: that makes {due}. If {value} is right, say why."
        )
        yield refuse(
            rule["explained_in"],
            "carried_forward",
            message.format(last=before[rule["figure"]], came=came, went=went, due=due, value=own),
        )


def _latest_before(case: Case, place: object, until: str) -> Mapping[str, object] | None:
    rule = case.record_type.carried_forward
    rows = case.lookup.with_value(
        type_id=case.record_type.id, field=rule["of"], value=place, except_id=case.record_id
    )
    earlier = [
        row
        for row in _held(rows)
        if str(row.get(rule["day"], "")) < until and number_of(row.get(rule["figure"])) is not None
    ]
    return max(earlier, key=lambda row: str(row[rule["day"]]), default=None)


def _makes_up(case: Case) -> Iterator[Problem]:
    """What was found and what is missing make up what the register holds, or one of the two is to be checked."""
    rule = case.record_type.makes_up
    parts = [number_of(case.values.get(name)) for name in rule["parts"]] if rule else [None]
    if None in parts:
        return
    ((name, codes),) = rule["where"].items()
    until = str(case.values.get(rule["until"]["own"]) or "")
    rows = [
        row
        for code in codes
        for row in _held(case.lookup.with_value(type_id=rule["type"], field=name, value=code, except_id=None))
        if str(row.get(rule["until"]["theirs"], "")) <= until
    ]
    due, found = _total(rows, rule["field"]), sum((part for part in parts if part), Decimal(0))
    if rows and due != found:
        message = _("The register holds {due}; together these are {found}. Please check it; it can be saved.")
        yield warn(rule["parts"][0], "makes_up", message.format(due=due, found=found))


def _held(rows: Iterable[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    return (row for row in rows if row.get("status", HELD) == HELD)


def _total(rows: Iterable[Mapping[str, object]], name: str) -> Decimal:
    return sum((number_of(row.get(name)) or Decimal(0) for row in rows), Decimal(0))


VALUE_RULES: ValueRules = {_sum_of: NUMBERS}
RECORD_RULES: tuple[RecordRule, ...] = (_over_a_day, _carried_forward, _makes_up)
