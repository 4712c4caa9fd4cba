"""Staff: how they are reached, when they are on duty, and what they may do."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Label,
    Table,
    UniqueConstraint,
    func,
)

from storage.tables.columns import binary, given_id, integer, metadata, serial_id, string

staff = Table(
    "staff",
    metadata,
    serial_id(),
    string("name"),
    string("email"),
    string("area"),  # empty: the whole municipality
    integer("duty"),  # 1: told of cases of areas without staff
    integer("created_at"),
    # How they want to be told: 1 is yes.
    integer("by_chat", default=1),
    integer("by_mail", default=1),
    integer("weekly", default=1),
    UniqueConstraint("email"),
)

# Joined from outside to what somebody did: empty once they are no longer staff.
staff_name: Label[str] = func.coalesce(staff.c.name, "").label("name")

staff_contacts = Table(
    "staff_contacts",
    metadata,
    given_id("contact_id"),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    Index(None, "staff_id"),
)

staff_codes = Table(
    "staff_codes",
    metadata,
    binary("code_hash", key=True),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    integer("expires_at"),
    integer("used_at"),
)

# Who answers in the chat and is told of what is urgent, and when.
duty_shifts = Table(
    "duty_shifts",
    metadata,
    serial_id(),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    string("area"),  # empty: the whole municipality
    string("first_day"),  # such as 2026-11-30
    string("last_day"),  # empty: until it is removed
    string("weekdays"),  # digits, 1 is Monday
    integer("begins"),  # minutes after midnight
    integer("ends"),  # not after ``begins``: on the next day
    string("zone"),  # that the times are of
    Index(None, "staff_id"),
)

absences = Table(
    "absences",
    metadata,
    serial_id(),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    integer("substitute_id"),  # 0: none
    integer("begins_at"),
    integer("ends_at"),
    Index(None, "staff_id"),
    Index(None, "ends_at"),
)

staff_roles = Table(
    "staff_roles",
    metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True, autoincrement=False),
    string("role", key=True),  # handlers.staff.permissions.Role
    string("area", key=True),  # empty: the whole municipality
    integer("given_at"),
)

sign_in_tokens = Table(
    "sign_in_tokens",
    metadata,
    binary("token_hash", key=True),
    binary("code_hash"),  # empty: it has no code
    binary("browser_hash"),  # in which the code may be typed
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    integer("expires_at"),
    integer("used_at"),
    integer("misses"),  # codes typed wrong
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    serial_id(),
    binary("origin"),  # HMAC of a network or mail address
    integer("at"),
    Index(None, "origin", "at"),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    serial_id(),
    binary("token_hash"),
    Column("staff_id", BigInteger, ForeignKey("staff.id"), nullable=False),
    string("device"),
    integer("created_at"),
    integer("seen_at"),
    UniqueConstraint("token_hash"),
    Index(None, "staff_id"),
)

# Triggers refuse to change or delete an entry: migration 0010.
audit_entries = Table(
    "audit_entries",
    metadata,
    given_id("id"),  # counted without gaps
    integer("at"),
    integer("staff_id"),  # 0: the command line
    string("action"),
    string("subject"),  # ids only: never a citizen's words, name or address
    string("detail"),
    binary("hash"),  # of this entry and the hash before it
)

# The notice above every reply is the last one that has not ended.
pinned_notices = Table(
    "pinned_notices",
    metadata,
    serial_id(),
    string("text"),
    integer("stops_ratings"),
    integer("begun_at"),
    integer("ended_at"),  # 0: it is pinned
)
