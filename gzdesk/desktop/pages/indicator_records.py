"""The records behind a number of the indicators: those that count and, apart, those that do not with the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from gzdesk.desktop.indicator_heat import Behind
from gzdesk.desktop.list_columns import Column, all_types_columns
from gzdesk.desktop.page import Page
from gzdesk.desktop.pages import TOWN
from gzdesk.desktop.photo_viewer import PhotoViewer
from gzdesk.desktop.record_dialog import RecordDialog
from gzdesk.desktop.register_choice import page_of
from gzdesk.desktop.table_model import RecordTableModel
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.record_table import RecordTable
from gzdesk.desktop.widgets.tab_strip import Tab, TabStrip
from gzdesk.domain.indicators.result import excluded_label
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.evidence import noted_files

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.records import ListQuery, RecordRow, Records, RecordView
    from gzdesk.services.records import Page as RecordPage

COUNTED, EXCLUDED = "counted", "excluded"
# Texts of a record have the names of its fields, which never begin with a blank.
_UNIT, _REASON = " unit", " reason"
_NOTHING = Behind(title="", value="", chip="", tone="", sentences=(), counted=(), excluded=())


class NumberedRecords:
    """A list of records named one by one (`table_model.ListSource`), with the unit and the reason as texts."""

    def __init__(self, records: Records, units: Mapping[str, str]) -> None:
        self._records, self._units = records, units
        self._rows: tuple[RecordRow, ...] = ()
        self._reasons: Mapping[str, str] = {}

    def choose(self, record_ids: Sequence[str], reasons: Mapping[str, str]) -> int:
        """List these records, as far as they are still there; returns how many those are."""
        self._rows = self._records.rows(record_ids)
        self._reasons = reasons
        return len(self._rows)

    @property
    def types(self) -> frozenset[str]:
        """The registers that they are from."""
        return frozenset(row.type for row in self._rows)

    def page(self, query: ListQuery) -> RecordPage:
        """One page of them, in the order asked for."""
        from gzdesk.services.records import Page as RecordPage

        rows = self._rows
        if query.sort != "day" or query.descending:
            rows = tuple(sorted(rows, key=lambda row: _sort_key(row, query.sort), reverse=query.descending))
        return RecordPage(rows=rows[query.offset : query.offset + query.limit], total=len(rows))

    def views(self, record_ids: Sequence[str]) -> tuple[RecordView, ...]:
        """Those records with their texts."""
        return tuple(
            replace(
                view,
                texts={
                    **view.texts,
                    _UNIT: self._units.get(view.record.unit, view.record.unit),
                    _REASON: self._reasons.get(view.record.id, ""),
                },
            )
            for view in self._records.views(record_ids)
        )


class IndicatorRecordsPage(Page):
    """`activate(title=, behind=)` says whose records; Esc goes back to the number."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._behind = _NOTHING
        self._title = ""
        self._tab = COUNTED
        self._is_town = window.role == TOWN
        self.head = self.add_head(_("Behind the number"))
        self._source = NumberedRecords(
            self._workspace.records, {unit.id: unit.label for unit in self._workspace.units}
        )
        self._model = RecordTableModel(
            source=self._source, types=self._workspace.types, settings=self._workspace.settings
        )
        self._add_buttons()
        self._add_list()
        for keys, action in (
            ("Ctrl+O", self.show_photos),
            ("Ctrl+R", self.open_register),
            ("Ctrl+M", self.open_sheet),
            ("Ctrl+PgUp", lambda: self.strip.step(-1)),
            ("Ctrl+PgDown", lambda: self.strip.step(1)),
        ):
            self.on_key(keys, action)

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """Show the records behind that number."""
        behind, title = arguments.get("behind"), arguments.get("title")
        if isinstance(behind, Behind):
            if behind != self._behind:
                self._tab = COUNTED if behind.counted or not behind.excluded else EXCLUDED
            self._behind = behind
        if isinstance(title, str):
            self._title = title
        if arguments.get("tab") in (COUNTED, EXCLUDED):
            self._tab = str(arguments["tab"])

    def put_away(self) -> dict[str, object]:
        """Which of the two lists is shown."""
        return {"tab": self._tab}

    def refresh(self) -> None:
        """Read the records anew; the same one stays under the cursor."""
        self.head.subtitle.setText("・".join(part for part in (self._title, self._behind.title) if part))
        kept = self.table.current_id()
        reasons = {record: excluded_label(code) for record, code in self._behind.excluded}
        shown = self._behind.counted if self._tab == COUNTED else tuple(reasons)
        total = self._source.choose(shown, reasons)
        from gzdesk.services.records import ListQuery

        self._model.show(ListQuery(), self._columns())
        if not self.table.select_id(kept):
            self.table.select_row(0)
        self._views.setCurrentIndex(0 if total else 1)
        self._empty.sentence.setText(self._nothing_words())
        self.strip.show_tabs(
            [
                Tab(id=COUNTED, title=_("Counted"), count=len(self._behind.counted)),
                Tab(id=EXCLUDED, title=_("Not counted"), count=len(reasons)),
            ],
            self._tab,
        )
        for button in (self._open_button, self._photo_button, self._sheet_button):
            button.setEnabled(bool(total))

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("↑ ↓", _("choose")),
            ("Enter", _("open")),
            ("Ctrl+O", _("photos and scans")),
            ("Ctrl+M", _("monthly sheet")),
            ("Ctrl+PgDn", _("the others")),
            ("Esc", _("back")),
        )

    def help_section(self) -> str:
        """That of the page it belongs to."""
        return "indicators"

    def remark(self) -> str:
        """Where the cursor stands."""
        row, total = self.table.current_row(), self._model.rowCount()
        return _("{row} of {total}").format(row=f"{row + 1:,}", total=f"{total:,}") if row >= 0 else ""

    def focus_first(self) -> None:
        """Onto the list."""
        (self.table if self._model.rowCount() else self.strip).setFocus()

    # -- what the person does ------------------------------------------------------------------

    def open_record(self) -> None:
        """Look at the record; what is changed is changed in its own register."""
        if self.table.current_id():
            try:
                RecordDialog(self.shell, self.table.current_id()).exec()
            except UserError as error:
                self.shell.tell_error(error)

    def show_photos(self) -> None:
        """Look at the photos and scans of the record."""
        view = self._view()
        if view is None:
            return
        files = noted_files(view.record.values)
        if not files:
            self.shell.tell(_("This record has no photos or scans."), "warn")
            return
        PhotoViewer(self.shell, files, proves=self._workspace.records.words(view.record)).exec()

    def open_register(self) -> None:
        """Open the record in its own register, where it can be changed; a village's only in the village."""
        view = self._view()
        record_type = self._workspace.types.get(view.record.type) if view is not None else None
        if view is None or record_type is None:
            return
        page = page_of(record_type, role=self.shell.role)
        if page and view.record.unit == self._workspace.me.id:
            self.shell.go(page, type_id=record_type.id, record_id=view.record.id)
        else:
            self.open_record()

    def open_sheet(self) -> None:
        """Open the month sheet on which the record stands."""
        line = self._model.line(self.table.current_row())
        if line is None:
            return
        if not line.row.month or line.record_type is None or not line.record_type.counts_by_month:
            self.shell.tell(_("This register is on no monthly sheet."), "warn")
            return
        month = Month.from_number(line.row.month)
        if self._is_town and line.row.unit in {unit.id for unit in self._workspace.units.below}:
            self.shell.go("unit_view", unit=line.row.unit, month=month)
        elif not self._is_town:
            self.shell.go("months", month=month)
        else:
            self.shell.tell(_("The station's own records are on no monthly sheet."), "warn")

    # -- building ------------------------------------------------------------------------------

    def _add_buttons(self) -> None:
        self._photo_button = self.button(
            _("Photos"), key="Ctrl+O", icon="eye", name="photos", on_click=self.show_photos
        )
        self._sheet_button = self.button(
            _("Monthly sheet"), key="Ctrl+M", icon="month", name="sheet", on_click=self.open_sheet
        )
        self._open_button = self.button(
            _("Open"), key="Enter", kind="primary", name="open", on_click=self.open_record
        )
        for button in (self._photo_button, self._sheet_button, self._open_button):
            self.head.add(button)

    def _add_list(self) -> None:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        self.strip = TabStrip(self.theme)
        self.strip.chosen.connect(self._choose_tab)
        card.body.addWidget(self.strip)
        self.table = RecordTable(self.theme, self._model)
        self.table.setObjectName("records")
        self.table.opened.connect(lambda _id: self.open_record())
        self.table.current_changed.connect(lambda _row: self.shell.update_hints())
        self._empty = EmptyState(self.theme, "list", "")
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self._empty)
        card.body.addWidget(self._views, 1)
        self.column.addWidget(card, 1)

    def _columns(self) -> tuple[Column, ...]:
        """Those of a list of several registers, without the receipt, with unit and reason."""
        known = [item for item in self._workspace.types if item.id in self._source.types]
        columns = [column for column in all_types_columns(known) if column.id != "received"]
        if self._is_town:
            columns.insert(0, Column(id="unit", title=_("Unit"), width=100, field=_UNIT))
        if self._tab == EXCLUDED:
            columns.append(Column(id="reason", title=_("Why not"), width=210, field=_REASON))
        return tuple(columns)

    def _choose_tab(self, tab: str) -> None:
        self._tab = tab
        self.refresh()
        self.focus_first()
        self.shell.update_hints()

    def _nothing_words(self) -> str:
        if self._tab == EXCLUDED:
            return _("Nothing was left out of this number.")
        if not self._behind.counted:
            return "".join((_("No record counts here."), *self._behind.sentences))
        return _("These records were deleted since.")

    def _view(self) -> RecordView | None:
        try:
            return self._workspace.records.get(self.table.current_id()) if self.table.current_id() else None
        except UserError as error:
            self.shell.tell_error(error)
            return None


def _sort_key(row: RecordRow, sort: str) -> tuple[object, ...]:
    value = {
        "title": row.title,
        "place": row.place,
        "persons": row.persons or 0,
        "status": row.status,
        "type": row.type,
    }.get(sort, row.day)
    return (value, row.day, row.time)
