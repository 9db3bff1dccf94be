"""Who exchanges what with whom, at any depth, and the names of the files."""

from __future__ import annotations

import pytest

from gzdesk.exchange import plan
from gzdesk.exchange.plan import Tree
from gzdesk.services.reference import load_units

# A city with two towns; the first town has two villages.
CITY = Tree(parents={"town1": "city", "town2": "city", "v1": "town1", "v2": "town1", "v3": "town2"})


def test_a_village_and_its_town_speak_of_the_village_and_the_catalogue() -> None:
    tree = Tree.of(load_units())
    assert set(tree.scopes_between("gusi", "guzhen")) == {"gusi", "guzhen"}
    assert tree.scopes_between("gusi", "guzhen") == tree.scopes_between("guzhen", "gusi")
    assert len(tree.children("guzhen")) == 13
    assert tree.parent("guzhen") is None


@pytest.mark.parametrize(
    ("one", "other", "scopes"),
    [
        ("v1", "town1", {"v1", "town1", "city"}),
        ("town1", "v1", {"v1", "town1", "city"}),
        ("town1", "city", {"town1", "town1.station", "v1", "v2", "city"}),
        ("city", "town1", {"town1", "town1.station", "v1", "v2", "city"}),
    ],
)
def test_a_parent_holds_all_below_it(one: str, other: str, scopes: set[str]) -> None:
    found = CITY.scopes_between(one, other)
    assert set(found) == scopes
    assert len(found) == len(scopes)


def test_packages_go_between_neighbours_only() -> None:
    assert CITY.are_neighbours("v1", "town1")
    assert CITY.are_neighbours("city", "town2")
    assert not CITY.are_neighbours("v1", "v2")
    assert not CITY.are_neighbours("v1", "city")
    assert not CITY.are_neighbours("v1", "v1")


@pytest.mark.parametrize(
    ("number", "known", "missing"),
    [(1, [], ()), (3, [], (1, 2)), (3, [1], (2,)), (3, [2, 5], ()), (3, [1, 3], (2,)), (5, [1, 3], (4,))],
)
def test_missing_numbers(number: int, known: list[int], missing: tuple[int, ...]) -> None:
    assert plan.missing_numbers(number, known=known) == missing


def test_file_names_are_for_people() -> None:
    up = plan.upward_name(unit="古四村", month="2019-03", number=7, part=1, parts=1)
    assert up == "古四村_2019-03_第007包.gzp"
    assert plan.upward_name(unit="古四村", month="2019-03", number=7, part=2, parts=3).endswith(
        "第007包_2-3.gzp"
    )
    assert plan.downward_name(unit="古四村", number=1234, part=1, parts=1) == "回执_古四村_第1234包.gzp"
    assert plan.join_file_name("古四村") == "加入_古四村.gzj"


@pytest.mark.parametrize(
    ("unit", "safe"), [("a/b\\c:d", "a_b_c_d"), ("..", "_"), ("x. ", "x"), ('<>"|?*', "______")]
)
def test_a_file_name_fits_every_stick(unit: str, safe: str) -> None:
    assert plan.join_file_name(unit) == f"加入_{safe}.gzj"
