"""Grades that words or signs suggest without a number; they are confirmed, never noted at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.kinds import PhraseKind
from handlers.understanding.reading.said import Said

_MOST_WORDS = 12  # longer texts are a comment, and no grade
_LONGEST = 5  # words of what suggests a grade
_BEFORE = 3  # words in which a negator turns it round
_MIDDLE = 4
_WORST, _BEST = 1, 7
LOW, HIGH = 3, 6  # a grade up to LOW, given or suggested, blames; from HIGH on it praises


def suggested_within(said: Said) -> int:
    """What "pésima la atención", "todo muy bien, gracias" suggest; 0 where that is not plain.

    Of several on the same side of a 4 the outermost counts; praise beside blame suggests nothing.
    """
    words = said.folded.split()
    if _asks(said) or not words or len(words) > _MOST_WORDS:
        return 0
    found = set(_suggestions(words, said.lexicon))
    low, high = {g for g in found if g < _MIDDLE}, {g for g in found if g > _MIDDLE}
    blamed = not said.lexicon.blame.isdisjoint(words)  # "bien lenta"
    praised = said.mood > 0 and not (said.lexicon.praise - {_INTENSIFIER}).isdisjoint(words)
    if (low and high) or 0 in found or (high and blamed) or (low and praised):
        return 0
    if high and words[-1] in said.lexicon.grade.narrowly:
        return _MIDDLE  # "azul raspado"
    if low or high:
        return min(low, default=0) or max(high)
    return _MIDDLE if found else 0


def contradicts(grade: int, said: Said) -> bool:
    """ "1, de número uno, los mejores": the scale may be taken the other way round.

    "Un 6, pero el sistema es un desastre", "fue amable, eso sí" weigh both sides.
    """
    weighs = not said.lexicon.contrast.isdisjoint(said.words)
    if weighs or PhraseKind.CONCEDES in said.kinds:
        return False
    suggested = 0 if said.mood else suggested_within(said)
    praised, blamed = said.mood > 0 or suggested >= HIGH, said.mood < 0 or 0 < suggested < LOW
    return (grade <= LOW and praised) or (grade >= HIGH and blamed)


def best_or_worst(said: Said, rated: int = 0) -> int:
    """ "Súbale al máximo", "quise poner el más alto"; 0: neither is said, or both.

    "Le puse la máxima, quería la mínima" means the other one than ``rated``, the grade on record.
    """
    folded = f" {said.folded} "
    if said.lexicon.in_extremes.isdisjoint(folded.split()):
        return 0  # mostly
    found = {
        grade for phrase, grade in said.lexicon.extreme_grades.items() if f" {phrase} " in folded
    }
    if not found <= {_WORST, _BEST}:
        return 0  # "un puntito más que la mínima"
    found = found - {rated} or found
    return found.pop() if len(found) == 1 else 0


def qualifies_noun(words: Sequence[str], end: int, lexicon: Lexicon) -> bool:
    """Whether an extreme that ends at ``end`` is of something else: "la mínima temperatura"."""
    after, grade = words[end : end + 1], lexicon.grade
    beside = grade.around | grade.mark | grade.for_area | grade.joining | lexicon.contrast
    beside |= grade.behind_extreme
    judging = lexicon.praise | lexicon.blame | lexicon.negators | lexicon.after_wish
    return bool(after) and after[0] not in beside | judging


def _asks(said: Said) -> bool:
    """Whether it is a question; "perfecto como siempre" and "como las pelotas" are none."""
    if "?" in said.text:
        return True
    words, begin = said.folded.split(), range(_LONGEST, 1, -1)
    lead = said.lexicon.said_before.leads.match(said.folded)
    starts = {0, len(lead[0].split())} if lead is not None else {0}  # "pérate, cuánto vale …"
    vague = said.lexicon.vague_grades
    if any(" ".join(words[at : at + size]) in vague for at in starts for size in begin):
        return False
    return any(start in starts for start, _ in said.spans(PhraseKind.ASKS))


def _suggestions(words: list[str], lexicon: Lexicon) -> list[int]:
    """By place the grade of the longest phrase that stands there; 0 for one that is denied."""
    found, place = [], 0
    while place < len(words):
        for size in range(min(_LONGEST, len(words) - place), 0, -1):
            grade = _grade_of(words, place, size, lexicon)
            if grade is not None:
                found.append(0 if _is_denied(words, place, lexicon) else grade)
                place += size
                break
        else:
            place += 1
    return found


_INTENSIFIER = "bien"  # "bien" before an adjective says only how much
_MADE_SMALL = re.compile(r"(\w{2,}?)(qu|c)?(?:it|isim)([oa]s?)")  # "penquita", "regularcito"


def _grade_of(words: list[str], place: int, size: int, lexicon: Lexicon) -> int | None:
    said = " ".join(words[place : place + size])
    if said == _INTENSIFIER and place + 1 < len(words):
        after = words[place + 1]
        return lexicon.vague_grades.get(said) if after in lexicon.around_vague else None
    if said in lexicon.extreme_grades and qualifies_noun(words, place + size, lexicon):
        return None
    grade = lexicon.vague_grades.get(said)
    return grade if grade is not None or size > 1 else _made_small(said, lexicon)


def _made_small(word: str, lexicon: Lexicon) -> int | None:
    """The grade of the word that a diminutive or superlative is made of."""
    found = _MADE_SMALL.fullmatch(word)
    if found is None:
        return None
    stem, joint, ending = found[1], found[2] or "", found[3]
    bases = [stem + ending, stem + "e", stem, stem + "c" + ending, stem + joint + ending]
    return next(
        (lexicon.vague_grades[base] for base in bases if base in lexicon.vague_grades), None
    )


def _is_denied(words: list[str], place: int, lexicon: Lexicon) -> bool:
    """ "No muy bien"; but "no más, regular" denies nothing."""
    start = max(0, place - _BEFORE)
    return any(
        words[at] in lexicon.negators and words[at + 1] not in ("mas", "ma")
        for at in range(start, place)
    )
