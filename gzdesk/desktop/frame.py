"""The window's frame: painted at once with little more than Qt itself, then filled with the real contents.

Everything imported here is paid for before the first paint. Even the `Qt` namespace costs 15 ms to load, an
eighth of a bare window: nothing here may touch it, not even by a call that takes a colour, for those load it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gzdesk.desktop.fonts import interface_families
from gzdesk.desktop.tokens import HIGH_CONTRAST, LARGE_SCALE, LIGHT, NAV_WIDTH, NAV_WIDTH_LARGE, TEXT_PX
from gzdesk.settings import Preferences

SIZE = (1366, 698)
_SMALLEST = (960, 600)
_FILL_ANYWAY_AFTER_MS = 1500


class Frame(QFrame):
    """The top-level window. `on_first_paint` is called once, right after its first paint."""

    def __init__(self, preferences: Preferences, *, on_first_paint: Callable[[], object]) -> None:
        super().__init__()
        self._on_first_paint = on_first_paint
        self._painted = False
        self._contents: QWidget | None = None
        self.setWindowTitle(preferences.last_unit_name or "gzdesk")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*SIZE)
        self._column = self._empty_column(preferences)
        # A window that starts minimised is never painted.
        QTimer.singleShot(_FILL_ANYWAY_AFTER_MS, self._after_first_paint)

    def show_fitting(self) -> None:
        """Show the window in its size, or as large as a smaller screen allows."""
        room = self.screen().availableGeometry()
        if room.width() <= SIZE[0] or room.height() <= SIZE[1]:
            self.showMaximized()
        else:
            self.show()

    def fill(self, contents: QWidget) -> None:
        """Put the real window inside; its title becomes the title of the frame."""
        self._column.hide()
        self._column.deleteLater()
        self.setStyleSheet("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(contents)
        contents.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(contents.windowTitle())
        self._contents = contents

    def bring_to_front(self) -> None:
        """Show the window before all others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when the contents let themselves be closed."""
        if self._contents is not None and not self._contents.close():
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Notice the first paint: the timer fires after it has reached the screen."""
        if not self._painted and event.type() == QEvent.Type.Paint:
            self._painted = True
            QTimer.singleShot(0, self._after_first_paint)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty column as high as the window."""
        super().resizeEvent(event)
        if self._contents is None:
            self._column.resize(self._column.width(), self.height())

    def _empty_column(self, preferences: Preferences) -> QLabel:
        """The column of pages before there are any, with whose ledger this is."""
        palette = HIGH_CONTRAST if preferences.high_contrast else LIGHT
        large = preferences.text_percent > 100
        scale = LARGE_SCALE if large else 1
        families = ", ".join(f"'{name}'" for name in interface_families())
        self.setStyleSheet(
            f"Frame {{ background: {palette.bg}; }} QLabel {{ background: {palette.nav};"
            f" color: {palette.nav_ink_selected}; font-family: {families}; font-weight: 700;"
            f" font-size: {round(TEXT_PX['quick'] * scale)}px; qproperty-alignment: AlignTop;"
            f" padding: {round(13 * scale)}px {round(16 * scale)}px; }}"
        )
        column = QLabel(preferences.last_unit_name, self)
        # At the very first start there is no ledger, and the wizard has no column.
        column.setVisible(bool(preferences.last_unit_kind))
        column.resize(NAV_WIDTH_LARGE if large else NAV_WIDTH, self.height())
        return column

    def _after_first_paint(self) -> None:
        call, self._on_first_paint = self._on_first_paint, _nothing
        call()


def _nothing() -> None:
    """Stands in for a call that was made already."""
