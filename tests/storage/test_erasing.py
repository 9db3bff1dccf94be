"""Erase notices in the ledger: whatever order things arrive in, the same versions lose their contents."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gzdesk.domain.erasure import MENTION_MARK, OWN_MARK
from gzdesk.storage.authoring import Received
from gzdesk.storage.store import Store
from tests.storage.ledgers import everything, open_ledger, receive, whole_view, write

PERSON = {"name": "陈小明", "date": "2019-10-05", "audience": 3}
CLEAN = {"name": "已删除的人员 12AB", "date": "2019-10-05", "audience": 3}


def _erase(store: Store, record: str, *, own: bool = True, values: dict[str, object] = CLEAN) -> str:
    """A notice and a clean version, as services/privacy.py writes them."""
    notice = store.mint.record_id()
    mark = OWN_MARK if own else MENTION_MARK
    with store.writing() as work:
        for identity, type_id, body in (
            (notice, "erasure", {"records" if own else "mentions": [record], "reason": "asked"}),
            (record, "event", {**values, mark: [notice]}),
        ):
            work.revisions.append(
                record=identity, type_id=type_id, type_version=1, scope="caoyi", values=body
            )
        work.revisions.strip([record])
        work.commit()
    return notice


def _contents(store: Store) -> dict[str, str | None]:
    return {item.id: item.body_text for item in everything(store)}


def _shown(store: Store, record: str) -> dict[str, object]:
    with store.reading() as read:
        found = read.records.get(record)
        return {**found.values, "heads": found.heads}


def _whole(items: list[Received], *stores: Store) -> list[Received]:
    """The revisions with the fullest contents that any of the PCs had: what old sticks still carry."""
    fullest = {item.id: item for item in items}
    for store in stores:
        fullest.update({item.id: item for item in everything(store) if item.body_text is not None})
    return list(fullest.values())


def test_all_earlier_versions_lose_contents_and_salt(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, PERSON)
    write(store, {**PERSON, "audience": 5}, record=record)
    other = write(store, {"name": "别人"})
    notice = _erase(store, record)
    with store.reading() as read:
        bodies = [(item.body_text, item.salt) for item in read.revisions.history(record)]
        assert bodies[:2] == [(None, None), (None, None)]
        assert bodies[2][0] is not None
        assert read.records.get(record).values == {**CLEAN, OWN_MARK: [notice]}
        assert read.records.get(other).values == {"name": "别人"}
        assert read.view_differences() == ()
        assert not list(read.revisions.holding(["陈小明"], scope="caoyi"))
    store.close()


def test_later_versions_carry_the_mark_on(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, PERSON)
    notice = _erase(store, record, own=False)
    write(store, {**CLEAN, "audience": 9}, record=record)
    assert _shown(store, record)[MENTION_MARK] == [notice]
    store.close()


def test_an_old_stick_does_not_bring_the_contents_back(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    record = write(village, PERSON)
    old = everything(village)
    _erase(village, record)
    receive(town, everything(village))
    receive(town, old)
    assert _contents(town) == _contents(village)
    fresh = open_ledger(tmp_path / "f", seed=3)
    receive(fresh, [item for item in everything(village) if item.header.type == "erasure"])
    receive(fresh, old)
    assert set(_contents(fresh).values()) & {None} == {None}, "the notice came first"
    assert "陈小明" not in str(_contents(fresh))
    for store in (village, town, fresh):
        store.close()


def test_work_done_elsewhere_goes_with_a_person_but_stays_where_somebody_was_only_named(
    tmp_path: Path,
) -> None:
    for number, own in enumerate((True, False)):
        folder = tmp_path / str(number)
        village, clone = open_ledger(folder / "v", seed=1), open_ledger(folder / "c", seed=2)
        record = write(village, PERSON)
        receive(clone, everything(village))
        write(clone, {**PERSON, "audience": 99}, record=record)
        _erase(village, record, own=own)
        for here, there in ((village, clone), (clone, village)):
            receive(here, everything(there))
        assert _contents(village) == _contents(clone)
        assert whole_view(village) == whole_view(clone)
        shown = _shown(village, record)
        if own:
            assert (shown["audience"], shown["heads"]) == (3, 1)
        else:
            assert shown["heads"] == 2, "a change on two sides, for a person to settle"
            write(clone, {**CLEAN, "audience": 99}, record=record)
            receive(village, everything(clone))
            assert _contents(village) == _contents(clone)
            assert "陈小明" not in str(_contents(village))
        village.close()
        clone.close()


def test_a_notice_speaks_for_its_own_scope_only(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, PERSON, scope="guzhen")
    with store.writing() as work:
        work.revisions.append(
            record=store.mint.record_id(),
            type_id="erasure",
            type_version=1,
            scope="caoyi",
            values={"records": [record]},
        )
        work.revisions.strip([record])
        work.commit()
    assert _shown(store, record)["name"] == "陈小明"
    store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_of_arrival_gives_the_same_contents(tmp_path_factory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("erasing")
    with ExitStack() as stack:

        def ledger(seed: int) -> Store:
            return stack.enter_context(closing(open_ledger(folder / str(seed), seed=seed)))

        items = _story(data, ledger(1), ledger(2))
        views, contents = [], []
        for store in (ledger(11), ledger(12)):
            order = data.draw(st.permutations(items))
            cut = data.draw(st.integers(0, len(order)))
            receive(store, order[:cut])
            receive(store, order[cut:])
            contents.append(_contents(store))
            views.append(whole_view(store))
            with store.writing() as work:
                assert work.view_differences() == ()
                work.revisions.rebuild()
                work.commit()
            assert (whole_view(store), _contents(store)) == (views[-1], contents[-1])
    assert contents[0] == contents[1]
    assert views[0] == views[1]


def _story(data: st.DataObject, village: Store, clone: Store) -> list[Received]:
    """What two copies of a PC wrote about one person, each revision with the fullest contents that existed."""
    record = write(village, PERSON)
    receive(clone, everything(village))
    either = st.sampled_from([village, clone])
    for store in data.draw(st.lists(either, max_size=3)):
        write(store, {**PERSON, "audience": 7}, record=record)
    before = _whole([], village, clone)
    for store, own in data.draw(st.lists(st.tuples(either, st.booleans()), max_size=3)):
        _erase(store, record, own=own)
    known = {item.id: item for item in _whole([], village, clone)}
    return list((known | {item.id: item for item in before}).values())
