"""From which network web answers of the present week came, as a hash that lives for the week.

Responses and answers that are set apart are told by 2 in their column ``pending``; the sums have
that column already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # the key is the row's own number
    op.create_table(
        "answer_networks",
        sa.Column("response_id", number, autoincrement=False, nullable=False),
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("network", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_answer_networks")),
    )


def downgrade() -> None:
    op.drop_table("answer_networks")
