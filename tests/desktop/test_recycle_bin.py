"""The recycle bin in the real window: looking through it, bringing back one or several, with keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from gzdesk.domain.period import Month
from gzdesk.services.records import ListQuery
from tests.desktop.forms_world import Hands, activity, settle, village_window
from tests.desktop.shell_world import opened, until, window_on, world
from tests.journeys.screen import words_on

NAMES = ("灯会", "讲座", "茶话会")


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        records = shown.workspace.records
        for name in NAMES:
            made = records.save(type_id="activity", values=activity(name=name, date="2019-10-20"))
            records.delete(made.id, reason=f"{name}记错了")
        yield shown


def open_bin(window: MainWindow, **arguments: object) -> Hands:
    window.go("recycle_bin", **arguments)
    settle()
    return Hands(window)


def listed(window: MainWindow) -> list[str]:
    return [row.title for row in window.page._rows]


def told(window: MainWindow) -> str:
    settle()
    return window.message.text()


def in_month(window: MainWindow) -> set[str]:
    query = ListQuery(types=("activity",), month=Month(2019, 10))
    return {row.title for row in window.workspace.records.page(query).rows} & set(NAMES)


def test_it_says_what_when_who_and_why(window):
    open_bin(window)
    assert listed(window) == ["茶话会", "讲座", "灯会"]
    shown = words_on(window)
    for words in ("文化活动", "2019-10-20", "删除", "苏惠芳", "茶话会记错了"):
        assert words in shown
    assert any(words.startswith("2019-11-06 ") for words in shown)


def test_enter_brings_the_selected_record_back(window):
    open_bin(window).press("Down", "Return")
    assert in_month(window) == {"讲座"}
    assert listed(window) == ["茶话会", "灯会"]
    assert "已恢复：2019-10-20 文化活动 讲座" in told(window)


def test_several_come_back_at_once_and_ctrl_z_takes_them_away(window):
    hands = open_bin(window)
    hands.press("Shift+Down", "Shift+Down", "Return")
    assert in_month(window) == set(NAMES)
    assert "已恢复 3 条" in told(window)
    assert "没有删除或作废的记录" in "\n".join(words_on(window))
    hands.press("Ctrl+Z")
    assert in_month(window) == set()
    assert len(listed(window)) == 3
    assert "已撤销" in told(window)


def test_search_finds_by_initials_and_escape_empties_it(window):
    hands = open_bin(window)
    hands.press("Ctrl+F")
    QTest.keyClicks(hands.where(), "jz")
    until(lambda: listed(window) == ["讲座"])
    hands.press("Return")
    assert hands.where().objectName() == "removed"
    hands.press("Esc")
    until(lambda: len(listed(window)) == 3)
    assert window.page_id == "recycle_bin"
    hands.press("Esc")
    assert window.page_id == "home"


def test_one_register_can_be_looked_through(window):
    records = window.workspace.records
    made = records.save(type_id="facility", values={"name": "广场", "type": "square"})
    records.delete(made.id)
    open_bin(window, type_id="facility")
    assert listed(window) == ["广场"]
    open_bin(window)
    assert len(listed(window)) == 4


def test_a_closed_month_takes_nothing_back_and_says_so(window):
    window.workspace.months.close(Month(2019, 10), filled_by="苏惠芳", checked_by="苏国强")
    open_bin(window).press("Return")
    assert in_month(window) == set()
    assert "2019年10月已经封账" in told(window)


def test_the_settings_lead_to_it(window):
    window.go("settings")
    settle()
    window.page.findChild(QWidget, "recycle_bin").click()
    settle()
    assert window.page_id == "recycle_bin"


def test_the_menu_of_a_list_leads_to_what_was_removed_from_it(window):
    records = window.workspace.records
    records.delete(records.save(type_id="facility", values={"name": "广场", "type": "square"}).id)
    window.go("registers", type_id="facility")
    settle()
    hands = Hands(window)
    hands.press("F10")
    panel = next(each for each in window.findChildren(ChoicePanel) if each.isVisible())
    for _row in panel.fitting:
        if panel.current != "recycle_bin":
            hands.press("Down")
    hands.press("Return")
    assert window.page_id == "recycle_bin"
    assert listed(window) == ["广场"]


def test_the_town_sees_whose_record_it_is_and_leaves_it_to_them(qapp, tmp_path):
    folder = world(tmp_path / "world")
    with opened(folder / "caoyi") as village:
        made = village.records.save(type_id="activity", values=activity(name="灯会", date="2019-11-02"))
        village.records.delete(made.id, reason="记错了")
        village.exchange.export(tmp_path)
    with opened(folder / "town") as town:
        town.exchange.import_files([tmp_path])
    with window_on(folder / "town") as window:
        hands = open_bin(window)
        assert "曹一村" in words_on(window)
        hands.press("Return")
        assert "这条记录是曹一村的，不能在这里改。请让曹一村来改。" in told(window)
        assert listed(window) == ["灯会"]
