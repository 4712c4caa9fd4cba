"""The audit log: who read, changed or took what, each entry chained to all before it.

An entry is appended in the transaction of what it tells of. The database refuses to change or
delete one; each hash is keyed and takes in the one before, so that an entry that was changed all
the same, left out or slipped in is found by ``verify``. The newest entries can only be cut off
unseen by someone who also sets the counter back: a head noted elsewhere shows that.
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

COMMAND_LINE = 0  # stands for the staff's id
COUNTER = "audit"
ROWS_AT_A_TIME = 5_000
CODE_BYTES = 8  # of a hash are written down


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done. Ids and codes only: no words, names or addresses of citizens."""

    staff_id: int
    action: str
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry as it stands in the log."""

    number: int
    at: datetime
    entry: AuditEntry
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash; number 0: the log is empty."""

    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify`` found. ``fault`` None: nothing was changed; else its number and kind."""

    head: Head
    fault: tuple[int, str] | None = None


def append(tx: Connection, keyring: Keyring, entry: AuditEntry, now: datetime) -> None:
    """Add an entry to the log, in the transaction of what it tells of."""
    # Counting first: its row stays locked until the commit, so writers follow one another. What
    # else a transaction locks it locks before: all who write meet here.
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
    """Have whoever appends wait for this transaction, and see what it wrote."""
    counters.add(tx, {COUNTER: 0})


def newest(
    tx: Connection, limit: int, *, before: int | None = None, subject: str = ""
) -> list[LoggedEntry]:
    """The last entries, the newest first; ``before``: only those with a lower number."""
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
    """A head to be written down: ``412:9f86d081884c7d65``; empty for an empty log."""
    return f"{head.number}:{head.hash[:CODE_BYTES].hex()}" if head.number else ""


def verify(tx: Connection, keyring: Keyring, noted: Head | None = None) -> Verification:
    """Compute every hash again. ``noted``: a head that was written down elsewhere."""
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
