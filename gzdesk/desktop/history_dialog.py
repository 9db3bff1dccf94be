"""The history of a record in words: who wrote it, who changed what from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.scrolled import scrolled
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.history import HistoryEntry


class HistoryDialog(QDialog):
    """All versions of a record, the latest first."""

    def __init__(self, shell: MainWindow, record_id: str) -> None:
        super().__init__(shell)
        self._theme = shell.theme
        self.setWindowTitle(_("Change history"))
        self.resize(self._theme.px(560), self._theme.px(480))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._theme.px(20)] * 4)
        column.setSpacing(self._theme.px(12))
        column.addWidget(label(_("Who wrote and changed this record"), size="section", bold=True))
        column.addWidget(self._entries(shell.workspace.records.history(record_id)), 1)
        row = QHBoxLayout()
        row.addWidget(label(_("Earlier figures are kept and never wiped out."), size="small", ink="ink3"), 1)
        row.addWidget(Button(self._theme, _("Close"), key="Esc", name="close_history", on_click=self.accept))
        column.addLayout(row)

    def _entries(self, entries: tuple[HistoryEntry, ...]) -> QScrollArea:
        holder = QWidget()
        holder.setProperty("role", "scrolled")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, self._theme.px(8), 0)
        column.setSpacing(self._theme.px(10))
        for entry in entries:
            self._add_entry(column, entry)
        column.addStretch(1)
        return scrolled(holder)

    def _add_entry(self, column: QVBoxLayout, entry: HistoryEntry) -> None:
        when = entry.when[:16].replace("T", " ")
        column.addWidget(label(f"{when} · {entry.who}", size="small", ink="ink2"))
        column.addWidget(label(entry.words, bold=True))
        for change in entry.changes:
            if entry.kind == "written" and not change.old:
                words = f"{change.label}  {change.new}"
            else:
                words = _("{label}: {old} became {new}").format(
                    label=change.label, old=change.old or _("nothing"), new=change.new or _("nothing")
                )
            column.addWidget(label(words, size="table", wrap=True))


def show_history(shell: MainWindow, record_id: str) -> None:
    """Show the dialog and wait; it is gone for good afterwards, for a hidden one would go on taking keys."""
    dialog = HistoryDialog(shell, record_id)
    dialog.exec()
    dialog.deleteLater()
