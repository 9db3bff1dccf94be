"""A fault at any statement of a save or an import leaves the ledger as it was, and the next try succeeds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from gzdesk.errors import UserError
from gzdesk.storage.store import Store
from tests.storage.ledgers import everything, open_ledger, receive, whole_view, write


class PlannedFault(Exception):
    """Stands for power going off at a statement."""


def _fail_at(store: Store, number: int) -> Callable[[], None]:
    seen = 0

    def before(connection, cursor, statement, parameters, context, executemany):
        nonlocal seen
        seen += 1
        if seen == number:
            raise PlannedFault

    event.listen(store._engine, "before_cursor_execute", before)
    return lambda: event.remove(store._engine, "before_cursor_execute", before)


def _survives(store: Store, job: Callable[[], object]) -> int:
    before = whole_view(store)
    for number in range(1, 200):
        stop = _fail_at(store, number)
        try:
            job()
        except PlannedFault:
            stop()
            assert whole_view(store) == before
        else:
            stop()
            return number
    raise AssertionError("the job never came to its end")


def test_a_save_is_whole_or_not_there(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    write(store, {"name": "第1场"})
    statements = _survives(store, lambda: write(store, {"name": "第2场"}))
    assert statements > 5
    assert len(whole_view(store)) == 2
    with store.reading() as read:
        assert read.check_file() == ()
        assert read.view_differences() == ()
    store.close()


def test_an_import_is_whole_or_not_there(tmp_path: Path) -> None:
    village, town = open_ledger(tmp_path / "v", seed=1), open_ledger(tmp_path / "t", seed=2)
    record = write(village, {"name": "第1场"})
    write(village, {"name": "第1场（改）"}, record=record)
    write(village, {"date": "2019-10-11", "film": record}, type_id="showing")
    items = everything(village)
    _survives(town, lambda: receive(town, items))
    assert whole_view(town) == whole_view(village)
    village.close()
    town.close()


def test_leaving_without_commit_changes_nothing(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    with store.writing() as work:
        work.revisions.append(
            record=store.mint.record_id(),
            type_id="event",
            type_version=1,
            scope="caoyi",
            values={"name": "忘了"},
        )
    assert whole_view(store) == []
    write(store, {"name": "第1场"})
    assert len(whole_view(store)) == 1
    store.close()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (sqlite3.SQLITE_FULL, "disk_full"),
        (sqlite3.SQLITE_READONLY, "store_unwritable"),
        (sqlite3.SQLITE_IOERR, "store_unwritable"),
        (sqlite3.SQLITE_BUSY, "store_in_use"),
        (sqlite3.SQLITE_CORRUPT, "store_damaged"),
    ],
)
def test_faults_of_the_disk_are_sentences(tmp_path: Path, code: int, name: str) -> None:
    store = open_ledger(tmp_path)

    def before(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith("INSERT INTO revisions"):
            fault = sqlite3.OperationalError("planned")
            fault.sqlite_errorcode = code
            raise OperationalError(statement, parameters, fault)

    event.listen(store._engine, "before_cursor_execute", before)
    with pytest.raises(UserError) as caught:
        write(store, {"name": "第1场"})
    event.remove(store._engine, "before_cursor_execute", before)
    assert caught.value.code == name
    assert caught.value.hint
    assert whole_view(store) == []
    store.close()
