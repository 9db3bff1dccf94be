"""The texts of a report, each in a box of its own: as the records make them, to be rewritten before it is printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.field_other import NoteField
from gzdesk.desktop.widgets.scrolling import scroll_area
from gzdesk.desktop.widgets.texts import label
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.services.finishing import ReportText, TextPart

_KEPT_AFTER_MS = 1500  # a crash takes no more than that
_WIDTH, _HEIGHT = 760, 620
_BOX_LINES, _MOST_LINES = 4, 12
_CHARACTERS_IN_A_LINE = 44


class ReportTextDialog(QDialog):
    """Whatever is typed is kept; a part that is as the records make it follows them on. Esc goes back."""

    def __init__(self, shell: MainWindow, report: ReportText) -> None:
        super().__init__(shell)
        self._shell = shell
        self._theme = shell.theme
        self._report = report
        self._boxes: dict[str, NoteField] = {}
        self._resets: dict[str, Button] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEPT_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        self.setWindowTitle(report.label)
        self.resize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))
        self._build()
        QShortcut(QKeySequence("Ctrl+Return"), self, self.accept)

    def keep(self) -> None:
        """Keep what is typed on this PC."""
        self._timer.stop()
        texts = {key: box.text() for key, box in self._boxes.items()}
        self._shell.workspace.finishing.keep_as(self._report, texts)

    def accept(self) -> None:
        """Back to the pages."""
        self.keep()
        super().accept()

    def reject(self) -> None:
        """Esc keeps what was typed too."""
        self.keep()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """So does the cross of the window."""
        self.keep()
        super().closeEvent(event)

    # -- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(*[px(20)] * 4)
        column.setSpacing(px(10))
        column.addWidget(label(self._report.label, size="section", bold=True))
        words = _("The texts come from the records. What you change is kept while you type.")
        column.addWidget(label(words, size="table", ink="ink2", wrap=True))
        holder = QWidget()
        parts = QVBoxLayout(holder)
        parts.setContentsMargins(0, 0, px(10), 0)
        parts.setSpacing(px(6))
        for part in self._report.parts:
            self._add(parts, part)
        parts.addStretch(1)
        column.addWidget(scroll_area(holder), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        done = Button(
            self._theme,
            _("Show the pages"),
            key="Ctrl+Enter",
            kind="primary",
            name="done",
            on_click=self.accept,
        )
        row.addWidget(done)
        column.addLayout(row)

    def _add(self, column: QVBoxLayout, part: TextPart) -> None:
        head = QHBoxLayout()
        title = label(part.heading, bold=True)
        head.addWidget(title, 1)
        reset = Button(
            self._theme,
            _("As the records say"),
            icon="refresh",
            kind="link",
            name=f"reset_{part.key}",
            on_click=partial(self._reset, part),
        )
        head.addWidget(reset)
        box = NoteField(self._theme)
        box.setObjectName(f"part_{part.key}")
        box.setAccessibleName(part.heading)
        title.setBuddy(box)
        box.show_text(part.text)
        box.setFixedHeight(self._box_height(part.text, box))
        box.typed.connect(partial(self._typed, part))
        column.addLayout(head)
        column.addWidget(box)
        self._boxes[part.key], self._resets[part.key] = box, reset
        self._follow(part)

    def _box_height(self, text: str, box: NoteField) -> int:
        lines = sum(1 + len(line) // _CHARACTERS_IN_A_LINE for line in text.splitlines())
        shown = min(max(_BOX_LINES, lines + 1), _MOST_LINES)
        return shown * box.fontMetrics().lineSpacing() + self._theme.px(16)

    def _typed(self, part: TextPart, _text: str) -> None:
        self._follow(part)
        self._timer.start()

    def _reset(self, part: TextPart) -> None:
        box = self._boxes[part.key]
        box.show_text(part.from_data)
        self._typed(part, part.from_data)
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, part: TextPart) -> None:
        """The way back to the records is there only where something was changed."""
        self._resets[part.key].setVisible(self._boxes[part.key].text() != part.from_data)
