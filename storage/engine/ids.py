"""Ids of contacts and responses: in the order in which they are made, so that their rows lie so."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_BEGAN_MS = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()) * 1000
_TIME_BITS = 41  # until 2089
_CHANCE_BITS = 22
_LATEST_MS = (1 << _TIME_BITS) - 2  # one is left for ids that run on

_last = 0


def new_id(now: datetime) -> int:
    """63 bits: the millisecond, then random ones; the ids of one millisecond follow each other.

    Every page that changes is written whole, and in any other order each row of a turn lies on a
    page of its own. When the clock goes back, ids run on from the last, so that none comes twice
    (RFC 9562, 6.2). Two processes may, very rarely, make the same one: whoever stores it starts
    again.
    """
    global _last  # what a process has given out
    millisecond = min(max(int(now.timestamp() * 1000) - _BEGAN_MS, 0), _LATEST_MS)
    if millisecond > _last >> _CHANCE_BITS:
        _last = millisecond << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
    else:
        _last += 1
    return _last
