"""The audit log: who read, changed or exported what, as a hash chain.

An entry is appended in the transaction of what it records. Triggers refuse to change or delete
entries, and each keyed hash covers the hash before it, so ``verify`` finds an entry that was
changed, removed or inserted all the same. Only the newest entries could be cut off unnoticed, by
someone who also sets the counter back; a head noted elsewhere reveals that.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.tables.staff import audit_entries

COMMAND_LINE = 0  # in place of a staff id
COUNTER = "audit"
ROWS_AT_A_TIME = 5_000
CODE_BYTES = 8  # of a hash, in a code for people


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action. Ids and codes only, never words, names or addresses of citizens."""

    staff_id: int
    action: str
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry as stored in the log."""

    number: int
    at: datetime
    entry: AuditEntry
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash; number 0 if the log is empty."""

    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of ``verify``. ``fault``: number and kind of the first fault; None if intact."""

    head: Head
    fault: tuple[int, str] | None = None


def append(tx: Connection, keyring: Keyring, entry: AuditEntry, now: datetime) -> None:
    """Append an entry to the log, in the transaction of what it records."""
    # The counter's row stays locked until the commit, so writers follow one another. Everything
    # else must be locked before: this is the one lock that all writers share.
    counters.add(tx, {COUNTER: 1})
    number, at = counters.value(tx, COUNTER), micros(now)
    before = tx.execute(
        select(audit_entries.c.hash).where(audit_entries.c.id == number - 1)
    ).scalar()
    tx.execute(
        insert(audit_entries).values(
            id=number,
            at=at,
            staff_id=entry.staff_id,
            action=entry.action,
            subject=entry.subject,
            detail=entry.detail,
            hash=keyring.chain_hash(before or b"", _canonical(number, at, entry)),
        )
    )


def lock(tx: Connection) -> None:
    """Make other transactions that append wait for this one, and see its changes."""
    counters.add(tx, {COUNTER: 0})


def newest(
    tx: Connection, limit: int, *, before: int | None = None, subject: str = ""
) -> list[LoggedEntry]:
    """The last entries, newest first; ``before``: only those with a lower number."""
    chosen = select(audit_entries).order_by(audit_entries.c.id.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(audit_entries.c.id < before)
    if subject:
        chosen = chosen.where(audit_entries.c.subject == subject)
    return [
        LoggedEntry(
            row.id,
            moment(row.at),
            AuditEntry(row.staff_id, row.action, row.subject, row.detail),
            row.hash,
        )
        for row in tx.execute(chosen)
    ]


def of_action(tx: Connection, action: str) -> list[LoggedEntry]:
    """Every entry of an action, oldest first. Reads the whole log."""
    return [written for written in _all_entries(tx) if written.entry.action == action]


def head(tx: Connection) -> Head:
    """The last entry's number and hash."""
    last = newest(tx, 1)
    return Head(last[0].number, last[0].hash) if last else Head(0, b"")


def code(head: Head) -> str:
    """A head as a code for people: ``412:9f86d081884c7d65``; empty for an empty log."""
    return f"{head.number}:{head.hash[:CODE_BYTES].hex()}" if head.number else ""


def verify(tx: Connection, keyring: Keyring, noted: Head | None = None) -> Verification:
    """Recompute every hash. ``noted``: a head's code that was noted elsewhere."""
    number, last, awaited = 0, b"", noted
    for written in _all_entries(tx):
        number += 1
        if written.number != number:
            return Verification(Head(number - 1, last), (number, "missing"))
        last = keyring.chain_hash(last, _canonical(number, micros(written.at), written.entry))
        if not hmac.compare_digest(last, written.hash):
            return Verification(Head(number - 1, written.hash), (number, "changed"))
        if awaited is not None and number == awaited.number:
            if not last.hex().startswith(awaited.hash.hex()):
                return Verification(Head(number, last), (number, "not-as-noted"))
            awaited = None
    head = Head(number, last)
    if counters.value(tx, COUNTER) != number or (awaited is not None and awaited.number > 0):
        return Verification(head, (number + 1, "missing"))
    return Verification(head)


def _all_entries(tx: Connection) -> Iterator[LoggedEntry]:
    last = 0
    while True:
        rows = tx.execute(
            select(audit_entries)
            .where(audit_entries.c.id > last)
            .order_by(audit_entries.c.id)
            .limit(ROWS_AT_A_TIME)
        ).fetchall()
        if not rows:
            return
        for row in rows:
            entry = AuditEntry(row.staff_id, row.action, row.subject, row.detail)
            yield LoggedEntry(row.id, moment(row.at), entry, row.hash)
        last = rows[-1].id


def _canonical(number: int, at: int, entry: AuditEntry) -> str:
    parts = [number, at, entry.staff_id, entry.action, entry.subject, entry.detail]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
