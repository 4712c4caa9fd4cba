"""Questionnaires to staff: when each was asked, and its answers as sums without names."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_rounds",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("closes_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_staff_rounds")),
    )
    op.create_table(
        "staff_sums",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "round", "area", "question", "value", name=op.f("pk_staff_sums")
        ),
    )
    op.create_table(
        "staff_asked",
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("round", "person", name=op.f("pk_staff_asked")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM counters WHERE name LIKE 'round:%'")
    for table in ("staff_asked", "staff_sums", "staff_rounds"):
        op.drop_table(table)
