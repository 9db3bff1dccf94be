"""Handing over on a stick: one key writes and checks it, one key reads the town's answer (picture f)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.page import Page
from gzdesk.desktop.printing import print_report
from gzdesk.desktop.stick_cards import ContentsCard, SentCard
from gzdesk.desktop.widgets.banner import Banner
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.steps import StepLine
from gzdesk.desktop.widgets.stick_line import StickLine
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.progress import Cancelled
from gzdesk.services.exchange import export_stages
from gzdesk.services.home_words import month_words

if TYPE_CHECKING:
    from pathlib import Path

    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.progress import Progress
    from gzdesk.services.exchange import Exported, Imported

_RIGHT_WIDTH = 372


class StickPage(Page):
    """Ctrl+U writes what the town has not received; Ctrl+R reads what the town answered."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._exchange = window.workspace.exchange
        self._joined = window.workspace.enrolment.has_joined()
        self._written: Exported | None = None
        self.add_head(
            _("USB stick"), _("One key hands everything over; if it is pulled out midway, do it again.")
        )
        holder = QWidget()
        body = QHBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(self.px(16))
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(self.px(12))
        left.addWidget(self._send_card())
        self._contents = ContentsCard(self.theme)
        left.addWidget(self._contents, 1)
        right.addWidget(self._answer_card())
        self._sent = SentCard(self.theme)
        self._sent.setFixedWidth(self.px(_RIGHT_WIDTH))
        right.addWidget(self._sent, 1)
        body.addLayout(left, 1)
        body.addLayout(right)
        self.column.addWidget(scroll_area(holder), 1)
        self.on_key("Ctrl+U", self.send, name="send")
        self.on_key("Ctrl+R", self.read_answer, name="read_answer")
        self.on_key("Ctrl+P", self.print_slip, name="print_slip")

    def activate(self, **arguments: object) -> None:
        """Come to the front, ready for the next export."""
        self._written = None
        self.steps.set_stages(export_stages())
        self._show_ready()

    def refresh(self) -> None:
        """Show what would be handed over and what was handed over before."""
        self.line.look()
        if self._joined:
            # What has just been written stays listed: the next package would already have another number.
            if self._written is None:
                self._contents.show_contents(self.shell.workspace.me, self._exchange.contents())
            self._sent.show_packages(self._exchange.sent_packages())

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("Ctrl+U", _("write to the stick")),
            ("Ctrl+R", _("read the answer")),
            ("Ctrl+P", _("print the handover slip")),
        )

    def remark(self) -> str:
        """What people worry about most."""
        return _("Handing the same in twice is never counted twice.")

    def focus_first(self) -> None:
        """The button that hands over."""
        self.banner.focus_button()

    # Handing over

    def send(self) -> None:
        """Write the package to the stick; asks only when there is no stick, or more than one."""
        if not self._joined:
            self.shell.go("settings")
            return
        self.line.look()
        if self.line.must_choose:
            self.line.choose_from_list()
            return
        stick = self.line.stick
        if stick is None:
            if not self.line.ask():
                return
            stick = self.line.stick
        if stick is not None:
            self._export(stick.folder)

    def _export(self, folder: Path) -> None:
        def job(progress: Progress) -> tuple[Exported, ...]:
            return self._exchange.export(folder, progress=progress)

        self._written = None
        self.refresh()
        self.steps.set_stages(export_stages())
        self.banner.show_working(_("Writing to the stick. Leave it plugged in."))
        self.shell.run(
            job,
            title=_("Writing to the stick"),
            stages=export_stages(),
            watcher=self,
            on_done=self._exported,
            on_failed=self._failed,
        )

    def on_stage(self, name: str) -> None:
        """A step of the export began."""
        self.steps.begin(name)

    def on_step(self, done: int, total: int) -> None:
        """The panel over the window shows numbers; the step line has no room for them."""

    def _exported(self, exported: tuple[Exported, ...]) -> None:
        self.steps.finish()
        self._written = exported[0]
        months = self.shell.workspace.months
        closed = [month for month in exported[0].months if months.state(month).status == "closed"]
        words = _("Take the stick to the town station.")
        if closed:
            words = _("Take the stick and the stamped sheet of {month} to the town station.").format(
                month=month_words(closed[-1])
            )
        self.banner.show_result(
            "ok",
            _("The stick can be pulled out now"),
            words,
            self.button(
                _("Print the handover slip"), icon="printer", kind="primary", on_click=self.print_slip
            ),
            self.button(_("Export again"), small=True, on_click=self.send),
        )
        self.refresh()
        self._contents.show_file(exported[0].file.name)
        self.banner.focus_button()

    def _failed(self, error: BaseException) -> None:
        self.steps.fail()
        again = self.button(_("Try again"), kind="primary", on_click=self.send)
        if isinstance(error, UserError):
            self.banner.show_result("error", error.message, error.hint, again)
        elif isinstance(error, Cancelled):
            self.banner.show_result(
                "warn", _("Stopped"), _("Nothing was written. Try again at any time."), again
            )
        else:
            self._show_ready()
            raise error
        self.banner.focus_button()

    def print_slip(self) -> None:
        """Print the list that goes with the stick."""
        print_report(self.shell, "handover_slip")

    # The answer

    def read_answer(self) -> None:
        """Take in what the town wrote to the stick."""
        self.line.look()
        if self.line.must_choose:
            self.line.choose_from_list()
            return
        if self.line.stick is None and not self.line.ask():
            return
        stick = self.line.stick
        if stick is None:
            return
        folder = stick.folder

        def job(progress: Progress) -> tuple[Imported, ...]:
            return self._exchange.import_files([folder], progress=progress)

        self.shell.run(job, title=_("Reading the answer"), on_done=self._answered)

    def _answered(self, found: tuple[Imported, ...]) -> None:
        self.refresh()
        refused = [item for item in found if item.verdict == "rejected"]
        if refused:
            self.shell.tell(f"{refused[0].reason}{refused[0].hint}", "warn")
        elif not found:
            self.shell.tell(
                _("There is no answer on this stick. Ask the town station to write it once more."), "warn"
            )
        else:
            self.shell.tell(_answer_words(found))

    # Cards

    def _send_card(self) -> Card:
        card = Card(self.theme, _("Hand over on a stick"))
        self.line = StickLine(self.theme, lambda: self.shell.workspace.settings.stick_folder)
        self.line.changed.connect(self._stick_changed)
        card.fill_head(self.line)
        self.steps = StepLine(self.theme)
        card.body.addWidget(self.steps)
        self.banner = Banner(self.theme)
        card.body.addWidget(self.banner)
        return card

    def _stick_changed(self) -> None:
        if self.isVisible() and self.steps.now < 0:
            self._show_ready()

    def _show_ready(self) -> None:
        if not self._joined:
            self.banner.show_result(
                "info",
                _("This ledger works by itself"),
                _("Ask the town station for a join file, then choose it in the settings."),
                self.button(_("Settings"), kind="primary", on_click=lambda: self.shell.go("settings")),
            )
            return
        button = self.button(
            _("Write to the stick"),
            key="Ctrl+U",
            icon="export",
            kind="primary",
            name="export",
            on_click=self.send,
        )
        if self.line.stick is not None:
            self.banner.show_result(
                "neutral", _("The stick is there"), _("One press writes and checks it."), button
            )
        elif self.line.must_choose:
            words = _("Several sticks are plugged in. Choose one at the top.")
            self.banner.show_result("neutral", _("Which stick?"), words, button)
        else:
            words = _("Plug in the stick, or choose a folder.")
            self.banner.show_result("neutral", _("No stick yet"), words, button)

    def _answer_card(self) -> Card:
        card = Card(self.theme, _("Read the town's answer"))
        card.setFixedWidth(self.px(_RIGHT_WIDTH))
        words = _(
            "Back from the station, plug in the stick and press the button: receipts and new films come in."
        )
        card.body.addWidget(label(words, size="table", ink="ink2", wrap=True))
        card.body.addWidget(
            self.button(
                _("Read the answer"), key="Ctrl+R", icon="inbox", name="answer", on_click=self.read_answer
            )
        )
        return card


def _answer_words(found: tuple[Imported, ...]) -> str:
    new = sum(item.new + item.changed for item in found)
    words = ngettext(
        "Answer read: {count} entry of the town came in.",
        "Answer read: {count} entries of the town came in.",
        new,
    )
    return words.format(count=new) if new else _("Answer read. Nothing new from the town.")
