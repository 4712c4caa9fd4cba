"""The quarantine: events that failed, kept encrypted for 7 days for a developer to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select

from handlers.messages import Channel, Incoming
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.tables.outbox import quarantine


@dataclass(frozen=True, slots=True)
class SetAside:
    """One event in quarantine. ``raw``: as the platform sent it, or from ``encoded``."""

    id: int
    channel: Channel
    code: str
    at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """An event to be quarantined, and why. ``raw``: as sent by the platform or from ``encoded``."""

    channel: Channel
    event_id: str
    raw: bytes
    code: str
    contact_id: int = 0  # if known, so that an erasure finds the event


def encoded(incoming: Incoming) -> bytes:
    """A decoded event as bytes for the quarantine."""
    try:
        return msgspec.json.encode(incoming)
    except UnicodeEncodeError:  # a lone surrogate, which may have been the cause of the fault
        return b""


def add(tx: Connection, keyring: Keyring, failed: FailedEvent, now: datetime) -> None:
    """Put an event into quarantine. Idempotent."""
    event_hash = keyring.event_hash(failed.channel, "quarantine", failed.event_id)
    known = select(quarantine.c.id).where(quarantine.c.event_hash == event_hash)
    if tx.execute(known).first() is None:
        tx.execute(
            insert(quarantine).values(
                event_hash=event_hash,
                channel=failed.channel.value,
                contact_id=failed.contact_id,
                body=keyring.encrypt_bytes(failed.raw),
                code=failed.code,
                at=micros(now),
            )
        )


def count(tx: Connection) -> int:
    """How many events are in quarantine."""
    return tx.execute(select(func.count()).select_from(quarantine)).scalar_one()


def oldest(
    tx: Connection, keyring: Keyring, limit: int, *, with_body: bool = True
) -> list[SetAside]:
    """The oldest events in quarantine, decrypted; ``with_body`` False: with an empty ``raw``."""
    rows = tx.execute(select(quarantine).order_by(quarantine.c.id).limit(limit))
    return [_set_aside(row, keyring, with_body=with_body) for row in rows]


def find(tx: Connection, keyring: Keyring, id: int) -> SetAside | None:
    """One event in quarantine, decrypted; None if there is none of this id."""
    row = tx.execute(select(quarantine).where(quarantine.c.id == id)).one_or_none()
    return None if row is None else _set_aside(row, keyring)


def _set_aside(row: Row[Any], keyring: Keyring, *, with_body: bool = True) -> SetAside:
    raw = keyring.decrypt_bytes(row.body) if with_body else b""
    return SetAside(row.id, Channel(row.channel), row.code, moment(row.at), raw)
