"""Erasing that is interrupted leaves all or nothing, and what could not be finished is finished at the next start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from gzdesk.errors import UserError
from gzdesk.services.privacy import Erased
from tests.services.interrupting import Died, Interruption, interrupted
from tests.services.world import VALUES, Site, World

_MOST_CALLS = 300


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def _name(number: int) -> str:
    return f"欧阳粤樵第{number}人"


def _register(site: Site, number: int) -> tuple[str, str]:
    """Somebody with a photo, who leads an activity and of whom a form is half typed; returns both records."""
    name = _name(number)
    with site.store.writing() as work:
        sha256 = work.files.put(name.encode())
        work.commit()
    photo = {"sha256": sha256, "name": "同意书.jpg", "size_bytes": 9}
    body = {"name": name, "registered_on": "2019-03-01", "status": "held", "evidence": [photo]}
    person = site.write(body, type_id="volunteer")
    led = site.write({**VALUES, "leader": name})
    site.work.drafts.keep(type_id="volunteer", record_id=None, content={"name": name})
    return person, led


def _state(site: Site, number: int, person: str, led: str) -> str:
    """`whole` or `erased`; anything between fails."""
    with site.store.reading() as read:
        assert read.check_file() == ()
        assert read.view_differences() == ()
        mine, theirs = read.records.get(person), read.records.get(led)
        kept = list(read.revisions.holding([_name(number)], scope="gusi"))
    named = [mine.values["name"] == _name(number), theirs.values["leader"] == _name(number), len(kept) == 2]
    assert all(named) or not any(named), named
    assert (mine.values["registered_on"], theirs.values["audience"]) == ("2019-03-01", 120)
    return "whole" if all(named) else "erased"


def _is_nowhere(site: Site, number: int) -> None:
    raw = _name(number).encode()
    holding = [path.name for path in site.folder.rglob("*") if path.is_file() and raw in path.read_bytes()]
    assert holding == []


def _erase(site: Site, person: str) -> Erased:
    return site.work.privacy.erase(person, reason="asked", mentions=None)


def test_erasing_may_die_at_any_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    site, states = world.gusi, []
    for number in range(1, _MOST_CALLS):
        person, led = _register(site, number)
        try:
            with interrupted(site.store, monkeypatch, Interruption(number, deadly=True)):
                _erase(site, person)
        except Died:
            site.reopen()
        else:
            break
        states.append(_state(site, number, person, led))
        if states[-1] == "whole":
            _erase(site, person)
        _is_nowhere(site, number)
    else:
        pytest.fail("the erasing never came to its end")
    assert {"whole", "erased"} == set(states), "it died before and after the commit"
    assert states == sorted(states, reverse=True)
    assert site.work.maintenance.check().ok


def test_any_call_of_erasing_may_fail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    site, unfinished = world.gusi, 0
    for number in range(1, _MOST_CALLS):
        person, led = _register(site, number)
        with interrupted(site.store, monkeypatch, Interruption(number, deadly=False)) as interruption:
            done = None
            with suppress(UserError):
                done = _erase(site, person)
        if not interruption.happened:
            break
        state = _state(site, number, person, led)
        assert (done is None) == (state == "whole"), "what is refused changed nothing"
        if done is None:
            _erase(site, person)
        elif done.unfinished:
            unfinished += 1
            site.reopen()
        _is_nowhere(site, number)
    else:
        pytest.fail("the erasing never came to its end")
    assert unfinished >= 3


def test_taking_in_an_erasure_may_die_at_any_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    states = []
    for number in range(1, _MOST_CALLS, 2):
        person, led = _register(world.gusi, number)
        world.town.take(world.gusi.export(world.stick))
        world.gusi.take(world.town.export(world.stick, "gusi"))
        _erase(world.gusi, person)
        file = world.gusi.export(world.stick)
        try:
            with interrupted(world.town.store, monkeypatch, Interruption(number, deadly=True)):
                world.town.take(file)
        except Died:
            world.town.reopen()
        else:
            break
        states.append(_state(world.town, number, person, led))
        world.town.take(file)
        assert _state(world.town, number, person, led) == "erased"
        _is_nowhere(world.town, number)
    else:
        pytest.fail("the import never came to its end")
    assert {"whole", "erased"} == set(states)
    assert world.town.digest("gusi") == world.gusi.digest("gusi")
