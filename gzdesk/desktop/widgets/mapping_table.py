"""The columns of somebody else's table with what each becomes, and below them the first rows as they will become."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gzdesk.desktop.import_state import ImportState, ShownCell
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.mapping_heads import SIDE_PX, ColumnHead, Corner, RowHead

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_LEAST_PX, _MOST_PX = 116, 230
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Model(QAbstractTableModel):
    """The rows of the state; the heads paint the rest."""

    def __init__(self, state: ImportState) -> None:
        super().__init__()
        self.state = state

    def show(self, state: ImportState) -> None:
        self.beginResetModel()
        self.state = state
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.state.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.state.table is None else len(self.state.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.state.cell(index.row(), index.column())
        if role == _CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.problem or cell.text
        return cell.text if role == Qt.ItemDataRole.DisplayRole else None


class _Cells(QStyledItemDelegate):
    """Paints a cell: dim when no item wants it, marked when it cannot be taken."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(table)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, area = self._theme, option.rect
        cell: ShownCell = index.data(_CELL_ROLE)
        table = self.parent()
        current = isinstance(table, QTableView) and index.column() == table.currentIndex().column()
        painter.save()
        painter.fillRect(area, theme.color("selected" if current else "surface"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        inner = area.adjusted(theme.px(SIDE_PX), 0, -theme.px(SIDE_PX), 0)
        ink = theme.color("ink3" if cell.left_out else "on_selected" if current else "ink")
        if cell.problem:
            ink = self._mark(painter, area)
            inner.setLeft(inner.left() + theme.px(20))
        painter.setFont(theme.font("table"))
        painter.setPen(ink)
        text = painter.fontMetrics().elidedText(cell.text or "—", Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _LEFT, text)
        if isinstance(table, QTableView) and index == table.currentIndex() and table.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()

    def _mark(self, painter: QPainter, area: QRect) -> QColor:
        """A ground, an edge and a sign, so that no colour has to tell it alone."""
        theme = self._theme
        tone = theme.palette.error
        box = area.adjusted(1, 1, -2, -2)
        painter.fillRect(box, QColor(tone.ground))
        painter.setPen(QPen(QColor(tone.edge), 1))
        painter.drawRect(box)
        side = theme.px(16)
        icon = theme.pixmap("warning", tone.ink, 16)
        painter.drawPixmap(area.left() + theme.px(7), area.center().y() - side // 2, icon)
        return QColor(tone.ink)


class MappingTable(QTableView):
    """Arrows go from column to column; a letter, Enter or a press asks what the column becomes."""

    choice_wanted = Signal(int, str)
    """The place of a column, and the letters already typed."""
    dropped_out = Signal(int)
    """Delete was pressed: this column is to be left out."""
    moved = Signal()

    def __init__(self, theme: Theme, state: ImportState) -> None:
        super().__init__()
        self._theme = theme
        self._model = _Model(state)
        self._column_head = ColumnHead(theme, self)
        self._column_head.pressed_at.connect(lambda place: self.choice_wanted.emit(place, ""))
        self.setHorizontalHeader(self._column_head)
        self.setVerticalHeader(RowHead(theme, self))
        self.setModel(self._model)
        self.setItemDelegate(_Cells(theme, self))
        self._corner = Corner(theme, self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    @property
    def shown(self) -> ImportState:
        """What is shown."""
        return self._model.state

    def show_state(self, state: ImportState) -> None:
        """Show the state as it is now; the keyboard stays where it was."""
        row = max(0, self.currentIndex().row())
        self._model.show(state)
        for place in range(self._model.columnCount()):
            self.setColumnWidth(place, self._width_of(place))
        self.go_to(min(row, max(0, self._model.rowCount() - 1)), state.column)

    def go_to(self, row: int, place: int) -> None:
        """Go to a cell and bring its column into view."""
        self.setCurrentIndex(self._model.index(max(0, row), place))

    def box_of(self, place: int) -> QRect:
        """Where the box of a column is, in this table."""
        box = self._column_head.box_of(place)
        box.moveTopLeft(self._column_head.mapTo(self, box.topLeft()))
        return box

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Paint the column that the keyboard is at now."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.shown.column = current.column()
        self.viewport().update()
        self._column_head.viewport().update()
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and Enter ask what the column becomes, Delete leaves it out."""
        place = self.currentIndex().column()
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if place >= 0 and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choice_wanted.emit(place, "")
        elif place >= 0 and plain and event.key() == Qt.Key.Key_Delete:
            self.dropped_out.emit(place)
        elif place >= 0 and plain and event.text().isprintable() and event.text().strip():
            self.choice_wanted.emit(place, event.text())
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Characters that come composed ask just as letters do."""
        if event.commitString() and self.currentIndex().isValid():
            self.choice_wanted.emit(self.currentIndex().column(), event.commitString())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words at the left of the heads."""
        super().resizeEvent(event)
        corner = QPoint(self.frameWidth(), self.frameWidth())
        self._corner.setGeometry(
            corner.x(), corner.y(), self.verticalHeader().width(), self._column_head.height()
        )

    def focusInEvent(self, event: object) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self._column_head.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self._column_head.viewport().update()

    def _width_of(self, place: int) -> int:
        theme, state = self._theme, self.shown
        assert state.table is not None
        bold = QFontMetrics(theme.font("table", bold=True)).horizontalAdvance
        plain = QFontMetrics(theme.font("table")).horizontalAdvance
        needed = max(
            bold(state.table.columns[place].title) + theme.px(30),
            bold(state.label_at(place)) + theme.px(36),
            *(plain(state.cell(row, place).text) + theme.px(20) for row in range(len(state.rows))),
            0,
        )
        return min(max(needed + 2 * theme.px(SIDE_PX), theme.px(_LEAST_PX)), theme.px(_MOST_PX))
