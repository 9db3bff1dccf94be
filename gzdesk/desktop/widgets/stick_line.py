"""Which stick is used: found by itself when there is one, asked for when there are several or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from gzdesk.desktop.sticks import Stick, size_words, stick_at, sticks
from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.texts import ElidedLabel
from gzdesk.i18n import gettext as _

_LOOK_EVERY_MS = 3000


class StickLine(QWidget):
    """The stick in words, a chooser when there are several, and a button for any other folder."""

    changed = Signal()

    def __init__(self, theme: Theme, fixed_folder: Callable[[], str]) -> None:
        super().__init__()
        self._fixed_folder = fixed_folder
        self._found: tuple[Stick, ...] = ()
        self._chosen_folder: Path | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self._words = ElidedLabel("", size="small", ink="ink2")
        self._list = QComboBox()
        self._list.setObjectName("sticks")
        self._list.activated.connect(lambda _at: self.changed.emit())
        row.addWidget(self._words, 1)
        row.addWidget(self._list)
        row.addWidget(
            Button(
                theme, _("Another folder"), kind="link", small=True, on_click=self.ask, name="choose_folder"
            )
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.look()

    @property
    def stick(self) -> Stick | None:
        """The stick to use; None when there is none, or several and none was chosen."""
        if self._chosen_folder is not None:
            return stick_at(self._chosen_folder) if self._chosen_folder.is_dir() else None
        if len(self._found) == 1:
            return self._found[0]
        at = self._list.currentIndex()
        return self._found[at] if 0 <= at < len(self._found) else None

    @property
    def must_choose(self) -> bool:
        """Whether several sticks are plugged in and none was chosen yet."""
        return self._chosen_folder is None and len(self._found) > 1 and self.stick is None

    def look(self) -> None:
        """See which sticks are there now."""
        found = sticks(self._fixed_folder())
        # The room on a stick changes with every file: only another stick makes people choose again.
        others = [stick.folder for stick in found] != [stick.folder for stick in self._found]
        self._found = found
        if others:
            self._list.clear()
            self._list.addItems([stick.label for stick in found])
            self._list.setCurrentIndex(0 if len(found) == 1 else -1)
            self._list.setPlaceholderText(_("Choose the stick"))
            self.changed.emit()
        self._list.setVisible(self._chosen_folder is None and len(found) > 1)
        self._words.setText(self._in_words())

    def ask(self) -> bool:
        """Let the person choose any folder; False when they gave up."""
        name = QFileDialog.getExistingDirectory(self, _("Choose the stick or a folder"), str(Path.home()))
        if name:
            self.use(Path(name))
        return bool(name)

    def use(self, folder: Path) -> None:
        """Use that folder."""
        self._chosen_folder = folder
        self.look()
        self.changed.emit()

    def choose_from_list(self) -> None:
        """Put the cursor on the list of sticks; arrows choose."""
        self._list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks while the page is in front."""
        self._timer.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking."""
        self._timer.stop()
        super().hideEvent(event)

    def _in_words(self) -> str:
        stick = self.stick
        if stick is None:
            return _("no stick found") if not self._found else _("several sticks")
        if stick.free_bytes < 0:
            return _("stick: {name}").format(name=stick.label)
        return _("stick: {name}, {free} free").format(name=stick.label, free=size_words(stick.free_bytes))
