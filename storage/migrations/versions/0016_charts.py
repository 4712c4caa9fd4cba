"""Baselines that people set anew, and notes beside figures.

What an area's head wrote, and a baseline that was set, stay as they are: nothing updates or deletes
them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "baselines_set",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("decided_week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area", "decided_week", name=op.f("pk_baselines_set")),
    )
    op.create_table(
        "figure_notes",
        sa.Column("id", _row_number(), autoincrement=True, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("written_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_notes")),
    )
    op.create_index("ix_figure_notes_area_week", "figure_notes", ["area", "week"])


def downgrade() -> None:
    op.drop_table("figure_notes")
    op.drop_table("baselines_set")


def _row_number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
