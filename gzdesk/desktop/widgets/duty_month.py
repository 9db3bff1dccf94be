"""A month of duties: each day with what is due on it, in words and colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy

from gzdesk.desktop.widgets.month_view import MonthView
from gzdesk.domain.period import Month

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme

_HEAD_PX, _ROW_PX, _LOWEST_PX, _NUMBER_PX, _LINE_PX = 28, 92, 64, 26, 21


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDuty:
    """One line in a day: words and their tone."""

    words: str
    tone: str


class DutyMonth(MonthView):
    """Arrows move between days, PgUp and PgDn between months, Enter opens the day."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._duties: Mapping[date, Sequence[DayDuty]] = {}
        self._holidays: Mapping[date, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_duties(
        self,
        month: Month,
        *,
        today: date,
        duties: Mapping[date, Sequence[DayDuty]],
        holidays: Mapping[date, str],
    ) -> None:
        """Show that month with these duties; `holidays` are the names of days off."""
        self._duties, self._holidays = duties, holidays
        self.show_month(month, today=today, marks={})

    def sizeHint(self) -> QSize:
        """As many weeks as the month touches, with room for three lines."""
        rows = self._weeks() * self._theme.px(_ROW_PX)
        return QSize(self._theme.px(540), self._theme.px(_HEAD_PX) + rows)

    def minimumSizeHint(self) -> QSize:
        """Weeks may be lower where there is little room."""
        rows = self._weeks() * self._theme.px(_LOWEST_PX)
        return QSize(self._theme.px(400), self._theme.px(_HEAD_PX) + rows)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        super()._paint_day(painter, day)
        theme, box = self._theme, self._box(day)
        painter.setFont(theme.font("tiny"))
        holiday = self._holidays.get(day)
        if holiday:
            painter.setPen(theme.color("weekend"))
            place = box.adjusted(theme.px(28), theme.px(5), -theme.px(5), 0)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), holiday)
        top = box.top() + theme.px(_NUMBER_PX)
        room = int((box.bottom() - top - 2) // theme.px(_LINE_PX))
        lines = list(self._duties.get(day, ()))
        shown = lines if len(lines) <= room else [*lines[: max(0, room - 1)], _more(lines, room)]
        for line in shown[:room]:
            self._paint_line(
                painter, QRectF(box.left() + 3, top, box.width() - 7, theme.px(_LINE_PX - 2)), line
            )
            top += theme.px(_LINE_PX)

    def _paint_line(self, painter: QPainter, place: QRectF, line: DayDuty) -> None:
        tone = self._theme.palette.tone(line.tone)
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tone.ground))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(tone.ink))
        room = place.adjusted(3, 0, 0, 0)
        words = painter.fontMetrics().elidedText(line.words, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        painter.restore()


def _more(lines: Sequence[DayDuty], room: int) -> DayDuty:
    hidden = lines[max(0, room - 1) :]
    worst = next(
        (tone for tone in ("error", "warn", "info") if any(line.tone == tone for line in hidden)), "ok"
    )
    return DayDuty(words=f"+{len(hidden)}", tone=worst)
