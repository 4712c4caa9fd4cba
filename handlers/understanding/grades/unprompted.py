"""A grade that nothing asked for: "ponles un 1", "Tránsito = 7"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from handlers.content.model import Area
from handlers.facts.responses import Subject
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_answered,
    area_behind,
    area_by_name,
    area_called,
    area_found,
    area_in,
    area_mentioned,
    area_ungraded,
    areas_probable,
    is_sure,
    names_service,
    says_name,
)
from handlers.understanding.context import Context
from handlers.understanding.grades.no_area import institution_graded, means_whole
from handlers.understanding.grades.of_parts import grade_in_part, where_said
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import NameUnsureArea, ProposeGrade, Rate, RateWithGrade
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades.grade import Grade
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import is_half, value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.wishes import (
    ends_in_grade,
    gives_grade,
    gives_to,
    gives_with_reason,
)
from handlers.understanding.when import When

_OPINION = 0.7
_FEW_DESCRIBING = 6  # words of "a los de la basura"
_SENTENCE = 3  # words from which on praise or blame tells of a visit


def unprompted_grade(context: Context) -> Intent | None:
    """ "Ponles un 1": noted at once where the area is named; else the area is confirmed."""
    if When.NUMBER not in context.when:
        return _best_or_worst(context) or _of_stray_number(context)
    noted = grade_of_named(context) or _best_or_worst(context)
    if noted is not None:
        return noted
    if _gives_part_of_grade(context) and (area := area_in(context, context.text)) is not None:
        return Rate(Subject(area=area.id), "menu")
    grade = grade_given(context)
    if grade is None and _gives_several(context):
        return Act.CHOOSE_AREA
    if grade is None or (context.state.follow_up is not None and grade.words):
        return _of_part(context) if grade is None else _beside_case(context, grade)
    describes = not context.lexicon.place_describing.isdisjoint(context.said.words)
    named = None if describes else area_in(context, context.text)  # "donde dan el permiso"
    if named is None and gives_to(context.said):
        named = area_behind(context, context.text)  # "un 2 a aseo por la demora"
    if named is not None and not grade.doubtful:
        words = grade.words if says_more(context, named) else ""
        pending = is_pending(context, named.id)
        if _is_asked_or_supposed(context):
            return ProposeGrade(grade.value, named.id, words, pending=pending)
        return RateWithGrade(named.id, grade.value, words, pending=pending)
    elsewhere = institution_graded(context) if named is None else None
    if elsewhere is not None:
        return elsewhere
    if named is None and means_whole(context):
        return RateWithGrade("", grade.value, grade.words, pending=False, whole=True)
    told = _area_told(context)
    if named is None and told and PhraseKind.RATES_ASSISTANT not in context.said.kinds:
        pending = is_pending(context, told)
        if gives_to(context.said):  # perhaps to others: "un 2 a la inspectora"
            return ProposeGrade(grade.value, told, grade.words, pending=pending)
        return RateWithGrade(told, grade.value, grade.words, pending=pending)
    areas = (named.id,) if named is not None else _areas_meant(context)
    if not areas:
        unknown = RateWithGrade("", grade.value, grade.words, pending=False)
        return _of_part(context) or unknown
    if len(areas) > 1:
        return NameUnsureArea(areas, grade.value, grade.words)
    pending = is_pending(context, areas[0])
    return ProposeGrade(grade.value, areas[0], grade.words, pending=pending)


def _is_asked_or_supposed(context: Context) -> bool:
    """ "Cómo le pongo un 7 a Tránsito", "y si le pongo un 1": asked about, and not given yet."""
    lexicon = context.lexicon
    parts = [part for part in PARTS.split(context.text) if numbers_given(part, lexicon)]
    for said in (Said(part, lexicon) for part in parts):
        leads = {said.words[start - 1] for start, _ in said.spans(PhraseKind.GIVES_GRADE) if start}
        if said.asks or not lexicon.grade.supposing.isdisjoint(leads):
            return True
    return bool(parts) and context.text.rstrip().endswith(f"{parts[-1].strip('?')}?")


def _of_stray_number(context: Context) -> ProposeGrade | None:
    """ "En la biblioteca", right after a 7 that answered nothing."""
    draft, words = context.state.draft, context.said.words
    if draft is None or not draft.stray or context.said.asks or "?" in context.text:
        return None
    led = words[:1] and words[0] in context.lexicon.grade.for_area
    described = area_called(context) if led and len(words) <= _FEW_DESCRIBING else ""
    area = area_answered(context) or described
    return ProposeGrade(draft.grade, area) if area else None


def _beside_case(context: Context, grade: Grade) -> ProposeGrade | None:
    """ "Y a los de aseo un uno póngale", after a case was filed: no words of it."""
    follow_up, said = context.state.follow_up, context.said
    if follow_up is None or not follow_up.case or len(said.words) > _LONGEST or said.asks:
        return None
    gives = gives_grade(said) or gives_to(said) or context.heard.best(("gives_grade", "rates"))
    if not gives or PhraseKind.RATES_ASSISTANT in said.kinds or means_whole(context):
        return None
    named = area_behind(context, context.text) or area_in(context, context.text)
    area = named.id if named is not None else area_called(context) or _area_told(context)
    return ProposeGrade(grade.value, area, grade.words if named is None else "") if area else None


def _gives_part_of_grade(context: Context) -> bool:
    """ "Un 5 y medio para obras", "a tránsito entre 4 y 5": its whole grade is asked for."""
    grade = context.grade
    if grade is None or grade.value or context.said.asks or len(context.said.words) > _LONGEST:
        return False
    return gives_grade(context.said) or context.heard.likely("gives_grade")


def _gives_several(context: Context) -> bool:
    """ "Un 7 para la señora y un 1 para el guardia": one grade is asked for."""
    is_free = context.open is None and context.state.follow_up is None
    return (
        is_free
        and not context.said.asks
        and len(context.numbers) > 1
        and (context.heard.likely("gives_grade") or _each_ends_in_grade(context))
        and len(context.folded.split()) <= _LONGEST
    )


def _each_ends_in_grade(context: Context) -> bool:
    """ "La señora un 7, el guardia un 1"."""
    parts = (Said(part, context.lexicon) for part in PARTS.split(context.text))
    return all(ends_in_grade(part) for part in parts if part.words)


def grade_of_named(context: Context) -> Intent | None:
    """ "Tránsito = 7", "obras: 2": plain. "Tránsito 7" may be a counter: it is confirmed."""
    grades = context.lexicon.grade
    match = _OF_NAMED.fullmatch(context.text) or grades.for_named.fullmatch(context.text)
    told = context.state.follow_up or context.state.filing  # "era el hoyo 2" is of a case
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


def _of_part(context: Context) -> ProposeGrade | None:
    """ "A los que tapan hoyos un 1, quedó peor": proposed."""
    grade, area = grade_in_part(context)
    return ProposeGrade(grade, area, context.text, is_pending(context, area)) if area else None


def _of_described(context: Context, where: str, grade: int) -> ProposeGrade | None:
    """ "Cementerio municipal = 5", "dideco 4": proposed to the area that is surely meant."""
    words = [word for word in fold(where).split() if word not in context.lexicon.grade.around]
    if not 1 <= len(words) <= _FEW_NAMING or gives_grade(context.said):
        return None
    named = area_in(context, where)
    area = named.id if named is not None else area_found(context, where, is_sure)
    return ProposeGrade(grade, area, pending=is_pending(context, area)) if area else None


_FEW_NAMING = 2  # words that name an area, rather than tell of something
_BEST = 7
_OF_NAMED = re.compile(
    r"\W*(?P<area>[^\W\d][^\d=:>→?]*?)\s*(?P<sign>=|:|-*>|→)?\s*(?P<grade>[1-7]|[^\W\d]{3,})[^\w?]*"
)


def _best_or_worst(context: Context) -> Intent | None:
    """ "La mejor nota para Tránsito", "un rojo a Dideco", "top marks": always confirmed."""
    said, mark, folded = context.said, context.lexicon.grade.mark, f" {context.folded} "
    if mark.isdisjoint(said.words) or "?" in context.text or said.asks:
        return None
    found = {
        phrase: grade
        for phrase, grade in context.lexicon.vague_grades.items()
        if f" {phrase} " in folded and not mark.isdisjoint(phrase.split())
    }
    grades = set(found.values())
    if len(grades) != 1 or context.state.follow_up is not None:
        return None
    if not grades.issuperset(context.numbers):
        return None  # "qué nota más baja, un dos con suerte"
    words = folded.replace(max(found, key=len), " ").split()
    if len(words) > _LONGEST or _is_denied(context, max(found, key=len)):
        return None
    area = area_mentioned(context, context.text)
    shown = context.release.area_of_card(context.state.topic)
    gives = PhraseKind.GIVES_MARK in said.kinds
    if not (gives or gives_grade(said) or (area is not None and grades <= _EXTREMES)):
        return None
    where = " ".join(w for w in words if w not in context.lexicon.grade.around)
    meant = area.id if area is not None else area_called(context) or shown
    meant = meant or area_found(context, where, says_name)
    if not meant:
        return Act.CHOOSE_AREA
    return ProposeGrade(grades.pop(), meant, pending=is_pending(context, meant))


def _is_denied(context: Context, phrase: str) -> bool:
    """Whether a no stands in the part that names it; not "ni un brillo, la peor nota"."""
    parts = (f" {fold(part)} " for part in PARTS.split(context.text))
    beside = " ".join(part.replace(f" {phrase} ", " ") for part in parts if f" {phrase} " in part)
    return not context.lexicon.negators.isdisjoint(beside.split())


_LONGEST = 14  # words in which the best grade is given
_FEW_MEANT = 3  # areas that are offered
_EXTREMES = frozenset({1, _BEST})  # a mark of these is one even where nothing says that it is given


def _areas_meant(context: Context) -> tuple[str, ...]:
    """The area described, or of the card shown, or named, or some that may be meant; confirmed."""
    called = context.release.area_names.called(context.text)
    shown = area_ungraded(context) or context.release.area_of_card(context.state.topic)
    if described := called[:_FEW_MEANT] or _given_to_described(context):
        of_staff = not context.lexicon.grade.staff.isdisjoint(context.said.words)
        here = shown if of_staff else ""  # the doctor may be of the office shown
        return tuple(filter(None, dict.fromkeys((*described, here))))[:_FEW_MEANT]
    if shown and not gives_to(context.said):
        return (shown,)
    begins = _BEGINS.match(context.text)  # what follows tells how it was, hardly where
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
    leads = [at for at, word in enumerate(before) if word in lexicon.grade.to_area]
    if not leads:
        return ()
    where = " ".join(before[leads[-1] + 1 :])
    named = area_behind(context, where) or area_in(context, where)
    area = named.id if named is not None else area_found(context, where, is_sure, says_name)
    return (area,) if area else ()


def _area_told(context: Context) -> str:
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
    return len(rest) > _SENTENCE or _says_why(context, empty)


def _says_why(context: Context, empty: AbstractSet[str]) -> bool:
    """ "Un 3 a Tránsito por la espera"; not "por favor", nor "por Tránsito"."""
    words, lead = context.folded.split(), context.lexicon.grade.causes
    begins = next((at for at, word in enumerate(words) if word in lead), len(words))
    return any(
        word not in empty | lead and value_of(word, context.lexicon) is None
        for word in words[begins:]
    )


def grade_given(context: Context) -> Grade | None:
    """The grade of "ponles un 1" or "6, muy amables", where no grade is asked for."""
    if context.open is not None and not context.open.outline.about_card:
        return None
    grade = context.grade
    if grade is None or not grade.value or _counts_areas(context):
        return None
    given = (
        gives_grade(context.said)
        or gives_to(context.said)
        or (ends_in_grade(context.said) and _is_given_to_something(context))
        or (grade.words and _is_heard(context))
        or gives_with_reason(context.said)
        or (_BEGINS.match(context.text) and _tells_how_it_was(context))
        or (_BEGINS_BARE.match(context.text) and _agrees(context, grade.value))
        or _is_of_staff(context)
    )
    return grade if given else None


def _is_heard(context: Context) -> bool:
    """Whether a grade is heard: before bare words, as in "6 muy demorones", with hardly a doubt."""
    bare = re.match(r"\s*[1-7]\s+\D", context.text)
    return context.heard.surely("gives_grade") if bare else context.heard.likely("gives_grade")


def _counts_areas(context: Context) -> bool:
    """ "Quiero evaluar tránsito y obras, los dos": its number is no grade."""
    said = context.said
    if PhraseKind.WANTS_TO_RATE not in said.kinds:
        return False
    covered = {at for span in said.spans(PhraseKind.FOR_BOTH) for at in range(*span)}
    numbers = (at for at, word in enumerate(said.words) if value_of(word, context.lexicon))
    return all(at in covered for at in numbers)


def _is_of_staff(context: Context) -> bool:
    """ "La señora que hace las fichas un 7, siempre amable", "los que podan llegaron tarde. 3"."""
    said = context.said
    starts = [start for start, _ in said.spans(PhraseKind.DESCRIBES_STAFF)]
    if min(starts, default=_SENTENCE) >= _SENTENCE or said.asks:
        return False
    if len(set(context.numbers)) != 1 or PhraseKind.TELLS_WHEN in said.kinds:
        return False  # "me citaron a las 3"
    words = context.folded.split()
    at = next((at for at, word in enumerate(words) if value_of(word, context.lexicon)), 0)
    articles, to_area = context.lexicon.number.articles, context.lexicon.grade.to_area
    stands_out = words[at - 1] in articles or not to_area.isdisjoint(words[at + 1 : at + 2])
    return stands_out or bool(_ENDS_BARE.search(context.text))


def _is_given_to_something(context: Context) -> bool:
    """Whether what stands before the grade may be rated: an area, a thing that is found, a wish."""
    if PhraseKind.WANTS_TO_RATE in context.said.kinds or context.heard.likely("gives_grade"):
        return True
    where = where_said(context.said)
    found = bool(where.strip()) and is_sure(context, where, "")
    return found or area_in(context, context.text) is not None


_BEGINS = re.compile(r"\s*[1-7]\s*[,;:.]\s+\D")  # "6, muy amables"
_ENDS_BARE = re.compile(r"[^\W\d]\s*[.,;:!]\s*[1-7]\W*$")  # "…, 6"
_BEGINS_BARE = re.compile(r"\s*[1-7]\s+(?!\w+s\s+\w)\D")  # "6 muy amables", not "2 malos tratos"


def _tells_how_it_was(context: Context) -> bool:
    """Whether the words praise or blame: by themselves, or as they are said."""
    return bool(context.said.mood or context.heard.best(("praises", "blames")))


def _agrees(context: Context, grade: int) -> bool:
    """Whether the words beside a number blame or praise as it would as a grade."""
    blames = context.said.mood < 0 or bool(context.heard.best(("blames",), _OPINION))
    praises = context.said.mood > 0 or bool(context.heard.best(("praises",), _OPINION))
    return praises if grade > _MIDDLE else blames


_MIDDLE = 4
