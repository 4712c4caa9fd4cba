"""Grades as people write them, and the one number that a text consists of."""

from __future__ import annotations

import re

from msgspec import Struct

from handlers.text.folding import fold
from handlers.understanding.reading.numbers import number_of, read_numbers

# Words that may stand round a grade without being anything else.
_ROUND_A_GRADE = frozenset(
    (
        "a al ay ahi bueno creo cuenta de del digo disculpe doy el era es ese este eso favor "
        "final fue nomas gracias la le les lo me mejor merece merecen mi nota no o ok perdon "
        "pero pone ponele pongale pongan pongo ponle ponles por puse punto puntos que quise "
        "seria si solo su sus un una yo ya estrella estrellas perfecto excelente redondo "
        "rotundo claro the i give it out would say sorry please grade my mark"
    ).split()
)
_WITH_WORDS = re.compile(
    r"\s*(?:nota\s+|un\s+|una\s+)?([1-7]|uno|dos|tres|cuatro|cinco|seis|siete)"
    r"\s*(?:[,.;:)\-–—]+\s+|\s+(?:porque|por que|pero|ya que|because)\s+)(\S.{3,})",
    re.IGNORECASE | re.DOTALL,
)
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


def read_grade(text: str) -> Grade | None:
    """The grade that ``text`` gives, or None when it is not about a grade at all.

    Understood: "6", "seis", "un 6", "6,0", "le pongo un seis", "no no siete, disculpe",
    "6, muy buena atención". "6,5", "0", "8" and "10" are found as no grade (value 0).
    """
    if text in _DIGITS:
        return _DIGITS[text]
    with_words = _WITH_WORDS.match(text)
    if with_words and len(fold(with_words[2]).split()) >= 2:
        number = number_of(with_words[1].lower())
        rest = set(fold(with_words[2]).split())
        if number is not None and not rest <= _ROUND_A_GRADE:
            return Grade(number, with_words[2].strip(), number)
    if len(text) > _LONGEST:
        return None
    plain = _DECIMAL.sub(lambda m: m[1] if not m[2].strip("0") else _NO_GRADE, text)
    plain = _OUT_OF.sub(lambda m: m[1] if m[2] == "7" else _NO_GRADE, plain)
    tokens = fold(plain).split()
    if not tokens or len(tokens) > 9:
        return None
    numbers = [(token, number) for token in tokens if (number := number_of(token)) is not None]
    if len(numbers) > 1:  # "un siete", "una nota seis": the article is no number
        numbers = [pair for pair in numbers if pair[0] != "una"]
    if not numbers or len({number for _, number in numbers}) > 1:
        return None
    others = {token for token in tokens if number_of(token) is None}
    if not others <= _ROUND_A_GRADE:
        return None
    number = numbers[0][1]
    if _NO_GRADE.strip() in tokens:
        return Grade(0)
    return Grade(number if 1 <= number <= 7 else 0, "", number)


def read_number(text: str) -> int | None:
    """The one number that the text consists of: "1", "siete", "6.0", "un 6". None otherwise."""
    found = read_grade(text)
    if found and not found.words:
        return found.number
    numbers = read_numbers(text)
    return numbers[0] if len(numbers) == 1 else None


_LISTED = re.compile(
    r"(?:la |el |opcion |option )?([1-9]|[a-d])"
    r"(?: (?:pero|por favor|porfa|gracias|please|but)\b.*)?"
)


def read_listed(text: str) -> int | None:
    """Which option of a numbered list is meant: "2", "la 2", "b", "A pero no repito todo"."""
    number = read_number(text)
    if number is not None:
        return number
    match = _LISTED.fullmatch(fold(text))
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else "abcd".index(match[1]) + 1


_GIVES_A_GRADE = re.compile(r"\b(?:pon(?:le|les|go|gan|gale)|nota|califico|grade)\b")


def gives_grade(folded: str) -> bool:
    """True for "ponles un 1": a grade is given, though nothing asked for one."""
    return bool(_GIVES_A_GRADE.search(folded))


_SEEMS = frozenset(
    (
        "bien bueno buena mal malo mala regular masomenos mas o menos excelente pesimo pesima "
        "nose no se normal ahi nomas mas menos muy super good bad so"
    ).split()
)


def seems_a_grade(folded: str) -> bool:
    """Meant as a grade, though it is none: "más o menos", "muy buena", "ahí nomás", emojis."""
    tokens = folded.split()
    return len(tokens) <= 4 and all(token in _SEEMS or token.isdecimal() for token in tokens)
