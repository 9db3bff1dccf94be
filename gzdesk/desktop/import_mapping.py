"""The second step of an import: the columns of the table, what each becomes, and what deserves a look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.import_state import ImportState
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, clear_layout
from gzdesk.desktop.widgets.choice_panel import Choice, ChoicePanel
from gzdesk.desktop.widgets.mapping_table import MappingTable
from gzdesk.desktop.widgets.scrolled import scrolled
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_SIDE_PX = 286
_LEFT_OUT = "-"


class MappingView(QWidget):
    """The table with its choosers, and beside it what is missing, what cannot be taken and what was left out."""

    go_on_wanted = Signal()
    changed = Signal()

    def __init__(self, shell: MainWindow, page: QWidget, state: ImportState) -> None:
        super().__init__()
        self._theme, self._page, self._state = shell.theme, page, state
        self._asking = 0
        self._panel: ChoicePanel | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(14))
        row.addWidget(self._table_card(), 1)
        row.addWidget(self._side_card())

    def show_state(self, state: ImportState) -> None:
        """Show the columns and rows as they are now."""
        self._state = state
        self.table.show_state(state)
        self._show_side()
        taken = len(state.mapping)
        words = ngettext("{count} of {all} columns is taken", "{count} of {all} columns are taken", taken)
        columns = len(state.table.columns) if state.table else 0
        self._say.setText(words.format(count=taken, all=columns))
        self._go_on.setEnabled(bool(taken))

    def focus_first(self) -> None:
        """Onto the table."""
        self.table.setFocus()

    def next_fault(self) -> None:
        """Go to the next cell that cannot be taken."""
        index = self.table.currentIndex()
        found = self._state.next_fault(max(0, index.row()), max(0, index.column()))
        if found is not None:
            self.table.go_to(*found)

    def ask(self, place: int, typed: str = "") -> None:
        """Ask what a column becomes; `typed` is the beginning of the search."""
        self.table.go_to(self.table.currentIndex().row(), place)
        self._asking = place
        panel = self._chooser()
        current = self._state.name_at(place) or _LEFT_OUT
        self._anchor.setGeometry(self.table.box_of(place))
        panel.open_under(self._anchor, self._choices(), current=current)
        if typed and panel.line is not None:
            panel.line.setText(typed)

    # Building

    def _table_card(self) -> Card:
        card = Card(self._theme, margin=0)
        card.body.setSpacing(0)
        self.table = MappingTable(self._theme, self._state)
        self.table.setObjectName("mapping")
        self._anchor = QWidget(self.table)  # stands for a box of the head, which is only painted
        self._anchor.hide()
        self.table.choice_wanted.connect(self.ask)
        self.table.dropped_out.connect(lambda place: self._choose(place, ""))
        card.body.addWidget(self.table, 1)
        foot = card.add_foot()
        self._say = label("", size="table", ink="ink2", wrap=True)
        foot.addWidget(self._say, 1)
        self._go_on = Button(
            self._theme,
            _("Try it"),
            key="Ctrl+Enter",
            kind="primary",
            name="go_on",
            on_click=self.go_on_wanted.emit,
        )
        foot.addWidget(self._go_on)
        return card

    def _side_card(self) -> Card:
        card = Card(self._theme, _("Have a look"), margin=0)
        card.setFixedWidth(self._theme.px(_SIDE_PX))
        holder = QWidget()
        holder.setProperty("role", "scrolled")
        self._side = QVBoxLayout(holder)
        self._side.setContentsMargins(*[self._theme.px(margin) for margin in (14, 10, 14, 10)])
        self._side.setSpacing(self._theme.px(6))
        card.body.addWidget(scrolled(holder), 1)
        return card

    # Beside the table

    def _show_side(self) -> None:
        clear_layout(self._side)
        for tone, heading, sentences in self._sections():
            self._side.addWidget(label(heading, size="table", ink=tone, bold=True, wrap=True))
            for sentence in sentences:
                self._side.addWidget(label(sentence, size="small", ink="ink2", wrap=True))
            self._side.addSpacing(self._theme.px(8))
        self._side.addStretch(1)

    def _sections(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        state = self._state
        if state.table is None:
            return
        missing, faults = state.missing(), state.faults()
        if missing:
            yield "error", _("No column for"), (listed(missing),)
        if faults:
            yield "error", _("Cannot be taken like this"), faults
        if not missing and not faults and state.rows:
            yield "ok", _("All rows shown can be taken."), ()
        if state.table.remembered:
            words = _("A table with these columns was taken in before; they become what they became then.")
            yield "ink", _("Known layout"), (words,)
        if state.table.notes:
            yield "ink", _("How the table was read"), state.table.notes

    # Choosing

    def _choose(self, place: int, name: str) -> None:
        self._state.choose(place, name)
        self.show_state(self._state)
        self.changed.emit()

    def _choices(self) -> tuple[Choice, ...]:
        state = self._state
        missing = set(state.missing())
        targets = state.targets
        wanted = [target for target in targets if target.label in missing]
        others = [target for target in targets if target.label not in missing]
        groups = ((_("Still missing"), wanted), (_("All items"), others))
        return (
            *(
                Choice(id=target.name, words=target.label, group=group, after=state.column_of(target.name))
                for group, listed_targets in groups
                for target in listed_targets
            ),
            Choice(id=_LEFT_OUT, words=_("Leave this column out"), group=_("Or")),
        )

    def _chooser(self) -> ChoicePanel:
        if self._panel is None:
            self._panel = ChoicePanel(self._theme, self._page, hint=_("Name or initials of an item"))
            self._panel.setObjectName("items_panel")
            self._panel.chosen.connect(self._chosen)
        return self._panel

    def _chosen(self, choice_id: str) -> None:
        self._choose(self._asking, "" if choice_id == _LEFT_OUT else choice_id)
