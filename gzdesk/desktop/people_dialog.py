"""Who was there: a tick and a figure for each person of a list, all written down in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.field_completion import Option
from gzdesk.desktop.widgets.field_editors import EditorTools, make_editor
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.field_other import CheckField, NoteField
from gzdesk.desktop.widgets.pills import Pills
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.domain.record_type import Field, RecordType
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.widgets.field_files import FileTools
    from gzdesk.services.person_rows import Person, PersonSheet

_WIDTH_PX, _HEIGHT_PX, _FIGURE_PX = 620, 600, 96


class PersonLine:
    """One person: a box with the name, the figure beside it. Who is written down already cannot be ticked again."""

    def __init__(self, shell: MainWindow, person: Person, *, field: Field) -> None:
        self.person = person
        self.box = CheckField(person.name)
        self.box.setObjectName(f"person_{person.id}")
        self.figure = LineField(shell.theme)
        self.figure.setFixedWidth(shell.theme.px(_FIGURE_PX))
        self.figure.setAccessibleName(f"{person.name} {field.label}")
        self.done = bool(person.figure)
        if self.done:
            self.box.show_tick(True)
            self.figure.setText(person.figure)
        self.box.setEnabled(not self.done)
        self.figure.setEnabled(False)

    @property
    def ticked(self) -> bool:
        """Whether this person is to be written down."""
        return self.box.isChecked() and not self.done


class PeopleDialog(QDialog):
    """The list for one record, such as a training; with pills when it has lists of more than one kind."""

    def __init__(
        self, shell: MainWindow, parent: QWidget, record_id: str, children: Sequence[RecordType]
    ) -> None:
        super().__init__(parent)
        self._shell, self._record_id, self._children = shell, record_id, tuple(children)
        self._rows = shell.workspace.person_rows
        self.written = 0
        self._sheet: PersonSheet
        self._lines: list[PersonLine] = []
        self._same: dict[str, LineField | NoteField] = {}
        theme = shell.theme
        self.setMinimumSize(theme.px(_WIDTH_PX), theme.px(_HEIGHT_PX))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[theme.px(20)] * 4)
        self._column.setSpacing(theme.px(12))
        self._holder = QWidget()
        self._column.addWidget(self._holder, 1)
        self._words = label("", size="table", ink="ink2", wrap=True)
        self._column.addWidget(self._words)
        self._column.addLayout(self._buttons())
        self._open(self._children[0].id)

    def ask(self) -> int:
        """Show it and wait; returns how many were written."""
        self._focus_first()
        self.exec()
        self.deleteLater()
        return self.written

    # -- building ------------------------------------------------------------------------------

    def _open(self, child_id: str) -> None:
        self._sheet = self._rows.open(self._record_id, child_id=child_id)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._shell.theme.px(10))
        self.setWindowTitle(self._sheet.child.label)
        column.addWidget(label(self._sheet.child.label, size="section", bold=True))
        column.addWidget(label(self._sheet.title, size="table", ink="ink2", wrap=True))
        if len(self._children) > 1:
            pills = [(item.id, item.label) for item in self._children]
            column.addWidget(
                Pills(pills, chosen=child_id, on_choose=self._open), 0, Qt.AlignmentFlag.AlignLeft
            )
        column.addLayout(self._same_for_all())
        column.addWidget(self._people(), 1)
        self._column.replaceWidget(self._holder, holder)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = holder
        self._show_count()
        self._focus_first()

    def _same_for_all(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._shell.theme.px(10))
        grid.setVerticalSpacing(self._shell.theme.px(8))
        grid.setColumnStretch(1, 1)
        self._same = {}
        tools = EditorTools(
            theme=self._shell.theme,
            today=self._shell.workspace.mint.today,
            complete=self._complete,
            files=cast("FileTools", None),  # items with files are never the same for all
        )
        editors: list[LineField | NoteField] = []
        for row, field in enumerate(self._sheet.asked):
            editor = make_editor(field, tools)
            assert isinstance(editor, (LineField, NoteField))
            grid.addWidget(label(field.label, ink="ink2"), row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(editor, row, 1)
            self._same[field.name] = editor
            editors.append(editor)
        for editor, following in zip_longest(editors, editors[1:]):
            editor.advance.connect(partial(self._after_same, following))
        return grid

    def _people(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, self._shell.theme.px(8), 0)
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(self._shell.theme.px(2))
        self._lines = [
            PersonLine(self._shell, person, field=self._sheet.figure) for person in self._sheet.people
        ]
        for row, line in enumerate(self._lines):
            grid.addWidget(line.box, row, 0)
            grid.addWidget(line.figure, row, 1)
            grid.addWidget(label(self._sheet.figure.unit_label, size="table", ink="ink2"), row, 2)
            line.box.ticked.connect(partial(self._on_tick, row))
            line.box.advance.connect(partial(self._next, row))
            line.figure.advance.connect(partial(self._next, row))
            line.figure.typed.connect(lambda _text: self._show_count())
        if not self._lines:
            words = _("Nobody is on the register yet. Add people there first.")
            grid.addWidget(label(words, size="table", ink="ink2", wrap=True), 0, 0)
        grid.setRowStretch(len(self._lines) + 1, 1)
        self._area = scroll_area(holder)
        return self._area

    def _buttons(self) -> QHBoxLayout:
        theme = self._shell.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(Button(theme, _("Tick all"), kind="link", name="tick_all", on_click=self._tick_all))
        row.addStretch(1)
        row.addWidget(Button(theme, _("Leave it"), name="answer_stay", on_click=self.reject))
        self._do = Button(
            theme, "-", key="Ctrl+Enter", kind="primary", name="answer_write", on_click=self._write
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._bind(keys, self._do.click)
        row.addWidget(self._do)
        return row

    def _bind(self, keys: str, action: Callable[[], object]) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        QShortcut(QKeySequence(keys), self).activated.connect(action)

    # -- what the person does ------------------------------------------------------------------

    def _complete(self, field: Field, text: str) -> Sequence[Option]:
        found = self._shell.workspace.records.complete(
            type_id=self._sheet.child.id, field=field.name, text=text
        )
        return tuple(Option(value=item.value, text=item.text) for item in found)

    def _focus_first(self) -> None:
        first = next(iter(self._same.values()), None) or next(
            (line.box for line in self._lines if not line.done), self._do
        )
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _after_same(self, following: QWidget | None, _back: bool) -> None:
        if following is None:
            self._next(-1, False)
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_tick(self, row: int, ticked: bool) -> None:
        line = self._lines[row]
        line.figure.setEnabled(ticked)
        if ticked and not line.figure.text():
            line.figure.setText(self._figure_before(row) or self._sheet.usual)
        self._show_count()

    def _figure_before(self, row: int) -> str:
        """The figure of whoever was ticked last above: most stayed as long as each other."""
        return next(
            (
                line.figure.text()
                for line in reversed(self._lines[:row])
                if line.ticked and line.figure.text()
            ),
            "",
        )

    def _next(self, row: int, back: bool) -> None:
        line = self._lines[row] if row >= 0 else None
        if line is not None and line.ticked and not line.figure.text() and not back:
            line.figure.take_focus()
            return
        order = range(row - 1, -1, -1) if back else range(row + 1, len(self._lines))
        target = next((self._lines[at].box for at in order if not self._lines[at].done), None)
        if target is not None:
            target.take_focus()
            self._area.ensureWidgetVisible(target)
        elif not back:
            self._do.setFocus(Qt.FocusReason.TabFocusReason)

    def _tick_all(self) -> None:
        for line in self._lines:
            if not line.done:
                line.box.setChecked(True)

    def _show_count(self) -> None:
        count = sum(line.ticked for line in self._lines)
        words = ngettext("Write down {count} person", "Write down {count} people", count)
        self._do.setText(f"{words.format(count=count)} Ctrl+Enter")
        self._do.setEnabled(count > 0)
        self._words.setText("")

    def _write(self) -> None:
        figures = {line.person.id: line.figure.text() for line in self._lines if line.ticked}
        same: Mapping[str, str] = {name: editor.text() for name, editor in self._same.items()}
        try:
            self.written = self._rows.save(
                self._record_id, child_id=self._sheet.child.id, figures=figures, same=same
            )
        except UserError as error:
            self._words.setText(f"{error.message}{error.hint}")
            set_look(self._words, ink="error")
            return
        self.accept()
