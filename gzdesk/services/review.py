"""Review and return, as the town does it: a record or a month is approved or given back with remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gzdesk.domain.month import TYPE_ID as SHEET
from gzdesk.domain.month import is_closed
from gzdesk.domain.period import Month
from gzdesk.domain.record import DRAFT, Record
from gzdesk.domain.review import (
    APPROVED,
    MONTH_REVIEW,
    RETURNED,
    REVIEW,
    WAITS,
    Remark,
    month_review_id,
    review_id,
)
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.context import Context
from gzdesk.services.home_words import month_words
from gzdesk.services.late_changes import LateChange, late_changes_of
from gzdesk.services.months import Months
from gzdesk.services.not_settled import cannot_judge
from gzdesk.services.records import guarded_month
from gzdesk.services.references import record_texts
from gzdesk.services.review_checks import month_blocks, worth_a_look
from gzdesk.services.review_facts import (
    MonthReview,
    OpenReturn,
    RecordReview,
    approved_pins,
    month_review,
    month_states,
    month_types,
    open_returns,
    record_reviews,
)
from gzdesk.storage.store import Reading, Writing

__all__ = ["LateChange", "MonthReview", "OpenReturn", "RecordReview", "Review", "ReviewedRecord", "Waiting"]

_MONTHS_LOOKED_BACK = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A unit's month that the town has to look at. `records` is how many it has."""

    unit: Unit
    month: Month
    review: MonthReview
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedRecord:
    """A record of a month in words, with how it stands; `look` says in sentences what deserves a person's eye."""

    record: Record
    texts: Mapping[str, str]
    review: RecordReview
    look: tuple[str, ...]


class Review:
    """Approving and returning. Every method that judges raises UserError `not_the_town` on a village PC."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._months = Months(context)

    # Looking

    def queue(self) -> tuple[Waiting, ...]:
        """The months that wait for a look, oldest month first, units in the order of the official list."""
        types = month_types(self._context.types)
        with self._context.store.reading() as read:
            return tuple(
                Waiting(
                    unit=unit,
                    month=month,
                    review=month_review(read, self._context.types, unit.id, month),
                    records=len(read.records.shown_in_month(types, unit=unit.id, month=month)),
                )
                for unit, month in self._waiting(read)
            )

    def waiting_count(self) -> int:
        """How many months wait: the number on the navigation."""
        with self._context.store.reading() as read:
            return len(self._waiting(read))

    def returned(self, unit: str | None = None) -> tuple[OpenReturn, ...]:
        """The records that wait for their village."""
        with self._context.store.reading() as read:
            return open_returns(read, self._context.types, unit=unit)

    def month(self, unit: str, month: Month) -> MonthReview:
        """How a unit's month stands."""
        with self._context.store.reading() as read:
            return month_review(read, self._context.types, self._context.unit(unit).id, month)

    def record(self, record_id: str) -> RecordReview:
        """How a record stands. Raises UserError `unknown_record`."""
        with self._context.store.reading() as read:
            return self._state_of(read, _found(read, record_id))

    def state(self, record_id: str) -> str:
        """How a record stands, also by the approval of its month; `none` when it is not there."""
        with self._context.store.reading() as read:
            record = read.records.get(record_id)
            if record is None or record.deleted:
                return "none"
            record_type = self._context.types.get(record.type)
            month = guarded_month(record_type, record.values) if record_type else None
            pins = {} if month is None else approved_pins(read, record.unit, month)
            return record_reviews(read, {record.id: record.revision}, pins=pins)[record.id].state

    def records(self, unit: str, month: Month) -> tuple[ReviewedRecord, ...]:
        """The records of a unit's month in the order of their days, each with its state."""
        with self._context.store.reading() as read:
            return self._records(read, self._context.unit(unit).id, month)

    def blocks(self, unit: str, month: Month) -> tuple[str, ...]:
        """What keeps a month from being approved, in sentences; none when nothing does."""
        with self._context.store.reading() as read:
            found = month_review(read, self._context.types, self._context.unit(unit).id, month)
            return month_blocks(self._context, self._months, read, found)

    def late_changes(self, unit: str | None = None) -> tuple[LateChange, ...]:
        """What changed in approved months since, with each item before and after, newest month first."""
        months = self._span()
        with self._context.store.reading() as read:
            return tuple(late_changes_of(self._context, read, unit=unit, months=reversed(months)))

    # Judging

    def approve(self, record_id: str) -> RecordReview:
        """Approve a record as it is now. Raises UserError when it is a draft or was changed on both sides."""
        self._require_town()
        with self._context.store.writing() as work:
            record = self._village_record(work, record_id)
            _require_settled(record)
            self._judge(work, record, APPROVED, ())
            found = self._state_of(work, record)
            work.commit()
        return found

    def give_back(self, record_id: str, remarks: Sequence[Remark]) -> RecordReview:
        """Return a record with remarks on its items. Raises UserError when there is none, or no such item."""
        self._require_town()
        with self._context.store.writing() as work:
            record = self._village_record(work, record_id)
            self._judge(work, record, RETURNED, self._understood(record, remarks))
            found = self._state_of(work, record)
            work.commit()
        return found

    def approve_passing(self, unit: str, month: Month) -> tuple[str, ...]:
        """Approve every record of a month that passes every check and is not approved yet; returns their ids."""
        self._require_town()
        with self._context.store.writing() as work:
            passing = [
                item.record
                for item in self._records(work, self._context.unit(unit).id, month)
                if not item.look and item.review.state in ("none", "stale", "amended")
            ]
            for record in passing:
                self._judge(work, record, APPROVED, ())
            work.commit()
        return tuple(record.id for record in passing)

    def approve_month(self, unit: str, month: Month) -> MonthReview:
        """Approve a month with every record of it. Raises UserError `month_not_ready` with what is in the way."""
        self._require_town()
        with self._context.store.writing() as work:
            found = self._approve_month(work, self._context.unit(unit).id, month)
            work.commit()
        return found

    def approve_months(self, wanted: Sequence[tuple[str, Month]] | None = None) -> tuple[Waiting, ...]:
        """Approve all waiting months, or those, in which nothing deserves a look; returns what was approved."""
        self._require_town()
        chosen = None if wanted is None else set(wanted)
        done = []
        for item in self.queue():
            if chosen is not None and (item.unit.id, item.month) not in chosen:
                continue
            with self._context.store.writing() as work:
                if self._passes(work, item):
                    self._approve_month(work, item.unit.id, item.month)
                    work.commit()
                    done.append(item)
        return tuple(done)

    def give_month_back(self, unit: str, month: Month, *, remark: str) -> MonthReview:
        """Return a closed month. Raises UserError when there is no remark or no closed sheet here."""
        self._require_town()
        unit = self._context.unit(unit).id
        if not remark.strip():
            raise _no_remark()
        with self._context.store.writing() as work:
            before = month_review(work, self._context.types, unit, month)
            if before.sheet is None or not is_closed(before.sheet_record):
                raise self._no_sheet(unit, month)
            self._judge_month(work, before, RETURNED, remark=remark.strip())
            found = month_review(work, self._context.types, unit, month)
            work.commit()
        return found

    # Inside

    def _approve_month(self, work: Writing, unit: str, month: Month) -> MonthReview:
        context = self._context
        before = month_review(work, context.types, unit, month)
        in_the_way = month_blocks(context, self._months, work, before)
        if in_the_way:
            words = _("{month} of {unit} can't be approved yet: {reason}")
            raise UserError(
                code="month_not_ready",
                message=words.format(
                    unit=context.unit(unit).label, month=month_words(month), reason=in_the_way[0]
                ),
                hint="".join(in_the_way[1:]) or _("It stays in the list of what waits."),
            )
        pins = work.records.shown_in_month(month_types(context.types), unit=unit, month=month)
        if before.state != "approved" or before.judgement is None or before.judgement.pins != pins:
            self._judge_month(work, before, APPROVED, pins=pins)
        return month_review(work, context.types, unit, month)

    def _passes(self, read: Reading, item: Waiting) -> bool:
        if item.review.state == "answered" or month_blocks(self._context, self._months, read, item.review):
            return False
        return not any(found.look for found in self._records(read, item.unit.id, item.month))

    def _records(self, read: Reading, unit: str, month: Month) -> tuple[ReviewedRecord, ...]:
        context = self._context
        found = read.records.of_types(month_types(context.types), unit=unit, month=month)
        events = {item.id for item in context.types.in_groups("event")}
        # The events of the sheet first; who helped and how many came on which day is seldom looked at.
        records = sorted(found, key=lambda record: record.type not in events)
        heads = {record.id: record.revision for record in records}
        reviews = record_reviews(read, heads, pins=approved_pins(read, unit, month))
        stopped = {item.record_id: item.title for item in self._months.stops(read, unit, month)}
        return tuple(
            ReviewedRecord(
                record=record,
                texts=record_texts(context, read, record),
                review=reviews[record.id],
                look=worth_a_look(context, read, record, stopped=stopped.get(record.id, "")),
            )
            for record in records
        )

    def _waiting(self, read: Reading) -> list[tuple[Unit, Month]]:
        """The months that wait, oldest first, units in the order of the official list."""
        months, order = self._span(), {unit.id: place for place, unit in enumerate(self._context.units.below)}
        sheets = {
            (sheet.unit, month): sheet
            for month in months
            for sheet in read.records.of_types([SHEET], month=month)
            if sheet.unit in order
        }
        states = month_states(read, self._context.types, sheets, first=months[0], last=months[-1])
        waiting = [key for key, state in states.items() if state in WAITS]
        units = self._context.units.below
        return [
            (units[order[unit]], month)
            for unit, month in sorted(waiting, key=lambda key: (key[1], order[key[0]]))
        ]

    def _span(self) -> tuple[Month, ...]:
        this = Month.of(self._context.mint.today())
        return tuple(this.plus(-back) for back in range(_MONTHS_LOOKED_BACK, -1, -1))

    def _state_of(self, read: Reading, record: Record) -> RecordReview:
        shown = read.records.shown([record.id])
        return record_reviews(read, shown)[record.id]

    def _village_record(self, read: Reading, record_id: str) -> Record:
        record = _found(read, record_id)
        if record.type == SHEET:
            raise UserError(
                code="is_a_month",
                message=_("This is a monthly sheet, not a record."),
                hint=_("Judge the month instead."),
            )
        record_type = self._context.types.get(record.type)
        if self._context.is_mine(record.unit) or (record_type is not None and record_type.group == "system"):
            raise UserError(
                code="not_reviewed",
                message=_("Only what a village wrote down is reviewed."),
                hint=_("Open a record of a village."),
            )
        return record

    def _understood(self, record: Record, remarks: Sequence[Remark]) -> tuple[Remark, ...]:
        given = [Remark(field=item.field.strip(), text=item.text.strip()) for item in remarks]
        if not given or not all(item.text for item in given):
            raise _no_remark()
        record_type = self._context.types.get(record.type)
        fields = () if record_type is None else record_type.form_fields()
        names = {word: item.name for item in fields for word in (item.name, item.zh, item.en)}
        for item in given:
            if item.field and item.field not in names:
                raise UserError(
                    code="unknown_field",
                    message=_("There is no item called {name} in this record.").format(name=item.field),
                    hint=_("Use one of: {names}.").format(names=listed(field.label for field in fields)),
                )
        return tuple(Remark(field=names.get(item.field, ""), text=item.text) for item in given)

    def _judge(self, work: Writing, record: Record, verdict: str, remarks: Sequence[Remark]) -> None:
        values: dict[str, object] = {"record": record.id, "revision": record.revision}
        if remarks:
            values["remarks"] = [{"field": item.field, "remark": item.text} for item in remarks]
        self._write(work, REVIEW, review_id(record.id), record.unit, verdict, values)

    def _judge_month(
        self,
        work: Writing,
        before: MonthReview,
        verdict: str,
        *,
        pins: Mapping[str, str] | None = None,
        remark: str = "",
    ) -> None:
        values: dict[str, object] = {"month": str(before.month), "sheet": before.sheet or ""}
        if pins is not None:
            values["pins"] = [[record, revision] for record, revision in sorted(pins.items())]
        if remark:
            values["remark"] = remark
        record_id = month_review_id(before.unit, before.month)
        self._write(work, MONTH_REVIEW, record_id, before.unit, verdict, values)

    def _write(
        self,
        work: Writing,
        type_id: str,
        record_id: str,
        unit: str,
        verdict: str,
        values: Mapping[str, object],
    ) -> None:
        signed = {
            "status": verdict,
            "on": self._context.mint.today().isoformat(),
            "by": self._context.store.actor,
        }
        work.revisions.append(
            record=record_id,
            type_id=type_id,
            type_version=self._context.record_type(type_id).version,
            scope=unit,
            values={**values, **signed},
        )

    def _require_town(self) -> None:
        if not self._context.is_town:
            raise UserError(
                code="not_the_town",
                message=_("Only the town station approves and returns."),
                hint=_("Close the month and hand it in; what the station says comes back on the stick."),
            )

    def _no_sheet(self, unit: str, month: Month) -> UserError:
        return UserError(
            code="month_not_here",
            message=_("{unit} has not handed in {month}.").format(
                unit=self._context.unit(unit).label, month=month_words(month)
            ),
            hint=_("Take in its report file first."),
        )


def _found(read: Reading, record_id: str) -> Record:
    record = read.records.get(record_id)
    if record is None or record.deleted:
        raise UserError(
            code="unknown_record",
            message=_("There is no such record."),
            hint=_("It may have been deleted. Look it up in the list."),
        )
    return record


def _require_settled(record: Record) -> None:
    if record.heads > 1:
        raise cannot_judge()
    if record.status == DRAFT:
        raise UserError(
            code="is_a_draft",
            message=_("This record is a draft."),
            hint=_("Return it, so that the village finishes it."),
        )


def _no_remark() -> UserError:
    return UserError(
        code="remark_needed",
        message=_("There is no remark yet."),
        hint=_("Write in a few words what has to be put right."),
    )
