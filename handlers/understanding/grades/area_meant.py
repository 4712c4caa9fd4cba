"""Whom an unprompted grade may be for: areas, the whole municipality, another institution."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from handlers.content.model import Area
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_behind,
    area_found,
    area_in,
    area_ungraded,
    areas_probable,
    has_proper_word,
    is_sure,
    names_service,
    says_name,
)
from handlers.understanding.context import Context
from handlers.understanding.grades.given import begins_with_grade
from handlers.understanding.grades.of_parts import where_said
from handlers.understanding.intents.information import LookUp
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import names_number, value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import ends_in_grade, gives_grade, gives_to

_SENTENCE = 3  # words beside a grade, from which on more is told than the grade
_MOST_LEADING = 1  # word before it: "y al consultorio"
_FEW_TELLING = 2  # words of a part that say how it was
_COURTEOUS = ("thanks", "greets", "farewell", "smalltalk")
_JUDGING = ("praises", "blames", "reports", "complains")
_FEW_MEANT = 3  # areas that are offered


def areas_meant(context: Context) -> tuple[str, ...]:
    """The area described, or of the card shown, or named, or some that may be meant; confirmed."""
    called = context.release.area_names.called(context.text)
    shown = area_ungraded(context) or context.release.area_of_card(context.state.topic)
    if described := called[:_FEW_MEANT] or _given_to_described(context):
        of_staff = not context.lexicon.grade.staff.isdisjoint(context.said.words)
        here = shown if of_staff else ""  # the doctor may be of the office shown
        return tuple(filter(None, dict.fromkeys((*described, here))))[:_FEW_MEANT]
    if shown and not gives_to(context.said):
        return (shown,)
    begins = begins_with_grade(context.text)  # what follows tells how it was, hardly where
    if begins and not gives_grade(context.said):
        return (shown,) if shown else ()
    whole, offices = where_said(context.said), context.lexicon.offices
    where = " ".join(
        word for word in whole.split() if word not in offices
    )  # "la oficina de la pega"
    area = area_found(context, whole, is_sure) or area_found(context, where, is_sure, says_name)
    if shown:  # "un 7 al guardia" may be his of the card's office
        described = (area,) if area else areas_probable(context, where)
        return tuple(dict.fromkeys((*described, shown))) if len(described) == 1 else (shown,)
    if not area and names_service(context):
        area = area_found(context, context.text, is_sure)
    if area or not (gives_to(context.said) or ends_in_grade(context.said)):
        return (area,) if area else ()
    return areas_probable(context, where)


def _given_to_described(context: Context) -> tuple[str, ...]:
    """ "Al consultorio ponle un 3", before what gives it: surely another than the one shown."""
    said, lexicon = context.said, context.lexicon
    starts = [start for start, _ in said.spans(PhraseKind.GIVES_GRADE)]
    before = said.words[: min(starts, default=0)]
    begins = {at + more for at in said.part_starts for more in range(_MOST_LEADING + 1)}
    leads = [at for at, word in enumerate(before) if word in lexicon.grade.to_area and at in begins]
    if not leads:
        return ()
    where = " ".join(before[leads[-1] + 1 :])
    named = area_behind(context, where) or area_in(context, where)
    area = named.id if named is not None else area_found(context, where, is_sure, says_name)
    return (area,) if area else ()


def area_told(context: Context) -> str:
    """The area that the citizen was just told about: of a wait, or of the case that is open."""
    draft, follow_up, cases = context.state.draft, context.state.follow_up, context.state.cases
    if draft is not None and draft.waiting and draft.area:
        return draft.area
    if context.state.filing is not None and context.state.filing.area:
        return context.state.filing.area
    is_case = follow_up is not None and bool(follow_up.case)
    return cases[-1].area if cases and (is_case or cases[-1].waiting) else ""


def is_pending(context: Context, area: str) -> bool:
    """Whether the grade of that area is for something that has not ended."""
    draft = context.state.draft
    waiting = any(case.waiting and case.area == area for case in context.state.cases)
    return waiting or (draft is not None and draft.waiting)


def says_more(context: Context, area: Area) -> bool:
    """Whether more is said than the grade and the area's name."""
    name = set(fold(f"{area.short_name} {area.name} {area.id}").split())
    empty = name | context.lexicon.grade.around
    rest = [word for word in context.folded.split() if word not in empty]
    return len(rest) > _SENTENCE or _says_why(context, empty) or _says_how(context, empty)


def _says_how(context: Context, empty: AbstractSet[str]) -> bool:
    """ "Un 5 a Obras, muy lentos": a part of its own, in which no number stands."""
    for part in PARTS.split(context.text):
        said = Said(part, context.lexicon)
        told = [word for word in said.words if word not in empty]
        if not told or names_number(said.folded, context.lexicon):
            continue
        if told[0] == said.words[0] and told[0] in context.lexicon.grade.for_area:
            continue  # "…, a los de la basura" says whose it is
        heard = context.release.listener.hear(part)
        denies = not context.lexicon.negators.isdisjoint(said.words)  # "no me atendieron"
        long = len(told) + denies >= _FEW_TELLING and heard.main not in _COURTEOUS
        if said.mood or long or heard.best(_JUDGING):
            return True
    return False


def _says_why(context: Context, empty: AbstractSet[str]) -> bool:
    """ "Un 3 a Tránsito por la espera"; not "por favor", nor "por Tránsito"."""
    words, lead = context.folded.split(), context.lexicon.grade.causes
    begins = next((at for at, word in enumerate(words) if word in lead), len(words))
    return any(
        word not in empty | lead and value_of(word, context.lexicon) is None
        for word in words[begins:]
    )


def after_denial(context: Context) -> str:
    """ "era salud no transito" is about salud; "no era transito era salud" too."""
    folded = context.folded
    for one in context.lexicon.corrections:
        told = one.taken_up.sub("", folded, count=1) if one.taken_up.match(folded) else folded
        told = one.what_is_denied.sub(lambda found: found["meant"] or " ", told)
        folded = told if told.strip() else folded
    return folded


def only_denied(context: Context, area: str, grade: int = 0) -> bool:
    """ "Ni la biblioteca ni el 1": the area's name, or the grade, is only said not to be it."""
    lexicon = context.lexicon
    name = {*fold(context.release.area_name(area)).split()} - lexicon.place_fillers
    left, said = {*after_denial(context).split()}, {*context.folded.split()}
    number = {word for word in said if grade and value_of(word, lexicon) == grade}
    return any(words & said and not words & left for words in (name, number))


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
