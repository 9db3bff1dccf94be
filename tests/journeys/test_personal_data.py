"""Somebody asks to be erased: the clerk looks, types the name, and nobody finds that person again on any page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit

from gzdesk.desktop.widgets.choice_panel import ChoicePanel
from gzdesk.services.records import ListQuery
from tests.journeys.pc import Clerk
from tests.journeys.places import CAOYI, pc_of
from tests.journeys.screen import words_on

NAME, PHONE = "欧阳粤樵", "13826139705"


def _volunteer(clerk: Clerk, name: str = NAME) -> str:
    values = {
        "name": name,
        "phone": PHONE,
        "unit_code": CAOYI,
        "registered_on": "2019-03-01",
        "consent_on": "2019-03-01",
        "status": "held",
    }
    return clerk.ledger.records.save(type_id="volunteer", values=values).id


def _lead(clerk: Clerk, **changes: object) -> str:
    values = {
        "name": "重阳茶话会",
        "category": "care",
        "date": "2019-11-02",
        "start_time": "09:00",
        "sessions": 1,
        "place": "老人活动中心",
        "organiser": "村老协",
        "participants": 40,
        "leader": NAME,
        "status": "held",
    }
    return clerk.ledger.records.save(type_id="activity", values={**values, **changes}).id


def _typed(clerk: Clerk, wrong: str, right: str, seen: list[str]) -> None:
    def fill(dialog: QDialog) -> None:
        seen.extend(words_on(dialog))
        line = dialog.findChild(QLineEdit, "reason")
        line.setText(wrong)
        (danger,) = dialog._needing  # type: ignore[attr-defined]  # the one button that waits for the words
        assert not danger.isEnabled(), "another word is not enough"
        line.setText(right)
        assert danger.isEnabled()
        danger.click()

    clerk.answer(fill)


def test_a_person_is_looked_up_and_erased_with_keys_only(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        person = _volunteer(clerk)
        led, told = _lead(clerk), _lead(clerk, date="2019-11-03", leader="苏惠芳", remark=f"问{NAME}")
        clerk.program.go("personal_data")
        clerk.rest()
        clerk.type(NAME[:2], "Return")
        clerk.rest()
        clerk.expect(NAME, "负责人：" + NAME, "备注：问" + NAME)
        assert clerk.page.person.record_id == person
        seen: list[str] = []
        _typed(clerk, "欧阳", NAME, seen)
        clerk.press("Delete")
        clerk.rest()
        assert f"确定要删，请在这里输入：{NAME}" in seen
        assert "另有 1 条登记里的姓名会去掉。删了就找不回来。" in seen
        values = clerk.ledger.records.get(person).record.values
        assert values["name"].startswith("已删除的人员")
        assert values["registered_on"] == "2019-03-01"
        assert clerk.ledger.records.get(led).record.values["leader"] == values["name"]
        assert NAME in clerk.ledger.records.get(told).record.values["remark"], "not chosen"
        clerk.expect(f"已删除，现在写的是“{values['name']}”，计数不变。")
        clerk.type(NAME)
        clerk.press("Return")
        clerk.expect("这里没有叫这个名字的人。")


def test_a_line_is_taken_in_with_the_space_key_and_esc_leads_back(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        person = _volunteer(clerk)
        told = _lead(clerk, leader="苏惠芳", remark=f"问{NAME}")
        clerk.program.go("personal_data", record_id=person)
        clerk.rest()
        assert clerk.page.person._chosen == set()
        clerk.press("Space")
        assert clerk.page.person._chosen == {told}
        clerk.press("Space", "Space")
        assert clerk.page.person._chosen == {told}
        clerk.answer(lambda dialog: dialog.reject())
        clerk.press("Delete")
        assert clerk.ledger.records.get(person).record.values["name"] == NAME
        clerk.press("Escape")
        assert clerk.page.person.record_id is None
        assert clerk.at == "personal_data"


def test_from_the_menu_of_a_list_and_from_the_settings(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        person = _volunteer(clerk)
        clerk.program.go("registers", type_id="volunteer")
        clerk.rest()
        assert not clerk.sees(PHONE)
        clerk.press("F10")
        (menu,) = [found for found in clerk.page.findChildren(ChoicePanel) if found.isVisible()]
        clerk.click_on(menu, menu.row_rect("erase_person").center())
        assert clerk.at == "personal_data"
        clerk.expect(NAME, "文化志愿者，2019-03-01 起登记：姓名和个人资料删除，登记照样计数。")
        assert clerk.page.person.record_id == person
        clerk.program.go("settings")
        clerk.rest()
        clerk.click("personal_data")
        assert clerk.at == "personal_data"


def test_what_is_over_goes_with_one_press_and_its_number(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        person = _volunteer(clerk)
        view = clerk.ledger.records.get(person)
        clerk.ledger.records.save(
            type_id="volunteer", record_id=person, values={**view.record.values, "left_on": "2019-03-02"}
        )
        clerk.ledger.context.change_settings(person_kept_years=0)
        clerk.program.go("personal_data")
        clerk.rest()
        clerk.press("Ctrl+PgDown")
        clerk.expect("已离开的文化志愿者", "删除个人资料，计数保留")
        seen: list[str] = []
        _typed(clerk, "2", "1", seen)
        clerk.press("Delete")
        clerk.rest()
        clerk.expect("没有到期的。", "已处理 1 条。")
        assert clerk.ledger.records.get(person).record.values["left_on"] == "2019-03-02"


def test_what_is_kept_and_why_and_how_long(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.program.go("personal_data", view="kept")
        clerk.rest()
        clerk.expect("登记志愿者、联系本人、开服务证明。", "姓名、出生年月、联系电话、监护人、监护人电话")


def test_in_english(tmp_path: Path) -> None:
    with pc_of(CAOYI, tmp_path, language="en").on() as clerk:
        person = _volunteer(clerk)
        _lead(clerk)
        clerk.program.go("personal_data", record_id=person)
        clerk.rest()
        clerk.expect("Erase this person", f"Leader: {NAME}")


def test_an_id_number_is_asked_for_only_where_the_settings_say_so(tmp_path: Path) -> None:
    number, hidden = "44068319680512002X", "4****************X"
    with pc_of(CAOYI, tmp_path).on() as clerk:
        clerk.program.go("registers", type_id="volunteer", new=True)
        clerk.rest()
        assert clerk.page.form.findChild(QLineEdit, "field_id_no") is None
        clerk.press("Escape")
        clerk.program.go("settings")
        clerk.rest()
        clerk.expect("够用就好：有志愿者编号就不必登记。只加密存在这台电脑上，不上报，打印时遮住。")
        clerk.click("keep_id_numbers")
        clerk.program.go("registers", type_id="volunteer", new=True)
        clerk.rest()
        editor = clerk.page.form.findChild(QLineEdit, "field_id_no")
        editor.setFocus()
        clerk.type(number)
        clerk.page.form.findChild(QLineEdit, "field_name").setFocus()
        clerk.type("梁伯")
        clerk.page.form.findChild(QLineEdit, "field_registered_on").setFocus()
        clerk.type("2019-03-01")
        clerk.press("Ctrl+S")
        (row,) = clerk.ledger.records.page(ListQuery(types=("volunteer",), text="梁伯")).rows
        clerk.program.go("registers", type_id="volunteer", record_id=row.id)
        clerk.rest()
        assert clerk.text_in("id_no") == hidden
        editor = clerk.page.form.findChild(QLineEdit, "field_id_no")
        editor.setFocus()
        clerk.press("Alt+V")
        assert clerk.text_in("id_no") == number
        clerk.page.form.findChild(QLineEdit, "field_phone").setFocus()
        clerk.type("22345678")
        clerk.press("Ctrl+S")
        assert clerk.ledger.records.reveal(row.id, "id_no") == number
        clerk.program.go("settings")
        clerk.rest()
        clerk.answer(lambda dialog: clerk.click_in(dialog, "answer_erase"))
        clerk.click("keep_id_numbers")
        assert clerk.ledger.privacy.sealed() == 0
        assert not clerk.ledger.settings.keep_id_numbers
