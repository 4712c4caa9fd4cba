"""The inbox: events from within the service for a contact, each run as one of their turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, delete

from handlers.messages import Body, Channel, Incoming, Sender
from storage.contacts.contacts import ContactRow, contacts_by_id
from storage.engine.keyring import Keyring
from storage.engine.statements import Change
from storage.engine.times import micros, moment
from storage.outbox import quarantine
from storage.outbox.quarantine import FailedEvent
from storage.tables.outbox import inbox

_encode = msgspec.msgpack.Encoder().encode
_decoder: msgspec.msgpack.Decoder[Body] = msgspec.msgpack.Decoder(Body)


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One event for a contact, taken from the inbox by this transaction."""

    contact: ContactRow
    incoming: Incoming  # without a sender's address, as it did not come from outside


@dataclass(frozen=True, slots=True)
class ForContact:
    """One event to be put into a contact's inbox, at most once per ``event_id``.

    ``due``: the event is held until then and can be taken back; None: due at once.
    """

    contact_id: int
    event_id: str
    body: Body
    due: datetime | None = None


_PUT = Change(
    "contact_id int, event_id str, body bytes, at int, due int",
    "INSERT INTO inbox (contact_id, event_id, body, created_at, due_at) "
    "SELECT :contact_id, :event_id, :body, :at, :due {from} WHERE true "
    "ON CONFLICT (event_id) DO NOTHING",
)
# Only the first event of each contact. One that another process is taking still counts as first,
# because its deletion is not committed, so events keep their order. An event that can still be
# taken back (due within 60 s) keeps its place too; one that is held for longer is overtaken.
_FIRST = (
    "SELECT i.id FROM inbox i WHERE NOT EXISTS "
    "(SELECT 1 FROM inbox e WHERE e.contact_id = i.contact_id AND e.id < i.id "
    "AND e.due_at - 60000000 <= {now}) "
    "AND i.due_at <= {now} ORDER BY i.id LIMIT {limit}"
)
_RETURNING = "RETURNING id, contact_id, event_id, body, created_at"
_TAKE_SQLITE = f"DELETE FROM inbox WHERE id IN ({_FIRST.format(now='?1', limit='?2')}) {_RETURNING}"
_TAKE_POSTGRESQL = (
    f"WITH first AS MATERIALIZED ({_FIRST.format(now='$1', limit='$2')} "
    "FOR UPDATE OF i SKIP LOCKED) "
    f"DELETE FROM inbox WHERE id IN (SELECT id FROM first) {_RETURNING}"
)
_SOME_DAY = 2**62  # later than any due time


def put_inbox(tx: Connection, keyring: Keyring, items: Iterable[ForContact], now: datetime) -> None:
    """Put events into inboxes. Idempotent: an ``event_id`` that is there is not added again."""
    at = micros(now)
    rows = [
        (
            item.contact_id,
            item.event_id,
            keyring.encrypt_bytes(_encode(item.body)),
            at,
            0 if item.due is None else micros(item.due),
        )
        for item in items
    ]
    _PUT.run(tx, rows)


def for_each(
    contact_ids: Iterable[int], event: str, body: Body, due: datetime | None = None
) -> list[ForContact]:
    """One event for several contacts, with ids ``event:contact``."""
    return [ForContact(id, f"{event}:{id}", body, due) for id in contact_ids]


def take_back(tx: Connection, event_id: str, now: datetime) -> bool:
    """Remove an event that is not due yet; False if it is too late or there is none."""
    waiting = (inbox.c.event_id == event_id) & (inbox.c.due_at > micros(now))
    return tx.execute(delete(inbox).where(waiting)).rowcount > 0


def take_inbox(
    tx: Connection, keyring: Keyring, limit: int, now: datetime | None = None
) -> list[InboxItem]:
    """Remove up to ``limit`` events from the inbox and return them, the oldest of each contact.

    The caller must take their turns in this transaction. Events of deleted contacts are dropped.
    ``now`` None: including those not due yet.
    """
    rows = sorted(_take(tx, limit, now), key=lambda row: int(row[0]))
    contacts = contacts_by_id(tx, [row[1] for row in rows])
    return [
        InboxItem(contact, _incoming(contact, event_id, keyring.decrypt_bytes(body), moment(at)))
        for _, contact_id, event_id, body, at in rows
        if (contact := contacts.get(contact_id)) is not None
    ]


def hold(tx: Connection, keyring: Keyring, item: InboxItem, until: datetime) -> None:
    """Put a taken event back, due later, under the same id."""
    incoming = item.incoming
    held = ForContact(item.contact.id, incoming.id, incoming.body, until)
    put_inbox(tx, keyring, [held], incoming.sent_at)


def quarantine_first(tx: Connection, keyring: Keyring, code: str, now: datetime) -> Channel | None:
    """Move the oldest event, undecoded, into quarantine; return its channel, None if none."""
    row = next(iter(_take(tx, 1, now)), None)
    if row is None:
        return None
    contact = contacts_by_id(tx, [row.contact_id]).get(row.contact_id)
    if contact is None:
        return None
    failed = FailedEvent(contact.channel, row.event_id, bytes(row.body), code, contact.id)
    quarantine.add(tx, keyring, failed, now)
    return contact.channel


def _take(tx: Connection, limit: int, now: datetime | None) -> Sequence[Any]:
    statement = _TAKE_SQLITE if tx.dialect.name == "sqlite" else _TAKE_POSTGRESQL
    due = _SOME_DAY if now is None else micros(now)
    return tx.exec_driver_sql(statement, (due, limit)).fetchall()


def _incoming(contact: ContactRow, event_id: str, body: bytes, at: datetime) -> Incoming:
    sender = Sender(contact.channel, contact.account, "")
    return Incoming(event_id, sender, _decoder.decode(body), at)
