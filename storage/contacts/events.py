"""Remembers the ids of platforms' events, so that a repeated one is not processed again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.engine import counters
from storage.engine.statements import Change, Query
from storage.engine.times import micros, moment

SEEN_EVENTS = timedelta(days=8)
"""How long an event id is kept; platforms redeliver for up to 7 days."""

_UNTIL = "events-hashed-wholly-until"  # set by migration 0004 if there were events
_NOTE_ALL = Query(
    "event_hash bytes, seen_at int",
    "INSERT INTO seen_events (event_hash, seen_at) SELECT r.event_hash, r.seen_at FROM {rows} "
    "WHERE true ON CONFLICT (event_hash) DO NOTHING RETURNING event_hash",
)
_NOTE = Change(
    "event_hash bytes, seen_at int",
    "INSERT INTO seen_events (event_hash, seen_at) SELECT :event_hash, :seen_at {from} "
    "WHERE true ON CONFLICT (event_hash) DO NOTHING",
)
_SEEN = Query(
    "event_hash bytes",
    "SELECT e.event_hash FROM {rows} JOIN seen_events e ON e.event_hash = r.event_hash",
)


def note_events(tx: Connection, keys: Iterable[bytes], now: datetime) -> set[bytes]:
    """Store the events' keys; return the new ones, also if ``keys`` repeats them."""
    at = micros(now)
    rows = [(key, at) for key in sorted(set(keys))]
    if tx.dialect.name == "postgresql":
        # Waits for another process that is inserting the same event.
        return {row[0] for row in _NOTE_ALL.all(tx, rows)}
    # On SQLite RETURNING takes twice as long.
    return _NOTE.run_each(tx, rows)


def former_keys_matter(tx: Connection, now: datetime) -> bool:
    """Whether events of before migration 0004, stored by ``Keyring.event_hash``, can repeat."""
    return now < moment(counters.value(tx, _UNTIL)) + SEEN_EVENTS


def seen_formerly(tx: Connection, hashes: Iterable[bytes]) -> set[bytes]:
    """The ``Keyring.event_hash`` values among these that are stored."""
    return {
        bytes(row[0]) for row in _SEEN.all(tx, [(key_hash,) for key_hash in sorted(set(hashes))])
    }
