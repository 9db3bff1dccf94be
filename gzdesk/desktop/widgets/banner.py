"""The large box that says how a job ended, or what to press to begin it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from gzdesk.desktop.theme import Theme
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.desktop.widgets.cards import clear_layout
from gzdesk.desktop.widgets.texts import label, set_look

_ICONS = {"ok": "check", "warn": "warning", "error": "cross", "info": "info", "neutral": "stick"}
_HEIGHT = 112
_DISC_PX = 60
_MARGIN_PX = 12


class Banner(QFrame):
    """An icon, a headline, a sentence and at most two buttons, in the colours of a tone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: tuple[Button, ...] = ()
        self._headline_px = 0
        self._stack = QWidget()
        self.setProperty("banner", "neutral")
        self._places = QGridLayout(self)
        self._places.setContentsMargins(*[theme.px(margin) for margin in (24, _MARGIN_PX, 24, _MARGIN_PX)])
        self._places.setHorizontalSpacing(theme.px(22))
        self._places.setVerticalSpacing(theme.px(8))
        self._places.setColumnStretch(1, 1)
        # Not a least height of the box: that would count for more than what the words need.
        self._places.setRowMinimumHeight(0, theme.px(_HEIGHT - 2 * _MARGIN_PX))
        self.headline = ""

    def show_result(self, tone: str, headline: str, words: str, *buttons: Button) -> None:
        """Show how it ended, or what to do."""
        clear_layout(self._places)
        set_look(self, banner=tone)
        self.headline = headline
        self._buttons = buttons
        self._places.addWidget(_Disc(self._theme, tone), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(self._theme.px(4))
        column.addStretch(1)
        size = "hero" if tone == "ok" else "quick"
        self._headline_px = QFontMetrics(self._theme.font(size, bold=True)).horizontalAdvance(headline)
        column.addWidget(_line(headline, size=size, bold=True))
        column.addWidget(_line(words, size="body", bold=False))
        column.addStretch(1)
        self._places.addLayout(column, 0, 1)
        self._stack = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._stack)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        for button in buttons:
            row.addWidget(button)
        self._place_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find room for the buttons in the new width."""
        super().resizeEvent(event)
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Beside the words, or below them where the headline would be squeezed."""
        row = self._stack.layout()
        if not isinstance(row, QBoxLayout):
            return
        stacked_px = max((button.sizeHint().width() for button in self._buttons), default=0)
        side = self._theme.px(2 * 24 + 2 * 22 + _DISC_PX)
        beside = self._headline_px <= self.width() - side - stacked_px
        row.setDirection(QBoxLayout.Direction.TopToBottom if beside else QBoxLayout.Direction.LeftToRight)
        self._places.removeWidget(self._stack)
        if beside:
            self._places.addWidget(self._stack, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._places.addWidget(self._stack, 1, 0, 1, 3, Qt.AlignmentFlag.AlignRight)

    def show_working(self, words: str) -> None:
        """Say that work is going on, without buttons."""
        self.show_result("neutral", words, "")

    def focus_button(self) -> None:
        """Put the cursor on the first button."""
        if self._buttons:
            self._buttons[0].setFocus()


def _line(text: str, *, size: str, bold: bool) -> QLabel:
    line = label(text, size=size, bold=bold, wrap=True)
    line.setProperty("banner_ink", bold)
    return line


class _Disc(QWidget):
    """The icon on a full circle of the tone's ink."""

    def __init__(self, theme: Theme, tone: str) -> None:
        super().__init__()
        self._theme, self._tone = theme, tone
        self.setFixedSize(theme.px(_DISC_PX), theme.px(_DISC_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and icon."""
        theme = self._theme
        palette = theme.palette
        found = palette.tone(self._tone)
        ink, ground = (palette.accent, palette.soft) if self._tone == "neutral" else (found.ink, found.ground)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawEllipse(self.rect())
        picture = theme.pixmap(_ICONS[self._tone], ground, 34)
        side = theme.px(34)
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))
