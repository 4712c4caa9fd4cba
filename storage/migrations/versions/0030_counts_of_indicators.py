"""Counts of other indicators than grades 6 and 7, frozen with each digest.

Measures that were opened before need no change: they have no indicator written, and are judged by
grades 6 and 7 of their area as ever.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLE = "published_counts"
REFUSED = "published counts are never changed"


def upgrade() -> None:
    op.create_table(
        TABLE,
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("area", "measured", "scope", "part")
        ),
        *(
            sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
            for name in ("last_week", "first_week", "x", "n", "is_shown")
        ),
        sa.PrimaryKeyConstraint(
            "area", "measured", "scope", "part", "last_week", name=op.f("pk_published_counts")
        ),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_count_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {TABLE}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_count_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{change.lower()} BEFORE {change} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_count_change()")
