"""The month of a unit: its sheet as a draft, closing it (封账), reopening it, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from gzdesk.domain.film import film_age
from gzdesk.domain.month import TYPE_ID, MonthSheet, is_closed, sheet_record_id
from gzdesk.domain.month_builder import build_sheet
from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.month_checks import CheckItem, month_checks
from gzdesk.services.month_material import month_events, month_material
from gzdesk.services.review_facts import open_returns
from gzdesk.services.told_apart import told_apart
from gzdesk.storage.store import Reading, Writing
from gzdesk.storage.wire import values_from_text

# In the body of a sheet that was opened to amend a returned record: it is closed again when all are answered.
_FOR_RETURN = "reopened_for_return"

Status = Literal["open", "closed", "reopened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthState:
    """How a month stands. A reopened one keeps what its last sheet said until it is closed again.

    `correction` n: the sheet is, or will be, the nth that replaces an earlier one.
    """

    unit: str
    month: Month
    status: Status = "open"
    nil: bool = False
    correction: int = 0
    check_code: str = ""
    filled_by: str = ""
    checked_by: str = ""
    signed_on: str = ""
    reason: str = ""
    events: int = 0
    persons: int = 0


class Months:
    """Month sheets. A unit is meant by its id; left out, it is the one this PC belongs to."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def draft(self, month: Month, *, unit: str | None = None) -> MonthSheet:
        """The sheet as the records make it at this moment."""
        with self._context.store.reading() as read:
            return self._draft(read, month, self._unit(unit))

    def sheet(self, unit: str, month: Month) -> MonthSheet | None:
        """The frozen sheet of a closed month, else None. Raises UserError `sheet_unreadable`."""
        with self._context.store.reading() as read:
            return _frozen(self._record(read, unit, month))

    def current(self, month: Month, *, unit: str | None = None) -> MonthSheet:
        """What is printed now: the frozen sheet of a closed month, else a draft."""
        found = self._unit(unit)
        with self._context.store.reading() as read:
            return _frozen(self._record(read, found.id, month)) or self._draft(read, month, found)

    def closings(self, month: Month, *, unit: str | None = None) -> tuple[MonthSheet, ...]:
        """Every sheet the month was ever closed with, oldest first: none is ever rewritten (G8)."""
        found = self._unit(unit)
        with self._context.store.reading() as read:
            bodies = [
                values_from_text(revision.body_text)
                for revision in read.revisions.history(sheet_record_id(found.id, month))
                if revision.body_text is not None and not revision.header.deleted
            ]
        frozen = [values for values in bodies if values.get("closed") is True]
        sheets = [MonthSheet.from_values(values, unit=found.id) for values in frozen]
        return tuple(sorted(sheets, key=lambda sheet: sheet.correction))

    def state(self, month: Month, *, unit: str | None = None) -> MonthState:
        """How the month stands."""
        found = self._unit(unit)
        with self._context.store.reading() as read:
            return _state(found.id, month, self._record(read, found.id, month))

    def states(self, year: int, *, unit: str | None = None) -> tuple[MonthState, ...]:
        """How each month of a year stands."""
        found = self._unit(unit)
        months = [Month(year, number) for number in range(1, 13)]
        with self._context.store.reading() as read:
            records = read.records.many([sheet_record_id(found.id, month) for month in months])
        return tuple(
            _state(found.id, month, records.get(sheet_record_id(found.id, month))) for month in months
        )

    def checklist(self, month: Month, *, nil: bool = False) -> tuple[CheckItem, ...]:
        """What is looked at before the month is closed; what stops it comes first."""
        with self._context.store.reading() as read:
            return self._checks(read, month, self._draft(read, month, self._context.me), nil=nil)

    def close(
        self, month: Month, *, filled_by: str = "", checked_by: str = "", nil: bool = False, summary: str = ""
    ) -> MonthSheet:
        """Freeze the month. `filled_by` left out is the person who is writing.

        A checker left out signs by hand. Raises UserError `month_closed` or `month_not_ready`; nothing is
        changed then.
        """
        with self._context.store.writing() as work:
            before = self._record(work, self._context.me.id, month)
            if is_closed(before):
                raise UserError(
                    code="month_closed",
                    message=_("{year}-{month:02d} is closed already.").format(
                        year=month.year, month=month.month
                    ),
                    hint=_("Print it, or reopen it if something has to be corrected."),
                )
            sheet = self._close(
                work,
                month,
                filled_by=filled_by.strip(),
                checked_by=checked_by.strip(),
                nil=nil,
                summary=summary.strip(),
            )
            work.commit()
        return sheet

    def open_to_amend(self, work: Writing, month: Month, *, reason: str) -> None:
        """Within another job: open a closed month for what the town returned; `close_amended` closes it again."""
        record = self._record(work, self._context.me.id, month)
        if record is not None and is_closed(record):
            self._reopen(work, record, month, {"reopen_reason": reason, _FOR_RETURN: True})

    def close_amended(self, work: Writing, month: Month) -> MonthSheet | None:
        """Close a month that `open_to_amend` opened, signed by those who signed it before (counting_rules G8).

        None when it is not such a month, or when something still stops it: then it stays open.
        """
        record = self._record(work, self._context.me.id, month)
        if record is None or record.values.get(_FOR_RETURN) is not True:
            return None
        values = record.values
        try:
            return self._close(
                work,
                month,
                filled_by=_text(values.get("filled_by")),
                checked_by=_text(values.get("checked_by")),
                nil=values.get("nil") is True,
                summary=_text(values.get("summary")),
            )
        except UserError as error:
            if error.code != "month_not_ready":
                raise
            return None

    def reopen(self, month: Month, *, reason: str) -> MonthState:
        """Open a closed month again, so that its records can be corrected; the next sheet is marked 更正.

        Raises UserError when the month is not closed or no reason is given.
        """
        if not reason.strip():
            raise UserError(
                code="reason_needed",
                message=_("There is no reason yet."),
                hint=_("Write in a few words why the month has to be corrected."),
            )
        with self._context.store.writing() as work:
            record = self._record(work, self._context.me.id, month)
            if record is None or not is_closed(record):
                raise UserError(
                    code="month_open",
                    message=_("{year}-{month:02d} is not closed.").format(year=month.year, month=month.month),
                    hint=_("Its records can be changed as they are."),
                )
            self._reopen(work, record, month, {"reopen_reason": reason.strip()})
            state = _state(self._context.me.id, month, self._record(work, self._context.me.id, month))
            work.commit()
        return state

    def was_opened(self, read: Reading, month: Month) -> bool:
        """Whether `open_to_amend` opened the month and it is not closed again."""
        record = self._record(read, self._context.me.id, month)
        return record is not None and not is_closed(record) and record.values.get(_FOR_RETURN) is True

    def agrees(self, read: Reading, unit: str, month: Month) -> bool:
        """Whether a closed sheet still says what the records say: its sums are theirs."""
        frozen = _frozen(self._record(read, unit, month))
        return frozen is None or frozen.totals == self._draft(read, month, self._unit(unit)).totals

    def stops(self, read: Reading, unit: str, month: Month) -> tuple[CheckItem, ...]:
        """What would stop the closing of a unit's month with its frozen sheet; the town asks before it approves."""
        frozen = _frozen(self._record(read, unit, month))
        if frozen is None:
            return ()
        events = month_events(read, types=self._context.types, unit=unit, month=month)
        found = month_checks(
            types=self._context.types,
            events=events,
            sheet=frozen,
            today=self._context.mint.today(),
            nil=frozen.nil,
            apart=told_apart(read, unit),
        )
        return tuple(item for item in found if item.level == "block")

    # Inside

    def _close(
        self, work: Writing, month: Month, *, filled_by: str, checked_by: str, nil: bool, summary: str
    ) -> MonthSheet:
        draft = self._draft(work, month, self._context.me)
        self._require_ready(self._checks(work, month, draft, nil=nil))
        sheet = draft.closed_by(
            filled_by=filled_by or draft.filled_by,
            checked_by=checked_by,
            signed_on=self._context.mint.today(),
            nil=nil,
            summary=summary,
        )
        self._append(work, month, sheet.to_values())
        return sheet

    def _reopen(self, work: Writing, record: Record, month: Month, marks: Mapping[str, object]) -> None:
        # All that the sheet said stays, also what a newer program wrote in it; only its code is void.
        values = {name: value for name, value in record.values.items() if name != "check_code"}
        values |= {"closed": False, "reopened_on": self._context.mint.today().isoformat(), **marks}
        self._append(work, month, values)

    def _unit(self, unit: str | None) -> Unit:
        return self._context.me if unit is None else self._context.unit(unit)

    def _record(self, read: Reading, unit: str, month: Month) -> Record | None:
        record = read.records.get(sheet_record_id(unit, month))
        return None if record is None or record.deleted else record

    def _draft(self, read: Reading, month: Month, unit: Unit) -> MonthSheet:
        context = self._context
        settings = context.settings_on(read, min(month.last_day, context.mint.today()))
        before = self._record(read, unit.id, month)
        return build_sheet(
            unit=unit,
            month=month,
            types=context.types,
            units=context.units,
            material=month_material(
                read, types=context.types, unit=unit.id, month=month, today=context.mint.today()
            ),
            film_age=partial(film_age, years=settings.new_film_years, inclusive=settings.new_film_inclusive),
            filled_by=context.store.actor if unit.id == context.me.id else "",
            correction=0 if before is None else _whole(before.values.get("correction")) + 1,
        )

    def _checks(self, read: Reading, month: Month, sheet: MonthSheet, *, nil: bool) -> tuple[CheckItem, ...]:
        context = self._context
        events = month_events(read, types=context.types, unit=context.me.id, month=month)
        returns = open_returns(read, context.types, unit=context.me.id)
        return month_checks(
            types=context.types,
            events=events,
            sheet=sheet,
            today=context.mint.today(),
            nil=nil,
            returned=[item.record for item in returns if item.month == month],
            apart=told_apart(read, context.me.id),
        )

    def _require_ready(self, checks: tuple[CheckItem, ...]) -> None:
        blocking = [item for item in checks if item.level == "block"]
        if not blocking:
            return
        first = blocking[0]
        more = len(blocking) - 1
        hint = first.detail
        if more:
            hint = _("{first} {count} more stop the closing.").format(first=first.detail, count=more)
        raise UserError(code="month_not_ready", message=first.title, hint=hint)

    def _append(self, work: Writing, month: Month, values: dict[str, object]) -> None:
        work.revisions.append(
            record=sheet_record_id(self._context.me.id, month),
            type_id=TYPE_ID,
            type_version=self._context.record_type(TYPE_ID).version,
            scope=self._context.me.id,
            values=values,
        )


def _frozen(record: Record | None) -> MonthSheet | None:
    if record is None or not is_closed(record):
        return None
    try:
        return MonthSheet.from_values(record.values, unit=record.unit)
    except ValueError as error:
        raise UserError(
            code="sheet_unreadable",
            message=_("This monthly sheet can't be read."),
            hint=_("Ask the unit to reopen the month, close it and hand it in again."),
        ) from error


def _state(unit: str, month: Month, record: Record | None) -> MonthState:
    if record is None:
        return MonthState(unit=unit, month=month)
    values = record.values
    totals = values.get("totals")
    sums = totals if isinstance(totals, Mapping) else {}
    return MonthState(
        unit=unit,
        month=month,
        status="closed" if is_closed(record) else "reopened",
        nil=values.get("nil") is True,
        correction=_whole(values.get("correction")) + (0 if is_closed(record) else 1),
        check_code=_text(values.get("check_code")),
        filled_by=_text(values.get("filled_by")),
        checked_by=_text(values.get("checked_by")),
        signed_on=_text(values.get("signed_on")),
        reason=_text(values.get("reopen_reason")),
        events=_whole(sums.get("events")),
        persons=_whole(sums.get("persons")),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
