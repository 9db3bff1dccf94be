"""Starting: the window first, the ledger after its first paint; what is shown when there is no ledger."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gzdesk import i18n
from gzdesk.desktop import app
from gzdesk.desktop.app import Desktop
from gzdesk.desktop.frame import Frame
from gzdesk.desktop.single_instance import SingleInstance
from gzdesk.desktop.widgets.buttons import Button
from gzdesk.settings import Preferences, preferences_path
from tests.desktop.forms_world import TODAY, settle, village_folder
from tests.desktop.shell_world import opened, until, world
from tests.journeys.screen import words_on

Start = Callable[..., Desktop]


@pytest.fixture
def start(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the program on a folder and waits until it shows a page, the wizard or a problem."""
    monkeypatch.setattr(Desktop, "_guard_against_crashes", lambda _self: None)
    started: list[Desktop] = []

    def run(folder: Path, **look: object) -> Desktop:
        desktop = Desktop(folder=folder, today=TODAY, preferences=Preferences(**look))
        started.append(desktop)
        desktop.frame.show()
        until(lambda: hasattr(desktop, "window") and not desktop.window.runner.busy)
        settle()
        return desktop

    yield run
    for desktop in started:
        assert desktop.frame.close()
        desktop.close()
        desktop.frame.deleteLater()
        settle()


def words(desktop: Desktop) -> str:
    return "\n".join(words_on(desktop.frame))


def test_nothing_heavy_is_loaded_before_the_first_paint():
    script = (
        "import sys; from gzdesk.desktop import app;"
        "print([name for name in ('sqlalchemy','alembic','openpyxl','reportlab','cryptography','holidays',"
        "'pypinyin','gzdesk.bootstrap','gzdesk.desktop.main_window','babel') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.stdout.strip() == "[]"


def test_the_first_paint_shows_whose_ledger_it_is(qapp):
    painted = []
    frame = Frame(
        Preferences(last_unit_name="曹一村", last_unit_kind="village"),
        on_first_paint=lambda: painted.append(1),
    )
    frame.show()
    until(lambda: bool(painted))
    assert frame.windowTitle() == "曹一村"
    assert [label.text() for label in frame.findChildren(QLabel)] == ["曹一村"]
    frame.hide()
    assert painted == [1]


def test_a_ledger_opens_on_its_first_page_and_is_remembered(start, tmp_path):
    desktop = start(village_folder(tmp_path / "village"))
    assert desktop.window.page_id == "home"
    assert "曹一村" in desktop.frame.windowTitle()
    kept = json.loads(preferences_path().read_text("utf-8"))
    assert (kept["last_unit_name"], kept["last_unit_kind"]) == ("曹一村", "village")


def test_the_town_opens_on_its_overview(start, tmp_path):
    desktop = start(world(tmp_path / "world") / "town")
    assert desktop.window.page_id == "board"


# The first start


def test_two_answers_make_a_village_that_works_by_itself(start, tmp_path):
    desktop = start(tmp_path / "new")
    page = desktop.window.page
    assert desktop.window.page_id == "wizard"
    page.village.setCurrentIndex(page.village.findText("曹一村"))
    page.writer.setText("苏惠芳")
    QTest.keyClick(page.writer, Qt.Key.Key_Return)
    until(lambda: desktop.window.is_open)
    settle()
    assert desktop.window.page_id == "home"
    assert desktop.window.workspace.me.id == "caoyi"
    assert desktop.window.workspace.writer_name == "苏惠芳"


def test_a_village_that_no_list_names_is_written_in(start, tmp_path):
    desktop = start(tmp_path / "new")
    page = desktop.window.page
    page.village.setEditText("海潮村")
    page.writer.setText("林秀")
    page.start()
    until(lambda: desktop.window.is_open)
    assert desktop.window.workspace.me.name == "海潮村"


def test_a_join_file_makes_a_village_that_reports_to_the_town(start, tmp_path):
    town = world(tmp_path / "world") / "town"
    with opened(town) as workspace:
        join = workspace.enrolment.enrol("caoer", tmp_path).file
    desktop = start(tmp_path / "new")
    page = desktop.window.page
    page.take_join_file(join)
    assert "曹二村" in words(desktop)
    page.writer.setText("魏颖")
    page.start()
    until(lambda: desktop.window.is_open)
    assert desktop.window.workspace.enrolment.has_joined()


def test_a_join_file_on_the_stick_is_found_by_itself(start, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    with opened(world(tmp_path / "world") / "town") as workspace:
        workspace.enrolment.enrol("caoer", stick)
    monkeypatch.setenv("GZDESK_STICK", str(stick))
    assert "曹二村" in words(start(tmp_path / "new"))


def test_a_file_that_is_no_join_file_is_refused_in_words(start, tmp_path):
    desktop = start(tmp_path / "new")
    wrong = tmp_path / "wrong.gzj"
    wrong.write_bytes(b"not a join file")
    desktop.window.page.take_join_file(wrong)
    settle()
    assert "不" in desktop.window.page._join_words.text()


@pytest.mark.parametrize("option", [0, 1])
def test_what_is_missing_is_said_and_nothing_is_made(start, tmp_path, option):
    desktop = start(tmp_path / "new")
    desktop.window.page._choose(option)
    desktop.window.page.start()
    settle()
    assert "还没" in words(desktop)
    assert not desktop.window.is_open
    assert not list((tmp_path / "new").glob("*.sqlite3"))


def test_the_town_station_is_the_third_choice(start, tmp_path):
    desktop = start(tmp_path / "new")
    desktop.window.page._choose(2)
    desktop.window.page.writer.setText("黄志远")
    desktop.window.page.start()
    until(lambda: desktop.window.is_open)
    assert desktop.window.page_id == "board"


# Ledgers that cannot be opened


def test_a_ledger_in_use_is_said_and_can_be_tried_again(start, tmp_path):
    folder = village_folder(tmp_path / "village")
    with opened(folder):
        desktop = start(folder)
        assert "再试一次" in words(desktop)
        assert not desktop.window.is_open
    QTest.mouseClick(desktop.frame.findChild(Button, "try_again"), Qt.MouseButton.LeftButton)
    until(lambda: desktop.window.is_open)


def test_a_damaged_ledger_is_said_in_words(start, tmp_path):
    folder = village_folder(tmp_path / "village")
    (folder / "gzdesk.sqlite3").write_bytes(b"SQLite format 3\0" + b"x" * 200)
    shown = words(start(folder))
    assert "Traceback" not in shown
    assert "台账" in shown


# One program per ledger


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_second_start_brings_the_first_window_to_the_front(start, tmp_path, capsys):
    desktop = start(village_folder(tmp_path / "village"))
    desktop.frame.showMinimized()
    second = Desktop(folder=desktop.folder, today=None, preferences=Preferences())
    assert not second.instance.is_first
    assert app._hand_over(second.instance) == 0
    until(lambda: not desktop.frame.isMinimized())
    assert "已经开着" in capsys.readouterr().out
    second.frame.deleteLater()


def test_two_ledgers_may_be_open_at_once(start, tmp_path):
    start(village_folder(tmp_path / "one"))
    other = Desktop(folder=tmp_path / "two", today=None, preferences=Preferences())
    assert other.instance.is_first
    other.close()
    other.frame.deleteLater()


def test_a_window_that_died_leaves_its_folder_free(tmp_path):
    script = (
        "import os, sys; from pathlib import Path; from gzdesk.desktop.single_instance import SingleInstance;"
        "held = SingleInstance(Path(sys.argv[1])); print(held.is_first, flush=True); os._exit(1)"
    )
    died = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert died.stdout.strip() == "True"
    ours = SingleInstance(tmp_path)
    assert ours.is_first
    ours.close()


# The command


def test_without_a_screen_the_command_says_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert app.main([]) == 1
    assert "没有屏幕" in capsys.readouterr().err


def test_fcitx_is_reached_through_ibus(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    app._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "fcitx"
    (tmp_path / "ibus" / "bus").mkdir(parents=True)
    (tmp_path / "ibus" / "bus" / "some-session").touch()
    app._choose_input_method()
    assert os.environ["QT_IM_MODULE"] == "ibus"


@pytest.fixture(autouse=True)
def _language() -> None:
    i18n.set_language("zh_CN")
