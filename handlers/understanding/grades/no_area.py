"""A grade whose receiver is no area: the municipality as a whole, or another institution."""

from __future__ import annotations

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import has_proper_word, is_sure, names_service
from handlers.understanding.context import Context
from handlers.understanding.grades.of_parts import where_said
from handlers.understanding.intents.information import LookUp
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import ends_in_grade, gives_grade, gives_to


def means_whole(context: Context) -> bool:
    """ "Un 7 para la municipalidad entera": whom the grade is for is no area."""
    said, lexicon = context.said, context.lexicon
    whole = said.covered(PhraseKind.NAMES_WHOLE)
    if not whole or not (gives_to(said) or gives_grade(said)):
        return False
    left = " ".join(word for at, word in enumerate(said.words) if at not in whole)
    where = where_said(Said(left, lexicon))
    if all(word in lexicon.place_fillers for word in where.split()):
        return True
    if names_service(context) and is_sure(context, context.text, ""):
        return False  # "donde se dejan las cartas al alcalde"
    return not context.rank(where).is_found  # "…, se pasaron"


def institution_graded(context: Context) -> LookUp | None:
    """ "Un 1 al hospital": it is told whose that is."""
    if not (gives_to(context.said) or ends_in_grade(context.said)):
        return None
    where = where_said(context.said)
    ranking = context.rank(where) if where.strip() else None
    if ranking is None or ranking.verdict is not Verdict.EXTERNAL:
        return None
    institution = context.release.content.institution_by_id.get(ranking.hits[0].id)
    named = institution is not None and has_proper_word(where, institution.name)
    return LookUp(context.text, ranking) if named else None
