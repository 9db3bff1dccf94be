"""The window itself: pages, keys, language and size, jobs, news of changed data."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gzdesk import i18n
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages import PAGES, pages_for
from gzdesk.desktop.widgets.status_bar import KeyHint
from gzdesk.errors import UserError
from gzdesk.progress import Progress
from tests.desktop.forms_world import Hands, activity, settle, village_window
from tests.desktop.shell_world import until, wait


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        yield shown


def test_the_window_says_whose_ledger_it_is(window):
    assert "曹一村" in window.windowTitle()


@pytest.mark.parametrize("number", range(10))
def test_ctrl_and_a_number_lead_to_the_pages_in_the_order_of_the_column(window, number):
    Hands(window).press(f"Ctrl+{(number + 1) % 10}")
    assert window.page_id == pages_for("village", "main")[number].id
    assert window.nav.item(window.page_id).isChecked()


@pytest.mark.parametrize("role", ["village", "town"])
def test_the_column_has_every_main_page_of_a_role_once(role):
    mine = {entry.id for entry in PAGES if role in entry.roles and entry.place == "main"}
    column = [entry.id for entry in pages_for(role, "main")]
    assert set(column) == mine
    assert len(column) == len(mine)


@pytest.mark.parametrize("role", ["village", "town"])
def test_every_main_page_has_a_number_but_the_one_that_the_tasks_lead_to(role):
    assert [entry.id for entry in pages_for(role, "main")][10:] == ["evidence"]


def test_escape_leads_back_the_way_one_came(window):
    hands = Hands(window)
    hands.press("Ctrl+6", "F1")
    assert window.page_id == "help"
    hands.press("Esc")
    assert window.page_id == "stick"
    hands.press("Esc")
    assert window.page_id == "home"
    hands.press("Esc")
    assert window.page_id == "home"


def test_f1_opens_the_part_of_the_guide_about_this_page(window):
    hands = Hands(window)
    hands.press("Ctrl+6", "F1")
    assert window.page.contents.currentItem().text() == "U盘交换"
    assert window.page.text.verticalScrollBar().value() > 0


@pytest.mark.parametrize(("chord", "type_id"), [("Alt+1", "film_screening"), ("Alt+2", "activity")])
def test_quick_entries_open_their_form_from_any_page(window, chord, type_id):
    window.go("settings")
    Hands(window).press(chord)
    assert window.page_id == "records"
    assert window.page.form.state.record_type.id == type_id


def test_a_page_that_must_not_be_left_keeps_its_place_and_its_mark(window, monkeypatch):
    monkeypatch.setattr(type(window.page), "can_leave", lambda _page: False)
    QTest.mouseClick(window.nav.item("records"), Qt.MouseButton.LeftButton)
    assert window.page_id == "home"
    assert window.nav.item("home").isChecked()
    assert not window.nav.item("records").isChecked()


# Language, size, colours


def test_the_language_changes_at_once_and_the_place_stays(window):
    window.go("settings")
    QTest.mouseClick(window.page.findChild(object, "pill_en"), Qt.MouseButton.LeftButton)
    settle()
    assert (i18n.language(), window.page_id) == ("en", "settings")
    assert window.nav.item("home").text() == "Home"
    QTest.mouseClick(window.page.findChild(object, "pill_zh_CN"), Qt.MouseButton.LeftButton)
    settle()
    assert window.nav.item("home").text() == "首页"


def test_the_text_grows_by_a_quarter_and_shrinks_again(window):
    before = window.nav.item("home").height()
    hands = Hands(window)
    hands.press("Ctrl++")
    settle()
    assert window.theme.px(100) == 125
    # Where many pages make the column too long for the screen, they stand closer; the letters grow all the same.
    assert before <= window.nav.item("home").height() <= round(before * 1.25)
    hands.press("Ctrl+-")
    settle()
    assert window.nav.item("home").height() == before


def test_high_contrast_is_on_one_chord(window):
    Hands(window).press("Ctrl+Shift+H")
    assert window.theme.palette.name == "high_contrast"


def test_what_is_being_typed_survives_a_change_of_size(window):
    hands = Hands(window)
    hands.press("Alt+2")
    hands.type("重阳敬老")
    hands.press("Ctrl++")
    settle()
    assert window.page_id == "records"
    assert window.page.form.state.texts["name"] == "重阳敬老"


def test_a_narrow_window_shows_icons_only(window):
    wide = window.nav.width()
    window.resize(1100, 700)
    settle()
    assert window.nav.width() < wide
    assert window.nav.item("home").toolTip() == "首页"


# The line at the bottom


def test_a_key_hint_can_be_pressed_with_the_mouse(window):
    hint = next(found for found in window.status.findChildren(KeyHint) if found.key == "F2")
    QTest.mouseClick(hint, Qt.MouseButton.LeftButton)
    settle()
    assert window.page_id == "records"


def test_good_news_and_bad_news_stand_above_the_keys(window):
    window.tell("已保存。")
    assert window.message.text() == "已保存。"
    window.tell_error(UserError(code="x", message="U盘拔出来了。", hint="请再插上。"))
    assert window.message.text() == "U盘拔出来了。请再插上。"


# Jobs


class _Held:
    """A job that waits until it is let go."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.cancelled = False

    def __call__(self, progress: Progress) -> str:
        progress.stage("写入")
        while not self.go_on.wait(0.01):
            progress.check_cancelled()
        return "done"


def test_a_job_runs_off_the_windows_thread_and_gives_its_result(window):
    threads, results = [], []

    def job(_progress: Progress) -> int:
        threads.append(threading.current_thread())
        return 42

    window.run(job, title="计算", on_done=results.append)
    wait(window)
    assert results == [42]
    assert threads[0] is not threading.main_thread()


def test_no_key_does_anything_while_a_job_runs(window):
    job = _Held()
    window.run(job, title="写入", on_done=lambda _result: None)
    Hands(window).press("Ctrl+2", "Alt+1", "F1")
    assert window.page_id == "home"
    assert not window.go("records")
    assert not window.close()
    job.go_on.set()
    wait(window)
    assert window.go("records")


def test_escape_stops_a_job_that_can_be_stopped(window):
    window.run(_Held(), title="写入", on_done=lambda _result: pytest.fail("it went on"))
    settle()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    wait(window)
    assert "什么都没有改动" in window.message.text()


def test_a_job_that_cannot_be_stopped_goes_on(window):
    job, results = _Held(), []
    window.run(job, title="写入", on_done=results.append, cancellable=False)
    settle()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    job.go_on.set()
    wait(window)
    assert results == ["done"]


def test_a_refusal_inside_a_job_is_said_in_words(window):
    def job(_progress: Progress) -> None:
        raise UserError(code="stick_full", message="U盘满了。", hint="请换一个。")

    window.run(job, title="写入", on_done=lambda _result: None)
    wait(window)
    assert window.message.text() == "U盘满了。请换一个。"


def test_a_second_job_is_refused_while_one_runs(window):
    job = _Held()
    window.run(job, title="写入", on_done=lambda _result: None)
    with pytest.raises(RuntimeError):
        window.runner.run(job, watcher=window, on_done=print, on_failed=print)
    job.go_on.set()
    wait(window)


# News


def test_a_visible_page_hears_of_every_commit_once_per_round(window, monkeypatch):
    calls = []
    monkeypatch.setattr(window.page, "refresh", lambda: calls.append(1))
    for day in ("2019-11-02", "2019-11-03"):
        window.workspace.records.save(type_id="activity", values=activity(date=day))
    until(lambda: bool(calls))
    assert calls == [1]


def test_a_commit_on_another_thread_is_heard_too(window, monkeypatch):
    calls = []
    monkeypatch.setattr(
        window.page, "refresh", lambda: calls.append(threading.current_thread() is threading.main_thread())
    )
    worker = threading.Thread(
        target=window.workspace.records.save,
        kwargs={"type_id": "activity", "values": activity(date="2019-11-02")},
    )
    worker.start()
    worker.join()
    until(lambda: bool(calls))
    assert calls == [True]
