"""How probable it is that a text tells of somebody in danger, as it is fitted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter

from handlers.content.model import Emergency
from handlers.listening.listener import SURE, Heard
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import CONTEXTS, turn_cached
from handlers.understanding.context import Context
from handlers.understanding.dangers import fitted
from handlers.understanding.dangers.kinds import (
    ELSE_ACTS,
    LASTING_ACTS,
    WHOM,
    acts_of,
    belongs_to_case,
    says_something_else,
    takes_any_words,
)
from handlers.understanding.dangers.trapped import RESCUE, is_trapped
from handlers.understanding.intents.danger import EMERGENCY_OF, HAZARDOUS
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import tells_urgency

ALERT, ASK = 0.7, 0.25  # from here on the numbers are told at once; it is asked
UNHEARD = 0.2  # danger as the model hears it; below, and without a phrase, it is none
_HARDLY_HEARD = 0.1  # the same, where a phrase tells of it
_CERTAIN = 6.0  # log-odds beyond which a probability counts no more
_PLAIN, _POSSIBLE, _HARDLY = 2.0, 1.0, -1.5  # log-odds of danger
_MOST_WORDS, _MOST_NAMED, _FEW = 10, 4, 4
_GOES_ON = (*LASTING_ACTS, "distress_lost")  # also where it began some days ago
_OF_ONESELF = "suicidio"
_BY_DANGER = attrgetter("danger", "whole_danger")
_OF_PERSONS = tuple(act for act in EMERGENCY_OF if act != HAZARDOUS)
_PAST = frozenset({PhraseKind.TELLS_PAST, PhraseKind.TELLS_LONG_PAST})
_BEFORE = (
    *("after", "support", "after_same"),
    *("calmed", "calmed_same", "calmed_hazard", "calmed_again", "calmed_event"),
)
# What it is worked out from: `make train` fits how much each counts. Acts are log-odds.
NAMES = (
    "told",  # a phrase tells of it
    *("told_hazard", "told_ordinary", "told_laughing", "told_grading"),  # and what it is beside
    *("told_heard", "told_hardly"),  # danger is heard there, or hardly
    # A phrase that only resembles danger; when it was.
    *("ordinary", "ordinary_kind", "past", "over", "laughs"),
    *("heard", "plainly", "not_at_all"),  # danger, without what is ordinary
    "whole",  # the same of the whole text, not of a part of it
    *("kind", "kind_likely", "kind_told", "least"),  # the likeliest kind, and the one told
    *("lasting", "hazard", "intruder", "quake"),  # that kind
    "fire_unnamed",  # a fire, without a word that is proper to it
    "few_unnamed",  # the same in few words: one that is new to the model decides too much
    "mended",  # a hazard that sounds like something to mend
    *("kind_named", "named"),  # by a word that is proper to it; how many kinds are
    *("else", "asks", "reports", "blames", "praises", "vague_grade", "gives_grade"),
    *("words", "mark", "urgent", "urgent_kind", "grade"),
    *("awaited", "heard_awaited", "case"),  # any words are taken; they are of a case
    *("habit", "ended", "things"),  # it happens again and again, is over, or is only spoken of
    *("told_habit", "told_ended", "told_things"),
    *("now", "wished"),
    *("situation", "only_whom"),  # how somebody lives; who it is about, and nothing that happened
    *("animal", "animal_kind", "told_animal"),  # that is hurt, and no person is named
    # A card is surely found that is not of danger, "ya no aguanto la bulla"; and no kind is likely.
    *("found_lasting", "found_unlikely"),
    # What was told before: a danger, this one; that it is over, this one.
    *_BEFORE,
)


def chance(context: Context, told: Sequence[Emergency]) -> float:
    """The probability; ``told``: the emergencies that phrases tell of.

    Zero without a phrase where the model hears none: most messages are looked at no further.
    """
    heard = heard_of(context)
    if not told and heard.danger < UNHEARD:
        return 0.0
    weights, values = fitted.WEIGHTS, features(context, told)
    # One that is new has no weight until `make train` has fitted it.
    total = fitted.ONE + sum(
        weights.get(name, 0.0) * value for name, value in zip(NAMES, values, strict=True)
    )
    found = max(_least(context, told), 1 / (1 + math.exp(-total)))
    return found if found >= ALERT or not _is_of_animal(context) else 0.0


def _least(context: Context, told: Sequence[Emergency]) -> float:
    """What is told or heard plainly is at least asked about, unless it is said by the way."""
    kind = EMERGENCY_OF.get(heard_of(context).best(EMERGENCY_OF, 0.0), "")
    kinds = {emergency.id for emergency in told} or {kind}
    if RESCUE in kinds and is_trapped(context.text, context.release):
        return ALERT
    if _only_resembles(context) or _is_of_calmed(context, kinds):
        return 0.0
    heard = heard_of(context)
    danger, by_the_way = heard.danger, any(_aside(context)) and not heard.best(LASTING_ACTS)
    if not told:
        surely = danger >= SURE and heard.best(_OF_PERSONS, SURE)
        return ASK if surely and not by_the_way else 0.0
    if danger < _HARDLY_HEARD:
        acts = acts_of(told[0].id)
        return 0.0 if says_something_else(context, context.heard.best(acts, 0.0)) else ASK
    if by_the_way:
        return ASK if danger >= SURE else 0.0
    return ALERT if danger >= SURE else ASK


def _is_of_calmed(context: Context, kinds: set[str]) -> bool:
    """Whether it may be of the danger that was just said to be over."""
    calmed = "" if context.alert else context.calmed
    return calmed in kinds and calmed != _OF_ONESELF


@turn_cached(CONTEXTS)
def _aside(context: Context) -> tuple[bool, bool, bool]:
    """Whether it happens again and again, is over, or is only spoken of."""
    kinds, words = context.said.kinds, context.said.words
    but = not context.lexicon.contrast.isdisjoint(words)  # "por suerte respira, pero no despierta"
    return (
        PhraseKind.TELLS_HABIT in kinds,
        PhraseKind.ENDED_WELL in kinds and not but,
        PhraseKind.OF_THINGS in kinds,
    )


def _only_resembles(context: Context) -> bool:
    """Whether something in the text says that it may not be meant."""
    phrases, kinds = context.release.content.emergency_phrases, context.said.kinds
    laughs = PhraseKind.LAUGHS in kinds
    return laughs or phrases.is_ordinary(context.text) or _is_of_animal(context)


@turn_cached(CONTEXTS)
def heard_of(context: Context) -> Heard:
    """What is heard without phrases that only resemble danger: "me muero de hambre".

    What goes on now is also heard without the grade: "un 2 porque se está quemando el cerro".
    """
    texts = [context.text]
    given = context.grade.words if context.grade is not None else ""
    if given and PhraseKind.TELLS_NOW in Said(given, context.lexicon).kinds:
        texts.append(given)
    return max((_without_ordinary(context, text) for text in texts), key=_BY_DANGER)


def _without_ordinary(context: Context, text: str) -> Heard:
    """Never more than in the whole text: the rest of it may be a word or two."""
    phrases, hear = context.release.content.emergency_phrases, context.release.listener.hear
    if not phrases.is_ordinary(text):
        return hear(text)
    return min(hear(text), hear(phrases.without_ordinary(text)), key=_BY_DANGER)


def features(context: Context, told: Sequence[Emergency]) -> tuple[float, ...]:
    """What ``NAMES`` names, in its order."""
    heard, said = heard_of(context), context.said
    kind = heard.best(EMERGENCY_OF, 0.0)
    acts = acts_of(told[0].id) if told else ()
    danger, of_kind = _odds(heard.danger), _odds(heard.chance(kind))
    of_told = _odds(heard.most(acts)) if acts else of_kind
    ordinary = context.release.content.emergency_phrases.is_ordinary(context.text)
    is_told, awaited = bool(told), takes_any_words(context)
    laughs, graded = PhraseKind.LAUGHS in said.kinds, context.grade is not None
    past = not _PAST.isdisjoint(said.kinds)
    before = _told_before(context, told[0].id if told else EMERGENCY_OF.get(kind, ""))
    urgent = tells_urgency(said) and not any(before)  # of what was told it says nothing new
    reports = _odds(heard.chance("reports"))
    named = context.dangers_named
    aside = _aside(context)
    return (
        is_told,
        is_told and told[0].id == EMERGENCY_OF[HAZARDOUS] and not any(before),
        is_told and ordinary,
        is_told and laughs,
        is_told and graded,
        is_told * danger,
        is_told and danger < _HARDLY,
        ordinary,
        (ordinary and not _is_of_animal(context))
        * max(0.0, _odds(context.heard.most(EMERGENCY_OF))),
        past,
        ordinary and past and not heard.best(_GOES_ON),
        laughs,
        danger,
        max(0.0, danger - _PLAIN),
        max(0.0, -danger - _PLAIN),
        max(-_CERTAIN, min(_CERTAIN, heard.whole_danger)),
        of_kind,
        max(0.0, of_kind - _POSSIBLE),
        of_told,
        min(danger, of_told),
        kind in LASTING_ACTS,
        kind == HAZARDOUS,
        kind == "distress_intruder",
        kind == "distress_quake",
        kind == "distress_fire" and kind not in named,
        len(said.words) < _FEW and kind not in named,
        (kind == HAZARDOUS) * (reports - of_kind),
        kind in named,
        min(_MOST_NAMED, len(named)),
        _odds(heard.most(ELSE_ACTS)),
        _odds(heard.chance("asks")),
        reports,
        *(_odds(heard.chance(act)) for act in ("blames", "praises")),
        *(_odds(heard.chance(act)) for act in ("vague_grade", "gives_grade")),
        min(_MOST_WORDS, len(said.words)),
        "?" in context.text,
        urgent,
        urgent * max(0.0, of_kind),
        graded,
        awaited,
        awaited * danger,
        belongs_to_case(context),
        *aside,
        *(is_told and one for one in aside),
        PhraseKind.TELLS_NOW in said.kinds,
        PhraseKind.TELLS_WISH in said.kinds or PhraseKind.SUGGESTS in said.kinds,
        PhraseKind.TELLS_OWN_SITUATION in said.kinds,
        kind in WHOM and not is_told and named <= WHOM,
        *_of_animal(context, is_told, of_kind),
        kind in LASTING_ACTS and _finds_else(context),
        not heard.likely(kind) and _finds_else(context),
        *before,
    )


def _of_animal(context: Context, is_told: bool, of_kind: float) -> tuple[float, ...]:
    animal = _is_of_animal(context)
    return animal, animal * max(0.0, of_kind), animal and is_told


def _is_of_animal(context: Context) -> bool:
    """ "Atropellaron a un perro": whether no person is named, and it attacks nobody."""
    kinds = context.said.kinds
    return PhraseKind.NAMES_ANIMAL in kinds and PhraseKind.NAMES_PERSON not in kinds


def _finds_else(context: Context) -> bool:
    """ "La música del vecino, ya no aguanto": whether a card is surely found, and not of danger."""
    ranking, content = context.ranking, context.release.content
    if ranking.verdict is not Verdict.SURE:
        return False
    return all(ranking.hits[0].id != emergency.card for emergency in content.emergencies)


def _told_before(context: Context, kind: str) -> tuple[float, ...]:
    """Who spoke of taking their life is heard as if nothing had been said before."""
    alert, calmed = context.alert, "" if context.alert else context.calmed
    if not (alert or calmed) or _OF_ONESELF in (alert, calmed, kind):
        return (0.0,) * len(_BEFORE)
    same = calmed == kind
    kinds = context.said.kinds
    support = PhraseKind.ASKS_SUPPORT in kinds
    again, event = PhraseKind.STARTS_AGAIN in kinds, PhraseKind.TELLS_EVENT in kinds
    is_hazard = kind == EMERGENCY_OF[HAZARDOUS]
    of_calmed = (same and one for one in (True, is_hazard, again, event))
    return bool(alert), support, alert == kind, bool(calmed), *of_calmed


def _odds(probability: float) -> float:
    """Log-odds, no further from nothing than what is certain."""
    least = 1 / (1 + math.exp(_CERTAIN))
    probability = min(max(probability, least), 1 - least)
    return math.log(probability / (1 - probability))
