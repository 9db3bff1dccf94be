"""Tables asked for in the morning and due in the afternoon: what is counted, and what must not be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.services.records import ListQuery
from gzdesk.services.tables import AdHoc, Period, TableResult
from tests.reports.reading import pdf_texts
from tests.services import october
from tests.services.october import OCTOBER, activity, cancelled, opened, save, screening, venue
from tests.services.world import World

EVENTS = ("film_screening", "performance", "activity", "training_session")
OCTOBER_2019 = Period(kind="month", first="2019-10")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    screening(workspace)
    screening(workspace, receipt_no="0018", date="2019-09-18", audience=79)
    activity(workspace)
    cancelled(workspace)
    yield workspace
    workspace.close()


def volunteer(ledger: Workspace, name: str) -> str:
    return save(
        ledger, "volunteer", {"name": name, "registered_on": "2019-01-01", "consent_on": "2019-01-01"}
    )


def put(ledger: Workspace, type_id: str, values: dict[str, object]) -> None:
    """Write a record down below the rules of its form: how it is counted is the matter here."""
    with ledger.context.store.writing() as work:
        work.revisions.append(
            record=ledger.mint.record_id(),
            type_id=type_id,
            type_version=1,
            scope=ledger.me.id,
            values=values,
            deleted=False,
        )
        work.commit()


def served(ledger: Workspace, who: str, day: int, hours: str) -> None:
    put(ledger, "volunteer_service", {"volunteer_id": who, "date": f"2019-10-{day:02d}", "hours": hours})


def shown(result: TableResult) -> list[list[object]]:
    return [[column.title for column in result.columns], *map(list, result.rows), list(result.totals)]


def test_events_of_each_month_are_counted_by_kind(ledger: Workspace) -> None:
    result = ledger.tables.build(
        AdHoc(types=EVENTS, group_by=("month", "type"), measures=("count", "sessions", "persons"))
    )
    assert shown(result) == [
        ["月份", "类型", "条数", "场次", "人次"],
        ["2019年9月", "电影放映", 1, 1, 79],
        ["2019年10月", "电影放映", 1, 1, 121],
        ["2019年10月", "文化活动", 1, 1, 26],
        ["合计", "", 3, 3, 226],
    ]
    assert result.records == 3
    assert result.remarks == ("曹一村　2019年　3 条记录", "只计已举办的；没有计入：已取消 1。")


def test_the_sums_are_those_under_the_list(ledger: Workspace) -> None:
    result = ledger.tables.build(
        AdHoc(types=EVENTS, period=OCTOBER_2019, group_by=("month",), measures=("count", "persons"))
    )
    totals = ledger.records.totals(ListQuery(types=EVENTS, unit=ledger.me.id, month=OCTOBER))
    assert result.totals == ("合计", totals.held, totals.persons)


def test_persons_are_never_added_up_and_never_mixed_with_person_times(ledger: Workspace) -> None:
    activity_type = ledger.context.record_type("activity")
    offered = {offer.id: offer.label for offer in ledger.tables.measures([activity_type])}
    assert activity_type.field("volunteers").unit_zh == "人"
    assert "volunteers" not in offered
    assert offered["persons"] == "参与人次"
    with pytest.raises(UserError) as caught:
        ledger.tables.build(AdHoc(types=("activity",), group_by=("month",), measures=("volunteers",)))
    assert caught.value.code == "unknown_column"
    activity(ledger, name="猜灯谜", start_time="19:00", volunteers=3)
    listed = ledger.tables.build(AdHoc(types=("activity",), columns=("name", "volunteers", "participants")))
    assert listed.totals == ("合计", None, 52)


def test_hours_are_added_up_by_person_and_persons_counted_once(ledger: Workspace) -> None:
    chen, li = volunteer(ledger, "陈小英"), volunteer(ledger, "李伯")
    served(ledger, chen, 5, "2.5")
    served(ledger, chen, 6, "1.5")
    served(ledger, li, 5, "0.5")
    by_person = ledger.tables.build(ledger.tables.find("service_by_volunteer").adhoc)
    assert shown(by_person) == [
        ["志愿者", "条数", "服务时数（小时）"],
        ["陈小英", 2, Decimal("4.0")],
        ["李伯", 1, Decimal("0.5")],
        ["合计", 3, Decimal("4.5")],
    ]
    by_month = ledger.tables.build(ledger.tables.find("每月志愿服务人数时数").adhoc)
    assert shown(by_month)[1:] == [["2019年10月", 2, 3, Decimal("4.5")], ["合计", 2, 3, Decimal("4.5")]]


def test_days_are_counted_once_however_often_the_door_opened(ledger: Workspace) -> None:
    centre = venue(ledger)
    opened(ledger, centre, 5, visitors=12)
    opened(ledger, centre, 6, visitors=8)
    save(
        ledger,
        "opening_log",
        {
            "facility_id": centre,
            "date": "2019-10-06",
            "from": "14:00",
            "to": "16:00",
            "duty_person": "苏惠芳",
            "visitors": 5,
        },
    )
    result = ledger.tables.build(ledger.tables.find("open_days_by_month").adhoc)
    assert shown(result) == [["月份", "天数", "到场人次"], ["2019年10月", 2, 25], ["合计", 2, 25]]


def test_a_record_of_several_groups_counts_once_in_the_total(ledger: Workspace) -> None:
    activity(ledger, name="敬老文艺", start_time="09:00", target_group=["elderly", "minors"], participants=40)
    result = ledger.tables.build(
        AdHoc(types=("activity",), group_by=("target_group",), measures=("count", "persons"))
    )
    assert shown(result)[1:] == [["老年人", 1, 40], ["未成年人", 1, 40], ["未填", 1, 26], ["合计", 2, 66]]
    assert "一条登记可能属于几组，合计只计一次。" in result.remarks


def test_a_joint_event_counts_once_for_the_town(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    try:
        world.gusi.write(
            {
                "date": "2019-10-05",
                "title": "两村联欢",
                "audience": 300,
                "sessions": 1,
                "status": "held",
                "co_units": ["gusan"],
            },
            type_id="performance",
        )
        world.there_and_back(world.gusi)
        result = world.town.work.tables.build(
            AdHoc(types=("performance",), group_by=("unit",), measures=("count", "persons"))
        )
        assert shown(result)[1:] == [["古四村", 1, 300], ["合计", 1, 300]]
        assert "联办活动只计一次，算在举办地。" in result.remarks
        one = world.town.work.tables.build(AdHoc(types=("performance",), unit="古三村"))
        assert one.rows == ()
        assert one.remarks[0].startswith("古三村")
    finally:
        world.close()


def test_a_list_of_chosen_columns_in_a_chosen_order(ledger: Workspace) -> None:
    result = ledger.tables.build(
        AdHoc(
            types=("film_screening",),
            columns=("film_id", "audience", "start_time", "end_time"),
            sort="audience",
            descending=True,
        )
    )
    assert shown(result) == [
        ["影片", "观众人次", "开始时间", "结束时间"],
        ["烈火英雄", 121, "19:30", None],
        ["烈火英雄", 79, "19:30", None],
        ["合计", 200, None, None],
    ]


def test_names_stand_in_the_order_of_their_readings(ledger: Workspace) -> None:
    for number, name in enumerate(("晏会", "安老茶话", "村史讲座", "=笔会"), 1):
        activity(ledger, name=name, start_time=f"0{number}:00")
    result = ledger.tables.build(AdHoc(types=("activity",), columns=("name",), sort="name"))
    names = ["=笔会", "安老茶话", "村史讲座", "书法公益班（第3课）", "晏会"]
    assert [row[0] for row in result.rows] == names
    grouped = ledger.tables.build(AdHoc(types=("activity",), group_by=("name",)))
    assert [row[0] for row in grouped.rows] == names


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (Period(kind="this_month"), ()),
        (Period(kind="last_month"), ("10",)),
        (Period(kind="this_quarter"), ("10",)),
        (Period(kind="last_quarter"), ("09",)),
        (Period(kind="year", first="2019-01"), ("09", "10")),
        (Period(kind="last_year"), ()),
        (Period(kind="quarter", first="2019-08"), ("09",)),
        (Period(kind="days", first="2019-09-18", last="2019-10-10"), ("09",)),
        (Period(kind="days", first="2019-10-11"), ("10",)),
        (Period(kind="days", last="2019-10-10"), ("09",)),
        (Period(kind="days"), ("09", "10")),
        (Period(kind="all"), ("09", "10")),
    ],
)
def test_a_period_takes_the_days_it_says(ledger: Workspace, period: Period, months: tuple[str, ...]) -> None:
    result = ledger.tables.build(AdHoc(types=("film_screening",), columns=("date",), period=period))
    assert [str(row[0])[5:7] for row in result.rows] == list(months)


def test_records_that_know_only_their_month_are_in_whole_months(ledger: Workspace) -> None:
    ledger.months.close(OCTOBER)
    for period, count in (
        (OCTOBER_2019, 1),
        (Period(kind="days", first="2019-10-01", last="2019-10-31"), 1),
        (Period(kind="days", first="2019-10-02", last="2019-10-31"), 0),
    ):
        adhoc = AdHoc(types=("monthly_sheet",), group_by=("month",), period=period)
        assert ledger.tables.build(adhoc).records == count


def test_a_roll_has_no_period(ledger: Workspace) -> None:
    volunteer(ledger, "陈小英")
    result = ledger.tables.build(
        AdHoc(types=("volunteer",), columns=("name",), period=Period(kind="last_month"))
    )
    assert shown(result) == [["姓名"], ["陈小英"], []]
    assert result.remarks == ("曹一村　1 条记录",)


def test_records_can_be_narrowed_to_a_choice(ledger: Workspace) -> None:
    activity(ledger, name="猜灯谜", start_time="19:00", category="festival")
    result = ledger.tables.build(
        AdHoc(types=("activity",), columns=("name",), where=(("category", "lecture"),))
    )
    assert [row[0] for row in result.rows] == ["书法公益班（第3课）"]
    assert "活动类别：讲座" in result.remarks[0]


def test_other_states_are_read_when_they_are_asked_for(ledger: Workspace) -> None:
    result = ledger.tables.build(
        AdHoc(types=("activity",), statuses=("held", "cancelled"), group_by=("status",), measures=("count",))
    )
    assert shown(result)[1:] == [["已举办", 1], ["已取消", 1], ["合计", 2]]


@pytest.mark.parametrize(
    ("adhoc", "code"),
    [
        (AdHoc(), "type_needed"),
        (AdHoc(types=("nothing",)), "unknown_type"),
        (AdHoc(types=("activity",), unit="nowhere"), "unknown_unit"),
        (AdHoc(types=("activity",), columns=("x",)), "unknown_column"),
        (AdHoc(types=("activity",), group_by=("x",)), "unknown_column"),
        (AdHoc(types=("activity",), group_by=("month",), measures=("persons", "date")), "unknown_column"),
        (AdHoc(types=EVENTS, group_by=("category",)), "unknown_column"),
        (AdHoc(types=("activity",), sort="place", columns=("name",)), "unknown_column"),
        (AdHoc(types=("activity",), where=(("name", "x"),)), "unknown_column"),
        (AdHoc(types=("activity",), period=Period(kind="month", first="2019-13")), "bad_period"),
        (
            AdHoc(types=("activity",), period=Period(kind="days", first="2019-10-02", last="2019-10-01")),
            "bad_period",
        ),
        (AdHoc(types=("activity",), period=Period(kind="days", first="5")), "bad_period"),
    ],
)
def test_what_does_not_fit_is_a_sentence(ledger: Workspace, adhoc: AdHoc, code: str) -> None:
    with pytest.raises(UserError) as caught:
        ledger.tables.build(adhoc)
    assert caught.value.code == code


def test_a_table_is_kept_under_its_name_and_forgotten(ledger: Workspace) -> None:
    adhoc = AdHoc(
        name=" 十月  放映 ",
        types=("film_screening",),
        period=OCTOBER_2019,
        group_by=("film_id",),
        where=(("place_kind", "outdoor_mobile"),),
    )
    kept = ledger.tables.keep(adhoc)
    assert kept.name == "十月 放映"
    assert ledger.tables.find("十月 放映") == kept == ledger.tables.saved()[0]
    assert ledger.tables.build(kept.adhoc).rows == (("烈火英雄", 1),)
    ledger.tables.forget("十月 放映")
    with pytest.raises(UserError) as caught:
        ledger.tables.find("十月 放映")
    assert caught.value.code == "unknown_table"
    with pytest.raises(UserError) as caught:
        ledger.tables.keep(AdHoc(name="  ", types=("film_screening",)))
    assert caught.value.code == "name_needed"


def test_a_kept_table_of_a_register_that_is_gone_is_not_offered(ledger: Workspace) -> None:
    ledger.tables.keep(AdHoc(name="旧", types=("film_screening", "gone")))
    assert "旧" not in [one.name for one in ledger.tables.saved()]


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv", "t.pdf"])
def test_a_table_as_a_file(ledger: Workspace, tmp_path: Path, name: str) -> None:
    adhoc = ledger.tables.find("screenings_by_month").adhoc
    made = ledger.tables.write(adhoc, out=tmp_path / name)
    assert (made.rows, made.file.exists()) == (2, True)
    assert ledger.tables.file_name(adhoc) == "每月放映场次人次 2019年"
    if name.endswith("pdf"):
        text = "".join("".join(pdf_texts(made.file.read_bytes())).split())
        assert "2019年10月1121" in text
        assert "合计2200" in text


def test_a_long_table_can_be_stopped(ledger: Workspace) -> None:
    class Stops(Progress):
        def check_cancelled(self) -> None:
            raise Cancelled

    with ledger.context.store.writing() as work:
        for _number in range(500):
            work.revisions.append(
                record=ledger.mint.record_id(),
                type_id="activity",
                type_version=1,
                scope=ledger.me.id,
                values={"date": "2019-10-01", "name": "场", "status": "held"},
                deleted=False,
            )
        work.commit()
    adhoc = AdHoc(types=("activity",), group_by=("month",))
    assert ledger.tables.size(adhoc) == 501
    with pytest.raises(Cancelled):
        ledger.tables.build(adhoc, progress=Stops())
    assert ledger.tables.build(adhoc).records == 501


@pytest.mark.parametrize("unit", ["guzhen", "gusi"])
def test_every_table_that_comes_with_the_program_can_be_made(tmp_path: Path, unit: str) -> None:
    world = World.make(tmp_path, [unit])
    try:
        tables = world.sites[unit].work.tables
        ready = tables.saved()
        assert len(ready) >= 10
        assert any(one.id == "events_by_unit" for one in ready) is (unit == "guzhen")
        for one in ready:
            result = tables.build(one.adhoc)
            assert result.title == one.name
            assert len(result.totals) == len(result.columns)
    finally:
        world.close()
