"""Ids of contacts and responses: nobody can guess one, and rows made together lie together."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_BEGAN_S = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_RANDOM_BITS = 31
CHANCE = (1 << _RANDOM_BITS) - 1
"""The bits of an id that are chance."""


def new_id(now: datetime) -> int:
    """63 bits: the second, then random ones.

    Wholly random ids put each row of a turn on a page of its own, and every page that changes is
    written whole. Two of the same second may rarely be alike: whoever stores them starts again.
    """
    second = max(int(now.timestamp()) - _BEGAN_S, 0)
    return second << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
