"""The first schema: contacts, answers and their weekly sums, cases, staff, inbox and outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("response_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("grade", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pending", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_answered_at"), "answers", ["answered_at"], unique=False)
    op.create_index(
        "ix_answers_words",
        "answers",
        ["week"],
        unique=False,
        sqlite_where=sa.text("words IS NOT NULL"),
        postgresql_where=sa.text("words IS NOT NULL"),
    )
    op.create_table(
        "cases",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("changed_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_contact_id"), "cases", ["contact_id"], unique=False)
    op.create_index(
        op.f("ix_cases_status_opened_at"), "cases", ["status", "opened_at"], unique=False
    )
    op.create_table(
        "contact_addresses",
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_contact_addresses")),
    )
    op.create_table(
        "contact_aliases",
        sa.Column("alias", sa.LargeBinary(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key_version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_contact_aliases")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_contact_aliases_contact_id"), "contact_aliases", ["contact_id"], unique=False
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "departed_at", sa.BigInteger(), server_default="0", autoincrement=False, nullable=False
        ),
        sa.Column(
            "erased_at", sa.BigInteger(), server_default="0", autoincrement=False, nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_table(
        "conversations",
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("last_incoming_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("updated_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_conversations")),
        postgresql_with={"fillfactor": 70},
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "digest_claims",
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("week", "contact_id", name=op.f("pk_digest_claims")),
    )
    op.create_table(
        "erasures_pending",
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("erased_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_erasures_pending")),
    )
    op.create_table(
        "inbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_inbox_event_id")),
    )
    op.create_index(op.f("ix_inbox_contact_id_id"), "inbox", ["contact_id", "id"], unique=False)
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "lookups",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("card", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lookups")),
    )
    op.create_index(op.f("ix_lookups_at"), "lookups", ["at"], unique=False)
    op.create_index(op.f("ix_lookups_week_found"), "lookups", ["week", "found"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("closes", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("repeated", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("due_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent_ref", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("contact_id", "seq", name=op.f("pk_outbox")),
        postgresql_with={"fillfactor": 80},
    )
    op.create_index(op.f("ix_outbox_created_at"), "outbox", ["created_at"], unique=False)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('due', 'sending', 'retry', 'uncertain')"),
        postgresql_where=sa.text("state IN ('due', 'sending', 'retry', 'uncertain')"),
    )
    op.create_index(
        "ix_outbox_reported",
        "outbox",
        ["sent_ref"],
        unique=False,
        sqlite_where=sa.text("channel = 'whatsapp' AND sent_ref <> ''"),
        postgresql_where=sa.text("channel = 'whatsapp' AND sent_ref <> ''"),
    )
    op.create_table(
        "pauses",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_pauses")),
    )
    op.create_table(
        "published_digests",
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("week", "area", name=op.f("pk_published_digests")),
    )
    op.create_table(
        "quarantine",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
    )
    op.create_index(op.f("ix_quarantine_at"), "quarantine", ["at"], unique=False)
    op.create_table(
        "questionnaire_versions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_questionnaire_versions")),
    )
    op.create_table(
        "responses",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("pending", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("started_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("finished_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
    )
    op.create_index(op.f("ix_responses_contact_id"), "responses", ["contact_id"], unique=False)
    op.create_table(
        "seen_events",
        sa.Column("event_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_hash", name=op.f("pk_seen_events")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_seen_events_seen_at"), "seen_events", ["seen_at"], unique=False)
    op.create_table(
        "staff",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("duty", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    op.create_table(
        "weekly_counts",
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("pending", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "week",
            "questionnaire",
            "question",
            "area",
            "service",
            "desk",
            "value",
            "channel",
            "pending",
            "shard",
            name=op.f("pk_weekly_counts"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "weekly_sums",
        sa.Column("week", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("pending", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shard", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c1", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c2", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c3", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c4", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c5", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c6", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("c7", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint(
            "week",
            "questionnaire",
            "question",
            "area",
            "service",
            "desk",
            "channel",
            "pending",
            "shard",
            name=op.f("pk_weekly_sums"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_notes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["cases.number"], name=op.f("fk_case_notes_number_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index(op.f("ix_case_notes_number"), "case_notes", ["number"], unique=False)
    op.create_table(
        "staff_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("used_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_codes_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_staff_codes")),
    )
    op.create_table(
        "staff_contacts",
        sa.Column("contact_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_contacts_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_staff_contacts")),
    )
    op.create_index(
        op.f("ix_staff_contacts_staff_id"), "staff_contacts", ["staff_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("staff_contacts")
    op.drop_table("staff_codes")
    op.drop_table("case_notes")
    op.drop_table("weekly_sums")
    op.drop_table("weekly_counts")
    op.drop_table("staff")
    op.drop_table("seen_events")
    op.drop_table("responses")
    op.drop_table("questionnaire_versions")
    op.drop_table("quarantine")
    op.drop_table("published_digests")
    op.drop_table("pauses")
    op.drop_table("outbox")
    op.drop_table("lookups")
    op.drop_table("leases")
    op.drop_table("inbox")
    op.drop_table("erasures_pending")
    op.drop_table("digest_claims")
    op.drop_table("counters")
    op.drop_table("conversations")
    op.drop_table("contacts")
    op.drop_table("contact_aliases")
    op.drop_table("contact_addresses")
    op.drop_table("cases")
    op.drop_table("answers")
