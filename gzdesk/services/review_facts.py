"""What the ledger holds of the town's reviews, read for whoever asks: lists, the month, the home page, the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.month import is_closed, sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record, summarise
from gzdesk.domain.record_type import RecordTypes
from gzdesk.domain.review import (
    APPROVED,
    MONTH_REVIEW,
    RETURNED,
    REVIEW,
    Judgement,
    MonthState,
    RecordState,
    Reply,
    answer_id,
    answers,
    is_stale,
    judgement_of,
    month_judgement_of,
    month_review_id,
    month_state,
    record_state,
    reply_of,
    review_id,
)
from gzdesk.storage.queries import ListQuery
from gzdesk.storage.store import Reading

_AT_ONCE = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReturn:
    """A record that the town gave back and that is still as it was. `month` is None where no month places it."""

    record: Record
    month: Month | None
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReview:
    """How one record stands with the town."""

    state: RecordState = "none"
    judgement: Judgement | None = None
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReview:
    """How a unit's month stands with the town. `sheet` is the shown version of its sheet, None when none is here."""

    unit: str
    month: Month
    state: MonthState
    sheet: str | None = None
    sheet_record: Record | None = None
    judgement: Judgement | None = None
    reply: Reply | None = None
    returns: tuple[OpenReturn, ...] = ()


def month_types(types: RecordTypes) -> tuple[str, ...]:
    """The registers whose records are approved with their month."""
    return tuple(item.id for item in types if item.closes_with_month)


def record_reviews(
    read: Reading, heads: Mapping[str, str], *, pins: Mapping[str, str] | None = None
) -> dict[str, RecordReview]:
    """How records stand, given the shown version of each; `pins` are those of their approved month."""
    ids = list(heads)
    reviews = _many(read, map(review_id, ids))
    replies = _many(read, map(answer_id, ids))
    found = {}
    for record, head in heads.items():
        judgement = judgement_of(reviews.get(review_id(record)))
        reply = reply_of(replies.get(answer_id(record)))
        state = record_state(judgement, head=head, reply=reply, pinned=(pins or {}).get(record))
        found[record] = RecordReview(state=state, judgement=judgement, reply=reply)
    return found


def open_returns(read: Reading, types: RecordTypes, *, unit: str | None = None) -> tuple[OpenReturn, ...]:
    """Every record that waits for its village, oldest first; answered and amended ones don't."""
    judged = [
        judgement
        for review in read.records.of_types([REVIEW], unit=unit, status=RETURNED)
        if (judgement := judgement_of(review)) is not None
    ]
    records = _many(read, (judgement.subject for judgement in judged))
    replies = _many(read, (answer_id(judgement.subject) for judgement in judged))
    return tuple(
        sorted(
            _still_open(judged, records, replies, types), key=lambda item: (item.judgement.on, item.record.id)
        )
    )


def month_review(
    read: Reading, types: RecordTypes, unit: str, month: Month, *, returns: Sequence[OpenReturn] | None = None
) -> MonthReview:
    """How a unit's month stands; `returns` are the open ones of that unit, when they are known already."""
    sheet_id = sheet_record_id(unit, month)
    found = read.records.many([sheet_id, month_review_id(unit, month), answer_id(sheet_id)])
    sheet = found.get(sheet_id)
    if sheet is not None and sheet.deleted:
        sheet = None
    judgement = month_judgement_of(found.get(month_review_id(unit, month)), sheet=sheet_id)
    reply = reply_of(found.get(answer_id(sheet_id)))
    given_back = open_returns(read, types, unit=unit) if returns is None else returns
    own = tuple(item for item in given_back if item.month == month)
    state = month_state(
        judgement,
        sheet=sheet.revision if sheet else None,
        closed=is_closed(sheet),
        open_returns=len(own),
        reply=reply,
    )
    return MonthReview(
        unit=unit,
        month=month,
        state=state,
        sheet=sheet.revision if sheet else None,
        sheet_record=sheet,
        judgement=judgement,
        reply=reply,
        returns=own,
    )


def month_states(
    read: Reading,
    types: RecordTypes,
    sheets: Mapping[tuple[str, Month], Record],
    *,
    first: Month,
    last: Month,
) -> dict[tuple[str, Month], MonthState]:
    """How every month of `sheets` stands; no review of a month is opened, for those name all their records."""
    # Many months at once: what a list knows of a review is its verdict and the version of the sheet (its title).
    query = ListQuery(types=(MONTH_REVIEW,), first_month=first, last_month=last)
    judged = {
        (row.unit, Month.from_number(row.month)): row
        for row, _no in read.queries.lines(query, with_values=False)
    }
    returns: dict[tuple[str, Month | None], int] = {}
    for item in open_returns(read, types):
        key = (item.record.unit, item.month)
        returns[key] = returns.get(key, 0) + 1
    found: dict[tuple[str, Month], MonthState] = {}
    for (unit, month), sheet in sheets.items():
        row = judged.get((unit, month))
        if row is not None and row.status == RETURNED:
            found[(unit, month)] = month_review(read, types, unit, month).state
            continue
        judgement = (
            None
            if row is None
            else Judgement(id="", subject=sheet.id, revision=row.title, verdict=row.status)
        )
        found[(unit, month)] = month_state(
            judgement,
            sheet=sheet.revision,
            closed=is_closed(sheet),
            open_returns=returns.get((unit, month), 0),
        )
    return found


def approved_pins(read: Reading, unit: str, month: Month) -> Mapping[str, str]:
    """The versions that an approved month names; none when it is not approved."""
    review = read.records.get(month_review_id(unit, month))
    judgement = month_judgement_of(review, sheet=sheet_record_id(unit, month))
    if judgement is None or judgement.verdict != APPROVED:
        return {}
    return judgement.pins or {}


def approved_months(
    read: Reading, *, unit: str | None, months: Iterable[Month]
) -> Iterator[tuple[Record, Month]]:
    """The reviews of approved months, by month."""
    for month in months:
        for review in read.records.of_types([MONTH_REVIEW], unit=unit, month=month, status=APPROVED):
            yield review, month


def _still_open(
    judged: Iterable[Judgement],
    records: Mapping[str, Record],
    replies: Mapping[str, Record],
    types: RecordTypes,
) -> Iterator[OpenReturn]:
    for judgement in judged:
        record = records.get(judgement.subject)
        if record is None or record.deleted or is_stale(judgement, head=record.revision):
            continue
        if answers(reply_of(replies.get(answer_id(record.id))), judgement):
            continue
        number = summarise(types.get(record.type), record.values).month
        month = Month.from_number(number) if number else None
        yield OpenReturn(record=record, month=month, judgement=judgement)


def _many(read: Reading, record_ids: Iterable[str]) -> dict[str, Record]:
    ids = list(record_ids)
    found: dict[str, Record] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found |= read.records.many(ids[start : start + _AT_ONCE])
    return found
