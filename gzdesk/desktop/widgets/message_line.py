"""The inline line above the status bar: what was just done, or what went wrong and what to do now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button, icon_button
from gzdesk.desktop.widgets.texts import label, set_look
from gzdesk.i18n import gettext as _

_SECONDS_SHOWN = 8
_ICONS = {"ok": "check", "warn": "warning", "error": "warning"}


class MessageLine(QFrame):
    """One sentence. Good news goes by itself; bad news stays until it is closed or the page changes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "message")
        self.setProperty("tone", "ok")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(6), theme.px(12), theme.px(6))
        row.setSpacing(theme.px(10))
        self._icon = QLabel()
        self._text = label(size="table", wrap=True)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        self._link = Button(theme, _("Show"), kind="link", small=True, name="message_link")
        self._link.clicked.connect(self._follow)
        self._on_link: Callable[[], object] = self.hide
        row.addWidget(self._link)
        row.addWidget(icon_button(theme, "cross", _("Close this line"), on_click=self.hide))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(
        self, sentence: str, tone: str = "ok", *, link: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        """Show a sentence; `tone` is ok, warn or error. A `link` is words to press and what they do."""
        self._link.setVisible(link is not None)
        if link is not None:
            self._link.setText(link[0])
            self._on_link = link[1]
        ink = self._theme.palette.tone(tone).ink
        self._icon.setPixmap(self._theme.pixmap(_ICONS[tone], ink, 20))
        self._text.setText(sentence)
        set_look(self, tone=tone)
        for part in (self._icon, self._text):
            set_look(part)
        self.show()
        if tone == "ok":
            self._timer.start(_SECONDS_SHOWN * 1000)
        else:
            self._timer.stop()

    def _follow(self) -> None:
        self.hide()
        self._on_link()

    def text(self) -> str:
        """The sentence shown, or an empty text."""
        return self._text.text() if self.isVisible() else ""
