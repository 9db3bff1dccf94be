"""Trying out on this PC what the daily work needs: store, fonts, paper, workbook, packages, each for real.

Run after an installation and when somebody on the phone says that it does not work. Everything happens in a
folder that is removed afterwards; no ledger of the PC is touched.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from gzdesk.domain.mint import Mint
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.progress import NO_PROGRESS, Progress
from gzdesk.services.demo.clerk import Ledger

_TODAY = date(2019, 11, 6)
_MONTH = Month(2019, 10)

# Characters of names that a poor font set lacks: Ext A, Ext B, Ext C and two everyday ones.
_RARE_NAME = "苏䶮㙟𫖯𠮷"
_ACTIVITY_NAME = "“书香古镇”少儿阅读分享会"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was tried. `id` is stable; `ok` None: it was not tried, `detail` says why."""

    id: str
    name: str
    ok: bool | None
    detail: str = ""


class Stores(Protocol):
    """How stores are made: bootstrap, handed in from above because services cannot reach it."""

    def init_town(self, folder: Path, *, mint: Mint) -> Ledger:
        """Make a town's store."""

    def init_join(self, folder: Path, file: Path, *, writer_name: str, mint: Mint) -> Ledger:
        """Make a village's store from a join file."""


def run_self_test(*, stores: Stores, progress: Progress = NO_PROGRESS) -> tuple[Step, ...]:
    """Try everything, one after another; what fails is said and does not stop the rest."""
    with tempfile.TemporaryDirectory(prefix="gzdesk-") as folder, ExitStack() as closing:
        trial = _Trial(Path(folder), stores, closing)
        return tuple(_tried(trial, progress))


def _tried(trial: _Trial, progress: Progress) -> Iterator[Step]:
    steps: tuple[tuple[str, str, Callable[[], str]], ...] = (
        ("store", _("Ledger"), trial.write_and_read),
        ("fonts", _("Fonts"), trial.print_rare_names),
        ("pdf", _("PDF"), trial.make_pdf),
        ("workbook", _("Workbook"), trial.make_workbook),
        ("package", _("Package there and back"), trial.exchange),
    )
    for number, (step_id, name, attempt) in enumerate(steps):
        progress.step(number, len(steps))
        progress.check_cancelled()
        try:
            yield Step(id=step_id, name=name, ok=True, detail=attempt())
        except UserError as error:
            yield Step(id=step_id, name=name, ok=False, detail=error.message)
        except _FaultError as error:
            yield Step(id=step_id, name=name, ok=False, detail=str(error))
        except Exception as error:
            # Whatever it is, the others are still to be tried; the kind of the fault is what support needs.
            yield Step(id=step_id, name=name, ok=False, detail=f"{type(error).__name__}: {error}")


class _FaultError(Exception):
    """Something came out otherwise than it went in."""


class _Trial:
    """A town and one village in a temporary folder."""

    def __init__(self, folder: Path, stores: Stores, closing: ExitStack) -> None:
        self._folder, self._stores, self._closing = folder, stores, closing
        self._mint = Mint(today=_TODAY)
        self._village: Ledger | None = None

    def write_and_read(self) -> str:
        """Make the stores, write a record and read it back."""
        self._town = self._stores.init_town(self._folder / "town", mint=self._mint)
        self._closing.callback(self._town.close)
        unit = self._town.context.units.below[0]
        join_file = self._folder / "join.gzj"
        self._town.enrolment.enrol(unit.id, join_file)
        village = self._stores.init_join(
            self._folder / "village", join_file, writer_name=_RARE_NAME, mint=self._mint
        )
        self._closing.callback(village.close)
        self._village = village
        saved = village.records.save(type_id="activity", values=_activity(unit.name))
        found = village.records.get(saved.id)
        if found.record.values["leader"] != _RARE_NAME or not village.maintenance.check().ok:
            raise _FaultError("the record came back changed")
        village.months.close(_MONTH, filled_by=_RARE_NAME, checked_by="邓国强")
        return ""

    def print_rare_names(self) -> str:
        """Ask whether the fonts can print names that are hard to print."""
        missing = self._ready().reports.missing_glyphs("monthly_sheet", month=_MONTH)
        if missing:
            raise _FaultError(missing[0])
        return _RARE_NAME

    def make_pdf(self) -> str:
        """Make the monthly sheet and read its text again."""
        import pypdfium2

        made = self._ready().reports.make("monthly_sheet", month=_MONTH, out=self._folder / "sheet.pdf")
        with pypdfium2.PdfDocument(made.file) as document:
            text = document[0].get_textpage().get_text_range()
        if _RARE_NAME not in text:
            raise _FaultError("the text of the sheet cannot be read again")
        return ""

    def make_workbook(self) -> str:
        """Make the monthly sheet as a workbook and open it again."""
        from openpyxl import load_workbook

        made = self._ready().reports.make("monthly_sheet", month=_MONTH, out=self._folder / "sheet.xlsx")
        workbook = load_workbook(made.file)
        values = {str(cell.value) for row in workbook.worksheets[0].iter_rows() for cell in row}
        workbook.close()
        if not any(_ACTIVITY_NAME in value for value in values):
            raise _FaultError("the activity is not in the workbook")
        return ""

    def exchange(self) -> str:
        """Hand the month in, take it in, and compare; then the receipt."""
        village, town = self._ready(), self._town
        stick = self._folder / "stick"
        stick.mkdir()
        village.exchange.export(stick)
        town.exchange.import_files([stick])
        unit = village.me.id
        if town.maintenance.digest(unit) != village.maintenance.digest(unit):
            raise _FaultError("the town does not show what the village shows")
        receipt = town.exchange.export(stick, to=unit)[0].file
        village.exchange.import_files([receipt])
        if not village.exchange.status()[0].acknowledged:
            raise _FaultError("the receipt does not confirm what was handed in")
        return ""

    def _ready(self) -> Ledger:
        if self._village is None:
            raise _FaultError("there is no ledger to try it with")
        return self._village


def _activity(unit_name: str) -> dict[str, object]:
    return {
        "name": _ACTIVITY_NAME,
        "category": "reading",
        "date": "2019-10-13",
        "start_time": "15:00",
        "sessions": 1,
        "place": f"{unit_name}农家书屋",
        "organiser": unit_name,
        "participants": 35,
        "leader": _RARE_NAME,
        "status": "held",
    }
