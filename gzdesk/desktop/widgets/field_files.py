"""The files that prove a record: small pictures of them, and buttons to add one, enlarge it and take it off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.file_tiles import FileSource, FileTiles
from gzdesk.desktop.widgets.texts import ElidedLabel
from gzdesk.i18n import gettext as _
from gzdesk.i18n import ngettext

Noted = dict[str, object]
Taken = Callable[[Sequence[Noted]], object]


class FileTools(FileSource, Protocol):
    """What the field asks of the form it stands in."""

    def choose(self, parent: QWidget, then: Taken) -> None:
        """Ask for files and take them in."""

    def take_in(self, paths: Sequence[Path], then: Taken) -> None:
        """Take files in off the window's thread, then call `then` with what the record notes of them."""

    def show_files(
        self, files: Sequence[Noted], current: int, on_changed: Callable[[int, Noted], object]
    ) -> None:
        """Enlarge these files, beginning with one; `on_changed` hears of a photo that was turned."""


class FilesField(QWidget):
    """Small pictures under a line of buttons. Nothing is read until a file is to be shown."""

    advance = Signal(bool)
    left = Signal()
    changed = Signal(object)

    def __init__(self, theme: Theme, *, tools: FileTools) -> None:
        super().__init__()
        self._tools = tools
        self._files: list[Noted] = []
        self._words = ElidedLabel("", size="table", ink="ink2")
        self._add = _FileButton(
            theme,
            _("Add a file"),
            key="Insert",
            icon="clip",
            small=True,
            name="add_file",
            on_click=self.choose,
        )
        self._enlarge = _FileButton(
            theme, _("Enlarge"), key="Ctrl+O", kind="link", small=True, name="enlarge", on_click=self.enlarge
        )
        self._remove = _FileButton(
            theme, _("Take it off"), kind="link", small=True, name="take_off", on_click=self._take_off
        )
        self.tiles = FileTiles(theme, tools)
        self.tiles.setObjectName("file_tiles")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self._add)
        row.addWidget(self._words, 1)
        for button in (self._enlarge, self._remove):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addLayout(row)
        column.addWidget(self.tiles)
        self.setFocusProxy(self._add)
        self._hear()
        self.show_value(None)

    def _hear(self) -> None:
        for button in (self._add, self._enlarge, self._remove):
            button.moved.connect(self.advance)
            button.gone.connect(self.left)
        self.tiles.advance.connect(self.advance)
        self.tiles.left.connect(self.left)
        self.tiles.opened.connect(lambda _place: self.enlarge())
        self.tiles.taken_off.connect(lambda _place: self._take_off())

    def show_value(self, files: Sequence[Noted] | None) -> None:
        """Show these files."""
        self._files = [dict(file) for file in files or () if isinstance(file.get("sha256"), str)]
        count = len(self._files)
        shown = ngettext("{count} file", "{count} files", count).format(count=count)
        self._words.setText(shown if count else _("Drop photos or scans here, or paste them with Ctrl+V."))
        self.tiles.setVisible(count > 0)
        self.tiles.show_files(self._files)
        for button in (self._enlarge, self._remove):
            button.setVisible(count > 0)

    @property
    def files(self) -> tuple[Noted, ...]:
        """What the record will note."""
        return tuple(self._files)

    def set_state(self, state: str) -> None:
        """Files have no box to dress; the message beside them is enough."""

    def take_focus(self, *, append: bool = False) -> None:
        """Take the keyboard."""
        self._add.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self) -> None:
        """Ask for files, as the button does."""
        self._tools.choose(self, self.add_noted)

    def add_paths(self, paths: Sequence[str]) -> None:
        """Take these files and folders in."""
        if paths:
            self._tools.take_in([Path(path) for path in paths], self.add_noted)

    def add_noted(self, noted: Sequence[Noted]) -> None:
        """Add files that were taken in; one that is here already is not added twice."""
        files = {file["sha256"]: file for file in self._files}
        for file in noted:
            files.setdefault(file["sha256"], file)
        if len(files) > len(self._files):
            self._tell(list(files.values()))

    def enlarge(self) -> None:
        """Show the chosen file large."""
        if self._files:
            self._tools.show_files(self._files, self.tiles.current, self._exchange)

    def _exchange(self, place: int, noted: Mapping[str, object]) -> None:
        files = list(self._files)
        if place < len(files) and files[place]["sha256"] != noted["sha256"]:
            files[place] = dict(noted)
            self._tell(files)

    def _take_off(self) -> None:
        place = self.tiles.current
        self._tell([file for number, file in enumerate(self._files) if number != place])

    def _tell(self, files: list[Noted]) -> None:
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
