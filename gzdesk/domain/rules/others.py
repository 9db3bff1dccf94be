"""A record beside the other records of its type: suspected duplicates, overlaps, and one of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gzdesk.domain.reading import plain
from gzdesk.domain.reading.times import is_time, minutes_of_day
from gzdesk.domain.record import CANCELLED, VOID
from gzdesk.domain.rules.case import Case, Problem, RecordRule, refuse, warn
from gzdesk.i18n import gettext as _

_DAY_MIN = 24 * 60
# 《流浪地球》 and 流浪地球 are one title.
_NOT_IN_TITLES = re.compile(r"[\s《》〈〉「」“”\"'‘’()·・•,，.。:：!！?？-]+")


def _duplicate(case: Case) -> Iterator[Problem]:
    """A suspected duplicate: warned of now, to be settled before the month is closed (counting_rules G9)."""
    if not case.record_type.duplicate or case.status == CANCELLED:
        return
    for other in _neighbours(case, case.record_type.duplicate):
        if other.get("status") not in (CANCELLED, VOID) and _is_same_event(case, other):
            yield warn(_beside(case), "duplicate", _duplicate_message(case, other))
            return


def _no_overlap(case: Case) -> Iterator[Problem]:
    rule = case.record_type.no_overlap
    if not rule:
        return
    own = _interval(case.values, rule)
    for other in _neighbours(case, rule["within"]) if own else ():
        theirs = _interval(other, rule)
        if (
            theirs
            and own
            and _agrees(case.values, other, rule["within"])
            and own[0] < theirs[1]
            and theirs[0] < own[1]
        ):
            message = _("{start} to {end} is already logged and overlaps. Please change the time.")
            yield refuse(
                rule["from"], "overlap", message.format(start=other[rule["from"]], end=other[rule["to"]])
            )
            return


def _one_of_a_kind(case: Case) -> Iterator[Problem]:
    names = case.record_type.one_per
    if not names or any(case.values.get(name) is None for name in names):
        return
    for other in _neighbours(case, names):
        if _agrees(case.values, other, names):
            message = _("This is already logged. Please open that record and change it there.")
            yield refuse(names[-1], "one_per", message)
            return


def _neighbours(case: Case, names: Sequence[str]) -> Sequence[Mapping[str, object]]:
    """The records that can be the same: those of the day, else those that agree in the first of the fields."""
    record_type, day = case.record_type, case.day()
    if record_type.month_of in names and day is not None:
        return case.lookup.on_day(type_id=record_type.id, day=day, except_id=case.record_id)
    value = case.values.get(names[0])
    if value is None:
        return ()
    return case.lookup.with_value(
        type_id=record_type.id, field=names[0], value=value, except_id=case.record_id
    )


def _is_same_event(case: Case, other: Mapping[str, object]) -> bool:
    return all(
        _may_be_same(case, name, case.values.get(name), other.get(name))
        for name in case.record_type.duplicate
    )


def _may_be_same(case: Case, name: str, mine: object, theirs: object) -> bool:
    field = case.record_type.field(name)
    if mine is None or theirs is None:
        # What one of the two may leave open does not tell them apart; what is still to be filled in might.
        return not (mine is None and field is not None and field.required)
    if name == case.record_type.time and case.record_type.duplicate_within_min:
        return _is_near(mine, theirs, within_min=case.record_type.duplicate_within_min)
    return _plain(mine) == _plain(theirs)


def _is_near(one: object, other: object, *, within_min: int) -> bool:
    if not (isinstance(one, str) and isinstance(other, str) and is_time(one) and is_time(other)):
        return False
    return abs(minutes_of_day(one) - minutes_of_day(other)) <= within_min


def _agrees(values: Mapping[str, object], other: Mapping[str, object], names: Sequence[str]) -> bool:
    return all(values.get(name) == other.get(name) for name in names)


def _interval(values: Mapping[str, object], rule: Mapping[str, str]) -> tuple[int, int] | None:
    start, end = values.get(rule["from"]), values.get(rule["to"])
    if not (isinstance(start, str) and isinstance(end, str) and is_time(start) and is_time(end)):
        return None
    first, last = minutes_of_day(start), minutes_of_day(end)
    return (first, last if last > first else last + _DAY_MIN)


def _plain(value: object) -> object:
    return _NOT_IN_TITLES.sub("", plain(value)).casefold() if isinstance(value, str) else value


def _beside(case: Case) -> str | None:
    names = case.record_type.duplicate
    return case.record_type.time if case.record_type.time in names else names[0]


def _duplicate_message(case: Case, other: Mapping[str, object]) -> str:
    record_type = case.record_type
    time = str(other.get(record_type.time or "") or "")
    day = case.day()
    if record_type.month_of in record_type.duplicate and day is not None:
        when = f"{day.isoformat()} {time}".strip()
        return _("{when} is already logged. Please check that this is not the same one.").format(when=when)
    name = str(other.get(record_type.duplicate[0]) or "")
    return _("“{name}” is already on the list. Please check that this is not the same one.").format(name=name)


RECORD_RULES: tuple[RecordRule, ...] = (_duplicate, _no_overlap, _one_of_a_kind)
