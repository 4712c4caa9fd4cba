"""The search index: built once per release, used for every message; pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from handlers.content.model import Content
from handlers.listening.linear import LinearModel
from handlers.search.decide import (
    Candidate,
    Comparison,
    Decision,
    QueryFacts,
    Signals,
    candidates,
    decide,
    is_own_wish,
    likely_cards,
    odds,
)
from handlers.search.documents import SearchCard, documents, profiles
from handlers.search.found import Found, Query
from handlers.search.matching.features import features
from handlers.search.matching.lexical import AskedWord, WordMatcher
from handlers.search.matching.postings import best_of_each
from handlers.search.matching.similarity import Likeness
from handlers.search.matching.terms import WEIGHT_OF_ORDINARY, WEIGHT_OF_VAGUE, Term, Terms
from handlers.search.question.elsewhere import OtherMunicipalities
from handlers.search.question.meanings import Meanings
from handlers.search.question.parts import Parts
from handlers.search.question.sectors import SectorNames
from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.search.reasons import Reasons
from handlers.search.words import SearchWords
from handlers.text.folding import fold
from handlers.text.turn_cache import Cache

MUNICIPAL = "municipal"  # the model's label for questions that a municipal card answers
_BEST_OF_EACH = 15  # candidates by each of three signals
_LONGEST = 1_000  # characters of a query that are read
_FAR = 9.0  # how far behind a card is that has nothing in common with the query
# Cached within a turn: one may be taken twice, and a ranked query is compared with the shown card.
_LATEST = 8
_MOST_PARTS = 4
_MOST_HITS = 5


class SearchIndex:
    """Ranks cards for queries. Make it with ``SearchIndex.build``."""

    def __init__(
        self,
        cards: tuple[SearchCard, ...],
        words: SearchWords,
        model: LinearModel | None,
        own_name: str,
    ) -> None:
        self._cards = cards
        self._others = OtherMunicipalities(words.elsewhere, own_name)
        self.sectors = SectorNames(words.sectors)
        self._terms = Terms(words)
        self._small_talk = _stems(self._terms, (*words.greetings, *words.insults))
        self._contact = frozenset(word for text in words.contact for word in fold(text).split())
        self._parts = Parts(words)
        self._meanings = Meanings((), self._stems_of)
        self._place = {card.id: number for number, card in reversed(list(enumerate(cards)))}
        owners, compared = zip(*profiles(cards, words, self._place), strict=True)
        texts = chain(*(card.all() for card in cards), *compared)
        said = {text: self._terms.words(text) for text in dict.fromkeys(texts)}
        self._matcher = WordMatcher(cards, said, self._terms, words)
        self._likeness = Likeness(
            [[said[text] for text in profile] for profile in compared], owners
        )
        self._model = model
        labels = {label: place for place, label in enumerate(model.labels if model else ())}
        self._municipal = labels.get(MUNICIPAL)
        self._label = [labels.get(card.id) for card in cards]
        calling = [said[text] for one in cards if one.kind == "institution" for text in one.phrases]
        self._of_others = frozenset(token for words in calling for token in self._telling(words))
        self._reasons = Reasons(self._matcher, model, self._label)
        self._terms.forget_words()
        self._latest = lru_cache(maxsize=_LATEST)(self._ranked)
        self._read = lru_cache(maxsize=_LATEST)(self._read_text)  # for ``rank`` and ``compare``
        self._find = lru_cache(maxsize=_LATEST)(self._found)

    @classmethod
    def build(
        cls,
        content: Content,
        words: SearchWords | None = None,
        model: LinearModel | None = None,
    ) -> SearchIndex:
        """Build the index of one release.

        ``words``: synonyms, filler words and the like. ``model``: trained on the cards' phrases;
        cards that it does not know are found by the other signals.
        """
        words = words or SearchWords()
        index = cls(tuple(documents(content, words)), words, model, content.short_name)
        index._meanings = Meanings(content.meanings, index._stems_of)
        return index

    def rank(self, query: str) -> Ranking:
        """Rank the cards for ``query``: at most five hits, and the verdict."""
        return self._latest(query)

    @property
    def caches_of_texts(self) -> tuple[Cache, ...]:
        """The caches that hold queries, to be cleared after each turn."""
        return self._latest, self._read, self._find

    def _ranked(self, query: str) -> Ranking:
        question = self._without_sector(self._parts.without_courtesy(query))
        read = self._read(question)
        if self._small_talk.issuperset([one.stem for one in read.asked]):
            says = fold(query[:_LONGEST])
            return Ranking((), Verdict.SMALL_TALK if says else Verdict.NOTHING)
        several = self._several_meanings(read.asked, query, WEIGHT_OF_VAGUE)
        if several:
            return Ranking(several[:_MOST_HITS], Verdict.UNSURE)
        found = self._find(question)
        if found.says_nothing:
            return Ranking((), Verdict.NOTHING)
        unit = self._unit_to_reach(question, found)
        if unit:
            rest = [one for one in found.ranked.ours if one.signals.number != unit.signals.number]
            return Ranking(self._hits([unit, *rest][:_MOST_HITS]), Verdict.SURE)
        wishes = self._wishes(question, found)
        if wishes:
            hits = self._hits_of_wishes(wishes)[:_MOST_HITS]
            return Ranking(hits, Verdict.SEVERAL, wishes=len(wishes))
        verdict, shown, doubtful = self._decision(question, found)
        if verdict is Verdict.NOTHING:
            several = self._several_meanings(read.asked, query, WEIGHT_OF_ORDINARY)
            if several:
                return Ranking(several[:_MOST_HITS], Verdict.UNSURE)
        hits = self._hits(shown[:_MOST_HITS])
        ours = verdict in (Verdict.SURE, Verdict.UNSURE)
        if ours and self._others.asked_for(question, hits[0].id if verdict is Verdict.SURE else ""):
            theirs = Hit("institution", self._others.institution, hits[0].score)
            return Ranking((theirs, *hits)[:_MOST_HITS], Verdict.EXTERNAL)
        return Ranking(hits, verdict, doubtful)

    def _without_sector(self, question: str) -> str:
        """The question without the sector it is about, where another thing is asked of it."""
        rest = self.sectors.left_out(question[:_LONGEST])
        if not rest or any(one.signals.exact for one in self._find(question).ranked.ours):
            return question
        read, ranked, chance = self._find(rest)
        names = read.telling and decide(ranked, chance).verdict is not Verdict.NOTHING
        return rest if names else question

    def may_be_of_others(self, query: str) -> bool:
        """Whether any word is part of an institution's names; costs a tenth of ``rank``."""
        question = self._parts.without_courtesy(query)
        asked = self._read(question).asked
        tokens = (token for one in asked for token, _ in one.meanings)
        return not self._of_others.isdisjoint(tokens) or self._others.asked_for(question, "")

    def tokens_of(self, text: str) -> frozenset[str]:
        """What the words stand for that tell what is meant; everyday words do not."""
        terms = self._terms.of_document(text)
        told = (one.meanings for one in terms if one.weight > WEIGHT_OF_ORDINARY)
        return frozenset(token for meanings in told for token, _ in meanings)

    def _telling(self, words: list[str]) -> Iterator[str]:
        """The telling words of a phrase: all but vague ones, or all if there are no others."""
        terms = self._terms.read(words, suggest=False)
        telling = [one for one in terms if one.weight > WEIGHT_OF_VAGUE] or terms
        return (token for one in telling for token, _ in one.meanings)

    def compare(self, query: str, card: str) -> Comparison:
        """Compare how ``query`` fits one card and all others."""
        found = self._find(self._parts.without_courtesy(query[:_LONGEST]))
        number = self._place.get(card)
        own = other = None
        for one in found.ranked.cards:
            if one.signals.number == number:
                own = one
            else:
                other = other or one  # the best of them
        ahead = own.strength - other.strength if own and other else _FAR if own else -_FAR
        theirs = other is not None and other.signals.kind == "institution"
        coverage = other.signals.coverage if other is not None and theirs else 0.0
        return Comparison(found.odds, max(-_FAR, min(_FAR, ahead)), coverage)

    def signals(self, query: str) -> tuple[list[Signals], QueryFacts]:
        """The signals of all candidates for ``query``; for training."""
        return self._signals(self._read(query))

    def card_id(self, number: int) -> str:
        """The id of the card with the number of ``Signals``."""
        return self._cards[number].id

    def terms(self, text: str, *, asked: bool) -> list[Term]:
        """The terms of a question or of a card's text, for the model; for training."""
        return self._terms.read(self._terms.words(text), suggest=asked)

    # ── Finding ──────────────────────────────────────────────────────────────────────────────

    def _read_text(self, text: str) -> Query:
        words = self._terms.words(text)
        terms = [
            term
            for term in self._terms.read(words)
            # Without greetings and insults inside a question, unless a card uses the word.
            if term.stem not in self._small_talk or self._matcher.knows(term.stem)
        ]
        return Query(tuple(words), tuple(terms), tuple(self._matcher.ask(terms)))

    def _found(self, text: str) -> Found:
        read = self._read(text)
        signals, asking = self._signals(read)
        ranked = candidates(signals)
        return Found(read, ranked, odds(ranked, asking))

    def _signals(self, read: Query) -> tuple[list[Signals], QueryFacts]:
        matches = self._matcher.matches(read.asked)
        likeness = self._likeness.of([term.word for term in read.terms])
        margins, municipal = self._margins(read)
        found = []
        numbers = sorted(best_of_each(_BEST_OF_EACH, matches.totals, likeness, margins))
        for number, match in zip(numbers, matches.of(numbers), strict=True):
            found.append(
                Signals(
                    number=number,
                    kind=self._cards[number].kind,
                    words=match.words,
                    phrase=match.phrase,
                    phrase_number=match.phrase_number,
                    coverage=match.coverage,
                    total=match.total,
                    exact=match.exact,
                    likeness=likeness.get(number, 0.0),
                    margin=margins.get(number),
                )
            )
        return found, QueryFacts(len(read.asked), municipal)

    def _margins(self, read: Query) -> tuple[dict[int, float], float | None]:
        """The model's margins by card number, and the margin that the query is municipal."""
        if self._model is None or not read.terms:
            return {}, None
        margins = self._model.log_odds(features(read.terms))
        of_cards = {
            number: margins[label] for number, label in enumerate(self._label) if label is not None
        }
        return of_cards, None if self._municipal is None else margins[self._municipal]

    def _unit_to_reach(self, query: str, whole: Found) -> Candidate | None:
        """The area whose name is all of ``query`` except words like "teléfono" and "dónde".

        None if that is the phrase of a card: "horario del cementerio".
        """
        words = fold(query).split()
        name = " ".join([word for word in words if word not in self._contact])
        if not name or len(name.split()) == len(words):
            return None
        services = [s for s, _ in whole.ranked.ours if s.exact and s.kind == "service"]
        if services or not self._matcher.names(self._read(name).asked, "area"):
            return None
        exact = [one for one in self._find(name).ranked.ours if one.signals.exact]
        return exact[0] if len(exact) == 1 and exact[0].signals.kind == "area" else None

    # ── Words with several meanings, messages with several wishes ────────────────────────────

    def _several_meanings(
        self, asked: Sequence[AskedWord], text: str, least: float
    ) -> tuple[Hit, ...]:
        """The cards of a word with several meanings, if the query is nothing else.

        Words that weigh at most ``least`` may be beside it.
        """
        ids = self._meanings.of([one for one in asked if one.weight > least], text)
        if not ids:
            return ()
        cards = [self._cards[self._place[card]] for card in ids if card in self._place]
        return tuple(
            Hit(card.kind, card.id, float(len(cards) - n))
            for n, card in enumerate(cards)
            if card.kind != "off_topic"
        )

    def _stems_of(self, text: str) -> frozenset[str]:
        return frozenset(term.stem for term in self._terms.of_document(text))

    def _wishes(self, query: str, whole: Found) -> list[Found]:
        """The parts of a message that ask for different cards; none if there is one question.

        A part's card must be likely for the whole message too, or be plainly asked for.
        """
        parts = self._parts.asking(query[:_LONGEST])
        if len(parts) < 2:
            return []
        likely = likely_cards(whole.ranked)
        another = self._parts.adds(query)
        least = 0 if len(likely) > 1 or another else 1  # a part must have more words than this
        asking = [p for p in parts[:_MOST_PARTS] if self._read(p).telling > least]
        wishes: dict[int, Found] = {}
        for place, part in enumerate(asking):
            if len(wishes) + len(asking) - place < 2:
                return []  # too few parts are left; ranking them would be the expensive step
            found = self._find(part)
            if is_own_wish(found.odds):
                first = found.ranked.ours[0].signals.number
                if first in likely or another or found.says_it_all:
                    wishes.setdefault(first, found)
        if len(wishes) < 2:
            return []
        order = {number: place for place, number in enumerate(likely)}
        return [wishes[n] for n in sorted(wishes, key=lambda n: order.get(n, len(order)))]

    def _decision(self, query: str, whole: Found) -> Decision:
        """The decision; where it is unsure, a sure one on the message without its asides."""
        decision = decide(whole.ranked, whole.odds)
        rest = self._parts.without_asides(query[:_LONGEST])
        if decision.verdict is not Verdict.UNSURE or not rest:
            return decision
        found = self._find(rest)
        asked = decide(found.ranked, found.odds)
        if asked.verdict is not Verdict.SURE:
            return decision
        first = asked.shown[0].signals.number
        return asked if first in likely_cards(whole.ranked) else decision

    def _hits_of_wishes(self, wishes: Sequence[Found]) -> tuple[Hit, ...]:
        """The first card of each question, then other candidates."""
        hits: dict[str, Hit] = {}
        for place in (0, 1):
            for wish in wishes:
                for hit in self._hits(wish.ranked.ours[place : place + 1]):
                    hits.setdefault(hit.id, hit)
        return tuple(hits.values())

    def _hits(self, shown: Sequence[Candidate]) -> tuple[Hit, ...]:
        hits = []
        for candidate in shown:
            card = self._cards[candidate.signals.number]
            assert card.kind != "off_topic"  # never shown by decide()
            hits.append(Hit(card.kind, card.id, round(candidate.strength, 3)))
        return tuple(hits)

    # ── Reasons ──────────────────────────────────────────────────────────────────────────────

    def why(self, query: str, hit: Hit) -> str:
        """Why a card is a hit, in Spanish, for people who maintain the cards."""
        text, query = query, self._parts.without_courtesy(query)
        asked = self._read(query).asked
        for least in (WEIGHT_OF_VAGUE, WEIGHT_OF_ORDINARY):
            if hit in self._several_meanings(asked, text, least):
                meant = " ".join(one.word for one in asked if one.weight > least)
                return f"«{meant}» tiene varios significados"
        number = self._place[hit.id]
        for part in (query, *self._parts.of(query)):
            read = self._read(part)
            for signals in self._signals(read)[0]:
                if signals.number == number:
                    return self._reasons.of(signals, read.asked, read.terms)
        return ""


def _stems(terms: Terms, phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(terms.stem(word) for phrase in phrases for word in fold(phrase).split())
