"""Reports in words on real ledgers: what the data say, what a person makes of it, finishing with a number (G8)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from gzdesk.bootstrap import Workspace
from gzdesk.domain.frozen_report import TYPE_ID, FrozenReport, report_key
from gzdesk.errors import UserError
from gzdesk.services.record_results import Refused
from gzdesk.services.system_records import system_record_id
from tests.reports.reading import pdf_texts
from tests.services import october
from tests.services.october import OCTOBER, activity, cancelled, save, screening, venue
from tests.services.world import World

NAME = "monthly_report"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    activity(workspace)
    cancelled(workspace)
    screening(workspace)
    yield workspace
    workspace.close()


def texts(ledger: Workspace) -> dict[str, str]:
    return {part.key: part.text for part in ledger.finishing.text(NAME, month=OCTOBER).parts}


def paper(ledger: Workspace, **choices: object) -> str:
    look = ledger.reports.look(NAME, month=OCTOBER, **choices)  # type: ignore[arg-type]
    return "".join("".join(pdf_texts(look.pdf)).split())


def test_the_text_says_what_the_records_say(ledger: Workspace) -> None:
    found = texts(ledger)
    assert "2019年10月举办各类文化活动2场，参与147人次" in found["work"]
    assert "电影放映1场、121人次" in found["work"]
    assert "10月11日“烈火英雄”（121人次）" in found["work"]
    assert found["problems"] == "取消1场：10月25日“广场舞交流赛”（停电）。"


def test_a_planned_event_of_the_next_month_is_in_the_plan(ledger: Workspace) -> None:
    activity(ledger, name="读书会", date="2019-11-20", status="planned", participants=None, evidence=None)
    assert "计划举办：11月20日“读书会”。" in texts(ledger)["plan"]


def test_open_comments_and_hazards_are_problems(ledger: Workspace) -> None:
    said = {"channel": "book", "topic": "opening", "content": "晚上多开一小时", "date": "2019-10-09"}
    save(ledger, "feedback", said)
    save(
        ledger,
        "feedback",
        said | {"content": "椅子坏了", "closed_on": "2019-10-20", "reply": "已修", "handled_by": "苏"},
    )
    check = {"kind": "check", "date": "2019-10-15", "place": "二楼", "items": ["灯"], "checker": "苏国强"}
    save(ledger, "safety_check", check | {"result": "hazard", "hazards": "应急灯不亮"})
    found = texts(ledger)["problems"]
    assert "群众意见1条没有办结：晚上多开一小时" in found
    assert "隐患1处没有整改完：应急灯不亮" in found
    assert "椅子坏了" not in found


def test_what_is_typed_is_kept_and_the_rest_follows_the_data(ledger: Workspace) -> None:
    ledger.finishing.keep(NAME, texts(ledger) | {"problems": "投影机旧了。"}, month=OCTOBER)
    activity(ledger, name="合唱", date="2019-10-20", start_time="19:30")
    found = ledger.finishing.text(NAME, month=OCTOBER)
    by_key = {part.key: part for part in found.parts}
    assert "3场" in by_key["work"].text
    assert by_key["problems"].text == "投影机旧了。"
    assert "停电" in by_key["problems"].from_data
    assert "投影机旧了。" in paper(ledger)
    ledger.finishing.drop(NAME, month=OCTOBER)
    assert "停电" in texts(ledger)["problems"]


def test_an_emptied_part_stays_empty(ledger: Workspace) -> None:
    ledger.finishing.keep(NAME, texts(ledger) | {"problems": ""}, month=OCTOBER)
    assert texts(ledger)["problems"] == ""
    assert "停电" not in paper(ledger)


def test_a_draft_says_so_and_a_finished_one_has_number_and_code(ledger: Workspace) -> None:
    assert "草稿，未定稿" in paper(ledger)
    found = ledger.finishing.finish(NAME, month=OCTOBER)
    assert (found.number, found.correction) == ("CY1-DT-201910-1", 0)
    text = paper(ledger)
    assert f"编号{found.number}校验码{found.check_code}" in text
    assert "草稿" not in text


def test_a_finished_report_stays_as_it_was(ledger: Workspace) -> None:
    ledger.finishing.finish(NAME, month=OCTOBER)
    before = ledger.reports.preview(NAME, month=OCTOBER)
    activity(ledger, name="合唱", date="2019-10-20", start_time="19:30", participants=900)
    assert ledger.reports.preview(NAME, month=OCTOBER) == before
    assert "合唱" in paper(ledger, draft=True)
    second = ledger.finishing.finish(NAME, month=OCTOBER)
    assert (second.number, second.correction) == ("CY1-DT-201910-2", 1)
    assert "更正（第1次）" in paper(ledger)
    assert ledger.reports.preview(NAME, number="CY1-DT-201910-1") == before
    assert [item.number for item in ledger.finishing.finished(name=NAME)] == [
        "CY1-DT-201910-2",
        "CY1-DT-201910-1",
    ]


def test_all_three_files_come_from_the_one_that_was_finished(ledger: Workspace, tmp_path: Path) -> None:
    ledger.finishing.keep(NAME, texts(ledger) | {"plan": "十一月办粤曲晚会。"}, month=OCTOBER)
    found = ledger.finishing.finish(NAME, month=OCTOBER)
    activity(ledger, name="合唱", date="2019-10-20", start_time="19:30", participants=900)
    for ending in ("pdf", "xlsx", "docx"):
        ledger.reports.make(NAME, month=OCTOBER, out=tmp_path / f"r.{ending}")
    pdf = "".join("".join(pdf_texts((tmp_path / "r.pdf").read_bytes())).split())
    word = docx.Document(io.BytesIO((tmp_path / "r.docx").read_bytes()))
    in_word = "".join(paragraph.text for paragraph in word.paragraphs)
    in_word += "".join(paragraph.text for paragraph in word.sections[0].footer.paragraphs)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    in_excel = "".join(str(cell.value or "") for row in sheet for cell in row) + sheet.oddFooter.left.text
    for text in (pdf, in_word, in_excel):
        assert "十一月办粤曲晚会。" in text
        assert found.check_code in text
        assert "合唱" not in text


def test_the_register_has_the_text_of_what_was_finished(ledger: Workspace) -> None:
    ledger.finishing.keep(NAME, texts(ledger) | {"problems": "投影机旧了。\n二、不是标题"}, month=OCTOBER)
    ledger.finishing.finish(NAME, month=OCTOBER)
    (record,) = ledger.records.of_types((NAME,))
    assert record.values["due_on"] == "2019-11-10"
    assert "三、存在问题\n投影机旧了。\n二、不是标题\n四、下月计划" in str(record.values["text"])
    assert texts(ledger)["problems"] == "投影机旧了。\n二、不是标题"


def test_a_text_written_in_the_register_is_printed(ledger: Workspace) -> None:
    text = "各村正常。\n三、存在问题\n没有。"
    save(ledger, NAME, {"period": "2019-10", "due_on": "2019-11-10", "text": text, "status": "held"})
    found = texts(ledger)
    assert (found["work"], found["problems"]) == ("各村正常。", "没有。")
    assert "继续做好免费开放" in found["plan"]


def test_what_was_handed_in_stays_with_a_correction(ledger: Workspace) -> None:
    ledger.finishing.finish(NAME, month=OCTOBER)
    (record,) = ledger.records.of_types((NAME,))
    values = {**record.values, "submitted_on": "2019-11-06", "receipt": "HZ-7"}
    ledger.records.save(type_id=NAME, values=values, record_id=record.id)
    ledger.finishing.finish(NAME, month=OCTOBER)
    (again,) = ledger.records.of_types((NAME,))
    assert again.values["receipt"] == "HZ-7"
    assert "HZ-7" in paper(ledger)


def test_a_text_that_the_register_can_not_hold_finishes_nothing(ledger: Workspace) -> None:
    ledger.finishing.keep(NAME, texts(ledger) | {"work": "长" * 5001}, month=OCTOBER)
    with pytest.raises(Refused):
        ledger.finishing.finish(NAME, month=OCTOBER)
    assert ledger.finishing.finished() == ()
    assert texts(ledger)["work"] == "长" * 5001


def test_a_code_that_does_not_fit_is_noticed(ledger: Workspace) -> None:
    found = ledger.finishing.finish(NAME, month=OCTOBER)
    record_id = system_record_id(TYPE_ID, report_key(found.unit, found.number))
    with ledger.context.store.reading() as read:
        record = read.records.get(record_id)
    assert record is not None
    assert FrozenReport.from_values(record.values, unit=record.unit).to_values() == record.values
    with ledger.context.store.writing() as work:
        work.revisions.append(
            record=record_id,
            type_id=record.type,
            type_version=1,
            scope=record.unit,
            values={**record.values, "title": "另一份"},
        )
        work.commit()
    with pytest.raises(UserError) as refused:
        ledger.reports.preview(NAME, month=OCTOBER)
    assert refused.value.code == "report_unreadable"


def test_a_table_is_no_text(ledger: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        ledger.reports.make("asset_report", year=2019, out=tmp_path / "a.docx")
    assert refused.value.code == "no_docx"
    assert "资产统计报告" in refused.value.message
    with pytest.raises(UserError) as no_text:
        ledger.finishing.text("asset_report", year=2019)
    assert no_text.value.code == "no_texts"
    assert ledger.finishing.finish("asset_report", year=2019).number == "CY1-ZC-2019-1"
    with pytest.raises(UserError) as not_finished:
        ledger.finishing.finish("monthly_sheet", month=OCTOBER)
    assert not_finished.value.code == "not_finished_here"


def test_an_unknown_number_is_said(ledger: Workspace) -> None:
    with pytest.raises(UserError) as refused:
        ledger.reports.preview(NAME, number="CY1-DT-201910-9")
    assert refused.value.code == "unknown_number"


def test_opening_is_counted_by_days(ledger: Workspace) -> None:
    centre = venue(ledger)
    for day, start, end in (("05", "09:00", "11:30"), ("05", "14:30", "17:00"), ("06", "09:00", "11:30")):
        log = {"facility_id": centre, "date": f"2019-10-{day}", "from": start, "to": end, "visitors": 10}
        save(ledger, "opening_log", log | {"duty_person": "苏"})
    assert "场所免费开放2天，到场30人次。" in texts(ledger)["work"]


def test_a_village_s_finished_report_comes_to_the_town_and_the_town_writes_its_own(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    gusi, town = world.gusi.work, world.town.work
    gusi_report = gusi.finishing.finish(NAME, month=OCTOBER)
    activity(gusi, name="灯会", date="2019-10-05", participants=120)
    world.there_and_back(world.gusi)
    assert [item.check_code for item in town.finishing.finished()] == [gusi_report.check_code]
    assert town.reports.preview(NAME, month=OCTOBER, unit="gusi") == gusi.reports.preview(NAME, month=OCTOBER)
    with pytest.raises(UserError) as refused:
        town.finishing.finish(NAME, month=OCTOBER, unit="gusi")
    assert refused.value.code == "not_ours"
    (work, *_rest) = town.finishing.text(NAME, month=OCTOBER).parts
    assert "120人次" in work.text
    assert "古四村10月5日“灯会”" in work.text
    assert town.finishing.finish(NAME, month=OCTOBER).number == "GZ-DT-201910-1"
    world.close()


def test_an_event_held_by_two_villages_counts_once_in_the_town(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    host = activity(world.gusi.work, name="灯会", date="2019-10-05", participants=120)
    guest = activity(world.gusan.work, name="灯会", date="2019-10-05", participants=120)
    for village in (world.gusi, world.gusan):
        world.there_and_back(village)
    town = world.town.work
    assert "活动2场，参与240人次" in town.finishing.text(NAME, month=OCTOBER).parts[0].text
    town.twins.decide((host, guest), "joint", reason="两村合办")
    told = town.finishing.text(NAME, month=OCTOBER).parts[0].text
    assert "活动1场，参与120人次" in told
    assert told.count("灯会") == 1
    world.close()
