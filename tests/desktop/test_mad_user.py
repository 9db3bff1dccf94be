"""Somebody who presses anything: no fault, no stray window, and the ledger still holds together."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from gzdesk.desktop import printing
from gzdesk.desktop.pages import PAGES
from gzdesk.desktop.sticks import FIXED_STICK
from tests.desktop.forms_world import settle
from tests.desktop.shell_world import wait, window_on, world

KEYS = [
    *(getattr(Qt.Key, f"Key_F{number}") for number in range(1, 9)),
    *(getattr(Qt.Key, f"Key_{digit}") for digit in range(10)),
    *(getattr(Qt.Key, f"Key_{letter}") for letter in "ABDEFLPRSUWZ"),
    Qt.Key.Key_Return,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Space,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Insert,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
]
MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
]
PRESSES, ON_ONE_PAGE = 400, 40


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("unit", ["caoyi", "town"])
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_any_keys_at_all(qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unit: str, seed: int):
    chance = random.Random(seed)
    _answer_system_dialogs(monkeypatch, tmp_path)
    faults: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: faults.append(error))
    with window_on(world(tmp_path / "world") / unit) as window:
        dismiss = QTimer()
        dismiss.setInterval(20)
        dismiss.timeout.connect(_dismiss_dialog)
        dismiss.start()
        for n in range(PRESSES):
            if n % ON_ONE_PAGE == 0:
                window.go(
                    chance.choice(
                        [
                            entry.id
                            for entry in PAGES
                            if entry.place != "hidden" and window.role in entry.roles
                        ]
                    )
                )
            target = QApplication.focusWidget() or window
            QTest.keyClick(target, chance.choice(KEYS), chance.choice(MODIFIERS))
            if chance.random() < 0.05:
                wait(window)
            assert not faults
        wait(window)
        dismiss.stop()
        _dismiss_dialog()
        settle()
        assert not faults
        assert window.workspace.maintenance.check().ok
        assert QApplication.topLevelWidgets().count(window) == 1


def _dismiss_dialog() -> None:
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def _answer_system_dialogs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The dialogs of the system cannot be opened offscreen; whoever asks gives up, or takes a folder."""
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setenv(FIXED_STICK, str(stick))
    monkeypatch.setattr(printing, "ask_printer", lambda _shell: None)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_options: "")
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_options: ("", ""))
    monkeypatch.setattr(QMessageBox, "information", lambda *_args, **_options: None)
