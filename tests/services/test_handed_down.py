"""Registers and layouts that the town made go down the stick and work in the villages (docs/registers.md)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gzdesk.domain.record_type import RecordType
from gzdesk.errors import UserError
from gzdesk.services.handed_down import LAYOUT_FILE, LAYOUTS_FOLDER, TYPE_DEFINITION, TYPES_FOLDER
from gzdesk.services.records import ListQuery
from gzdesk.storage.engine import FILE_NAME
from gzdesk.storage.store import Writing
from tests.reference.test_new_type import LANTERNS
from tests.services.test_own_types import SHELTER
from tests.services.test_records import activity
from tests.services.world import Site, World

NEWER = (
    LANTERNS.replace("version = 1", 'version = 7\nglow = "warm"')
    + """
[[field]]
name = "spot"
kind = "geo"
zh = "位置"
en = "Spot"
accuracy = 5
"""
)
TITLE = ["古镇文化活动总表", "Activities"]
LAYOUT = f"""
title = ["{TITLE[0]}", "{TITLE[1]}"]

[[column]]
key = "date"
title = ["日期", "Date"]
width_mm = 30

[[column]]
key = "name"
title = ["名称", "Name"]
width_mm = 100
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    for village in (made.gusi, made.gusan):
        made.there_and_back(village)
    yield made
    made.close()


def put(site: Site, name: str, text: str, folder: str = TYPES_FOLDER) -> Path:
    file = site.folder / folder / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def answer(world: World, *villages: Site) -> None:
    """The town writes its answers and each village reads its own; nothing else is pressed."""
    for village in villages or (world.gusi,):
        village.take(world.town.export(world.stick, village.unit))


def fields(site: Site, type_id: str = "activity") -> list[str]:
    record_type = site.work.types.get(type_id)
    return [] if record_type is None else [field.name for field in record_type.fields]


def definition(site: Site, type_id: str) -> RecordType:
    found = site.work.types.get(type_id)
    assert found is not None
    return found


def test_a_further_item_arrives_works_and_comes_back(world: World, tmp_path: Path) -> None:
    old = world.gusi.work.records.save(type_id="activity", values=activity()).id
    put(world.town, "shelter", SHELTER)
    answer(world)
    assert fields(world.gusi)[-5:] == ["shelter", "status", "paper_no", "evidence", "remark"]
    assert "shelter" in fields(world.town), "the town uses what it hands out without a new start"
    records = world.gusi.work.records
    records.save(type_id="activity", record_id=old, values={**activity(), "shelter": "老人活动中心"})
    assert records.get(old).texts["shelter"] == "老人活动中心"
    table = world.gusi.work.tables.export(
        ListQuery(types=("activity",)), out=tmp_path / "活动.xlsx", all_items=True
    )
    workbook = load_workbook(table.file)
    cells = {cell.value for row in workbook.worksheets[0].iter_rows() for cell in row}
    workbook.close()
    assert {"避雨场地", "老人活动中心"} <= cells
    with sqlite3.connect(world.gusi.folder / FILE_NAME) as connection:
        assert ("老人活动中心",) in connection.execute("SELECT shelter FROM v_activity").fetchall()
    connection.close()
    world.town.take(world.gusi.export(world.stick))
    assert world.town.work.records.get(old).texts["shelter"] == "老人活动中心"
    assert world.town.digest("gusi") == world.gusi.digest("gusi")


def test_a_new_register_is_listed_in_the_village_at_once_and_after_the_next_start(world: World) -> None:
    put(world.town, "lantern_show", 'shelf = "events"\n' + LANTERNS)
    answer(world)
    show = {"name": "古镇灯会", "date": "2019-10-18", "visitors": 3200}
    world.gusi.work.records.save(type_id="lantern_show", values=show)
    for _start in range(2):
        assert "lantern_show" in [item.id for item in world.gusi.work.types.shelves[0].types]
        rows = world.gusi.work.records.page(ListQuery(types=("lantern_show",))).rows
        assert [(row.title, row.day, row.persons) for row in rows] == [("古镇灯会", "2019-10-18", 3200)]
        assert world.gusi.work.maintenance.check().ok
        world.gusi.reopen()
    with pytest.raises(UserError):
        world.gusi.work.records.save(type_id="lantern_show", values={**show, "visitors": 200000})


def test_what_came_before_its_register_is_listed_once_that_arrived(world: World) -> None:
    world.gusi.write({"name": "灯会", "date": "2019-10-18", "visitors": 3200}, type_id="lantern_show")
    put(world.town, "lantern_show", LANTERNS)
    answer(world)
    rows = world.gusi.work.records.page(ListQuery(types=("lantern_show",))).rows
    assert [(row.title, row.persons) for row in rows] == [("灯会", 3200)]


def test_an_older_program_works_with_what_a_newer_one_defined(world: World) -> None:
    """The town's program knows a key and a kind that the village's does not."""
    with world.town.store.writing() as work:
        newer_definition(world, work, NEWER)
    answer(world)
    assert definition(world.gusi, "lantern_show").version == 7
    (remark,) = world.gusi.work.types.remarks
    assert "glow" in remark
    assert "spot" in remark
    of_newer = {"lat": "22.6", "lon": ["113.2"]}
    record = world.gusi.write(
        {
            "name": "灯会",
            "date": "2019-10-18",
            "visitors": 1,
            "status": "held",
            "spot": of_newer,
            "later": [1],
        },
        type_id="lantern_show",
    )
    records = world.gusi.work.records
    texts = {**records.get(record).texts, "visitors": "900"}
    read = records.parse_form(type_id="lantern_show", texts=texts, record_id=record)
    assert read.problems == ()
    records.save(type_id="lantern_show", record_id=record, values=read.values)
    kept = world.gusi.values(record)
    assert (kept["spot"], kept["later"], kept["visitors"]) == (of_newer, [1], 900)
    typed = records.parse_form(type_id="lantern_show", texts={**texts, "spot": "文化广场"}, record_id=record)
    records.save(type_id="lantern_show", record_id=record, values=typed.values)
    assert world.gusi.values(record)["spot"] == "文化广场"
    assert world.gusi.store.path.exists()
    world.gusi.reopen()
    assert definition(world.gusi, "lantern_show").version == 7
    world.town.take(world.gusi.export(world.stick))
    assert world.town.digest("gusi") == world.gusi.digest("gusi")


def newer_definition(world: World, work: Writing, text: str) -> None:
    """Write the record of a definition as a newer program of the town does: with what only that one knows."""
    work.revisions.append(
        record=world.town.work.mint.record_id(),
        type_id=TYPE_DEFINITION,
        type_version=2,
        scope="guzhen",
        values={"name": "lantern_show", "text": text, "seal": "red", "status": "held"},
    )
    work.commit()


@pytest.mark.parametrize(
    "text", ["not toml", 'id = "x\'"', 'id = "erasure"\nextends = true', "a = " + "[" * 9000]
)
def test_a_definition_that_is_no_use_is_named_and_harms_nothing(world: World, text: str) -> None:
    with world.town.store.writing() as work:
        newer_definition(world, work, text)
    answer(world)
    assert len(world.gusi.work.types.remarks) == 1
    world.gusi.reopen()
    assert len(world.gusi.work.types.remarks) == 1
    assert fields(world.gusi) == fields(world.gusan)


def test_it_is_sent_once_and_again_when_it_changed(world: World) -> None:
    file = put(world.town, "shelter", SHELTER)
    answer(world)
    sent = world.town.revisions("guzhen")
    answer(world)
    assert world.town.revisions("guzhen") == sent
    file.write_text(SHELTER.replace("避雨场地", "雨天改到"), encoding="utf-8")
    answer(world)
    assert len(world.town.revisions("guzhen") - sent) == 1
    assert definition(world.gusi, "activity").by_name["shelter"].zh == "雨天改到"


def test_a_file_that_was_taken_away_is_withdrawn(world: World) -> None:
    file = put(world.town, "shelter", SHELTER)
    answer(world)
    record = world.gusi.work.records.save(type_id="activity", values={**activity(), "shelter": "礼堂"}).id
    file.unlink()
    answer(world)
    assert "shelter" not in fields(world.gusi)
    assert "shelter" not in fields(world.town)
    # What was typed into it is kept as it is, also when the record is changed.
    world.gusi.work.records.save(
        type_id="activity", record_id=record, values={**activity(), "participants": 30}
    )
    assert world.gusi.values(record)["shelter"] == "礼堂"


def test_a_ledger_that_came_without_its_folder_withdraws_nothing(world: World) -> None:
    file = put(world.town, "shelter", SHELTER)
    answer(world)
    file.unlink()
    file.parent.rmdir()
    world.town.reopen()
    assert "shelter" in fields(world.town)
    answer(world)
    assert "shelter" in fields(world.gusi)


def test_a_file_with_a_slip_stays_as_the_villages_have_it(world: World) -> None:
    file = put(world.town, "shelter", SHELTER)
    answer(world)
    file.write_text(SHELTER.replace('kind = "text"', 'kind = "txt"'), encoding="utf-8")
    answer(world)
    assert "shelter" in fields(world.gusi)
    world.town.reopen()
    (remark,) = world.town.work.types.remarks
    assert "shelter.toml" in remark
    assert "txt" in remark


def test_a_copy_that_was_put_into_the_village_by_hand_gives_way(world: World) -> None:
    put(world.gusi, "shelter", SHELTER.replace("避雨场地", "旧名称"))
    put(world.town, "shelter", SHELTER)
    answer(world)
    assert definition(world.gusi, "activity").by_name["shelter"].zh == "避雨场地"
    assert world.gusi.work.types.remarks == ()


def test_a_join_file_brings_them_along(world: World, tmp_path: Path) -> None:
    from gzdesk import bootstrap
    from tests.services.world import TODAY

    put(world.town, "shelter", SHELTER)
    made = world.town.work.enrolment.enrol("guer", tmp_path)
    village = bootstrap.init_join(tmp_path / "guer", made.file, today=TODAY)
    try:
        assert village.types.by_id["activity"].field("shelter") is not None
    finally:
        village.close()


def test_a_layout_of_the_town_is_used_in_the_village(world: World) -> None:
    file = put(world.town, "asset_report", "title = [", LAYOUTS_FOLDER)
    put(world.town, "register_staff", LAYOUT, LAYOUTS_FOLDER)
    answer(world)
    staff = {"name": "李冬梅", "employment": "part_time", "duty": "other", "full_time": "part_time"}
    world.gusi.work.records.save(type_id="staff", values={**staff, "in_post_from": "2018-01-01"})
    made = world.gusi.work.reports.make("register", type_id="staff", out=world.stick / "名册.pdf")
    assert made.remarks == ()
    assert TITLE[0] in text_of(made.file)
    assert "日期" not in text_of(made.file), "a column that this program cannot fill in is left out"
    put(world.town, "register_staff", LAYOUT.replace("width_mm = 100", "width_mm = 1000"), LAYOUTS_FOLDER)
    answer(world)
    made = world.gusi.work.reports.make("register", type_id="staff", out=world.stick / "名册.pdf")
    assert "register_staff" in made.remarks[0]
    assert "李冬梅" in text_of(made.file), "the usual layout took its place"
    file.unlink()
    (world.town.folder / LAYOUTS_FOLDER / "register_staff.toml").unlink()
    answer(world)
    made = world.gusi.work.reports.make("register", type_id="staff", out=world.stick / "名册.pdf")
    assert TITLE[0] not in text_of(made.file)


def text_of(file: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        return "".join("".join(page.get_textpage().get_text_range() for page in document).split())


def test_listeners_hear_of_it_after_it_is_in_force(world: World) -> None:
    seen: list[tuple[frozenset[str], bool]] = []
    world.gusi.work.changes.subscribe(lambda types: seen.append((types, "shelter" in fields(world.gusi))))
    put(world.town, "shelter", SHELTER)
    answer(world)
    assert seen[-1] == (frozenset({TYPE_DEFINITION}), True)


def test_a_disk_that_refuses_leaves_the_import_and_the_next_start_puts_it_in_force(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world.town, "shelter", SHELTER)
    package = world.town.export(world.stick, "gusi")

    def full(*_args: object, **_options: object) -> None:
        raise UserError(code="disk_full", message="", hint="")

    monkeypatch.setattr(type(world.gusi.store), "show_types", full)
    assert world.gusi.take(package).verdict == "applied"
    assert "shelter" not in fields(world.gusi)
    monkeypatch.undo()
    world.gusi.reopen()
    assert "shelter" in fields(world.gusi)


def test_a_village_writes_nothing_down(world: World) -> None:
    put(world.gusi, "shelter", SHELTER)
    put(world.gusi, "register_staff", LAYOUT, LAYOUTS_FOLDER)
    world.town.take(world.gusi.export(world.stick))
    with world.gusi.store.reading() as read:
        assert list(read.records.of_types([TYPE_DEFINITION, LAYOUT_FILE])) == []
