"""The 32 tasks: what they ask for, how far they are, what proves them, who owes what (picture j)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from gzdesk.desktop import printing
from gzdesk.desktop.binder_export import BinderExport
from gzdesk.desktop.form_files import FileCatcher, FormFiles
from gzdesk.desktop.new_paper import begin_paper
from gzdesk.desktop.page import Page
from gzdesk.desktop.task_pane import TaskPane
from gzdesk.desktop.task_table import ALL, MISSING, TaskCard
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.domain.tasks import VILLAGES
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.task_list import TaskQuery, TaskRow, counts_by_state

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.widgets.field_files import Noted
    from gzdesk.services.task_list import ItemRow

_VILLAGE_DUTY = "*village"
_SETTLE_MS = 60
_POPUP_PX = 240


class TasksPage(Page):
    """Tasks at the left, at the right the chosen one, item by item."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._is_town = window.workspace.context.is_town
        self._unit = None if self._is_town else window.workspace.me.id
        self._which = ALL
        self._task_no, self._item_id, self._shown_item = 0, "", ""
        self._everything: tuple[TaskRow, ...] = ()
        self._rows: tuple[TaskRow, ...] = ()
        self._files = FormFiles(window)
        self._typed: tuple[str, str] | None = None
        # The right half is made anew once the keys rest: holding an arrow down must not build it thirty times.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE_MS)
        self._settled.timeout.connect(self._settle)
        self._binder = BinderExport(self, task=lambda: self._task_no or 1, unit=lambda: self._unit)
        self._build()
        self._bind_keys()

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """`item` (16.2) or `task` (16) choose what is shown, `which` narrows the list down."""
        item, task, which = arguments.get("item"), arguments.get("task"), arguments.get("which")
        found = self._workspace.tasks.tasks.item(item) if isinstance(item, str) else None
        if found is not None:
            self._task_no, self._item_id = found.task_no, found.item_id
        elif isinstance(task, int):
            self._task_no, self._item_id = task, ""
        if isinstance(which, str):
            self._which = which
            self.card.pills.choose(which)
        typed = arguments.get("typed")
        if isinstance(typed, tuple):
            self._typed = (str(typed[0]), str(typed[1]))

    def refresh(self) -> None:
        """Read everything anew; what is being written stays."""
        if self.pane.progress.is_changed:
            self._typed = self.pane.progress.typed
        self._everything = self._workspace.tasks.rows(self._query(), unit=self._unit)
        self._show_list()

    def put_away(self) -> dict[str, object]:
        """Where one was looking, and what was being written."""
        kept: dict[str, object] = {"task": self._task_no, "item": self._item_id, "which": self._which}
        if self.pane.progress.is_changed:
            kept["typed"] = self.pane.progress.typed
        return kept

    def can_leave(self) -> bool:
        """What was written is kept before another page comes."""
        return not self.pane.progress.is_changed or self.save_progress(*self.pane.progress.typed)

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        if self.pane.progress.is_open:
            return (("Ctrl+S", _("save the note")), ("Tab", _("to the state")), ("Esc", _("leave it")))
        return (
            ("↑ ↓", _("choose the task")),
            ("←→", _("change the item")),
            ("Insert", _("add a paper")),
            ("F2", _("write progress")),
            ("Ctrl+F", _("search")),
            ("F9", _("binder")),
        )

    def remark(self) -> str:
        """Which item is shown."""
        row = self._row
        if row is None:
            return ""
        return _("Task {task} · item {item}").format(task=row.item.task_no, item=row.item.item_no)

    def escape(self) -> bool:
        """Leave the note, then empty the search."""
        progress = self.pane.progress
        if progress.is_open:
            if progress.is_changed and not self._may_drop():
                return True
            self._typed = None
            progress.close_editor()
            self.card.table.setFocus()
            self.shell.update_hints()
            return True
        if self.card.search.text():
            self.card.search.setText("")
            self.card.table.setFocus()
            return True
        return False

    def focus_first(self) -> None:
        """Onto the list."""
        self.card.table.setFocus()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._build_head()
        self.card = TaskCard(self.theme, on_filter=self._choose_which)
        self.card.search.textChanged.connect(lambda _text: self._show_list())
        self.card.table.selectionModel().currentRowChanged.connect(lambda now, _old: self._choose(now.row()))
        self.card.table.stepped.connect(self.step_item)
        self.card.table.opened.connect(lambda _row: self.open_evidence())
        self._build_pane()
        row = QHBoxLayout()
        row.setSpacing(self.px(16))
        row.addWidget(self.card, 1)
        row.addWidget(self.pane)
        self.column.addLayout(row, 1)
        FileCatcher(self, self._take)

    def _build_head(self) -> None:
        self.head = self.add_head(_("Table of tasks"))
        self._who = self._chooser("who", [("", _("All units")), *self._who_choices()])
        self._due = self._chooser("due", self._due_choices())
        if self._is_town:
            self.head.add(self._who)
        self.head.add(self._due)
        self.head.add(
            self.button(_("Excel"), key="Ctrl+E", icon="export", name="excel", on_click=self.save_workbook)
        )
        self.head.add(
            self.button(
                _("Print"), key="Ctrl+Shift+P", icon="printer", name="print", on_click=self.print_table
            )
        )

        tip = _("Calendar of duties (Ctrl+K)")
        self.head.add(
            icon_button(self.theme, "calendar", tip, name="deadlines", on_click=self._open_deadlines)
        )

    def _build_pane(self) -> None:
        add = self.button(
            _("Add a paper"),
            key="" if self.theme.large else "Insert",  # it stands among the keys below as well
            icon="plus",
            kind="primary",
            small=True,
            name="add",
            on_click=self.choose_files,
        )
        index = self.button(
            _("Index"),
            key="" if self.theme.large else "Ctrl+P",
            icon="printer",
            small=True,
            name="print_index",
            on_click=self._binder.print_index,
        )
        evidence = self.button(
            _("Papers"),
            key="Enter",
            icon="clip",
            small=True,
            name="open_evidence",
            on_click=self.open_evidence,
        )
        self._export = self.button(
            _("Binder"), key="F9", icon="export", small=True, name="binder", on_click=self.offer_binder
        )
        history = self.button(
            _("Past notes"),
            key="F8",
            small=True,
            name="history",
            on_click=self.show_history,
        )
        foot = (evidence, self._export) if self.theme.large else (evidence, self._export, history)
        self.pane = TaskPane(self.theme, (add, index), foot)
        self.pane.item_chosen.connect(self.choose_item)
        self.pane.entry_pressed.connect(lambda words: self.add_paper(covers=words))
        self.pane.progress.saved.connect(self.save_progress)
        self.pane.progress.wanted.connect(self.write_progress)

    def _chooser(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        for value, words in choices:
            box.addItem(words, value)
        box.view().setMinimumWidth(self.px(_POPUP_PX))
        box.activated.connect(lambda _at: self.refresh())
        return box

    def _who_choices(self) -> list[tuple[str, str]]:
        members = self._workspace.tasks.members
        units = [
            (member.name, member.label.partition(" (")[0]) for member in members if member.name != VILLAGES
        ]
        return [(_VILLAGE_DUTY, _("Villages have a part")), (VILLAGES, members.label(VILLAGES)), *units]

    def _due_choices(self) -> list[tuple[str, str]]:
        days = sorted({item.due_to for item in self._workspace.tasks.tasks.items if item.due_to})
        words = _("due by {day}")
        return [("", _("Any date")), *((day, words.format(day=day)) for day in days)]

    def _bind_keys(self) -> None:
        for keys, action in (
            ("Insert", self.choose_files),
            ("F2", self.write_progress),
            ("Ctrl+K", self._open_deadlines),
            ("F8", self.show_history),
            ("F9", self.offer_binder),
            ("Ctrl+S", self._save_typed),
            ("Ctrl+Return", self._save_typed),
            ("Ctrl+P", self._binder.print_index),
            ("Ctrl+Shift+P", self.print_table),
            ("Ctrl+E", self.save_workbook),
            ("Ctrl+F", self.card.search.setFocus),
        ):
            self.on_key(keys, action)

    # -- showing -------------------------------------------------------------------------------

    def _query(self) -> TaskQuery:
        who, due = str(self._who.currentData()), str(self._due.currentData())
        return TaskQuery(
            who="" if who == _VILLAGE_DUTY else who,
            village_duty=who == _VILLAGE_DUTY,
            due_before=date.fromisoformat(due) if due else None,
        )

    def _show_list(self) -> None:
        words = self.card.search.text().strip().lower().split()
        found = [row for row in self._everything if self._holds(row, words)]
        counts = {
            ALL: len(found),
            MISSING: sum(row.have < row.wanted for row in found),
            **counts_by_state(found),
        }
        self._rows = tuple(row for row in found if self._is_which(row))
        items = sum(len(row.rows) for row in found)
        said = ngettext("{tasks} task", "{tasks} tasks", len(found)).format(tasks=len(found))
        self.head.subtitle.setText(
            _(
                "{tasks}, {items} items · registers answer by themselves, only what is missing is added"
            ).format(tasks=said, items=items)
        )
        chosen = self._task_no
        blocked = self.card.table.selectionModel().blockSignals(True)
        self.card.show_tasks(self._rows, counts, self._workspace.tasks.members)
        numbers = [row.task.task_no for row in self._rows]
        if numbers:
            self.card.table.selectRow(numbers.index(chosen) if chosen in numbers else 0)
        self.card.table.selectionModel().blockSignals(blocked)
        self.card.table.viewport().update()
        self._choose(self.card.table.current_row(), at_once=True)

    def _holds(self, row: TaskRow, words: Sequence[str]) -> bool:
        searched = self._workspace.tasks.searched
        return not words or any(all(word in searched(item.item) for word in words) for item in row.rows)

    def _is_which(self, row: TaskRow) -> bool:
        if self._which == MISSING:
            return row.have < row.wanted
        return self._which in (ALL, row.state)

    def _choose(self, at: int, *, at_once: bool = False) -> None:
        task = self._rows[at] if 0 <= at < len(self._rows) else None
        number = task.task.task_no if task else 0
        if number != self._task_no and not self._leave_note():
            return
        if task is not None and all(row.item.item_id != self._item_id for row in task.rows):
            self._item_id = self._found_item(task)
        self._task_no = number
        if at_once:
            self._show_item()
        self._settled.start()

    def _found_item(self, task: TaskRow) -> str:
        """The item that is being looked for, else the first."""
        words = self.card.search.text().strip().lower().split()
        searched = self._workspace.tasks.searched
        fitting = [row for row in task.rows if all(word in searched(row.item) for word in words)]
        return (fitting or list(task.rows))[0].item.item_id

    def _settle(self) -> None:
        """The keys rest, and the table has its height."""
        self.card.table.scrollTo(self.card.table.currentIndex())
        if self._shown_item != self._item_id:
            self._show_item()

    def _show_item(self) -> None:
        self._shown_item = self._item_id
        task, row = self._task, self._row
        self.pane.setVisible(row is not None)
        if task is None or row is None:
            return
        service = self._workspace.tasks
        judged = service.judged(row.item, unit=self._unit)
        self.pane.show_item(
            task.task,
            task.rows,
            row,
            judged=judged,
            proposed=row.state != "finished" and service.proposes_finished(row.item, unit=self._unit),
            who=service.whose(row.item),
            unit_name=self._unit_name,
        )
        if self._typed is not None:
            self.pane.open_editor(self._typed)
            self._typed = None
        self.shell.update_hints()

    @property
    def _task(self) -> TaskRow | None:
        return next((row for row in self._rows if row.task.task_no == self._task_no), None)

    @property
    def _row(self) -> ItemRow | None:
        task = self._task
        if task is None:
            return None
        return next((row for row in task.rows if row.item.item_id == self._item_id), task.rows[0])

    def _unit_name(self, unit_id: str) -> str:
        unit = self._workspace.units.find(unit_id)
        return unit.label if unit else self._workspace.me.label

    # -- what the person does ------------------------------------------------------------------

    def step_item(self, step: int) -> None:
        """The item after or before, round the ends."""
        task, row = self._task, self._row
        if task is None or row is None or not self._leave_note():
            return
        ids = [one.item.item_id for one in task.rows]
        self.choose_item(ids[(ids.index(row.item.item_id) + step) % len(ids)])

    def choose_item(self, item_id: str) -> None:
        """Show that item of the task."""
        if self._leave_note():
            self._item_id = item_id
            self._show_item()

    def choose_files(self) -> None:
        """Ask for photos and scans, and begin a paper with them."""
        self._files.choose(self, self.add_with)

    def add_with(self, noted: Sequence[Noted]) -> None:
        """Begin a paper that holds these files, for the first entry that nothing was filed for."""
        row = self._row
        first = row.missing[0] if row is not None and row.missing else ""
        self.add_paper(files=noted, covers=first)

    def add_paper(self, *, files: Sequence[Noted] = (), covers: str = "") -> None:
        """Open the form of a new paper under the item shown."""
        row = self._row
        if row is not None:
            begin_paper(self.shell, row.item, files=files, covers=covers)

    def open_evidence(self) -> None:
        """Show all papers of the item."""
        row = self._row
        if row is not None:
            self.shell.go("evidence", item=row.item.item_id)

    def write_progress(self) -> None:
        """Write how the item has come along."""
        if self._row is not None and not self.pane.progress.is_open:
            self.pane.open_editor()
            self.shell.update_hints()

    def save_progress(self, state: str, note: str) -> bool:
        """Keep what was written. Returns whether it could be kept."""
        row = self._row
        if row is None:
            return True
        try:
            self._workspace.tasks.notes.save(row.item.item_id, state=state, note=note)
        except UserError as error:
            self.shell.tell_error(error)
            return False
        self.pane.progress.close_editor()
        self.shell.tell(_("Progress of {item} is noted.").format(item=row.item.item_id))
        self.refresh()
        self.card.table.setFocus()
        return True

    def show_history(self) -> None:
        """Show what was written before."""
        row = self._row
        if row is None or row.said is None:
            self.shell.tell(_("Nothing was written down yet."), "warn")
            return
        from gzdesk.desktop.history_dialog import show_history

        show_history(self.shell, row.said.record)

    def offer_binder(self) -> None:
        """Ask what to put into the binder."""
        if self._task is not None:
            self._binder.offer(self._export)

    def print_table(self) -> None:
        """Print the table of all tasks."""
        printing.print_report(self.shell, "task_table")

    def save_workbook(self) -> None:
        """Write the table of all tasks as a workbook."""
        printing.save_workbook(self.shell, "task_table", title=_("Table of tasks"))

    # -- inside --------------------------------------------------------------------------------

    def _choose_which(self, which: str) -> None:
        self._which = which
        self._show_list()
        self.card.table.setFocus()

    def _open_deadlines(self) -> None:
        self.shell.go("deadlines")

    def _take(self, mime: QMimeData) -> bool:
        return self._files.take_mime(mime, self.add_with)

    def _save_typed(self) -> None:
        if self.pane.progress.is_open:
            self.save_progress(*self.pane.progress.typed)

    def _leave_note(self) -> bool:
        """Keep what is being written before something else is shown."""
        progress = self.pane.progress
        if not progress.is_changed:
            progress.close_editor()
            return True
        state, note = progress.typed
        row = self._row
        progress.close_editor()
        if row is not None:
            try:
                self._workspace.tasks.notes.save(row.item.item_id, state=state, note=note)
            except UserError as error:
                self.shell.tell_error(error)
                self._typed = (state, note)
                return False
        return True

    def _may_drop(self) -> bool:
        answer = AskDialog(
            self.shell,
            self.theme,
            question=_("Drop what was written?"),
            sentence=_("The note is not saved yet."),
            answers=(
                Answer(id="keep", words=_("Go on writing"), kind="primary"),
                Answer(id="drop", words=_("Drop it")),
            ),
        ).ask()
        return answer == "drop"
