"""A clerk brings the activities of October along in Excel: on the stick, messy, one row wrong, corrected, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog

from gzdesk.services.records import ListQuery
from tests.desktop.excel_world import NAMES, REFUSED, messy_workbook
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, OCTOBER, pc_of

BROUGHT = "曹一村10月活动.xlsx"


@pytest.fixture
def clerk(tmp_path: Path, stick: Path) -> Iterator[Clerk]:
    messy_workbook(stick / BROUGHT)
    with pc_of(CAOYI, tmp_path).on() as seated:
        yield seated


def activities(clerk: Clerk) -> set[str]:
    query = ListQuery(types=("activity",), unit=CAOYI, month=OCTOBER)
    found = {row.title for row in clerk.ledger.records.page(query).rows}
    return found & {*NAMES, REFUSED}


def to_the_page(clerk: Clerk) -> None:
    """From the list of activities to the page that takes tables in."""
    clerk.press("Ctrl+2")
    listed = clerk.page._list  # type: ignore[attr-defined]  # a page with a list
    while listed.tab != "activity":
        clerk.press("Ctrl+PgDown")
    clerk.press("Ctrl+I")
    assert clerk.at == "import_table"


def say_who_signed(clerk: Clerk) -> None:
    """The last column is headed by a word that nobody can guess."""
    clerk.expect("还没有对应的列", "负责人")
    clerk.press("End")
    clerk.type("fzr", "Return")
    assert not clerk.sees("还没有对应的列")


def test_a_clerks_workbook_comes_in_is_corrected_and_taken_back(
    clerk: Clerk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_the_page(clerk)
    clerk.expect("U盘里的表格", BROUGHT)
    clerk.press("Return")
    clerk.expect("表头在第 3、4 行", "2019-10-03", "2019-10-08", "19:30", "200", "42")
    clerk.expect("合计行没有收（第 7、10 行）：小计 3", "说明文字没有收（第 11 行）：注：人数以签到表为准。")
    say_who_signed(clerk)
    clerk.expect("第 8 行，参与人次：这里要填数字，例如 120。")

    clerk.press("Ctrl+Return")
    clerk.expect("新增", "不能收", "很多人", "还没有收进台账。")
    assert activities(clerk) == set()
    clerk.press("Ctrl+Return")
    clerk.expect("已收", "另存后在 Excel 里改好，再收那个文件就行，收过的不会重复。")
    assert activities(clerk) == set(NAMES)

    corrected = save_and_correct(clerk, stick, monkeypatch)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(corrected), ""))
    clerk.press("Ctrl+O")
    clerk.expect("这种表以前收过，各列照上次的对应。")
    clerk.press("Ctrl+Return", "Ctrl+Return")
    assert activities(clerk) == {*NAMES, REFUSED}

    clerk.press("Ctrl+Z")
    clerk.expect("已撤回 1 条。")
    assert activities(clerk) == set(NAMES)
    clerk.press("Return")
    assert clerk.at == "records"
    clerk.expect(*NAMES)

    to_the_page(clerk)
    clerk.page._choose.earlier.setFocus()  # type: ignore[attr-defined]  # the page of imports
    clerk.press("Down", "Delete")
    clerk.expect("已撤回 3 条。")
    assert activities(clerk) == set()


def save_and_correct(clerk: Clerk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save the refused row as a workbook and write a figure where there was none."""
    target = stick / "改过.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    clerk.press("Ctrl+E")
    clerk.expect("已存好：改过.xlsx")
    book = load_workbook(target)
    words = {str(cell.value): cell for row in book.active.iter_rows() for cell in row if cell.value}
    assert "参与人次：这里要填数字，例如 120。" in words
    assert not set(NAMES) & set(words), "only what was refused is in it"
    words["很多人"].value = 150
    book.save(target)
    return target


def test_the_same_file_twice_adds_nothing(clerk: Clerk) -> None:
    to_the_page(clerk)
    clerk.press("Return")
    say_who_signed(clerk)
    clerk.press("Ctrl+Return", "Ctrl+Return", "Return")
    assert activities(clerk) == set(NAMES)
    to_the_page(clerk)
    clerk.press("Return", "Ctrl+Return")
    outcome = clerk.page._state.outcome  # type: ignore[attr-defined]  # the page of imports
    assert (outcome.added, outcome.skipped) == (0, 3)
    clerk.press("Ctrl+Return")
    clerk.expect("还没有收进台账。")
    assert activities(clerk) == set(NAMES)


def test_what_was_taken_in_and_deleted_waits_in_the_recycle_bin(clerk: Clerk) -> None:
    to_the_page(clerk)
    clerk.press("Return")
    say_who_signed(clerk)
    clerk.press("Ctrl+Return", "Ctrl+Return", "Ctrl+Z")
    assert activities(clerk) == set()
    clerk.program.go("recycle_bin")
    clerk.rest()
    clerk.expect(f"撤销导入：{BROUGHT}")
    clerk.press("Home", "Shift+Down", "Shift+Down", "Return")
    clerk.expect("已恢复 3 条。按 Ctrl+Z 撤销。")
    assert activities(clerk) == set(NAMES)
