"""Another area than was rated is named, with a grade: a rating of its own, or where it belongs."""

from __future__ import annotations

from handlers.facts import Subject
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_alone, area_behind, area_found, area_in, is_sure
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.rating import (
    CorrectArea,
    ProposeCorrection,
    ProposeGrade,
    Rate,
)
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.suggested import best_or_worst
from handlers.understanding.reading.wishes import ends_in_grade, gives_to
from handlers.understanding.said_before.corrections.areas import (
    after_denial,
    denies,
    denies_rated,
    moved_to,
    put_elsewhere,
)
from handlers.understanding.said_before.corrections.on_record import (
    grade_on_record,
    latest_grade,
    rated_area,
)

_MOST_WORDS = 20
_FEW = 12  # words that may give a grade, or put an area right, in any other way
_MOST_MEANING = 30
_PERHAPS = 0.3
_CORRECTING = ("corrects", "undoes", "denies")
_NEAR = 4  # words from a "no" up to what it denies
_NAMING = 5  # words, in which a place is named
_FIRST = 2  # words, one of which begins a correction
_GIVING = {PhraseKind.WANTS_TO_RATE, PhraseKind.GIVES_GRADE}


def grade_elsewhere(context: Context) -> ProposeGrade | ProposeCorrection | None:
    """ "Fui a obras y fue un 2" while words on Salud's 7 are awaited: proposed, and that stays.

    "No fue ahí: deportes, un 3" moves what is on record, with that grade.
    """
    if not context.numbers:
        return None
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
        few = len(said.words) <= _FEW
        given = gives or ends_in_grade(said) or bool(others and few)
    is_one = len({*context.numbers}) == 1
    return ProposeGrade(context.numbers[-1], area.id) if given and is_one else None


def area_elsewhere(context: Context) -> Rate | CorrectArea | ProposeCorrection | None:
    """ "Fui a la biblioteca", "eso es de patentes", where words of a comment are awaited.

    "Quiero ponerle nota a turismo" begins a rating of its own.
    """
    rated, said = grade_on_record(context), context.said
    if not rated or context.command is not None or best_or_worst(said):
        return None
    if {*context.numbers} - {rated} or len(said.words) > _MOST_MEANING:
        return None
    area = area_meant(context)
    if not area:
        return None
    if PhraseKind.WANTS_TO_RATE in said.kinds and PhraseKind.WAS_AT not in said.kinds:
        return Rate(Subject(area=area), "menu")
    return put_elsewhere(context, area)


def area_meant(context: Context) -> str:
    """Another area than was rated: where it was, or named by itself; "" for none."""
    if "?" in context.text:
        return ""
    said, words = context.said, context.said.words
    rated = context.state.rated[-1].subject.area
    if (alone := area_alone(context, context.text)) not in ("", rated):
        return alone
    starts = [at for at, word in enumerate(words, 1) if word in context.lexicon.instead]
    starts += [end for _, end in said.spans(PhraseKind.WAS_AT)]
    parts = (*said.part_starts, len(words))
    places = (" ".join(words[at : min(p for p in parts if p >= at)]) for at in starts)
    named = {_area_at(context, place) for place in places} - {"", rated}
    if len(named) == 1:
        return named.pop()
    if not _denies_by_name(context) and not _may_correct(context):
        return ""
    as_place, told = not denies(context), (after_denial(context), *PARTS.split(context.text))
    found = (area_in(context, text, as_place=as_place) for text in told)
    others = {area.id for area in found if area is not None} - {rated}
    return others.pop() if len(others) == 1 else ""


def _may_correct(context: Context) -> bool:
    few = len(context.said.words) <= _FEW
    asks = context.heard.best(("asks", *FOLLOW_UPS))
    return few and not asks and bool(context.heard.best(_CORRECTING, _PERHAPS))


def _denies_by_name(context: Context) -> bool:
    """ "A ellos va la nota, no a patentes", of Patentes, which was rated."""
    words, lexicon = context.said.words, context.lexicon
    if lexicon.said_before.names_grade.search(context.folded) is None:
        return False
    name = {*fold(context.release.area_name(rated_area(context))).split()} - lexicon.place_fillers
    return any(
        word in lexicon.negators and not name.isdisjoint(words[at + 1 : at + _NEAR])
        for at, word in enumerate(words)
    )


def _area_at(context: Context, place: str) -> str:
    """The area that a place names, is called or surely means: "los que esterilizan gatos"."""
    begins = " ".join(place.split()[:_NAMING])  # "estaba al sol y sin asientos para …" names none
    area = area_in(context, begins) or area_behind(context, begins, context.lexicon.instead)
    called = context.release.area_names.called(begins)
    if area is not None or len(called) == 1:
        return area.id if area is not None else called[0]
    return area_found(context, begins, is_sure)


def _slipped(context: Context) -> bool:
    """ "Perdón, era en obras y un 3"."""
    return not context.lexicon.grade.slips.isdisjoint(context.said.words[:_FIRST])
