"""Ids of contacts and responses: in the order in which they are made, so that their rows lie so."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_BEGAN_MS = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp()) * 1000
_TIME_BITS = 41  # until 2089
_CHANCE_BITS = 22

_last = 0


def new_id(now: datetime) -> int:
    """63 bits: the millisecond, then random ones; the ids of one millisecond follow each other.

    Every page that changes is written whole, and in any other order each row of a turn lies on a
    page of its own. Two processes may, very rarely, make the same one: whoever stores it starts
    again.
    """
    global _last  # what a process has given out
    millisecond = min(max(int(now.timestamp() * 1000) - _BEGAN_MS, 0), (1 << _TIME_BITS) - 1)
    if millisecond == _last >> _CHANCE_BITS:
        _last += 1
    else:
        _last = millisecond << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
    return _last
