"""What is written to the person who was asked for, while the case for them takes words.

They were asked to tell what they need. Also what would else be looked up is told to that person.
What is surely found for it is shown besides, and what is plainly asked of an office is answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.content.cards import has_fact
from handlers.messages import Text
from handlers.search.ranking import Ranking, Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import (
    AskAboutCase,
    AskForRecords,
    AskIfCorrection,
    AskIfOfCase,
    CaseAspect,
    FileCase,
    TellWaiting,
)
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutCard,
    AskAboutTopic,
    LookUp,
    ShowArea,
    ShowCard,
)
from handlers.understanding.intents.union import Intent, Intents
from handlers.understanding.said_before.card.asked.named import about_named
from handlers.understanding.said_before.case.more import is_for_person

# What is read of the words of whoever tells a matter: all else has its own answer.
_TOLD = (
    *(AskAboutArea, AskAboutCard, AskAboutTopic, LookUp, ShowArea, ShowCard),
    *(AskForRecords, AskIfCorrection, AskIfOfCase, FileCase, TellWaiting),
)
_TOLD_ACTS = (Act.ASK_ABOUT_PROCEDURE, Act.MISS_CASE, Act.VENT)
_FEW_OF_STATE = 8  # words that only ask how the case stands
_OFFICE = ("place", "hours", "contact")
_ASKS_OFFICE = (PhraseKind.ASKS_PLACE, PhraseKind.ASKS_HOURS, PhraseKind.ASKS_CONTACT)
_MOST_BEFORE = 2  # words before what asks


def told_person(context: Context, intent: Intent) -> Intents:
    """The words for the person, and what is surely found for them; else the same intent."""
    if context.command is not None or not context.has_words or not context.said.words:
        return (intent,)
    if not isinstance(context.incoming.body, Text) or not is_for_person(context):
        return (intent,)
    if isinstance(intent, FileCase) and context.said.names_case:
        return (intent,)  # "es un reclamo: …"
    if PhraseKind.ASKS_OTHER_WAY in context.said.kinds and _may_ask_of_way(intent):
        return (AddWords(context.text), AskAboutCase(CaseAspect.OTHER_WAY))
    outcome = isinstance(intent, AskAboutCase) and intent.aspect is CaseAspect.OUTCOME
    if not isinstance(intent, (*_TOLD, AddWords)) and intent not in _TOLD_ACTS and not outcome:
        return (intent,)
    shown = _shown_besides(context, intent)
    if shown is not None:
        return (AddWords(context.text, answered=True), shown)
    asked = _asked_of_office(context, intent)
    told = AddWords(context.text)
    return (told, asked) if asked is not None else (told,)


def _may_ask_of_way(intent: Intent) -> bool:
    """Whether "¿no hay otra forma?" is no more than more for that person, or of the case's way."""
    return isinstance(intent, (AddWords, AskAboutCase, *_TOLD)) or intent in _TOLD_ACTS


def _asked_of_office(context: Context, intent: Intent) -> AskAboutArea | AskAboutCard | None:
    """ "Es que no me responde, ¿dónde queda obras?": told with what is known of it, if not all."""
    of_office = isinstance(intent, AskAboutArea | AskAboutCard)
    asked = (
        intent if of_office else next(filter(None, map(about_named, _asked_parts(context))), None)
    )
    if not isinstance(asked, AskAboutArea | AskAboutCard):
        return None
    return asked if asked.aspect in _OFFICE else None


def _asked_parts(context: Context) -> Iterator[Context]:
    """What asks for a place, hours or a telephone, with hardly a word before it."""
    for part in map(context.of, context.said.parts):
        said = part.said
        starts = [start for kind in _ASKS_OFFICE for start, _ in said.spans(kind)]
        if starts and (said.asks or "?" in context.text):
            yield part.of(" ".join(said.words[max(0, min(starts) - _MOST_BEFORE) :]))


def is_told(context: Context, intent: Intent) -> bool:
    """ "Que soy pensionado y quiero saber si me pueden eximir": told at length, of a procedure."""
    at_length = len(context.said.words) > _FEW_OF_STATE and is_for_person(context)
    return at_length and intent is Act.ASK_ABOUT_PROCEDURE


def _shown_besides(context: Context, intent: Intent) -> AskAboutArea | AskAboutCard | None:
    """What is surely found, unless it is the card that did not answer it."""
    content = context.release.content
    match intent:
        case AskAboutArea(area, aspect):
            known = aspect not in _OFFICE or has_fact(content.area_by_id[area], aspect)
            return intent if known else None
        case AskAboutCard(card, aspect):
            known = aspect not in _OFFICE or has_fact(content.service_by_id[card], aspect)
        case LookUp(ranking=ranking):
            card, aspect, known = _found(context, ranking), "again", True
        case AddWords() if PhraseKind.IN_NEED in context.said.kinds:  # it cannot wait so long
            card, aspect, known = _found(context, context.ranking), "again", True
        case _:
            return None
    known = known and card in content.service_by_id and card != context.state.topic
    return AskAboutCard(card, aspect) if known else None


def _found(context: Context, ranking: Ranking) -> str:
    """The card that is surely found for what is needed, or for the whole; "" for none."""
    parts = (
        part for part in context.said.parts if PhraseKind.IN_NEED in context.of(part).said.kinds
    )
    rankings = (*map(context.rank, parts), ranking)
    return next((one.hits[0].id for one in rankings if one.verdict is Verdict.SURE), "")
