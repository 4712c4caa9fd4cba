"""How far sending is behind and when the last digest went out: what is watched from outside."""

# Statements are put together from constants only.
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.engine.times import moment
from storage.tables.columns import OPEN

# The index of open replies answers this by itself.
REPLIES = "SELECT count(*), min(due_at) FROM outbox WHERE " + OPEN
# By the key: weeks are its first part.
_DIGEST = (
    "SELECT max(claimed_at) FROM digest_claims WHERE week = (SELECT max(week) FROM digest_claims)"
)


@dataclass(frozen=True, slots=True)
class QueueState:
    """What waits, and what was sent last, by whichever process."""

    open_replies: int
    first_due_at: datetime | None  # when the first open reply is or was due; None: none is open
    last_digest_at: datetime | None  # when the latest week's digest was last sent to a reader


def queue_state(tx: Connection) -> QueueState:
    """How things stand now; cheap enough to be asked for every few seconds."""
    count, first = tx.exec_driver_sql(REPLIES).one()
    digest = tx.exec_driver_sql(_DIGEST).scalar()
    return QueueState(
        open_replies=count,
        first_due_at=None if first is None else moment(first),
        last_digest_at=None if digest is None else moment(digest),
    )
