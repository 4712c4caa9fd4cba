"""Another area than was rated is named, where words of a comment are awaited."""

from __future__ import annotations

from handlers.facts import Subject
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_alone, area_behind, area_found, area_in, is_sure
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.rating import CorrectArea, ProposeCorrection, Rate
from handlers.understanding.meant_else import may_take_back
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.suggested import best_or_worst
from handlers.understanding.said_before.corrections.areas import (
    after_denial,
    denies,
    put_elsewhere,
)
from handlers.understanding.said_before.corrections.on_record import grade_on_record, rated_area

_FEW = 12  # words that may put an area right in any other way
_MOST_MEANING = 30
_NEAR = 4  # words from a "no" up to what it denies
_NAMING = 5  # words, in which a place is named


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
    rated = rated_area(context)
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
    return few and not asks and (may_take_back(context) or context.heard.likely("denies"))


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
