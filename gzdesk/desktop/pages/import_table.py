"""Taking in a table from Excel: choose the file, say what each column is, try, take in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget

from gzdesk.desktop.import_choose import ChooseView
from gzdesk.desktop.import_mapping import MappingView
from gzdesk.desktop.import_outcome import OutcomeView
from gzdesk.desktop.import_state import CHOOSING, DONE, MAPPING, TRIED, ImportState
from gzdesk.desktop.page import Page
from gzdesk.desktop.pages import TOWN, VILLAGE
from gzdesk.desktop.register_choice import page_of, register_choices, show_choices
from gzdesk.desktop.table_drop import TableDrop
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.steps import StepLine
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.domain.record_type import RecordType
    from gzdesk.progress import Progress
    from gzdesk.services.imports import Batch, Outcome, SourceBook, SourceTable, Undone

_FIRST_TYPES = {VILLAGE: "activity", TOWN: "film"}


class ImportTablePage(Page):
    """`activate(type_id=, file=)`: which register, and the table if it is known already."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._state = self._new_state(self._usual_type())
        self.head = self.add_head(_("Take in from Excel"))
        self._sheets = QComboBox()
        self._sheets.setObjectName("sheet")
        self._sheets.activated.connect(lambda _at: self._read_again())
        self._register = self.button(
            _("Register"), icon="book", name="register", on_click=self.choose_register
        )
        self._other = self.button(_("Another file"), key="Ctrl+O", icon="folder", on_click=self.ask_file)
        for part in (self._sheets, self._register, self._other):
            self.head.add(part)
        self.column.addWidget(self._step_card())
        self.column.addSpacing(self.px(10))
        self._choose = ChooseView(window)
        self._choose.chosen.connect(self.read)
        self._choose.undo_wanted.connect(self._undo_earlier)
        self._mapping = MappingView(window, self, self._state)
        self._mapping.go_on_wanted.connect(self.go_on)
        self._outcome = OutcomeView(window)
        self._outcome.go_on_wanted.connect(self.go_on)
        self._outcome.save_wanted.connect(self.save_refused)
        self._outcome.undo_wanted.connect(self.undo)
        self._views = QStackedWidget()
        for view in (self._choose, self._mapping, self._outcome):
            self._views.addWidget(view)
        self.column.addWidget(self._views, 1)
        self._drop = TableDrop(self, self.read)
        for keys, action in (
            ("Ctrl+O", self.ask_file),
            ("Ctrl+Return", self.go_on),
            ("Ctrl+E", self.save_refused),
            ("Ctrl+Z", self.undo),
            ("Ctrl+T", self.choose_register),
            ("F7", self._next_fault),
        ):
            self.on_key(keys, action)

    # Page

    def activate(self, **arguments: object) -> None:
        """Begin anew; `state` brings back what a page made anew had before."""
        state, type_id, file = (arguments.get(name) for name in ("state", "type_id", "file"))
        if isinstance(state, ImportState):
            self._state = state
        else:
            known = self._workspace.types.get(type_id) if isinstance(type_id, str) else None
            self._state = self._new_state(known.id if known and self._takes(known) else self._usual_type())
        self._show()
        if isinstance(file, Path) and not isinstance(state, ImportState):
            self.shell.after_showing(lambda: self.read(file))

    def refresh(self) -> None:
        """The earlier imports may have changed; a table stays as it was read."""
        if self._state.step == CHOOSING:
            self._choose.refresh()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this step."""
        back = ("Esc", _("back"))
        if self._state.step == CHOOSING:
            take = (("Enter", _("take this file")),) if self._choose.has_files else ()
            undo = (("Delete", _("undo an import")),) if self._choose.has_batches else ()
            return (*take, ("Ctrl+O", _("choose a file")), ("Ctrl+T", _("another register")), *undo, back)
        if self._state.step == MAPPING:
            return (
                ("← →", _("choose a column")),
                ("Enter", _("what it becomes")),
                ("Delete", _("leave it out")),
                ("F7", _("next fault")),
                ("Ctrl+Enter", _("try")),
                back,
            )
        save = (("Ctrl+E", _("save the refused rows")),) if self._has_refused else ()
        if self._state.step == TRIED:
            return (("Ctrl+Enter", _("take in")), *save, back)
        undo = (("Ctrl+Z", _("undo")),) if self._state.can_undo else ()
        return (("Enter", _("open the register")), *save, *undo, back)

    def remark(self) -> str:
        """What people worry about most."""
        return _("The same file twice adds nothing.")

    def put_away(self) -> dict[str, object]:
        """Where the import stands."""
        return {"state": self._state}

    def escape(self) -> bool:
        """Go a step back, then to the page before."""
        if not self._state.step_back():
            return False
        self._show()
        return True

    def focus_first(self) -> None:
        """Where the next key belongs."""
        self._view().focus_first()

    # What the person does

    def ask_file(self) -> None:
        """Choose a file anywhere."""
        self._choose.ask()

    def choose_register(self) -> None:
        """Choose the register that the table belongs to."""
        choices = register_choices(
            self._workspace,
            unit=self._workspace.context.own_scope,
            wanted=self._takes,
        )
        show_choices(
            self,
            self.shell,
            choices,
            current=self._state.type_id,
            anchor=self._register,
            on_choose=self._take_register,
        )

    def read(self, file: Path) -> None:
        """Read a file and show what its columns seem to be."""
        imports, type_id = self._workspace.imports, self._state.type_id

        def job(progress: Progress) -> SourceTable:
            return imports.table(imports.open(file, progress=progress), type_id=type_id, progress=progress)

        self.shell.run(job, title=_("Reading the table"), on_done=self._table_read)

    def go_on(self) -> None:
        """The next step: try, take in, open the register."""
        if self._state.step == MAPPING and self._state.mapping:
            self._work(dry_run=True)
        elif self._state.step == TRIED and self._state.outcome and self._state.outcome.added:
            self._work(dry_run=False)
        elif self._state.step == DONE:
            self.open_register()

    def save_refused(self) -> None:
        """Write the rows that were not taken as a workbook with the reasons."""
        outcome, file = self._state.outcome, self._state.file
        if outcome is None or file is None or not outcome.refused:
            return
        suggested = file.with_name(_("{name}, refused rows.xlsx").format(name=file.stem))
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the refused rows"), str(suggested), "*.xlsx")
        if not name:
            return
        target = Path(name) if name.lower().endswith(".xlsx") else Path(f"{name}.xlsx")

        def job(progress: Progress) -> Path:
            return self._workspace.imports.save_refused(outcome, target, progress=progress)

        self.shell.run(job, title=_("Saving the refused rows"), on_done=self._refused_saved)

    def undo(self) -> None:
        """Take back the import that was just made."""
        outcome = self._state.outcome
        if self._state.can_undo and outcome is not None and outcome.batch is not None:
            self._take_back(outcome.batch, self._state.take_undone)

    def open_register(self) -> None:
        """Show the register with what was taken in."""
        record_type = self._workspace.types.get(self._state.type_id)
        page = page_of(record_type, role=self.shell.role) if record_type else ""
        if record_type is None or not page:
            return
        month = self._state.latest_month(record_type.month_of)
        self.shell.go(page, type_id=record_type.id, **({"month": month} if month else {}))

    # Steps

    def _take_register(self, type_id: str, *, new: bool = False) -> None:
        if self._state.table is not None:
            self._read_again(type_id)
            return
        self._state.type_id = type_id
        self._show()

    def _read_again(self, type_id: str | None = None) -> None:
        """Read the table anew, from another sheet or for another register."""
        table = self._state.table
        if table is None:
            return
        book, imports, type_id = table.book, self._workspace.imports, type_id or self._state.type_id
        sheet = self._sheets.currentText() or None

        def job(progress: Progress) -> SourceTable:
            return imports.table(book, sheet=sheet, type_id=type_id, progress=progress)

        self.shell.run(job, title=_("Reading the table"), on_done=self._table_read)

    def _table_read(self, table: SourceTable) -> None:
        self._state.take_table(table)
        self._show_sheets(table.book, table.sheet)
        self._show()

    def _work(self, *, dry_run: bool) -> None:
        table, mapping = self._state.table, dict(self._state.mapping)
        if table is None:
            return

        def job(progress: Progress) -> Outcome:
            return self._workspace.imports.run(table, mapping=mapping, dry_run=dry_run, progress=progress)

        done = self._state.take_trial if dry_run else self._state.take_outcome
        title = _("Trying it") if dry_run else _("Taking the table in")
        self.shell.run(job, title=title, on_done=lambda outcome: self._worked(done, outcome))

    def _worked(self, take: Callable[[Any], object], outcome: Outcome | Undone) -> None:
        take(outcome)
        self._show()

    def _refused_saved(self, file: Path) -> None:
        self.shell.tell(_("Saved: {file}").format(file=file.name))

    def _undo_earlier(self, batch: Batch) -> None:
        self._take_back(batch.id, lambda _undone: None)

    def _take_back(self, batch_id: str, take: Callable[[Undone], object]) -> None:
        def job(progress: Progress) -> Undone:
            return self._workspace.imports.undo(batch_id, progress=progress)

        def done(undone: Undone) -> None:
            self._worked(take, undone)
            if self._state.step == CHOOSING:
                self._tell_undone(undone)

        self.shell.run(job, title=_("Taking the import back"), on_done=done)

    def _tell_undone(self, undone: Undone) -> None:
        words = ngettext("{count} record taken back.", "{count} records taken back.", undone.taken_back)
        words = words.format(count=undone.taken_back)
        if not undone.kept:
            self.shell.tell(words)
            return
        kept = ngettext("{count} stays: {why}", "{count} stay, the first one: {why}", len(undone.kept))
        first = undone.kept[0]
        why = f"{first.words} {first.reason}"
        self.shell.tell(f"{words} {kept.format(count=len(undone.kept), why=why)}", "warn")

    def _next_fault(self) -> None:
        if self._state.step == MAPPING:
            self._mapping.next_fault()

    # Showing

    def _show(self) -> None:
        step = self._state.step
        self._show_head()
        if step == CHOOSING:
            self._choose.refresh()
        elif step == MAPPING:
            self._mapping.show_state(self._state)
        else:
            self._outcome.show_state(self._state)
        self._views.setCurrentWidget(self._view())
        if step == DONE:
            self.steps.finish()
        else:
            self.steps.begin(_stages()[step])
        self.shell.update_hints()
        self.focus_first()

    def _show_head(self) -> None:
        record_type = self._workspace.types.get(self._state.type_id)
        name = record_type.label if record_type else ""
        words = _("Into: {register}").format(register=name)
        self._register.setText(f" {words}")
        self._register.setEnabled(self._state.step in (CHOOSING, MAPPING))
        table = self._state.table
        several = table is not None and len(table.book.sheets) > 1
        self._sheets.setVisible(several and self._state.step == MAPPING)
        self._other.setVisible(self._state.step != CHOOSING)
        self.head.subtitle.setText(_table_words(table) if table else "")

    def _show_sheets(self, book: SourceBook, sheet: str) -> None:
        self._sheets.clear()
        self._sheets.addItems(list(book.sheets))
        self._sheets.setCurrentText(sheet)

    def _view(self) -> ChooseView | MappingView | OutcomeView:
        if self._state.step == CHOOSING:
            return self._choose
        return self._mapping if self._state.step == MAPPING else self._outcome

    def _step_card(self) -> Card:
        card = Card(self.theme, margin=9)
        self.steps = StepLine(self.theme)
        self.steps.set_stages(_stages())
        card.body.addWidget(self.steps)
        return card

    @property
    def _has_refused(self) -> bool:
        return self._state.outcome is not None and bool(self._state.outcome.refused)

    def _takes(self, record_type: RecordType) -> bool:
        """Whether tables can come into that register here."""
        return record_type.group != "system" and bool(page_of(record_type, role=self.shell.role))

    def _usual_type(self) -> str:
        return _FIRST_TYPES[self.shell.role]

    def _new_state(self, type_id: str) -> ImportState:
        return ImportState(imports=self._workspace.imports, type_id=type_id)


def _stages() -> tuple[str, ...]:
    return (_("Choose the file"), _("What the columns are"), _("Try it"), _("Take it in"))


def _table_words(table: SourceTable) -> str:
    rows = ngettext("{count} row read", "{count} rows read", len(table.rows)).format(
        count=f"{len(table.rows):,}"
    )
    first, last = table.header_rows
    if not first:
        head = _("no header found")
    elif first == last:
        head = _("header in row {row}").format(row=first)
    else:
        head = _("header in rows {first} and {last}").format(first=first, last=last)
    return f"{table.book.file.name} · {head} · {rows}"
