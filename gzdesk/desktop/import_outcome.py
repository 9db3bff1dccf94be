"""The last two steps of an import: what would come of it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.import_state import DONE, ImportState
from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.imports import Outcome, RowProblem

_MOST_ROWS = 500
_LEAST_LIST_PX = 76  # the head and a row: in large letters a message below must find room too


class OutcomeView(QWidget):
    """Three figures, the rows that need a look, and the buttons of the next step."""

    save_wanted = Signal()
    undo_wanted = Signal()
    go_on_wanted = Signal()

    def __init__(self, shell: MainWindow) -> None:
        super().__init__()
        self._shell, self._theme = shell, shell.theme
        self._next = False
        self._reasons: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(self._theme, margin=0)
        card.body.setSpacing(0)
        card.body.addWidget(self._figures())
        self.table = PlainTable(self._theme, _columns())
        self.table.setObjectName("refused_rows")
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_detail())
        self.table.horizontalHeader().sectionResized.connect(lambda *_sizes: self._show_detail())
        self._empty = EmptyState(self._theme, "check", "")
        self._views = QStackedWidget()
        self._views.setMinimumHeight(self._theme.px(_LEAST_LIST_PX))
        self._views.addWidget(self.table)
        self._views.addWidget(self._empty)
        card.body.addWidget(self._views, 1)
        self._strip = self._detail_strip()
        card.body.addWidget(self._strip)
        self._buttons(card)
        column.addWidget(card, 1)

    def show_state(self, state: ImportState) -> None:
        """Show the figures of a trial, of an import, or of its undoing."""
        outcome = state.outcome
        if outcome is None:
            return
        done = state.step == DONE
        self._show_figures(state, outcome)
        self._show_rows(state, outcome)
        self._say.setText(_words(state, outcome))
        self._save.setVisible(bool(outcome.refused))
        self._undo.setVisible(state.can_undo)
        self._next = done or outcome.added > 0
        name = self._register(state.type_id)
        words = _("Open {register}") if done else _("Take in")
        self._go_on.setText(f"{words.format(register=name)} {'Enter' if done else 'Ctrl+Enter'}")
        self._go_on.setEnabled(self._next)

    def focus_first(self) -> None:
        """Onto the button of the next step; where there is none, onto the rows that need a look."""
        if self._next:
            self._go_on.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.table.setFocus()

    # Building

    def _figures(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "row")
        row = QHBoxLayout(bar)
        row.setContentsMargins(*[self._theme.px(margin) for margin in (20, 12, 20, 12)])
        row.setSpacing(self._theme.px(36))
        self.added, self.skipped, self.refused = _Figure(), _Figure(), _Figure()
        for figure in (self.added, self.skipped, self.refused):
            row.addWidget(figure)
        row.addStretch(1)
        return bar

    def _detail_strip(self) -> QFrame:
        """The reason of the selected row in full, for columns that are too narrow for it."""
        strip = QFrame()
        strip.setProperty("role", "totals")
        row = QHBoxLayout(strip)
        row.setContentsMargins(*[self._theme.px(margin) for margin in (20, 8, 20, 8)])
        self._detail = label("", size="table", wrap=True)
        row.addWidget(self._detail, 1)
        return strip

    def _buttons(self, card: Card) -> None:
        foot = card.add_foot()
        self._say = label("", size="table", ink="ink2", wrap=True)
        foot.addWidget(self._say, 1)
        self._undo = Button(
            self._theme,
            _("Undo this import"),
            key="Ctrl+Z",
            icon="undo",
            name="undo_import",
            on_click=self.undo_wanted.emit,
        )
        self._save = Button(
            self._theme,
            _("Save the refused rows"),
            key="Ctrl+E",
            icon="export",
            name="save_refused",
            on_click=self.save_wanted.emit,
        )
        self._go_on = Button(
            self._theme, _("Take in"), kind="primary", name="go_on", on_click=self.go_on_wanted.emit
        )
        for button in (self._undo, self._save, self._go_on):
            foot.addWidget(button)

    # Showing

    def _show_figures(self, state: ImportState, outcome: Outcome) -> None:
        if state.undone is not None:
            self.added.show_figure(state.undone.taken_back, _("undone"), "neutral")
        else:
            words = _("taken in") if state.step == DONE else _("will be added")
            self.added.show_figure(outcome.added, words, "ok")
        self.skipped.show_figure(outcome.skipped, _("here already"), "neutral")
        self.refused.show_figure(len(outcome.refused), _("cannot be taken"), "error")

    def _show_rows(self, state: ImportState, outcome: Outcome) -> None:
        rows = list(islice(_rows(state, outcome), _MOST_ROWS))
        self._reasons = tuple(cells[-1].text for cells in rows)
        self.table.show_rows(rows)
        self._views.setCurrentIndex(0 if rows else 1)
        self._empty.sentence.setText(
            _("Every row is in order.")
            if outcome.added or outcome.skipped
            else _("There is no row in this table.")
        )

        self._show_detail()

    def _show_detail(self) -> None:
        row = self.table.current_row()
        words = self._reasons[row] if 0 <= row < len(self._reasons) else ""
        room = self.table.columnWidth(len(_columns()) - 1) - self._theme.px(20)
        needed = QFontMetrics(self._theme.font("table")).horizontalAdvance(words)
        self._detail.setText(words)
        self._strip.setVisible(needed > room)

    def _register(self, type_id: str) -> str:
        found = self._shell.workspace.types.get(type_id)
        return found.label if found else type_id


class _Figure(QWidget):
    """A large figure and what it counts."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.figure = label("", size="hero", bold=True)
        self.words = label("", size="body", ink="ink2")
        row.addWidget(self.words)
        row.addWidget(self.figure)

    def show_figure(self, count: int, words: str, tone: str) -> None:
        """Show a figure; nothing to count is pale."""
        self.figure.setText(f"{count:,}")
        set_look(self.figure, ink=tone if count else "ink3")
        self.words.setText(words)


def _columns() -> tuple[Column, ...]:
    return (
        Column(id="row", title=_("Row"), width=70, is_number=True),
        Column(id="kind", title=_("Result"), width=110),
        Column(id="item", title=_("Which item"), width=150),
        Column(id="written", title=_("In the table"), width=190),
        Column(id="why", title=_("Why"), width=240, stretches=True),
    )


def _rows(state: ImportState, outcome: Outcome) -> Iterator[tuple[Cell, ...]]:
    """What was kept by an undoing, then the refused rows, then what was taken and deserves a look."""
    for kept in state.undone.kept if state.undone else ():
        yield _row("—", _("Stays"), "warn", "", kept.words, kept.reason)
    for refused in outcome.refused:
        for problem in refused.problems:
            written = _written(state, refused.cells, problem)
            yield _row(str(refused.row), _("Refused"), "error", problem.label, written, problem.message)
    for warned in outcome.warnings:
        for problem in warned.problems:
            yield _row(str(warned.row), _("Please check"), "warn", problem.label, "", problem.message)


def _row(row: str, kind: str, tone: str, item: str, written: str, why: str) -> tuple[Cell, ...]:
    return (
        Cell(text=row, is_number=True),
        Cell(text=kind, chip=tone),
        Cell(text=item),
        Cell(text=written, ink="ink2"),
        Cell(text=why),
    )


def _written(state: ImportState, cells: tuple[str, ...], problem: RowProblem) -> str:
    """What the table says in the column of that item."""
    columns = state.table.columns if state.table else ()
    place = next(
        (at for at, column in enumerate(columns) if state.mapping.get(column.index) == problem.field), -1
    )
    return cells[place] if problem.field and 0 <= place < len(cells) else ""


def _words(state: ImportState, outcome: Outcome) -> str:
    if state.undone is not None:
        words = ngettext("{count} record taken back.", "{count} records taken back.", state.undone.taken_back)
        return words.format(count=state.undone.taken_back)
    places = sum(len(row.problems) for row in outcome.refused)
    places += sum(len(row.problems) for row in outcome.warnings)
    if places > _MOST_ROWS:
        words = _("{count} places need a look, the first {shown} are listed. Saving gives all refused rows.")
        return words.format(shown=_MOST_ROWS, count=f"{places:,}")
    if state.step == DONE:
        return (
            _("Correct the saved rows in Excel and take that file in; nothing is taken twice.")
            if outcome.refused
            else ""
        )
    return _("Nothing is taken in yet.")
