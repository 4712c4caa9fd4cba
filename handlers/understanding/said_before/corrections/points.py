"""The grade on record, moved: "bájele dos puntos", "póngalo al revés"."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.reading.grades import numbers_given
from handlers.understanding.reading.no_grades import without_told
from handlers.understanding.reading.number_words import value_of

_WORST, _BEST = 1, 7
_WAYS = ((PhraseKind.LOWERS_GRADE, -1), (PhraseKind.RAISES_GRADE, 1))


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
