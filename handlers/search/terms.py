"""From a text to the terms that are compared: stems, what they mean, what they suggest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from handlers.search.words import SearchWords
from handlers.text import fold

MOST_WORDS = 60  # words of a text that are looked at: more is not a question
_MOST_CHARACTERS = 1_000
_LONGEST_PHRASE = 4
_SAME, _NEAR, _DIMINUTIVE = 0.9, 0.45, re.compile(r"(?<=..[^aeiou])(c?it|ill)$")
_STRETCHED = re.compile(r"(.)\1{2,}")

Meaning = tuple[tuple[str, float], ...]


class Term(NamedTuple):
    """One word of a text and everything it may stand for."""

    word: str  # as written, folded
    stem: str
    meanings: Meaning  # (token, weight): its stem first, then concepts and suggestions
    vague: bool


class Terms:
    """Reads texts with one set of ``SearchWords``; documents and questions alike."""

    def __init__(self, words: SearchWords) -> None:
        stemmer = snowballstemmer.stemmer("spanish")
        self._stem = _stemming(stemmer.stemWord)
        self._stop = _single_words(words.stop)
        self._vague = {self._stem(word) for word in _single_words(words.vague)}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._near: dict[tuple[str, ...], tuple[str, ...]] = {}
        for word, variants in words.same.items():
            for variant in (word, *variants):
                self._note(self._same, variant, (f"={word}",))
        for word, suggested in words.near.items():
            tokens = (self._tokens(phrase) for phrase in suggested)
            self._note(self._near, word, tuple(token for found in tokens for token in found))
        self.names = {f"={word}": word for word in words.same}

    def words(self, text: str) -> list[str]:
        """Folded words without the meaningless ones; what is beyond the limit is not read."""
        folded = fold(_STRETCHED.sub(r"\1\1", text[:_MOST_CHARACTERS]))
        return [word for word in folded.split() if word not in self._stop][:MOST_WORDS]

    def stem(self, word: str) -> str:
        """The stem of a folded word, diminutives removed; numbers stay as they are."""
        return self._stem(word)

    def of_document(self, text: str) -> list[Term]:
        """Terms of a card's text: stems and concepts, no suggestions."""
        return self.read(self.words(text), suggest=False)

    def read(self, words: list[str], *, suggest: bool = True) -> list[Term]:
        """One term a word, with the concepts (and suggestions) of the phrases it is part of."""
        stems = [self._stem(word) for word in words]
        meanings: list[dict[str, float]] = [{stem: 1.0} for stem in stems]
        for start in range(len(stems)):
            for end in range(start + 1, min(start + _LONGEST_PHRASE, len(stems)) + 1):
                key = tuple(stems[start:end])
                self._add(meanings[start:end], self._same.get(key, ()), _SAME)
                if suggest:
                    self._add(meanings[start:end], self._near.get(key, ()), _NEAR)
        return [
            Term(word, stem, tuple(found.items()), stem in self._vague)
            for word, stem, found in zip(words, stems, meanings, strict=True)
        ]

    def meaning_of(self, stem: str, *, weight: float) -> Meaning:
        """What a single (corrected) stem stands for, all weighed by ``weight``."""
        found = {stem: 1.0}
        self._add([found], self._same.get((stem,), ()), _SAME)
        self._add([found], self._near.get((stem,), ()), _NEAR)
        return tuple((token, share * weight) for token, share in found.items())

    @staticmethod
    def _add(places: list[dict[str, float]], tokens: Iterable[str], weight: float) -> None:
        # A phrase belongs to its first word; the others count as understood, not twice.
        for token in tokens:
            for number, place in enumerate(places):
                share = weight if number == 0 else weight / 3
                place[token] = max(share, place.get(token, 0.0))

    def _tokens(self, text: str) -> list[str]:
        """Stems and concepts of a short text, for suggestions."""
        found = [token for term in self.of_document(text) for token, _ in term.meanings]
        return list(dict.fromkeys(found))

    def _note(
        self, table: dict[tuple[str, ...], tuple[str, ...]], text: str, tokens: tuple[str, ...]
    ) -> None:
        key = tuple(self._stem(word) for word in self.words(text))
        if key:
            table[key] = tuple(dict.fromkeys((*table.get(key, ()), *tokens)))


def _stemming(snowball: Callable[[str], str]) -> Callable[[str], str]:
    @lru_cache(maxsize=20_000)
    def stem(word: str) -> str:
        if word.isdigit():
            return word
        return _DIMINUTIVE.sub("", snowball(word))

    return stem


def _single_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in fold(phrase).split())
