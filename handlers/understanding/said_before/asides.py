"""What is said beside a rating or a card and belongs to neither: how one's own papers stand."""

from __future__ import annotations

from handlers.listening.listener import SURE
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in
from handlers.understanding.context import RECENT, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.information import (
    AskAboutArea,
    AskAboutGrades,
    AskAboutTopic,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.said_before.corrections.on_record import rated_area

OF_CASE = (
    *(PhraseKind.REPORTED_BEFORE, PhraseKind.ASKS_CASE),
    *(PhraseKind.ASKS_ANSWER, PhraseKind.ASKS_NUMBER),
)
_MOST_WORDS = 25
_MOST_ASKED, _MOST_OF_GRADE = 9, 12  # words of a question about what becomes of a grade
_OF_OUTCOME = {PhraseKind.ASKS_OUTCOME, PhraseKind.ASKS_ANSWER}
_HOW_DONE = {PhraseKind.ASKS_PAYMENT, PhraseKind.ASKS_ONLINE, PhraseKind.ASKS_WHERE_DONE}
_MOST_BEFORE = 3  # words before what asks: "oiga, y mi permiso, ¿ya está?"
_OF_OFFICE = ("follow_hours", "follow_place", "follow_contact")
_FEW_GOING_ON = 4  # words
_BLAMED = 0.3  # probability of blame from which a question is rather how the visit was
_OF_PROCEDURE = 0.7


def while_rating(context: Context) -> Intent | None:
    """How an own procedure or case stands, asked where the words of a comment are awaited."""
    follow_up = context.state.follow_up
    if follow_up is not None and follow_up.case:
        return None
    opened = context.open
    if opened is not None and not opened.outline.rates_area:
        return None
    return _asked_of_case(context) or _asked_of_procedure(context) or _asked_of_office(context)


def _asked_of_office(context: Context) -> Intent | None:
    """ "Y los sábados", "y el teléfono": one thing of the office that is rated, and no comment."""
    words, said_before = context.said.words, context.lexicon.said_before
    act = context.heard.best(_OF_OFFICE, SURE)
    goes_on = 0 < len(words) <= _FEW_GOING_ON and words[0] in said_before.going_on
    if not goes_on or context.said.mood:
        return None
    asks = act and act == context.heard.main and not context.ranking.is_found
    return AskAboutArea(rated_area(context), act.removeprefix("follow_")) if asks else None


def answer_expected(context: Context) -> Intent | None:
    """ "¿Lo van a arreglar?", "¿y me van a contestar?" beside a grade, which nobody answers."""
    opened, follow_up = context.open, context.state.follow_up
    rating = opened is not None and opened.outline.rates_area
    beside = rating or (follow_up is not None and not follow_up.case)
    if not beside and not _is_of_last_rating(context):
        return None
    said = context.said
    if _OF_OUTCOME.isdisjoint(said.kinds) or not _HOW_DONE.isdisjoint(said.kinds):
        return None
    asks = "?" in context.text or (said.asks and _names_grade(context))
    most = _MOST_OF_GRADE if _names_grade(context) else _MOST_ASKED
    if not asks or said.mood or len(said.words) > most:
        return None
    if PhraseKind.TELLS_BY_ASKING in said.kinds or context.numbers:
        return None
    return AskAboutGrades(answered=True)


def grade_to_be_answered(context: Context) -> Intent | None:
    """ "¿Cuándo me contestan la nota?": it is named, and none of it is to be changed."""
    asks = PhraseKind.ASKS_ANSWER in context.said.kinds and _names_grade(context)
    return answer_expected(context) if asks else None


def _is_of_last_rating(context: Context) -> bool:
    """ "¿Cuándo me contestan la nota?", "¿y me van a contestar eso?", soon after it was given."""
    state = context.state
    if not context.rating_is_closed or state.cases:
        return False
    shown = state.topic in context.release.content.service_by_id
    return _names_grade(context) or (not shown and context.at - state.rated[-1].at <= RECENT)


def _names_grade(context: Context) -> bool:
    return context.lexicon.said_before.names_grade.search(context.folded) is not None


def told_of_case(context: Context) -> Intent | None:
    """ "Hace un mes avisé del hoyo y nadie ha venido", where nothing else is open."""
    if PhraseKind.REPORTED_BEFORE in context.said.kinds:
        return Act.SHOW_CASES if context.state.cases else Act.MISS_CASE
    if PhraseKind.ASKS_NUMBER in context.said.kinds and not context.state.topic:
        return Act.SHOW_CASES  # "no tengo el número": they are told without it
    if context.state.cases and _begins(context, PhraseKind.ASKS_ANSWER):
        return Act.SHOW_CASES  # without a case it may be the hour for a licence
    return _asked_of_case(context)


def whom_to_speak_to(context: Context) -> Intent | None:
    """ "Is there someone who speaks English?", "me da el fono", of the card just shown."""
    prompt = context.state.prompt
    asked = prompt is not None and prompt.awaits_own_words
    if asked or context.words_are_awaited:
        return None
    if context.open is not None and not context.open.outline.about_card:
        return None
    if not _begins(context, PhraseKind.ASKS_WHOM) or area_in(context, context.folded):
        return None
    return AskAboutTopic("contact")


def _asked_of_case(context: Context) -> Intent | None:
    few = len(context.folded.split()) <= _MOST_WORDS
    return Act.SHOW_CASES if few and _begins(context, PhraseKind.ASKS_CASE) else None


def _asked_of_procedure(context: Context) -> Intent | None:
    """A question for the state of an own procedure; a statement about it is a comment."""
    heard, said = context.heard, context.said
    if len(said.words) > _MOST_WORDS or heard.chance("blames") > _BLAMED:
        return None
    asks = _begins(context, PhraseKind.ASKS_STATE)
    nobody = context.lexicon.said_before.nobody  # tells how it was
    tells = said.mood != 0 or not nobody.isdisjoint(said.words)
    plain = asks and not tells and heard.chance("status_procedure") >= _OF_PROCEDURE
    marked = "?" in context.text and heard.chance("status_procedure") >= SURE
    named = not tells and _begins(context, PhraseKind.ASKS_PROCEDURE)
    return Act.ASK_ABOUT_PROCEDURE if plain or marked or named else None


def _begins(context: Context, kind: PhraseKind) -> bool:
    return any(start <= _MOST_BEFORE for start, _ in context.said.spans(kind))
