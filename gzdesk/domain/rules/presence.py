"""What must be filled in, what should be, and what must stay empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gzdesk.domain.period import DateSpan, years_later
from gzdesk.domain.record import DRAFT
from gzdesk.domain.record_type import Field, holds
from gzdesk.domain.rules.case import Case, FieldRule, Problem, refuse, warn
from gzdesk.domain.rules.days import days_over
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext


def _required(case: Case, field: Field, value: object) -> Iterator[Problem]:
    # A box on the form that is not ticked means No: it is never missing.
    if value is not None or field.kind in ("yes_no", "generated"):
        return
    if field.required or (field.required_when and holds(field.required_when, case.values)):
        yield refuse(field, "required", _missing(field))


def _required_of_minors(case: Case, field: Field, value: object) -> Iterator[Problem]:
    rule = field.required_under_age
    if not rule or (value is not None and value is not False):
        return
    born, on = _latest(case.values.get(rule["born"])), _latest(case.values.get(rule["on"]))
    if born is not None and on is not None and on < years_later(born, rule["years"]):
        yield refuse(field, "required", _missing(field))


def _expected(case: Case, field: Field, value: object) -> Iterator[Problem]:
    if field.expected_when and (value is None or value is False) and holds(field.expected_when, case.values):
        yield warn(field, "expected", _missing(field))


def _overdue(case: Case, field: Field, value: object) -> Iterator[Problem]:
    """Not back, not handed in: said as long as the day stays open after its limit has passed."""
    if value is not None or not field.warn_later_than.get("when_empty"):
        return
    over, other = days_over(case, field, case.today)
    if over > 0:
        message = ngettext("{count} day past {other}.", "{count} days past {other}.", over)
        yield warn(field, "overdue", message.format(count=over, other=other))


def _must_be_empty(case: Case, field: Field, value: object) -> Iterator[Problem]:
    if value is None or value is False or not field.empty_when or not holds(field.empty_when, case.values):
        return
    reason = case.words(next(iter(field.empty_when)))
    message = _("“{reason}”: {label} must stay empty. Please clear it.")
    yield refuse(field, "must_be_empty", message.format(reason=reason, label=field.label))


def _status_of_type(case: Case, field: Field, value: object) -> Iterator[Problem]:
    if field.name == "status" and value != DRAFT and value not in case.record_type.statuses:
        message = _("“{status}” is not used in this register. Please choose another status.")
        yield refuse(field, "status", message.format(status=case.words("status")))


def _missing(field: Field) -> str:
    unticked, missing = _("“{label}” is not ticked. {help}"), _("{label} is missing. {help}")
    message = unticked if field.kind == "yes_no" else missing
    return message.format(label=field.label, help=field.help).strip()


def _latest(value: object) -> date | None:
    """The last day that a date or month can mean: someone born in a month may be born on its last day."""
    try:
        return DateSpan.parse(value).last if isinstance(value, str) else None
    except ValueError:
        return None


FIELD_RULES: tuple[FieldRule, ...] = (
    _required,
    _required_of_minors,
    _expected,
    _overdue,
    _must_be_empty,
    _status_of_type,
)
