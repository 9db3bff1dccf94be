"""One export of the town takes everything down, says in words what each unit gets, and names who is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk import i18n
from gzdesk.services.contents import in_one_line
from tests.reference.test_new_type import LANTERNS
from tests.services.test_handed_down import LAYOUT, put
from tests.services.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    made.there_and_back(made.gusi)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("zh_CN")
    yield
    i18n.set_language(before)


def test_everything_of_the_town_goes_down_with_one_export(world: World) -> None:
    town = world.town.work
    put(world.town, "lantern_show", LANTERNS)
    put(world.town, "register_staff", LAYOUT, "layouts")
    town.records.save(
        type_id="film", values={"title": "我和我的祖国", "film_type": "feature", "origin": "domestic"}
    )
    town.records.save(type_id="notice", values={"title": "消防检查", "until": "2019-11-30"})
    town.adjustments.set_rule("new_film_years", "3", valid_from=date(2019, 7, 1), reason="镇通知")
    town.unit_list.rename("guer", name="古二新村")
    (made,) = town.exchange.export(world.stick)
    words = in_one_line(made.contents)
    for part in ("影片目录 1", "镇通知 1", "登记簿定义 1", "单据版式 1", "统计口径 1", "单位名单 1"):
        assert part in words
    world.gusi.take(made.file)
    village = world.gusi.work
    assert village.settings.new_film_years == 3
    assert village.types.get("lantern_show") is not None
    assert (village.units.find("guer") or village.me).name == "古二新村"
    (again,) = town.exchange.export(world.stick)
    assert world.gusi.take(again.file).verdict == "already"


def test_with_nothing_new_there_is_the_receipt(world: World) -> None:
    world.there_and_back(world.gusi)
    world.there_and_back(world.gusi)
    (made,) = world.town.work.exchange.export(world.stick)
    assert in_one_line(made.contents) == "只有回执"


def test_who_has_not_reported_is_named_and_the_others_are_written(world: World) -> None:
    exchange = world.town.work.exchange
    world.town.work.enrolment.revoke("gusi")
    world.there_and_back(world.gusan)
    made = exchange.export(world.stick, "all")
    assert [item.to.id for item in made] == ["gusan"]
    left = {item.unit.id: item.reason for item in exchange.left_out()}
    assert len(left) == 12
    assert "停用" in left["gusi"]
    assert "加入文件" in left["guer"]
    world.town.work.enrolment.enrol("guer", world.stick)
    left = {item.unit.id: item.reason for item in exchange.left_out()}
    assert "2019-11-08" in left["guer"]
    world.town.work.unit_list.close("guer", last_day=date(2019, 10, 31))
    assert "guer" not in {item.unit.id for item in exchange.left_out()}
