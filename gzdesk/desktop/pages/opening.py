"""Opening days: a whole month filled in by typing one number a day (picture d)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.opening_day import DayPanel
from gzdesk.desktop.opening_side import OpeningSide
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.month_grid import MonthGrid
from gzdesk.desktop.widgets.month_picker import MonthPicker
from gzdesk.desktop.widgets.scrolled import scrolled
from gzdesk.desktop.widgets.texts import ElidedLabel, set_look
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.services.opening import DayEntry, OpeningMonth, Venue

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_SIDE_PX = 262


class OpeningPage(Page):
    """The grid, the schedule and the sums. Every number is saved as soon as it is typed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._venues: tuple[Venue, ...] = ()
        self._shown: OpeningMonth | None = None
        self._month = self._first_month()
        self._venue_id = ""
        self._undo: list[tuple[date, DayEntry]] = []
        self._saved_at = ""
        self._build()
        self._bind_keys()

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """Show a month, and put the cursor on a day, when they are named."""
        month, day = arguments.get("month"), arguments.get("day")
        if isinstance(month, (Month, str)):
            self._month = month if isinstance(month, Month) else Month.parse(month)
        if isinstance(day, (date, str)):
            wanted = day if isinstance(day, date) else date.fromisoformat(day)
            self._month = Month.of(wanted)
            self._load()
            self.grid.move_to(wanted)
        self._close_day()

    def refresh(self) -> None:
        """Read the month anew; what is being typed stays."""
        self._load()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of the grid, or of the day panel."""
        if self._is_editing():
            return (("Enter", _("next item")), ("Ctrl+S", _("save")), ("Esc", _("leave the day as it was")))
        return (
            (_("Digits"), _("type them in")),
            ("Enter", _("next open day")),
            ("↑↓←→", _("move")),
            ("F2", _("change times, person")),
            ("Ctrl+Z", _("undo")),
        )

    def remark(self) -> str:
        """When the last number was saved."""
        return _("Saved by itself at {time}").format(time=self._saved_at) if self._saved_at else ""

    def can_leave(self) -> bool:
        """What is being typed is saved; a refused number keeps the page in front."""
        self.grid.take_over()
        return self.grid.typed is None

    def put_away(self) -> dict[str, object]:
        """Keep the number that is being typed, and where the cursor stands."""
        self.grid.take_over()
        return {"month": str(self._month), "day": self.grid.day}

    def escape(self) -> bool:
        """Close the day panel first."""
        if not self._is_editing():
            return False
        if not self._panel.close_lists():
            self._close_day()
        return True

    def focus_first(self) -> None:
        """Onto the grid."""
        if self._stack.currentIndex() == 0:
            self.grid.setFocus()
        else:
            self._empty_button.setFocus()

    # -- what the person does ------------------------------------------------------------------

    def edit_day(self) -> None:
        """Open the panel for the day under the cursor."""
        if self._shown is None or self.grid.day is None or self._is_editing():
            return
        self.grid.take_over()
        self._side.setCurrentIndex(1)
        self._panel.open(self._shown.cell(self.grid.day))
        self.shell.update_hints()

    def undo(self) -> None:
        """Take back the last number or change of a day."""
        if self._shown is None or self._is_editing():
            return
        if not self._undo:
            self.shell.tell(_("There is nothing to take back."))
            return
        day, before = self._undo.pop()
        if self._write(day, before, remember=False):
            self.grid.move_to(day)

    def step_month(self, months: int) -> None:
        """Show a later or earlier month."""
        self.grid.take_over()
        if self.grid.typed is None and not self._is_editing():
            self._choose_month(self._month.plus(months))

    # -- inside --------------------------------------------------------------------------------

    def _first_month(self) -> Month:
        """Last month while numbers are missing in it, else this month."""
        this = Month.of(self._workspace.mint.today())
        venues = self._workspace.opening.venues()
        if not venues or not venues[0].has_schedule:
            return this
        last = self._workspace.opening.month(this.plus(-1), venues[0])
        return this.plus(-1) if last.totals.missing_days and not last.is_closed else this

    def _load(self) -> None:
        self._venues = self._workspace.opening.venues()
        venue = next((venue for venue in self._venues if venue.id == self._venue_id), None)
        if venue is None and self._venues:
            venue = self._venues[0]
        if venue is None:
            self._shown = None
            self._show_empty(
                _("There is no venue in the registers yet. Log it once, with its weekly hours."), "facility"
            )
            return
        self._venue_id = venue.id
        self._show(self._workspace.opening.month(self._month, venue))

    def _show(self, month: OpeningMonth) -> None:
        self._shown = month
        self.picker.show_month(month.month, latest=Month.of(self._workspace.mint.today()))
        self._show_venues()
        if not month.venue.has_schedule and not any(cell.record_ids for cell in month.days):
            self._show_empty(
                _(
                    "{venue} has no weekly hours yet. Log them once; each month is then laid out by itself."
                ).format(venue=month.venue.name),
                "open_schedule",
            )
            return
        self._stack.setCurrentIndex(0)
        self.grid.show_month(month)
        self._show_state(month)
        self._beside.show_month(month)

    def _on_committed(self, day: date, visitors: int | None) -> None:
        if self._shown is None:
            return
        before = self._shown.cell(day).entry
        changed = DayEntry(
            slots=before.slots, visitors=visitors, duty_person=before.duty_person, note=before.note
        )
        if not self._write(day, changed):
            self.grid.give_back(day, visitors)

    def _on_day_saved(self, day: date, entry: DayEntry) -> None:
        if self._write(day, entry, in_panel=True):
            self._close_day()
            self.grid.setFocus()

    def _write(self, day: date, entry: DayEntry, *, remember: bool = True, in_panel: bool = False) -> bool:
        assert self._shown is not None
        before = self._shown.cell(day).entry
        try:
            month = self._workspace.opening.write(self._shown, day, entry)
        except UserError as error:
            if in_panel:
                self._panel.refuse(error.message + error.hint)
            else:
                self.shell.tell_error(error)
            return False
        if remember:
            self._undo.append((day, before))
        self._saved_at = f"{self._workspace.mint.now():%H:%M}"
        self._show(month)
        if month.warnings:
            self.shell.tell(" ".join(month.warnings), "warn")
        else:
            self.shell.message.hide()
        self.shell.update_hints()
        return True

    def _choose_month(self, month: Month) -> None:
        self._month = month
        self._undo = []
        self._load()
        self.grid.setFocus()

    def _choose_venue(self, place: int) -> None:
        self._venue_id = self._venues[place].id
        self._undo = []
        self._load()
        self.grid.setFocus()

    def _close_day(self) -> None:
        self._side.setCurrentIndex(0)
        self.grid.setFocus()
        self.shell.update_hints()

    def _is_editing(self) -> bool:
        return self._side.currentIndex() == 1

    def _log_closure(self) -> None:
        self.shell.go("registers", type_id="closure_notice", new=True)

    def _print_register(self) -> None:
        self.grid.take_over()
        printing.print_report(self.shell, "opening_register", month=self._month)

    def _change_schedule(self) -> None:
        self.shell.go("registers", type_id="open_schedule")

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        head = self.add_head(
            _("Opening days"), _("A month in one go: the times are laid out, only type each day's visitors")
        )
        head.add(self.button(_("Log a closure"), icon="door", name="log_closure", on_click=self._log_closure))
        head.add(
            self.button(
                _("Print the register"), icon="printer", name="print_register", on_click=self._print_register
            )
        )
        row = QHBoxLayout()
        row.setSpacing(self.px(16))
        row.addWidget(self._make_main(), 1)
        self._side = QStackedWidget()
        self._side.setFixedWidth(self.px(_SIDE_PX))
        self._beside = OpeningSide(self.theme, change_schedule=self._change_schedule)
        self._side.addWidget(scrolled(self._beside))
        self._panel = DayPanel(self.shell)
        self._panel.saved.connect(self._on_day_saved)
        self._panel.given_up.connect(self._close_day)
        self._side.addWidget(self._panel)
        row.addWidget(self._side)
        self.column.addLayout(row, 1)

    def _make_main(self) -> QWidget:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        card.body.addWidget(self._make_bar())
        self.grid = MonthGrid(self.theme)
        self.grid.setObjectName("month_grid")
        self.grid.committed.connect(self._on_committed)
        self.grid.edit_wanted.connect(lambda _day: self.edit_day())
        area = scrolled(self.grid)
        self.grid.moved.connect(lambda day: self._bring_into_view(area, day))
        self._empty_button = self.button(
            _("Log one"), kind="primary", name="log_schedule", on_click=self._log_missing
        )
        self._empty = EmptyState(self.theme, "calendar", "", self._empty_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(area)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        return card

    def _bring_into_view(self, area: QScrollArea, day: date) -> None:
        rect = self.grid.day_rect(day)
        area.ensureVisible(rect.center().x(), rect.center().y(), 0, rect.height() // 2 + 2)

    def _make_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "row")
        row = QHBoxLayout(bar)
        row.setContentsMargins(*[self.px(margin) for margin in (14, 6, 14, 6)])
        row.setSpacing(self.px(10))
        self.picker = MonthPicker(self.theme)
        self.picker.chosen.connect(self._choose_month)
        self._venue_list = QComboBox()
        self._venue_list.setObjectName("venue")
        self._venue_list.setMinimumWidth(self.px(222))
        self._venue_list.activated.connect(self._choose_venue)
        self._state = ElidedLabel("", size="small", ink="ok")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.picker)
        row.addWidget(self._venue_list)
        row.addWidget(self._state, 1)
        return bar

    # -- showing -------------------------------------------------------------------------------

    def _show_venues(self) -> None:
        names = [venue.name for venue in self._venues]
        shown = [self._venue_list.itemText(place) for place in range(self._venue_list.count())]
        if names != shown:
            self._venue_list.clear()
            self._venue_list.addItems(names)
        ids = [venue.id for venue in self._venues]
        self._venue_list.setCurrentIndex(ids.index(self._venue_id))

    def _show_state(self, month: OpeningMonth) -> None:
        closed = month.is_closed
        words = (
            _("This month is closed and no longer changes")
            if closed
            else _("✓ The month is laid out by the weekly hours")
        )
        self._state.setText(words)
        set_look(self._state, ink="warn" if closed else "ok")

    def _show_empty(self, sentence: str, type_id: str) -> None:
        self._missing_type = type_id
        self._empty.sentence.setText(sentence)
        self._stack.setCurrentIndex(1)

    def _log_missing(self) -> None:
        self.shell.go("registers", type_id=self._missing_type, new=True)

    def _bind_keys(self) -> None:
        self._missing_type = "open_schedule"
        for keys, action in (
            ("F2", self.edit_day),
            ("Ctrl+Z", self.undo),
            ("Ctrl+P", self._print_register),
            ("Ctrl+S", lambda: self._panel.save() if self._is_editing() else None),
            ("PgUp", lambda: self.step_month(-1)),
            ("PgDown", lambda: self.step_month(1)),
        ):
            self.on_key(keys, action)
