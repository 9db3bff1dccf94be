"""The files that prove a record: their names, and a button that takes one more in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.texts import ElidedLabel
from gzdesk.i18n import gettext as _
from gzdesk.i18n import listed, ngettext

_FILTER = "*.jpg *.jpeg *.png *.pdf"


class FilesField(QWidget):
    """Names of the files and two buttons. `keep` takes a path in and returns what the record notes of it."""

    advance = Signal(bool)
    left = Signal()
    changed = Signal(object)

    def __init__(self, theme: Theme, *, keep: Callable[[str], dict[str, object] | None]) -> None:
        super().__init__()
        self._keep = keep
        self._files: list[dict[str, object]] = []
        self._names = ElidedLabel("", size="table", ink="ink2")
        self._add = _FileButton(theme, _("Add a file"), icon="clip", small=True, on_click=self._choose)
        self._add.moved.connect(self.advance)
        self._add.gone.connect(self.left)
        self._remove = _FileButton(
            theme, _("Take the last one off"), kind="link", small=True, on_click=self._take_off
        )
        self._remove.moved.connect(self.advance)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        row.addWidget(self._add)
        row.addWidget(self._names, 1)
        row.addWidget(self._remove)
        self.setFocusProxy(self._add)
        self.show_value(None)

    def show_value(self, files: Sequence[dict[str, object]] | None) -> None:
        """Show these files."""
        self._files = [dict(file) for file in files or ()]
        names = listed(str(file["name"]) for file in self._files)
        count = len(self._files)
        shown = ngettext("{count} file: {names}", "{count} files: {names}", count).format(
            count=count, names=names
        )
        self._names.setText(shown if self._files else _("No photo or scan yet."))
        self._remove.setVisible(bool(self._files))

    def set_state(self, state: str) -> None:
        """Files have no box to dress; the message beside them is enough."""

    def take_focus(self, *, append: bool = False) -> None:
        """Take the keyboard."""
        self._add.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self) -> None:
        """Ask for files, as the button does."""
        self._choose()

    def _choose(self) -> None:
        title = _("Choose photos or scans")
        words = _("Photos and scans ({endings})").format(endings=_FILTER)
        paths, _chosen = QFileDialog.getOpenFileNames(self.window(), title, "", words)
        self.add_paths(paths)

    def add_paths(self, paths: Sequence[str]) -> None:
        """Take these files in."""
        files = {file["sha256"]: file for file in self._files}
        for kept in map(self._keep, paths):
            if kept is not None:
                files.setdefault(kept["sha256"], kept)
        if len(files) > len(self._files):
            self._tell(list(files.values()))

    def _take_off(self) -> None:
        self._tell(self._files[:-1])

    def _tell(self, files: list[dict[str, object]]) -> None:
        self.show_value(files)
        self.changed.emit(files or None)


class _FileButton(Button):
    """A button in the row of fields: Enter moves on as in every field, Space presses."""

    moved = Signal(bool)
    gone = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field."""
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.moved.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.gone.emit()
