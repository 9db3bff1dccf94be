"""What a form starts with and what is filled in when it is saved: the words of `services/defaults.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace, init_village
from tests.services.test_records import OCTOBER, TODAY, a_film, activity, screening

STAFF = {
    "employment": "part_time",
    "duty": "culture_officer",
    "full_time": "part_time",
    "in_post_from": "2018-01-01",
}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = init_village(tmp_path / "village", name="曹一村", writer_name="苏惠芳", today=TODAY)
    yield workspace
    workspace.close()


def save(village: Workspace, type_id: str, **values: object) -> str:
    return village.records.save(type_id=type_id, values=values).id


def read(village: Workspace, record_id: str, name: str) -> object:
    return village.records.get(record_id).record.values.get(name)


def test_the_writer_is_found_among_the_staff(village: Workspace) -> None:
    save(village, "staff", name="李冬梅", **STAFF)
    # The only one there is, until the writer stands on the list too.
    assert village.records.prefill(type_id="work_log").texts["staff_id"] == "李冬梅"
    save(village, "staff", name="苏惠芳", **STAFF)
    assert village.records.prefill(type_id="work_log").texts["staff_id"] == "苏惠芳"


def test_among_several_venues_books_stand_in_the_one_reading_room(village: Workspace) -> None:
    save(village, "facility", name="综合性文化服务中心", type="village_culture_centre")
    room = save(village, "facility", name="农家书屋", type="rural_reading_room")
    assert village.records.prefill(type_id="library_visit").values["facility_id"] == room
    assert "facility_id" not in village.records.prefill(type_id="opening_log").values
    save(village, "facility", name="分馆", type="library")
    assert "facility_id" not in village.records.prefill(type_id="library_visit").values


def test_a_work_log_begins_with_what_was_logged_that_day(village: Workspace) -> None:
    save(village, "staff", name="苏惠芳", **STAFF)
    film = village.records.save(
        type_id="film_screening",
        values=screening(a_film(village, "我和我的祖国"), date=TODAY.isoformat(), receipt_no="GZ-1"),
    ).id
    fallen = save(village, "activity", **activity(date="2019-11-06", status="cancelled", participants=None))
    save(village, "activity", **activity(name="昨天的事", date="2019-11-05"))
    started = village.records.prefill(type_id="work_log")
    assert started.values["linked"] == [film, fallen]
    assert started.texts["content"] == (
        "电影放映：我和我的祖国（136人次）；文化活动：书法公益班（第3课）（取消）"
    )
    assert started.texts["linked"] == "我和我的祖国、书法公益班（第3课）"


def test_the_log_of_another_day_is_filled_in_when_it_is_saved(village: Workspace) -> None:
    staff = save(village, "staff", name="苏惠芳", **STAFF)
    held = save(village, "activity", **activity(date="2019-10-16"))
    log = save(village, "work_log", date="2019-10-16", staff_id=staff)
    assert read(village, log, "content") == "文化活动：书法公益班（第3课）（26人次）"
    assert read(village, log, "linked") == [held]
    own = save(
        village,
        "work_log",
        date="2019-10-16",
        staff_id=save(village, "staff", name="李冬梅", **STAFF),
        content="值班",
    )
    assert read(village, own, "content") == "值班"


def test_a_day_of_many_records_is_told_as_far_as_there_is_room(village: Workspace) -> None:
    staff = save(village, "staff", name="苏惠芳", **STAFF)
    for number in range(60):
        hour = f"{8 + number // 6:02d}:{number % 6}0"
        save(village, "activity", **activity(name=f"村史馆讲解第{number:03d}批来访学生", start_time=hour))
    save(village, "publicity", date="2019-10-16", title="学生参观村史馆", medium="wechat", level="town")
    log = save(village, "work_log", date="2019-10-16", staff_id=staff)
    content = str(read(village, log, "content"))
    assert content == "宣传报道：学生参观村史馆"
    assert len(read(village, log, "linked")) == 61  # type: ignore[arg-type]  # a list


@pytest.mark.parametrize(
    ("type_id", "values", "name", "expected"),
    [
        ("monthly_report", {"period": "2019-12"}, "due_on", "2020-01-10"),
        ("monthly_report", {"period": "2019-10", "due_on": "2019-11-08"}, "due_on", "2019-11-08"),
        ("quarterly_report", {}, "due_on", "2019-12-05"),
        ("annual_report", {"year": 2018}, "institution", "曹一村"),
        ("fund_use", {"date": "2018-12-30"}, "year", 2018),
        ("satisfaction_survey", {"period": "2019-Q3", "object": "film"}, "forms", 21),
    ],
)
def test_what_follows_from_the_rest_is_filled_in(
    village: Workspace, type_id: str, values: dict[str, object], name: str, expected: object
) -> None:
    rest: dict[str, dict[str, object]] = {
        "fund_use": {"source": "town", "budget_line": "免费开放", "amount": "80", "purpose": "茶叶"},
        "satisfaction_survey": {f"n{number}": number + 1 for number in range(6)},
    }
    saved = save(village, type_id, **rest.get(type_id, {}), **values)
    assert read(village, saved, name) == expected


def test_money_is_kept_to_the_fen(village: Workspace) -> None:
    data = {
        "date": "2019-10-15",
        "source": "镇",
        "budget_line": "送戏下乡",
        "amount": 1234567.8,
        "purpose": "劳务费",
        "voucher_no": "记-001",
    }
    values = village.records.values_from_json(type_id="fund_use", data=data)
    assert values["amount"] == "1234567.8"
    saved = save(village, "fund_use", **values)
    assert village.records.get(saved).texts["amount"] == "1234567.80"


def test_a_corrected_population_is_a_new_version(village: Workspace) -> None:
    figure = {"year": 2018, "basis": "resident", "value": 12800, "source": "统计公报"}
    first = save(village, "population", **figure)
    second = save(village, "population", **{**figure, "value": 12910})
    hukou = save(village, "population", **{**figure, "basis": "hukou", "value": 4100})
    assert [read(village, saved, "version") for saved in (first, second, hukou)] == [1, 2, 1]
    assert read(village, first, "value") == 12800


def test_a_loan_is_due_in_ten_days_unless_said_otherwise(village: Workspace) -> None:
    asset = save(
        village,
        "asset",
        asset_no="ZC-2018-001",
        name="音响",
        acquired_on="2018-05-01",
        place="二楼",
        **{"class": "sound"},
    )
    loan = save(village, "asset_loan", asset_id=asset, borrower="曹一小学")
    assert (read(village, loan, "out_on"), read(village, loan, "due_on")) == ("2019-11-06", "2019-11-16")
    other = save(village, "asset_loan", asset_id=asset, borrower="曹二小学", due_on="2019-11-08")
    assert read(village, other, "due_on") == "2019-11-08"


def test_an_asset_says_that_it_is_lent_out_until_it_is_back(village: Workspace) -> None:
    sound = {"asset_no": "ZC-2018-001", "name": "音响", "acquired_on": "2018-05-01", "place": "二楼"}
    asset = save(village, "asset", **sound, **{"class": "sound"})
    assert village.records.get(asset).answer == ""
    lent = {"asset_id": asset, "borrower": "曹一小学", "out_on": "2019-11-01"}
    loan = save(village, "asset_loan", **lent)
    assert village.records.get(asset).answer == "外借未还：2019-11-01"
    village.records.save(
        type_id="asset_loan", record_id=loan, values={**lent, "quantity": 1, "returned_on": "2019-11-05"}
    )
    assert village.records.get(asset).answer == ""


def test_feedback_is_answered_after_its_month_was_closed(village: Workspace) -> None:
    said = {"date": "2019-10-20", "channel": "book", "topic": "library", "content": "希望晚上也开放。"}
    feedback = save(village, "feedback", **said)
    village.months.close(OCTOBER, filled_by="苏惠芳", checked_by="苏国强", nil=True)
    answered = {**said, "handled_by": "苏惠芳", "reply": "已改到九点。", "closed_on": "2019-11-06"}
    village.records.save(type_id="feedback", record_id=feedback, values=answered)
    assert read(village, feedback, "closed_on") == "2019-11-06"


def test_a_quarter_stands_with_its_last_month(village: Workspace) -> None:
    from gzdesk.services.records import ListQuery

    counts = {f"n{number}": 5 for number in range(6)}
    saved = save(village, "satisfaction_survey", period="2019-Q3", object="film", **counts)
    (row,) = village.records.page(ListQuery(types=("satisfaction_survey",), year=2019)).rows
    assert (row.id, row.month, row.title) == (saved, 201909, "2019-Q3")


def test_an_order_is_completed_from_the_menu(village: Workspace) -> None:
    def offered() -> list[str]:
        return [
            found.text
            for found in village.records.complete(type_id="delivery_order", field="item", text="yj")
        ]

    assert offered() == []
    menu = {"kind": "performance", "provider": "市粤剧团", "valid_from": "2019-01-01"}
    save(village, "service_item", name="粤剧折子戏", **menu)
    assert offered() == ["粤剧折子戏"]
    save(village, "service_item", name="粤剧身段体验课", **menu)
    assert sorted(offered()) == ["粤剧折子戏", "粤剧身段体验课"]


def test_an_order_has_kind_and_provider_from_the_menu(village: Workspace) -> None:
    menu = {"provider": "市粤剧团", "valid_from": "2019-01-01"}
    save(village, "service_item", name="粤剧折子戏", kind="performance", **menu)
    save(village, "service_item", name="公益讲座", kind="lecture", **menu)
    save(village, "service_item", name="公益讲座", kind="lecture", **{**menu, "provider": "市图书馆"})
    order = {"ordered_on": "2019-10-08"}
    opera = save(village, "delivery_order", order_no="DD-1", item="粤剧折子戏", **order)
    own = save(village, "delivery_order", order_no="DD-2", item="粤剧折子戏", provider="曹一村", **order)
    talk = save(village, "delivery_order", order_no="DD-3", item="公益讲座", **order)
    assert (read(village, opera, "kind"), read(village, opera, "provider")) == ("performance", "市粤剧团")
    assert (read(village, own, "kind"), read(village, own, "provider")) == ("performance", "曹一村")
    assert read(village, talk, "kind") == "lecture"
    assert "provider" not in village.records.get(talk).record.values, "two of that name, by two providers"


def test_a_joint_event_names_the_villages(village: Workspace) -> None:
    found = village.records.complete(type_id="activity", field="co_units", text="cec")
    assert [item.text for item in found] == ["曹二村"]


def test_a_cancelled_screening_says_when_it_was_made_up_for(village: Workspace) -> None:
    film = a_film(village, "我和我的祖国")
    fallen = village.records.save(
        type_id="film_screening",
        values={
            **screening(
                film, date="2019-10-20", status="cancelled", cancel_reason="weather", receipt_no="GZ-1"
            ),
            "audience": None,
            "confirmed_by": None,
            "stamped": None,
        },
    ).id
    assert village.records.get(fallen).answer == ""
    again = save(village, "film_screening", **screening(film, date="2019-11-02", makeup_of=fallen))
    assert village.records.get(fallen).answer == "已补放：2019-11-02"
    assert village.records.get(again).answer == ""
    village.records.delete(again)
    assert village.records.get(fallen).answer == ""


def test_a_form_is_not_asked_for_what_follows_from_the_rest(village: Workspace) -> None:
    texts = {
        "entry": "支出",
        "date": "2019-10-15",
        "source": "镇",
        "budget_line": "免费开放",
        "amount": "80",
        "purpose": "茶叶",
        "voucher_no": "记-001",
    }
    parsed = village.records.parse_form(type_id="fund_use", texts=texts)
    assert parsed.problems == ()
    assert "year" not in parsed.values
    without_day = village.records.parse_form(type_id="fund_use", texts={**texts, "date": ""})
    assert [problem.field for problem in without_day.problems] == ["date", "year"]
