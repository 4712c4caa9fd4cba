"""The keys a database was used with leave a fingerprint; a response's answers count as one.

When an answer was first given is kept. All answers of a response count in the week of its first one,
and apart while it is pending: what stood elsewhere moves there, with its sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = ("week", "area", "service", "desk", "questionnaire", "question", "channel", "pending")
GRADES = tuple(f"c{grade}" for grade in range(1, 8))
MISPLACED = (
    "SELECT a.week, a.area, a.service, a.desk, a.questionnaire, a.question, a.channel, a.pending, "
    "a.kind, a.value, a.grade, f.week, coalesce(r.pending, a.pending) FROM answers a "
    "JOIN (SELECT response_id, min(week) AS week FROM answers GROUP BY response_id) f "
    "ON f.response_id = a.response_id LEFT JOIN responses r ON r.id = a.response_id "
    "WHERE a.week <> f.week OR a.pending <> coalesce(r.pending, a.pending)"
)


def upgrade() -> None:
    op.create_table(
        "keys_used",
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_keys_used")),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "answers",
        sa.Column("first_answered_at", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.execute("UPDATE answers SET first_answered_at = answered_at")
    _move_sums()
    op.execute(
        "UPDATE answers SET week = (SELECT min(f.week) FROM answers f "
        "WHERE f.response_id = answers.response_id), pending = coalesce((SELECT r.pending "
        "FROM responses r WHERE r.id = answers.response_id), pending)"
    )


def downgrade() -> None:
    op.drop_column("answers", "first_answered_at")
    op.drop_table("keys_used")


def _move_sums() -> None:
    sums: Counter[tuple[Any, ...]] = Counter()
    counts: Counter[tuple[Any, ...]] = Counter()
    for row in op.get_bind().exec_driver_sql(MISPLACED).fetchall():
        *before, kind, value, grade, week, pending = row
        for key, by in ((tuple(before), -1), ((week, *before[1:7], pending), 1)):
            sums[*key, "n"] += by
            if grade:
                sums[*key, f"c{grade}"] += by
            for chosen in value.split("+") if kind in ("choice", "choices", "yes_no") else ():
                counts[*key, chosen] += by
    _add(
        "weekly_sums",
        ((dict(zip(KEY, key[:8], strict=True)), key[8], by) for key, by in sums.items()),
    )
    _add(
        "weekly_counts",
        (
            ({**dict(zip(KEY, key[:8], strict=True)), "value": key[8]}, "n", by)
            for key, by in counts.items()
        ),
    )


def _add(table: str, changes: Iterator[tuple[dict[str, Any], str, int]]) -> None:
    """Add to one number of the row with this key, in the first shard; make the row if need be."""
    connection = op.get_bind()
    # The names in these statements are constants of this file.
    for key, column, by in changes:
        where = " AND ".join(f"{name} = :{name}" for name in key) + " AND shard = 0"
        change = sa.text(f"UPDATE {table} SET {column} = {column} + :by WHERE {where}")
        if connection.execute(change, {**key, "by": by}).rowcount:
            continue
        numbers = ("n", *GRADES) if table == "weekly_sums" else ("n",)
        row = {**key, "shard": 0, **dict.fromkeys(numbers, 0), column: by}
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
