"""Reads texts as terms: stems with their meanings and suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from Stemmer import Stemmer

from handlers.search.matching.spelling import KEPT, search_sound
from handlers.search.words import SearchWords
from handlers.text.folding import fold

MOST_WORDS = 40  # words of a text that are read: a longer one is not a question
_MOST_CHARACTERS = 1_000
_LONGEST_PHRASE = 4
_SAME, _NEAR = 0.9, 0.45
WEIGHT_OF_VAGUE, WEIGHT_OF_ORDINARY = 0.2, 0.5
_STRETCHED = re.compile(r"(.)\1{2,}")

TokenShares = tuple[tuple[str, float], ...]  # tokens, and how much a word means each, 0 to 1
WordsByText = dict[str, list[str]]  # so that each text is split only once


class Term(NamedTuple):
    """One word of a text with everything it may mean."""

    word: str  # as written, folded
    stem: str
    meanings: TokenShares  # (token, weight): its stem first, then concepts and suggestions
    weight: float  # lower for everyday words


class Terms:
    """Reads texts of documents and questions with one set of ``SearchWords``."""

    def __init__(self, words: SearchWords) -> None:
        self._snowball = Stemmer(words.stemmer, 0)  # caches no word that a citizen wrote
        endings = "|".join(map(fold, words.diminutives)) or "(?!)"
        self._diminutive = re.compile(rf"(?<=..[^aeiou])(?:{endings})$")
        self._stop = _single_words(words.stop)
        apart = _single_words(words.apart)
        self._apart = {form: f"{word}." for word in apart for form in (word, f"{word}s")}
        small_talk = _single_words((*words.greetings, *words.insults))
        self._weights = {search_sound(word): WEIGHT_OF_VAGUE for word in small_talk}
        self._weights |= {
            search_sound(word): WEIGHT_OF_ORDINARY for word in _single_words(words.ordinary)
        }
        self._weights |= {
            search_sound(word): WEIGHT_OF_VAGUE for word in _single_words(words.vague)
        }
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._near: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._starts: set[str] = set()  # first stems of both, to skip most words quickly
        self._alone = lru_cache(maxsize=KEPT // 2)(self._read_alone)
        for word, variants in words.same.items():
            for variant in (word, *variants):
                self._note(self._same, variant, (f"={word}",))
        for word, suggested in words.near.items():
            tokens = (self._tokens(phrase) for phrase in suggested)
            self._note(self._near, word, tuple(token for found in tokens for token in found))

    def forget_words(self) -> None:
        """Clear the caches, which building an index fills with thousands of rare words."""
        for kept in (self._alone, search_sound):
            kept.cache_clear()

    def words(self, text: str) -> list[str]:
        """Folded words without stop words, up to the limit.

        A drawn-out letter is kept twice: "holaaaa" is "holaa".
        """
        words = _STRETCHED.sub(r"\1\1", fold(text[:_MOST_CHARACTERS])).split()
        return [word for word in words if word not in self._stop][:MOST_WORDS]

    def stem(self, word: str) -> str:
        """The stem of a folded word; for a word kept apart, its singular."""
        return self._apart.get(word) or self._stem_of(word)

    def of_document(self, text: str) -> list[Term]:
        """Terms of a card's text: stems and concepts, no suggestions."""
        return self.read(self.words(text), suggest=False)

    def read(self, words: list[str], *, suggest: bool = True) -> list[Term]:
        """One term per word, with the concepts (and suggestions) of the phrases it is part of."""
        terms = [self._alone(word) for word in words]
        stems = [term.stem for term in terms]
        meant: dict[int, dict[str, float]] = {}
        for start, first in enumerate(stems):
            if first not in self._starts:
                continue
            for end in range(start + 1, min(start + _LONGEST_PHRASE, len(stems)) + 1):
                key = tuple(stems[start:end])
                same, near = self._same.get(key, ()), self._near.get(key, ()) if suggest else ()
                if same or near:
                    places = [meant.setdefault(i, {stems[i]: 1.0}) for i in range(start, end)]
                    if same:
                        self._add(places, same, _SAME)
                    if near:
                        self._add(places, near, _NEAR)
        for place, found in meant.items():
            terms[place] = terms[place]._replace(meanings=tuple(found.items()))
        return terms

    def meaning_of(self, stem: str, *, weight: float) -> TokenShares:
        """What a single (corrected) stem means, multiplied by ``weight``."""
        found = {stem: 1.0}
        self._add([found], self._same.get((stem,), ()), _SAME)
        self._add([found], self._near.get((stem,), ()), _NEAR)
        return tuple((token, share * weight) for token, share in found.items())

    def _stem_of(self, word: str) -> str:
        """Without diminutives; numbers stay as they are."""
        return word if word.isdigit() else self._diminutive.sub("", self._snowball.stemWord(word))

    def _read_alone(self, word: str) -> Term:
        stem = self._apart.get(word) or self._stem_of(word)
        return Term(word, stem, ((stem, 1.0),), self._weights.get(search_sound(word), 1.0))

    @staticmethod
    def _add(places: list[dict[str, float]], tokens: Iterable[str], weight: float) -> None:
        # A phrase counts at its first word; at the others a third, so that it does not count twice.
        for token in tokens:
            for number, place in enumerate(places):
                share = weight if number == 0 else weight / 3
                place[token] = max(share, place.get(token, 0.0))

    def _tokens(self, text: str) -> list[str]:
        """The stems and concepts of a short text, for suggestions."""
        found = [token for term in self.of_document(text) for token, _ in term.meanings]
        return list(dict.fromkeys(found))

    def _note(
        self, table: dict[tuple[str, ...], tuple[str, ...]], text: str, tokens: tuple[str, ...]
    ) -> None:
        key = tuple(self.stem(word) for word in self.words(text))
        if key:
            table[key] = tuple(dict.fromkeys((*table.get(key, ()), *tokens)))
            self._starts.add(key[0])


def _single_words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in fold(phrase).split())
