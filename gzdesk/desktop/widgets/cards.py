"""Cards: white boxes with a head, rows and a foot, from which pages are laid out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.texts import ElidedLabel, label

HEAD_HEIGHT = 44


class Card(QFrame):
    """A white box. `body` is its layout below the head; without a title there is no head."""

    def __init__(self, theme: Theme, title: str = "", subtitle: str = "", *, margin: int = 16) -> None:
        super().__init__()
        self.theme = theme
        self.setProperty("role", "card")
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(1, 1, 1, 1)
        self.outer.setSpacing(0)
        self.title: QLabel | None = None
        self.subtitle: ElidedLabel | None = None
        self.head: QHBoxLayout | None = None
        if title:
            self._add_head(title, subtitle)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*[theme.px(margin)] * 4)
        self.body.setSpacing(theme.px(8))
        self.outer.addLayout(self.body)

    def set_subtitle(self, text: str) -> None:
        """Change the words beside the title."""
        assert self.subtitle is not None
        self.subtitle.setText(text)

    def fill_head(self, widget: QWidget) -> None:
        """Put a widget beside the title, in place of the subtitle."""
        assert self.head is not None
        assert self.subtitle is not None
        self.head.removeWidget(self.subtitle)
        self.subtitle.hide()
        self.head.addWidget(widget, 1)

    def add_foot(self) -> QHBoxLayout:
        """A strip at the bottom for buttons; returns its layout."""
        foot = QFrame()
        foot.setProperty("role", "card_foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(*[self.theme.px(m) for m in (16, 10, 16, 10)])
        row.setSpacing(self.theme.px(12))
        self.outer.addWidget(foot)
        return row

    def _add_head(self, title: str, subtitle: str) -> None:
        head = QFrame()
        head.setProperty("role", "card_head")
        head.setFixedHeight(self.theme.px(HEAD_HEIGHT))
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(self.theme.px(16), 0, self.theme.px(12), 0)
        self.head.setSpacing(self.theme.px(8))
        self.title = label(title, size="section", bold=True)
        self.subtitle = ElidedLabel(subtitle, size="small", ink="ink2")
        self.head.addWidget(self.title)
        self.head.addWidget(self.subtitle, 1)
        self.outer.addWidget(head)


class Row(QFrame):
    """One line of a card, ruled off below."""

    def __init__(
        self, theme: Theme, *, last: bool = False, margins: tuple[int, ...] = (16, 8, 16, 8)
    ) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setProperty("last", last)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(*[theme.px(margin) for margin in margins])
        self.line.setSpacing(theme.px(12))


class IconBox(QLabel):
    """A line icon on a square of the colours of a tone, or of the primary colour."""

    def __init__(self, theme: Theme, icon: str, tone: str, *, side: int = 36, icon_px: int = 20) -> None:
        super().__init__()
        self._theme = theme
        palette = theme.palette
        found = palette.tone(tone) if tone != "primary" else None
        ink, self._ground = (found.ink, found.ground) if found else (palette.on_primary, palette.primary)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(theme.px(side), theme.px(side))
        self.setPixmap(theme.pixmap(icon, ink, icon_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square, then the icon on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(self.rect(), self._theme.px(5), self._theme.px(5))
        painter.end()
        super().paintEvent(event)


def line() -> QFrame:
    """A thin rule from side to side."""
    rule = QFrame()
    rule.setProperty("role", "line")
    return rule


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it; for parts that are built again from fresh data."""
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QLayout):
            clear_layout(inner)
