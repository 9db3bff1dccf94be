"""Plain output: columns that stand straight, progress only for somebody who watches."""

from __future__ import annotations

import io
import sys

import pytest

from gzdesk.cli.output import TerminalProgress, table


def test_columns_stand_straight_with_chinese() -> None:
    text = table(
        ("日期", "片名", "人次"), [("10-11", "烈火英雄", "136"), ("10-18", "影", 1200), ("10-25", None, None)]
    )
    assert text.splitlines() == [
        "日期   片名      人次",
        "10-11  烈火英雄   136",
        "10-18  影        1200",
        "10-25  —            —",
    ]


def test_a_text_of_several_lines_stays_in_its_row() -> None:
    assert table(("备注",), [("第一行\n第二行",)]).splitlines() == ["备注", "第一行 第二行"]


def test_a_table_without_rows_is_its_heading() -> None:
    assert table(("片名", "人次"), []) == "片名  人次"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_writes_over_itself_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = TerminalProgress()
    progress.stage("检查文件")
    progress.step(3, 9)
    progress.clear()
    assert "检查文件 3/9" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_progress_is_silent_when_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress()
    progress.stage("检查文件")
    progress.step(1, 0)
    progress.clear()
    assert capsys.readouterr().err == ""
