"""Numbers that give no grade: what they bound, count, name, deny or only suppose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handlers.content.lexicon.grades import GradeWords
from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.phrases import PhraseIndex
from handlers.understanding.reading.number_words import names_number, value_of

_BEST = 7
PARTS = re.compile(r"[.,;:!?\n()]+")
_BEFORE, _AFTER = 8, 2  # words beside a number in which phrases are looked for
_SUPPOSED_WITHIN = 5  # words behind "si"
_PLURAL = re.compile(r"[a-z]{3,}[aeiou]s|[a-z]{2,}[bcdfgklmnprtwy]s")  # "cajas", "clerks"
_DOING = re.compile(r"[a-z]{2,}(?:a|ie|ye)ndo")  # "solo 2 funcionando" leaves the noun out
_FEW = 5  # words; fewer behind a "no" rather say what it is: "no 7"


def bounds(tokens: list[str], place: int, numbers: frozenset[int], words: GradeWords) -> bool:
    """Whether the number at ``place`` is only a bound of the grade, or a part of a range."""
    before = tokens[max(0, place - _BEFORE) : place]
    if _end_in(words.bounds, before, words) and not _end_in(words.bounds_not, before, words):
        return True
    if _begin_in(words.bounds_after, tokens[place + 1 : place + 1 + _AFTER]):
        return True
    if _is_negative(before, words) or _begins_over(tokens[:place], words):
        return True
    between = tokens[place + 1 : next((n for n in sorted(numbers) if n > place), place)]
    if not between or not words.articles.issuperset(between[1:]):
        return False
    if between[0] in words.joins:
        return not words.between.isdisjoint(tokens[:place])
    return between[0] in words.ranges


def ends_of_ranges(tokens: list[str], lexicon: Lexicon) -> frozenset[int]:
    """Where a number stands that may be the end of "de 5 a 6"; an article is none."""
    values = ((place, value_of(token, lexicon)) for place, token in enumerate(tokens))
    return frozenset(place for place, value in values if value and 1 < value <= _BEST)


def refused(text: str, lexicon: Lexicon) -> frozenset[int]:
    """The 7 of "no le pongo un 7" and "un 7 sería mucho"; "no, le pongo un 7" gives it."""
    if not names_number(fold(text), lexicon):
        return frozenset()
    found = set[int]()
    for part in PARTS.split(text):
        tokens, words = fold(part).split(), lexicon.grade
        for place, token in enumerate(tokens):
            value = value_of(token, lexicon)
            if value is None or token in words.articles:
                continue
            before, after = tokens[max(0, place - _BEFORE) : place], tokens[place + 1 :]
            if _end_in(words.refused, before, words) or _begin_in(words.refused_after, after):
                found.add(value)
    return frozenset(found | ended_by_no(text, lexicon))


def ended_by_no(text: str, lexicon: Lexicon) -> set[int]:
    """The 6 of "seis no, pensándolo bien cinco", "un 6 jamás"; "un 6, ¿no?" asks to agree."""
    words, found = lexicon.grade, set[int]()
    for part in _WITH_SIGN.findall(text):
        *tokens, last = fold(part).split() or [""]
        told = [token for token in tokens if token not in words.around | words.articles]
        if not words.stars.isdisjoint(tokens):
            continue  # "5 estrellas no, 5 de nota"
        if "?" not in part and last in words.denies | words.denies_after and len(told) == 1:
            found |= _values(told, lexicon)
    return found


_WITH_SIGN = re.compile(r"[^.,;:!?\n()]+[.,;:!?\n()]*")


def is_denied(tokens: list[str], place: int, words: GradeWords) -> bool:
    """ "No un 7", "no es un 7", "un 7 tampoco"."""
    if _is_denied_after(tokens, place, words):
        return True
    near = tokens[max(0, place - 3) : place]
    if not words.denies.isdisjoint(near[-2:]):
        return True
    return bool(near) and near[0] in words.denies and near[1] in words.is_


def _is_denied_after(tokens: list[str], place: int, words: GradeWords) -> bool:
    """ "Un 7 tampoco"."""
    return not words.denies_after.isdisjoint(tokens[place + 1 : place + 2])


def is_denied_behind(text: str, value: int, lexicon: Lexicon) -> bool:
    """Whether "tampoco" or the like stands right behind the number or alone after a comma.

    "Un 2, nunca pasan" tells why it is a 2.
    """
    words = lexicon.grade
    parts = [fold(part).split() for part in PARTS.split(text)]
    for at_part, tokens in enumerate(parts):
        following = next(iter(parts[at_part + 1 :]), [])
        beside = [*tokens, *following] if len(following) == 1 else tokens
        places = (at for at, token in enumerate(tokens) if value_of(token, lexicon) == value)
        if any(_is_denied_after(beside, at, words) for at in places):
            return True
    return False


def breaks_off(
    text: str, tokens: list[str], found: list[tuple[int, int]], words: GradeWords
) -> bool:
    """ "7 no, un 6", "5… no 4 mejor", "un 6, perdón, un 5": the first number was a slip."""
    (first, _), *_, (last, _) = found
    between = tokens[first + 1 : last]
    if not words.slips.isdisjoint(between):
        return True
    denied = not words.denies.isdisjoint(between)
    ends_so = last + 1 < len(tokens) and tokens[-1] in words.turning
    return denied and (ends_so or words.breaks_off.search(text) is not None)


def denied_again(text: str, lexicon: Lexicon) -> frozenset[int]:
    """What is refused, and the 1 and the 7 of "1 no, un 7 tampoco, un 5"."""
    if not names_number(fold(text), lexicon):
        return frozenset()
    found, words = set(refused(text, lexicon)), lexicon.grade
    for part in PARTS.split(text):
        tokens = fold(part).split()
        numbers = [token for token in tokens if token not in words.articles][:-1]
        if len(numbers) == 1 and tokens[-1] in words.denies | words.denies_after:
            found |= _values(numbers, lexicon)
    return frozenset(found)


def not_given(text: str, folded: str, lexicon: Lexicon) -> frozenset[int]:
    """Every number that is said not to be the grade: refused, supposed, told, or behind a "no".

    The 7 of "por eso no les puse un 7", "puse 6 y no 7", "si atendieran mejor era un 7", "la vez
    pasada les puse un 7".
    """
    words, found = lexicon.grade, set(refused(text, lexicon))
    left = without_supposed(without_told(text, lexicon), folded, words)
    if left != text:
        found |= _values(folded.split(), lexicon) - _values(fold(left).split(), lexicon)
    for part in PARTS.split(text):
        tokens = fold(part).split()
        for place, token in enumerate(tokens):
            before = list(_without_article(tokens[:place], words))
            value = value_of(token, lexicon)
            if before and before[-1] in words.is_:
                before.pop()
            if value and len(tokens) >= _FEW and before and before[-1] in words.denies:
                found.add(value)
    return frozenset(found)


def _values(tokens: Iterable[str], lexicon: Lexicon) -> set[int]:
    return {value for token in tokens if (value := value_of(token, lexicon))}


def _begin_in(phrases: PhraseIndex, after: Sequence[str]) -> bool:
    return any(start == 0 for start, _ in phrases.spans(after))


def _end_in(phrases: PhraseIndex, before: Sequence[str], words: GradeWords) -> bool:
    """Whether ``before`` ends in one of the phrases, with an article behind it or without."""
    ends = {len(before), len(_without_article(before, words))}
    return any(end in ends for _, end in phrases.spans(before))


def _without_article(before: Sequence[str], words: GradeWords) -> Sequence[str]:
    return before[:-1] if before and before[-1] in words.articles else before


def _is_negative(before: Sequence[str], words: GradeWords) -> bool:
    """ "Menos 1", "les pongo menos 2"."""
    left = _without_article(before, words)
    if not left or left[-1] not in words.minus:
        return False
    return len(left) == 1 or left[-2] in words.cues


def _begins_over(before: Sequence[str], words: GradeWords) -> bool:
    """ "Sobre 5", "nota sobre 5": the beginning of the text."""
    left = [word for word in before if word not in words.articles]
    return len(left) == 1 and left[0] in words.over


def counts(tokens: list[str], place: int, lexicon: Lexicon, *, cued: bool) -> bool:
    """Whether a noun in the plural follows: "3 solicitudes". "2 pésimos" counts nothing."""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if not cued and place and _DOING.fullmatch(after):
        return True
    if cued or tokens[place] == "1" or not _PLURAL.fullmatch(after):
        return False
    told = (lexicon.grade.not_counted, lexicon.praise, lexicon.blame)
    return not any(after in words for words in told)


def without_supposed(text: str, folded: str, words: GradeWords) -> str:
    """The text without what is only supposed: "6, pero sería un 7 si contestaran" leaves "6".

    "Un 6 si no fuera por la espera", alone, names the one grade that was thought of.
    """
    if not supposes(folded, words):
        return text
    parts = words.apart.split(text)
    left = ", ".join(part for part in parts if not supposes(fold(part), words))
    return left if left.strip() or not words.but_for.find(folded.split()) else text


def without_told(text: str, lexicon: Lexicon) -> str:
    """The text without grades that others gave, or that were given before or elsewhere.

    "Mi vecina le puso un 2, yo un 6" leaves ", yo un 6"; "antes era un 6 ahora un 3" "ahora un 3".
    """
    told = lexicon.grade.told
    if not names_number(fold(text), lexicon) or not told.find(
        _with_digits(fold(text).split(), lexicon)
    ):
        return text
    left, parts = [], lexicon.grade.parts.split(text)
    for part in parts:
        words = fold(part).split()
        spans = told.spans(_with_digits(words, lexicon))
        rest = [w for at, w in enumerate(words) if not any(s <= at < end for s, end in spans)]
        left.append(" ".join(rest) if spans else part)
    return text if left == parts else " ".join(left)


def is_sum(text: str, lexicon: Lexicon) -> bool:
    """Whether numbers are only reckoned with: "siete menos dos", "la mitad de seis", "2 + 2".

    "Un 2 por tres horas de espera" counts hours.
    """
    if not names_number(fold(text), lexicon):
        return False
    if _SIGNED_SUM.search(text):
        return True
    for part in PARTS.split(text):
        tokens = _with_digits(fold(part).split(), lexicon)
        for _, end in lexicon.grade.sums.spans(tokens):
            counted = not lexicon.grade.counted.isdisjoint(tokens[end : end + 1])
            if not counted and not counts(tokens, end - 1, lexicon, cued=False):
                return True
    return False


_SIGNED_SUM = re.compile(r"(?<![\w.,])\d\s*[+×x*]\s*\d(?=\s*(?:[.,;:!?=]|$))", re.IGNORECASE)


def theirs_meant(text: str, own: str, lexicon: Lexicon) -> int:
    """The 5 of "mi señora dice cinco y yo seis, quedemos en el de ella"; 0 for none."""
    tokens = fold(text).split()
    if own == text or not lexicon.grade.takes_theirs.find(tokens):
        return 0
    theirs = _values(tokens, lexicon) - _values(fold(own).split(), lexicon)
    return theirs.pop() if len(theirs) == 1 else 0


def without_narrowly(tokens: list[str], lexicon: Lexicon) -> list[str]:
    """ "Un cinco y raspando" without what only says how narrowly."""
    end = len(tokens)
    while end and tokens[end - 1] in lexicon.grade.narrowly:
        end -= 1
    joined = 0 < end < len(tokens) and tokens[end - 1] in lexicon.grade.joining
    return tokens[: end - joined]


def _with_digits(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The words, with numbers that may be a grade in digits; articles stay what they are."""
    values = (w not in lexicon.grade.articles and value_of(w, lexicon) for w in words)
    return [str(value) if value else word for word, value in zip(words, values, strict=True)]


def supposes(folded: str, words: GradeWords) -> bool:
    """ "Le pondría un 7 si contestaran", "ojalá me sirviera": only under a condition."""
    tokens = folded.split()
    if words.supposing.isdisjoint(tokens):
        return False
    return any(
        later in words.supposed
        or (later.endswith(words.supposed_endings) and later not in words.to_area)
        for place, token in enumerate(tokens)
        if token in words.supposing
        for later in tokens[place + 1 : place + 1 + _SUPPOSED_WITHIN]
    )
