"""Words after a grade that may correct it, and are no plain correction: asked, never just added."""

from __future__ import annotations

import math

from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.rating import ProposeCorrection
from handlers.understanding.reading.candidates import is_of_noun
from handlers.understanding.reading.grades import numbers_given
from handlers.understanding.reading.no_grades import denied_again, not_given, without_told
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import best_or_worst

_MOST_WORDS = 30
_PERHAPS = 0.3  # from it on it is asked
_CERTAIN = 0.9  # that it is corrected, among many words
_LIKELY = 0.6  # the same, where no other grade and no phrase of correcting is said
_FEW = 4  # words
_FEW_REFUSING = 12  # words that say of the grade on record that it is none
_FEW_OF_ANOTHER = 10  # words that say whose office was meant
_BEST, _WORST = 7, 2
# Fitted by logistic regression on 183 corrections and 310 comments that no weights were trained
# on; held out in five folds, 97 % of the former reach _PERHAPS, and 2 % of the latter.
_ONE = 0.4
_HEARD = 0.7  # of the log-odds that something is corrected or undone
_ANOTHER_GRADE = 2.5  # another grade is surely given
_MAY, _CORRECTS, _UNDOES = 2.1, 1.55, 1.4  # phrases of acts.toml
_OPINION = -3.7  # of the probability of praise, blame or a suggestion
_SHORT = 1.1
_LEAST_CHANCE = 0.001


def possible_correction(context: Context) -> ProposeCorrection | None:
    """ "Ya no tan mala, súbela a 3", "la niña apretó puras leseras, no vale"."""
    rated = grade_on_record(context)
    if not rated or context.command is not None:
        return None
    if len(context.said.words) > _MOST_WORDS:
        return _within_many_words(context, rated)
    if _contradicts(context, rated) or _refuses(context, rated):
        return ProposeCorrection(0, context.text.strip())
    if is_of_another(context):
        return ProposeCorrection(0, context.text.strip(), erases=True)
    grade = grade_meant(context, rated)
    least = _PERHAPS if grade or _says_so(context.said) else _LIKELY
    if chance_of_correction(context, rated) < least or leaves_grade(context):
        return None
    if denies_others(context, rated):
        return None
    undone = context.heard.likely("undoes") or PhraseKind.UNDOES_GRADE in context.said.kinds
    if not grade and not undone and rated in context.numbers:
        return None  # "en el colegio un 2 era rojo" says the grade again, and no other
    return ProposeCorrection(grade, context.text.strip(), erases=not grade and undone)


def _contradicts(context: Context, rated: int) -> bool:
    """ "Excelente todo, muy rápido" after a 1: the scale was taken the other way round."""
    heard = context.heard
    praises = heard.chance("praises") >= _CERTAIN and heard.chance("blames") < _PERHAPS
    praised = praises and context.said.mood > 0 and not context.numbers
    return rated <= _WORST and praised and context.lexicon.contrast.isdisjoint(context.said.words)


def _refuses(context: Context, rated: int) -> bool:
    """ "Siete no, siete es mucho" after a 7, without another grade."""
    few = len(context.said.words) <= _FEW_REFUSING and {*context.numbers} == {rated}
    return few and rated in denied_again(context.text, context.lexicon)


def _within_many_words(context: Context, rated: int) -> ProposeCorrection | None:
    """Among more words than a correction needs, only what is said and heard for certain."""
    plain = _says_so(context.said) and context.heard.best(("corrects", "undoes"), _CERTAIN)
    if not plain or leaves_grade(context):
        return None
    grade = grade_meant(context, rated)
    undone = plain == "undoes" or PhraseKind.UNDOES_GRADE in context.said.kinds
    return ProposeCorrection(grade, context.text.strip(), erases=not grade and undone)


def is_of_another(context: Context) -> bool:
    """ "No, perdón, eso era para el Registro Civil": somebody else's office was graded."""
    folded = context.folded
    if len(context.said.words) > _FEW_OF_ANOTHER or "?" in context.text:
        return False
    told = any(
        one.of_another.search(folded) and not one.compares.search(folded)
        for one in context.lexicon.corrections
    )
    return told and context.ranking.verdict is Verdict.EXTERNAL


def _says_so(said: Said) -> bool:
    kinds = (PhraseKind.MAY_CORRECT, PhraseKind.CORRECTS_GRADE, PhraseKind.UNDOES_GRADE)
    return any(said.spans(kind) for kind in kinds)


def leaves_grade(context: Context) -> bool:
    """ "No toque la nota, solo quiero agregar que …"."""
    asked = context.lexicon.said_before.leaves_grade.search(context.folded) is not None
    return asked and not context.said.spans(PhraseKind.CORRECTS_GRADE)


def denies_others(context: Context, rated: int) -> bool:
    """ "Por eso no les puse un 7", "puse 6 y no 7": the only other grade is said not to be it."""
    others = set(context.numbers) - {rated}
    if not others:
        return False
    return others <= set(not_given(context.text, context.folded, context.lexicon))


def chance_of_correction(context: Context, rated: int) -> float:
    """How probable it is that words after the grade ``rated`` correct it."""
    heard, said = context.heard, context.said
    numbers = context.numbers
    corrected = max(heard.chance("corrects"), heard.chance("undoes"), _LEAST_CHANCE)
    corrected = min(corrected, 1 - _LEAST_CHANCE)
    another = bool(numbers) and set(numbers) != {rated}
    opinion = max(heard.chance(act) for act in ("blames", "praises", "suggests"))
    total = (
        _ONE
        + _HEARD * math.log(corrected / (1 - corrected))
        + _ANOTHER_GRADE * (another and heard.surely("gives_grade"))
        + _MAY * _is_said(said, PhraseKind.MAY_CORRECT, numbers)
        + _CORRECTS * _is_said(said, PhraseKind.CORRECTS_GRADE, numbers)
        + _UNDOES * _is_said(said, PhraseKind.UNDOES_GRADE, numbers)
        + _OPINION * opinion
        + _SHORT * (len(said.words) <= _FEW)
    )
    return 1 / (1 + math.exp(-total))


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


def grade_meant(context: Context, rated: int) -> int:
    """The number that a phrase of correcting ends in, or else the last one that may be a grade.

    0 where no number but the grade on record is said.
    """
    said = context.said
    numbers = _numbers_given(context)
    named = _named_by_phrase(said, set(numbers) - {rated})
    if named:
        return named
    grade_words = said.lexicon.grade
    for kind in (PhraseKind.CORRECTS_GRADE, PhraseKind.MAY_CORRECT):
        for _start, end in said.spans(kind):
            value = value_of(said.words[end - 1], context.lexicon)
            names = said.words[end - 2] in grade_words.named - grade_words.cues  # "ventanilla 3"
            names = names or is_of_noun(said.words, end - 1, context.lexicon)
            if value and value <= _BEST and value not in {*numbers, *context.numbers} and not names:
                numbers.append(value)
    return numbers[-1] if set(numbers) - {rated} else best_or_worst(said, rated)


def _numbers_given(context: Context) -> list[int]:
    """Without the 1 of "pensé que 1 era lo mejor, es 7", where another number is left."""
    own = without_told(context.text, context.lexicon)
    given = numbers_given(own, context.lexicon) if own != context.text else context.numbers
    denied = denied_again(context.text, context.lexicon)
    return [number for number in given or context.numbers if number not in denied]


def _named_by_phrase(said: Said, numbers: set[int]) -> int:
    """ "Si cambio el 2 por un 5, es que el guardia se portó un 7" names the 5; 0: none."""
    denies = said.lexicon.grade.denies
    spans = sorted(said.spans(PhraseKind.CORRECTS_GRADE), key=lambda span: -span[1])
    for _start, end in spans:  # the last one: "pensé que el 1 era lo mejor, quiero poner 7"
        value = value_of(said.words[end - 1], said.lexicon)
        if value in numbers and denies.isdisjoint(said.words[max(0, end - 3) : end - 1]):
            return value or 0
    return 0


def _is_said(said: Said, kind: PhraseKind, numbers: tuple[int, ...]) -> bool:
    """Whether such a phrase stands there; a number in it must be one that may be a grade."""
    return any(
        bool(numbers) or all(value_of(word, said.lexicon) is None for word in said.words[start:end])
        for start, end in said.spans(kind)
    )
