"""Conversations that a person has taken over."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table

from storage.tables.columns import binary, given_id, integer, metadata, serial_id, string

handovers = Table(
    "handovers",
    metadata,
    given_id("id"),
    Column("contact_id", BigInteger, nullable=True),  # null: the contact was erased
    string("channel"),
    string("area"),
    string("status"),  # handlers.state.HandoverStatus
    integer("opened_at"),
    integer("waiting_since"),  # oldest words of the citizen without an answer; 0: none
    integer("queued_at"),  # in the queue since; 0: taken
    integer("staff_id"),  # who has it, or had it last; 0: not taken yet
    integer("taken_at"),
    integer("changed_at"),
    integer("ended_at"),
    string("ended_by"),  # citizen, staff, unanswered, idle, erased
    string("case_number"),  # that became of it
    integer("urgent"),
    Index(None, "contact_id"),
    Index(None, "status", "waiting_since"),
)

handover_messages = Table(
    "handover_messages",
    metadata,
    serial_id(),
    Column("handover_id", BigInteger, ForeignKey("handovers.id"), nullable=False),
    integer("staff_id"),  # 0: the citizen
    binary("text", nullable=True),  # encrypted; null: erased
    integer("at"),
    Index(None, "handover_id"),
)
