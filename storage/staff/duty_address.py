"""The configured duty address, for cases of areas without staff; its changes are audited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.audit import chain
from storage.audit.chain import COMMAND_LINE, AuditEntry
from storage.engine.keyring import Keyring
from storage.staff import removal, staff


def name_duty(tx: Connection, keyring: Keyring, email: str | None, now: datetime) -> None:
    """Make ``email`` the duty address in place of any former one; None: there is none."""
    named = staff.ensure_duty(tx, keyring, email, now) if email else None
    former = removal.retire_duty(tx, email)
    entries = [AuditEntry(COMMAND_LINE, "duty-retired", f"staff:{id}") for id in former]
    if named is not None:
        entries.append(AuditEntry(COMMAND_LINE, "duty-named", f"staff:{named}"))
    for entry in entries:
        chain.append(tx, keyring, entry, now)
