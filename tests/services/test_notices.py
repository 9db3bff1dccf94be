"""What the town writes to its villages stands on their first page until its day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.services.test_handed_down import answer
from tests.services.world import Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    for village in (made.gusi, made.gusan):
        made.there_and_back(village)
    yield made
    made.close()


def shown(site: Site) -> list[str]:
    return [item.title for item in site.work.home.due() if item.kind == "notice"]


def test_a_notice_goes_to_those_it_names_and_goes_away_after_its_day(world: World) -> None:
    save = world.town.work.records.save
    for_all = save(type_id="notice", values={"title": "十一月消防检查", "until": "2019-11-30"}).id
    values = {"title": "请补交九月表", "until": "2019-11-10", "for_units": ["gusan"]}
    save(type_id="notice", values=values)
    save(type_id="notice", values={"title": "明年再说", "on": "2020-01-01", "until": "2020-02-01"})
    answer(world, world.gusi, world.gusan)
    assert shown(world.gusi) == ["十一月消防检查"]
    assert shown(world.gusan) == ["请补交九月表", "十一月消防检查"]
    world.gusan.clock.moment += timedelta(days=5)
    assert shown(world.gusan) == ["十一月消防检查"]
    item = next(item for item in world.gusi.work.home.due() if item.kind == "notice")
    assert item.action.arguments["record_id"] == for_all
    world.town.work.records.void(for_all, reason="改期")
    answer(world)
    assert shown(world.gusi) == []


def test_a_notice_of_a_village_is_nobodys(world: World) -> None:
    world.gusi.write({"title": "自己写的", "on": "2019-11-01", "until": "2019-12-01"}, type_id="notice")
    assert shown(world.gusi) == []


@pytest.mark.parametrize(
    "body", [{}, {"title": "没有日期"}, {"title": "错", "on": 5, "until": None, "for_units": "gusi"}]
)
def test_a_notice_of_another_shape_is_passed_over(world: World, body: dict[str, object]) -> None:
    world.town.write({"status": "held", **body}, type_id="notice")
    answer(world)
    assert shown(world.gusi) == []


def test_it_can_be_printed(world: World) -> None:
    made = world.town.work.records.save(type_id="notice", values={"title": "检查", "until": "2019-11-30"}).id
    answer(world)
    printed = world.gusi.work.reports.make("filled_form", record=made, out=world.stick / "通知.pdf")
    assert printed.file.stat().st_size > 1000
