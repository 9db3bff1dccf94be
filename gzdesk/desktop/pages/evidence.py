"""Evidence: the items of the tasks, what proves them, what is missing; the index on paper and the whole binder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from gzdesk.desktop.binder_export import BinderExport
from gzdesk.desktop.evidence_panels import ItemCard, ItemList
from gzdesk.desktop.form_files import FileCatcher, FormFiles
from gzdesk.desktop.new_paper import begin_paper
from gzdesk.desktop.page import Page
from gzdesk.desktop.photo_viewer import PhotoViewer
from gzdesk.desktop.record_dialog import RecordDialog
from gzdesk.desktop.register_choice import page_of
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.field_files import Noted
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.evidence.materials import Material

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_EVERY_UNIT = ""
_LATEST = 200  # records without a number that are listed at once


class EvidencePage(Page):
    """Items at the left, at the right what is filed under the chosen one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._is_town = window.workspace.context.is_town
        self._unit = _EVERY_UNIT if self._is_town else window.workspace.me.id
        self._rows: tuple[Material, ...] = ()
        self._files = FormFiles(window)
        self._build()
        self._bind_keys()

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """`item` and `unit` choose what is shown."""
        unit = arguments.get("unit")
        if self._is_town and isinstance(unit, str):
            self._unit = unit
        item = arguments.get("item")
        if isinstance(item, str):
            self.items.choose(item)

    def refresh(self) -> None:
        """Count anew and show the chosen item."""
        if self._is_town:
            self._units.setCurrentIndex(max(0, self._units.findData(self._unit)))
        self.items.show_counts(self._workspace.materials.counts(unit=self._unit or None))
        self._show_item()

    def put_away(self) -> dict[str, object]:
        """Where one was looking."""
        return {"item": self.items.item_id, "unit": self._unit}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("F2", _("add a paper")),
            ("Enter", _("open")),
            ("Ctrl+F", _("search")),
            ("F8", _("give numbers")),
        )

    def remark(self) -> str:
        """How far the shown items have come."""
        return _("Photos can be dropped here or pasted with Ctrl+V")

    def escape(self) -> bool:
        """Empty the search first."""
        if self.items.search.text():
            self.items.search.setText("")
            self.items.table.setFocus()
            return True
        return False

    def focus_first(self) -> None:
        """Onto the items."""
        self.items.table.setFocus()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._binder = BinderExport(self, task=self._task, unit=lambda: self._unit or None)
        self._build_head()
        self.items = ItemList(self.theme, unit_kind=self._workspace.me.kind)
        self.items.chosen.connect(lambda _item: self._show_item())
        empty = EmptyState(
            self.theme,
            "clip",
            _("Nothing is filed under this item yet. Drop photos or scans here, or press Insert."),
        )
        self.card = ItemCard(self.theme, self._files, empty=empty)
        self.card.opened.connect(self.open_row)
        self.items.table.opened.connect(lambda _row: self.card.table.setFocus())
        self.card.add_wanted.connect(lambda words: self.add_paper(covers=words))
        self._build_foot()
        row = QHBoxLayout()
        row.setSpacing(self.px(16))
        row.addWidget(self.items)
        row.addWidget(self.card, 1)
        self.column.addLayout(row, 1)
        FileCatcher(self, self._take)

    def _build_head(self) -> None:
        head = self.add_head(_("Evidence"), _("what proves the 32 tasks, numbered and in order"))
        if self._is_town:
            head.add(self._unit_chooser())
        head.add(
            self.button(
                _("Print index"),
                key="Ctrl+P",
                icon="printer",
                name="print_index",
                on_click=self._binder.print_index,
            )
        )
        self._export = self.button(
            _("Export"), key="Ctrl+E", icon="export", name="export", on_click=self.offer_export
        )
        head.add(self._export)
        head.add(
            self.button(
                _("Add files"),
                key="Insert",
                icon="plus",
                kind="primary",
                name="add",
                on_click=self.choose_files,
            )
        )

    def _build_foot(self) -> None:
        foot = self.card.add_foot()
        self._number = self.button(
            _("Number it"), key="F8", small=True, name="give_numbers", on_click=self.give_numbers
        )
        self._of_rows = (
            self.button(
                _("Enlarge"), key="Ctrl+O", icon="eye", small=True, name="enlarge", on_click=self.enlarge
            ),
            self.button(
                _("Its record"),
                key="Ctrl+R",
                small=True,
                name="proved",
                on_click=self.open_proved,
            ),
        )
        for button in (*self._of_rows, self._number):
            foot.addWidget(button)
        foot.addStretch(1)

    def _unit_chooser(self) -> QComboBox:
        self._units = QComboBox()
        self._units.setObjectName("unit")
        self._units.setProperty("strong", True)
        self._units.addItem(_("All units"), _EVERY_UNIT)
        for unit in self._workspace.units:
            self._units.addItem(unit.label, unit.id)
        self._units.activated.connect(self._choose_unit)
        return self._units

    def _bind_keys(self) -> None:
        for keys, action in (
            ("Insert", self.choose_files),
            ("F2", self.add_paper),
            ("Ctrl+O", self.enlarge),
            ("Ctrl+R", self.open_proved),
            ("F8", self.give_numbers),
            ("Ctrl+Z", self.undo),
            ("Ctrl+P", self._binder.print_index),
            ("Ctrl+E", self.offer_export),
            ("Ctrl+F", self.items.search.setFocus),
        ):
            self.on_key(keys, action)

    # -- showing -------------------------------------------------------------------------------

    def _show_item(self) -> None:
        item = self._workspace.materials.tasks.item(self.items.item_id)
        if item is None:
            return
        self._rows = self._workspace.materials.of_item(item.item_id, unit=self._unit or None, latest=_LATEST)
        wanted = self._workspace.materials.wanted(item, unit=self._unit or None)
        self.card.show_item(
            item,
            self._rows,
            wanted,
            who=self._workspace.tasks.whose(item, cooperating=True),
            unit_name=self._unit_name if self._unit == _EVERY_UNIT else None,
        )
        for button in self._of_rows:
            button.setEnabled(bool(self._rows))
        mine = [row for row in self._rows if not row.number and self._workspace.context.is_mine(row.unit)]
        self._number.setVisible(bool(mine))

    def _unit_name(self, unit_id: str) -> str:
        unit = self._workspace.units.find(unit_id)
        return unit.label if unit else unit_id

    def _choose_unit(self, at: int) -> None:
        self._unit = str(self._units.itemData(at))
        self.refresh()

    @property
    def row(self) -> Material | None:
        """The row that is selected."""
        at = self.card.table.current_row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    # -- what the person does ------------------------------------------------------------------

    def open_row(self, at: int) -> None:
        """Open a row's own record."""
        self._open(self._rows[at].record_id, self._rows[at])

    def open_proved(self) -> None:
        """Open the record that the selected row proves."""
        row = self.row
        if row is not None and row.proves:
            self._open(row.proves, row)
        elif row is not None:
            self.shell.tell(_("This paper stands for itself; no other record belongs to it."), "warn")

    def enlarge(self) -> None:
        """Show the photos and scans of the selected row."""
        row = self.row
        if row is None or not row.files:
            self.shell.tell(_("There is no photo or scan to show in this row."), "warn")
            return
        words = " ".join(part for part in (row.number, row.title, row.date) if part)
        PhotoViewer(
            self.shell, row.files, proves=words, open_record=partial(self._open, row.record_id, row)
        ).exec()

    def choose_files(self) -> None:
        """Ask for photos and scans, and begin a paper with them."""
        self._files.choose(self, self.add_with)

    def add_with(self, noted: Sequence[Noted]) -> None:
        """Begin a paper that holds these files."""
        self.add_paper(files=noted)

    def add_paper(self, *, files: Sequence[Noted] = (), covers: str = "") -> None:
        """Open the form of a new paper under this item with all that is known about it."""
        item = self._workspace.materials.tasks.item(self.items.item_id)
        if item is None:
            return
        begin_paper(self.shell, item, files=files, covers=covers)

    def give_numbers(self) -> None:
        """File the selected records under this item; what has a number already keeps it."""
        rows = [self._rows[at] for at in self.card.table.selected_rows() if at < len(self._rows)]
        try:
            numbers = self._workspace.materials.give_numbers(rows)
        except UserError as error:
            self.shell.tell_error(error)
            return
        if not numbers:
            self.shell.tell(_("Choose rows without a number; Shift and the arrows choose several."), "warn")
            return
        self.refresh()
        shown = numbers[0] if len(numbers) == 1 else f"{numbers[0]} … {numbers[-1]}"
        self.shell.tell(_("Numbered: {numbers}. Ctrl+Z takes it back.").format(numbers=shown))

    def undo(self) -> None:
        """Take back the last thing that was saved, here or in a form."""
        try:
            words = self._workspace.records.undo()
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.shell.tell(
            _("Taken back: {what}").format(what=words) if words else _("There is nothing to take back.")
        )
        self.refresh()

    def offer_export(self) -> None:
        """Ask what to export and how."""
        self._binder.offer(self._export)

    # -- inside --------------------------------------------------------------------------------

    def _task(self) -> int:
        item = self._workspace.materials.tasks.item(self.items.item_id)
        return item.task_no if item else 1

    def _take(self, mime: QMimeData) -> bool:
        return self._files.take_mime(mime, self.add_with)

    def _open(self, record_id: str, row: Material) -> None:
        record = self._workspace.materials.record(record_id)
        record_type = self._workspace.types.get(record.type) if record else None
        page = page_of(record_type, role=self.shell.role) if record_type else ""
        try:
            if page and record is not None and self._workspace.context.is_mine(row.unit):
                self.shell.go(page, type_id=record.type, record_id=record_id)
            else:
                RecordDialog(self.shell, record_id).exec()
        except UserError as error:
            self.shell.tell_error(error)
