"""Opening a ledger file: made, found again, and refused in words when it can't be ours to open."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from gzdesk.domain.record import Summary, summarise
from gzdesk.errors import UserError
from gzdesk.storage import migrate
from gzdesk.storage.engine import FILE_NAME, make_engine
from gzdesk.storage.tables import SCHEMA_VERSION, metadata
from tests.storage.ledgers import EVENT, TYPES, open_ledger, write


def test_a_new_ledger_is_found_again(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, {"name": "书法公益班", "date": "2019-10-16"})
    store.close()
    again = open_ledger(tmp_path, create=False)
    with again.reading() as read:
        found = read.records.get(record)
    again.close()
    assert found is not None
    assert found.values["name"] == "书法公益班"


def test_the_migrations_make_the_same_tables_as_a_new_file(tmp_path: Path) -> None:
    fresh, migrated = make_engine(tmp_path / "fresh.db"), make_engine(tmp_path / "migrated.db")
    migrate.create_schema(fresh)
    (tmp_path / "migrated.db").touch()
    migrate.upgrade(migrated, tmp_path / "migrated.db")
    with migrated.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert _schema(tmp_path / "fresh.db") == _schema(tmp_path / "migrated.db")
    assert _pragma(tmp_path / "migrated.db", "user_version") == SCHEMA_VERSION
    fresh.dispose()
    migrated.dispose()


def test_a_ledger_of_the_first_schema_gets_the_index_of_files_and_keeps_all(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    record = write(store, {"name": "书法公益班", "date": "2019-10-16"})
    store.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.executescript(
        "DROP INDEX ix_records_files; UPDATE alembic_version SET version_num = '0001'; PRAGMA user_version = 1"
    )
    connection.close()
    again = open_ledger(tmp_path, create=False)
    with again.reading() as read:
        assert read.records.get(record) is not None
    again.close()
    assert "ix_records_files" in {name for name, *_rest in _schema(tmp_path / FILE_NAME)}
    assert _pragma(tmp_path / FILE_NAME, "user_version") == SCHEMA_VERSION
    assert _pragma(migrate.copy_before_upgrade(tmp_path / FILE_NAME), "user_version") == 1


def _schema(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name").fetchall()
    described = [
        (
            name,
            *connection.execute(
                f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')"
            ).fetchall(),
        )
        for (name,) in names
    ]
    condition = "lower(substr(sql, instr(sql, 'WHERE')))"
    indexes = connection.execute(
        f"SELECT name, tbl_name, {condition} FROM sqlite_master WHERE type='index' ORDER BY 1"
    ).fetchall()
    connection.close()
    return described + indexes


def _pragma(path: Path, name: str) -> object:
    connection = sqlite3.connect(path)
    value = connection.execute(f"PRAGMA {name}").fetchone()[0]
    connection.close()
    return value


def _refusal(folder: Path, *, create: bool = False) -> str:
    with pytest.raises(UserError) as caught:
        open_ledger(folder, create=create)
    assert caught.value.message
    return caught.value.code


def test_a_folder_without_a_ledger_is_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path) == "store_missing"
    assert not (tmp_path / FILE_NAME).exists()


def test_a_ledger_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    assert _refusal(tmp_path) == "store_newer"
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"Dear clerk, this is a letter." * 20)
    assert _refusal(tmp_path) == "store_damaged"


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE mail (id)")
    connection.close()
    assert _refusal(tmp_path) == "store_foreign"


def test_a_damaged_ledger_is_named_while_working(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    for number in range(50):
        write(store, {"name": f"第{number}场", "date": "2019-10-16", "place": "文化广场" * 20})
    store.close()
    path = tmp_path / FILE_NAME
    content = bytearray(path.read_bytes())
    for page in range(4096, len(content), 4096):
        content[page : page + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        store = open_ledger(tmp_path, create=False)
    assert caught.value.code == "store_damaged"


def test_a_second_program_is_refused(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    assert _refusal(tmp_path) == "store_in_use"
    store.close()
    open_ledger(tmp_path, create=False).close()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, content: bytes) -> int:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert _refusal(tmp_path, create=True) == "folder_read_only"
    assert list(tmp_path.iterdir()) == []


def test_any_sql_tool_can_read_the_fields(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    store.show_types(TYPES.values())
    write(store, {"name": "元宵灯会", "date": "2019-02-19", "audience": 1200, "status": "held"})
    store.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    row = connection.execute("SELECT unit_id, date, name, audience, typeof(audience) FROM v_event").fetchone()
    connection.close()
    assert row == ("caoyi", "2019-02-19", "元宵灯会", 1200, "integer")


def test_only_the_records_of_a_changed_register_are_summed_up_again(tmp_path: Path) -> None:
    store = open_ledger(tmp_path)
    store.show_types(TYPES.values())
    event = write(store, {"name": "元宵灯会", "place": "广场", "date": "2019-02-19", "status": "held"})
    showing = write(store, {"film": event, "date": "2019-02-20"}, type_id="showing")
    changed = {**TYPES, "event": replace(EVENT, title="place")}
    summed: list[str] = []

    def counting(type_id: str, values: Mapping[str, object]) -> Summary:
        summed.append(type_id)
        return summarise(changed.get(type_id), values)

    store.show_types(changed.values(), summarise=counting)
    with store.reading() as read:
        assert read.records.titles([event, showing]) == {event: "广场", showing: "广场"}
        assert read.view_differences() == ()
    store.close()
    assert summed[0] == "event"
    assert summed[1:].count("showing") == 1  # by view_differences alone
