"""Review and return in the real windows: one record goes back by its field and comes again put right; the month is
approved; what changes later lies in the tray. Each PC is switched on when the stick comes to it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, OCTOBER, TOWN, digest, ledger, pc_of

_REMARK = "签到表上是 62 人"
_REASON = "数字写错，已对照签到表更正"


def test_a_record_goes_back_is_put_right_and_its_month_is_approved(tmp_path: Path, stick: Path) -> None:
    town, village = pc_of(TOWN, tmp_path), pc_of(CAOYI, tmp_path)

    with village.on() as clerk:
        close_the_month(clerk)
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        return_the_activity(clerk)
        write_the_answers(clerk)
    with village.on() as clerk:
        read_the_answer(clerk)
        put_it_right(clerk)
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        approve_the_month(clerk)
        write_the_answers(clerk)
    with village.on() as clerk:
        read_the_answer(clerk)
        clerk.press("Ctrl+4")
        show_october(clerk)
        clerk.expect("文化站已审核")
    assert digest(village.folder, CAOYI) == digest(town.folder, CAOYI)

    with ledger(village.folder) as own:  # a week later a helper is remembered, and the month closed once more
        own.months.reopen(OCTOBER, reason="漏记")
        record = next(iter(own.records.of_types(["activity"], month=OCTOBER)))
        own.records.save(
            type_id="activity", record_id=record.id, values={**record.values, "participants": 63}
        )
        own.months.close(OCTOBER)
    with village.on() as clerk:
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        find_the_late_change(clerk)


def test_nothing_is_wrong_goes_up_as_an_explanation(tmp_path: Path, stick: Path) -> None:
    town, village = pc_of(TOWN, tmp_path), pc_of(CAOYI, tmp_path)
    with village.on() as clerk:
        close_the_month(clerk)
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        return_the_activity(clerk)
        write_the_answers(clerk)
    with village.on() as clerk:
        read_the_answer(clerk)
        clerk.press("Ctrl+1")
        clerk.click("due_returned")
        clerk.answer(lambda dialog: written(dialog, "签到表另有一张"))
        clerk.page.findChild(QWidget, "no_mistake").setFocus()
        clerk.press("Return")
        clerk.expect("没有退回的登记了。")
        hand_over(clerk)
    with town.on() as clerk:
        take_in(clerk)
        open_the_review(clerk)
        go_to_the_activity(clerk)
        clerk.expect("已说明", "签到表另有一张")


# The village


def close_the_month(clerk: Clerk) -> None:
    clerk.press("Ctrl+4", "Ctrl+L")
    clerk.type("苏国强", "Return")
    clerk.press("Return")
    clerk.expect("已封账")


def show_october(clerk: Clerk) -> None:
    clerk.page.activate(month=OCTOBER)
    clerk.page.refresh()
    clerk.rest()


def hand_over(clerk: Clerk) -> None:
    clerk.press("Ctrl+6", "Ctrl+U")
    clerk.expect("可以拔出U盘了")


def read_the_answer(clerk: Clerk) -> None:
    clerk.press("Ctrl+6", "Ctrl+R")
    clerk.expect("回执已读入")


def put_it_right(clerk: Clerk) -> None:
    clerk.press("Ctrl+1")
    clerk.expect("退回：", f"参与人次：{_REMARK}")
    clerk.click("due_returned")
    assert clerk.at == "returned"
    clerk.expect("文化站退回了这条登记，有 1 处要改", _REMARK, "原来填的：", "往来记录", "签收")
    assert clerk.where().objectName() == "field_participants"
    clerk.press("Ctrl+Return")
    clerk.expect("请先填修改原因。")
    clerk.page.form.focus_first()
    clerk.type("62", "Return")
    assert clerk.where().objectName() == "reason"
    clerk.type(_REASON)
    clerk.press("Ctrl+Return")
    clerk.expect("没有退回的登记了。", "更正（第 1 次）")
    assert clerk.ledger.months.state(OCTOBER).status == "closed"
    clerk.press("Ctrl+4")
    show_october(clerk)
    clerk.expect("更正（第 1 次）")


# The town


def take_in(clerk: Clerk) -> None:
    clerk.press("F5", "Ctrl+Return")
    clerk.expect("已经收进台账")


def write_the_answers(clerk: Clerk) -> None:
    clerk.press("F5", "Ctrl+Return")
    clerk.press("Return")
    clerk.expect("可以拔出U盘了，请交还给村里。")


def open_the_review(clerk: Clerk) -> None:
    clerk.press("Ctrl+1")
    clerk.click("todo_waiting")
    assert clerk.at == "review"
    clerk.expect("曹一村10月")


def return_the_activity(clerk: Clerk) -> None:
    open_the_review(clerk)
    go_to_the_activity(clerk)
    clerk.answer(remark_on("participants"))
    clerk.press("F9")
    clerk.expect("已退回：", "退回未改 1 条")
    clerk.press("Ctrl+Return")
    assert clerk.ledger.review.month(CAOYI, OCTOBER).state == "returned", "an open return stops the approval"
    clerk.press("Ctrl+1")
    clerk.expect("退回未改", "10月：曹一村")


def go_to_the_activity(clerk: Clerk) -> None:
    for _row in range(20):
        if clerk.page._current().record.type == "activity":
            return
        clerk.press("Down")
    raise AssertionError("the activity is not in the list")


def remark_on(field: str) -> Callable[[QDialog], None]:
    def write(dialog: QDialog) -> None:
        dialog.choose(field)
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        dialog.line.setText(_REMARK)
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
        assert [remark.text for remark in dialog.remarks] == [_REMARK]
        QTest.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    return write


def written(dialog: QDialog, words: str) -> None:
    dialog.reason.setText(words)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)


def approve_the_month(clerk: Clerk) -> None:
    open_the_review(clerk)
    go_to_the_activity(clerk)
    clerk.expect("已修改", f"已修改：{_REASON}")
    clerk.press("Space")
    clerk.press("F8")
    clerk.press("Ctrl+Return")
    clerk.expect("已审核：曹一村10月。", "没有待审的月报。")
    clerk.press("Ctrl+1")
    grid = clerk.page.grid
    caoyi = next(row for row in range(13) if grid.model().index(row, 0).data() == "曹一村")
    assert grid.model().index(caoyi, OCTOBER.month).data() == "已审"


def find_the_late_change(clerk: Clerk) -> None:
    open_the_review(clerk)
    clerk.expect("更正 1 条")
    clerk.click("pill_late")
    clerk.expect("参与人次 62 → 63", "审过时 → 现在")
    clerk.press("Return")
    clerk.expect("有更正")
    clerk.press("Ctrl+Return")
    clerk.expect("已审核：曹一村10月。")
    clerk.click("pill_late")
    clerk.expect("审过的月份没有改动。")
