"""Join files: how a village's PC comes to belong to this town, and how one is shut out again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.stick_line import StickLine
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.progress import Cancelled
from gzdesk.services.home_words import day_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.progress import Progress
    from gzdesk.services.enrolment import KnownUnit

ACCEPTED, REVOKED = "accepted", "revoked"


class EnrolPage(Page):
    """One line per unit; a join file goes onto a stick, the number is compared on the phone."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._enrolment = window.workspace.enrolment
        self._known: tuple[KnownUnit, ...] = ()
        self.head = self.add_head(_("Join files"))
        self.line = StickLine(self.theme, lambda: self.shell.workspace.settings.stick_folder)
        self.head.replace_subtitle(self.line)
        self.head.add(
            self.button(_("For all that are waiting"), icon="key", name="enrol_all", on_click=self.enrol_all)
        )
        self.head.add(
            self.button(
                _("Make the join file"),
                key="F2",
                icon="plus",
                kind="primary",
                name="enrol",
                on_click=self.enrol,
            )
        )
        body = QVBoxLayout()
        body.setSpacing(self.px(12))
        body.addWidget(self._list_card(), 1)
        body.addWidget(self._how_card())
        self.column.addLayout(body, 1)
        self.on_key("F2", self.enrol)
        self.on_key("Delete", self.revoke)

    def refresh(self) -> None:
        """Show each unit as it stands."""
        self.line.look()
        self._known = self._enrolment.known_units()
        self.table.show_rows([_cells(known) for known in self._known])

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("↑ ↓", _("choose a unit")),
            ("F2", _("make the join file")),
            ("Delete", _("shut out its PCs")),
        )

    def remark(self) -> str:
        """What people worry about most."""
        return _("A join file works once and for its unit only.")

    def focus_first(self) -> None:
        """Onto the list."""
        self.table.setFocus()

    def enrol(self) -> None:
        """Write the join file of the unit under the cursor."""
        known = self._current()
        if known is not None:
            self._write((known,))

    def enrol_all(self) -> None:
        """Write the join files of every unit that has not joined yet."""
        self._write(tuple(known for known in self._known if known.state != ACCEPTED))

    def revoke(self) -> None:
        """Stop taking files of the PCs of the unit under the cursor, after asking."""
        known = self._current()
        if known is None or known.state != ACCEPTED:
            return
        answer = AskDialog(
            self.shell,
            self.theme,
            question=_("Shut out the PCs of {unit}?").format(unit=known.unit.label),
            sentence=_(
                "What they handed in stays. Later files of theirs are refused until a new join file is used."
            ),
            answers=(
                Answer(id="keep", words=_("Leave it as it is")),
                Answer(id="revoke", words=_("Shut them out"), kind="danger"),
            ),
        ).ask()
        if answer == "revoke":
            self._enrolment.revoke(known.unit.id)
            self.refresh()
            self.shell.tell(_("The PCs of {unit} are shut out.").format(unit=known.unit.label))

    def _current(self) -> KnownUnit | None:
        row = self.table.current_row()
        return self._known[row] if 0 <= row < len(self._known) else None

    def _write(self, wanted: tuple[KnownUnit, ...]) -> None:
        if not wanted:
            self.shell.tell(_("All units have joined already."))
            return
        if self.line.must_choose:
            self.line.choose_from_list()
            return
        if self.line.stick is None and not self.line.ask():
            return
        stick = self.line.stick
        if stick is not None:
            self._write_to(stick.folder, wanted)

    def _write_to(self, folder: Path, wanted: tuple[KnownUnit, ...]) -> None:
        def job(progress: Progress) -> int:
            for done, known in enumerate(wanted):
                progress.check_cancelled()
                progress.step(done, len(wanted))
                self._enrolment.enrol(known.unit.id, folder)
            return len(wanted)

        self.shell.run(job, title=_("Writing join files"), on_done=self._written, on_failed=self._failed)

    def _written(self, count: int) -> None:
        self.refresh()
        words = ngettext(
            "{count} join file is on the stick. Hand it to its village only.",
            "{count} join files are on the stick. Hand each to its village only.",
            count,
        )
        self.shell.tell(words.format(count=count))

    def _failed(self, error: BaseException) -> None:
        self.refresh()
        if isinstance(error, UserError):
            self.shell.tell_error(error)
        elif isinstance(error, Cancelled):
            self.shell.tell(_("Stopped. Files that are written already stay on the stick."), "warn")
        else:
            raise error

    def _list_card(self) -> Card:
        card = Card(self.theme, margin=0)
        self.table = PlainTable(
            self.theme,
            (
                Column(id="unit", title=_("Unit"), width=150),
                Column(id="state", title=_("State"), width=130),
                Column(id="number", title=_("Number to compare"), width=230, stretches=True),
                Column(id="invited", title=_("File made"), width=130),
                Column(id="joined", title=_("Joined"), width=130),
                Column(id="heard", title=_("Last file"), width=130),
            ),
        )
        self.table.setObjectName("units")
        self.table.opened.connect(lambda _row: self.enrol())
        card.body.addWidget(self.table)
        return card

    def _how_card(self) -> Card:
        card = Card(self.theme, margin=14)
        own = _("This station's number: {number}").format(number=self._enrolment.fingerprint())
        card.body.addWidget(label(own, bold=True))
        card.body.addWidget(
            label(
                _(
                    "Give the file to its village on a stick. With its first package the village's number "
                    "appears here: read both numbers out on the phone; they must agree."
                ),
                size="table",
                ink="ink2",
                wrap=True,
            )
        )
        return card


def _cells(known: KnownUnit) -> tuple[Cell, ...]:
    words, tone = {
        ACCEPTED: (_("joined"), "ok"),
        REVOKED: (_("shut out"), "error"),
    }.get(known.state, (_("waiting"), "warn") if known.invited_on else (_("no file yet"), "neutral"))
    return (
        Cell(text=known.unit.label),
        Cell(text=words, chip=tone),
        Cell(text=known.fingerprints[-1] if known.fingerprints else "—", ink="ink2"),
        Cell(text=_day(known.invited_on), ink="ink2"),
        Cell(text=_day(known.accepted_on), ink="ink2"),
        Cell(text=_day(known.heard_on), ink="ink2"),
    )


def _day(text: str) -> str:
    return day_words(date.fromisoformat(text[:10])) if text else "—"
