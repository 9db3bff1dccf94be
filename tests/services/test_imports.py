"""Tables from Excel on their way into the registers: what goes in, what is refused, twice the same, and undoing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.services.imports import UNIT_COLUMN, Outcome, SourceTable
from gzdesk.services.records import ListQuery
from tests.services.world import World
from tests.workbooks.made import workbook

TODAY = date(2019, 11, 8)
HEAD = [
    "序号", "放映日期", "开始时间", "影片名称", "地点", "场地类型", "放映队", "放映员", "观众人数", "确认人", "盖章",
]  # fmt: skip
COMMON = ["古四文化广场", "室外流动", "古镇镇放映队", "刘振辉"]


def show(
    number: int, day: Any, clock: Any = "19:30", film: str = "烈火英雄", audience: Any = 136
) -> list[Any]:
    return [number, day, clock, film, *COMMON, audience, "苏丽芬", "√"]


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Workspace]:
    workspace = bootstrap.init_village(tmp_path / "village", name="古四村", writer_name="苏丽芬", today=TODAY)
    yield workspace
    workspace.close()


def opened(
    village: Workspace,
    rows: Sequence[Sequence[Any]],
    *,
    type_id: str = "film_screening",
    name: str = "登记.xlsx",
    dress: Any = None,
) -> SourceTable:
    file = village.folder.parent / name
    file.write_bytes(workbook(rows, dress=dress))
    return village.imports.table(village.imports.open(file), type_id=type_id)


def taken(village: Workspace, rows: Sequence[Sequence[Any]], **how: Any) -> Outcome:
    return village.imports.run(opened(village, rows, **how))


def screenings(village: Workspace) -> list[Mapping[str, object]]:
    return [record.values for record in village.records.of_types(["film_screening"])]


def reasons(outcome: Outcome) -> dict[int, list[str]]:
    return {row.row: [problem.field or "" for problem in row.problems] for row in outcome.refused}


def test_the_good_rows_go_in_and_the_others_are_named_with_row_item_and_reason(village: Workspace) -> None:
    outcome = taken(
        village,
        [
            ["古四村2019年农村电影放映登记表"],
            HEAD,
            show(1, "2019.10.5", "晚上7:30", "《烈火英雄》", "约200人"),
            show(2, "10月11日", "19:30-21:20", audience="1,200"),
            show(3, date(2019, 10, 12), time(19, 30), "没有的片子"),
            show(4, 43756, 0.8125, audience=None),
            ["合计", None, None, None, None, None, None, None, 1536],
        ],
    )
    assert (outcome.added, outcome.skipped) == (2, 0)
    assert reasons(outcome) == {5: ["film_id"], 6: ["audience"]}
    assert "影片目录" in outcome.refused[0].problems[0].message
    found = screenings(village)
    assert [(one["date"], one["start_time"], one["audience"], one["status"]) for one in found] == [
        ("2019-10-05", "19:30", 200, "held"),
        ("2019-10-11", "19:30", 1200, "held"),
    ]
    assert found[1]["end_time"] == "21:20"
    assert found[0]["stamped"] is True


def test_the_same_file_twice_adds_nothing(village: Workspace) -> None:
    rows = [HEAD, show(1, "2019-10-05"), show(2, "2019-10-06")]
    assert taken(village, rows).added == 2
    again = taken(village, rows)
    assert (again.batch, again.added, again.skipped, again.refused) == (None, 0, 2, ())


def test_a_file_with_a_correction_says_what_differs_and_changes_nothing(village: Workspace) -> None:
    taken(village, [HEAD, show(1, "2019-10-05"), show(2, "2019-10-06")])
    outcome = taken(
        village, [HEAD, show(1, "2019-10-05"), show(2, "2019-10-06", audience=200), show(3, "2019-10-07")]
    )
    assert (outcome.added, outcome.skipped) == (1, 1)
    (row,) = outcome.refused
    assert row.row == 3
    assert "已有不同内容，未改动" in row.problems[0].message
    assert "136" in row.problems[0].message
    assert "200" in row.problems[0].message
    assert sorted(one["audience"] for one in screenings(village)) == [136, 136, 136]


def test_a_second_event_at_the_same_time_is_no_correction_of_the_first(village: Workspace) -> None:
    taken(village, [HEAD, show(1, "2019-10-05")])
    other = show(2, "2019-10-05")
    other[4] = "古四小学"
    outcome = taken(village, [HEAD, show(1, "2019-10-05"), other])
    assert (outcome.added, outcome.skipped, outcome.refused) == (1, 1, ())
    assert outcome.warnings  # the duplicate guard of the form speaks here too


def test_a_repetition_within_the_file_is_taken_once_and_told(village: Workspace) -> None:
    outcome = taken(village, [HEAD, show(1, "2019-10-05"), show(2, "2019-10-05")])
    assert (outcome.added, outcome.skipped) == (1, 1)
    told = {row.row: [problem.message for problem in row.problems] for row in outcome.warnings}
    assert any("第 2 行" in message for message in told[3])


def test_a_number_used_twice_within_the_file_is_warned_of(village: Workspace) -> None:
    head = [*HEAD, "回执单编号"]
    rows = [[*show(1, "2019-10-05"), "GZ-1"], [*show(2, "2019-10-06"), "GZ-1"]]
    outcome = taken(village, [head, *rows])
    assert outcome.added == 2
    assert [problem.field for row in outcome.warnings for problem in row.problems] == ["receipt_no"]


def test_undo_takes_the_whole_batch_back_but_what_was_changed_since(village: Workspace) -> None:
    outcome = taken(village, [HEAD, show(1, "2019-10-05"), show(2, "2019-10-06"), show(3, "2019-10-07")])
    rows = village.records.page(ListQuery(types=("film_screening",))).rows
    first, second, _third = (village.records.get(row.id).record for row in rows)
    village.records.save(type_id="film_screening", record_id=first.id, values={**first.values, "audience": 9})
    village.records.delete(second.id)
    assert outcome.batch
    undone = village.imports.undo(outcome.batch)
    assert undone.taken_back == 1
    assert [(kept.id, kept.words, kept.reason) for kept in undone.kept] == [
        (first.id, "2019-10-05 烈火英雄", "导入后改动过")
    ]
    assert [one["audience"] for one in screenings(village)] == [9]
    (batch,) = village.imports.batches()
    assert (batch.id, batch.file_name, batch.added, batch.undone) == (outcome.batch, "登记.xlsx", 3, True)
    with pytest.raises(UserError) as caught:
        village.imports.undo(outcome.batch)
    assert caught.value.code == "already_undone"


def test_after_undoing_the_same_file_goes_in_again(village: Workspace) -> None:
    rows = [HEAD, show(1, "2019-10-05")]
    outcome = taken(village, rows)
    assert outcome.batch
    village.imports.undo(outcome.batch)
    assert taken(village, rows).added == 1


def test_an_unknown_batch_is_said(village: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        village.imports.undo("20190101-000000-abcd")
    assert caught.value.code == "unknown_batch"


def test_a_dry_run_tells_the_same_and_writes_nothing(village: Workspace) -> None:
    table = opened(village, [HEAD, show(1, "2019-10-05"), show(2, "2019-10-06", film="没有")])
    tried = village.imports.run(table, dry_run=True)
    assert (tried.batch, tried.added, len(tried.refused)) == (None, 1, 1)
    assert (screenings(village), village.imports.batches()) == ([], ())
    done = village.imports.run(table)
    assert (done.added, done.refused) == (tried.added, tried.refused)


def test_rows_of_a_closed_month_are_refused_with_that_reason(tmp_path: Path) -> None:
    world = World.make(tmp_path, ["gusi"])
    village = world.gusi.work
    world.gusi.sheet("2019-10")
    outcome = taken(village, [HEAD, show(1, "2019-10-05"), show(2, "2019-11-01")])
    assert outcome.added == 1
    assert reasons(outcome) == {2: ["date"]}
    assert "封账" in outcome.refused[0].problems[0].message
    batch = outcome.batch
    world.gusi.sheet("2019-11")
    assert batch
    assert [kept.reason for kept in village.imports.undo(batch).kept] == ["所在月份已封账"]
    world.close()


def test_rows_of_other_villages_are_refused(village: Workspace) -> None:
    head = ["村", *HEAD]
    rows = [
        ["古四村", *show(1, "2019-10-05")],
        ["古三村", *show(2, "2019-10-06")],
        ["古四", *show(3, "2019-10-07")],
        ["某村", *show(4, "2019-10-08")],
    ]
    table = opened(village, [head, *rows])
    assert table.mapping[0] == UNIT_COLUMN
    outcome = village.imports.run(table)
    assert outcome.added == 2
    messages = [row.problems[0].message for row in outcome.refused]
    assert "古三村" in messages[0]
    assert "某村" in messages[1]


def test_a_member_of_another_village_is_refused_too(village: Workspace) -> None:
    rows = [
        ["姓名", "所属村", "注册日期"],
        ["苏丽芬", "古四村", "2018-03-05"],
        ["刘振辉", "古三村", "2018-03-05"],
    ]
    outcome = taken(village, rows, type_id="volunteer")
    assert outcome.added == 1
    assert reasons(outcome) == {3: ["unit_code"]}


def test_leading_zeros_long_numbers_and_rare_characters_survive_exactly(village: Workspace) -> None:
    rows = [
        ["姓名", "志愿者编号", "注册日期"],
        ["䶮𠮷", "440000123456789012", "2018-03-05"],
        ["苏丽芬", "000731", "2018-03-05"],
        ["刘振辉", 123456789012345678, "2018-03-05"],
        ["黄志明", "1.23E+17", "2018-03-05"],
    ]
    outcome = taken(village, rows, type_id="volunteer")
    found = {
        record.values["name"]: record.values.get("platform_no")
        for record in village.records.of_types(["volunteer"])
    }
    assert found == {"䶮𠮷": "440000123456789012", "苏丽芬": "000731"}
    assert reasons(outcome) == {4: ["platform_no"], 5: ["platform_no"]}
    assert all("近似数" in row.problems[0].message for row in outcome.refused)


def test_the_mapping_is_remembered_for_tables_with_the_same_headings(village: Workspace) -> None:
    head = ["何日", "何时", "何片", "何处", "何种", "何队", "何人", "几人", "谁", "章"]
    rows = [show(1, "2019-10-05")[1:]]
    table = opened(village, [head, *rows])
    assert "film_id" not in table.mapping.values()
    names = [
        "date",
        "start_time",
        "film_id",
        "place",
        "place_kind",
        "team",
        "projectionist",
        "audience",
        "confirmed_by",
        "stamped",
    ]
    mapping = dict(enumerate(names))
    assert village.imports.run(table, mapping=mapping).added == 1
    again = opened(village, [["标题行"], [None, *head], [None, *show(2, "2019-10-06")[1:]]])
    assert again.remembered
    assert again.mapping == {index + 1: name for index, name in mapping.items()}
    assert village.imports.run(again).added == 1
    assert not opened(village, [["另", *head], ["x", *show(3, "2019-10-07")[1:]]]).remembered


def test_a_mapping_that_makes_no_sense_is_refused(village: Workspace) -> None:
    file = village.folder.parent / "a.xlsx"
    file.write_bytes(workbook([HEAD, show(1, "2019-10-05")]))
    book = village.imports.open(file)
    for mapping in ({0: "nothing"}, {0: "date", 1: "date"}):
        with pytest.raises(UserError) as caught:
            village.imports.table(book, type_id="film_screening", mapping=mapping)
        assert caught.value.code == "bad_mapping"
    with pytest.raises(UserError) as caught:
        village.imports.run(village.imports.table(book, type_id="film_screening", mapping={}))
    assert caught.value.code == "nothing_mapped"


def test_what_the_program_writes_itself_is_not_filled_from_a_table(village: Workspace) -> None:
    with pytest.raises(UserError) as caught:
        opened(village, [["月份"], ["2019-10"]], type_id="monthly_sheet")
    assert caught.value.code == "not_importable"


def test_the_refused_rows_are_saved_as_a_workbook_that_can_be_put_right_and_taken_in(
    village: Workspace,
) -> None:
    outcome = taken(
        village,
        [["标题"], HEAD, show(1, "2019-10-05", film="没有的片子", audience=None), show(2, "2019-10-06")],
    )
    out = village.imports.save_refused(outcome, village.folder.parent / "没有导入.xlsx")
    book = openpyxl.load_workbook(out)
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    at = next(number for number, row in enumerate(rows) if row[: len(HEAD)] == HEAD)
    assert rows[at][len(HEAD) :] == ["原因", "原表行号"]
    (refused,) = rows[at + 1 :]
    assert refused[1:4] == ["2019-10-05", "19:30", "没有的片子"]
    assert "影片" in refused[len(HEAD)]
    assert "观众人次" in refused[len(HEAD)]
    sheet = book.active
    sheet.cell(at + 2, 4).value, sheet.cell(at + 2, 9).value = "烈火英雄", 12
    book.save(out)
    again = village.imports.run(village.imports.table(village.imports.open(out), type_id="film_screening"))
    assert (again.added, again.refused) == (1, ())


def test_all_that_is_wrong_with_a_row_is_said_at_once(village: Workspace) -> None:
    row = show(1, "2019-10-99", film="没有", audience="很多")
    row[7] = None
    outcome = taken(village, [HEAD, row])
    assert set(reasons(outcome)[2]) >= {"date", "film_id", "audience", "projectionist"}


def test_the_preview_shows_rows_as_they_will_become(village: Workspace) -> None:
    taken(village, [HEAD, show(1, "2019-10-05")])
    table = opened(
        village, [HEAD, show(1, "2019.10.5"), show(2, "10月6日", film="没有"), show(3, "2019/10/7")]
    )
    rows = village.imports.preview(table)
    assert [(row.row, row.fate) for row in rows] == [(2, "same"), (3, "refused"), (4, "new")]
    assert rows[2].texts["film_id"] == "烈火英雄"
    assert rows[2].texts["date"] == "2019-10-07"
    assert rows[2].texts["place_kind"] == "室外·流动"
    assert len(village.imports.preview(table, limit=1)) == 1


def test_cancelling_leaves_everything_as_it_was(village: Workspace) -> None:
    class Stop(Progress):
        def __init__(self, stage: int) -> None:
            self.left = stage

        def stage(self, name: str) -> None:
            self.left -= 1

        def check_cancelled(self) -> None:
            if self.left < 0:
                raise Cancelled

    table = opened(village, [HEAD, show(1, "2019-10-05")])
    for stage in range(3):
        with pytest.raises(Cancelled):
            village.imports.run(table, progress=Stop(stage))
    assert (screenings(village), village.imports.batches()) == ([], ())
    assert village.imports.run(table, progress=Stop(3)).added == 1


def test_nothing_of_it_travels(tmp_path: Path) -> None:
    """What was imported goes to the town as records; batches and mappings stay on this PC."""
    world = World.make(tmp_path, ["guzhen", "gusi"])
    taken(world.gusi.work, [HEAD, show(1, "2019-10-05")])
    up, _down = world.there_and_back(world.gusi)
    assert up.verdict == "applied"
    assert len(world.town.work.records.of_types(["film_screening"])) == 1
    assert world.town.work.imports.batches() == ()
    world.close()


def test_the_sheet_that_fits_is_taken_and_the_others_are_named(village: Workspace) -> None:
    file = village.folder.parent / "a.xlsx"
    file.write_bytes(
        workbook([["说明"], ["请填写"]], [HEAD, show(1, "2019-10-05")], [HEAD, show(1, "2019-10-06")])
    )
    table = village.imports.table(village.imports.open(file), type_id="film_screening")
    assert table.sheet == "表2"
    assert any("表3" in note for note in table.notes)
    third = village.imports.table(village.imports.open(file), type_id="film_screening", sheet="表3")
    assert [row.cells[1] for row in third.rows] == ["2019-10-06"]


def test_two_imports_at_the_same_moment_have_their_own_batch(village: Workspace) -> None:
    first = taken(village, [HEAD, show(1, "2019-10-05")])
    second = taken(village, [HEAD, show(1, "2019-10-06")])
    assert first.batch != second.batch
    assert {batch.id for batch in village.imports.batches()} == {first.batch, second.batch}


def test_a_row_that_is_a_draft_is_kept_as_one(village: Workspace) -> None:
    row = [*show(1, "2019-10-05", audience=None), "草稿"]
    assert taken(village, [[*HEAD, "状态"], row]).added == 1
    assert [one["status"] for one in screenings(village)] == ["draft"]


def test_a_row_in_the_future_is_planned(village: Workspace) -> None:
    assert taken(village, [HEAD, show(1, "2019-12-05")]).added == 1
    assert [one["status"] for one in screenings(village)] == ["planned"]


def test_a_row_without_a_date_does_not_become_one_of_today(village: Workspace) -> None:
    assert reasons(taken(village, [HEAD, show(1, None)])) == {2: ["date"]}


def test_batches_are_plain_data(village: Workspace) -> None:
    taken(village, [HEAD, show(1, "2019-10-05")])
    with village.context.store.reading() as read:
        kept = read.local.with_prefix("import/")
    (head,) = kept.values()
    assert json.dumps(head)
    assert head["who"] == "苏丽芬"


@pytest.mark.parametrize("name", ["登记.xlsx", "登记.csv"])
def test_a_list_that_was_written_as_a_file_is_known_again_row_by_row(village: Workspace, name: str) -> None:
    rows = [
        [*show(number, f"2019-10-{number:02}", audience=100 + number), f"GZ-{number:04}"]
        for number in range(1, 9)
    ]
    taken(village, [[*HEAD, "回执单编号"], *rows])
    out = village.folder.parent / "导出" / name
    out.parent.mkdir()
    village.tables.export(ListQuery(types=("film_screening",)), out=out, all_items=True)
    table = village.imports.table(village.imports.open(out), type_id="film_screening")
    assert {"date", "start_time", "film_id", "place", "audience", "receipt_no", "status"} <= set(
        table.mapping.values()
    )
    outcome = village.imports.run(table)
    assert (outcome.added, outcome.skipped, outcome.refused) == (0, 8, ())


def test_the_ledger_is_whole_after_undoing_and_the_reason_stands_there(tmp_path: Path) -> None:
    world = World.make(tmp_path, ["guzhen", "gusi"])
    village = world.gusi.work
    outcome = taken(village, [HEAD, *(show(number, f"2019-10-{number:02}") for number in range(1, 20))])
    world.there_and_back(world.gusi)
    assert outcome.batch
    assert village.imports.undo(outcome.batch).taken_back == 19
    with village.context.store.reading() as read:
        assert read.view_differences() == ()
        assert read.revisions.gaps([village.me.id]) == ()
    assert len({row.why for row in village.recycle_bin.page().rows}) == 1
    assert "登记.xlsx" in village.recycle_bin.page().rows[0].why
    up, _down = world.there_and_back(world.gusi)
    assert up.verdict == "applied"
    assert world.town.digest("gusi") == world.gusi.digest("gusi")
    assert world.town.work.records.of_types(["film_screening"]) == []
    world.close()
