"""The calendar of duties: what is due on which day, how it stands, how often it was in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.page import Page
from gzdesk.desktop.record_dialog import RecordDialog
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.day_words import month_title
from gzdesk.desktop.widgets.duty_month import DayDuty, DutyMonth
from gzdesk.desktop.widgets.empty_state import EmptyState
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.plain_table import PlainTable
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.deadlines import DONE, LATE, OPEN, OVERDUE, Due
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, ngettext
from gzdesk.services.duty_targets import target_of
from gzdesk.services.duty_words import TONES, due_words, period_words, state_label
from gzdesk.services.home_words import day_and_weekday, day_words
from gzdesk.services.public_holidays import holiday_name

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.deadlines import DutyRate

_TO_DO, _MONTH, _RATES = "to_do", "month", "rates"
_LIST_PX, _LIST_EN_PX, _LIST_LARGE_PX = 474, 540, 420


class DeadlinesPage(Page):
    """A month at the left, at the right what is to be done, the month's duties, or the rates of the year."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = window.workspace
        self._is_town = window.workspace.context.is_town
        self._today = window.workspace.mint.today()
        self._month = Month.of(self._today)
        self._unit: str | None = None
        self._day: date | None = None
        self._which = _TO_DO
        self._shown: tuple[Due, ...] = ()
        self._build()
        self.on_key("PgUp", lambda: self._turn(-1))
        self.on_key("PgDown", lambda: self._turn(1))
        self.on_key("F7", self._next_which)
        self.on_key("Ctrl+P", self.print_year, name="print_year")

    # -- Page ----------------------------------------------------------------------------------

    def activate(self, **arguments: object) -> None:
        """`month` and `unit` choose what is shown, `which` one of to_do, month and rates."""
        month, unit, which = arguments.get("month"), arguments.get("unit"), arguments.get("which")
        if isinstance(month, Month):
            self._month = month
        if self._is_town and isinstance(unit, str):
            self._unit = unit or None
        if isinstance(which, str):
            self._which = which
            self._pills.choose(which)

    def refresh(self) -> None:
        """Read everything anew."""
        self._today = self._workspace.mint.today()
        if self._is_town:
            self._units.setCurrentIndex(max(0, self._units.findData(self._unit or "")))
        self._show_month()
        self._show_list()

    def put_away(self) -> dict[str, object]:
        """Where one was looking."""
        return {"month": self._month, "unit": self._unit or "", "which": self._which}

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("↑↓←→", _("choose the day")),
            ("PgUp PgDn", _("another month")),
            ("Tab", _("to the list")),
            ("Enter", _("open its form")),
            ("F7", _("to do, month, rates")),
            ("Ctrl+P", _("print the year")),
        )

    def remark(self) -> str:
        """What asks for the duty that is selected."""
        due = self._selected
        return due.duty.basis if due is not None and self._which != _RATES else ""

    def focus_first(self) -> None:
        """Onto what is to be done; onto the month where nothing is."""
        (self.table if self._shown else self.calendar).setFocus()

    def print_year(self) -> None:
        """Show what the own unit has to do in the year that is looked at, as a sheet for the wall."""
        self.shell.go("papers", document="duty_calendar", year=self._month.year)

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._head = self.add_head(_("Calendar of duties"))
        if self._is_town:
            self._head.add(self._unit_chooser())
        self._head.add(
            self.button(
                _("Print the year"), key="Ctrl+P", icon="printer", name="print", on_click=self.print_year
            )
        )
        row = QHBoxLayout()
        row.setSpacing(self.px(16))
        row.addWidget(self._month_card(), 1)
        row.addWidget(self._list_card())
        self.column.addLayout(row, 1)

    def _unit_chooser(self) -> QComboBox:
        self._units = QComboBox()
        self._units.setObjectName("unit")
        self._units.addItem(_("All units"), "")
        for unit in self._workspace.units:
            self._units.addItem(unit.label, unit.id)
        self._units.activated.connect(self._choose_unit)
        return self._units

    def _month_card(self) -> Card:
        card = Card(self.theme, margin=0)
        card.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(*[self.px(margin) for margin in (12, 6, 12, 6)])
        head.setSpacing(self.px(10))
        head.addWidget(icon_button(self.theme, "left", _("Month before"), on_click=lambda: self._turn(-1)))
        self._title = label("", size="section", bold=True)
        head.addWidget(self._title)
        head.addWidget(icon_button(self.theme, "right", _("Month after"), on_click=lambda: self._turn(1)))
        head.addStretch(1)
        self._count = label("", size="small", ink="ink2")
        head.addWidget(self._count)
        card.body.addLayout(head)
        self.calendar = DutyMonth(self.theme)
        self.calendar.setObjectName("duties")
        self.calendar.turned.connect(self._turn)
        self.calendar.chosen.connect(self._open_day)
        card.body.addWidget(self.calendar, 1)
        return card

    def _list_card(self) -> Card:
        card = Card(self.theme, margin=0)
        usual = _LIST_EN_PX if language() == "en" else _LIST_PX
        card.setFixedWidth(self.px(_LIST_LARGE_PX if self.theme.large else usual))
        card.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(*[self.px(margin) for margin in (12, 8, 12, 8)])
        self._pills = Pills(
            ((_TO_DO, _("To do")), (_MONTH, _("This month")), (_RATES, _("On time"))),
            chosen=_TO_DO,
            on_choose=self._choose_which,
        )
        head.addWidget(self._pills)
        head.addStretch(1)
        card.body.addLayout(head)
        self.table = PlainTable(self.theme, self._columns())
        self.table.setObjectName("due_list")
        self.table.opened.connect(self.open_row)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _old: self._tell_words())
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(EmptyState(self.theme, "check", _("Nothing is to be done.")))
        card.body.addWidget(self._views, 1)
        self._words = label("", size="small", ink="ink2", wrap=True)
        foot = card.add_foot()
        foot.addWidget(self._words, 1)
        foot.addWidget(
            self.button(
                _("Open"),
                key="Enter",
                kind="primary",
                small=True,
                name="open_due",
                on_click=self._open_selected,
            )
        )
        return card

    def _columns(self) -> tuple[Column, ...]:
        if self._which == _RATES:
            return (
                Column(id="duty", title=_("Duty"), width=150, stretches=True),
                Column(id="unit", title=_("Unit"), width=120),
                Column(id="in_time", title=_("In time"), width=90, is_number=True),
                Column(id="rate", title=_("Rate"), width=84, is_number=True),
            )
        unit = (
            (Column(id="unit", title=_("Unit"), width=110 if language() == "en" else 90),)
            if self._is_town
            else ()
        )
        period = (
            () if self.theme.large and self._is_town else (Column(id="period", title=_("Period"), width=108),)
        )
        return (
            Column(id="day", title=_("Due on"), width=92),
            Column(id="duty", title=_("Duty"), width=90, stretches=True),
            *period,
            *unit,
            Column(id="state", title=_("State"), width=76),
        )

    # -- showing -------------------------------------------------------------------------------

    def _show_month(self) -> None:
        first, last = self._month.first_day, self._month.last_day
        dues = self._workspace.deadlines.between(first, last, unit=self._unit)
        days = {day: _lines([due for due in dues if due.due_on == day]) for day in self._month.days()}
        holidays = {day: name for day in self._month.days() if (name := holiday_name(day))}
        self._title.setText(month_title(self._month))
        done = sum(due.state in (DONE, LATE) for due in dues)
        words = ngettext("{done} of {count} done", "{done} of {count} done", len(dues))
        self._count.setText(words.format(done=done, count=len(dues)) if dues else "")
        self.calendar.show_duties(self._month, today=self._today, duties=days, holidays=holidays)

    def _show_list(self) -> None:
        if self._which == _RATES:
            self._show_rates(self._workspace.deadlines.rates(self._month.year, unit=self._unit))
            return
        if self._which == _TO_DO:
            self._shown = self._workspace.deadlines.reminders(unit=self._unit)
        else:
            first, last = self._month.first_day, self._month.last_day
            self._shown = self._workspace.deadlines.between(first, last, unit=self._unit)
        self._head.subtitle.setText(self._summary())
        self.table.show_table(self._columns(), [self._cells(due) for due in self._shown])
        self._views.setCurrentIndex(0 if self._shown else 1)
        self._tell_words()

    def _summary(self) -> str:
        waiting = self._workspace.deadlines.reminders(unit=self._unit)
        late = sum(due.state == OVERDUE for due in waiting)
        words = ngettext("{count} thing to do", "{count} things to do", len(waiting)).format(
            count=len(waiting)
        )
        if not waiting:
            return _("Nothing is to be done.")
        return _("{words}, {late} past its day").format(words=words, late=late) if late else words

    def _show_rates(self, rates: Sequence[DutyRate]) -> None:
        self._shown = ()
        self._head.subtitle.setText(_("{year}: how often things were in time").format(year=self._month.year))
        rows = [
            (
                Cell(text=rate.duty.label),
                Cell(text=rate.unit.label if rate.unit else _("all"), ink="ink2"),
                Cell(text=f"{rate.rate.on_time} / {rate.rate.due}" if rate.rate.due else "—", is_number=True),
                Cell(text=rate.rate.percent, is_number=True, ink="ink" if _is_full(rate) else "warn"),
            )
            for rate in rates
        ]
        self.table.show_table(self._columns(), rows)
        self._views.setCurrentIndex(0)
        self._tell_words()

    def _cells(self, due: Due) -> tuple[Cell, ...]:
        cells = {
            "day": Cell(text=day_words(due.due_on)),
            "duty": Cell(text=due.duty.label),
            "period": Cell(text=period_words(due), ink="ink2"),
            "unit": Cell(text=self._unit_name(due.unit), ink="ink2"),
            "state": Cell(text=state_label(due.state), chip=TONES[due.state]),
        }
        return tuple(cells[column.id] for column in self._columns())

    def _tell_words(self) -> None:
        due = self._selected
        if due is None:
            self._words.setText("")
        elif due.state in (OPEN, OVERDUE):
            self._words.setText(due_words(due, today=self._today))
        else:
            self._words.setText(_done_words(due))
        self.shell.update_hints()

    @property
    def _selected(self) -> Due | None:
        at = self.table.current_row()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def _unit_name(self, unit_id: str) -> str:
        unit = self._workspace.units.find(unit_id)
        return unit.label if unit else self._workspace.me.label

    # -- what the person does ------------------------------------------------------------------

    def open_row(self, at: int) -> None:
        """Open the form of a duty, or the record that shows it done."""
        if not 0 <= at < len(self._shown):
            return
        due = self._shown[at]
        mine = due.unit == self._workspace.me.id
        try:
            if due.record and not mine:
                RecordDialog(self.shell, due.record).exec()
                return
        except UserError as error:
            self.shell.tell_error(error)
            return
        target = target_of(self._workspace.context, due)
        self.shell.go(target.page, **target.arguments)

    def _open_selected(self) -> None:
        self.open_row(self.table.current_row())

    def _open_day(self, day: date) -> None:
        """Show the duties of the month with those of that day selected."""
        self._choose_which(_MONTH)
        self._pills.choose(_MONTH)
        at = next((place for place, due in enumerate(self._shown) if due.due_on >= day), None)
        if at is not None:
            self.table.selectRow(at)
            self.table.setFocus()

    def _turn(self, months: int) -> None:
        self._month = self._month.plus(months)
        self._show_month()
        if self._which != _TO_DO:
            self._show_list()

    def _next_which(self) -> None:
        order = (_TO_DO, _MONTH, _RATES)
        which = order[(order.index(self._which) + 1) % len(order)]
        self._pills.choose(which)
        self._choose_which(which)

    def _choose_which(self, which: str) -> None:
        self._which = which
        self._show_list()

    def _choose_unit(self, at: int) -> None:
        self._unit = str(self._units.itemData(at)) or None
        self.refresh()


def _lines(dues: Sequence[Due]) -> tuple[DayDuty, ...]:
    """A line for each kind of duty of a day: of several units, how many have done it."""
    found: dict[str, list[Due]] = {}
    for due in dues:
        found.setdefault(due.duty.id, []).append(due)
    lines = []
    for same in found.values():
        done = sum(due.state in (DONE, LATE) for due in same)
        words = f"{same[0].duty.label} {done}/{len(same)}" if len(same) > 1 else same[0].duty.label
        worst = next(
            state for state in (OVERDUE, OPEN, LATE, DONE, "before") if any(d.state == state for d in same)
        )
        lines.append(DayDuty(words=words, tone=TONES[worst]))
    return tuple(lines)


def _is_full(rate: DutyRate) -> bool:
    return rate.rate.on_time == rate.rate.due


def _done_words(due: Due) -> str:
    if due.done_on is None:
        return _("Due on {day}, before this ledger was begun.").format(day=day_and_weekday(due.due_on))
    return _("Due on {day}, done on {done}.").format(
        day=day_and_weekday(due.due_on), done=day_and_weekday(due.done_on)
    )
