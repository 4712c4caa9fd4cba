"""Finished replies have no due time, and the index of the open ones a predicate that is cheap."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_outbox_open", "outbox")
    op.execute(
        "UPDATE outbox SET due_at = 0 WHERE state NOT IN ('due', 'sending', 'retry', 'uncertain')"
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at > 0"),
        postgresql_where=sa.text("due_at > 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_open", "outbox")
    op.execute("UPDATE outbox SET due_at = created_at WHERE due_at = 0")
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'sending', 'retry', 'uncertain')"),
        postgresql_where=sa.text("state IN ('due', 'sending', 'retry', 'uncertain')"),
    )
