"""Days and times: not in the future, in the right order, early enough, and slots that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gzdesk.domain.period import DateSpan
from gzdesk.domain.reading.slots import overlapping, weekday_name
from gzdesk.domain.reading.times import is_time, minutes_of_day
from gzdesk.domain.record import CANCELLED, PLANNED
from gzdesk.domain.record_type import Field, holds
from gzdesk.domain.rules.case import Case, Problem, ValueRules, refuse, warn
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

_DAY_MIN = 24 * 60
# Longer than this from start to end is more likely a slip of the hand than an event past midnight.
_LONG_MIN = 10 * 60


def _not_in_the_future(case: Case, field: Field, value: object) -> Iterator[Problem]:
    first = _first_day(value)
    if first is None or first <= case.today:
        return
    if field.not_after_today:
        yield refuse(field, "future", _("This date is still to come. Please check it."))
    elif field.not_after_today_when and holds(field.not_after_today_when, case.values):
        message = _("This day is still to come. Please check the date, or set the status to “Planned”.")
        yield refuse(field, "future", message)
    elif field.name == case.record_type.month_of and case.status == CANCELLED:
        yield warn(field, "future", _("This date is still to come. Please check it."))


def _plan_that_has_passed(case: Case, field: Field, value: object) -> Iterator[Problem]:
    last = _first_day(value)
    if field.name == case.record_type.month_of and case.status == PLANNED and last and last < case.today:
        message = _("This day has passed. If it took place, set the status to “Held”; else to “Cancelled”.")
        yield warn(field, "past_plan", message)


def _not_before(case: Case, field: Field, value: object) -> Iterator[Problem]:
    name, _point, inner = (field.not_before or "").partition(".")
    other = case.values.get(name)
    if inner:
        # Beside the day of the record that is referred to: a make-up show and the one that fell through.
        other = (case.lookup.values(str(other)) or {}).get(inner) if other else None
    if isinstance(value, str) and isinstance(other, str) and value < other:
        message = _("{label} cannot be before {other} ({value}). Please check both.")
        yield refuse(
            field,
            "too_early",
            message.format(label=field.label, other=case.label(name), value=other),
        )


def _after(case: Case, field: Field, value: object) -> Iterator[Problem]:
    other = case.values.get(field.after or "")
    if not (isinstance(value, str) and isinstance(other, str)):
        return
    if value == other or (value < other and not field.may_pass_midnight):
        message = _("{label} must be later than {other} ({value}). Please check both.")
        yield refuse(
            field,
            "not_after",
            message.format(label=field.label, other=case.label(field.after or ""), value=other),
        )
    elif is_time(value) and is_time(other):
        lasts_min = (minutes_of_day(value) - minutes_of_day(other)) % _DAY_MIN
        if lasts_min > _LONG_MIN:
            message = _("{start} to {end} is {hours} hours. Please check the times.")
            hours = f"{lasts_min / 60:.1f}".removesuffix(".0")
            yield warn(field, "very_long", message.format(start=other, end=value, hours=hours))


def _days_ahead(case: Case, field: Field, value: object) -> Iterator[Problem]:
    rule: Mapping[str, object] = field.warn_days_ahead
    if not rule:
        return
    when = rule.get("when")
    if isinstance(when, Mapping) and not holds(
        {name: tuple(codes) for name, codes in when.items()}, case.values
    ):
        return
    posted, begins = _first_day(value), _first_day(case.values.get(str(rule["before"])))
    needed = int(str(rule["days"]))
    if posted is None or begins is None or (begins - posted).days >= needed:
        return
    ahead = (begins - posted).days
    if ahead < 0:
        message = _("{label} is after {other}. Please check both.")
        yield warn(
            field, "short_notice", message.format(label=field.label, other=case.label(str(rule["before"])))
        )
        return
    message = ngettext(
        "Only {count} day ahead; {needed} are asked for.",
        "Only {count} days ahead; {needed} are asked for.",
        ahead,
    )
    yield warn(field, "short_notice", message.format(count=ahead, needed=needed))


def _later_than(case: Case, field: Field, value: object) -> Iterator[Problem]:
    """So many days after another date, and no more: a loan comes back in 10, a report is there by its day."""
    over, other = days_over(case, field, _first_day(value))
    if over <= 0:
        return
    if field.warn_later_than["days"]:
        message = ngettext(
            "{count} day more than the {limit} days after {other} that are usual.",
            "{count} days more than the {limit} days after {other} that are usual.",
            over,
        )
    else:
        message = ngettext("{count} day after {other}.", "{count} days after {other}.", over)
    yield warn(field, "late", message.format(count=over, limit=field.warn_later_than["days"], other=other))


def days_over(case: Case, field: Field, day: date | None) -> tuple[int, str]:
    """How many days past the limit of `warn_later_than` a day lies (0 or less is in time), and what it runs from."""
    rule = field.warn_later_than
    begins = _first_day(case.values.get(str(rule["of"]))) if rule else None
    if begins is None or day is None:
        return 0, ""
    return (day - begins).days - int(rule["days"]), case.label(str(rule["of"]))


def _slots_apart(_case: Case, field: Field, value: object) -> Iterator[Problem]:
    if not isinstance(value, (list, tuple)):
        return
    pair = overlapping([slot for slot in value if isinstance(slot, Mapping)])
    if pair:
        first, second = (f"{slot['from']}-{slot['to']}" for slot in pair)
        message = _("{day}: {first} and {second} overlap. Please change one of them.")
        day = weekday_name(int(str(pair[0]["weekday"])))
        yield refuse(field, "slot_overlap", message.format(day=day, first=first, second=second))


def _first_day(value: object) -> date | None:
    """The first day that a date, a partial date or a month can mean."""
    try:
        return DateSpan.parse(value).first if isinstance(value, str) else None
    except ValueError:
        return None


_DAYS = frozenset({"date", "partial_date", "month"})
_TIMES = frozenset({"time"})
VALUE_RULES: ValueRules = {
    _not_in_the_future: _DAYS,
    _plan_that_has_passed: _DAYS,
    _not_before: _DAYS | _TIMES,
    _after: _DAYS | _TIMES,
    _days_ahead: _DAYS,
    _later_than: _DAYS,
    _slots_apart: frozenset({"slots"}),
}
