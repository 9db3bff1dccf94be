"""The list that is seen, as a file and on paper, from the real window with keys."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from gzdesk.desktop import printing
from gzdesk.desktop.main_window import MainWindow
from gzdesk.desktop.table_files import free_name
from tests.desktop.forms_world import Hands, settle, village_window
from tests.desktop.test_records_page import titles


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    chosen = tmp_path / "u盘"
    chosen.mkdir()
    monkeypatch.setattr(printing, "ask_folder", lambda shell: chosen)
    return chosen


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with village_window(tmp_path / "village") as shown:
        shown.go("records", month="2019-10")
        settle()
        yield shown


def wait(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=30_000)
    settle()


def test_ctrl_e_writes_the_list_as_it_is_seen(window, folder, qtbot):
    hands = Hands(window)
    hands.press("Ctrl+E")
    wait(window, qtbot)
    sheet = load_workbook(folder / "曹一村活动登记 2019年10月.xlsx").active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    model = window.page._list.model
    assert rows[0] == [column.title for column in model.columns]
    assert [row[3] for row in rows[1:-1]] == titles(window)
    assert rows[-1][0] == "合计"
    assert rows[-1][5] == 185
    assert "曹一村活动登记 2019年10月.xlsx" in window.message.text()


def test_a_search_and_another_order_are_kept(window, folder, qtbot):
    window.page._list.search.setText("lhyx")
    window.page._list.refresh()
    hands = Hands(window)
    hands.press("Ctrl+E")
    wait(window, qtbot)
    sheet = load_workbook(next(folder.iterdir())).active
    assert "查找：lhyx" in sheet["A2"].value
    assert [sheet.cell(row, 4).value for row in range(4, sheet.max_row)] == ["烈火英雄"]


def test_all_items_of_one_register(window, folder, qtbot):
    hands = Hands(window)
    hands.press("Ctrl+Shift+E")
    wait(window, qtbot)
    assert list(folder.iterdir()) == [], "several registers have no items in common"
    hands.press("Ctrl+PgDown", "Ctrl+Shift+E")
    wait(window, qtbot)
    sheet = load_workbook(folder / "曹一村电影放映 2019年10月.xlsx").active
    head = [cell.value for cell in sheet[3]]
    assert head[:3] == ["回执单编号", "放映日期", "开始时间"]
    assert sheet["A4"].value == "GZ-2019-1011"


@pytest.mark.parametrize(("row", "suffix"), [("export_csv", ".csv"), ("export_pdf", ".pdf")])
def test_the_menu_writes_text_and_paper(window, folder, qtbot, row, suffix):
    hands = Hands(window)
    hands.press("F10")
    window.page._menu._take(row)
    wait(window, qtbot)
    (made,) = folder.iterdir()
    assert made.name == f"曹一村活动登记 2019年10月{suffix}"
    if suffix == ".csv":
        with made.open(encoding="utf-8-sig", newline="") as lines:
            assert len(list(csv.reader(lines))) == 4
    else:
        assert made.read_bytes().startswith(b"%PDF")


def test_an_older_file_stays(window, folder, qtbot):
    hands = Hands(window)
    for _time in range(2):
        hands.press("Ctrl+E")
        wait(window, qtbot)
    assert sorted(made.name for made in folder.iterdir()) == [
        "曹一村活动登记 2019年10月 (2).xlsx",
        "曹一村活动登记 2019年10月.xlsx",
    ]
    assert free_name(folder, "曹一村活动登记 2019年10月", ".xlsx").name.endswith("(3).xlsx")


def test_nothing_is_written_without_a_folder_and_a_folder_that_refuses_is_named(
    window, folder, qtbot, monkeypatch, tmp_path
):
    hands = Hands(window)
    monkeypatch.setattr(printing, "ask_folder", lambda shell: None)
    hands.press("Ctrl+E")
    wait(window, qtbot)
    assert list(folder.iterdir()) == []
    monkeypatch.setattr(printing, "ask_folder", lambda shell: tmp_path / "gone")
    hands.press("Ctrl+E")
    wait(window, qtbot)
    assert "写不进去" in window.message.text()


def test_ctrl_p_prints_the_list_and_not_a_form(window, qtbot, monkeypatch):
    printed = []
    monkeypatch.setattr(printing, "print_content", lambda shell, content: printed.append(content))
    hands = Hands(window)
    hands.press("Ctrl+P")
    wait(window, qtbot)
    assert [content[:4] for content in printed] == [b"%PDF"]
    hands.press("F2", "Ctrl+P", "Ctrl+E")
    wait(window, qtbot)
    assert len(printed) == 1
