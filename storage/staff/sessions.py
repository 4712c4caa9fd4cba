"""Who is signed in to the panel, and where; a session is known by the hash of its secret."""

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

SEEN_EVERY = timedelta(minutes=1)  # noting each request would write with each
MAX_DEVICE = 120
FORMS_KEPT = timedelta(days=1)  # what was typed in a session may still be sent after its end


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """A session ends when it was not used for so long, and in any case so long after its start."""

    idle: timedelta = timedelta(hours=1)
    absolute: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of a member of staff."""

    id: int
    staff_id: int
    device: str  # what the browser says of itself
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session with whose it is."""

    session: Session
    name: str
    grants: tuple[Grant, ...]


def begin(tx: Connection, keyring: Keyring, staff_id: int, device: str, now: datetime) -> str:
    """Sign a member of staff in; the session's secret, which is stored as a hash only."""
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
    """The session of a secret, while it lasts."""
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
    """What the session of a secret is known by."""
    return keyring.secret_hash("session", token)


def hashes(tx: Connection, staff_id: int) -> list[bytes]:
    """What a person's sessions are known by, those that ended by themselves of late too."""
    own = select(staff_sessions.c.token_hash).where(staff_sessions.c.staff_id == staff_id)
    return list(tx.scalars(own))


def is_due(session: Session, now: datetime) -> bool:
    """Whether ``note_seen`` has to be called."""
    return now - session.seen_at >= SEEN_EVERY


def note_seen(tx: Connection, session_id: int, now: datetime) -> None:
    """Something was asked for in this session."""
    own = staff_sessions.c.id == session_id
    tx.execute(update(staff_sessions).where(own).values(seen_at=micros(now)))


def active_of(tx: Connection, staff_id: int, limits: SessionLimits, now: datetime) -> list[Session]:
    """A person's active sessions, the newest first."""
    return [session for session in active(tx, limits, now) if session.staff_id == staff_id]


def active(tx: Connection, limits: SessionLimits, now: datetime) -> list[Session]:
    """All active sessions, the newest first."""
    lasting = select(staff_sessions).where(*_lasting(limits, now))
    rows = tx.execute(lasting.order_by(staff_sessions.c.id.desc()))
    return [_session(row) for row in rows]


def end(tx: Connection, staff_id: int, session_id: int) -> bool:
    """End one of a person's sessions; False: it is not theirs, or over."""
    table = staff_sessions.c
    ending = delete(staff_sessions).where(table.id == session_id, table.staff_id == staff_id)
    return tx.execute(ending).rowcount > 0


def let_lapse(
    tx: Connection, keyring: Keyring, token: str, limits: SessionLimits, now: datetime
) -> None:
    """End the session of a secret as if it had not been used for long: its forms still count."""
    own = staff_sessions.c.token_hash == hash_of(keyring, token)
    unused = micros(now - limits.idle - FORMS_KEPT / 2)  # not even a clock put back revives it
    lapsed = update(staff_sessions).where(own, staff_sessions.c.seen_at > unused)
    tx.execute(lapsed.values(seen_at=unused))


def end_all(tx: Connection, staff_id: int) -> int:
    """End every session of a person; how many there were."""
    ending = delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id)
    return tx.execute(ending).rowcount


def forget_ended(tx: Connection, limits: SessionLimits, now: datetime) -> None:
    """Remove the sessions that are over, and whose forms nobody sends any more."""
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
