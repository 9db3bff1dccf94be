"""The list of records with its tabs, filters and totals (picture b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from gzdesk.desktop.list_columns import Column, all_types_columns, status_label, type_columns
from gzdesk.desktop.table_model import RecordTableModel
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.day_words import month_title
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.month_picker import MonthPicker
from gzdesk.desktop.widgets.record_table import RecordTable
from gzdesk.desktop.widgets.tab_strip import Tab, TabStrip
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.period import Month
from gzdesk.domain.record import HELD, STATUSES
from gzdesk.domain.record_type import RecordType, Shelf
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.list_words import totals_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.records import ListQuery, RecordRow, Totals

ALL = "all"
_SEARCH_AFTER_MS = 120
_MOST_KEPT = 64  # selected rows that stay selected when the list is read anew
_BY_MONTH = ("event", "daily")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTabs:
    """Which types a page lists. `all_title` is the tab of `all_types` together; without it there is none.

    With `shelves` only the types on the shelf of the one that is listed stand side by side.
    """

    types: tuple[RecordType, ...]
    all_types: tuple[RecordType, ...] = ()
    all_title: str = ""
    shelves: tuple[Shelf, ...] = ()

    def shelf_of(self, type_id: str) -> str:
        """The words on the shelf where that type stands."""
        return next((shelf.label for shelf in self.shelves if any(t.id == type_id for t in shelf.types)), "")

    def types_of(self, tab: str) -> tuple[RecordType, ...]:
        """The types that a tab lists."""
        return self.all_types if tab == ALL else tuple(item for item in self.types if item.id == tab)


class RecordList(Card):
    """Tabs, filters, table, totals. `tab` and `month` say what is listed; everything else follows."""

    opened = Signal(str)
    new_wanted = Signal()
    import_wanted = Signal()
    tab_chosen = Signal(str)
    all_tabs_wanted = Signal()
    moved = Signal()

    def __init__(self, shell: MainWindow, tabs: ListTabs, *, by_month: bool, can_add: bool = True) -> None:
        super().__init__(shell.theme, margin=0)
        self._shell = shell
        self._workspace = shell.workspace
        self._tabs = tabs
        self._by_month, self._can_add = by_month, can_add
        self.unit = shell.workspace.context.own_scope
        self.tab = ALL if tabs.all_types else tabs.types[0].id
        self.month: Month | None = Month.of(self._workspace.mint.today()) if by_month else None
        self.model = RecordTableModel(
            source=self._workspace.records, types=self._workspace.types, settings=self._workspace.settings
        )
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(_SEARCH_AFTER_MS)
        self._search_timer.timeout.connect(self.refresh)
        self._receipts_timer = QTimer(self)
        self._receipts_timer.setSingleShot(True)
        self._receipts_timer.setInterval(0)
        self._receipts_timer.timeout.connect(self._show_receipts)
        self.body.setSpacing(0)
        self._build()

    # -- what pages do with it -----------------------------------------------------------------

    def show_tab(self, tab: str, *, month: Month | None = None) -> None:
        """List another tab, and another month when one is given."""
        if tab != self.tab:
            self.tab = tab
        if self._by_month and month is not None:
            self.month = month
        self._status.setCurrentIndex(0)

    def refresh(self) -> None:
        """Read the list anew; the selected record stays selected while it is listed."""
        kept, row = self.table.current_id(), self.table.current_row()
        others = self.table.selected_ids() if len(self.table.selected_rows()) <= _MOST_KEPT else ()
        query = self.query()
        self.model.show(query, self._columns())
        if self._by_month:
            self._receipts_timer.start()
        if not self.table.select_id(kept):
            self.table.select_row(max(0, min(row, self.model.rowCount() - 1)))
        elif len(others) > 1:
            self.table.select_ids(others)
        self._show_tabs(query)
        self._show_totals(query)
        had_cursor = self.table.hasFocus() or self._empty_button.hasFocus()
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)
        if had_cursor:
            self.focus_table()
        if not self.model.rowCount():
            self._show_empty(searching=bool(self.search.text().strip() or self._statuses()))
        self.picker.setVisible(self._is_dated(self._tabs.types_of(self.tab)))
        if self.month is not None:
            self.picker.show_month(self.month, latest=Month.of(self._workspace.mint.today()))

    def focus_table(self) -> None:
        """Put the cursor onto the list, or onto the button of an empty one."""
        if self.model.rowCount():
            self.table.setFocus()
        else:
            self._empty_button.setFocus()

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_search(self) -> bool:
        """Empty the search box; returns whether anything stood there."""
        had = bool(self.search.text())
        self.search.clear()
        return had

    def step_month(self, months: int) -> None:
        """List a later or earlier month."""
        if self.month is not None:
            self._choose_month(self.month.plus(months))

    def current_type(self) -> str:
        """The record type of the line with the cursor, or an empty text."""
        line = self.model.line(self.table.current_row())
        return line.row.type if line else ""

    def current_status(self) -> str:
        """The status of the line with the cursor, or an empty text."""
        line = self.model.line(self.table.current_row())
        return line.row.status if line else ""

    def place_words(self) -> str:
        """Where the selection stands, `2 of 11`; of several rows the sums, as a spreadsheet shows them."""
        rows = self.table.selected_rows()
        if len(rows) > 1:
            return sums_words(self._sums(rows))
        total = self.model.rowCount()
        row = self.table.current_row()
        if not total or row < 0:
            return ""
        return _("{row} of {total}").format(row=f"{row + 1:,}", total=f"{total:,}")

    def _sums(self, rows: Sequence[int]) -> Totals:
        from gzdesk.services.records import Totals

        if len(rows) == self.model.rowCount():
            return self._workspace.records.totals(self.query())
        chosen = [line.row for line in map(self.model.line, rows) if line]
        held = [row for row in chosen if row.status == HELD]
        return Totals(
            records=len(chosen),
            persons=sum(row.persons or 0 for row in held),
            sessions_hundredths=sum(row.sessions_hundredths for row in held),
        )

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.strip = TabStrip(self.theme)
        self.strip.chosen.connect(self.tab_chosen)
        self.strip.all_wanted.connect(self.all_tabs_wanted)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._filters())
        self.table = RecordTable(self.theme, self.model, several=True)
        self.table.setObjectName("records")
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(lambda _row: self.moved.emit())
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._empty_button = Button(
            self.theme, _("Log one"), key="F2", kind="primary", on_click=self.new_wanted.emit
        )
        self._import_button = Button(
            self.theme,
            _("Take in from Excel"),
            key="Ctrl+I",
            kind="link",
            name="import_empty",
            on_click=self.import_wanted.emit,
        )
        self._empty = EmptyState(self.theme, "list", "", self._empty_button, other=self._import_button)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self.totals = TotalsStrip(self._shell, self.table)
        self.body.addWidget(self.totals)

    def _filters(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "row")
        row = QHBoxLayout(bar)
        row.setContentsMargins(*[self.theme.px(margin) for margin in (14, 8, 14, 8)])
        row.setSpacing(self.theme.px(10))
        self.picker = MonthPicker(self.theme)
        self.picker.chosen.connect(self._choose_month)
        self.search = QLineEdit()
        self.search.setObjectName("search")
        self.search.setClearButtonEnabled(False)
        self.search.setMaximumWidth(self.theme.px(330))
        self.search.setPlaceholderText(_("Name, place or initials, like lhyx"))
        self.search.addAction(self.theme.icon("search", "ink2"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._search_timer.start())
        self.search.returnPressed.connect(self._to_table)
        self._status = QComboBox()
        self._status.setObjectName("status")
        self._status.addItems([_("All states"), *[status_label(status) for status in STATUSES]])
        self._status.activated.connect(lambda _place: self.refresh())
        row.addWidget(self.picker)
        row.addWidget(self.search, 2)
        row.addWidget(self._status)
        row.addStretch(1)
        if not self._by_month:
            self.picker.hide()
            self._status.hide()
        return bar

    def _to_table(self) -> None:
        self._search_timer.stop()
        self.refresh()
        self.table.setFocus()

    # -- the query -----------------------------------------------------------------------------

    def query(self) -> ListQuery:
        """The list as it is seen."""
        from gzdesk.services.records import ListQuery

        types = self._tabs.types_of(self.tab)
        own = all(item.scope != "town" for item in types)
        query = ListQuery(
            types=tuple(item.id for item in types),
            unit=self.unit if own else None,
            month=self.month if self._is_dated(types) else None,
            statuses=self._statuses(),
            text=self.search.text().strip(),
            sort="day" if any(item.month_of for item in types) else "title",
            descending=not self._is_dated(types) and all(item.month_of for item in types),
        )
        shown = self.model.query
        if shown is not None and shown.types == query.types:
            return replace(query, sort=shown.sort, descending=shown.descending)
        return query

    def _is_dated(self, types: Sequence[RecordType]) -> bool:
        """Whether the list is that of a month: registers that hold all year are listed whole."""
        return self._by_month and any(item.month_of and item.group in _BY_MONTH for item in types)

    def _statuses(self) -> tuple[str, ...]:
        place = self._status.currentIndex()
        return (STATUSES[place - 1],) if place > 0 else ()

    def _columns(self) -> tuple[Column, ...]:
        types = self._tabs.types_of(self.tab)
        columns = all_types_columns(types) if self.tab == ALL else type_columns(types[0], compact=False)
        if self._workspace.context.is_mine(self.unit):
            return columns
        # A receipt is for what a unit wrote itself: of a village's records the town holds every one it lists.
        return tuple(column for column in columns if column.id != "received")

    def _choose_month(self, month: Month | None) -> None:
        self.month = month
        self.refresh()
        self.moved.emit()

    # -- showing -------------------------------------------------------------------------------

    def _show_tabs(self, query: ListQuery) -> None:
        counts = self._counts(query)
        shelf_of = self._tabs.shelf_of
        tabs = [
            Tab(id=item.id, title=item.label, count=counts.get(item.id, 0), group=shelf_of(item.id))
            for item in self._tabs.types
        ]
        if self._tabs.all_types:
            total = sum(counts.get(item.id, 0) for item in self._tabs.all_types)
            shelf = shelf_of(self._tabs.all_types[0].id)
            tabs.insert(0, Tab(id=ALL, title=self._tabs.all_title, count=total, group=shelf))
        self.strip.show_tabs(tabs, self.tab, by_shelf=bool(self._tabs.shelves))

    def _counts(self, query: ListQuery) -> dict[str, int]:
        """How many records each type has that is listed here, in the month if it is listed by months."""
        alike: dict[tuple[str | None, Month | None], list[str]] = {}
        for item in self._tabs.types:
            # A catalogue is the town's and the same everywhere, so its records are nobody's own.
            unit = None if item.scope == "town" else self.unit
            month = self.month if self._is_dated([item]) else None
            alike.setdefault((unit, month), []).append(item.id)
        counts: dict[str, int] = {}
        for (unit, month), types in alike.items():
            asked = replace(
                query, types=tuple(types), unit=unit, month=month, text="", statuses=(), sort="day"
            )
            counts |= self._workspace.records.counts_by_type(asked)
        return counts

    def _show_receipts(self) -> None:
        # After the list has been painted: the exchange brings its ciphers along, which take a while to load.
        proved = self._workspace.exchange.acknowledged()
        review, known = self._workspace.review, dict[str, str]()

        def reviewed(row: RecordRow) -> str:
            if row.id not in known:
                known[row.id] = review.state(row.id)
            return known[row.id]

        self.model.show_received(
            lambda row: proved.covers(unit=row.unit, writer=row.writer, seq=row.seq), reviewed
        )

    def _show_totals(self, query: ListQuery) -> None:
        totals = self._workspace.records.totals(query)
        self.totals.show_totals(totals, self._tabs.types_of(self.tab), dated=query.month is not None)

    def _show_empty(self, *, searching: bool) -> None:
        types = self._tabs.types_of(self.tab)
        name = self._tabs.all_title if self.tab == ALL else types[0].label
        self._empty_button.setVisible(self._can_add and not searching)
        self._import_button.setVisible(self._can_add and not searching)
        if searching:
            words = _("Nothing fits this search. Try other words or another month.")
        elif not self._can_add:
            words = _("Nothing is listed here.")
        elif self.month is not None and self._is_dated(types):
            words = _("No {name} in {month} yet. Press F2 to log one.").format(
                name=name, month=month_title(self.month)
            )
        else:
            words = _("Nothing under {name} yet. Press F2 to log one.").format(name=name)
        self._empty.sentence.setText(words)


def sums_words(totals: Totals) -> str:
    """How many are selected, and what those that were held add up to."""
    words = ngettext("{count} selected", "{count} selected", totals.records).format(
        count=f"{totals.records:,}"
    )
    parts = [words]
    if totals.sessions_hundredths:
        parts.append(_("sessions {count}").format(count=f"{totals.sessions_hundredths / 100:g}"))
    if totals.persons:
        parts.append(_("persons {count}").format(count=f"{totals.persons:,}"))
    return " · ".join(parts)


class TotalsStrip(QFrame):
    """The sums, fixed below the table; the persons stand under their column."""

    def __init__(self, shell: MainWindow, table: RecordTable) -> None:
        super().__init__()
        self._theme = shell.theme
        self._table = table
        self.setProperty("role", "totals")
        self.setFixedHeight(self._theme.px(40))
        self._words = label(size="table", bold=True, parent=self)
        self._persons = label(size="table", bold=True, parent=self)
        self._remark = label(size="small", ink="ink2", parent=self)
        self._persons.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self._place())

    def show_totals(self, totals: Totals, types: Sequence[RecordType], *, dated: bool) -> None:
        """Show the sums of a list of those types."""
        self._words.setText(totals_words(totals, dated=dated))
        measured = any("persons" in item.measures for item in types)
        self._persons.setText(f"{totals.persons:,}" if measured else "")
        self._remark.setText(_("held only") if measured else "")
        self._place()

    def resizeEvent(self, event: object) -> None:
        """Follow the columns above."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self._place()

    def _place(self) -> None:
        side, height = self._theme.px(10), self.height()
        self._words.setGeometry(side, 0, self._words.sizeHint().width(), height)
        model = self._table.model()
        columns = model.columns if isinstance(model, RecordTableModel) else ()
        place = next((number for number, column in enumerate(columns) if column.id == "persons"), -1)
        if place < 0:
            self._persons.setGeometry(0, 0, 0, 0)
            self._remark.setGeometry(0, 0, 0, 0)
            return
        left = self._table.columnViewportPosition(place)
        width = self._table.columnWidth(place)
        self._persons.setGeometry(left - side, 0, width, height)
        start = left + width + side
        # Half a remark is worse than none.
        room = self.width() - start
        fits = self._remark.sizeHint().width() <= room
        self._remark.setGeometry(start, 0, room if fits else 0, height)
