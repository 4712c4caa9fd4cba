"""Grades that words or signs suggest without a number; they are confirmed, never noted at once."""

from __future__ import annotations

from handlers.content.lexicon import Lexicon, PhraseKind
from handlers.understanding.reading.said import Said

_MOST_WORDS = 12  # longer texts are a comment, and no grade
_LONGEST = 4  # words of what suggests a grade
_BEFORE = 3  # words in which a negator turns it round
_MIDDLE = 4


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
    if (low and high) or 0 in found or (high and blamed) or (low and said.mood > 0):
        return 0
    if low or high:
        return min(low, default=0) or max(high)
    return _MIDDLE if found else 0


def _asks(said: Said) -> bool:
    """Whether it is a question; "perfecto como siempre" is none."""
    return "?" in said.text or any(start == 0 for start, _ in said.spans(PhraseKind.ASKS))


def _suggestions(words: list[str], lexicon: Lexicon) -> list[int]:
    """By place the grade of the longest phrase that stands there; 0 for one that is denied."""
    found, place = [], 0
    while place < len(words):
        for size in range(min(_LONGEST, len(words) - place), 0, -1):
            grade = lexicon.vague_grades.get(" ".join(words[place : place + size]))
            if grade is not None:
                before = words[max(0, place - _BEFORE) : place]
                found.append(0 if not lexicon.negators.isdisjoint(before) else grade)
                place += size
                break
        else:
            place += 1
    return found
