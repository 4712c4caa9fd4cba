"""Grades as people write them: in digits or words, with other words around them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.grades.candidates import (
    ARTICLE,
    candidates,
    has_cue,
    instead_of_half,
    is_of_stars,
    rethought,
    without_zeros,
)
from handlers.understanding.reading.grades.doubt import (
    MOST_BARE,
    is_bound,
    is_doubted,
    is_hedged,
    is_plain,
)
from handlers.understanding.reading.grades.grade import (
    BEST,
    NO_GRADE,
    WORST,
    Grade,
    asked_about,
    words_beside,
)
from handlers.understanding.reading.grades.parts import (
    alone_in_part,
    begins_last_part,
    begun_with,
    behind_denied,
    ended_with,
    given_among,
    last_of_several,
)
from handlers.understanding.reading.no_grades import (
    PARTS,
    ended_by_no,
    is_denied_behind,
    is_sum,
    refused,
    theirs_meant,
    without_narrowly,
    without_supposed,
    without_told,
)
from handlers.understanding.reading.number_words import (
    DECIMAL,
    is_half,
    names_number,
    read_numbers,
    value_of,
)

MOST_WORDS = 150  # of a text in which a grade is looked for
_OF_STARS = 5  # stars at most
_OTHER_BEST = (5, 10, 20, 100)  # of scales that are known
# What is no grade although it has digits: decimals, times, amounts, dates, ids.
_NEGATIVE = re.compile(r"(?<![\w.])[-−–]\s?\d")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_LONG_NUMBER = re.compile(
    r"\d{3,}|\d[.,]\d{3}\b|\d{1,2}[:/-]\d{1,2}|[$#º°]\s*\d+|\bn[º°]\s*\d+", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:[$#º°]\s*|\bn[º°]\s*)?\d+(?:[.,:/-]\d+)*(?:-[\dk]\b)?", re.IGNORECASE)


_ALONE = {str(grade): Grade(grade, "", grade) for grade in range(1, 8)}


def read_grade(text: str, lexicon: Lexicon) -> Grade | None:
    """The grade that ``text`` gives, or None when it gives none.

    Understood: "6", "seis", "un 6", "6,0", "6 de 7", "hola 7", "un 7 po", "no no siete, disculpe",
    "7 muy bien", "sieteeee", "siete coma cero". "6,5", "6 y medio", "0", "8" and "-1" are no grade
    (value 0). What counts or names something else ("3 horas", "ventanilla 4") is no number of its
    own, nor is what others gave ("mi vecina le puso un 2").
    """
    if text in _ALONE:
        return _ALONE[text]
    if not names_number(fold(text), lexicon):
        return None
    return _at_end(text, lexicon) or _read_whole(text, lexicon)


def _at_end(text: str, lexicon: Lexicon) -> Grade | None:
    """ "Un 1, y si pudiera menos": the best or worst grade, which is meant to the utmost."""
    left = lexicon.grade.beyond.sub(" ", text)
    given = _read_whole(left, lexicon) if left != text else None
    return given if given is not None and given.value in (WORST, BEST) else None


def _read_whole(text: str, lexicon: Lexicon) -> Grade | None:
    own = without_told(text, lexicon)
    if theirs := theirs_meant(text, own, lexicon):
        return Grade(theirs, text.strip(), theirs, doubtful=True)
    given = _read_own(own, lexicon)
    if given is None or own == text:
        return given
    return replace(given, words=text.strip(), doubtful=True)


def _read_own(text: str, lexicon: Lexicon) -> Grade | None:
    """As ``read_grade``, of a text without grades that others gave."""
    text = _without_decimals(text, lexicon)
    folded = fold(text)
    tokens = folded.split()
    if not tokens or len(tokens) > MOST_WORDS:
        return None
    if _NEGATIVE.search(text) and len(tokens) <= 3:
        return Grade(NO_GRADE)
    words = lexicon.grade
    written = without_supposed(words.scale.sub(" ", text), folded, words)
    spoken = folded if written == text else fold(written)
    if is_half(written, spoken, lexicon):
        return _half(written, spoken, text, lexicon)
    if is_sum(written, lexicon):
        return _given_in_part(written, text, lexicon) or Grade(NO_GRADE)
    on_scale = _on_scale(text, written, spoken, lexicon)
    if on_scale is not None:
        return on_scale if on_scale.value else _given_in_part(written, text, lexicon) or on_scale
    if _LONG_NUMBER.search(written) and len(tokens) > 1:
        return _beside_long_number(written, text, lexicon)
    return _among_numbers(text, written, spoken, lexicon)


def _half(written: str, spoken: str, text: str, lexicon: Lexicon) -> Grade:
    """The whole grade that is given beside a half one, or that the half is rounded to."""
    instead = asked_about(instead_of_half(written, lexicon), text, lexicon)
    given = _given_in_part(DECIMAL.sub(" x ", written), text, lexicon)
    rounded = given or _rounded(written, spoken, lexicon)
    return rounded or instead or Grade(NO_GRADE)  # "¿6,5 no hay? entonces un 6"


def _among_numbers(text: str, written: str, spoken: str, lexicon: Lexicon) -> Grade | None:
    """The grade among the numbers that may be one, without those that are refused."""
    tokens = without_zeros(spoken).split()
    if meant := asked_about(rethought(written, lexicon), text, lexicon):
        return meant
    denied = refused(written, lexicon)
    found = [one for one in candidates(tokens, lexicon) if one[1] not in denied]
    values = {value for _, value in found}
    if NO_GRADE in values or (denied and not values):  # "¿cero no se puede? entonces un 1"
        plain = None if denied else alone_in_part(written, text, lexicon)
        instead = plain or behind_denied(written, text, denied | {NO_GRADE}, lexicon)
        if instead is not None or not values:
            return instead
    if not values:
        alone = alone_in_part(written, text, lexicon)
        return alone or begins_last_part(written, text, lexicon)
    if is_bound(tokens, frozenset(place for place, _ in found), lexicon):
        return _given_in_part(written, text, lexicon) or Grade(NO_GRADE)
    if len(values) > 1:
        return _of_several(text, written, tokens, found, lexicon)
    return _only_one(text, written, tokens, found, lexicon)


def _of_several(
    text: str, written: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The one of different numbers that is given; no grade where that is not known."""
    last = last_of_several(text, tokens, found, lexicon.grade)
    if last is not None and last.value:
        return last
    given = given_among(text, tokens, found, lexicon)
    given = given or begun_with(written, text, {value for _, value in found}, lexicon)
    return given or _given_in_part(written, text, lexicon) or last


def _only_one(
    text: str, written: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The one number that is said, unless it is denied, and whether it is doubtful."""
    words, said = lexicon.grade, fold(text).split()
    value = found[0][1]
    if is_denied_behind(written, value, lexicon):
        return Grade(NO_GRADE)
    if value == _OF_STARS and is_of_stars(tokens, lexicon):
        value = BEST
    if not 1 <= value <= BEST:
        if len(said) <= 8:
            return Grade(NO_GRADE, "", value)
        return begins_last_part(written, text, lexicon)  # "a los 60 subí solo, dos por eso"
    doubtful = written != text and fold(written) != fold(words.scale.sub(" ", text))
    doubtful = doubtful or not is_plain(written, tokens, found, lexicon)
    doubtful = doubtful or is_hedged(written, tokens, words)
    doubtful = doubtful or bool(words.denied.search(written) or ended_by_no(written, lexicon))
    if any(is_doubted(tokens, place, words) for place, _ in found):
        instead = behind_denied(written, text, frozenset({value}), lexicon)
        if instead is not None:  # "iba a poner 3 pero la niña salvó, cuatro"
            return instead
        doubtful = True
    return Grade(value, words_beside(text, said, lexicon), value, doubtful)


def _without_decimals(text: str, lexicon: Lexicon) -> str:
    """ "Siete coma cero" is a 7; "5 %" is none."""

    def whole(found: re.Match[str]) -> str:
        return found[0] if value_of(fold(found[1]), lexicon) is None else found[1]

    return lexicon.grade.no_decimals.sub(whole, _PERCENT.sub(" x ", text))


def _beside_long_number(written: str, text: str, lexicon: Lexicon) -> Grade | None:
    """The grade of "esperé desde las 10:30, le pongo un 2", "gasté 15.000 pesos, un 1".

    It is given explicitly or stands alone: digits of a telephone or of a date give none.
    """
    rest = _NUMBER.sub(lambda one: " x " if _LONG_NUMBER.search(one[0]) else one[0], written)
    tokens = fold(rest).split()
    if not has_cue(tokens, lexicon.grade):
        found = candidates(tokens, lexicon)
        grade = begun_with(rest, text, {value for _, value in found}, lexicon)
        return grade or ended_with(tokens, text, found, lexicon)
    grade = read_grade(rest, lexicon)
    if grade is None or not grade.value:
        return None
    words = words_beside(text, fold(text).split(), lexicon)
    return Grade(grade.value, words, grade.number, grade.doubtful)


def numbers_given(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Every number of a text that may be a grade from 1 to 7, in their order."""
    if not names_number(fold(text), lexicon):
        return ()
    text = lexicon.number.unlike.sub(" ", text)
    folded = without_zeros(fold(_without_decimals(text, lexicon)))
    found = candidates(folded.split(), lexicon, cued_only=False)
    return tuple(dict.fromkeys(value for _, value in found if 1 <= value <= BEST))


def read_only_number(text: str, lexicon: Lexicon) -> int | None:
    """The one number that the text consists of: "1", "siete", "6.0", "un 6". None otherwise."""
    return number_alone(text, read_grade(text, lexicon), lexicon)


def number_alone(text: str, grade: Grade | None, lexicon: Lexicon) -> int | None:
    """As ``read_only_number``, of a text whose grade was read already."""
    if grade is not None and not grade.words:
        return grade.number
    if not names_number(fold(text), lexicon):
        return None
    numbers = read_numbers(text, lexicon)
    return numbers[0] if len(numbers) == 1 else None


def _rounded(written: str, spoken: str, lexicon: Lexicon) -> Grade | None:
    """ "6,5 para arriba" means a 7; None where it is not said which whole grade is meant."""
    words, tokens = lexicon.grade, spoken.split()
    up, down = words.rounds_up.find(tokens), words.rounds_down.find(tokens)
    decimal = DECIMAL.search(written)
    first = decimal[1] if decimal else next((t for t in tokens if value_of(t, lexicon)), "")
    whole = value_of(first, lexicon) or NO_GRADE
    if bool(up) == bool(down) or not whole:
        return None
    value = whole + bool(up)
    return Grade(value, "", value, doubtful=True) if value <= BEST else None


def _on_scale(text: str, written: str, spoken: str, lexicon: Lexicon) -> Grade | None:
    """ "6 de 7", "sis sou sèt"; "8 de 10" is a grade of another scale."""
    scale = lexicon.grade.on_scale.search(written)
    if scale is not None:
        value, most, said = int(scale[1]), int(scale[2]), scale[0]
    else:
        in_words = lexicon.grade.on_scale_in_words.fullmatch(spoken)
        if in_words is None:
            return None
        numbers = value_of(in_words[1], lexicon), value_of(in_words[2], lexicon)
        if numbers[0] is None or numbers[1] is None:
            return None
        value, most, said = numbers[0], numbers[1], text
    if most != BEST:
        return Grade(NO_GRADE) if most in _OTHER_BEST else None
    if not 1 <= value <= BEST:
        return Grade(NO_GRADE, "", value)
    rest = text.replace(said, " ", 1)
    return Grade(value, words_beside(rest, fold(rest).split(), lexicon, whole=rest), value)


def _given_in_part(written: str, text: str, lexicon: Lexicon) -> Grade | None:
    """The grade of "fui el 4 y volví el 9, un 6", "ni 6 ni 7, un 5": a short part ends in it.

    Other numbers stand beside it, so that it is confirmed.
    """
    marks = lexicon.number.articles | lexicon.grade.mark | {ARTICLE}
    parts = [part for part in PARTS.split(written.replace(":", " ")) if part.strip()]
    if len(parts) == 1:
        return None
    given = set[int]()
    for part in parts:
        tokens = without_narrowly(fold(part).split(), lexicon)
        beside = lexicon.grade.around | lexicon.grade.cues
        gives = not marks.isdisjoint(tokens[-2:-1]) or beside.issuperset(tokens[:-1])  # "o sea 6"
        if 1 < len(tokens) <= MOST_BARE and gives:
            grade = read_grade(part, lexicon)
            given.add(grade.value if grade is not None else NO_GRADE)
    value = given.pop() if len(given) == 1 else NO_GRADE
    return Grade(value, text.strip(), value, doubtful=True) if value else None
