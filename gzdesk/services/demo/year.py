"""The demonstration as a whole: real stores, joined by real join files, live through the months of 2019.

Each month the villages write, close, print and hand in on a stick; the town takes the packages in and reviews them,
and its receipts go back with what it returned. `sticks/2019-03/` stands for the sticks that were carried that month,
`sheets/2019-03/` for the paper.
"""

from __future__ import annotations

import random
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from gzdesk.domain.mint import Mint
from gzdesk.domain.period import Month
from gzdesk.domain.unit import Unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.demo.clerk import Clock, Ledger, VillageClerk, lose
from gzdesk.services.demo.diary import closing_day, village_diary
from gzdesk.services.demo.guide import write_guide
from gzdesk.services.demo.scene import Film, Scene
from gzdesk.services.demo.station import station_entries
from gzdesk.services.demo.story import CORRECTION_REASON, cast_story
from gzdesk.services.demo.town import StationClerk
from gzdesk.services.demo.words import load_words
from gzdesk.services.reference import load_films

FIRST_MONTH = Month(2019, 1)
TOWN_WRITER = "黄志远"
LOST_STICKS = "lost"

# Day of the following month on which the town takes in what has come, and what came after the deadline.
_TOWN_DAY, _TOWN_LATE_DAY, _CORRECTION_DAY = 9, 18, 20


class Stores(Protocol):
    """How stores are made: bootstrap, handed in from above because services cannot reach it."""

    def init_town(self, folder: Path, *, writer_name: str, mint: Mint) -> Ledger:
        """Make the town's store."""

    def init_join(self, folder: Path, file: Path, *, writer_name: str, mint: Mint) -> Ledger:
        """Make a village's store from a join file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to make: `units` villages (1 to 13) through `months` months (1 to 12), repeatable by `seed`."""

    out: Path
    units: int = 13
    months: int = 12
    seed: int = 2019


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeStore:
    """A store that was made, with the digest of what it shows."""

    unit: str
    name: str
    folder: Path
    records: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Everything that was made. `today` is the day on which the story stops."""

    town: MadeStore
    villages: tuple[MadeStore, ...]
    files: tuple[Path, ...]
    today: date


def make_demo(plan: Plan, *, stores: Stores, progress: Progress = NO_PROGRESS) -> Demo:
    """Make the demonstration in `plan.out`, which must be empty; nothing stays behind when it cannot be finished.

    Raises UserError `folder_not_empty`, and Cancelled.
    """
    _require_empty(plan.out)
    try:
        plan.out.mkdir(parents=True, exist_ok=True)
        with ExitStack() as closing:
            return _Year(plan, stores, closing).live(progress)
    except BaseException:
        for left in plan.out.glob("*"):
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        raise


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            code="folder_not_empty",
            message=_("{folder} is not an empty folder.").format(folder=folder),
            hint=_("Choose another name. Nothing was changed."),
        )


class _Year:
    """The stores and what has been made so far."""

    def __init__(self, plan: Plan, stores: Stores, closing: ExitStack) -> None:
        self._plan, self._stores, self._closing = plan, stores, closing
        self._words = load_words()
        self._files: list[Path] = []
        self._town_clock = Clock(FIRST_MONTH.first_day)
        self._town = self._open_town()
        units = self._town.context.units.below[: plan.units]
        self._story = cast_story(units=[unit.id for unit in units], first=FIRST_MONTH, months=plan.months)
        self._station = StationClerk(
            ledger=self._town,
            clock=self._town_clock,
            diary=station_entries(self._words, first=FIRST_MONTH, months=plan.months, seed=plan.seed),
            story=self._story,
            first=FIRST_MONTH,
            returns=self._words.returns,
        )
        self._villages = [self._join(unit) for unit in units]
        self._last_month = FIRST_MONTH.plus(plan.months - 1)

    def live(self, progress: Progress) -> Demo:
        """Let the months go by."""
        for n in range(self._plan.months):
            month = FIRST_MONTH.plus(n)
            progress.stage(str(month))
            for done, village in enumerate(self._villages):
                progress.step(done, len(self._villages))
                progress.check_cancelled()
                self._live_month(village, month)
            self._exchange(month)
        return self._result()

    # Setting up

    def _open_town(self) -> Ledger:
        mint = self._mint("town", self._town_clock)
        town = self._stores.init_town(self._plan.out / "town", writer_name=TOWN_WRITER, mint=mint)
        self._closing.callback(town.close)
        return town

    def _join(self, unit: Unit) -> VillageClerk:
        join_file = self._plan.out / "join" / f"{unit.name}.gzj"
        join_file.parent.mkdir(exist_ok=True)
        self._town.enrolment.enrol(unit.id, join_file)
        self._files.append(join_file)
        scene, clock = self._scene(unit), Clock(FIRST_MONTH.first_day)
        ledger = self._stores.init_join(
            self._plan.out / "villages" / unit.id,
            join_file,
            writer_name=scene.village.clerk,
            mint=self._mint(unit.id, clock),
        )
        self._closing.callback(ledger.close)
        return VillageClerk(
            ledger=ledger, scene=scene, clock=clock, diary=village_diary(scene), ids=_film_ids(ledger)
        )

    def _scene(self, unit: Unit) -> Scene:
        nil = self._story.nil
        return Scene(
            village=self._words.village(unit.id, name=unit.name),
            words=self._words,
            films=_catalogue(),
            seed=self._plan.seed,
            first=FIRST_MONTH,
            closed_months=self._plan.months,
            nil_month=nil[1] if nil and nil[0] == unit.id else None,
        )

    def _mint(self, name: str, clock: Clock) -> Mint:
        return Mint(now=clock, random_bytes=random.Random(f"{self._plan.seed}/{name}").randbytes)

    # A month of a village

    def _live_month(self, village: VillageClerk, month: Month) -> None:
        unit = village.ledger.me.id
        late = self._story.is_late(unit, month)
        day = closing_day(month, late=late)
        village.write_until(day)
        village.close_month(month, day=day, nil=self._story.is_nil(unit, month))
        self._files += village.make_sheets(month, self._plan.out / "sheets" / str(month))
        package = village.hand_in(self._stick(month, late="迟交" if late else ""), day=day)
        if self._story.is_lost(unit, month):
            package = lose(package, into=self._plan.out / LOST_STICKS)
        self._files.append(package)

    # The town

    def _exchange(self, month: Month) -> None:
        """On the 9th the town takes in what has come, later what was late, last what was corrected."""
        following = month.plus(1).first_day
        self._station.write_until(following.replace(day=_TOWN_DAY - 1))
        self._take_in(self._stick(month), month, day=following.replace(day=_TOWN_DAY))
        self._take_in(self._stick(month, late="迟交"), month, day=following.replace(day=_TOWN_LATE_DAY))
        for village in self._villages:
            if self._story.is_corrected(village.ledger.me.id, month):
                self._correct(village, month, day=following.replace(day=_CORRECTION_DAY))

    def _correct(self, village: VillageClerk, month: Month, *, day: date) -> None:
        village.correct(month, day=day, reason=CORRECTION_REASON)
        self._files += village.make_sheets(month, self._plan.out / "sheets" / f"{month}更正")
        stick = self._stick(month, late="更正")
        self._files.append(village.hand_in(stick, day=day))
        self._take_in(stick, month, day=day + timedelta(days=1))

    def _take_in(self, stick: Path, month: Month, *, day: date) -> None:
        if not list(stick.glob("*.gzp")):
            return
        self._town_clock.set(day)
        taken = self._town.exchange.import_files([stick])
        self._station.review(day=day)
        senders = sorted({item.sender.id for item in taken if item.sender is not None})
        receipts = stick / "回执"
        receipts.mkdir()
        for made in self._town.exchange.export(receipts, to=senders):
            self._files.append(made.file)
            village = next(village for village in self._villages if village.ledger.me.id == made.to.id)
            village.take_receipt(made.file, day=day)
            if month < self._last_month:  # what was returned in the end waits for whoever tries it out
                village.answer(self._words.returns, day=day)

    def _stick(self, month: Month, *, late: str = "") -> Path:
        return self._plan.out / "sticks" / f"{month}{late}"

    # The end

    def _result(self) -> Demo:
        months = [FIRST_MONTH.plus(n) for n in range(self._plan.months)]
        today = self._town.context.mint.today() + timedelta(days=1)
        guide = write_guide(
            self._plan.out,
            names={village.ledger.me.id: village.ledger.me.name for village in self._villages},
            months=months,
            today=today,
            story=self._story,
            lost_folder=LOST_STICKS,
        )
        return Demo(
            town=_made(self._town, unit=None),
            villages=tuple(_made(village.ledger, unit=village.ledger.me.id) for village in self._villages),
            files=(guide, *self._files),
            today=today,
        )


def _catalogue() -> tuple[Film, ...]:
    return tuple(
        Film(title=row["title"], film_type=row["film_type"], release_date=row.get("release_date", ""))
        for row in load_films()
    )


def _film_ids(ledger: Ledger) -> dict[str, str]:
    return {f"film/{film.values['title']}": film.id for film in ledger.records.of_types(["film"])}


def _made(ledger: Ledger, *, unit: str | None) -> MadeStore:
    found = ledger.maintenance.digest(unit)
    return MadeStore(
        unit=ledger.me.id,
        name=ledger.me.name,
        folder=ledger.folder,
        records=found.records,
        digest=found.digest,
    )
