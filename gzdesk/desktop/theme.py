"""The look of the windows: one object that turns tokens into a stylesheet, fonts and tinted icons."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from gzdesk import assets
from gzdesk.desktop.fonts import interface_font
from gzdesk.desktop.stylesheet import stylesheet
from gzdesk.desktop.tokens import HIGH_CONTRAST, LARGE_SCALE, LIGHT, TEXT_PX, Palette

_DEVICE_PIXEL_RATIO_FOR_ICONS = 2.0


class Theme(QObject):
    """Colours, sizes, fonts and icons in use. `changed` is sent after any of them changed."""

    changed = Signal()

    def __init__(self, *, large: bool = False, high_contrast: bool = False) -> None:
        super().__init__()
        self._large = large
        self._high_contrast = high_contrast
        self._icons: dict[tuple[str, str, int], QPixmap] = {}

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return HIGH_CONTRAST if self._high_contrast else LIGHT

    @property
    def large(self) -> bool:
        """Whether everything is shown a quarter larger."""
        return self._large

    @property
    def high_contrast(self) -> bool:
        """Whether the dark colours of high contrast are in use."""
        return self._high_contrast

    def set_look(self, *, large: bool, high_contrast: bool) -> None:
        """Choose the size (a quarter larger or normal) and the colours (dark of high contrast or light)."""
        if (large, high_contrast) != (self._large, self._high_contrast):
            self._large, self._high_contrast = large, high_contrast
            self.apply()

    def apply(self) -> None:
        """Dress the whole application; called once before the first window is shown."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setFont(self.font("body"))
        app.setPalette(self._qt_palette())
        app.setStyleSheet(stylesheet(self.palette, self.px))
        self.changed.emit()

    def px(self, normal: float) -> int:
        """That many logical pixels of normal size, in the size in use."""
        return round(normal * LARGE_SCALE) if self._large else round(normal)

    def color(self, name: str) -> QColor:
        """The colour of a token such as `ink3`."""
        return QColor(getattr(self.palette, name))

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        """The font of a role: title, section, body, table, small, tiny, quick or hero."""
        return interface_font(self.px(TEXT_PX[role]), bold=bold)

    def app_icon(self) -> QIcon:
        """The program's own icon, for the task bar."""
        return QIcon(str(assets.resource_path("icons", "app.svg")))

    def icon(self, name: str, color: str = "ink", size_px: int = 20) -> QIcon:
        """The line icon of that name, tinted; `color` is a token or `#rrggbb`."""
        icon = QIcon(self.pixmap(name, color, size_px))
        icon.addPixmap(self.pixmap(name, "on_disabled", size_px), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, color: str = "ink", size_px: int = 20) -> QPixmap:
        """The same as a picture of `size_px` logical pixels of normal size."""
        shade = color if color.startswith("#") else getattr(self.palette, color)
        key = (name, shade, self.px(size_px))
        if key not in self._icons:
            self._icons[key] = _drawn(name, shade, self.px(size_px))
        return self._icons[key]

    def _qt_palette(self) -> QPalette:
        # Widgets that no rule of the stylesheet reaches (message boxes, pop-ups) take these.
        palette = QPalette()
        roles = QPalette.ColorRole
        for role, token in (
            (roles.Window, "bg"),
            (roles.WindowText, "ink"),
            (roles.Base, "surface"),
            (roles.AlternateBase, "soft"),
            (roles.Text, "ink"),
            (roles.Button, "surface"),
            (roles.ButtonText, "ink"),
            (roles.Highlight, "selected"),
            (roles.HighlightedText, "on_selected"),
            (roles.ToolTipBase, "surface"),
            (roles.ToolTipText, "ink"),
            (roles.PlaceholderText, "ink3"),
            (roles.Link, "accent"),
        ):
            palette.setColor(role, self.color(token))
        palette.setColor(QPalette.ColorGroup.Disabled, roles.Text, self.color("on_disabled"))
        palette.setColor(QPalette.ColorGroup.Disabled, roles.ButtonText, self.color("on_disabled"))
        return palette


def svg_text(name: str, color: str) -> str:
    """The SVG source of an icon with `currentColor` replaced."""
    return assets.resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", color)


def _drawn(name: str, color: str, size_px: int) -> QPixmap:
    ratio = _DEVICE_PIXEL_RATIO_FOR_ICONS
    pixmap = QPixmap(QSize(round(size_px * ratio), round(size_px * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg_text(name, color).encode())).render(
        painter, QRectF(0, 0, size_px * ratio, size_px * ratio)
    )
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
