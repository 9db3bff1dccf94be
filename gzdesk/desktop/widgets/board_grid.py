"""Units × months as a table of painted chips; arrows move, Enter opens a cell."""

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
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.chips import chip_width, paint_chip
from gzdesk.desktop.widgets.record_table import head_width
from gzdesk.domain.rate import Rate
from gzdesk.i18n import gettext as _
from gzdesk.services.board_cells import (
    APPROVED,
    BLANK,
    GAP,
    LATE,
    MISSING,
    NIL,
    NOT_DUE,
    RETURNED,
    WAITING,
    Cell,
    YearBoard,
)
from gzdesk.services.home_words import day_words, month_words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_NAME, _FIRST_MONTH, _RATE = 0, 1, 13
_COLUMNS = 14
_ROW_PX, _HEAD_PX = 36, 36
_NAME_PX, _RATE_PX = 96, 76
_LEAST_MONTH_PX = 55  # a chip with its word
LOOKS = {
    APPROVED: ("check", "ok"),
    WAITING: ("eye", "info"),
    LATE: ("clock", "warn"),
    NIL: ("minus", "outline"),
    GAP: ("warning", "gap"),
    RETURNED: ("return", "alarm"),
    MISSING: ("cross", "missing"),
    NOT_DUE: ("", "neutral"),
}
"""Icon and tone of each state: never the colour alone."""


class BoardModel(QAbstractTableModel):
    """One row per unit and one for the rates of the months."""

    def __init__(self) -> None:
        super().__init__()
        self.board: YearBoard | None = None

    def show_board(self, board: YearBoard) -> None:
        """Show that year."""
        self.beginResetModel()
        self.board = board
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """The unit and month at that place, or None for names, rates and the foot."""
        if self.board is None or not _FIRST_MONTH <= index.column() < _RATE:
            return None
        if not 0 <= index.row() < len(self.board.rows):
            return None
        return self.board.rows[index.row()].cells[index.column() - _FIRST_MONTH]

    def place(self, cell: Cell) -> QModelIndex:
        """Where a unit and month stand."""
        assert self.board is not None
        row = next(at for at, found in enumerate(self.board.rows) if found.unit.id == cell.unit.id)
        return self.index(row, cell.month.month)

    def names(self) -> list[str]:
        """The units of the rows."""
        return [] if self.board is None else [row.unit.label for row in self.board.rows]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Units and the foot."""
        return 0 if parent.isValid() or self.board is None else len(self.board.rows) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Name, twelve months, rate."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell, for the painter's plain cells, tooltips and screen readers."""
        if self.board is None or not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self.board, index)
        cell = self.cell(index)
        return cell_words(cell) if cell and role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Unit, months, rate."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = {_NAME: Qt.AlignmentFlag.AlignLeft, _RATE: Qt.AlignmentFlag.AlignRight}
            return side.get(section, Qt.AlignmentFlag.AlignHCenter) | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or self.board is None:
            return None
        if section == _NAME:
            return _("Unit")
        return _("On time") if section == _RATE else _("{month:02d}").format(month=section)

    def _text(self, board: YearBoard, index: Index) -> str:
        if index.row() == len(board.rows):
            return self._foot(board, index.column())
        row = board.rows[index.row()]
        if index.column() == _NAME:
            return row.unit.label
        if index.column() == _RATE:
            return row.rate.percent
        return chip_words(row.cells[index.column() - _FIRST_MONTH].state)

    def _foot(self, board: YearBoard, column: int) -> str:
        if column == _NAME:
            return _("On time")
        if column == _RATE:
            return board.rate.percent
        found = board.columns[column - _FIRST_MONTH]
        if found.month == board.current:
            return f"{found.received}/{found.units}"
        return found.rate.percent if found.rate.due else ""


class BoardDelegate(QStyledItemDelegate):
    """Paints chips, names and rates."""

    def __init__(self, theme: Theme, model: BoardModel, table: QTableView) -> None:
        super().__init__(table)
        self._theme, self._model, self._table = theme, model, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, rule, what stands there, and the ring of the cursor."""
        board = self._model.board
        if board is None:
            return
        area: QRect = option.rect
        is_foot = index.row() == len(board.rows)
        is_current = board.current is not None and index.column() == board.current.month
        ground = "column" if is_current else "header" if is_foot else "surface"
        painter.save()
        painter.fillRect(area, self._theme.color(ground))
        rule = QRect(area.left(), area.top() if is_foot else area.bottom(), area.width(), 2 if is_foot else 1)
        painter.fillRect(rule, self._theme.color("line2" if is_foot else "line"))
        cell = self._model.cell(index)
        if cell is not None:
            self._paint_chip(painter, area, cell)
        else:
            self._paint_words(painter, area, index, is_foot=is_foot)
        if option.state & QStyle.StateFlag.State_Selected and self._table.hasFocus() and cell is not None:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(area.adjusted(2, 2, -3, -3))
        painter.restore()

    def _paint_chip(self, painter: QPainter, area: QRect, cell: Cell) -> None:
        inner = area.adjusted(4, 4, -4, -5)
        if cell.state == BLANK:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("soft"))
            painter.drawRoundedRect(QRectF(inner), 4, 4)
            return
        icon, tone = LOOKS[cell.state]
        words = chip_words(cell.state)
        if cell.waits and cell.state in (LATE, NIL):
            icon = LOOKS[WAITING][0]  # late or nil, and not looked at yet
        if icon and chip_width(self._theme, words, icon=icon, size="tiny") > inner.width() + self._theme.px(
            8
        ):
            icon = ""  # the word goes first where there is no room for both
        paint_chip(
            painter,
            self._theme,
            inner,
            words,
            tone,
            icon=icon,
            bold=cell.state in (MISSING, RETURNED),
            dashed=cell.state == NOT_DUE,
            fill_width=True,
            size="tiny",
        )

    def _paint_words(self, painter: QPainter, area: QRect, index: Index, *, is_foot: bool) -> None:
        column = index.column()
        warns = column == _RATE and not is_foot and _is_below(self._rate(index.row()))
        painter.setFont(self._theme.font("table", bold=is_foot or column == _NAME or warns))
        painter.setPen(self._theme.palette.warn.ink if warns else self._theme.color("ink"))
        side = {_NAME: Qt.AlignmentFlag.AlignLeft, _RATE: Qt.AlignmentFlag.AlignRight}.get(
            column, Qt.AlignmentFlag.AlignHCenter
        )
        place = area.adjusted(self._theme.px(10), 0, -self._theme.px(10), 0) if column in (0, 13) else area
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _rate(self, row: int) -> Rate | None:
        board = self._model.board
        return board.rows[row].rate if board is not None and row < len(board.rows) else None


class BoardGrid(QTableView):
    """The table. `opened` carries the cell that was opened with Enter or a double click."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = BoardModel()
        self.setModel(self._model)
        self.setItemDelegate(BoardDelegate(theme, self._model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(theme.px(_HEAD_PX))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(20))  # else months could not be narrow enough
        self._narrow_heads()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(_("Which unit has handed in which month"))
        self.doubleClicked.connect(self._open)

    def _narrow_heads(self) -> None:
        """In large letters a month is hardly wider than its head: the room beside it is taken away."""
        if self._theme.large:
            narrow, usual = self._theme.px(1), self._theme.px(10)
            self.horizontalHeader().setStyleSheet(
                f"QHeaderView::section {{ padding: 0 {narrow}px; }}"
                f" QHeaderView::section:first, QHeaderView::section:last {{ padding: 0 {usual}px; }}"
            )

    def show_board(self, board: YearBoard) -> None:
        """Show that year; the cursor stays where it was."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self._model.show_board(board)
        self._fit()
        if row < 0:
            row, column = 0, board.current.month if board.current else _FIRST_MONTH
        self._select(self._model.index(row, column))

    def select_cell(self, cell: Cell) -> None:
        """Put the cursor on a unit and month."""
        self._select(self._model.place(cell))
        self.setFocus()

    def current_cell(self) -> Cell | None:
        """The unit and month under the cursor."""
        return self._model.cell(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the months, and the height among the units."""
        super().resizeEvent(event)
        self._fit()

    def _open(self, index: Index) -> None:
        cell = self._model.cell(index)
        if cell is not None:
            self.opened.emit(cell)

    def _select(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)

    def _fit(self) -> None:
        rate = max(self._theme.px(_RATE_PX), head_width(self._theme, _("On time")))
        room = self.viewport().width() - rate
        widest = max((head_width(self._theme, name) for name in self._model.names()), default=0)
        name = max(self._theme.px(_NAME_PX), min(widest, room - 12 * self._theme.px(_LEAST_MONTH_PX)))
        month = (room - name) // 12
        name = self.viewport().width() - rate - 12 * month
        for column in range(_COLUMNS):
            self.setColumnWidth(column, {_NAME: name, _RATE: rate}.get(column, month))
        rows = self._model.rowCount()
        if rows:
            least = self._theme.px(30)
            height = min(self._theme.px(_ROW_PX + 4), max(least, self.viewport().height() // rows))
            self.verticalHeader().setMinimumSectionSize(least)
            self.verticalHeader().setDefaultSectionSize(height)


def chip_words(state: str) -> str:
    """A state in the one short word that fits a chip."""
    return {
        APPROVED: _("ok"),
        WAITING: _("look"),
        RETURNED: _("redo"),
        LATE: _("late"),
        NIL: _("nil"),
        GAP: _("gap"),
        MISSING: _("none"),
        NOT_DUE: _("due"),
    }.get(state, "")


def cell_words(cell: Cell) -> str:
    """A cell in a sentence, for its tooltip: state, day of arrival, deadline, check code."""
    parts = [f"{cell.unit.label} {month_words(cell.month)}", cell.label]
    if cell.arrived_on is not None:
        parts.append(
            _("came on {day}, no. {number}").format(day=day_words(cell.arrived_on), number=cell.number)
        )
    elif cell.state in (MISSING, NOT_DUE):
        parts.append(_("due on {day}").format(day=day_words(cell.deadline)))
    if cell.correction:
        parts.append(_("correction no. {number}").format(number=cell.correction))
    if cell.waits and cell.state in (LATE, NIL):
        parts.append(_("not reviewed yet"))
    if cell.reopened:
        parts.append(_("opened again by the village"))
    if cell.check_code:
        parts.append(_("check code {code}").format(code=cell.check_code))
    return "・".join(part for part in parts if part)


def _is_below(rate: Rate | None) -> bool:
    return rate is not None and rate.due > 0 and rate.on_time < rate.due
