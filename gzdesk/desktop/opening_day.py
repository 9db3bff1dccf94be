"""The panel for one day of the opening grid: other times, who was on duty, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.day_words import weekday_words
from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.opening import Slot
from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.numbers import read_integer
from gzdesk.domain.reading.slots import read_slots
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed
from gzdesk.services.opening import DayCell, DayEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gzdesk.desktop.main_window import MainWindow


def slots_of(text: str) -> tuple[Slot, ...]:
    """The times in a text such as `14:30-17:30、19:00-21:00`. Raises FieldProblem; empty text means none."""
    if not text.strip():
        return ()
    # The reader of weekly times wants a weekday; which one makes no difference here.
    return tuple(Slot(start=str(slot["from"]), end=str(slot["to"])) for slot in read_slots(f"周一 {text}"))


def slots_words(slots: Sequence[Slot]) -> str:
    """The times as text."""
    return listed(f"{slot.start}-{slot.end}" for slot in slots)


class DayPanel(Card):
    """Edits one day beside the grid. Enter goes on, the last Enter saves; Escape leaves it as it was."""

    saved = Signal(object, object)
    """The day and its new `DayEntry`."""
    given_up = Signal()

    def __init__(self, shell: MainWindow) -> None:
        super().__init__(shell.theme, _("This day"))
        self._workspace = shell.workspace
        self._cell: DayCell | None = None
        self.times = LineField(self.theme)
        self.visitors = LineField(self.theme)
        self.duty = CompletingField(self.theme, source=self._people, free=True)
        self.note = CompletingField(self.theme, source=self._notes, free=True)
        self.fault = label(size="small", ink="error", wrap=True)
        for words, editor, name in (
            (_("Open from and to"), self.times, "day_times"),
            (_("Visitors"), self.visitors, "day_visitors"),
            (_("On duty"), self.duty, "day_duty"),
            (_("What happened"), self.note, "day_note"),
        ):
            self._add(words, editor, name)
        self.body.addWidget(self.fault)
        self.body.addStretch(1)
        self._add_buttons()

    def open(self, cell: DayCell) -> None:
        """Show a day."""
        self._cell = cell
        assert self.title is not None
        self.title.setText(f"{cell.day:%m-%d} {weekday_words(cell.day)}")
        self.times.show_text(slots_words(cell.entry.slots))
        self.visitors.show_text("" if cell.entry.visitors is None else str(cell.entry.visitors))
        self.duty.show_text(cell.entry.duty_person)
        self.note.show_text(cell.entry.note)
        self._tell("")
        self.times.take_focus()

    def save(self) -> None:
        """Hand the day over, or say what cannot be read."""
        if self._cell is None:
            return
        try:
            slots = slots_of(self.times.text())
        except FieldProblem as problem:
            self._refuse(self.times, str(problem))
            return
        try:
            visitors = read_integer(self.visitors.text()) if self.visitors.text().strip() else None
        except FieldProblem as problem:
            self._refuse(self.visitors, str(problem))
            return
        self._tell("")
        entry = DayEntry(
            slots=slots,
            visitors=visitors,
            duty_person=self.duty.text().strip(),
            note=self.note.text().strip(),
        )
        self.saved.emit(self._cell.day, entry)

    def refuse(self, sentence: str) -> None:
        """Say why the day could not be written down; everything typed stays."""
        self._tell(sentence)

    def close_lists(self) -> bool:
        """Close an open list of completions; returns whether there was one."""
        for editor in (self.duty, self.note):
            if editor.is_open:
                editor.close_list()
                return True
        return False

    # -- inside --------------------------------------------------------------------------------

    def _add(self, words: str, editor: LineField, name: str) -> None:
        editor.setObjectName(name)
        editor.setAccessibleName(words)
        editor.advance.connect(lambda back: self._advance(editor, back=back))
        self.body.addWidget(label(words, size="table", ink="ink2"))
        self.body.addWidget(editor)

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(8))
        leave = Button(
            self.theme, _("Leave it"), key="Esc", small=True, name="day_leave", on_click=self.given_up.emit
        )
        keep = Button(
            self.theme,
            _("Save"),
            key="Ctrl+S",
            kind="primary",
            small=True,
            name="day_save",
            on_click=self.save,
        )
        row.addWidget(leave)
        row.addWidget(keep, 1)
        self.body.addLayout(row)

    def _advance(self, editor: LineField, *, back: bool) -> None:
        order: list[LineField] = [self.times, self.visitors, self.duty, self.note]
        place = order.index(editor) + (-1 if back else 1)
        if place >= len(order):
            self.save()
        elif place >= 0:
            order[place].take_focus()

    def _refuse(self, editor: LineField, sentence: str) -> None:
        self._tell(sentence)
        editor.set_state("error")
        editor.take_focus()

    def _tell(self, sentence: str) -> None:
        self.fault.setText(sentence)
        for editor in (self.times, self.visitors, self.duty, self.note):
            editor.set_state("")

    def _people(self, text: str) -> Sequence[Option]:
        return self._complete("duty_person", text)

    def _notes(self, text: str) -> Sequence[Option]:
        return self._complete("note", text)

    def _complete(self, field: str, text: str) -> Sequence[Option]:
        found = self._workspace.records.complete(type_id="opening_log", field=field, text=text, limit=6)
        return tuple(Option(value=item.value, text=item.text) for item in found)
