"""Named stages of a piece of work, as a line of circles across a card or as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gzdesk.desktop.theme import Theme

_CIRCLE = 34
_SMALL_CIRCLE = 22
_NAME_LINE = 24
_CENTRED = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


def paint_step(painter: QPainter, theme: Theme, box: QRectF, *, number: int, state: str) -> None:
    """Paint one circle: `done` has a check, `now` a ring, `waiting` a pale ring, `failed` a cross."""
    palette = theme.palette
    fills = {"done": palette.primary, "failed": palette.weekend}
    edges = {
        "done": palette.primary,
        "now": palette.accent,
        "failed": palette.weekend,
        "waiting": palette.line2,
    }
    inks = {"now": palette.accent, "waiting": palette.ink3}
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(edges[state]), 2))
    painter.setBrush(QColor(fills.get(state, palette.surface)))
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    if state in fills:
        icon = theme.pixmap("check" if state == "done" else "cross", "on_primary", 18)
        side = box.width() * 0.55
        place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        painter.drawPixmap(place, icon, QRectF(icon.rect()))
    else:
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(QColor(inks[state]))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))


class _Stages(QWidget):
    """Which stage is running; shared by the line and the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.stages: list[str] = []
        self.now = -1
        self.failed = False

    def set_stages(self, stages: Sequence[str]) -> None:
        """Show these stages, none begun."""
        self.stages, self.now, self.failed = list(stages), -1, False
        self.updateGeometry()
        self.update()

    def begin(self, name: str) -> None:
        """The stage of that name runs now; a name that was not announced is added."""
        if name not in self.stages:
            self.stages.append(name)
            self.updateGeometry()
        self.now = self.stages.index(name)
        self.update()

    def finish(self) -> None:
        """All stages are done."""
        self.now = len(self.stages)
        self.update()

    def fail(self) -> None:
        """The stage that runs did not succeed."""
        self.failed = True
        self.update()

    def state(self, index: int) -> str:
        """The state of a stage: done, now, waiting or failed."""
        if index == self.now:
            return "failed" if self.failed else "now"
        return "done" if index < self.now else "waiting"


class StepLine(_Stages):
    """Circles from left to right with their names below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A circle and the lines of its name."""
        return QSize(self.theme.px(400), self.theme.px(_CIRCLE + 6 + _NAME_LINE * self._lines()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names take a second line where they stand close."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circles, the lines between them and the names."""
        if not self.stages:
            return
        theme, painter = self.theme, QPainter(self)
        room = self.width() / len(self.stages)
        side = theme.px(_CIRCLE)
        for index, name in enumerate(self.stages):
            middle = room * (index + 0.5)
            if index:
                done = self.state(index) in ("done", "now", "failed")
                shade = theme.palette.primary if done else theme.palette.line
                painter.setPen(QPen(QColor(shade), theme.px(3)))
                gap = side / 2 + theme.px(4)
                painter.drawLine(QPointF(middle - room + gap, side / 2), QPointF(middle - gap, side / 2))
            box = QRectF(middle - side / 2, 0, side, side)
            paint_step(painter, theme, box, number=index + 1, state=self.state(index))
            painter.setFont(self._fitting_font(name, room, bold=self.state(index) == "now"))
            painter.setPen(QColor(theme.palette.ink))
            area = QRectF(middle - room / 2, side + theme.px(4), room, theme.px(_NAME_LINE * self._lines()))
            painter.drawText(area, _CENTRED, name)

    def _lines(self) -> int:
        """How many lines the longest name needs in its part of the width."""
        room = self.width() / max(len(self.stages), 1)
        words_px = QFontMetrics(self.theme.font("tiny", bold=True)).horizontalAdvance
        return 2 if any(words_px(name) > room for name in self.stages) else 1

    def _fitting_font(self, name: str, room: float, *, bold: bool) -> QFont:
        for role in ("table", "small", "tiny"):
            font = self.theme.font(role, bold=bold)
            if QFontMetrics(font).horizontalAdvance(name) <= room:
                return font
        return self.theme.font("tiny")


class StepList(_Stages):
    """Stages below each other, for narrow places."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line per stage."""
        return QSize(self.theme.px(300), self.theme.px(32) * len(self.stages))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a circle and the name for each stage."""
        theme, painter = self.theme, QPainter(self)
        side, height = theme.px(_SMALL_CIRCLE), theme.px(32)
        for index, name in enumerate(self.stages):
            top = index * height
            box = QRectF(0, top + (height - side) / 2, side, side)
            paint_step(painter, theme, box, number=index + 1, state=self.state(index))
            painter.setFont(theme.font("table", bold=self.state(index) == "now"))
            painter.setPen(QColor(theme.palette.ink))
            area = QRect(side + theme.px(10), top, self.width() - side - theme.px(10), height)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), name)
