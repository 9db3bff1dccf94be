"""Photos and scans in large: to the next one with an arrow, larger, turned, copied out; with what they prove."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gzdesk.desktop.widgets.buttons import Button, icon_button
from gzdesk.desktop.widgets.file_tiles import image_of
from gzdesk.desktop.widgets.texts import ElidedLabel, label
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow
    from gzdesk.desktop.theme import Theme
    from gzdesk.desktop.widgets.field_files import Noted

ZOOMS = (1.0, 1.5, 2.0, 3.0)
_DRAWN_PX = 2400  # a scanned page must stay sharp when it is enlarged
_SHARE_OF_WINDOW = 0.94


class _Canvas(QWidget):
    """The picture in the middle of as much room as there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image: QImage | None = None
        self.words = ""

    def lay_out(self, room: QSize, zoom: float) -> None:
        """At 1.0 all of it can be seen; more enlarges that."""
        size = room
        if self.image is not None:
            fitted = self.image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            size = QSize(round(fitted.width() * zoom), round(fitted.height() * zoom)).expandedTo(room)
        self._zoom, self._room = zoom, room
        self.setFixedSize(size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, or the sentence that says why there is none."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("status_bar"))
        if self.image is None:
            painter.setPen(self._theme.color("ink"))
            painter.setFont(self._theme.font("section"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(40, 40, -40, -40), flags, self.words)
        else:
            fitted = self.image.size().scaled(self._room, Qt.AspectRatioMode.KeepAspectRatio) * self._zoom
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            left, top = (self.width() - fitted.width()) // 2, (self.height() - fitted.height()) // 2
            painter.drawImage(
                self.rect().adjusted(
                    left, top, fitted.width() + left - self.width(), fitted.height() + top - self.height()
                ),
                self.image,
            )
        painter.end()


class PhotoViewer(QDialog):
    """Shows files one after another, scans page by page. Esc closes it and keeps what was turned."""

    def __init__(
        self,
        shell: MainWindow,
        files: Sequence[Noted],
        *,
        current: int = 0,
        proves: str = "",
        open_record: Callable[[], object] | None = None,
        on_changed: Callable[[int, Noted], object] | None = None,
    ) -> None:
        """`proves` says in words which record they belong to; without `on_changed` nothing can be turned for good."""
        super().__init__(shell)
        self._theme = shell.theme
        self._evidence = shell.workspace.evidence
        self._files = [dict(noted) for noted in files]
        self._on_changed = on_changed
        self._open_record = open_record
        self._views = self._all_views()
        self._at = next((at for at, (file, _page) in enumerate(self._views) if file == current), 0)
        self._turns = 0
        self._zoom = 0
        self.setWindowTitle(_("Photos and scans"))
        room = shell.window().size()
        self.resize(round(room.width() * _SHARE_OF_WINDOW), round(room.height() * _SHARE_OF_WINDOW))
        self._build(proves)
        self._bind_keys()
        self._show()

    # -- what people do ------------------------------------------------------------------------

    def step(self, steps: int) -> None:
        """Go to a later or earlier picture, round the ends."""
        self._keep_turned()
        self._at = (self._at + steps) % len(self._views)
        self._show()

    def turn(self) -> None:
        """Turn it a quarter to the right."""
        self._turns = (self._turns + 1) % 4
        self._draw()

    def change_zoom(self, steps: int) -> None:
        """Show it larger or smaller."""
        self._zoom = min(max(self._zoom + steps, 0), len(ZOOMS) - 1)
        self._lay_out()

    def save_copy(self) -> None:
        """Write the file to a place that the person chooses."""
        noted = self._noted
        name, _chosen = QFileDialog.getSaveFileName(self, _("Save a copy"), str(noted.get("name", "")))
        if not name:
            return
        try:
            self._evidence.save_copy(noted, Path(name))
        except UserError as error:
            self._say(f"{error.message}{error.hint}")
            return
        self._say(_("Written: {file}").format(file=name))

    def go_to_record(self) -> None:
        """Close, and open the record that they prove."""
        if self._open_record is not None:
            self.accept()
            self._open_record()

    def done(self, result: int) -> None:
        """Keep what was turned."""
        self._keep_turned()
        super().done(result)
        self.deleteLater()

    # -- building ------------------------------------------------------------------------------

    def _build(self, proves: str) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(10))
        self._title = ElidedLabel("", size="section", bold=True)
        self._count = label(size="table", ink="ink2")
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(self._title, 1)
        head.addWidget(self._count)
        column.addLayout(head)
        self._area = QScrollArea()
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._canvas = _Canvas(theme)
        self._area.setWidget(self._canvas)
        column.addWidget(self._area, 1)
        column.addLayout(self._foot(proves))

    def _foot(self, proves: str) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(
            icon_button(theme, "left", _("Previous"), name="previous", on_click=lambda: self.step(-1))
        )
        row.addWidget(icon_button(theme, "right", _("Next"), name="next", on_click=lambda: self.step(1)))
        row.addWidget(
            icon_button(theme, "minus", _("Smaller"), name="smaller", on_click=lambda: self.change_zoom(-1))
        )
        row.addWidget(
            icon_button(theme, "plus", _("Larger"), name="larger", on_click=lambda: self.change_zoom(1))
        )
        row.addWidget(
            Button(theme, _("Turn"), key="R", icon="refresh", small=True, name="turn", on_click=self.turn)
        )
        row.addWidget(
            Button(
                theme,
                _("Save a copy"),
                key="Ctrl+S",
                icon="export",
                small=True,
                name="save_copy",
                on_click=self.save_copy,
            )
        )
        self._proves = ElidedLabel(proves, size="table", ink="ink2")
        row.addWidget(self._proves, 1)
        if self._open_record is not None:
            row.addWidget(
                Button(
                    theme,
                    _("Open the record"),
                    key="Enter",
                    small=True,
                    name="open_record",
                    on_click=self.go_to_record,
                )
            )
        row.addWidget(
            Button(
                theme, _("Close"), key="Esc", kind="primary", small=True, name="close", on_click=self.accept
            )
        )
        return row

    def _bind_keys(self) -> None:
        for keys, action in (
            ("R", self.turn),
            ("Ctrl+S", self.save_copy),
            ("+", lambda: self.change_zoom(1)),
            ("=", lambda: self.change_zoom(1)),
            ("-", lambda: self.change_zoom(-1)),
        ):
            made = QAction(self)
            made.setShortcut(QKeySequence(keys))
            made.triggered.connect(lambda _checked=False, action=action: action())
            self.addAction(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys go on, Enter opens the record."""
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.step(1)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.step(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._open_record is not None:
            self.go_to_record()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        """Fit the picture to the new room."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self._lay_out()

    def showEvent(self, event: object) -> None:
        """The keyboard belongs to the picture."""
        super().showEvent(event)  # type: ignore[arg-type]  # passed on as it came
        self._area.setFocus()
        self._lay_out()

    # -- showing -------------------------------------------------------------------------------

    @property
    def _noted(self) -> Noted:
        return self._files[self._views[self._at][0]]

    def _all_views(self) -> list[tuple[int, int]]:
        """Every file, scans page by page: place of the file and page."""
        return [
            (place, page)
            for place, noted in enumerate(self._files)
            for page in range(self._evidence.page_count(noted))
        ] or [(0, 0)]

    def _show(self) -> None:
        place, page = self._views[self._at]
        self._turns, self._zoom = 0, 0
        self._plain: QImage | None = None
        self._canvas.words = ""
        noted = self._files[place]
        try:
            pixels = self._evidence.picture(noted, long_side_px=_DRAWN_PX, page=page)
            self._plain = image_of(pixels)
        except UserError as error:
            self._canvas.words = f"{error.message}\n{error.hint}"
        taken = str(noted.get("taken_at", ""))[:16].replace("T", " ")
        self._title.setText("  ".join(part for part in (str(noted.get("name", "")), taken) if part))
        self._count.setText(f"{self._at + 1} / {len(self._views)}")
        self._draw()

    def _draw(self) -> None:
        image = self._plain
        if image is not None and self._turns:
            image = image.transformed(QTransform().rotate(90 * self._turns))
        self._canvas.image = image
        self._lay_out()

    def _lay_out(self) -> None:
        bar = self._area.verticalScrollBar().sizeHint().width() if self._zoom else 0
        room = self._area.size() - QSize(bar + 2, bar + 2)
        self._canvas.lay_out(room, ZOOMS[self._zoom])

    def _say(self, words: str) -> None:
        self._proves.setText(words)

    def _keep_turned(self) -> None:
        """A photo that was turned stays so: the record names the turned one instead."""
        place, _page = self._views[self._at]
        noted, turns = self._files[place], self._turns
        self._turns = 0
        if not turns or self._on_changed is None or self._plain is None or self._evidence.is_scan(noted):
            return
        try:
            self._files[place] = self._evidence.turned(noted, turns)
        except UserError as error:
            self._say(f"{error.message}{error.hint}")
            return
        self._on_changed(place, self._files[place])
