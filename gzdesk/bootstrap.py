"""Putting the program together: open a ledger, and hand out the services that work on it."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gzdesk.domain.mint import Mint
from gzdesk.domain.record_type import RecordTypes
from gzdesk.domain.unit import Unit, Units, stand_alone_unit
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.context import Changes, Context
from gzdesk.services.handed_down import TYPES_FOLDER, types_in_force
from gzdesk.services.reference import load_units
from gzdesk.services.writer_renewal import renew_if_moved
from gzdesk.settings import Settings
from gzdesk.storage.store import Store

if TYPE_CHECKING:
    from gzdesk.services.adjustments import Adjustments
    from gzdesk.services.board import Board
    from gzdesk.services.conflicts import Conflicts
    from gzdesk.services.deadlines import Deadlines
    from gzdesk.services.drafts import Drafts
    from gzdesk.services.enrolment import Enrolment
    from gzdesk.services.evidence import Evidence
    from gzdesk.services.evidence.binder import Binder
    from gzdesk.services.evidence.materials import Materials
    from gzdesk.services.exchange import Exchange
    from gzdesk.services.finishing import Finishing
    from gzdesk.services.home import Home
    from gzdesk.services.imports import Imports
    from gzdesk.services.indicators import Indicators
    from gzdesk.services.lost_reports import LostReports
    from gzdesk.services.maintenance import Maintenance
    from gzdesk.services.months import Months
    from gzdesk.services.opening import Opening
    from gzdesk.services.paper_choices import PaperChoices
    from gzdesk.services.person_rows import PersonRows
    from gzdesk.services.privacy import Privacy
    from gzdesk.services.records import Records
    from gzdesk.services.recycle_bin import RecycleBin
    from gzdesk.services.reports import Reports
    from gzdesk.services.returns import Returns
    from gzdesk.services.review import Review
    from gzdesk.services.several import Several
    from gzdesk.services.tables import Tables
    from gzdesk.services.task_list import TaskList
    from gzdesk.services.twins import Twins
    from gzdesk.services.unit_list import UnitList

OWN_TYPES = TYPES_FOLDER
"""The folder beside the ledger for registers of the town's own making."""

# A town's year is a hundred thousand rows that are read at once and all kept. Looking for rubbish after every 700 of
# them finds none and takes a third of the time.
_ROWS_BETWEEN_COLLECTIONS = (50_000, 20, 20)


class Workspace:
    """An open ledger and its services. A service is loaded when first asked for: the first window waits for none."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def me(self) -> Unit:
        """The unit that this PC belongs to."""
        return self.context.me

    @property
    def writer_name(self) -> str:
        """Who is writing on this PC."""
        return self.context.store.actor

    @property
    def units(self) -> Units:
        """The town and its units."""
        return self.context.units

    @property
    def types(self) -> RecordTypes:
        """The record types."""
        return self.context.types

    @property
    def mint(self) -> Mint:
        """The clock and id maker."""
        return self.context.mint

    @property
    def changes(self) -> Changes:
        """Who is told of each commit."""
        return self.context.changes

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.context.settings()

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.context.store.folder

    @cached_property
    def records(self) -> Records:
        """The registers."""
        from gzdesk.services.records import Records

        return Records(self.context)

    @cached_property
    def person_rows(self) -> PersonRows:
        """Who came to a training or helped at an activity, many at once."""
        from gzdesk.services.person_rows import PersonRows

        return PersonRows(self.context, self.records)

    @cached_property
    def several(self) -> Several:
        """Many records changed or removed at once."""
        from gzdesk.services.several import Several

        return Several(self.context, self.records)

    @cached_property
    def recycle_bin(self) -> RecycleBin:
        """What was deleted or voided."""
        from gzdesk.services.recycle_bin import RecycleBin

        return RecycleBin(self.context, self.records)

    @cached_property
    def months(self) -> Months:
        """Month sheets and their closing."""
        from gzdesk.services.months import Months

        return Months(self.context)

    @cached_property
    def review(self) -> Review:
        """What the town says of records and months."""
        from gzdesk.services.review import Review

        return Review(self.context)

    @cached_property
    def returns(self) -> Returns:
        """What the town gave back, and the answers to it."""
        from gzdesk.services.returns import Returns

        return Returns(self.context, self.records)

    @cached_property
    def reports(self) -> Reports:
        """Documents on paper and in Excel."""
        from gzdesk.services.reports import Reports

        return Reports(self.context)

    @cached_property
    def finishing(self) -> Finishing:
        """Reports in words: their texts, and finishing them with a number."""
        from gzdesk.services.finishing import Finishing

        return Finishing(self.context, self.records, self.reports)

    @cached_property
    def papers(self) -> PaperChoices:
        """What documents can be made of."""
        from gzdesk.services.paper_choices import PaperChoices

        return PaperChoices(self.context)

    @cached_property
    def exchange(self) -> Exchange:
        """Packages on a stick."""
        from gzdesk.services.exchange import Exchange

        return Exchange(self.context)

    @cached_property
    def conflicts(self) -> Conflicts:
        """What was changed on two sides."""
        from gzdesk.services.conflicts import Conflicts

        return Conflicts(self.context)

    @cached_property
    def adjustments(self) -> Adjustments:
        """Targets, rules and deadlines that hold from a day on."""
        from gzdesk.services.adjustments import Adjustments

        return Adjustments(self.context)

    @cached_property
    def lost_reports(self) -> LostReports:
        """Holes in what units handed in that were written off."""
        from gzdesk.services.lost_reports import LostReports

        return LostReports(self.context)

    @cached_property
    def unit_list(self) -> UnitList:
        """The units as the town keeps them."""
        from gzdesk.services.unit_list import UnitList

        return UnitList(self.context)

    @cached_property
    def enrolment(self) -> Enrolment:
        """Join files and keys."""
        from gzdesk.services.enrolment import Enrolment

        return Enrolment(self.context)

    @cached_property
    def board(self) -> Board:
        """Units × months."""
        from gzdesk.services.board import Board

        return Board(self.context)

    @cached_property
    def deadlines(self) -> Deadlines:
        """The calendar of duties."""
        from gzdesk.services.deadlines import Deadlines

        return Deadlines(self.context)

    @cached_property
    def home(self) -> Home:
        """What is due."""
        from gzdesk.services.home import Home

        return Home(self.context)

    @cached_property
    def indicators(self) -> Indicators:
        """What the records come to against the targets."""
        from gzdesk.services.indicators import Indicators

        return Indicators(self.context)

    @cached_property
    def imports(self) -> Imports:
        """Tables from Excel."""
        from gzdesk.services.imports import Imports

        return Imports(self.context)

    @cached_property
    def opening(self) -> Opening:
        """Open days of a month."""
        from gzdesk.services.opening import Opening

        return Opening(self.context)

    @cached_property
    def drafts(self) -> Drafts:
        """What is being typed."""
        from gzdesk.services.drafts import Drafts

        return Drafts(self.context)

    @cached_property
    def evidence(self) -> Evidence:
        """Photos and scans of records."""
        from gzdesk.services.evidence import Evidence

        return Evidence(self.context)

    @cached_property
    def materials(self) -> Materials:
        """What proves the items of the tasks."""
        from gzdesk.services.evidence.materials import Materials

        return Materials(self.context, self.records)

    @cached_property
    def binder(self) -> Binder:
        """The binder for the review."""
        from gzdesk.services.evidence.binder import Binder

        return Binder(self.context)

    @cached_property
    def tables(self) -> Tables:
        """Lists as files, and ad hoc tables."""
        from gzdesk.services.tables import Tables

        return Tables(self.context)

    @cached_property
    def tasks(self) -> TaskList:
        """The 32 tasks as they stand."""
        from gzdesk.services.task_list import TaskList

        return TaskList(self.context, self.indicators)

    @cached_property
    def privacy(self) -> Privacy:
        """Personal data: what is kept, and erasing it."""
        from gzdesk.services.privacy import Privacy

        return Privacy(self.context, forget_undo=lambda: self.records.forget_undo())

    @cached_property
    def maintenance(self) -> Maintenance:
        """Checks of the ledger."""
        from gzdesk.services.maintenance import Maintenance

        return Maintenance(self.context)

    @cached_property
    def twins(self) -> Twins:
        """Events that may stand in the books twice."""
        from gzdesk.services.twins import Twins

        return Twins(self.context)

    def close(self) -> None:
        """Close the ledger."""
        self.context.store.close()


def open_workspace(folder: Path, *, today: date | None = None, mint: Mint | None = None) -> Workspace:
    """Open the ledger of a data folder. Raises UserError in all the ways that `Store.open` does."""
    changes, mint = Changes(), mint or Mint(today=today)
    store = Store.open(folder, mint=mint, publish=changes.publish)
    try:
        context = _context(store, changes=changes, mint=mint)
        renew_if_moved(context)
        _finish_erasing(context)
        return Workspace(context)
    except BaseException:
        store.close()
        raise


def _finish_erasing(context: Context) -> None:
    with context.store.reading() as read:
        if read.local.get("erasing") is None:  # the usual start loads nothing for it
            return
    from gzdesk.services.forgetting import finish_quietly

    finish_quietly(context)


def init_town(
    folder: Path,
    *,
    name: str | None = None,
    writer_name: str = "",
    today: date | None = None,
    mint: Mint | None = None,
) -> Workspace:
    """Make the town station's ledger with the starter film catalogue."""
    units = load_units()
    if name and units.find(name) is not units.town:
        units = replace(units, town=replace(units.town, name=name, name_en=name))
    workspace = _init(
        folder, units=units, me=units.town, writer_name=writer_name, mint=mint or Mint(today=today)
    )
    return _seeded(workspace)


def init_village(
    folder: Path, *, name: str, writer_name: str = "", today: date | None = None, mint: Mint | None = None
) -> Workspace:
    """Make a village's ledger that works without a town; a village of the list keeps its id for a later joining."""
    units = load_units()
    me = units.find(name) or stand_alone_unit(name)
    if me.id == units.town.id:
        raise UserError(
            code="not_a_village",
            message=_("{name} is the town, not a village.").format(name=name),
            hint=_("Set up the town station instead, or choose a village."),
        )
    workspace = _init(folder, units=units, me=me, writer_name=writer_name, mint=mint or Mint(today=today))
    return _seeded(workspace)


def init_join(
    folder: Path, file: Path, *, writer_name: str = "", today: date | None = None, mint: Mint | None = None
) -> Workspace:
    """Make a village's ledger from the town's join file. Raises UserError when the file is no good."""
    from gzdesk.services.enrolment import read_join_file

    joining = read_join_file(file)
    workspace = _init(
        folder, units=joining.units, me=joining.unit, writer_name=writer_name, mint=mint or Mint(today=today)
    )
    try:
        workspace.enrolment.accept(joining)
        _seeded(workspace)
    except BaseException:
        workspace.close()
        _discard(folder)
        raise
    return workspace


def _init(folder: Path, *, units: Units, me: Unit, writer_name: str, mint: Mint) -> Workspace:
    changes = Changes()
    _refuse_existing(folder)
    store = Store.open(folder, mint=mint, publish=changes.publish, create=True)
    try:
        with store.writing() as work:
            work.local.put("writer", mint.writer_id())
            work.local.put("actor", writer_name or me.name)
            work.local.put("identity", {"unit": me.to_data(), "units": units.to_data()})
            work.local.put("begun_on", mint.today().isoformat())
            work.commit()
        store.refresh_identity()
        return Workspace(_context(store, changes=changes, mint=mint))
    except BaseException:
        store.close()
        _discard(folder)
        raise


def _seeded(workspace: Workspace) -> Workspace:
    from gzdesk.services.seed import add_reference

    add_reference(workspace.context)
    return workspace


def _context(store: Store, *, changes: Changes, mint: Mint) -> Context:
    gc.set_threshold(*_ROWS_BETWEEN_COLLECTIONS)
    with store.reading() as read:
        identity = read.local.get("identity")
    if identity is None:
        raise UserError(
            code="store_unfinished",
            message=_("This ledger was never set up to the end."),
            hint=_("Choose an empty data folder and set it up again."),
        )
    context = Context(
        store=store,
        types=RecordTypes(by_id={}),
        units=Units.from_data(identity["units"]),
        me=Unit.from_data(identity["unit"]),
        mint=mint,
        changes=changes,
    )
    context.use_units()
    context.use_types(types_in_force(context))
    return context


def _refuse_existing(folder: Path) -> None:
    from gzdesk.storage.engine import FILE_NAME

    if (folder / FILE_NAME).exists():
        raise UserError(
            code="store_exists",
            message=_("There is a ledger in {folder} already.").format(folder=folder),
            hint=_("Open it, or choose another data folder. Nothing was changed."),
        )


def _discard(folder: Path) -> None:
    # Only what a failed set-up made a moment ago; there was no ledger before it.
    from gzdesk.storage.engine import FILE_NAME

    for suffix in ("", "-wal", "-shm"):
        (folder / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
