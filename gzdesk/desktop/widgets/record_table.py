"""The table of a list: painted rows with chips and symbols, sorting by its heads, keys that people expect."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.table_model import CELL_ROLE, RecordTableModel
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.chips import chip_width, paint_chip
from gzdesk.desktop.widgets.symbols import paint_symbol

ROW_PX, HEAD_PX = 38, 36
_LEAST_NAME_PX = 210
_SIDE_PX, _BAR_PX, _SYMBOL_PX, _ICON_PX = 10, 4, 9, 15

Index = QModelIndex | QPersistentModelIndex


class RecordDelegate(QStyledItemDelegate):
    """Paints one cell as its `Cell` says; nothing is looked up while painting."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, bar of the selected row, then what stands in the cell."""
        cell = index.data(CELL_ROLE)
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, self._theme.color("selected" if selected else "surface"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), self._theme.color("line"))
        if selected and index.column() == 0:
            bar = QRect(area.left(), area.top(), self._theme.px(_BAR_PX), area.height())
            painter.fillRect(bar, self._theme.color("accent"))
        if cell is not None:
            side = self._theme.px(_SIDE_PX)
            self._paint_cell(painter, area.adjusted(side, 0, -side, -1), cell, selected=selected)
        painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRect, cell: Cell, *, selected: bool) -> None:
        if cell.chip:
            paint_chip(painter, self._theme, area, cell.text, cell.chip)
            return
        if cell.symbol:
            area = self._paint_symbol(painter, area, cell.symbol)
        room = area.width() - (
            chip_width(self._theme, cell.badge[0]) + self._theme.px(8) if cell.badge[0] else 0
        )
        painter.setFont(self._theme.font("table"))
        painter.setPen(self._ink(cell, selected=selected))
        text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room)
        side = Qt.AlignmentFlag.AlignRight if cell.is_number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
        width = painter.fontMetrics().horizontalAdvance(text)
        if cell.icon:
            self._paint_icon(painter, area, cell.icon, right=area.right() - width - self._theme.px(5))
        if cell.badge[0]:
            left = area.left() + width + self._theme.px(8)
            paint_chip(
                painter, self._theme, QRect(left, area.top(), area.right() - left, area.height()), *cell.badge
            )

    def _ink(self, cell: Cell, *, selected: bool) -> QColor:
        if cell.ink in ("warn", "error"):
            return QColor(self._theme.palette.on_card(cell.ink))
        return self._theme.color("on_selected" if selected and cell.ink == "ink" else cell.ink)

    def _paint_icon(self, painter: QPainter, area: QRect, icon: str, *, right: int) -> None:
        side = self._theme.px(_ICON_PX)
        place = QRect(right - side, area.center().y() - side // 2, side, side)
        painter.drawPixmap(place, self._theme.pixmap(icon, "ink2", _ICON_PX))

    def _paint_symbol(self, painter: QPainter, area: QRect, symbol: str) -> QRect:
        side = self._theme.px(_SYMBOL_PX)
        box = QRectF(area.left(), area.center().y() - side // 2, side, side)
        paint_symbol(painter, self._theme, box, symbol)
        return area.adjusted(side + self._theme.px(7), 0, 0, 0)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are of one height; the columns say how wide they are."""
        return QSize(80, self._theme.px(ROW_PX))


def cell_width(theme: Theme, cell: Cell) -> int:
    """How wide a cell is in which nothing is cut."""
    sides = theme.px(2 * _SIDE_PX) + 2
    if cell.chip:
        return sides + chip_width(theme, cell.text)
    room = QFontMetrics(theme.font("table")).horizontalAdvance(cell.text)
    room += theme.px(_SYMBOL_PX + 7) if cell.symbol else 0
    room += theme.px(_ICON_PX + 5) if cell.icon else 0
    room += theme.px(8) + chip_width(theme, cell.badge[0]) if cell.badge[0] else 0
    return sides + room


def head_width(theme: Theme, title: str) -> int:
    """How wide the head of a column is with all of its words."""
    return theme.px(2 * _SIDE_PX) + 2 + QFontMetrics(theme.font("table", bold=True)).horizontalAdvance(title)


class RecordTable(QTableView):
    """A list of records. Arrows move, Enter opens, Delete and others are the page's."""

    opened = Signal(str)
    """Id of the record that was opened with Enter or a double click."""
    current_changed = Signal(int)
    """The row that is selected now, -1 for none."""

    def __init__(self, theme: Theme, model: RecordTableModel, *, several: bool = False) -> None:
        """`several`: more than one row can be selected, with Shift, Ctrl and Ctrl+A."""
        super().__init__()
        self._theme = theme
        self._model = model
        self.setModel(model)
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
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._dress_heads()
        self.doubleClicked.connect(lambda _index: self._open_current())
        model.modelReset.connect(self._fit_columns)

    def _dress_heads(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        # All rows alike: Qt then never asks the model about rows that are not on the screen.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self._theme.px(ROW_PX))
        rows.setMinimumSectionSize(self._theme.px(ROW_PX))
        head = self.horizontalHeader()
        head.setFixedHeight(self._theme.px(HEAD_PX))
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.sectionClicked.connect(self._sort_by)

    def _sort_by(self, section: int) -> None:
        query = self._model.query
        column = self._model.columns[section]
        if query is None or not column.sort:
            return
        same = query.sort == column.sort
        descending = not query.descending if same else column.is_number
        kept = self.current_id()
        self._model.sort(section, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
        self.select_id(kept)

    # -- selection -----------------------------------------------------------------------------

    def current_row(self) -> int:
        """The selected row, among several the one with the cursor, or -1."""
        current = self.currentIndex()
        if current.isValid() and self.selectionModel().isRowSelected(current.row()):
            return current.row()
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1

    def selected_rows(self) -> tuple[int, ...]:
        """All selected rows, in order."""
        return tuple(sorted(index.row() for index in self.selectionModel().selectedRows()))

    def current_id(self) -> str:
        """The id of the selected record, or an empty text."""
        line = self._model.line(self.current_row())
        return line.row.id if line else ""

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of all selected records, in the order of the list."""
        lines = (self._model.line(row) for row in self.selected_rows())
        return tuple(line.row.id for line in lines if line)

    def select_row(self, row: int) -> None:
        """Select a row and bring it into view."""
        if 0 <= row < self._model.rowCount():
            index = self._model.index(row, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    def select_id(self, record_id: str) -> bool:
        """Select a record among the rows already fetched; returns whether it is there."""
        row = self._model.row_of(record_id) if record_id else -1
        self.select_row(row)
        return row >= 0

    def select_ids(self, record_ids: Sequence[str]) -> None:
        """Select those besides what is selected, as far as their rows were fetched; the cursor stays."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in (self._model.row_of(record_id) for record_id in record_ids):
            if row >= 0:
                self.selectionModel().select(self._model.index(row, 0), flags)

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Tell which row is selected now."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]  # passed on as they came
        self.current_changed.emit(self.current_row())

    # -- Qt ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the selected record."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._open_current()
            return
        super().keyPressEvent(event)

    def _open_current(self) -> None:
        if self.current_id():
            self.opened.emit(self.current_id())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the stretching column what is left."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the name what is left; where that is too little, other columns give way."""
        columns = self._model.columns
        if not columns:
            return
        room = self.viewport().width()
        hidden = self._giving_way(columns, room)
        widths = [
            0 if place in hidden else self._theme.px(column.width) for place, column in enumerate(columns)
        ]
        for place, column in enumerate(columns):
            if column.stretches:
                widths[place] = max(self._least(column), widths[place] + room - sum(widths))
        for place, width in enumerate(widths):
            self.setColumnHidden(place, place in hidden)
            if place not in hidden:
                self.setColumnWidth(place, width)

    def _least(self, column: Column) -> int:
        return self._theme.px(min(_LEAST_NAME_PX, column.width))

    def _giving_way(self, columns: Sequence[Column], room: int) -> set[int]:
        taken = sum(self._least(item) if item.stretches else self._theme.px(item.width) for item in columns)
        hidden: set[int] = set()
        order = sorted(range(len(columns)), key=lambda place: -columns[place].gives_way)
        for place in order:
            if taken <= room or not columns[place].gives_way:
                break
            hidden.add(place)
            taken -= self._theme.px(columns[place].width)
        return hidden


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
