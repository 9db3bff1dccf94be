"""Choosing the time of a table: a kind of time and, where it needs one, which."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.domain.period import Month
from gzdesk.domain.reading import FieldProblem, ParseContext
from gzdesk.domain.reading.dates import read_date
from gzdesk.i18n import gettext as _
from gzdesk.services.tables import Period, kind_words, period_words

_KINDS = (
    "this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year",
    "month", "quarter", "year", "days", "all",
)  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LISTED = {"month": 36, "quarter": 16, "year": 12}
_WORDS, _LIST, _DAYS = 0, 1, 2


class PeriodChooser(QWidget):
    """Two boxes side by side. `chosen` comes with every change that can be read."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parsing: ParseContext) -> None:
        super().__init__()
        self._parsing = parsing
        self._first_months: list[Month] = []
        self.kind = QComboBox()
        self.kind.setObjectName("period_kind")
        for name in _KINDS:
            self.kind.addItem(kind_words(name), name)
        self.which = QComboBox()
        self.which.setObjectName("period_which")
        self.first, self.last = self._day_box("period_first"), self._day_box("period_last")
        self._words = ElidedLabel("", size="table", ink="ink2")
        self._stack = QStackedWidget()
        for part in (self._words, self.which, self._days(theme)):
            self._stack.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.kind, 2)
        row.addWidget(self._stack, 3)
        self.kind.activated.connect(lambda _place: self._on_kind())
        self.which.activated.connect(lambda _place: self._emit())

    def show_period(self, period: Period) -> None:
        """Show that time as chosen."""
        self.kind.setCurrentIndex(self.kind.findData(period.kind))
        self._fill(period.kind, Month.parse(period.first) if period.kind in _MONTHS else None)
        if period.kind == "days":
            self.first.setText(period.first)
            self.last.setText(period.last)
        elif period.kind not in _MONTHS:
            self._words.setText(period.span(self._parsing.today).words if period.kind != "all" else "")

    def _on_kind(self) -> None:
        kind = str(self.kind.currentData())
        self._fill(kind, None)
        self._emit()

    def _fill(self, kind: str, chosen: Month | None) -> None:
        if kind not in _MONTHS:
            self._stack.setCurrentIndex(_DAYS if kind == "days" else _WORDS)
            return
        size = _MONTHS[kind]
        today = Month.of(self._parsing.today)
        newest = Month(today.year, (today.month - 1) // size * size + 1)
        self._first_months = [newest.plus(-size * back) for back in range(_LISTED[kind])]
        if chosen is not None and chosen not in self._first_months:
            self._first_months.append(chosen)
        self.which.clear()
        self.which.addItems([period_words(first, months=size) for first in self._first_months])
        self.which.setCurrentIndex(self._first_months.index(chosen) if chosen else 0)
        self._stack.setCurrentIndex(_LIST)

    def _emit(self) -> None:
        kind = str(self.kind.currentData())
        first = last = ""
        if kind in _MONTHS:
            first = str(self._first_months[self.which.currentIndex()])
        elif kind == "days":
            first, last = self._read(self.first), self._read(self.last)
        self.chosen.emit(Period(kind=kind, first=first, last=last))

    def _read(self, box: QLineEdit) -> str:
        """The day that is written there, as 2019-10-05; what cannot be read is left for the table to name."""
        text = box.text().strip()
        if not text:
            return ""
        try:
            found = read_date(text, self._parsing).isoformat()
        except FieldProblem:
            return text
        box.setText(found)
        return found

    def _day_box(self, name: str) -> QLineEdit:
        box = QLineEdit()
        box.setObjectName(name)
        box.setPlaceholderText(_("day"))
        box.editingFinished.connect(self._emit)
        return box

    def _days(self, theme: Theme) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self.first, 1)
        row.addWidget(label("–", ink="ink2"))
        row.addWidget(self.last, 1)
        return holder
