"""Numbers in words, however they are drawn out or made small: "unooo", "seisito", "sietes"."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from handlers.content.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.phrases import sound
from handlers.understanding.reading.numbers import number_of

_SHORTEST_MISSPELT, _FEW = 4, 4  # letters, words
_DRAWN_OUT = re.compile(r"(.)\1+")
_GRADE_WORDS = (("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7))
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}
# "Seisito", "un cinquito", "puros sietes"; by stem.
_SMALL = re.compile(
    r"(un|dos|tres|cuatr|cinqu|cink|seis|siet|sietec)(?:it|ill)[oa]s?|(sietes|cincos|cuatros|doses)"
)
_STEMS = {
    **{"un": 1, "dos": 2, "tres": 3, "cuatr": 4, "cinqu": 5, "cink": 5, "seis": 6, "siet": 7},
    **{"sietec": 7, "sietes": 7, "cincos": 5, "cuatros": 4, "doses": 2},
}
_BY_SOUND = {
    sound(word)[0]: value
    for word, value in (
        *_GRADE_WORDS,
        *(("dos", 2), ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("sept", 7)),
        *(("twa", 3), ("kat", 4), ("senk", 5), ("sis", 6), ("sèt", 7)),
    )
}
_ARTICLES = frozenset({"un", "una"})


def value_of(token: str, lexicon: Lexicon) -> int | None:
    """The number that one folded word is, in digits or in words."""
    if token.isdecimal():
        return int(token) if len(token) <= 2 else None
    value = number_of(token, lexicon)
    if value is not None:
        return value
    plain = _DRAWN_OUT.sub(r"\1", token)
    if plain != token and plain not in _ARTICLES and lexicon.numbers.get(plain) is not None:
        return lexicon.numbers[plain]
    small = _SMALL.fullmatch(token)
    if small is not None:
        return _STEMS[small[1] or small[2]]
    heard = sound(plain)
    return _BY_SOUND.get(heard[0]) if len(heard) == 1 else None


def read_misspelt(text: str, courtesy: frozenset[str]) -> int:
    """ "Sies", "un cuartro po", "VII": a number that stands alone, hardly legible; 0: none."""
    tokens = fold(text).split()
    left = [token for token in tokens if token not in courtesy]
    if len(left) != 1 or len(tokens) > _FEW:
        return 0
    if left[0] in _ROMAN and (len(tokens) == 1 or left[0] not in text):  # "vi" in a sentence
        return _ROMAN[left[0]]
    if len(left[0]) < _SHORTEST_MISSPELT:
        return 0
    near = [value for word, value in _GRADE_WORDS if OSA.distance(left[0], word) == 1]
    return near[0] if len(near) == 1 else 0
