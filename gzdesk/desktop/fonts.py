"""The family that the windows are written in: what the system has, else the one shipped with the program."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

_FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans SC",
)


def interface_font(size_px: int, *, bold: bool = False) -> QFont:
    """A font for the windows in that many pixels."""
    font = QFont(interface_family())
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


@cache
def interface_family() -> str:
    """The first family of our list that is installed; a bare Debian has none with Chinese characters."""
    found = next((family for family in _FAMILIES if QFontDatabase.hasFamily(family)), None)
    return found or _shipped_family()


def _shipped_family() -> str:
    from gzdesk import assets

    family = ""
    for path in sorted(assets.resource_path("fonts").glob("NotoSansSC*.ttf")):
        loaded = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
        family = family or (loaded[0] if loaded else "")
    return family or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
