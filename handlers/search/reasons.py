"""Explains in Spanish why a card answers a query, for people who maintain the cards."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.listening.linear import LinearModel
from handlers.search.decide import Signals
from handlers.search.matching.features import features_of_word
from handlers.search.matching.lexical import AskedWord, WordMatcher
from handlers.search.matching.terms import Term


class Reasons:
    """Explains what a card and a query have in common."""

    def __init__(
        self, matcher: WordMatcher, model: LinearModel | None, labels: Sequence[int | None]
    ) -> None:
        """``labels``: the model's label index of each card; None if it has none."""
        self._matcher = matcher
        self._model = model
        self._labels = labels

    def of(self, signals: Signals, asked: Sequence[AskedWord], terms: Sequence[Term]) -> str:
        """One sentence without a full stop."""
        matched = [word for word in asked if self._matcher.has(word, signals.number)]
        reasons = []
        if matched:
            shared = (
                f"«{word.word}»" + (f" (leído «{word.corrected}»)" if word.corrected else "")
                for word in matched
            )
            reasons.append("Coincide " + ", ".join(shared))
        if signals.phrase > 0:
            reasons.append(f"se parece a «{self._matcher.phrase(signals.phrase_number)}»")
        if not matched:
            telling = self._telling(signals.number, terms)
            reasons.append("se parece a cómo preguntan por ella" + telling)
        why = "; ".join(reasons)
        return why[0].upper() + why[1:]

    def _telling(self, number: int, terms: Sequence[Term]) -> str:
        """The words of the query that say most for a card by the model's weights."""
        label = self._labels[number]
        if self._model is None or label is None:
            return ""
        nothing = self._model.log_odds(frozenset())[label]
        said = {
            term.word: self._model.log_odds(features_of_word(term))[label] - nothing
            for term in terms
        }
        best = sorted(said, key=lambda word: (-said[word], word))[:3]
        words = ", ".join(f"«{word}»" for word in best if said[word] > 0)
        return words and f", por {words}"
