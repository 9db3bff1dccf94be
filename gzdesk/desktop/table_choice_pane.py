"""The left half of the page of tables: what is read, of when, grouped how and in which columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from gzdesk.desktop.table_choice import TableChoice
from gzdesk.desktop.table_period import PeriodChooser
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.check_list import CheckList
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.tables import Period, SavedTable

WIDTH_PX = 420
_MOST_PX = 470  # large letters need more height, not as much more width
_LABEL_PX = 58
_LIST_PX = 150


class ChoicePane(Card):
    """Shows a `TableChoice` and changes it; `changed` comes after each change, `register_wanted` asks for a list."""

    changed = Signal()
    register_wanted = Signal()

    def __init__(self, shell: MainWindow, choice: TableChoice) -> None:
        super().__init__(shell.theme, margin=0)
        self._workspace = shell.workspace
        self._choice = choice
        self._saved: tuple[SavedTable, ...] = ()
        self.setFixedWidth(min(shell.theme.px(WIDTH_PX), _MOST_PX))
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(*[shell.theme.px(margin) for margin in (12, 12, 12, 12)])
        self._column.setSpacing(shell.theme.px(6))
        self._build()
        self.body.addWidget(scroll_area(holder), 1)

    # -- showing -------------------------------------------------------------------------------

    def show_choice(self) -> None:
        """Show everything as it is chosen now."""
        choice, adhoc = self._choice, self._choice.adhoc
        self._show_saved()
        self.name.setText(adhoc.name)
        self.register.setText(f" {choice.registers_words()}")
        self.period.show_period(adhoc.period)
        dated = any(item.month_of for item in choice.types)
        self.period.setVisible(dated)
        self._labels["period"].setVisible(dated)
        self.unit.setCurrentIndex(max(0, self.unit.findData(adhoc.unit)))
        self._show_statuses()
        self._show_groups()
        self._show_filter()
        contents = choice.contents()
        self._labels["contents"].setText(_("Count") if choice.is_grouped else _("Columns"))
        self.contents.show_rows(contents)
        self._show_sorts()

    def _show_saved(self) -> None:
        self._saved = self._workspace.tables.saved()
        name = self._choice.adhoc.name
        self.saved.clear()
        self.saved.addItem(_("Put together here"), "")
        for one in self._saved:
            self.saved.addItem(one.name if one.ready_made else f"★ {one.name}", one.id)
        same = next((one.id for one in self._saved if name and one.name == name), "")
        self.saved.setCurrentIndex(max(0, self.saved.findData(same)))

    def _show_statuses(self) -> None:
        rows = self._choice.statuses()
        _fill(self.status, [(words, codes) for codes, words in rows], self._choice.adhoc.statuses)
        for part in (self.status, self._labels["status"]):
            part.setVisible(bool(rows))

    def _show_groups(self) -> None:
        offers = [(offer.label, offer.id) for offer in self._choice.groups()]
        chosen = (*self._choice.adhoc.group_by, "", "")
        _fill(self.groups[0], [(_("list all"), ""), *offers], chosen[0])
        others = [(words, name) for words, name in offers if name != chosen[0]]
        _fill(self.groups[1], [(_("no more"), ""), *others], chosen[1])
        self.groups[1].setEnabled(bool(chosen[0]))

    def _show_filter(self) -> None:
        fields = self._choice.filters()
        name, code = (*self._choice.adhoc.where, ("", ""))[0]
        if not name and self.filter_field.currentData() in [field.name for field in fields]:
            name = str(self.filter_field.currentData())  # an item was chosen and its value is to come
        _fill(self.filter_field, [(_("any"), ""), *((field.label, field.name) for field in fields)], name)
        found = next((field for field in fields if field.name == name), None)
        values = [(choice.label, choice.code) for choice in found.choices] if found else []
        _fill(self.filter_value, [("—", ""), *values], code)
        self.filter_value.setEnabled(bool(values))
        for part in (self.filter_field, self.filter_value, self._labels["filter"]):
            part.setVisible(bool(fields))

    def _show_sorts(self) -> None:
        adhoc = self._choice.adhoc
        rows = [(words, (name, down)) for name, down, words in self._choice.sorts()]
        _fill(self.sort, rows, (adhoc.sort, adhoc.descending))

    # -- choosing ------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """Into the list of tables by name."""
        self.saved.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next box, as in a form."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.focusNextPrevChild(not back)
            return True
        return super().eventFilter(watched, event)

    def _take_saved(self) -> None:
        found = next((one for one in self._saved if one.id == self.saved.currentData()), None)
        if found is not None:
            self._choice.take(found.adhoc)
            self._tell()

    def _rename(self) -> None:
        self._choice.call_it(self.name.text())
        self._tell()

    def _group(self) -> None:
        self._choice.choose_groups([str(box.currentData()) for box in self.groups])
        self._tell()

    def _filter(self) -> None:
        self._choice.choose_filter(str(self.filter_field.currentData()), str(self.filter_value.currentData()))
        self._tell()

    def _filter_another(self) -> None:
        self._choice.choose_filter("", "")
        self._tell()

    def _sort(self) -> None:
        column, descending = self.sort.currentData()
        self._choice.choose_sort(column, descending=descending)
        self._tell()

    def _tell(self) -> None:
        self.show_choice()
        self.changed.emit()

    def _change_period(self, period: Period) -> None:
        self._choice.choose_period(period)
        self._tell()

    def _change_unit(self) -> None:
        self._choice.choose_unit(str(self.unit.currentData()))
        self._tell()

    def _change_status(self) -> None:
        self._choice.choose_statuses(self.status.currentData())
        self._tell()

    def _change_contents(self) -> None:
        self._choice.choose_contents(self.contents.chosen())
        self._tell()

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(8))
        grid.setVerticalSpacing(self.theme.px(6))
        grid.setColumnMinimumWidth(0, self.theme.px(_LABEL_PX))
        grid.setColumnStretch(1, 1)
        self._grid = grid
        self._labels: dict[str, QLabel] = {}
        self.saved = self._box("saved", self._take_saved)
        self.name = QLineEdit()
        self.name.setObjectName("table_name")
        self.name.setMaxLength(40)
        self.name.setPlaceholderText(_("Title to keep it by, Ctrl+S"))
        self.name.editingFinished.connect(self._rename)
        self.register = Button(
            self.theme, " ", icon="list", name="register", on_click=self.register_wanted.emit
        )
        self.period = PeriodChooser(self.theme, self._workspace.context.parsing())
        self.period.chosen.connect(self._change_period)
        self.unit = self._box("unit", self._change_unit)
        self.unit.addItem(_("All units"), "")
        for unit in self._workspace.units:
            self.unit.addItem(unit.label, unit.id)
        self.status = self._box("status", self._change_status)
        self.groups = (self._box("group_1", self._group), self._box("group_2", self._group))
        self.filter_field = self._box("filter_field", self._filter_another)
        self.filter_value = self._box("filter_value", self._filter)
        self.contents = CheckList()
        self.contents.setObjectName("contents")
        self.contents.setMinimumHeight(self.theme.px(_LIST_PX))
        self.contents.changed.connect(self._change_contents)
        self.sort = self._box("sort", self._sort)
        self._column.addLayout(grid, 1)
        self._rows()

    def _rows(self) -> None:
        self._row("saved", _("Table"), self.saved)
        self._row("name", _("Called"), self.name)
        self._row("register", _("Read from"), self.register)
        self._row("period", _("Time"), self.period)
        if self._workspace.context.is_town:
            self._row("unit", _("Unit"), self.unit)
        self._row("status", _("State"), self.status)
        self._row("groups", _("Groups"), *self.groups)
        self._row("filter", _("Only"), self.filter_field, self.filter_value)
        self._row("contents", _("Columns"), self.contents)
        self._row("sort", _("Order"), self.sort)

    def _row(self, name: str, words: str, *parts: QWidget) -> None:
        row = self._grid.rowCount()
        self._labels[name] = label(words, size="table", ink="ink2")
        side = Qt.AlignmentFlag.AlignRight
        top = Qt.AlignmentFlag.AlignTop if parts[0] is self.contents else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(self._labels[name], row, 0, side | top)
        if len(parts) == 1:
            self._grid.addWidget(parts[0], row, 1)
        else:
            line = QHBoxLayout()
            line.setSpacing(self.theme.px(8))
            for part in parts:
                line.addWidget(part, 1)
            self._grid.addLayout(line, row, 1)
        if parts[0] is self.contents:
            self._grid.setRowStretch(row, 1)
        for part in parts:
            for box in (part, *part.findChildren(QComboBox), *part.findChildren(QLineEdit)):
                if isinstance(box, (QComboBox, QLineEdit, CheckList)):
                    box.installEventFilter(self)

    def _box(self, name: str, on_choose: Callable[[], object]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setMinimumWidth(self.theme.px(60))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda _place: on_choose())
        return box


def _fill(box: QComboBox, rows: Sequence[tuple[str, object]], chosen: object) -> None:
    """Show these rows, and that one as chosen."""
    shown = [(box.itemText(at), box.itemData(at)) for at in range(box.count())]
    if shown != list(rows):
        box.clear()
        for words, data in rows:
            box.addItem(words, data)
    at = next((at for at, (_words, data) in enumerate(rows) if data == chosen), 0)
    box.setCurrentIndex(at)
