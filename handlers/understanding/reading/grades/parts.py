"""The grade of a text with several numbers: the one that a part of it gives."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.lexicon.grades import GradeWords
from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.grades.candidates import candidates, is_given
from handlers.understanding.reading.grades.doubt import MOST_BARE
from handlers.understanding.reading.grades.grade import (
    BEST,
    NO_GRADE,
    Grade,
    asked_about,
    words_beside,
)
from handlers.understanding.reading.no_grades import PARTS, breaks_off, is_denied
from handlers.understanding.reading.number_words import value_of

_MOST_LAST = 5  # words of a part that a grade begins
MOST_PLAIN = 8  # words from which on two numbers are hardly all that is said


def alone_in_part(written: str, text: str, lexicon: Lexicon) -> Grade | None:
    """The grade of "fvie, sorry five. Nice staff", "un 4 porque en 2019 era más rápido".

    It stands in a part of the text, up to a "but" or "because", that says nothing else.
    """
    around, values = lexicon.grade.around, set[int]()
    for part in PARTS.split(written):
        tokens = fold(lexicon.break_.split(part, maxsplit=1)[0]).split()
        found = candidates(tokens, lexicon) if len(tokens) <= MOST_BARE else []
        if all(token in around or value_of(token, lexicon) is not None for token in tokens):
            values |= {value for _, value in found}
    value = values.pop() if len(values) == 1 else NO_GRADE
    if not 1 <= value <= BEST:
        return None
    return Grade(value, words_beside(text, fold(text).split(), lexicon), value)


def begins_last_part(written: str, text: str, lexicon: Lexicon) -> Grade | None:
    """The grade of "tengo 83 años y me trataron bien, siete con felicitaciones": it is asked.

    In words: digits are found wherever they stand.
    """
    parts = [part for part in PARTS.split(written) if fold(part)]
    tokens = fold(parts[-1]).split() if len(parts) > 1 else []
    if not tokens or len(tokens) > _MOST_LAST or tokens[0].isdecimal():
        return None
    words = lexicon.grade
    if not (words.joining | words.around | words.to_area).issuperset(tokens[1:2]):
        return None  # "fui dos veces, tres en verano"
    found = candidates(tokens, lexicon)
    return asked_about(found[0][1], text, lexicon) if [at for at, _ in found] == [0] else None


def behind_denied(
    written: str, text: str, denied: frozenset[int], lexicon: Lexicon
) -> Grade | None:
    """The grade of "seis no, pensándolo bien cinco", "un cero, pero como no hay, uno".

    It ends the text, in a part of its own, and is the only one that is not denied: it is asked.
    """
    last = [part for part in PARTS.split(written) if part.strip()][-1:]
    tokens = fold(last[0]).split() if last else []
    if len(tokens) > MOST_PLAIN or (tokens and value_of(tokens[-1], lexicon) is None):
        return None
    found = candidates(tokens, lexicon, cued_only=False)
    values = {value for _, value in found} - denied
    value = values.pop() if len(values) == 1 else NO_GRADE
    ends = bool(found) and found[-1][0] == len(tokens) - 1
    return asked_about(value, text, lexicon) if ends else None


def begun_with(written: str, text: str, values: set[int], lexicon: Lexicon) -> Grade | None:
    """The grade of "un 4 porque llegué el 25", asked about where another may be meant."""
    grade = alone_in_part(written, text, lexicon)
    if grade is None:
        return None
    return replace(grade, doubtful=any(1 <= value <= BEST for value in values - {grade.value}))


def ended_with(
    tokens: list[str], text: str, found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The grade of "llegué 8:15 y salí 9:05 un 6", which is asked about."""
    place, value = found[-1] if found else (0, NO_GRADE)
    ends = place == len(tokens) - 1 and tokens[place - 1] in lexicon.number.articles
    if not ends or not 1 <= value <= BEST:
        return None
    return Grade(value, text.strip(), value, doubtful=True)


def last_of_several(
    text: str, tokens: list[str], found: list[tuple[int, int]], words: GradeWords
) -> Grade | None:
    """Two numbers: "no un 6, un 7" and "era un 3, no un 7" say which; else it is not known.

    "No alcanza a un 7, pero un 6 sí", "7 no, un 6" and "un 6, perdón, un 5" say so less plainly.
    """
    if breaks_off(text, tokens, found, words):
        _, value = found[-1]
        said = text.strip() if len(tokens) > MOST_PLAIN else ""
        return Grade(value, said, value, doubtful=True) if 1 <= value <= BEST else None
    denied = {value for place, value in found if is_denied(tokens, place, words)}
    left = {value for _, value in found} - denied
    if denied and len(left) == 1:
        value = left.pop()
        unmarked = found[-1][1] in denied and words.marked_off.search(text) is None
        return Grade(value, "", value, unmarked) if 1 <= value <= BEST else Grade(NO_GRADE)
    (first, _), *_, (last, value) = found
    turns = not words.turning.isdisjoint(tokens[first + 1 : last])
    not_denied = words.denies.isdisjoint(tokens[max(0, last - 2) : last])
    if turns and not_denied and 1 <= value <= BEST:
        return Grade(value, text.strip() if len(tokens) > MOST_PLAIN else "", value, doubtful=True)
    return Grade(NO_GRADE) if len(tokens) <= 6 else None


def given_among(
    text: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The one of many numbers that is given: "volví el 7, había 20 personas, les doy un 2"."""
    words = lexicon.grade
    given = {
        value
        for place, value in found
        if is_given(tokens, place, words) or tokens[place - 1] in words.mark
    }
    return asked_about(given.pop() if len(given) == 1 else NO_GRADE, text, lexicon)
