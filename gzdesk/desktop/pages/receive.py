"""The town takes in what the villages hand over, and writes the answers back (picture k)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QStackedWidget

from gzdesk.desktop.answers_dialog import AnswersDialog
from gzdesk.desktop.package_dialog import PackageDialog
from gzdesk.desktop.page import Page
from gzdesk.desktop.pages.receive_rows import cells, columns, sum_words, sums
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.steps import StepLine
from gzdesk.desktop.widgets.stick_line import StickLine
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext, pick
from gzdesk.progress import Cancelled
from gzdesk.services.exchange import import_stages
from gzdesk.services.verdicts import REJECTED

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.progress import Progress
    from gzdesk.services.exchange import Exported, Imported, LeftOut

NOTHING, FOUND, TAKEN_IN, ANSWERED = range(4)


class ReceivePage(Page):
    """F5 looks, Ctrl+Enter takes in, Enter writes the answers: each step says what it found."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._exchange = window.workspace.exchange
        self._found: tuple[Imported, ...] = ()
        self._state = NOTHING
        self._to_choose = 0
        self._folder: Path | None = None
        self.head = self.add_head(_("Receive"))
        self.line = StickLine(self.theme, lambda: self.shell.workspace.settings.stick_folder)
        self.head.replace_subtitle(self.line)
        self.head.add(
            self.button(_("Read the stick"), key="F5", icon="inbox", name="read_stick", on_click=self.look)
        )
        self.head.add(
            self.button(
                _("Write for all units"),
                key="Ctrl+U",
                icon="stick",
                name="answer_all",
                on_click=self.answer_all,
            )
        )
        self.on_key("Ctrl+U", self.answer_all)
        self.column.addWidget(self._step_card())
        self.column.addSpacing(self.px(10))
        self.column.addWidget(self._list_card(), 1)
        self.on_key("Ctrl+Return", self.go_on, name="take_in")
        self.on_key("F7", self.choose_versions, name="next_thing")
        self._show()

    def activate(self, **arguments: object) -> None:
        """`read=True` looks at the stick at once, as F5 does from every page."""
        if arguments.get("read"):
            self.shell.after_showing(self.look)

    def refresh(self) -> None:
        """The list stays as it was found; only the stick may have changed, and what is still to be chosen."""
        self.line.look()
        self._show_choice()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        hints = [("F5", _("read the stick")), ("Ctrl+U", _("write for all units"))]
        if self._found:
            hints += [("↑ ↓", _("choose a file")), ("Enter", _("see what is in it"))]
        if self._state == FOUND:
            hints.append(("Ctrl+Enter", _("take in")))
        elif self._state == TAKEN_IN:
            hints.append(("Ctrl+Enter", _("write the answers")))
        if self._to_choose:
            hints.append(("F7", _("choose versions")))
        return tuple(hints)

    def remark(self) -> str:
        """What people worry about most."""
        return _("The same file twice is never counted twice.")

    def focus_first(self) -> None:
        """The next button, or the list."""
        if self._go_on.isVisibleTo(self) and self._go_on.isEnabled():
            self._go_on.setFocus()
        elif self._found:
            self.table.setFocus()
        else:
            self._empty_button.setFocus()

    # Looking

    def look(self) -> None:
        """Find the packages on the stick and say what each would bring; nothing is changed yet."""
        self.line.look()
        if self.line.must_choose:
            self.line.choose_from_list()
            return
        if self.line.stick is None and not self.line.ask():
            return
        stick = self.line.stick
        if stick is not None:
            self.look_in(stick.folder)

    def look_in(self, folder: Path) -> None:
        """The same for any folder."""
        self._folder = folder

        def job(progress: Progress) -> tuple[Imported, ...]:
            return self._exchange.find([folder], progress=progress)

        self.steps.set_stages(_stages())
        self._run(job, title=_("Reading the stick"), on_done=self._looked)

    def _looked(self, found: tuple[Imported, ...]) -> None:
        self._found, self._state = found, FOUND if found else NOTHING
        self.steps.begin(import_stages()[2])
        self._show()
        if not found:
            self.steps.set_stages(_stages())
            self.shell.tell(_("There are no files of the villages on this stick."), "warn")

    # Taking in and answering

    def go_on(self) -> None:
        """The next step: take in, then write the answers."""
        if self._state == FOUND:
            self.take_in()
        elif self._state == TAKEN_IN:
            self.answer()

    def take_in(self) -> None:
        """Take in every file that can be; the others stay on the stick untouched."""
        files = [item.file for item in self._found if item.verdict != REJECTED]
        if not files:
            return

        def job(progress: Progress) -> tuple[Imported, ...]:
            return self._exchange.import_files(files, progress=progress)

        self._run(job, title=_("Taking the files in"), on_done=self._taken_in)

    def _taken_in(self, done: tuple[Imported, ...]) -> None:
        taken = {item.file: item for item in done}
        self._found = tuple(taken.get(item.file, item) for item in self._found)
        self._state = TAKEN_IN
        self.steps.begin(_stages()[-1])
        self._show()

    def answer(self) -> None:
        """Write an answer for each unit whose file came in: its receipt, and what is new in the town."""
        units = sorted({item.sender.id for item in self._found if item.sender and item.verdict != REJECTED})
        folder = self._folder
        if folder is None or not units:
            return

        def job(progress: Progress) -> tuple[Exported, ...]:
            return self._exchange.export(folder, units, progress=progress)

        self._run(job, title=_("Writing the answers"), on_done=self._answered)

    def answer_all(self) -> None:
        """Write for every unit that has ever reported, whether a file of it is here or not: one stick for all."""
        self.line.look()
        if self.line.must_choose:
            self.line.choose_from_list()
            return
        if self.line.stick is None and not self.line.ask():
            return
        stick = self.line.stick
        if stick is None:
            return

        def job(progress: Progress) -> tuple[Exported, ...]:
            return self._exchange.export(stick.folder, progress=progress)

        self._run(job, title=_("Writing the answers"), on_done=self._all_answered)

    def _all_answered(self, written: tuple[Exported, ...]) -> None:
        if self._state == TAKEN_IN:
            self._state = ANSWERED
            self.steps.finish()
            self._show()
        self._tell_written(written, self._exchange.left_out())

    def _answered(self, written: tuple[Exported, ...]) -> None:
        self._state = ANSWERED
        self.steps.finish()
        self._show()
        self._tell_written(written, ())

    def _tell_written(self, written: tuple[Exported, ...], left_out: tuple[LeftOut, ...]) -> None:
        words = ngettext(
            "{count} answer written. The stick can be pulled out now.",
            "{count} answers written. The stick can be pulled out now.",
            len({item.to.id for item in written}),
        )
        sentence = words.format(count=len({item.to.id for item in written}))
        if left_out:
            more = ngettext(
                "Nothing for {count} unit yet.", "Nothing for {count} units yet.", len(left_out)
            ).format(count=len(left_out))
            sentence = pick(zh=f"{sentence}{more}", en=f"{sentence} {more}")
        self.shell.tell(
            sentence,
            link=(_("What went down"), lambda: AnswersDialog(self.shell, written, left_out).open()),
        )

    def choose_versions(self) -> None:
        """Go to the records that were changed on two sides, when there are any of the units of these files."""
        if self._to_choose:
            self.shell.go("conflict")

    def _run(self, job: object, *, title: str, on_done: object) -> None:
        self.shell.run(
            job,  # type: ignore[arg-type]  # a job of any result
            title=title,
            stages=(),
            watcher=self,
            on_done=on_done,  # type: ignore[arg-type]  # gets the result of that job
            on_failed=self._failed,
        )

    def on_stage(self, name: str) -> None:
        """A step began. The steps of an export are one step here: writing the answers."""
        if name in self.steps.stages:
            self.steps.begin(name)

    def on_step(self, done: int, total: int) -> None:
        """The panel over the window shows numbers."""

    def _failed(self, error: BaseException) -> None:
        self.steps.fail()
        if isinstance(error, UserError):
            self.shell.tell_error(error)
        elif isinstance(error, Cancelled):
            self.shell.tell(_("Stopped. What was taken in before stays."), "warn")
        else:
            raise error

    # Showing

    def _step_card(self) -> Card:
        card = Card(self.theme, margin=12)
        self.steps = StepLine(self.theme)
        self.steps.set_stages(_stages())
        card.body.addWidget(self.steps)
        return card

    def _list_card(self) -> Card:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        self.table = PlainTable(self.theme, columns())
        self.table.setObjectName("packages")
        self.table.opened.connect(self._open)
        self._empty_button = self.button(
            _("Read the stick"), key="F5", icon="inbox", kind="primary", on_click=self.look
        )
        words = _("Plug in a stick of a village and press F5. Nothing is changed by looking.")
        self._views = QStackedWidget()
        self._views.addWidget(EmptyState(self.theme, "inbox", words, self._empty_button))
        self._views.addWidget(self.table)
        card.body.addWidget(self._views, 1)
        card.body.addWidget(self._totals_strip())
        foot = card.add_foot()
        self._say = label("", ink="ink2", wrap=True)
        foot.addWidget(self._say, 1)
        self._choose = self.button("", icon="right", name="choose_versions", on_click=self.choose_versions)
        foot.addWidget(self._choose)
        self._go_on = Button(self.theme, _("Take in"), kind="primary", name="go_on", on_click=self.go_on)
        foot.addWidget(self._go_on)
        return card

    def _totals_strip(self) -> QFrame:
        self._totals = QFrame()
        self._totals.setProperty("role", "totals")
        row = QHBoxLayout(self._totals)
        row.setContentsMargins(*[self.px(margin) for margin in (10, 9, 10, 9)])
        self._sum = label("", size="table", bold=True)
        self._sum_figures = label("", size="table", ink="ink2")
        row.addWidget(self._sum)
        row.addSpacing(self.px(24))
        row.addWidget(self._sum_figures, 1)
        return self._totals

    def _show(self) -> None:
        today, day = self.shell.workspace.mint.today(), self.shell.workspace.settings.report_deadline_day
        taken_in = self._state in (TAKEN_IN, ANSWERED)
        self.table.show_rows(
            [cells(item, taken_in=taken_in, today=today, deadline_day=day) for item in self._found]
        )
        self._views.setCurrentIndex(1 if self._found else 0)
        self._totals.setVisible(bool(self._found))
        total = sums(self._found)
        self._sum.setText(sum_words(total, taken_in=taken_in))
        figures = _("{new} new, {changed} changed, {already} here already and not counted again")
        self._sum_figures.setText(figures.format(new=total.new, changed=total.changed, already=total.already))
        self._show_foot(total.good)
        self.shell.update_hints()
        self.focus_first()

    def _show_foot(self, good: int) -> None:
        words = {
            NOTHING: "",
            FOUND: _("Nothing is taken in yet. What cannot be taken in stays on the stick."),
            TAKEN_IN: _("Taken in. Now write the answers to the stick, so that the villages know."),
            ANSWERED: _("The stick can be pulled out now. Give it back to the village."),
        }
        buttons = {FOUND: (_("Take in"), "Ctrl+Enter"), TAKEN_IN: (_("Write the answers"), "Enter")}
        text, key = buttons.get(self._state, ("", ""))
        self._say.setText(words[self._state])
        self._go_on.setText(f"{text} {key}".strip())
        self._go_on.setVisible(bool(text))
        self._show_choice()
        self._go_on.setEnabled(good > 0)

    def _show_choice(self) -> None:
        """Only what is taken in can be chosen from."""
        taken_in = self._state in (TAKEN_IN, ANSWERED)
        self._to_choose = len(self.shell.workspace.conflicts.records()) if taken_in else 0
        words = ngettext("Choose for {count} record", "Choose for {count} records", self._to_choose)
        self._choose.setText(f" {words.format(count=self._to_choose)} F7")
        self._choose.setVisible(bool(self._to_choose))

    def _open(self, row: int) -> None:
        try:
            dialog = PackageDialog(self.shell, self._found[row])
        except UserError as error:
            self.shell.tell_error(error)
            return
        dialog.open()

    def choose_folder(self) -> None:
        """Take files from a folder instead of a stick."""
        name = QFileDialog.getExistingDirectory(self, _("Choose the stick or a folder"), str(Path.home()))
        if name:
            self.line.use(Path(name))
            self.look_in(Path(name))


def _stages() -> tuple[str, ...]:
    return (*import_stages(), _("Write the answers to the stick"))
