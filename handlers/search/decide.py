"""Turns signals into strengths and strengths into a verdict, with the numbers of `fitted.py`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handlers.search import fitted
from handlers.search.documents import DocumentKind
from handlers.search.ranking import Verdict

# Chosen by the figures of `python -m training.search`, not fitted.
_MUNICIPAL = 0.65  # below it no municipal card is offered
_LEAST_LIKENESS = 0.05  # a card less like a single word was found by misreading the word
_SURE = 0.65  # from this on the first card is shown at once
_PLAINLY_MUNICIPAL = 0.85  # below this a card is offered instead of shown
_THEIRS = 0.3  # from this probability on an institution is named
_PART_MUNICIPAL, _PART_SURE = 0.85, 0.6  # what one of two wishes needs on its own
_PART_PLAIN = 0.95  # both, where the rest of the message hides it
_OURS = frozenset({"service", "area"})  # kinds of cards
_APART = 2.0  # by how much the first card leads where a single word is surely for it: "licencia"
_BESIDE = 4.0  # how much less strong than the first the card of another wish may be
_LEAST_SHARED, _LEAST_LIKE = 5.0, 0.05  # a suggested card's score by words, or its likeness
_LEAST_FIRST = -0.5  # how strong the first card must be for any to be suggested
_NEAR = 3.0  # how much less strong than the first a suggested card may be


class Signals(NamedTuple):
    """The signals of one card for a query."""

    number: int  # of the document in the index
    kind: DocumentKind
    words: float  # BM25 of the words
    phrase: float  # of its best phrase
    phrase_number: int
    coverage: float  # share of the query's words in the card, by rarity
    total: float  # words and phrase as one score
    exact: bool  # the query is one of the card's names or phrases
    likeness: float  # to the card's texts and examples, 0 to 1
    margin: float | None  # of the linear model; None if it does not know the card


class QueryFacts(NamedTuple):
    """What is known of a query independently of cards."""

    words: int
    municipal: float | None  # the linear model's margin that it is municipal


class Candidate(NamedTuple):
    """A candidate card with its strength."""

    signals: Signals
    strength: float  # log-probability, up to a constant


class Ranked(NamedTuple):
    """The candidates, best first: all, the municipality's, and the others."""

    cards: tuple[Candidate, ...]
    ours: tuple[Candidate, ...]
    theirs: tuple[Candidate, ...]


class Odds(NamedTuple):
    """The probability that a query is municipal, and that its first card is right."""

    municipal: float
    first: float


class Comparison(NamedTuple):
    """How well a query fits one card, compared with all others."""

    odds: Odds
    ahead: float  # how much stronger that card is than the best of the others; -9 to 9
    theirs: float  # share of the query's words in an institution, if that is the best of the others


class Decision(NamedTuple):
    verdict: Verdict
    shown: tuple[Candidate, ...]  # best first
    doubtful: bool = False  # whether it may be no question for a municipality


def candidates(found: Sequence[Signals]) -> Ranked:
    """The candidates with their strengths."""
    margins = [estimated_margin(one) if one.margin is None else one.margin for one in found]
    best = max(margins, default=0.0)
    # A card newer than the model, asked for word by word, is at least as strong as the best known.
    margins = [
        best if one.margin is None and one.exact else margin
        for one, margin in zip(found, margins, strict=True)
    ]
    rows = card_features(found, margins, best)
    cards: list[tuple[float, int, Candidate]] = []
    for one, features in zip(found, rows, strict=True):
        strength = 0.0
        for name, weight in fitted.STRENGTH.items():
            strength += weight * features[name]
        cards.append((-strength, one.number, Candidate(one, strength)))
    ranked = tuple([card for _, _, card in sorted(cards)])
    ours = tuple([card for card in ranked if card.signals.kind in _OURS])
    theirs = tuple([card for card in ranked if card.signals.kind not in _OURS])
    return Ranked(ranked, ours, theirs)


def card_features(
    found: Sequence[Signals], margins: Sequence[float], best_margin: float
) -> list[dict[str, float]]:
    """The features whose weighted sum is a card's strength."""
    best_total = max([1.0, *[one.total for one in found]])
    rows = []
    for one, margin in zip(found, margins, strict=True):
        row = {
            "words": math.log1p(one.words),
            "phrase": math.log1p(one.phrase),
            "coverage": one.coverage,
            "total": math.sqrt(one.total),
            "share_of_best": one.total / best_total,
            "likeness": one.likeness,
            "margin": min(2.0, max(-1.2, margin)),
            "behind_best": margin - best_margin,
            "area": float(one.kind == "area"),
            "institution": float(one.kind == "institution"),
            "off_topic": float(one.kind == "off_topic"),
        }
        rows.append(row)
    return rows


def estimated_margin(one: Signals) -> float:
    """An estimate, from the other signals, of the model's margin for a card unknown to it."""
    return _sum(fitted.MARGIN, margin_features(one))


def margin_features(one: Signals) -> dict[str, float]:
    return {"one": 1.0, "likeness": one.likeness, "total": math.sqrt(one.total)}


def odds(ranked: Ranked, asking: QueryFacts) -> Odds:
    """The odds, calibrated by cross-validation on unseen phrases."""
    features = query_features(ranked, asking)
    if asking.municipal is None:
        municipal = _sum(fitted.MUNICIPAL_ALONE, features)
    else:
        municipal = _sum(fitted.MUNICIPAL, features)
    alone = asking.words == 1
    misread = alone and features.get("likeness", 0.0) < _LEAST_LIKENESS
    named = bool(ranked.ours) and ranked.ours[0].signals.exact
    several = alone and not named and features.get("before_second", _APART) < _APART
    return Odds(
        municipal=0.0 if misread else _probability(municipal),
        first=0.0 if several else _probability(_sum(fitted.FIRST, features)),
    )


def query_features(ranked: Ranked, asking: QueryFacts) -> dict[str, float]:
    """The features whose weighted sums are the odds."""
    ours, theirs = ranked.ours, ranked.theirs
    if not ours:
        return {"one": 1.0, "before_others": -9.0}
    first = ours[0].signals
    rest = ours[1].strength if len(ours) > 1 else ours[0].strength - 9.0
    other = theirs[0].strength if theirs else ours[0].strength - 9.0
    return {
        "one": 1.0,
        "before_others": min(9.0, max(-9.0, ours[0].strength - other)),
        "before_second": min(9.0, ours[0].strength - rest),
        "municipal": asking.municipal or 0.0,
        "coverage": first.coverage,
        "total": math.sqrt(first.total),
        "likeness": first.likeness,
        "words": math.log1p(asking.words),
    }


def decide(ranked: Ranked, found: Odds) -> Decision:
    """The decision on the ranked cards."""
    ours = ranked.ours
    named = [one for one in ranked.cards if one.signals.kind != "off_topic"]
    exact, plain = _named_exactly(ranked), found.municipal >= _PLAINLY_MUNICIPAL
    if ours and (found.municipal >= _MUNICIPAL or exact):
        others = [one for one in named if one is not ours[0]]
        doubtful = not plain and not exact
        if found.first >= _SURE:
            return Decision(Verdict.SURE, (ours[0], *others), doubtful)
        suggested = _worth_suggesting((ours[0], *others))
        return Decision(Verdict.UNSURE if suggested else Verdict.NOTHING, suggested, doubtful)
    theirs = [one for one in ranked.theirs if one.signals.kind != "off_topic"]
    if theirs and _share(theirs[0], ranked.cards) >= _THEIRS:
        others = [one for one in named if one is not theirs[0]]
        return Decision(Verdict.EXTERNAL, (theirs[0], *others))
    return Decision(Verdict.NOTHING, ())


def is_own_wish(found: Odds) -> bool:
    """Whether a part of a message is a separate question."""
    return found.municipal >= _PART_MUNICIPAL and found.first >= _PART_SURE


def is_surely_own_wish(found: Odds) -> bool:
    """Whether a part of a message is a separate question even if the rest outweighs it."""
    return min(found.municipal, found.first) >= _PART_PLAIN


def _worth_suggesting(cards: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of the cards, best first, that share enough with the query to be offered."""
    first = cards[0].strength
    if first < _LEAST_FIRST and not cards[0].signals.exact:
        return ()
    least = first - _NEAR
    return tuple([one for one in cards if one.strength >= least and _shares(one.signals)])


def _shares(one: Signals) -> bool:
    return one.exact or one.total >= _LEAST_SHARED or one.likeness >= _LEAST_LIKE


def _named_exactly(ranked: Ranked) -> bool:
    """Whether the query is a name or phrase of municipal cards only."""
    ours = [one for one in ranked.ours if one.signals.exact]
    theirs = [one for one in ranked.theirs if one.signals.exact]
    return bool(ours) and not theirs


def likely_cards(ranked: Ranked) -> list[int]:
    """The numbers of other municipal cards that a message may be about, best first."""
    ours = ranked.ours
    return [o.signals.number for o in ours if o.strength >= ours[0].strength - _BESIDE]


def _share(one: Candidate, cards: Sequence[Candidate]) -> float:
    top = cards[0].strength
    return math.exp(one.strength - top) / sum([math.exp(o.strength - top) for o in cards])


def _sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    total = 0.0
    for name, weight in weights.items():
        total += weight * features.get(name, 0.0)
    return total


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
