"""The heat map: units by months, or by the year, a number or word in every cell; arrows move, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gzdesk.desktop.indicator_view import (
    ABSENT,
    BLANK,
    CANNOT,
    CHECK,
    LATE,
    MISSED,
    MORE,
    RUNNING,
    SOME,
    ZERO,
    HeatCell,
    HeatView,
    place_of,
)
from gzdesk.desktop.theme import Theme
from gzdesk.i18n import gettext as _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NAME_PX, _TOTAL_PX, _SIDE_PX = 80, 60, 12
_ROW_PX, _LEAST_ROW_PX, _HEAD_PX = 40, 28, 36
_WIDEST_CELL_PX = 150
_TONES = {LATE: "warn", CHECK: "gap", CANNOT: "neutral", MISSED: "alarm"}
_BOLD = frozenset({MORE, MISSED, LATE, RUNNING})
_DASHED = frozenset({RUNNING, CHECK})


class HeatModel(QAbstractTableModel):
    """Names, cells and totals."""

    def __init__(self) -> None:
        super().__init__()
        self.view: HeatView | None = None

    def show_view(self, view: HeatView) -> None:
        """Show that map."""
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def cell(self, index: Index) -> HeatCell | None:
        """The cell or the total at that place, None for names."""
        if self.view is None or not index.isValid() or index.row() >= len(self.view.rows):
            return None
        row = self.view.rows[index.row()]
        if index.column() == len(row.cells) + 1:
            return row.total
        return row.cells[index.column() - 1] if 1 <= index.column() <= len(row.cells) else None

    @property
    def last_column(self) -> int:
        """The last column that the cursor may stand in."""
        return self.columnCount() - 1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The units."""
        return 0 if parent.isValid() or self.view is None else len(self.view.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Name, cells, and the total where there is one."""
        if parent.isValid() or self.view is None:
            return 0
        return 1 + len(self.view.columns) + bool(self.view.total)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for the painter, for tooltips and for screen readers."""
        if self.view is None or not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                cell.text
                if cell is not None
                else self.view.rows[index.row()].label
                if not index.column()
                else ""
            )
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and cell is not None:
            return cell.words or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The corner, the months, the total."""
        if self.view is None or orientation != Qt.Orientation.Horizontal:
            return None
        last = len(self.view.columns) + 1
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {0: Qt.AlignmentFlag.AlignLeft, last: Qt.AlignmentFlag.AlignRight}
            return side.get(section, Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {0: self.view.corner, last: self.view.total}.get(section) or self.view.columns[section - 1]


class HeatDelegate(QStyledItemDelegate):
    """Paints names, cells and totals. A look is ground, weight and edge together, so grey shows it too."""

    def __init__(self, theme: Theme, model: HeatModel, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._model, self._table = theme, model, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, or the words of a name or total, and the ring of the cursor."""
        area: QRect = option.rect
        cell = self._model.cell(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, self._theme.color("surface"))
        if cell is None or not cell.look:
            self._paint_words(painter, area, index)
        else:
            self._paint_cell(painter, QRectF(area.adjusted(2, 2, -2, -2)), cell)
        if cell is not None and option.state & QStyle.StateFlag.State_Selected:
            self._paint_ring(painter, area)
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: HeatCell) -> None:
        theme = self._theme
        ink, ground, edge = self._colours(cell.look)
        pen = QPen(edge, 1)
        if cell.look in _DASHED:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if cell.look in (BLANK, ABSENT):
            return
        size = "table"
        painter.setFont(theme.font(size, bold=cell.look in _BOLD))
        if painter.fontMetrics().horizontalAdvance(cell.text) > box.width() - 2:
            painter.setFont(theme.font("tiny", bold=cell.look in _BOLD))
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), cell.text)

    def _colours(self, look: str) -> tuple[QColor, QColor, QColor]:
        """Ink, ground and edge."""
        theme, palette = self._theme, self._theme.palette
        if look in _TONES:
            ink, ground, edge = (QColor(shade) for shade in palette.tone(_TONES[look]))
            return ink, ground, edge
        ink = theme.color("on_heat_more" if look == MORE else "ink2" if look == ZERO else "ink")
        ground = theme.color(
            {SOME: "slot", MORE: "heat_more", RUNNING: "surface", ABSENT: "surface"}.get(look, "soft")
        )
        edge = theme.color("line2") if look == RUNNING else theme.color("line") if look == ZERO else ground
        return ink, ground, edge

    def _paint_ring(self, painter: QPainter, area: QRect) -> None:
        """The cursor; thin while the list has the keys."""
        width = 3 if self._table.hasFocus() else 1
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("focus" if self._table.hasFocus() else "ink2"), width))
        inset = width / 2 + 0.5
        painter.drawRoundedRect(QRectF(area).adjusted(inset, inset, -inset, -inset), 3, 3)

    def _paint_words(self, painter: QPainter, area: QRect, index: Index) -> None:
        painter.setFont(self._theme.font("table", bold=True))
        painter.setPen(self._theme.color("ink"))
        side = self._theme.px(_SIDE_PX)
        place = area.adjusted(side, 0, 0, 0) if index.column() == 0 else area.adjusted(0, 0, -side, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, place.width()
        )
        to = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
        painter.drawText(place, int(to | Qt.AlignmentFlag.AlignVCenter), text)


class _Head(QHeaderView):
    """Names of columns of forty pixels: the padding of other tables would cut them."""

    def __init__(self, theme: Theme, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme = theme

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt calls it so
        """Ground, rule and words."""
        theme, model = self._theme, self.model()
        painter.save()
        painter.fillRect(rect, theme.color("header"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        painter.setFont(theme.font("table", bold=True))
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        role = Qt.ItemDataRole.TextAlignmentRole
        side = model.headerData(logicalIndex, Qt.Orientation.Horizontal, role) or Qt.AlignmentFlag.AlignCenter
        if painter.fontMetrics().horizontalAdvance(words) > rect.width() - 2:
            painter.setFont(theme.font("tiny", bold=True))
        painter.setPen(theme.color("ink2"))
        inset = theme.px(_SIDE_PX)
        last = logicalIndex == self.count() - 1
        place = rect.adjusted(inset if logicalIndex == 0 else 0, 0, -inset if last else 0, 0)
        painter.drawText(place, int(side), words)
        painter.restore()


class HeatGrid(QTableView):
    """The map. `opened` carries the cell that was opened, `moved` that under the cursor."""

    opened = Signal(object)
    moved = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = HeatModel()
        self.setModel(self._model)
        self.setItemDelegate(HeatDelegate(theme, self._model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(_Head(theme, self))
        self.horizontalHeader().setFixedHeight(theme.px(_HEAD_PX))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # Qt's own least width is wider than a month has room for.
        self.horizontalHeader().setMinimumSectionSize(theme.px(24))
        self.setAccessibleName(_("By unit and month"))
        self.doubleClicked.connect(self._open)

    def show_view(self, view: HeatView, *, at: tuple[str, str] | None = None) -> None:
        """Show that map with the cursor on the cell of that key; without one, where it stands out first."""
        self._model.show_view(view)
        self._fit()
        place = place_of(view, at) if at is not None else None
        place = place or _first_to_look_at(view)
        if place is not None:
            self._select(self._model.index(place[0], place[1] + 1))

    def height_of_rows(self) -> int:
        """What the head and all rows take at their usual height, in pixels."""
        rows = len(self._model.view.rows) if self._model.view else 0
        return self._theme.px(_HEAD_PX) + rows * self._theme.px(_ROW_PX) + 2

    @property
    def view(self) -> HeatView | None:
        """What is shown."""
        return self._model.view

    def current_cell(self) -> HeatCell | None:
        """The cell under the cursor."""
        return self._model.cell(self.currentIndex())

    def select_key(self, key: tuple[str, str]) -> bool:
        """Put the cursor on a cell; returns whether the map has it."""
        view = self._model.view
        place = place_of(view, key) if view is not None else None
        if place is None:
            return False
        self._select(self._model.index(place[0], place[1] + 1))
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is under the cursor."""
        super().currentChanged(current, previous)
        cell = self._model.cell(current)
        if cell is not None:
            self.moved.emit(cell)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys come here now."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Left and Right stay among the cells, Home and End go to the ends of the row."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._open(self.currentIndex())
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if key in steps and not event.modifiers() & ~_KEYPAD:
            self._to_column(self.currentIndex().column() + steps[Qt.Key(key)])
            return
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self._to_column(1 if key == Qt.Key.Key_Home else self._model.last_column)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the months, and the height among the units."""
        super().resizeEvent(event)
        self._fit()

    def _to_column(self, column: int) -> None:
        if self.currentIndex().isValid():
            place = min(max(column, 1), self._model.last_column)
            self._select(self._model.index(self.currentIndex().row(), place))

    def _open(self, index: Index) -> None:
        cell = self._model.cell(index)
        if cell is not None and cell.look not in (BLANK, ABSENT):
            self.opened.emit(cell)

    def _select(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _fit(self) -> None:
        view = self._model.view
        if view is None:
            return
        if view.rows:
            low = self._theme.px(_LEAST_ROW_PX)
            height = min(self._theme.px(_ROW_PX), max(low, self.viewport().height() // len(view.rows)))
            self.verticalHeader().setMinimumSectionSize(low)
            self.verticalHeader().setDefaultSectionSize(height)
        # Only now: the rows decide whether a scroll bar takes some of the width.
        room = self.viewport().width()
        count = len(view.columns)
        total = self._theme.px(_TOTAL_PX) if view.total else 0
        names = max((self.fontMetrics().horizontalAdvance(row.label) for row in view.rows), default=0)
        least = self._theme.px(_NAME_PX)
        name = min(
            max(names + self._theme.px(24), least), max(least, room - total - count * self._theme.px(36))
        )
        cell = min((room - name - total) // max(count, 1), self._theme.px(_WIDEST_CELL_PX))
        name = room - total - cell * count if count > 1 else name
        if count == 1:
            total = room - name - cell if view.total else total
        widths = [name, *[cell] * count, *([total] if view.total else [])]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)


def _first_to_look_at(view: HeatView) -> tuple[int, int] | None:
    """The first cell that missed its target, else the month that runs, else the first."""
    for row, item in enumerate(view.rows):
        for column, cell in enumerate(item.cells):
            if cell.look == MISSED:
                return row, column
    return (0, view.current or 0) if view.rows else None


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
