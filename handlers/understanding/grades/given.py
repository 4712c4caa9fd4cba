"""Whether a number that nothing asked for is given as a grade."""

from __future__ import annotations

import re

from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, is_sure
from handlers.understanding.context import Context
from handlers.understanding.grades.of_parts import where_said
from handlers.understanding.reading.grades.grade import Grade
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import (
    ends_in_grade,
    gives_grade,
    gives_to,
    gives_with_reason,
)

_OPINION = 0.7
_SENTENCE = 3  # words from which on praise or blame tells of a visit
_BEGINS = re.compile(r"\s*[1-7]\s*[,;:.]\s+\D")  # "6, muy amables"
_ENDS_BARE = re.compile(r"[^\W\d]\s*[.,;:!]\s*[1-7]\W*$")  # "…, 6"
_BEGINS_BARE = re.compile(r"\s*[1-7]\s+(?!\w+s\s+\w)\D")  # "6 muy amables", not "2 malos tratos"
_MIDDLE = 4
_VISITED = frozenset({PhraseKind.TELLS_PAST, PhraseKind.EXPERIENCE, PhraseKind.WAS_AT})


def grade_given(context: Context) -> Grade | None:
    """The grade of "ponles un 1" or "6, muy amables", where no grade is asked for."""
    if context.open is not None and not context.open.outline.about_card:
        return None
    grade = context.grade
    if grade is None or not grade.value or _counts_areas(context):
        return None
    given = (
        gives_grade(context.said)
        or gives_to(context.said)
        or (_ends_in_grade(context) and _is_given_to_something(context))
        or (grade.words and _is_heard(context))
        or gives_with_reason(context.said)
        or (begins_with_grade(context.text) and _tells_how_it_was(context))
        or (_BEGINS_BARE.match(context.text) and _agrees(context, grade.value))
        or _is_of_staff(context)
    )
    return grade if given else None


def begins_with_grade(text: str) -> bool:
    """ "6, muy amables"."""
    return _BEGINS.match(text) is not None


def _is_heard(context: Context) -> bool:
    """Whether a grade is heard: before bare words, as in "6 muy demorones", with hardly a doubt."""
    bare = re.match(r"\s*[1-7]\s+\D", context.text)
    return context.heard.surely("gives_grade") if bare else context.heard.likely("gives_grade")


def _counts_areas(context: Context) -> bool:
    """ "Quiero evaluar tránsito y obras, los dos": its number is no grade."""
    said = context.said
    if PhraseKind.WANTS_TO_RATE not in said.kinds:
        return False
    covered = said.covered(PhraseKind.FOR_BOTH)
    numbers = (at for at, word in enumerate(said.words) if value_of(word, context.lexicon))
    return all(at in covered for at in numbers)


def _is_of_staff(context: Context) -> bool:
    """ "La señora que hace las fichas un 7, siempre amable", "los que podan llegaron tarde. 3"."""
    said = context.said
    starts = [start for start, _ in said.spans(PhraseKind.DESCRIBES_STAFF)]
    if min(starts, default=_SENTENCE) >= _SENTENCE or said.asks:
        return False
    if len(set(context.numbers)) != 1 or PhraseKind.TELLS_WHEN in said.kinds:
        return False  # "me citaron a las 3"
    words = context.folded.split()
    at = next((at for at, word in enumerate(words) if value_of(word, context.lexicon)), 0)
    articles, to_area = context.lexicon.number.articles, context.lexicon.grade.to_area
    stands_out = words[at - 1] in articles or not to_area.isdisjoint(words[at + 1 : at + 2])
    return stands_out or bool(_ENDS_BARE.search(context.text))


def _ends_in_grade(context: Context) -> bool:
    """ "Vengo de sacar la licencia y la verdad un 3, mucha espera": all of it, or before why."""
    if ends_in_grade(context.said):
        return True
    first, *others = context.said.parts or [""]
    told = Said(first, context.lexicon)
    tells = not _VISITED.isdisjoint(told.kinds)
    return bool(others) and tells and ends_in_grade(told) and "?" not in context.text


def _is_given_to_something(context: Context) -> bool:
    """Whether what stands before the grade may be rated: an area, a thing that is found, a wish."""
    if PhraseKind.WANTS_TO_RATE in context.said.kinds or context.heard.likely("gives_grade"):
        return True
    where = where_said(context.said)
    found = bool(where.strip()) and is_sure(context, where, "")
    return found or area_in(context, context.text) is not None


def _tells_how_it_was(context: Context) -> bool:
    """Whether the words praise or blame: by themselves, or as they are said."""
    return bool(context.said.mood or context.heard.best(("praises", "blames")))


def _agrees(context: Context, grade: int) -> bool:
    """Whether the words beside a number blame or praise as it would as a grade."""
    blames = context.said.mood < 0 or bool(context.heard.best(("blames",), _OPINION))
    praises = context.said.mood > 0 or bool(context.heard.best(("praises",), _OPINION))
    return praises if grade > _MIDDLE else blames
