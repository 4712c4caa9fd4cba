"""Held replies that could not be announced, because the platform refused the template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, literal_column, select, update

from storage.engine.times import micros, moment
from storage.outbox.outbox import ReplyState
from storage.tables.outbox import outbox

# Word for word as in the partial index: with a bound value it would not be used.
_HELD = literal_column("outbox.due_at < 0") & (outbox.c.channel == "whatsapp")


@dataclass(frozen=True, slots=True)
class Unannounced:
    """How many replies wait for one reason, and since when."""

    code: str
    count: int
    since: datetime


def unannounced(tx: Connection, is_cause: Callable[[str], bool]) -> list[Unannounced]:
    """The waiting replies by the platform's error code, most frequent first."""
    count = func.count()
    rows = tx.execute(
        select(outbox.c.code, count, func.min(outbox.c.created_at))
        .where(_HELD, outbox.c.code != "")
        .group_by(outbox.c.code)
        .order_by(count.desc(), outbox.c.code)
    )
    return [Unannounced(code, n, moment(at)) for code, n, at in rows if is_cause(code)]


def announce_again(tx: Connection, is_cause: Callable[[str], bool], now: datetime) -> int:
    """Try again to announce them; return how many. One announcement covers all of a citizen's."""
    codes, at = [held.code for held in unannounced(tx, is_cause)], micros(now)
    again = update(outbox).where(_HELD, outbox.c.code.in_(codes))
    return tx.execute(
        again.values(
            state=ReplyState.DUE.value,
            code="",
            sent_ref="",
            due_at=at,
            created_at=at,
            attempts=0,
            repeated=0,
        )
    ).rowcount
