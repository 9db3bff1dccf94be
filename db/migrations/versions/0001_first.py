"""The first schema of the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of the first schema."""
    for name, width in (("scopes", 64), ("writers", 32), ("types", 64)):
        op.create_table(
            name,
            sa.Column("key", sa.Integer(), nullable=False),
            sa.Column("id", sa.String(width)),
            sa.PrimaryKeyConstraint("key", name=f"pk_{name}"),
            sa.UniqueConstraint("id", name=f"uq_{name}_id"),
        )
    op.create_table(
        "packages",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_packages"),
    )
    op.create_index("ix_packages_sha256", "packages", ["sha256"])
    op.create_index("ix_packages_unit", "packages", ["unit"])
    _create_revisions()
    _create_records()
    op.create_table(
        "local",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_local"),
    )


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(32), nullable=False),
        sa.Column("record", sa.String(36), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("writer", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("package", sa.Integer()),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(32)),
        sa.Column("body", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_revisions"),
    )
    op.create_index("ix_revisions_id", "revisions", ["id"], unique=True)
    op.create_index("ix_revisions_record", "revisions", ["record"])
    op.create_index("ix_revisions_chain", "revisions", ["scope", "writer", "seq"])
    op.create_table(
        "chains",
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("writer", sa.Integer(), nullable=False),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "writer", name="pk_chains"),
        *_foreign_keys("chains", scope="scopes", writer="writers"),
    )


def _create_records() -> None:
    op.create_table(
        "records",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("type", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("time", sa.String(5), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_ref", sa.String(36)),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer()),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_records"),
        *_foreign_keys("records", revision="revisions"),
    )
    op.create_index("ix_records_id", "records", ["id"], unique=True)
    shown = {"sqlite_where": sa.text("deleted = 0")}
    month = ["month", "scope", "type", "status", "sessions", "persons"]
    op.create_index("ix_records_month", "records", month, **shown)
    day = ["type", "day", "time", "scope", "month", "status", "persons", "sessions"]
    op.create_index("ix_records_day", "records", day, **shown)
    borrowed = sa.text("title_ref IS NOT NULL")
    op.create_index("ix_records_title_ref", "records", ["title_ref"], sqlite_where=borrowed)


def _foreign_keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.key"], name=f"fk_{table}_{column}")
        for column, target in columns.items()
    ]
