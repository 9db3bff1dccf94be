"""The main job in the real windows, with keys alone: from the join file to 已签收.

A new village writes down October, closes and prints it, and hands it over; the town takes it in and answers; the
village reads the answer. The window is closed and opened again whenever the stick goes from one place to the other.
"""

from __future__ import annotations

from pathlib import Path

import zxingcpp

from tests.journeys.pc import Clerk, Pc
from tests.journeys.places import CAOYI, OCTOBER, TOWN, digest, ledger
from tests.journeys.screen import has_color, paper_words
from tests.reports.reading import pdf_picture

OPEN_DAYS = 28


def test_a_month_goes_to_the_town_and_its_receipt_comes_back(
    tmp_path: Path, stick: Path, paper: Path
) -> None:
    town, village = Pc(tmp_path / TOWN), Pc(tmp_path / CAOYI)

    with town.on() as clerk:
        set_up_the_station(clerk)
        make_the_join_file_of_caoyi(clerk, stick)

    with village.on() as clerk:
        join(clerk)
        log_the_venue_and_its_weekly_hours(clerk)
        log_a_film(clerk)
        log_a_performance(clerk)
        log_an_activity(clerk)
        log_a_training(clerk)
        fill_in_the_open_days(clerk)
        look_at_the_sheet_and_close_the_month(clerk)
        print_the_sheet(clerk, paper)
        hand_over(clerk, stick)

    with town.on() as clerk:
        take_in_and_answer(clerk)
        find_it_on_the_board(clerk)

    with village.on() as clerk:
        read_the_answer(clerk)
        find_everything_received(clerk)

    assert digest(village.folder, CAOYI) == digest(town.folder, CAOYI)
    assert digest(village.folder, TOWN) == digest(town.folder, TOWN)
    with ledger(town.folder) as station, ledger(village.folder) as own:
        assert station.months.sheet(CAOYI, OCTOBER) == own.months.sheet(CAOYI, OCTOBER)
        assert station.maintenance.check().problems == own.maintenance.check().problems == ()


# The beginning


def set_up_the_station(clerk: Clerk) -> None:
    assert clerk.at == "wizard"
    clerk.press("Down", "Down")
    clerk.press("Tab")
    clerk.type("区锦堂", "Ctrl+Return")
    assert clerk.at == "board"
    clerk.expect("报送总览")


def make_the_join_file_of_caoyi(clerk: Clerk, stick: Path) -> None:
    clerk.press("Ctrl+9")
    for _row in range(9):
        clerk.press("Down")
    clerk.press("F2")
    clerk.expect("1 个加入文件")
    assert [file.name for file in stick.iterdir()] == ["加入_曹一村.gzj"]


def join(clerk: Clerk) -> None:
    assert clerk.at == "wizard"
    clerk.expect("曹一村（加入_曹一村.gzj）")
    clerk.press("Tab", "Tab")
    clerk.type("苏惠芳", "Ctrl+Return")
    assert clerk.at == "home"
    clerk.expect("苏惠芳")


# October


def log_the_venue_and_its_weekly_hours(clerk: Clerk) -> None:
    """The page of open days itself says what is missing; Enter goes there."""
    clerk.press("Ctrl+3", "Return")
    clerk.fill_in(name="综合性文化服务中心", type="综合")
    clerk.press("Ctrl+S")
    clerk.press("Ctrl+3", "Return")
    clerk.type("2019-1-1", "Return")
    clerk.press("Return")  # closed on Mondays
    for _day in range(7):
        clerk.type("1430-1730 1900-2100", "Return")
    clerk.fill_in(
        holiday_rule="国庆假期每天开放", services="图书借阅", phone="22310000", supervision_phone="22310001"
    )
    clerk.press("Ctrl+S")
    clerk.expect("已保存：综合性文化服务中心")


def log_a_film(clerk: Clerk) -> None:
    clerk.press("Ctrl+1", "Alt+1")
    clerk.fill_in(
        receipt_no="1011",
        date="1011",
        start_time="晚上7:30",
        place="曹一村文化广场",
        place_kind="室外流动",
        film_id="whwdzg",
        team="古镇镇电影放映队",
        projectionist="黄志明",
        audience="121",
        confirmed_by="苏国强",
    )
    clerk.expect("我和我的祖国")
    clerk.press("Space", "Ctrl+S")
    clerk.expect("已保存：2019-10-11 我和我的祖国")


def log_a_performance(clerk: Clerk) -> None:
    clerk.press("Ctrl+2")
    clerk.new("performance")
    clerk.fill_in(
        title="粤剧《帝女花》",
        kind="yj",
        source="sxxx",
        date="10月19日",
        start_time="1930",
        place="曹一村文化广场",
        troupe="古镇曲艺团",
        audience="约260人",
        host_unit="曹一村村委会",
        confirmed_by="苏国强",
    )
    clerk.press("Space", "Ctrl+S")
    clerk.expect("已保存：2019-10-19 粤剧《帝女花》")


def log_an_activity(clerk: Clerk) -> None:
    clerk.press("Ctrl+1", "Alt+2")
    clerk.fill_in(
        name="重阳敬老粤曲会",
        category="非遗",
        date="2019.10.7",
        start_time="9：30",
        place="苏氏大宗祠",
        organiser="曹一村村委会",
        participants="６４",
        leader="苏惠芳",
    )
    clerk.press("Ctrl+S")
    clerk.expect("已保存：2019-10-07 重阳敬老粤曲会")


def log_a_training(clerk: Clerk) -> None:
    clerk.press("Ctrl+2")
    clerk.new("training_session")
    clerk.fill_in(
        title="太极拳入门班",
        kind="yspj",
        organiser="曹一村村委会",
        start_on="1012",
        place="文化服务中心一楼",
        attendance_total="32",
    )
    clerk.press("Ctrl+S")
    clerk.expect("已保存：2019-10-12 太极拳入门班")
    activity = clerk.ledger.records.of_types(["activity"])[0].values
    assert (activity["category"], activity["participants"], activity["start_time"]) == (
        "heritage",
        64,
        "09:30",
    )


def fill_in_the_open_days(clerk: Clerk) -> None:
    """The month is laid out by the weekly hours; only the figures are typed."""
    clerk.press("Ctrl+1", "Alt+3")
    assert clerk.at == "opening"
    clerk.expect("2019年10月")
    for day in range(OPEN_DAYS):
        clerk.type(str(30 + day), "Return")
    clerk.expect(f"{sum(30 + day for day in range(OPEN_DAYS)):,} 人次")


# Closing


def look_at_the_sheet_and_close_the_month(clerk: Clerk) -> None:
    clerk.press("Ctrl+4")
    sheet = paper_words(clerk.page.preview)
    assert "曹一村2019年10月文化活动登记表（草稿）" in sheet
    for event in ("我和我的祖国", "粤剧《帝女花》", "重阳敬老粤曲会", "太极拳入门班"):
        assert event in sheet
    clerk.expect("可以封账")
    clerk.press("Ctrl+L")
    clerk.type("苏国强", "Return")
    clerk.press("Return")
    clerk.expect("已封账")
    clerk.expect("审核人")


def print_the_sheet(clerk: Clerk, paper: Path) -> None:
    clerk.press("Ctrl+P")
    clerk.expect("1 页已送到打印机")
    (code,) = zxingcpp.read_barcodes(pdf_picture(paper.read_bytes(), dpi=300))
    sheet = clerk.ledger.months.sheet(CAOYI, OCTOBER)
    assert sheet is not None
    assert code.text == f"GZ1|caoyi|2019-10|0|4|{121 + 260 + 64 + 32}|{sheet.check_code}"


def hand_over(clerk: Clerk, stick: Path) -> None:
    clerk.press("Ctrl+6", "Ctrl+U")
    clerk.expect("可以拔出U盘了")
    clerk.expect("请把U盘和盖章的10月月报表一起交到文化站")
    assert "曹一村_2019-10_第001包.gzp" in [file.name for file in stick.iterdir()]


# The town


def take_in_and_answer(clerk: Clerk) -> None:
    assert clerk.at == "board"
    clerk.press("F5")
    clerk.expect("1 个文件・能收 1 个，不能收 0 个")
    assert not clerk.ledger.records.of_types(["performance"]), "looking takes nothing in"
    clerk.press("Ctrl+Return")
    clerk.expect("1 个文件・收 1 个，退 0 个")
    clerk.press("Return")
    clerk.expect("可以拔出U盘了，请交还给村里。")


def find_it_on_the_board(clerk: Clerk) -> None:
    clerk.press("Ctrl+1")
    clerk.expect("10月已收 1/13")
    grid = clerk.page.grid
    caoyi = next(row for row in range(13) if grid.model().index(row, 0).data() == "曹一村")
    looked_at_next = clerk.program.theme.palette.info.ground
    assert grid.model().index(caoyi, OCTOBER.month).data() == "待审"
    assert has_color(
        grid.viewport(), grid.visualRect(grid.model().index(caoyi, OCTOBER.month)), looked_at_next
    )
    assert not has_color(
        grid.viewport(), grid.visualRect(grid.model().index(caoyi - 1, OCTOBER.month)), looked_at_next
    )


# The answer


def read_the_answer(clerk: Clerk) -> None:
    clerk.press("Ctrl+6")
    clerk.expect("等文化站签收")
    clerk.press("Ctrl+R")
    clerk.expect("回执已读入")
    clerk.expect("已签收")
    assert not clerk.sees("等文化站签收")


def find_everything_received(clerk: Clerk) -> None:
    clerk.press("Ctrl+2", "PgUp")
    clerk.expect("2019年10月")
    clerk.expect("已签收")
    assert not clerk.sees("未上报")
