"""How one day of the opening grid looks: its number, what is special, the parts of the day, the box to type in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.chips import chip_width, paint_chip
from gzdesk.domain.opening import Slot
from gzdesk.domain.reading.slots import weekday_name
from gzdesk.i18n import gettext as _
from gzdesk.services.opening import DayCell

_NOON, _EVENING = "12:00", "18:00"
_PARTS = ("morning", "afternoon", "evening")
_SIDE_PX, _MARK_PX = 8, 22


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights inside a cell in pixels of normal size, from top to bottom."""

    top: int
    day: int
    part: int
    gap: int
    box: int
    bottom: int

    @property
    def height(self) -> int:
        """The whole cell."""
        return self.top + self.day + self.part + self.gap + self.box + self.bottom


ROOMY = Measures(top=5, day=26, part=18, gap=4, box=36, bottom=8)
TIGHT = Measures(top=2, day=23, part=16, gap=3, box=31, bottom=5)
"""For a month of six weeks, or for large letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellState:
    """What the grid knows about a cell. `typed` is what is being typed into it, None when nothing is."""

    current: bool = False
    focused: bool = False
    typed: str | None = None


def parts_of_day(slots: Iterable[Slot]) -> frozenset[str]:
    """The parts of the day in which the slots begin: morning, afternoon, evening."""
    return frozenset(
        "morning" if slot.start < _NOON else "afternoon" if slot.start < _EVENING else "evening"
        for slot in slots
    )


def closed_words(cell: DayCell) -> str:
    """Why the day is closed, in words."""
    reason = cell.plan.closed_reason
    if reason is None:
        return _("{weekday}: closed").format(weekday=weekday_name(cell.day.isoweekday()))
    return {
        "repair": _("Closed: repair"),
        "weather": _("Closed: weather"),
        "epidemic": _("Closed: epidemic"),
        "occupied": _("Closed: rooms taken"),
    }.get(reason, _("Closed"))


class CellPainter:
    """Paints the cells of one month; `parts` are the parts of the day in which anything is open that month."""

    def __init__(self, theme: Theme, painter: QPainter, *, parts: frozenset[str]) -> None:
        self._theme = theme
        self._painter = painter
        self._parts = [part for part in _PARTS if part in parts]
        self._measures = ROOMY

    def paint(self, rect: QRect, cell: DayCell, state: CellState) -> None:
        """Paint one cell."""
        px = self._theme.px
        self._measures = ROOMY if rect.height() >= px(ROOMY.height) else TIGHT
        ground = "holiday" if cell.plan.holiday_name else "surface" if cell.is_open else "soft"
        self._painter.fillRect(rect, self._theme.color(ground))
        inner = rect.adjusted(px(_SIDE_PX), px(self._measures.top), -px(_SIDE_PX), -px(self._measures.bottom))
        self._paint_day(inner, cell)
        if not cell.is_open:
            self._paint_closed(inner, cell, state)
            return
        box_height = px(self._measures.box)
        box = QRect(inner.left(), inner.bottom() + 1 - box_height, inner.width(), box_height)
        self._paint_parts(inner, box.top(), parts_of_day(cell.entry.slots))
        self._paint_box(box, cell, state)
        self._paint_figure(box.adjusted(px(10), 0, -px(10), 0), cell, state)

    # -- the day and what is special -----------------------------------------------------------

    def _paint_day(self, inner: QRect, cell: DayCell) -> None:
        is_weekend = cell.day.isoweekday() >= 6 and not cell.plan.is_makeup_workday
        line = QRect(inner.left(), inner.top(), inner.width(), self._theme.px(self._measures.day))
        self._painter.setFont(self._theme.font("table", bold=True))
        rests = is_weekend or cell.plan.holiday_name is not None
        self._painter.setPen(self._theme.color("weekend" if rests else "ink"))
        self._painter.drawText(line, _LEFT, str(cell.day.day))
        used = self._painter.fontMetrics().horizontalAdvance(str(cell.day.day)) + self._theme.px(6)
        room = line.adjusted(used, 0, 0, 0)
        for words, tone in _marks(cell):
            room = self._paint_mark(room, words, tone)

    def _paint_mark(self, room: QRect, words: str, tone: str) -> QRect:
        self._painter.setFont(self._theme.font("tiny"))
        metrics = self._painter.fontMetrics()
        padding = self._theme.px(18) if tone else 0
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() - padding)
        if len(shown) < 2 and shown != words:
            return room
        if not tone:
            self._painter.setPen(self._theme.color("weekend"))
            self._painter.drawText(room, _RIGHT, shown)
            return room.adjusted(0, 0, -metrics.horizontalAdvance(shown) - self._theme.px(5), 0)
        width = min(room.width(), chip_width(self._theme, shown, size="tiny"))
        height = min(self._theme.px(_MARK_PX), room.height())
        box = QRect(room.right() - width + 1, room.center().y() - height // 2, width, height)
        paint_chip(self._painter, self._theme, box, shown, tone, size="tiny")
        return room.adjusted(0, 0, -width - self._theme.px(5), 0)

    def _paint_parts(self, inner: QRect, bottom: int, own: frozenset[str]) -> None:
        if not self._parts:
            return
        words = {"morning": _("a.m."), "afternoon": _("p.m."), "evening": _("eve")}
        height, gap = self._theme.px(self._measures.part), self._theme.px(4)
        top = bottom - self._theme.px(self._measures.gap) - height
        width = (inner.width() - gap * (len(self._parts) - 1)) // len(self._parts)
        self._painter.setFont(self._theme.font("tiny"))
        for place, part in enumerate(self._parts):
            rect = QRect(inner.left() + place * (width + gap), top, width, height)
            self._painter.fillRect(rect, self._theme.color("slot" if part in own else "header"))
            self._painter.setPen(self._theme.color("on_selected" if part in own else "ink3"))
            self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words[part])

    def _paint_closed(self, inner: QRect, cell: DayCell, state: CellState) -> None:
        self._painter.setFont(self._theme.font("small"))
        self._painter.setPen(self._theme.color("ink3"))
        room = inner.adjusted(0, self._theme.px(22), 0, 0)
        self._painter.drawText(
            room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, closed_words(cell)
        )
        if state.focused:
            self._painter.setPen(QPen(self._theme.color("focus"), 2))
            self._painter.drawRect(inner.adjusted(-4, 0, 4, 3))

    # -- the box -------------------------------------------------------------------------------

    def _paint_box(self, box: QRect, cell: DayCell, state: CellState) -> None:
        pen, ground = self._box_look(cell, state)
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(pen)
        self._painter.setBrush(ground)
        half = pen.width() / 2
        self._painter.drawRoundedRect(box.toRectF().adjusted(half, half, -half, -half), 4, 4)
        self._painter.restore()

    def _box_look(self, cell: DayCell, state: CellState) -> tuple[QPen, QColor]:
        palette = self._theme.palette
        if state.focused:
            return QPen(QColor(palette.focus), 2), QColor(palette.focus_ground)
        if state.current:
            return QPen(QColor(palette.accent), 2), QColor(palette.surface)
        if cell.is_missing:
            pen = QPen(QColor(palette.warn.ink), 2)
            pen.setStyle(Qt.PenStyle.DashLine)
            return pen, QColor(palette.focus_ground)
        if cell.is_future:
            return QPen(QColor(palette.line), 1), QColor(palette.soft)
        return QPen(QColor(palette.line2), 1), QColor(palette.surface)

    def _paint_figure(self, inner: QRect, cell: DayCell, state: CellState) -> None:
        if cell.is_missing and state.typed is None and not state.focused:
            self._paint_missing(inner)
            return
        shown = "" if cell.entry.visitors is None else str(cell.entry.visitors)
        figure = shown if state.typed is None else state.typed
        self._painter.setFont(self._theme.font("body"))
        room = self._paint_unit(inner, self._painter.fontMetrics().horizontalAdvance(figure))
        self._painter.setFont(self._theme.font("body"))
        self._painter.setPen(self._theme.color("ink"))
        self._painter.drawText(room, _RIGHT, figure)
        if state.focused:
            height = self._painter.fontMetrics().height()
            caret = QRect(room.right() + 2, room.center().y() - height // 2, 2, height)
            self._painter.fillRect(caret, self._theme.color("ink"))

    def _paint_unit(self, inner: QRect, needed: int) -> QRect:
        """Write the unit where it leaves room for the figure; returns that room."""
        self._painter.setFont(self._theme.font("small"))
        unit = _("visits")
        width = self._painter.fontMetrics().horizontalAdvance(unit) + self._theme.px(8)
        if inner.width() - width < needed:
            return inner
        self._painter.setPen(self._theme.color("ink3"))
        self._painter.drawText(inner, _RIGHT, unit)
        return inner.adjusted(0, 0, -width, 0)

    def _paint_missing(self, inner: QRect) -> None:
        words, font = _("missing"), self._theme.font("small", bold=True)
        self._painter.setFont(font)
        needed = self._painter.fontMetrics().horizontalAdvance(words)
        self._paint_unit(inner, needed + self._theme.px(6))
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._theme.palette.warn.ink))
        self._painter.drawText(inner, _LEFT, words)


def _marks(cell: DayCell) -> list[tuple[str, str]]:
    """From right to left: what is special about the day, with its tone."""
    marks = []
    if cell.plan.holiday_name:
        marks.append((_("off"), "error"))
    elif cell.plan.is_makeup_workday:
        marks.append((_("work"), "neutral"))
    if cell.entry.note:
        marks.append((cell.entry.note, "warn"))
    elif cell.differs:
        marks.append((_("other times"), "warn"))
    elif cell.plan.holiday_name:
        marks.append((cell.plan.holiday_name, ""))
    return marks


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
