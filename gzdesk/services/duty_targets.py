"""Duties as things to do: the form each leads to, and the lines of the first pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from gzdesk.domain.deadlines import DATES, NOTICE, OVERDUE, YEAR, Due
from gzdesk.domain.month import TYPE_ID as SHEET
from gzdesk.domain.period import Month
from gzdesk.domain.record import VOID
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.deadlines import Deadlines
from gzdesk.services.duty_words import due_words, period_words
from gzdesk.services.home_items import DueItem, Target
from gzdesk.storage.queries import ListQuery

_EVIDENCE = "evidence"
_ICONS = {"safety_check": "check", "meeting": "people", "closure_notice": "door", "opening_notice": "door"}


def target_of(context: Context, due: Due) -> Target:
    """Where a duty is done: its form with the period filled in, or what was begun; a village's is looked at."""
    duty = due.duty
    if due.unit != context.me.id:
        month = Month.of(due.due_on).plus(-1) if duty.record_type == SHEET else Month.of(due.due_on)
        return Target(page="unit_view", arguments={"unit": due.unit, "month": month})
    if duty.record_type == SHEET:
        return Target(page="months", arguments={"month": Month.parse(due.period)})
    if duty.record_type == _EVIDENCE:
        return Target(page=_EVIDENCE, arguments={"item": duty.items[0]})
    record = due.record or (due.period if duty.every == NOTICE else _begun(context, due))
    arguments: dict[str, object] = {"type_id": duty.record_type}
    if record:
        arguments["record_id"] = record
        return Target(page="registers", arguments=arguments)
    if duty.record_type in _PERIOD_OF:
        # Written from the records and finished there; its register then only wants the day it was handed in.
        period = _PERIOD_OF[duty.record_type](due.period)
        return Target(page="papers", arguments={"document": duty.record_type, **period})
    return Target(page="registers", arguments=arguments | {"new": True})


def duty_items(context: Context, *, urgency: int) -> Iterator[DueItem]:
    """What this unit is to be reminded of today; month sheets have lines of their own."""
    today = context.mint.today()
    for due in Deadlines(context).reminders(unit=context.me.id):
        if due.duty.record_type == SHEET:
            continue
        pressing = due.state == OVERDUE or today >= due.press_from
        about = period_words(due)
        yield DueItem(
            kind=f"duty_{due.duty.id}",
            urgency=urgency,
            tone="error" if due.state == OVERDUE else "warn" if pressing else "info",
            icon=_ICONS.get(due.duty.id, "month"),
            title=_("{duty}: {period}").format(duty=due.duty.label, period=about)
            if about
            else due.duty.label,
            detail=due_words(due, today=today),
            button=_("Do it"),
            action=target_of(context, due),
        )


def _begun(context: Context, due: Due) -> str:
    """The record that was begun for a report and is not handed in yet, or an empty text."""
    record_type = context.types.get(due.duty.record_type)
    keys = record_type.one_per if record_type else ()
    if record_type is None or not keys or due.duty.every not in (DATES, YEAR, "month"):
        return ""
    with context.store.reading() as read:
        query = ListQuery(
            types=(record_type.id,), unit=context.own_scope, descending=True, limit=_LOOKED_THROUGH
        )
        found = read.records.many([row.id for row in read.queries.rows(query)])
    for record in found.values():
        if record.status != VOID and str(record.values.get(keys[0])) == due.period:
            return record.id
    return ""


_LOOKED_THROUGH = 60  # five years of monthly reports

_PERIOD_OF: Mapping[str, Callable[[str], Mapping[str, object]]] = {
    "monthly_report": lambda period: {"month": Month.parse(period)},
    "quarterly_report": lambda due_on: {"quarter": ReportQuarter.due(date.fromisoformat(due_on))},
    "annual_report": lambda period: {"year": int(period)},
}
"""Of the reports that are begun from the records: the period of a duty as the page of documents takes it."""
