"""The town changes a target, a rule and the list of units with keys; one stick takes it to the village."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QLineEdit

from gzdesk.desktop.widgets.plain_table import PlainTable
from tests.desktop.forms_world import press_in
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, TOWN, ledger, pc_of

WHY = "古镇文〔2019〕12号"


def _write(**texts: str) -> object:
    def do(dialog: QDialog) -> None:
        for name, text in texts.items():
            field = dialog.findChild(QLineEdit, name)
            assert field is not None, name
            field.setText(text)
        dialog.save()  # type: ignore[attr-defined]  # Ctrl+Enter
        problem = dialog.findChild(QLabel, "problem")
        assert problem is not None
        if dialog.isVisible():
            _said.append(problem.text())
            dialog.reject()

    return do


_said: list[str] = []


def _go_to(clerk: Clerk, name: str, text: str) -> None:
    table = clerk.page.findChild(PlainTable, name)
    assert table is not None
    table.setFocus()
    for row in range(table.model().rowCount()):
        if text in str(table.model().index(row, 0).data()):
            table.selectRow(row)
            return
    raise AssertionError(text)


def test_a_target_a_rule_and_the_units_go_down_with_one_stick(tmp_path: Path, stick: Path) -> None:
    village, town = pc_of(CAOYI, tmp_path), pc_of(TOWN, tmp_path)
    with village.on() as clerk:
        clerk.press("Ctrl+6", "Ctrl+U")
        clerk.expect("可以拔出U盘了")
    with town.on() as station:
        station.press("F5", "Ctrl+Return", "Return")
        station.program.go("adjustments", kind="rule")
        _go_to(station, "adjustments", "月报截止")
        station.answer(_write(value="99", valid_from="2019-11-01", reason=WHY))
        station.press("F2")
        assert "1 到 28" in _said.pop()
        station.answer(_write(value="8", valid_from="2019-11-01", reason=WHY))
        station.press("F2")
        station.expect("改好了", "2019-11-01", WHY)
        station.program.go("adjustments", kind="target")
        station.answer(_write(value="0.65", valid_from="11-1", reason=WHY, wording=""))
        station.press("F2")
        station.expect("0.65")
        station.program.go("units")
        station.answer(_write(name="灯都新村", kind="行政村", valid_from="2019-11-01"))
        station.press("F2")
        station.expect("灯都新村")
        _go_to(station, "units", "曹三村")
        station.answer(_write(into="曹二村", day="2019-7-1"))
        station.press("Delete")
        station.expect("已并入曹二村")
        station.program.go("receive")
        station.press("Ctrl+U")
        station.expect("可以拔出U盘了", "还有")
    with village.on() as clerk:
        clerk.press("Ctrl+6", "Ctrl+R")
        work = clerk.ledger
        assert work.settings.report_deadline_day == 8
        assert work.units.find("灯都新村") is not None
        assert work.adjustments.targets()[0].value == "0.65"
        clerk.program.go("adjustments", kind="rule")
        clerk.expect("2019-11-01", WHY)
        clerk.press("F2")  # a village changes nothing
        clerk.program.go("settings")
        clerk.expect("镇里统一规定的，这里不能改。")
    with ledger(village.folder) as work:
        assert work.context.set_by_town().keys() == {"report_deadline_day"}


def test_targets_rules_and_units_are_changed_with_keys_alone(tmp_path: Path) -> None:
    with pc_of(TOWN, tmp_path).on() as station:
        station.press("Ctrl+,")
        _tab_to(station, "open_adjustments")
        station.press("Return")
        assert station.at == "adjustments"
        _tab_to(station, "pill_target")
        station.press("Right")
        station.expect("港澳台影片算国产")
        _tab_to(station, "adjustments")
        station.press("Down", "Down")
        station.answer(_write(value="是", valid_from="2019-11-01", reason=WHY))
        station.press("Return")
        station.expect("改好了", WHY)
        station.answer(lambda dialog: press_in(dialog, "answer_withdraw"))
        station.press("Delete")
        station.expect("撤回了")
        station.press("Esc")
        assert station.at == "settings", "Esc goes back to where one came from"
        _tab_to(station, "open_units")
        station.press("Return")
        assert station.at == "units"
        assert station.where().objectName() == "units", "the list has the cursor"
        station.press("Down", "Down")
        station.answer(_write(name="古四新村"))
        station.press("Return")
        station.expect("古四新村")


def _tab_to(station: Clerk, name: str) -> None:
    for _stop in range(60):
        if station.where().objectName() == name:
            return
        station.press("Tab")
    raise AssertionError(f"the cursor never comes to {name}")
