"""Numbers as people write them: in digits or words, alone or several."""

from __future__ import annotations

from handlers.text.folding import fold

_NUMBER_WORDS = {
    "cero": 0,
    "uno": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_BETWEEN_NUMBERS = frozenset(["y", "e", "and", "el", "la"])


def number_of(token: str) -> int | None:
    if token.isdecimal() and len(token) <= 2:
        return int(token)
    return _NUMBER_WORDS.get(token)


def read_numbers(text: str) -> tuple[int, ...]:
    """The numbers of a text that holds nothing but numbers and "y": "1, 3 y 4" → (1, 3, 4)."""
    numbers: list[int] = []
    for token in fold(text).split():
        number = number_of(token)
        if number is not None:
            numbers.append(number)
        elif token not in _BETWEEN_NUMBERS:
            return ()
    return tuple(numbers)
