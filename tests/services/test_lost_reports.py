"""A file that can't come any more: the town writes the hole off with a reason, and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from tests.services.test_board import hand_in, on, states
from tests.services.world import Site, World

DECEMBER = Month(2019, 12)
WHY = "电脑报废，没有备份"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World.make(tmp_path)
    yield world
    world.close()


@pytest.fixture
def gap(world: World, tmp_path: Path) -> World:
    """The town's PC was restored from before November's stick; December came, and a hole is before it."""
    hand_in(world, world.gusi, "2019-10", day="2019-11-09")
    backup = world.town.copy_to(tmp_path / "backup")
    hand_in(world, world.gusi, "2019-11", day="2019-12-09")
    world.town.close()
    world.sites["guzhen"] = Site(backup)
    on(world.town, "2020-01-06")
    on(world.gusi, "2020-01-05")
    world.gusi.work.months.close(DECEMBER, nil=True, filled_by="苏丽芬", checked_by="苏国强")
    world.town.take(world.gusi.export(world.stick))
    return world


def code(refused: pytest.ExceptionInfo[UserError]) -> str:
    return refused.value.code


def test_a_month_behind_a_hole_is_approved_once_the_hole_is_written_off(gap: World) -> None:
    town = gap.town.work
    with pytest.raises(UserError, match="前面缺一份上报文件"):
        town.review.approve_month("gusi", DECEMBER)
    (report,) = town.lost_reports.write_off("古四村", reason=WHY)
    assert (report.unit.id, report.by, report.reason) == ("gusi", town.writer_name, WHY)
    town.review.approve_month("gusi", DECEMBER)
    cell = town.board.cell("gusi", DECEMBER)
    assert (cell.state, cell.waits) == ("nil", False)
    assert [item.kind for item in town.board.year(2019).todo if item.kind == "gap"] == []


def test_writing_off_can_be_taken_back(gap: World) -> None:
    gap.town.work.lost_reports.write_off("gusi", reason=WHY)
    gap.town.work.lost_reports.take_back("gusi")
    assert gap.town.work.lost_reports.all() == ()
    assert states(gap, "gusi")[12] == "gap"


def test_what_turns_up_after_all_is_taken_in_as_before(gap: World) -> None:
    gap.town.work.lost_reports.write_off("gusi", reason=WHY)
    gap.gusi.take(gap.town.export(gap.stick, "gusi"))
    gap.there_and_back(gap.gusi)
    assert states(gap, "gusi") == {10: "waiting", 11: "late", 12: "nil"}
    assert gap.town.digest("gusi") == gap.gusi.digest("gusi")


def test_it_takes_a_reason_a_hole_and_the_town(gap: World) -> None:
    lost = gap.town.work.lost_reports
    with pytest.raises(UserError) as refused:
        lost.write_off("gusi", reason=" ")
    assert code(refused) == "reason_needed"
    with pytest.raises(UserError) as refused:
        lost.write_off("gusan", reason=WHY)
    assert code(refused) == "nothing_missing"
    with pytest.raises(UserError) as refused:
        gap.gusi.work.lost_reports.write_off("gusi", reason=WHY)
    assert code(refused) == "not_the_town"
