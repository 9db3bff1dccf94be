"""Buttons: a verb and its object, the key after them, one primary on a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from gzdesk.desktop.theme import Theme

_ICON_INK = {"primary": "on_primary", "danger": "weekend", "link": "accent"}
_ICON_PX = 18


class Button(QPushButton):
    """One button. `kind`: normal, primary, danger or link. Enter presses it as well as Space."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str = "",
        icon: str = "",
        kind: str = "normal",
        small: bool = False,
        name: str = "",
        on_click: Callable[[], object] | None = None,
    ) -> None:
        # Qt leaves no room between icon and words, and a stylesheet cannot ask for any.
        super().__init__(f"{' ' if icon and text else ''}{text} {key}".rstrip())
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setProperty("square", not text)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if on_click is not None:
            self.clicked.connect(lambda: on_click())
        if icon:
            self.setIcon(theme.icon(icon, _ICON_INK.get(kind, "ink"), _ICON_PX))
            self.setIconSize(QSize(theme.px(_ICON_PX), theme.px(_ICON_PX)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button: people who type do not know that Qt wants Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


def icon_button(
    theme: Theme, icon: str, tip: str, *, name: str = "", on_click: Callable[[], object] | None = None
) -> Button:
    """A square button with a picture only; `tip` is what it does, for the pointer and for screen readers."""
    button = Button(theme, "", icon=icon, small=True, name=name, on_click=on_click)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
