"""The town renames, adds, merges and closes units; the list goes down the stick (counting_rules G6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.domain.indicators.roster import Roster
from gzdesk.errors import UserError
from gzdesk.services.records import Refused
from gzdesk.services.unit_list import UnitList
from gzdesk.services.units_in_force import UNIT_ENTRY
from tests.services.test_handed_down import answer
from tests.services.test_records import activity
from tests.services.world import TODAY, World

JULY = date(2019, 7, 1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    for village in (made.gusi, made.gusan):
        made.there_and_back(village)
    yield made
    made.close()


@pytest.fixture
def units(world: World) -> UnitList:
    return world.town.work.unit_list


def code(call: Callable[..., object], *words: object, **values: object) -> str:
    with pytest.raises(UserError) as refused:
        call(*words, **values)
    assert refused.value.message
    return refused.value.code


def test_a_new_name_arrives_and_stays(world: World, units: UnitList) -> None:
    units.rename("gusi", name="古四社区村", short="G4")
    answer(world)
    for _start in range(2):
        assert world.gusi.work.me.name == "古四社区村"
        assert (world.town.work.units.find("gusi") or world.town.work.me).short == "G4"
        world.gusi.reopen()
        world.town.reopen()
    assert len(world.gusi.work.units.below) == 13


def test_a_new_unit_joins_and_reports(world: World, units: UnitList, tmp_path: Path) -> None:
    made = units.add(name="灯都新村", kind="village", name_en="Dengdu Village", valid_from=JULY)
    file = world.town.work.enrolment.enrol(made.id, tmp_path).file
    village = bootstrap.init_join(tmp_path / "new", file, today=TODAY)
    try:
        assert (village.me.name, village.me.valid_from) == ("灯都新村", "2019-07-01")
        village.records.save(type_id="activity", values=activity())
        (package,) = village.exchange.export(tmp_path)
        assert world.town.take(package.file).verdict == "applied"
    finally:
        village.close()
    board = world.town.work.board.year(2019)
    assert [row.unit.name for row in board.rows][-1] == "灯都新村"
    assert made.id not in [row.unit.id for row in world.town.work.board.year(2018).rows]


def test_a_merged_unit_ends_and_its_successor_goes_on(world: World, units: UnitList) -> None:
    units.merge("gusan", "gusi", first_day=JULY)
    answer(world)
    gusan = world.gusi.work.units.find("gusan")
    assert gusan is not None
    assert (gusan.valid_to, gusan.successor) == ("2019-06-30", "gusi")
    assert "gusan" not in [unit.id for unit in world.gusi.work.units.on(TODAY).below]
    roster = Roster(town=world.town.work.units.town, below=world.town.work.units.below)
    from gzdesk.domain.indicators.period import Period

    assert roster.scopes_of("gusi", period=Period.of_year(2019), day=TODAY) == ("gusi", "gusan")
    row = {row.unit.id: row for row in units.rows()}["gusan"]
    assert (row.state, row.successor and row.successor.id) == ("merged", "gusi")


def test_files_of_a_closed_unit_are_still_taken_in(world: World, units: UnitList) -> None:
    units.close("gusan", last_day=date(2019, 10, 31))
    world.gusan.write()
    assert world.town.take(world.gusan.export(world.stick)).verdict == "applied"
    answer(world, world.gusan)
    assert world.gusan.work.me.valid_to == "2019-10-31"
    cells = next(row for row in world.town.work.board.year(2019).rows if row.unit.id == "gusan").cells
    assert cells[10].state == "blank", "November is not asked for"


def test_a_record_names_units_that_there_were_on_its_day(world: World, units: UnitList) -> None:
    units.merge("gusan", "gusi", first_day=JULY)
    units.close("guer", last_day=JULY)
    units.add(name="灯都新村", kind="village", valid_from=JULY)
    answer(world)
    save = world.gusi.work.records.save

    def said(unit: str, day: str) -> str:
        problems = world.gusi.work.records.check(
            type_id="population",
            values={"unit_code": unit, "year": 2019, "basis": "resident", "value": 1, "published_on": day},
        )
        found = [problem.message for problem in problems if problem.code == "unit_not_valid"]
        return found[0] if found else ""

    assert "古四村" in said("gusan", "2019-11-01")
    assert "2019-07-01" in said("guer", "2019-11-01")
    assert said("gusi", "2019-11-01") == ""
    with pytest.raises(Refused):
        save(
            type_id="population",
            values={"unit_code": "gusan", "year": 2019, "basis": "resident", "value": 3200},
        )


def test_what_is_refused(world: World, units: UnitList) -> None:
    units.close("guer", last_day=JULY)
    assert code(units.rename, "gusi", name="古三村") == "name_taken"
    assert code(units.rename, "gusi", name=" ") == "name_needed"
    assert code(units.rename, "gusi", name="长" * 21) == "too_long"
    assert code(units.rename, "nowhere", name="新村") == "unknown_unit"
    assert code(units.rename, "gusi", name="古四村", code="12") == "code"
    assert code(units.rename, "gusi", name="古四村", code="442000105202") == "code_taken"
    assert code(units.add, name="古四村", kind="village") == "name_taken"
    assert code(units.add, name="新村", kind="county") == "unknown_kind"
    assert code(units.merge, "gusi", "gusi", first_day=JULY) == "no_successor"
    assert code(units.merge, "gusi", "guer", first_day=TODAY) == "no_successor"
    assert code(units.close, "guer", last_day=TODAY) == "closed_already"
    assert code(units.close, "guzhen", last_day=TODAY) == "not_a_village"
    new = units.add(name="新村", kind="village", valid_from=TODAY)
    assert code(units.close, new.id, last_day=JULY) == "closed_before_it_began"
    assert code(units.reopen, "gusi") == "not_closed"
    assert code(world.gusi.work.unit_list.rename, "gusi", name="新名") == "not_the_town"
    assert units.reopen("guer").valid_to == ""


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"unit": "gusi"},
        {"unit": "gusi", "name": "", "kind": "village"},
        {"unit": 5, "name": "甲", "kind": "village"},
        {"unit": "gusi", "name": "甲", "kind": "village", "status": "void"},
    ],
)
def test_an_entry_that_is_none_changes_nothing(world: World, body: dict[str, object]) -> None:
    before = world.town.work.units
    world.town.write({"status": "held", **body}, type_id=UNIT_ENTRY)
    world.town.reopen()
    assert world.town.work.units == before


def test_what_a_newer_program_knows_of_a_unit_is_passed_over(world: World) -> None:
    body = {"unit": "gusi", "name": "古四村", "kind": "village", "status": "held", "area_km2": "4"}
    world.town.write(body, type_id=UNIT_ENTRY)
    world.town.reopen()
    found = world.town.work.units.find("gusi")
    assert found is not None
    assert (found.short, found.name_en) == ("GS4", "古四村")
