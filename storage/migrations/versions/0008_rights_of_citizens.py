"""Requests of citizens about their own data, with their legal dates, and consents to be told.

A request keeps its number and dates after its contact is erased, without the contact and the words.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _int(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(
        name, sa.BigInteger(), autoincrement=False, nullable=False, server_default=default
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "privacy_requests",
        _text("number"),
        _text("kind"),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        _text("channel"),
        _text("status"),
        _int("asked_at"),
        _int("due_at"),
        _int("extended_at", "0"),
        _int("decided_at", "0"),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_privacy_requests")),
    )
    op.create_index(op.f("ix_privacy_requests_contact_id"), "privacy_requests", ["contact_id"])
    op.create_index(op.f("ix_privacy_requests_status_due_at"), "privacy_requests", ["status", "due_at"])
    op.create_table(
        "consents",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        _int("contact_id"),
        _text("purpose"),
        _text("version"),
        _text("channel"),
        _int("given_at"),
        _int("withdrawn_at", "0"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_contact_id"), "consents", ["contact_id"])


def downgrade() -> None:
    op.drop_table("consents")
    op.drop_table("privacy_requests")
