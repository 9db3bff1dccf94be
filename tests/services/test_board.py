"""The board: what has come, what was late, what is missing, and the words for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gzdesk.domain.month import sheet_record_id
from gzdesk.domain.period import Month
from gzdesk.domain.rate import Rate
from gzdesk.services.board_cells import deadline_of, state_label
from tests.services.world import Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def close_month(site: Site, month: str, *, nil: bool = False, closed: bool = True) -> None:
    site.sheet(month, nil=nil, closed=closed, record=sheet_record_id(site.unit, Month.parse(month)))


def on(site: Site, day: str) -> None:
    site.clock.moment = site.clock.moment.replace(
        year=int(day[:4]), month=int(day[5:7]), day=int(day[8:]), hour=9, minute=0
    )


def hand_in(world: World, village: Site, month: str, *, day: str, nil: bool = False) -> None:
    on(world.town, day)
    on(village, day)
    close_month(village, month, nil=nil)
    world.there_and_back(village)


def states(world: World, unit: str, year: int = 2019) -> dict[int, str]:
    row = next(row for row in world.town.work.board.year(year).rows if row.unit.id == unit)
    return {cell.month.month: cell.state for cell in row.cells if cell.state != "blank"}


def test_before_the_deadline_a_month_is_still_to_come_and_after_it_is_missing(world: World) -> None:
    on(world.town, "2019-11-10")
    assert states(world, "gusi") == {10: "not_due"}
    board = world.town.work.board.year(2019)
    assert (board.current, board.days_left, len(board.rows), len(board.columns)) == (
        Month(2019, 10),
        0,
        13,
        12,
    )
    (item,) = board.todo
    assert (item.kind, item.title, item.detail, len(item.cells)) == (
        "not_due",
        "10月待交",
        "还有 0 天；10日是星期日，请提前通知",
        13,
    )
    on(world.town, "2019-11-11")
    assert states(world, "gusi") == {10: "missing"}
    assert world.town.work.board.year(2019).current is None


@pytest.mark.parametrize(
    ("day", "state", "on_time"), [("2019-11-10", "waiting", True), ("2019-11-11", "late", False)]
)
def test_the_deadline_day_itself_is_on_time(world: World, day: str, state: str, on_time: bool) -> None:
    hand_in(world, world.gusi, "2019-10", day=day)
    cell = world.town.work.board.cell("gusi", Month(2019, 10))
    assert (cell.state, cell.on_time, cell.arrived_on) == (state, on_time, date.fromisoformat(day))
    assert cell.deadline == date(2019, 11, 10)
    assert cell.number == 1


def test_the_first_arrival_counts_whatever_comes_later(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-09")
    hand_in(world, world.gusi, "2019-10", day="2019-11-20")
    on(world.town, "2019-11-21")
    cell = world.town.work.board.cell("gusi", Month(2019, 10))
    assert (cell.state, cell.arrived_on, cell.number) == ("waiting", date(2019, 11, 9), 1)


def test_a_nil_month_is_said_and_a_late_one_is_late_first(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-09", nil=True)
    hand_in(world, world.gusan, "2019-10", day="2019-11-12", nil=True)
    assert states(world, "gusi") == {10: "nil"}
    assert states(world, "gusan") == {10: "late"}


def test_a_month_that_is_not_closed_has_not_been_handed_in(world: World) -> None:
    world.gusi.write()
    on(world.town, "2019-11-08")
    world.there_and_back(world.gusi)
    assert states(world, "gusi") == {10: "not_due"}


def test_reopening_is_told_but_the_first_arrival_stands(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-09")
    close_month(world.gusi, "2019-10", closed=False)
    on(world.town, "2019-11-15")
    world.there_and_back(world.gusi)
    cell = world.town.work.board.cell("gusi", Month(2019, 10))
    assert (cell.state, cell.reopened, cell.on_time) == ("waiting", True, True)


def test_months_before_the_first_join_file_are_not_asked_for(world: World) -> None:
    hand_in(world, world.gusi, "2019-03", day="2019-11-09")
    cell = world.town.work.board.cell("gusi", Month(2019, 3))
    assert (cell.state, cell.on_time) == ("waiting", None)
    assert states(world, "gusan") == {10: "not_due"}
    assert world.town.work.board.year(2019).rate == Rate(on_time=0, due=0)


def test_a_gap_stands_in_the_months_of_the_parked_file(world: World, tmp_path: Path) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-09")
    backup = world.town.copy_to(tmp_path / "backup")
    hand_in(world, world.gusi, "2019-11", day="2019-12-09")
    world.town.close()
    world.sites["guzhen"] = Site(backup)
    on(world.town, "2020-01-06")
    close_month(world.gusi, "2019-12")
    world.town.take(world.gusi.export(world.stick))
    assert states(world, "gusi") == {10: "waiting", 11: "missing", 12: "gap"}
    board = world.town.work.board.year(2019)
    missing, gap, *_rest = board.todo
    assert (gap.title, gap.detail) == ("缺包", "古四村12月收到第 3 次，缺第 2 次")
    assert missing.title == "未报"
    world.gusi.take(world.town.export(world.stick, "gusi"))
    world.there_and_back(world.gusi)
    assert states(world, "gusi") == {10: "waiting", 11: "late", 12: "waiting"}


def test_rates_count_what_was_due(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-09")
    hand_in(world, world.gusi, "2019-11", day="2019-12-20")
    hand_in(world, world.gusan, "2019-10", day="2019-11-09")
    on(world.town, "2019-12-21")
    board = world.town.work.board.year(2019)
    rates = {row.unit.id: (row.rate.on_time, row.rate.due, row.rate.percent) for row in board.rows}
    assert rates["gusi"] == (1, 2, "50.0%")
    assert rates["gusan"] == (1, 2, "50.0%")
    assert rates["caoyi"] == (0, 2, "0.0%")
    october, november = board.columns[9], board.columns[10]
    assert (october.received, october.units, october.rate.on_time, october.rate.due) == (2, 13, 2, 13)
    assert (november.received, november.rate.on_time) == (1, 0)
    assert (board.rate.on_time, board.rate.due) == (2, 26)
    assert board.headline == "按时率 7.7%"
    missing = board.todo[0]
    assert missing.detail.startswith("10月：古镇社区、古二村")


def test_a_month_being_collected_does_not_lower_the_rate(world: World) -> None:
    hand_in(world, world.gusi, "2019-10", day="2019-11-06")
    board = world.town.work.board.year(2019)
    assert board.headline == "10月已收 1/13，还有 4 天截止"
    assert board.rate.percent == "—"


def test_a_single_missing_month_says_how_long(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    units = world.town.work.context.units
    monkeypatch.setattr(
        world.town.work.context, "units", type(units)(town=units.town, below=units.below[1:2])
    )
    on(world.town, "2019-11-13")
    (missing,) = world.town.work.board.year(2019).todo
    assert missing.detail == "古四村10月，已过 3 天"


def test_the_deadline_is_a_setting(world: World) -> None:
    on(world.town, "2019-11-06")
    world.town.work.context.change_settings(report_deadline_day=5)
    hand_in(world, world.gusi, "2019-10", day="2019-11-06")
    assert states(world, "gusi") == {10: "late"}


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (Month(2019, 10), 10, date(2019, 11, 10)),
        (Month(2019, 12), 10, date(2020, 1, 10)),
        (Month(2019, 1), 31, date(2019, 2, 28)),
    ],
)
def test_deadlines(month: Month, day: int, expected: date) -> None:
    assert deadline_of(month, day=day) == expected


@pytest.mark.parametrize(
    ("on_time", "due", "words"),
    [
        (0, 0, "—"),
        (13, 13, "100%"),
        (1999, 2000, "99.9%"),
        (12, 13, "92.3%"),
        (8, 9, "88.9%"),
        (0, 2, "0.0%"),
    ],
)
def test_a_rate_never_looks_better_than_it_is(on_time: int, due: int, words: str) -> None:
    assert Rate(on_time=on_time, due=due).percent == words


def test_states_have_words() -> None:
    names = ("approved", "waiting", "late", "nil", "gap", "returned", "missing", "not_due")
    assert [state_label(state) for state in names] == [
        "已审",
        "待审",
        "迟报",
        "零报",
        "缺包",
        "退回",
        "未报",
        "待交",
    ]
