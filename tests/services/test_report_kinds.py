"""Quarterly and yearly reports, money, completeness and summaries from real ledgers, and the layouts of the town."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from gzdesk.bootstrap import Workspace
from gzdesk.domain.period import Month
from gzdesk.domain.report_quarter import ReportQuarter
from gzdesk.reports.layout import built_in
from gzdesk.services.indicator_lines import indicator_lines
from tests.reports.reading import pdf_texts
from tests.services import october
from tests.services.october import OCTOBER, activity, save, screening
from tests.services.world import World

AUTUMN = ReportQuarter(2019, 4)
NARRATIVE = (
    ("monthly_report", {"month": OCTOBER}),
    ("quarterly_report", {"quarter": AUTUMN}),
    ("annual_report", {"year": 2019}),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    activity(workspace)
    screening(workspace)
    yield workspace
    workspace.close()


def text_of(ledger: Workspace, name: str, **choices: object) -> str:
    look = ledger.reports.look(name, **choices)  # type: ignore[arg-type]
    return "".join("".join(pdf_texts(look.pdf)).split())


def money(ledger: Workspace, **changes: object) -> str:
    values = {
        "source": "town",
        "budget_line": "免费开放",
        "purpose": "空调维修",
        "date": "2019-03-02",
        "year": 2019,
    }
    return save(ledger, "fund_use", {**values, "entry": "spent", "status": "held"} | changes)


def test_a_quarter_is_its_own_three_months(ledger: Workspace) -> None:
    activity(ledger, name="夏夜", date="2019-08-31")
    activity(ledger, name="秋夜", date="2019-09-01")
    text = text_of(ledger, "quarterly_report", quarter=AUTUMN)
    assert "2019年9月至2019年11月举办各类文化活动3场" in text
    assert "一、深度工作进展情况" in text
    assert "二、制度设计研究进展情况无。" in text
    assert "附件：1.指标情况表2.佐证材料目录" in text
    assert "每个行政村每年观看戏剧或文艺演出场次" in text


def test_the_three_parts_go_into_the_register(ledger: Workspace) -> None:
    now = {part.key: part.text for part in ledger.finishing.text("quarterly_report", quarter=AUTUMN).parts}
    ledger.finishing.keep("quarterly_report", now | {"system_design": "写了免费开放办法。"}, quarter=AUTUMN)
    found = ledger.finishing.finish("quarterly_report", quarter=AUTUMN)
    assert found.number == "CY1-JB-2019Q4-1"
    (record,) = ledger.records.of_types(("quarterly_report",))
    assert record.values["due_on"] == "2019-12-05"
    assert record.values["system_design"] == "写了免费开放办法。"


def test_a_quarterly_report_of_the_register_is_printed(ledger: Workspace) -> None:
    save(ledger, "quarterly_report", {"due_on": "2019-12-05", "progress": "按计划推进。", "status": "held"})
    text = text_of(ledger, "quarterly_report", quarter=AUTUMN)
    assert "按计划推进。" in text
    assert "举办各类文化活动" not in text


def test_a_year_has_its_ten_parts_and_charts(ledger: Workspace, tmp_path: Path) -> None:
    text = text_of(ledger, "annual_report", year=2019)
    assert "十、问题与计划" in text
    assert "各月活动场次（场）" in text
    out = tmp_path / "year.xlsx"
    ledger.reports.make("annual_report", year=2019, out=out)
    book = openpyxl.load_workbook(out)
    assert len(book.worksheets[0]._charts) >= 1
    figures = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert ["10月", 2] in [row[:2] for row in figures]
    assert ["12月", None] in [row[:2] for row in figures]
    ledger.finishing.finish("annual_report", year=2019)
    (record,) = ledger.records.of_types(("annual_report",))
    assert record.values["year"] == 2019
    assert "四、活动与培训\n2019年举办各类文化活动2场" in str(record.values["sections"])


@pytest.mark.parametrize(("name", "period"), NARRATIVE)
def test_what_is_finished_is_the_same_in_every_file(
    ledger: Workspace, tmp_path: Path, name: str, period: dict[str, object]
) -> None:
    found = ledger.finishing.finish(name, **period)  # type: ignore[arg-type]
    activity(ledger, name="后来的活动", date="2019-10-30", participants=999)
    for ending in ("pdf", "xlsx", "docx"):
        ledger.reports.make(name, out=tmp_path / f"r.{ending}", **period)  # type: ignore[arg-type]
    on_paper = "".join("".join(pdf_texts((tmp_path / "r.pdf").read_bytes())).split())
    word = docx.Document(io.BytesIO((tmp_path / "r.docx").read_bytes()))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    in_excel = "".join(str(cell.value or "") for row in sheet for cell in row).replace("　", "")
    assert found.check_code in on_paper
    for text in (paragraph.text for paragraph in word.paragraphs):
        bare = "".join(text.split())
        assert bare in on_paper
        assert bare in "".join(in_excel.split()) or "（" in bare  # the title of a chart is drawn by Excel
    assert "后来的活动" not in on_paper + in_excel


def test_money_is_added_exactly_and_by_budget_year(ledger: Workspace) -> None:
    money(ledger, entry="granted", amount="1000.10", purpose="预算", voucher_no=None)
    money(ledger, amount="0.10", voucher_no="1")
    money(ledger, amount="0.20", voucher_no="2", date="2019-01-05", year=2018)
    money(ledger, amount="300", voucher_no="3", construction=True)
    text = text_of(ledger, "fund_notice", year=2019)
    assert "镇免费开放1,000.100.101,000.00空调维修" in text
    assert "免费开放（基本建设）0.00300.00-300.00" in text
    assert "合计1,000.10300.10700.00" in text
    assert "专款专用" in text
    assert "0.20" in text_of(ledger, "fund_notice", year=2018)


def test_the_board_is_printed_with_its_rates(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    world.gusi.sheet("2019-10")
    world.town.take(world.gusi.export(world.stick))
    text = text_of(world.town.work, "completeness", year=2019)
    assert "古镇镇2019年月报表报送情况统计表" in text
    assert "收到（份）0000000001" in text
    assert "古四村√" in text
    assert "古三村待" in text
    own = text_of(world.gusi.work, "completeness", year=2019)
    assert "古三村" not in own
    world.close()


def test_a_summary_counts_every_unit_once(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    activity(world.gusi.work, name="灯会", date="2019-10-05", participants=120)
    activity(world.gusan.work, name="合唱", date="2019-09-05", participants=30)
    activity(world.gusan.work, name="棋赛", date="2019-10-06", participants=50)
    for village in (world.gusi, world.gusan):
        world.town.take(village.export(world.stick))
    text = text_of(world.town.work, "town_summary", type_id="activity", year=2019)
    assert "古四村1101120" in text
    assert "古三村220280" in text
    assert "合计3303200" in text
    assert "2019-092" not in text
    assert "2019-1022" in text
    assert "古三村2019-10-06棋赛" in text
    only = text_of(world.town.work, "town_summary", type_id="activity", month=OCTOBER)
    assert "合唱" not in only
    found = world.town.work.finishing.finish("town_summary", type_id="activity", year=2019)
    assert found.number == "GZ-HZ-activity-2019-1"
    world.close()


@pytest.mark.parametrize(
    ("name", "old", "new", "choices"),
    [
        ("monthly_report", "三、存在问题", "三、困难和问题", {"month": OCTOBER}),
        ("quarterly_report", "三、阶段性创建成果", "三、创建成果", {"quarter": AUTUMN}),
        ("annual_report", "五、图书", "五、藏书和借阅", {"year": 2019}),
        ("fund_notice", "主要用途", "用在哪里", {"year": 2019}),
        ("completeness", "月报表报送情况统计表", "月报表收报表", {"year": 2019}),
        ("town_summary", "一、按单位", "一、各单位", {"type_id": "activity"}),
        ("indicator_table", "指标情况表", "指标完成表", {"year": 2019}),
        ("narrative", "举办各类文化活动", "共举办文化活动", {"month": OCTOBER}),
    ],
)
def test_a_town_changes_the_words(
    ledger: Workspace, name: str, old: str, new: str, choices: dict[str, object]
) -> None:
    folder = ledger.folder / "layouts"
    folder.mkdir()
    (folder / f"{name}.toml").write_text(built_in(name).replace(old, new), encoding="utf-8")
    report = {"indicator_table": "annual_report", "narrative": "monthly_report"}.get(name, name)
    text = text_of(ledger, report, **choices)
    assert new in text
    assert old not in text


def test_of_a_roll_up_the_share_of_villages_is_set_against_all(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    lines = {
        line.name: line
        for line in indicator_lines(world.town.work.context, last=Month(2019, 12), unit=world.town.work.me)
    }
    shows = lines["每个行政村每年观看戏剧或文艺演出场次"]
    assert (shows.value, shows.target_figure) == ("0 / 12", "1")
    own = {
        line.name: line
        for line in indicator_lines(world.gusi.work.context, last=Month(2019, 12), unit=world.gusi.work.me)
    }
    shows = own["每个行政村每年观看戏剧或文艺演出场次"]
    assert (shows.value, shows.target_figure) == ("0场", "5")
    world.close()


def test_a_report_made_late_shows_the_indicators_as_its_last_month_left_them(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    for day in ("2019-08-10", "2019-09-10", "2019-10-12"):
        world.gusi.write(
            {
                "title": "粤剧折子戏专场",
                "kind": "cantonese_opera",
                "date": day,
                "sessions": 1,
                "place": "文化广场",
                "confirmed_by": "苏国强",
                "status": "held",
            },
            type_id="performance",
        )
    shown = []
    for last in (Month(2019, 8), Month(2019, 9), Month(2019, 12)):
        lines = indicator_lines(world.gusi.work.context, last=last, unit=world.gusi.work.me)
        shown += [line.value for line in lines if line.name == "每个行政村每年观看戏剧或文艺演出场次"]
    assert shown == ["1场", "2场", "3场"]
    world.close()


def test_a_register_without_days_is_listed_whatever_year_is_asked_for(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    world.gusi.write(
        {"name": "古四村农家书屋", "type": "rural_reading_room", "status": "held"}, type_id="facility"
    )
    assert "古四村农家书屋" in text_of(world.gusi.work, "register", type_id="facility", year=2018)
    world.close()
