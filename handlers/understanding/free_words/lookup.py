"""A question to the search, or small talk: what every text is that is nothing else."""

from __future__ import annotations

import re

from handlers.search.ranking import Hit, Ranking, Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    says_name,
    with_called,
)
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import DoubtAnswer
from handlers.understanding.intents.information import AskAboutTopic, LookUp
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import asks_who_it_is
from handlers.understanding.reading.places import is_place_alone
from handlers.understanding.reading.told import feels, went_wrong
from handlers.understanding.said_before.card.shown import (
    about_shown_if_any,
    asked_of_shown,
    asks_more_than_name,
    rather_about_shown,
)
from handlers.understanding.said_before.case.reported import tells_of_mending
from handlers.understanding.said_before.no_request import asks, without_request
from handlers.understanding.said_before.unfinished import settled_by_offered, settled_by_part

_FEW_SEARCHED = 12  # words that are searched as they are
_REFUSING, _FEW_REFUSING = ("denies", "refuses"), 6
_ASPECT = 0.25  # probability of what is asked of the card that was shown
_TALK, _TALKS = ("confirms", "thanks", "smalltalk"), 0.3  # where nothing is found
_ANGRY = ("insults", "blames")
_REPORTING = ("reports", "complains")  # its words may become a case
_RATES = 0.7  # probability of a wish to rate, or of praise or blame
_UNCERTAIN = (Verdict.UNSURE, Verdict.EXTERNAL)


def lookup(context: Context) -> Intent:
    """A question, or small talk: the last recogniser takes every text."""
    if (beside := _beside_hearsay(context)) is not None:
        return beside
    ranking, heard = _without_figure(context, context.ranking), context.heard
    if not ranking.is_found and (settled := settled_by_part(context)) is not None:
        return LookUp(context.text, settled)
    named = len(context.said.words) > 1 and ranking.verdict is Verdict.UNSURE
    if named and (area := area_alone(context, context.text)):
        return LookUp(context.text, Ranking((Hit("area", area, 0.0),), Verdict.SURE))
    if not ranking.is_found and len(context.said.words) > _FEW_SEARCHED:
        ranking = _asked_within(context) or ranking
    few = len(context.said.words) <= _FEW_REFUSING
    if asks_who_it_is(context):
        return SayCourtesy("who_are_you")
    if not ranking.is_found and (courtesy := _courtesy(context)) is not None:
        return courtesy
    if context.said.is_only(PhraseKind.GIVES_UP):
        return Act.REFUSE  # "déjelo así", though nothing is open
    if few and PhraseKind.HESITATES in context.said.kinds and not context.ranking.is_found:
        return SayCourtesy("waits")  # "no, espere"
    if few and _goes_on_about_institution(context):
        return AskAboutTopic("more")
    if few and ranking.verdict is not Verdict.SURE and _refuses(context):
        return Act.REFUSE  # "ya le dije que no", though nothing is asked
    if _finds_shown_again(context) or _for_somebody(context):
        return AskAboutTopic(asked_of_shown(context, _ASPECT).removeprefix("follow_") or "more")
    if ranking.verdict is Verdict.SURE and _is_far(context, ranking):
        ranking = Ranking(ranking.hits, Verdict.UNSURE)
    ranking = settled_by_offered(context, ranking)
    if rather_about_shown(context, ranking):
        return about_shown_if_any(context, ranking)
    if (without := without_request(context, ranking)) is not None:
        return without
    if ranking.verdict is not Verdict.SMALL_TALK:
        return _searched(context, ranking)
    if context.said.mood < 0 or heard.main in _ANGRY:
        return Act.VENT
    if heard.main == "greets":
        return Act.GREET
    number = context.case_in_sight
    return DoubtAnswer(number, context.text.strip()) if number else LookUp(context.text, ranking)


def _beside_hearsay(context: Context) -> LookUp | None:
    """ "Me contaron que ya no dan el subsidio, ¿es cierto?": the card, which may not confirm it.

    What is searched is what was told, without who told it.
    """
    said = context.said
    if not said.asks or context.open is not None or PhraseKind.ASKS_FACT in said.kinds:
        return None
    told = said.covered(PhraseKind.HEARSAY, PhraseKind.ASKS_IF_SO)
    rest = " ".join(word for at, word in enumerate(said.words) if at not in told)
    if not told or not rest:
        return None
    ranking = context.rank(rest)
    if ranking.doubtful or ranking.verdict is not Verdict.SURE or ranking.hits[0].kind != "service":
        return None
    return LookUp(context.text, ranking, hearsay=True)


def _searched(context: Context, ranking: Ranking) -> Intent:
    """The question with what was found, and whether it reports something or blames somebody."""
    heard = context.heard
    reports = heard.main in _REPORTING and heard.likely(heard.main)
    reports = reports and not (heard.main == "complains" and context.said.asks)
    reports = reports or tells_of_mending(context, ranking)
    ranking = with_called(context, context.text, ranking, reports=reports)
    ranking = _of_report(context, ranking) if reports else ranking
    if ranking.verdict in _UNCERTAIN and is_place_alone(context.said):
        ranking = Ranking((), Verdict.NOTHING)  # "Vicuña 233" is of no institution
    if ranking.verdict is Verdict.NOTHING and (number := context.case_in_sight):
        return DoubtAnswer(number, context.text.strip())
    blames = went_wrong(context.said, heard) and feels(context.said, heard)
    return LookUp(context.text, ranking, reports=reports, blames=blames)


def _asked_within(context: Context) -> Ranking | None:
    """What is surely found for a question within many words: "mire joven, …, cómo saco …"."""
    said, between = context.said, re.compile(rf" (?:{context.release.listener.breaks}) ")
    for start, _ in sorted(said.spans(PhraseKind.ASKS)):
        asked, *_rest = between.split(" ".join(said.words[start : start + _FEW_SEARCHED]))
        ranking = context.rank(asked)
        if ranking.verdict is Verdict.SURE:
            return ranking
    return None


def _goes_on_about_institution(context: Context) -> bool:
    """ "¿Es por acá?" after whose it is: a question of few words that finds nothing."""
    where = _tells_only_where(context)
    names_nothing = context.ranking.verdict in (Verdict.NOTHING, Verdict.SMALL_TALK) or where
    shown = context.state.topic in context.release.content.institution_by_id
    tells_when = PhraseKind.TELLS_WHEN in context.said.kinds
    goes_on = where or asks(context) or tells_when or context.heard.best(FOLLOW_UPS, _ASPECT)
    return shown and names_nothing and bool(goes_on)


def _tells_only_where(context: Context) -> bool:
    """ "En mi casa", "es aquí en la calle"."""
    said = context.said
    where = said.covered(PhraseKind.TELLS_WHERE, PhraseKind.TELLS_SOMEWHERE)
    beside = {word for at, word in enumerate(said.words) if at not in where}
    return bool(where) and beside <= context.lexicon.place_fillers


def _finds_shown_again(context: Context) -> bool:
    """ "La tengo vencida hace 2 años": the card that was just shown, and its name is not said."""
    topic, ranking = context.state.topic, context.ranking
    first = ranking.hits[0].id if ranking.verdict in (Verdict.SURE, Verdict.UNSURE) else ""
    shown = topic == first and topic in context.release.content.service_by_id
    opened = context.open is not None and context.open.outline.about_card
    if not shown or not opened or context.heard.main in _REPORTING:
        return False
    if ranking.verdict is not Verdict.SURE or not says_name(context, context.text, topic):
        return True
    return context.said.asks and asks_more_than_name(context)


def _for_somebody(context: Context) -> bool:
    """ "Para mi hijo de 8 años": for whom the card is that was just shown."""
    opened = context.open is not None and context.open.outline.about_card
    if not opened or context.ranking.is_found:
        return False
    return context.said.begins(PhraseKind.FOR_SOMEBODY)


def _refuses(context: Context) -> bool:
    """Whether it refuses, or denies by a word: "blablá ñeñe ñoño" has none."""
    refusing, negators = context.heard.best(_REFUSING, _RATES), context.lexicon.negators
    denies = refusing != "denies" or not negators.isdisjoint(context.said.words)
    return denies and refusing == context.heard.main


def _courtesy(context: Context) -> SayCourtesy | None:
    """ "Bueno ya", "me salvó la tarde", "okis": it asks nothing, and nothing is found for it."""
    said, opens = context.said, context.lexicon.said_before.opens
    words = [word for word in said.words if not opens.fullmatch(word)]
    praised = PhraseKind.HELPED in said.kinds
    asks = said.asks or said.mood < 0 or PhraseKind.NOT_HELPED in said.kinds
    if said.words and (not words or (praised and not asks)):
        return SayCourtesy("thanks")
    if context.ranking.verdict is Verdict.EXTERNAL and not context.heard.likely(context.heard.main):
        return None  # "la compañía es CGE"
    talk = context.heard.best(_TALK, _TALKS)
    if asks or talk != context.heard.main or len(said.words) > _FEW_SEARCHED:
        return None
    return SayCourtesy("smalltalk" if talk == "smalltalk" else "thanks")


def _is_far(context: Context, ranking: Ranking) -> bool:
    """Whether the card may not tell it: "quién es el alcalde", "quiero adoptar un niño"."""
    if tells_of_mending(context, ranking):
        return False
    of_area = context.release.area_of_card
    shown = of_area(context.state.topic)
    elsewhere = not shown or of_area(ranking.hits[0].id) != shown
    return PhraseKind.ASKS_FACT in context.said.kinds or (ranking.doubtful and elsewhere)


def _without_figure(context: Context, ranking: Ranking) -> Ranking:
    """ "Esa cola es un suicidio", which asks for no card of those in danger."""
    content, said = context.release.content, context.said
    if not ranking.hits or said.asks or PhraseKind.TELLS_WISH in said.kinds:
        return ranking
    of_danger = any(ranking.hits[0].id == emergency.card for emergency in content.emergencies)
    phrases = content.emergency_phrases
    if not of_danger or not phrases.is_ordinary(context.text):
        return ranking
    return context.rank(phrases.without_ordinary(context.text))


def _of_report(context: Context, ranking: Ranking) -> Ranking:
    """ "The streetlight has been out for a week": between an area and its own service that takes
    such reports, the service is meant."""
    (first, second), of_area = (*ranking.hits[:2], None, None)[:2], context.release.area_of_card
    if ranking.verdict is not Verdict.UNSURE or first is None or second is None:
        return ranking
    services, hits = context.release.content.service_by_id, (first, second)
    taking = [hit for hit in hits if hit.id in services and services[hit.id].takes_reports]
    areas = [hit for hit in hits if hit.id in context.release.content.area_by_id]
    if len(taking) != 1 or len(areas) != 1 or of_area(taking[0].id) != areas[0].id:
        return ranking
    return Ranking((taking[0],), Verdict.SURE)
