"""Writes delivery results into the outbox, and requeues the replies of dead processes."""

# Statements are put together from this file's constants only.
from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.messages import Channel
from storage.contacts.contacts import CHANNELS, lock, set_departed
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.leases import PROCESS, Owner
from storage.engine.statements import Change
from storage.engine.times import micros
from storage.outbox.outbox import OutboxRow, ReplyState, pause, stored_ref
from storage.tables.columns import OPEN
from storage.tables.outbox import HELD, HELD_AT

UNCERTAIN = "outbox.uncertain"
"""Counter of replies of which it was unknown whether they arrived."""

CLAIMS = 10
"""How often a reply of killed processes is claimed before it is given up as their cause."""

# Web replies keep their text for a while, because a reloaded page reads them again.
_EMPTIED = "CASE WHEN channel IN ('web', 'terminal') THEN payload ELSE :empty END"
_OWN = (
    "WHERE outbox.contact_id = :contact_id AND outbox.seq = :seq AND outbox.state = 'sending' "
    "AND outbox.owner = :owner AND outbox.owner_epoch = :epoch"
)
_SENT = Change(
    "contact_id int, seq int, ref str, now int, empty bytes",
    "UPDATE outbox SET state = 'sent', due_at = 0, sent_at = :now, sent_ref = :ref, code = '', "
    "payload = " + _EMPTIED + " {from} WHERE outbox.contact_id = :contact_id AND outbox.seq = :seq",
)
_RETRY = Change(
    "contact_id int, seq int, owner str, epoch int, due_at int, code str",
    "UPDATE outbox SET state = 'retry', attempts = 0, due_at = :due_at, code = :code {from} "
    + _OWN,
)
_RELEASE = Change(
    "contact_id int, seq int, owner str, epoch int",
    "UPDATE outbox SET state = 'due', attempts = attempts - 1 {from} " + _OWN,
)
_CLAIMED = {
    dialect: f"SELECT contact_id, seq FROM outbox WHERE {OPEN} AND state = 'sending' "
    f"AND owner = {owner} AND owner_epoch = {epoch}"
    for dialect, owner, epoch in (
        ("sqlite", "?1", "?2"),
        ("postgresql", "$1::text", "$2::bigint"),
    )
}
_UNCERTAIN = Change(
    "contact_id int, seq int, owner str, epoch int, code str, now int",
    "UPDATE outbox SET state = CASE WHEN repeated = 0 THEN 'uncertain' ELSE 'failed' END, "
    "due_at = CASE WHEN repeated = 0 THEN :now ELSE 0 END, repeated = 1, code = :code {from} "
    + _OWN,
)
_END = Change(
    "contact_id int, seq int, owner str, epoch int, state str, code str, empty bytes",
    "UPDATE outbox SET state = :state, due_at = 0, code = :code, payload = :empty {from} " + _OWN,
)
# Replies that others caused are held until the contact writes; a mail contact never does.
_KEPT = "cause <> '' AND channel <> 'mail'"
_END_ALL = Change(
    "contact_id int, code str, empty bytes, held int",
    f"UPDATE outbox SET state = CASE WHEN {_KEPT} THEN 'held' ELSE 'failed' END, "
    f"due_at = CASE WHEN {_KEPT} THEN :held ELSE 0 END, code = :code, "
    f"payload = CASE WHEN {_KEPT} THEN payload ELSE :empty END {{from}} "
    "WHERE outbox.contact_id = :contact_id AND outbox." + OPEN,
)
# If an announcement did not arrive, what it announced stays held.
_REPORTED = Change(
    "ref str, code str",
    "UPDATE outbox SET state = CASE WHEN state = 'held' THEN state ELSE 'failed' END, "
    "due_at = CASE WHEN state = 'held' THEN due_at ELSE 0 END, code = :code {from} "
    "WHERE outbox.sent_ref = :ref AND outbox.sent_ref <> '' AND outbox.channel = 'whatsapp'",
)
# If the contact has written since the reply was claimed, it is due now.
_WROTE = (
    "coalesce((SELECT v.last_incoming_at FROM conversations v "
    "WHERE v.contact_id = outbox.contact_id), 0) > :known"
)
_HOLD = Change(
    "contact_id int, seq int, owner str, epoch int, code str, ref str, known int, held int, "
    "now int",
    f"UPDATE outbox SET state = CASE WHEN {_WROTE} THEN 'due' ELSE 'held' END, "
    f"due_at = CASE WHEN {_WROTE} THEN :now ELSE :held END, attempts = 0, code = :code, "
    f"sent_ref = CASE WHEN {_WROTE} THEN '' ELSE :ref END, "
    "sent_at = CASE WHEN :ref = '' THEN 0 ELSE :now END {from} " + _OWN,
)
_SEND_HELD = Change(
    "contact_id int, now int",
    "UPDATE outbox SET state = 'due', due_at = :now, attempts = 0, repeated = 0, code = '', "
    "sent_ref = '', sent_at = 0 {from} WHERE outbox.contact_id = :contact_id AND outbox." + HELD,
)


@dataclass(slots=True)
class DeliveryResults:
    """Delivery results not yet written; each reply is in exactly one of the lists of rows."""

    sent: list[tuple[OutboxRow, str]] = field(default_factory=list)  # the platform's message id
    retry: list[tuple[OutboxRow, timedelta, str]] = field(default_factory=list)  # after, code
    uncertain: list[tuple[OutboxRow, str]] = field(default_factory=list)  # code
    held: list[tuple[OutboxRow, str, str]] = field(default_factory=list)  # code, announcement's id
    failed: list[tuple[OutboxRow, str]] = field(default_factory=list)  # code
    released: list[OutboxRow] = field(default_factory=list)  # returned untried
    unreachable: list[int] = field(default_factory=list)  # contact ids
    pauses: dict[Channel, datetime] = field(default_factory=dict)
    # Contacts with a reply that goes back to the table, so that later ones must follow it.
    requeued: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return any((self.sent, self.retry, self.uncertain, self.held, self.failed, self.released))

    def rows(self) -> list[OutboxRow]:
        """All replies that have a result."""
        rows = list(self.released)
        for row, _ in (*self.sent, *self.uncertain, *self.failed):
            rows.append(row)
        for row, _, _ in (*self.retry, *self.held):
            rows.append(row)
        return rows

    def prepend(self, earlier: DeliveryResults) -> None:
        """Put results whose write failed before these."""
        self.sent[:0] = earlier.sent
        self.retry[:0] = earlier.retry
        self.uncertain[:0] = earlier.uncertain
        self.held[:0] = earlier.held
        self.failed[:0] = earlier.failed
        self.released[:0] = earlier.released
        self.unreachable[:0] = earlier.unreachable
        self.pauses = {**earlier.pauses, **self.pauses}
        self.requeued |= earlier.requeued


def record_results(
    tx: Connection, keyring: Keyring, results: DeliveryResults, now: datetime
) -> None:
    """Write results into the outbox, locking its rows on PostgreSQL."""
    if results.sent:
        mark_sent(tx, keyring, results.sent, now)
    if results.retry or results.uncertain or results.failed or results.released:
        mark_retry(tx, results.retry, now)
        mark_uncertain(tx, results.uncertain, now)
        mark_failed(tx, results.failed)
        release(tx, results.released)
    if results.held:
        mark_held(tx, keyring, results.held, now)
    if results.unreachable:
        fail_all(tx, results.unreachable, "blocked")
        set_departed(tx, results.unreachable, now)
    for channel, until in sorted(results.pauses.items()):
        pause(tx, channel, until)


def mark_sent(
    tx: Connection, keyring: Keyring, sent: Iterable[tuple[OutboxRow, str]], now: datetime
) -> None:
    """Mark replies as sent, each with the platform's message id (may be empty)."""
    at = micros(now)
    rows = [
        (row.contact_id, row.seq, stored_ref(keyring, row.channel, ref), at, b"")
        for row, ref in sent
    ]
    _SENT.run(tx, sorted(rows))


def mark_retry(
    tx: Connection, refused: Iterable[tuple[OutboxRow, timedelta, str]], now: datetime
) -> None:
    """Requeue replies to be retried after their delay; later ones of the contact wait too."""
    rows = [(*_claim_key(row), micros(now + after), code) for row, after, code in refused]
    _RETRY.run(tx, sorted(rows))


def release(tx: Connection, rows: Iterable[OutboxRow]) -> None:
    """Requeue replies that were not tried."""
    _RELEASE.run(tx, sorted(_claim_key(row) for row in rows))


def mark_uncertain(
    tx: Connection, doubtful: Iterable[tuple[OutboxRow, str]], now: datetime
) -> None:
    """Mark replies as uncertain to be repeated once, or as failed if they were repeated."""
    at = micros(now)
    rows = sorted((*_claim_key(row), code, at) for row, code in doubtful)
    _UNCERTAIN.run(tx, rows)
    counters.add(tx, {UNCERTAIN: len(rows)} if rows else {})


def mark_held(
    tx: Connection, keyring: Keyring, held: Iterable[tuple[OutboxRow, str, str]], now: datetime
) -> None:
    """Hold replies until their contacts write; a reply is due now if its contact wrote meanwhile.

    Each comes with the code why it could not be announced, or the announcement's message id.
    """
    at = micros(now)
    rows = [
        (
            *_claim_key(row),
            code,
            stored_ref(keyring, row.channel, ref),
            _last_incoming_at(row),
            HELD_AT,
            at,
        )
        for row, code, ref in held
    ]
    # A concurrent turn of the contact either sees these as held or is seen here.
    lock(tx, [row[0] for row in rows])
    _HOLD.run(tx, sorted(rows))


def send_held(tx: Connection, contact_ids: Iterable[int], now: datetime) -> None:
    """Make the held replies of these contacts due, before any other of theirs."""
    at = micros(now)
    _SEND_HELD.run(tx, [(contact_id, at) for contact_id in sorted(set(contact_ids))])


def mark_failed(tx: Connection, failed: Iterable[tuple[OutboxRow, str]]) -> None:
    """Mark replies as failed; later ones of their contacts may be sent."""
    _end(tx, failed, ReplyState.FAILED)


def fail_all(tx: Connection, contact_ids: Iterable[int], code: str) -> None:
    """Fail the open replies of unreachable contacts, or hold those that others caused."""
    rows = [(contact_id, code, b"", HELD_AT) for contact_id in sorted(set(contact_ids))]
    _END_ALL.run(tx, rows)


def mark_reported(tx: Connection, keyring: Keyring, failures: Iterable[tuple[str, str]]) -> None:
    """Mark accepted messages, as (platform's message id, error code), as failed after all."""
    rows = {keyring.ref_hash(ref): code for ref, code in failures}
    _REPORTED.run(tx, sorted(rows.items()))


def requeue_lost(tx: Connection, me: str, now: datetime) -> list[tuple[Channel, ReplyState]]:
    """Requeue the replies of owners without a valid process lease; return channel and new state.

    ``me`` counts as alive even if its lease seems expired because the clock was set forward. It
    is unknown whether the replies arrived, and most were never tried, so each is repeated as
    uncertain until it was claimed ``CLAIMS`` times. After fewer kills too many would be lost.
    """
    statement = (
        "UPDATE outbox SET state = CASE WHEN attempts < {claims} THEN 'uncertain' "
        "ELSE 'failed' END, due_at = CASE WHEN attempts < {claims} THEN {now} ELSE 0 END, "
        "code = 'owner-lost' WHERE "
        + OPEN
        + " AND state = 'sending' AND outbox.owner <> {me} AND NOT EXISTS (SELECT 1 FROM leases l "
        "WHERE l.name = {prefix} || outbox.owner AND l.epoch = outbox.owner_epoch "
        "AND l.expires_at > {now}) RETURNING channel, state"
    )
    places = ["?1", "?2", "?3"]
    if tx.dialect.name == "postgresql":
        places = ["$1::bigint", "$2::text", "$3::text"]
    named = dict(zip(("now", "prefix", "me"), places, strict=True))
    statement = statement.format(claims=CLAIMS, **named)
    rows = tx.exec_driver_sql(statement, (micros(now), PROCESS, me)).fetchall()
    counters.add(tx, {UNCERTAIN: len(rows)} if rows else {})
    return [(CHANNELS[row[0]], ReplyState(row[1])) for row in rows]


def release_unknown(tx: Connection, owner: Owner, known: Set[tuple[int, int]]) -> None:
    """Release the owner's replies that it does not know, as after a lost commit's answer.

    ``known``: (contact, seq) of all replies that it has in hand.
    """
    values = (owner.name, owner.epoch)
    rows = tx.exec_driver_sql(_CLAIMED[tx.dialect.name], values).fetchall()
    lost = sorted((row[0], row[1]) for row in rows if (row[0], row[1]) not in known)
    _RELEASE.run(tx, [(*row, *values) for row in lost])


def _last_incoming_at(row: OutboxRow) -> int:
    """The contact's last message as of the claim, in microseconds."""
    return 0 if row.last_incoming_at is None else micros(row.last_incoming_at)


def _claim_key(row: OutboxRow) -> tuple[int, int, str, int]:
    return (row.contact_id, row.seq, row.owner.name, row.owner.epoch)


def _end(tx: Connection, ended: Iterable[tuple[OutboxRow, str]], state: ReplyState) -> None:
    _END.run(tx, sorted((*_claim_key(row), state.value, code, b"") for row, code in ended))
