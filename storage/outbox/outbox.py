"""The outbox: replies, claimed in each contact's order; ``results`` records their delivery.

A reply's key is (contact, seq). The states due, sending, retry and uncertain are open; sent, failed
and stale are final; a held reply becomes due once its contact writes. Its text is emptied once it
is sent, on the web a day later; text that quotes a person is encrypted until then.
"""

# Statements are put together from this file's constants only.
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from handlers.messages import Channel, Reply
from handlers.state import Quoted
from storage.contacts.contacts import ANNOUNCED, CHANNELS, ContactRow
from storage.engine.keyring import Keyring, packed, unpacked
from storage.engine.leases import Owner
from storage.engine.statements import Change, Query
from storage.engine.times import micros, moment, moment_or_none
from storage.tables.columns import OPEN
from storage.tables.outbox import HELD_AT, UNCLAIMED_OPEN


class ReplyState(StrEnum):
    """The delivery state of a reply."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    STALE = "stale"
    HELD = "held"


class SendingProcess(Struct, frozen=True):
    """A process that claims replies. ``channels``: on which it can send."""

    owner: Owner
    channels: frozenset[Channel] = frozenset(Channel)


class OutboxRow(Struct, frozen=True):
    """A committed reply. ``in_hand``: the caller owns it and must send it now."""

    contact_id: int
    seq: int
    channel: Channel
    reply: Reply
    in_hand: bool
    owner: Owner
    created_at: datetime
    attempts: int = 1  # claims since the platform last answered
    repeated: bool = False  # this send repeats one with an unknown result
    closes_ref: str = ""  # platform id of the message whose buttons are to be removed
    last_incoming_at: datetime | None = None
    announced_at: datetime | None = None  # when the contact was told that replies wait


class NewReply(Struct, frozen=True):
    """A reply to be inserted with its turn."""

    contact_id: int
    channel: Channel
    reply: Reply
    state: ReplyState
    code: str = ""
    cause: str = ""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Reply).decode


_ADD = Change(
    "contact_id int, seq int, channel str, payload bytes, about str, closes int, state str, "
    "attempts int, due_at int, owner str, epoch int, claimed_at int, code str, now int, cause str",
    "INSERT INTO outbox (contact_id, seq, channel, payload, about, closes, state, attempts, "
    "repeated, due_at, owner, owner_epoch, claimed_at, sent_at, sent_ref, code, created_at, cause) "
    "SELECT :contact_id, :seq, :channel, :payload, :about, :closes, :state, :attempts, 0, :due_at, "
    ":owner, :epoch, :claimed_at, 0, '', :code, :now, :cause {from}",
)
_TAKEN = (
    "outbox.contact_id, outbox.seq, outbox.channel, outbox.payload, outbox.attempts, "
    "outbox.repeated, outbox.due_at, outbox.created_at"
)
# A contact's open replies are always its last ones, because they are sent in order; so the first
# open one is the one after a reply that is not open.
_FIRST = (
    "SELECT o.contact_id, o.seq FROM outbox o WHERE "
    + UNCLAIMED_OPEN.replace("state", "o.state").replace("due_at", "o.due_at")
    + " AND o.due_at <= {now} AND o.channel IN ({channels}) "
    "AND o.channel NOT IN (SELECT channel FROM pauses WHERE until > {now}) "
    "AND coalesce((SELECT e.due_at FROM outbox e WHERE e.contact_id = o.contact_id "
    "AND e.seq < o.seq ORDER BY e.seq DESC LIMIT 1), 0) <= 0 "
    "ORDER BY o.due_at, o.contact_id LIMIT {limit}"
)
_CLAIM = (
    "WITH first AS MATERIALIZED (" + _FIRST + "{lock}) UPDATE outbox SET state = 'sending', "
    "owner = {owner}, owner_epoch = {epoch}, claimed_at = {now}, attempts = outbox.attempts + 1 "
    "FROM first WHERE outbox.contact_id = first.contact_id AND outbox.seq = first.seq "
    "RETURNING " + _TAKEN
)
_LAST_INCOMING = Query(
    "contact_id int",
    "SELECT v.contact_id, v.last_incoming_at, "
    + ANNOUNCED.format(contact="v.contact_id")
    + " FROM {rows} "
    "JOIN conversations v ON v.contact_id = r.contact_id",
)
_REFS = Query(
    "contact_id int, seq int",
    "SELECT o.contact_id, o.seq, o.sent_ref FROM {rows} "
    "JOIN outbox o ON o.contact_id = r.contact_id AND o.seq = r.seq",
)
_AFTER = Query(
    "contact_id int, seq int",
    "SELECT o.payload FROM {rows} JOIN outbox o ON o.contact_id = r.contact_id AND o.seq > r.seq "
    "WHERE length(o.payload) > 0 AND o.state <> 'stale' ORDER BY o.seq",
)
_QUOTED = Query(
    "contact_id int, ref str",
    "SELECT r.contact_id, r.ref, o.seq, o.about FROM {rows} "
    "JOIN outbox o ON o.contact_id = r.contact_id AND o.sent_ref = r.ref",
)
_IN_FLIGHT = Query(
    "contact_id int",
    "SELECT o.contact_id, o.seq, o.about FROM {rows} "
    "JOIN outbox o ON o.contact_id = r.contact_id AND o." + OPEN + " AND o.state = 'sending'",
)
_PAUSE = Change(
    "channel str, until int",
    "INSERT INTO pauses (channel, until) SELECT :channel, :until {from} WHERE true "
    "ON CONFLICT (channel) DO UPDATE SET until = "
    "CASE WHEN excluded.until > pauses.until THEN excluded.until ELSE pauses.until END",
)


def add(
    tx: Connection, keyring: Keyring, replies: Sequence[NewReply], owner: Owner, now: datetime
) -> None:
    """Insert replies with their turn; those in state ``sending`` are claimed by ``owner``."""
    at, rows = micros(now), []
    for new in replies:
        sending = new.state is ReplyState.SENDING
        payload, due_at = b"", 0
        if new.state not in (ReplyState.FAILED, ReplyState.STALE):
            due_at = HELD_AT if new.state is ReplyState.HELD else at
            payload = packed(keyring, _encode(new.reply), private=new.reply.private)
        rows.append(
            (
                new.contact_id,
                new.reply.number,
                new.channel.value,
                payload,
                new.reply.about,
                new.reply.closes,
                new.state.value,
                int(sending),
                due_at,
                owner.name if sending else "",
                owner.epoch if sending else 0,
                at if sending else 0,
                new.code,
                at,
                new.cause,
            )
        )
    _ADD.run(tx, rows)


def claim(
    tx: Connection,
    keyring: Keyring,
    sender: SendingProcess,
    now: datetime,
    limit: int,
) -> list[OutboxRow]:
    """Claim up to ``limit`` due replies, only the first open one of each contact."""
    statement, owner = _claiming(tx.dialect.name, sender.channels), sender.owner
    values = (micros(now), limit, owner.name, owner.epoch)
    taken = tx.exec_driver_sql(statement, values).fetchall()
    replies = {(row[0], row[1]): _reply(keyring, row[3]) for row in taken}
    times = _LAST_INCOMING.all(tx, sorted({(row[0],) for row in taken}))
    last = {row[0]: row[1] for row in times}
    announced = {row[0]: row[2] for row in times if row[2]}
    refs = sent_refs(tx, [(key[0], reply.closes) for key, reply in replies.items()])
    return [
        OutboxRow(
            contact_id=row[0],
            seq=row[1],
            channel=CHANNELS[row[2]],
            reply=(reply := replies[row[0], row[1]]),
            in_hand=True,
            owner=owner,
            created_at=moment(row[7]),
            attempts=row[4],
            repeated=bool(row[5]),
            closes_ref=refs.get((row[0], reply.closes), ""),
            last_incoming_at=moment_or_none(last.get(row[0])),
            announced_at=moment_or_none(announced.get(row[0])),
        )
        for row in sorted(taken, key=lambda row: (row[6], row[0]))
    ]


def sent_refs(tx: Connection, keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The platform's message ids of replies, by (contact, seq); unknown ones are left out."""
    rows = _REFS.all(tx, sorted({key for key in keys if key[1]}))
    return {(row[0], row[1]): row[2] for row in rows if row[2]}


def pause(tx: Connection, channel: Channel, until: datetime) -> None:
    """Pause a channel: no process claims its replies before ``until``."""
    _PAUSE.run(tx, [(channel.value, micros(until))])


def paused_until(tx: Connection, now: datetime) -> dict[Channel, datetime]:
    """The paused channels, with the end of their pause."""
    rows = tx.exec_driver_sql("SELECT channel, until FROM pauses").fetchall()
    return {Channel(row[0]): moment(row[1]) for row in rows if row[1] > micros(now)}


def replies_after(tx: Connection, keyring: Keyring, contact_id: int, seq: int) -> list[Reply]:
    """A contact's replies after ``seq`` that still have their text, in order."""
    rows = _AFTER.all(tx, [(contact_id, seq)])
    return [_reply(keyring, row[0]) for row in rows]


def quoted(
    tx: Connection, keyring: Keyring, pairs: Iterable[tuple[ContactRow, str]]
) -> dict[tuple[int, str], Quoted]:
    """Our messages by (contact id, platform's message id as given); unknown ones are left out.

    An id that is not stored yet means the contact's message in flight, if there is only one: the
    citizen may quote it before the platform has answered us.
    """
    given = {
        (contact.id, stored_ref(keyring, contact.channel, ref)): (contact.id, ref)
        for contact, ref in pairs
        if ref
    }
    rows = _QUOTED.all(tx, sorted(given))
    found = {given[row[0], row[1]]: Quoted(row[2], row[3]) for row in rows}
    unknown = [pair for pair in given.values() if pair not in found]
    if unknown:
        in_flight = _alone_in_flight(tx, {contact_id for contact_id, _ in unknown})
        found |= {pair: in_flight[pair[0]] for pair in unknown if pair[0] in in_flight}
    return found


def _alone_in_flight(tx: Connection, contact_ids: Iterable[int]) -> dict[int, Quoted]:
    """The message in flight to each of these contacts, if there is only one."""
    rows = _IN_FLIGHT.all(tx, [(contact_id,) for contact_id in sorted(contact_ids)])
    count = Counter(row[0] for row in rows)
    return {row[0]: Quoted(row[1], row[2]) for row in rows if count[row[0]] == 1}


def stored_ref(keyring: Keyring, channel: Channel, ref: str) -> str:
    """The stored form of a message id; WhatsApp's are hashed, as they contain phone numbers."""
    return keyring.ref_hash(ref) if ref and channel is Channel.WHATSAPP else ref


@cache
def _claiming(dialect: str, channels: frozenset[Channel]) -> str:
    names = ", ".join(f"'{channel.value}'" for channel in sorted(channels))
    if dialect == "sqlite":
        return _CLAIM.format(
            now="?1", limit="?2", owner="?3", epoch="?4", channels=names or "''", lock=""
        )
    return _CLAIM.format(
        now="$1::bigint",
        limit="$2::bigint",
        owner="$3::text",
        epoch="$4::bigint",
        channels=names or "''",
        lock=" FOR UPDATE OF o SKIP LOCKED",
    )


def _reply(keyring: Keyring, payload: bytes) -> Reply:
    return _decode(unpacked(keyring, payload))
