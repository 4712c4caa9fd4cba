"""What was published of each area, as numbers: what later figures look back on.

Digests that were published before are read for it. They hold percentages: of the numbers that round
to one, the middle is taken. An area that they showed nothing of begins to be gathered after them.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    blocks = op.create_table(
        "published_blocks",
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("last_week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("satisfied", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("area", "last_week", name=op.f("pk_published_blocks")),
    )
    digests = op.get_bind().execute(
        sa.text("SELECT week, figures FROM published_digests WHERE area = '' ORDER BY week")
    )
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for week, figures in digests.fetchall():
        rows = {key: row for key, row in rows.items() if row["n"]}
        for area in json.loads(bytes(figures))["areas"]:
            row = _row(area, week)
            rows[row["area"], week] = row
    if rows:
        op.bulk_insert(blocks, list(rows.values()))


def downgrade() -> None:
    op.drop_table("published_blocks")


def _row(area: dict[str, Any], week: int) -> dict[str, Any]:
    share = area.get("satisfied") or {"percent": 0, "n": 0}
    return {
        "area": area["id"],
        "last_week": week,
        "first_week": week,
        "satisfied": (share["percent"] * share["n"] + 50) // 100,
        "n": share["n"],
    }
