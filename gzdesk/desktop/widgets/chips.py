"""Chips: a state as a word in a coloured box, as a widget and as paint for list delegates."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.texts import set_look

CHIP_HEIGHT = 24
_PADDING = 9
_RADIUS = 4
_ICON_PX = 14


class Chip(QLabel):
    """A word in a box. `tone`: ok, warn, error, info, gap, neutral, outline or alarm."""

    def __init__(self, text: str, tone: str = "neutral") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("chip", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, tone: str) -> None:
        """Change the word and its colours."""
        self.setText(text)
        set_look(self, chip=tone)


def chip_width(theme: Theme, text: str, *, icon: str = "", size: str = "small") -> int:
    """How wide a painted chip is, in pixels."""
    words = QFontMetrics(theme.font(size)).horizontalAdvance(text)
    return words + theme.px(2 * _PADDING) + (theme.px(_ICON_PX + 2) if icon else 0)


def paint_chip(
    painter: QPainter,
    theme: Theme,
    area: QRect,
    text: str,
    tone: str,
    *,
    icon: str = "",
    bold: bool = False,
    dashed: bool = False,
    fill_width: bool = False,
    size: str = "small",
) -> None:
    """Paint a chip at the left of `area` (or as wide as it), centred from top to bottom."""
    ink, ground, edge = (QColor(shade) for shade in theme.palette.tone(tone))
    width = area.width() if fill_width else min(area.width(), chip_width(theme, text, icon=icon, size=size))
    height = min(theme.px(CHIP_HEIGHT), area.height())
    box = QRectF(area.left() + 0.5, area.top() + (area.height() - height) // 2 + 0.5, width - 1, height - 1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(edge, 1)
    if dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if dashed else ground)
    painter.drawRoundedRect(box, theme.px(_RADIUS), theme.px(_RADIUS))
    _paint_words(painter, theme, box, text, ink, icon=icon, bold=bold, size=size)
    painter.restore()


def _paint_words(
    painter: QPainter,
    theme: Theme,
    box: QRectF,
    text: str,
    ink: QColor,
    *,
    icon: str,
    bold: bool,
    size: str,
) -> None:
    font = theme.font(size, bold=bold)
    painter.setFont(font)
    painter.setPen(ink)
    icon_room = theme.px(_ICON_PX + 2) if icon else 0
    words = QFontMetrics(font).horizontalAdvance(text)
    left = box.left() + max(0.0, (box.width() - words - icon_room) / 2)
    if icon:
        picture = theme.pixmap(icon, ink.name(), _ICON_PX)
        side = QSize(theme.px(_ICON_PX), theme.px(_ICON_PX))
        top = box.top() + (box.height() - side.height()) / 2
        painter.drawPixmap(QRectF(left, top, side.width(), side.height()), picture, QRectF(picture.rect()))
    place = QRectF(left + icon_room, box.top(), box.right() - left - icon_room, box.height())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
