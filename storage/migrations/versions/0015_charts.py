"""Baselines that people set anew, notes beside figures, and answers set apart as a burst.

What an area's head wrote, and a baseline that was set, stay as they are: nothing updates or deletes
them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0010"
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
    for name, hashed in (("answer_networks", True), ("answers_set_apart", False)):
        network = [sa.Column("network", sa.LargeBinary(), nullable=False)] if hashed else []
        op.create_table(
            name,
            sa.Column("response_id", _row_number(), autoincrement=False, nullable=False),
            sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.Column("area", sa.Text(), nullable=False),
            *network,
            sa.PrimaryKeyConstraint("response_id", name=op.f(f"pk_{name}")),
        )
        op.create_index(f"ix_{name}_week", name, ["week"])


def downgrade() -> None:
    for table in ("answers_set_apart", "answer_networks", "figure_notes", "baselines_set"):
        op.drop_table(table)


def _row_number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
