"""Files that staff send with an answer, in a case or in a conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    answer = sa.Column("answer_id", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("attachments", answer)


def downgrade() -> None:
    op.execute("DELETE FROM attachments WHERE answer_id > 0")
    op.drop_column("attachments", "answer_id")
