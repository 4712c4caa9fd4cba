"""Audits what staff do with cases and handovers from their chat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from handlers.facts.cases import AnswerUndone, CaseAnswered, CaseNoted, CaseRead
from handlers.facts.handovers import HandoverAnswered
from handlers.facts.union import Fact
from storage.audit.chain import AuditEntry, append
from storage.engine.keyring import Keyring

AUDITED = (CaseRead, CaseAnswered, AnswerUndone, CaseNoted, HandoverAnswered)


def record_in_log(tx: Connection, keyring: Keyring, facts: Iterable[Fact], now: datetime) -> None:
    """Append an entry for each action. Call it last: the log's lock is the last in LOCK_ORDER."""
    for fact in facts:
        if (entry := _entry_of(fact)) is not None:
            append(tx, keyring, entry, now)


def _entry_of(fact: Fact) -> AuditEntry | None:
    match fact:
        case CaseRead(number, staff):
            return AuditEntry(staff, "case-read", number)
        case CaseAnswered(number, staff):
            return AuditEntry(staff, "case-answered", number)
        case AnswerUndone(number, staff, _):
            return AuditEntry(staff, "answer-undone", number)
        case CaseNoted(number, staff):
            return AuditEntry(staff, "case-noted", number)
        case HandoverAnswered(id, staff):
            return AuditEntry(staff, "chat-answered", f"chat:{id}")
        case _:
            return None
