"""The cards beside the opening grid: the weekly hours, the sums, and who is on duty."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, line
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.desktop.widgets.week_times import week_lines
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.opening import OpeningMonth, OpeningTotals


class OpeningSide(QWidget):
    """Shows what goes with the month in the grid."""

    def __init__(self, theme: Theme, *, change_schedule: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self._figures: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self._make_week(change_schedule))
        column.addWidget(self._make_sums())
        hint = Card(theme, margin=16)
        self._hint = label(size="small", ink="ink2", wrap=True)
        hint.body.addWidget(self._hint)
        hint.body.addStretch(1)
        column.addWidget(hint, 1)

    def show_month(self, month: OpeningMonth) -> None:
        """Show hours, sums and the person of that month."""
        self._show_week(month)
        self._show_sums(month.totals)
        duty = month.duty_person or _("nobody yet")
        self._hint.setText(
            _("On duty by default: {name}. If a day was different, choose it and press F2.").format(name=duty)
        )

    # -- building ------------------------------------------------------------------------------

    def _make_week(self, change_schedule: Callable[[], object]) -> Card:
        card = Card(self._theme, _("Weekly hours"), margin=14)
        assert card.head is not None
        card.head.addWidget(
            Button(
                self._theme,
                _("Change"),
                kind="link",
                small=True,
                name="change_schedule",
                on_click=change_schedule,
            )
        )
        self._week = QGridLayout()
        self._week.setHorizontalSpacing(self._theme.px(8))
        self._week.setVerticalSpacing(self._theme.px(2))
        self._week.setColumnStretch(1, 1)
        card.body.addLayout(self._week)
        return card

    def _make_sums(self) -> Card:
        card = Card(self._theme, margin=16)
        for name, words in (
            ("open", _("Days to be open")),
            ("filled", _("Filled in")),
            ("missing", _("Missing")),
            ("hours", _("Hours open")),
            ("staggered", _("Outside office hours")),
            ("visitors", _("Visitors in all")),
        ):
            if name == "visitors":
                card.body.addWidget(line())
            row = QHBoxLayout()
            row.addWidget(label(words, size="table", ink="ink2"), 1)
            self._figures[name] = label(size="section", bold=True)
            row.addWidget(self._figures[name])
            card.body.addLayout(row)
        return card

    # -- showing -------------------------------------------------------------------------------

    def _show_week(self, month: OpeningMonth) -> None:
        while (item := self._week.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (days, times) in enumerate(week_lines(month.weekly, month.holiday_rule)):
            self._week.addWidget(label(days, size="small", ink="ink2"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._week.addWidget(label(times, size="small", wrap=True), row, 1)

    def _show_sums(self, totals: OpeningTotals) -> None:
        share = _("cannot be worked out")
        if totals.minutes:
            share = f"{100 * totals.staggered_minutes / totals.minutes:.1f}%"
        for name, words in (
            ("open", _days(totals.open_days)),
            ("filled", _days(totals.filled_days)),
            ("missing", _days(totals.missing_days)),
            ("hours", _("{hours} h").format(hours=f"{totals.minutes / 60:g}")),
            ("staggered", share),
            ("visitors", _("{count} visits").format(count=f"{totals.visitors:,}")),
        ):
            self._figures[name].setText(words)
        set_look(self._figures["missing"], ink="warn" if totals.missing_days else "ink")
        set_look(self._figures["visitors"], ink="accent")


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=count)
