"""Evidence gets its number when it is saved: per item and unit, in order, and never the same one twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.world import Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def file_under(site: Site, item: str, title: str = "照片", **more: object) -> tuple[str, str]:
    """Save a piece of evidence; returns its id and its number."""
    values = {"task_item": item, "title": title, "date": "2019-10-05", **more}
    record = site.work.records.save(type_id="evidence", values=values).id
    return record, number(site, record)


def number(site: Site, record: str) -> str:
    return str(site.values(record)["index_no"])


def change(site: Site, record: str, **changes: object) -> str:
    values = {**site.values(record), **changes}
    site.work.records.save(type_id="evidence", record_id=record, values=values)
    return number(site, record)


def test_numbers_run_within_an_item(world: World) -> None:
    found = [file_under(world.gusi, item)[1] for item in ("16.2", "16.2", "7.2", "16.2", "1.1")]
    assert found == ["16-2-001", "16-2-002", "7-2-001", "16-2-003", "1-1-001"]


def test_two_villages_number_each_for_itself(world: World) -> None:
    assert file_under(world.gusi, "16.2")[1] == file_under(world.gusan, "16.2")[1] == "16-2-001"
    world.there_and_back(world.gusi)
    world.there_and_back(world.gusan)
    assert file_under(world.town, "16.2")[1] == "16-2-001"
    assert file_under(world.gusi, "16.2")[1] == "16-2-002"


def test_a_number_stays_through_changes_and_a_stick(world: World) -> None:
    record, first = file_under(world.gusi, "16.2")
    file_under(world.gusi, "16.2")
    assert change(world.gusi, record, title="放映照片") == first
    assert change(world.gusi, record, index_no="") == first
    world.there_and_back(world.gusi)
    assert number(world.town, record) == first


def test_no_number_is_given_twice(world: World) -> None:
    site = world.gusi
    file_under(site, "16.2")
    record, second = file_under(site, "16.2")
    site.work.records.delete(record)
    assert second == "16-2-002"
    moved, third = file_under(site, "16.2")
    assert third == "16-2-003"
    assert change(site, moved, task_item="16.1") == "16-1-001"
    assert file_under(site, "16.2")[1] == "16-2-004"
    file_under(site, "16.2")
    site.work.records.undo()
    assert file_under(site, "16.2")[1] == "16-2-006"


def test_a_number_on_the_paper_can_be_typed(world: World) -> None:
    site = world.gusi
    assert file_under(site, "16.2", index_no="7")[1] == "16-2-007"
    assert file_under(site, "16.2", index_no="16-2-12")[1] == "16-2-012"
    assert file_under(site, "16.2", index_no="16-1-050")[1] == "16-2-013"
    assert file_under(site, "16.2", index_no="第三份")[1] == "16-2-014"


def test_several_saved_at_once_are_numbered_in_order(world: World) -> None:
    from gzdesk.services.records import Draft

    values = {"task_item": "16.2", "title": "照片", "date": "2019-10-05"}
    saved = world.gusi.work.records.save_all([Draft(type_id="evidence", values=values)] * 3)
    assert [number(world.gusi, item.id) for item in saved] == ["16-2-001", "16-2-002", "16-2-003"]


def test_a_restored_ledger_goes_on_where_it_was(world: World, tmp_path: Path) -> None:
    """Numbers are read from what was written, so another PC of the village that has it knows them too."""
    file_under(world.gusi, "16.2", index_no="41")
    world.gusi.work.maintenance.rebuild()
    world.gusi.reopen()
    assert file_under(world.gusi, "16.2")[1] == "16-2-042"
