"""Another area than was rated is named, with a grade: a rating of its own, or where it belongs."""

from __future__ import annotations

from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_behind, area_in
from handlers.understanding.context import Context
from handlers.understanding.intents.rating import ProposeCorrection, ProposeGrade
from handlers.understanding.reading.wishes import ends_in_grade, gives_to
from handlers.understanding.said_before.corrections.areas import (
    after_denial,
    denies,
    denies_rated,
    moved_to,
)
from handlers.understanding.said_before.corrections.on_record import latest_grade, rated_area

_MOST_WORDS = 20
_FIRST = 2  # words, one of which begins a correction
_GIVING = {PhraseKind.WANTS_TO_RATE, PhraseKind.GIVES_GRADE}


def grade_elsewhere(context: Context) -> ProposeGrade | ProposeCorrection | None:
    """ "El otro día fui a obras y fue un 2" after a 7 for Salud, which stays: proposed besides.

    "No fue ahí: deportes, un 3" moves what is on record, with that grade.
    """
    said, latest = context.said, latest_grade(context)
    others = {*context.numbers} - {latest}
    if not latest or "?" in context.text or len(said.words) > _MOST_WORDS or len(others) > 1:
        return None
    area = area_in(context, after_denial(context)) or area_behind(context, context.folded)
    if area is None or area.id == rated_area(context):
        return None
    gives = not _GIVING.isdisjoint(said.kinds) or gives_to(said)
    denied = denies(context) or denies_rated(context) or _slipped(context)
    if PhraseKind.DENIES_PLACE in said.kinds or (denied and not gives):
        return moved_to(context, area.id) if others else None
    if context.rating_is_closed and (gives or ends_in_grade(said)):
        return None  # it is read as where nothing was rated
    if PhraseKind.CORRECTS_GRADE in said.kinds:
        given = not _GIVING.isdisjoint(said.kinds)
    else:
        given = gives or ends_in_grade(said) or (others and context.heard.likely("corrects"))
    is_one = len({*context.numbers}) == 1
    return ProposeGrade(context.numbers[-1], area.id) if given and is_one else None


def _slipped(context: Context) -> bool:
    """ "Perdón, era en obras y un 3"."""
    return not context.lexicon.grade.slips.isdisjoint(context.said.words[:_FIRST])
