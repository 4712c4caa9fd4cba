"""What people write is read many times in a turn, and then kept by no cache of the process."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import lru_cache

from handlers.listening.listener import Listener
from handlers.search.index import SearchIndex
from handlers.text.folding import fold
from handlers.text.phrases import _sound_keeping_perro, sound
from handlers.understanding.reading.number_words import names_number
from tests.handlers.chat import Chat
from tests.packaged import packaged


def test_no_text_of_a_citizen_stays_in_the_process() -> None:
    listener = Listener(packaged().listener._model)
    index = copy(packaged().index)
    index.__class__, index._latest = SearchIndex, lru_cache(index._ranked)
    chat = Chat(replace(packaged(), listener=listener, index=index))
    kept = [
        one.cache_info
        for one in (
            *(fold, sound, _sound_keeping_perro, names_number),
            *(listener._latest, index._latest, index._read, index._find),
        )
    ]
    for text in ("mi vecina Rosalba no tiene dónde vivir", "nota", "tránsito", "6", "pero bien"):
        chat.says(text)
        assert [one().currsize for one in kept] == [0] * len(kept), text
