"""How many of an area's staff understood the policy, and apart from it who was counted."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "policy_readings",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("edition", "area", name=op.f("pk_policy_readings")),
    )
    op.create_table(
        "policy_readers",
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("reader", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "reader", name=op.f("pk_policy_readers")),
    )


def downgrade() -> None:
    op.drop_table("policy_readers")
    op.drop_table("policy_readings")
