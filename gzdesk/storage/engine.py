"""Opening the ledger file. All that is SQLite's own stands here and in backup.py, so that PostgreSQL can follow."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.storage.tables import SCHEMA_VERSION

FILE_NAME = "gzdesk.sqlite3"

# "GZDK": tells our ledger from any other SQLite file before a table is read.
_APPLICATION_ID = 0x475A444B
_SQLITE_MAGIC = b"SQLite format 3\0"
_BUSY_TIMEOUT_MS = 10_000
_VACUUM_IN_MEMORY_BYTES = 200_000_000


def make_engine(path: Path) -> Engine:
    """An engine whose transactions are real ones: BEGIN at the start, IMMEDIATE when they will write."""
    engine = create_engine(f"sqlite+pysqlite:///{path}", pool_reset_on_return="rollback")

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # The driver's own transaction control would begin too late, after the first read.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={_BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-8000",
            "temp_store=MEMORY",
            # What is deleted is overwritten in the file, not just forgotten.
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def rewrite(engine: Engine, path: Path) -> None:
    """Write the file anew and empty its log, so that nothing that was ever deleted is left between the pages.

    `secure_delete` overwrites a deleted row where it stands, but not the copies that moving rows from page to page
    left behind. Raises UserError `store_in_use` while another job is reading; it may be tried again.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # VACUUM and checkpoints stand outside of transactions
        large = path.stat().st_size > _VACUUM_IN_MEMORY_BYTES
        connection.exec_driver_sql(f"PRAGMA temp_store={'FILE' if large else 'MEMORY'}")
        connection.exec_driver_sql("VACUUM")
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        connection.invalidate()  # with its settings; the pool makes a fresh one
    if busy:
        raise in_use()


def file_version(path: Path) -> int:
    """The schema version of a ledger file, 0 for an empty one.

    Raises UserError for a file that is not ours, is damaged, or was written by a newer program.
    """
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except OSError as error:
        raise unreadable(path, error) from error
    if not start:
        return 0
    if not start.startswith(_SQLITE_MAGIC) or len(start) < 100:
        raise damaged(path)
    version = int.from_bytes(start[60:64], "big")
    if int.from_bytes(start[68:72], "big") != _APPLICATION_ID:
        raise UserError(
            code="store_foreign",
            message=_("{name} is not a ledger of this program.").format(name=path.name),
            hint=_("Choose another data folder, or restore from a backup."),
        )
    if version > SCHEMA_VERSION:
        raise UserError(
            code="store_newer",
            message=_("This ledger was written by a newer program."),
            hint=_("Install the newer program on this PC. Nothing was changed."),
        )
    return version


def stamp(connection: Any) -> None:
    """Mark the file as ours and as of this schema."""
    connection.exec_driver_sql(f"PRAGMA application_id={_APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")


def require_writable(folder: Path) -> None:
    """Refuse a data folder that cannot be written, before anything else fails on it in worse words."""
    probe = folder / f".write-test-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
    except OSError as error:
        raise UserError(
            code="folder_read_only",
            message=_("The folder {folder} can't be written.").format(folder=folder),
            hint=_("Choose another data folder, or ask for write permission. Nothing was changed."),
        ) from error
    finally:
        with suppress(OSError):
            probe.unlink()


def damaged(path: Path) -> UserError:
    """The refusal for a file that SQLite can't read."""
    return UserError(
        code="store_damaged",
        message=_("The ledger {name} is damaged and can't be opened.").format(name=path.name),
        hint=_("Keep the file. Restore the last backup, or rebuild from the town's copy."),
    )


def unreadable(path: Path, error: OSError) -> UserError:
    """The refusal for a file that the system won't hand over."""
    return UserError(
        code="store_unreadable",
        message=_("The ledger {name} can't be read.").format(name=path.name),
        hint=f"{error.strerror or error}",
    )


def database_fault(path: Path, error: BaseException) -> UserError | None:
    """The sentence for a fault of the disk or file that shows only while working; None for our own bugs."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path)
    if primary == sqlite3.SQLITE_FULL:
        return UserError(
            code="disk_full",
            message=_("The disk is full. Nothing was saved."),
            hint=_("Free some space on the disk and try again."),
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return UserError(
            code="store_unwritable",
            message=_("The ledger can't be written right now. Nothing was saved."),
            hint=_("Check that the disk is there and may be written, then try again."),
        )
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return in_use()
    return None


def in_use() -> UserError:
    """The refusal for a second program on one ledger."""
    return UserError(
        code="store_in_use",
        message=_("This ledger is already open in another window."),
        hint=_("Use that window, or close it first."),
    )
