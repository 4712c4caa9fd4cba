"""Places, references and telephone numbers that stand in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.text.folding import INVISIBLE, fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.reading.said import Said

_REFERENCE = re.compile(r"\d{3,}|\b\d{1,2}[-/.]\d{1,2}\b")
_PHONE = re.compile(r"(?:\d[ .()-]{0,2}){8,}")
_MOST_OF_NAME = 3  # words of "avenida del mar"
_FEWEST_DICTATED = 6  # number words in a row
_WORD = re.compile(rf"\d+|(?:[^\W\d_]|[{INVISIBLE}])+")


def names_place(said: Said) -> bool:
    """Whether the number of a house or two streets stand in the words."""
    return bool(said.lexicon.house_number.search(said.text)) or _names_corner(said)


def is_place_alone(said: Said) -> bool:
    """ "Vicuña 233": the number of a house, its street, and nothing besides."""
    found = said.lexicon.house_number.search(said.text)
    beside = fold(said.text.replace(found[0], " ", 1)) if found is not None else said.folded
    return found is not None and said.lexicon.place_fillers.issuperset(beside.split())


def _names_corner(said: Said) -> bool:
    """Whether two names stand around "con" or "esquina": "Los Arrayanes con Monjitas".

    In small letters only where nothing else stands in their part: "en colón con matta".
    """
    spans = said.spans(PhraseKind.AT_CORNER)
    written = _WORD.findall(said.text)
    if len(written) != len(said.words):
        return False
    return any(_has_names_around(written, *span) or _is_corner(said, *span) for span in spans)


def names_corner_within(said: Said) -> bool:
    """ "Un hoyo en balmaceda con amunategui", in small letters among other words."""
    for start, end in said.spans(PhraseKind.AT_CORNER):
        before, after = said.words[max(0, start - _MOST_OF_NAME) : start], said.words[end : end + 1]
        leads = [at for at, word in enumerate(before, 1) if word in said.lexicon.corner_leads]
        if leads and _is_name(said, before[leads[-1] :]) and _is_name(said, after):
            return True
    return False


def tells_corner(said: Said) -> bool:
    """ "Sí, pero es en calle amunátegui con larraín": told, and not denied."""
    return names_corner_within(said) and said.lexicon.negators.isdisjoint(said.words)


def _has_names_around(written: Sequence[str], start: int, end: int) -> bool:
    inside = start > 0 and end < len(written)
    return inside and written[start - 1].istitle() and written[end].istitle()


def _is_corner(said: Said, start: int, end: int) -> bool:
    """Whether "en", one name, this word and another name are a part of the text."""
    begin = max(part for part in said.part_starts if part <= start)
    stop = next((part for part in said.part_starts if part > start), len(said.words))
    before, after = said.words[begin:start], said.words[end:stop]
    led = said.lexicon.corner_leads.issuperset(before[:1])
    return led and all(_is_name(said, name) for name in (before[1:], after))


def _is_name(said: Said, words: Sequence[str]) -> bool:
    """ "Av del mar", "cuatro esquinas"; neither "mi hijo" nor "la noche"."""
    return 0 < len(words) <= _MOST_OF_NAME and words[0] not in said.lexicon.no_street


def names_reference(said: Said) -> bool:
    """Whether a number or a date stands in the words, by which a file is found."""
    months = frozenset[str]().union(*said.lexicon.months)
    return bool(_REFERENCE.search(said.text)) or not months.isdisjoint(said.folded.split())


def names_phone(said: Said) -> bool:
    """Whether a telephone number stands in the words, in digits or dictated one by one."""
    if _PHONE.search(said.text):
        return True
    lexicon, dictated = said.lexicon, 0
    for word in said.words:
        if word in lexicon.number.values:
            dictated += 1
        elif word not in lexicon.between_numbers:
            dictated = 0
        if dictated >= _FEWEST_DICTATED:
            return True
    return False
