"""The first step of an import: a file from a dialog, from the stick or dropped here; beside it, earlier imports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.sticks import find_files, size_words, sticks
from gzdesk.desktop.table_drop import SUFFIXES
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.imports import Batch

_MOST_FILES = 200
_EARLIER_PX = 440


class ChooseView(QWidget):
    """Where the table comes from. `undo_wanted` carries the batch of an earlier import."""

    chosen = Signal(Path)
    undo_wanted = Signal(object)

    def __init__(self, shell: MainWindow) -> None:
        super().__init__()
        self._shell, self._theme = shell, shell.theme
        self._files: tuple[Path, ...] = ()
        self._batches: tuple[Batch, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(16))
        row.addWidget(self._file_card(), 3)
        row.addWidget(self._earlier_card(), 2)

    def refresh(self) -> None:
        """Look at the stick and at the earlier imports anew."""
        self._show_files()
        self._show_batches()

    def focus_first(self) -> None:
        """Onto the files of the stick, or the button when there are none."""
        if self._files:
            self.files.setFocus()
        else:
            self.choose_button.setFocus()

    @property
    def has_files(self) -> bool:
        """Whether tables lie on the stick."""
        return bool(self._files)

    @property
    def has_batches(self) -> bool:
        """Whether anything was taken in before."""
        return bool(self._batches)

    def ask(self) -> None:
        """Let the person choose a file anywhere."""
        patterns = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        name, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose an Excel file"),
            str(Path.home()),
            _("Tables ({patterns})").format(patterns=patterns),
        )
        if name:
            self.chosen.emit(Path(name))

    # The file

    def _file_card(self) -> Card:
        card = Card(self._theme, _("Which file"), margin=0)
        card.body.setSpacing(0)
        self.files = PlainTable(
            self._theme,
            (
                Column(id="name", title=_("On the stick"), width=200, stretches=True),
                Column(id="day", title=_("Changed on"), width=116),
                Column(id="size", title=_("Size"), width=90, is_number=True),
            ),
        )
        self.files.setObjectName("stick_files")
        self.files.opened.connect(lambda row: self.chosen.emit(self._files[row]))
        self._empty = EmptyState(
            self._theme,
            "import",
            _("Drop an Excel file here, or choose one. Nothing is taken in before you have seen it."),
        )
        self._file_views = QStackedWidget()
        self._file_views.addWidget(self._empty)
        self._file_views.addWidget(self.files)
        card.body.addWidget(self._file_views, 1)
        foot = card.add_foot()
        foot.addWidget(label(_(".xlsx, .xls or .csv"), size="small", ink="ink2"))
        foot.addStretch(1)
        self.choose_button = Button(
            self._theme,
            _("Choose a file"),
            key="Ctrl+O",
            icon="folder",
            kind="primary",
            name="choose_file",
            on_click=self.ask,
        )
        foot.addWidget(self.choose_button)
        return card

    def _show_files(self) -> None:
        folders = [stick.folder for stick in sticks(self._shell.workspace.settings.stick_folder)]
        found = [file for suffix in SUFFIXES for file in find_files(folders, f"*{suffix}")]
        dated = [(_changed(file), file) for file in found if not file.name.startswith("~$")]
        self._files = tuple(file for _moment, file in sorted(dated, reverse=True)[:_MOST_FILES])
        self.files.show_rows([_file_cells(file) for file in self._files])
        self._file_views.setCurrentIndex(1 if self._files else 0)

    # Earlier imports

    def _earlier_card(self) -> Card:
        card = Card(self._theme, _("Earlier imports"), margin=0)
        card.setMinimumWidth(self._theme.px(_EARLIER_PX))
        card.body.setSpacing(0)
        self.earlier = PlainTable(
            self._theme,
            (
                Column(id="when", title=_("Date"), width=108),
                Column(id="file", title=_("File"), width=120, stretches=True),
                Column(id="type", title=_("Register"), width=110),
                Column(id="added", title=_("Added"), width=92),
            ),
        )
        self.earlier.setObjectName("earlier_imports")
        self.earlier.selectionModel().currentRowChanged.connect(lambda *_rows: self._follow_batch())
        self._no_batches = EmptyState(self._theme, "history", _("Nothing was taken in from Excel yet."))
        self._batch_views = QStackedWidget()
        self._batch_views.addWidget(self._no_batches)
        self._batch_views.addWidget(self.earlier)
        card.body.addWidget(self._batch_views, 1)
        foot = card.add_foot()
        foot.addStretch(1)
        self.undo_button = Button(
            self._theme,
            _("Undo this import"),
            key="Delete",
            icon="undo",
            name="undo_earlier",
            on_click=self._undo,
        )
        foot.addWidget(self.undo_button)
        shortcut = QShortcut(QKeySequence("Delete"), self.earlier)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._undo)
        strip = foot.parentWidget()
        assert strip is not None
        self._earlier_foot = strip
        return card

    def _show_batches(self) -> None:
        self._batches = self._shell.workspace.imports.batches()
        self.earlier.show_rows([self._batch_cells(batch) for batch in self._batches])
        self._batch_views.setCurrentIndex(1 if self._batches else 0)
        self._follow_batch()

    def _batch_cells(self, batch: Batch) -> tuple[Cell, ...]:
        record_type = self._shell.workspace.types.get(batch.type_id)
        name = record_type.label if record_type else batch.type_id
        added = Cell(text=_("undone"), chip="neutral") if batch.undone else Cell(text=f"{batch.added:,}")
        return (
            Cell(text=batch.when[:10], ink="ink2"),
            Cell(text=batch.file_name),
            Cell(text=name, ink="ink2"),
            added,
        )

    def _current_batch(self) -> Batch | None:
        row = self.earlier.current_row()
        return self._batches[row] if 0 <= row < len(self._batches) else None

    def _follow_batch(self) -> None:
        batch = self._current_batch()
        self._earlier_foot.setVisible(bool(self._batches))
        self.undo_button.setEnabled(batch is not None and not batch.undone)

    def _undo(self) -> None:
        batch = self._current_batch()
        if batch is not None and not batch.undone:
            self.undo_wanted.emit(batch)


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _file_cells(file: Path) -> tuple[Cell, ...]:
    try:
        found = file.stat()
    except OSError:
        # Pulled out a moment ago: opening it will say so.
        return Cell(text=file.name), Cell(text=""), Cell(text="")
    day = datetime.fromtimestamp(found.st_mtime).astimezone().date().isoformat()
    return (
        Cell(text=file.name),
        Cell(text=day, ink="ink2"),
        Cell(text=size_words(found.st_size), ink="ink2", is_number=True),
    )
