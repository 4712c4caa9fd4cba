"""Which numbers of a text may be its grade: those that count, date or name nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.content.lexicon.grades import GradeWords
from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.no_grades import PARTS, counts
from handlers.understanding.reading.number_words import DECIMAL, value_of

_ZEROS = re.compile(r"\b(\d) 0{1,2}\b")
_PAUSE = re.compile(r"\.\.|…")
_MOST_ALONE = 5  # words of a part that is only a number
_FEW = 4  # words, among which a number needs no cue
_FEW_NAMING = 8  # words before a number that may say together what it names
ARTICLE = "a"  # in English, and a preposition in Spanish


def has_cue(words: Sequence[str], grade: GradeWords) -> bool:
    """True for "ponles un 1": a grade is given, though nothing asked for one."""
    return bool(grade.given.find(words))


def is_given(tokens: Sequence[str], place: int, grade: GradeWords) -> bool:
    """True for the number of "le pongo un 1", "se merecen un 5"."""
    before = tokens[max(0, place - _FEW) : place]
    before = before[:-1] if before and before[-1] in grade.articles else before
    return any(end == len(before) for _, end in grade.given.spans(before))


def candidates(
    tokens: list[str], lexicon: Lexicon, *, cued_only: bool = True
) -> list[tuple[int, int]]:
    """Place and value of each number that may be a grade."""
    found = []
    words = lexicon.grade
    for place, token in enumerate(tokens):
        value = value_of(token, lexicon)
        if value is None:
            continue
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if is_of_noun(tokens, place, lexicon):
            continue
        named = len(tokens) > 2 and _is_named(tokens, place, lexicon)
        if named and place != _place_of_option(tokens, lexicon):
            continue
        given = before in lexicon.number.articles or is_given(tokens, place, words)
        if counts(tokens, place, lexicon, cued=given):
            continue
        if after in words.of and not words.dated.isdisjoint(tokens[place + 2 : place + 3]):
            continue
        is_digit = token[0].isdecimal()
        if value == 1 and not is_digit and not _stands_for_one(tokens, place, before, lexicon):
            continue
        cued = before in words.cues or after in words.joining or after in words.units
        cued = cued or (before in words.articles and has_cue(tokens, words))
        cued = cued or _is_qualified(tokens, place, lexicon)
        cued = cued or _is_left_at(tokens, place, words)
        whom = tokens[place + 2 : place + 3]
        cued = cued or (after in words.to_area and not words.whom.isdisjoint(whom))
        if is_digit or not cued_only or len(tokens) <= _FEW or cued or place == 0:
            found.append((place, value))
    return found


def is_of_stars(tokens: Sequence[str], lexicon: Lexicon) -> bool:
    """ "Cinco estrellas" are all there are, where no other number says of how many."""
    places = [place for place, token in enumerate(tokens) if value_of(token, lexicon) is not None]
    behind = (set(tokens[place + 1 : place + 2]) for place in places)
    return not any(lexicon.grade.stars.isdisjoint(one) for one in behind)


def instead_of_half(written: str, lexicon: Lexicon) -> int:
    """The 6 of "6 y medio pero si no se puede déjelo en 6": one next to the half; or 0."""
    tokens = fold(DECIMAL.sub(r" \1 ", written)).split()
    found = candidates(tokens, lexicon, cued_only=False)
    if len(found) != 2 or found[1][1] - found[0][1] not in (0, 1):
        return 0
    words = lexicon.grade  # "6,5 de 7", "seis coma siete"
    joined = words.of | words.over | words.points
    return 0 if tokens[found[1][0] - 1] in joined else found[1][1]


def rethought(written: str, lexicon: Lexicon) -> int:
    """The 6 of "cinco… ya, seis", the 4 of "un tres… no, cuatro"; 0 where none is said anew.

    It is alone in its part, and words of second thoughts, or a pause, stand before it.
    """
    words, parts = lexicon.grade, list[list[str]]()
    for part in PARTS.split(written):
        parts.append(fold(lexicon.break_.split(part, maxsplit=1)[0]).split())
    first, *others = [tokens for tokens in parts if tokens] or [[]]
    begun = candidates(first, lexicon)
    later, thinks = 0, _PAUSE.search(written) is not None
    for tokens in others:
        found = candidates(tokens, lexicon) if len(tokens) <= _MOST_ALONE else []
        beside = {token for token in tokens if value_of(token, lexicon) is None}
        thinks = thinks or not words.rethinks.isdisjoint(beside)
        alone = len(found) == 1 and words.around.issuperset(beside)
        if alone and thinks and tokens[0] not in words.denies:
            later = found[0][1]
    return later if begun and begun[-1][1] not in (0, later) else 0


def _place_of_option(tokens: list[str], lexicon: Lexicon) -> int | None:
    """Where the option of "la opción 2 porfa" stands; None where none is all that is chosen."""
    text = " ".join(tokens)
    chosen = lexicon.number.option.fullmatch(text)
    return len(text[: chosen.start(1)].split()) if chosen is not None else None


def _is_named(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a number names something ("ventanilla 4"); "give it a 6", "tirando a 5" do not."""
    before, earlier = tokens[place - 1] if place else "", tokens[max(0, place - 2) : place - 1]
    words = lexicon.grade
    if before in words.articles - lexicon.number.articles - words.mark - {ARTICLE}:
        # "tengo el 6", a number of the queue; "bay sant sante a yon 6" is given to one
        return not words.named.isdisjoint(set(earlier) - {ARTICLE})
    if before != ARTICLE:
        return before in words.named
    is_article = place == 1 or not words.beside_article.isdisjoint(tokens)
    return not is_article and words.giving.isdisjoint(earlier)


def is_of_noun(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """Whether a number counts something ("3 horas", "5 por ciento"), or names it.

    "El folio termina en 7". Of "decía ventanilla 7 y era la 2", "de las 11 hasta la 1" the noun
    stands once.
    """
    words, before = lexicon.grade, tokens[max(0, place - _FEW_NAMING) : place]
    if not words.counted.isdisjoint(tokens[place + 1 : place + 2]):
        return True
    if any(start == 0 for start, _ in words.counted_by.spans(tokens[place + 1 : place + _FEW])):
        return True
    if any(end == len(before) for _, end in words.named_by.spans(before)):
        return True
    if _is_counted_again(tokens, place, lexicon) or _is_minutes(tokens, place, lexicon):
        return True
    if place == 0 or tokens[place - 1] not in lexicon.grade.named_again:
        return False
    if _is_of_staff(tokens, place, lexicon):
        return not is_given(tokens, place, lexicon.grade)
    named = any(
        value_of(token, lexicon) is not None and _is_named(tokens, at, lexicon)
        for at, token in enumerate(tokens[:place])
    )
    return named and not is_given(tokens, place, lexicon.grade)


def _is_of_staff(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """ "La cajera de la 3", "el caballero del 5": its noun, the window, is left out."""
    words, before = lexicon.grade, tokens[max(0, place - 3) : place]
    whose = [word for word in before if word not in words.for_area]
    return not words.staff.isdisjoint(whose[-1:])


def _is_counted_again(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """ "Fui 2 veces a Tránsito y 3 a la biblioteca": the noun of both stands once."""
    words, after = lexicon.grade, set(tokens[place + 1 : place + 2])
    lead = tokens[place - 1] if place else ""
    if lead in words.articles or is_given(tokens, place, words):
        return False
    beside = words.for_area | words.left_at
    if beside.isdisjoint(after) and lead not in words.left_at:
        return False
    return any(
        value_of(token, lexicon) is not None
        and (tokens[at + 1] in words.counted or counts(tokens, at, lexicon, cued=False))
        for at, token in enumerate(tokens[:place])
        if at + 1 < place
    )


def _is_minutes(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """ "A las 11 con 5", "a la una y 7": behind an hour."""
    clock, hour, joining = ["", "", "", *tokens[:place]][-3:]
    joins = lexicon.between_numbers | lexicon.grade.left_at
    return (
        joining in joins
        and clock in lexicon.grade.clock
        and value_of(hour, lexicon) is not None
        and not is_given(tokens, place, lexicon.grade)
    )


def _is_qualified(tokens: list[str], place: int, lexicon: Lexicon) -> bool:
    """ "Un rotundo uno", "un merecido siete": a word that says only how stands between."""
    article, how = (["", "", *tokens[:place]])[-2:]
    words = lexicon.grade
    return article in words.articles | words.cues and how in words.how


def _is_left_at(tokens: list[str], place: int, words: GradeWords) -> bool:
    """ "Déjelo en seis", "que quede en un cuatro"."""
    before = [word for word in tokens[max(0, place - 3) : place] if word not in words.articles]
    return len(before) > 1 and before[-1] in words.left_at and before[-2] in words.leaving


def _stands_for_one(tokens: list[str], place: int, before: str, lexicon: Lexicon) -> bool:
    """Whether a word for one is the number, and no article."""
    token = tokens[place]
    if token == "un":
        return False
    after, words = tokens[place + 1 : place + 2], lexicon.grade
    if token in words.articles and not (words.around | words.units | words.joining).issuperset(
        after
    ):
        return False  # "cómo pongo una denuncia"
    if not words.mark.isdisjoint(after):
        return False  # "cómo pongo una nota"
    if not words.units.isdisjoint(after):
        return True  # "una estrella"
    to, whom = (*tokens[place + 1 : place + 3], "", "")[:2]
    if to in words.to_area and whom in words.whom and words.around.issuperset(tokens[:place]):
        return True  # "uno para ellos"
    if lexicon.number.values.get(token) != 1:
        return True  # drawn out or made small: "unooo"
    if _is_qualified(tokens, place, lexicon):
        return True
    is_article = before == ARTICLE and not lexicon.grade.beside_article.isdisjoint((token,))
    is_all = words.around.issuperset(one for one in tokens if one != token)  # "uno solo"
    return is_all or before in lexicon.grade.before_one or is_article


def without_zeros(spoken: str) -> str:
    """ "6 0" and "6 00" are a 6."""
    return _ZEROS.sub(r"\1", spoken)
