"""A grade that was read out of a text, and what was said beside it."""

from __future__ import annotations

from msgspec import Struct

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.number_words import value_of

WORST, BEST = 1, 7
NO_GRADE = 0  # the value of a number that is none


class Grade(Struct, frozen=True):
    """A grade that was read out of a text. ``value`` 0: a number that is no grade from 1 to 7."""

    value: int
    words: str = ""  # what was said beside it
    number: int | None = None  # the whole number that was read, grade or not
    doubtful: bool = False  # "casi un 7": to be confirmed


def asked_about(value: int, text: str, lexicon: Lexicon) -> Grade | None:
    """This grade, to be confirmed; None where there is no such grade."""
    words = words_beside(text, fold(text).split(), lexicon)
    return Grade(value, words, value, doubtful=True) if 1 <= value <= BEST else None


def words_beside(text: str, tokens: list[str], lexicon: Lexicon, whole: str = "") -> str:
    """What was said beside the grade; "" where it is only courtesy."""
    grade = lexicon.grade
    others = (word for word in tokens if value_of(word, lexicon) is None)
    if (grade.around | grade.hedges).issuperset(others):
        return ""
    if whole:
        return whole.strip(" ,.;:-!\n")
    return grade.at_ends.sub("", text).strip(" ,.;:-–—!\n") or text.strip()
