"""One item set to one value in all selected records, with what will happen said beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.field_completion import CompletingField, Option
from gzdesk.desktop.widgets.field_editors import EditorTools, choices_like, make_editor, units_like
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.field_other import NoteField
from gzdesk.desktop.widgets.scrolling import scrolled_rows
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.domain.fields import FieldProblem
from gzdesk.domain.record_type import Choice, Field
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.widgets.field_files import FileTools
    from gzdesk.services.several import Left, Plan

_LEAST_WIDTH, _LEAST_HEIGHT, _MOST_LEFT_PX = 620, 460, 210


class LeftList(QWidget):
    """The records that stay as they are, each with its reason."""

    def __init__(self, shell: MainWindow) -> None:
        super().__init__()
        self._theme = shell.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        area, self._rows = scrolled_rows()
        area.setMaximumHeight(shell.theme.px(_MOST_LEFT_PX))
        column.addWidget(area)
        self.hide()

    def show_left(self, left: Sequence[Left]) -> None:
        """Name them; with none the list is not there."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for entry in left:
            self._rows.addWidget(label(entry.words, size="table", bold=True, wrap=True))
            self._rows.addWidget(label(entry.reason, size="small", ink="error", wrap=True))
        self.setVisible(bool(left))


class SeveralDialog(QDialog):
    """Which item, which value; the button says how many records it changes."""

    def __init__(self, shell: MainWindow, parent: QWidget, record_ids: Sequence[str], type_id: str) -> None:
        super().__init__(parent)
        self._shell, self._ids, self._type_id = shell, tuple(record_ids), type_id
        self._several = shell.workspace.several
        self._fields = self._several.fields(record_ids)
        self._field: Field | None = None
        self._picked: Option | None = None
        self._value: object = None
        self._plan: Plan | None = None
        self.changed = 0
        self._build()

    def ask(self) -> int:
        """Show it and wait; returns how many records were changed."""
        self._which.take_focus()
        self.exec()
        self.deleteLater()
        return self.changed

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._shell.theme
        words = ngettext("Make {count} record alike", "Make {count} records alike", len(self._ids))
        title = words.format(count=len(self._ids))
        self.setWindowTitle(title)
        # Tall enough for the list that opens under an item.
        self.setMinimumSize(theme.px(_LEAST_WIDTH), theme.px(_LEAST_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(14))
        column.addWidget(label(title, size="section", bold=True))
        self._which = CompletingField(theme, source=self._items_like, free=False)
        self._which.setObjectName("which")
        self._which.picked.connect(self._on_item)
        self._which.setPlaceholderText(_("Name or initials"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(10))
        self._grid.setColumnStretch(1, 1)
        for row, words in enumerate((_("Item"), _("Becomes"))):
            self._grid.addWidget(label(words, ink="ink2"), row, 0, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self._which, 0, 1)
        self._editor: QWidget = LineField(theme)
        self._editor.setEnabled(False)
        self._grid.addWidget(self._editor, 1, 1)
        column.addLayout(self._grid)
        self._words = label("", size="table", ink="ink2", wrap=True)
        column.addWidget(self._words)
        self._left = LeftList(self._shell)
        column.addWidget(self._left)
        column.addStretch(1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        theme = self._shell.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addStretch(1)
        row.addWidget(Button(theme, _("Leave them"), name="answer_stay", on_click=self.reject))
        self._do = Button(
            theme, _("Change them"), kind="primary", name="answer_change", on_click=self._change
        )
        self._do.setEnabled(False)
        row.addWidget(self._do)
        return row

    # -- which item ----------------------------------------------------------------------------

    def _items_like(self, text: str) -> tuple[Option, ...]:
        choices = [Choice(code=field.name, zh=field.zh, en=field.en) for field in self._fields]
        return choices_like(choices, text)

    def _on_item(self, option: Option) -> None:
        self._field = next(field for field in self._fields if field.name == option.value)
        self._picked, self._plan = None, None
        old, self._editor = self._editor, self._make_editor(self._field)
        self._grid.replaceWidget(old, self._editor)
        old.hide()
        old.deleteLater()
        self._show_plan()
        self._editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_editor(self, field: Field) -> QWidget:
        tools = EditorTools(
            theme=self._shell.theme,
            today=self._shell.workspace.mint.today,
            complete=self._complete,
            files=cast("FileTools", None),  # items with files are never made alike
        )
        if field.kind == "yes_no":
            yes_no = (Choice(code="yes", zh="是", en="Yes"), Choice(code="no", zh="否", en="No"))
            made = CompletingField(tools.theme, source=lambda text: choices_like(yes_no, text), free=False)
            made.setObjectName(f"field_{field.name}")
        else:
            made = make_editor(field, tools)  # type: ignore[assignment]  # one of the editors that are typed into
        made.advance.connect(lambda _back: self._on_value(then_move=True))
        made.left.connect(lambda: self._on_value(then_move=False))
        if isinstance(made, CompletingField):
            made.picked.connect(self._on_picked)
            made.typed.connect(lambda _text: self._forget_pick())
        return made

    def _complete(self, field: Field, text: str) -> Sequence[Option]:
        if field.kind in ("unit", "units"):
            return units_like(self._shell.workspace.units, text)
        found = self._shell.workspace.records.complete(type_id=self._type_id, field=field.name, text=text)
        return tuple(Option(value=item.value, text=item.text, details=item.details) for item in found)

    # -- which value ---------------------------------------------------------------------------

    def _on_picked(self, option: Option) -> None:
        self._picked = option

    def _forget_pick(self) -> None:
        self._picked = None

    def _typed(self) -> str:
        editor = self._editor
        assert isinstance(editor, (LineField, NoteField))
        return editor.text()

    def _on_value(self, *, then_move: bool) -> None:
        field = self._field
        if field is None or not (self._typed().strip() or then_move):
            return
        picked = self._picked if field.kind == "reference" else None
        try:
            self._value = picked.value if picked is not None else self._several.read(field, self._typed())
        except FieldProblem as problem:
            self._plan = None
            self._do.setEnabled(False)
            self._words.setText(problem.message)
            set_look(self._words, ink="error")
            self._left.show_left(())
            return
        self._plan = self._several.plan(self._ids, field=field.name, value=self._value)
        self._show_plan()
        if then_move and self._do.isEnabled():
            self._do.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_plan(self) -> None:
        plan = self._plan
        set_look(self._words, ink="ink2")
        self._words.setText(plan_words(plan) if plan else "")
        self._left.show_left(plan.left if plan else ())
        count = len(plan.changes) if plan else 0
        self._do.setEnabled(count > 0)
        words = ngettext("Change {count} record", "Change {count} records", count)
        self._do.setText(words.format(count=count) if count else _("Change them"))

    def _change(self) -> None:
        if self._plan is None or self._field is None:
            return
        try:
            self.changed = self._several.change(self._plan.changes, field=self._field.name, value=self._value)
        except UserError as error:
            # What the plan looked at changed in between: say so, nothing was written.
            self._words.setText(error.message)
            set_look(self._words, ink="error")
            return
        self.accept()


def plan_words(plan: Plan) -> str:
    """How many change, how many are so already, how many stay as they are."""
    count, left = len(plan.changes), len(plan.left)
    parts = [ngettext("{count} record will change", "{count} records will change", count).format(count=count)]
    if plan.same:
        parts.append(
            ngettext("{count} is so already", "{count} are so already", plan.same).format(count=plan.same)
        )
    if left:
        parts.append(ngettext("{count} can't change:", "{count} can't change:", left).format(count=left))
    return " · ".join(parts)
