"""Ids of contacts and responses, ordered by creation so that new rows share pages."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_BEGAN_MS = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()) * 1000
_TIME_BITS = 41  # until 2089
_CHANCE_BITS = 22
_LATEST_MS = (1 << _TIME_BITS) - 2  # leaves one for ids that run ahead of the clock

_last = 0


def new_id(now: datetime) -> int:
    """A new id of 63 bits: the millisecond, then random bits; increasing within a process.

    Databases write whole pages, and with random ids each row of a turn would be on a page of its
    own. If the clock goes back, ids continue from the last one, so that none repeats (RFC 9562,
    6.2). Very rarely two processes make the same id; the second to store it starts over.
    """
    global _last
    millisecond = min(max(int(now.timestamp() * 1000) - _BEGAN_MS, 0), _LATEST_MS)
    if millisecond > _last >> _CHANCE_BITS:
        _last = millisecond << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
    else:
        _last += 1
    return _last
