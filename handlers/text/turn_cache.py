"""What is worked out of a message and kept for one turn: then forgotten, so that no text stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, Protocol, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


class Cache(Protocol):
    """A cache that can be emptied."""

    def cache_clear(self) -> None:
        """Keep nothing."""


TURN_CACHES: list[Cache] = []
CONTEXTS = 32  # a message and its parts, as recognisers read them


def turn_cached(size: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Work a function out once for the same arguments, of the last ``size``, within one turn."""

    def cached(work_out: Callable[P, T]) -> Callable[P, T]:
        cache = lru_cache(maxsize=size)(work_out)
        TURN_CACHES.append(cache)
        return cast("Callable[P, T]", cache)

    return cached
