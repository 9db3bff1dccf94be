"""Small charts, painted: a year in twelve columns, or as a line where the months are not added up."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gzdesk.desktop.indicator_view import LINE, Trend, runs
from gzdesk.desktop.theme import Theme

_HEAD_PX, _FOOT_PX, _GAP = 18, 18, 0.22


class TrendChart(QWidget):
    """Paints a trend; the months stand below and the largest value in figures. `small`: the shape alone."""

    def __init__(self, theme: Theme, *, width: int, height: int, small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._small = small
        self._size = QSize(theme.px(width), theme.px(height))
        self.trend: Trend | None = None
        policy = QSizePolicy.Policy.Fixed if small else QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)

    def show_trend(self, trend: Trend | None, *, words: str = "") -> None:
        """Show that trend; `words` say it for screen readers and as a tooltip."""
        self.trend = trend
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As it was asked for."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint columns or the line, the target across them, the labels below."""
        trend = self.trend
        if trend is None or not trend.values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head, foot = (3, 2) if self._small else (_HEAD_PX, _FOOT_PX)
        area = QRectF(self.rect()).adjusted(0, self._theme.px(head), 0, -self._theme.px(foot))
        painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), self._theme.color("line2"))
        if trend.kind == LINE:
            self._paint_line(painter, area, trend)
        else:
            self._paint_columns(painter, area, trend)
        if trend.target is not None and trend.target > 0:
            level = area.bottom() - float(trend.target / trend.top) * area.height()
            painter.setPen(QPen(self._theme.color("ink2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), level), QPointF(area.right(), level))
        if not self._small:
            self._paint_labels(painter, area, trend)
        painter.end()

    def _paint_columns(self, painter: QPainter, area: QRectF, trend: Trend) -> None:
        step = area.width() / len(trend.values)
        for at in range(len(trend.values)):
            share = trend.height_of(at)
            if not share:
                continue
            height = max(1.0, share * area.height())
            box = QRectF(
                area.left() + (at + _GAP / 2) * step, area.bottom() - height, step * (1 - _GAP), height
            )
            painter.fillRect(box, self._theme.color("heat_more" if at == trend.current else "primary"))

    def _paint_line(self, painter: QPainter, area: QRectF, trend: Trend) -> None:
        step = area.width() / len(trend.values)
        painter.setPen(QPen(self._theme.color("primary"), 2))
        for run in runs(trend.values):
            points = [
                QPointF(
                    area.left() + (at + 0.5) * step,
                    area.bottom() - (trend.height_of(at) or 0) * area.height(),
                )
                for at in run
            ]
            painter.drawPolyline(QPolygonF(points))
            painter.setBrush(self._theme.color("primary"))
            for point in points:
                painter.drawEllipse(point, 2, 2)

    def _paint_labels(self, painter: QPainter, area: QRectF, trend: Trend) -> None:
        theme = self._theme
        step = area.width() / len(trend.values)
        painter.setFont(theme.font("tiny"))
        metrics = painter.fontMetrics()
        every = 1
        while max(map(metrics.horizontalAdvance, trend.labels)) + 4 > step * every:
            every += 1
        painter.setPen(theme.color("ink3"))
        for at in range(0, len(trend.labels), every):
            place = QRectF(area.left() + at * step, area.bottom() + 1, step * every, theme.px(_FOOT_PX) - 1)
            side = Qt.AlignmentFlag.AlignHCenter if every == 1 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), trend.labels[at])
        highest = trend.highest
        if highest is None:
            return
        text = trend.texts[highest]
        width = metrics.horizontalAdvance(text) + 2
        middle = area.left() + (highest + 0.5) * step
        left = min(max(middle - width / 2, area.left()), area.right() - width)
        painter.setPen(theme.color("ink"))
        painter.drawText(
            QRectF(left, 0, width, theme.px(_HEAD_PX) - 1), int(Qt.AlignmentFlag.AlignCenter), text
        )
