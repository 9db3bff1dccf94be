"""Keys that mean the same on every page (ui.md section 4); pages add their own with `Page.on_key`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gzdesk.desktop.pages import TOWN, VILLAGE, pages_for

if TYPE_CHECKING:
    from gzdesk.desktop.main_window import MainWindow

_PAGES_ON_KEYS, _QUICK_ENTRIES = "1234567890", 4


class WindowKeys:
    """Binds the keys of the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        for at, key in enumerate(_PAGES_ON_KEYS):
            self._bind([f"Ctrl+{key}"], partial(self._go_to_row, at))
        for at in range(_QUICK_ENTRIES):
            self._bind([f"Alt+{at + 1}"], partial(self._quick, at))
        self._bind(["F1"], self._help)
        self._bind(["F5"], self._read_stick)
        self._bind(["Ctrl+,"], self._settings)
        self._bind(["Ctrl+G"], self._choose_register)
        self._bind(["Esc"], self._escape)
        self._bind(["Ctrl++", "Ctrl+="], lambda: window.change_preferences(text_percent=125))
        self._bind(["Ctrl+-"], lambda: window.change_preferences(text_percent=100))
        self._bind(["Ctrl+Shift+H"], self._switch_contrast)

    def press(self, key: str) -> None:
        """Do what a key of the line at the bottom does, for people who press it with the mouse."""
        wanted = QKeySequence(key)
        page = self._window.page
        holders: list[QWidget] = [self._window] if page is None else [page, self._window]
        for holder in holders:
            for action in holder.findChildren(QAction):
                if wanted in action.shortcuts() and action.isEnabled():
                    self._window.after_showing(action.trigger)
                    return
            for shortcut in holder.findChildren(QShortcut):
                if shortcut.key() == wanted and shortcut.isEnabled():
                    self._window.after_showing(shortcut.activated.emit)
                    return

    def _bind(self, keys: list[str], action: Callable[[], object]) -> None:
        made = QAction(self._window)
        made.setShortcuts([QKeySequence(key) for key in keys])
        made.triggered.connect(lambda: action())
        self._window.addAction(made)

    def _go_to_row(self, at: int) -> None:
        window = self._window
        rows = pages_for(window.role, "main") if window.is_open else ()
        if at < len(rows):
            window.go(rows[at].id)

    def _quick(self, at: int) -> None:
        window = self._window
        if window.page is not None and window.page.quick(at):
            return
        if window.is_open and window.role == VILLAGE:
            entries = window.workspace.home.quick_entries()
            if at < len(entries):
                window.go(entries[at].action.page, **entries[at].action.arguments)

    def _read_stick(self) -> None:
        if self._window.is_open and self._window.role == TOWN:
            self._window.go("receive", read=True)

    def _help(self) -> None:
        page = self._window.page
        section = (page.help_section() or self._window.page_id) if page is not None else ""
        self._window.go("help", section=section)

    def _settings(self) -> None:
        if self._window.is_open:
            self._window.go("settings")

    def _choose_register(self) -> None:
        page = self._window.page
        if self._window.is_open and page is not None and not self._window.runner.busy:
            page.choose_register()

    def _escape(self) -> None:
        page = self._window.page
        if page is not None and not page.escape():
            self._window.back()

    def _switch_contrast(self) -> None:
        self._window.change_preferences(high_contrast=not self._window.preferences.high_contrast)
