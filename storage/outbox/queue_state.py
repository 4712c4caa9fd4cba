"""The state of the outbox for monitoring: open replies, their delay, the last digest."""

# Statements are put together from constants only.
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.engine.times import moment
from storage.tables.columns import OPEN

# Answered from the index of open replies alone.
REPLIES = "SELECT count(*), min(due_at) FROM outbox WHERE " + OPEN
# By the primary key, which begins with the week.
_DIGEST = (
    "SELECT max(claimed_at) FROM digest_claims WHERE week = (SELECT max(week) FROM digest_claims)"
)


@dataclass(frozen=True, slots=True)
class QueueState:
    """What waits and what was sent last, by all processes."""

    open_replies: int
    first_due_at: datetime | None  # due time of the earliest open reply; None: none is open
    last_digest_at: datetime | None  # when the latest week's digest was last sent to a reader


def queue_state(tx: Connection) -> QueueState:
    """The current state; cheap enough to read every few seconds."""
    count, first = tx.exec_driver_sql(REPLIES).one()
    digest = tx.exec_driver_sql(_DIGEST).scalar()
    return QueueState(
        open_replies=count,
        first_due_at=None if first is None else moment(first),
        last_digest_at=None if digest is None else moment(digest),
    )
