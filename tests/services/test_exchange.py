"""Reports go up, answers come down: what each side holds, and what it is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from gzdesk import bootstrap
from gzdesk.domain.period import Month
from gzdesk.errors import UserError
from gzdesk.exchange import plan
from gzdesk.exchange.limits import PartLimits
from tests.services.world import TODAY, VALUES, Site, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.make(tmp_path)
    yield made
    made.close()


def test_a_report_goes_up_and_is_acknowledged(world: World) -> None:
    record = world.gusi.write()
    world.gusi.sheet("2019-10")
    contents = world.gusi.work.exchange.contents()
    assert (contents.to.id, contents.number, contents.revisions) == ("guzhen", 1, 2)
    assert [(row.label, row.detail, row.count) for row in contents.rows] == [
        ("月报表", "2019-10，已封账", "1 份"),
        ("活动登记", "文化活动 1", "1 条"),
    ]

    file = world.gusi.export(world.stick)
    assert file.name == "古四村_2019-10_第001包.gzp"
    up = world.town.take(file)
    assert (up.verdict, up.new, up.changed, up.already, up.conflicts) == ("applied", 2, 0, 0, 0)
    assert up.sender is not None
    assert (up.sender.id, up.number, up.months) == ("gusi", 1, (Month(2019, 10),))
    assert up.closed_months == (Month(2019, 10),)
    assert up.first_contact == world.gusi.work.enrolment.fingerprint()
    assert world.town.values(record) == VALUES
    assert world.town.digest("gusi") == world.gusi.digest("gusi")

    (sent,) = world.gusi.work.exchange.sent_packages()
    assert sent.acknowledged_on == ""
    answer = world.town.export(world.stick, "gusi")
    assert answer.name == "回执_古四村_第001包.gzp"
    assert world.gusi.take(answer).verdict == "applied"
    (sent,) = world.gusi.work.exchange.sent_packages()
    assert (sent.acknowledged_on, sent.answered_by) == ("2019-11-08", 1)
    assert world.gusi.work.exchange.contents().revisions == 0


def test_a_receipt_covers_records_one_by_one(world: World) -> None:
    world.gusi.write()
    world.there_and_back(world.gusi)
    late = world.gusi.write()
    proved = world.gusi.work.exchange.acknowledged()
    with world.gusi.store.reading() as read:
        (revision,) = read.revisions.history(late)
    header = revision.header
    assert proved.covers(unit="gusi", writer=header.writer, seq=1)
    assert not proved.covers(unit="gusi", writer=header.writer, seq=header.seq)
    assert not proved.covers(unit="gusan", writer=header.writer, seq=1)


def test_a_tip_that_is_not_here_proves_nothing(world: World, tmp_path: Path) -> None:
    copy = world.gusi.copy_to(tmp_path / "copy")
    for _ in range(3):
        world.gusi.write()
    answer = _answer_to(world)
    clone = Site(copy)
    try:
        clone.write()
        clone.take(answer)
        writer = world.gusi.store.writer
        assert not clone.work.exchange.acknowledged().covers(unit="gusi", writer=writer, seq=1)
    finally:
        clone.close()


def _answer_to(world: World) -> Path:
    """What the town answers to 古四村, still without the records themselves."""
    world.town.take(world.gusi.export(world.stick))
    answer = world.town.export(world.stick, "gusi")
    assert world.town.work.exchange.inspect(answer).counts["revisions"] == 0
    return answer


def test_a_village_may_not_speak_for_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.gusi.write(scope="gusan")
    with monkeypatch.context() as patch:
        patch.setattr(plan.Tree, "scopes_between", lambda *_: ("gusi", "gusan"))
        file = world.gusi.export(world.stick)
    answer = world.town.take(file)
    assert (answer.verdict, answer.code) == ("rejected", "package_broken")
    assert world.town.revisions("gusan") == frozenset()


def test_only_what_is_not_proved_is_sent_again(world: World) -> None:
    for _ in range(3):
        world.gusi.write()
    lost = world.gusi.export(world.stick)
    lost.unlink()
    world.gusi.write()
    assert world.gusi.work.exchange.contents().revisions == 4, "a lost stick needs nothing but another export"
    world.there_and_back(world.gusi)
    world.gusi.write()
    assert world.gusi.work.exchange.contents().revisions == 1


def test_an_export_with_nothing_new_is_still_a_receipt(world: World) -> None:
    world.there_and_back(world.gusi)
    up = world.town.take(world.gusi.export(world.stick))
    assert (up.verdict, up.new, up.already) == ("applied", 0, 0)


def test_the_same_file_again_is_already_here(world: World) -> None:
    world.gusi.write()
    file = world.gusi.export(world.stick)
    world.town.take(file)
    before = world.town.revisions("gusi")
    again = world.town.take(file)
    assert (again.verdict, again.new, again.already) == ("already", 0, 1)
    assert again.reason == "这些都已经收过，不会重复计数。"
    renamed = file.with_name("copy.gzp")
    file.rename(renamed)
    assert world.town.take(renamed).verdict == "already"
    assert world.town.revisions("gusi") == before


def test_a_file_in_the_log_whose_records_are_gone_is_taken_in_again(world: World) -> None:
    record = world.gusi.write()
    file = world.gusi.export(world.stick)
    world.town.take(file)
    with world.town.store.writing() as work:
        for table in ("records", "revisions"):
            where = "type = (SELECT key FROM types WHERE id = 'activity')"
            work.connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}")
        work.commit()
    assert world.town.revisions("gusi") == frozenset()
    answer = world.town.take(file)
    assert (answer.verdict, answer.new) == ("applied", 1)
    assert world.town.values(record) == VALUES


def test_another_file_with_the_same_records_is_already_here(world: World) -> None:
    world.gusi.write()
    first, second = world.gusi.export(world.stick), world.gusi.export(world.stick)
    assert first != second
    assert world.town.take(second).verdict == "applied"
    assert world.town.take(first).verdict == "already"


def test_a_change_counts_as_changed_and_a_deletion_as_well(world: World) -> None:
    kept, gone = world.gusi.write(), world.gusi.write()
    world.there_and_back(world.gusi)
    world.gusi.write({**VALUES, "audience": 130}, record=kept)
    world.gusi.write(record=gone, deleted=True)
    world.gusi.write()
    rows = world.gusi.work.exchange.contents().rows
    assert [(row.label, row.detail) for row in rows][-1] == ("改动说明", "改动 1、删除 1")
    up, _down = world.there_and_back(world.gusi)
    assert (up.new, up.changed, up.already) == (1, 2, 0)
    assert world.town.values(kept)["audience"] == 130
    assert world.town.digest("gusi") == world.gusi.digest("gusi")


def test_what_both_changed_is_kept_twice_and_said(world: World) -> None:
    record = world.gusi.write()
    world.there_and_back(world.gusi)
    world.town.write({**VALUES, "audience": 1}, record=record, scope="gusi")
    world.gusi.write({**VALUES, "audience": 2}, record=record)
    up = world.town.take(world.gusi.export(world.stick))
    assert (up.verdict, up.conflicts) == ("applied", 1)
    assert up.reason == "有 1 条记录，两边都改过。"
    assert world.town.work.exchange.status()[1].conflicts == 1
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert world.town.digest("gusi") == world.gusi.digest("gusi")
    with world.gusi.store.reading() as read:
        assert len(read.revisions.heads(record)) == 2


def test_a_village_gets_the_catalogue_and_its_own_scope_only(world: World) -> None:
    film = world.town.write({"title": "流浪地球"}, type_id="film")
    world.gusan.write()
    world.there_and_back(world.gusan)
    world.there_and_back(world.gusi)
    assert world.gusi.values(film) == {"title": "流浪地球"}
    assert world.gusi.digest("guzhen") == world.town.digest("guzhen")
    assert world.gusi.revisions("gusan") == frozenset()


def test_looking_says_what_importing_will_do_and_changes_nothing(world: World) -> None:
    record = world.gusi.write()
    first = world.gusi.export(world.stick)
    world.gusi.write({**VALUES, "audience": 7}, record=record)
    world.gusi.write()
    world.gusi.export(world.stick)
    world.gusan.write()
    world.gusan.export(world.stick)
    (world.stick / "broken.gzp").write_bytes(first.read_bytes()[:300])
    (world.stick / "photo.jpg").write_bytes(b"jpeg")
    looked = world.town.work.exchange.find([world.stick])
    assert world.town.revisions("gusi", "gusan") == frozenset()
    assert world.town.work.exchange.last_imports() == ()
    done = world.town.work.exchange.import_files([world.stick])
    assert looked == done
    assert [
        (item.sender.id if item.sender else "", item.verdict, item.new, item.changed) for item in done
    ] == [
        ("gusan", "applied", 1, 0),
        ("gusi", "applied", 1, 0),
        ("gusi", "applied", 1, 1),
        ("", "rejected", 0, 0),
    ]
    assert not list((world.town.folder / "inbox").iterdir())


def test_a_stick_that_goes_round_shows_each_unit_only_its_own(world: World) -> None:
    for village in (world.gusi, world.gusan):
        village.write()
        world.town.take(village.export(world.stick))
    made = world.town.work.exchange.export(world.stick)
    assert [item.to.id for item in made] == ["gusi", "gusan"]
    (answer,) = world.gusi.work.exchange.import_files([world.stick])
    assert answer.file == made[0].file
    (refused,) = world.gusi.work.exchange.import_files([made[1].file])
    assert (refused.verdict, refused.code) == ("rejected", "package_not_for_us")
    assert refused.reason == "这个文件是给古三村的，不是给本单位的。"


def _photo(site, content: bytes) -> dict[str, object]:
    with site.store.writing() as work:
        sha256 = work.files.put(content)
    return {"sha256": sha256, "name": "现场.jpg", "size_bytes": len(content)}


def test_photos_travel_once(world: World) -> None:
    photo = _photo(world.gusi, b"first")
    record = world.gusi.write({**VALUES, "evidence": [photo]})
    assert world.gusi.work.exchange.contents().attachments == 1
    world.there_and_back(world.gusi)
    assert world.town.store.files.read(str(photo["sha256"])) == b"first"
    second = _photo(world.gusi, b"second")
    world.gusi.write({**VALUES, "evidence": [photo, second]}, record=record)
    assert world.gusi.work.exchange.contents().attachments == 1
    world.there_and_back(world.gusi)
    assert world.town.store.files.read(str(second["sha256"])) == b"second"


def test_a_missing_photo_is_named_asked_for_and_comes_later(world: World) -> None:
    content = b"photo"
    photo = {"sha256": hashlib.sha256(content).hexdigest(), "name": "现场.jpg", "size_bytes": len(content)}
    world.gusi.write({**VALUES, "evidence": [photo]})
    (made,) = world.gusi.work.exchange.export(world.stick)
    assert (made.attachments, made.left_out) == (0, 1)
    up = world.town.take(made.file)
    assert (up.verdict, up.missing, up.reason) == ("applied", 1, "缺 1 张照片。")
    world.gusi.take(world.town.export(world.stick, "gusi"))
    _photo(world.gusi, content)
    contents = world.gusi.work.exchange.contents()
    assert (contents.revisions, contents.attachments) == (0, 1)
    world.there_and_back(world.gusi)
    assert world.town.store.files.read(str(photo["sha256"])) == content
    assert world.gusi.work.exchange.contents().attachments == 0
    assert world.town.work.exchange.status()[1].missing_attachments == 0


def test_parts_are_taken_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    photos = [_photo(world.gusi, bytes([number]) * 30_000) for number in range(3)]
    world.gusi.write({**VALUES, "evidence": photos})
    monkeypatch.setattr(type(world.gusi.work.exchange.sending), "part_limits", PartLimits(bytes=40_000))
    made = world.gusi.work.exchange.export(world.stick)
    assert [item.file.name for item in made] == [f"古四村_2019-10_第001包_{n}-3.gzp" for n in (1, 2, 3)]
    answers = world.town.work.exchange.import_files([made[2].file, made[0].file])
    assert [(item.part, item.verdict, item.missing) for item in answers] == [
        (1, "applied", 2),
        (3, "applied", 0),
    ]
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert world.gusi.work.exchange.contents().attachments == 1, "the lost part's photo is asked for"
    world.town.take(made[1].file)
    assert all(world.town.store.files.has(str(photo["sha256"])) for photo in photos)


def test_the_outbox_keeps_a_copy_until_the_receipt(world: World) -> None:
    outbox = world.gusi.folder / "outbox"
    world.gusi.write()
    file = world.gusi.export(world.stick)
    assert [item.read_bytes() for item in outbox.iterdir()] == [file.read_bytes()]
    world.town.take(file)
    world.gusi.take(world.town.export(world.stick, "gusi"))
    assert list(outbox.iterdir()) == []


def test_without_receipts_the_outbox_does_not_grow_for_ever(world: World) -> None:
    world.gusi.write()
    for _ in range(6):
        world.gusi.export(world.stick)
    assert len(list((world.gusi.folder / "outbox").iterdir())) <= 4
    assert len(world.gusi.work.exchange.sent_packages()) == 6


def test_a_gap_is_named_and_healed_by_the_next_stick(world: World, tmp_path: Path) -> None:
    world.gusi.write()
    world.there_and_back(world.gusi)
    backup = world.town.copy_to(tmp_path / "backup")
    world.gusi.write()
    world.there_and_back(world.gusi)
    world.town.close()
    world.sites["guzhen"] = type(world.town)(backup)
    world.gusi.write()
    up = world.town.take(world.gusi.export(world.stick))
    assert (up.verdict, up.number, up.missing_numbers, up.new) == ("parked", 3, (2,), 1)
    assert up.reason == "收到第 3 次，缺第 2 次。"
    assert up.hint == "已先收下，请古四村补交第 2 次。"
    (gap,) = world.town.work.exchange.status()[1].missing
    assert (gap.first_seq, gap.last_seq) == (2, 2)
    world.gusi.take(world.town.export(world.stick, "gusi"))
    up, _down = world.there_and_back(world.gusi)
    assert up.verdict == "applied"
    assert world.town.digest("gusi") == world.gusi.digest("gusi")
    assert world.town.work.exchange.status()[1].missing == ()


def test_status_of_a_unit(world: World) -> None:
    silent, _gusi, *_rest = world.town.work.exchange.status()
    assert (silent.unit.id, silent.state, silent.last_import, silent.acknowledged) == (
        "guzhen_shequ",
        "waiting",
        "",
        False,
    )
    world.gusi.write()
    (town,) = world.gusi.work.exchange.status()
    assert (town.unit.id, town.pending, town.acknowledged) == ("guzhen", 1, False)
    world.there_and_back(world.gusi)
    (town,) = world.gusi.work.exchange.status()
    assert (town.pending, town.acknowledged, town.last_import) == (0, True, "2019-11-08")
    row = world.town.work.exchange.status()[1]
    assert (row.unit.id, row.state, row.last_number, [tip.seq for tip in row.tips]) == (
        "gusi",
        "accepted",
        1,
        [1],
    )


def test_inspecting_tells_what_a_file_is_and_changes_nothing(world: World) -> None:
    world.gusi.write()
    file = world.gusi.export(world.stick)
    seen = world.town.work.exchange.inspect(file)
    assert (seen.trusted, seen.signed_by, seen.manifest["sender"]) == (True, "古四村", "gusi")
    assert seen.counts == {"revisions": 1, "attachments": 0, "activity": 1}
    other = world.gusan.work.exchange.inspect(file)
    assert (other.trusted, other.code, other.counts) == (
        False,
        "package_not_for_us",
        {"revisions": 1, "attachments": 0},
    )
    assert world.town.revisions("gusi") == frozenset()


def test_exporting_to_a_named_file(world: World) -> None:
    world.gusi.write()
    (made,) = world.gusi.work.exchange.export(world.folder / "mine.gzp")
    assert made.file == world.folder / "mine.gzp"
    assert world.town.take(made.file).verdict == "applied"
    world.town.take(world.gusan.export(world.stick))
    with pytest.raises(UserError) as caught:
        world.town.work.exchange.export(world.folder / "both.gzp")
    assert caught.value.code == "folder_needed"


def test_a_new_folder_is_made_but_a_missing_stick_is_not(world: World) -> None:
    (made,) = world.gusi.work.exchange.export(world.folder / "new")
    assert made.file.parent == world.folder / "new"
    with pytest.raises(UserError) as caught:
        world.gusi.work.exchange.export(world.folder / "gone" / "stick")
    assert caught.value.code == "folder_missing"


def test_a_file_of_the_same_name_is_never_overwritten(world: World) -> None:
    other = world.stick / "古四村_2019-11_第001包.gzp"
    other.write_bytes(b"of another time")
    file = world.gusi.export(world.stick)
    assert file.name == "古四村_2019-11_第001包_2.gzp"
    assert other.read_bytes() == b"of another time"


def test_nobody_to_send_to_is_a_sentence(world: World, tmp_path: Path) -> None:
    alone = bootstrap.init_village(tmp_path / "alone", name="曹一村", today=TODAY)
    try:
        with pytest.raises(UserError) as caught:
            alone.exchange.export(world.stick)
        assert caught.value.code == "not_joined"
    finally:
        alone.close()
    for to, code in ((None, "nobody_enrolled"), ("gusi", "unit_not_enrolled"), ("guzhen", "not_a_neighbour")):
        with pytest.raises(UserError) as caught:
            world.town.work.exchange.export(world.stick, to)
        assert caught.value.code == code
    with pytest.raises(UserError) as caught:
        world.gusi.work.exchange.export(world.stick, "gusan")
    assert caught.value.code == "not_a_neighbour"
    assert list(world.stick.iterdir()) == []
