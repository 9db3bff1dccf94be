"""The tables. `revisions` is the truth; `records` and `chains` can be rebuilt from it at any time."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

# Raised with every migration. Kept in the file's user_version too, so that a start need not load Alembic.
SCHEMA_VERSION = 2

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Names that repeat in every row stand here once and are small integers elsewhere: half the file, twice as fast.
scopes = Table(
    "scopes", metadata, Column("key", Integer, primary_key=True), Column("id", String(64), unique=True)
)
writers = Table(
    "writers", metadata, Column("key", Integer, primary_key=True), Column("id", String(32), unique=True)
)
types = Table(
    "types", metadata, Column("key", Integer, primary_key=True), Column("id", String(64), unique=True)
)

packages = Table(
    "packages",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("direction", String(3), nullable=False),  # in, out
    Column("sha256", String(64), nullable=False, index=True),
    Column("unit", String(64), nullable=False, index=True),  # the other side
    Column("number", Integer, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("day", String(10), nullable=False),  # arrived or written on, local date
    Column("detail", Text, nullable=False),  # JSON: what the exchange wants to show again
)

# No foreign keys on scope, writer, type and package: names and packages are never deleted, and looking each of
# them up for every row would make an import a quarter slower.
revisions = Table(
    "revisions",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", LargeBinary(32), nullable=False),
    Column("record", String(36), nullable=False),
    Column("scope", Integer, nullable=False),
    Column("writer", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("package", Integer),  # null: written here
    Column("header", Text, nullable=False),  # canonical, verbatim as its author made it
    Column("salt", String(32)),  # null once erased, like body
    Column("body", Text),  # canonical, verbatim as its author made it
    Index("ix_revisions_id", "id", unique=True),
    Index("ix_revisions_record", "record"),
    Index("ix_revisions_chain", "scope", "writer", "seq"),
)

chains = Table(
    "chains",
    metadata,
    Column("scope", Integer, ForeignKey("scopes.key"), primary_key=True),
    Column("writer", Integer, ForeignKey("writers.key"), primary_key=True),
    Column("revisions", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column(
        "whole", Boolean, nullable=False
    ),  # one unbroken line from 1 to last_seq: no gap, no cloned writer
)

records = Table(
    "records",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String(36), nullable=False),
    Column("type", Integer, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("revision", Integer, ForeignKey("revisions.key"), nullable=False),
    Column("heads", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("month", Integer, nullable=False),  # 201910; 0 = in no month
    Column("day", String(10), nullable=False),
    Column("time", String(5), nullable=False),
    Column("title", Text, nullable=False),
    Column("title_ref", String(36)),  # the record whose title this one shows
    Column("place", Text, nullable=False),
    Column("persons", Integer),  # person-times; null = not filled in
    Column("sessions", Integer, nullable=False),  # hundredths
    Column("status", String(16), nullable=False),
    Column("attachments", Integer, nullable=False),
    Column("search", Text, nullable=False),
    Index("ix_records_id", "id", unique=True),
    # Month first: one month over 300 units reads one stretch of the index, not 300 (performance.md).
    Index(
        "ix_records_month",
        "month",
        "scope",
        "type",
        "status",
        "sessions",
        "persons",
        sqlite_where=text("deleted = 0"),
    ),
    # All that a list filters, sorts by and adds up: its page and totals are read without opening a wide row.
    Index(
        "ix_records_day",
        "type",
        "day",
        "time",
        "scope",
        "month",
        "status",
        "persons",
        "sessions",
        sqlite_where=text("deleted = 0"),
    ),
    # What has photos or scans, without looking through all that has none: checklists ask for the latest of a type.
    Index(
        "ix_records_files",
        "type",
        "day",
        "scope",
        "status",
        sqlite_where=text("deleted = 0 AND attachments > 0"),
    ),
    Index(
        "ix_records_title_ref",
        "title_ref",
        sqlite_where=text("title_ref IS NOT NULL"),
    ),
)

# What this PC keeps for itself and never sends: settings, keys, drafts of what is being typed.
local = Table(
    "local", metadata, Column("name", String(200), primary_key=True), Column("value", Text, nullable=False)
)
