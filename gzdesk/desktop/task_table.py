"""The list of the tasks: number, words, who, when, a bar of the evidence, the state (picture j, left half)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionViewItem, QVBoxLayout, QWidget

from gzdesk.desktop.list_columns import Cell, Column
from gzdesk.desktop.table_model import CELL_ROLE
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.plain_table import Index, PlainTable
from gzdesk.desktop.widgets.record_table import RecordDelegate
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, listed
from gzdesk.services.task_list import TONES, state_label, when_words

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme
    from gzdesk.domain.tasks import MemberUnits
    from gzdesk.services.task_list import TaskRow

ALL, MISSING = "all", "missing"
_ROW_PX, _BAR_WIDTH_PX, _BAR_PX, _SEARCH_PX = 46, 44, 8, 190
_WRAPPED = ("task", "who")
_NO_LIMIT = 16777215  # what Qt takes for no limit of a width
_NOT_FIRST = "，。、；：）》”"


class TaskTable(PlainTable):
    """One line for each task."""

    stepped = Signal(int)
    """Left or right was pressed: the item before or after."""

    def __init__(self, theme: Theme) -> None:
        columns = (
            Column(id="number", title=_("#"), width=48),
            Column(id="task", title=_("Task"), width=150, stretches=True),
            Column(id="items", title=_("Parts"), width=58, is_number=True),
            Column(id="who", title=_("Responsible"), width=116, keeps_width=True),
            Column(id="due", title=_("Due by"), width=94),
            Column(id="bar", title=_("Evidence"), width=106, keeps_width=True),
            Column(id="state", title=_("State"), width=104 if language() == "en" else 86),
        )
        # In large letters the words of the task need the room.
        left_out = ("items", "who") if theme.large else ()
        self.shown = tuple(column for column in columns if column.id not in left_out)
        super().__init__(theme, self.shown)
        self.setObjectName("tasks")
        self.setItemDelegate(_TaskDelegate(theme, self))
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))

    def show_tasks(self, rows: Sequence[TaskRow], members: MemberUnits) -> None:
        """Show these tasks."""
        self.show_rows([self._cells(row, members) for row in rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right change the item."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers() & ~_KEYPAD:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Right else -1)
            return
        super().keyPressEvent(event)

    def _cells(self, row: TaskRow, members: MemberUnits) -> tuple[Cell, ...]:
        who = row.responsible
        words = listed(members.label(name) for name in who[:2]) + (_(" and others") if len(who) > 2 else "")
        cells = {
            "number": Cell(text=str(row.task.task_no)),
            "task": Cell(text=row.task.label),
            "items": Cell(text=str(len(row.rows)), is_number=True),
            "who": Cell(text=words, ink="ink2"),
            "due": Cell(text=when_words(row.due_on)),
            "bar": Cell(text=f"{row.have}/{row.wanted}"),
            "state": Cell(text=state_label(row.state), chip=TONES[row.state]),
        }
        return tuple(cells[column.id] for column in self.shown)


class _TaskDelegate(RecordDelegate):
    """Words in two lines, and the bar of the evidence."""

    def __init__(self, theme: Theme, table: TaskTable) -> None:
        super().__init__(theme, table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and bar of the selected row as everywhere."""
        column = self._table.shown[index.column()].id
        if column != "bar" and column not in _WRAPPED:
            super().paint(painter, option, index)
            return
        cell: Cell = index.data(CELL_ROLE)
        area: QRect = option.rect
        theme = self._theme
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, theme.color("selected" if selected else "surface"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        side = theme.px(10)
        room = area.adjusted(side, 0, -theme.px(4), -1)
        if column == "bar":
            self._paint_bar(painter, room, cell.text)
        else:
            self._paint_wrapped(painter, room, cell, bold=selected and column == "task", selected=selected)
        painter.restore()

    def _paint_wrapped(
        self, painter: QPainter, room: QRect, cell: Cell, *, bold: bool, selected: bool
    ) -> None:
        painter.setFont(self._theme.font("table" if cell.ink == "ink" else "small", bold=bold))
        painter.setPen(self._ink(cell, selected=selected))
        metrics = painter.fontMetrics()
        lines = _two_lines(cell.text, room.width(), metrics.horizontalAdvance)
        height = metrics.height() - 2
        top = room.center().y() - height * len(lines) // 2
        for number, line in enumerate(lines):
            place = QRect(room.left(), top + number * height, room.width(), height)
            words = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_bar(self, painter: QPainter, room: QRect, text: str) -> None:
        theme = self._theme
        have, wanted = (int(part) for part in text.split("/"))
        height, width = theme.px(_BAR_PX), theme.px(_BAR_WIDTH_PX)
        ground = QRectF(room.left(), room.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(ground, theme.px(2), theme.px(2))
        if have:
            filled = QRectF(ground)
            filled.setWidth(ground.width() * min(have, wanted) / wanted)
            painter.setBrush(theme.color("accent" if have < wanted else "primary"))
            painter.drawRoundedRect(filled, theme.px(2), theme.px(2))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink"))
        words = room.adjusted(width + theme.px(8), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the rows are."""
        return QSize(80, self._theme.px(_ROW_PX))


class TaskCard(Card):
    """The list with what it is narrowed down by, and how many are shown."""

    def __init__(self, theme: Theme, *, on_filter: Callable[[str], object]) -> None:
        super().__init__(theme, margin=0)
        self.pills = Pills(
            [(option, words) for option, words in _pill_words()], chosen=ALL, on_choose=on_filter
        )
        self.search = LineField(theme)
        self.search.setObjectName("find_task")
        self.search.setPlaceholderText(_("Task, unit, initials"))
        self.search.setMinimumWidth(theme.px(120))
        self.search.setMaximumWidth(theme.px(_SEARCH_PX))
        bar = QWidget()
        # Large letters and English need a line of their own for what is searched.
        two_lines = theme.large or language() == "en"
        row = (QVBoxLayout if two_lines else QHBoxLayout)(bar)
        row.setContentsMargins(*[theme.px(margin) for margin in (12, 8, 12, 8)])
        row.setSpacing(theme.px(8))
        row.addWidget(self.pills)
        if two_lines:
            self.search.setMaximumWidth(_NO_LIMIT)
        else:
            row.addStretch(1)
        row.addWidget(self.search, 2)
        self.body.setSpacing(0)
        self.body.addWidget(bar)
        self.table = TaskTable(theme)
        self.search.advance.connect(lambda _back: self.table.setFocus())
        self.body.addWidget(self.table, 1)
        foot = self.add_foot()
        self._range = label(size="small", ink="ink2")
        foot.addWidget(self._range, 1)
        foot.addWidget(label(_("PgDn: further down"), size="small", ink="ink2"))
        self.table.verticalScrollBar().valueChanged.connect(lambda _at: self._tell_range())
        self._rows: Sequence[TaskRow] = ()

    def show_tasks(self, rows: Sequence[TaskRow], counts: dict[str, int], members: MemberUnits) -> None:
        """Show these tasks, and how many there would be under each choice."""
        self._rows = rows
        for option, words in _pill_words():
            self.pills.rename(option, f"{words} {counts[option]}")
        self.table.show_tasks(rows, members)
        self._tell_range()

    def _tell_range(self) -> None:
        table = self.table
        first = table.rowAt(0)
        last = table.rowAt(table.viewport().height() - 1)
        count = len(self._rows)
        items = sum(len(row.rows) for row in self._rows)
        if not count:
            self._range.setText(_("No task fits that."))
            return
        self._range.setText(
            _("{first}–{last} of {count} tasks with {items} items").format(
                first=max(first, 0) + 1, last=count if last < 0 else last + 1, count=count, items=items
            )
        )


def _pill_words() -> tuple[tuple[str, str], ...]:
    return (
        (ALL, _("All")),
        ("due_soon", state_label("due_soon")),
        ("overdue", state_label("overdue")),
        (MISSING, _("Lacking")),
        ("finished", state_label("finished")),
    )


def _two_lines(text: str, width: int, measure: Callable[[str], int]) -> tuple[str, ...]:
    """The text on one line or two, parted where the first is full: between words, or between Chinese characters."""
    if measure(text) <= width:
        return (text,)
    at = next((end for end in range(len(text), 0, -1) if measure(text[:end]) <= width), 1)
    space = text.rfind(" ", 0, at + 1)
    if space > 0 and text[at - 1 : at + 1].isascii():
        at = space
    elif text[at : at + 1] in _NOT_FIRST:
        at -= 1
    return text[:at].rstrip(), text[at:].lstrip()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
