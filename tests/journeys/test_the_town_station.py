"""The town station's month in the real windows, with keys: from the stick to the report and the binder.

A month comes in, one record goes back and is put right, the month is approved; the overview and the indicators
follow, the quarterly report is finished and printed, and task 16 is bound for the review.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, OCTOBER, TOWN, pc_of
from tests.journeys.test_review import (
    approve_the_month,
    close_the_month,
    hand_over,
    put_it_right,
    read_the_answer,
    return_the_activity,
    take_in,
    write_the_answers,
)
from tests.reports.reading import pdf_texts

_ACTIVITIES = "monitor_activity_sessions"


def test_a_month_is_reviewed_counted_reported_and_bound(
    tmp_path: Path, stick: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binder = tmp_path / "任务16.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(binder), ""))
    town, village = pc_of(TOWN, tmp_path), pc_of(CAOYI, tmp_path)
    with village.on() as clerk:
        close_the_month(clerk)
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        before = persons(clerk)
        find_on_the_overview(clerk, "待审")
        return_the_activity(clerk)
        find_on_the_overview(clerk, "退回")
        write_the_answers(clerk)
    with village.on() as clerk:
        read_the_answer(clerk)
        put_it_right(clerk)
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        approve_the_month(clerk)
        find_on_the_overview(clerk, "已审")
        assert persons(clerk) == before - 2, "the activity had two persons too many"
        print_the_quarterly_report(clerk, paper)
        bind_task_16(clerk)
    with zipfile.ZipFile(binder) as archive:
        assert [name for name in archive.namelist() if name.endswith("01 目录.pdf")]


def persons(clerk: Clerk) -> int:
    """How many came to the events of the year, as the page of indicators says."""
    clerk.program.go("indicators", indicator=_ACTIVITIES)
    clerk.rest()
    result = clerk.ledger.indicators.one(_ACTIVITIES, year=OCTOBER.year)
    clerk.expect(clerk.ledger.indicators.text(result))
    (words,) = (note for note in result.notes if "人次" in note)
    return int("".join(letter for letter in words if letter.isdigit()))


def find_on_the_overview(clerk: Clerk, state: str) -> None:
    clerk.press("Ctrl+1")
    grid = clerk.page.grid
    caoyi = next(row for row in range(13) if grid.model().index(row, 0).data() == "曹一村")
    assert grid.model().index(caoyi, OCTOBER.month).data() == state


def print_the_quarterly_report(clerk: Clerk, paper: Path) -> None:
    clerk.program.go("papers", document="quarterly_report", quarter="2019-Q3")
    clerk.rest()
    clerk.answer(lambda dialog: clerk.click_in(dialog, "answer_finish"))
    clerk.press("Ctrl+Return")
    (finished,) = clerk.ledger.finishing.finished()
    clerk.until(lambda: finished.check_code in shown_report(clerk))
    shown = shown_report(clerk)
    assert all(part in shown for part in ("深度工作进展情况", "制度设计研究进展情况", "阶段性创建成果"))
    clerk.press("Ctrl+P")
    clerk.expect("页已送到打印机")
    assert paper.stat().st_size > 0


def shown_report(clerk: Clerk) -> str:
    """The words of the report that is shown; nothing while it is being drawn."""
    look = clerk.page._look
    return "".join(pdf_texts(look.pdf)) if look else ""


def bind_task_16(clerk: Clerk) -> None:
    clerk.program.go("tasks", task=16)
    clerk.rest()
    clerk.press("F9")
    menu = clerk.page.findChild(ChoicePanel, "export_menu")
    assert menu is not None
    assert menu.fitting[0] == "task zip"
    clerk.press("Return")
    clerk.expect("任务16.zip")
