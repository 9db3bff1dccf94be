"""The forms of a page: one, or one on another that asked for it (a film that is not in the catalogue yet)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gzdesk.desktop.form import RecordForm
from gzdesk.desktop.history_dialog import show_history
from gzdesk.desktop.page import PageHead
from gzdesk.desktop.tokens import NARROW_BELOW
from gzdesk.desktop.type_list import TypeList
from gzdesk.desktop.widgets.ask_dialog import Answer, AskDialog
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import clear_layout
from gzdesk.domain.period import Month
from gzdesk.domain.record import CANCELLED, DRAFT, VOID
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.records import RecordView, Saved


class FormPane(QWidget):
    """Head, list of the type, form (picture c). Knows what follows a save and a step back."""

    closed = Signal()
    """The last form was closed: the page shows its list again."""
    record_wanted = Signal(str)
    """A record was chosen in the list beside the form."""

    def __init__(self, shell: MainWindow, *, title: str) -> None:
        super().__init__()
        self._shell = shell
        self._theme = shell.theme
        self._workspace = shell.workspace
        self._title = title
        self._forms: list[RecordForm] = []
        self._waiting: list[str] = []
        self._beside_list: TypeList | None = None
        self._build()

    # -- opening -------------------------------------------------------------------------------

    @property
    def form(self) -> RecordForm | None:
        """The form in front, or None."""
        return self._forms[-1] if self._forms else None

    def start(self, record_type: RecordType, *, month: Month | None) -> None:
        """Open an empty form; what was typed last time and never saved comes back."""
        self.drop_all()
        form = self._push(record_type)
        if form.start(month=month):
            self._tell_brought_back()
        self._show()

    def open(self, record_type: RecordType, view: RecordView) -> None:
        """Open a record."""
        self.drop_all()
        form = self._push(record_type)
        if form.open(view):
            self._tell_brought_back()
        self._show()

    def copy(self, record_type: RecordType, view: RecordView) -> None:
        """Open an empty form filled in like that record."""
        self.drop_all()
        self._push(record_type).copy(view)
        self._show()

    def again(self) -> None:
        """Fill the empty form like the last record of its type; pressed again, like one of another name."""
        form = self.form
        if form is not None and form.state.record_id is None and not form.again():
            self._shell.tell(_("There is no earlier record to begin from."), "warn")

    def make_up(self, view: RecordView | None = None) -> None:
        """Begin the record that makes up for a cancelled one: like it, pointing back to it, on a day to be typed."""
        found = view or self._open_cancelled()
        record_type = self._workspace.types.get(found.record.type) if found is not None else None
        field = made_up_by(record_type) if record_type is not None else None
        if found is None or record_type is None or field is None or not self.may_close():
            return
        self.copy(record_type, found)
        assert self.form is not None
        self.form.refer(field.name, record_id=found.record.id, text=found.texts.get(record_type.title, ""))
        self.form.focus_first()

    def _open_cancelled(self) -> RecordView | None:
        """The record that is open, when it was cancelled and its type knows make-ups."""
        form = self.form
        if form is None or form.state.record_id is None or made_up_by(form.record_type) is None:
            return None
        view = self._workspace.records.get(form.state.record_id)
        return view if view.record.status == CANCELLED else None

    def continue_at(self, record_type: RecordType, typed: Mapping[str, Any]) -> None:
        """Go on where a form was taken away."""
        self.drop_all()
        self._push(record_type).continue_at(dict(typed))
        self._show()

    # -- closing -------------------------------------------------------------------------------

    def may_close(self, *, only_top: bool = False) -> bool:
        """Whether the open forms may go; asks when something in them is not saved."""
        asked = self._forms[-1:] if only_top else self._forms[::-1]
        return all(self._may_drop(form) for form in asked)

    def step_back(self) -> None:
        """Close the list of completions, else the form in front."""
        form = self.form
        if form is not None and not form.close_lists() and self.may_close(only_top=True):
            self._pop()

    def drop_all(self) -> None:
        """Take all forms away."""
        for form in self._forms:
            self._remove(form)
        self._forms, self._waiting = [], []

    def restart(self) -> None:
        """What was brought back is not wanted: begin with an empty form."""
        form = self.form
        if form is not None and form.state.record_id is None:
            form.restart()
            self._shell.message.hide()
            form.focus_first()

    # -- taking back ---------------------------------------------------------------------------

    def undo(self) -> str | None:
        """Take back the last step. What was just logged and saved comes back into the empty form, to be put right.

        Returns the step in words, None when there is none, an empty text when the form says something else.
        """
        form, records = self.form, self._workspace.records
        step = records.undoable
        if form is None or step is None:
            return records.undo()
        if form.state.changed:
            self._tell_unsaved()
            return ""
        added = records.get(step.added_id) if step.added_id else None
        words = records.undo()
        if added is not None and added.record.type == form.record_type.id:
            form.take_back(added)
            self._show()
            self._shell.tell(
                _("Taken back: {what}. It stands here again, to be put right and saved.").format(what=words)
            )
            return ""
        self._follow_record()
        return words

    def redo(self) -> str | None:
        """Do again what was taken back; returns as `undo` does."""
        form = self.form
        if form is not None and form.state.changed:
            self._tell_unsaved()
            return ""
        words = self._workspace.records.redo()
        self._follow_record()
        return words

    def _tell_unsaved(self) -> None:
        self._shell.tell(
            _("Something typed here is not saved yet. Save it or leave the form; then take back."), "warn"
        )

    def _follow_record(self) -> None:
        """The record that is open may be another now, or gone."""
        form = self.form
        if form is None or form.state.record_id is None:
            return
        try:
            view = self._workspace.records.get(form.state.record_id)
        except UserError:
            self._pop()
            return
        form.open(view)
        self.show_beside()

    def show_history(self) -> None:
        """Show who wrote and changed the record that is open."""
        form = self.form
        if form is not None and form.state.record_id:
            show_history(self._shell, form.state.record_id)

    def show_beside(self) -> None:
        """Show the records of the type beside the form where there is room for both."""
        form = self._forms[0] if self._forms else None
        if form is None or not self._has_room():
            if self._beside_list is not None:
                self._beside_list.hide()
            return
        if self._beside_list is None or self._beside_list.record_type is not form.record_type:
            clear_layout(self._beside)
            self._beside_list = TypeList(self._shell, form.record_type)
            self._beside_list.opened.connect(self.record_wanted)
            self._beside.addWidget(self._beside_list)
        self._beside_list.show()
        self._beside_list.show_year(self._year(form), selected=form.state.record_id or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow screen list and form are two steps."""
        super().resizeEvent(event)
        shown = self._beside_list is not None and not self._beside_list.isHidden()
        if self._forms and shown != self._has_room():
            self.show_beside()

    # -- inside --------------------------------------------------------------------------------

    def _has_room(self) -> bool:
        return not self._theme.large and self._shell.width() >= NARROW_BELOW

    def _may_drop(self, form: RecordForm) -> bool:
        if not form.state.changed:
            return True
        answer = AskDialog(
            self,
            self._theme,
            question=_("This form is not saved yet. Leave it?"),
            sentence=_("A draft keeps everything typed; you can finish it later."),
            answers=(
                Answer(id="drop", words=_("Drop it"), kind="danger"),
                Answer(id="stay", words=_("Go on writing")),
                Answer(id="draft", words=_("Save draft"), kind="primary"),
            ),
        ).ask()
        if answer == "drop":
            form.forget_typed()
            return True
        return answer == "draft" and form.save_draft(quietly=True)

    def _push(self, record_type: RecordType) -> RecordForm:
        form = RecordForm(self._shell, record_type)
        form.saved.connect(lambda saved, then_next: self._on_saved(form, saved, then_next=then_next))
        form.add_wanted.connect(self._add_reference)
        form.focus_moved.connect(self._shell.update_hints)
        self._forms.append(form)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        return form

    def _pop(self) -> None:
        self._remove(self._forms.pop())
        if self._waiting:
            self._waiting.pop()
        if self._forms:
            self._show()
        else:
            self.closed.emit()

    def _remove(self, form: RecordForm) -> None:
        self._stack.removeWidget(form)
        form.hide()
        form.deleteLater()

    def _add_reference(self, name: str, type_id: str) -> None:
        record_type = self._workspace.types.get(type_id)
        if record_type is not None:
            self._waiting.append(name)
            self._push(record_type).start(month=None)
            self._show()

    def _on_saved(self, form: RecordForm, saved: Saved, *, then_next: bool) -> None:
        view = self._workspace.records.get(saved.id)
        if len(self._forms) > 1:
            self._give_back(form, view)
            return
        self._shell.tell(self._saved_words(form, view))
        if view.record.status in (DRAFT, VOID):
            self._pop()
        elif then_next:
            form.start(month=form.state.month)
            self.show_beside()
            form.focus_first()
        else:
            form.open(view)
            self._show()

    def _give_back(self, form: RecordForm, view: RecordView) -> None:
        """A record was added for a field of the form below: go on there."""
        name = self._waiting[-1]
        title = view.texts.get(form.record_type.title, "")
        self._pop()
        if self.form is not None:
            self.form.take_new_reference(name, record_id=view.record.id, text=title)

    def _saved_words(self, form: RecordForm, view: RecordView) -> str:
        title = view.texts.get(form.record_type.title, "")
        day = view.texts.get(form.record_type.month_of or "", "")
        what = " ".join(part for part in (day, title) if part) or form.record_type.label
        words = _("Draft saved: {what}") if view.record.status == DRAFT else _("Saved: {what}")
        return words.format(what=what)

    def _tell_brought_back(self) -> None:
        self._shell.tell(_("What was typed last time and not saved is back here. F9 drops it."), "warn")

    def _year(self, form: RecordForm) -> int:
        day = form.state.values.get(form.record_type.month_of or "")
        if isinstance(day, str) and len(day) >= 4:
            return int(day[:4])
        return form.state.month.year if form.state.month else self._workspace.mint.today().year

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = PageHead(self._shell, self._title)
        self._history = Button(
            self._theme, _("Change history"), icon="history", name="history", on_click=self.show_history
        )
        self._head.add(self._history)
        self._make_up = Button(
            self._theme, _("Log the make-up"), key="Ctrl+M", name="make_up", on_click=self.make_up
        )
        self._head.add(self._make_up)
        back = Button(
            self._theme,
            _("Back to the list"),
            key="Esc",
            icon="left",
            name="to_list",
            on_click=self.step_back,
        )
        self._head.add(back)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(16))
        self._beside = QVBoxLayout()
        row.addLayout(self._beside)
        self._stack = QStackedWidget()
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)

    def _show(self) -> None:
        form = self.form
        if form is None:
            return
        self._head.title.setText(f"{self._title} · {form.record_type.label}")
        words = self._workspace.me.label
        if form.record_type.paper:
            words = _("{unit}, in the order of the paper form {paper}").format(
                unit=words, paper=f"《{form.record_type.paper}》"
            )
        self._head.subtitle.setText(words)
        self._history.setVisible(form.state.record_id is not None)
        self._make_up.setVisible(self._open_cancelled() is not None)
        self._stack.setCurrentWidget(form)
        self.show_beside()
        form.focus_first()
        self._shell.update_hints()


def made_up_by(record_type: RecordType) -> Field | None:
    """The item that points back to a cancelled record of the same type, or None where there are no make-ups."""
    return next(
        (
            field
            for field in record_type.form_fields()
            if field.to_status == CANCELLED and field.targets == (record_type.id,)
        ),
        None,
    )
