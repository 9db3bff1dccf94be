"""The photos and scans of one record beside what was written down: one at a time, enlarged with Ctrl+O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gzdesk.desktop.photo_viewer import PhotoViewer
from gzdesk.desktop.widgets.buttons import Button, icon_button
from gzdesk.desktop.widgets.cards import Card
from gzdesk.desktop.widgets.file_tiles import image_of
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.theme import Theme
    from gzdesk.desktop.widgets.field_files import Noted

_LONG_SIDE_PX = 900
_LEAST_HEIGHT_PX = 120


class EvidenceLook(Card):
    """A picture, and the buttons to the next one. A file is opened only once its record is looked at for a moment."""

    def __init__(self, shell: MainWindow) -> None:
        super().__init__(shell.theme, _("Evidence"), margin=0)
        self._shell = shell
        self._evidence = shell.workspace.evidence
        self._files: tuple[Noted, ...] = ()
        self._views: list[tuple[int, int]] = []
        self._at = 0
        self._proves = ""
        self._canvas = _Picture(shell.theme)
        self.body.setContentsMargins(*[shell.theme.px(margin) for margin in (12, 10, 12, 10)])
        self.body.addWidget(self._canvas, 1)
        row = QHBoxLayout()
        row.setSpacing(shell.theme.px(8))
        self._steps = (
            icon_button(
                self.theme, "left", _("Previous"), name="look_previous", on_click=lambda: self.step(-1)
            ),
            icon_button(self.theme, "right", _("Next"), name="look_next", on_click=lambda: self.step(1)),
        )
        for button in self._steps:
            row.addWidget(button)
        row.addStretch(1)
        self._large = Button(
            self.theme,
            _("Enlarge"),
            key="" if self.theme.large else "Ctrl+O",  # it stands among the keys below as well
            icon="search",
            small=True,
            name="enlarge",
            on_click=self.enlarge,
        )
        row.addWidget(self._large)
        self.body.addLayout(row)
        # Going through a list with an arrow key must not wait for pictures that nobody looks at.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._draw)

    def show_files(self, files: Sequence[Noted], *, proves: str = "") -> None:
        """Show the first of these; `proves` says in words which record they belong to."""
        self._files, self._proves, self._at = tuple(files), proves, 0
        self._views = [
            (place, page)
            for place, noted in enumerate(self._files)
            for page in range(self._evidence.page_count(noted))
        ]
        self._show()

    def step(self, steps: int) -> None:
        """Go to a later or earlier one, round the ends."""
        if self._views:
            self._at = (self._at + steps) % len(self._views)
            self._show()

    def enlarge(self) -> None:
        """Show it over the whole window."""
        if self._views:
            place, _page = self._views[self._at]
            PhotoViewer(self._shell, self._files, current=place, proves=self._proves).exec()

    def _show(self) -> None:
        count = len(self._views)
        for button in self._steps:
            button.setEnabled(count > 1)
        self._large.setEnabled(count > 0)
        place = _("{number} of {count}").format(number=self._at + 1, count=count)
        self.set_subtitle(place if count else "")
        self._canvas.show_words("" if count else _("There is no photo or scan."))
        if count:
            self._timer.start()
        else:
            self._timer.stop()

    def _draw(self) -> None:
        if not self._views:
            return
        place, page = self._views[self._at]
        try:
            pixels = self._evidence.picture(self._files[place], long_side_px=_LONG_SIDE_PX, page=page)
        except UserError as error:
            self._canvas.show_words(error.message)
            return
        self._canvas.show_image(image_of(pixels))


class _Picture(QWidget):
    """The picture as large as there is room, or the sentence that says why there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._words = ""
        self.setMinimumHeight(theme.px(_LEAST_HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        """Show that one."""
        self._image, self._words = image, ""
        self.update()

    def show_words(self, words: str) -> None:
        """Show a sentence instead."""
        self._image, self._words = None, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("soft"))
        if self._image is None:
            painter.setPen(self._theme.color("ink2"))
            painter.setFont(self._theme.font("small"))
            painter.drawText(
                self.rect(), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._words
            )
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        painter.setPen(self._theme.color("line2"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
