"""Reading words as they sound: what a misspelt word was probably meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

_UNLIKE = 0.75  # one edit is likelier another word than a slip
_SHORTEST_FUZZY = 4  # letters as they sound; below that one edit makes another word
_TWO_EDITS_FROM = 9
_MOST_READINGS = 3
_LONGEST = 24

# Spelling that Chilean speech does not tell apart, applied in order to a folded word: what is there
# if anything is to be done (a quick look), what is replaced, and by what.
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


@lru_cache(maxsize=32_768)
def sound(word: str) -> str:
    """Return how the folded ``word`` sounds: "vesino" and "vecino" give the same."""
    for there, pattern, replacement in _SOUNDS:
        if there in word:
            word = pattern.sub(replacement, word)
    return word


class Speller:
    """Finds known words that sound like, or nearly like, an unknown one."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        """``known`` are pairs of a folded word and its stem."""
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for word, stem in known:
            self._by_sound[sound(word)].add(stem)
            self._by_sound[sound(stem)].add(stem)

    @cached_property
    def _by_deletion(self) -> dict[str, list[str]]:
        """Made for the first word that is known in no spelling: most of what runs meets none."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self._by_sound:
            if _SHORTEST_FUZZY <= len(key) <= _LONGEST:
                for shorter in _one_deleted(key):
                    found[shorter].append(key)
        return found

    def readings(self, word: str, stem: str) -> tuple[tuple[str, float], ...]:
        """Return up to three (stem, likeness 0–1) of known words, the likest first."""
        key = sound(word)
        alike = self._by_sound.get(key) or self._by_sound.get(sound(stem))
        if alike and len(key) > 1:
            return tuple((found, 0.95) for found in sorted(alike)[:_MOST_READINGS])
        if not _SHORTEST_FUZZY <= len(key) <= _LONGEST:
            return ()
        likeness: dict[str, float] = {}
        for near in self._near(key):
            edits = OSA.distance(key, near, score_cutoff=2)
            if edits > (2 if len(key) >= _TWO_EDITS_FROM else 1):
                continue
            same_start = key[0] == near[0]
            if len(key) == _SHORTEST_FUZZY and not same_start:
                continue
            like = _UNLIKE - edits / min(len(key), len(near)) - (0 if same_start else 0.1)
            for found in self._by_sound[near]:
                likeness[found] = max(like, likeness.get(found, 0.0))
        best = sorted(likeness.items(), key=lambda item: (-item[1], item[0]))
        return tuple((found, like) for found, like in best[:_MOST_READINGS])

    def _near(self, key: str) -> set[str]:
        """Sounds at most one edit away, and some of those at two (both lost one letter)."""
        found: set[str] = set(self._by_deletion.get(key, ()))
        for shorter in _one_deleted(key):
            if shorter in self._by_sound:
                found.add(shorter)
            found.update(self._by_deletion.get(shorter, ()))
        return found


def _one_deleted(key: str) -> set[str]:
    return {key[:i] + key[i + 1 :] for i in range(len(key))}
