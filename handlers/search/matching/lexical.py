"""Matches of a question's words with the cards': BM25, whole phrases, and corrected spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import compress, repeat
from operator import contains
from typing import NamedTuple

from handlers.search.documents import DocumentKind, SearchCard
from handlers.search.matching.postings import Postings, Values, rarities, word_postings
from handlers.search.matching.spelling import Speller
from handlers.search.matching.terms import Term, Terms, TokenShares, WordsByText
from handlers.search.words import SearchWords
from handlers.text.folding import fold

_UNKNOWN_RARITY = 4.5  # rarity given to a word that no card has
_PHRASE_SHARE = 1.1  # weight of a whole phrase, relative to its words
_EXACT = 1.25  # factor of an exact match
_ALL = 0.99  # shares and coverages are sums of rounded numbers
_SINGLE_WORD = 0.6  # a phrase of one word may match by chance


class AskedWord(NamedTuple):
    """One word of a query, ready to be looked up."""

    word: str
    stem: str
    meanings: TokenShares
    weight: float  # low for vague words
    rarity: float
    corrected: str  # the word that was probably meant, if it is misspelt


class Match(NamedTuple):
    """How one card matches a query."""

    words: float  # BM25 of the query's words
    phrase: float  # score of its best phrase
    phrase_number: int  # -1: none
    coverage: float  # share of the query's words that the card has, weighted by rarity
    total: float  # words and phrase together
    exact: bool  # the query is exactly one of its phrases


_NO_PHRASE = -1
NO_MATCH = Match(0.0, 0.0, _NO_PHRASE, 0.0, 0.0, exact=False)


class Matches(NamedTuple):
    """How all cards match a query: totals for each, details only for those that are asked for."""

    says: Sequence[float]  # the weight of each word of the query, by rarity
    held: Sequence[Values]  # for each word, the cards that have it
    words: Values
    phrases: Values  # by card, the score of its best phrase
    best_phrases: Mapping[int, int]  # by card, the number of that phrase
    whole: set[int]  # cards with a phrase that the query contains as a whole
    lift: float
    totals: Values  # by card, for every card that shares a word

    def of(self, numbers: Sequence[int]) -> list[Match]:
        """How each of these cards matches the query."""
        found = []
        for number, coverage in zip(numbers, self.coverages(numbers), strict=True):
            if number not in self.totals:
                found.append(NO_MATCH)
                continue
            match = Match(
                words=self.words[number],
                phrase=self.phrases.get(number, 0.0) * self.lift,
                phrase_number=self.best_phrases.get(number, _NO_PHRASE),
                coverage=coverage,
                total=self.totals[number],
                exact=number in self.whole and coverage > _ALL,
            )
            found.append(match)
        return found

    def exact(self) -> list[int]:
        """The cards that have exactly the query as a phrase."""
        named = sorted(self.whole & self.totals.keys())
        both = zip(named, self.coverages(named), strict=True)
        return [number for number, coverage in both if coverage > _ALL]

    def coverages(self, numbers: Iterable[int]) -> list[float]:
        """For each of these cards, the share of the query's words that it has, by rarity."""
        says, asked = self.says, sum(self.says)
        holds = [map(contains, self.held, repeat(number)) for number in numbers]
        return [min(1.0, sum(compress(says, held)) / asked) for held in holds]


class WordMatcher:
    """Matches the words of queries with those of documents."""

    def __init__(
        self, cards: Sequence[SearchCard], said: WordsByText, terms: Terms, words: SearchWords
    ) -> None:
        """``said``: the words of every text and phrase of the cards."""
        self._cards = cards
        self._priors = [card.prior for card in cards]
        self._terms = terms
        texts = dict.fromkeys(text for card in cards for text in card.all())
        by_text = {text: terms.read(said[text], suggest=False) for text in texts}
        read = [[(by_text[text], weight) for text, weight in card.texts] for card in cards]
        self._rarity = rarities(read)
        self._words = word_postings(read, self._rarity)
        self._phrases: list[str] = []
        self._phrase_owner: list[int] = []
        self._phrase_strength: list[float] = []
        self._phrase_words = self._phrase_postings(by_text)
        known = {(term.word, term.stem) for fields in read for found, _ in fields for term in found}
        self._display = {stem: word for word, stem in sorted(known, reverse=True)}
        self._speller = Speller(sorted(pair for pair in known if not pair[0].isdigit()))
        self._well_spelt = _all_words(words)
        self._readings = lru_cache(maxsize=4_096)(self._read_word)

    def knows(self, stem: str) -> bool:
        """Whether any card has the word."""
        return stem in self._rarity

    def ask(self, terms: Sequence[Term]) -> list[AskedWord]:
        """The distinct words of a query, with their possible meanings."""
        known: dict[str, AskedWord] = {}
        for term in terms:
            if term.stem in known:
                continue
            meanings, corrected = term.meanings, ""
            if len(meanings) == 1 and self._may_be_misspelt(term):
                meanings, corrected = self._readings(term.word, term.stem)
            rarity = 0.0
            for token, share in meanings:
                rarity = max(rarity, self._rarity.get(token, 0.0) * share)
            known[term.stem] = AskedWord(
                word=term.word,
                stem=term.stem,
                meanings=meanings,
                weight=term.weight,
                rarity=rarity or _UNKNOWN_RARITY,
                corrected=corrected,
            )
        return list(known.values())

    def matches(self, asked: Sequence[AskedWord]) -> Matches:
        """How the cards match the query."""
        # A question of everyday words only ("oficina de partes") has no better ones to rely on.
        lift = 1 / max([one.weight for one in asked], default=1.0)
        words: Values = {}
        shares: Values = {}
        says = [one.rarity * one.weight for one in asked]
        held = [dict(self._words.of_any(one.meanings)) for one in asked]
        for one, found in zip(asked, held, strict=True):
            weight = one.weight * lift
            for number, value in found.items():
                words[number] = words.get(number, 0.0) + value * weight
            for number, value in self._phrase_words.of_any(one.meanings):
                shares[number] = shares.get(number, 0.0) + value
        phrases, best_phrases, whole = self._best_phrases(shares)
        totals: Values = {}
        priors = self._priors
        for number, value in words.items():
            phrase = phrases.get(number, 0.0) * lift
            totals[number] = (value + _PHRASE_SHARE * phrase) * priors[number]
        matches = Matches(says, held, words, phrases, best_phrases, whole, lift, totals)
        for number in matches.exact():
            totals[number] *= _EXACT
        return matches

    def names(self, asked: Sequence[AskedWord], kind: DocumentKind) -> bool:
        """Whether a card of that kind has exactly this phrase; to find the card costs thrice."""
        return any(self._cards[number].kind == kind for number in self.matches(asked).exact())

    def has(self, asked: AskedWord, number: int) -> bool:
        """Whether a document has a word of the query in any of its meanings."""
        return any(self._words.holds(token, number) for token, _ in asked.meanings)

    def phrase(self, number: int) -> str:
        """A phrase as it is written in the content."""
        return self._phrases[number]

    def _best_phrases(self, shares: Values) -> tuple[Values, dict[int, int], set[int]]:
        """By card, its best phrase's score and number; and the cards with a whole phrase."""
        owners, strengths = self._phrase_owner, self._phrase_strength
        scores: Values = {}
        numbers: dict[int, int] = {}
        whole: set[int] = set()
        for number, share in shares.items():
            owner = owners[number]
            if share > _ALL:
                whole.add(owner)
                share = min(1.0, share)
            value = share * share * strengths[number]
            if value > scores.get(owner, 0.0):
                scores[owner] = value
                numbers[owner] = number
        return scores, numbers, whole

    def _may_be_misspelt(self, term: Term) -> bool:
        return (
            term.stem not in self._rarity
            and term.word not in self._well_spelt
            and not term.word.isdigit()
        )

    def _read_word(self, word: str, stem: str) -> tuple[TokenShares, str]:
        """What a misspelt word may mean, and the word it was probably meant to be."""
        readings = self._speller.readings(word, stem)
        meanings: dict[str, float] = {}
        for reading, likeness in readings:
            for token, share in self._terms.meaning_of(reading, weight=likeness):
                meanings[token] = max(share, meanings.get(token, 0.0))
        if not meanings:
            return ((stem, 1.0),), ""
        return tuple(meanings.items()), self._display.get(readings[0][0], readings[0][0])

    def _phrase_postings(self, read: dict[str, list[Term]]) -> Postings:
        """For each token the phrases that hold it, and its share of each phrase."""
        postings: dict[str, Values] = defaultdict(dict)
        for owner, card in enumerate(self._cards):
            for phrase in card.phrases:
                found = {term.stem: term for term in read[phrase]}
                weights = {
                    stem: self._rarity.get(stem, 1.0) * term.weight for stem, term in found.items()
                }
                total = sum(weights.values())
                if not total:
                    continue
                number = len(self._phrases)
                self._phrases.append(phrase)
                self._phrase_owner.append(owner)
                self._phrase_strength.append(total * (_SINGLE_WORD if len(found) == 1 else 1.0))
                for stem, term in found.items():
                    for token, share in term.meanings:
                        value = share * weights[stem] / total
                        place = postings[token]
                        if value > place.get(number, 0.0):
                            place[number] = value
        return Postings(postings)


def _all_words(words: SearchWords) -> frozenset[str]:
    phrases = [*words.stop, *words.vague, *words.greetings, *words.insults, *words.ordinary]
    for table in (words.same, words.near):
        for word, others in table.items():
            phrases += [word, *others]
    return frozenset(word for phrase in phrases for word in fold(phrase).split())
