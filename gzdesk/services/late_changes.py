"""Late changes (更正): what is not as it was when its month was approved, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gzdesk.domain.month import sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.review import Difference, answer_id, late_changes, month_judgement_of, reply_of
from gzdesk.domain.revision import Revision
from gzdesk.services.context import Context
from gzdesk.services.history import Change, changes_between
from gzdesk.services.records import DELETE_REASON
from gzdesk.services.references import record_words
from gzdesk.services.review_facts import approved_months, month_types
from gzdesk.storage.store import Reading
from gzdesk.storage.wire import values_from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class LateChange:
    """One record of an approved month that changed. `kind` is `added`, `removed` or `changed`.

    `who` and `when` are of its newest version; `reason` is what the village said, empty when it was not asked.
    """

    unit: str
    month: Month
    record: str
    type_id: str
    words: str
    kind: str
    before: str | None
    after: str | None
    changes: tuple[Change, ...]
    who: str
    when: str
    reason: str


def late_changes_of(
    context: Context, read: Reading, *, unit: str | None, months: Iterable[Month]
) -> Iterator[LateChange]:
    """All late changes of those months, month by month, until the month is approved again."""
    types = month_types(context.types)
    for review, month in approved_months(read, unit=unit, months=months):
        judgement = month_judgement_of(review, sheet=sheet_record_id(review.unit, month))
        if judgement is None or judgement.pins is None:
            continue
        current = read.records.shown_in_month(types, unit=review.unit, month=month)
        for difference in late_changes(judgement.pins, current):
            found = _late_change(context, read, review.unit, month, difference)
            if found is not None:
                yield found


def _late_change(
    context: Context, read: Reading, unit: str, month: Month, difference: Difference
) -> LateChange | None:
    # What left the month is still here: deleted, or on another day.
    record = read.records.get(difference.record)
    newest = None if record is None else read.revisions.get(record.revision)
    before = None if difference.before is None else read.revisions.get(difference.before)
    if record is None or newest is None:
        return None
    return LateChange(
        unit=unit,
        month=month,
        record=record.id,
        type_id=record.type,
        words=record_words(context, read, record),
        kind=difference.kind,
        before=difference.before,
        after=newest.id,
        changes=_changes(context, read, before, newest, added=difference.before is None),
        who=newest.header.actor,
        when=newest.header.recorded_at,
        reason=_reason(read, record.id, newest),
    )


def _changes(
    context: Context, read: Reading, before: Revision | None, newest: Revision, *, added: bool
) -> tuple[Change, ...]:
    record_type = context.types.get(newest.header.type)
    if record_type is None or newest.header.deleted or (before is None and not added):
        return ()
    return changes_between(context, read, record_type, before, newest)


def _reason(read: Reading, record: str, newest: Revision) -> str:
    reply = reply_of(read.records.get(answer_id(record)))
    if reply is not None and reply.revision == newest.id:
        return reply.text
    return str(values_from_text(newest.body_text).get(DELETE_REASON, "")) if newest.header.deleted else ""
