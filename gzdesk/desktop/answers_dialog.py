"""What went down to each unit, in plain words, and who is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _
from gzdesk.services.contents import in_one_line

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.exchange import Exported, LeftOut

_WIDTH_PX, _HEIGHT_PX = 760, 520


class AnswersDialog(QDialog):
    """One line for each unit. Esc closes it."""

    def __init__(self, shell: MainWindow, written: Sequence[Exported], left_out: Sequence[LeftOut]) -> None:
        super().__init__(shell)
        theme = shell.theme
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What went down"))
        self.setMinimumSize(theme.px(_WIDTH_PX), theme.px(_HEIGHT_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(10))
        column.addWidget(label(_("What went down"), size="section", bold=True))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        firsts = [item for item in written if item.part == 1]
        lines = [(item.to.label, in_one_line(item.contents), "ink") for item in firsts]
        lines += [(item.unit.label, item.reason, "warn") for item in left_out]
        for at, (unit, words, ink) in enumerate(lines):
            grid.addWidget(label(unit, size="table", bold=True), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words, size="table", ink=ink, wrap=True), at, 1)
        grid.setRowStretch(len(lines), 1)
        column.addWidget(scroll_area(holder), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = Button(theme, _("Close"), key="Esc", kind="primary", on_click=self.accept)
        close.setDefault(True)
        row.addWidget(close)
        column.addLayout(row)
