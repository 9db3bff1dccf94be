"""Making a new ledger file and bringing an older one up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Engine

from gzdesk import assets
from gzdesk.errors import UserError
from gzdesk.i18n import gettext as _
from gzdesk.storage.engine import stamp
from gzdesk.storage.tables import SCHEMA_VERSION, metadata


def missing_store(folder: Path) -> UserError:
    """The refusal when a data folder has no ledger yet."""
    return UserError(
        code="store_missing",
        message=_("There is no ledger in {folder} yet.").format(folder=folder),
        hint=_("Set one up first, or choose another data folder."),
    )


def copy_before_upgrade(path: Path) -> Path:
    """Where the ledger as it was before its last upgrade lies."""
    return path.with_suffix(".before-upgrade")


def create_schema(engine: Engine) -> None:
    """Make all tables in an empty file. Alembic is not loaded: a test proves that both ways give the same."""
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
        )
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{SCHEMA_VERSION:04d}')")
        stamp(connection)


def upgrade(engine: Engine, path: Path) -> None:
    """Copy the file aside, then run the migrations that it lacks."""
    from alembic import command
    from alembic.config import Config

    copy = copy_before_upgrade(path)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(path, copy)
    config = Config()
    config.set_main_option("script_location", str(assets.migrations_path()).replace("%", "%%"))
    with engine.execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        stamp(connection)
