"""The parts of the review page: the months that wait, the records of one, what deserves a look, late changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.review_words import month_chip, record_chip
from gzdesk.desktop.widgets.cards import Card, clear_layout
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, pick
from gzdesk.services.home_words import month_words

if TYPE_CHECKING:
    from gzdesk.bootstrap import Workspace
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.theme import Theme
    from gzdesk.services.correspondence import Entry
    from gzdesk.services.late_changes import LateChange
    from gzdesk.services.review import ReviewedRecord

_MONTHS_WIDTH_PX, _MONTHS_WIDTH_LARGE_PX, _MORE_EN_PX = 262, 220, 50
_LABEL_WIDTH_PX = 84


class MonthList(Card):
    """The units' months that wait, and the one that was asked for from elsewhere."""

    chosen = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Months"), margin=0)
        english = language() == "en"
        usual = _MONTHS_WIDTH_LARGE_PX if theme.large else _MONTHS_WIDTH_PX
        self.setFixedWidth(theme.px(usual + (_MORE_EN_PX if english and not theme.large else 0)))
        columns = (
            Column(id="unit", title=_("Unit"), width=80, stretches=True),
            Column(id="month", title=_("Month"), width=58),
            Column(id="state", title=_("State"), width=74),
        )
        # The state of the chosen month stands over its records as well, and English words are long.
        self._shown = len(columns) - (english and theme.large)
        self.table = PlainTable(theme, columns[: self._shown])
        self.table.setObjectName("months_to_review")
        self.table.selectionModel().currentRowChanged.connect(lambda now, _old: self._tell(now.row()))
        self.body.addWidget(self.table)
        self._rows: tuple[tuple[str, Month], ...] = ()

    def show_months(
        self, rows: Sequence[tuple[str, str, Month, str]], *, current: tuple[str, Month] | None
    ) -> None:
        """Show unit id, name, month and state of each; `current` is chosen."""
        self._rows = tuple((unit, month) for unit, _name, month, _state in rows)
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.show_rows(
            [_month_cells(name, month, state)[: self._shown] for _unit, name, month, state in rows]
        )
        if current in self._rows:
            self.table.selectRow(self._rows.index(current))
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()
        self.set_subtitle(str(len(rows)) if rows else "")

    def _tell(self, row: int) -> None:
        if 0 <= row < len(self._rows):
            self.chosen.emit(*self._rows[row])


class RecordsToReview(PlainTable):
    """The records of a month. Space approves the one under the cursor, Enter opens it."""

    approve_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        columns = (
            Column(id="day", title=_("Date"), width=64),
            Column(id="type", title=_("Kind"), width=84),
            Column(id="title", title=_("Name"), width=120, stretches=True),
            Column(id="persons", title=_("Persons"), width=58, is_number=True),
            Column(id="look", title=_("Look at"), width=112),
            Column(id="state", title=_("Review"), width=84),
        )
        # In large letters the name needs the room; what to look at stands beside the record as well.
        given_up = {"type", "look"} if theme.large else {"type"} if language() == "en" else set()
        self._places = [at for at, one in enumerate(columns) if one.id not in given_up]
        super().__init__(theme, [columns[at] for at in self._places])
        self.setObjectName("records_to_review")

    def show_records(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these, each with all its cells."""
        self.show_rows([[cells[at] for at in self._places] for cells in rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space approves."""
        if event.key() == Qt.Key.Key_Space:
            self.approve_wanted.emit()
            return
        super().keyPressEvent(event)


def record_cells(workspace: Workspace, item: ReviewedRecord) -> tuple[Cell, ...]:
    """One line of the records of a month."""
    view_title, persons = record_title(workspace, item)
    words, tone = record_chip(item.review.state)
    record_type = workspace.types.get(item.record.type)
    day = str(item.record.values.get((record_type.month_of if record_type else "") or "", ""))
    return (
        Cell(text=day[5:]),
        Cell(text=record_type.label if record_type else item.record.type, ink="ink2"),
        Cell(text=view_title),
        Cell(text=persons, is_number=True),
        Cell(text=item.look[0] if item.look else "", ink="warn"),
        Cell(text=words, chip=tone),
    )


def record_title(workspace: Workspace, item: ReviewedRecord) -> tuple[str, str]:
    """The name of a record and its person-times as lists show them."""
    record, record_type = item.record, workspace.types.get(item.record.type)
    if record_type is None:
        return record.type, ""
    texts = item.texts
    persons = texts.get(record_type.measures.get("persons", ""), "")
    return texts.get(record_type.title, "") or record_type.label, persons


class Details(QWidget):
    """What there is to say of the record under the cursor: what to look at, what was said, what is written."""

    def __init__(self, shell: MainWindow) -> None:
        super().__init__()
        self._theme = shell.theme
        self._rows = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._rows)
        self._rows.setContentsMargins(*[self._theme.px(margin) for margin in (14, 10, 10, 10)])
        self._rows.setSpacing(self._theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll_area(holder))

    def show_record(
        self, rows: Sequence[tuple[str, str]], *, looks: Sequence[str], said: Sequence[Entry] = ()
    ) -> None:
        """Show the items in words; `looks` come first, then what passed between village and town."""
        clear_layout(self._rows)
        for words in looks:
            self._rows.addWidget(label(words, size="small", ink="warn", bold=True, wrap=True))
        for entry in said:
            when = entry.when[5:16].replace("T", " ")
            self._rows.addWidget(label(f"{when}　{entry.who}", size="tiny", ink="ink3", wrap=True))
            ink = {"error": "error", "ok": "ok", "warn": "warn"}.get(entry.tone, "ink")
            self._rows.addWidget(label(entry.words, size="small", ink=ink, bold=True, wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(10))
        grid.setVerticalSpacing(self._theme.px(3))
        grid.setColumnStretch(1, 1)
        for at, (words, text) in enumerate(rows):
            name = label(words, size="small", ink="ink2", wrap=True)
            name.setFixedWidth(self._theme.px(_LABEL_WIDTH_PX))
            name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, at, 0)
            grid.addWidget(label(text, size="small", wrap=True), at, 1)
        self._rows.addLayout(grid)
        self._rows.addStretch(1)


def late_columns() -> tuple[Column, ...]:
    """The columns of the tray of late changes."""
    return (
        Column(id="unit", title=_("Unit"), width=92),
        Column(id="month", title=_("Month"), width=66),
        Column(id="what", title=_("Record"), width=200, stretches=True),
        Column(id="kind", title=_("Change"), width=84),
        Column(id="changes", title=_("Before and now"), width=200, stretches=True),
        Column(id="reason", title=_("Reason"), width=110, stretches=True),
    )


def late_cells(workspace: Workspace, item: LateChange) -> tuple[Cell, ...]:
    """One line of the tray."""
    unit = workspace.units.find(item.unit)
    words = {"added": (_("Added"), "info"), "removed": (_("Removed"), "neutral")}
    kind, tone = words.get(item.kind, (_("Changed"), "warn"))
    return (
        Cell(text=unit.label if unit else item.unit),
        Cell(text=month_words(item.month)),
        Cell(text=item.words),
        Cell(text=kind, chip=tone),
        Cell(text=change_words(item)),
        Cell(text=item.reason),
    )


def change_words(item: LateChange) -> str:
    """`人次 136 → 580`; of a record that was added or removed nothing stands on the other side."""
    if item.kind != "changed":
        return "—"
    return pick(zh="；", en="; ").join(
        f"{each.label} {each.old or '—'} → {each.new or '—'}" for each in item.changes
    )


def _month_cells(name: str, month: Month, state: str) -> tuple[Cell, ...]:
    words, tone = month_chip(state)
    return (Cell(text=name), Cell(text=month_words(month)), Cell(text=words, chip=tone))
