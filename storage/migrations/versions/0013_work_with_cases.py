"""Work with cases: incidents, reply templates, reports of wrong cards, what a desk entered once.

Lookups in vain get an index that holds their words, so that the panel adds them up without the
table; what was found is no longer indexed by week.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"
branch_labels = None
depends_on = None

WITH_WORDS = sa.text("text IS NOT NULL")
NOTHING = sa.text("found = 'nothing'")


def upgrade() -> None:
    op.add_column("cases", _int("incident_id", default="0"))
    op.create_index("ix_cases_incident_id", "cases", ["incident_id"])
    op.create_index("ix_cases_changed_at", "cases", ["changed_at"])
    op.create_index(
        "ix_cases_with_words",
        "cases",
        ["changed_at", "area", "status", "number"],
        sqlite_where=WITH_WORDS,
        postgresql_where=WITH_WORDS,
    )
    op.create_table(
        "incidents",
        _serial(),
        sa.Column("title", sa.Text(), nullable=False),
        _int("staff_id"),
        _int("opened_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_table(
        "reply_templates",
        _serial(),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _int("version"),
        _int("staff_id"),
        _int("changed_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_templates")),
    )
    op.create_table(
        "card_reports",
        _serial(),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        _int("staff_id"),
        _int("at"),
        _int("settled_at", default="0"),
        _int("settled_by", default="0"),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_reports")),
    )
    op.create_index("ix_card_reports_settled_at", "card_reports", ["settled_at"])
    op.create_table(
        "desk_entries",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        _int("staff_id"),
        _int("at"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_desk_entries")),
    )
    op.drop_index("ix_lookups_week_found", table_name="lookups")
    op.create_index(
        "ix_lookups_in_vain",
        "lookups",
        ["week", "query"],
        sqlite_where=NOTHING,
        postgresql_where=NOTHING,
    )


def downgrade() -> None:
    op.drop_index("ix_lookups_in_vain", table_name="lookups")
    op.create_index("ix_lookups_week_found", "lookups", ["week", "found"])
    for table in ("desk_entries", "card_reports", "reply_templates", "incidents"):
        op.drop_table(table)
    op.drop_index("ix_cases_with_words", table_name="cases")
    op.drop_index("ix_cases_changed_at", table_name="cases")
    op.drop_index("ix_cases_incident_id", table_name="cases")
    op.drop_column("cases", "incident_id")


def _int(name: str, *, default: str | None = None) -> sa.Column[int]:
    return sa.Column(
        name, sa.BigInteger(), autoincrement=False, server_default=default, nullable=False
    )


def _serial() -> sa.Column[int]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", number, autoincrement=True, nullable=False)
