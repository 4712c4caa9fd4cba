"""Grades: where one is asked for, and where nothing asked for it."""

from __future__ import annotations

from handlers.content.model import QuestionKind
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.understanding.areas import area_named, area_of_words
from handlers.understanding.context import Context
from handlers.understanding.intents import (
    Act,
    GivenNotEnded,
    GradeAnswer,
    Intent,
    NotEnded,
    RateWithGrade,
    RejectArea,
    WordsBeforeGrade,
)
from handlers.understanding.reading.grades import Grade, gives_grade, read_grade, seems_a_grade
from handlers.understanding.reading.moods import mood, tells_an_experience
from handlers.understanding.reading.wishes import asks, says_not_ended

_SENTENCE = 3  # words from which on praise or blame tells of a visit


def grade_out_of_nothing(context: Context) -> Intent | None:
    """ "Ponles un 1": the area is the one that was just talked about."""
    grade = grade_given(context)
    if grade is None or (context.state.follow_up is not None and grade.words):
        return None
    draft, cases = context.state.draft, context.state.cases
    area = draft.area if draft is not None else ""
    area = area or area_of_words(context) or (cases[-1].area if cases else "")
    waiting = any(case.waiting and case.area == area for case in cases)
    waiting = waiting or (draft is not None and bool(draft.words) and not draft.experience)
    return RateWithGrade(area, grade.value, grade.words, pending=waiting)


def grade_given(context: Context) -> Grade | None:
    """The grade of "ponles un 1" or "6, muy amables", where no grade is asked for."""
    if context.open is not None and not context.open.outline.about_card:
        return None
    grade = context.grade
    if grade is None or not grade.value:
        return None
    return grade if grade.words or gives_grade(context.folded) else None


def guessed_area(context: Context) -> Intent | None:
    """The answer to "¿Fue en Tesorería?": yes, no, or where it was."""
    opened = context.open
    if opened is None or not opened.grades_area or context.grade is not None:
        return None
    if not opened.progress.area_guessed or opened.progress.checking:
        return None
    if context.command in ("yes", "no"):
        return Act.CONFIRM_AREA if context.command == "yes" else RejectArea()
    area = None if "?" in context.text else area_named(context, context.text, surely=True)
    if area is None:
        return None
    return Act.CONFIRM_AREA if area.id == opened.progress.subject.area else RejectArea(area.id)


def given_not_ended(context: Context) -> Intent | None:
    """ "Aún no termina", alone, where no grade is asked for: about what was rated just now."""
    opened = context.open
    if opened is not None and opened.question.kind is QuestionKind.GRADE:
        return None
    return pending_meant(context) if says_not_ended(context.text) else None


def pending_meant(context: Context) -> Intent | None:
    """What "aún no termina" is about: the rating in progress, or the one just given."""
    opened = context.open
    if opened is not None and opened.outline.rates_area:
        return NotEnded()
    response = _given_response(context)
    return GivenNotEnded(response) if response else None


def _given_response(context: Context) -> int:
    """The response that the last message is about; 0: none."""
    follow_up, prompt = context.state.follow_up, context.state.prompt
    if follow_up is not None:
        return follow_up.response
    options = prompt.options if prompt is not None else ()
    offered = [
        value for mark, _, value in (o.key.partition(":") for o in options) if mark == "change"
    ]
    if not offered:
        return 0
    rated = [one for one in context.state.rated if offered[0] in ("", one.subject.area)]
    return rated[-1].response if rated else 0


def not_ended(context: Context) -> Intent | None:
    """ "Aún no termina" at the grade of an area, alone or beside the grade."""
    if not context.says_not_ended:
        return None
    return NotEnded(alone=not fold(context.answer))


def grade_answer(context: Context) -> Intent | None:
    """The grade that is asked for, or what is said instead of it."""
    opened, text = context.open, context.answer
    if opened is None or opened.question.kind is not QuestionKind.GRADE:
        return None
    folded = fold(text)
    if opened.progress.checking and (command := context.command_of(folded)) in ("yes", "no"):
        return Act.CONFIRM_GRADE if command == "yes" else Act.REJECT_GRADE
    grade = context.grade if text == context.text else read_grade(text)
    if grade is not None:
        return GradeAnswer(grade.value, grade.words) if grade.value else Act.MISREAD_GRADE
    if seems_a_grade(folded):
        return Act.MISREAD_GRADE
    if opened.outline.rates_area and _tells_of_visit(text, folded):
        return WordsBeforeGrade(text)
    if asks(text) or context.rank(text).verdict not in (Verdict.NOTHING, Verdict.SMALL_TALK):
        return None  # about something else: the question stays open
    return Act.MISREAD_GRADE


def _tells_of_visit(text: str, folded: str) -> bool:
    if asks(text):
        return False
    return tells_an_experience(text) or (mood(text) != 0 and len(folded.split()) >= _SENTENCE)
