"""Events that could not be read or answered: kept encrypted for 7 days, to be mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from handlers.messages import Channel, Incoming
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.tables.outbox import quarantine


@dataclass(frozen=True, slots=True)
class SetAside:
    """One event in quarantine. ``raw``: as it came, or as ``encoded`` wrote it."""

    id: int
    channel: Channel
    code: str
    at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class FailedEvent:
    """One event that is to be set aside, as it came or as ``encoded`` wrote it, and why."""

    channel: Channel
    event_id: str
    raw: bytes
    code: str
    contact_id: int = 0  # where it is known, an erasure finds the event by it


def encoded(incoming: Incoming) -> bytes:
    """An event that was read, in the form in which it can be set aside."""
    try:
        return msgspec.json.encode(incoming)
    except UnicodeEncodeError:  # half a character, which may be what the fault was about
        return b""


def add(tx: Connection, keyring: Keyring, failed: FailedEvent, now: datetime) -> None:
    """Set an event aside, once: setting it aside again changes nothing."""
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
    """How many events are set aside."""
    return tx.execute(select(func.count()).select_from(quarantine)).scalar_one()


def oldest(tx: Connection, keyring: Keyring, limit: int) -> list[SetAside]:
    """The oldest events that are set aside, decrypted."""
    rows = tx.execute(select(quarantine).order_by(quarantine.c.id).limit(limit))
    return [
        SetAside(
            row.id,
            Channel(row.channel),
            row.code,
            moment(row.at),
            keyring.decrypt_bytes(row.body),
        )
        for row in rows
    ]


def remove(tx: Connection, id: int) -> None:
    """Take an event out, because it has been dealt with."""
    tx.execute(delete(quarantine).where(quarantine.c.id == id))
