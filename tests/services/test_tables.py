"""Any list as a file: the same columns, order, filters and sums as on the screen."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.progress import Cancelled, Progress
from gzdesk.services.records import ListQuery
from gzdesk.services.tables import GB_18030
from tests.reports.reading import pdf_texts
from tests.services import october
from tests.services.october import OCTOBER, activity, cancelled, save, screening
from tests.services.world import World


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Workspace]:
    workspace = october.village(tmp_path / "village")
    screening(workspace)
    screening(workspace, receipt_no="0018", date="2019-10-18", audience=1136, place="=村委会+1")
    activity(workspace)
    cancelled(workspace)
    yield workspace
    workspace.close()


def films(ledger: Workspace, **changes: object) -> ListQuery:
    return ListQuery(types=("film_screening",), unit=ledger.me.id, month=OCTOBER, **changes)  # type: ignore[arg-type]


def book_of(file: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def text_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_a_list_as_a_workbook_is_what_the_screen_shows(ledger: Workspace, tmp_path: Path) -> None:
    query = films(ledger, descending=True)
    made = ledger.tables.export(
        query, columns=("day", "title", "field place_kind", "persons", "status"), out=tmp_path / "films.xlsx"
    )
    assert (made.rows, made.pages, made.notes) == (2, 0, ())
    assert book_of(made.file) == [
        ["曹一村电影放映", "", "", "", ""],
        ["2019年10月　合计 2 条 · 已举办 2", "", "", "", ""],
        ["放映日期", "影片", "场地类型", "观众人次", "状态"],
        [date(2019, 10, 18), "烈火英雄", "室外·流动", 1136.0, "已举办"],
        [date(2019, 10, 11), "烈火英雄", "室外·流动", 121.0, "已举办"],
        ["合计", "", "", 1257.0, ""],
    ]
    assert ledger.records.totals(query).persons == 1257


def test_search_and_state_limit_the_file_as_they_limit_the_list(ledger: Workspace, tmp_path: Path) -> None:
    query = films(ledger, text="村委会", statuses=("held",))
    made = ledger.tables.export(query, out=tmp_path / "films.xlsx")
    rows = book_of(made.file)
    assert rows[1][0] == "2019年10月　状态：已举办　查找：村委会　合计 1 条 · 已举办 1"
    assert [row[2] for row in rows[3:]] == ["=村委会+1", ""]
    assert load_workbook(made.file).active["C4"].data_type == "s"


def test_several_registers_share_the_columns_of_every_record(ledger: Workspace, tmp_path: Path) -> None:
    query = ListQuery(types=("film_screening", "activity"), unit=ledger.me.id, month=OCTOBER)
    made = ledger.tables.export(
        query,
        columns=("day", "type", "title", "persons", "status", "received", "files"),
        out=tmp_path / "a.csv",
    )
    assert text_of(made.file) == [
        ["日期", "类型", "名称", "人次", "状态", "上报", "佐证"],
        ["2019-10-11", "电影放映", "烈火英雄", "121", "已举办", "未上报", "1"],
        ["2019-10-16", "文化活动", "书法公益班（第3课）", "26", "已举办", "未上报", "1"],
        ["2019-10-18", "电影放映", "烈火英雄", "1136", "已举办", "未上报", "1"],
        ["2019-10-25", "文化活动", "广场舞交流赛", "", "已取消", "未上报", ""],
        ["合计", "", "", "1283", "", "", ""],
    ]
    assert ledger.tables.list_name(query) == "曹一村活动登记 2019年10月"


def test_all_items_of_a_register_stand_in_the_order_of_the_paper(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.tables.export(films(ledger), all_items=True, out=tmp_path / "all.csv")
    head, first, *_rest = text_of(made.file)
    form = ledger.context.record_type("film_screening").form_fields()
    assert head == [field.label for field in form]
    shown = dict(zip(head, first, strict=True))
    assert (shown["回执单编号"], shown["折合场次"], shown["村盖章"]) == ("GZ-2019-1107", "1", "是")


def test_paper_has_the_same_rows_and_sums(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.tables.export(films(ledger), out=tmp_path / "films.pdf")
    text = "".join("".join(pdf_texts(made.file.read_bytes())).split())
    assert made.pages == 1
    assert "曹一村电影放映" in text
    assert "2019-10-18烈火英雄=村委会+11,136已举办" in text
    assert "合计1,257" in text
    assert ledger.tables.preview(films(ledger)).startswith(b"%PDF")


def test_numbers_of_persons_are_masked_in_files(ledger: Workspace, tmp_path: Path) -> None:
    save(ledger, "volunteer", {"name": "陈小英", "phone": "13812345678", "registered_on": "2019-01-01"})
    made = ledger.tables.export(
        ListQuery(types=("volunteer",), unit=ledger.me.id), all_items=True, out=tmp_path / "v.csv"
    )
    content = made.file.read_text(encoding="utf-8-sig")
    assert "陈小英" in content
    assert "138****5678" in content
    assert "12345678" not in content
    assert "状态" not in content, "everybody on a roll is in the same state"


def test_a_number_that_was_searched_for_is_masked_too(ledger: Workspace, tmp_path: Path) -> None:
    made = ledger.tables.export(films(ledger, text="13812345678"), out=tmp_path / "films.xlsx")
    assert "查找：138****5678" in str(book_of(made.file)[1][0])


def test_the_town_sees_whose_a_record_is(tmp_path: Path) -> None:
    world = World.make(tmp_path)
    try:
        world.gusi.write()
        world.there_and_back(world.gusi)
        query = ListQuery(types=("activity",))
        made = world.town.work.tables.export(query, columns=("day", "title"), out=tmp_path / "a.csv")
        assert text_of(made.file) == [["单位", "日期", "活动名称"], ["古四村", "2019-10-05", ""]]
        assert world.town.work.tables.list_name(query) == "古镇镇文化活动"
    finally:
        world.close()


@pytest.mark.parametrize(
    ("name", "encoding", "code"),
    [
        ("films.docx", "utf-8", "unknown_format"),
        ("gone/films.xlsx", "utf-8", "cannot_write"),
        ("films.csv", GB_18030, "needs_utf_8"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(
    ledger: Workspace, tmp_path: Path, name: str, encoding: str, code: str
) -> None:
    screening(ledger, receipt_no="0019", date="2019-10-19", place="𠮷祥里")
    with pytest.raises(UserError) as caught:
        ledger.tables.export(films(ledger), out=tmp_path / name, encoding=encoding)
    assert caught.value.code == code
    assert list(tmp_path.glob("films*")) == []


def test_a_list_too_long_for_paper_says_so(
    ledger: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gzdesk.services.tables.files.PAPER_ROWS", 1)
    with pytest.raises(UserError) as caught:
        ledger.tables.export(films(ledger), out=tmp_path / "films.pdf")
    assert caught.value.code == "table_too_long"
    assert ledger.tables.export(films(ledger), out=tmp_path / "films.xlsx").rows == 2


def test_a_list_too_wide_for_paper_says_so(ledger: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        ledger.tables.export(films(ledger), all_items=True, out=tmp_path / "films.pdf")
    assert caught.value.code == "table_too_wide"
    assert list(tmp_path.glob("films*")) == []


def test_a_cancelled_file_is_not_there(ledger: Workspace, tmp_path: Path) -> None:
    class Stops(Progress):
        def check_cancelled(self) -> None:
            raise Cancelled

    with ledger.context.store.writing() as work:
        for number in range(600):
            work.revisions.append(
                record=ledger.mint.record_id(),
                type_id="activity",
                type_version=1,
                scope=ledger.me.id,
                values={"date": "2019-10-01", "name": f"第{number}场", "status": "held"},
                deleted=False,
            )
        work.commit()
    query = ListQuery(types=("activity",), unit=ledger.me.id)
    with pytest.raises(Cancelled):
        ledger.tables.export(query, out=tmp_path / "a.xlsx", progress=Stops())
    assert list(tmp_path.glob("*.xlsx")) == []
    assert ledger.tables.export(query, out=tmp_path / "a.xlsx").rows == 602
