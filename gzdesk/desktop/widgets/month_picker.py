"""The month that a page shows: an arrow back, its name with a list, an arrow on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.desktop.widgets.day_words import month_title
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _

_MONTHS_LISTED = 24


class MonthPicker(QWidget):
    """Chooses a month; with `whole_time` also none of them: all months."""

    chosen = Signal(object)
    """A `Month`, or None for all months."""

    def __init__(self, theme: Theme, *, whole_time: bool = False) -> None:
        super().__init__()
        self._whole_time = whole_time
        self._month: Month | None = None
        self._months: list[Month | None] = []
        self._list = QComboBox()
        self._list.setProperty("strong", True)
        self._list.setMinimumWidth(theme.px(140))
        self._list.setObjectName("month")
        self._list.activated.connect(lambda place: self._choose(self._months[place]))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        back = icon_button(
            theme, "left", _("Month before"), name="month_back", on_click=lambda: self.step(-1)
        )
        on = icon_button(theme, "right", _("Month after"), name="month_on", on_click=lambda: self.step(1))
        for part in (back, self._list, on):
            row.addWidget(part)

    @property
    def month(self) -> Month | None:
        """The month chosen, None for all."""
        return self._month

    def show_month(self, month: Month | None, *, latest: Month) -> None:
        """Show that month as chosen; the list reaches from `latest` two years back."""
        self._month = month
        newest = max(latest, month) if month else latest
        months: list[Month | None] = [newest.plus(-back) for back in range(_MONTHS_LISTED)]
        if month is not None and month not in months:
            months.append(month)
        if self._whole_time:
            months.insert(0, None)
        self._fill(months)
        self._list.setCurrentIndex(months.index(month))

    def step(self, months: int) -> None:
        """Choose a later or earlier month."""
        if self._month is not None:
            self._choose(self._month.plus(months))

    def _fill(self, months: Sequence[Month | None]) -> None:
        if list(months) == self._months:
            return
        self._months = list(months)
        self._list.clear()
        self._list.addItems([month_title(month) if month else _("All months") for month in months])

    def _choose(self, month: Month | None) -> None:
        if month != self._month:
            self.chosen.emit(month)
