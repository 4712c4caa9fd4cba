"""Forgets what has been kept long enough; the periods are the privacy notice's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Select,
    Update,
    and_,
    delete,
    or_,
    select,
    tuple_,
    update,
)

from storage.contacts import conversations
from storage.contacts.events import SEEN_EVENTS
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.statements import Change
from storage.engine.tables import (
    answers,
    digest_claims,
    leases,
    outbox,
    quarantine,
    seen_events,
    staff_codes,
)
from storage.engine.times import micros, week_number
from storage.privacy.erasure import finish_erasures
from storage.responses import sums

QUARANTINE = timedelta(days=7)
COMMENTS = timedelta(days=365)
WEB_REPLIES = timedelta(hours=24)
"""How long the web page can read a reply again."""

SENT = timedelta(days=30)
"""How long a message of ours can be quoted, or its buttons closed."""

SENT_ABOUT_CASE = timedelta(days=365)
"""How long a case can be answered by quoting its notice."""

CODES = timedelta(days=30)
CLAIMS = timedelta(days=365)
LEASES = timedelta(days=1)
UNFINISHED = timedelta(days=30)
"""How long words wait in a conversation for what they were said for."""

_AT_A_TIME = 2_000  # rows a transaction, so that nobody waits for a long one
_READ_AT_A_TIME = 10_000  # keys
DECRYPTED_AT_A_TIME = 200
_FINISHED = ("sent", "failed", "stale")
_FORGET_EVENTS = Change(
    "event_hash bytes",
    "DELETE FROM seen_events {using} WHERE seen_events.event_hash = :event_hash",
)
_EMPTY_REPLIES = Change(
    "contact_id int, seq int",
    "UPDATE outbox SET payload = substr(payload, 1, 0) {from} "
    "WHERE outbox.contact_id = :contact_id AND outbox.seq = :seq",
)
_FORGET_REPLIES = Change(
    "contact_id int, seq int",
    "DELETE FROM outbox {using} WHERE outbox.contact_id = :contact_id AND outbox.seq = :seq",
)


async def sweep(database: Database, keyring: Keyring, now: datetime) -> int:
    """Forget everything that is due, in short transactions; returns how many rows changed.

    The sums of weeks that are over are made compact beside it.
    """
    total = await database.write(lambda tx: finish_erasures(tx, now))
    for statement in _statements(now):
        while changed := await database.write(partial(_run, statement)):
            total += changed
            if changed < _AT_A_TIME:
                break
    for due, change in _read_through(now):
        total += await _change_due(database, due, change)
    week = week_number(now - timedelta(days=1), UTC)
    total += await database.write(lambda tx: sums.merge_shards(tx, week))
    return total + await _drop_old_words(database, keyring, now - UNFINISHED)


async def _drop_old_words(database: Database, keyring: Keyring, before: datetime) -> int:
    # Found while nobody waits: only what is written needs the lock.
    ids = await database.read(lambda tx: conversations.with_old_words(tx, before))
    total = 0
    for first in range(0, len(ids), DECRYPTED_AT_A_TIME):
        part = ids[first : first + DECRYPTED_AT_A_TIME]
        drop = partial(
            conversations.drop_old_words, keyring=keyring, contact_ids=part, before=before
        )
        total += await database.write(drop)
    return total


async def _change_due(database: Database, due: Select[Any], change: Change) -> int:
    """Change the rows whose keys ``due`` selects. They are found while nobody waits."""
    key = tuple_(*due.selected_columns)
    chosen = due.order_by(*due.selected_columns).limit(_READ_AT_A_TIME)
    total = 0
    rows = await database.read(partial(_found, chosen), long=True)
    while rows:
        for first in range(0, len(rows), _AT_A_TIME):
            part = rows[first : first + _AT_A_TIME]
            await database.write(partial(change.run, rows=part))
        total += len(rows)
        rows = await database.read(partial(_found, chosen.where(key > rows[-1])), long=True)
    return total


def _found(chosen: Select[Any], tx: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in tx.execute(chosen)]


def _run(statement: Delete | Update, tx: Connection) -> int:
    return tx.execute(statement).rowcount


def _statements(now: datetime) -> list[Delete | Update]:
    old_words = (
        select(answers.c.response_id, answers.c.question)
        .where(
            answers.c.words.is_not(None),
            answers.c.answered_at < micros(now - COMMENTS),
            # Implied by the line above, but there is an index for this one.
            answers.c.week <= week_number(now - COMMENTS + timedelta(days=1), UTC),
        )
        .limit(_AT_A_TIME)
    )
    return [
        delete(quarantine).where(quarantine.c.at < micros(now - QUARANTINE)),
        update(answers)
        .where(tuple_(answers.c.response_id, answers.c.question).in_(old_words))
        .values(words=None),
        delete(staff_codes).where(staff_codes.c.expires_at < micros(now - CODES)),
        delete(digest_claims).where(digest_claims.c.claimed_at < micros(now - CLAIMS)),
        # Processes that are long gone; jobs' leases are renewed and stay.
        delete(leases).where(
            leases.c.name.like("process:%"), leases.c.expires_at < micros(now - LEASES)
        ),
    ]


def _read_through(now: datetime) -> list[tuple[Select[Any], Change]]:
    """What is due in the tables without an index of times, and what becomes of it."""
    events = select(seen_events.c.event_hash).where(
        seen_events.c.seen_at < micros(now - SEEN_EVENTS)
    )
    finished = select(outbox.c.contact_id, outbox.c.seq).where(outbox.c.state.in_(_FINISHED))
    created_at = outbox.c.created_at
    read = finished.where(outbox.c.payload != b"", created_at < micros(now - WEB_REPLIES))
    old = finished.where(
        or_(
            and_(outbox.c.about == "", created_at < micros(now - SENT)),
            created_at < micros(now - SENT_ABOUT_CASE),
        )
    )
    return [(events, _FORGET_EVENTS), (read, _EMPTY_REPLIES), (old, _FORGET_REPLIES)]
