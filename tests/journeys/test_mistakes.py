"""What goes wrong at the desk: slips of the fingers, second thoughts, power cuts. Nothing typed is ever lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.domain.period import Month
from gzdesk.services.records import ListQuery
from tests.journeys.pc import Clerk, Pc
from tests.journeys.places import CAOYI, OCTOBER, pc_of
from tests.journeys.screen import paper_words

ROOT = Path(__file__).parents[2]
JUNE = Month(2019, 6)


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    return pc_of(CAOYI, tmp_path)


@pytest.fixture
def clerk(pc: Pc) -> Iterator[Clerk]:
    with pc.on() as seated:
        yield seated


def listed(clerk: Clerk, *statuses: str) -> list[str]:
    """The titles of the events with those statuses."""
    events = tuple(item.id for item in clerk.ledger.types.in_groups("event"))
    query = ListQuery(types=events, unit=CAOYI, statuses=statuses)
    return [row.title for row in clerk.ledger.records.page(query).rows]


# Slips of the fingers


def test_a_date_that_cannot_be_read_stays_as_typed_beside_its_sentence(clerk: Clerk) -> None:
    clerk.press("Alt+1")
    clerk.type("1107", "Return")
    clerk.type("上上个星期", "Return")
    clerk.type("whw", "Return")
    clerk.type("136", "Return")
    clerk.type("sgq", "Return")
    clerk.press("Space")
    assert clerk.message_at("date") == "看不懂这个日期，请写成 2019-11-06，或只写几号。"
    assert clerk.text_in("date") == "上上个星期"
    clerk.press("Ctrl+Return")
    assert clerk.field() == "date", "saving goes to what keeps it from being saved"
    assert not clerk.sees("已保存")
    clerk.type("5", "Ctrl+Return")
    clerk.expect("已保存：2019-11-05 我和我的祖国")


def test_what_is_missing_is_said_beside_its_field_and_f7_goes_there(clerk: Clerk) -> None:
    clerk.press("Alt+1")
    clerk.type("1107", "Return")
    clerk.type("5", "Return")
    clerk.press("Ctrl+S")
    assert clerk.field() == "film_id"
    assert "影片" in clerk.message_at("film_id")
    assert clerk.message_at("confirmed_by") == "还没填村确认人。请填回执单上签字的人。"
    clerk.expect("还有 3 处要填")
    clerk.type("whw")
    clerk.press("Return", "F7")
    assert clerk.field() == "confirmed_by"
    clerk.press("F7")
    assert clerk.field() == "audience", "after the last one it goes on at the first"


def test_the_whole_number_from_the_paper_is_not_doubled(clerk: Clerk) -> None:
    clerk.press("Alt+1")
    assert clerk.text_in("receipt_no") == "GZ-2019-"
    clerk.type("GZ-2018-1107", "Return")
    assert clerk.text_in("receipt_no") == "GZ-2018-1107"


def test_an_unusual_figure_is_a_remark_and_can_be_saved(clerk: Clerk) -> None:
    clerk.press("Alt+1")
    clerk.type("1107", "Return")
    clerk.type("5", "Return")
    clerk.type("whw", "Return")
    clerk.type("1860", "Return")
    assert "1860 比平时（约 121）多很多" in clerk.message_at("audience")
    clerk.type("sgq", "Return")
    clerk.press("Space", "Ctrl+Return")
    clerk.expect("已保存：2019-11-05 我和我的祖国")


# Second thoughts


def test_a_form_that_is_not_saved_is_asked_about(clerk: Clerk) -> None:
    clerk.press("Alt+2")
    clerk.type("重阳敬老")
    clerk.answer(lambda _dialog: clerk.press("Esc"))
    clerk.press("Ctrl+1")
    assert clerk.at == "records", "Esc is the safe answer"
    assert clerk.text_in("name") == "重阳敬老"
    clerk.answer(lambda _dialog: clerk.press("Return"))
    clerk.press("Ctrl+1")
    assert clerk.at == "home"
    assert listed(clerk, "draft") == ["重阳敬老"]


def test_what_happened_is_voided_with_a_reason_and_comes_back(clerk: Clerk) -> None:
    clerk.press("Ctrl+2", "PgUp")
    before = listed(clerk, "held")
    clerk.answer(lambda _dialog: clerk.type("记错了村", "Return", "Return"))
    clerk.press("Delete")
    clerk.expect("已作废")
    assert listed(clerk, "void") == ["烈火英雄"]
    clerk.press("Ctrl+Z")
    clerk.expect("已撤销")
    assert listed(clerk, "held") == before
    assert listed(clerk, "void") == []


def test_a_plan_is_deleted_at_once_and_comes_back(clerk: Clerk) -> None:
    clerk.press("Ctrl+2")
    assert listed(clerk, "planned") == ["敬老茶话会"]
    clerk.press("Delete")
    assert listed(clerk, "planned") == []
    clerk.press("Ctrl+Z")
    assert listed(clerk, "planned") == ["敬老茶话会"]


# Power cuts


def test_what_was_being_typed_survives_a_power_cut(pc: Pc) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.journeys.losing_power", str(pc.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode < 0, ended.stderr
    with pc.on() as clerk:
        clerk.expect("电影放映：有一张没有存完")
        clerk.press("Return")
        assert clerk.at == "records"
        clerk.expect("上次没存的内容还在")
        assert clerk.text_in("receipt_no") == "GZ-2019-1107"
        assert clerk.text_in("date") == "六月吧"
        assert clerk.text_in("film_id") == "whw"


# Months


def test_a_draft_keeps_the_month_from_being_closed_and_leads_to_itself(clerk: Clerk) -> None:
    clerk.press("Alt+2")
    clerk.type("读书分享会", "Return", "Return")
    clerk.type("1026", "Return")
    clerk.click("save_draft")
    clerk.press("Ctrl+4")
    clerk.expect("读书分享会是草稿", "还有 1 件要办")
    clerk.press("Ctrl+L")
    assert clerk.ledger.months.state(OCTOBER).status == "open"
    clerk.press("F7", "Return")
    assert clerk.at == "records"
    assert clerk.text_in("name") == "读书分享会"


def test_a_month_without_events_is_stated(clerk: Clerk) -> None:
    clerk.press("Ctrl+4")
    for _month in range(4):
        clerk.click("month_back")
    clerk.expect("确实没有活动，请按“零报告”。")
    clerk.click("nil_report")
    clerk.type("ldm", "Return")
    clerk.press("Return")
    state = clerk.ledger.months.state(JUNE)
    assert (state.status, state.nil) == ("closed", True)
    assert "本月无活动" in paper_words(clerk.page.preview)


def test_a_closed_month_refuses_changes_and_is_reopened_with_a_reason(clerk: Clerk) -> None:
    clerk.press("Ctrl+4", "Ctrl+L")
    clerk.type("ldm", "Return")
    clerk.press("Return")
    clerk.press("Ctrl+2", "PgUp", "Return")
    focus_on(clerk, "audience")
    clerk.type("99", "Ctrl+S")
    clerk.expect("2019年10月已经封账")
    assert clerk.text_in("audience") == "99", "what was typed stays"
    clerk.answer(lambda _dialog: clerk.click_in(_dialog, "answer_drop"))
    clerk.press("Ctrl+4")
    clerk.answer(lambda _dialog: clerk.type("漏记一场", "Return", "Return"))
    clerk.click("reopen")
    clerk.expect("重新打开：漏记一场")
    clerk.press("Ctrl+L", "Return")
    clerk.expect("更正")
    assert "更正（第1次）" in paper_words(clerk.page.preview)
    assert clerk.ledger.months.state(OCTOBER).correction == 1


def focus_on(clerk: Clerk, name: str) -> None:
    """Tab to a field."""
    for _tab in range(40):
        if clerk.field() == name:
            return
        clerk.press("Tab")
    raise AssertionError(name)
