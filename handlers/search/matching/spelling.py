"""Matches words by their sound: which word a misspelt one was probably meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

KEPT = 16_384  # words whose sound is cached; La Serena's index has 12,000
_UNLIKE = 0.75  # similarity before edits are subtracted: it may be another word
_SHORTEST_FUZZY = 4  # letters of the sound; in a shorter word one edit makes another word
_TWO_EDITS_FROM = 9
_MOST_READINGS = 3
_LONGEST = 24

# Spellings that sound the same in Chile, applied in order to a folded word: a part without which
# there is nothing to do (a quick check), the pattern that is replaced, and its replacement.
_SOUNDS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (there, re.compile(pattern), sound)
    for there, pattern, sound in (
        ("p", r"^(ps|pt)", "s"),
        ("sh", r"sh", "ch"),
        ("h", r"(?<!c)h", ""),
        ("q", r"q(u(?=[ei]))?", "k"),
        ("c", r"c(?=[^eih]|$)", "k"),
        ("c", r"c", "s"),
        ("z", r"z", "s"),
        ("sh", r"sh", "ch"),
        ("ks", r"ks", "s"),
        ("x", r"x", "s"),
        ("g", r"g(?=[ei])", "j"),
        ("gu", r"gu(?=[ei])", "g"),
        ("v", r"v", "b"),
        ("w", r"w", "b"),
        ("ll", r"ll", "y"),
        ("n", r"n(?=[bpm])", "m"),
        ("y", r"y$", "i"),
        ("", r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=KEPT)
def search_sound(word: str) -> str:
    """The sound of the folded ``word``: that of "vesino" and "vecino" is the same."""
    for there, pattern, replacement in _SOUNDS:
        if there in word:
            word = pattern.sub(replacement, word)
    return word


class Speller:
    """Finds known words that sound like an unknown one, or nearly so."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        """``known``: pairs of a folded word and its stem."""
        stems: dict[str, set[str]] = defaultdict(set)
        for word, stem in known:
            stems[search_sound(word)].add(stem)
            stems[search_sound(stem)].add(stem)
        # Nearly every sound has one stem, and a tuple takes a quarter of a set's memory.
        self._by_sound = {key: tuple(sorted(alike)) for key, alike in stems.items()}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for key in self._by_sound:
            self._by_length[len(key)].append(key)

    def readings(self, word: str, stem: str) -> tuple[tuple[str, float], ...]:
        """Up to three (stem, similarity 0–1) of known words, the most similar first."""
        key = search_sound(word)
        alike = self._by_sound.get(key) or self._by_sound.get(search_sound(stem))
        if alike and len(key) > 1:
            return tuple((found, 0.95) for found in alike[:_MOST_READINGS])
        if not _SHORTEST_FUZZY <= len(key) <= _LONGEST:
            return ()
        likeness: dict[str, float] = {}
        for near, edits in self._near(key, 2 if len(key) >= _TWO_EDITS_FROM else 1):
            same_start = key[0] == near[0]
            if len(key) == _SHORTEST_FUZZY and not same_start:
                continue
            like = _UNLIKE - edits / min(len(key), len(near)) - (0 if same_start else 0.1)
            for found in self._by_sound[near]:
                likeness[found] = max(like, likeness.get(found, 0.0))
        best = sorted(likeness.items(), key=lambda item: (-item[1], item[0]))
        return tuple((found, like) for found, like in best[:_MOST_READINGS])

    def _near(self, key: str, most: int) -> Iterator[tuple[str, int]]:
        """The sounds at most ``most`` edits away, with the number of edits."""
        for length in range(max(_SHORTEST_FUZZY, len(key) - most), len(key) + most + 1):
            known = self._by_length.get(length, ())
            found = extract(key, known, scorer=OSA.distance, score_cutoff=most, limit=None)
            yield from ((near, int(edits)) for near, edits, _ in found)
