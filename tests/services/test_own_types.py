"""Registers of the town's own making: a text file in the data folder, and the next start knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gzdesk import assets
from gzdesk.bootstrap import OWN_TYPES, Workspace, init_village, open_workspace
from gzdesk.domain.record_type import RecordTypes
from gzdesk.services.own_types import FOLDER
from gzdesk.services.reference import load_record_types
from tests.reference.test_new_type import LANTERNS
from tests.services.test_records import TODAY, activity

SHELTER = """
id = "activity"
extends = true

[[field]]
name = "shelter"
kind = "text"
zh = "避雨场地"
en = "Shelter"
"""


def loaded(folder: Path, **files: str) -> RecordTypes:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_record_types(folder)


def names(types: RecordTypes, type_id: str) -> list[str]:
    return [field.name for field in types.by_id[type_id].fields]


def test_the_folder_has_one_name() -> None:
    assert OWN_TYPES == FOLDER


def test_without_a_folder_there_is_what_came_with_the_program(tmp_path: Path) -> None:
    assert load_record_types(tmp_path / "nowhere").by_id.keys() == load_record_types().by_id.keys()


def test_a_new_register_stands_on_the_shelf_that_it_names(tmp_path: Path) -> None:
    types = loaded(tmp_path, lantern_show='shelf = "events"\n' + LANTERNS)
    events = types.shelves[0]
    assert [item.id for item in events.types][-1] == "lantern_show"
    assert [shelf.id for shelf in types.shelves] == [shelf.id for shelf in load_record_types().shelves]
    assert names(types, "lantern_show")[-4:] == ["status", "paper_no", "evidence", "remark"]
    assert types.remarks == ()


def test_a_register_that_names_no_shelf_has_one_of_its_own(tmp_path: Path) -> None:
    last = loaded(tmp_path, lantern_show=LANTERNS).shelves[-1]
    assert (last.zh, [item.id for item in last.types]) == ("灯会", ["lantern_show"])


def test_a_further_item_stands_before_those_that_all_registers_share(tmp_path: Path) -> None:
    types = loaded(tmp_path, shelter=SHELTER)
    assert names(types, "activity")[-5:] == ["shelter", "status", "paper_no", "evidence", "remark"]
    assert types.shelves[0].types[2].field("shelter") is not None
    assert len(types.by_id) == len(load_record_types().by_id)


def test_a_file_with_the_id_of_a_register_takes_its_place(tmp_path: Path) -> None:
    text = assets.reference("record_types", "meeting.toml").read_text(encoding="utf-8")
    types = loaded(tmp_path, meeting=text.replace('zh = "会议"', 'zh = "会议记录"'))
    assert types.by_id["meeting"].zh == "会议记录"
    assert list(types.by_id) == list(load_record_types().by_id)
    assert any(types.by_id["meeting"] in shelf.types for shelf in types.shelves)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not toml", ""),
        ('id = "x"', ""),
        (LANTERNS.replace('kind = "integer"', 'kind = "colour"'), "colour"),
        (LANTERNS.replace('kind = "integer"', 'kind = "reference"\nto = "film nowhere"'), "nowhere"),
        (SHELTER.replace("activity", "nowhere"), "nowhere"),
        (SHELTER.replace("shelter", "place"), "place"),
        (SHELTER.replace("extends = true", 'extends = true\nzh = "活动"'), "zh"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_left_out(tmp_path: Path, text: str, reason: str) -> None:
    types = loaded(tmp_path, broken=text, lantern_show=LANTERNS)
    (remark,) = types.remarks
    assert remark.startswith("record_types/broken.toml 用不了")
    assert reason in remark
    assert "lantern_show" in types.by_id
    assert names(types, "activity") == names(load_record_types(), "activity")


def test_a_file_in_the_wrong_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "gbk.toml").write_bytes(LANTERNS.encode("gbk"))
    assert len(load_record_types(tmp_path).remarks) == 1


def test_what_came_before_its_register_is_listed_once_that_is_known(tmp_path: Path) -> None:
    """A newer PC sends what this one has no words for; later the file of the register is put into the folder."""
    village = init_village(tmp_path / "village", name="曹一村", writer_name="苏惠芳", today=TODAY)
    show = {"name": "古镇灯会", "date": "2019-10-18", "visitors": 3200, "status": "held"}
    with village.context.store.writing() as work:
        work.revisions.append(
            record=village.mint.record_id(),
            type_id="lantern_show",
            type_version=1,
            scope=village.me.id,
            values=show,
            deleted=False,
        )
        work.commit()
    village.records.save(type_id="activity", values=activity())
    village.close()
    loaded(tmp_path / "village" / FOLDER, lantern_show=LANTERNS)
    again = open_workspace(tmp_path / "village", today=TODAY)
    try:
        assert rows(again, "lantern_show") == [("2019-10-18", "古镇灯会", 3200)]
        assert rows(again, "activity") == [("2019-10-16", "书法公益班（第3课）", 26)]
    finally:
        again.close()


def rows(workspace: Workspace, type_id: str) -> list[tuple[str, str, int | None]]:
    from gzdesk.services.records import ListQuery

    found = workspace.records.page(ListQuery(types=(type_id,))).rows
    return [(row.day, row.title, row.persons) for row in found]
