"""Another grade than is on record: plain enough to be noted, asked about, or asked for anew."""

from __future__ import annotations

from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import (
    ChangeGrade,
    CorrectGrade,
    KeepGrade,
    ProposeCorrection,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.said_before.corrections.chances import chances
from handlers.understanding.said_before.corrections.on_record import (
    denies,
    rated_area,
)
from handlers.understanding.said_before.corrections.possible import (
    what_to_change,
)

_BEST_GRADE = 7
_CORRECTS = PhraseKind.CORRECTS_GRADE
_LONGEST_BOTH = 9  # words of a phrase that names both grades
_MOST_BEFORE = 2  # words before a correction that the text begins with


def another_grade(context: Context, rated: int, meant: CorrectGrade) -> Intent | None:
    """Another grade than ``rated`` (0: none): noted where it is plain, else asked about."""
    asked = ProposeCorrection(meant.grade, context.text.strip())
    if rated and rated in context.numbers and _is_denied(context, meant.grade):
        return KeepGrade(rated_area(context))
    if rated and not _is_likely(context, rated):
        return asked if _begins_with_another(context, rated) else None
    if rated and _is_qualified(context, rated, meant.grade):
        return asked
    if "?" not in context.text or _ends_in_grade(context):
        return meant
    return asked if context.state.rated else None  # "¿cero no se puede? entonces un 1"


def _is_denied(context: Context, grade: int) -> bool:
    """ "Dije 6, no 5" after a 6: the 5; "6 no, 5" gives it."""
    lexicon = context.lexicon
    for part in PARTS.split(context.text):
        words = [word for word in fold(part).split() if word not in lexicon.number.articles]
        values = [value_of(word, lexicon) for word in words]
        before = words[: values.index(grade)] if grade in values else []
        if not lexicon.grade.denies.isdisjoint(before[-1:]):
            return True
    return False


def _is_likely(context: Context, rated: int) -> bool:
    """Whether words after a grade plainly correct it; "por eso no le puse un 7" does not."""
    if _names_both(context, rated):
        return True
    if chances(context).grade < SURE:
        return False
    words, given = context.folded.split(), context.numbers
    if len(given) != 1 or given[0] == rated:
        return True
    values = [value_of(word, context.lexicon) for word in words]
    before = " ".join(words[: values.index(given[0])]) if given[0] in values else ""
    return context.lexicon.corrects.not_given.search(before) is None


def _begins_with_another(context: Context, rated: int) -> bool:
    """ "Cámbieme la nota a 3, me hicieron esperar": what follows tells why."""
    said, given = context.said, set(context.numbers) - {rated}
    first = [end for start, end in said.spans(_CORRECTS) if start <= _MOST_BEFORE]
    return any(
        value_of(said.words[end - 1], said.lexicon) in given
        and said.lexicon.negators.isdisjoint(said.words[:end])
        for end in first
    )


def _is_qualified(context: Context, rated: int, grade: int) -> bool:
    """ "Quería poner 7, pero …", "no puedo cambiarle a 7": a grade that is hardly meant."""
    if _names_both(context, rated) or denies(context):
        return False
    said, lexicon = context.said, context.lexicon
    behind = {said.words[end] for _, end in said.spans(_CORRECTS) if end < len(said.words)}
    if not lexicon.contrast.isdisjoint(behind):
        return True
    for part in PARTS.split(context.text):
        words = fold(part).split()
        values = [value_of(word, lexicon) for word in words]
        if grade in values and not lexicon.negators.isdisjoint(words[: values.index(grade)]):
            return True
    return False


def _names_both(context: Context, rated: int) -> bool:
    """ "De 6 bajan a 1": a phrase of correcting names the grade on record and another one."""
    said = context.said
    for start, end in said.spans(_CORRECTS):
        values = [value_of(word, context.lexicon) for word in said.words[start:end]]
        grades = {value for value in values if value and value <= _BEST_GRADE}
        if end - start <= _LONGEST_BOTH and rated in grades and len(grades) == 2:
            return True
    return False


def _ends_in_grade(context: Context) -> bool:
    """ "¿Lo puede cambiar a 5?" asks for it; "al revés, 1 es lo mejor, ¿cierto?" hardly."""
    said = context.said
    return any(end == len(said.words) for _, end in said.spans(_CORRECTS))


def half_grade(context: Context) -> Intent | None:
    """No whole grade: it is asked for, of the rating that is open or of the one before."""
    opened = context.open
    if opened is not None and opened.grades_area:
        return Act.GIVE_HALF_GRADE
    return change_latest(context)


def change_latest(context: Context) -> Intent | None:
    """Its grade is asked for anew; of a rating that is closed only where the grade is meant."""
    if context.rating_is_closed and not _speaks_of_grade(context):
        found = context.ranking.verdict is Verdict.SURE  # "me equivoqué al pagar la patente"
        return None if found else what_to_change(context)
    follow_up = context.state.follow_up
    if follow_up is not None and follow_up.messages and not _speaks_of_grade(context):
        return what_to_change(context)  # it may be the comment
    return ChangeGrade(rated_area(context))


def _speaks_of_grade(context: Context) -> bool:
    kinds, words = context.said.kinds, context.lexicon.said_before
    doubted = PhraseKind.DOUBTS_GRADE in kinds or PhraseKind.CORRECTS_GRADE in kinds
    return doubted or bool(context.numbers) or words.names_grade.search(context.folded) is not None
