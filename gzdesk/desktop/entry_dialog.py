"""A few lines to fill in and one verb: what a list of the town is changed with. Esc leaves everything as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.desktop.widgets.texts import label
from gzdesk.domain.reading import FieldProblem
from gzdesk.domain.reading.dates import read_date
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_WIDTH_PX = 560


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One line: its name, its words, what stands there at first, and what is to be known about it."""

    name: str
    words: str
    text: str = ""
    help: str = ""


class EntryDialog(QDialog):
    """Enter goes down the lines and, from the last one, to the verb; Ctrl+Enter does it from anywhere.

    `save` gets what is written; what it refuses is said in the dialog, which stays open.
    """

    def __init__(
        self,
        shell: MainWindow,
        *,
        title: str,
        sentence: str,
        lines: Sequence[EntryLine],
        verb: str,
        save: Callable[[Mapping[str, str]], object],
    ) -> None:
        super().__init__(shell)
        self._shell, self._save = shell, save
        theme = shell.theme
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(_WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(14))
        column.addWidget(label(title, size="section", bold=True, wrap=True))
        if sentence:
            column.addWidget(label(sentence, size="table", ink="ink2", wrap=True))
        self._fields: dict[str, LineField] = {}
        column.addLayout(self._grid(lines))
        self._problem = label("", size="table", ink="error", wrap=True)
        self._problem.setObjectName("problem")
        self._problem.hide()
        column.addWidget(self._problem)
        column.addLayout(self._buttons(verb))

    def ask(self) -> bool:
        """Show it and wait; whether it was saved."""
        next(iter(self._fields.values())).setFocus(Qt.FocusReason.TabFocusReason)
        done = self.exec() == QDialog.DialogCode.Accepted
        self.deleteLater()
        return done

    def _grid(self, lines: Sequence[EntryLine]) -> QGridLayout:
        theme = self._shell.theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for at, line in enumerate(lines):
            field = LineField(theme)
            field.setObjectName(line.name)
            field.setAccessibleName(line.words)
            field.setText(line.text)
            field.advance.connect(lambda back, name=line.name: self._advance(name, back=back))
            self._fields[line.name] = field
            grid.addWidget(label(line.words, ink="ink2"), 2 * at, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(field, 2 * at, 1)
            if line.help:
                grid.addWidget(label(line.help, size="small", ink="ink3", wrap=True), 2 * at + 1, 1)
        return grid

    def _buttons(self, verb: str) -> QHBoxLayout:
        theme = self._shell.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addStretch(1)
        row.addWidget(
            Button(theme, _("Leave everything as it is"), key="Esc", name="answer_stay", on_click=self.reject)
        )
        self._do = Button(
            theme, verb, key="Ctrl+Enter", kind="primary", name="answer_save", on_click=self.save
        )
        self._do.setShortcut("Ctrl+Return")
        row.addWidget(self._do)
        return row

    def _advance(self, name: str, *, back: bool) -> None:
        fields = list(self._fields.values())
        at = list(self._fields).index(name) + (-1 if back else 1)
        target = self._do if at >= len(fields) else fields[max(0, at)]
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def save(self) -> None:
        """Do it with what is written."""
        try:
            self._save({name: field.text().strip() for name, field in self._fields.items()})
        except UserError as error:
            self._problem.setText(f"{error.message} {error.hint}".strip())
            self._problem.show()
            return
        self.accept()


def typed_day(shell: MainWindow, text: str) -> date:
    """The day that a typed text means, as in every form. Raises UserError when it means none."""
    try:
        return read_date(text, shell.workspace.context.parsing())
    except FieldProblem as problem:
        raise UserError(code="unreadable_value", message=problem.message, hint="") from problem
