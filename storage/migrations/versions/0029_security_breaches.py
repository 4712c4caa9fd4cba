"""Security breaches: their steps, which only grow, who is told of one, and what staff were told."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

REFUSED = "steps of breaches are never changed"


def upgrade() -> None:
    op.create_table(
        "breach_steps",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_breach_steps")),
    )
    op.create_table(
        "breach_tellings",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", "contact_id", name=op.f("pk_breach_tellings")),
    )
    op.create_index(op.f("ix_breach_tellings_contact_id"), "breach_tellings", ["contact_id"])
    op.create_table(
        "breach_warnings",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", "due_at", "step", name=op.f("pk_breach_warnings")),
    )
    _refuse_changes()


def downgrade() -> None:
    op.execute("DELETE FROM counters WHERE name LIKE 'breach:%'")
    for table in ("breach_warnings", "breach_tellings", "breach_steps"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_breach_change()")


def _refuse_changes() -> None:
    """Triggers, since privileges would not bind the tables' owner, who we are."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_breach_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER breach_steps_stay BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON breach_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_breach_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER breach_steps_no_{change.lower()} BEFORE {change} ON breach_steps "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
