"""Chains, heads, tips and gaps: what the exchange stands on (sync.md)."""

from __future__ import annotations

import shutil
from pathlib import Path

from gzdesk.storage.engine import FILE_NAME
from gzdesk.storage.revisions import Gap
from tests.storage.ledgers import everything, open_ledger, receive, whole_view, write


def test_a_chain_counts_from_one_and_names_the_one_before(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    for number in range(3):
        write(store, {"name": f"第{number}场"})
    items = everything(store)
    assert [item.header.seq for item in items] == [1, 2, 3]
    assert [item.header.prev for item in items] == [None, items[0].id, items[1].id]
    store.close()


def test_an_edit_stands_on_the_version_it_saw(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, {"name": "灯会"})
    write(store, {"name": "元宵灯会"}, record=record)
    first, second = everything(store)
    assert second.header.parents == (first.id,)
    assert second.header.generation == 2
    with store.reading() as read:
        assert read.records.get(record).values == {"name": "元宵灯会"}
        assert [item.id for item in read.revisions.history(record)] == [first.id, second.id]
    store.close()


def test_two_sides_changing_one_record_is_seen_and_nothing_is_lost(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    record = write(village, {"name": "灯会", "audience": 100})
    receive(town, everything(village))
    write(village, {"name": "灯会", "audience": 120}, record=record)
    write(town, {"name": "元宵灯会", "audience": 100}, record=record)
    receive(town, everything(village))
    receive(village, everything(town))
    for store in (village, town):
        with store.reading() as read:
            assert read.records.get(record).heads == 2
            assert read.records.conflicting(["caoyi"]) == (record,)
            assert len(read.revisions.history(record)) == 3
    assert whole_view(village) == whole_view(town)
    write(town, {"name": "元宵灯会", "audience": 120}, record=record)
    receive(village, everything(town))
    with village.reading() as read:
        assert read.records.get(record).heads == 1
        assert read.records.digest(["caoyi"]) == _digest(town)
    village.close()
    town.close()


def _digest(store):
    with store.reading() as read:
        return read.records.digest(["caoyi"])


def test_a_deletion_loses_against_a_change_made_elsewhere(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    record = write(village, {"name": "灯会"})
    receive(town, everything(village))
    write(village, {"name": "灯会"}, record=record, deleted=True)
    write(town, {"name": "元宵灯会"}, record=record)
    receive(town, everything(village))
    with town.reading() as read:
        shown = read.records.get(record)
    assert (shown.deleted, shown.heads, shown.values) == (False, 2, {"name": "元宵灯会"})
    village.close()
    town.close()


def test_a_missing_middle_is_named_and_what_came_is_shown(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    for number in range(5):
        write(village, {"name": f"第{number}场"})
    items = everything(village)
    receive(town, [items[0], items[4]])
    with town.reading() as read:
        assert read.revisions.gaps(["caoyi"]) == (
            Gap(scope="caoyi", writer=village.writer, first_seq=2, last_seq=4),
        )
        assert [tip.seq for tip in read.revisions.tips(["caoyi"])] == [1]
        assert read.records.digest(["caoyi"])[1] == 2
    receive(town, [items[3], items[1], items[2]])
    with town.reading() as read:
        assert read.revisions.gaps(["caoyi"]) == ()
        assert [tip.seq for tip in read.revisions.tips(["caoyi"])] == [5]
    assert whole_view(town) == whole_view(village)
    village.close()
    town.close()


def test_only_what_the_tips_do_not_prove_is_sent(tmp_path: Path) -> None:
    village = open_ledger(tmp_path)
    for number in range(4):
        write(village, {"name": f"第{number}场"})
    with village.reading() as read:
        tips = read.revisions.tips(["caoyi"])
    write(village, {"name": "第5场"})
    with village.reading() as read:
        sent = list(read.revisions.unknown_to(scope_ids=["caoyi"], tips=tips))
        assert [item.header.seq for item in sent] == [5]
        assert read.revisions.count_unknown_to(scope_ids=["caoyi"], tips=tips) == 1
        assert read.revisions.count_unknown_to(scope_ids=["caoyi"], tips=()) == 5
        assert read.revisions.count_unknown_to(scope_ids=["guyi"], tips=()) == 0
    village.close()


def test_a_cloned_pc_shows_as_two_tips_and_keeps_both(tmp_path: Path) -> None:
    original = open_ledger(tmp_path / "a", seed=1)
    write(original, {"name": "共同的"})
    original.close()
    (tmp_path / "b").mkdir()
    shutil.copy(tmp_path / "a" / FILE_NAME, tmp_path / "b" / FILE_NAME)
    original, clone = open_ledger(tmp_path / "a", seed=1), open_ledger(tmp_path / "b", seed=1)
    write(original, {"name": "原件写的"}, record="00000000-0000-7000-8000-000000000001")
    write(clone, {"name": "克隆写的"}, record="00000000-0000-7000-8000-000000000002")
    town = open_ledger(tmp_path / "t", seed=9)
    receive(town, everything(original))
    receive(town, everything(clone))
    with town.reading() as read:
        tips = read.revisions.tips(["caoyi"])
        assert [tip.seq for tip in tips] == [2, 2]
        assert read.records.digest(["caoyi"])[1] == 3
        sent = list(read.revisions.unknown_to(scope_ids=["caoyi"], tips=tips[:1]))
        assert len(sent) == 1
    for store in (original, clone, town):
        store.close()


def test_a_borrowed_title_follows_its_owner_whatever_comes_first(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    film = write(village, {"name": "烈火英雄"})
    write(village, {"date": "2019-10-11", "film": film}, type_id="showing")
    film_first, showing = everything(village)
    receive(town, [showing])
    receive(town, [film_first])
    assert whole_view(town) == whole_view(village)
    assert "lhyx" in whole_view(town)[1][-1]
    write(village, {"name": "烈火英雄（重映）"}, record=film)
    assert {row[6] for row in whole_view(village)} == {"烈火英雄（重映）"}
    village.close()
    town.close()


def test_unknown_types_are_kept_and_passed_on(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    write(village, {"what": "来自新版本", "deep": {"er": [1, 2]}}, type_id="from_the_future")
    receive(town, everything(village))
    assert everything(town)[0].body_text == everything(village)[0].body_text
    village.close()
    town.close()
