"""The grade on record is right, and stays."""

from __future__ import annotations

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.rating import KeepGrade
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.said_before.corrections.possible import grade_on_record

_FEW_TO_AFFIRM = 8


def affirmation(context: Context) -> KeepGrade | None:
    """ "Sí, un 2, está bien", "no cambie nada, era pa saber si quedó": what is on record stays."""
    rated, words = grade_on_record(context), context.folded.split()
    if _keeps_plainly(context, rated):
        return KeepGrade(rated_area(context))
    if not rated or len(words) > _FEW_TO_AFFIRM or "?" in context.text:
        return None
    if context.state.follow_up is not None and len(words) == 1:
        return None  # "sí" to "¿quiere agregar algo?"
    lexicon = context.lexicon
    said_again = {word for word in words if value_of(word, lexicon) == rated}
    rest = set(words) - said_again - lexicon.grade.articles
    for one in lexicon.corrections:
        affirms = rest & one.affirms
        if affirms and rest <= one.affirms | one.beside_affirming:
            return KeepGrade(rated_area(context))
    return None


def _keeps_plainly(context: Context, rated: int) -> bool:
    """Whether phrases that keep the grade, and words that say no more, are all of the text."""
    spans, words = context.said.kinds.get(PhraseKind.KEEPS_GRADE), context.said.words
    if not spans:
        return False
    rated = rated or _grade_kept(context)
    if not rated or not {*context.numbers} <= {rated}:
        return False
    lexicon = context.lexicon
    empty = lexicon.grade.around | lexicon.grade.articles
    for one in lexicon.corrections:
        empty = empty | one.affirms | one.beside_affirming
    said = {at for start, end in spans for at in range(start, end)}
    return all(
        at in said
        or word in empty
        or value_of(word, lexicon) == rated
        or (at == 0 and word in lexicon.negators)
        for at, word in enumerate(words)
    )


def _grade_kept(context: Context) -> int:
    """The grade that is asked for anew, or, where nothing is open, the latest; 0: none."""
    state, opened = context.state, context.open
    if opened is not None and opened.grades_area:
        return opened.progress.changing
    busy = opened is not None or state.follow_up is not None or state.filing is not None
    named = context.lexicon.said_before.names_grade.search(context.folded) or context.numbers
    return state.rated[-1].grade if state.rated and named and not busy else 0


def rated_area(context: Context) -> str:
    progress, opened = context.state.progress, context.open
    of_card = opened is not None and opened.outline.about_card
    if progress is not None and progress.subject.area and not of_card:
        return progress.subject.area
    return context.state.rated[-1].subject.area if context.state.rated else ""
