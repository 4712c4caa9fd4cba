"""A grade, another or kept, and other words of the comment in one message: the words come first."""

from __future__ import annotations

import re

from msgspec.structs import replace

from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.answers import AddToComment, ReviseWords
from handlers.understanding.reading.no_grades import not_given
from handlers.understanding.said_before.corrections.comments import plain_revision, words_added
from handlers.understanding.said_before.corrections.on_record import (
    grade_on_record,
    shifted_grade,
)
from handlers.understanding.said_before.corrections.possible import grade_meant

_SIGNS = re.compile(r"[.,;:!?\n()]+|\s+[yeYE]\s+")
_OF_GRADE = {
    PhraseKind.CORRECTS_GRADE,
    PhraseKind.MAY_CORRECT,
    PhraseKind.LOWERS_GRADE,
    PhraseKind.RAISES_GRADE,
    PhraseKind.KEEPS_GRADE,
    PhraseKind.GIVES_GRADE,
}
_OF_WORDS = {
    PhraseKind.DROPS_WORDS,
    PhraseKind.DROPS_NAME,
    PhraseKind.SAYS_INSTEAD,
    PhraseKind.ADDS_TO_COMMENT,
}


def grade_and_words(context: Context) -> ReviseWords | AddToComment | None:
    """ "Cámbiela a 6 y agregue que …", "suban la nota a 6 y borren ese comentario".

    "Deje el 1 pero borre las palabras" is of the words alone.
    """
    kinds, commenting = context.said.kinds.keys(), grade_on_record(context) > 0
    if kinds.isdisjoint(_OF_GRADE) or kinds.isdisjoint(_OF_WORDS):
        return None
    if not (commenting or context.rating_is_closed) or context.command is not None:
        return None
    clauses, rated = _clauses(context), context.state.rated[-1].grade
    others = [clause for clause in clauses if not _keeps(clause, rated)]
    grades = {_grade_in(clause, rated) for clause in others} - {0, rated}
    revised = [meant for clause in clauses if (meant := _words_in(clause)) is not None]
    keeps = len(others) < len(clauses) and not grades
    if len(revised) != 1 or not (keeps or len(grades) == 1):
        return None
    follow_up = context.state.follow_up
    if commenting and (follow_up is None or not follow_up.messages):
        return None  # there is no comment yet
    return replace(revised[0], grade=0 if keeps else grades.pop())


def _clauses(context: Context) -> list[Context]:
    """What stands between signs, "and" and "but"."""
    contrast = context.lexicon.contrast
    clauses = list[list[str]]()
    for part in _SIGNS.split(context.text):
        clauses.append([])
        for word in part.split():
            if fold(word) in contrast:
                clauses.append([])
            else:
                clauses[-1].append(word)
    texts = map(" ".join, clauses)
    return [context.of(clause) for clause in texts if fold(clause)]


def _keeps(clause: Context, rated: int) -> bool:
    """ "Deje el 1", "póngame el 4 no más": the grade on record, and no other."""
    kinds = clause.said.kinds.keys()
    given = {*clause.numbers} == {rated} and not kinds.isdisjoint(_OF_GRADE)
    return given or (PhraseKind.KEEPS_GRADE in kinds and not clause.numbers)


def _grade_in(clause: Context, rated: int) -> int:
    if clause.said.kinds.keys().isdisjoint(_OF_GRADE):
        return 0
    given = {*clause.numbers} - {*not_given(clause.text, clause.folded, clause.lexicon)}
    if len(given) == 1 < len(clause.numbers):
        return given.pop()  # "un 1, no un 2"
    return shifted_grade(clause, rated) or grade_meant(clause, rated)


def _words_in(clause: Context) -> ReviseWords | AddToComment | None:
    if clause.said.kinds.keys().isdisjoint(_OF_WORDS) or clause.numbers:
        return None
    added = words_added(clause)
    return AddToComment(added) if added else plain_revision(clause)
