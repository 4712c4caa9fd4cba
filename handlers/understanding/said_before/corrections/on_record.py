"""What is on record: whether it is right and stays, is denied, and how far it is to be moved."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.rating import KeepGrade
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import denied_again, without_told
from handlers.understanding.reading.number_words import value_of

_FEW_TO_AFFIRM = 10
_WORST, _BEST = 1, 7
_WAYS = ((PhraseKind.LOWERS_GRADE, -1), (PhraseKind.RAISES_GRADE, 1))


def grade_on_record(context: Context) -> int:
    """The grade that the words which are awaited would be the comment of; 0: none."""
    state, opened = context.state, context.open
    if not context.words_are_awaited or not state.rated:
        return 0
    latest = state.rated[-1]
    if opened is not None:
        graded = opened.outline.rates_area and not opened.grades_area
        return latest.grade if graded and opened.progress.response == latest.response else 0
    follow_up = state.follow_up
    return latest.grade if follow_up is not None and follow_up.response == latest.response else 0


def affirmation(context: Context) -> KeepGrade | None:
    """ "Sí, un 2, está bien", "no cambie nada, era pa saber si quedó": what is on record stays."""
    rated, words = grade_on_record(context), context.folded.split()
    if _keeps_plainly(context, rated):
        return KeepGrade(rated_area(context))
    if not rated or len(words) > _FEW_TO_AFFIRM:
        return None
    if context.text.rstrip().endswith("?"):
        return None  # "¿un 2 puse? ah ya, está bien" answers itself
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


def shifted_grade(context: Context, rated: int) -> int:
    """The grade after the points are taken off or added, or the scale is taken the other way round.

    0 where none is said, or none is left.

    ``rated``: the grade on record, 0 for none: nothing can be taken off it, or added.
    """
    if not rated:
        return 0
    said = context.said
    if PhraseKind.REVERSES_GRADE in said.kinds:
        return _reversed(context, rated)
    for kind, way in _WAYS:
        for start, end in said.kinds.get(kind, ()):
            points = next(
                filter(None, (_points(w, context.lexicon) for w in said.words[start:end])), 0
            )
            if points and _WORST <= rated + way * points <= _BEST:
                return rated + way * points
    return 0


def _reversed(context: Context, rated: int) -> int:
    """ "Pensé que 1 era lo mejor, póngalo al revés": as far from the other end; 0: the middle."""
    lexicon = context.lexicon
    given = numbers_given(without_told(context.text, lexicon), lexicon)
    meant = _BEST + _WORST - rated
    return 0 if meant == rated or {*given} - {rated, _WORST, _BEST} else meant


def _points(word: str, lexicon: Lexicon) -> int:
    """The number that a word says; an article stands for one; 0: none."""
    return 1 if word in lexicon.number.articles else value_of(word, lexicon) or 0


def latest_grade(context: Context) -> int:
    """The grade that was noted last, unless another one is asked for now; 0: none."""
    opened, rated = context.open, context.state.rated
    return 0 if not rated or (opened is not None and opened.grades_area) else rated[-1].grade


def is_grade_asked(context: Context) -> bool:
    """Whether the grade of an area is asked for, and none is noted of it."""
    opened = context.open
    return opened is not None and opened.grades_area and not opened.progress.answers


def keeps_noted(context: Context, rated: int) -> bool:
    """ "No, mentira, déjelo en 6 como estaba"."""
    given = context.numbers
    return (
        len(given) > 1
        and given[-1] == rated
        and context.lexicon.corrects.kept.search(context.folded) is not None
    )


def denies_grade(context: Context, rated: int) -> bool:
    """ "No es un 6", "nonono, 6 no"."""
    denied = rated in denied_again(context.text, context.lexicon)
    return denied or context.lexicon.grade.denied.search(context.text) is not None


def denies_noted(context: Context) -> bool:
    """ "No era seis", "yo no dije seis", of the six on record, with no other grade."""
    rated, said = latest_grade(context), context.said
    if not rated or {*context.numbers} - {rated}:
        return False
    if {*context.numbers} == {rated} and denies_grade(context, rated):
        return grade_on_record(context) == rated
    if PhraseKind.DOUBTS_GRADE not in said.kinds:
        return False
    doubted = (said.words[start:end] for start, end in said.spans(PhraseKind.DOUBTS_GRADE))
    return any(
        value_of(words[-1], context.lexicon) == rated
        and not context.lexicon.negators.isdisjoint(words)
        for words in doubted
    )


def denies(context: Context) -> bool:
    """ "No era Salud, era Tránsito"."""
    return context.lexicon.corrects.denied.search(context.folded) is not None


def means_elsewhere(context: Context) -> bool:
    """ "Oiga, yo hablaba de patentes"."""
    return context.lexicon.corrects.meant_elsewhere.fullmatch(context.folded) is not None
