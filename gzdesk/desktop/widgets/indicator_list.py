"""The list of indicators: name, value, verdict and a bullet bar in each row; arrows choose, Enter opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gzdesk.desktop.indicator_view import Line
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.bullet_bar import paint_bullet
from gzdesk.desktop.widgets.chips import chip_width, paint_chip
from gzdesk.i18n import gettext as _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW_PX, _SIDE_PX, _BAR_PX, _GAP_PX = 55, 14, 4, 10
_TARGET_PX, _WIDEST_TARGET_PX = 96, 140
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class IndicatorModel(QAbstractListModel):
    """Lines of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line for the painter; its words for screen readers and tooltips."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return "・".join(part for part in (line.name, line.value, line.chip, line.target) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (line.name, line.reason) if part)
        return None


class IndicatorDelegate(QStyledItemDelegate):
    """Paints one line in two: name, value, verdict; below them bar and target."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All lines are of one height."""
        return QSize(200, self._theme.px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, bar of the chosen row, and the two lines."""
        line = index.data(LINE_ROLE)
        area: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        theme = self._theme
        painter.save()
        painter.fillRect(area, theme.color("selected" if selected else "surface"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        if selected:
            painter.fillRect(
                QRect(area.left(), area.top(), theme.px(_BAR_PX), area.height()), theme.color("accent")
            )
            if self._view.hasFocus():
                painter.setPen(theme.color("focus"))
                painter.drawRect(area.adjusted(1, 1, -2, -2))
                painter.drawRect(area.adjusted(2, 2, -3, -3))
        if isinstance(line, Line):
            side = theme.px(_SIDE_PX)
            inner = area.adjusted(side, theme.px(5), -side, -theme.px(6))
            half = inner.height() * 28 // 44
            self._paint_words(painter, QRect(inner.left(), inner.top(), inner.width(), half), line, selected)
            self._paint_bar(painter, inner.adjusted(0, half, 0, 0), line)
        painter.restore()

    @property
    def _targets(self) -> list[str]:
        model = self._view.model()
        return [line.target for line in model.lines] if isinstance(model, IndicatorModel) else []

    def _paint_words(self, painter: QPainter, area: QRect, line: Line, selected: bool) -> None:
        theme = self._theme
        right = area.right() + 1
        if line.chip:
            width = chip_width(theme, line.chip)
            paint_chip(
                painter, theme, QRect(right - width, area.top(), width, area.height()), line.chip, line.tone
            )
            right -= width + theme.px(_GAP_PX)
        name = QFontMetrics(theme.font("body", bold=True))
        figures = QFontMetrics(theme.font("table"))
        room = right - area.left() - theme.px(_GAP_PX)
        wanted = name.horizontalAdvance(line.name)
        value = line.value
        if wanted + figures.horizontalAdvance(value) > room:
            value = line.short_value
        value_room = min(figures.horizontalAdvance(value) + 2, room * 2 // 3)
        painter.setFont(theme.font("table"))
        painter.setPen(theme.color("ink2"))
        painter.drawText(
            QRect(right - value_room, area.top(), value_room, area.height()),
            _RIGHT,
            figures.elidedText(value, Qt.TextElideMode.ElideRight, value_room),
        )
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("on_selected" if selected else "ink"))
        painter.drawText(
            QRect(area.left(), area.top(), room - value_room, area.height()),
            _LEFT,
            name.elidedText(line.name, Qt.TextElideMode.ElideRight, room - value_room),
        )

    def _paint_bar(self, painter: QPainter, area: QRect, line: Line) -> None:
        theme = self._theme
        painter.setFont(theme.font("tiny"))
        # One width for all lines, or their bars would not end under each other.
        widest = max(map(painter.fontMetrics().horizontalAdvance, self._targets), default=0) + theme.px(4)
        width = min(max(widest, theme.px(_TARGET_PX)), theme.px(_WIDEST_TARGET_PX))
        words = QRect(area.right() - width + 1, area.top(), width, area.height())
        painter.setPen(theme.color("ink2"))
        metrics = painter.fontMetrics()
        if line.bullet is None:
            text = metrics.elidedText(line.reason, Qt.TextElideMode.ElideRight, area.width() - words.width())
            painter.drawText(area, _LEFT, text)
        else:
            bar = QRectF(area.left(), area.top(), area.width() - words.width() - theme.px(4), area.height())
            if line.bullet.mirrored:
                said = _("lower is better")
                width = metrics.horizontalAdvance(said) + theme.px(8)
                painter.drawText(QRectF(bar.left(), bar.top(), width, bar.height()), _LEFT, said)
                bar.setLeft(bar.left() + width)
            paint_bullet(painter, theme, bar, line.bullet)
        painter.setPen(theme.color("ink2"))
        painter.drawText(
            words, _RIGHT, metrics.elidedText(line.target, Qt.TextElideMode.ElideRight, words.width())
        )


class IndicatorList(QListView):
    """Shows the lines. `chosen` carries the id of the line with the cursor, `opened` that of one that was opened."""

    chosen = Signal(str)
    opened = Signal(str)
    scrolled = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.on_tab: Callable[[], bool] = lambda: False
        self._model = IndicatorModel()
        self.setModel(self._model)
        self.setItemDelegate(IndicatorDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(False)
        self.setAccessibleName(_("Indicators"))
        self.doubleClicked.connect(lambda _index: self._open())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.scrolled.emit())

    def show_lines(self, lines: Sequence[Line], *, current: str) -> None:
        """Show these lines with the cursor on that one, or on the first; nothing is sent."""
        self._model.show_lines(lines)
        at = next((row for row, line in enumerate(lines) if line.id == current), 0)
        if lines:
            blocked = self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self._model.index(at, 0))
            self.selectionModel().blockSignals(blocked)
            self.scrollTo(self._model.index(at, 0))
            self.viewport().update()

    def current_id(self) -> str:
        """The id of the line with the cursor, or an empty text."""
        line = self.currentIndex().data(LINE_ROLE)
        return line.id if isinstance(line, Line) else ""

    def below(self) -> int:
        """How many lines are below what can be seen."""
        height = self.viewport().height()
        hidden = [
            row
            for row in range(self._model.rowCount())
            if self.visualRect(self._model.index(row, 0)).bottom() > height
        ]
        return len(hidden)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which line has the cursor now."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(self.current_id())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the keys come here now."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the line with the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self._open()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes into the map, which stands beside the list or in its place; `on_tab` says whether it could."""
        return (forward and self.on_tab()) or super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height shows another number of lines."""
        super().resizeEvent(event)
        self.scrolled.emit()

    def _open(self) -> None:
        if self.current_id():
            self.opened.emit(self.current_id())


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
