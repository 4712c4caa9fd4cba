"""Words as they are heard: by sound, and as the long known word that they are but for one slip."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from handlers.text.phrases import SHORTEST_WITH_SLIP, sound_of_word


def heard_as(words: Iterable[str], known: frozenset[str]) -> list[str]:
    """Each word by its sound, or the long word of ``known`` that it is but for one slip."""
    return [_without_slip(sound_of_word(word) or word, known) for word in words]


@lru_cache(maxsize=4_096)
def _without_slip(word: str, known: frozenset[str]) -> str:
    """The first letter is seldom the wrong one."""
    if word in known or len(word) < SHORTEST_WITH_SLIP - 1:
        return word
    near = (one for one in sorted(known) if OSA.distance(word, one, score_cutoff=1) == 1)
    return next((one for one in near if one[0] == word[0]), word)
