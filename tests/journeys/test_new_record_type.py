"""Next year's form is a text file: put into the data folder, it is typed, listed, found, printed, written to Excel,
taken in from Excel, handed to the town and read by other programs, without any code and without changing the file
of the ledger (architecture.md, Where each change goes).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from gzdesk.bootstrap import OWN_TYPES, Workspace
from gzdesk.domain.record_type import FIELD_KINDS
from gzdesk.services.records import ListQuery
from gzdesk.storage.engine import FILE_NAME
from tests.journeys.pc import Clerk, Pc
from tests.journeys.places import CAOYI, OCTOBER, TOWN, digest, ledger, pc_of

LANTERN_SHOW = """
id = "lantern_show"
shelf = "events"
version = 1
zh = "灯会"
en = "Lantern show"
paper = "灯会登记表"
group = "event"
month_of = "date"
time = "start_time"
place = "place"
title = "name"
measures = { sessions = "nights", persons = "visitors" }
list = ["date", "name", "theme", "place", "visitors", "status"]
duplicate = ["date", "name"]
sheet = { name = "name", place = "place", organiser = "host", persons = "visitors" }
sheet_words = { kind = ["灯会", "Lanterns"], source = ["自办", "Own"] }

[[field]]
name = "name"
kind = "text"
zh = "灯会名称"
en = "Name"
required = true
max_length = 20

[[field]]
name = "date"
kind = "date"
zh = "开灯日期"
en = "Date"
required = true
not_after_today_when = { status = ["held"] }

[[field]]
name = "start_time"
kind = "time"
zh = "亮灯时间"
en = "Lit at"
required = true

[[field]]
name = "place"
kind = "text"
zh = "灯区"
en = "Place"
required = true
carry = true
suggest = true

[[field]]
name = "host"
kind = "unit"
zh = "主办村"
en = "Host"
required = true
default = "$unit"
skip = true

[[field]]
name = "theme"
kind = "choice"
zh = "主题"
en = "Theme"
required = true
choices = [["festival", "元宵", "Lantern Festival"], ["autumn", "中秋", "Mid-Autumn", "月饼节"]]

[[field]]
name = "visitors"
kind = "integer"
zh = "观灯人次"
en = "Visitors"
unit_zh = "人次"
unit_en = "person-times"
required_when = { status = ["held"] }
refuse_outside = [0, 200000]
warn_above = 50000

[[field]]
name = "nights"
kind = "integer"
zh = "开放晚数"
en = "Nights"
default = 1
refuse_outside = [1, 60]
skip = true

[[field]]
name = "cost"
kind = "decimal"
zh = "费用"
en = "Cost"
unit_zh = "元"
unit_en = "yuan"
decimals = 2
refuse_outside = [0, 10000000]

[[field]]
name = "film_id"
kind = "reference"
to = "film"
zh = "同场电影"
en = "Film shown"

[[field]]
name = "with_units"
kind = "units"
zh = "联办村"
en = "With"

[[field]]
name = "lanterns"
kind = "list"
zh = "灯组"
en = "Lanterns"

[[field]]
name = "for_whom"
kind = "choices"
zh = "服务对象"
en = "For whom"
choices = [["elderly", "老年人", "Elderly"], ["minors", "未成年人", "Minors"]]

[[field]]
name = "first_held"
kind = "partial_date"
zh = "首办时间"
en = "First held"

[[field]]
name = "planned_in"
kind = "quarter"
zh = "计划季度"
en = "Planned in"

[[field]]
name = "settled_in"
kind = "month"
zh = "结算月份"
en = "Settled in"
refuse_outside = [2000, 2100]

[[field]]
name = "hours"
kind = "slots"
zh = "每周亮灯"
en = "Weekly hours"

[[field]]
name = "story"
kind = "note"
zh = "灯会内容"
en = "Story"
max_length = 300

[[field]]
name = "insured"
kind = "yes_no"
zh = "已投保"
en = "Insured"

[[field]]
name = "earlier"
kind = "references"
to = "lantern_show activity"
zh = "往届记录"
en = "Earlier ones"
skip = true

[[field]]
name = "drawing"
kind = "generated"
zh = "灯位图"
en = "Drawing"
"""
SHELTER = """
id = "activity"
extends = true
version = 2

[[field]]
name = "shelter"
kind = "text"
zh = "避雨场地"
en = "Shelter"
suggest = true
"""
TYPED = {
    "name": "曹一村中秋灯会",
    "date": "10-13",
    "start_time": "晚上7:30",
    "place": "文化广场",
    "theme": "中秋",
    "visitors": "１２６０",
    "cost": "3,500.5",
    "film_id": "whw",
    "with_units": "曹二、曹三",
    "lanterns": "走马灯、莲花灯",
    "for_whom": "老年人",
    "first_held": "2016年",
    "planned_in": "4季度",
    "settled_in": "2019-11",
    "hours": "||||19:30-22:00|19:30-22:00||",  # a line for each weekday, and one for holidays
    "story": "舞草龙、猜灯谜。",
}

STORED = {
    "name": "曹一村中秋灯会",
    "date": "2019-10-13",
    "start_time": "19:30",
    "place": "文化广场",
    "host": CAOYI,
    "theme": "autumn",
    "visitors": 1260,
    "nights": 1,
    "cost": "3500.5",
    "with_units": ["caoer", "caosan"],
    "lanterns": ["走马灯", "莲花灯"],
    "for_whom": ["elderly"],
    "first_held": "2016",
    "planned_in": "2019-Q4",
    "settled_in": "2019-11",
    "story": "舞草龙、猜灯谜。",
    "status": "held",
}


def hand_out(pc: Pc, name: str, text: str) -> None:
    """Put the file of a register into the data folder, as the town hands it out on a stick."""
    folder = pc.folder / OWN_TYPES
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def pc(tmp_path: Path) -> Pc:
    village = pc_of(CAOYI, tmp_path)
    hand_out(village, "lantern_show", LANTERN_SHOW)
    return village


@pytest.fixture
def clerk(pc: Pc, stick: Path) -> Iterator[Clerk]:
    with pc.on() as seated:
        yield seated


def log_a_show(clerk: Clerk) -> str:
    """The new form, filled in with keys; returns the id of the record."""
    clerk.press("Ctrl+2", "PgUp")
    clerk.new("lantern_show")
    for name, text in TYPED.items():
        assert clerk.field() == name
        for line in text.split("|"):
            clerk.type(line, "Tab" if name == "story" else "Return")
    clerk.press("Ctrl+S")
    clerk.expect("已保存：2019-10-13 曹一村中秋灯会")
    return str(clerk.form.state.record_id)


def test_the_file_has_every_kind_of_item() -> None:
    # Attachments stand among the items that all registers share.
    kinds = {kind for kind in FIELD_KINDS if f'kind = "{kind}"' in LANTERN_SHOW} | {"attachments"}
    assert kinds == set(FIELD_KINDS)


def test_the_form_takes_every_kind_of_item(clerk: Clerk) -> None:
    record = clerk.ledger.records.get(log_a_show(clerk)).record
    (film,) = [
        item for item in clerk.ledger.records.of_types(["film"]) if item.id == record.values["film_id"]
    ]
    assert film.values["title"] == "我和我的祖国"
    hours = [{"weekday": day, "from": "19:30", "to": "22:00"} for day in (5, 6)]
    others = ("film_id", "hours")
    assert {name: value for name, value in record.values.items() if name not in others} == STORED
    assert record.values["hours"] == hours


def test_its_rules_are_told_beside_the_item(clerk: Clerk) -> None:
    clerk.press("Ctrl+2", "PgUp")
    clerk.new("lantern_show")
    clerk.type("灯会", "Return")
    clerk.type("12-24", "Return")
    clerk.type("19:30", "Return")
    clerk.press("Return", "Return")
    clerk.type("300000", "Return")
    assert clerk.message_at("visitors").startswith("这里只能填 0 到 200000")
    clerk.press("Ctrl+S")
    assert clerk.message_at("place") == "还没填灯区。"


def test_it_is_listed_found_changed_and_told(clerk: Clerk) -> None:
    identity = log_a_show(clerk)
    clerk.press("Esc")
    clerk.expect("曹一村中秋灯会", "中秋", "1,260")
    clerk.press("Ctrl+F")
    clerk.type("zqdh")
    clerk.until(lambda: clerk.sees("曹一村中秋灯会"))
    clerk.press("Return", "Return")
    while clerk.field() != "visitors":
        clerk.press("Tab")
    clerk.type("1300", "Ctrl+S")
    newest, first = clerk.ledger.records.history(identity)
    assert [(change.label, change.old, change.new) for change in newest.changes] == [
        ("观灯人次", "1260", "1300")
    ]
    assert {change.label: change.new for change in first.changes}["联办村"] == "曹二村、曹三村"


def test_it_is_counted_in_its_month(clerk: Clerk) -> None:
    log_a_show(clerk)
    sheet = clerk.ledger.months.draft(OCTOBER)
    (row,) = [row for row in sheet.rows if row.type == "lantern_show"]
    assert (row.name, row.persons) == ("曹一村中秋灯会", 1260)
    assert "灯会" in {word.zh for word in sheet.words if word.code == row.kind}


def test_its_list_and_its_forms_come_on_paper_and_in_a_workbook(clerk: Clerk, tmp_path: Path) -> None:
    identity = log_a_show(clerk)
    query = ListQuery(types=("lantern_show",), unit=clerk.ledger.me.id)
    workbook = clerk.ledger.tables.export(query, out=tmp_path / "灯会.xlsx", all_items=True)
    assert {"灯会名称", "曹一村中秋灯会"} <= cells_of(workbook.file)
    listed = clerk.ledger.tables.export(query, out=tmp_path / "灯会.pdf")
    assert "曹一村中秋灯会" in text_of(listed.file)
    blank = clerk.ledger.reports.make("blank_form", type_id="lantern_show", out=tmp_path / "空白.pdf")
    assert in_paper_order(text_of(blank.file), "灯会名称", "开灯日期", "亮灯时间", "灯区", "观灯人次", "灯组")
    filled = clerk.ledger.reports.make("filled_form", record=identity, out=tmp_path / "填好.pdf")
    assert "走马灯" in text_of(filled.file)


def test_it_is_taken_in_from_a_workbook(clerk: Clerk, tmp_path: Path) -> None:
    table = tmp_path / "去年的灯会.csv"
    table.write_text(
        "灯会名称,开灯日期,亮灯时间,灯区,主题,观灯人次\n"
        "元宵灯会,2019.2.19,晚上7点半,文化广场,元宵,约800人次\n"
        "中秋灯会,2019年9月13日,19:30,,中秋,900\n",
        encoding="gb18030",
    )
    imports = clerk.ledger.imports
    source = imports.table(imports.open(table), type_id="lantern_show")
    outcome = imports.run(source, mapping=source.mapping)
    assert outcome.added == 1
    assert [row.problems[0].label for row in outcome.refused] == ["灯区"]
    (record,) = clerk.ledger.records.of_types(["lantern_show"])
    assert (record.values["visitors"], record.values["date"]) == (800, "2019-02-19")


def test_other_programs_read_it_and_the_ledger_was_not_migrated(tmp_path: Path) -> None:
    before = pc_of(CAOYI, tmp_path / "before")
    with before.on():
        pass
    tables, version = _shape(before.folder)
    after = pc_of(CAOYI, tmp_path / "after")
    hand_out(after, "lantern_show", LANTERN_SHOW)
    with after.on() as clerk:
        log_a_show(clerk)
    assert _shape(after.folder) == (tables, version)
    with sqlite3.connect(after.folder / FILE_NAME) as connection:
        rows = connection.execute("SELECT name, visitors, cost, theme FROM v_lantern_show").fetchall()
    connection.close()
    assert rows == [("曹一村中秋灯会", 1260, 3500.5, "autumn")]


def _shape(folder: Path) -> tuple[list[tuple[str, str]], list[tuple[str]]]:
    """The tables of the file as they were made, and its version."""
    with sqlite3.connect(folder / FILE_NAME) as connection:
        tables = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name"
        ).fetchall()
        version = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    return tables, version


@pytest.mark.parametrize("town_knows", [True, False])
def test_the_town_takes_it_in_whether_it_knows_the_register_or_not(
    pc: Pc, tmp_path: Path, stick: Path, town_knows: bool
) -> None:
    with pc.on() as clerk:
        log_a_show(clerk)
        clerk.press("Ctrl+6", "Ctrl+U")
        clerk.expect("可以拔出U盘了")
    town = pc_of(TOWN, tmp_path)
    if town_knows:
        hand_out(town, "lantern_show", LANTERN_SHOW)
    with town.on() as station:
        station.press("F5", "Ctrl+Return", "Return")
        station.expect("1 个文件・收 1 个，退 0 个")
    assert digest(town.folder, CAOYI) == digest(pc.folder, CAOYI)
    # The file may as well come later: what was kept until then is listed from the next start on.
    hand_out(town, "lantern_show", LANTERN_SHOW)
    with ledger(town.folder) as workspace:
        assert _listed(workspace) == [("曹一村中秋灯会", 1260, "2019-10-13")]
        assert workspace.maintenance.check().ok


def _listed(workspace: Workspace) -> list[tuple[str, int | None, str]]:
    rows = workspace.records.page(ListQuery(types=("lantern_show",))).rows
    return [(row.title, row.persons, row.day) for row in rows]


def test_a_further_item_of_a_register_with_old_records(tmp_path: Path, stick: Path) -> None:
    pc, town = pc_of(CAOYI, tmp_path), pc_of(TOWN, tmp_path)
    tables = _shape(pc.folder)
    hand_out(pc, "activity", SHELTER)
    with pc.on() as clerk:
        (old,) = clerk.ledger.records.of_types(["activity"], month=OCTOBER)
        assert "shelter" not in old.values
        clerk.press("Ctrl+2", "PgUp")
        clerk.page.open_record(old.id)  # type: ignore[attr-defined]  # a page with a list
        clerk.rest()
        while clerk.field() != "shelter":
            clerk.press("Tab")
        clerk.type("老人活动中心", "Ctrl+S")
        (change,) = clerk.ledger.records.history(old.id)[0].changes
        assert (change.label, change.old, change.new) == ("避雨场地", "", "老人活动中心")
        blank = clerk.ledger.reports.make("blank_form", type_id="activity", out=tmp_path / "活动.pdf")
        assert "避雨场地" in text_of(blank.file)
        query = ListQuery(types=("activity",), month=OCTOBER)
        made = clerk.ledger.tables.export(query, out=tmp_path / "活动.xlsx", all_items=True)
        assert {"避雨场地", "老人活动中心"} <= cells_of(made.file)
        clerk.press("Esc", "Ctrl+6", "Ctrl+U")
    assert _shape(pc.folder) == tables
    with town.on() as station:
        station.press("F5", "Ctrl+Return", "Return")
    # The town's program does not know the item and keeps it all the same.
    assert digest(town.folder, CAOYI) == digest(pc.folder, CAOYI)
    with sqlite3.connect(pc.folder / FILE_NAME) as connection:
        found = connection.execute("SELECT shelter FROM v_activity WHERE shelter IS NOT NULL").fetchall()
    connection.close()
    assert found == [("老人活动中心",)]


def cells_of(file: Path) -> set[object]:
    """What stands in the cells of a workbook."""
    workbook = load_workbook(file)
    found = {cell.value for row in workbook.worksheets[0].iter_rows() for cell in row}
    workbook.close()
    return found


def text_of(file: Path) -> str:
    """The words on all pages of a PDF, without the breaks between lines."""
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join("".join(pages).split())


def in_paper_order(text: str, *words: str) -> bool:
    """Whether the words stand in the text one after the other."""
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)
