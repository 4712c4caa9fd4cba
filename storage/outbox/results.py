"""Writes results of sends into the outbox; takes replies back from processes that are gone."""

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
"""Counts, for ever, the replies of which it was unknown whether they arrived."""

CLAIMS = 10
"""How often a reply is taken up, one killed process after the other: it may be what kills them."""

# The web page reads replies again after a reload: they keep their text for a while.
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
# Replies that others caused are held until the contact writes again; a mail contact never does.
_KEPT = "cause <> '' AND channel <> 'mail'"
_END_ALL = Change(
    "contact_id int, code str, empty bytes, held int",
    f"UPDATE outbox SET state = CASE WHEN {_KEPT} THEN 'held' ELSE 'failed' END, "
    f"due_at = CASE WHEN {_KEPT} THEN :held ELSE 0 END, code = :code, "
    f"payload = CASE WHEN {_KEPT} THEN payload ELSE :empty END {{from}} "
    "WHERE outbox.contact_id = :contact_id AND outbox." + OPEN,
)
# An announcement that did not arrive leaves what it announced where it is.
_REPORTED = Change(
    "ref str, code str",
    "UPDATE outbox SET state = CASE WHEN state = 'held' THEN state ELSE 'failed' END, "
    "due_at = CASE WHEN state = 'held' THEN due_at ELSE 0 END, code = :code {from} "
    "WHERE outbox.sent_ref = :ref AND outbox.sent_ref <> '' AND outbox.channel = 'whatsapp'",
)
# A contact that has written since the reply was taken up gets it now.
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
    """Results of sends that are not written yet; each reply stands in one of the lists of rows."""

    sent: list[tuple[OutboxRow, str]] = field(default_factory=list)  # the platform's reference
    retry: list[tuple[OutboxRow, timedelta, str]] = field(default_factory=list)  # after, code
    uncertain: list[tuple[OutboxRow, str]] = field(default_factory=list)  # code
    held: list[tuple[OutboxRow, str, str]] = field(default_factory=list)  # code, reference
    failed: list[tuple[OutboxRow, str]] = field(default_factory=list)  # code
    released: list[OutboxRow] = field(default_factory=list)  # not tried
    unreachable: list[int] = field(default_factory=list)  # contacts who blocked the assistant
    pauses: dict[Channel, datetime] = field(default_factory=dict)
    # Contacts of whom a reply goes back to the table, so that later ones must too.
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
        """Put what could not be written before these."""
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
    """Write results into the outbox; on PostgreSQL this locks these replies."""
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
    """Note replies as sent, each with the platform's name for it (empty: it has none)."""
    at = micros(now)
    rows = [
        (row.contact_id, row.seq, stored_ref(keyring, row.channel, ref), at, b"")
        for row, ref in sent
    ]
    _SENT.run(tx, sorted(rows))


def mark_retry(
    tx: Connection, refused: Iterable[tuple[OutboxRow, timedelta, str]], now: datetime
) -> None:
    """Put replies back until (after, code) has passed; what follows them waits as well."""
    rows = [(*_claim_key(row), micros(now + after), code) for row, after, code in refused]
    _RETRY.run(tx, sorted(rows))


def release(tx: Connection, rows: Iterable[OutboxRow]) -> None:
    """Put replies back that were not tried."""
    _RELEASE.run(tx, sorted(_claim_key(row) for row in rows))


def mark_uncertain(
    tx: Connection, doubtful: Iterable[tuple[OutboxRow, str]], now: datetime
) -> None:
    """Note replies with an unknown result: each is retried once, then given up as failed."""
    at = micros(now)
    rows = sorted((*_claim_key(row), code, at) for row, code in doubtful)
    _UNCERTAIN.run(tx, rows)
    counters.add(tx, {UNCERTAIN: len(rows)} if rows else {})


def mark_held(
    tx: Connection, keyring: Keyring, held: Iterable[tuple[OutboxRow, str, str]], now: datetime
) -> None:
    """Hold replies until their contacts write. Each comes with the reason why the contact could not
    be told so, or with the platform's reference of the message that told it. Where the contact has
    written meanwhile, the reply is due now.
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
    # A turn that is being taken either sees these as held, or is seen here.
    lock(tx, [row[0] for row in rows])
    _HOLD.run(tx, sorted(rows))


def send_held(tx: Connection, contact_ids: Iterable[int], now: datetime) -> None:
    """Make what waited for these contacts to write due, before anything else of theirs."""
    at = micros(now)
    _SEND_HELD.run(tx, [(contact_id, at) for contact_id in sorted(set(contact_ids))])


def mark_failed(tx: Connection, failed: Iterable[tuple[OutboxRow, str]]) -> None:
    """Note replies that will never be accepted; later ones of their contacts may be sent."""
    _end(tx, failed, ReplyState.FAILED)


def fail_all(tx: Connection, contact_ids: Iterable[int], code: str) -> None:
    """Give up every open reply of contacts that cannot be reached, but keep what others caused."""
    rows = [(contact_id, code, b"", HELD_AT) for contact_id in sorted(set(contact_ids))]
    _END_ALL.run(tx, rows)


def mark_reported(tx: Connection, keyring: Keyring, failures: Iterable[tuple[str, str]]) -> None:
    """Note that messages, as (platform's reference, error code), did not arrive after all."""
    rows = {keyring.ref_hash(ref): code for ref, code in failures}
    _REPORTED.run(tx, sorted(rows.items()))


def requeue_lost(tx: Connection, me: str, now: datetime) -> list[tuple[Channel, ReplyState]]:
    """Take replies back from owners whose process lease has expired or belongs to another. Returns
    the new state of each.

    ``me`` is not gone, even where the clock was put forward and its lease seems to have run out.
    Whether they arrived is unknown, and most were not even tried: each is uncertain and repeated,
    until it was in hand ``CLAIMS`` times. Giving them up after the second kill would be a dead end.
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
    """Let those of the owner's replies that it knows nothing of wait in the table, untried.

    They come about where a commit's answer was lost. ``known``: (contact, seq) of all others.
    """
    values = (owner.name, owner.epoch)
    rows = tx.exec_driver_sql(_CLAIMED[tx.dialect.name], values).fetchall()
    lost = sorted((row[0], row[1]) for row in rows if (row[0], row[1]) not in known)
    _RELEASE.run(tx, [(*row, *values) for row in lost])


def _last_incoming_at(row: OutboxRow) -> int:
    """The contact's last message when the reply was taken up."""
    return 0 if row.last_incoming_at is None else micros(row.last_incoming_at)


def _claim_key(row: OutboxRow) -> tuple[int, int, str, int]:
    return (row.contact_id, row.seq, row.owner.name, row.owner.epoch)


def _end(tx: Connection, ended: Iterable[tuple[OutboxRow, str]], state: ReplyState) -> None:
    _END.run(tx, sorted((*_claim_key(row), state.value, code, b"") for row, code in ended))
