"""A case has a responsible unit and a deadline, with the rule that gives it.

Cases that are still open get the deadline that the norm gives by default: 20 working days from the
day after they came in, on Chile's public holidays. A municipality with other terms, another zone or
holidays of its own recomputes them: ``opina cases verify --mend``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from holidays import country_holidays

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DAYS = 20
RULE = f"OIRS {DAYS} working days"
ZONE = ZoneInfo("America/Santiago")
NUMBERS = ("area_since", "due_from", "due_at", "extended_at", "read_at", "answered_at", "urgent")
TEXTS = ("filed_area", "rule", "judged")


def upgrade() -> None:
    for name in NUMBERS:
        column = sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
        op.add_column("cases", column)
    for name in TEXTS:
        op.add_column("cases", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("extended_why", sa.LargeBinary(), nullable=True))
    op.add_column("case_notes", sa.Column("area", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_cases_status_due_at"), "cases", ["status", "due_at"])
    op.create_table(
        "case_warnings",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["cases.number"], name=op.f("fk_case_warnings_number_cases")
        ),
        sa.PrimaryKeyConstraint("number", "due_at", "step", "staff_id", name="pk_case_warnings"),
    )
    op.execute("UPDATE cases SET filed_area = area, area_since = opened_at")
    op.execute("UPDATE cases SET answered_at = changed_at WHERE status = 'answered'")
    connection = op.get_bind()
    cases = connection.exec_driver_sql(
        "SELECT number, opened_at FROM cases WHERE status <> 'closed'"
    ).fetchall()
    fill = sa.text("UPDATE cases SET due_from = :since, due_at = :due, rule = :rule WHERE number = :n")
    for number, since in cases:
        connection.execute(fill, {"since": since, "due": due(since), "rule": RULE, "n": number})


def downgrade() -> None:
    op.drop_table("case_warnings")
    op.drop_column("case_notes", "area")
    op.drop_index(op.f("ix_cases_status_due_at"), "cases")
    for name in (*NUMBERS, *TEXTS, "extended_why"):
        op.drop_column("cases", name)


def due(since: int) -> int:
    """The last second of the last day, in microseconds."""
    opened = datetime.fromtimestamp(since / 1_000_000, UTC).astimezone(ZONE)
    day, left = opened.date(), DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    ends = datetime.combine(day, time(23, 59, 59), tzinfo=ZONE)
    return int(ends.timestamp()) * 1_000_000


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in country_holidays("CL", years=day.year)
