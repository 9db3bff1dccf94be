"""What the town's review looks at by itself: what keeps a month from being approved, what deserves a look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gzdesk.domain.month import is_closed
from gzdesk.domain.record import DRAFT, HELD, PLANNED, Record, summarise
from gzdesk.domain.rules import check
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.context import Context
from gzdesk.services.lookup import StoreLookup
from gzdesk.services.lost_reports import open_gaps
from gzdesk.services.review_facts import MonthReview, month_types
from gzdesk.storage.store import Reading

if TYPE_CHECKING:
    from gzdesk.services.months import Months


def month_blocks(context: Context, months: Months, read: Reading, found: MonthReview) -> tuple[str, ...]:
    """What keeps a month from being approved, in sentences (sync.md, gaps; counting_rules G9)."""
    if found.sheet is None:
        return (_("it was not handed in."),)
    if not is_closed(found.sheet_record):
        return (_("the unit has reopened it, a corrected sheet will come."),)
    try:
        return tuple(_month_blocks(context, months, read, found))
    except UserError as error:  # a sheet that can't be read
        return (error.message,)


def worth_a_look(context: Context, read: Reading, record: Record, *, stopped: str = "") -> tuple[str, ...]:
    """Why a person should look at a record, in sentences; none when it passes every check.

    `stopped` is what the check of its month says of it.
    """
    return tuple(_looks(context, read, record, stopped))


def _month_blocks(context: Context, months: Months, read: Reading, found: MonthReview) -> Iterator[str]:
    unit, month = found.unit, found.month
    if open_gaps(read, [unit]):
        yield _("an earlier report file is missing. Ask the unit to hand in again.")
    if found.returns:
        count = len(found.returns)
        yield ngettext(
            "{count} returned record was not answered.",
            "{count} returned records were not answered.",
            count,
        ).format(count=count)
    heads = read.records.of_types(month_types(context.types), unit=unit, month=month)
    unsettled = sum(record.heads > 1 for record in heads)
    if unsettled:
        yield ngettext(
            "{count} record was changed on both sides and is not settled.",
            "{count} records were changed on both sides and are not settled.",
            unsettled,
        ).format(count=unsettled)
    for item in months.stops(read, unit, month):
        yield _("{what}.").format(what=item.title)
    if not months.agrees(read, unit, month):
        yield _("the sheet and the records differ. Return the month, so that it is closed again.")


def _looks(context: Context, read: Reading, record: Record, stopped: str) -> Iterator[str]:
    record_type = context.types.get(record.type)
    if stopped:
        yield stopped
    if record.heads > 1:
        yield _("Changed on both sides")
    if record_type is None:
        return
    today = context.mint.today()
    summary = summarise(record_type, record.values)
    if not stopped and (
        record.status == DRAFT or (record.status == PLANNED and summary.day <= today.isoformat())
    ):
        yield _("Not finished")
    lookup = StoreLookup(context, read, unit=record.unit)
    for problem in check(record_type, record.values, today=today, record_id=record.id, lookup=lookup):
        yield problem.message
    if record_type.group == "event" and record.status == HELD and not summary.attachments:
        yield _("No photo or scan")
