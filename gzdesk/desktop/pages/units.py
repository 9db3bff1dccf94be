"""The list of units as the town keeps it: renamed, added, merged, closed; it goes down with the next answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gzdesk.desktop.entry_dialog import EntryDialog, EntryLine, typed_day
from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.domain.unit import Unit
    from gzdesk.services.unit_list import UnitRow


class UnitsPage(Page):
    """One line for each unit; F2 adds one, Enter changes the one under the cursor, Delete merges or closes it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._list = window.workspace.unit_list
        self._rows: tuple[UnitRow, ...] = ()
        self.head = self.add_head(
            _("List of units"),
            _("Records keep the unit that there was on their day; the next answers take it along"),
        )
        self.head.add(
            self.button(_("Merge or close"), key="Delete", icon="import", name="end", on_click=self.end)
        )
        self.head.add(
            self.button(_("Change it"), key="Enter", icon="edit", name="rename", on_click=self.rename)
        )
        self.head.add(
            self.button(_("Add a unit"), key="F2", icon="plus", kind="primary", name="add", on_click=self.add)
        )
        card = Card(self.theme, margin=0)
        self.table = PlainTable(self.theme, _columns())
        self.table.setObjectName("units")
        self.table.opened.connect(lambda _row: self.rename())
        card.body.addWidget(self.table, 1)
        self.column.addWidget(card, 1)
        self.on_key("F2", self.add)
        self.on_key("Delete", self.end)

    def refresh(self) -> None:
        """Show the list as it is now."""
        self._rows = self._list.rows()
        self.table.show_rows([_cells(row) for row in self._rows])

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("↑ ↓", _("choose a unit")),
            ("F2", _("add one")),
            ("Enter", _("change it")),
            ("Delete", _("merge or close it")),
            ("Esc", _("back")),
        )

    def remark(self) -> str:
        """What people worry about most."""
        return _("Nothing that a unit has handed in is lost.")

    def focus_first(self) -> None:
        """Onto the list."""
        self.table.setFocus()

    def rename(self) -> None:
        """Change the name, prefix or code of the unit under the cursor."""
        unit = self._current()
        if unit is None:
            return
        lines = (
            EntryLine(name="name", words=_("Name"), text=unit.name),
            EntryLine(name="name_en", words=_("English name"), text=unit.name_en),
            EntryLine(
                name="short",
                words=_("Prefix"),
                text=unit.short,
                help=_("Sheet numbers begin with it: CY1-201910."),
            ),
            EntryLine(
                name="code", words=_("Division code"), text=unit.code or "", help=_("12 digits, or empty.")
            ),
        )

        def save(written: Mapping[str, str]) -> None:
            self._list.rename(unit.id, **written)

        self._ask(
            _("Change {unit}").format(unit=unit.label),
            _("A new name counts at once."),
            lines,
            _("Change it"),
            save,
        )

    def add(self) -> None:
        """Ask for a new unit."""
        lines = (
            EntryLine(name="name", words=_("Name")),
            EntryLine(name="kind", words=_("Kind"), text=_("village"), help=_("village or community")),
            EntryLine(name="name_en", words=_("English name")),
            EntryLine(name="short", words=_("Prefix"), help=_("Sheet numbers begin with it: CY1-201910.")),
            EntryLine(name="code", words=_("Division code"), help=_("12 digits, or empty.")),
            EntryLine(
                name="valid_from",
                words=_("From which day"),
                help=_("Its first day; empty when it was always there."),
            ),
        )

        def save(written: Mapping[str, str]) -> None:
            first = typed_day(self.shell, written["valid_from"]) if written["valid_from"] else None
            self._list.add(
                name=written["name"],
                kind=_kind_of(written["kind"]),
                name_en=written["name_en"],
                short=written["short"],
                code=written["code"],
                valid_from=first,
            )

        sentence = _("It can then be given a join file.")
        self._ask(_("Add a unit"), sentence, lines, _("Add it"), save)

    def end(self) -> None:
        """Merge the unit under the cursor into another, close it, or take that back."""
        unit = self._current()
        if unit is None:
            return
        if unit.valid_to:
            self._reopen(unit)
            return
        lines = (
            EntryLine(
                name="into",
                words=_("Merged into"),
                help=_("The unit that goes on; empty when there is none."),
            ),
            EntryLine(name="day", words=_("From which day"), help=_("The first day without it.")),
        )

        def save(written: Mapping[str, str]) -> None:
            from datetime import timedelta

            first = typed_day(self.shell, written["day"])
            if written["into"]:
                self._list.merge(unit.id, written["into"], first_day=first)
            else:
                self._list.close(unit.id, last_day=first - timedelta(days=1))

        self._ask(
            _("Merge or close {unit}").format(unit=unit.label),
            _("Its files are still taken in; the unit that goes on takes over its figures of the year."),
            lines,
            _("Merge or close"),
            save,
        )

    def _reopen(self, unit: Unit) -> None:
        answer = AskDialog(
            self.shell,
            self.theme,
            question=_("{unit} is there until {day}. Take that back?").format(
                unit=unit.label, day=unit.valid_to
            ),
            answers=(
                Answer(id="keep", words=_("Leave everything as it is")),
                Answer(id="reopen", words=_("Take it back"), kind="primary"),
            ),
        ).ask()
        if answer == "reopen":
            try:
                self._list.reopen(unit.id)
            except UserError as error:
                self.shell.tell_error(error)
                return
            self._changed()

    def _ask(self, title: str, sentence: str, lines: tuple[EntryLine, ...], verb: str, save: object) -> None:
        dialog = EntryDialog(
            self.shell,
            title=title,
            sentence=sentence,
            lines=lines,
            verb=verb,
            save=save,  # type: ignore[arg-type]  # gets what is written
        )
        if dialog.ask():
            self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.shell.show_unit()
        self.shell.tell(_("Changed. The next answers take it along to all villages."))

    def _current(self) -> Unit | None:
        at = self.table.current_row()
        return self._rows[at].unit if 0 <= at < len(self._rows) else None


def _kind_of(text: str) -> str:
    words = {_("village"): "village", _("community"): "community", "行政村": "village", "村": "village"}
    return words.get(text, text)


def _columns() -> tuple[Column, ...]:
    return (
        Column(id="name", title=_("Name"), width=200, stretches=True),
        Column(id="kind", title=_("Kind"), width=100),
        Column(id="short", title=_("Prefix"), width=90),
        Column(id="code", title=_("Division code"), width=150),
        Column(id="from", title=_("From which day"), width=120),
        Column(id="until", title=_("Until which day"), width=120),
        Column(id="state", title=_("State"), width=220),
    )


def _cells(row: UnitRow) -> tuple[Cell, ...]:
    unit = row.unit
    ink = "ink" if row.state == "now" else "ink3"
    kinds = {"village": _("village"), "community": _("community"), "town": _("town")}
    states = {"now": "", "coming": _("still to come"), "closed": _("no longer there")}
    state = (
        _("merged into {heir}").format(heir=row.successor.label)
        if row.state == "merged" and row.successor
        else states.get(row.state, "")
    )
    return (
        Cell(text=unit.label, ink=ink),
        Cell(text=kinds.get(unit.kind, unit.kind), ink=ink),
        Cell(text=unit.short, ink=ink),
        Cell(text=unit.code or "", ink=ink),
        Cell(text=unit.valid_from, ink=ink),
        Cell(text=unit.valid_to, ink=ink),
        Cell(text=state, ink="ink2"),
    )
