"""Put back, moved, cloned: the writer is renewed where its chain would fork, and both copies go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.world import VALUES, Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def test_a_ledger_that_stays_keeps_its_writer(world: World) -> None:
    writer = world.gusi.store.writer
    world.there_and_back(world.gusi)
    world.gusi.reopen()
    assert world.gusi.store.writer == writer


def test_a_copy_elsewhere_is_another_writer_from_the_first_export_on(world: World, tmp_path: Path) -> None:
    world.gusi.export(world.stick)
    copy = Site(world.gusi.copy_to(tmp_path / "copy"))
    assert copy.store.writer != world.gusi.store.writer
    writer = copy.store.writer
    copy.reopen()
    assert copy.store.writer == writer, "once is enough"
    copy.close()


def test_a_ledger_put_back_in_its_place_is_another_writer(world: World, tmp_path: Path) -> None:
    backup = world.gusi.copy_to(tmp_path / "backup")
    world.gusi.write()
    world.there_and_back(world.gusi)
    writer = world.gusi.store.writer
    world.gusi.close()
    for item in backup.glob("gzdesk.sqlite3*"):
        (world.gusi.folder / item.name).write_bytes(item.read_bytes())
    for suffix in ("-wal", "-shm"):
        if not (backup / f"gzdesk.sqlite3{suffix}").exists():
            (world.gusi.folder / f"gzdesk.sqlite3{suffix}").unlink(missing_ok=True)
    world.sites["gusi"] = Site(world.gusi.folder)
    assert world.gusi.store.writer != writer
    record = world.gusi.write()
    for _ in range(2):
        world.there_and_back(world.gusi)
    assert world.gusi.digest("gusi") == world.town.digest("gusi")
    assert world.gusi.digest("gusi")[1] == 2
    assert world.gusi.values(record) == VALUES


def test_a_clone_from_before_the_first_export_is_told_and_loses_nothing(world: World, tmp_path: Path) -> None:
    clone = Site(world.gusi.copy_to(tmp_path / "clone"))
    assert clone.store.writer == world.gusi.store.writer
    # Both PCs were set up from one join file, so both have the same keys and the town takes both.
    world.gusi.write({**VALUES, "title": "A"})
    clone.write({**VALUES, "title": "B"})
    world.there_and_back(world.gusi)
    world.there_and_back(clone)
    (row,) = [item for item in world.town.work.exchange.status() if item.unit.id == "gusi"]
    assert row.clones == (world.gusi.store.writer,)
    assert clone.store.writer != world.gusi.store.writer, (
        "the clone has met its own words and goes on as another"
    )
    world.there_and_back(world.gusi)
    assert world.gusi.digest("gusi") == clone.digest("gusi") == world.town.digest("gusi")
    assert world.town.digest("gusi")[1] == 2
    clone.close()


def test_a_clone_s_receipt_is_not_taken_for_one_s_own(world: World, tmp_path: Path) -> None:
    clone = Site(world.gusi.copy_to(tmp_path / "clone"))
    writer = world.gusi.store.writer
    world.gusi.write({**VALUES, "title": "A"})
    clone.write({**VALUES, "title": "B"})
    world.there_and_back(clone)
    backup = world.town.copy_to(tmp_path / "backup")
    world.there_and_back(world.gusi)
    assert world.gusi.work.exchange.acknowledged().covers(unit="gusi", writer=writer, seq=1)
    # The town goes back to when it held the clone's word number 1 and not ours.
    world.town.close()
    world.sites["guzhen"] = Site(backup)
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert not world.gusi.work.exchange.acknowledged().covers(unit="gusi", writer=writer, seq=1)
    clone.close()


def test_a_town_put_back_from_an_old_copy_gets_its_own_words_back(world: World, tmp_path: Path) -> None:
    world.there_and_back(world.gusi)
    backup = world.town.copy_to(tmp_path / "backup")
    film = world.town.write({"title": "新片"}, type_id="film")
    world.there_and_back(world.gusi)
    world.town.close()
    world.sites["guzhen"] = Site(backup)
    world.there_and_back(world.gusi)
    world.there_and_back(world.gusi)
    assert world.town.values(film) == {"title": "新片"}
    assert world.town.digest("guzhen") == world.gusi.digest("guzhen")
