"""Files that citizens send to a person in the chat belong to that conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "attachments",
        sa.Column(
            "handover_id", sa.BigInteger(), autoincrement=False, nullable=False, server_default="0"
        ),
    )
    op.create_index(
        "ix_attachments_handover_id",
        "attachments",
        ["handover_id"],
        sqlite_where=sa.text("handover_id > 0"),
        postgresql_where=sa.text("handover_id > 0"),
    )


def downgrade() -> None:
    op.drop_index("ix_attachments_handover_id", table_name="attachments")
    op.drop_column("attachments", "handover_id")
