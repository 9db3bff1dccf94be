"""Words of Qt itself (file chooser, print dialog, menus of text boxes) in the language in use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from gzdesk import i18n

_installed: list[QTranslator] = []


def follow_language() -> None:
    """Let Qt speak the language in use; English is what it speaks by itself."""
    while _installed:
        QCoreApplication.removeTranslator(_installed.pop())
    if i18n.language() == "en":
        return
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{i18n.language()}", folder):
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)
