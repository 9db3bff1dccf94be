"""The recycle bin: deleted and void records of all registers, to look through and to bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QStackedWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.recycle_bin import Removed

_SHOWN_AT_ONCE = 200
_SEARCH_AFTER_MS = 120


class RecycleBinPage(Page):
    """Search, select one or several, Enter brings them back. `activate(type_id=)` shows one register."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._rows: tuple[Removed, ...] = ()
        self.head = self.add_head(_("Recycle bin"), _("What was deleted or voided; nothing here is lost"))
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(_SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self.refresh)
        self.column.addWidget(self._make_card(), 1)
        self.on_key("Ctrl+F", self.focus_search)
        self.on_key("Ctrl+Z", self.undo)

    def activate(self, **arguments: object) -> None:
        """Show all registers, or the one that is named."""
        self.search.clear()
        self._fill_types()
        type_id = arguments.get("type_id")
        self._types.setCurrentIndex(max(0, self._types.findData(type_id)))

    def refresh(self) -> None:
        """Read the bin anew; what is selected stays so where it still is."""
        self._search_timer.stop()
        self._fill_types()
        found = self._workspace.recycle_bin.page(
            text=self.search.text().strip(), type_id=self._types.currentData(), limit=_SHOWN_AT_ONCE
        )
        self._rows = found.rows
        had_cursor = self.table.hasFocus()
        self.table.show_rows([self._cells(row) for row in found.rows])
        self._views.setCurrentIndex(0 if found.rows else 1)
        if had_cursor or not found.rows:
            self.focus_first()
        self._show_words(found.total)
        self._follow_selection()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("↑ ↓", _("choose")),
            ("Shift+↑ ↓", _("choose several")),
            ("Enter", _("bring back")),
            ("Ctrl+F", _("search")),
            ("Ctrl+Z", _("undo")),
            ("Esc", _("back")),
        )

    def put_away(self) -> dict[str, object]:
        """Which register was shown."""
        return {"type_id": self._types.currentData()}

    def escape(self) -> bool:
        """Empty the search first."""
        had = bool(self.search.text())
        self.search.clear()
        return had

    def focus_first(self) -> None:
        """Onto the list; an empty one leaves the search."""
        if self._rows:
            self.table.setFocus()
        elif not self.search.hasFocus():
            self._types.setFocus()

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # What the person does

    def restore(self) -> None:
        """Bring the selected records back, all or none."""
        chosen = [self._rows[row] for row in self.table.selected_rows()]
        if not chosen:
            return
        try:
            words = self._workspace.recycle_bin.restore([row.id for row in chosen])
        except UserError as error:
            self.shell.tell_error(error)
            return
        self.refresh()
        if len(words) == 1:
            self.shell.tell(_("Brought back: {what}. Ctrl+Z takes it away again.").format(what=words[0]))
        else:
            told = ngettext(
                "{count} record brought back. Ctrl+Z takes it away again.",
                "{count} records brought back. Ctrl+Z takes them away again.",
                len(words),
            )
            self.shell.tell(told.format(count=len(words)))

    def undo(self) -> None:
        """Take back the last step."""
        try:
            words = self._workspace.records.undo()
        except UserError as error:
            self.shell.tell_error(error)
            return
        told = _("Taken back: {what}") if words else _("There is nothing to take back.")
        self.refresh()
        self.shell.tell(told.format(what=words))

    # Building

    def _make_card(self) -> Card:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        card.body.addWidget(self._filters())
        self.table = PlainTable(self.theme, self._columns(), several=True)
        self.table.setObjectName("removed")
        self.table.opened.connect(lambda _row: self.restore())
        self.table.selectionModel().selectionChanged.connect(lambda *_changes: self._follow_selection())
        self._empty = EmptyState(self.theme, "trash", "")
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self._empty)
        card.body.addWidget(self._views, 1)
        foot = card.add_foot()
        self._say = label("", size="table", ink="ink2", wrap=True)
        foot.addWidget(self._say, 1)
        self._restore = Button(
            self.theme,
            _("Bring back"),
            key="Enter",
            icon="undo",
            kind="primary",
            name="restore",
            on_click=self.restore,
        )
        foot.addWidget(self._restore)
        return card

    def _filters(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "row")
        row = QHBoxLayout(bar)
        row.setContentsMargins(*[self.px(margin) for margin in (14, 8, 14, 8)])
        row.setSpacing(self.px(10))
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setMaximumWidth(self.px(330))
        self.search.setPlaceholderText(_("Name, place or initials, like lhyx"))
        self.search.addAction(self.theme.icon("search", "ink2"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self.search.returnPressed.connect(self._to_table)
        self._types = QComboBox()
        self._types.setObjectName("register")
        self._types.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._types.activated.connect(lambda _place: self.refresh())
        row.addWidget(self.search, 2)
        row.addWidget(self._types)
        row.addStretch(1)
        return bar

    def _to_table(self) -> None:
        self.refresh()
        self.focus_first()

    def _columns(self) -> tuple[Column, ...]:
        unit = (Column(id="unit", title=_("Unit"), width=130),) if self._workspace.context.is_town else ()
        return (
            *unit,
            Column(id="type", title=_("Register"), width=150),
            Column(id="day", title=_("Date"), width=110),
            Column(id="title", title=_("Name"), width=200, stretches=True),
            Column(id="kind", title=_("State"), width=94),
            Column(id="when", title=_("When"), width=150),
            Column(id="who", title=_("Who"), width=90),
            Column(id="why", title=_("Why"), width=160, stretches=True),
        )

    # Showing

    def _cells(self, row: Removed) -> tuple[Cell, ...]:
        record_type = self._workspace.types.get(row.type_id)
        name = record_type.label if record_type else row.type_id
        unit = (Cell(text=self._workspace.context.unit(row.unit).label),)
        return (
            *(unit if self._workspace.context.is_town else ()),
            Cell(text=name, ink="ink2"),
            Cell(text=row.day, ink="ink2"),
            Cell(text=row.title or name),
            Cell(text=_("Void") if row.kind == "void" else _("Deleted"), chip="neutral"),
            Cell(text=row.when[:16].replace("T", " "), ink="ink2"),
            Cell(text=row.who, ink="ink2"),
            Cell(text=row.why, ink="ink2"),
        )

    def _fill_types(self) -> None:
        chosen = self._types.currentData()
        counts = self._workspace.recycle_bin.counts_by_type()
        self._types.clear()
        self._types.addItem(_("All registers"), None)
        for item in self._workspace.types:
            if item.id in counts:
                self._types.addItem(f"{item.label}  {counts[item.id]}", item.id)
        self._types.setCurrentIndex(max(0, self._types.findData(chosen)))

    def _show_words(self, total: int) -> None:
        if total > len(self._rows):
            words = _("The latest {shown} of {total}. Search for earlier ones.")
            self._say.setText(words.format(shown=len(self._rows), total=f"{total:,}"))
        else:
            self._say.setText(_("A record comes back as it was; its history stays."))
        if self.search.text().strip():
            self._empty.sentence.setText(_("Nothing fits this search. Try other words."))
        else:
            self._empty.sentence.setText(_("Nothing was deleted or voided."))

    def _follow_selection(self) -> None:
        self._restore.setVisible(bool(self._rows))
        self._restore.setEnabled(bool(self.table.selected_rows()))
