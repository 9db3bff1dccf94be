"""A number that is kept sealed: hidden but for its ends until the person presses the eye, and hidden again after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.field_line import LineField
from gzdesk.domain.masking import STAR
from gzdesk.i18n import gettext as _

KEY = "Alt+V"


class SealedField(LineField):
    """What stands in it hidden stays as it is when the form is saved; typing replaces it."""

    def __init__(self, theme: Theme, *, reveal: Callable[[], str]) -> None:
        super().__init__(theme)
        self._reveal = reveal
        eye = self.addAction(theme.icon("eye", "ink2"), QLineEdit.ActionPosition.TrailingPosition)
        eye.setObjectName("reveal")
        eye.setToolTip(_("Show the whole number (Alt+V)"))
        eye.triggered.connect(self.show_whole)

    def show_whole(self) -> None:
        """Show the whole number until the cursor leaves; the form itself goes on holding the hidden one."""
        if STAR in self.text():
            whole = self._reveal()
            if whole:
                self.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.setText(whole)
                self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+V presses the eye."""
        if event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.show_whole()
            return
        super().keyPressEvent(event)
