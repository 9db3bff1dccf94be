"""The form of one record, made from its record type. What it decides stands in `form_state`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gzdesk.desktop.form_answers import FormAnswers
from gzdesk.desktop.form_bars import FormFoot, FormHead
from gzdesk.desktop.form_fields import FieldBox
from gzdesk.desktop.form_files import FileCatcher, FormFiles
from gzdesk.desktop.form_grid import FormGrid
from gzdesk.desktop.form_layout import form_rows
from gzdesk.desktop.form_state import DIRECT_KINDS, FormState
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.day_words import rhythm_words
from gzdesk.desktop.widgets.field_completion import CompletingField
from gzdesk.desktop.widgets.field_editors import EditorTools
from gzdesk.desktop.widgets.field_files import FilesField
from gzdesk.desktop.widgets.scrolled import scrolled
from gzdesk.domain.period import Month
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.records import RecordView, Saved

KEEP_AFTER_MS = 1500
"""What is typed is on the disk after this long (ui.md principle 8 allows two seconds)."""


class RecordForm(Card):
    """A card with the fields of one record. The page around it decides what follows a save."""

    saved = Signal(object, bool)
    """`Saved`, and whether the next one is wanted."""
    add_wanted = Signal(str, str)
    """A record for a reference is missing: name of the field, id of its type."""
    focus_moved = Signal()

    def __init__(self, shell: MainWindow, record_type: RecordType) -> None:
        super().__init__(shell.theme, _("New"), margin=0)
        self._shell = shell
        self._workspace = shell.workspace
        self.record_type = record_type
        self.state = FormState(
            record_type=record_type,
            records=self._workspace.records,
            units=self._workspace.units,
            today=self._workspace.mint.today,
            pins=self._workspace.drafts.pins(record_type.id),
        )
        self._boxes: dict[str, FieldBox] = {}
        self._placed: tuple[str, ...] = ()
        self._current = ""
        self._unfolded = False
        self._again, self._rhythm = -1, ""  # how many times Ctrl+D was pressed, and what it says of the day
        self._answers = FormAnswers(self._workspace, self.state)
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(KEEP_AFTER_MS)
        self._keep_timer.timeout.connect(self.keep_typed)
        self._build()
        self._bind_keys()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    # -- what pages do with it -----------------------------------------------------------------

    def start(self, *, month: Month | None) -> bool:
        """Begin a new record. Returns whether something unsaved was found and brought back."""
        kept = self._workspace.drafts.find(type_id=self.record_type.id, record_id=None)
        if kept is not None:
            self.state.restore(kept.content)
        else:
            self.state.start(month=month)
        self._begin()
        return kept is not None

    def open(self, view: RecordView) -> bool:
        """Go on with a record. Returns whether something unsaved was found and brought back."""
        kept = self._workspace.drafts.find(type_id=self.record_type.id, record_id=view.record.id)
        if kept is not None:
            self.state.restore(kept.content)
        else:
            self.state.open(view)
        self._begin()
        return kept is not None

    def refer(self, name: str, *, record_id: str, text: str) -> None:
        """Put a reference into an item, as if it had been chosen."""
        self.state.pick(name, text=text, value=record_id)
        self.state.leave(name)
        self._show_all()

    def take_back(self, view: RecordView) -> None:
        """Show a record that was saved and taken back as a new one, with everything it had."""
        self.state.take_back(view)
        self._begin()
        self._keep_soon()

    def copy(self, view: RecordView) -> None:
        """Begin a new record like another one."""
        self.state.copy(view)
        self._begin()

    def again(self) -> bool:
        """Begin like the last record of this type, on the day it comes round; pressed again, like another one.

        What was typed before stays. Returns whether there is any record to begin from.
        """
        typed = self.state.typed() if self._again < 0 else {}
        found = self._workspace.records.again(type_id=self.record_type.id, nth=self._again + 1)
        if found is None:
            return False
        turn = self._again + 1
        then = {self.record_type.month_of or "": found.day, self.record_type.title: found.title}
        texts = {name: text for name, text in {**then, **typed}.items() if name and text}
        self.state.copy(self._workspace.records.get(found.record_id), then=texts)
        self._begin()
        self._again, self._rhythm = turn, rhythm_words(found)
        self.show_state()
        self.focus_first()
        return True

    def restart(self) -> None:
        """Begin again with nothing typed: what was brought back is not wanted."""
        self.forget_typed()
        self.state.start(month=self.state.month)
        self._begin()

    def continue_at(self, content: dict[str, Any]) -> None:
        """Go on where `state.snapshot` was taken: the window was built again in other colours."""
        self.state.restore(content)
        self._begin()

    def save(self, *, then_next: bool = False) -> bool:
        """Save; when something blocks, go to it. Returns whether it was saved."""
        from gzdesk.services.records import Refused

        self._take_current()
        try:
            saved = self.state.save()
        except Refused:
            self._go_to_error_after("")  # the first one, wherever the cursor was
            return False
        except UserError as error:
            self.show_state()
            self._shell.tell_error(error)
            return False
        self._after_save(saved, then_next=then_next)
        return True

    def save_draft(self, *, quietly: bool = False) -> bool:
        """Save whatever is there, unfinished as it is. What cannot be read is kept beside it, as typed.

        `quietly`: the form is being left, and what follows is not for it to say.
        """
        self._take_current()
        unread = self.state.unread
        earlier = self.state.record_id
        try:
            saved = self.state.save(as_draft=True)
        except UserError as error:
            self.show_state()
            self._shell.tell_error(error)
            return False
        self._forget(earlier)
        if unread:
            self._workspace.drafts.keep(
                type_id=self.record_type.id, record_id=saved.id, content=self.state.snapshot()
            )
        if not quietly:
            self.saved.emit(saved, False)
        return True

    def go_to_error(self) -> None:
        """Put the cursor into the next field that keeps the record from being saved."""
        self._take_current()
        self._go_to_error_after(self._current)

    def _go_to_error_after(self, field: str) -> None:
        self.show_state()
        name = self.state.next_error(field)
        if name is not None:
            self._unfold_for(name)
            self._focus(name)

    def focus_first(self) -> None:
        """Put the cursor where the paper begins."""
        stops = self.state.stops() if self.state.record_id is None else ()
        first = next(iter(stops), next((field.name for field in self.state.fields()), None))
        if first is not None:
            self._focus(first)

    def close_lists(self) -> bool:
        """Close an open list of completions; returns whether there was one."""
        for box in self._boxes.values():
            if isinstance(box.editor, CompletingField) and box.editor.is_open:
                box.editor.close_list()
                return True
        return False

    def forget_typed(self) -> None:
        """Do not offer what was typed here again."""
        self._forget(self.state.record_id)

    def keep_typed(self) -> None:
        """Keep what was typed on the disk, should the power go now."""
        self._keep_timer.stop()
        if self.state.changed:
            self._workspace.drafts.keep(
                type_id=self.record_type.id, record_id=self.state.record_id, content=self.state.snapshot()
            )

    def take_new_reference(self, name: str, *, record_id: str, text: str) -> None:
        """A record that was missing has been added: refer to it and go on."""
        self.state.pick(name, text=text, value=record_id)
        self.state.leave(name)
        self._boxes[name].show_content()
        self.show_state()
        self._advance(name, back=False)

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._head = FormHead(self, drop_carried=self.drop_carried)
        self._grid = FormGrid(self.theme)
        self._more = Button(
            self.theme, _("Fewer items"), kind="link", small=True, name="more_fields", on_click=self.unfold
        )
        self._scroll = _fields_area(self._grid, self._more, margin=self.theme.px(16))
        self.body.addWidget(self._scroll, 1)
        self._foot = FormFoot(
            self, save=lambda then_next: self.save(then_next=then_next), save_draft=self.save_draft
        )
        self._files = FormFiles(self._shell, proves=self._in_words)
        tools = EditorTools(
            theme=self.theme,
            today=self._workspace.mint.today,
            complete=self._answers.complete,
            files=self._files,
            reveal=self._reveal,
        )
        for field in self.record_type.form_fields():
            self._boxes[field.name] = self._make_box(field, tools)
        self._catch_files()

    def _reveal(self, field: Field) -> str:
        """The whole text of an item that is kept sealed; a key file that is gone is told."""
        try:
            return self._workspace.records.reveal(self.state.record_id or "", field.name)
        except UserError as error:
            self._shell.tell_error(error)
            return ""

    def _in_words(self) -> str:
        """The record as it stands in the form: its register, its day and its title."""
        texts, of = self.state.texts, self.record_type
        return " ".join(
            part for part in (of.label, texts.get(of.month_of or "", ""), texts.get(of.title, "")) if part
        )

    def _catch_files(self) -> None:
        """Photos may be dropped and pasted anywhere on the form."""
        for box in self._boxes.values():
            if isinstance(editor := box.editor, FilesField):
                FileCatcher(self, partial(self._files.take_mime, then=editor.add_noted))
                self._on_key("Insert", editor.choose)
                self._on_key("Ctrl+O", editor.enlarge)
                return

    def _make_box(self, field: Field, tools: EditorTools) -> FieldBox:
        box = FieldBox(field, self.state, tools, parent=self)
        for widget in box.widgets():
            widget.setParent(self._grid)
        box.advance.connect(lambda name, back: self._advance(name, back=back))
        box.left.connect(self._on_left)
        box.typed.connect(self._on_typed)
        return box

    def _bind_keys(self) -> None:
        for keys, action in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", lambda: self.save(then_next=True)),
            ("Ctrl+Enter", lambda: self.save(then_next=True)),
            ("F3", self._ask_for_new),
            ("F4", self.carry_over),
            ("F6", self.toggle_pin),
            ("F7", self.go_to_error),
            ("F8", self.unfold),
        ):
            self._on_key(keys, action)

    def _on_key(self, keys: str, action: Callable[[], object]) -> None:
        made = QAction(self)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda: action())
        self.addAction(made)

    # -- keys ----------------------------------------------------------------------------------

    def carry_over(self) -> None:
        """Bring over from last time what repeats."""
        self.state.carry_from_last()
        self._show_all()
        self._keep_soon()

    def drop_carried(self) -> None:
        """Empty what was brought over."""
        self.state.drop_carried()
        self._show_all()
        self.focus_first()

    def toggle_pin(self) -> None:
        """Pin the field under the cursor, or let it go."""
        if self._current:
            self.state.toggle_pin(self._current)
            self._workspace.drafts.remember_pins(self.record_type.id, self.state.pins)
            self.show_state()

    def unfold(self) -> None:
        """Show the further items too, or fold them away again."""
        folded = [field.name for field in self.state.has_more()]
        self._unfolded = not self._unfolded
        self.show_state()
        if self._unfolded and folded:
            self._focus(folded[0])

    def _unfold_for(self, name: str) -> None:
        if name not in self._placed:
            self._unfolded = True
            self.show_state()

    def _ask_for_new(self) -> None:
        field = self.record_type.field(self._current)
        if field is not None and field.kind == "reference" and len(field.targets) == 1:
            self.add_wanted.emit(field.name, field.targets[0])

    def _advance(self, name: str, *, back: bool) -> None:
        order = [placed for placed in self._placed if self._boxes[placed].editor.isEnabled()]
        self._leave(name)
        place = order.index(name) if name in order else -1
        if back:
            earlier = order[:place][-1:] if place > 0 else []
            target = earlier[0] if earlier else None
        else:
            stops = set(self.state.stops())
            target = next((other for other in order[place + 1 :] if other in stops), None)
        if target is not None:
            self._focus(target)
        elif not back:
            self._foot.next.setFocus(Qt.FocusReason.TabFocusReason)

    def _focus(self, name: str) -> None:
        editor = self._boxes[name].editor
        text = self.state.texts.get(name, "")
        editor.take_focus(append=bool(text) and not self.state.has_content(name))
        self._scroll.ensureWidgetVisible(editor, 0, self.theme.px(60))

    # -- what the person does ------------------------------------------------------------------

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            return
        for name, box in self._boxes.items():
            if box.editor is now or box.editor.isAncestorOf(now):
                self._current = name
                self._scroll.ensureWidgetVisible(box.editor, 0, self.theme.px(40))
                self.focus_moved.emit()
                return

    def _on_typed(self, name: str) -> None:
        self._keep_soon()
        if self._boxes[name].field.kind in DIRECT_KINDS:
            self.show_state()

    def _on_left(self, name: str) -> None:
        self._leave(name)

    def _leave(self, name: str) -> None:
        if name not in self._placed:
            return
        before = dict(self.state.texts)
        self.state.leave(name)
        texts = self.state.texts
        followed = {other for other in self._boxes if texts.get(other) != before.get(other)} - {"status"}
        for shown in {name, *followed}:
            self._boxes[shown].show_content()
        self.show_state()

    def _take_current(self) -> None:
        if self._current in self._placed:
            self._leave(self._current)

    def _keep_soon(self) -> None:
        # Not started anew by each key: who types without a pause is kept every second and a half as well.
        if not self._keep_timer.isActive():
            self._keep_timer.start()

    def _after_save(self, saved: Saved, *, then_next: bool) -> None:
        self._keep_timer.stop()
        self._forget(None)
        self._forget(saved.id)
        self.saved.emit(saved, then_next)

    def _forget(self, record_id: str | None) -> None:
        self._keep_timer.stop()
        self._workspace.drafts.drop(type_id=self.record_type.id, record_id=record_id)

    # -- showing -------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._keep_timer.stop()
        self._unfolded = False
        self._again, self._rhythm = -1, ""
        self._current = ""
        self._scroll.verticalScrollBar().setValue(0)
        self._show_all()

    def _show_all(self) -> None:
        for box in self._boxes.values():
            box.show_content()
        self.show_state()

    def show_state(self) -> None:
        """Show labels, looks, sentences, counts; what is being typed stays as it is."""
        self._place()
        for name in self._placed:
            box = self._boxes[name]
            derived = name == "status" and name != self._current
            box.show_state(
                texts_too=derived, shown=self._answers.shown(box.field), hint=self._hint_for(box.field)
            )
        self._head.show_state(self.state)
        self._foot.show_state(self.state)
        self._show_more()

    def _place(self) -> None:
        fields = [field for field in self.state.fields() if self._unfolded or not self.state.is_folded(field)]
        names = tuple(field.name for field in fields)
        if names == self._placed:
            return
        self._placed = names
        self._grid.place(form_rows(self.record_type, fields), self._boxes)
        chain = [self._boxes[name].editor for name in names]
        for earlier, later in zip(chain, [*chain[1:], self._foot.draft], strict=True):
            QWidget.setTabOrder(earlier, later)

    def _show_more(self) -> None:
        folded = len(self.state.has_more())
        self._more.setVisible(folded > 0 or self._unfolded)
        words = ngettext("{count} further item", "{count} further items", folded).format(count=folded)
        self._more.setText(f"{_('Fewer items') if self._unfolded else words} F8")

    def _hint_for(self, field: Field) -> str:
        if field.name == self.record_type.month_of:
            return self._rhythm
        if field.name == self.record_type.measures.get("persons") and self.state.last is not None:
            last = self.state.last.texts.get(field.name, "")
            return _("last time {figure}").format(figure=last) if last else ""
        if not self.state.answer:
            return ""
        beside = (
            "status" if any(each.name == "status" for each in self.state.fields()) else self.record_type.title
        )
        return self.state.answer if field.name == beside else ""

    def help_words(self) -> str:
        """How to fill in the field under the cursor, for the line at the bottom: nothing may jump for it."""
        field = self.record_type.field(self._current)
        return field.help if field is not None else ""


def _fields_area(grid: FormGrid, more: Button, *, margin: int) -> QScrollArea:
    """The fields with the button for further ones under them, as long as the paper is."""
    holder = QWidget()
    holder.setProperty("role", "scrolled")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(grid)
    row = QHBoxLayout()
    row.setContentsMargins(margin, 0, 0, margin // 2)
    row.addWidget(more)
    row.addStretch(1)
    column.addLayout(row)
    column.addStretch(1)
    return scrolled(holder)
