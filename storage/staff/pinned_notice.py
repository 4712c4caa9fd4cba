"""The pinned notice, which is shown above every reply; every batch reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, update

from handlers.state import Pinned
from storage.engine.statements import Query
from storage.engine.times import micros, moment
from storage.tables.staff import pinned_notices

LONGEST = 300  # characters, so that every reply has room for it

_STANDING = Query(
    "ended_at int",
    """SELECT text, stops_ratings, begun_at FROM pinned_notices
    JOIN {rows} USING (ended_at) ORDER BY id DESC LIMIT 1""",
)


@dataclass(frozen=True, slots=True)
class PinnedNotice:
    """A pinned notice, and since when it is pinned."""

    pinned: Pinned
    since: datetime


def current(tx: Connection) -> Pinned | None:
    """The notice that is pinned now."""
    found = standing(tx)
    return None if found is None else found.pinned


def standing(tx: Connection) -> PinnedNotice | None:
    """The notice that is pinned now, and since when."""
    # On the hot path: every batch runs this statement.
    rows = _STANDING.all(tx, [[0]])
    if not rows:
        return None
    text, stops_ratings, begun_at = rows[0]
    return PinnedNotice(Pinned(text, bool(stops_ratings)), moment(begun_at))


def pin(tx: Connection, pinned: Pinned, now: datetime) -> None:
    """Pin this notice, in place of any other."""
    take_down(tx, now)
    row = {"text": pinned.text, "stops_ratings": int(pinned.stops_ratings)}
    tx.execute(insert(pinned_notices).values(**row, begun_at=micros(now), ended_at=0))


def take_down(tx: Connection, now: datetime) -> bool:
    """Unpin the notice; False if none was pinned."""
    standing_now = update(pinned_notices).where(pinned_notices.c.ended_at == 0)
    return tx.execute(standing_now.values(ended_at=micros(now))).rowcount > 0
