"""A grade for another office than was rated, which stays as it is: a rating of its own."""

from __future__ import annotations

from typing import NamedTuple

from handlers.facts.responses import Subject
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_found,
    area_mentioned,
    areas_probable,
    is_sure,
    says_name,
)
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import is_pending, says_more
from handlers.understanding.grades.of_parts import where_said
from handlers.understanding.intents.rating import (
    NameUnsureArea,
    ProposeGrade,
    Rate,
    RateWithGrade,
)
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import is_half
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import gives_grade, gives_to, is_grade
from handlers.understanding.said_before.corrections.areas import denies_rated
from handlers.understanding.said_before.corrections.on_record import (
    denies,
    grade_on_record,
    is_grade_asked,
    latest_grade,
    rated_area,
)

_MOST_WORDS = 25
_FEW_NAMING = 12  # words, among which an area that is named is whose the grade is
_MOST_CALLED = 4  # words that describe an office, rather than tell of it
_SAYS_WRONG = {
    PhraseKind.DENIES_PLACE,
    PhraseKind.WAS_AT,
    PhraseKind.CORRECTS_GRADE,
    PhraseKind.UNDOES_GRADE,
    PhraseKind.DOUBTS_GRADE,
    PhraseKind.KEEPS_GRADE,
    PhraseKind.LOWERS_GRADE,
    PhraseKind.RAISES_GRADE,
}

_OF_THE_SAME = {
    *(PhraseKind.UNDOES_GRADE, PhraseKind.DOUBTS_GRADE, PhraseKind.KEEPS_GRADE),
    *(PhraseKind.LOWERS_GRADE, PhraseKind.RAISES_GRADE),
}


def grade_besides(context: Context) -> ProposeGrade | NameUnsureArea | Rate | None:
    """ "Y a los de la basura un 2", "saliendo de la OMIL, nota seis" after a 5 for Tránsito.

    Unless it denies, compares, or says that what is on record is wrong.
    """
    commenting, asked = grade_on_record(context) > 0, is_grade_asked(context)
    if not (context.rating_is_closed or commenting or asked) or _says_else(context):
        return None
    grade, halved = context.grade, is_half(context.text, context.folded, context.lexicon)
    if grade is None or (len({*context.numbers}) != 1 and not halved):
        return None
    rated, place = rated_area(context), _place(context)
    areas = _named_at(context, place) if asked else _areas(context, place, sure=commenting)
    if not areas or rated in areas:
        return None
    if not grade.value:
        return Rate(Subject(area=areas[0]), "menu") if halved and len(areas) == 1 else None
    if asked:  # "obras: 3" where Tránsito is asked about
        areas = (*areas, rated)
    if len(areas) > 1:
        return NameUnsureArea(areas, grade.value, grade.words)
    area = context.release.content.area_by_id[areas[0]]
    words = grade.words if says_more(context, area) else ""
    return ProposeGrade(grade.value, area.id, words, is_pending(context, area.id))


def _says_else(context: Context) -> bool:
    """Whether it asks, denies, compares or puts right what is on record; or is too long."""
    said, folded = context.said, context.folded
    wrong = _SAYS_WRONG - _told_of_another(context)
    if said.asks or len(said.words) > _MOST_WORDS or not wrong.isdisjoint(said.kinds):
        return True
    slips = not context.lexicon.grade.slips.isdisjoint(said.words)
    compares = any(one.compares.search(folded) for one in context.lexicon.corrections)
    return slips or compares or denies(context) or denies_rated(context)


def _told_of_another(context: Context) -> set[PhraseKind]:
    """What corrects nothing: "el otro día fui a obras y fue un 2", "quiero poner un 5 a obras"."""
    is_other = latest_grade(context) not in {0, *context.numbers}
    where = {PhraseKind.WAS_AT} if is_other else set[PhraseKind]()
    gives = grade_on_record(context) and (gives_to(context.said) or gives_grade(context.said))
    return where | ({PhraseKind.CORRECTS_GRADE} if gives else set())


class _Place(NamedTuple):
    """Words that say whose a grade is; those beside it say more than those of the part before."""

    where: str
    beside: bool


def _place(context: Context) -> _Place | None:
    """What stands by the grade and says whose it is; None where none is given.

    "Pongan un 2 a los de la basura", "los de la basura un 2", "salvavidas de la playa: 7".
    """
    lexicon, before = context.lexicon, ""
    marks = lexicon.number.articles | lexicon.grade.mark
    gives = context.heard.likely("gives_grade") or gives_grade(context.said)
    for part in PARTS.split(context.text):
        tokens = fold(part).split()
        places = [at for at, token in enumerate(tokens) if is_grade(token, lexicon)]
        if not places:
            before = part if tokens else before
            continue
        first, behind = places[0], tokens[places[-1] + 1 :]
        if behind and behind[0] in lexicon.grade.to_area:
            return _Place(" ".join(behind[1:]), beside=True)
        if (marks | lexicon.grade.around).issuperset(tokens[:first]):
            return _Place(before, beside=False) if gives or not behind else None
        marked = tokens[first - 1] in marks and not behind
        given = marked or gives or gives_to(context.said)
        return _Place(" ".join(tokens[:first]), beside=True) if given else None
    return None


def _named_at(context: Context, place: _Place | None) -> tuple[str, ...]:
    """The area whose name stands by the grade, where that of another is asked for."""
    where = place.where if place is not None else ""
    named = area_mentioned(context, where) if where else None
    if named is not None:
        return (named.id,)
    # "La doctora que operó a mi gata" is of the office that is asked about
    tells = len(where.split()) > _MOST_CALLED
    return () if tells else context.release.area_names.called(where)


def _areas(context: Context, place: _Place | None, *, sure: bool) -> tuple[str, ...]:
    """The area that is named, or those that are described by the grade; if ``sure``, only one."""
    named = area_mentioned(context, context.text)
    if named is not None:
        few = len(context.said.words) <= _FEW_NAMING
        return (named.id,) if place is not None or few else ()
    if place is None or (sure and not place.beside):
        return ()
    called = context.release.area_names.called(place.where)
    if called:
        return called
    told = where_said(Said(place.where, context.lexicon))
    described = PhraseKind.DESCRIBES_STAFF in context.said.kinds
    proofs = (is_sure, says_name) if place.beside or described else (says_name,)
    if found := area_found(context, told, *proofs):
        return (found,)
    return areas_probable(context, told) if described and not sure else ()


def another_for_somebody(context: Context) -> RateWithGrade | None:
    """ "Y también le pongo un 3 al guardia", "al guardia un 3 aparte": of which office is asked.

    "Era otra nota, pa el guardia" says so of a grade that waits for its office.
    """
    if PhraseKind.ANOTHER_GRADE not in context.said.kinds or "?" in context.text:
        return None
    draft, grade, rated = context.state.draft, context.grade, latest_grade(context)
    if draft is not None and draft.grade and not draft.stray and not context.numbers:
        return RateWithGrade("", draft.grade, draft.words, pending=False)
    if not rated or grade is None or not grade.value:
        return None
    if {*context.numbers} - {rated} != {grade.value} or len(context.said.words) > _MOST_WORDS:
        return None
    if not _OF_THE_SAME.isdisjoint(context.said.kinds) or denies(context):
        return None
    if PhraseKind.CORRECTS_GRADE in context.said.kinds and context.heard.likely("corrects"):
        return None  # "y al final bájele a un 1"
    if is_grade_asked(context) and not _is_changed(context):
        return None  # it is the grade that is asked for
    return RateWithGrade("", grade.value, context.text.strip(), pending=False)


def _is_changed(context: Context) -> bool:
    """Whether the grade that is asked for has one on record, which is to change."""
    area = rated_area(context)
    return any(one.subject.area == area for one in context.state.rated)
