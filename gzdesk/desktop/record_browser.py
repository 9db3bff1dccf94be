"""A page that lists records and opens them in a form beside the list; Records and Registers are two of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.form import RecordForm
from gzdesk.desktop.form_pane import FormPane
from gzdesk.desktop.history_dialog import show_history
from gzdesk.desktop.list_actions import LIST_ACTIONS, MENU_KEY, ListAction
from gzdesk.desktop.page import Page, PageHead
from gzdesk.desktop.people_dialog import PeopleDialog
from gzdesk.desktop.record_list import ALL, ListTabs, RecordList
from gzdesk.desktop.register_choice import open_choice
from gzdesk.desktop.removal import remove_records
from gzdesk.desktop.several_dialog import SeveralDialog
from gzdesk.desktop.table_drop import TableDrop
from gzdesk.desktop.widgets.choice_panel import Choice, ChoicePanel
from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED
from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.records import ListQuery, RecordView

_LIST, _FORM = 0, 1


class RecordBrowser(Page):
    """List and form. `activate(type_id=, new=, record_id=, month=, typed=)` chooses what is shown."""

    BY_MONTH = True

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._views = QStackedWidget()
        self.column.addWidget(self._views, 1)
        self._views.addWidget(self._make_list_view())
        self._pane = FormPane(window, title=self.words()[0])
        self._pane.closed.connect(self._back_to_list)
        self._pane.record_wanted.connect(self._open_beside)
        self._views.addWidget(self._pane)
        self._menu = ChoicePanel(self.theme, self)
        self._menu.setObjectName("more_menu")
        self._menu.chosen.connect(self._act_by_id)
        self._bind_keys()

    # -- what differs --------------------------------------------------------------------------

    def tabs(self) -> ListTabs:
        """The types that the page lists."""
        raise TypeError("a page of records says which types it lists")

    def words(self) -> tuple[str, str]:
        """The title of the list, and the line beside it."""
        raise TypeError("a page of records has a title")

    def head_buttons(self) -> tuple[QWidget, ...]:
        """What stands beside the button for a new record."""
        return ()

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """Show the list, or the form that was asked for."""
        type_id, record_id = arguments.get("type_id"), arguments.get("record_id")
        month = _as_month(arguments.get("month"))
        typed = arguments.get("typed")
        record_type = self._workspace.types.get(type_id) if isinstance(type_id, str) else None
        if record_type is not None and any(item.id == record_type.id for item in self.tabs().types):
            self._list.show_tab(record_type.id, month=month)
        elif month is not None:
            self._list.show_tab(self._list.tab, month=month)
        if record_type is not None and isinstance(typed, dict):
            self._pane.continue_at(record_type, typed)
        elif isinstance(record_id, str):
            self.open_record(record_id)
        elif record_type is not None and arguments.get("new"):
            self._pane.start(record_type, month=month or self._month_for_new())
        else:
            self._pane.drop_all()
        self._show_view()

    def refresh(self) -> None:
        """Read the list anew; a form keeps what is typed."""
        self._list.refresh()
        self._pane.show_beside()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of the list, or of the form."""
        if self.form is None:
            return (
                ("↑ ↓", _("choose")),
                ("Enter", _("open")),
                ("F2", _("new")),
                ("Ctrl+F", _("search")),
                ("Ctrl+D", _("same again")),
                ("Delete", _("void or delete")),
            )
        return (
            ("Enter", _("next item")),
            ("Ctrl+D", _("same again")),
            ("F4", _("as last time")),
            ("F6", _("pin this item")),
            ("Ctrl+Enter", _("save and next")),
            ("Esc", _("back")),
        )

    def remark(self) -> str:
        """Where the selection stands; in a form, how to fill in the field, or what the pins do."""
        form = self.form
        if form is None:
            return self._list.place_words()
        if form.help_words():
            return form.help_words()
        count = len(form.state.carried & form.state.pins)
        return _("{count} pinned items go on to the next one").format(count=count) if count else ""

    def can_leave(self) -> bool:
        """Ask what to do with a form that was changed."""
        return self._pane.may_close()

    def put_away(self) -> dict[str, object]:
        """Keep what is typed, for the page made anew."""
        if self.form is None:
            return {"new": False, "record_id": None, "month": self._list.month}
        self.form.keep_typed()
        return {"type_id": self.form.record_type.id, "typed": self.form.state.snapshot()}

    def escape(self) -> bool:
        """Close the list of completions, then the form; in the list, empty the search."""
        if self.form is None:
            return self._list.clear_search()
        self._pane.step_back()
        return True

    def choose_register(self) -> None:
        """Show all registers, below the tabs of the list."""
        current = self.form.record_type.id if self.form is not None else self._list.tab
        open_choice(self, self.shell, current=current, anchor=None if self.form else self._list.strip)

    def focus_first(self) -> None:
        """Into the form, or onto the list."""
        if self.form is not None:
            self.form.focus_first()
        else:
            self._list.focus_table()

    # -- what the rows of the menu ask ---------------------------------------------------------

    def query(self) -> ListQuery:
        """The list as it is seen: type, month, states, search and order."""
        return self._list.query()

    @property
    def record_type(self) -> RecordType | None:
        """The record type that is listed, or None for several together."""
        types = self.tabs().types_of(self._list.tab)
        return types[0] if len(types) == 1 else None

    @property
    def month(self) -> Month | None:
        """The month that is listed, or None where the list has no months."""
        return self._list.month

    @property
    def selected_ids(self) -> tuple[str, ...]:
        """The records that are selected, in the order of the list; in a form, the one that is open."""
        if self.form is not None:
            return (self.form.state.record_id,) if self.form.state.record_id else ()
        return self._list.table.selected_ids()

    def current_type(self) -> str:
        """The record type of the record that is open or has the cursor, or an empty text."""
        return self.form.record_type.id if self.form is not None else self._list.current_type()

    def current_status(self) -> str:
        """The status of that record."""
        if self.form is not None:
            return str(self.form.state.values.get("status", ""))
        return self._list.current_status()

    def import_table(self, file: Path | None = None) -> None:
        """Take in a table from Excel into the register that is listed; `file` was dropped onto the list."""
        record_type = self.record_type
        type_id = {"type_id": record_type.id} if record_type else {}
        self.shell.go("import_table", **type_id, **({"file": file} if file else {}))

    def open_more(self) -> None:
        """Open the menu of what else can be done with this list."""
        rows = [
            Choice(id=entry.id, words=entry.words, icon=entry.icon, after=entry.keys)
            for entry in LIST_ACTIONS
            if entry.shown(self)
        ]
        self._menu.open_under(self._more, rows)

    # -- what the person does ------------------------------------------------------------------

    @property
    def form(self) -> RecordForm | None:
        """The form that is open, the topmost when one asked for another."""
        return self._pane.form

    def new_record(self) -> None:
        """Open an empty form of the type that is listed."""
        tab = self._list.tab
        form = self.form
        type_id = form.record_type.id if form else self.tabs().types[0].id if tab == ALL else tab
        record_type = self._workspace.types.get(type_id)
        if record_type is not None and self._pane.may_close():
            self._pane.start(record_type, month=self._month_for_new())
            self._show_view()

    def open_record(self, record_id: str) -> None:
        """Open a record in its form."""
        opened = self._view_and_type(record_id)
        if opened is not None and self._pane.may_close():
            self._pane.open(opened[1], opened[0])
            self._show_view()

    def copy_record(self) -> None:
        """Open a new form like the record that is selected or open; an empty form becomes like the last one."""
        if self.form is not None and self.form.state.record_id is None:
            self._pane.again()
            return
        opened = self._view_and_type(self._current_id()) if self._current_id() else None
        if opened is not None and self._pane.may_close():
            self._pane.copy(opened[1], opened[0])
            self._show_view()

    def remove_record(self) -> None:
        """Delete or void what is selected, after asking where it happened."""
        if self.form is None and self.selected_ids:
            remove_records(self, self.selected_ids)
            self._list.refresh()

    def make_up(self) -> None:
        """Log the record that makes up for the cancelled one that is selected or open."""
        opened = self._view_and_type(self._current_id()) if self._current_id() else None
        if opened is not None and opened[0].record.status == CANCELLED:
            self._pane.make_up(opened[0])
            self._show_view()

    def write_people(self) -> None:
        """Write down who was there for the record that is selected or open."""
        opened = self._view_and_type(self._current_id()) if self._current_id() else None
        children = self._workspace.person_rows.children(opened[1].id) if opened else ()
        if opened is None or not children:
            return
        written = PeopleDialog(self.shell, self, opened[0].record.id, children).ask()
        if written:
            words = ngettext(
                "{count} person written down. Ctrl+Z takes it back.",
                "{count} people written down. Ctrl+Z takes it back.",
                written,
            )
            self.shell.tell(words.format(count=written))

    def change_several(self) -> None:
        """Set one item to one value in all selected records."""
        chosen = self.selected_ids
        type_id = self.current_type()
        if self.form is not None or not chosen:
            return
        changed = SeveralDialog(self.shell, self, chosen, type_id).ask()
        if changed:
            words = ngettext(
                "{count} record changed. Ctrl+Z takes it back.",
                "{count} records changed. Ctrl+Z takes it back.",
                changed,
            )
            self.shell.tell(words.format(count=changed))
            self._list.refresh()

    def undo(self) -> None:
        """Take back the last thing that was saved or deleted."""
        self._turn(
            self._pane.undo if self.form is not None else self._workspace.records.undo,
            _("Taken back: {what}"),
        )

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._turn(
            self._pane.redo if self.form is not None else self._workspace.records.redo,
            _("Done again: {what}"),
        )

    def _turn(self, turn: Callable[[], str | None], said: str) -> None:
        try:
            words = turn()
        except UserError as error:
            self.shell.tell_error(error)
            return
        if words is None:
            self.shell.tell(_("There is nothing to take back."))
        elif words:
            bin_link = (_("Recycle bin"), lambda: self.shell.go("recycle_bin"))
            self.shell.tell(said.format(what=words), link=bin_link)
        self._list.refresh()

    def show_history(self) -> None:
        """Show who wrote and changed the record, in words."""
        if self._current_id():
            show_history(self.shell, self._current_id())

    # -- inside --------------------------------------------------------------------------------

    def _view_and_type(self, record_id: str) -> tuple[RecordView, RecordType] | None:
        try:
            view = self._workspace.records.get(record_id)
        except UserError as error:
            self.shell.tell_error(error)
            return None
        record_type = self._workspace.types.get(view.record.type)
        return None if record_type is None else (view, record_type)

    def _open_beside(self, record_id: str) -> None:
        if record_id and self.form is not None and record_id != self.form.state.record_id:
            self.open_record(record_id)

    def _current_id(self) -> str:
        if self.form is not None:
            return self.form.state.record_id or ""
        return self._list.table.current_id()

    def _month_for_new(self) -> Month | None:
        return Month.of(self._workspace.mint.today()) if self.BY_MONTH else None

    def _show_view(self) -> None:
        self._views.setCurrentIndex(_FORM if self.form is not None else _LIST)

    def _back_to_list(self) -> None:
        self._show_view()
        self._list.refresh()
        self._list.focus_table()
        self.shell.update_hints()

    def _choose_tab(self, tab: str) -> None:
        self._list.show_tab(tab)
        self._list.refresh()
        self.shell.update_hints()

    def _make_list_view(self) -> QWidget:
        title, subtitle = self.words()
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = PageHead(self.shell, title, subtitle)
        for extra in self.head_buttons():
            self.head.add(extra)
        self._more = self.button(_("More"), key=MENU_KEY, icon="menu", name="more", on_click=self.open_more)
        self.head.add(self._more)
        self.head.add(
            self.button(
                _("Log one"),
                key="F2",
                icon="plus",
                kind="primary",
                name="new_record",
                on_click=self.new_record,
            )
        )
        column.addWidget(self.head)
        self._list = RecordList(self.shell, self.tabs(), by_month=self.BY_MONTH)
        self._list.opened.connect(self.open_record)
        self._list.new_wanted.connect(self.new_record)
        self._list.import_wanted.connect(self.import_table)
        TableDrop(self._list, self.import_table)
        self._list.tab_chosen.connect(self._choose_tab)
        self._list.all_tabs_wanted.connect(self.choose_register)
        self._list.moved.connect(self.shell.update_hints)
        column.addWidget(self._list, 1)
        return view

    def _bind_keys(self) -> None:
        for keys, action in (
            ("F2", self.new_record),
            ("Ctrl+D", self.copy_record),
            ("Delete", self.remove_record),
            ("F9", self._pane.restart),
        ):
            self.on_key(keys, action)
        for keys in {entry.keys for entry in LIST_ACTIONS if entry.keys}:
            self.on_key(keys, partial(self._act_by_keys, keys))
        for keys, list_action in (
            ("Ctrl+F", self._list.focus_search),
            (MENU_KEY, self.open_more),
            ("PgUp", partial(self._list.step_month, -1)),
            ("PgDown", partial(self._list.step_month, 1)),
            ("Ctrl+PgUp", partial(self._list.strip.step, -1)),
            ("Ctrl+PgDown", partial(self._list.strip.step, 1)),
        ):
            self.on_key(keys, partial(self._in_list, list_action))

    def _act_by_id(self, action_id: str) -> None:
        self._act(next(entry for entry in LIST_ACTIONS if entry.id == action_id))

    def _act_by_keys(self, keys: str) -> None:
        """A key may mean one thing in the list and another in a form: the row that is shown is taken."""
        for entry in LIST_ACTIONS:
            if entry.keys == keys and entry.shown(self):
                self._act(entry)
                return

    def _act(self, entry: ListAction) -> None:
        if entry.shown(self):
            entry.run(self)

    def _in_list(self, action: Callable[[], object]) -> None:
        if self.form is None:
            action()


def _as_month(value: object) -> Month | None:
    if isinstance(value, Month):
        return value
    return Month.parse(value) if isinstance(value, str) else None
