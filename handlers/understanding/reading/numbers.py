"""Numbers as people write them: in digits or words, alone or several."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold


def number_of(word: str, lexicon: Lexicon) -> int | None:
    """The number that one folded word is."""
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return lexicon.number.values.get(word)


def read_numbers(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """The numbers of a text that holds nothing but numbers and "y": "1, 3 y 4" → (1, 3, 4)."""
    numbers: list[int] = []
    for token in fold(text).split():
        number = number_of(token, lexicon)
        if number is not None:
            numbers.append(number)
        elif token not in lexicon.between_numbers:
            return ()
    return tuple(numbers)


def lettered_option(folded: str, lexicon: Lexicon) -> int | None:
    """Which option of a list is meant: "b", "la 2 por favor", "a pero no repito todo"."""
    match = lexicon.number.option.fullmatch(folded)
    if match is None:
        return None
    return int(match[1]) if match[1].isdecimal() else "abcd".index(match[1]) + 1
