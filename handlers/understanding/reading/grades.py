"""Grades as people write them, and the one number that a text consists of."""

from __future__ import annotations

import re

from msgspec import Struct

from handlers.content.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.numbers import number_of, read_numbers

_LONGEST = 100  # characters of a text that still may be nothing but a grade
_NO_GRADE = " 00 "  # stands for "6,5" and "6/10"
_DECIMAL = re.compile(r"\b(\d{1,2})[.,](\d{1,2})\b")
_OUT_OF = re.compile(r"\b(\d{1,2})\s*/\s*(\d{1,2})\b")


class Grade(Struct, frozen=True):
    """A grade that was read out of a text. ``value`` 0: a number that is no grade from 1 to 7."""

    value: int
    words: str = ""  # what was said beside it
    number: int | None = None  # the whole number that was read, grade or not


_DIGITS = {str(grade): Grade(grade, "", grade) for grade in range(1, 8)}


def read_grade(text: str, lexicon: Lexicon) -> Grade | None:
    """The grade that ``text`` gives, or None when it is not about a grade at all.

    Understood: "6", "seis", "un 6", "6,0", "le pongo un seis", "no no siete, disculpe",
    "6, muy buena atención". "6,5", "0", "8" and "10" are found as no grade (value 0).
    """
    if text in _DIGITS:
        return _DIGITS[text]
    with_words = lexicon.grade_with_reason.match(text)
    if with_words and len(fold(with_words[2]).split()) >= 2:
        number = number_of(with_words[1].lower(), lexicon)
        rest = set(fold(with_words[2]).split())
        if number is not None and not rest <= lexicon.around_grade:
            return Grade(number, with_words[2].strip(), number)
    if len(text) > _LONGEST:
        return None
    plain = _DECIMAL.sub(lambda m: m[1] if not m[2].strip("0") else _NO_GRADE, text)
    plain = _OUT_OF.sub(lambda m: m[1] if m[2] == "7" else _NO_GRADE, plain)
    tokens = fold(plain).split()
    if not tokens or len(tokens) > 9:
        return None
    read = [(token, number_of(token, lexicon)) for token in tokens]
    numbers = [(token, number) for token, number in read if number is not None]
    if len(numbers) > 1:  # "un siete", "una nota seis": the article is no number
        numbers = [pair for pair in numbers if pair[0] not in lexicon.articles]
    if not numbers or len({number for _, number in numbers}) > 1:
        return None
    others = {token for token, number in read if number is None}
    if not others <= lexicon.around_grade:
        return None
    number = numbers[0][1]
    if _NO_GRADE.strip() in tokens:
        return Grade(0)
    return Grade(number if 1 <= number <= 7 else 0, "", number)


def read_number(text: str, lexicon: Lexicon) -> int | None:
    """The one number that the text consists of: "1", "siete", "6.0", "un 6". None otherwise."""
    found = read_grade(text, lexicon)
    if found and not found.words:
        return found.number
    numbers = read_numbers(text, lexicon)
    return numbers[0] if len(numbers) == 1 else None


def read_listed(text: str, lexicon: Lexicon) -> int | None:
    """Which option of a numbered list is meant: "2", "la 2", "b", "A pero no repito todo"."""
    number = read_number(text, lexicon)
    if number is not None:
        return number
    first, _, rest = fold(text).partition(" ")
    if first in lexicon.before_option and rest:
        first, _, rest = rest.partition(" ")
    if rest and not any(f"{rest} ".startswith(f"{tail} ") for tail in lexicon.after_option):
        return None
    if len(first) != 1:
        return None
    return int(first) if first in "123456789" else "_abcd".find(first) if first in "abcd" else None


def seems_a_grade(folded: str, lexicon: Lexicon) -> bool:
    """Meant as a grade, though it is none: "más o menos", "muy buena", "ahí nomás", emojis."""
    tokens = folded.split()
    return len(tokens) <= 4 and all(t in lexicon.seems_grade or t.isdecimal() for t in tokens)
