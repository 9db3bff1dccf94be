"""What stands around the rows of a mapping: above each column what it is and becomes, before each row its fate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.chips import paint_chip
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.widgets.mapping_table import MappingTable

SIDE_PX = 10
_TITLE_PX, _SAMPLES_PX, _CHOSEN_PX, _ROW_PX, _ROW_HEAD_PX = 32, 24, 44, 32, 122
_FATES = {"new": "ok", "same": "neutral", "refused": "error"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColumnHead(QHeaderView):
    """Above each column: its own heading, what stands in it, and what it becomes."""

    pressed_at = Signal(int)

    def __init__(self, theme: Theme, table: MappingTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._theme, self._table = theme, table
        self.setFixedHeight(theme.px(_TITLE_PX + _SAMPLES_PX + _CHOSEN_PX))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        """Paint one column's head."""
        state, theme = self._table.shown, self._theme
        if state.table is None:
            return
        column = state.table.columns[place]
        current = place == self._table.currentIndex().column()
        painter.save()
        painter.fillRect(rect, theme.color("selected" if current else "header"))
        painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color("line"))
        inner = rect.adjusted(theme.px(SIDE_PX), 0, -theme.px(SIDE_PX), 0)
        title = QRect(inner.left(), rect.top(), inner.width(), theme.px(_TITLE_PX))
        self._letter(painter, title, column.letter)
        self._words(painter, title.adjusted(theme.px(24), 0, 0, 0), column.title, "table", "ink", bold=True)
        samples = QRect(inner.left(), title.bottom(), inner.width(), theme.px(_SAMPLES_PX))
        self._words(painter, samples, "、".join(column.samples[:3]) or "—", "tiny", "ink2")
        self._chosen(painter, self._box(rect), place, current=current)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press chooses the column; on its box, what it becomes."""
        place = self.logicalIndexAt(event.position().toPoint())
        if place < 0:
            return
        self._table.go_to(self._table.currentIndex().row(), place)
        if event.position().y() > self.height() - self._theme.px(_CHOSEN_PX):
            self.pressed_at.emit(place)

    def box_of(self, place: int) -> QRect:
        """Where the box of a column is, in this head."""
        left = self.sectionViewportPosition(place)
        return self._box(QRect(left, 0, self.sectionSize(place), self.height()))

    def _box(self, rect: QRect) -> QRect:
        theme = self._theme
        top = rect.bottom() - theme.px(_CHOSEN_PX) + theme.px(3)
        return QRect(
            rect.left() + theme.px(5), top, rect.width() - theme.px(10), theme.px(_CHOSEN_PX) - theme.px(9)
        )

    def _letter(self, painter: QPainter, area: QRect, letter: str) -> None:
        painter.setFont(self._theme.font("tiny"))
        painter.setPen(self._theme.color("ink3"))
        painter.drawText(area, _LEFT, letter)

    def _words(
        self, painter: QPainter, area: QRect, words: str, size: str, ink: str, *, bold: bool = False
    ) -> None:
        painter.setFont(self._theme.font(size, bold=bold))
        painter.setPen(self._theme.color(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _LEFT, shown)

    def _chosen(self, painter: QPainter, box: QRect, place: int, *, current: bool) -> None:
        theme, words = self._theme, self._table.shown.label_at(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = current and self._table.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focused else "line2"), 2 if focused else 1))
        painter.setBrush(theme.color("focus_ground" if focused else "surface" if words else "disabled"))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        side = theme.px(16)
        arrow = theme.pixmap("down", "ink2", 16)
        painter.drawPixmap(box.right() - side - theme.px(4), box.center().y() - side // 2, arrow)
        inner = box.adjusted(theme.px(8), 0, -side - theme.px(6), 0)
        if words:
            self._words(painter, inner, words, "table", "accent", bold=True)
        else:
            self._words(painter, inner, _("left out"), "table", "ink3")


class RowHead(QHeaderView):
    """Before each row: its number in the table, and what becomes of it."""

    def __init__(self, theme: Theme, table: MappingTable) -> None:
        super().__init__(Qt.Orientation.Vertical, table)
        self._theme, self._table = theme, table
        self.setFixedWidth(theme.px(_ROW_HEAD_PX))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.px(_ROW_PX))

    def paintSection(self, painter: QPainter, rect: QRect, row: int) -> None:
        """Paint one row's head."""
        theme, shown = self._theme, self._table.shown.rows[row]
        painter.save()
        painter.fillRect(rect, theme.color("header"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink2"))
        side = theme.px(SIDE_PX)
        painter.drawText(rect.adjusted(side, 0, 0, 0), _LEFT, str(shown.row))
        area = rect.adjusted(side + theme.px(34), 0, -theme.px(6), 0)
        paint_chip(painter, theme, area, _fate_words(shown.fate), _FATES[shown.fate])
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave the room below the last row as empty as the table beside it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(self.rect().adjusted(0, self.length(), 0, 0), self._theme.color("surface"))
        painter.end()


class Corner(QWidget):
    """Says what the three lines of the column heads are."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the three words."""
        theme, painter = self._theme, QPainter(self)
        painter.fillRect(self.rect(), theme.color("header"))
        painter.setPen(theme.color("ink2"))
        top = 0
        for words, high, size in (
            (_("In the table"), _TITLE_PX, "small"),
            (_("For example"), _SAMPLES_PX, "tiny"),
            (_("Taken as"), _CHOSEN_PX, "small"),
        ):
            painter.setFont(theme.font(size))
            area = QRect(theme.px(SIDE_PX), top, self.width() - theme.px(SIDE_PX), theme.px(high))
            painter.drawText(area, _LEFT, words)
            top += theme.px(high)
        painter.end()


def _fate_words(fate: str) -> str:
    return {"new": _("Added"), "same": _("Known"), "refused": _("Refused")}[fate]
