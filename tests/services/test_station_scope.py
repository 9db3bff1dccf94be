"""What the station keeps for itself stays in the town; what it keeps for all goes to every village."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.services.records import ListQuery
from tests.reports.reading import pdf_texts
from tests.services.world import World

STATION = "guzhen.station"
HEAD = {
    "name": "区锦堂",
    "employment": "established",
    "duty": "station_head",
    "full_time": "full_time",
    "in_post_from": "2012-03-01",
    "phone": "13800138000",
}
OPINION = {
    "date": "2019-11-02",
    "channel": "phone",
    "topic": "film",
    "content": "电影开场太早",
    "contact": "13900139000",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def test_the_stations_staff_and_letters_reach_no_village(world: World) -> None:
    records = world.town.work.records
    staff = records.save(type_id="staff", values=HEAD).id
    letter = records.save(type_id="feedback", values=OPINION).id
    film = records.save(
        type_id="film", values={"title": "流浪地球", "film_type": "feature", "origin": "domestic"}
    ).id
    world.there_and_back(world.gusi)
    assert {records.get(staff).record.unit, records.get(letter).record.unit} == {STATION}
    assert records.get(film).record.unit == "guzhen"
    with world.gusi.store.reading() as read:
        assert read.records.get(staff) is None
        assert read.records.get(letter) is None
        assert read.records.get(film) is not None
    assert world.gusi.digest("guzhen") == world.town.digest("guzhen")


def test_the_station_lists_corrects_and_deletes_its_own(world: World) -> None:
    work = world.town.work
    saved = work.records.save(type_id="staff", values=HEAD).id
    page = work.records.page(ListQuery(types=("staff",), unit=work.context.own_scope))
    assert [row.id for row in page.rows] == [saved]
    work.records.save(type_id="staff", record_id=saved, values={**HEAD, "phone": ""})
    assert "phone" not in work.records.get(saved).record.values
    work.records.delete(saved)
    assert work.records.undo() is not None
    assert work.context.unit(work.records.get(saved).record.unit).label == "古镇镇"


def test_its_form_warns_of_a_duplicate(world: World) -> None:
    records = world.town.work.records
    records.save(type_id="staff", values=HEAD)
    (problem,) = (item for item in records.check(type_id="staff", values=HEAD) if item.code == "duplicate")
    assert not problem.blocks


def test_a_person_of_the_station_is_found_and_erased(world: World) -> None:
    work = world.town.work
    saved = work.records.save(type_id="staff", values=HEAD).id
    (found,) = work.privacy.find("区锦堂")
    assert (found.record, found.mine) == (saved, True)
    work.privacy.erase(saved, reason="asked")
    assert "区锦堂" not in str(work.records.get(saved).record.values)
    assert work.maintenance.check().problems == ()


def test_a_document_of_the_town_is_made_of_the_stations_registers(world: World, tmp_path: Path) -> None:
    work = world.town.work
    work.records.save(type_id="staff", values=HEAD)
    made = work.reports.make("register", type_id="staff", out=tmp_path / "staff.pdf")
    assert any("区锦堂" in text for text in pdf_texts(made.file.read_bytes()))
