"""A baseline can be set anew for every chart: its key names the indicator beside the area.

Those that were set before are of an area's grades 6 and 7.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLE = "baselines_set"
OF = {"measured": "satisfied", "scope": "area", "part": ""}
KEPT = ("decided_week", "first_week", "decided_at", "staff_id")
REFUSED = "notes and baselines are never changed"


def upgrade() -> None:
    _rekey(OF, "")


def downgrade() -> None:
    """The earlier key has room for an area's grades alone."""
    _rekey({}, " WHERE measured = 'satisfied' AND scope = 'area'")


def _rekey(of: dict[str, str], chosen: str) -> None:
    """Make the table anew under the other key; its triggers go with it and are made again."""
    kept = ", ".join(("area", *KEPT, "reason"))
    named = "".join(f", {column}" for column in of)
    values = "".join(f", '{value}'" for value in of.values())
    op.execute(f"ALTER TABLE {TABLE} RENAME TO {TABLE}_old")
    if op.get_bind().dialect.name == "postgresql":  # index names are the schema's there
        op.execute(f"ALTER INDEX pk_{TABLE} RENAME TO pk_{TABLE}_old")
    op.create_table(
        TABLE,
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("area", *of)),
        *(
            sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)
            for name in KEPT
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("area", *of, "decided_week", name=op.f(f"pk_{TABLE}")),
    )
    op.execute(
        f"INSERT INTO {TABLE} ({kept}{named}) SELECT {kept}{values} FROM {TABLE}_old{chosen}"
    )
    op.drop_table(f"{TABLE}_old")
    _refuse_changes()


def _refuse_changes() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLE}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_written_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_{change.lower()} BEFORE {change} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
