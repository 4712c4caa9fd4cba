"""Self-assessments: their steps, which only grow, and end once one is validated."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

REFUSED = "steps of self-assessments are never changed"
ENDED = "a validated self-assessment takes no more steps"
AFTER_THE_END = (
    "SELECT 1 FROM assessment_steps AS known WHERE known.number = NEW.number "
    "AND known.kind = 'validated' AND known.place < NEW.place"
)


def upgrade() -> None:
    op.create_table(
        "assessment_steps",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", "place", name=op.f("pk_assessment_steps")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _refuse_on_postgresql()
    else:
        _refuse_on_sqlite()


def downgrade() -> None:
    op.execute("DELETE FROM counters WHERE name LIKE 'assessment:%'")
    op.drop_table("assessment_steps")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_assessment_change()")
        op.execute("DROP FUNCTION refuse_assessment_step()")


def _refuse_on_postgresql() -> None:
    """Triggers, since privileges would not bind the tables' owner, who we are."""
    op.execute(
        "CREATE FUNCTION refuse_assessment_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER assessment_steps_stay BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON assessment_steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_assessment_change()"
    )
    op.execute(
        "CREATE FUNCTION refuse_assessment_step() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF EXISTS ({AFTER_THE_END}) THEN RAISE EXCEPTION '{ENDED}'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER assessment_steps_end BEFORE INSERT ON assessment_steps "
        "FOR EACH ROW EXECUTE FUNCTION refuse_assessment_step()"
    )


def _refuse_on_sqlite() -> None:
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER assessment_steps_no_{change.lower()} BEFORE {change} "
            f"ON assessment_steps BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
    op.execute(
        "CREATE TRIGGER assessment_steps_end BEFORE INSERT ON assessment_steps "
        f"WHEN EXISTS ({AFTER_THE_END}) BEGIN SELECT RAISE(ABORT, '{ENDED}'); END"
    )
