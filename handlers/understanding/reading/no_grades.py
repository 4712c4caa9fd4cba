"""Numbers that give no grade: what they bound, count, name or only suppose, and doubtful ones."""

from __future__ import annotations

import re

from handlers.content.lexicon import Lexicon

_ARTICLE = r"(?: un| una| el| la| a| yon| nota| nota de)?"
# "Ni un 2", "menos que 1", "sobre 6": it says only what the grade is not.
_BOUND_BEFORE = re.compile(
    r"\b(?:(?<!ni mas )(?:(?<!y )ni|ni siquiera|ni para|ni pa|not even|pa menm)"
    r"|(?<!lo )(?<!al )menos (?:que|de)|less than|lower than|under|below|mwens pase"
    r"|mas (?:que|de)|more than|higher than|above|over|plis pase"
    r"|(?:bajo|abajo de|debajo de|arriba de|encima de|superior a|inferior a))"
    rf"{_ARTICLE}$"
)
_MINUS = re.compile(
    rf"(?:^|\b(?:un|nota|pongo|pondria|doy|merecen?) )(?:menos|minus|moins)"
    rf"{_ARTICLE}$"
)
_OVER = re.compile(r"^(?:un |nota )?sobre(?: un| el)?$")
_BOUND_AFTER = re.compile(
    r"(?:para|pa|hacia|y|and|o|or) (?:arriba|abajo|up|down|above|below|more|less|mas|menos)\b"
)
# "No más de un 3", "como mucho un 4": the grade that is meant, though not plainly.
_AT_MOST = re.compile(
    r"\b(?:no \w+(?: \w+)? (?:mas (?:que|de)|de)|no (?:pasa|pasan|supera|superan|sube) (?:de|del)?"
    r"|(?:como|a lo|por lo|al) (?:mucho|mas|maximo|menos)|at most|at least|no more than)"
    rf"{_ARTICLE}$"
)
_TO = frozenset("o or ou y and a al to e".split())
_ARTICLES = frozenset({"un", "una", "a"})
# A noun in the plural after a number is counted; these are none, or no nouns.
_NOT_COUNTED = frozenset(
    (
        "gracias puntos estrellas estrellitas pues disculpas ustedes nomas demas muchas jajas "
        "saludos bendiciones felicidades ellos ellas todos todas menos ademas entonces solamente "
        "points stars please thanks guys als plus porque honores stelas nadamas minimos"
    ).split()
)
_PLURAL = re.compile(r"[a-z]{3,}[aeiou]s")
_SUPPOSES = re.compile(
    r"\b(?:si|if)\b(?: \w+){0,4}? (?:\w+(?:ara|aran|aras|iera|ieran|ieras|eran|ese|esen)|fuera"
    r"|fueran|hubiera|were|had|would|could)\b"
)
_PARTS = re.compile(r"\s*(?:[,;.!\n]+|\b(?:pero|but|podr[ií]a|podr[ií]an|ser[ií]a)\b)\s*", re.I)


def bounds(tokens: list[str], place: int, numbers: frozenset[int]) -> bool:
    """Whether the number at ``place`` is only a bound of the grade, or a part of a range."""
    before = " ".join(tokens[max(0, place - 5) : place])
    after = " ".join(tokens[place + 1 : place + 3])
    if is_at_most(tokens, place):
        return False
    if _BOUND_BEFORE.search(before) or _BOUND_AFTER.match(after):
        return True
    if _MINUS.search(" ".join(tokens[:place])) or _OVER.search(" ".join(tokens[:place])):
        return True
    between = tokens[place + 1 : next((n for n in sorted(numbers) if n > place), place)]
    if not between or between[0] not in _TO or not _ARTICLES.issuperset(between[1:]):
        return False
    return between[0] != "y" or "entre" in tokens[:place]


def is_at_most(tokens: list[str], place: int) -> bool:
    """ "No les doy más de un 3": that grade, but not plainly."""
    return _AT_MOST.search(" ".join(tokens[max(0, place - 6) : place])) is not None


def counts(tokens: list[str], place: int, lexicon: Lexicon, *, cued: bool) -> bool:
    """Whether a noun in the plural follows: "3 solicitudes". "2 pésimos" counts nothing."""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if cued or tokens[place] == "1" or not _PLURAL.fullmatch(after):
        return False
    return after not in _NOT_COUNTED | lexicon.praise | lexicon.blame


def without_supposed(text: str, folded: str) -> str:
    """The text without what is only supposed: "6, pero sería un 7 si contestaran" leaves "6"."""
    if not _SUPPOSES.search(folded):
        return text
    parts = _PARTS.split(text)
    return ", ".join(part for part in parts if not _SUPPOSES.search(part.lower()))
