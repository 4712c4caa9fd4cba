"""The one notice that stands above every reply: pinned, read by every batch, taken down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, update

from handlers.state import Pinned
from storage.engine.statements import Query
from storage.engine.times import micros, moment
from storage.tables.staff import pinned_notices

LONGEST = 300  # characters: every reply has to have room beside it

_STANDING = Query(
    "ended_at int",
    """SELECT text, stops_ratings, begun_at FROM pinned_notices
    JOIN {rows} USING (ended_at) ORDER BY id DESC LIMIT 1""",
)


@dataclass(frozen=True, slots=True)
class PinnedNotice:
    """The notice that is pinned, and since when."""

    pinned: Pinned
    since: datetime


def current(tx: Connection) -> Pinned | None:
    """What is pinned now."""
    found = standing(tx)
    return None if found is None else found.pinned


def standing(tx: Connection) -> PinnedNotice | None:
    """What is pinned now, and since when."""
    # Every batch reads it, so it runs as the other statements of a batch do.
    rows = _STANDING.all(tx, [[0]])
    if not rows:
        return None
    text, stops_ratings, begun_at = rows[0]
    return PinnedNotice(Pinned(text, bool(stops_ratings)), moment(begun_at))


def pin(tx: Connection, pinned: Pinned, now: datetime) -> None:
    """Let this stand above every reply, in the place of any other."""
    take_down(tx, now)
    row = {"text": pinned.text, "stops_ratings": int(pinned.stops_ratings)}
    tx.execute(insert(pinned_notices).values(**row, begun_at=micros(now), ended_at=0))


def take_down(tx: Connection, now: datetime) -> bool:
    """Nothing stands there any more; False: nothing did."""
    standing_now = update(pinned_notices).where(pinned_notices.c.ended_at == 0)
    return tx.execute(standing_now.values(ended_at=micros(now))).rowcount > 0
