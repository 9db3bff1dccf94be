"""The 32 tasks on real ledgers: checklists from registers and papers, who owes what, filters, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.services.task_checklist import Entry
from gzdesk.services.task_list import ItemRow, TaskQuery, conflict_words, left_words, when_words
from gzdesk.services.tasks import load_tasks
from tests.services.photos import photo, put
from tests.services.test_board import on
from tests.services.world import Site, World

RECEIPT, PHOTOS, NOTICE = load_tasks().by_item["16.2"].evidence


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def row(site: Site, item_id: str, *, unit: str | None = None) -> ItemRow:
    return site.work.tasks.one(item_id, unit=unit)


def entries(site: Site, item_id: str, *, unit: str | None = None) -> Mapping[str, Entry]:
    return {entry.words: entry for entry in row(site, item_id, unit=unit).entries}


def screening(site: Site, day: str, *, stamped: bool = True, files: int = 1, **more: object) -> str:
    evidence = [
        {"name": f"{day}.jpg", "sha256": f"{int(day[-2:]) + number:064x}", "size_bytes": 1}
        for number in range(files)
    ]
    values = {"date": day, "status": "held", "stamped": stamped, "evidence": evidence, **more}
    return site.write(values, type_id="film_screening")


def paper(site: Site, item: str, title: str, **more: object) -> str:
    values = {"task_item": item, "title": title, "date": "2019-10-05", "status": "held", **more}
    return site.write(values, type_id="evidence")


# What registers answer by themselves


def test_receipts_and_photos_are_counted_screening_by_screening(world: World) -> None:
    screening(world.gusi, "2019-10-05")
    screening(world.gusi, "2019-10-12", stamped=False)
    screening(world.gusi, "2019-10-19", files=0)
    found = entries(world.gusi, "16.2", unit="gusi")
    assert (found[RECEIPT].have, found[RECEIPT].wanted, found[RECEIPT].counted) == (2, 3, "份")
    assert (found[PHOTOS].have, found[PHOTOS].wanted, found[PHOTOS].counted) == (2, 3, "场")
    assert (found[NOTICE].have, found[NOTICE].wanted) == (0, 1)
    assert (found[RECEIPT].short_by, found[RECEIPT].is_complete) == (1, False)
    assert row(world.gusi, "16.2", unit="gusi").missing == (NOTICE,)


def test_what_did_not_take_place_or_lies_outside_the_time_of_the_item_is_not_counted(world: World) -> None:
    screening(world.gusi, "2017-12-31")
    screening(world.gusi, "2018-01-01")
    screening(world.gusi, "2019-12-31", status="planned")
    screening(world.gusi, "2019-10-05", status="cancelled")
    found = entries(world.gusi, "16.2", unit="gusi")
    assert (found[RECEIPT].have, found[RECEIPT].wanted) == (1, 1)


def test_the_town_counts_villages_and_names_those_that_lack_something(world: World) -> None:
    screening(world.gusi, "2019-10-05", publicised=True)
    screening(world.gusan, "2019-10-06", stamped=False)
    world.there_and_back(world.gusi)
    world.there_and_back(world.gusan)
    found = entries(world.town, "16.2")
    assert (found[NOTICE].have, found[NOTICE].wanted, found[NOTICE].counted) == (1, 12, "村")
    assert "gusan" in found[NOTICE].lacking
    assert "gusi" not in found[NOTICE].lacking
    assert "guzhen_community" not in found[NOTICE].lacking  # each administrative village: 12, not 13
    assert len(found[NOTICE].lacking) == 11
    assert (found[RECEIPT].have, found[RECEIPT].wanted, found[RECEIPT].lacking) == (1, 2, ("gusan",))
    owed = {owed.unit_id: owed.missing for owed in row(world.town, "16.2").owed if owed.unit_id}
    assert owed["gusan"] == (RECEIPT, NOTICE)
    assert "gusi" not in owed


def test_all_villages_and_the_community_are_thirteen(world: World) -> None:
    centre = next(iter(entries(world.town, "5.1").values()))
    assert (centre.have, centre.wanted, len(centre.lacking)) == (0, 13, 13)


def test_a_paper_that_was_filed_answers_an_entry_with_its_number(world: World) -> None:
    paper(world.town, "2.1", "规划落实情况说明", index_no="2-1-001")
    first, second = row(world.town, "2.1").entries
    assert (first.covered, first.numbers, first.is_complete) == (True, ("2-1-001",), True)
    assert (second.covered, second.short_by) == (False, 1)
    assert (row(world.town, "2.1").have, row(world.town, "2.1").wanted) == (1, 2)
    (owed,) = row(world.town, "2.1").owed
    assert (owed.unit, owed.missing) == ("规划分局", ("规划图纸/批复",))


def test_a_paper_that_proves_a_record_brings_its_photos(world: World, tmp_path: Path) -> None:
    noted = world.town.work.evidence.keep(put(tmp_path, "现场.jpg", photo(size=(300, 200), seed=1)))
    held = world.town.write(
        {"title": "会", "date": "2019-10-01", "status": "held", "evidence": [noted]}, type_id="meeting"
    )
    paper(world.town, "1.1", "一次会议", proves=held)
    assert entries(world.town, "1.1")["现场照片"].covered


def test_voided_papers_cover_nothing(world: World) -> None:
    paper(world.town, "2.1", "规划落实情况说明", status="void")
    assert row(world.town, "2.1").have == 0


def test_reports_that_were_due_are_counted(world: World) -> None:
    world.town.write(
        {"period": "2019-10", "submitted_on": "2019-11-09", "status": "held"}, type_id="monthly_report"
    )
    on(world.town, "2019-12-20")
    found = entries(world.town, "32.1")["每月工作动态"]
    assert (found.have, found.wanted, found.counted) == (1, 2, "期")


# Progress


def test_finished_is_what_a_person_says(world: World) -> None:
    assert row(world.town, "16.2").state == "due_soon"
    world.town.work.tasks.notes.save("16.2", state="finished", note="全部放映完成。")
    found = row(world.town, "16.2")
    assert (found.state, found.owed) == ("finished", ())
    assert found.said is not None
    assert (found.said.note, found.said.on) == ("全部放映完成。", "2019-11-08")


def test_earlier_words_stay_and_the_same_words_again_are_no_new_ones(world: World) -> None:
    notes = world.town.work.tasks.notes
    notes.save("16.2", state="running", note="已放 100 场")
    notes.save("16.2", state="running", note="已放 120 场")
    notes.save("16.2", state="running", note=" 已放 120 场 ")
    history = notes.history("16.2")
    assert len(history) == 2
    assert [change.new for change in history[0].changes if change.field == "note"] == ["已放 120 场"]


def test_what_a_village_says_is_seen_in_the_town_and_changes_nothing_there(world: World) -> None:
    world.gusi.work.tasks.notes.save("16.2", state="finished", note="每月都放了")
    world.there_and_back(world.gusi)
    found = row(world.town, "16.2")
    assert found.said is None
    assert [(note.unit, note.note) for note in found.villages] == [("gusi", "每月都放了")]
    assert found.state == "due_soon"


@pytest.mark.parametrize(
    ("item", "note", "code"), [("99.9", "", "unknown_task"), ("16.2", "长" * 501, "note_too_long")]
)
def test_a_note_that_is_refused_changes_nothing(world: World, item, note, code) -> None:
    with pytest.raises(UserError) as refused:
        world.town.work.tasks.notes.save(item, note=note)
    assert refused.value.code == code
    assert world.town.work.tasks.notes.history("16.2") == ()


def test_nobody_can_say_that_something_is_overdue(world: World) -> None:
    with pytest.raises(ValueError, match="overdue"):
        world.town.work.tasks.notes.save("16.2", state="overdue")


# Which items


def ids(site: Site, *, unit: str | None = None, **query: object) -> list[str]:
    return [row.item.item_id for row in site.work.tasks.items(TaskQuery(**query), unit=unit)]  # type: ignore[arg-type]


def test_all_there_are(world: World) -> None:
    rows = world.town.work.tasks.rows()
    assert (len(rows), sum(len(row.rows) for row in rows)) == (32, 65)


def test_a_village_has_the_items_with_a_village_role(world: World) -> None:
    found = ids(world.gusi, unit="gusi")
    assert len(found) == 22
    assert "16.2" in found
    assert "1.1" not in found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"text": "ncdyfy"}, ["16.2"]),
        ({"text": "农村 电影"}, ["16.2"]),
        ({"text": "开展文化精准扶贫"}, ["16.1", "16.2"]),
        ({"text": "jzfp"}, ["16.1", "16.2"]),
        ({"text": "资产办"}, ["6.1", "6.2"]),
        ({"text": "assets_office"}, ["6.1", "6.2"]),
        ({"item": "16"}, ["16.1", "16.2"]),
        ({"item": "16.2"}, ["16.2"]),
        ({"who": "资产办"}, ["6.1", "6.2", "1.1", "1.2", "1.3", "7.1", "20.1", "26.1", "31.1", "32.1"]),
        ({"due_before": date(2018, 12, 31)}, ["2.2", "3.1", "25.4"]),
        ({"states": ("overdue",)}, ["2.2", "3.1", "25.4"]),
    ],
)
def test_items_are_found(world: World, query, expected) -> None:
    assert sorted(ids(world.town, **query)) == sorted(expected)


def test_a_village_owes_what_all_villages_owe(world: World) -> None:
    assert ids(world.town, who="古四村") == ids(world.town, who="各村") == ids(world.town, village_duty=True)


def test_the_missing_ones(world: World) -> None:
    assert len(ids(world.town, missing_evidence=True)) == 65
    paper(world.town, "22.2", "文创产品清单")
    assert "22.2" not in ids(world.town, missing_evidence=True)


@pytest.mark.parametrize(
    ("query", "code"), [({"item": "33"}, "unknown_task"), ({"who": "火星"}, "unknown_unit")]
)
def test_what_there_is_not_is_refused(world: World, query, code) -> None:
    with pytest.raises(UserError) as refused:
        ids(world.town, **query)
    assert refused.value.code == code


# Words


def test_days_as_the_table_says_them(world: World) -> None:
    assert (when_words("2019-12-31"), when_words("2019-06-05"), when_words("")) == (
        "2019年底",
        "2019-06-05",
        "—",
    )
    assert left_words(row(world.town, "16.2")) == "还有 53 天"
    assert left_words(row(world.town, "3.1")) == "已过 312 天"


def test_the_conflict_of_text_and_column_is_said(world: World) -> None:
    assert conflict_words(row(world.town, "14.4").item) == "完成时间写 2019年，正文写 2020年底；按完成时间算"
    assert conflict_words(row(world.town, "16.2").item) == ""
