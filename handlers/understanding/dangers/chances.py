"""How probable it is that a text tells of somebody in danger, as it is fitted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from handlers.content.model import Emergency
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.dangers import fitted
from handlers.understanding.dangers.kinds import (
    ELSE_ACTS,
    EMERGENCY_OF,
    HAZARDOUS,
    LASTING_ACTS,
    belongs_to_case,
    takes_any_words,
)
from handlers.understanding.reading.wishes import tells_urgency

ALERT, ASK = 0.7, 0.25  # from here on the numbers are told at once; it is asked
UNHEARD = 0.2  # danger as the model hears it; below, and without a phrase, it is none
_CERTAIN = 6.0  # log-odds beyond which a probability counts no more
_PLAIN, _LIKELY, _HARDLY = 2.0, 1.0, -1.5  # log-odds of danger
_MOST_WORDS, _MOST_NAMED = 15, 4
# What it is worked out from: `make train` fits how much each counts. Acts are log-odds.
NAMES = (
    "told",  # a phrase tells of it
    *("told_hazard", "told_ordinary", "told_laughing", "told_grading"),  # and what it is beside
    *("told_heard", "told_hardly"),  # danger is heard there, or hardly
    "ordinary",  # a phrase that only resembles danger stands in it
    *("heard", "plainly", "not_at_all", "left"),  # danger; also without what is ordinary
    "whole",  # the same of the whole text, not of a part of it
    *("kind", "kind_likely", "kind_told", "least"),  # the likeliest kind, and the one told
    *("lasting", "hazard", "fire", "intruder", "quake"),  # that kind
    *("kind_named", "named"),  # by a word that is proper to it; how many kinds are
    *("else", "asks", "reports", "blames", "praises", "vague_grade", "gives_grade"),
    *("words", "mark", "urgent", "grade"),
    *("awaited", "heard_awaited", "case"),  # any words are taken; they are of a case
)


def chance(context: Context, told: Sequence[Emergency]) -> float:
    """The probability; ``told``: the emergencies that phrases tell of.

    Zero without a phrase where the model hears none: most messages are looked at no further.
    """
    if not told and context.heard.danger < UNHEARD:
        return 0.0
    weights, found = fitted.WEIGHTS, features(context, told)
    total = fitted.ONE + sum(
        weights.get(name, 0.0) * value for name, value in zip(NAMES, found, strict=True)
    )
    return 1 / (1 + math.exp(-total))


def features(context: Context, told: Sequence[Emergency]) -> tuple[float, ...]:
    """What ``NAMES`` names, in its order."""
    heard, said = context.heard, context.said
    phrases = context.release.content.emergency_phrases
    kind = heard.best(EMERGENCY_OF, 0.0)
    acts = [act for act, emergency in EMERGENCY_OF.items() if told and emergency == told[0].id]
    danger, of_kind = _odds(heard.danger), _odds(heard.chance(kind))
    of_told = _odds(heard.most(acts)) if acts else of_kind
    ordinary, left = phrases.is_ordinary(context.text), danger
    if ordinary:
        left = _odds(context.release.listener.hear(phrases.without_ordinary(context.text)).danger)
    is_told, awaited = bool(told), takes_any_words(context)
    graded = context.grade is not None
    named = context.dangers_named
    return (
        is_told,
        is_told and told[0].id == EMERGENCY_OF[HAZARDOUS],
        is_told and ordinary,
        is_told and PhraseKind.LAUGHS in said.kinds,
        is_told and graded,
        is_told * danger,
        is_told and danger < _HARDLY,
        ordinary,
        danger,
        max(0.0, danger - _PLAIN),
        max(0.0, -danger - _PLAIN),
        left,
        max(-_CERTAIN, min(_CERTAIN, heard.whole_danger)),
        of_kind,
        max(0.0, of_kind - _LIKELY),
        of_told,
        min(danger, of_told),
        kind in LASTING_ACTS,
        kind == HAZARDOUS,
        kind == "distress_fire",
        kind == "distress_intruder",
        kind == "distress_quake",
        kind in named,
        min(_MOST_NAMED, len(named)),
        _odds(heard.most(ELSE_ACTS)),
        *(_odds(heard.chance(act)) for act in ("asks", "reports", "blames", "praises")),
        *(_odds(heard.chance(act)) for act in ("vague_grade", "gives_grade")),
        min(_MOST_WORDS, len(said.words)),
        "?" in context.text,
        tells_urgency(said),
        graded,
        awaited,
        awaited * danger,
        belongs_to_case(context),
    )


def _odds(probability: float) -> float:
    """Log-odds, no further from nothing than what is certain."""
    least = 1 / (1 + math.exp(_CERTAIN))
    probability = min(max(probability, least), 1 - least)
    return math.log(probability / (1 - probability))
