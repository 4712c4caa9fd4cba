"""Replies that wait for their contact to write, what caused them, and answers by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    cause = sa.Column("cause", sa.Text(), server_default="", nullable=False)
    op.add_column("outbox", cause)
    op.create_index(
        "ix_outbox_held",
        "outbox",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("due_at < 0"),
        postgresql_where=sa.text("due_at < 0"),
    )
    op.add_column("cases", sa.Column("mail_contact_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("cases", "mail_contact_id")
    op.drop_index("ix_outbox_held", "outbox")
    op.execute("UPDATE outbox SET state = 'failed', due_at = 0 WHERE due_at < 0")
    op.drop_column("outbox", "cause")
