"""The ledger file as a whole: open it, read a snapshot, write one transaction (unit of work)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from gzdesk.domain.mint import Mint
from gzdesk.domain.record import Summary
from gzdesk.domain.record import summarise as summarise_body
from gzdesk.domain.record_type import RecordType
from gzdesk.storage import migrate
from gzdesk.storage.authoring import RevisionWriter
from gzdesk.storage.engine import (
    FILE_NAME,
    database_fault,
    file_version,
    make_engine,
    require_writable,
    rewrite,
    unreadable,
)
from gzdesk.storage.files import Files
from gzdesk.storage.lean import LeanReader
from gzdesk.storage.local import LocalReader, LocalWriter
from gzdesk.storage.lock import StoreLock
from gzdesk.storage.names import KnownNames, Names
from gzdesk.storage.packages import PackageReader, PackageWriter
from gzdesk.storage.queries import QueryReader
from gzdesk.storage.records import RecordReader
from gzdesk.storage.removed import RemovedReader
from gzdesk.storage.revisions import RevisionReader
from gzdesk.storage.sql_views import definitions, fingerprint, replace_views, summary_shape
from gzdesk.storage.tables import SCHEMA_VERSION
from gzdesk.storage.view import Summarise, differences


def _nothing_known(_type_id: str, values: Mapping[str, object]) -> Summary:
    """How records are summed up before any type is known."""
    return summarise_body(None, values)


class Reading:
    """One consistent snapshot of the ledger."""

    def __init__(
        self, connection: Connection, files: Files, *, known: KnownNames, summarise: Summarise
    ) -> None:
        self._summarise = summarise
        self.connection = connection
        self.names = Names(connection, known)
        self.revisions: RevisionReader = RevisionReader(connection, self.names)
        self.records = RecordReader(connection, self.names)
        self.queries = QueryReader(connection, self.names)
        self.lean = LeanReader(connection, self.names)
        self.removed = RemovedReader(connection, self.names)
        self.local: LocalReader = LocalReader(connection)
        self.packages: PackageReader = PackageReader(connection, self.names)
        self.files = files

    def check_file(self) -> tuple[str, ...]:
        """What SQLite itself finds wrong with the file."""
        rows = self.connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
        return () if rows == ["ok"] else tuple(rows)

    def view_differences(self) -> tuple[str, ...]:
        """The ids of records whose view is not what the revisions say."""
        return tuple(differences(self.connection, self.names, self._summarise))


class Writing(Reading):
    """One transaction. Leaving without `commit` rolls everything back."""

    revisions: RevisionWriter
    local: LocalWriter
    packages: PackageWriter

    def __init__(
        self,
        connection: Connection,
        files: Files,
        *,
        known: KnownNames,
        mint: Mint,
        writer: str,
        actor: str,
        summarise: Summarise,
    ) -> None:
        super().__init__(connection, files, known=known, summarise=summarise)
        self.revisions = RevisionWriter(
            connection, self.names, mint=mint, writer=writer, actor=actor, summarise=summarise
        )
        self.local = LocalWriter(connection)
        self.packages = PackageWriter(connection, self.names)
        self.committed = False

    def commit(self) -> None:
        """Make everything since the start of the transaction lasting. Call it last."""
        try:
            self.connection.commit()
        except BaseException:
            # A failed COMMIT can leave the transaction open; it must not wait in the pool for the next job.
            self.connection.invalidate()
            raise
        self.names.committed()
        self.committed = True


class Store:
    """An open ledger. Closing it frees the file for another program."""

    def __init__(
        self,
        *,
        folder: Path,
        engine: Engine,
        lock: StoreLock,
        mint: Mint,
        summarise: Summarise,
        publish: Callable[[frozenset[str]], None],
    ) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.mint = mint
        self.files = Files(folder / "files")
        self.writer = ""
        self.actor = ""
        self._engine = engine
        self._lock = lock
        self._summarise = summarise
        self._publish = publish
        self._names = KnownNames()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        mint: Mint,
        summarise: Summarise = _nothing_known,
        create: bool = False,
        publish: Callable[[frozenset[str]], None] = lambda _types: None,
    ) -> Self:
        """Open the ledger in a data folder, upgrading an older file after copying it.

        Raises UserError when it is missing (and not to be created), newer, damaged, foreign, in use or
        read-only.
        """
        path = folder / FILE_NAME
        if not create and not path.exists():
            # Before anything is made: a mistyped folder must not leave a new one behind.
            raise migrate.missing_store(folder)
        require_writable(folder)
        lock = StoreLock(folder / "gzdesk.lock")
        try:
            engine = _opened(path, create=create)
        except BaseException:
            lock.close()
            raise
        store = cls(folder=folder, engine=engine, lock=lock, mint=mint, summarise=summarise, publish=publish)
        try:
            store.refresh_identity()
        except BaseException:
            store.close()
            raise
        return store

    def refresh_identity(self) -> None:
        """Read anew whose chain this PC writes and who is writing."""
        with self.reading() as read:
            self.writer = read.local.get("writer", "")
            self.actor = read.local.get("actor", "")

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A consistent snapshot for reading."""
        with _in_words(self.path), self._engine.connect() as connection:
            yield Reading(connection, self.files, known=self._names, summarise=self._summarise)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction for writing; what it changed is published after its commit."""
        with _in_words(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            work = Writing(
                connection,
                self.files,
                mint=self.mint,
                writer=self.writer,
                actor=self.actor,
                known=self._names,
                summarise=self._summarise,
            )
            yield work
        if work.committed:
            self._publish(frozenset(work.revisions.touched_types))

    def show_types(self, types: Iterable[RecordType], *, summarise: Summarise | None = None) -> None:
        """Keep the SQL views and the record view in step with the record types, when these have changed.

        `summarise` is how their records are summed up from now on. Only the records of types that are summed up
        in another way are shown anew: a new register must not cost a town all its records.
        """
        types = tuple(types)
        self._summarise = summarise or self._summarise
        statements = definitions(types, dialect=self._engine.dialect.name)
        shapes = {item.id: fingerprint([summary_shape(item)]) for item in types}
        wanted = {"views": fingerprint(statements.values()), "shapes": shapes}
        with self.reading() as read:
            before = read.local.get("types")
        if before == wanted:
            return
        with self.writing() as work:
            replace_views(work.connection, statements)
            if isinstance(before, dict):
                work.revisions.show_anew(_differing(before["shapes"], shapes))
            else:
                work.revisions.rebuild()
            work.local.put("types", wanted)
            work.commit()

    def rewrite(self) -> None:
        """Write the file anew without a trace of what was deleted, and remove the copy from before an upgrade.

        Raises UserError when the disk is full or another job is reading; it may be tried again.
        """
        with _in_words(self.path):
            rewrite(self._engine, self.path)
        try:
            migrate.copy_before_upgrade(self.path).unlink(missing_ok=True)
        except OSError as error:
            raise unreadable(self.path, error) from error

    def close(self) -> None:
        """Close the file and free the lock."""
        self._engine.dispose()
        self._lock.close()


def _opened(path: Path, *, create: bool) -> Engine:
    exists = path.exists()
    if not exists and not create:
        raise migrate.missing_store(path.parent)
    version = file_version(path) if exists else 0
    engine = make_engine(path)
    try:
        with _in_words(path):
            if version == 0:
                migrate.create_schema(engine)
            elif version < SCHEMA_VERSION:
                migrate.upgrade(engine, path)
    except BaseException:
        engine.dispose()
        if not exists:
            with suppress(OSError):
                path.unlink()
        raise
    return engine


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn faults of the disk and the file into sentences; bugs pass as they are."""
    try:
        yield
    except DBAPIError as error:
        fault = database_fault(path, error)
        if fault is None:
            raise
        raise fault from error
