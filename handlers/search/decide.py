"""From candidates to a verdict: when to answer, when to ask back, when to say no."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from handlers.search.ranking import Kind, Verdict

# Found by hand on the development queries; scores are in units of BM25 rarity.
_FOUND_SCORE = 6.0  # below it nothing was found ...
_FOUND_COVERAGE = 0.28  # ... nor if fewer of the query's words, by rarity, are in the card
_CLEAR_SCORE = 14.0  # so much evidence that other words in a long message do not matter
_SURE_SCORE = 11.0
_SURE_COVERAGE = 0.45
_SURE_LEAD = 1.25  # how many times the second's score
_WHOLE_SCORE = 3.0  # enough where the card has (nearly) every word
_WHOLE_COVERAGE = 0.8


class Candidate(NamedTuple):
    """A card under consideration."""

    number: int  # of the document in the index
    kind: Kind
    score: float
    phrase: float  # of that: by its best phrase
    phrase_number: int
    coverage: float  # share of the query that the card holds, by rarity


def decide(
    candidates: Sequence[Candidate], rest: Callable[[Candidate], Sequence[Candidate]]
) -> tuple[Verdict, list[Candidate]]:
    """Return the verdict and the candidates to show, best first.

    ``rest`` ranks the words that a candidate leaves unanswered: a second matter, if there is one.
    """
    if not candidates or not _found(candidates[0]):
        return Verdict.NOTHING, []
    first, *others = candidates
    second = next((one for one in rest(first) if one.kind == "service" and _strong(one)), None)
    if first.kind == "institution":
        if second is None:
            return Verdict.EXTERNAL, [first, *others]
        # What the municipality can do comes first.
        others = [one for one in others if one.number != second.number]
        return Verdict.SEVERAL, [second, first, *others]
    if second is not None:
        others = [one for one in others if one.number != second.number]
        return Verdict.SEVERAL, [first, second, *others]
    rival = others[0].score if others else 0.0
    sure = (
        first.score >= _SURE_SCORE
        and (first.coverage >= _SURE_COVERAGE or first.score >= 2 * _SURE_SCORE)
        and first.score >= rival * _SURE_LEAD
    )
    return (Verdict.SURE if sure else Verdict.UNSURE), [first, *others]


def _found(one: Candidate) -> bool:
    return (
        one.score >= _CLEAR_SCORE
        or (one.score >= _FOUND_SCORE and one.coverage >= _FOUND_COVERAGE)
        or (one.score >= _WHOLE_SCORE and one.coverage >= _WHOLE_COVERAGE)
    )


def _strong(one: Candidate) -> bool:
    return one.score >= _SURE_SCORE and one.phrase > 0.4 * one.score
