"""Sessions of the panel, stored by the hash of their secret."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from handlers.staff.permissions import Grant
from storage.engine.keyring import Keyring
from storage.engine.times import MAX_CLOCK_SKEW, micros, moment
from storage.staff.roles import roles_of
from storage.tables.staff import staff, staff_sessions

SEEN_EVERY = timedelta(minutes=1)  # so that not every request writes
MAX_DEVICE = 120
FORMS_KEPT = timedelta(days=1)  # how long after its end a session's open forms can be sent


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """When a session ends: ``idle`` after its last use, or ``absolute`` after its begin."""

    idle: timedelta = timedelta(hours=1)
    absolute: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of a member of staff."""

    id: int
    staff_id: int
    device: str  # from the browser's User-Agent
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session with its member of staff."""

    session: Session
    name: str
    grants: tuple[Grant, ...]


def begin(tx: Connection, keyring: Keyring, staff_id: int, device: str, now: datetime) -> str:
    """Begin a session; return its secret, of which only a hash is stored."""
    token = secrets.token_urlsafe(32)
    tx.execute(
        insert(staff_sessions).values(
            token_hash=hash_of(keyring, token),
            staff_id=staff_id,
            device=device[:MAX_DEVICE],
            created_at=micros(now),
            seen_at=micros(now),
        )
    )
    return token


def find(
    tx: Connection, keyring: Keyring, token: str, limits: SessionLimits, now: datetime
) -> SignedIn | None:
    """The session of a secret; None if it has ended."""
    table = staff_sessions.c
    row = tx.execute(
        select(staff_sessions, staff.c.name)
        .join(staff, staff.c.id == table.staff_id)
        .where(table.token_hash == hash_of(keyring, token), *_lasting(limits, now))
    ).first()
    if row is None:
        return None
    return SignedIn(_session(row), row.name, roles_of(tx, row.staff_id, now))


def hash_of(keyring: Keyring, token: str) -> bytes:
    """The stored form of a session's secret."""
    return keyring.secret_hash("session", token)


def hashes(tx: Connection, staff_id: int) -> list[bytes]:
    """The hashes of a person's sessions, including those that expired recently."""
    own = select(staff_sessions.c.token_hash).where(staff_sessions.c.staff_id == staff_id)
    return list(tx.scalars(own))


def is_due(session: Session, now: datetime) -> bool:
    """Whether ``note_seen`` is due."""
    return now - session.seen_at >= SEEN_EVERY


def note_seen(tx: Connection, session_id: int, now: datetime) -> None:
    """Record that the session is in use."""
    own = staff_sessions.c.id == session_id
    tx.execute(update(staff_sessions).where(own).values(seen_at=micros(now)))


def active_of(tx: Connection, staff_id: int, limits: SessionLimits, now: datetime) -> list[Session]:
    """A person's active sessions, newest first."""
    return [session for session in active(tx, limits, now) if session.staff_id == staff_id]


def active(tx: Connection, limits: SessionLimits, now: datetime) -> list[Session]:
    """All active sessions, newest first."""
    lasting = select(staff_sessions).where(*_lasting(limits, now))
    rows = tx.execute(lasting.order_by(staff_sessions.c.id.desc()))
    return [_session(row) for row in rows]


def end(tx: Connection, staff_id: int, session_id: int) -> bool:
    """End one of a person's sessions; False if it is not theirs or has ended."""
    table = staff_sessions.c
    ending = delete(staff_sessions).where(table.id == session_id, table.staff_id == staff_id)
    return tx.execute(ending).rowcount > 0


def let_lapse(
    tx: Connection, keyring: Keyring, token: str, limits: SessionLimits, now: datetime
) -> None:
    """Let a session expire as if unused: unlike ``end``, its open forms can still be sent."""
    own = staff_sessions.c.token_hash == hash_of(keyring, token)
    unused = micros(now - limits.idle - FORMS_KEPT / 2)  # even if the clock is set back
    lapsed = update(staff_sessions).where(own, staff_sessions.c.seen_at > unused)
    tx.execute(lapsed.values(seen_at=unused))


def end_all(tx: Connection, staff_id: int) -> int:
    """End all of a person's sessions; return how many there were."""
    ending = delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id)
    return tx.execute(ending).rowcount


def forget_ended(tx: Connection, limits: SessionLimits, now: datetime) -> None:
    """Delete the sessions that ended more than ``FORMS_KEPT`` ago."""
    kept = SessionLimits(limits.idle + FORMS_KEPT, limits.absolute + FORMS_KEPT)
    tx.execute(delete(staff_sessions).where(~and_(*_lasting(kept, now))))


def _lasting(limits: SessionLimits, now: datetime) -> tuple[ColumnElement[bool], ...]:
    table = staff_sessions.c
    return (
        table.seen_at > micros(now - limits.idle),
        table.created_at > micros(now - limits.absolute),
        table.created_at <= micros(now + MAX_CLOCK_SKEW),
    )


def _session(row: Row[Any]) -> Session:
    return Session(row.id, row.staff_id, row.device, moment(row.created_at), moment(row.seen_at))
