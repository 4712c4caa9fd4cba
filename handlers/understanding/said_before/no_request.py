"""What asks for nothing and names nothing: it gets what is open, or was shown, and no search."""

from __future__ import annotations

from handlers.content.questionnaires.definition import QuestionKind
from handlers.search.ranking import Ranking, Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import says_name
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import DoubtAnswer
from handlers.understanding.intents.rating import ProposeGrade
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BUSINESS, question_in
from handlers.understanding.said_before.card.shown import UNFOUND, about_shown_if_any

_REQUESTS = (
    *(*BUSINESS, *FOLLOW_UPS, "suggests", "asks_about_grades", "not_understood"),
    *("wants_person", "wants_language", "rates", "gives_grade", "shorter", "longer"),
    "hazard",
    # "Me robaron la cartera", which is no danger any more.
    *("distress_intruder", "distress_lost", "distress_medical", "distress_violence"),
)
_HARDLY = 0.1  # probability of a request, below which there is none
_PERHAPS = 0.25  # the same, where nothing of the municipality's is found
_FEWEST = 4  # different words; fewer may be a name that nothing is known of
_FOUND = (Verdict.SURE, Verdict.SEVERAL)
_TELLING = (PhraseKind.NOT_MEANT, PhraseKind.REPORTED_BEFORE, PhraseKind.WAITS)
_ANGRY = ("greets", "insults", "blames")


def asks(context: Context) -> bool:
    """Whether it has the form of a question, or goes on from one."""
    hardly = context.heard.most(_REQUESTS) < _HARDLY and "?" not in context.text
    if context.ranking.verdict is Verdict.SMALL_TALK and hardly:
        return False  # "las cosas ya no son como antes"
    if context.said.asks or "?" in context.text or context.begins_going_on:
        return True
    return question_in(context) is not None


def without_request(context: Context, ranking: Ranking) -> Intent | None:
    """ "Mi perro se llama Boby", "voy en la micro": what is open is asked again; None for the rest.

    What is surely found, or named, is looked up; so is whose it is, where nothing is open.
    """
    if (of_grade := _beside_grade(context, ranking)) is not None:
        return of_grade
    if not _asks_for_nothing(context, ranking):
        return None
    if ranking.verdict is Verdict.SMALL_TALK:
        talks = context.said.mood == 0 and context.heard.main not in _ANGRY
        return SayCourtesy("smalltalk") if talks else None
    if ranking.verdict is Verdict.EXTERNAL and not _is_open(context):
        return None
    number = context.case_in_sight
    return DoubtAnswer(number, context.text.strip()) if number else Act.MAKE_NO_SENSE


def _asks_for_nothing(context: Context, ranking: Ranking) -> bool:
    few = len(set(context.said.words)) < _FEWEST and ranking.verdict is not Verdict.SMALL_TALK
    if few or ranking.verdict in _FOUND or asks(context):
        return False
    least = _HARDLY if ranking.verdict is Verdict.UNSURE else _PERHAPS
    tells = not context.said.kinds.keys().isdisjoint(_TELLING)
    if tells or context.heard.most(_REQUESTS) >= least:
        return False
    if context.other_language and ranking.hits:
        return False  # its acts are heard less well
    return not any(says_name(context, context.text, hit.id) for hit in ranking.hits)


def _is_open(context: Context) -> bool:
    return context.open is not None or context.state.proposal is not None


def _beside_grade(context: Context, ranking: Ranking) -> Intent | None:
    """Where a grade is asked for, only what is found or asked is looked up."""
    opened = context.open
    if opened is None or opened.question.kind is not QuestionKind.GRADE:
        return None
    if ranking.verdict not in (*UNFOUND, Verdict.SMALL_TALK):
        return None
    grades, rates_area = set(context.numbers), opened.outline.rates_area
    if "?" in context.text and grades:
        return Act.EXPLAIN_SCALE  # "¿el siete es lo mejor?"
    if rates_area and len(grades) == 1:  # "qué lata estas encuestas, 4 y chao"
        return ProposeGrade(grades.pop(), opened.progress.subject.area, context.text.strip())
    if not asks(context):
        return Act.MISREAD_GRADE
    goes_on = context.begins_going_on and context.state.topic  # "y el baño dónde está"
    return about_shown_if_any(context, ranking) if goes_on else None
