"""A hole in what a unit handed in: usually the next file fills it. Where nobody can any more, the town writes it off.

A gap is a version that a later one names and that is not here (sync.md, tips, receipts, gaps). Until it is filled or
written off, no month of the unit is approved. What turns up after all is taken in as if nothing had been said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gzdesk.domain.record import Record
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Context
from gzdesk.services.system_records import put, take_away
from gzdesk.services.town_decides import require_town
from gzdesk.storage.revisions import Gap
from gzdesk.storage.store import Reading

TYPE_ID = "lost_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostReport:
    """A hole that was written off."""

    unit: Unit
    writer: str
    first_seq: int
    last_seq: int
    on: str
    by: str
    reason: str


def open_gaps(read: Reading, units: Iterable[str]) -> tuple[Gap, ...]:
    """The holes in what those units handed in, without those that were written off."""
    gaps = read.revisions.gaps(units)
    if not gaps:
        return ()
    written_off = list(read.records.of_types([TYPE_ID]))
    return tuple(gap for gap in gaps if not any(_covers(record, gap) for record in written_off))


class LostReports:
    """What the town wrote off. Every change raises UserError on a village PC."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self) -> tuple[LostReport, ...]:
        """What was written off, by unit and place."""
        with self._context.store.reading() as read:
            found = [self._report(record) for record in read.records.of_types([TYPE_ID])]
        return tuple(sorted(found, key=lambda item: (item.unit.id, item.writer, item.first_seq)))

    def write_off(self, unit: str, *, reason: str) -> tuple[LostReport, ...]:
        """Say of all holes in what a unit handed in that nobody can fill them any more; returns them.

        Raises UserError without a reason, for a unit without a hole, and on a village PC.
        """
        require_town(self._context)
        if not reason.strip():
            raise UserError(
                code="reason_needed",
                message=_("There is no reason yet."),
                hint=_("Write in a few words why the missing file can't come any more."),
            )
        found = self._context.unit(unit)
        with self._context.store.writing() as work:
            gaps = open_gaps(work, [found.id])
            if not gaps:
                raise UserError(
                    code="nothing_missing",
                    message=_("Nothing is missing from {unit}.").format(unit=found.label),
                    hint=_("Only what is missing can be written off."),
                )
            for gap in gaps:
                values = {
                    "writer": gap.writer,
                    "first_seq": gap.first_seq,
                    "last_seq": gap.last_seq,
                    "on": self._context.mint.today().isoformat(),
                    "by": self._context.store.actor,
                    "reason": reason.strip(),
                }
                put(self._context, work, type_id=TYPE_ID, key=_key(gap), scope=gap.scope, values=values)
            work.commit()
        seqs = {(gap.writer, gap.first_seq) for gap in gaps}
        return tuple(item for item in self.all() if (item.writer, item.first_seq) in seqs)

    def take_back(self, unit: str) -> None:
        """Wait again for what a unit should have handed in."""
        require_town(self._context)
        scope = self._context.unit(unit).id
        with self._context.store.writing() as work:
            for record in list(work.records.of_types([TYPE_ID], unit=scope)):
                take_away(self._context, work, record_id=record.id)
            work.commit()

    # Inside

    def _report(self, record: Record) -> LostReport:
        values = record.values
        return LostReport(
            unit=self._context.unit(record.unit),
            writer=str(values["writer"]),
            first_seq=_whole(values["first_seq"]),
            last_seq=_whole(values["last_seq"]),
            on=str(values["on"]),
            by=str(values.get("by", "")),
            reason=str(values["reason"]),
        )


def _key(gap: Gap) -> str:
    return f"{gap.scope}/{gap.writer}/{gap.first_seq}-{gap.last_seq}"


def _covers(record: Record, gap: Gap) -> bool:
    """Of a hole that was filled in part the rest stays written off."""
    values = record.values
    same_chain = (record.unit, values.get("writer")) == (gap.scope, gap.writer)
    return (
        same_chain
        and _whole(values.get("first_seq")) <= gap.first_seq
        and gap.last_seq <= _whole(values.get("last_seq"))
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
