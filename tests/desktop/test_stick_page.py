"""Handing over on a stick: one key, a verified file, the town's answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.sticks import FIXED_STICK, size_words, stick_at
from gzdesk.desktop.widgets.buttons import Button
from tests.desktop.forms_world import Hands, settle, village_window
from tests.desktop.shell_world import opened, wait, window_on, world
from tests.journeys.screen import words_on


@pytest.fixture
def pcs(tmp_path: Path) -> Path:
    return world(tmp_path / "world")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setenv(FIXED_STICK, str(folder))
    return folder


@pytest.fixture
def window(qapp: QApplication, pcs: Path, stick: Path) -> Iterator[MainWindow]:
    with window_on(pcs / "caoyi") as shown:
        yield shown


def screen(window: MainWindow) -> str:
    settle()
    return "\n".join(words_on(window))


def test_one_stick_asks_no_question(window, stick):
    hands = Hands(window)
    hands.press("Ctrl+6", "Ctrl+U")
    wait(window)
    assert hands.keys <= 4
    assert [path.suffix for path in stick.iterdir()] == [".gzp"]
    assert "可以拔出U盘了" in screen(window)
    assert window.page.steps.now == len(window.page.steps.stages)


def test_the_list_says_in_plain_words_what_is_handed_over(window):
    window.go("stick")
    shown = screen(window)
    assert "月报表" in shown
    assert "文化活动" in shown
    for banned in ("同步", "冲突", "合并", "版本", "哈希", "JSON", "null"):
        assert banned not in shown


def test_what_was_written_waits_for_the_towns_answer(window, stick, pcs):
    window.go("stick")
    Hands(window).press("Ctrl+U")
    wait(window)
    assert "等文化站签收" in screen(window)
    with opened(pcs / "town") as town:
        town.exchange.import_files([stick])
        town.exchange.export(stick, "caoyi")
    Hands(window).press("Ctrl+R")
    wait(window)
    shown = screen(window)
    assert "已签收" in shown
    assert "回执已读入" in shown or "收到文化站" in shown


def test_a_stick_without_an_answer_says_so(window):
    window.go("stick")
    Hands(window).press("Ctrl+R")
    wait(window)
    assert "没有回执" in window.message.text()


def test_without_a_stick_the_page_says_what_to_do_and_asks_for_a_folder(window, stick, tmp_path, monkeypatch):
    monkeypatch.setenv(FIXED_STICK, str(tmp_path / "nowhere"))
    other = tmp_path / "other"
    other.mkdir()
    window.go("stick")
    assert "还没有插U盘" in screen(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(other))
    Hands(window).press("Ctrl+U")
    wait(window)
    assert list(other.glob("*.gzp"))


def test_giving_up_the_question_changes_nothing(window, stick, tmp_path, monkeypatch):
    monkeypatch.setenv(FIXED_STICK, str(tmp_path / "nowhere"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: "")
    window.go("stick")
    Hands(window).press("Ctrl+U")
    wait(window)
    assert not window.workspace.exchange.sent_packages()


def test_a_stick_that_is_plugged_in_later_is_noticed(window, stick, tmp_path, monkeypatch):
    monkeypatch.setenv(FIXED_STICK, str(tmp_path / "nowhere"))
    window.go("stick")
    monkeypatch.setenv(FIXED_STICK, str(stick))
    window.page.line.look()
    assert "已经插好" in screen(window)


def test_of_several_sticks_one_must_be_chosen(window, stick, tmp_path, monkeypatch):
    from gzdesk.desktop.widgets import stick_line

    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(stick_line, "sticks", lambda _fixed: (stick_at(stick), stick_at(other)))
    window.go("stick")
    Hands(window).press("Ctrl+U")
    wait(window)
    assert not list(stick.iterdir())
    assert window.page.line.must_choose
    Hands(window).press("Down", "Down", "Ctrl+U")
    wait(window)
    assert list(other.glob("*.gzp"))
    assert not list(stick.iterdir())


def test_a_stick_that_cannot_be_written_gives_a_sentence_and_a_button(window, stick, monkeypatch):
    from gzdesk.errors import UserError

    def fails(*_args: object, **_options: object) -> None:
        raise UserError(code="stick_full", message="U盘只剩 5 MB，要 24 MB。", hint="请换一个U盘再按一次。")

    monkeypatch.setattr(type(window.workspace.exchange), "export", fails)
    window.go("stick")
    Hands(window).press("Ctrl+U")
    wait(window)
    shown = screen(window)
    assert "U盘只剩 5 MB" in shown
    assert "再试一次" in shown
    assert "可以拔出U盘了" not in shown


def test_a_ledger_without_a_town_points_to_the_settings(qapp, tmp_path, stick):
    with village_window(tmp_path / "village") as window:
        window.go("stick")
        assert "还没有和镇里接上" in screen(window)
        QTest.mouseClick(window.page.banner.findChild(Button), Qt.MouseButton.LeftButton)
        settle()
        assert window.page_id == "settings"


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [(0, "1 KB"), (640_000, "640 KB"), (23_600_000, "23.6 MB"), (13_200_000_000, "13.2 GB")],
)
def test_sizes_are_said_in_round_figures(size_bytes, words):
    assert size_words(size_bytes) == words
