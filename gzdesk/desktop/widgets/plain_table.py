"""A short table of painted cells that stands whole in memory: files on a stick, units, contents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.table_model import CELL_ROLE
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.column_fit import Wish, fit
from gzdesk.desktop.widgets.record_table import HEAD_PX, RecordDelegate, cell_width, head_width

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW_PX = 38
_LEAST_STRETCHED_PX = 90
_MEASURED_ROWS = 300  # of a longer table the first rows say how wide it is


class PlainModel(QAbstractTableModel):
    """Rows of cells."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[tuple[Cell, ...], ...] = ()

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def show_table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Show other columns with these rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.rows = tuple(tuple(row) for row in rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell for the painter, its words for tooltips and screen readers."""
        if not index.isValid():
            return None
        cell = self.rows[index.row()][index.column()]
        if role == CELL_ROLE:
            return cell
        return cell.text if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The head of a column, over its figures or its words."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column.title if role == Qt.ItemDataRole.DisplayRole else None


class PlainTable(QTableView):
    """Shows the model; arrows move, Enter or a double click opens a row."""

    opened = Signal(int)

    def __init__(self, theme: Theme, columns: Sequence[Column], *, several: bool = False) -> None:
        """`several`: Shift or Ctrl with arrows and mouse select more than one row."""
        super().__init__()
        self._theme = theme
        self._model = PlainModel(columns)
        self._wishes: tuple[Wish, ...] = ()
        self.setModel(self._model)
        self.setItemDelegate(RecordDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        head = self.horizontalHeader()
        head.setFixedHeight(theme.px(HEAD_PX))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows; the same row number stays selected."""
        row = max(0, self.current_row())
        self._model.show_rows(rows)
        self._measure()
        self._fit_columns()
        if rows:
            self.selectRow(min(row, len(rows) - 1))

    def show_table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
        """Show other columns with these rows, from the first row on."""
        self._model.show_table(columns, rows)
        self._measure()
        self._fit_columns()
        if rows:
            self.selectRow(0)

    def current_row(self) -> int:
        """The selected row, or -1."""
        return self.currentIndex().row()

    def selected_rows(self) -> tuple[int, ...]:
        """All selected rows, from top to bottom."""
        return tuple(sorted(index.row() for index in self.selectionModel().selectedRows()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the selected row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if self.current_row() >= 0:
                self.opened.emit(self.current_row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the stretching columns what is left."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        if len(self._wishes) != len(self._model.columns):
            self._measure()
        for at, width in enumerate(fit(self._wishes, room=self.viewport().width())):
            self.setColumnWidth(at, width)

    def _measure(self) -> None:
        rows = self._model.rows[:_MEASURED_ROWS]
        self._wishes = tuple(
            self._wish(column, [row[at] for row in rows]) for at, column in enumerate(self._model.columns)
        )

    def _wish(self, column: Column, cells: Sequence[Cell]) -> Wish:
        chips = [cell_width(self._theme, cell) for cell in cells if cell.chip]
        words = [cell_width(self._theme, cell) for cell in cells if not cell.chip]
        usual = self._theme.px(column.width)
        if column.keeps_width:
            return Wish(least=usual, words=usual, usual=usual)
        floor = self._theme.px(_LEAST_STRETCHED_PX) if column.stretches else 0
        return Wish(
            least=max([head_width(self._theme, column.title), floor, *chips]),
            words=max(words, default=0),
            usual=usual,
            stretches=column.stretches,
        )


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
