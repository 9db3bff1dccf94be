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


# Our bold face holds the usual characters only; those of rare names come from these, in thick strokes.
_FOR_RARE = ("NotoSerifSC-Regular.ttf", "RareHan.ttf")


def interface_font(size_px: int, *, bold: bool = False) -> QFont:
    """A font for the windows in that many pixels."""
    font = QFont(list(interface_families()))
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


@cache
def interface_families() -> tuple[str, ...]:
    """The first family of our list that is installed; a bare Debian has none with Chinese characters."""
    found = next((family for family in _FAMILIES if QFontDatabase.hasFamily(family)), None)
    return (found,) if found else _shipped_families()


def _shipped_families() -> tuple[str, ...]:
    from gzdesk import assets

    folder = assets.resource_path("fonts")
    files = [*sorted(folder.glob("NotoSansSC*.ttf")), *(folder / name for name in _FOR_RARE)]
    loaded = [
        family
        for path in files
        for family in QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    ]
    if not loaded:
        return (QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family(),)
    return tuple(dict.fromkeys(loaded))
