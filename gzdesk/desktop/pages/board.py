"""The town's overview: which unit has handed in which month, and what is to be done (pictures h and n)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gzdesk.desktop.page import Page
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.board_grid import LOOKS, BoardGrid, chip_words
from gzdesk.desktop.widgets.buttons import icon_button
from gzdesk.desktop.widgets.cards import Card, Row, clear_layout
from gzdesk.desktop.widgets.chips import chip_width, paint_chip
from gzdesk.desktop.widgets.scrolling import scrolled_rows
from gzdesk.desktop.widgets.texts import label
from gzdesk.desktop.write_off import ask_to_write_off
from gzdesk.domain.period import Month
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext
from gzdesk.services.board_cells import APPROVED, GAP, LATE, MISSING, NIL, NOT_DUE, RETURNED, WAITING
from gzdesk.services.duty_targets import duty_items
from gzdesk.services.home_words import day_words

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.board_cells import Cell, ToDo, YearBoard
    from gzdesk.services.home_items import DueItem

_SIDE_WIDTH = 236
_LEGEND_PX = 30
_YEARS_BACK = 5
_INKS = {MISSING: "error", RETURNED: "error", GAP: "gap", WAITING: "info", NOT_DUE: "warn"}


class BoardPage(Page):
    """Thirteen units, twelve months, one look."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._year = window.workspace.mint.today().year
        self._next: list[Cell] = []
        self.head = self.add_head(_("Overview of reports"))
        self.head.add(self._year_list())
        self.head.add(
            self.button(_("Print"), key="Ctrl+P", icon="printer", name="print", on_click=self.print_year)
        )
        self.head.add(
            self.button(
                _("Receive"),
                key="F5",
                icon="inbox",
                kind="primary",
                name="receive",
                on_click=lambda: self.shell.go("receive", read=True),
            )
        )
        body = QHBoxLayout()
        body.setSpacing(self.px(16))
        left = QVBoxLayout()
        left.setSpacing(self.px(10))
        left.addWidget(Legend(self.theme))
        left.addWidget(self._grid_card(), 1)
        body.addLayout(left, 1)
        body.addWidget(self._todo_card())
        self.column.addLayout(body, 1)
        self.on_key("F7", self.next_thing, name="next_thing")
        self.on_key("Ctrl+P", self.print_year, name="print_year")
        self.on_key("Ctrl+K", lambda: self.shell.go("deadlines"), name="to_deadlines")

    def refresh(self) -> None:
        """Read the board anew."""
        board = self.shell.workspace.board.year(self._year)
        self.head.subtitle.setText(board.headline)
        self.grid.show_board(board)
        self._show_todo(board)

    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("↑↓←→", _("move")),
            ("Enter", _("open this month")),
            ("F5", _("read the stick")),
            ("F7", _("next thing to do")),
            ("Ctrl+K", _("calendar")),
            ("Ctrl+P", _("print")),
        )

    def remark(self) -> str:
        """When files were last taken in."""
        imports = self.shell.workspace.exchange.last_imports()
        if not imports:
            return _("No file has been taken in yet.")
        last = imports[0].day
        count = sum(row.day == last for row in imports)
        words = ngettext(
            "last taken in on {day}, {count} file", "last taken in on {day}, {count} files", count
        )
        return words.format(day=day_words(_day(last)), count=count)

    def focus_first(self) -> None:
        """Onto the board."""
        self.grid.setFocus()

    def next_thing(self) -> None:
        """Put the cursor on the next cell that needs something."""
        if self._next:
            self._next = [*self._next[1:], self._next[0]]
            self.grid.select_cell(self._next[-1])

    def print_year(self) -> None:
        """Show this year as the table that goes up the line: what came, what came in time."""
        self.shell.go("papers", document="completeness", year=self._year)

    def _year_list(self) -> QComboBox:
        years = QComboBox()
        years.setObjectName("year")
        years.setProperty("strong", True)
        for back in range(_YEARS_BACK):
            years.addItem(_("{year}").format(year=self._year - back), self._year - back)
        years.activated.connect(lambda at: self._choose_year(years.itemData(at)))
        return years

    def _choose_year(self, year: int) -> None:
        self._year = year
        self.refresh()

    def _grid_card(self) -> Card:
        card = Card(self.theme, margin=0)
        self.grid = BoardGrid(self.theme)
        self.grid.setObjectName("board")
        self.grid.opened.connect(self._open)
        card.body.addWidget(self.grid)
        return card

    def _open(self, cell: Cell) -> None:
        self.shell.go("unit_view", unit=cell.unit.id, month=cell.month)

    def _todo_card(self) -> Card:
        card = Card(self.theme, _("To do"), margin=0)
        card.setFixedWidth(self.px(_SIDE_WIDTH))
        assert card.head is not None
        tip = _("Calendar of duties (Ctrl+K)")
        card.head.addWidget(
            icon_button(
                self.theme,
                "calendar",
                tip,
                name="deadlines",
                on_click=lambda: self.shell.go("deadlines"),
            )
        )
        area, self._todo = scrolled_rows()
        card.body.addWidget(area)
        return card

    def _show_todo(self, board: YearBoard) -> None:
        clear_layout(self._todo)
        self._next = [cell for item in board.todo if item.kind != NOT_DUE for cell in item.cells]
        for item in board.todo:
            self._todo.addWidget(self._todo_row(item))
        waiting = len(self.shell.workspace.conflicts.records())
        if waiting:
            self._todo.addWidget(
                self._count_row(waiting, _("changed on both sides"), name="todo_choose", page="conflict")
            )
        month = Month.of(self.shell.workspace.mint.today()).plus(-1)
        alike = len(self.shell.workspace.twins.open(month))
        if alike:
            self._todo.addWidget(
                self._count_row(
                    alike, _("alike, one event or two"), name="todo_twins", page="twins", month=str(month)
                )
            )
        duties = tuple(duty_items(self.shell.workspace.context, urgency=0))
        for duty in duties:
            self._todo.addWidget(self._duty_row(duty))
        if not (board.todo or waiting or alike or duties):
            done = label(_("Everything is here."), ink="ink2", wrap=True)
            done.setContentsMargins(*[self.px(14)] * 4)
            self._todo.addWidget(done)
        self._todo.addStretch(1)
        # What waits for a review has its own number, at its own page.
        urgent = [cell for cell in self._next if cell.state == RETURNED or not cell.waits]
        self.shell.nav.set_count("board", len(urgent))
        self.shell.nav.set_count("review", self.shell.workspace.review.waiting_count())

    def _duty_row(self, item: DueItem) -> Row:
        """What the station itself has to report, check or hold."""
        row = Row(self.theme, margins=(14, 10, 12, 10))
        column = QVBoxLayout()
        column.setSpacing(self.px(4))
        head = QHBoxLayout()
        head.setSpacing(self.px(10))
        ink = {"error": "error", "warn": "warn"}.get(item.tone, "ink")
        head.addWidget(label(item.title, bold=True, ink=ink, wrap=True), 1)
        button = self.button(item.button, small=True, name=f"todo_{item.kind}")
        button.clicked.connect(lambda: self.shell.go(item.action.page, **item.action.arguments))
        head.addWidget(button)
        column.addLayout(head)
        column.addWidget(label(item.detail, size="small", ink="ink2", wrap=True))
        row.line.addLayout(column)
        return row

    def _todo_row(self, item: ToDo) -> Row:
        row = Row(self.theme, margins=(14, 10, 12, 10))
        column = QVBoxLayout()
        column.setSpacing(self.px(4))
        head = QHBoxLayout()
        head.setSpacing(self.px(10))
        head.addWidget(label(str(len(item.cells)), size="title", bold=True, ink=_INKS[item.kind]))
        head.addWidget(label(item.title, bold=True, wrap=True), 1)
        head.addWidget(
            self.button(
                item.button or _("Show"),
                small=True,
                name=f"todo_{item.kind}",
                on_click=lambda: self._go_to(item),
            )
        )
        column.addLayout(head)
        column.addWidget(label(item.detail, size="small", ink="ink2", wrap=True))
        if item.kind == GAP:
            column.addWidget(
                self.button(
                    _("It can't come any more"),
                    small=True,
                    kind="link",
                    name="write_off",
                    on_click=lambda: self._write_off(item),
                ),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        row.line.addLayout(column)
        return row

    def _write_off(self, item: ToDo) -> None:
        """Of the cell under the cursor where something is missing before it, else of the first such one."""
        chosen = self.grid.current_cell()
        cell = chosen if chosen in item.cells else item.cells[0]
        ask_to_write_off(self.shell, cell.unit)
        self.refresh()

    def _count_row(self, count: int, words: str, *, name: str, page: str, **arguments: object) -> Row:
        """Something that waits for the town's word on a page of its own."""
        row = Row(self.theme, margins=(14, 10, 12, 10))
        row.line.addWidget(label(str(count), size="title", bold=True, ink="warn"))
        row.line.addWidget(label(words, bold=True, wrap=True), 1)
        row.line.addWidget(
            self.button(_("Choose"), small=True, name=name, on_click=lambda: self.shell.go(page, **arguments))
        )
        return row

    def _go_to(self, item: ToDo) -> None:
        cell = item.cells[0]
        if item.page:
            self.shell.go(item.page, unit=cell.unit.id, month=cell.month)
        else:
            self.grid.select_cell(cell)


class Legend(QWidget):
    """What each chip means."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items = (
            (APPROVED, _("in order")),
            (WAITING, _("not reviewed")),
            (LATE, _("came late")),
            (NIL, _("nothing was held")),
            (GAP, _("one before it is missing")),
            (RETURNED, _("at the village")),
            (MISSING, _("overdue")),
            (NOT_DUE, _("not due yet")),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_LEGEND_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many lines as the words need."""
        super().resizeEvent(event)
        lines = 1 + max(place.top() for place, _state, _words in self._places()) // self._theme.px(_LEGEND_PX)
        self.setFixedHeight(lines * self._theme.px(_LEGEND_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each chip with its meaning."""
        theme, painter = self._theme, QPainter(self)
        for place, state, words in self._places():
            icon, tone = LOOKS[state]
            paint_chip(
                painter,
                theme,
                place,
                chip_words(state),
                tone,
                icon=icon,
                bold=state in (MISSING, RETURNED),
                dashed=state == NOT_DUE,
                size="tiny",
            )
            painter.setPen(theme.color("ink2"))
            painter.setFont(theme.font("tiny"))
            metrics = painter.fontMetrics()
            baseline = place.top() + (place.height() + metrics.ascent() - metrics.descent()) // 2
            painter.drawText(place.right() + 1 + theme.px(5), baseline, words)

    def _places(self) -> Iterator[tuple[QRect, str, str]]:
        """Where each chip stands, with its state and the words after it."""
        theme, left, top = self._theme, 0, 0
        metrics = QFontMetrics(theme.font("tiny"))
        for state, words in self._items:
            width = chip_width(theme, chip_words(state), icon=LOOKS[state][0], size="tiny")
            needed = width + theme.px(5) + metrics.horizontalAdvance(words)
            if left and left + needed > self.width():
                left, top = 0, top + theme.px(_LEGEND_PX)
            yield QRect(left, top, width, theme.px(_LEGEND_PX)), state, words
            left += needed + theme.px(10)


def _day(text: str) -> date:
    return date.fromisoformat(text)
