"""An area and its grade and no more: "Tránsito = 7", "obras: 2"."""

from __future__ import annotations

import re

from handlers.text.folding import fold
from handlers.understanding.areas import area_by_name, area_found, area_in, is_sure
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import is_pending
from handlers.understanding.intents.rating import ProposeGrade, RateWithGrade
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import is_half, value_of
from handlers.understanding.reading.wishes import gives_grade

_FEW_NAMING = 2  # words that name an area, rather than tell of something
_BEST = 7
_TELLING, _TELLS = ("praises", "blames", "complains", "reports"), 0.5
_OF_NAMED = re.compile(
    r"\W*(?P<area>[^\W\d][^\d=:>→?]*?)\s*(?P<sign>=|:|-*>|→)?\s*(?P<grade>[1-7]|[^\W\d]{3,})[^\w?]*"
)


def grade_of_named(context: Context) -> Intent | None:
    """ "Tránsito = 7", "obras: 2": plain. "Tránsito 7" may be a counter: it is confirmed."""
    grades = context.lexicon.grade
    match = _OF_NAMED.fullmatch(context.text) or grades.for_named.fullmatch(context.text)
    told = context.state.follow_up or context.state.filing  # "era el hoyo 2" is of a case
    if match is None and told is None:
        return _with_reason(context)
    if match is None or told is not None:
        return None
    if is_half(context.text, context.folded, context.lexicon):
        return None  # "turismo seis coma cinco"
    grade = value_of(fold(match["grade"]), context.lexicon) or 0
    if not 1 <= grade <= _BEST or fold(match["area"]) in grades.named:
        return None
    if grade not in context.numbers:
        return None  # "el folio termina en 7", "… me citaron a las 3"
    area = area_by_name(context, match["area"])
    if area is None:
        return _of_described(context, match["area"], grade)
    pending = is_pending(context, area.id)
    if match["sign"]:
        return RateWithGrade(area.id, grade, "", pending=pending)
    return ProposeGrade(grade, area.id, pending=pending)


def _with_reason(context: Context) -> ProposeGrade | None:
    """ "Cementerio 2, todo sucio", "omil 3, no hay pega": what follows tells how it was."""
    first, *others = PARTS.split(context.text.strip(), maxsplit=1)
    match = _OF_NAMED.fullmatch(first) if others and "?" not in context.text else None
    behind = context.of(others[0].strip()) if match is not None else None
    if match is None or behind is None or behind.said.asks or behind.numbers:
        return None
    if not behind.said.mood and not behind.heard.best(_TELLING, _TELLS):
        return None
    given = grade_of_named(context.of(first))
    if not isinstance(given, ProposeGrade | RateWithGrade):
        return None
    return ProposeGrade(given.grade, given.area, behind.text, given.pending)


def _of_described(context: Context, where: str, grade: int) -> ProposeGrade | None:
    """ "Cementerio municipal = 5", "dideco 4": proposed to the area that is surely meant."""
    words = [word for word in fold(where).split() if word not in context.lexicon.grade.around]
    if not 1 <= len(words) <= _FEW_NAMING or gives_grade(context.said):
        return None
    named = area_in(context, where)
    area = named.id if named is not None else area_found(context, where, is_sure)
    return ProposeGrade(grade, area, pending=is_pending(context, area)) if area else None
