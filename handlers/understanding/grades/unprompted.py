"""A grade that nothing asked for: "ponles un 1", "Tránsito = 7"."""

from __future__ import annotations

from handlers.facts.responses import Subject
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_answered,
    area_behind,
    area_called,
    area_found,
    area_in,
    area_mentioned,
    areas_probable,
    says_name,
)
from handlers.understanding.conditions import conditions_of
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import (
    area_told,
    areas_meant,
    institution_graded,
    is_pending,
    means_whole,
    says_more,
)
from handlers.understanding.grades.given import grade_given
from handlers.understanding.grades.of_named import grade_of_named
from handlers.understanding.grades.of_parts import grade_in_part
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import NameUnsureArea, ProposeGrade, Rate, RateWithGrade
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades.grade import Grade
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import PARTS, counts
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.told import MAYBE, TELLING
from handlers.understanding.reading.wishes import (
    ends_in_grade,
    gives_grade,
    gives_to,
    is_grade,
)
from handlers.understanding.when import When

_BEST = 7
_FEW_CALLING = 2  # words: "la dideco"
_LONGEST = 14  # words in which the best grade is given
_EXTREMES = frozenset({1, _BEST})  # a mark of these is one even where nothing says that it is given
_MOST_BESIDE = 20  # words of a grade beside a case, and why it is given
_FEW_DESCRIBING = 6  # words of "a los de la basura"


def unprompted_grade(context: Context) -> Intent | None:
    """ "Ponles un 1": noted at once where the area is named; else the area is confirmed."""
    if When.NUMBER not in conditions_of(context):
        return _best_or_worst(context) or _of_stray_number(context)
    noted = grade_of_named(context) or _best_or_worst(context)
    if noted is not None:
        return noted
    if _gives_part_of_grade(context) and (area := area_in(context, context.text)) is not None:
        return Rate(Subject(area=area.id), "menu")
    grade = grade_given(context)
    if grade is None and _gives_several(context):
        return Act.CHOOSE_AREA
    if grade is None:
        return _of_part(context)
    if context.state.follow_up is not None and grade.words:
        return grade_beside_case(context)
    return _of_area(context, grade)


def _of_area(context: Context, grade: Grade) -> Intent | None:
    """The grade, for the area that is named, or told with it."""
    describes = not context.lexicon.place_describing.isdisjoint(context.said.words)
    given, behind = _by_cause(context)
    named = None if describes else area_in(context, given)  # "donde dan el permiso"
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
    told = area_told(context)
    if named is None and area_in(context, behind) and (areas := areas_probable(context, behind)):
        return _proposed(context, areas, grade)  # "por la basura de mi calle" is of none by name
    if named is None and told and PhraseKind.RATES_ASSISTANT not in context.said.kinds:
        pending = is_pending(context, told)
        if gives_to(context.said):  # perhaps to others: "un 2 a la inspectora"
            return ProposeGrade(grade.value, told, grade.words, pending=pending)
        return RateWithGrade(told, grade.value, grade.words, pending=pending)
    areas = (named.id,) if named is not None else areas_meant(context)
    if not areas:
        unknown = RateWithGrade("", grade.value, grade.words, pending=False)
        return _of_part(context) or unknown
    return _proposed(context, areas, grade)


def _by_cause(context: Context) -> tuple[str, str]:
    """ "Les pongo un 2 por la basura de mi calle": what stands before the cause, and behind it."""
    lexicon, words = context.lexicon, context.folded.split()
    for at, word in enumerate(words):
        if at and word in lexicon.grade.causes and value_of(words[at - 1], lexicon):
            return " ".join(words[:at]), " ".join(words[at + 1 :])
    return context.text, ""


def _proposed(
    context: Context, areas: tuple[str, ...], grade: Grade
) -> ProposeGrade | NameUnsureArea:
    """The grade for the one area that is probable, or for one of a few."""
    only = _only_gives(context, grade.words) or _only_calls(context, grade.words)
    words = "" if only else grade.words
    if len(areas) > 1:
        return NameUnsureArea(areas, grade.value, words)
    pending = is_pending(context, areas[0])
    return ProposeGrade(grade.value, areas[0], words, pending=pending)


def _only_gives(context: Context, words: str) -> bool:
    """ "Mwen bay biwo patant lan yon", left of a sentence that gives a grade: no reason."""
    said, lexicon = context.said, context.lexicon
    articles = lexicon.number.articles | lexicon.grade.articles
    cut = not articles.isdisjoint(fold(words).split()[-1:])
    reasons = lexicon.grade.reasons | lexicon.grade.causes
    tells = said.mood or not reasons.isdisjoint(said.words)
    return cut and not tells and not context.heard.best(TELLING, MAYBE)


def _only_calls(context: Context, words: str) -> bool:
    """The "a la dideco" of "le pongo un 3 a la dideco": no reason."""
    lead, *others = fold(words).split() or [""]
    if lead not in context.lexicon.grade.to_area or len(others) > _FEW_CALLING:
        return False
    ranking = context.rank(" ".join(others))
    return ranking.verdict is Verdict.SURE and ranking.hits[0].kind == "area"


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


def grade_beside_case(context: Context) -> ProposeGrade | None:
    """ "Y a los de aseo un uno póngale", after a case was filed: no words of it."""
    follow_up, said, grade = context.state.follow_up, context.said, grade_given(context)
    if follow_up is None or not follow_up.case or len(said.words) > _MOST_BESIDE or said.asks:
        return None
    if grade is None or _counts(context):
        return None
    gives = gives_grade(said) or gives_to(said) or context.heard.best(("gives_grade", "rates"))
    if not gives or PhraseKind.RATES_ASSISTANT in said.kinds or means_whole(context):
        return None
    named = area_behind(context, context.text) or area_in(context, context.text)
    area = named.id if named is not None else area_called(context) or area_told(context)
    words = grade.words if named is None or says_more(context, named) else ""
    return ProposeGrade(grade.value, area, words) if area else None


def _counts(context: Context) -> bool:
    """ "Le pongo 3 fotos": no grade; "un 2, llevan 3 semanas" gives one."""
    words, lexicon = context.folded.split(), context.lexicon
    places = [at for at, word in enumerate(words) if is_grade(word, lexicon)]
    return bool(places) and all(
        counts(words, at, lexicon, cued=False)
        and lexicon.grade.around.isdisjoint(words[at + 1 : at + 2])
        for at in places
    )


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


def _of_part(context: Context) -> ProposeGrade | None:
    """ "A los que tapan hoyos un 1, quedó peor": proposed."""
    grade, area = grade_in_part(context)
    return ProposeGrade(grade, area, context.text, is_pending(context, area)) if area else None


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
