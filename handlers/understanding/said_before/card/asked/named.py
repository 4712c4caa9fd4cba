"""One thing of an area or a service that is named: its place, hours or telephone."""

from __future__ import annotations

from itertools import accumulate

from handlers.content.cards import has_fact
from handlers.content.model import Area
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.phrases import spelling
from handlers.understanding.areas import area_by_name, area_in, names_service
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.information import AskAboutArea, AskAboutCard
from handlers.understanding.meant_else import asked_aside, card_asked_for
from handlers.understanding.reading.no_grades import PARTS

_ASPECTS = {
    PhraseKind.ASKS_ABOUT: "again",
    PhraseKind.ASKS_PLACE: "place",
    PhraseKind.ASKS_HOURS: "hours",
    PhraseKind.ASKS_CONTACT: "contact",
}
_MOST_BEFORE = 2  # words before what asks: "hola, el teléfono de …"


def about_named(context: Context) -> AskAboutArea | AskAboutCard | None:
    """ "Horario de la biblioteca", "teléfono de Tránsito": one thing of an area or a service."""
    if is_name(context) or "status" in context.heard.main:
        return None  # "dirección de tránsito" is its name; "dónde está mi reclamo" is no place
    joining = {*context.lexicon.said_before.going_on, *context.lexicon.said_before.ors}
    terms = context.said.covered(PhraseKind.ASKS_TERM)
    for meaning, aspect in _ASPECTS.items():
        for start, end in context.said.kinds.get(meaning, ()):
            if any(judged <= start for _, judged in context.said.spans(PhraseKind.JUDGES)):
                continue  # "pésima la dirección de obras"
            if start in terms:
                continue  # "cuándo abren el llamado"
            rest = " ".join(context.said.words[end : _end_of_part(context, end)])
            goes_on = rest.partition(" ")[0] in joining
            begins = max(at for at in context.said.part_starts if at <= start)
            if start - begins > _MOST_BEFORE or not rest or goes_on:
                continue  # "dónde queda y a qué hora atienden"
            wholes = context.said.spans(PhraseKind.NAMES_WHOLE)
            if any(end <= at <= end + _MOST_BEFORE for at, _ in wholes):
                continue  # "a qué hora abre la muni"
            if aspect == "again" and context.ranking.verdict is Verdict.SURE:
                continue  # "cómo funciona la biblioteca" is of its card
            if area := area_by_name(context, rest) or area_in(context, rest):
                return area_or_card(context, area, rest, aspect)
            if aspect == "again":
                continue  # what is asked of a service is looked up
            ranking, called = context.rank(rest), context.release.area_names.called(rest)
            if ranking.verdict is Verdict.SURE and ranking.hits[0].kind == "service":
                return AskAboutCard(ranking.hits[0].id, aspect)
            if len(called) == 1 and not ranking.is_found:
                return AskAboutArea(called[0], aspect)
    return None


def is_name(context: Context) -> bool:
    """ "Dirección de obras", "la dirección de obras, llevo 6 meses esperando": of an area."""
    names, first = context.release.area_names.beginnings, fold(PARTS.split(context.text)[0])
    _, _, behind = first.partition(" ")
    return context.folded in names or any(" " in one and one in names for one in (first, behind))


def area_or_card(
    context: Context, area: Area, called: str, aspect: str
) -> AskAboutArea | AskAboutCard:
    """The area; its card of that name where only that tells it: "fono de la biblioteca"."""
    ranking = context.rank(called)
    if ranking.verdict is Verdict.SURE and not has_fact(area, aspect):
        service = context.release.content.service_by_id.get(ranking.hits[0].id)
        if service is not None and service.area == area.id and has_fact(service, aspect):
            return AskAboutCard(service.id, aspect)
    return AskAboutArea(area.id, aspect)


def question_aside(context: Context) -> AskAboutCard | AskAboutArea | None:
    """ "Oiga, y cuánto sale el duplicado": answered at once; what is open is asked again."""
    asked = asked_aside(context)
    if asked is None:
        return None
    card, heard = card_asked_for(asked), asked.heard
    if card and names_service(asked):
        return card
    of_shown = context.state.topic and heard.main in FOLLOW_UPS and heard.likely(heard.main)
    return about_named(asked) or (None if of_shown else card)  # "¿a qué hora cierran?"


def _end_of_part(context: Context, at: int) -> int:
    """Where the part ends that the words before ``at`` stand in: "atienden hoy, salgo a las 2"."""
    ends = accumulate(len(spelling(part)) for part in PARTS.split(context.text))
    return next((end for end in ends if end >= at), at)
