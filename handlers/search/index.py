"""The index: built once per content release, asked for every message; pure and deterministic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from handlers.content.model import Content
from handlers.search.decide import Candidate, decide
from handlers.search.documents import Document, documents
from handlers.search.postings import NOWHERE, Postings, best_of, rarities, word_postings
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.search.spelling import Speller
from handlers.search.terms import WEIGHT_OF_VAGUE, Meaning, Term, Terms
from handlers.search.words import SearchWords
from handlers.text.folding import fold

_UNKNOWN_RARITY = 4.5  # rarity given to a word that no card has
_PHRASE_SHARE = 1.1  # a whole phrase against its words alone
_EXACT = 1.25  # the query is the phrase, no more and no less
_SINGLE_WORD = 0.6  # a phrase of one word may be there by chance
_CONSIDERED = 12  # candidates looked at closely
_LATEST = 8  # rankings that are kept: a turn that first needs a case number is understood twice


class Asked(NamedTuple):
    """One word of a query, ready to be looked up."""

    word: str
    stem: str
    meanings: Meaning
    weight: float  # vague words count little
    rarity: float
    corrected: str  # the word it was read as, if it was misspelt


@dataclass(frozen=True, slots=True)
class _Scores:
    """Totals by document number."""

    words: dict[int, float]
    phrases: dict[int, tuple[float, int]]  # best phrase: score, phrase number
    whole: set[int]  # documents with a phrase that the query holds completely
    matched: dict[int, float]  # rarity of the query's words that the document has


class SearchIndex:
    """Ranks cards for what citizens write. Build it with ``SearchIndex.build``."""

    def __init__(self, cards: tuple[Document, ...], terms: Terms, words: SearchWords) -> None:
        self._cards = cards
        self._terms = terms
        self._small_talk = _stems(terms, (*words.greetings, *words.insults))
        self._meanings: dict[frozenset[str], tuple[str, ...]] = {}
        self._place = {card.id: number for number, card in reversed(list(enumerate(cards)))}
        read = [[(terms.of_document(text), w) for text, w in card.texts] for card in cards]
        self._rarity = rarities(read)
        self._words = word_postings(read, self._rarity)
        self._phrases: list[str] = []
        self._phrase_owner: list[int] = []
        self._phrase_strength: list[float] = []
        by_text = {
            text: found
            for card, fields in zip(cards, read, strict=True)
            for (text, _), (found, _) in zip(card.texts, fields, strict=True)
        }
        self._phrase_words = self._phrase_postings(by_text)
        known = {(term.word, term.stem) for fields in read for found, _ in fields for term in found}
        self._display = {stem: word for word, stem in sorted(known, reverse=True)}
        self._speller = Speller(sorted(pair for pair in known if not pair[0].isdigit()))
        self._well_spelt = _all_words(words)
        self._readings = lru_cache(maxsize=4_096)(self._read_word)
        self._latest = lru_cache(maxsize=_LATEST)(self._ranked)

    @classmethod
    def build(cls, content: Content, words: SearchWords | None = None) -> SearchIndex:
        """Build for one release; without ``words`` no synonyms or filler words are known."""
        words = words or SearchWords()
        index = cls(tuple(documents(content, words)), Terms(words), words)
        for meaning in content.meanings:
            key = frozenset(term.stem for term in index._terms.of_document(meaning.word))
            index._meanings[key] = tuple(card for card in meaning.cards if card in index._place)
        return index

    def rank(self, query: str, limit: int = 5) -> Ranking:
        """Rank the cards for ``query``: at most ``limit`` hits, and what to do with them."""
        return self._latest(query, limit)

    def _ranked(self, query: str, limit: int) -> Ranking:
        folded = fold(query[:1_000])
        asked = self._asked(query)
        if self._small_talk.issuperset([a.stem for a in asked]):
            verdict = Verdict.SMALL_TALK if folded else Verdict.NOTHING
            return Ranking(folded, (), verdict)
        several = self._several_meanings([a for a in asked if a.weight > WEIGHT_OF_VAGUE])
        if several:
            return Ranking(folded, several[:limit], Verdict.UNSURE)
        verdict, chosen = decide(self._candidates(asked), lambda spent: self._rest(asked, spent))
        if verdict is Verdict.NOTHING:
            several = self._several_meanings([a for a in asked if a.weight == 1.0])
            if several:
                return Ranking(folded, several[:limit], Verdict.UNSURE)
        hits = tuple(self._hit(candidate, asked) for candidate in chosen[:limit])
        return Ranking(folded, hits, verdict)

    def _asked(self, query: str) -> list[Asked]:
        """The query's words, each once, with what they may mean."""
        known: dict[str, Asked] = {}
        for term in self._terms.read(self._terms.words(query)):
            if term.stem in known or self._is_noise(term):
                continue
            meanings, corrected = term.meanings, ""
            if len(meanings) == 1 and self._may_be_misspelt(term):
                meanings, corrected = self._readings(term.word, term.stem)
            values = [self._rarity.get(token, 0.0) * share for token, share in meanings]
            known[term.stem] = Asked(
                word=term.word,
                stem=term.stem,
                meanings=meanings,
                weight=term.weight,
                rarity=max(values, default=0.0) or _UNKNOWN_RARITY,
                corrected=corrected,
            )
        return list(known.values())

    def _is_noise(self, term: Term) -> bool:
        """A greeting or an insult inside a question, unless a card uses the word."""
        return term.stem in self._small_talk and term.stem not in self._rarity

    def _may_be_misspelt(self, term: Term) -> bool:
        return (
            term.stem not in self._rarity
            and term.word not in self._well_spelt
            and not term.word.isdigit()
        )

    def _read_word(self, word: str, stem: str) -> tuple[Meaning, str]:
        """What a misspelt word may mean, and the word it was probably meant to be."""
        readings = self._speller.readings(word, stem)
        meanings: dict[str, float] = {}
        for reading, likeness in readings:
            for token, share in self._terms.meaning_of(reading, weight=likeness):
                meanings[token] = max(share, meanings.get(token, 0.0))
        if not meanings:
            return ((stem, 1.0),), ""
        return tuple(meanings.items()), self._display.get(readings[0][0], readings[0][0])

    def _several_meanings(self, asked: list[Asked]) -> tuple[Hit, ...]:
        """The cards of a word that alone means several things, if that is all that was asked."""
        ids = self._meanings.get(frozenset([a.stem for a in asked]), ())
        cards = [self._cards[self._place[card]] for card in ids]
        why = f"«{' '.join(a.word for a in asked)}» tiene varios significados"
        return tuple(
            Hit(card.kind, card.id, float(len(cards) - n), why) for n, card in enumerate(cards)
        )

    def _candidates(self, asked: list[Asked]) -> list[Candidate]:
        """The best cards, best first."""
        scores = self._score(asked)
        total = sum(a.rarity * a.weight for a in asked)
        # A question of everyday words only ("oficina de partes") has no better ones to go by.
        lift = 1 / max(a.weight for a in asked)
        found: list[tuple[float, int]] = []  # what sorts best first
        for number, words in scores.words.items():
            phrase, _ = scores.phrases.get(number, (0.0, -1))
            exact = number in scores.whole and scores.matched[number] / total > 0.99
            score = (words + _PHRASE_SHARE * phrase) * self._cards[number].prior * lift
            found.append((-score * (_EXACT if exact else 1.0), number))
        found.sort()
        best: list[Candidate] = []
        for score, number in found[:_CONSIDERED]:
            phrase, which = scores.phrases.get(number, (0.0, -1))
            coverage = min(1.0, scores.matched[number] / total)
            kind = self._cards[number].kind
            best.append(Candidate(number, kind, -score, phrase * lift, which, coverage))
        return best

    def _rest(self, asked: list[Asked], spent: Candidate) -> list[Candidate]:
        """Candidates for the words that ``spent`` does not answer."""
        rest = [a for a in asked if a.weight == 1.0 and not self._contribution(a, spent.number)]
        return self._candidates(rest) if rest else []

    def _score(self, asked: list[Asked]) -> _Scores:
        words: dict[int, float] = defaultdict(float)
        matched: dict[int, float] = defaultdict(float)
        phrases: dict[int, float] = defaultdict(float)
        for one in asked:
            for number, value in best_of(self._words, one.meanings).items():
                words[number] += value * one.weight
                matched[number] += one.rarity * one.weight
            for number, value in best_of(self._phrase_words, one.meanings).items():
                phrases[number] += value
        best: dict[int, tuple[float, int]] = {}
        whole: set[int] = set()
        for number, share in phrases.items():
            owner, share = self._phrase_owner[number], min(1.0, share)
            if share > 0.99:
                whole.add(owner)
            value = share * share * self._phrase_strength[number]
            if value > best.get(owner, (0.0, 0))[0]:
                best[owner] = (value, number)
        return _Scores(words, best, whole, matched)

    def _contribution(self, asked: Asked, number: int) -> float:
        most = 0.0
        for token, share in asked.meanings:
            value = self._words.get(token, NOWHERE).get(number, 0.0) * share
            if value > most:
                most = value
        return most

    def _hit(self, candidate: Candidate, asked: list[Asked]) -> Hit:
        card = self._cards[candidate.number]
        matched = [a for a in asked if self._contribution(a, candidate.number)]
        parts = [
            f"«{a.word}»" + (f" (leído «{a.corrected}»)" if a.corrected else "") for a in matched
        ]
        why = "Coincide " + ", ".join(parts)
        if candidate.phrase > 0:
            why += f"; se parece a «{self._phrases[candidate.phrase_number]}»"
        return Hit(card.kind, card.id, round(candidate.score, 3), why)

    def _phrase_postings(self, read: dict[str, list[Term]]) -> Postings:
        """For each token the phrases that hold it, and its share of each phrase."""
        postings: Postings = defaultdict(dict)
        for owner, card in enumerate(self._cards):
            for phrase in card.phrases:
                terms = read.get(phrase) or self._terms.of_document(phrase)
                found = {term.stem: term for term in terms}
                weights = {
                    stem: self._rarity.get(stem, 1.0) * term.weight for stem, term in found.items()
                }
                strength = sum(weights.values()) * (_SINGLE_WORD if len(found) == 1 else 1.0)
                total = sum(weights.values())
                if not strength:
                    continue
                number = len(self._phrases)
                self._phrases.append(phrase)
                self._phrase_owner.append(owner)
                self._phrase_strength.append(strength)
                for stem, term in found.items():
                    for token, share in term.meanings:
                        value = share * weights[stem] / total
                        place = postings[token]
                        place[number] = max(value, place.get(number, 0.0))
        return dict(postings)


def _stems(terms: Terms, phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(terms.stem(word) for phrase in phrases for word in fold(phrase).split())


def _all_words(words: SearchWords) -> frozenset[str]:
    phrases = [*words.stop, *words.vague, *words.greetings, *words.insults, *words.ordinary]
    for table in (words.same, words.near):
        for word, others in table.items():
            phrases += [word, *others]
    return frozenset(word for phrase in phrases for word in fold(phrase).split())
