"""What citizens ask about their own data, and what is being erased."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table

from storage.tables.columns import binary, given_id, integer, metadata, serial_id, string

privacy_requests = Table(
    "privacy_requests",
    metadata,
    string("number", key=True),
    string("kind"),  # handlers.facts.own_data.Right
    Column("contact_id", BigInteger, nullable=True),  # null: erased since
    string("channel"),
    string("status"),  # open, granted, refused, lifted
    integer("asked_at"),
    integer("due_at"),
    integer("extended_at", default=0),  # once; 0: never
    integer("decided_at", default=0),
    binary("text", nullable=True),  # encrypted; null: none, or erased
    binary("answer", nullable=True),  # what was decided and why, encrypted
    Index(None, "contact_id"),
    Index(None, "status", "due_at"),
)

# That staff were told of a request, and of which date.
request_warnings = Table(
    "request_warnings",
    metadata,
    string("number", key=True),
    integer("due_at", key=True),
    string("step", key=True),  # handlers.privacy.due.PrivacyWarning
    integer("at"),
)

# What happened to each security breach, step by step; the database refuses to change or delete one.
breach_steps = Table(
    "breach_steps",
    metadata,
    string("number", key=True),
    integer("place", key=True),  # from 1
    string("kind"),
    integer("at"),
    integer("staff_id"),
    binary("event"),  # handlers.privacy.breaches.steps.Event as JSON, encrypted
)

# Who is told in the chat that a breach affects them, once, and whether it arrived.
breach_messages = Table(
    "breach_tellings",
    metadata,
    string("number", key=True),
    integer("contact_id", key=True),
    string("state"),  # storage.privacy.breaches.messages.MessageState
    integer("told_at"),  # 0: not yet
    Index(None, "contact_id"),
)

# That staff were told of a breach, and of which date.
breach_warnings = Table(
    "breach_warnings",
    metadata,
    string("number", key=True),
    integer("due_at", key=True),
    string("step", key=True),  # handlers.privacy.due.PrivacyWarning
    integer("at"),
)

consents = Table(
    "consents",
    metadata,
    serial_id(),
    integer("contact_id"),
    string("purpose"),
    string("version"),  # of the text that was agreed to: its hash
    string("channel"),
    integer("given_at"),
    integer("withdrawn_at", default=0),
    Index(None, "contact_id"),
)

# What the page /privacidad says in the place of the settings: the newest version holds.
privacy_notices = Table(
    "privacy_notices",
    metadata,
    given_id("version"),
    string("items"),  # JSON: what only the municipality knows, by its key in [privacy]
    integer("staff_id"),
    integer("published_at"),
)

erasures_pending = Table(
    "erasures_pending",
    metadata,
    given_id("contact_id"),
    integer("erased_at"),
)
