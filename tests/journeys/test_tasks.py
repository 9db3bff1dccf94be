"""The town's clerk and the table of tasks: found by initials, proved, noted, printed, bound; all with keys."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from gzdesk.desktop import printing
from gzdesk.desktop.history_dialog import HistoryDialog
from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, TOWN, export_of, ledger, pc_of
from tests.journeys.test_evidence import drop, mime_of, three_photos


def test_task_16_is_found_proved_noted_printed_and_bound(
    tmp_path: Path, stick: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binder, books = tmp_path / "任务16.zip", tmp_path / "表"
    books.mkdir()
    export_of(CAOYI, tmp_path, stick)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(binder), ""))
    monkeypatch.setattr(printing, "ask_folder", lambda _shell: books)
    town = pc_of(TOWN, tmp_path)
    with town.on() as clerk:
        clerk.press("F5", "Ctrl+Return")
        clerk.program.go("tasks")
        clerk.rest()
        find(clerk)
        prove(clerk, three_photos(tmp_path)[0])
        write_how_far_it_is(clerk)
        clerk.press("Ctrl+P")
        clerk.expect("1 页已送到打印机")
        clerk.press("Ctrl+Shift+P")
        clerk.expect("页已送到打印机")
        clerk.press("Ctrl+E")
        clerk.expect("任务分解表.xlsx")
        clerk.press("F9")
        menu = clerk.page.findChild(ChoicePanel, "export_menu")
        assert menu is not None
        assert menu.fitting[0] == "task zip"
        clerk.press("Return")
        clerk.expect("任务16.zip")
    assert paper.exists()
    assert (books / "任务分解表.xlsx").exists()
    with zipfile.ZipFile(binder) as archive:
        names = archive.namelist()
    assert [name for name in names if name.endswith("00 封面.pdf")]
    assert [name for name in names if name.endswith("01 目录.pdf")]
    assert [name for name in names if "00 任务16.pdf" in name]
    assert [name for name in names if "16-2-001" in name and name.endswith(".jpg")]
    with ledger(town.folder) as work:
        said = work.tasks.one("16.2").said
        assert said is not None
        assert (said.state, said.note) == ("running", "已放映118场。")


def find(clerk: Clerk) -> None:
    """Initials find the task and its second item; left and right change the item."""
    clerk.press("Ctrl+F")
    clerk.type("ncdyfy", "Return")
    clerk.rest()
    clerk.expect("开展文化精准扶贫", "创新农村电影放映模式", "1 项任务")
    clerk.press("Left")
    clerk.expect("大力开展送戏下乡")
    clerk.press("Right")
    clerk.expect("创新农村电影放映模式")


def prove(clerk: Clerk, file: Path) -> None:
    """A photo dropped on the page begins a paper for the first entry that nothing is there for."""
    drop(clerk, clerk.page, mime_of(file))
    assert clerk.at == "registers"
    assert clerk.text_in("task_item") == "16.2 农村电影放映"
    clerk.form.findChild(QWidget, "field_title").setFocus()  # type: ignore[union-attr]
    clerk.press("Ctrl+A")
    clerk.type("放映公示")
    assert clerk.text_in("date") == "2019-10-05", "the day on which the photo was taken"
    clerk.press("Ctrl+S")
    clerk.expect("已保存")
    clerk.program.go("tasks")
    clerk.rest()
    clerk.expect("16-2-001")


def write_how_far_it_is(clerk: Clerk) -> None:
    """Written with F2, kept with Ctrl+S; the words before are one key away."""
    clerk.press("F2")
    clerk.type("已放映100场。", "Ctrl+S")
    clerk.expect("16.2 的进展已记下")
    clerk.press("F2", "Ctrl+A")
    clerk.type("已放映118场。")
    clerk.press("Shift+Tab", "Right", "Right", "Ctrl+S")
    clerk.expect("已放映118场。")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, HistoryDialog)
        dialog.accept()

    clerk.answer(look)
    clerk.press("F8")


def test_a_note_is_not_lost_when_one_moves_on_and_asked_about_when_one_leaves_it(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.program.go("tasks", item="16.2")
        clerk.rest()
        clerk.press("F2")
        clerk.type("写了一半")
        clerk.answer(lambda dialog: dialog.reject())
        clerk.press("Escape")
        assert clerk.page.pane.progress.is_open, "Esc in the question goes on writing"
        clerk.program.go("home")
        clerk.rest()
        assert clerk.at == "home"
        clerk.program.go("tasks", item="16.2")
        clerk.rest()
        clerk.expect("写了一半")


def test_a_village_sees_what_it_has_a_part_in(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.program.go("tasks")
        clerk.rest()
        clerk.expect("13 项任务、22 个子项")
        clerk.program.go("tasks", task=16)
        clerk.rest()
        clerk.press("Right")
        clerk.expect("创新农村电影放映模式")
        clerk.press("Return")
        assert clerk.at == "evidence"


def test_the_list_is_narrowed_down_by_state_unit_and_date(tmp_path: Path) -> None:
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.program.go("tasks")
        clerk.rest()
        clerk.click("pill_overdue")
        clerk.expect("第 1–3 项，共 3 项任务")
        clerk.click("pill_all")
        page = clerk.page
        page._who.setCurrentIndex(page._who.findData("资产办"))
        page._due.setCurrentIndex(page._due.findData("2019-12-31"))
        page.refresh()
        clerk.rest()
        assert {row.task.task_no for row in page._rows} >= {6}
        assert all((row.item.due_to or "") <= "2019-12-31" for task in page._rows for row in task.rows)
        clerk.press("Ctrl+F")
        clerk.type("没有这样的任务")
        clerk.expect("没有符合条件的任务")
        clerk.press("Escape")
        assert page._rows


# The calendar of duties


def test_from_the_overview_to_the_report_that_is_due_and_back(tmp_path: Path) -> None:
    with pc_of(TOWN, tmp_path).on() as clerk:
        clerk.expect("工作动态：2019年10月")
        clerk.press("Ctrl+K")
        assert clerk.at == "deadlines"
        clerk.expect("2019年11月", "件要办")
        clerk.press("PgDown")
        clerk.expect("2019年12月")
        clerk.press("PgUp", "F7", "F7")
        clerk.expect("按时率")
        clerk.press("F7")
        page = clerk.page
        at = next(n for n, due in enumerate(page._shown) if due.duty.id == "monthly_report")
        page.table.setFocus()
        page.table.selectRow(at)
        clerk.press("Return")
        assert clerk.at == "papers"
        clerk.expect("每月工作动态", "草稿，未定稿")
        wanted = clerk.page.bar.wanted()
        assert str(wanted.month) == "2019-10"
        clerk.press("Esc")
        assert clerk.at == "deadlines"
        clerk.press("Ctrl+P")
        assert clerk.at == "papers"
        clerk.until(lambda: clerk.page._look is not None and "应办事项一览表" in clerk.page._look.title)


def test_a_day_of_the_month_shows_its_duties(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.press("Ctrl+K")
        assert clerk.at == "deadlines"
        clerk.page.calendar.setFocus()
        clerk.press("Down", "Down", "Down", "Right", "Right", "Right", "Return")
        clerk.expect("安全检查")
        assert clerk.page._selected.duty.id == "safety_check"
        clerk.press("Return")
        assert clerk.at == "registers"
