"""Review (审核): what the town said of a record or a month, and whether it still holds. Pure functions.

The town's words are records in the village's scope: a `review` of a record, a `month_review` of a month. Each names
the version that was judged, so it holds for that version only: it goes stale when the record is edited, wherever and
in whatever order the two arrive. An approved month also names every record of it with its version; what differs from
these later is a **late change** (更正). The village answers a return with a `review_answer`, a record of its own, so
that the two sides never write the same one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from gzdesk.domain.period import Month
from gzdesk.domain.record import Record

REVIEW, MONTH_REVIEW, ANSWER = "review", "month_review", "review_answer"
APPROVED, RETURNED = "approved", "returned"
AMENDED, NO_MISTAKE, DELETED = "amended", "no_mistake", "deleted"

RecordState = Literal["none", "approved", "returned", "answered", "amended", "stale"]
"""`answered`: the village says that nothing is wrong; `amended`: changed since it was returned; `stale`: changed
since it was approved."""

MonthState = Literal["open", "waiting", "approved", "returned", "answered", "amended"]
"""`open`: no closed sheet is here; `amended`: a corrected sheet came after the town judged an earlier one."""

WAITS: frozenset[str] = frozenset({"waiting", "answered", "amended"})
"""The states of a month in which the town has something to look at."""

_NAMESPACE = uuid.UUID("0a6f1c58-3c0e-4f5c-8a41-9c1f7a2d6b35")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is wrong with one item; an empty `field` means the record as a whole."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the town said last of a record or of a month's sheet. `id` is the version of the review that says it.

    `subject` is the record or sheet, `revision` the version of it that was judged; `pins` are those of a month.
    """

    id: str
    subject: str
    revision: str
    verdict: str
    remarks: tuple[Remark, ...] = ()
    on: str = ""
    by: str = ""
    pins: Mapping[str, str] | None = None

    @property
    def remark(self) -> str:
        """All remarks as one text."""
        return "；".join(remark.text for remark in self.remarks if remark.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the village answered. It counts for the judgement that it names; `revision` is what it changed to."""

    subject: str
    review: str
    kind: str
    text: str
    revision: str = ""
    on: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record that is not as it was approved; None on a side where it does not belong to the month."""

    record: str
    before: str | None
    after: str | None

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


def review_id(record: str) -> str:
    """The id of the review of a record: the same on every PC."""
    return str(uuid.uuid5(_NAMESPACE, f"review/{record}"))


def month_review_id(unit: str, month: Month) -> str:
    """The id of the review of a unit's month."""
    return str(uuid.uuid5(_NAMESPACE, f"month/{unit}/{month}"))


def answer_id(subject: str) -> str:
    """The id of the village's answer about a record, or about a month by its sheet's id."""
    return str(uuid.uuid5(_NAMESPACE, f"answer/{subject}"))


def judgement_of(review: Record | None) -> Judgement | None:
    """Read the review of a record. Never raises: a newer program may have written what this one can't read."""
    if review is None or review.deleted:
        return None
    values = review.values
    return Judgement(
        id=review.revision,
        subject=_text(values.get("record")),
        revision=_text(values.get("revision")),
        verdict=_text(values.get("status")),
        remarks=tuple(_remarks(values.get("remarks"))),
        on=_text(values.get("on")),
        by=_text(values.get("by")),
    )


def month_judgement_of(review: Record | None, *, sheet: str) -> Judgement | None:
    """Read the review of a month whose sheet has that record id. Never raises."""
    if review is None or review.deleted:
        return None
    values, remark = review.values, _text(review.values.get("remark"))
    return Judgement(
        id=review.revision,
        subject=sheet,
        revision=_text(values.get("sheet")),
        verdict=_text(values.get("status")),
        remarks=(Remark(field="", text=remark),) if remark else (),
        on=_text(values.get("on")),
        by=_text(values.get("by")),
        pins=_pins(values.get("pins")),
    )


def reply_of(answer: Record | None) -> Reply | None:
    """Read a village's answer. Never raises."""
    if answer is None or answer.deleted:
        return None
    values = answer.values
    return Reply(
        subject=_text(values.get("record")),
        review=_text(values.get("review")),
        kind=_text(values.get("status")),
        text=_text(values.get("text")),
        revision=_text(values.get("revision")),
        on=_text(values.get("on")),
        by=_text(values.get("by")),
    )


def is_stale(judgement: Judgement, *, head: str) -> bool:
    """Whether the record was edited since: exactly when the version shown now is not the one judged."""
    return judgement.revision != head


def record_state(
    judgement: Judgement | None, *, head: str, reply: Reply | None = None, pinned: str | None = None
) -> RecordState:
    """How a record stands whose shown version is `head`; `pinned` is its version in an approved month."""
    unjudged = judgement is None or judgement.verdict not in (APPROVED, RETURNED)
    stale = judgement is None or is_stale(judgement, head=head)
    if pinned is not None and (unjudged or stale):
        # The month was approved with it: that says more than words about an earlier version.
        return "approved" if pinned == head else "stale"
    if judgement is None or unjudged:
        return "none"
    if judgement.verdict == APPROVED:
        return "stale" if stale else "approved"
    if stale:
        return "amended"
    return "answered" if answers(reply, judgement) else "returned"


def month_state(
    judgement: Judgement | None,
    *,
    sheet: str | None,
    closed: bool,
    open_returns: int = 0,
    reply: Reply | None = None,
) -> MonthState:
    """How a month stands whose sheet's shown version is `sheet`; `open_returns` of its records wait."""
    if open_returns:
        return "returned"
    returned = judgement is not None and judgement.verdict == RETURNED
    if sheet is None or not closed:
        # Reopened after a return: the village is at it. Without one, there is nothing to look at yet.
        return "returned" if returned and sheet is not None else "open"
    if judgement is None or judgement.verdict not in (APPROVED, RETURNED):
        return "waiting"
    if is_stale(judgement, head=sheet):
        return "amended"
    if not returned:
        return "approved"
    return "answered" if answers(reply, judgement) else "returned"


def answers(reply: Reply | None, judgement: Judgement) -> bool:
    """Whether the village answered this very judgement by saying that nothing is wrong."""
    return reply is not None and reply.review == judgement.id and reply.kind == NO_MISTAKE


def late_changes(pins: Mapping[str, str], current: Mapping[str, str]) -> tuple[Difference, ...]:
    """What differs between an approved month and its records now, by record id; the order of either says nothing."""
    return tuple(
        Difference(record=record, before=pins.get(record), after=current.get(record))
        for record in sorted({*pins, *current})
        if pins.get(record) != current.get(record)
    )


def _remarks(value: object) -> Sequence[Remark]:
    rows = value if isinstance(value, list) else []
    return [
        Remark(field=_text(row.get("field")), text=_text(row.get("remark")))
        for row in rows
        if isinstance(row, Mapping)
    ]


def _pins(value: object) -> Mapping[str, str] | None:
    if not isinstance(value, list):
        return None
    pairs = [row for row in value if isinstance(row, list) and len(row) == 2]
    return {_text(record): _text(revision) for record, revision in pairs}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
