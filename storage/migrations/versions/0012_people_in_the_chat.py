"""People in the chat: handovers, the duty roster, absences, how staff are told, a pinned notice."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for choice in ("by_chat", "by_mail", "weekly"):
        op.add_column(
            "staff", sa.Column(choice, sa.BigInteger(), server_default="1", nullable=False)
        )
    op.create_table(
        "duty_shifts",
        _serial(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        _text("area"),
        _text("first_day"),
        _text("last_day"),
        _text("weekdays"),
        _int("begins"),
        _int("ends"),
        _text("zone"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_duty_shifts_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shifts")),
    )
    op.create_index("ix_duty_shifts_staff_id", "duty_shifts", ["staff_id"])
    op.create_table(
        "absences",
        _serial(),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        _int("substitute_id"),
        _int("begins_at"),
        _int("ends_at"),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_absences_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_staff_id", "absences", ["staff_id"])
    op.create_index("ix_absences_ends_at", "absences", ["ends_at"])
    op.create_table(
        "handovers",
        sa.Column("id", _row_number(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        _text("channel"),
        _text("area"),
        _text("status"),
        *(_int(name) for name in ("opened_at", "waiting_since", "queued_at", "staff_id")),
        *(_int(name) for name in ("taken_at", "changed_at", "ended_at")),
        _text("ended_by"),
        _text("case_number"),
        _int("urgent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_contact_id", "handovers", ["contact_id"])
    op.create_index("ix_handovers_status_waiting_since", "handovers", ["status", "waiting_since"])
    op.create_table(
        "handover_messages",
        _serial(),
        sa.Column("handover_id", sa.BigInteger(), nullable=False),
        _int("staff_id"),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        _int("at"),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handovers.id"], name=op.f("fk_handover_messages_handover_id_handovers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_messages")),
    )
    op.create_index("ix_handover_messages_handover_id", "handover_messages", ["handover_id"])
    op.create_table(
        "pinned_notices",
        _serial(),
        _text("text"),
        _int("stops_surveys"),
        _int("begun_at"),
        _int("ended_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pinned_notices")),
    )


def downgrade() -> None:
    for table in (
        "pinned_notices", "handover_messages", "handovers", "absences", "duty_shifts"
    ):
        op.drop_table(table)
    for choice in ("weekly", "by_mail", "by_chat"):
        op.drop_column("staff", choice)


def _row_number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _serial() -> sa.Column[int]:
    return sa.Column("id", _row_number(), autoincrement=True, nullable=False)


def _int(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
