"""Somebody who presses and clicks anything, types anything, and answers questions at random: the ledger survives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget

from gzdesk.desktop import printing
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, NEIGHBOURS, TOWN, export_of, ledger, pc_of

EVENTS, SEED = 200, 1  # 24 other seeds with 500 events each were looked at when this was written
_KEYS = (
    "Return", "Tab", "Shift+Tab", "Shift+Return", "Esc", "Space", "Backspace", "Delete", "Up", "Down", "Left",
    "Right", "PgUp", "PgDown", "Home", "End", "Insert", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9",
    "Ctrl+S", "Ctrl+Return", "Ctrl+F", "Ctrl+D", "Ctrl+Z", "Ctrl+L", "Ctrl+P", "Ctrl+E", "Ctrl+U", "Ctrl+R",
    "Ctrl+H", "Ctrl++", "Ctrl+-", "Ctrl+Shift+H", "Ctrl+PgDown", "Ctrl+A", "Alt+1", "Alt+2", "Alt+3", "Alt+4",
    "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6",
)  # fmt: skip
_WORDS = (
    "5",
    "1107",
    "whw",
    "9" * 12,
    "-3",
    "2019-13-45",
    "粤剧《帝女花》",
    "𠮷𫖯",
    "'; --",
    "\u202e%s{}",
    "０",
)


class MadUser:
    """Does one thing after the other without looking."""

    def __init__(self, clerk: Clerk, *, seed: int) -> None:
        self._clerk, self._chance = clerk, random.Random(seed)

    def act(self) -> None:
        """Press, type or click."""
        kind = self._chance.random()
        if kind < 0.55:
            self._clerk.press(self._chance.choice(_KEYS))
        elif kind < 0.7:
            self._clerk.type(self._chance.choice(_WORDS))
        elif kind < 0.9:
            self._click_a_button()
        else:
            self._click_anywhere()

    def answer(self) -> None:
        """Get rid of a question that is open, one way or the other."""
        popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        elif isinstance(dialog, QDialog):
            buttons = [button for button in dialog.findChildren(QAbstractButton) if button.isEnabled()]
            if self._chance.random() < 0.5 or not buttons:
                dialog.reject()
            else:
                self._chance.choice(buttons).click()

    def _click_a_button(self) -> None:
        window = self._clerk.program.window()
        buttons = [
            button
            for button in window.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and not button.visibleRegion().isEmpty()
        ]
        QTest.mouseClick(self._chance.choice(buttons), Qt.MouseButton.LeftButton)
        self._clerk.rest()

    def _click_anywhere(self) -> None:
        window = self._clerk.program.window()
        place = QPoint(self._chance.randrange(window.width()), self._chance.randrange(window.height()))
        target: QWidget = window.childAt(place) or window
        click = QTest.mouseDClick if self._chance.random() < 0.2 else QTest.mouseClick
        click(
            target,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            target.mapFrom(window, place),
        )
        self._clerk.rest()


@contextmanager
def answering(user: MadUser) -> Iterator[None]:
    """Questions are answered as soon as they are asked."""
    timer = QTimer(interval=10)
    timer.timeout.connect(user.answer)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


@pytest.fixture(autouse=True)
def _no_system_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the system cannot be pressed here: whoever is asked gives up."""
    monkeypatch.setattr(printing, "ask_printer", lambda _shell: None)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_options: "")
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_options: ("", ""))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("unit", [CAOYI, TOWN])
def test_anything_at_all(tmp_path: Path, stick: Path, unit: str) -> None:
    for village in NEIGHBOURS[:2]:
        export_of(village, tmp_path, stick)
    pc = pc_of(unit, tmp_path)
    with pc.on() as clerk:
        clerk.let_dialogs_be()
        user = MadUser(clerk, seed=SEED)
        with answering(user):
            for _event in range(EVENTS):
                user.act()
        while QApplication.activeModalWidget() or QApplication.activePopupWidget():
            user.answer()
            clerk.rest()
        assert clerk.program.is_open
        assert clerk.ledger.maintenance.check().problems == ()
        before = clerk.ledger.maintenance.digest()
    with ledger(pc.folder) as workspace:
        assert workspace.maintenance.digest() == before
        workspace.maintenance.rebuild()
        assert workspace.maintenance.digest() == before
