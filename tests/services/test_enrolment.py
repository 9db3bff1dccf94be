"""Joining a town: join files, keys, the number on the phone, and what is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.bootstrap import Workspace
from gzdesk.errors import UserError
from gzdesk.exchange.refusal import Refused
from gzdesk.services.enrolment import read_join_file
from tests.services.world import TODAY, Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


@pytest.fixture
def opened() -> Iterator[list[Workspace]]:
    made: list[Workspace] = []
    yield made
    for workspace in made:
        workspace.close()


def join(world: World, opened: list[Workspace], unit: str, name: str) -> Site:
    """Another PC that joins with a join file of the town."""
    made = world.town.work.enrolment.enrol(unit, world.folder / f"{name}.gzj")
    bootstrap.init_join(world.folder / name, made.file, today=TODAY).close()
    site = Site(world.folder / name)
    opened.append(site.work)
    return site


def test_joining_brings_the_unit_the_list_and_the_catalogue(world: World, tmp_path: Path) -> None:
    film = world.town.write({"title": "流浪地球", "status": "held"}, type_id="film")
    made = world.town.work.enrolment.enrol("曹一村", tmp_path)
    assert made.file == tmp_path / "加入_曹一村.gzj"
    offered = read_join_file(made.file)
    assert (offered.unit.id, offered.units.town.name) == ("caoyi", "古镇镇")
    assert offered.town_fingerprint == made.town_fingerprint == world.town.work.enrolment.fingerprint()
    village = bootstrap.init_join(tmp_path / "caoyi", made.file, today=TODAY)
    try:
        assert village.me.id == "caoyi"
        assert village.enrolment.has_joined()
        with village.context.store.reading() as read:
            assert read.records.get(film) is not None
    finally:
        village.close()


def test_both_sides_see_the_same_number_after_the_first_file(world: World) -> None:
    before = {known.unit.id: known.state for known in world.town.work.enrolment.known_units()}
    assert len(before) == 13
    assert set(before.values()) == {"waiting"}
    up = world.town.take(world.gusi.export(world.stick))
    number = world.gusi.work.enrolment.fingerprint()
    assert up.first_contact == number == world.town.work.enrolment.fingerprint("gusi")
    assert world.gusi.work.enrolment.fingerprint("guzhen") == world.town.work.enrolment.fingerprint()
    known = next(item for item in world.town.work.enrolment.known_units() if item.unit.id == "gusi")
    assert (known.state, known.fingerprints, known.heard_on) == ("accepted", (number,), "2019-11-08")
    assert world.town.take(world.gusi.export(world.stick)).first_contact == ""


def test_the_introduction_is_repeated_until_the_town_has_answered(world: World) -> None:
    def introduced(file: Path) -> bool:
        return world.gusi.work.exchange.inspect(file).manifest["introduction"] is not None

    world.gusi.export(world.stick).unlink()
    second = world.gusi.export(world.stick)
    assert introduced(second), "the first one was lost"
    world.town.take(second)
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert not introduced(world.gusi.export(world.stick))


def test_a_join_file_serves_one_pc_only(world: World, opened: list[Workspace], tmp_path: Path) -> None:
    made = world.town.work.enrolment.enrol("caoyi", tmp_path / "caoyi.gzj")
    answers = []
    for name in ("first", "second"):
        bootstrap.init_join(tmp_path / name, made.file, today=TODAY).close()
        site = Site(tmp_path / name)
        opened.append(site.work)
        answers.append(world.town.take(site.export(world.stick)))
    assert [(item.verdict, item.code) for item in answers] == [
        ("applied", ""),
        ("rejected", "package_join_used"),
    ]
    assert answers[1].reason == "曹一村的加入文件已经在另一台电脑上用过了。"


def test_a_village_rebuilt_from_the_town_gets_everything_back(world: World, opened: list[Workspace]) -> None:
    world.gusi.write()
    world.there_and_back(world.gusi)
    rebuilt = join(world, opened, "gusi", "rebuilt")
    assert rebuilt.revisions("gusi") == frozenset(), (
        "the join file is not sealed: nothing of a village is in it"
    )
    up, down = world.there_and_back(rebuilt)
    assert (up.verdict, down.verdict, down.new) == ("applied", "applied", 1)
    assert rebuilt.digest("gusi") == world.gusi.digest("gusi")
    world.gusi.write()
    rebuilt.write()
    for site in (world.gusi, rebuilt, world.gusi):
        world.there_and_back(site)
    assert world.town.digest("gusi") == world.gusi.digest("gusi")
    assert world.town.digest("gusi")[1] == 3


def test_revoked_keys_vouch_only_for_what_was_here(world: World, opened: list[Workspace]) -> None:
    world.gusi.write()
    old = world.gusi.export(world.stick)
    world.town.take(old)
    world.town.work.enrolment.revoke("gusi")
    world.gusi.write()
    late = world.town.take(world.gusi.export(world.stick))
    assert (late.verdict, late.code) == ("rejected", "package_revoked")
    assert world.town.digest("gusi")[1] == 1
    with pytest.raises(UserError) as caught:
        world.town.export(world.stick, "gusi")
    assert caught.value.code == "unit_not_enrolled"
    states = {known.unit.id: known.state for known in world.town.work.enrolment.known_units()}
    assert states["gusi"] == "revoked"
    anew = join(world, opened, "gusi", "anew")
    assert world.there_and_back(anew)[1].new == 1


def test_a_revoked_signer_cannot_announce_anything(world: World) -> None:
    world.there_and_back(world.gusi)
    world.town.work.enrolment.revoke("gusi")
    before = world.town.work.exchange.status()[1]
    answer = world.town.take(world.gusi.export(world.stick))
    assert (answer.verdict, answer.new) == ("applied", 0)
    assert world.town.work.exchange.status()[1].last_number == before.last_number


def test_an_open_join_file_is_spent_by_revoking(world: World) -> None:
    world.town.work.enrolment.revoke("gusi")
    answer = world.town.take(world.gusi.export(world.stick))
    assert (answer.verdict, answer.code) == ("rejected", "package_join_used")


def test_a_unit_nobody_invited_is_unknown(world: World, tmp_path: Path) -> None:
    other = bootstrap.init_town(tmp_path / "other", today=TODAY)
    made = other.enrolment.enrol("gusi", tmp_path)
    village = bootstrap.init_join(tmp_path / "stranger", made.file, today=TODAY)
    try:
        (file,) = village.exchange.export(world.stick)
        answer = world.town.take(file.file)
        assert (answer.verdict, answer.code) == ("rejected", "package_foreign")
        assert answer.reason == "这个文件是别的镇的，这里不能收。"
        world.there_and_back(world.gusi)
        (mine,) = village.exchange.import_files([world.town.export(world.stick, "gusi")])
        assert (mine.verdict, mine.code) == ("rejected", "package_foreign")
    finally:
        village.close()
        other.close()


def test_a_town_put_back_from_before_the_join_file_does_not_know_the_pc(
    world: World, opened: list[Workspace], tmp_path: Path
) -> None:
    backup = world.town.copy_to(tmp_path / "backup")
    village = join(world, opened, "caoyi", "caoyi")
    world.town.close()
    world.sites["guzhen"] = Site(backup)
    answer = world.town.take(village.export(world.stick))
    assert (answer.verdict, answer.code) == ("rejected", "package_unknown_signer")
    assert answer.reason == "曹一村做这个文件的电脑，这里还不认识。"
    again = world.town.work.enrolment.enrol("caoyi", tmp_path)
    village.work.enrolment.accept(read_join_file(again.file))
    assert world.there_and_back(village)[0].verdict == "applied"


def test_a_village_that_worked_alone_joins_with_its_records(world: World, tmp_path: Path) -> None:
    bootstrap.init_village(tmp_path / "alone", name="曹一村", today=TODAY).close()
    alone = Site(tmp_path / "alone")
    try:
        alone.write()
        assert not alone.work.enrolment.has_joined()
        made = world.town.work.enrolment.enrol("caoyi", tmp_path)
        alone.work.enrolment.accept(read_join_file(made.file))
        assert alone.work.enrolment.has_joined()
        up, _down = world.there_and_back(alone)
        assert (up.verdict, up.new) == ("applied", 1)
        assert alone.digest("caoyi", "guzhen") == world.town.digest("caoyi", "guzhen")
    finally:
        alone.close()


def test_a_join_file_for_another_unit_is_refused(world: World, tmp_path: Path) -> None:
    made = world.town.work.enrolment.enrol("caoyi", tmp_path)
    with pytest.raises(UserError) as caught:
        world.gusi.work.enrolment.accept(read_join_file(made.file))
    assert caught.value.code == "join_other_unit"
    assert caught.value.message == "这份加入文件是给曹一村的，这台电脑的台账是古四村的。"


def test_older_answers_stay_readable_after_joining_again(world: World, tmp_path: Path) -> None:
    world.town.take(world.gusi.export(world.stick))
    film = world.town.write({"title": "新片"}, type_id="film")
    answer = world.town.export(world.stick, "gusi")
    made = world.town.work.enrolment.enrol("gusi", tmp_path)
    world.gusi.work.enrolment.accept(read_join_file(made.file))
    assert world.gusi.take(answer).verdict in ("applied", "already")
    assert world.gusi.values(film) == {"title": "新片"}


@pytest.mark.parametrize("key", ["guzhen", "gusi"])
def test_only_the_town_invites_and_only_units_below_it(world: World, key: str) -> None:
    site = world.town if key == "guzhen" else world.gusi
    with pytest.raises(UserError) as caught:
        site.work.enrolment.enrol(key, world.folder)
    assert caught.value.code == "not_a_unit_below"
    assert not list(world.folder.glob("*.gzj"))


def test_a_join_file_that_cannot_be_written_leaves_no_invitation(world: World) -> None:
    with pytest.raises(UserError) as caught:
        world.town.work.enrolment.enrol("caoyi", world.folder / "missing" / "caoyi.gzj")
    assert caught.value.code == "stick_gone"
    known = {item.unit.id: item.invited_on for item in world.town.work.enrolment.known_units()}
    assert known["caoyi"] == ""


def test_a_broken_join_file_is_a_sentence_and_leaves_no_ledger(world: World, tmp_path: Path) -> None:
    made = world.town.work.enrolment.enrol("caoyi", tmp_path / "caoyi.gzj")
    content = made.file.read_bytes()
    for damaged in (b"", content[:1000], content[:-30], b"x" * 5000):
        made.file.write_bytes(damaged)
        with pytest.raises(Refused) as caught:
            bootstrap.init_join(tmp_path / "new", made.file, today=TODAY)
        assert caught.value.code == "join_file_broken"
        assert caught.value.hint == "请向镇文化站另要一份。"
    with pytest.raises(UserError) as missing:
        bootstrap.init_join(tmp_path / "new", tmp_path / "none.gzj", today=TODAY)
    assert missing.value.code == "join_file_unreadable"
    assert not (tmp_path / "new").exists() or not list((tmp_path / "new").glob("*.sqlite3"))


def test_a_changed_byte_of_a_join_file_is_refused_or_means_the_same(world: World, tmp_path: Path) -> None:
    made = world.town.work.enrolment.enrol("caoyi", tmp_path / "caoyi.gzj")
    content, offered = made.file.read_bytes(), read_join_file(made.file)
    changed = tmp_path / "changed.gzj"
    refused = 0
    start = content.index(b"content.zip")
    end = content.rindex(b"PK\x01\x02", 0, content.rindex(b"PK\x01\x02", 0, len(content) - 100))
    # Every byte of the manifest, the signature and the directory; a sample of the hashed content.
    positions = [*range(0, start, 3), *range(start, end, 97), *range(end, len(content))]
    for position in positions:
        damaged = bytearray(content)
        damaged[position] ^= 0x20
        changed.write_bytes(damaged)
        try:
            assert replace(read_join_file(changed), file=offered.file) == offered
        except Refused:
            refused += 1
    assert refused > len(positions) - 120


def test_a_package_is_not_a_join_file_and_the_other_way_round(world: World, tmp_path: Path) -> None:
    made = world.town.work.enrolment.enrol("caoyi", tmp_path / "caoyi.gzj")
    with pytest.raises(UserError) as caught:
        read_join_file(world.gusi.export(world.stick))
    assert caught.value.code == "join_file_broken"
    disguised = tmp_path / "caoyi.gzp"
    shutil.copy(made.file, disguised)
    assert world.town.take(disguised).verdict == "rejected"
