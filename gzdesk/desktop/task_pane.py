"""One task: its items as tabs, the wording, what decides it, its progress, its evidence (picture j, at the right)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card, Row, clear_layout, line
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import ElidedLabel, label, set_look
from gzdesk.domain.task_state import SAID
from gzdesk.i18n import gettext as _
from gzdesk.i18n import language, listed, ngettext
from gzdesk.services.task_list import TONES, conflict_words, due_text, left_words, state_label

if TYPE_CHECKING:
    from gzdesk.desktop.theme import Theme
    from gzdesk.domain.tasks import Task
    from gzdesk.services.task_checklist import Entry
    from gzdesk.services.task_list import ItemRow, Judged

_WIDTH_PX, _WIDTH_EN_PX, _WIDTH_LARGE_PX, _WIDTH_LARGE_EN_PX, _EDITOR_PX = 414, 450, 344, 356, 96
_OWING_SHOWN = 6


class TaskPane(Card):
    """Shows one item of a task; nothing is read here."""

    item_chosen = Signal(str)
    entry_pressed = Signal(str)
    """An entry of the checklist was pressed, to add what is missing."""

    def __init__(self, theme: Theme, buttons: Sequence[Button], foot: Sequence[Button]) -> None:
        """`buttons` stand above the evidence, `foot` at the lower edge."""
        super().__init__(theme, margin=0)
        self._buttons = buttons
        usual, english = (_WIDTH_LARGE_PX, _WIDTH_LARGE_EN_PX) if theme.large else (_WIDTH_PX, _WIDTH_EN_PX)
        self.setFixedWidth(theme.px(english if language() == "en" else usual))
        self.body.setSpacing(0)
        top = QWidget()
        self._top = QVBoxLayout(top)
        self._top.setContentsMargins(*[theme.px(margin) for margin in (16, 12, 16, 10)])
        self._top.setSpacing(theme.px(4))
        self._number = label(size="small", ink="ink2")
        self._title = label(size="section", bold=True, wrap=True)
        self._tabs = QHBoxLayout()
        self._tabs.setSpacing(theme.px(8))
        for part in (self._number, self._title):
            self._top.addWidget(part)
        self._top.addLayout(self._tabs)
        self.body.addWidget(top)
        self.body.addWidget(line())
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = scroll_area(holder)
        self.body.addWidget(self._area, 1)
        self.progress = ProgressBox(theme)
        self._settled = QTimer(self)  # a child: it must not outlive the pane
        self._settled.setSingleShot(True)
        self._settled.setInterval(0)
        self._settled.timeout.connect(lambda: self._area.ensureWidgetVisible(self.progress, 0, 0))
        self._evidence_head = self._make_evidence_head()
        row = self.add_foot()
        for button in foot:
            row.addWidget(button)
        row.addStretch(1)

    def show_item(
        self,
        task: Task,
        rows: Sequence[ItemRow],
        row: ItemRow,
        *,
        judged: Sequence[Judged],
        proposed: bool,
        who: str,
        unit_name: Callable[[str], str],
    ) -> None:
        """Show one item of a task; `judged` are its indicators."""
        self._number.setText(_("Task {number}").format(number=task.task_no))
        self._title.setText(task.label)
        self._show_tabs(rows, row)
        for kept in (self.progress, self._evidence_head):
            kept.setParent(None)
        clear_layout(self._column)
        self._add_words(row, who)
        if judged:
            self._add_indicators(judged)
        self.progress.show_progress(row, proposed=proposed, unit_name=unit_name)
        self._column.addWidget(self.progress)
        self.progress.show()
        self._column.addWidget(line())
        self._column.addWidget(self._evidence_head)
        self._evidence_head.show()
        self._column.addWidget(line())
        for entry in row.entries:
            self._column.addWidget(self._entry(entry, unit_name))
        self._add_owed(row)
        self._column.addStretch(1)
        self._area.verticalScrollBar().setValue(0)

    def open_editor(self, typed: tuple[str, str] | None = None) -> None:
        """Begin to write; the box is brought into view once it has its height."""
        self.progress.open_editor(typed)
        self._settled.start()

    # Inside

    def _show_tabs(self, rows: Sequence[ItemRow], chosen: ItemRow) -> None:
        clear_layout(self._tabs)
        full = [f"{row.item.item_id} {row.item.label}" for row in rows]
        room = self.width() - self.theme.px(40 + 36 * len(rows))
        fits = sum(map(QFontMetrics(self.theme.font("body", bold=True)).horizontalAdvance, full)) <= room
        for row, named in zip(rows, full, strict=True):
            words = named if fits else row.item.item_id
            button = QPushButton(words)
            button.setCheckable(True)
            button.setProperty("checkable_pill", True)
            button.setProperty("small", True)
            button.setAutoDefault(False)
            button.setObjectName(f"item_{row.item.item_id}")
            button.setToolTip(row.item.label)
            button.setChecked(row.item.item_id == chosen.item.item_id)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on, item=row.item.item_id: self.item_chosen.emit(item))
            self._tabs.addWidget(button)
        self._tabs.addStretch(1)

    def _block(self) -> QVBoxLayout:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(*[self.theme.px(margin) for margin in (16, 10, 16, 10)])
        column.setSpacing(self.theme.px(6))
        self._column.addWidget(holder)
        self._column.addWidget(line())
        return column

    def _add_words(self, row: ItemRow, who: str) -> None:
        column = self._block()
        item = row.item
        if item.label and len(item.text) > len(item.label):
            column.addWidget(label(f"{item.item_id} {item.label}", size="table", bold=True, wrap=True))
        words = label(item.text, size="table", wrap=True)
        words.setObjectName("item_text")
        column.addWidget(words)
        facts = QHBoxLayout()
        facts.setSpacing(self.theme.px(14))
        said = _("Responsible: {who}").format(who=who)
        facts.addWidget(ElidedLabel(said, size="small", ink="ink2"), 1)
        facts.addWidget(label(due_text(item), size="small", ink="ink2"))
        left = left_words(row)
        if left:
            ink = "error" if row.state == "overdue" else "warn" if row.state == "due_soon" else "ink2"
            facts.addWidget(label(left, size="small", ink=ink, bold=True))
        column.addLayout(facts)
        for text in (conflict_words(item), item.recurrence or ""):
            if text:
                column.addWidget(
                    label(text, size="small", ink="warn" if item.deadline_conflict else "ink2", wrap=True)
                )

    def _add_indicators(self, judged: Sequence[Judged]) -> None:
        column = self._block()
        column.addWidget(label(_("Related indicators"), size="table", bold=True))
        for one in judged:
            row = QHBoxLayout()
            row.setSpacing(self.theme.px(8))
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(one.label, size="table", wrap=True))
            if one.figures:
                words.addWidget(label(one.figures, size="small", ink="ink2", wrap=True))
            row.addLayout(words, 1)
            if one.verdict:
                row.addWidget(Chip(one.verdict, one.tone), 0, Qt.AlignmentFlag.AlignTop)
            column.addLayout(row)

    def _make_evidence_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(*[self.theme.px(margin) for margin in (16, 6, 10, 6)])
        row.setSpacing(self.theme.px(8))
        row.addWidget(label(_("Evidence"), size="table", bold=True), 1)
        for button in self._buttons:
            row.addWidget(button)
        return head

    def _entry(self, entry: Entry, unit_name: Callable[[str], str]) -> Row:
        row = Row(self.theme, margins=(12, 5, 12, 5))
        number = label(entry.numbers[0] if entry.numbers else "—", size="small", ink="ink2")
        number.setFixedWidth(self.theme.px(76))
        row.line.addWidget(number)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(entry.words, size="small", wrap=True))
        if entry.lacking:
            names = listed(unit_name(unit) for unit in entry.lacking)
            words.addWidget(ElidedLabel(_("lacking: {names}").format(names=names), size="tiny", ink="ink3"))
        row.line.addLayout(words, 1)
        row.line.addWidget(label(_figures(entry), size="small"))
        if entry.is_complete:
            row.line.addWidget(Chip(_("complete"), "ok"))
        else:
            row.line.addWidget(self._missing_button(entry))
        return row

    def _missing_button(self, entry: Entry) -> Button:
        short = _("{count} {counted} short").format(count=entry.short_by, counted=entry.counted)
        words = short if entry.covered else _("nothing yet")
        button = Button(self.theme, words, small=True, on_click=lambda: self.entry_pressed.emit(entry.words))
        button.setToolTip(_("Add a paper for it"))
        button.setAccessibleName(f"{entry.words} {words}")
        return button

    def _add_owed(self, row: ItemRow) -> None:
        if not row.owed:
            return
        column = self._block()
        column.addWidget(label(_("Still owed by"), size="table", bold=True))
        for owed in row.owed[:_OWING_SHOWN]:
            column.addWidget(
                label(
                    _("{unit}: {missing}").format(unit=owed.unit, missing=listed(owed.missing)),
                    size="small",
                    ink="ink2",
                    wrap=True,
                )
            )
        rest = len(row.owed) - _OWING_SHOWN
        if rest > 0:
            words = ngettext("and {count} more unit", "and {count} more units", rest)
            column.addWidget(label(words.format(count=rest), size="small", ink="ink3"))


class ProgressBox(QWidget):
    """What is said of an item: the state and a note, to look at or to write."""

    saved = Signal(str, str)
    """State and note, as the person left them."""
    wanted = Signal()
    """The person wants to write."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._before = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(margin) for margin in (16, 8, 16, 10)])
        column.setSpacing(theme.px(6))
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(label(_("Progress"), size="table", bold=True))
        self._state = Chip("", "neutral")
        head.addWidget(self._state)
        head.addStretch(1)
        self._write = Button(theme, _("Write"), key="F2", icon="edit", small=True, name="write_progress")
        self._write.clicked.connect(lambda: self.wanted.emit())
        head.addWidget(self._write)
        column.addLayout(head)
        self._note = label(size="table", ink="ink2", wrap=True)
        column.addWidget(self._note)
        self._when = label(size="small", ink="ink3", wrap=True)
        column.addWidget(self._when)
        self._others = QVBoxLayout()
        self._others.setSpacing(theme.px(2))
        column.addLayout(self._others)
        self._editor = self._make_editor()
        column.addWidget(self._editor)
        self._editor.hide()

    @property
    def is_open(self) -> bool:
        """Whether somebody is writing."""
        return not self._editor.isHidden()

    @property
    def typed(self) -> tuple[str, str]:
        """State and note as they stand in the editor."""
        return self._pills.chosen.removeprefix("said_"), self._text.toPlainText().strip()

    @property
    def is_changed(self) -> bool:
        """Whether what stands in the editor differs from what is kept."""
        return self.is_open and self.typed != self._before

    def show_progress(self, row: ItemRow, *, proposed: bool, unit_name: Callable[[str], str]) -> None:
        """Show what is said of an item."""
        said = row.said
        self._before = (said.state if said else "", said.note if said else "")
        self._state.show_state(state_label(row.state), TONES[row.state])
        self._when.setText(f"{said.on} {said.by}".strip() if said else "")
        self._when.setVisible(bool(self._when.text()))
        note = said.note if said else ""
        if not note and proposed:
            note = _("All its indicators have reached their targets: it can be marked as finished with F2.")
        self._note.setText(note or _("Nothing was written down yet."))
        set_look(self._note, ink="ink" if said and said.note else "ink2")
        clear_layout(self._others)
        for other in row.villages:
            words = " ".join(
                part for part in (state_label(other.state) if other.state else "", other.note) if part
            )
            said_there = _("{unit}: {words}").format(unit=unit_name(other.unit), words=words)
            self._others.addWidget(ElidedLabel(said_there, size="small", ink="ink2"))
        self.close_editor()

    def open_editor(self, typed: tuple[str, str] | None = None) -> None:
        """Begin to write, with what was typed before or with what is kept."""
        state, note = typed or self._before
        self._pills.choose(f"said_{state}")
        self._text.setPlainText(note)
        self._note.hide()
        self._write.hide()
        self._editor.show()
        self._text.setFocus()
        self._text.moveCursor(self._text.textCursor().MoveOperation.End)

    def close_editor(self) -> None:
        """Show what is kept."""
        self._editor.hide()
        self._note.show()
        self._write.show()

    def _make_editor(self) -> QWidget:
        theme = self._theme
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        choices = [("said_", _("auto")), *((f"said_{state}", state_label(state)) for state in SAID)]
        self._pills = Pills(choices, chosen="said_", on_choose=lambda _choice: None)
        column.addWidget(self._pills)
        self._text = QPlainTextEdit()
        self._text.setObjectName("progress_note")
        self._text.setPlaceholderText(_("What was done, what is left to do"))
        self._text.setFixedHeight(theme.px(_EDITOR_PX))
        self._text.setTabChangesFocus(True)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addStretch(1)
        save = Button(
            theme,
            _("Save"),
            key="Ctrl+S",
            kind="primary",
            small=True,
            name="save_progress",
            on_click=lambda: self.saved.emit(*self.typed),
        )
        row.addWidget(save)
        column.addLayout(row)
        return editor


def _figures(entry: Entry) -> str:
    if entry.wanted is None:
        return f"{entry.have} {entry.counted}"
    return f"{entry.have} / {entry.wanted} {entry.counted}"
