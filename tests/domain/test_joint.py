"""One event written down more than once: found without comparing everything, and counted once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.joint import (
    DIFFERENT,
    JOINT,
    NAMED,
    PLACE,
    SAME,
    TEAM,
    TITLE,
    Event,
    counted_once,
    find_duplicates,
    find_joint,
    guests,
    not_counted,
    pair_key,
)


def event(record: str, unit: str = "gusi", **changes: object) -> Event:
    values: dict[str, object] = {
        "type": "performance",
        "day": "2019-10-05",
        "start": 19 * 60 + 30,
        "end": 21 * 60,
        "title": "送戏下乡粤剧折子戏专场",
    }
    return Event(id=record, unit=unit, **{**values, **changes})


@dataclass(frozen=True)
class Row:
    id: str
    status: str = "held"


def decision(*records: str, host: str = "", verdict: str = JOINT) -> dict[str, object]:
    return {"records": list(records), "host": host or records[0], "verdict": verdict}


# Within a unit


def test_same_day_start_and_title_in_one_unit_is_suspected() -> None:
    (found,) = find_duplicates(
        [event("b", title="送戏下乡 粤剧折子戏专场"), event("a"), event("c", start=600)]
    )
    assert (found.kind, found.records) == ("duplicate", ("a", "b"))


def test_another_unit_or_day_is_no_duplicate_and_no_title_says_nothing() -> None:
    rows = [
        event("a"),
        event("b", "gusan"),
        event("c", day="2019-10-06"),
        event("d", title=""),
        event("e", title=""),
    ]
    assert find_duplicates(rows) == ()


def test_three_of_them_are_two_questions() -> None:
    assert [found.records for found in find_duplicates(map(event, "cab"))] == [("a", "b"), ("a", "c")]


# Between units


def test_a_partner_that_is_named_a_team_a_place_and_a_title_are_reasons() -> None:
    host = event("h", "gusi", place="古四文化广场", team="古镇曲艺社", place_units=frozenset({"gusi"}))
    guest = event(
        "a",
        "gusan",
        place="古四文化广场",
        team="古镇曲艺社",
        names=frozenset({"gusi"}),
        title="粤剧折子戏专场",
    )
    (found,) = find_joint([guest, host])
    assert found.records == ("h", "a")  # it took place at 古四
    assert found.reasons == (NAMED, TEAM, PLACE, TITLE)


def test_times_must_overlap_and_what_has_no_time_could_be_at_any() -> None:
    assert find_joint([event("a"), event("b", "gusan", start=9 * 60, end=11 * 60)]) == ()
    assert find_joint([event("a"), event("b", "gusan", start=21 * 60)]) == ()
    assert len(find_joint([event("a"), event("b", "gusan", start=None, end=None)])) == 1
    assert len(find_joint([event("a", end=None), event("b", "gusan", start=21 * 60)])) == 1
    assert len(find_joint([event("a", start=23 * 60, end=30), event("b", "gusan", start=23 * 60 + 30)])) == 1


def test_the_same_programme_at_two_places_is_not_one_event_unless_more_speaks_for_it() -> None:
    run = {"title": "元旦环村长跑", "type": "activity"}
    here = event("a", place="古四文化广场", place_units=frozenset({"gusi"}), **run)
    there = event("b", "gusan", place="古三文化广场", place_units=frozenset({"gusan"}), **run)
    assert find_joint([here, there]) == ()
    assert len(find_joint([here, replace(there, place="")])) == 1
    assert len(find_joint([here, replace(there, place_units=frozenset({"gusi"}))])) == 1
    assert find_joint([here, replace(there, names=frozenset({"gusi"}))])[0].reasons == (NAMED, TITLE)


def test_a_place_that_every_village_has_says_nothing_alone() -> None:
    here = event("a", title="亲子手工", place="文化服务中心二楼")
    there = event("b", "gusan", title="用电安全科普", place="文化服务中心二楼")
    assert find_joint([here, there]) == ()
    named = [replace(each, place="古四文化广场", place_units=frozenset({"gusi"})) for each in (here, there)]
    assert [found.reasons for found in find_joint(named)] == [(PLACE,)]


def test_a_place_that_both_units_use_on_other_days_too_is_one_of_each() -> None:
    courses = [
        event(f"{unit}-{day}", unit, day=f"2019-10-{day}", title="周末故事会", place="农家书屋")
        for unit in ("gusi", "gusan")
        for day in ("05", "12")
    ]
    assert find_joint(courses) == ()
    (found,) = find_joint(courses[:3])  # 古三村 was there once only: it may have been a guest
    assert set(found.records) == {"gusi-05", "gusan-05"}
    named = replace(courses[2], names=frozenset({"gusi"}))
    assert len(find_joint([*courses[:2], named, courses[3]])) == 1


def test_another_register_or_day_is_another_event() -> None:
    assert find_joint([event("a"), event("b", "gusan", type="activity")]) == ()
    assert find_joint([event("a"), event("b", "gusan", day="2019-10-06")]) == ()


def test_what_many_units_do_on_one_day_is_a_campaign_not_one_event() -> None:
    everywhere = [event(f"{n}", f"unit{n}", title="重阳敬老茶话会", place="文化广场") for n in range(13)]
    assert find_joint(everywhere) == ()
    named = [event("x", "unit1", names=frozenset({"unit2"}), title="重阳敬老茶话会"), *everywhere[2:]]
    assert [found.records for found in find_joint(named)] == [("x", "2")]


def test_a_partner_with_several_events_that_day_is_asked_about_the_one_alike() -> None:
    rows = [
        event("a", names=frozenset({"gusan"}), title="国庆文艺晚会"),
        event("b", "gusan", title="国庆晚会"),
        event("c", "gusan", title="象棋比赛"),
    ]
    assert [(found.records, found.reasons[0]) for found in find_joint(rows)] == [(("a", "b"), NAMED)]


def test_a_large_town_is_compared_by_keys_not_by_pairs() -> None:
    """300 units with the same programme: no pair is looked at twice, and nothing is suspected of it."""
    rows = [
        event(
            f"{unit:03d}-{number}",
            f"unit{unit:03d}",
            title=f"第{number}场送戏",
            place="文化广场",
            team="曲艺队",
        )
        for unit in range(300)
        for number in range(10)
    ]
    assert find_joint(rows) == ()


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_rows_is_nothing(order: list[str]) -> None:
    units = {"a": "gusi", "b": "gusan", "c": "guer", "d": "guyi"}
    rows = [
        event(record, units[record], team="一队" if record in "ab" else record, title=record * 3)
        for record in order
    ]
    assert [found.records for found in find_joint(rows)] == [("a", "b")]


# Counting


def test_a_joint_event_counts_once_for_its_host() -> None:
    rows = [Row("a"), Row("b"), Row("c")]
    assert [row.id for row in counted_once(rows, [decision("a", "b", host="b")])] == ["b", "c"]
    assert [row.id for row in counted_once(rows, [decision("a", "b", verdict=SAME)])] == ["a", "c"]
    assert counted_once(rows, [decision("a", "b", verdict=DIFFERENT)]) == tuple(rows)


def test_where_the_host_s_record_is_not_held_another_stands_for_it() -> None:
    rows = [Row("a", status="void"), Row("b"), Row("c")]
    kept = counted_once(rows, [decision("a", "b"), decision("a", "c")])
    assert [row.id for row in kept if row.status == "held"] == ["b"]
    assert counted_once([Row("b")], [decision("a", "b")]) == (Row("b"),)
    assert not_counted([Row("b")], [decision("a", "b")], sees_all=False) == {"b"}


def test_three_villages_are_one_group_with_one_host() -> None:
    for order in permutations(
        [decision("a", "b", host="b"), decision("b", "c", host="b"), decision("a", "c")]
    ):
        assert guests(order) == {"a": "b", "c": "b"}


def test_a_decision_of_another_shape_is_passed_over() -> None:
    assert (
        guests([{}, {"records": "ab", "verdict": JOINT}, {"records": ["a"], "verdict": JOINT, "host": "a"}])
        == {}
    )
    assert guests([{"records": ["a", "b"], "verdict": JOINT, "host": 3}]) == {"b": "a"}


def test_the_key_of_a_decision_does_not_depend_on_who_is_named_first() -> None:
    assert pair_key(["a", "b"]) == pair_key(["b", "a"]) != pair_key(["a", "c"])


_PAIRS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde")).filter(lambda pair: pair[0] != pair[1]),
    max_size=6,
)


@given(_PAIRS, st.lists(st.sampled_from("abcde"), unique=True), st.randoms(use_true_random=False))
def test_every_group_counts_exactly_once_in_any_order(
    pairs: list[tuple[str, str]], held: list[str], chance
) -> None:
    decisions = [decision(*pair) for pair in pairs]
    rows = [Row(record) for record in held]
    kept = {row.id for row in counted_once(rows, decisions)}
    chance.shuffle(decisions)
    assert {row.id for row in counted_once(rows, decisions)} == kept
    groups = {record: {record} for record in "abcde"}
    for one, other in pairs:
        joined = groups[one] | groups[other]
        for record in joined:
            groups[record] = joined
    for record in held:
        assert len(groups[record] & kept) == 1
