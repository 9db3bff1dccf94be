"""The shapes that stand for kinds of records: shape and colour together, for colour alone does not tell."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from gzdesk.desktop.theme import Theme

PLANNED = "planned"
"""An empty ring: planned, not held yet."""


def paint_symbol(painter: QPainter, theme: Theme, box: QRectF, symbol: str) -> None:
    """Paint a square (film), triangle (performance), circle (activity), diamond (training) or ring (planned)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(_colour(theme, symbol)))
    if symbol == "square":
        painter.drawRect(box)
    elif symbol == "triangle":
        painter.drawPolygon(_polygon(box, (0, 1), (0.5, 0), (1, 1)))
    elif symbol == "diamond":
        wide = box.adjusted(-1, -1, 1, 1)
        painter.drawPolygon(_polygon(wide, (0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)))
    elif symbol == PLANNED:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("ink3"), 2))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    else:
        painter.drawEllipse(box)
    painter.restore()


def _colour(theme: Theme, symbol: str) -> QColor:
    palette = theme.palette
    return QColor(
        {"square": palette.accent, "triangle": palette.weekend, "diamond": palette.info.ink}.get(
            symbol, palette.amber
        )
    )


def _polygon(box: QRectF, *corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF(
        [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in corners]
    )
