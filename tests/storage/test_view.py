"""The record view is a pure function of the revisions: order, repetition and a rebuild never matter."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.ledgers import everything, open_ledger, receive, whole_view, write

RECORDS = [f"00000000-0000-7000-8000-00000000000{n}" for n in range(4)]
STEP = st.tuples(
    st.integers(0, 2),  # who
    st.sampled_from(["write", "write", "delete", "meet"]),
    st.integers(0, len(RECORDS) - 1),
    st.sampled_from(["灯会", "书法班", "𠮷祥粤剧", "Ａ", ""]),
)


@settings(max_examples=25)
@given(steps=st.lists(STEP, min_size=1, max_size=14), order=st.randoms(use_true_random=False))
def test_any_order_and_repetition_give_one_view(steps: list[tuple], order: Random) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        writers = [open_ledger(Path(folder) / str(n), seed=n + 1) for n in range(3)]
        for store in writers:
            stack.callback(store.close)
        for who, what, which, name in steps:
            if what == "meet":
                receive(writers[who], everything(writers[(who + 1) % 3]))
            else:
                write(writers[who], {"name": name}, record=RECORDS[which], deleted=what == "delete")
        everywhere = [item for store in writers for item in everything(store)]
        for store in writers:
            shuffled = everywhere + everywhere[: len(everywhere) // 2]
            order.shuffle(shuffled)
            while shuffled:
                size = order.randint(1, 4)
                receive(store, shuffled[:size])
                del shuffled[:size]
        views = [whole_view(store) for store in writers]
        with writers[0].writing() as work:
            work.revisions.rebuild()
            assert work.view_differences() == ()
            work.commit()
        views.append(whole_view(writers[0]))
        for store in writers:
            with store.reading() as read:
                assert read.revisions.gaps(["caoyi"]) == ()
        assert all(view == views[0] for view in views)


def test_a_view_that_was_tampered_with_is_noticed(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, {"name": "灯会", "audience": 100})
    with store.writing() as work:
        assert work.view_differences() == ()
        work.connection.exec_driver_sql("UPDATE records SET persons = 999")
        assert work.view_differences() == (record,)
    store.close()
