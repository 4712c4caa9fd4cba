"""What people write is read many times in a turn, and then kept by no cache of the process."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from functools import lru_cache

import pytest

from handlers.listening.listener import Listener
from handlers.search.index import SearchIndex
from handlers.search.ranking import Ranking
from handlers.text.turn_cache import TURN_CACHES
from tests.handlers.chat import Chat
from tests.packaged import packaged


class _Failing(SearchIndex):
    def rank(self, query: str) -> Ranking:
        super().rank(query)
        raise RuntimeError(query)


def _chat(search: type[SearchIndex]) -> tuple[Chat, Callable[[], int]]:
    """A citizen's chat, and how many texts the caches of its process hold."""
    listener = Listener(packaged().listener._model)
    index = copy(packaged().index)
    index.__class__, index._latest = search, lru_cache(index._ranked)
    caches = (
        *TURN_CACHES,
        *(listener._latest, listener._log_odds, index._latest, index._read, index._find),
    )
    chat = Chat(replace(packaged(), listener=listener, index=index))
    return chat, lambda: sum(cache.cache_info().currsize for cache in caches)


def test_no_text_of_a_citizen_stays_in_the_process() -> None:
    chat, kept = _chat(SearchIndex)
    for text in ("mi vecina Rosalba no tiene dónde vivir", "nota", "tránsito", "6", "pero bien"):
        chat.says(text)
        assert kept() == 0, text


def test_nor_does_that_of_a_turn_that_fails() -> None:
    chat, kept = _chat(_Failing)
    with pytest.raises(RuntimeError, match="escombros"):
        chat.says("retiro de escombros")
    assert kept() == 0
