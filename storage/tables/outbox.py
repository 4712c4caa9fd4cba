"""What is still to be done: words that wait, replies on their way, and events apart."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint, text

from storage.tables.columns import OPEN, binary, integer, metadata, serial_id, string

UNCLAIMED_OPEN = "state <> 'sending' AND " + OPEN
"""Open outbox rows that no process has claimed."""

HELD = "due_at < 0"
"""Rows that wait for their contact to write; queries repeat it word for word, as ``OPEN``."""

HELD_AT = -1

inbox = Table(
    "inbox",
    metadata,
    serial_id(),
    integer("contact_id"),
    string("event_id"),
    binary("body"),  # handlers.messages.Body as msgpack, encrypted
    integer("created_at"),
    integer("due_at", default=0),  # not before
    UniqueConstraint("event_id"),
    Index(None, "contact_id", "id"),
)

outbox = Table(
    "outbox",
    metadata,
    integer("contact_id", key=True),
    integer("seq", key=True),  # the reply's number
    string("channel"),
    # handlers.messages.Reply, encrypted if private; emptied once sent, web in 24 h
    binary("payload"),
    string("about"),  # case number
    integer("closes"),
    string("state"),
    integer("attempts"),
    integer("repeated"),  # 1: sent again after an unknown outcome
    integer("due_at"),  # 0: finished; below it: held
    string("owner"),
    integer("owner_epoch"),
    integer("claimed_at"),
    integer("sent_at"),
    string("sent_ref"),
    string("code"),
    integer("created_at"),
    string("cause", default=""),  # the inbox event that it tells of; empty: the contact wrote
    # By time, so that it grows at one end and shrinks at the other.
    Index("ix_outbox_open", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    Index("ix_outbox_held", "contact_id", sqlite_where=text(HELD), postgresql_where=text(HELD)),
    Index(
        "ix_outbox_reported",
        "sent_ref",
        sqlite_where=text("channel = 'whatsapp' AND sent_ref <> ''"),
        postgresql_where=text("channel = 'whatsapp' AND sent_ref <> ''"),
    ),
    postgresql_with={"fillfactor": 80},
)

pauses = Table("pauses", metadata, string("channel", key=True), integer("until"))

quarantine = Table(
    "quarantine",
    metadata,
    serial_id(),
    binary("event_hash"),
    string("channel"),
    integer("contact_id"),  # 0: the event could not even be read
    binary("body"),  # encrypted
    string("code"),
    integer("at"),
    Index(None, "at"),
)
