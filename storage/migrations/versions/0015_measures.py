"""Corrective measures: their steps, which only grow, and who was told that one waits."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

REFUSED = "steps of measures are never changed"


def upgrade() -> None:
    op.create_table(
        "measure_steps",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_measure_steps")),
    )
    op.create_table(
        "measure_warnings",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "number", "due_at", "step", "staff_id", name=op.f("pk_measure_warnings")
        ),
    )
    _refuse_changes()


def downgrade() -> None:
    op.execute("DELETE FROM counters WHERE name LIKE 'measure:%'")
    op.drop_table("measure_warnings")
    op.drop_table("measure_steps")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_measure_change()")


def _refuse_changes() -> None:
    """Triggers, since privileges would not bind the tables' owner, who we are."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_measure_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER measure_steps_stay BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON measure_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_measure_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER measure_steps_no_{change.lower()} BEFORE {change} ON measure_steps "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
