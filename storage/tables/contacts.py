"""Contacts: one citizen, or staff member, on one channel; and their conversations."""

from __future__ import annotations

from sqlalchemy import Index, Table

from storage.tables.columns import binary, given_id, integer, metadata, string

contacts = Table(
    "contacts",
    metadata,
    given_id("id"),  # storage.engine.ids
    string("channel"),
    string("account"),
    integer("created_at"),
    integer("departed_at", default=0),
    integer("erased_at", default=0),  # what is left goes once the last message is out
)

contact_aliases = Table(
    "contact_aliases",
    metadata,
    binary("alias", key=True),  # HMAC of channel, account and address
    integer("contact_id"),
    integer("key_version"),
    Index(None, "contact_id"),
    sqlite_with_rowid=False,
)

contact_addresses = Table(
    "contact_addresses",
    metadata,
    given_id("contact_id"),
    binary("address"),  # encrypted
)

conversations = Table(
    "conversations",
    metadata,
    given_id("contact_id"),
    binary("state"),  # handlers.state.Conversation, encrypted if it holds words; empty: a new one
    integer("last_incoming_at"),
    integer("updated_at"),
    postgresql_with={"fillfactor": 70},  # rewritten with every message: room to stay on its page
)

# This table and the outbox have no index on times: retention scans them.
seen_events = Table(
    "seen_events",
    metadata,
    binary("event_hash", key=True),
    integer("seen_at"),
    sqlite_with_rowid=False,
)
