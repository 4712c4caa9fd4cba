"""Whether a grade is plainly given: what is not is confirmed before it is noted."""

from __future__ import annotations

from handlers.content.lexicon.grades import GradeWords
from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.grades.candidates import has_cue
from handlers.understanding.reading.no_grades import PARTS, bounds, ends_of_ranges
from handlers.understanding.reading.number_words import value_of

_BESIDE = 12  # words on either side of a number in which phrases about it are looked for
_NUMBER = "0"  # stands for it, in digits or not
MOST_BARE = 4  # words up to which a number among them is all that is said


def is_plain(text: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon) -> bool:
    """Whether a number is given as a grade: at the beginning, by a word, or in a part of its own.

    "Tenían 1 sola persona" and "van en el 3" say it only by chance.
    """
    words = lexicon.grade
    if has_cue(tokens, words):
        return True
    for place, _ in found:
        before, after = tokens[place - 1] if place else "", tokens[place + 1 : place + 2]
        if place == 0 or before in words.plain_cues or not words.units.isdisjoint(after):
            return True
    parts = (fold(part).split() for part in PARTS.split(text))
    return any(
        len(part) <= MOST_BARE
        and any(value_of(word, lexicon) is not None for word in part)
        and all(_says_nothing_else(word, lexicon) for word in part)
        for part in parts
    )


def _says_nothing_else(word: str, lexicon: Lexicon) -> bool:
    """The words of "muy buena 7", but not those of "fui 2"."""
    told = (lexicon.grade.around, lexicon.praise, lexicon.blame, lexicon.around_vague)
    return value_of(word, lexicon) is not None or any(word in words for words in told)


def is_doubted(tokens: list[str], place: int, words: GradeWords) -> bool:
    """ "Iba a poner un 6", "no más de un 3", "7 si me arreglan el hoyo": hardly given."""
    before, after = tokens[max(0, place - _BESIDE) : place], tokens[place + 1 : place + 1 + _BESIDE]
    if before and before[-1] in words.articles:
        before = before[:-1]
    at, near = len(before), [*before, _NUMBER, *after]
    return any(start <= at < end for start, end in words.doubtful.spans(near))


def is_bound(tokens: list[str], places: frozenset[int], lexicon: Lexicon) -> bool:
    """Whether a number only bounds the grade: "ni un 2", "de 5 a 6"."""
    words, numbers = lexicon.grade, places | ends_of_ranges(tokens, lexicon)
    return any(
        bounds(tokens, place, numbers, words) and not is_doubted(tokens, place, words)
        for place in places
    )


def is_hedged(text: str, tokens: list[str], words: GradeWords) -> bool:
    """ "Casi un 7", "maybe a 5", "2 estrellas" (of how many?), "¿un 6?"."""
    if "?" in text or not words.hedges.isdisjoint(tokens):
        return True
    return bool(words.hedging.find(tokens))
