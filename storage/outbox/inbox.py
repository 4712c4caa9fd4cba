"""What others cause in a conversation: left here encrypted, run as the recipient's own turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.messages import Body, Channel, Incoming, Sender
from storage.contacts.contacts import ContactRow, contacts_by_id
from storage.engine.keyring import Keyring
from storage.engine.statements import Change
from storage.engine.times import micros, moment
from storage.outbox import quarantine

_encode = msgspec.msgpack.Encoder().encode
_decoder: msgspec.msgpack.Decoder[Body] = msgspec.msgpack.Decoder(Body)


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One event for a contact, taken from the inbox by this transaction."""

    contact: ContactRow
    incoming: Incoming  # its sender has no address: nothing came from outside


@dataclass(frozen=True, slots=True)
class ForContact:
    """One event to be put into a contact's inbox; ``event_id`` names it for ever."""

    contact_id: int
    event_id: str
    body: Body


_PUT = Change(
    "contact_id int, event_id str, body bytes, at int",
    "INSERT INTO inbox (contact_id, event_id, body, created_at) "
    "SELECT :contact_id, :event_id, :body, :at {from} WHERE true "
    "ON CONFLICT (event_id) DO NOTHING",
)
# Only the first of each contact: an item that another process is taking still stands before the
# later ones, since its deletion is not committed yet, so that they keep their order.
_FIRST = (
    "SELECT i.id FROM inbox i WHERE NOT EXISTS "
    "(SELECT 1 FROM inbox e WHERE e.contact_id = i.contact_id AND e.id < i.id) "
    "ORDER BY i.id LIMIT "
)
_RETURNING = "RETURNING id, contact_id, event_id, body, created_at"
_TAKE_SQLITE = f"DELETE FROM inbox WHERE id IN ({_FIRST} ?) {_RETURNING}"  # noqa: S608  # ours
_TAKE_POSTGRESQL = (
    f"WITH first AS MATERIALIZED ({_FIRST} $1 FOR UPDATE OF i SKIP LOCKED) "  # noqa: S608  # ours
    f"DELETE FROM inbox WHERE id IN (SELECT id FROM first) {_RETURNING}"
)


def put_inbox(tx: Connection, keyring: Keyring, items: Iterable[ForContact], now: datetime) -> None:
    """Leave events for contacts; one that is already there, by ``event_id``, is not doubled."""
    at = micros(now)
    rows = [
        (item.contact_id, item.event_id, keyring.encrypt_bytes(_encode(item.body)), at)
        for item in items
    ]
    _PUT.run(tx, rows)


def take_inbox(tx: Connection, keyring: Keyring, limit: int) -> list[InboxItem]:
    """Take up to ``limit`` events, the oldest of each contact, out of the inbox.

    They are gone once this transaction, which must hold their turns, commits. Events of contacts
    that no longer exist are dropped.
    """
    statement = _TAKE_SQLITE if tx.dialect.name == "sqlite" else _TAKE_POSTGRESQL
    rows = sorted(tx.exec_driver_sql(statement, (limit,)).fetchall(), key=lambda row: int(row[0]))
    contacts = contacts_by_id(tx, [row[1] for row in rows])
    return [
        InboxItem(contact, _incoming(contact, event_id, keyring.decrypt_bytes(body), moment(at)))
        for _, contact_id, event_id, body, at in rows
        if (contact := contacts.get(contact_id)) is not None
    ]


def set_first_aside(tx: Connection, keyring: Keyring, code: str, now: datetime) -> Channel | None:
    """Move the oldest event into quarantine, unread; its contact's channel, None: there is none."""
    statement = _TAKE_SQLITE if tx.dialect.name == "sqlite" else _TAKE_POSTGRESQL
    row = tx.exec_driver_sql(statement, (1,)).first()
    if row is None:
        return None
    contact = contacts_by_id(tx, [row.contact_id]).get(row.contact_id)
    if contact is None:
        return None
    quarantine.add(
        tx,
        keyring,
        contact.channel,
        row.event_id,
        bytes(row.body),
        code,
        now,
        contact_id=contact.id,
    )
    return contact.channel


def _incoming(contact: ContactRow, event_id: str, body: bytes, at: datetime) -> Incoming:
    sender = Sender(contact.channel, contact.account, "")
    return Incoming(event_id, sender, _decoder.decode(body), at)
