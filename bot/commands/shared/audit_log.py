"""Writes into the audit log what the command line reads and changes, as the panel does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction


def add_audit_entry(
    tx: Transaction, here: Installation, action: str, subject: str = "", detail: str = ""
) -> None:
    """``action``: one of ``bot.labels.audit_entries.ACTIONS``."""
    from storage.audit import chain
    from storage.audit.chain import COMMAND_LINE, AuditEntry

    entry = AuditEntry(COMMAND_LINE, action, subject, detail)
    chain.append(tx, here.keyring, entry, here.opened_at)
