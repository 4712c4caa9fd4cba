"""Whether a question goes on about the card just shown, or names another."""

from __future__ import annotations

import math

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import has_proper_word, with_called
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import LookUp
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before import fitted

_OTHERS = (
    *("reports", "complains", "status_case", "status_procedure", "wants_person", "gives_grade"),
    *("rates", "suggests", "thanks", "blames", "praises"),
)
OTHER_WISHES = ("reports", "complains", "blames", "suggests", "rates", "wants_person")
_PLAIN = 0.6
# What its probability is worked out from: `make train` fits how much each counts.
NAMES = (
    "asks",  # probability that something is asked
    "other",  # that something else is said
    "follows",  # log-odds of a question about what was shown, up to 5
    "goes_on",  # a phrase that goes on
    "begins",  # with "y"
    "municipal",  # the search's log-odds that it is municipal, up to 6
    "found",  # those that its first card is right, up to 4
    "ahead",  # how far the shown card is ahead of the others
    "theirs",  # how much of it the best institution holds
    "words",  # logarithm of the number of words
)


def chance_of_going_on(context: Context) -> float:
    """The probability; 0 where no card of a service was shown."""
    if context.state.topic not in context.release.content.service_by_id:
        return 0.0
    total = fitted.ONE
    for name, value in zip(NAMES, features(context), strict=True):
        total += fitted.WEIGHTS[name] * value
    return 1 / (1 + math.exp(-total))


def another_thing(context: Context) -> LookUp | None:
    """ "Otra cosita: cómo saco hora": announced as another thing, and surely found."""
    announced = context.lexicon.said_before.another.match(context.folded)
    if announced is None:
        return None
    rest = Said(context.folded[announced.end() :], context.lexicon)
    ranking = with_called(context, rest.text, context.rank(rest.text))
    service = context.release.content.service_by_id
    if not context.said.asks:
        return None
    if ranking.verdict is not Verdict.SURE:
        asked = context.release.listener.hear(rest.text)
        is_other = asked.main == "asks" and asked.likely("asks")  # "how about recycling"
        return LookUp(rest.text, ranking) if is_other else None
    found, shown = service.get(ranking.hits[0].id), service.get(context.state.topic)
    if shown is not None and ranking.hits[0].id not in (*service, shown.area):
        return LookUp(context.text, ranking) if ranking.hits[0].kind == "area" else None
    if found is None or shown is None or found is shown:
        return None
    heard = context.release.listener.hear(rest.text)
    asks = any(start == 0 for start, _ in rest.spans(PhraseKind.ASKS))
    if not asks and heard.best(OTHER_WISHES, _PLAIN):
        return None
    follows = heard.main in FOLLOW_UPS
    if follows and not has_proper_word(rest.folded, found.name, shown.name):
        return None  # "otra cosita: a qué hora atienden"
    return LookUp(context.text, ranking)


def features(context: Context) -> tuple[float, ...]:
    """As ``NAMES`` says, where the card of a service was shown."""
    heard, beside = context.heard, context.release.index.beside(context.text, context.state.topic)
    return (
        heard.chance("asks"),
        heard.most(_OTHERS),
        _log_odds(heard.most(FOLLOW_UPS), 5),
        float(context.begins_going_on),
        float(context.folded.partition(" ")[0] in context.lexicon.said_before.going_on),
        _log_odds(beside.odds.in_three, 6),
        _log_odds(beside.odds.first, 4),
        beside.ahead,
        beside.theirs,
        math.log1p(len(context.folded.split())),
    )


def _log_odds(chance: float, most: float) -> float:
    """Between ``-most`` and ``most``."""
    if not 0 < chance < 1:
        return most if chance else -most
    return max(-most, min(most, math.log(chance / (1 - chance))))
