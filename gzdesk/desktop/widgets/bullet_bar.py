"""Bullet bars: filled is what there is, the solid tick the target, the dotted tick the pace (ui.md 3, picture i)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gzdesk.desktop.indicator_view import Bullet
from gzdesk.desktop.theme import Theme
from gzdesk.domain.indicators.result import BEHIND, MET, NOT_MET, ON_PACE
from gzdesk.i18n import gettext as _

BAR_PX, TICK_PX = 9, 17
_TICK_WIDTH, _DOT = 3, 2


def bar_color(theme: Theme, verdict: str) -> QColor:
    """The colour of the filled part; the chip beside it says the same in a word."""
    palette = theme.palette
    return QColor(
        {MET: palette.ok.ink, ON_PACE: palette.primary, BEHIND: palette.amber, NOT_MET: palette.weekend}.get(
            verdict, palette.line2
        )
    )


def bar_parts(bullet: Bullet, area: QRectF) -> tuple[QRectF, float | None, float | None]:
    """The filled part of a bar in that area, and where the middles of the ticks of target and pace stand."""

    def place(share: float | None) -> float | None:
        if share is None:
            return None
        return area.right() - share * area.width() if bullet.mirrored else area.left() + share * area.width()

    length = bullet.actual * area.width()
    left = area.right() - length if bullet.mirrored else area.left()
    return QRectF(left, area.top(), length, area.height()), place(bullet.target), place(bullet.pace)


def paint_bullet(painter: QPainter, theme: Theme, area: QRectF, bullet: Bullet) -> None:
    """Paint a bar over the width of `area`, in its middle from top to bottom."""
    height, reach = theme.px(BAR_PX), theme.px(TICK_PX)
    bar = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    filled, target, pace = bar_parts(bullet, bar)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRoundedRect(bar, 2, 2)
    if filled.width() >= 1:
        painter.setBrush(bar_color(theme, bullet.verdict))
        painter.drawRoundedRect(filled, 2, 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    top = area.center().y() - reach / 2
    if pace is not None and pace != target:
        _paint_dots(painter, theme, _tick(pace, bar, _DOT), top, reach)
    if target is not None:
        painter.fillRect(QRectF(_tick(target, bar, _TICK_WIDTH), top, _TICK_WIDTH, reach), theme.color("ink"))
    painter.restore()


def _tick(middle: float, bar: QRectF, width: int) -> float:
    """The left edge of a tick, which stays on the bar at both ends."""
    return round(min(max(middle - width / 2, bar.left()), bar.right() - width))


def _paint_dots(painter: QPainter, theme: Theme, left: float, top: float, reach: float) -> None:
    # Each dot has a pale rim, or it would be lost on the filled part of the bar.
    step = _DOT * 2
    painter.fillRect(QRectF(left - 1, top, _DOT + 2, reach), theme.color("surface"))
    for number in range(int(reach // step) + 1):
        dot = QRectF(left, top + number * step, _DOT, min(_DOT, reach - number * step))
        painter.fillRect(dot, theme.color("ink"))


class BulletLegend(QWidget):
    """What is filled, what is solid and what is dotted; at the right, words such as how many rows are below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._more = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_more(self, words: str) -> None:
        """Change the words at the right."""
        self._more = words
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._theme.px(300), self._theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint three signs with their words, as many as fit, and the words at the right."""
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("tiny"))
        metrics = QFontMetrics(theme.font("tiny"))
        room = self.width() - metrics.horizontalAdvance(self._more) - theme.px(12)
        left = 0
        for sign, width, words in (
            ("bar", 22, _("actual")),
            ("tick", 3, _("target")),
            ("dots", 2, _("due at an even pace")),
        ):
            end = left + theme.px(width + 7) + metrics.horizontalAdvance(words)
            if end > room:
                break
            self._paint_sign(painter, sign, left, theme.px(width))
            painter.setPen(theme.color("ink2"))
            start = left + theme.px(width + 7)
            painter.drawText(QRectF(start, 0, end - start + 2, self.height()), _LEFT, words)
            left = end + theme.px(16)
        painter.setPen(theme.color("ink2"))
        painter.drawText(
            self.rect(), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._more
        )
        painter.end()

    def _paint_sign(self, painter: QPainter, sign: str, left: int, width: int) -> None:
        theme, middle = self._theme, self.height() / 2
        reach = theme.px(TICK_PX)
        if sign == "bar":
            height = theme.px(BAR_PX)
            painter.fillRect(QRectF(left, middle - height / 2, width, height), theme.color("primary"))
        elif sign == "tick":
            painter.fillRect(QRectF(left, middle - reach / 2, _TICK_WIDTH, reach), theme.color("ink"))
        else:
            _paint_dots(painter, theme, left, middle - reach / 2, reach)


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
