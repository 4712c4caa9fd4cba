"""How probable it is that a question goes on about the card just shown, and names no other."""

from __future__ import annotations

import math

from handlers.content.lexicon import PhraseKind
from handlers.understanding.context import Context

FOLLOW_UPS = frozenset(
    {
        "follow_cost",
        "follow_place",
        "follow_hours",
        "follow_papers",
        "follow_how",
        "follow_time",
        "follow_whom",
        "follow_contact",
        "follow_more",
    }
)
_OTHERS = (
    *("reports", "complains", "status_case", "status_procedure", "wants_person", "gives_grade"),
    *("rates", "suggests", "thanks", "blames", "praises"),
)
_MOST_BEFORE = 2  # words before what goes on: "hola, y si soy …"
_AND = ("y ", "and ", "e ")
# Fitted by logistic regression on questions after a card and on queries of the search put after
# the card of another area; docs/understanding.md has the figures on others.
_ONE = 11.0
_ASKS, _OTHER = -7.4, -1.1  # of the probability that something is asked, or something else said
_FOLLOWS = 0.51  # of the log-odds of a question about what was shown, up to 5
_GOES_ON, _BEGINS = 2.7, -0.2
_MUNICIPAL = -0.18  # of the search's log-odds that it is municipal, up to 6
_FOUND = -0.97  # of those that its first card is right, up to 4
_AHEAD = 0.48  # of how far the shown card is ahead of the others
_THEIRS = -4.7  # of how much of it the best institution holds
_WORDS = -1.6  # of the logarithm of the number of words


def chance_of_going_on(context: Context) -> float:
    """The probability; 0 where no card of a service was shown."""
    topic = context.state.topic
    if topic not in context.release.content.service_by_id:
        return 0.0
    heard, beside = context.heard, context.release.index.beside(context.text, topic)
    goes_on = any(start <= _MOST_BEFORE for start, _ in context.said.spans(PhraseKind.FOLLOWS_UP))
    total = (
        _ONE
        + _ASKS * heard.chance("asks")
        + _OTHER * max(heard.chance(act) for act in _OTHERS)
        + _FOLLOWS * _log_odds(max(heard.chance(act) for act in FOLLOW_UPS), 5)
        + _GOES_ON * goes_on
        + _BEGINS * context.folded.startswith(_AND)
        + _MUNICIPAL * _log_odds(beside.odds.municipal, 6)
        + _FOUND * _log_odds(beside.odds.first, 4)
        + _AHEAD * beside.ahead
        + _THEIRS * beside.theirs
        + _WORDS * math.log1p(len(context.folded.split()))
    )
    return 1 / (1 + math.exp(-total))


def _log_odds(chance: float, most: float) -> float:
    """Between ``-most`` and ``most``."""
    if not 0 < chance < 1:
        return most if chance else -most
    return max(-most, min(most, math.log(chance / (1 - chance))))
