"""What is looked at before a month is closed: what stops it, what is worth a look, what is in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gzdesk.domain.month import MonthSheet, SheetRow
from gzdesk.domain.record import DRAFT, HELD, PLANNED, Record, Summary, summarise
from gzdesk.domain.record_type import RecordTypes
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

Level = Literal["ok", "warn", "block"]
Action = Literal["", "record", "opening", "nil", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """One thing looked at. `code` is stable; `action` says where it is put right: a record, the open days, 零报告."""

    level: Level
    code: str
    title: str
    detail: str = ""
    record_id: str | None = None
    action: Action = ""


def month_checks(
    *,
    types: RecordTypes,
    events: Sequence[Record],
    sheet: MonthSheet,
    today: date,
    nil: bool = False,
    returned: Sequence[Record] = (),
    apart: Collection[frozenset[str]] = (),
) -> tuple[CheckItem, ...]:
    """Everything looked at, what stops first. `nil`: the month is to be closed as one without events.

    `returned` are the records of the month that the town gave back and that are still as they were,
    `apart` the pairs of records that it called two events.
    """
    checks = _Checks(types, events, sheet, today)
    items = [
        *checks.time_left(),
        *checks.given_back(returned),
        *checks.nothing(nil),
        *checks.unfinished(),
        *checks.duplicates(apart),
        *checks.changed_twice(),
        *checks.opening(),
        *checks.receipts(),
        *checks.evidence(),
    ]
    order = {"block": 0, "warn": 1, "ok": 2}
    return tuple(sorted(items, key=lambda item: order[item.level]))


class _Checks:
    def __init__(self, types: RecordTypes, events: Sequence[Record], sheet: MonthSheet, today: date) -> None:
        self._types = types
        self._events = events
        self._sheet = sheet
        self._today = today
        self._titles = {row.record: row.name for row in sheet.rows}

    def time_left(self) -> Iterator[CheckItem]:
        """A month that is not over is closed too early; one that has not begun, not at all."""
        if self._today < self._sheet.month.first_day:
            yield CheckItem(level="block", code="not_begun", title=_("This month has not begun yet"))
        elif self._today <= self._sheet.month.last_day:
            yield CheckItem(
                level="warn",
                code="not_over",
                title=_("The month is not over yet"),
                detail=_("What happens later can only be added by reopening the month."),
            )

    def given_back(self, returned: Sequence[Record]) -> Iterator[CheckItem]:
        """What the town returned is put right or explained first, or the corrected sheet would come back too."""
        for record in returned:
            yield CheckItem(
                level="block",
                code="returned",
                title=_("{event} was returned").format(event=self._words(record, self._summary(record))),
                detail=_("Put it right or answer it first."),
                record_id=record.id,
                action="returned",
            )

    def nothing(self, nil: bool) -> Iterator[CheckItem]:
        """A month without events has to be stated (零报告), and cannot be stated when there are some."""
        held = len(self._sheet.rows)
        if held and nil:
            yield CheckItem(
                level="block",
                code="nil_with_events",
                title=ngettext("{count} event was held", "{count} events were held", held).format(count=held),
                detail=_("Close the month in the ordinary way, not as one without events."),
            )
        if not held and not nil:
            yield CheckItem(
                level="block",
                code="nothing_held",
                title=_("No event of this month counts yet"),
                detail=_("If there really was none, press Nil report."),
                action="nil",
            )

    def unfinished(self) -> Iterator[CheckItem]:
        """Drafts, and plans whose day is past: each is finished or voided before the month is closed."""
        for record in self._events:
            summary = self._summary(record)
            if record.status == DRAFT:
                yield self._about(
                    record,
                    code="draft",
                    title=_("{event} is a draft").format(event=self._words(record, summary)),
                    detail=_("Fill in what is missing, or void it."),
                )
            elif record.status == PLANNED and summary.day <= self._today.isoformat():
                yield self._about(
                    record,
                    code="planned",
                    title=_("{event} is still planned").format(event=self._words(record, summary)),
                    detail=_("Say whether it was held or cancelled."),
                )

    def duplicates(self, apart: Collection[frozenset[str]]) -> Iterator[CheckItem]:
        """Same day, start and title: suspected to be one event written down twice (counting_rules G9)."""
        same: dict[tuple[str, str, str], list[SheetRow]] = defaultdict(list)
        for row in self._sheet.rows:
            same[(row.day, row.time, "".join(row.name.split()))].append(row)
        alike = (
            [rows[0], *(row for row in rows[1:] if frozenset((rows[0].record, row.record)) not in apart)]
            for rows in (sorted(rows, key=lambda row: row.record) for rows in same.values())
        )
        pairs = [rows for rows in alike if len(rows) > 1]
        for rows in pairs:
            yield CheckItem(
                level="block",
                code="duplicate",
                title=_("{event} is written down {count} times").format(
                    event=_event_words(rows[0].day, rows[0].name), count=len(rows)
                ),
                detail=_("Void all but one, or correct the time."),
                record_id=rows[-1].record,
                action="record",
            )
        if not pairs:
            yield CheckItem(level="ok", code="duplicate", title=_("Nothing is written down twice"))

    def changed_twice(self) -> Iterator[CheckItem]:
        """Records that both sides changed; the town settles them, the month need not wait."""
        for record in self._events:
            if record.heads > 1:
                yield CheckItem(
                    level="warn",
                    code="conflict",
                    title=_("{event} was changed on both sides").format(
                        event=self._words(record, self._summary(record))
                    ),
                    detail=_("The town station decides which contents to use."),
                    record_id=record.id,
                    action="record",
                )

    def opening(self) -> Iterator[CheckItem]:
        """A day without a figure is missing, never 0; the sheet says how many there are."""
        opening = self._sheet.opening
        if opening is None:
            return
        missing = opening.missing_days
        if missing:
            yield CheckItem(
                level="warn",
                code="opening_missing",
                title=ngettext(
                    "Visitors of {count} open day are missing",
                    "Visitors of {count} open days are missing",
                    missing,
                ).format(count=missing),
                detail=_("You may close first; the sheet then says that they are missing."),
                action="opening",
            )
        else:
            yield CheckItem(level="ok", code="opening_missing", title=_("Every open day has its visitors"))

    def receipts(self) -> Iterator[CheckItem]:
        """A screening counts with evidence only when its receipt is stamped (tasks.json 16.2)."""
        screenings = [record for record in self._held() if record.type == "film_screening"]
        bare = [record for record in screenings if record.values.get("stamped") is not True]
        for record in bare:
            yield CheckItem(
                level="warn",
                code="unstamped",
                title=_("The receipt of {event} is not stamped").format(
                    event=self._words(record, self._summary(record))
                ),
                detail=_("Stamp it and tick it, or it only counts as logged."),
                record_id=record.id,
                action="record",
            )
        if screenings and not bare:
            count = len(screenings)
            title = ngettext(
                "{count} screening, receipt stamped", "{count} screenings, receipts stamped", count
            ).format(count=count)
            yield CheckItem(level="ok", code="unstamped", title=title)

    def evidence(self) -> Iterator[CheckItem]:
        """Events without a photo or scan count as logged only (counting_rules G13)."""
        held = self._held()
        bare = [record for record in held if not self._summary(record).attachments]
        if bare:
            yield CheckItem(
                level="warn",
                code="no_evidence",
                title=ngettext(
                    "{count} event has no photo as evidence",
                    "{count} events have no photo as evidence",
                    len(bare),
                ).format(count=len(bare)),
                detail=_("Add photos where there are some: {events}.").format(
                    events=_some([self._words(record, self._summary(record)) for record in bare])
                ),
                record_id=bare[0].id,
                action="record",
            )
        elif held:
            title = ngettext(
                "{count} event, with evidence", "{count} events, all with evidence", len(held)
            ).format(count=len(held))
            yield CheckItem(level="ok", code="no_evidence", title=title)

    def _held(self) -> list[Record]:
        return [record for record in self._events if record.status == HELD]

    def _summary(self, record: Record) -> Summary:
        return summarise(self._types.get(record.type), record.values)

    def _words(self, record: Record, summary: Summary) -> str:
        record_type = self._types.by_id[record.type]
        return _event_words(summary.day, self._titles.get(record.id) or summary.title or record_type.label)

    def _about(self, record: Record, *, code: str, title: str, detail: str) -> CheckItem:
        return CheckItem(
            level="block", code=code, title=title, detail=detail, record_id=record.id, action="record"
        )


def _event_words(day: str, name: str) -> str:
    """10月3日 文艺汇演; a record that no day places has only its name."""
    if not day:
        return name
    when = date.fromisoformat(day)
    return _("{month:02d}-{day:02d} {name}").format(month=when.month, day=when.day, name=name)


def _some(words: Sequence[str], *, limit: int = 3) -> str:
    """The first few; the rest is only counted, for there may be hundreds."""
    shown = _(", ").join(words[:limit])
    more = len(words) - limit
    if more <= 0:
        return shown
    return ngettext("{events} and {count} more", "{events} and {count} more", more).format(
        events=shown, count=more
    )
