"""Numbers as people write them: in digits or words, also drawn out or made small ("seisito")."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import REPEATED, fold, undoubled
from handlers.text.phrases import sound_of_word
from handlers.text.turn_cache import turn_cached

_SHORTEST_MISSPELT, _FEW = 4, 6  # letters, words
_LEAST = 3  # the lowest grade whose word is long enough to be known with a slip
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}
DECIMAL = re.compile(r"(?<![\d.,])(\d)[.,](\d{1,2})(?![\d.,]*\d)")
_BEST = 7
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=4_096)  # most words are asked about again and again
def value_of(token: str, lexicon: Lexicon) -> int | None:
    """The number that one folded word is, in digits or in words, however it is spelt."""
    if token.isdecimal():
        return int(token) if len(token) <= 2 else None
    words = lexicon.number
    if token in words.values:
        return words.values[token]
    plain = undoubled(token) if REPEATED.search(token) else token
    if plain != token and plain not in words.articles and plain in words.values:
        return words.values[plain]
    small = words.small.fullmatch(token)
    if small is not None:
        return words.stems[small[1]]
    return words.by_sound.get(sound_of_word(plain))


def exact_number(word: str, lexicon: Lexicon) -> int | None:
    """The number that one folded word is, if it is written right; see ``value_of``."""
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return lexicon.number.values.get(word)


def read_numbers(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """The numbers of a text that holds nothing but numbers and "y": "1, 3 y 4" → (1, 3, 4)."""
    numbers: list[int] = []
    for token in fold(text).split():
        number = exact_number(token, lexicon)
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


@turn_cached(256)  # a message is asked about by each recogniser that reads numbers
def names_number(folded: str, lexicon: Lexicon) -> bool:
    """Whether any number stands in a folded text, in digits or in words: most texts hold none."""
    if _DIGIT.search(folded):
        return True
    return bool([token for token in folded.split() if value_of(token, lexicon) is not None])


def read_spelt(text: str, lexicon: Lexicon) -> int:
    """ "S i e t e": a number's word, letter by letter; 0: none."""
    letters = fold(text).split()
    if len(letters) < _LEAST or any(len(letter) > 1 for letter in letters):
        return 0
    return lexicon.number.heard.get("".join(letters), 0)


def read_misspelt(text: str, lexicon: Lexicon) -> int:
    """ "Sies", "un cuartro po", "VII": a number that stands alone, hardly legible; 0: none."""
    tokens = fold(text).split()
    left = [token for token in tokens if token not in lexicon.grade.around]
    if len(left) != 1 or len(tokens) > _FEW or left[0] in lexicon.number.values:
        return 0  # "seis no" is spelt well
    if left[0] in _ROMAN and (len(tokens) == 1 or left[0] not in text):  # "vi" in a sentence
        return _ROMAN[left[0]]
    if len(left[0]) < _SHORTEST_MISSPELT:
        return 0
    near = {
        value
        for word, value in lexicon.number.heard.items()
        if value >= _LEAST and OSA.distance(left[0], word) == 1
    }
    return near.pop() if len(near) == 1 else 0


def is_half(written: str, spoken: str, lexicon: Lexicon) -> bool:
    """ "6,5", "6 y medio", "seis coma cinco"; "6,0" is a whole grade."""
    words, tokens = lexicon.grade, spoken.split()
    halves = {start for start, _ in words.half.spans(tokens)}
    if any(_is_of_grade(tokens, place, lexicon) for place in halves) or "½" in written:
        return True
    point = next((place for place, token in enumerate(tokens) if token in words.points), 0)
    if point and point + 1 < len(tokens):
        before, after = value_of(tokens[point - 1], lexicon), value_of(tokens[point + 1], lexicon)
        if before is not None and after is not None:
            return True
    decimal = DECIMAL.search(written)
    return bool(decimal and decimal[2].strip("0"))


def _is_of_grade(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """Whether "y medio" stands behind a grade: "hora y media" and "a las cinco y media" do not."""
    before = tokens[max(0, place - 2) : place]
    value = value_of(before[-1], lexicon) if before else None
    return value is not None and value <= _BEST and lexicon.grade.clock.isdisjoint(before[:-1])
