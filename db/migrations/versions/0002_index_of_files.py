"""An index of the records that have files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the index; nothing that was written changes."""
    op.create_index(
        "ix_records_files",
        "records",
        ["type", "day", "scope", "status"],
        sqlite_where=sa.text("deleted = 0 AND attachments > 0"),
    )
