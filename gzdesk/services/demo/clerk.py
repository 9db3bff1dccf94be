"""The people of the demonstration at their PCs: a village clerk who writes, closes, hands in and puts right."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from gzdesk.domain.mint import LOCAL_TIME
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.services.context import Context
from gzdesk.services.demo.papers import paper_of
from gzdesk.services.demo.scene import Entry, Ref, Scene
from gzdesk.services.demo.words import Row
from gzdesk.services.enrolment import Enrolment
from gzdesk.services.evidence import Evidence
from gzdesk.services.exchange import Exchange
from gzdesk.services.finishing import Finishing
from gzdesk.services.maintenance import Maintenance
from gzdesk.services.months import Months
from gzdesk.services.records import Draft, Records
from gzdesk.services.reports import Reports
from gzdesk.services.returns import Returns
from gzdesk.services.review import Review

# What goes to the town on paper, and the workbook that some keep besides.
SHEETS = (
    ("monthly_sheet", ".pdf", "文化活动登记表"),
    ("monthly_sheet", ".xlsx", "文化活动登记表"),
    ("film_month_summary", ".pdf", "电影放映汇总表"),
    ("opening_register", ".pdf", "开放登记表"),
)


class Ledger(Protocol):
    """An open store with its services, as bootstrap hands it out."""

    @property
    def context(self) -> Context:
        """What the services stand on."""

    @property
    def me(self) -> Unit:
        """Whose store it is."""

    @property
    def folder(self) -> Path:
        """The data folder."""

    @property
    def records(self) -> Records:
        """The registers."""

    @property
    def months(self) -> Months:
        """Month sheets and their closing."""

    @property
    def reports(self) -> Reports:
        """Documents on paper and in Excel."""

    @property
    def finishing(self) -> Finishing:
        """Reports in words, finished with a number."""

    @property
    def exchange(self) -> Exchange:
        """Packages on a stick."""

    @property
    def enrolment(self) -> Enrolment:
        """Join files and keys."""

    @property
    def review(self) -> Review:
        """What the town says of months and records."""

    @property
    def returns(self) -> Returns:
        """What the town gave back, and the village's answers."""

    @property
    def maintenance(self) -> Maintenance:
        """Checks of the store."""

    def close(self) -> None:
        """Close the store."""


class Clock:
    """The time in the demonstration: set to a working day, and a few seconds on at each look."""

    def __init__(self, day: date) -> None:
        self._moment = datetime.combine(day, time(8, 30), LOCAL_TIME)

    def set(self, day: date, *, at: time = time(9, 0)) -> None:
        """Make it that day. It never goes back on the same PC, for ids sort by time."""
        self._moment = max(self._moment, datetime.combine(day, at, LOCAL_TIME))

    def __call__(self) -> datetime:
        """The present moment."""
        self._moment += timedelta(seconds=11)
        return self._moment


@dataclass(slots=True, kw_only=True)
class Clerk(ABC):
    """A PC and the diary that is copied into it, one sitting at a time."""

    ledger: Ledger
    clock: Clock
    diary: tuple[Entry, ...]
    sits_down_at: time = time(15, 30)
    ids: dict[str, str] = field(default_factory=dict)
    scans: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    _written: int = 0

    def write_until(self, day: date) -> None:
        """Copy into the registers what has happened up to that day."""
        while self._written < len(self.diary) and self.diary[self._written].on <= day:
            sitting = self.diary[self._written].on
            entries = self._take(sitting)
            self.clock.set(sitting, at=self.sits_down_at)
            for batch in _without_repeats(entries):
                self._save(batch)
            self.finish(entries)

    @abstractmethod
    def paper(self, entry: Entry) -> tuple[str, bytes] | None:
        """The name and content of the scan that belongs to an entry, or None."""

    @abstractmethod
    def finish(self, entries: Sequence[Entry]) -> None:
        """What is done at the end of a sitting with what was written in it."""

    def _take(self, sitting: date) -> list[Entry]:
        first = self._written
        while self._written < len(self.diary) and self.diary[self._written].on == sitting:
            self._written += 1
        return list(self.diary[first : self._written])

    def _save(self, entries: list[Entry]) -> None:
        drafts = [
            Draft(type_id=entry.type_id, values=self._values(entry), record_id=self.ids.get(entry.key))
            for entry in entries
        ]
        for entry, saved in zip(entries, self.ledger.records.save_all(drafts), strict=True):
            self.ids[entry.key] = saved.id

    def _values(self, entry: Entry) -> dict[str, object]:
        values = {
            name: self.ids[value.key] if isinstance(value, Ref) else value
            for name, value in entry.values.items()
        }
        evidence = self._evidence(entry)
        return {**values, "evidence": evidence} if evidence else values

    def _evidence(self, entry: Entry) -> list[dict[str, object]]:
        """The scan that belongs to an entry; when the record is changed later, the one it has already.

        A material of the binder has the file of the record that it proves.
        """
        proven = entry.values.get("proves")
        if entry.type_id == "evidence" and isinstance(proven, Ref):
            return self.scans[proven.key]
        paper = None if entry.key in self.scans else self.paper(entry)
        if paper is not None:
            name, content = paper
            self.scans[entry.key] = [Evidence(self.ledger.context).keep_content(content, name=name)]
        return self.scans.get(entry.key, [])


@dataclass(slots=True, kw_only=True)
class VillageClerk(Clerk):
    """A village's PC."""

    scene: Scene

    def finish(self, entries: Sequence[Entry]) -> None:
        """Nothing: a village's sitting ends with its last entry."""

    def paper(self, entry: Entry) -> tuple[str, bytes] | None:
        """The receipt, the sign-in sheet or the notice that was scanned."""
        return paper_of(self.scene, entry)

    def close_month(self, month: Month, *, day: date, nil: bool) -> None:
        """Close the month; the head of the village has checked it."""
        self.clock.set(day, at=time(16, 30))
        village = self.scene.village
        self.ledger.months.close(month, filled_by=village.clerk, checked_by=village.head, nil=nil)

    def correct(self, month: Month, *, day: date, reason: str) -> None:
        """Reopen a month, put one figure right and close it again (counting_rules G8)."""
        self.clock.set(day, at=time(10, 0))
        self.ledger.months.reopen(month, reason=reason)
        record = next(
            record
            for record in self.ledger.records.of_types(["activity"], unit=self.ledger.me.id, month=month)
            if record.status == "held"
        )
        values = {**record.values, "participants": int(str(record.values["participants"])) + 12}
        self.ledger.records.save(type_id="activity", record_id=record.id, values=values)
        self.close_month(month, day=day, nil=False)

    def make_sheets(self, month: Month, folder: Path) -> Iterable[Path]:
        """Print the month's documents into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, suffix, title in SHEETS:
            file = folder / f"{self.scene.village.name}_{month}_{title}{suffix}"
            yield self.ledger.reports.make(name, month=month, out=file).file

    def hand_in(self, stick: Path, *, day: date) -> Path:
        """Put what the town lacks on the stick."""
        self.clock.set(day, at=time(17, 0))
        stick.mkdir(parents=True, exist_ok=True)
        return self.ledger.exchange.export(stick)[0].file

    def take_receipt(self, file: Path, *, day: date) -> None:
        """Read what the town sent back."""
        self.clock.set(day, at=time(9, 0))
        self.ledger.exchange.import_files([file])

    def answer(self, rows: Sequence[Row], *, day: date) -> None:
        """Put right what the town gave back, or say that nothing is wrong."""
        self.clock.set(day, at=time(10, 30))
        for returned in self.ledger.returns.open():
            asked = returned.items[0]
            row = next(row for row in rows if row["remark"] == asked.remark)
            if "change" not in row:
                self.ledger.returns.explain(returned.record.id, text=row["answer"])
                continue
            values = returned.record.values
            amended = {**values, asked.field: int(str(values[asked.field])) + row["change"]}
            self.ledger.returns.amend(returned.record.id, amended, reason=row["answer"])


def _without_repeats(entries: list[Entry]) -> Iterable[list[Entry]]:
    """Split where an entry needs one of the same sitting to be saved first: changed again, or referred to."""
    batch: list[Entry] = []
    keys: set[str] = set()
    for entry in entries:
        needs = {value.key for value in entry.values.values() if isinstance(value, Ref)} | {entry.key}
        if needs & keys:
            yield batch
            batch, keys = [], set()
        batch.append(entry)
        keys.add(entry.key)
    if batch:
        yield batch


def lose(file: Path, *, into: Path) -> Path:
    """Take a package off the stick: it never arrives."""
    into.mkdir(parents=True, exist_ok=True)
    return Path(shutil.move(file, into / file.name))
