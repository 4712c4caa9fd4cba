"""Grades as people write them: in digits or words, with other words around them."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from handlers.content.lexicon.grades import GradeWords
from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.candidates import (
    ARTICLE,
    candidates,
    has_cue,
    instead_of_half,
    is_given,
    is_of_stars,
    rethought,
    without_zeros,
)
from handlers.understanding.reading.doubt import (
    MOST_BARE,
    is_bound,
    is_doubted,
    is_hedged,
    is_plain,
)
from handlers.understanding.reading.no_grades import (
    PARTS,
    breaks_off,
    ended_by_no,
    is_denied,
    is_denied_behind,
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
MOST_PLAIN = 8  # words from which on two numbers are hardly all that is said
_NONE = 0
_BEST, _OF_STARS = 7, 5  # stars at most
_OTHER_BEST = (5, 10, 20, 100)  # of scales that are known
# What is no grade although it has digits: decimals, times, amounts, dates, ids.
_NEGATIVE = re.compile(r"(?<![\w.])[-−–]\s?\d")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
_LONG_NUMBER = re.compile(
    r"\d{3,}|\d[.,]\d{3}\b|\d{1,2}[:/-]\d{1,2}|[$#º°]\s*\d+|\bn[º°]\s*\d+", re.IGNORECASE
)
_NUMBER = re.compile(r"(?:[$#º°]\s*|\bn[º°]\s*)?\d+(?:[.,:/-]\d+)*(?:-[\dk]\b)?", re.IGNORECASE)


class Grade(Struct, frozen=True):
    """A grade that was read out of a text. ``value`` 0: a number that is no grade from 1 to 7."""

    value: int
    words: str = ""  # what was said beside it
    number: int | None = None  # the whole number that was read, grade or not
    doubtful: bool = False  # "casi un 7": to be confirmed


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
        return Grade(_NONE)
    words = lexicon.grade
    written = without_supposed(words.scale.sub(" ", text), folded, words)
    spoken = folded if written == text else fold(written)
    if is_half(written, spoken, lexicon):
        return _half(written, spoken, text, lexicon)
    on_scale = _on_scale(text, written, spoken, lexicon)
    if on_scale is not None:
        return on_scale if on_scale.value else _given_in_part(written, text, lexicon) or on_scale
    if _LONG_NUMBER.search(written) and len(tokens) > 1:
        return _beside_long_number(written, text, lexicon)
    return _among_numbers(text, written, spoken, lexicon)


def _half(written: str, spoken: str, text: str, lexicon: Lexicon) -> Grade:
    """The whole grade that is given beside a half one, or that the half is rounded to."""
    instead = _asked_about(instead_of_half(written, lexicon), text, lexicon)
    given = _given_in_part(DECIMAL.sub(" x ", written), text, lexicon)
    rounded = given or _rounded(written, spoken, lexicon)
    return rounded or instead or Grade(_NONE)  # "¿6,5 no hay? entonces un 6"


def _among_numbers(text: str, written: str, spoken: str, lexicon: Lexicon) -> Grade | None:
    """The grade among the numbers that may be one, without those that are refused."""
    tokens = without_zeros(spoken).split()
    if meant := _asked_about(rethought(written, lexicon), text, lexicon):
        return meant
    denied = refused(written, lexicon)
    found = [one for one in candidates(tokens, lexicon) if one[1] not in denied]
    values = {value for _, value in found}
    if _NONE in values or (denied and not values):  # "¿cero no se puede? entonces un 1"
        plain = None if denied else _alone_in_part(written, text, lexicon)
        instead = plain or _behind_denied(written, text, denied | {_NONE}, lexicon)
        if instead is not None or not values:
            return instead
    if not values:
        return _alone_in_part(written, text, lexicon)
    if is_bound(tokens, frozenset(place for place, _ in found), lexicon):
        return _given_in_part(written, text, lexicon) or Grade(_NONE)
    if len(values) > 1:
        return _of_several(text, written, tokens, found, lexicon)
    return _only_one(text, written, tokens, found, lexicon)


def _of_several(
    text: str, written: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The one of different numbers that is given; no grade where that is not known."""
    last = _last_of_several(text, tokens, found, lexicon.grade)
    if last is not None and last.value:
        return last
    given = _given_among(text, tokens, found, lexicon)
    given = given or _begun_with(written, text, {value for _, value in found}, lexicon)
    return given or _given_in_part(written, text, lexicon) or last


def _only_one(
    text: str, written: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The one number that is said, unless it is denied, and whether it is doubtful."""
    words, said = lexicon.grade, fold(text).split()
    value = found[0][1]
    if is_denied_behind(written, value, lexicon):
        return Grade(_NONE)
    if value == _OF_STARS and is_of_stars(tokens, lexicon):
        value = _BEST
    if not 1 <= value <= _BEST:
        return Grade(_NONE, "", value) if len(said) <= 8 else None
    doubtful = written != text and fold(written) != fold(words.scale.sub(" ", text))
    doubtful = doubtful or not is_plain(written, tokens, found, lexicon)
    doubtful = doubtful or is_hedged(written, tokens, words)
    doubtful = doubtful or bool(words.denied.search(written) or ended_by_no(written, lexicon))
    if any(is_doubted(tokens, place, words) for place, _ in found):
        instead = _behind_denied(written, text, frozenset({value}), lexicon)
        if instead is not None:  # "iba a poner 3 pero la niña salvó, cuatro"
            return instead
        doubtful = True
    return Grade(value, _beside(text, said, lexicon), value, doubtful)


def _asked_about(value: int, text: str, lexicon: Lexicon) -> Grade | None:
    words = _beside(text, fold(text).split(), lexicon)
    return Grade(value, words, value, doubtful=True) if 1 <= value <= _BEST else None


def _without_decimals(text: str, lexicon: Lexicon) -> str:
    """ "Siete coma cero" is a 7; "5 %" is none."""

    def whole(found: re.Match[str]) -> str:
        return found[0] if value_of(fold(found[1]), lexicon) is None else found[1]

    return lexicon.grade.no_decimals.sub(whole, _PERCENT.sub(" x ", text))


def _beside_long_number(written: str, text: str, lexicon: Lexicon) -> Grade | None:
    """The grade of "esperé desde las 10:30, le pongo un 2", "gasté 15.000 pesos, un 1".

    It is given in so many words or stands alone: digits of a telephone or of a date give none.
    """
    rest = _NUMBER.sub(lambda one: " x " if _LONG_NUMBER.search(one[0]) else one[0], written)
    tokens = fold(rest).split()
    if not has_cue(tokens, lexicon.grade):
        found = candidates(tokens, lexicon)
        grade = _begun_with(rest, text, {value for _, value in found}, lexicon)
        return grade or _ended_with(tokens, text, found, lexicon)
    grade = read_grade(rest, lexicon)
    if grade is None or not grade.value:
        return None
    words = _beside(text, fold(text).split(), lexicon)
    return Grade(grade.value, words, grade.number, grade.doubtful)


def _alone_in_part(written: str, text: str, lexicon: Lexicon) -> Grade | None:
    """The grade of "fvie, sorry five. Nice staff", "un 4 porque en 2019 era más rápido".

    It stands in a part of the text, up to a "but" or "because", that says nothing else.
    """
    around, values = lexicon.grade.around, set[int]()
    for part in PARTS.split(written):
        tokens = fold(lexicon.break_.split(part, maxsplit=1)[0]).split()
        found = candidates(tokens, lexicon) if len(tokens) <= MOST_BARE else []
        if all(token in around or value_of(token, lexicon) is not None for token in tokens):
            values |= {value for _, value in found}
    value = values.pop() if len(values) == 1 else _NONE
    if not 1 <= value <= _BEST:
        return None
    return Grade(value, _beside(text, fold(text).split(), lexicon), value)


def _behind_denied(
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
    value = values.pop() if len(values) == 1 else _NONE
    ends = bool(found) and found[-1][0] == len(tokens) - 1
    return _asked_about(value, text, lexicon) if ends else None


def _begun_with(written: str, text: str, values: set[int], lexicon: Lexicon) -> Grade | None:
    """The grade of "un 4 porque llegué el 25", asked about where another may be meant."""
    grade = _alone_in_part(written, text, lexicon)
    if grade is None:
        return None
    return replace(grade, doubtful=any(1 <= value <= _BEST for value in values - {grade.value}))


def _ended_with(
    tokens: list[str], text: str, found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The grade of "llegué 8:15 y salí 9:05 un 6", which is asked about."""
    place, value = found[-1] if found else (0, _NONE)
    ends = place == len(tokens) - 1 and tokens[place - 1] in lexicon.number.articles
    if not ends or not 1 <= value <= _BEST:
        return None
    return Grade(value, text.strip(), value, doubtful=True)


def numbers_given(text: str, lexicon: Lexicon) -> tuple[int, ...]:
    """Every number of a text that may be a grade from 1 to 7, in their order."""
    if not names_number(fold(text), lexicon):
        return ()
    text = lexicon.number.unlike.sub(" ", text)
    folded = without_zeros(fold(_without_decimals(text, lexicon)))
    found = candidates(folded.split(), lexicon, cued_only=False)
    return tuple(dict.fromkeys(value for _, value in found if 1 <= value <= _BEST))


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
    whole = value_of(first, lexicon) or _NONE
    if bool(up) == bool(down) or not whole:
        return None
    value = whole + bool(up)
    return Grade(value, "", value, doubtful=True) if value <= _BEST else None


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
    if most != _BEST:
        return Grade(_NONE) if most in _OTHER_BEST else None
    if not 1 <= value <= _BEST:
        return Grade(_NONE, "", value)
    rest = text.replace(said, " ", 1)
    return Grade(value, _beside(rest, fold(rest).split(), lexicon, whole=rest), value)


def _last_of_several(
    text: str, tokens: list[str], found: list[tuple[int, int]], words: GradeWords
) -> Grade | None:
    """Two numbers: "no un 6, un 7" and "era un 3, no un 7" say which; else it is not known.

    "No alcanza a un 7, pero un 6 sí", "7 no, un 6" and "un 6, perdón, un 5" say so less plainly.
    """
    if breaks_off(text, tokens, found, words):
        _, value = found[-1]
        said = text.strip() if len(tokens) > MOST_PLAIN else ""
        return Grade(value, said, value, doubtful=True) if 1 <= value <= _BEST else None
    denied = {value for place, value in found if is_denied(tokens, place, words)}
    left = {value for _, value in found} - denied
    if denied and len(left) == 1:
        value = left.pop()
        unmarked = found[-1][1] in denied and words.marked_off.search(text) is None
        return Grade(value, "", value, unmarked) if 1 <= value <= _BEST else Grade(_NONE)
    (first, _), *_, (last, value) = found
    turns = not words.turning.isdisjoint(tokens[first + 1 : last])
    not_denied = words.denies.isdisjoint(tokens[max(0, last - 2) : last])
    if turns and not_denied and 1 <= value <= _BEST:
        return Grade(value, text.strip() if len(tokens) > MOST_PLAIN else "", value, doubtful=True)
    return Grade(_NONE) if len(tokens) <= 6 else None


def _given_among(
    text: str, tokens: list[str], found: list[tuple[int, int]], lexicon: Lexicon
) -> Grade | None:
    """The one of many numbers that is given: "volví el 7, había 20 personas, les doy un 2"."""
    words = lexicon.grade
    given = {
        value
        for place, value in found
        if is_given(tokens, place, words) or tokens[place - 1] in words.mark
    }
    return _asked_about(given.pop() if len(given) == 1 else _NONE, text, lexicon)


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
            given.add(grade.value if grade is not None else _NONE)
    value = given.pop() if len(given) == 1 else _NONE
    return Grade(value, text.strip(), value, doubtful=True) if value else None


def _beside(text: str, tokens: list[str], lexicon: Lexicon, whole: str = "") -> str:
    """What was said beside the grade; "" where it is only courtesy."""
    grade = lexicon.grade
    others = (word for word in tokens if value_of(word, lexicon) is None)
    if (grade.around | grade.hedges).issuperset(others):
        return ""
    if whole:
        return whole.strip(" ,.;:-!\n")
    return grade.at_ends.sub("", text).strip(" ,.;:-–—!\n") or text.strip()
