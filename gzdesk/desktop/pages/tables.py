"""Ad hoc tables: asked for in the morning, due in the afternoon. Choices at the left, the result at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.page import Page
from gzdesk.desktop.register_choice import register_choices
from gzdesk.desktop.table_choice import TableChoice
from gzdesk.desktop.table_choice_pane import ChoicePane
from gzdesk.desktop.table_files import save_table
from gzdesk.desktop.table_result import ResultCard
from gzdesk.desktop.widgets.choice_panel import Choice, ChoicePanel
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.tables import GB_18030, UTF_8, AdHoc

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.tables import TableResult

# Read while the person waits; more than that is begun with a key and can be stopped.
RECORDS_AT_ONCE = 6_000
_AFTER_MS = 120
_ALL_EVENTS = "all_events"


class TablesPage(Page):
    """Every change shows at once; Ctrl+E writes the workbook. `activate(adhoc=, saved=)` shows a table."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self.choice = TableChoice(self._workspace)
        self.result: TableResult | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_MS)
        self._timer.timeout.connect(self._show_result)
        self._make_head()
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self.px(14))
        self.pane = ChoicePane(window, self.choice)
        self.pane.changed.connect(self._timer.start)
        self.pane.register_wanted.connect(self.choose_source)
        compute = self.button(
            _("Begin counting"), key="F9", kind="primary", name="compute", on_click=self.compute
        )
        self.card = ResultCard(self.theme, compute)
        line.addWidget(self.pane)
        line.addWidget(self.card, 1)
        self.column.addWidget(row, 1)
        self._bind_keys()

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """Show a table that is given, or one by name; else the one that was put together last."""
        adhoc, saved = arguments.get("adhoc"), arguments.get("saved")
        if isinstance(adhoc, AdHoc):
            self.choice.take(adhoc)
        elif isinstance(saved, str):
            self.choice.take(self._workspace.tables.find(saved).adhoc)

    def refresh(self) -> None:
        """Read the records anew."""
        self.pane.show_choice()
        self._show_result()

    def put_away(self) -> dict[str, object]:
        """Keep what was put together."""
        return {"adhoc": self.choice.adhoc}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("Enter", _("next box")),
            ("F3", _("register")),
            (_("Space"), _("tick")),
            ("Alt+↑ ↓", _("move a column")),
            ("Ctrl+S", _("keep")),
            ("Ctrl+P", _("print")),
            ("Ctrl+E", _("Excel")),
        )

    def focus_first(self) -> None:
        """Onto the tables by name."""
        self.pane.focus_first()

    # -- what the person does ------------------------------------------------------------------

    def start_anew(self) -> None:
        """Begin another table."""
        self.choice.start_anew()
        self.refresh()
        self.pane.focus_first()

    def choose_source(self) -> None:
        """Show all registers, to read one of them or all events together."""
        events = Choice(id=_ALL_EVENTS, words=_("All events"))
        choices = register_choices(
            self._workspace,
            unit=self._workspace.context.own_scope,
            wanted=lambda item: item.group != "system",
        )
        types = self.choice.adhoc.types
        current = types[0] if len(types) == 1 else _ALL_EVENTS
        self._registers.open_under(self.pane.register, (events, *choices), current=current)

    def compute(self) -> None:
        """Read however many records it takes, off the window's thread."""
        adhoc = self.choice.adhoc
        self.shell.run(
            lambda progress: self._workspace.tables.build(adhoc, progress=progress),
            title=_("Putting the table together"),
            on_done=self._show,
        )

    def keep(self) -> None:
        """Keep the table under its title."""
        self.choice.call_it(self.pane.name.text())
        try:
            kept = self._workspace.tables.keep(self.choice.adhoc)
        except UserError as error:
            self.pane.name.setFocus()
            self.shell.tell_error(error)
            return
        self.choice.take(kept.adhoc)
        self.refresh()
        self.shell.tell(
            _("Kept as {name}. It stands at the top of the list of tables.").format(name=kept.name)
        )

    def forget(self) -> None:
        """Forget the kept table that is shown; what was put together stays on the page."""
        name = self.choice.adhoc.name
        if not any(one.name == name and not one.ready_made for one in self._workspace.tables.saved()):
            self.shell.tell(_("This table was not kept here."), "warn")
            return
        self._workspace.tables.forget(name)
        self.refresh()
        self.shell.tell(_("Forgotten: {name}").format(name=name))

    def save(self, suffix: str, *, encoding: str = UTF_8) -> None:
        """Write the table into a file in a chosen folder."""
        adhoc, tables = self.choice.adhoc, self._workspace.tables
        try:
            name = tables.file_name(adhoc)
        except UserError as error:
            self.shell.tell_error(error)
            return
        save_table(
            self.shell,
            name=name,
            suffix=suffix,
            write=lambda out, progress: tables.write(adhoc, out=out, encoding=encoding, progress=progress),
        )

    def print_table(self) -> None:
        """Print the table."""
        adhoc, tables = self.choice.adhoc, self._workspace.tables
        self.shell.run(
            lambda progress: tables.paper(tables.build(adhoc, progress=progress), for_screen=False),
            title=_("Laying out the pages"),
            on_done=lambda content: printing.print_content(self.shell, content),
        )

    def open_more(self) -> None:
        """Show what else can be done with the table."""
        rows = [
            Choice(id="pdf", words=_("As PDF"), icon="export"),
            Choice(id="csv", words=_("As text (.csv)"), icon="export"),
            Choice(id="csv_gb", words=_("As text for older programs (GB 18030)"), icon="export"),
            Choice(id="forget", words=_("Forget this kept table"), icon="trash"),
        ]
        self._menu.open_under(self._more, rows)

    # -- inside --------------------------------------------------------------------------------

    def _take_register(self, type_id: str) -> None:
        self.choice.choose_types(self.choice.events if type_id == _ALL_EVENTS else (type_id,))
        self.refresh()
        self.pane.register.setFocus()

    def _show_result(self) -> None:
        self._timer.stop()
        tables, adhoc = self._workspace.tables, self.choice.adhoc
        try:
            size = tables.size(adhoc)
            if size > RECORDS_AT_ONCE:
                self.result = None
                self.card.ask_to_compute(size)
                return
            self._show(tables.build(adhoc))
        except UserError as error:
            self.result = None
            self.card.show_error(error)

    def _show(self, result: TableResult) -> None:
        self.result = result
        self.card.show_result(result)

    def _act(self, action: str) -> None:
        match action:
            case "pdf" | "csv":
                self.save(f".{action}")
            case "csv_gb":
                self.save(".csv", encoding=GB_18030)
            case _:
                self.forget()

    def _make_head(self) -> None:
        head = self.add_head(
            _("Ad hoc tables"), _("Every figure comes from the registers; nothing is counted by hand")
        )
        self._menu = ChoicePanel(self.theme, self)
        self._menu.chosen.connect(self._act)
        self._registers = ChoicePanel(self.theme, self, hint=_("Name or initials of a register"))
        self._registers.chosen.connect(self._take_register)
        self._more = self.button(_("More"), key="F10", icon="menu", name="more", on_click=self.open_more)
        head.add(self._more)
        head.add(self.button(_("Keep"), key="Ctrl+S", icon="star", name="keep", on_click=self.keep))
        head.add(
            self.button(_("Print"), key="Ctrl+P", icon="printer", name="print", on_click=self.print_table)
        )
        head.add(
            self.button(
                _("Excel"),
                key="Ctrl+E",
                icon="export",
                kind="primary",
                name="excel",
                on_click=lambda: self.save(".xlsx"),
            )
        )

    def _bind_keys(self) -> None:
        for keys, action in (
            ("F2", self.start_anew),
            ("F3", self.choose_source),
            ("F9", self.compute),
            ("F10", self.open_more),
            ("Ctrl+S", self.keep),
            ("Ctrl+P", self.print_table),
            ("Ctrl+E", lambda: self.save(".xlsx")),
        ):
            self.on_key(keys, action)
