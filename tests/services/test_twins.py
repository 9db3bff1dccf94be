"""Events that stand in the books twice: what the town is asked, what it decides, and what then counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.services.twins import open_duplicates
from tests.services.world import Site, World

INDICATOR = "performances_per_village_year"
OCTOBER = Month(2019, 10)
SHOW: Mapping[str, object] = {
    "title": "国庆文艺晚会",
    "kind": "song_dance",
    "date": "2019-10-05",
    "start_time": "19:30",
    "duration_min": 90,
    "sessions": 1,
    "place": "古四文化广场",
    "troupe": "古镇曲艺社",
    "audience": 420,
    "confirmed_by": "苏桂琴",
    "status": "held",
}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World.make(tmp_path)
    yield world
    world.close()


def show(site: Site, **changes: object) -> str:
    return site.write({**SHOW, **changes}, type_id="performance")


def both_handed_in(world: World, **changes: object) -> tuple[str, str]:
    """The same show written down by the host, 古四, and by the guest, 古三."""
    guest = show(world.gusan, title="国庆晚会", **changes)
    host = show(world.gusi)
    for village in (world.gusi, world.gusan):
        world.there_and_back(village)
    return host, guest


def test_a_joint_show_is_suspected_with_reasons_and_the_host_first(world: World) -> None:
    host, guest = both_handed_in(world, co_units=["古四村", "海洲小学"])
    (twin,) = world.town.work.twins.open(OCTOBER)
    assert [side.record for side in twin.sides] == [host, guest]
    assert twin.reasons == ("一方写明和另一方联办", "队伍或人员相同", "地点相同", "名称相近")
    assert twin.sides[0].words == "2019-10-05 文艺演出 国庆文艺晚会"
    assert world.town.work.twins.all(OCTOBER, unit="guer") == ()
    assert world.town.work.twins.open(OCTOBER.plus(1)) == ()


def test_void_and_cancelled_ones_are_no_event(world: World) -> None:
    both_handed_in(world, status="void")
    assert world.town.work.twins.open(OCTOBER) == ()


def test_one_joint_event_counts_once_for_its_host_and_the_villages_hear_it(world: World) -> None:
    host, guest = both_handed_in(world)
    before = {unit: shows(world.town, unit) for unit in (None, "gusi", "gusan")}
    world.town.work.twins.decide((host, guest), "joint", reason="两村合办")
    assert world.town.work.twins.open(OCTOBER) == ()
    assert [(twin.verdict, twin.host) for twin in world.town.work.twins.all(OCTOBER)] == [("joint", host)]
    assert before == {None: {host, guest}, "gusi": {host}, "gusan": {guest}}
    assert {unit: shows(world.town, unit) for unit in (None, "gusi", "gusan")} == {
        None: {host},
        "gusi": {host},
        "gusan": set(),
    }
    assert excluded(world.town, "gusan") == {(guest, "joint")}
    world.there_and_back(world.gusan)
    assert shows(world.gusan, "gusan") == set()
    world.town.work.twins.decide((guest, host), "different")
    assert shows(world.town, None) == {host, guest}
    with world.town.store.reading() as read:
        assert len(list(read.records.of_types(["joint_event"]))) == 1


def test_the_station_may_let_the_partner_count_it_too_and_take_that_back(world: World) -> None:
    host, guest = both_handed_in(world)
    twins = world.town.work.twins
    twins.decide((host, guest), "joint")
    twins.credit(host, "古三村", reason="各出一半节目")
    assert [unit.id for unit in twins.credited(host)] == ["gusan"]
    assert shows(world.town, "gusan") == {host}
    assert shows(world.town, None) == {host}
    twins.take_credit_back(host, "gusan")
    assert shows(world.town, "gusan") == set()
    with pytest.raises(UserError, match="还没写原因") as refused:
        twins.credit(host, "gusan", reason=" ")
    assert refused.value.code == "reason_needed"
    with pytest.raises(UserError) as refused:
        twins.credit(host, "gusi", reason="自己办的")
    assert refused.value.code == "own_event"


def test_a_credit_ends_with_the_decision_it_was_given_under(world: World) -> None:
    host, guest = both_handed_in(world)
    twins = world.town.work.twins
    twins.decide((host, guest), "joint")
    twins.credit(host, "gusan", reason="各出一半节目")
    twins.decide((host, guest), "joint", reason="再看过一遍")
    assert [unit.id for unit in twins.credited(host)] == ["gusan"]
    twins.decide((host, guest), "different")
    assert twins.credited(host) == ()
    assert shows(world.town, "gusan") == {guest}


def test_a_village_is_asked_to_delete_what_it_wrote_down_twice(world: World) -> None:
    first, second = show(world.gusi), show(world.gusi, audience=400)
    world.there_and_back(world.gusi)
    (twin,) = world.town.work.twins.open(OCTOBER)
    assert (twin.kind, twin.reasons) == ("duplicate", ())
    assert {side.record for side in twin.sides} == {first, second}
    world.town.work.twins.decide((first, second), "same", host=second)
    (returned,) = world.town.work.review.returned("gusi")
    assert returned.record.id == first
    assert len(duplicates(world.town)) == 1
    world.there_and_back(world.gusi)
    world.gusi.write(SHOW, record=first, type_id="performance", deleted=True)
    world.there_and_back(world.gusi)
    assert world.town.work.twins.all(OCTOBER) == ()
    assert duplicates(world.town) == ()


def test_two_events_that_only_look_alike_stop_no_month_any_more(world: World) -> None:
    first, second = show(world.gusi), show(world.gusi)
    world.there_and_back(world.gusi)
    assert [item.code for item in world.gusi.work.months.checklist(OCTOBER)].count("duplicate") == 1
    assert blocked(world.gusi)
    world.town.work.twins.decide((first, second), "different", reason="上半场和下半场")
    assert duplicates(world.town) == ()
    world.there_and_back(world.gusi)
    assert not blocked(world.gusi)


@pytest.mark.parametrize(
    ("verdict", "host", "code"),
    [
        ("same", None, "verdict_does_not_fit"),
        ("joint", "nothing", "unknown_host"),
        ("x", None, "verdict_does_not_fit"),
    ],
)
def test_a_verdict_that_does_not_fit_is_refused(
    world: World, verdict: str, host: str | None, code: str
) -> None:
    pair = both_handed_in(world)
    with pytest.raises(UserError) as refused:
        world.town.work.twins.decide(pair, verdict, host=host)
    assert refused.value.code == code
    with pytest.raises(UserError) as refused:
        world.town.work.twins.decide((pair[0], "nothing"), "joint")
    assert refused.value.code == "unknown_record"


def test_a_village_decides_nothing(world: World) -> None:
    pair = (show(world.gusi), show(world.gusi))
    with pytest.raises(UserError) as refused:
        world.gusi.work.twins.decide(pair, "different")
    assert refused.value.code == "not_the_town"


def shows(site: Site, unit: str | None) -> set[str]:
    return set(result(site, unit).counted)


def excluded(site: Site, unit: str) -> set[tuple[str, str]]:
    return {(item.record, item.code) for item in result(site, unit).excluded}


def result(site: Site, unit: str | None):
    return site.work.indicators.one(INDICATOR, year=2019, unit=unit)


def duplicates(site: Site):
    with site.store.reading() as read:
        return open_duplicates(site.work.context, read, "gusi", OCTOBER)


def blocked(site: Site) -> bool:
    return any(
        item.code == "duplicate" and item.level == "block" for item in site.work.months.checklist(OCTOBER)
    )
