"""Targets, counting rules and deadlines as they hold today; the town changes one from a day on (动态调整)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from gzdesk.desktop.entry_dialog import EntryDialog, EntryLine, typed_day
from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.page import Page
from gzdesk.desktop.pages import TOWN
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, pick

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.adjustments import Adjustable

TARGETS, RULES = "target", "rule"


class AdjustmentsPage(Page):
    """One line for each target or rule; F2 changes the one under the cursor, Delete takes its last change back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._service = window.workspace.adjustments
        self._kind = TARGETS
        self._rows: tuple[Adjustable, ...] = ()
        self.head = self.add_head(
            _("Targets and rules"), _("Each change holds from its day on and goes down with the next answers")
        )
        self._kinds = Pills(
            ((TARGETS, _("Targets")), (RULES, _("Rules and deadlines"))),
            chosen=self._kind,
            on_choose=self._choose,
        )
        self.head.add(self._kinds)
        if self._may_change:
            self.head.add(
                self.button(
                    _("Change it"), key="F2", icon="edit", kind="primary", name="change", on_click=self.change
                )
            )
            self.on_key("F2", self.change)
            self.on_key("Delete", self.withdraw)
        card = Card(self.theme, margin=0)
        self.table = PlainTable(self.theme, _columns())
        self.table.setObjectName("adjustments")
        self.table.opened.connect(lambda _row: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_foot())
        card.body.addWidget(self.table, 1)
        foot = card.add_foot()
        self._foot = label("", size="table", ink="ink2", wrap=True)
        foot.addWidget(self._foot, 1)
        self.column.addWidget(card, 1)

    @property
    def _may_change(self) -> bool:
        return self.shell.role == TOWN

    def activate(self, **arguments: object) -> None:
        """`kind` chooses the list, `key` the line."""
        if arguments.get("kind") in (TARGETS, RULES):
            self._kind = str(arguments["kind"])
            self._kinds.choose(self._kind)
        self.refresh()
        keys = [row.id for row in self._rows]
        key = arguments.get("key")
        self.table.selectRow(keys.index(str(key)) if key in keys else 0)

    def refresh(self) -> None:
        """Show what holds today."""
        self._rows = self._service.targets() if self._kind == TARGETS else self._service.rules()
        self.table.show_rows([_cells(row) for row in self._rows])
        self._show_foot()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        if not self._may_change:
            return (("↑ ↓", _("choose")), ("Esc", _("back")))
        return (
            ("↑ ↓", _("choose")),
            ("F2", _("change it")),
            ("Delete", _("take its last change back")),
            ("Esc", _("back")),
        )

    def focus_first(self) -> None:
        """Onto the list."""
        self.table.setFocus()

    def change(self) -> None:
        """Ask for the new value, its day and its ground."""
        row = self._current()
        if row is None or not self._may_change:
            return
        today = self.shell.workspace.mint.today().isoformat()
        lines = [
            EntryLine(name="value", words=_("New value"), text=_value_words(row), help=row.help),
            EntryLine(name="valid_from", words=_("From which day"), text=today),
            EntryLine(name="reason", words=_("Ground"), help=_("The paper or the meeting that decided it.")),
        ]
        if row.kind == TARGETS:
            lines.append(
                EntryLine(
                    name="wording",
                    words=_("Wording"),
                    help=_("Left empty, the words are made from the number."),
                )
            )

        def save(written: Mapping[str, str]) -> None:
            day = typed_day(self.shell, written["valid_from"])
            if row.kind == TARGETS:
                self._service.set_target(
                    row.id,
                    written["value"],
                    valid_from=day,
                    reason=written["reason"],
                    wording=written["wording"],
                )
            else:
                self._service.set_rule(row.id, written["value"], valid_from=day, reason=written["reason"])

        dialog = EntryDialog(
            self.shell,
            title=row.label,
            sentence=_now_words(row),
            lines=lines,
            verb=_("Change it"),
            save=save,
        )
        if dialog.ask():
            self.refresh()
            self.shell.tell(_("Changed. The next answers take it along to all villages."))

    def withdraw(self) -> None:
        """Take the latest change of the line under the cursor back, after asking."""
        row = self._current()
        if row is None or not row.history:
            return
        last = row.history[0]
        answer = AskDialog(
            self.shell,
            self.theme,
            question=_("Take the change from {day} on back?").format(day=last.valid_from.isoformat()),
            sentence=_("{what}: {value}. What held before it will hold on.").format(
                what=row.label, value=last.shown
            ),
            answers=(
                Answer(id="keep", words=_("Leave everything as it is")),
                Answer(id="withdraw", words=_("Take it back"), kind="danger"),
            ),
        ).ask()
        if answer == "withdraw":
            self._take_back(row, last.valid_from)

    def _take_back(self, row: Adjustable, day: date) -> None:
        try:
            if row.kind == TARGETS:
                self._service.withdraw_target(row.id, valid_from=day)
            else:
                self._service.withdraw_rule(row.id, valid_from=day)
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.refresh()
        self.shell.tell(_("Taken back. The next answers take it along to all villages."))

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self.refresh()
        self.table.selectRow(0)

    def _current(self) -> Adjustable | None:
        at = self.table.current_row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def _show_foot(self) -> None:
        row = self._current()
        self._foot.setText("" if row is None else _history_words(row))


def _columns() -> tuple[Column, ...]:
    return (
        Column(id="what", title=_("Target or rule"), width=300, stretches=True),
        Column(id="now", title=_("Now"), width=120),
        Column(id="since", title=_("Holds since"), width=112),
        Column(id="by", title=_("By"), width=90),
        Column(id="reason", title=_("Ground"), width=190),
        Column(id="coming", title=_("Still to come"), width=136),
    )


def _cells(row: Adjustable) -> tuple[Cell, ...]:
    now = row.now
    coming = listed(
        _("{value} from {day}").format(value=change.shown, day=change.valid_from) for change in row.coming
    )
    what = f"{pick(zh='、', en=', ').join(row.tasks)} {row.label}".strip()
    return (
        Cell(text=what),
        Cell(text=_shown_words(row)),
        Cell(text=now.valid_from.isoformat() if now else _("at first"), ink="ink" if now else "ink3"),
        Cell(text=now.by if now else ""),
        Cell(text=now.reason if now else ""),
        Cell(text=coming, ink="ink2"),
    )


def _shown_words(row: Adjustable) -> str:
    """A target in its own words, which name its unit: `15小时以上`; a percentage and a rule as they are."""
    is_bare = row.kind == TARGETS and row.value and row.shown.replace(".", "").replace("/", "").isdigit()
    return row.wording if is_bare and row.wording else row.shown


def _now_words(row: Adjustable) -> str:
    if row.now is None:
        return _("Now: {value}, as at first.").format(value=row.shown)
    return _("Now: {value}, from {day} on.").format(value=row.shown, day=row.now.valid_from)


def _value_words(row: Adjustable) -> str:
    """What stands in the line at first: words where the rule has them, else the number as it is kept."""
    return row.value if row.kind == TARGETS else row.shown


def _history_words(row: Adjustable) -> str:
    if not row.history:
        return _("“{what}” is as at first, never changed.").format(what=row.label)
    changes = (
        _("{day}: {value} ({reason}, {by})").format(
            day=change.valid_from, value=change.shown, reason=change.reason, by=change.by
        )
        for change in row.history
    )
    return _("All changes: {changes}").format(changes=listed(changes))
