"""Putting together what two sides changed: whatever the history, nobody's own change is lost and order is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gzdesk.domain.merge import count_different, heads
from gzdesk.domain.three_way import DELETED, ERASED, ITEMS, UNSEEN, Merge, Version, merge_heads

NAMES = ("audience", "place", "remark", "title")
PHOTO, SCAN = {"sha256": "a" * 64, "kind": "photo"}, {"sha256": "b" * 64, "kind": "scan"}


@dataclass
class Story:
    """The versions of one record, as they were written."""

    versions: list[Version] = field(default_factory=list)

    def write(
        self, values: Mapping[str, object], *parents: str, deleted: bool = False, erased: bool = False
    ) -> str:
        known = {version.id: version.generation for version in self.versions}
        made = Version(
            id=f"{len(self.versions):02d}",
            parents=tuple(sorted(parents)),
            generation=1 + max((known[parent] for parent in parents if parent in known), default=0),
            deleted=deleted,
            erased=erased,
            content=repr(sorted(values.items())),
            values={} if erased else values,
        )
        self.versions.append(made)
        return made.id

    def merged(self, *among: str) -> Merge:
        """What comes of these versions and those they stand on; without names, of all."""
        wanted, waiting = set(), list(among or [version.id for version in self.versions])
        by_id = {version.id: version for version in self.versions}
        while waiting:
            each = waiting.pop()
            if each in by_id and each not in wanted:
                wanted.add(each)
                waiting += by_id[each].parents
        return merge_heads([version for version in self.versions if version.id in wanted])

    def settle(self, *among: str) -> str:
        """Write what comes of these versions, as a town does."""
        merge = self.merged(*among)
        assert merge.is_ready
        return self.write(merge.values, *merge.heads)

    def leading(self) -> tuple[str, ...]:
        return tuple(node.id for node in heads(self.versions))


def two_sides(base: Mapping[str, object], left: Mapping[str, object], right: Mapping[str, object]) -> Merge:
    story = Story()
    first = story.write(base)
    story.write(left, first)
    story.write(right, first)
    return story.merged()


def test_different_items_come_together() -> None:
    found = two_sides(
        {"audience": 100, "place": "文化广场"},
        {"audience": 120, "place": "文化广场"},
        {"audience": 100, "place": "祠堂", "remark": "下雨"},
    )
    assert found.is_ready
    assert found.values == {"audience": 120, "place": "祠堂", "remark": "下雨"}
    assert found.differing == ("audience", "place", "remark")


def test_an_item_that_both_changed_is_for_a_person_and_the_rest_is_proposed() -> None:
    found = two_sides(
        {"audience": 100, "place": "文化广场"},
        {"audience": 120, "place": "文化广场"},
        {"audience": 130, "place": "祠堂"},
    )
    assert (found.reason, found.open) == (ITEMS, ("audience",))
    assert found.values["place"] == "祠堂"


def test_the_same_change_on_both_sides_is_no_question() -> None:
    found = two_sides({"audience": 100}, {"audience": 120, "remark": "补"}, {"audience": 120})
    assert found.values == {"audience": 120, "remark": "补"}


def test_an_emptied_item_stays_empty() -> None:
    found = two_sides({"audience": 100, "remark": "补"}, {"audience": 100}, {"audience": 90, "remark": "补"})
    assert found.is_ready
    assert found.values == {"audience": 90}


def test_yes_and_one_are_not_the_same() -> None:
    assert two_sides({}, {"stamped": True}, {"stamped": 1}).open == ("stamped",)


def test_deleted_against_changed_is_for_a_person_and_twice_deleted_is_not() -> None:
    story = Story()
    first = story.write({"audience": 100})
    story.write({"audience": 100}, first, deleted=True)
    story.write({"audience": 100, "delete_reason": "重复"}, first, deleted=True)
    assert count_different(story.versions[1:]) == 1
    assert story.merged().is_ready
    assert story.merged().deleted
    story.write({"audience": 120}, first)
    assert story.merged().reason == DELETED


def test_photos_of_both_sides_are_kept_and_a_removed_one_stays_away() -> None:
    third = {"sha256": "c" * 64, "kind": "photo"}
    found = two_sides({"evidence": [PHOTO]}, {"evidence": [PHOTO, SCAN]}, {"evidence": [third]})
    assert found.is_ready
    assert found.values == {"evidence": [third, SCAN]}
    story = two_sides({"evidence": [PHOTO]}, {}, {"evidence": [{**PHOTO, "caption": "舞台"}]})
    assert story.open == ("evidence",)


def test_nothing_is_decided_while_a_version_between_them_is_not_here() -> None:
    story = Story()
    first = story.write({"audience": 100})
    story.write({"audience": 120}, first)
    story.write({"audience": 100, "place": "祠堂"}, "99")
    assert story.merged().reason == UNSEEN


def test_what_was_erased_is_no_base_to_compare_with() -> None:
    story = Story()
    first = story.write({"audience": 100}, erased=True)
    story.write({"audience": 120}, first)
    story.write({"audience": 100}, first)
    assert (story.merged().reason, story.merged().open) == (ITEMS, ("audience",))


@pytest.mark.parametrize("mark", ["erased", "erased_mentions"])
def test_a_clean_version_is_never_mixed_with_one_that_may_name_the_person(mark: str) -> None:
    clean = {"audience": 100, mark: ["n"]}
    assert two_sides({"audience": 100}, clean, {"audience": 100, "remark": "苏丽芬"}).reason == ERASED


def test_two_clean_versions_come_together() -> None:
    found = two_sides({}, {"status": "held", "erased": ["n"]}, {"status": "held", "erased": ["m"]})
    assert found.is_ready
    assert found.values == {"status": "held"}  # the marks are for whoever writes it


def test_two_beginnings_of_one_record_have_nothing_in_common() -> None:
    story = Story()
    story.write({"verdict": "same", "on": "2019-11-08"})
    story.write({"verdict": "other", "on": "2019-11-08"})
    assert story.merged().open == ("verdict",)


def test_two_people_who_chose_differently_between_the_same_versions_are_asked_again() -> None:
    story = Story()
    first = story.write({"audience": 100})
    left, right = story.write({"audience": 120}, first), story.write({"audience": 130}, first)
    story.write({"audience": 120}, left, right)
    story.write({"audience": 130}, left, right)
    assert story.merged().open == ("audience",)


def test_whoever_saw_a_change_and_changed_it_again_is_heard_also_above_two_settlements() -> None:
    story = Story()
    first = story.write({"audience": 100, "place": "广场"})
    left = story.write({"audience": 120, "place": "广场"}, first)
    right = story.write({"audience": 100, "place": "祠堂"}, first)
    one, other = story.settle(left, right), story.settle(left, right)
    assert count_different([version for version in story.versions if version.id in (one, other)]) == 1
    story.write({"audience": 125, "place": "祠堂"}, other)
    assert story.merged().values == {"audience": 125, "place": "祠堂"}


# Whatever happens

_VALUES = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 2))


@st.composite
def stars(draw: st.DrawFn) -> tuple[Story, list[str]]:
    """One version, and some that were written on it without knowing of each other."""
    story = Story()
    base = draw(_VALUES)
    first = story.write(base)
    changes = draw(st.lists(_VALUES, min_size=2, max_size=4))
    return story, [story.write({**base, **change}, first) for change in changes]


@st.composite
def histories(draw: st.DrawFn) -> Story:
    """Anything that people and towns may have done to a record."""
    story = Story()
    story.write(draw(_VALUES))
    for _number in range(draw(st.integers(1, 7))):
        parents = draw(st.sets(st.sampled_from([version.id for version in story.versions]), max_size=2))
        merge = story.merged(*parents) if parents else None
        if merge is not None and len(merge.heads) > 1 and merge.is_ready and draw(st.booleans()):
            story.write(merge.values, *merge.heads)
        else:
            known = {version.id: version for version in story.versions}
            before = known[max(parents)].values if parents else {}
            story.write({**before, **draw(_VALUES)}, *(merge.heads if merge else ()))
    return story


def _value(values: Mapping[str, object], name: str) -> object:
    return values.get(name)


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_versions_came_is_nothing(story: Story, chance) -> None:
    mixed: Sequence[Version] = list(story.versions)
    chance.shuffle(mixed)
    assert merge_heads(mixed) == story.merged()


@given(histories())
def test_what_comes_of_it_was_said_by_somebody_and_what_all_say_stays(story: Story) -> None:
    merge = story.merged()
    leading = [version for version in story.versions if version.id in merge.heads]
    for name in NAMES:
        said = [_value(version.values, name) for version in leading]
        assert _value(merge.values, name) in said
        assert (name in merge.differing) == (len(set(said)) > 1)
        assert name not in merge.open or len(set(said)) > 1


@given(histories())
def test_settled_is_settled(story: Story) -> None:
    """One more version on all heads ends it; two towns that write it say the same and are not asked again."""
    merge = story.merged()
    if not merge.is_ready:
        return
    one, other = story.write(merge.values, *merge.heads), story.write(merge.values, *merge.heads)
    assert set(story.leading()) == {one, other}
    assert count_different([version for version in story.versions if version.id in (one, other)]) == 1
    again = story.merged()
    assert (again.differing, again.values) == ((), merge.values)


@given(stars())
def test_no_side_loses_its_own_change(told: tuple[Story, list[str]]) -> None:
    story, sides = told
    base, merge = story.versions[0].values, story.merged()
    by_id = {version.id: version for version in story.versions}
    for name in NAMES:
        wanted = {_value(by_id[side].values, name) for side in sides} - {_value(base, name)}
        if len(wanted) > 1:
            assert name in merge.open
        else:
            assert name not in merge.open
            assert _value(merge.values, name) == (wanted.pop() if wanted else _value(base, name))


@given(stars())
def test_two_by_two_gives_what_all_at_once_gives(told: tuple[Story, list[str]]) -> None:
    story, sides = told
    at_once = story.merged()
    if not at_once.is_ready:
        return
    count = len(story.versions)
    for order in permutations(sides):
        del story.versions[count:]
        done = order[0]
        for side in order[1:]:
            done = story.settle(done, side)
        assert story.versions[int(done)].values == at_once.values


@given(stars())
def test_two_towns_that_settled_different_sides_come_to_the_same(told: tuple[Story, list[str]]) -> None:
    story, sides = told
    at_once = story.merged()
    if not at_once.is_ready:
        return
    story.settle(*sides[:-1]) if len(sides) > 2 else None
    story.settle(*sides[1:]) if len(sides) > 2 else None
    assert story.merged().is_ready
    assert story.merged().values == at_once.values
