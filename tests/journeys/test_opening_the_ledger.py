"""A ledger that is open already, or damaged: the window says so, offers a way out, and harms nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk.desktop.single_instance import SingleInstance
from tests.journeys.places import CAOYI, ledger, pc_of


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_second_start_brings_the_first_window_to_the_front(tmp_path: Path) -> None:
    pc = pc_of(CAOYI, tmp_path)
    with pc.on() as clerk:
        assert clerk.program.isVisible()
        second = SingleInstance(pc.folder)
        assert not second.is_first
        assert second.raise_first(), "the first window answers"
        second.close()
        clerk.press("Alt+2")
        assert clerk.at == "records"


def test_a_ledger_in_use_elsewhere_is_a_sentence_with_a_way_out(tmp_path: Path) -> None:
    pc = pc_of(CAOYI, tmp_path)
    with ledger(pc.folder) as in_use, pc.on() as clerk:
        assert not clerk.program.is_open
        clerk.expect("这份台账已经在另一个窗口打开了。", "请用那个窗口，或先把它关掉。")
        clerk.press("Return")
        clerk.expect("这份台账已经在另一个窗口打开了。")
        in_use.close()
        clerk.press("Return")
        assert clerk.at == "home", "once the other one is closed, trying again opens it"


def test_a_damaged_ledger_is_a_sentence_and_stays_as_it_is(tmp_path: Path) -> None:
    pc = pc_of(CAOYI, tmp_path)
    file = pc.folder / "gzdesk.sqlite3"
    damaged = b"\x00" * 4096 + file.read_bytes()[4096:]
    file.write_bytes(damaged)
    with pc.on() as clerk:
        assert not clerk.program.is_open
        clerk.expect("已损坏，打不开。", "请保留这个文件，恢复最近一次备份，或从文化站取回。")
    assert file.read_bytes() == damaged
