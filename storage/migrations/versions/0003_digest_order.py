"""Rows that a digest reads together lie together: sums by area first, words by area."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SUMS = ("week", "questionnaire", "question", "area", "channel", "pending", "service", "desk")
COUNTS = (*SUMS[:4], "value", "pending", "channel", "service", "desk")
OLD_SUMS = (*SUMS[:4], "service", "desk", "channel", "pending")
OLD_COUNTS = (*SUMS[:4], "service", "desk", "value", "channel", "pending")
GRADES = tuple(f"c{grade}" for grade in range(1, 8))
NUMBERS = ("week", "pending", "shard", "n", *GRADES)


def upgrade() -> None:
    _reorder("weekly_sums", (*SUMS, "shard"), ("n", *GRADES))
    _reorder("weekly_counts", (*COUNTS, "shard"), ("n",))
    _index("week", "questionnaire", "pending", "area", "response_id", "question")


def downgrade() -> None:
    _index("week")
    _reorder("weekly_counts", (*OLD_COUNTS, "shard"), ("n",))
    _reorder("weekly_sums", (*OLD_SUMS, "shard"), ("n", *GRADES))


def _reorder(table: str, key: tuple[str, ...], values: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(f"pk_{table}", table)
        op.create_primary_key(f"pk_{table}", table, list(key))
        return
    old = f"{table}_old"
    op.rename_table(table, old)
    op.create_table(
        table,
        *(
            sa.Column(
                name,
                sa.BigInteger() if name in NUMBERS else sa.Text(),
                autoincrement=False,
                nullable=False,
            )
            for name in (*key, *values)
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
        sqlite_with_rowid=False,
    )
    columns = ", ".join((*key, *values))
    op.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {old}")
    op.drop_table(old)


def _index(*columns: str) -> None:
    op.drop_index("ix_answers_words", "answers")
    op.create_index(
        "ix_answers_words",
        "answers",
        list(columns),
        unique=False,
        sqlite_where=sa.text("words IS NOT NULL"),
        postgresql_where=sa.text("words IS NOT NULL"),
    )
