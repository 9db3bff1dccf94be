"""What the chosen document is made of: unit, register, record, period and how many sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.paper_choices import PeriodChoice
    from gzdesk.services.reports import ReportName

_MOST_SHEETS = 200
_SHEETS_PX = 72
_REGISTERS_LISTED = 12
_FIRST_REGISTER = "film_screening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was chosen, in the words of `Reports.make`."""

    unit: str | None = None
    month: Month | None = None
    quarter: ReportQuarter | None = None
    year: int | None = None
    record: str | None = None
    type_id: str | None = None
    copies: int = 1

    def options(self) -> dict[str, Any]:
        """The same as keywords."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


class PaperBar(QFrame):
    """One row of choices above the preview. It remembers what was chosen for each register."""

    changed = Signal()
    finished = Signal()
    """Enter in the last of the fields."""

    def __init__(self, shell: MainWindow) -> None:
        super().__init__()
        self._shell = shell
        self._theme = shell.theme
        self._workspace = shell.workspace
        self._choices = shell.workspace.papers
        self._report: ReportName | None = None
        self._type_id = _FIRST_REGISTER
        self._records: dict[str, str] = {}
        self._period: dict[str, int] = {}
        self._periods: tuple[PeriodChoice, ...] = ()
        self.setProperty("role", "row")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*[self._theme.px(margin) for margin in (12, 6, 12, 6)])
        self._row.setSpacing(self._theme.px(8))
        self._build()

    # -- what is wanted ------------------------------------------------------------------------

    def wanted(self) -> Wanted:
        """What was chosen, as far as the document asks for it."""
        report = self._report
        if report is None:
            return Wanted()
        asked = (*report.needs, *report.takes)
        period = self._periods[self.period.currentIndex()] if self._periods else None
        return Wanted(
            unit=self.unit.currentData() if self._has_units else None,
            month=period.month if period else None,
            quarter=period.quarter if period else None,
            year=period.year if period else None,
            record=self.record_id() if "record" in asked else None,
            type_id=self._type_id if "type" in asked else None,
            copies=self._sheets() if report.many else 1,
        )

    def record_id(self) -> str | None:
        """The record chosen for this document; without one, the latest there is when it needs one."""
        assert self._report is not None
        kept = self._records.get(self._record_key())
        if kept and self._choices.record(kept) is not None:
            return kept
        if "record" not in self._report.needs:
            return None
        found = self._choices.records(self._record_types(), unit=self._unit(), limit=1)
        return found[0].id if found else None

    @property
    def register_id(self) -> str:
        """The register that is chosen."""
        return self._type_id

    def choose_register(self, type_id: str) -> None:
        """Choose a register, as its list does."""
        if any(item.id == type_id for item in self._choices.registers()):
            self._type_id = type_id

    def choose_record(self, record_id: str) -> None:
        """Choose a record for every document that can be made of it."""
        record_type = self._workspace.records.get(record_id).record.type
        self._records[record_type] = record_id
        self._type_id = record_type
        for report in self._workspace.reports.names():
            if record_type in report.types:
                self._records[",".join(report.types)] = record_id

    def choose_period(self, wanted: Month | ReportQuarter | int) -> None:
        """Choose a month, a quarter or a year where the document asks for one."""
        for at, period in enumerate(self._periods):
            if wanted in (period.month, period.quarter, period.year):
                self.period.setCurrentIndex(at)
                self._take_period(at)

    # -- showing -------------------------------------------------------------------------------

    def show_for(self, report: ReportName) -> None:
        """Show the fields that this document asks for, with what was chosen last."""
        self._report = report
        asked = (*report.needs, *report.takes)
        by_register = "record" in report.needs and not report.types
        self._show("type", "type" in asked or by_register)
        self._show("record", "record" in asked)
        self._show("sheets", report.many)
        self._show_periods(report)
        self._show("period", bool(self._periods))
        self._show_words()
        self.setVisible(bool(self._fields()) or self._has_units)

    def first_field(self) -> QWidget | None:
        """Where typing should begin, or None when nothing is asked for."""
        fields = self._fields()
        return fields[0] if fields else None

    def close_lists(self) -> bool:
        """Close a list that is open; whether there was one."""
        was_open = self.register_field.is_open or self.record_field.is_open
        self.register_field.close_list()
        self.record_field.close_list()
        return was_open

    def _show_periods(self, report: ReportName) -> None:
        self._periods = self._choices.periods(report)
        self.period.blockSignals(True)
        self.period.clear()
        self.period.addItems([item.words for item in self._periods])
        self.period.setCurrentIndex(self._period.get(report.name, self._usual_period(report)))
        self.period.blockSignals(False)

    def _usual_period(self, report: ReportName) -> int:
        """Last month until its sheet is closed, then this one; else the first of the list."""
        if report.group not in ("month", "report") or "month" not in report.needs:
            return 0
        this = Month.of(self._workspace.mint.today())
        if report.group == "report":
            return 1
        return 0 if self._workspace.months.state(this.plus(-1)).status == "closed" else 1

    def _show_words(self) -> None:
        self.register_field.show_text(self._workspace.context.record_type(self._type_id).label)
        chosen = self.record_id() if self._report and "record" in self._asked() else None
        found = self._choices.record(chosen) if chosen else None
        self.record_field.show_text(found.words if found else "")
        needed = self._report is not None and "record" in self._report.needs
        self.record_field.setPlaceholderText(
            _("Name, day or initials") if needed else _("All; or name, day or initials")
        )

    def _show(self, name: str, shown: bool) -> None:
        for widget in self._widgets[name]:
            widget.setVisible(shown)

    def _fields(self) -> list[QWidget]:
        fields = (self.register_field, self.record_field, self.period, self.sheets)
        return [field for field in fields if not field.isHidden()]

    # -- what the person does ------------------------------------------------------------------

    def _take_register(self, option: Option) -> None:
        self._type_id = str(option.value)
        self._show_words()
        self.changed.emit()

    def _take_record(self, option: Option) -> None:
        self._records[self._record_key()] = str(option.value)
        self.changed.emit()

    def _left_record(self) -> None:
        if not self.record_field.text().strip() and self._report and "record" not in self._report.needs:
            if self._records.pop(self._record_key(), None):
                self.changed.emit()
            return
        self._show_words()

    def _take_period(self, at: int) -> None:
        if self._report is not None:
            self._period[self._report.name] = at
            self.changed.emit()

    def _advance(self, field: QWidget, back: bool) -> None:
        fields = self._fields()
        at = fields.index(field) + (-1 if back else 1)
        if 0 <= at < len(fields):
            fields[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    # -- choices -------------------------------------------------------------------------------

    def _asked(self) -> tuple[str, ...]:
        return () if self._report is None else (*self._report.needs, *self._report.takes)

    def _sheets(self) -> int:
        text = self.sheets.text()
        return min(max(int(text), 1), _MOST_SHEETS) if text.isdecimal() else 1

    def _record_key(self) -> str:
        return ",".join(self._report.types) if self._report and self._report.types else self._type_id

    def _record_types(self) -> tuple[str, ...]:
        return self._report.types if self._report and self._report.types else (self._type_id,)

    def _unit(self) -> str | None:
        return self.unit.currentData() if self._has_units else None

    def _register_options(self, text: str) -> Sequence[Option]:
        found = self._choices.registers(text)[:_REGISTERS_LISTED]
        return [Option(value=item.id, text=item.label, details=(item.paper,)) for item in found]

    def _record_options(self, text: str) -> Sequence[Option]:
        found = self._choices.records(self._record_types(), unit=self._unit(), text=text)
        return [Option(value=item.id, text=item.words, details=item.details) for item in found]

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._widgets: dict[str, tuple[QWidget, ...]] = {}
        self.unit = QComboBox()
        self.register_field = CompletingField(
            self._theme, source=self._register_options, free=False, foot=_("all registers: type initials")
        )
        self.record_field = CompletingField(self._theme, source=self._record_options, free=False)
        self.period = QComboBox()
        self.sheets = LineField(self._theme)
        self._has_units = self._workspace.context.is_town
        if self._has_units:
            for unit in self._workspace.units:
                self.unit.addItem(unit.label, unit.id)
            self.unit.activated.connect(lambda _at: self._unit_chosen())
        self._add("unit", _("Unit"), self.unit, name="unit")
        self._show("unit", self._has_units)
        self._add("type", _("Which register"), self.register_field, name="register", stretch=2)
        self._add("record", _("Of"), self.record_field, name="record", stretch=3)
        self._add("period", _("Period"), self.period, name="period")
        self._add("sheets", _("Sheets"), self.sheets, name="sheets")
        self._row.addStretch(1)
        for choice in (self.unit, self.period):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.sheets.setText("1")
        self.sheets.setValidator(QIntValidator(1, _MOST_SHEETS, self.sheets))
        self.sheets.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.sheets.setFixedWidth(self._theme.px(_SHEETS_PX))
        self.sheets.typed.connect(lambda _text: self.changed.emit())
        self.period.activated.connect(self._take_period)
        self.register_field.picked.connect(self._take_register)
        self.record_field.picked.connect(self._take_record)
        self.register_field.left.connect(self._show_words)
        self.record_field.left.connect(self._left_record)
        for field in (self.register_field, self.record_field, self.sheets):
            field.advance.connect(lambda back, field=field: self._advance(field, back))

    def _add(self, key: str, words: str, field: QWidget, *, name: str, stretch: int = 0) -> None:
        field.setObjectName(name)
        field.setAccessibleName(words)
        before = label(words, size="table", ink="ink2")
        before.setBuddy(field)
        self._row.addWidget(before)
        self._row.addWidget(field, stretch)
        self._widgets[key] = (before, field)

    def _unit_chosen(self) -> None:
        self._records.clear()
        self._show_words()
        self.changed.emit()
