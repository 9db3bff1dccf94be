"""What is in one package file, in plain words, without taking it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import line
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.services.home_words import month_words
from gzdesk.services.verdicts import REJECTED

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.exchange import Imported


class PackageDialog(QDialog):
    """Shows the contents and what is to be known of a file. Esc closes it.

    Raises UserError when the file can no longer be read, for the stick may be gone.
    """

    def __init__(self, shell: MainWindow, found: Imported) -> None:
        super().__init__(shell)
        theme = shell.theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What is in the file"))
        self.setMinimumWidth(theme.px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(label(_title(found), size="section", bold=True))
        column.addWidget(label(found.file.name, size="small", ink="ink3"))
        if found.verdict != REJECTED:
            column.addLayout(self._contents(shell, found))
        if found.reason:
            column.addWidget(line())
            column.addWidget(label(found.reason, bold=True, wrap=True))
            column.addWidget(label(found.hint, wrap=True))
        if found.detail:
            column.addWidget(
                label(_("Details: {words}").format(words=found.detail), size="small", ink="ink3", wrap=True)
            )
        if found.first_contact:
            words = _("First file from this PC. Compare its number on the phone: {number}")
            column.addWidget(label(words.format(number=found.first_contact), wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        close = Button(theme, _("Close"), key="Esc", kind="primary", on_click=self.accept)
        close.setDefault(True)
        row.addWidget(close)
        column.addLayout(row)

    def _contents(self, shell: MainWindow, found: Imported) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(shell.theme.px(16))
        grid.setVerticalSpacing(shell.theme.px(6))
        for at, row in enumerate(shell.workspace.exchange.inspect(found.file).contents):
            grid.addWidget(label(row.label, size="table", bold=True), at, 0)
            grid.addWidget(label(row.detail, size="table", ink="ink2", wrap=True), at, 1)
            grid.addWidget(label(row.count, size="table"), at, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        return grid


def _title(found: Imported) -> str:
    parts = [found.sender.label if found.sender else _("Unknown sender")]
    if found.months:
        parts.append(month_words(found.months[-1]))
    if found.number:
        parts.append(_("no. {number}").format(number=found.number))
    return "・".join(parts)
