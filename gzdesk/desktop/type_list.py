"""The narrow list of one record type beside its form (picture c)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gzdesk.desktop.list_columns import type_columns
from gzdesk.desktop.table_model import RecordTableModel
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.record_table import RecordTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.record_type import RecordType
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

WIDTH_PX = 452


class TypeList(Card):
    """The year's records of one type, the latest first; pressing one asks to open it."""

    opened = Signal(str)

    def __init__(self, shell: MainWindow, record_type: RecordType) -> None:
        super().__init__(shell.theme, record_type.label, margin=0)
        self._workspace = shell.workspace
        self.record_type = record_type
        self.model = RecordTableModel(
            source=self._workspace.records, types=self._workspace.types, settings=self._workspace.settings
        )
        self.table = RecordTable(shell.theme, self.model)
        self.table.setObjectName("type_list")
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(lambda _index: self.opened.emit(self.table.current_id()))
        self.body.addWidget(self.table, 1)
        self.setMaximumWidth(shell.theme.px(WIDTH_PX))
        self._build_totals()

    def sizeHint(self) -> QSize:
        """As wide as in the picture."""
        return QSize(self.theme.px(WIDTH_PX), self.theme.px(400))

    def minimumSizeHint(self) -> QSize:
        """It must not keep the window from being made narrow: there it is hidden (ui.md 2)."""
        return QSize(0, 0)

    def _build_totals(self) -> None:
        strip = QFrame()
        strip.setProperty("role", "totals")
        strip.setFixedHeight(self.theme.px(58))
        row = QHBoxLayout(strip)
        row.setContentsMargins(self.theme.px(14), 0, self.theme.px(14), 0)
        self._sums = label()
        self._share = label()
        for part in (self._sums, self._share):
            part.setTextFormat(Qt.TextFormat.RichText)
        row.addWidget(self._sums, 1)
        row.addWidget(self._share)
        self.outer.addWidget(strip)

    def show_year(self, year: int | None, *, selected: str = "") -> None:
        """List a year's records, or all of a register."""
        from gzdesk.services.records import ListQuery

        dated, by_year = self.record_type.month_of is not None, self.record_type.counts_by_month
        query = ListQuery(
            types=(self.record_type.id,),
            unit=None if self.record_type.scope == "town" else self._workspace.context.own_scope,
            year=year if by_year else None,
            sort="day" if dated else "title",
            descending=dated,
        )
        self.model.show(query, type_columns(self.record_type, compact=True))
        self.table.clearSelection()
        self.table.select_id(selected)
        totals = self._workspace.records.totals(replace(query, sort="day"))
        self._show_sums(totals.held, totals.sessions_hundredths, totals.persons)
        assert self.subtitle is not None
        self.subtitle.setText(self._year_words(year, totals.held) if by_year else "")
        self._show_share()

    def _year_words(self, year: int | None, held: int) -> str:
        if self.record_type.group == "event":
            return _("{year}, {count} held").format(year=year, count=held)
        return _("the year {year}").format(year=year)

    def _show_sums(self, held: int, sessions_hundredths: int, persons: int) -> None:
        count = sessions_hundredths / 100 if "sessions" in self.record_type.measures else held
        words = _("<b>{sessions}</b> sessions, <b>{persons}</b> visits")
        if "sessions" not in self.record_type.measures:
            words = _("<b>{sessions}</b> records")
        self._sums.setText(words.format(sessions=f"{count:g}", persons=f"{persons:,}"))

    def _show_share(self) -> None:
        """How many of the films were new, as far as all lines are at hand (a year has some twenty)."""
        lines = [line for row in range(min(self.model.rowCount(), 64)) if (line := self.model.line(row))]
        held = [line for line in lines if line.row.status == "held"]
        if self.record_type.id != "film_screening" or not held or len(lines) < self.model.rowCount():
            self._share.clear()
            return
        new = sum(line.badge[1] == "ok" for line in held)
        words = _("New films <b>{count}</b>, <b>{share}%</b>")
        self._share.setText(words.format(count=new, share=f"{100 * new / len(held):.1f}"))
