"""A grade at the edge of one part of a text, and what beside it says whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_found, area_in, is_sure, says_name
from handlers.understanding.context import Context
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import exact_number, value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import without_experience

_GRADES = range(1, 8)
_OF_NOUN = 2  # words of "la atención"
_FEW_BEHIND = 5  # words of "un 2 y es mucho"


def grade_in_part(context: Context) -> tuple[int, str]:
    """ "A los que tapan hoyos un 1, quedó peor", "en Tránsito dos horas, un 2 y es mucho".

    One part ends or begins in the only grade, and what stands before it surely names whose it is;
    else the area is "".
    """
    parts = [tokens for part in PARTS.split(context.text) if (tokens := fold(part).split())]
    numbers = set(context.numbers)
    is_busy = context.open is not None or context.words_are_awaited
    if len(parts) < 2 or len(numbers) != 1 or is_busy or context.state.follow_up is not None:
        return 0, ""
    grade, first, last = numbers.pop(), parts[0], parts[-1]
    ends = len(last) <= _FEW_BEHIND and _is_grade(context, last[:2], grade)
    where = first[:-2] if _is_grade(context, first[-2:], grade) else first if ends else []
    if not where or context.said.asks:
        return 0, ""
    return grade, _area_of_part(context, where)


def _area_of_part(context: Context, words: list[str]) -> str:
    """ "A los que tapan hoyos", "en Tránsito dos horas"; "" for "hay un hoyo"."""
    named = area_in(context, " ".join(words))
    if named is not None or words[0] not in context.lexicon.grade.for_area:
        return named.id if named is not None else ""
    said = where_said(Said(" ".join(words), context.lexicon))
    return area_found(context, said, is_sure, says_name)


def _is_grade(context: Context, tokens: list[str], grade: int) -> bool:
    """ "Un cinco", "nota 5", "7 y"."""
    first, second = tokens if len(tokens) > 1 else ("", "")
    words, articles = context.lexicon.grade, context.lexicon.number.articles
    if value_of(second, context.lexicon) == grade:
        return first in articles | words.plain_cues
    bare = value_of(first, context.lexicon) == grade and first not in articles
    return bare and second in words.joining


def where_said(said: Said) -> str:
    """The words that may say where: no grade, no wish to give one, nor how it was there."""
    lexicon = said.lexicon
    wish = said.covered(PhraseKind.WANTS_TO_RATE)
    empty = lexicon.grade.around | lexicon.after_wish | lexicon.place_anywhere
    empty = empty - lexicon.offices
    left = " ".join(
        word
        for at, word in enumerate(said.words)
        if at not in wish and word not in empty and exact_number(word, lexicon) is None
    )
    return without_experience(Said(left, lexicon))  # "atendieron" finds the complaints


def has_cause(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "Un 6 por la música"."""
    return any(
        value_of(word, lexicon) in _GRADES and behind in lexicon.grade.causes
        for word, behind in pairwise(words)
    )


def is_of_thing(words: Sequence[str], lexicon: Lexicon) -> bool:
    """ "7 = la atención", "la niña un 7": a grade and a noun with its article."""
    at = next((at for at, word in enumerate(words) if value_of(word, lexicon) in _GRADES), 0)
    noun = words[at + 1 :] or words[:at]
    noun = noun[:-1] if noun and noun[-1] in lexicon.number.articles else noun
    return len(noun) == _OF_NOUN and noun[0] in lexicon.grade.for_area
