"""Grades: where one is asked for, and where nothing asked for it."""

from __future__ import annotations

from handlers.content.model import QuestionKind
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.understanding.areas import area_named, area_of_words
from handlers.understanding.context import Context
from handlers.understanding.intents import (
    Act,
    GradeAnswer,
    Intent,
    NotEnded,
    RateWithGrade,
    RejectArea,
    WordsBeforeGrade,
)
from handlers.understanding.reading.grades import Grade, read_grade, seems_a_grade
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import gives_grade, tells_experience

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
    return grade if grade.words or gives_grade(context.said) else None


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
    said = context.said if text == context.text else Said(text, context.lexicon)
    if opened.progress.checking and (command := context.command_of(said.folded)) in ("yes", "no"):
        return Act.CONFIRM_GRADE if command == "yes" else Act.REJECT_GRADE
    grade = context.grade if said is context.said else read_grade(text, context.lexicon)
    if grade is not None:
        return GradeAnswer(grade.value, grade.words) if grade.value else Act.MISREAD_GRADE
    if seems_a_grade(said.folded, context.lexicon):
        return Act.MISREAD_GRADE
    if opened.outline.rates_area and _tells_of_visit(said):
        return WordsBeforeGrade(text)
    if said.asks or context.rank(text).verdict not in (Verdict.NOTHING, Verdict.SMALL_TALK):
        return None  # about something else: the question stays open
    return Act.MISREAD_GRADE


def _tells_of_visit(said: Said) -> bool:
    if said.asks:
        return False
    return tells_experience(said) or (said.mood != 0 and len(said.folded.split()) >= _SENTENCE)
