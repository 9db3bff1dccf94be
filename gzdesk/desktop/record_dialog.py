"""One record to look at, item by item, with its history; nothing can be changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gzdesk.desktop.history_dialog import show_history
from gzdesk.desktop.photo_viewer import PhotoViewer
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.chips import Chip
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.services.evidence import noted_files

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_LABEL_WIDTH = 130


class RecordDialog(QDialog):
    """Shows a record of any unit. Raises UserError when it is not there any more. Esc closes it."""

    def __init__(self, shell: MainWindow, record_id: str) -> None:
        super().__init__(shell)
        self._shell, self._record_id = shell, record_id
        theme = shell.theme
        view = shell.workspace.records.get(record_id)
        record_type = shell.workspace.types.get(view.record.type)
        title = record_type.label if record_type else view.record.type
        self._files = noted_files(view.record.values)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(theme.px(620), theme.px(560))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(12))
        head = QHBoxLayout()
        unit = shell.workspace.units.find(view.record.unit)
        words = "・".join(part for part in (unit.label if unit else "", title) if part)
        head.addWidget(label(words, size="section", bold=True), 1)
        if view.record.heads > 1:
            head.addWidget(Chip(_("changed on both sides"), "warn"))
        column.addLayout(head)
        names = [(item.name, item.label) for item in record_type.fields] if record_type else []
        rows = [(words, view.texts[name]) for name, words in names if name in view.texts]
        column.addWidget(_table(shell, rows or list(view.texts.items())), 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Button(self._shell.theme, _("History"), icon="history", on_click=self._show_history))
        if self._files:
            row.addWidget(
                Button(
                    self._shell.theme,
                    _("Photos and scans"),
                    key=str(len(self._files)),
                    icon="eye",
                    name="photos",
                    on_click=self._show_files,
                )
            )
        row.addStretch(1)
        close = Button(self._shell.theme, _("Close"), key="Esc", kind="primary", on_click=self.accept)
        close.setDefault(True)
        row.addWidget(close)
        return row

    def _show_files(self) -> None:
        PhotoViewer(self._shell, self._files, proves=self.windowTitle()).exec()

    def _show_history(self) -> None:
        show_history(self._shell, self._record_id)


def _table(shell: MainWindow, rows: list[tuple[str, str]]) -> QScrollArea:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setHorizontalSpacing(shell.theme.px(14))
    grid.setVerticalSpacing(shell.theme.px(8))
    for at, (words, text) in enumerate(rows):
        title = label(words, size="table", ink="ink2")
        title.setFixedWidth(shell.theme.px(_LABEL_WIDTH))
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(title, at, 0)
        grid.addWidget(label(text, size="table", wrap=True), at, 1)
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(len(rows), 1)
    return scroll_area(holder)
