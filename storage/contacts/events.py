"""Remembers the platforms' events, so that one that comes again is not taken again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage.engine import counters
from storage.engine.statements import Change, Query
from storage.engine.times import micros, moment

SEEN_EVENTS = timedelta(days=8)
"""Platforms repeat an event for up to 7 days."""

_UNTIL = "events-hashed-wholly-until"  # migration 0004 noted it, where there were events
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
    """Remember the events; returns those never seen before, however often each was given."""
    at = micros(now)
    rows = [(key, at) for key in sorted(set(keys))]
    if tx.dialect.name == "postgresql":
        # Waits for another process that is noting the same event.
        return {row[0] for row in _NOTE_ALL.all(tx, rows)}
    # RETURNING takes twice the time on SQLite.
    return _NOTE.run_each(tx, rows)


def former_keys_matter(tx: Connection, now: datetime) -> bool:
    """Whether events may come again that are remembered under ``Keyring.event_hash``."""
    return now < moment(counters.value(tx, _UNTIL)) + SEEN_EVENTS


def seen_formerly(tx: Connection, hashes: Iterable[bytes]) -> set[bytes]:
    """Which of these events are remembered under ``Keyring.event_hash``."""
    return {
        bytes(row[0]) for row in _SEEN.all(tx, [(key_hash,) for key_hash in sorted(set(hashes))])
    }
