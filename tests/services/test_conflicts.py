"""Two sides change one record: what goes together comes together in the town, the rest is chosen by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from gzdesk.domain.three_way import PROGRAM
from gzdesk.errors import UserError
from gzdesk.services.conflicts import Conflict
from gzdesk.services.records import Refused
from gzdesk.storage.authoring import RevisionWriter
from tests.services.world import Site, World

VALUES: Mapping[str, object] = {"date": "2019-10-05", "name": "灯会", "participants": 120, "status": "held"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World.make(tmp_path, ("guzhen", "gusi"))
    yield world
    world.close()


def both_changed(
    world: World,
    town: Mapping[str, object],
    village: Mapping[str, object],
    *,
    base: Mapping[str, object] = VALUES,
    type_id: str = "activity",
) -> str:
    """A record that is known on both sides, then changed on each, and taken in by the town."""
    record = world.gusi.write(base, type_id=type_id)
    world.there_and_back(world.gusi)
    world.town.write({**base, **town}, record=record, scope="gusi", type_id=type_id)
    world.gusi.write({**base, **village}, record=record, type_id=type_id)
    world.town.take(world.gusi.export(world.stick))
    return record


def only(site: Site) -> Conflict:
    (found,) = site.work.conflicts.list()
    return found


def down(world: World) -> None:
    """The town's answer goes to the village, and then both hold and show the same."""
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert world.gusi.digest("gusi") == world.town.digest("gusi")
    assert world.gusi.revisions("gusi") == world.town.revisions("gusi")


# By itself


def test_different_items_come_together_in_the_town_and_the_village_sees_it(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"name": "元宵灯会"})
    assert world.town.work.conflicts.list() == ()
    assert world.town.values(record) == {**VALUES, "participants": 150, "name": "元宵灯会"}
    down(world)
    assert world.gusi.values(record)["participants"] == 150
    entry = world.gusi.work.records.history(record)[0]
    assert (entry.kind, entry.who) == ("merged", "程序")
    assert {(change.field, change.old, change.new) for change in entry.changes} == {
        ("participants", "120", "150"),
        ("name", "灯会", "元宵灯会"),
    }
    with world.gusi.store.reading() as read:
        merged = read.revisions.history(record)[-1]
        assert merged.header.actor == PROGRAM
        assert len(merged.header.parents) == 2


def test_an_import_says_how_many_it_put_together_and_a_look_before_says_the_same(world: World) -> None:
    record = world.gusi.write(VALUES)
    world.there_and_back(world.gusi)
    world.town.write({**VALUES, "participants": 150}, record=record, scope="gusi")
    world.gusi.write({**VALUES, "name": "元宵灯会"}, record=record)
    file = world.gusi.export(world.stick)
    (seen,) = world.town.work.exchange.find([file])
    assert world.town.values(record)["name"] == "灯会"
    taken = world.town.take(file)
    assert (seen.merged, seen.conflicts, seen.code) == (taken.merged, taken.conflicts, taken.code)
    assert (taken.merged, taken.conflicts, taken.code) == (1, 0, "package_merged")


def test_a_village_never_puts_anything_together(world: World) -> None:
    record = world.gusi.write(VALUES)
    world.there_and_back(world.gusi)
    world.town.write({**VALUES, "participants": 150}, record=record, scope="gusi")
    world.gusi.write({**VALUES, "name": "元宵灯会"}, record=record)
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert world.gusi.work.conflicts.records() == (record,)


def test_the_same_change_on_both_sides_asks_nobody_and_writes_nothing(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 150})
    assert world.town.work.conflicts.list() == ()
    with world.town.store.reading() as read:
        assert len(read.revisions.heads(record)) == 2
        assert read.records.get(record).heads == 1
    down(world)
    world.gusi.write({**VALUES, "participants": 151}, record=record)
    world.there_and_back(world.gusi)
    assert world.town.values(record)["participants"] == 151


def test_unknown_registers_and_what_the_program_writes_are_left_alone(world: World) -> None:
    both_changed(world, {"participants": 150}, {"name": "元宵灯会"}, type_id="from_a_later_program")
    both_changed(world, {"summary": "一"}, {"checked_by": "区锦堂"}, type_id="monthly_sheet")
    assert len(world.town.work.conflicts.list()) == 2
    assert not any(item.by_item for item in world.town.work.conflicts.list())


def test_what_goes_together_but_breaks_a_rule_is_left_to_a_person(world: World) -> None:
    base = {**VALUES, "start_time": "19:00", "end_time": "20:00"}
    record = both_changed(world, {"start_time": "19:50"}, {"end_time": "19:50"}, base=base)
    left = only(world.town)
    assert left.why == "两边都改过这条记录，放在一起对不上。"
    choices = {
        "start_time": next(side.revision for side in left.sides if side.here),
        "end_time": next(side.revision for side in left.sides if not side.here),
    }
    with pytest.raises(Refused):
        world.town.work.conflicts.mix(record, choices=choices)
    world.town.work.conflicts.mix(record, choices={**choices, "end_time": choices["start_time"]})
    assert world.town.values(record) == {**base, "start_time": "19:50"}


# By a person


def test_what_differs_is_shown_in_words_with_who_and_when(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90, "name": "元宵灯会"})
    found = only(world.town)
    assert (found.record, found.unit, found.by_item) == (record, "gusi", True)
    assert found.why == "两边都改过这条记录，有 2 项不一样。"
    here = next(number for number, side in enumerate(found.sides) if side.here)
    assert {side.who for side in found.sides} == {"古镇镇", "古四村"}
    items = {item.field: item for item in found.items}
    assert items["participants"].texts[here] == "150"
    assert items["participants"].by == (0, 1)
    assert items["name"].by == (1 - here,)
    assert ("日期", "2019-10-05") in found.same


def test_a_figure_to_choose_says_what_it_counts(world: World) -> None:
    base = {"date": "2019-10-05", "title": "粤剧晚会", "duration_min": 120, "audience": 300, "status": "held"}
    both_changed(
        world,
        {"duration_min": 90, "audience": 310},
        {"duration_min": 110, "audience": 320},
        base=base,
        type_id="performance",
    )
    labels = {item.field: item.label for item in only(world.town).items}
    assert labels == {"duration_min": "时长（分钟）", "audience": "观众人次"}


def test_one_version_as_a_whole(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90, "name": "元宵灯会"})
    found = only(world.town)
    village = next(side.revision for side in found.sides if not side.here)
    settled = world.town.work.conflicts.take(record, village, seen=found.revisions)
    assert settled.words == "元宵灯会、90"
    down(world)
    assert world.gusi.values(record) == {**VALUES, "participants": 90, "name": "元宵灯会"}
    history = world.gusi.work.records.history(record)
    assert (history[0].kind, history[0].who) == ("settled", "古镇镇")
    assert {change.field: change.old for change in history[0].changes} == {
        "participants": "150",
        "name": "灯会",
    }
    assert {entry.revision for entry in history} > set(found.revisions)


def test_item_by_item_what_only_one_side_changed_needs_no_choice(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90, "name": "元宵灯会"})
    found = only(world.town)
    here = next(side.revision for side in found.sides if side.here)
    world.town.work.conflicts.mix(record, choices={"participants": here})
    assert world.town.values(record) == {**VALUES, "participants": 150, "name": "元宵灯会"}
    down(world)


def test_new_values_may_stand_for_both(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90})
    world.town.work.conflicts.mix(record, choices={}, values={"participants": 120, "place": "文化广场"})
    assert world.town.values(record) == {**VALUES, "place": "文化广场"}
    down(world)


def test_deleted_against_changed_is_taken_whole(world: World) -> None:
    record = world.gusi.write(VALUES)
    world.there_and_back(world.gusi)
    world.town.write({**VALUES, "participants": 150}, record=record, scope="gusi")
    world.gusi.write(VALUES, record=record, deleted=True)
    world.town.take(world.gusi.export(world.stick))
    found = only(world.town)
    assert (found.by_item, found.why) == (False, "一边删了这条记录，另一边改过。")
    gone = next(side.revision for side in found.sides if side.deleted)
    with pytest.raises(UserError) as refused:
        world.town.work.conflicts.mix(record, choices={"participants": gone})
    assert refused.value.code == "take_whole"
    assert world.town.work.conflicts.take(record, gone).words == "已删除"
    down(world)
    with world.gusi.store.reading() as read:
        assert read.records.get(record).deleted


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"choices": {}}, "not_all_chosen"),
        ({"choices": {"participants": "0" * 64}}, "unknown_revision"),
        ({"choices": {"participants": "", "place": ""}}, "unknown_revision"),
        ({"choices": {}, "values": {"participants": "many"}}, "refused"),
        ({"choices": {}, "values": {"participants": 1, "nothing": 1}}, "refused"),
        ({"choices": {}, "seen": ("0" * 64,)}, "changed_since"),
    ],
)
def test_nothing_is_chosen_for_anybody(world: World, how: dict[str, object], code: str) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90})
    with pytest.raises(UserError) as refused:
        world.town.work.conflicts.mix(record, **how)
    assert refused.value.code == code
    assert world.town.work.conflicts.records() == (record,)


def test_a_village_is_told_who_chooses(world: World) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90})
    world.gusi.take(world.town.export(world.stick, "gusi"))
    with pytest.raises(UserError) as refused:
        world.gusi.work.conflicts.take(record, only(world.gusi).revisions[0])
    assert refused.value.code == "town_settles"


def test_what_is_settled_or_was_never_in_question_is_refused(world: World) -> None:
    record = world.town.write(VALUES)
    for asked, code in ((record, "no_conflict"), ("nothing", "unknown_record")):
        with pytest.raises(UserError) as refused:
            world.town.work.conflicts.take(asked, "0" * 64)
        assert refused.value.code == code


def test_an_erased_person_does_not_come_back_through_a_choice(world: World) -> None:
    base = {"name": "欧阳粤樵", "registered_on": "2019-03-01", "status": "held"}
    clean = {"registered_on": "2019-03-01", "status": "held", "erased": ["n"]}
    record = world.gusi.write(base, type_id="volunteer")
    world.there_and_back(world.gusi)
    world.town.write({**base, "team": "一队"}, record=record, scope="gusi", type_id="volunteer")
    world.gusi.write(clean, record=record, type_id="volunteer")
    world.town.take(world.gusi.export(world.stick))
    found = only(world.town)
    assert found.by_item is False
    here = next(side.revision for side in found.sides if side.here)
    with pytest.raises(UserError) as refused:
        world.town.work.conflicts.take(record, here)
    assert refused.value.code == "erased_already"


# Faults


def test_a_fault_while_putting_together_leaves_the_package_outside(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = world.gusi.write(VALUES)
    world.there_and_back(world.gusi)
    world.town.write({**VALUES, "participants": 150}, record=record, scope="gusi")
    world.gusi.write({**VALUES, "name": "元宵灯会"}, record=record)
    file = world.gusi.export(world.stick)
    before = world.town.digest("gusi")

    def fails(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr(RevisionWriter, "append", fails)
        with pytest.raises(RuntimeError):
            world.town.take(file)
    world.town.reopen()
    assert world.town.digest("gusi") == before
    assert world.town.take(file).merged == 1
    down(world)


def test_a_fault_while_settling_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    record = both_changed(world, {"participants": 150}, {"participants": 90})
    before = world.town.digest("gusi")

    def fails(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr("gzdesk.storage.store.Writing.commit", fails)
        with pytest.raises(RuntimeError):
            world.town.work.conflicts.take(record, only(world.town).revisions[0])
    assert world.town.digest("gusi") == before
    world.town.work.conflicts.take(record, only(world.town).revisions[0])
    assert world.town.work.conflicts.records() == ()


# A village goes on writing before the answer comes


def open_in_both(world: World) -> str:
    """A record that both sides changed in the same item and nobody settled, known on both sides."""
    record = both_changed(world, {"name": "灯会甲"}, {"name": "灯会乙"}, base={**VALUES, "status": "draft"})
    down(world)
    return record


def test_a_village_that_saves_again_settles_nothing(world: World) -> None:
    record = open_in_both(world)
    shown = world.gusi.values(record)
    world.gusi.work.records.save(type_id="activity", values={**shown, "participants": 99}, record_id=record)
    with world.gusi.store.reading() as read:
        kept = read.records.get(record)
    assert kept is not None
    assert (kept.values["participants"], kept.heads) == (99, 2)
    world.town.take(world.gusi.export(world.stick))
    conflict = only(world.town)
    assert {side.texts["name"] for side in conflict.sides} == {"灯会甲", "灯会乙"}


def test_a_record_that_is_not_settled_is_not_deleted_and_the_other_version_does_not_come_up(
    world: World,
) -> None:
    record = open_in_both(world)
    before = world.gusi.values(record)
    with pytest.raises(UserError) as caught:
        world.gusi.work.records.delete(record)
    assert caught.value.code == "not_settled"
    assert world.gusi.values(record) == before
    world.town.work.conflicts.take(record, only(world.town).revisions[0])
    down(world)
    world.gusi.work.records.delete(record)
    with world.gusi.store.reading() as read:
        gone = read.records.get(record)
    assert gone is not None
    assert gone.deleted
