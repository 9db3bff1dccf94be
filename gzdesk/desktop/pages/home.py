"""The village's first page: what is due, four quick entries, the month at a glance, today (picture a)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gzdesk.desktop.home_cards import DayRow, QuickCard, greeting
from gzdesk.desktop.page import Page
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.desktop.widgets.cards import Card, IconBox, Row, clear_layout, line
from gzdesk.desktop.widgets.day_words import month_title, weekday_words
from gzdesk.desktop.widgets.month_view import MonthLegend, MonthView
from gzdesk.desktop.widgets.scrolling import scrolled_rows
from gzdesk.desktop.widgets.symbols import PLANNED
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.home_words import day_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.home import QuickEntry
    from gzdesk.services.home_items import DueItem, Target

_CALENDAR_WIDTH, _CALENDAR_WIDTH_LARGE = 402, 336  # the latter grows with the text
_ASK_EXCHANGE_AFTER_MS = 200


class HomePage(Page):
    """Next job first: every line has one button that leads straight to its form."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._home = window.workspace.home
        self._today = window.workspace.mint.today()
        self._month = Month.of(self._today)
        self._remark = ""
        # The exchange takes as long to load as the page itself: it is asked once the page is there.
        self._unsent_timer = QTimer(self)
        self._unsent_timer.setSingleShot(True)
        self._unsent_timer.setInterval(_ASK_EXCHANGE_AFTER_MS)
        self._unsent_timer.timeout.connect(self._show_unsent)
        self.head = self.add_head("")
        body = QHBoxLayout()
        body.setSpacing(self.px(16))
        left = QVBoxLayout()
        left.setSpacing(self.px(14))
        left.addWidget(self._due_card(), 3)
        left.addWidget(self._quick_grid(), 2)
        body.addLayout(left, 1)
        body.addWidget(self._calendar_card())
        self.column.addLayout(body, 1)
        self.on_key("F2", lambda: self.shell.go("records", new=True, type_id="activity"))
        self.on_key("Ctrl+K", self._open_deadlines)

    def refresh(self) -> None:
        """Read everything again."""
        self._today = self.shell.workspace.mint.today()
        self._show_head()
        self._show_due(self._home.due())
        self._unsent_timer.start()
        self._show_quick(self._home.quick_entries())
        self._show_month()
        self._show_today()

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("F1", _("help")),
            ("F2", _("new record")),
            ("Alt+1…4", _("quick entries")),
            ("Ctrl+K", _("calendar")),
            ("Ctrl+1…0", _("pages")),
        )

    def remark(self) -> str:
        """How many records the town has not received yet."""
        return self._remark

    def focus_first(self) -> None:
        """The most urgent button, so that Enter begins the next job."""
        if self._first_button is not None:
            self._first_button.setFocus()
        else:
            self.month_view.setFocus()

    # Head

    def _show_head(self) -> None:
        workspace = self.shell.workspace
        self.head.title.setText(greeting(workspace.mint.now().hour, workspace.writer_name))
        self.head.subtitle.setText(
            _("{unit} · {month} · today {day} {weekday}").format(
                unit=workspace.me.label,
                month=month_title(Month.of(self._today)),
                day=day_words(self._today),
                weekday=weekday_words(self._today),
            )
        )

    # Due

    def _due_card(self) -> Card:
        self._due = Card(self.theme, _("Still to do"), margin=0)
        self._due.body.setSpacing(0)
        area, self._due_rows = scrolled_rows()
        self._due.body.addWidget(area)
        self._first_button: QWidget | None = None
        self._due_buttons: dict[str, QWidget] = {}
        self._items: tuple[DueItem, ...] = ()
        return self._due

    def _show_due(self, items: tuple[DueItem, ...]) -> None:
        focused = next((kind for kind, button in self._due_buttons.items() if button.hasFocus()), "")
        clear_layout(self._due_rows)
        self._items = items
        self._first_button = None
        self._due_buttons = {}
        words = ngettext("{count} thing, most urgent first", "{count} things, most urgent first", len(items))
        self._due.set_subtitle(words.format(count=len(items)) if items else "")
        for number, item in enumerate(items):
            self._due_rows.addWidget(self._due_row(item, first=number == 0, last=number == len(items) - 1))
        if not items:
            self._due_rows.addWidget(self._all_done())
        self._due_rows.addStretch(1)
        if focused:
            # The row may have been made anew under the cursor; Enter must still begin the next job.
            self._due_buttons.get(focused, self._first_button or self.month_view).setFocus()
        self._count_on_pages(items)

    def _show_unsent(self) -> None:
        if self.shell.page is not self or self.shell.runner.busy:
            return
        unsent = self._home.unsent()
        words = ngettext("{count} entry not handed in", "{count} entries not handed in", unsent.entries)
        self._remark = words.format(count=unsent.entries) if unsent.entries else ""
        if unsent.item is not None and all(item.kind != unsent.item.kind for item in self._items):
            self._show_due((*self._items, unsent.item))
        self.shell.update_hints()

    def _due_row(self, item: DueItem, *, first: bool, last: bool) -> Row:
        row = Row(self.theme, last=last, margins=(14, 9, 14, 9))
        row.line.addWidget(IconBox(self.theme, item.icon, item.tone))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(item.title, size="section", bold=True))
        words.addWidget(label(item.detail, size="small", ink="ink2", wrap=True))
        row.line.addLayout(words, 1)
        if item.wanted:
            row.line.addLayout(self._bar(item.done, item.wanted))
        button = self.button(
            item.button,
            kind="primary" if first else "normal",
            name=f"due_{item.kind}",
            on_click=lambda: self._go(item.action),
        )
        button.setMinimumWidth(self.px(84))
        self._due_buttons[item.kind] = button
        row.line.addWidget(button)
        if first:
            self._first_button = button
        return row

    def _bar(self, done: int, wanted: int) -> QVBoxLayout:
        words = ngettext("{done} / {wanted} session", "{done} / {wanted} sessions", wanted)
        column = QVBoxLayout()
        column.setSpacing(self.px(4))
        text = label(words.format(done=done, wanted=wanted), size="body", bold=True)
        column.addWidget(text, 0, Qt.AlignmentFlag.AlignRight)
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setFixedWidth(self.px(112))
        bar.setRange(0, wanted)
        bar.setValue(min(done, wanted))
        column.addWidget(bar)
        return column

    def _all_done(self) -> Row:
        row = Row(self.theme, last=True, margins=(14, 14, 14, 14))
        row.line.addWidget(IconBox(self.theme, "check", "ok"))
        row.line.addWidget(label(_("Everything is done for now."), size="section", bold=True), 1)
        return row

    def _count_on_pages(self, items: tuple[DueItem, ...]) -> None:
        counts: dict[str, int] = {}
        for item in items:
            # A returned record is put right on a page of its own; it counts where records are.
            page = "records" if item.action.page == "returned" else item.action.page
            counts[page] = counts.get(page, 0) + (item.tone != "info")
        for page in ("records", "opening", "months", "stick"):
            self.shell.nav.set_count(page, counts.get(page, 0))

    # Quick entries

    def _quick_grid(self) -> QWidget:
        holder = QWidget()
        self._quick = QGridLayout(holder)
        self._quick.setContentsMargins(0, 0, 0, 0)
        self._quick.setSpacing(self.px(12))
        self._quick.setColumnStretch(0, 1)
        self._quick.setColumnStretch(1, 1)
        return holder

    def _show_quick(self, entries: tuple[QuickEntry, ...]) -> None:
        while (item := self._quick.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for number, entry in enumerate(entries):
            self._quick.addWidget(QuickCard(self, number + 1, entry), number // 2, number % 2)

    # Calendar

    def _calendar_card(self) -> Card:
        card = Card(self.theme, margin=0)
        card.setFixedWidth(self.px(_CALENDAR_WIDTH_LARGE if self.theme.large else _CALENDAR_WIDTH))
        card.body.setSpacing(0)
        card.body.addLayout(self._month_head())
        self.month_view = MonthView(self.theme)
        self.month_view.turned.connect(self._turn)
        self.month_view.chosen.connect(self._open_day)
        card.body.addWidget(self.month_view)
        below = QVBoxLayout()
        below.setContentsMargins(*[self.px(margin) for margin in (14, 8, 14, 8)])
        below.setSpacing(self.px(6))
        types = self.shell.workspace.types.in_groups("event")
        signs = tuple((item.symbol, item.label) for item in types)
        below.addWidget(MonthLegend(self.theme, (*signs, (PLANNED, _("planned")))))
        card.body.addLayout(below)
        card.body.addWidget(line())
        self._today_rows = QVBoxLayout()
        self._today_rows.setContentsMargins(*[self.px(margin) for margin in (16, 10, 16, 10)])
        self._today_rows.setSpacing(self.px(6))
        card.body.addLayout(self._today_rows)
        card.body.addStretch(1)
        return card

    def _month_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(*[self.px(margin) for margin in (14, 4, 14, 4)])
        row.addWidget(icon_button(self.theme, "left", _("Month before"), on_click=lambda: self._turn(-1)))
        self._month_title = label("", size="section", bold=True)
        self._month_title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._month_title, 1)
        row.addWidget(icon_button(self.theme, "right", _("Month after"), on_click=lambda: self._turn(1)))
        tip = _("Calendar of duties (Ctrl+K)")
        row.addWidget(
            icon_button(self.theme, "calendar", tip, name="deadlines", on_click=self._open_deadlines)
        )
        return row

    def _open_deadlines(self) -> None:
        self.shell.go("deadlines")

    def _turn(self, months: int) -> None:
        self._month = self._month.plus(months)
        self._show_month()

    def _show_month(self) -> None:
        self._month_title.setText(month_title(self._month))
        marks = self._home.calendar(self._month)
        self.month_view.show_month(self._month, today=self._today, marks=marks)

    def _open_day(self, day: date) -> None:
        self._show_day(day)

    def _show_today(self) -> None:
        self._show_day(self._today)

    def _show_day(self, day: date) -> None:
        clear_layout(self._today_rows)
        title = _("Today · {day} {weekday}") if day == self._today else _("{day} {weekday}")
        words = title.format(day=day_words(day), weekday=weekday_words(day))
        self._today_rows.addWidget(label(words, bold=True))
        items = self._home.day(day)
        for item in items:
            self._today_rows.addWidget(DayRow(self, item))
        if not items:
            self._today_rows.addWidget(label(_("Nothing is planned."), size="small", ink="ink2"))

    def _go(self, target: Target) -> None:
        self.shell.go(target.page, **target.arguments)
