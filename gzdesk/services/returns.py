"""What the town gave back (退回), as the village has it: what is asked, and the answer for the next stick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gzdesk.domain.month import MonthSheet, sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.review import AMENDED, ANSWER, DELETED, NO_MISTAKE, RETURNED, Judgement, answer_id
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.correspondence import Entry, correspondence
from gzdesk.services.home_words import month_words
from gzdesk.services.months import Months
from gzdesk.services.records import Draft, Records
from gzdesk.services.references import record_words, reference_titles, shown_text
from gzdesk.services.review_facts import MonthReview, OpenReturn, month_review, open_returns
from gzdesk.storage.store import Reading, Writing

__all__ = ["AskedItem", "Entry", "Returned", "ReturnedMonth", "Returns", "Settled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """One item that the town has something to say about; without `field` it is the record as a whole.

    `old` is what stood there when it was judged, in words.
    """

    field: str
    label: str
    remark: str
    old: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A record that waits for this village. `month` is None where no month places it."""

    record: Record
    words: str
    month: Month | None
    month_closed: bool
    items: tuple[AskedItem, ...]
    on: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedMonth:
    """A month that was returned as a whole."""

    month: Month
    remark: str
    on: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What came of an answer. `sheet` is the corrected sheet of the month, when one was made by it.

    `month_open`: the month had to be opened and something still stops its closing.
    """

    record: str
    kind: str
    revision: str = ""
    sheet: MonthSheet | None = None
    month_open: Month | None = None
    left: int = 0  # further records that wait for an answer


class Returns:
    """The open returns of this unit and its answers to them."""

    def __init__(self, context: Context, records: Records) -> None:
        self._context = context
        self._records = records
        self._months = Months(context)

    def open(self) -> tuple[Returned, ...]:
        """The records that wait for an answer, oldest return first."""
        with self._context.store.reading() as read:
            return tuple(self._returned(read, item) for item in self._open(read))

    def months(self) -> tuple[ReturnedMonth, ...]:
        """The months of the last two years that were returned as a whole and are not answered."""
        this = Month.of(self._context.mint.today())
        with self._context.store.reading() as read:
            found = [self._month(read, this.plus(-back)) for back in range(23, -1, -1)]
        return tuple(
            ReturnedMonth(
                month=item.month, remark=item.judgement.remark, on=item.judgement.on, by=item.judgement.by
            )
            for item in found
            if item.judgement is not None and item.judgement.verdict == RETURNED and item.state == "returned"
        )

    def one(self, record_id: str) -> Returned:
        """One of the records. Raises UserError `not_returned`."""
        with self._context.store.reading() as read:
            return self._returned(read, self._require_open(read, record_id))

    def correspondence(self, record_id: str) -> tuple[Entry, ...]:
        """What was written, handed in, received and said about a record, newest first (往来记录)."""
        with self._context.store.reading() as read:
            return correspondence(self._context, read, record_id)

    def month(self, month: Month) -> MonthReview:
        """How a month of this unit stands with the town."""
        with self._context.store.reading() as read:
            return self._month(read, month)

    def amend(self, record_id: str, values: Mapping[str, object], *, reason: str) -> Settled:
        """Change a returned record. A closed month becomes a correction (更正) with the same signers (G8).

        Raises UserError without a reason, when nothing is changed, or when the record is not an open return; Refused
        as `Records.save` does. Nothing is changed then.
        """
        self._require_reason(reason)
        with self._context.store.writing() as work:
            item = self._require_open(work, record_id)
            self._open_month(work, item, reason)
            draft = Draft(type_id=item.record.type, values=values, record_id=record_id)
            saved = self._records.save_within(work, draft)
            if saved.revision == item.record.revision:
                raise UserError(
                    code="nothing_changed",
                    message=_("Nothing was changed yet."),
                    hint=_("Put it right, or say that nothing is wrong and why."),
                )
            self._answer(work, item.judgement, AMENDED, reason, revision=saved.revision)
            done = self._settled(work, item, AMENDED, saved.revision)
            work.commit()
        return done

    def delete(self, record_id: str, *, reason: str) -> Settled:
        """Delete a returned record; its month is corrected as by `amend`. Raises UserError as `amend` does."""
        self._require_reason(reason)
        with self._context.store.writing() as work:
            item = self._require_open(work, record_id)
            self._open_month(work, item, reason)
            self._records.delete_within(work, record_id, reason=reason.strip())
            gone = work.records.shown([record_id])[record_id]
            self._answer(work, item.judgement, DELETED, reason, revision=gone)
            done = self._settled(work, item, DELETED, gone)
            work.commit()
        return done

    def explain(self, record_id: str, *, text: str) -> Settled:
        """Say that nothing is wrong with a returned record, and why. Raises UserError without words."""
        self._require_reason(text)
        with self._context.store.writing() as work:
            item = self._require_open(work, record_id)
            self._answer(work, item.judgement, NO_MISTAKE, text)
            done = self._settled(work, item, NO_MISTAKE, "")
            work.commit()
        return done

    def explain_month(self, month: Month, *, text: str) -> MonthReview:
        """Say that nothing is wrong with a returned month, and why. Raises UserError when it is not returned."""
        self._require_reason(text)
        with self._context.store.writing() as work:
            found = self._month(work, month)
            judgement = found.judgement
            if judgement is None or judgement.verdict != RETURNED or found.state != "returned":
                raise UserError(
                    code="not_returned",
                    message=_("{month} was not returned.").format(month=month_words(month)),
                    hint=_("There is nothing to answer."),
                )
            self._answer(work, judgement, NO_MISTAKE, text)
            found = self._month(work, month)
            work.commit()
        return found

    # Inside

    def _open(self, read: Reading) -> tuple[OpenReturn, ...]:
        if self._context.is_town:
            return ()
        return open_returns(read, self._context.types, unit=self._context.me.id)

    def _require_open(self, read: Reading, record_id: str) -> OpenReturn:
        found = next((item for item in self._open(read) if item.record.id == record_id), None)
        if found is None:
            raise UserError(
                code="not_returned",
                message=_("This record does not wait for an answer."),
                hint=_("It was not returned, or it was put right already."),
            )
        return found

    def _require_reason(self, reason: str) -> None:
        if not reason.strip():
            raise UserError(
                code="reason_needed",
                message=_("There is no reason yet."),
                hint=_("Write in a few words what was changed and why, or why nothing is wrong."),
            )

    def _returned(self, read: Reading, item: OpenReturn) -> Returned:
        record, month = item.record, item.month
        found = None if month is None else read.records.get(sheet_record_id(record.unit, month))
        return Returned(
            record=record,
            words=record_words(self._context, read, record),
            month=month,
            month_closed=found is not None and found.values.get("closed") is True,
            items=self._items(read, item),
            on=item.judgement.on,
            by=item.judgement.by,
        )

    def _items(self, read: Reading, item: OpenReturn) -> tuple[AskedItem, ...]:
        record_type, values = self._context.types.get(item.record.type), item.record.values
        titles = {} if record_type is None else reference_titles(read, record_type, [values])
        asked = []
        for remark in item.judgement.remarks:
            field = None if record_type is None else record_type.field(remark.field)
            asked.append(
                AskedItem(
                    field=remark.field if field else "",
                    label=field.label if field else "",
                    remark=remark.text,
                    old=shown_text(field, values.get(field.name), self._context, titles) if field else "",
                )
            )
        return tuple(asked)

    def _month(self, read: Reading, month: Month) -> MonthReview:
        return month_review(read, self._context.types, self._context.me.id, month)

    def _open_month(self, work: Writing, item: OpenReturn, reason: str) -> None:
        if item.month is not None:
            self._months.open_to_amend(work, item.month, reason=reason.strip())

    def _settled(self, work: Writing, item: OpenReturn, kind: str, revision: str) -> Settled:
        sheet = None if item.month is None else self._months.close_amended(work, item.month)
        opened = item.month if item.month is not None and self._months.was_opened(work, item.month) else None
        return Settled(
            record=item.record.id,
            kind=kind,
            revision=revision,
            sheet=sheet,
            month_open=opened,
            left=len(self._open(work)),
        )

    def _answer(
        self, work: Writing, judgement: Judgement, kind: str, text: str, *, revision: str = ""
    ) -> None:
        values = {
            "record": judgement.subject,
            "review": judgement.id,
            "status": kind,
            "text": text.strip(),
            "on": self._context.mint.today().isoformat(),
            "by": self._context.store.actor,
        }
        work.revisions.append(
            record=answer_id(judgement.subject),
            type_id=ANSWER,
            type_version=self._context.record_type(ANSWER).version,
            scope=self._context.me.id,
            values=values | ({"revision": revision} if revision else {}),
        )
