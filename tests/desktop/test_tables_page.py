"""The page of ad hoc tables in the real window: chosen with keys, shown at once, kept, written and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gzdesk.desktop import printing
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.pages import tables as tables_page
from gzdesk.desktop.table_choice import TableChoice
from gzdesk.services.tables import AdHoc, Period
from tests.desktop.forms_world import Hands, activity, settle, village_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        shown.go("tables")
        settle()
        yield shown


def wait(window: MainWindow, qtbot) -> None:
    window.page._timer.stop()
    window.page._show_result()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=30_000)
    settle()


def shown(window: MainWindow) -> list[list[str]]:
    model = window.page.card.table.model()
    rows = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    head = [
        model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        for column in range(model.columnCount())
    ]
    return [head, *rows]


def sums(window: MainWindow) -> list[str]:
    return window.page.card.totals.accessibleName().split()


def test_it_begins_with_the_events_of_this_year(window, qtbot):
    assert shown(window) == [
        ["月份", "类型", "条数", "场次", "人次"],
        ["2019年8月", "电影放映", "1", "1", "121"],
        ["2019年9月", "电影放映", "1", "1", "121"],
        ["2019年10月", "电影放映", "1", "1", "121"],
        ["2019年10月", "文化活动", "1", "1", "64"],
    ]
    assert sums(window) == ["合计", "4", "4", "427"]


def test_a_ready_made_table_is_two_keys_away(window, qtbot):
    hands = Hands(window)
    assert hands.where().objectName() == "saved"
    names = [window.page.pane.saved.itemText(at) for at in range(window.page.pane.saved.count())]
    hands.press(*["Down"] * names.index("放映按影片"))
    wait(window, qtbot)
    assert shown(window) == [["影片", "折合场次", "观众人次"], ["烈火英雄", "3", "363"]]
    assert window.page.pane.name.text() == "放映按影片"


def test_register_time_groups_and_columns_are_chosen_with_keys(window, qtbot):
    hands = Hands(window)
    hands.press("F3")
    hands.type("dyfy", "Return")
    assert window.page.choice.adhoc.types == ("film_screening",)
    assert hands.where().objectName() == "register"
    hands.press("Tab")
    assert hands.where().objectName() == "period_kind"
    hands.press("End", "Up", "Return")  # from … to …
    hands.type("9-1", "Return")
    hands.type("2019.10.11", "Return")
    assert window.page.choice.adhoc.period == Period(kind="days", first="2019-09-01", last="2019-10-11")
    assert hands.where().objectName() == "status"
    hands.press("Return", "Home")
    assert window.page.choice.adhoc.group_by == ()
    wait(window, qtbot)
    assert shown(window)[0] == ["放映日期", "影片", "放映地点", "观众人次", "状态"]
    assert [row[0] for row in shown(window)[1:]] == ["2019-09-12", "2019-10-11"]
    while hands.where().objectName() != "contents":
        hands.press("Return")
    hands.press("Space", "Down", "Alt+Down")
    wait(window, qtbot)
    assert shown(window)[0] == ["放映地点", "影片", "观众人次", "状态"]
    hands.press("Return")
    assert hands.where().objectName() == "sort"
    hands.press("End")
    assert window.page.choice.adhoc.sort == "status"
    assert window.page.choice.adhoc.descending


def test_records_are_narrowed_to_a_choice(window, qtbot):
    window.workspace.records.save(
        type_id="activity", values=activity(name="新春游园", category="festival", start_time="09:00")
    )
    window.page.choice.take(AdHoc(types=("activity",), columns=("name", "participants")))
    window.page.refresh()
    pane, hands = window.page.pane, Hands(window)
    pane.filter_field.setFocus()
    names = [pane.filter_field.itemText(at) for at in range(pane.filter_field.count())]
    hands.press(*["Down"] * names.index("活动类别"), "Return")
    assert hands.where() is pane.filter_value
    values = [pane.filter_value.itemText(at) for at in range(pane.filter_value.count())]
    hands.press(*["Down"] * values.index("节庆"))
    wait(window, qtbot)
    assert shown(window) == [["活动名称", "参与人次"], ["新春游园", "64"]]
    assert "活动类别：节庆" in window.page.result.remarks[0]


def test_a_table_is_kept_taken_again_and_forgotten(window, qtbot):
    hands = Hands(window)
    hands.press("Ctrl+S")
    assert hands.where().objectName() == "table_name"
    hands.type("给镇里的", "Ctrl+S")
    assert "给镇里的" in window.message.text()
    pane = window.page.pane
    assert pane.saved.currentText() == "★ 给镇里的"
    hands.press("F2")
    assert pane.saved.currentText() == "自己选"
    assert pane.name.text() == ""
    hands.press("Down")
    assert pane.name.text() == "给镇里的"
    hands.press("F10")
    window.page._menu._take("forget")
    settle()
    assert all("给镇里的" not in pane.saved.itemText(at) for at in range(pane.saved.count()))
    assert window.page.choice.adhoc.name == "给镇里的", "what is on the page stays"
    hands.press("F10")
    window.page._menu._take("forget")
    assert "没有保存过" in window.message.text()


def test_it_goes_to_excel_text_and_paper(window, qtbot, monkeypatch, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(printing, "ask_folder", lambda shell: folder)
    printed = []
    monkeypatch.setattr(printing, "print_content", lambda shell, content: printed.append(content))
    hands = Hands(window)
    hands.press("Ctrl+E")
    wait(window, qtbot)
    for row in ("pdf", "csv", "csv_gb"):
        hands.press("F10")
        window.page._menu._take(row)
        wait(window, qtbot)
    hands.press("Ctrl+P")
    wait(window, qtbot)
    assert sorted(made.suffix for made in folder.iterdir()) == [".csv", ".csv", ".pdf", ".xlsx"]
    (book,) = folder.glob("*.xlsx")
    sheet = load_workbook(book).active
    assert [cell.value for cell in list(sheet.iter_rows())[-1]] == ["合计", None, 4, 4, 427]
    assert [content[:4] for content in printed] == [b"%PDF"]


def test_a_lot_of_records_waits_for_a_key(window, qtbot, monkeypatch):
    monkeypatch.setattr(tables_page, "RECORDS_AT_ONCE", 3)
    window.page.refresh()
    assert window.page.result is None
    assert window.page.card._compute.isVisible()
    assert "4 条登记" in window.page.card._empty.sentence.text()
    hands = Hands(window)
    hands.press("F9")
    qtbot.waitUntil(lambda: window.page.result is not None, timeout=30_000)
    settle()
    assert sums(window) == ["合计", "4", "4", "427"]


def test_what_cannot_be_made_is_said_in_place_of_the_table(window, qtbot):
    window.page.choice.choose_period(Period(kind="days", first="2019-10-02", last="2019-10-01"))
    window.page.refresh()
    assert "看不懂这个时间" in window.page.card._empty.sentence.text()
    assert not window.page.card._compute.isVisible()
    hands = Hands(window)
    hands.press("Ctrl+E")
    assert "看不懂这个时间" in window.message.text()
    window.page.choice.choose_period(Period(kind="last_year"))
    window.page.refresh()
    assert "没有登记" in window.page.card._empty.sentence.text()


def test_what_was_put_together_survives_another_language(window, qtbot):
    window.page.choice.take(AdHoc(types=("activity",), group_by=("category",), measures=("persons",)))
    window.page.refresh()
    window.change_preferences(language="en")
    settle()
    assert shown(window) == [["Category", "Participants"], ["Intangible heritage", "64"]]
    window.change_preferences(language="zh_CN")
    settle()


def test_every_change_leaves_a_table_that_can_be_made(window):
    choice, tables = TableChoice(window.workspace), window.workspace.tables
    for record_type in window.workspace.types:
        if record_type.group == "system":
            continue
        choice.choose_types((record_type.id,))
        tables.build(choice.adhoc)
        for offer in choice.groups():
            choice.choose_groups((offer.id, ""))
            choice.choose_contents([name for name, _words, _chosen in choice.contents()])
            tables.build(choice.adhoc)
            column, descending, _words = choice.sorts()[-1]
            choice.choose_sort(column, descending=descending)
            tables.build(choice.adhoc)
        choice.choose_groups(())
        choice.choose_contents([name for name, _words, _chosen in choice.contents()])
        for item in choice.filters():
            choice.choose_filter(item.name, item.choices[0].code)
        for codes, _words in choice.statuses():
            choice.choose_statuses(codes)
        tables.build(choice.adhoc)
    choice.choose_types(choice.events)
    tables.build(choice.adhoc)
