"""A fault of the program itself: what is typed is kept, one dialog, a file without personal data."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from gzdesk import logs
from gzdesk.desktop.error_dialog import CrashDialog, CrashGuard, diagnostics
from gzdesk.desktop.theme import Theme
from tests.desktop.forms_world import press_in, settle
from tests.desktop.shell_world import until

pytestmark = pytest.mark.expects_logs


class _Typing:
    def __init__(self) -> None:
        self.kept = 0
        self.fails = False

    def __call__(self) -> None:
        if self.fails:
            raise RuntimeError("the form is broken too")
        self.kept += 1


@pytest.fixture
def typing() -> _Typing:
    return _Typing()


@pytest.fixture
def guard(
    qapp: QApplication, tmp_path: Path, typing: _Typing, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CrashGuard]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    theme = Theme()
    theme.apply()
    made = CrashGuard(theme=theme, save_typing=typing, folder=tmp_path)
    made.install()
    yield made
    for dialog in dialogs():
        dialog.accept()
    settle()


def dialogs() -> list[CrashDialog]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, CrashDialog) and widget.isVisible()
    ]


def a_bug() -> BaseException:
    try:
        int("张三")
    except ValueError as error:
        return error
    raise AssertionError


def crash() -> None:
    error = a_bug()
    sys.excepthook(type(error), error, error.__traceback__)


def test_what_is_typed_is_kept_before_anything_is_shown(guard, typing):
    crash()
    until(lambda: bool(dialogs()))
    assert typing.kept == 1


def test_a_storm_of_faults_shows_one_dialog(guard):
    for _n in range(20):
        crash()
    until(lambda: bool(dialogs()))
    settle()
    assert len(dialogs()) == 1


def test_the_next_fault_after_going_on_is_shown_again(guard):
    crash()
    until(lambda: bool(dialogs()))
    press_in(dialogs()[0], "go_on")
    settle()
    assert not dialogs()
    crash()
    until(lambda: bool(dialogs()))


def test_a_fault_on_another_thread_is_shown_by_the_windows_thread(guard):
    def work() -> None:
        raise a_bug()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    until(lambda: bool(dialogs()))


def test_a_form_that_cannot_be_kept_is_not_promised(guard, typing):
    typing.fails = True
    crash()
    until(lambda: bool(dialogs()))
    shown = " ".join(label.text() for label in dialogs()[0].findChildren(QLabel))
    assert "可能没存上" in shown


def test_stopping_with_the_keyboard_is_no_fault(guard, capsys):
    error = KeyboardInterrupt()
    sys.excepthook(KeyboardInterrupt, error, None)
    settle()
    assert not dialogs()
    capsys.readouterr()


def test_the_diagnostics_file_names_kind_and_place_but_nothing_typed(tmp_path):
    logs.start_log(tmp_path)
    try:
        text = diagnostics(a_bug(), tmp_path)
    finally:
        logs.stop_log()
    assert "ValueError" in text
    assert "test_error_dialog.py" in text
    assert "张三" not in text
    assert str(Path.home()) not in text


def test_the_diagnostics_file_is_written_where_it_was_asked_for(guard, tmp_path):
    crash()
    until(lambda: bool(dialogs()))
    target = tmp_path / "report.txt"
    dialogs()[0].save_report(target)
    assert "ValueError" in target.read_text("utf-8")
