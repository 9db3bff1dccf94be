"""Documents of records, registers and years from a real ledger; layouts of the town; what must be said first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.services.reports import ReportName
from tests.reports.reading import pdf_page_sizes_mm, pdf_texts
from tests.services import october
from tests.services.october import OCTOBER, activity, save, screening, venue
from tests.services.world import World


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    yield workspace
    workspace.close()


def text_of(ledger: Workspace, name: str, **options: object) -> str:
    look = ledger.reports.look(name, **options)  # type: ignore[arg-type]
    return "".join("".join(pdf_texts(look.pdf)).split())


def named(ledger: Workspace, name: str) -> ReportName:
    return next(item for item in ledger.reports.names() if item.name == name)


def volunteer(ledger: Workspace, **changes: object) -> str:
    values = {"name": "梁䶮明", "phone": "13800138000", "registered_on": "2018-03-05"}
    return save(ledger, "volunteer", values | changes)


def served(ledger: Workspace, who: str, day: str, hours: str, **changes: object) -> str:
    values = {
        "volunteer_id": who,
        "activity_name": "国庆群众合唱",
        "date": day,
        "hours": hours,
        "place": "文化广场",
        "content": "引导",
        "leader": "苏惠芳",
        "confirmed_by": "苏国强",
    }
    return save(ledger, "volunteer_service", values | changes)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("monthly_sheet", "month_needed"),
        ("filled_form", "record_needed"),
        ("blank_form", "type_needed"),
        ("asset_report", "year_needed"),
    ],
)
def test_what_a_document_needs_is_said(ledger: Workspace, name: str, code: str) -> None:
    assert named(ledger, name).needs == (code.removesuffix("_needed"),)
    with pytest.raises(UserError) as refused:
        ledger.reports.preview(name)
    assert refused.value.code == code
    assert named(ledger, name).label in refused.value.message


def test_a_document_of_the_wrong_record_is_refused(ledger: Workspace) -> None:
    with pytest.raises(UserError) as refused:
        ledger.reports.preview("volunteer_certificate", record=activity(ledger))
    assert refused.value.code == "wrong_record"
    with pytest.raises(UserError) as unknown:
        ledger.reports.preview("filled_form", record="00000000-0000-0000-0000-000000000000")
    assert unknown.value.code == "unknown_record"


def test_a_certificate_adds_up_what_was_served_in_the_period(ledger: Workspace) -> None:
    who, other = volunteer(ledger), volunteer(ledger, name="黄志强", phone="13800138001")
    served(ledger, who, "2018-12-01", "4")
    served(ledger, who, "2019-10-01", "2.5")
    served(ledger, who, "2019-10-02", "0.5")
    served(ledger, other, "2019-10-02", "8")
    assert "服务3次，累计服务7小时" in text_of(ledger, "volunteer_certificate", record=who)
    assert "服务2次，累计服务3小时" in text_of(ledger, "volunteer_certificate", record=who, year=2019)
    assert "没有服务记录" in text_of(ledger, "volunteer_certificate", record=who, year=2017)
    assert "13800138000" not in text_of(ledger, "volunteer_certificate", record=who)


def test_a_certificate_asked_for_again_has_the_same_number(ledger: Workspace) -> None:
    who = volunteer(ledger)
    served(ledger, who, "2019-10-01", "2")
    first = ledger.reports.preview("volunteer_certificate", record=who)
    assert first == ledger.reports.preview("volunteer_certificate", record=who)
    assert first != ledger.reports.preview("volunteer_certificate", record=who, year=2019)


def test_a_register_lists_every_record_with_masked_numbers(ledger: Workspace) -> None:
    volunteer(ledger)
    volunteer(ledger, name="黄志强", phone="13912345678")
    text = text_of(ledger, "register", type_id="volunteer")
    assert "曹一村文化志愿者名册" in text
    assert "梁䶮明" in text
    assert "139****5678" in text
    assert "13912345678" not in text


def test_a_register_can_be_of_a_month(ledger: Workspace) -> None:
    activity(ledger)
    activity(ledger, name="九月的活动", date="2019-09-10")
    text = text_of(ledger, "register", type_id="activity", month=OCTOBER)
    assert "书法公益班" in text
    assert "九月的活动" not in text


def test_the_asset_report_adds_money_exactly(ledger: Workspace) -> None:
    common = {"acquired_on": "2018-05-01", "place": "二楼", "keeper": "苏惠芳"}
    for number in range(3):
        save(
            ledger,
            "asset",
            common
            | {
                "asset_no": f"A{number}",
                "name": "音箱",
                "class": "sound",
                "quantity": 3,
                "unit_price": "0.10",
            },
        )
    save(ledger, "asset", common | {"asset_no": "B1", "name": "灯", "class": "other", "quantity": 1})
    text = text_of(ledger, "asset_report", year=2019)
    assert "0.90" in text
    assert "1件没有登记单价" in text
    assert "没有登记设备" in text_of(ledger, "asset_report", year=2017)


def test_the_notice_for_the_door_tells_the_hours_of_coming_holidays(ledger: Workspace) -> None:
    venue(ledger)
    text = text_of(ledger, "opening_notice")
    for words in ("星期六09:00–11:30★", "星期一不开放", "22311111", "元旦（1月1日）"):
        assert words in text
    assert pdf_page_sizes_mm(ledger.reports.preview("opening_notice_a3")) == [(297.0, 420.0)]


def test_a_new_schedule_takes_the_place_of_the_old_one(ledger: Workspace) -> None:
    centre = venue(ledger)
    common = {
        "facility_id": centre,
        "holiday_rule": "照常",
        "services": ["阅览"],
        "phone": "22310000",
        "supervision_phone": "22319999",
        "weekday_slots": [{"weekday": 3, "from": "08:00", "to": "12:00"}],
    }
    save(ledger, "open_schedule", common | {"valid_from": "2019-12-01"})
    assert "22311111" in text_of(ledger, "opening_notice")
    save(ledger, "open_schedule", common | {"valid_from": "2019-11-01"})
    text = text_of(ledger, "opening_notice")
    assert "22319999" in text
    assert "星期三08:00–12:00" in text


def test_a_notice_without_a_venue_is_filled_in_by_hand(ledger: Workspace) -> None:
    assert "免费开放公示" in text_of(ledger, "opening_notice")


@pytest.mark.parametrize(
    ("posted", "first", "reason", "late"),
    [
        ("2019-10-01", "2019-10-08", "repair", False),
        ("2019-10-02", "2019-10-08", "repair", True),
        ("2019-10-09", "2019-10-08", "repair", True),
        ("2019-10-08", "2019-10-08", "weather", False),
    ],
)
def test_repairs_are_announced_seven_days_ahead(
    ledger: Workspace, posted: str, first: str, reason: str, late: bool
) -> None:
    values = {"facility_id": venue(ledger), "from": first, "reason": reason, "posted_on": posted}
    record = save(ledger, "closure_notice", values)
    look = ledger.reports.look("closure_notice", record=record)
    assert bool(look.remarks) is late


def test_the_notice_of_a_month_names_what_is_planned(ledger: Workspace) -> None:
    planned = {"status": "planned", "date": "2019-11-22", "audience": None, "confirmed_by": None}
    screening(ledger, **planned, stamped=None, completed=None, evidence=None, receipt_no=None)
    month = OCTOBER.plus(1)
    assert "烈火英雄" in text_of(ledger, "film_notice_month", month=month)
    assert "本月没有安排放映" in text_of(ledger, "film_notice_month", month=OCTOBER)


def test_a_town_s_own_layout_wins_and_a_broken_one_is_named(ledger: Workspace, tmp_path: Path) -> None:
    folder = ledger.folder / "layouts"
    files = ledger.reports.write_layouts(folder)
    assert len(files) > 15
    assert ledger.reports.write_layouts(folder) == ()
    staff = folder / "register_staff.toml"
    staff.write_text(
        'title = ["古镇文化队伍", "Our staff"]\n[[column]]\nkey = "name"\ntitle = ["名字", "Name"]\nwidth_mm = 90\n',
        encoding="utf-8",
    )
    assert "古镇文化队伍" in text_of(ledger, "register", type_id="staff")
    staff.write_text("title = [", encoding="utf-8")
    made = ledger.reports.make("register", type_id="staff", out=tmp_path / "staff.pdf")
    assert "layouts/register_staff.toml" in made.remarks[0]
    assert "文化专兼职人员名册" in "".join(pdf_texts(made.file.read_bytes()))


def test_a_layout_for_a_register_that_has_none_can_be_added(ledger: Workspace) -> None:
    folder = ledger.folder / "layouts"
    folder.mkdir()
    (folder / "register_activity.toml").write_text(
        'title = ["{unit}{period}活动", "x"]\n'
        '[[column]]\nkey = "name"\ntitle = ["活动", "x"]\nwidth_mm = 100\n'
        '[[column]]\nkey = "participants"\ntitle = ["人次", "x"]\nwidth_mm = 30\n',
        encoding="utf-8",
    )
    activity(ledger)
    text = text_of(ledger, "register", type_id="activity", year=2019)
    assert "曹一村2019年活动" in text
    assert "合计26" in text


def test_the_town_prints_a_village_s_record_under_the_village_s_name(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    try:
        record = activity(world.gusi.work)
        world.town.take(world.gusi.export(world.stick))
        text = text_of(world.town.work, "filled_form", record=record)
        assert "填报单位：古四村" in text
    finally:
        world.close()


def test_stocks_and_persons_are_never_added_up(ledger: Workspace) -> None:
    room = save(ledger, "facility", {"name": "农家书屋", "type": "rural_reading_room"})
    for day, volumes in (("2019-03-31", 4000), ("2019-06-30", 4100)):
        values = {"on": day, "facility_id": room, "volumes": volumes, "method": "reckoned"}
        method = ledger.types.by_id["library_collection_snapshot"].by_name["method"].choices[-1].code
        save(ledger, "library_collection_snapshot", values | {"method": method, "remark": "新增100册"})
    text = text_of(ledger, "register", type_id="library_collection_snapshot")
    assert "4,100" in text
    assert "8,100" not in text
    assert "合计" not in text
