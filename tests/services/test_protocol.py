"""The protocol holds in every story that Hypothesis tells, and each of three rivals fails in one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from gzdesk.domain.three_way import PROGRAM
from gzdesk.services.peers import Peer, load_peer, tips_from_data
from gzdesk.services.receiving import Receiving
from gzdesk.services.sending import Sending
from gzdesk.storage import view
from gzdesk.storage.authoring import Received, RevisionWriter
from gzdesk.storage.packages import OUTGOING
from gzdesk.storage.revisions import Tip
from gzdesk.storage.store import Reading
from tests.services.protocol import ExchangeMachine, Stick
from tests.services.world import VALUES, Site, World

_STORIES = settings(
    max_examples=20,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def test_every_story_ends_with_all_equal() -> None:
    run_state_machine_as_test(ExchangeMachine, settings=_STORIES)


class _AcknowledgedByNumber(ExchangeMachine):
    """Tells the sender the greatest package number that came, and the sender believes that all before it came."""

    def left(self, site: Site, receiver: str, file: Path) -> None:
        with site.store.reading() as read:
            number = load_peer(read.local, receiver).heard_number
        file.with_suffix(".heard").write_text(str(number))

    def arrived(self, site: Site, stick: Stick) -> None:
        number = int(stick.file.with_suffix(".heard").read_text())
        with site.store.writing() as work:
            name = f"rival:{stick.sender}"
            work.local.put(name, max(number, work.local.get(name, 0)))
            work.commit()


def _since_the_last_export(_self: Sending, read: Reading, peer: Peer) -> Iterable[Tip]:
    rows = read.packages.all(OUTGOING, unit=peer.unit)
    return tips_from_data(rows[0].detail["tips"]) if rows else ()


def _by_number(_self: Sending, read: Reading, peer: Peer) -> Iterable[Tip]:
    number = read.local.get(f"rival:{peer.unit}", 0)
    rows = [row for row in read.packages.all(OUTGOING, unit=peer.unit) if row.number == number]
    return tips_from_data(rows[0].detail["tips"]) if rows else ()


def _last_clock_wins(original: Any) -> Any:
    def items(self: Receiving, work: Any, *arguments: Any) -> Iterator[Received]:
        for item in original(self, work, *arguments):
            shown = work.records.get(item.header.record)
            if shown is None or item.header.recorded_at > shown.recorded_at:
                yield item

    return items


def a_lost_stick(machine: ExchangeMachine) -> None:
    machine.write(who=1, which=0, audience=1, wrong_clock_h=0)
    machine.send(who=0, down=False)
    machine.lose(which=0)


def a_number_used_twice(machine: ExchangeMachine) -> None:
    machine.copy(who=1)
    machine.carry(who=0, down=False)
    machine.put_back(which=0, who=0, with_anchor=False)
    machine.write(who=1, which=0, audience=1, wrong_clock_h=0)
    machine.send(who=0, down=False)
    machine.lose(which=0)
    machine.send(who=0, down=True)
    machine.arrive(which=0, who=0)


def a_slow_clock(machine: ExchangeMachine) -> None:
    machine.write(who=1, which=1, audience=1, wrong_clock_h=400)
    machine.carry(who=0, down=True)
    machine.write(who=1, which=1, audience=2, wrong_clock_h=-500)


def a_person_erased(machine: ExchangeMachine) -> None:
    machine.register(who=1)
    machine.send(who=0, down=False)
    machine.carry(who=0, down=True)
    machine.copy(who=1)
    machine.erase(who=1, which=0, again=True)
    machine.carry(who=0, down=True)
    machine.arrive(which=0, who=0)
    machine.clone(which=0, with_anchor=True)
    machine.change_a_person(who=3, which=0, gone=False)


def two_pcs_of_one_village(machine: ExchangeMachine) -> None:
    """Both change the same record: one item each comes together, the same item waits for the town."""
    machine.write(who=1, which=0, audience=1, wrong_clock_h=0)
    machine.carry(who=0, down=True)
    machine.copy(who=1)
    machine.clone(which=0, with_anchor=True)
    machine.change_an_item(who=1, which=0, item="title", value=1)
    machine.change_an_item(who=3, which=0, item="place", value=2)
    machine.carry(who=0, down=False)
    machine.carry(who=2, down=True)
    machine.carry(who=0, down=True)
    machine.change_an_item(who=1, which=0, item="title", value=0)
    machine.change_an_item(who=3, which=0, item="title", value=2)
    machine.carry(who=0, down=False)
    machine.carry(who=2, down=False)
    machine.choose(which=0)


STORIES = {
    "since the last export": a_lost_stick,
    "acknowledged by number": a_number_used_twice,
    "last clock wins": a_slow_clock,
}


def _tell(machine: ExchangeMachine, story: Callable[[ExchangeMachine], None]) -> None:
    machine.everybody_has_met()
    story(machine)
    machine.teardown()


@pytest.mark.parametrize("story", [*STORIES.values(), a_person_erased, two_pcs_of_one_village])
def test_the_stories_that_rivals_fail_end_well(story: Callable[[ExchangeMachine], None]) -> None:
    _tell(ExchangeMachine(), story)


@pytest.mark.parametrize("rival", STORIES)
def test_a_rival_fails_in_its_story(rival: str, monkeypatch: pytest.MonkeyPatch) -> None:
    machine: type[ExchangeMachine] = ExchangeMachine
    if rival == "since the last export":
        monkeypatch.setattr(Sending, "known_to", _since_the_last_export)
    elif rival == "acknowledged by number":
        machine = _AcknowledgedByNumber
        monkeypatch.setattr(Sending, "known_to", _by_number)
    else:
        monkeypatch.setattr(Receiving, "_items", _last_clock_wins(Receiving._items))
    with pytest.raises(AssertionError, match="what is shown differs"):
        _tell(machine(), STORIES[rival])


def test_a_person_erased_only_at_home_is_still_in_the_town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RevisionWriter, "_strip_received", lambda _self, _records: None)
    with pytest.raises(AssertionError, match="an erased person is still there"):
        _tell(ExchangeMachine(), a_person_erased)


def test_a_search_finds_a_story_that_a_rival_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sending, "known_to", _since_the_last_export)
    searching = settings(
        _STORIES, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(ExchangeMachine, settings=searching)


def test_two_town_pcs_do_not_answer_each_other_for_ever(tmp_path: Path) -> None:
    _two_towns(tmp_path)


def test_a_program_that_merges_what_says_the_same_never_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rival counts every head as a side of its own."""
    monkeypatch.setattr(view, "count_different", lambda nodes: len(tuple(nodes)))
    with pytest.raises(AssertionError, match="something is written for ever"):
        _two_towns(tmp_path)


def _two_towns(folder: Path) -> None:
    """A town's copy is put back while the old PC goes on: both put the same versions together, and that is that."""
    world = World.make(folder, ("guzhen", "gusi"))
    sites = [world.town, world.gusi]
    try:
        record = world.gusi.write()
        world.there_and_back(world.gusi)
        sites += [Site(site.copy_to(folder / f"other-{site.unit}")) for site in sites]
        towns, villages = sites[0::2], sites[1::2]
        villages[0].write({**VALUES, "title": "元宵灯会"}, record=record)
        villages[1].write({**VALUES, "audience": 150}, record=record)
        for file in [village.export(world.stick) for village in villages]:
            for town in towns:
                town.take(file)
        assert [_merged_by_program(town, record) for town in towns] == [1, 1]
        held = []
        for _round in range(4):
            for crossed in (False, True):
                for village, town in zip(villages, reversed(towns) if crossed else towns, strict=True):
                    # Down first: a village sends what the town PC that it heard last does not have.
                    village.take(town.export(world.stick, "gusi"))
                    town.take(village.export(world.stick))
                    village.take(town.export(world.stick, "gusi"))
            held.append(frozenset().union(*(site.revisions("gusi") for site in sites)))
        assert held[1] == held[3], "something is written for ever"
        assert len({site.digest("gusi") for site in sites}) == 1
        assert villages[0].values(record) == {**VALUES, "title": "元宵灯会", "audience": 150}
    finally:
        for site in sites:
            site.close()


def _merged_by_program(site: Site, record: str) -> int:
    with site.store.reading() as read:
        return sum(item.header.actor == PROGRAM for item in read.revisions.history(record))
