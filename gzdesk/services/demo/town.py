"""The town station at its PC: what it writes into its own registers, and how it reviews what the villages hand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from gzdesk.domain.period import Month
from gzdesk.domain.record import Record
from gzdesk.domain.review import Remark
from gzdesk.services.demo.clerk import Clerk
from gzdesk.services.demo.papers import station_paper
from gzdesk.services.demo.scene import Entry
from gzdesk.services.demo.story import Story
from gzdesk.services.demo.words import Row


@dataclass(slots=True, kw_only=True)
class StationClerk(Clerk):
    """The station's PC. `returns` are the remarks with which it gives a record back."""

    story: Story
    first: Month
    returns: Sequence[Row]
    sits_down_at: time = time(10, 30)
    _given_back: set[str] = field(default_factory=set)

    def paper(self, entry: Entry) -> tuple[str, bytes] | None:
        """The notice that was posted."""
        return station_paper(entry)

    def finish(self, entries: Iterable[Entry]) -> None:
        """The monthly report is kept with a number on the day on which it is handed in."""
        for entry in entries:
            if entry.type_id == "monthly_report":
                month = Month.parse(str(entry.values["period"]))
                if month >= self.first:  # of the month before there is nothing here to report from
                    self.ledger.finishing.finish(entry.type_id, month=month)

    def review(self, *, day: date) -> None:
        """Approve the months that wait; of one month of each village a record goes back first."""
        self.clock.set(day, at=time(14, 0))
        for waiting in self.ledger.review.queue():
            unit, month = waiting.unit.id, waiting.month
            if self.story.is_returned(unit, month) and unit not in self._given_back:
                self._give_back(unit, month)
            elif not self.story.is_left(unit, month):
                self.ledger.review.approve_month(unit, month)

    def _give_back(self, unit: str, month: Month) -> None:
        row = self.returns[len(self._given_back) % len(self.returns)]
        record = min(self._held(row["type"], unit, month), key=lambda found: str(found.values["date"]))
        self.ledger.review.give_back(record.id, [Remark(field=row["field"], text=row["remark"])])
        self._given_back.add(unit)

    def _held(self, type_id: str, unit: str, month: Month) -> Iterable[Record]:
        records = self.ledger.records.of_types([type_id], unit=unit, month=month)
        return (record for record in records if record.status == "held")
