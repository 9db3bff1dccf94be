"""One unit's ledger as the town holds it: its records and its sheets, to look at and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop import printing, table_files
from gzdesk.desktop.page import Page
from gzdesk.desktop.record_dialog import RecordDialog
from gzdesk.desktop.record_list import ListTabs, RecordList
from gzdesk.desktop.register_choice import register_choices, show_choices
from gzdesk.desktop.widgets.board_grid import LOOKS, cell_words, chip_words
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.month_picker import MonthPicker
from gzdesk.desktop.widgets.pdf_preview import PdfPreview
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.records import ListQuery

RECORDS, SHEET = "records", "sheet"
_SHEET_REPORT = "monthly_sheet"
_SIDE_WIDTH = 300


class UnitViewPage(Page):
    """Records and sheet of one unit; nothing can be changed here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        units = self._workspace.units.below
        self._unit = units[0]
        self._month = Month.of(self._workspace.mint.today()).plus(-1)
        self._view = RECORDS
        self.head = self.add_head(_("Villages"), _("to look at; only the village itself can change it"))
        self._pills = Pills(
            ((RECORDS, _("Records")), (SHEET, _("Monthly sheet"))),
            chosen=RECORDS,
            on_choose=self._choose_view,
        )
        self.head.add(self._pills)
        self._units = QComboBox()
        self._units.setObjectName("unit")
        self._units.setProperty("strong", True)
        for unit in units:
            self._units.addItem(unit.label, unit.id)
        self._units.activated.connect(self._choose_unit)
        self.head.add(self._units)
        self._views = QStackedWidget()
        self._views.addWidget(self._make_list())
        self._views.addWidget(self._make_sheet())
        self.column.addWidget(self._views, 1)
        self.on_key("Ctrl+P", self.print_shown)
        self.on_key("Ctrl+E", self.save_list)
        self.on_key("PgUp", lambda: self._step(-1))
        self.on_key("PgDown", lambda: self._step(1))
        self.on_key("Ctrl+F", self.list.focus_search)

    def activate(self, **arguments: object) -> None:
        """`unit` and `month` choose what is shown; from the board its sheet is shown first."""
        unit = self._workspace.units.find(str(arguments.get("unit", "")))
        if unit is not None:
            self._unit = unit
        month = arguments.get("month")
        if isinstance(month, Month):
            self._month = month
            self._view = SHEET
        view = arguments.get("view")
        if view in (RECORDS, SHEET):
            self._view = str(view)

    def put_away(self) -> dict[str, object]:
        """Where one was looking."""
        return {"unit": self._unit.id, "month": self._month, "view": self._view}

    def refresh(self) -> None:
        """Read the unit's ledger anew."""
        self._units.setCurrentIndex(self._units.findData(self._unit.id))
        self._pills.choose(self._view)
        self._views.setCurrentIndex(0 if self._view == RECORDS else 1)
        if self._view == RECORDS:
            self.list.unit = self._unit.id
            self.list.month = self._month
            self.list.refresh()
        else:
            self._show_sheet()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        hints = [("PgUp", _("month before")), ("PgDn", _("month after"))]
        if self._view == RECORDS:
            files = (("Ctrl+P", _("print")), ("Ctrl+E", _("Excel")))
            return (("↑ ↓", _("choose a row")), ("Enter", _("open")), ("Ctrl+F", _("search")), *hints, *files)
        return (*hints, ("Ctrl+P", _("print")), ("Esc", _("back")))

    def focus_first(self) -> None:
        """Onto the list or the sheet."""
        if self._view == RECORDS:
            self.list.focus_table()
        else:
            self._preview.setFocus()

    def choose_register(self) -> None:
        """Show all registers of the village, to look at one of them."""
        if self._view != RECORDS:
            self._choose_view(RECORDS)
        choices = register_choices(self._workspace, unit=self._unit.id, wanted=_is_listed)
        show_choices(
            self,
            self.shell,
            choices,
            current=self.list.tab,
            anchor=self.list.strip,
            on_choose=self._choose_tab,
        )

    def query(self) -> ListQuery:
        """The list as it is seen."""
        return self.list.query()

    def save_list(self) -> None:
        """Write the list as it is seen into a chosen folder."""
        if self._view == RECORDS:
            table_files.save_list(self, suffix=".xlsx")

    def print_shown(self) -> None:
        """Print the list as it is seen, or the sheet."""
        if self._view == RECORDS:
            table_files.print_list(self)
        else:
            self.print_sheet()

    def print_sheet(self) -> None:
        """Print the unit's sheet of the month."""
        printing.print_report(self.shell, _SHEET_REPORT, month=self._month, unit=self._unit.id)

    # Choosing

    def _choose_unit(self, at: int) -> None:
        found = self._workspace.units.find(str(self._units.itemData(at)))
        if found is not None:
            self._unit = found
            self._changed()

    def _choose_view(self, view: str) -> None:
        self._view = view
        self._changed()

    def _choose_month(self, month: Month | None) -> None:
        if month is not None:
            self._month = month
            self._changed()

    def _step(self, months: int) -> None:
        self._choose_month(self._month.plus(months))

    def _changed(self) -> None:
        self.refresh()
        self.shell.update_hints()

    # Records

    def _make_list(self) -> RecordList:
        types = self._workspace.types
        tabs = ListTabs(
            types=tuple(item for item in types if _is_listed(item)),
            all_types=types.in_groups("event"),
            all_title=_("All events"),
            shelves=types.shelves,
        )
        self.list = RecordList(self.shell, tabs, by_month=True, can_add=False)
        self.list.opened.connect(self._open)
        self.list.tab_chosen.connect(self._choose_tab)
        self.list.all_tabs_wanted.connect(self.choose_register)
        self.list.moved.connect(self._follow_list)
        return self.list

    def _choose_tab(self, tab: str, *, new: bool = False) -> None:
        # Nothing is added here: F2 on a register only shows it as well.
        self.list.show_tab(tab)
        self.list.refresh()

    def _follow_list(self) -> None:
        if self.list.month is not None:
            self._month = self.list.month

    def _open(self, record_id: str) -> None:
        try:
            RecordDialog(self.shell, record_id).open()
        except UserError as error:
            self.shell.tell_error(error)

    # Sheet

    def _make_sheet(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.px(16))
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(*[self.px(margin) for margin in (12, 7, 12, 7)])
        self._picker = MonthPicker(self.theme)
        self._picker.chosen.connect(self._choose_month)
        bar.addWidget(self._picker)
        bar.addStretch(1)
        bar.addWidget(self.button(_("Print"), icon="printer", small=True, on_click=self.print_sheet))
        card.body.addLayout(bar)
        self._preview = PdfPreview(self.theme)
        self._no_sheet = EmptyState(self.theme, "month", "")
        self._sheet_views = QStackedWidget()
        self._sheet_views.addWidget(self._preview)
        self._sheet_views.addWidget(self._no_sheet)
        card.body.addWidget(self._sheet_views, 1)
        row.addWidget(card, 1)
        row.addWidget(self._make_side())
        return holder

    def _make_side(self) -> Card:
        side = Card(self.theme, _("How it stands"))
        side.setFixedWidth(self.px(_SIDE_WIDTH))
        self._state = Chip("", "neutral")
        self._state_words = QVBoxLayout()
        self._state_text = label("", size="table", ink="ink2", wrap=True)
        self._state_words.addWidget(self._state_text)
        side.body.addWidget(self._state)
        side.body.addLayout(self._state_words)
        side.body.addStretch(1)
        return side

    def _show_sheet(self) -> None:
        self._picker.show_month(self._month, latest=Month.of(self._workspace.mint.today()))
        cell = self._workspace.board.cell(self._unit.id, self._month)
        tone = LOOKS[cell.state][1] if cell.state in LOOKS else "neutral"
        self._state.show_state(chip_words(cell.state) or "—", tone)
        self._state_text.setText(cell_words(cell).replace("・", "\n"))
        try:
            sheet = self._workspace.months.sheet(self._unit.id, self._month)
            if sheet is None:
                words = _("{unit} has not handed in the sheet of this month.")
                self._no_sheet.sentence.setText(words.format(unit=self._unit.label))
                self._sheet_views.setCurrentIndex(1)
                return
            content = self._workspace.reports.preview(_SHEET_REPORT, unit=self._unit.id, month=self._month)
        except UserError as error:
            self._no_sheet.sentence.setText(f"{error.message}{error.hint}")
            self._sheet_views.setCurrentIndex(1)
            return
        self._preview.show_pdf(content)
        self._sheet_views.setCurrentIndex(0)


def _is_listed(record_type: RecordType) -> bool:
    """Whether a village has records of that type that can be looked at one by one."""
    return record_type.scope == "village" and record_type.group != "system"
