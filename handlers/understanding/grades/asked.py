"""What is said where a grade is asked for: the grade, or what is told instead of it."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.questionnaires.definition import QuestionKind
from handlers.release import OpenQuestion
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_alone,
    area_in,
    area_named,
    asks_of_area,
    names_service,
    tells_which_house,
)
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import GradeAnswer, WordsBeforeGrade
from handlers.understanding.intents.rating import ConfirmArea, ProposeGrade, RejectArea
from handlers.understanding.intents.union import Intent
from handlers.understanding.meant_else import BUSINESS, INSTEAD_OF_GRADE, asks_aside, question_in
from handlers.understanding.reading.grades.grade import Grade
from handlers.understanding.reading.grades.read import numbers_given, read_grade
from handlers.understanding.reading.no_grades import PARTS, refused
from handlers.understanding.reading.number_words import read_misspelt, read_spelt, value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import (
    best_or_worst,
    contradicts,
    qualifies_noun,
    suggested_within,
)
from handlers.understanding.reading.wishes import (
    complaint_wished,
    gives_grade,
    tells_experience,
    wants_to_rate,
)

_ELSE = 0.7  # from here on something else is said than the grade that is asked for
_SHORT = 6  # words; more that tell of a visit are its comment, even if they suggest a grade
_FEWEST_ASKING = 9  # words of a question with a number in it
_SENTENCE = 3  # words from which on praise or blame tells of a visit


def guessed_area(context: Context) -> Intent | None:
    """The answer to "¿Fue en Tesorería?": yes, no, or where it was."""
    opened = context.open
    if opened is None or opened.progress.checking:
        return None
    if not opened.grades_area or context.grade is not None:
        return None
    if context.command in ("yes", "no"):
        return ConfirmArea() if context.command == "yes" else RejectArea()
    if tells_which_house(context):
        return ConfirmArea(context.text)
    if wants_to_rate(context.said) == "":
        return ConfirmArea()  # "quiero evaluar": what is asked for
    asks = "?" in context.text or asks_of_area(context)
    area = "" if asks else _area_instead(context)
    if not area:
        return None
    return ConfirmArea() if area == opened.progress.subject.area else RejectArea(area)


def _area_instead(context: Context) -> str:
    """The area that is named; "muy mala la atención" is how it was, and names no office."""
    if context.said.mood or context.heard.best(_OPINIONS, _OPINION):
        named = area_in(context, context.text)
        return named.id if named is not None else ""
    return area_named(context, context.text)


def grade_answer(context: Context) -> Intent | None:
    """The grade that is asked for, or what is said instead of it."""
    opened, left = context.open, context.without_not_ended
    if opened is None or opened.question.kind is not QuestionKind.GRADE:
        return None
    if _asks_scale(context):
        return Act.EXPLAIN_SCALE
    command = context.command if left is None else context.commands.get(fold(left))
    if opened.progress.checking and command in ("yes", "no"):
        return Act.CONFIRM_GRADE if command == "yes" else Act.REJECT_GRADE
    if command == "no" and not opened.question.may_be_left:
        return Act.REFUSE
    grade = context.grade if left is None else read_grade(left, context.lexicon)
    if grade is not None:
        return _given(context, opened, grade)
    said = context.said if left is None else Said(left, context.lexicon)
    if opened.outline.rates_area:
        extreme = _extreme(context, said)
        if extreme is not None:
            return extreme
        if len(said.words) > _SHORT and tells_experience(said):
            return WordsBeforeGrade(said.text)
        proposed = _suggested(context, said, opened.progress.subject.area)
        if proposed is not None:
            return proposed
        if asks_aside(context):
            return None  # "¿hasta qué hora atienden?"
        if complaint_wished(said):
            return None  # "quiero reclamar por una luminaria apagada"
        if any(tells(context, said) for tells in _TELLS):
            return WordsBeforeGrade(said.text)
        area = "" if "?" in context.text else area_alone(context, context.text)
        if area:
            return RejectArea(area)  # "cesfam", where a grade for another area is asked for
    if said.asks or _is_about_something_else(context, said):
        return None  # the question stays open
    return Act.MISREAD_GRADE


def _asks_scale(context: Context) -> bool:
    """ "¿Y el 1 es la mala?"; "¿7 es lo mejor? Entonces 7" gives one."""
    if context.text.isdecimal():
        return False
    kinds, marked = context.said.kinds, context.text.rstrip().endswith("?")
    return PhraseKind.ASKS_SCALE in kinds or (marked and PhraseKind.SAYS_SCALE in kinds)


def _given(context: Context, opened: OpenQuestion, grade: Grade) -> Intent | None:
    """What was read as a grade: one to be noted, to be asked about, or none that there is."""
    if not grade.value:
        return Act.GIVE_HALF_GRADE if opened.outline.rates_area else Act.MISREAD_GRADE
    if grade.doubtful and _asks_with_number(context):
        return None  # "cuántos kilos tiene que pesar, el mío pesa 5"
    another = context.lexicon.said_before.another.match(context.folded)
    doubtful = grade.doubtful or another or _is_of_part(context, opened)
    if doubtful and opened.outline.rates_area:
        return ProposeGrade(grade.value, opened.progress.subject.area, grade.words)
    if _is_besides(Said(grade.words, context.lexicon)):
        return GradeAnswer(grade.value, besides=grade.words)
    return GradeAnswer(grade.value, grade.words or _words_to_check(context, grade.value))


def _is_of_part(context: Context, opened: OpenQuestion) -> bool:
    """ "Pero por la espera un 2", behind "si fuera por el caballero un 7"."""
    told = numbers_given(opened.progress.words, context.lexicon)
    return bool(told) and not context.lexicon.contrast.isdisjoint(context.said.words[:1])


def _is_besides(said: Said) -> bool:
    """ "6 y de dónde sacaron mi número", "3, y quiero reclamar que …": words of no comment."""
    asks = not _ASKED_BESIDES.isdisjoint(said.kinds)
    return asks or complaint_wished(said) is not None


_ASKED_BESIDES = {PhraseKind.ASKS_ORIGIN, PhraseKind.ASKS_WHO_READS}


def _words_to_check(context: Context, grade: int) -> str:
    """The "excelente" of "1 excelente", which says nothing else beside a 7."""
    if context.text.isdecimal() or not contradicts(grade, context.said):
        return ""
    return context.text.strip()


def _asks_with_number(context: Context) -> bool:
    """Whether a number, hardly given as a grade, stands in what begins like a question."""
    if len(context.said.words) < _FEWEST_ASKING or "?" in context.text:
        return False  # "como un cinco más o menos diría yo"
    return question_in(context) is not None and not gives_grade(context.said)


def _extreme(context: Context, said: Said) -> GradeAnswer | ProposeGrade | None:
    """ "Le pongo la nota máxima": given by a verb, it is noted; "la más baja que tengan": asked."""
    grade = best_or_worst(said)
    if not grade or said.asks or "?" in said.text:
        return None
    words, lexicon = said.folded.split(), context.lexicon
    named = [phrase.split() for phrase, of in lexicon.extreme_grades.items() if of == grade]
    places = {
        (at, at + len(p)) for p in named for at in range(len(words)) if words[at : at + len(p)] == p
    }
    at, end = min(places, key=lambda span: (span[0], -span[1]))
    before = words[:at]
    led = words[max(start for start in said.part_starts if start <= at) : at]
    if not lexicon.negators.isdisjoint(led):
        return None  # "ni un brillo, la peor nota" denies something else
    verbs = (*said.spans(PhraseKind.GIVES_GRADE), *said.spans(PhraseKind.GIVES_MARK))
    given = any(len(before) - _NEAR <= start and end <= len(before) for start, end in verbs)
    is_named = lexicon.said_before.names_grade.search(said.folded) is not None
    is_all = lexicon.grade.around.issuperset([*before, *words[end:]])  # "les pongo el máximo"
    if given and (is_named or is_all) and not _supposes(lexicon, words):
        return GradeAnswer(grade, said.text if len(words) > _SHORT else "")
    if not is_named and qualifies_noun(words, end, lexicon):
        return None
    first = [word for word in fold(PARTS.split(said.text)[0]).split() if word not in led]
    begins = lexicon.grade.around.issuperset(led) and len(first) <= _SHORT
    if not (begins or given) or (len(words) <= _SHORT and not is_named):
        return None  # few words are read as what they suggest
    return ProposeGrade(
        grade, context.open.progress.subject.area if context.open else "", said.text
    )


_NEAR = 5  # words before an extreme grade among which the verb that gives it begins


def _supposes(lexicon: Lexicon, words: list[str]) -> bool:
    """ "Les daría la máxima si atendieran", "casi les pongo la mínima"."""
    grade = lexicon.grade
    return not (grade.supposing | grade.hedges | lexicon.contrast).isdisjoint(words)


def _suggested(context: Context, said: Said, area: str) -> ProposeGrade | None:
    """A grade that is not plainly said: suggested by words, which are kept, or misspelt."""
    alone = context.release.vague_grade(said.text)
    if alone:
        return ProposeGrade(alone, area)
    within = suggested_within(said)
    if within:
        return ProposeGrade(within, area, said.text)
    misspelt = read_misspelt(said.text, context.lexicon) or read_spelt(said.text, context.lexicon)
    if misspelt:
        return ProposeGrade(misspelt, area)
    first, *others = PARTS.split(said.text, maxsplit=1)  # "sies, todos muy amables"
    led = context.lexicon.said_before.leads.fullmatch(fold(first))  # "pérate, cuánto vale …"
    misspelt = read_misspelt(first, context.lexicon) if others and not led else 0
    return ProposeGrade(misspelt, area, said.text) if misspelt else None


def _is_about_something_else(context: Context, said: Said) -> bool:
    """A short text while the grade is asked for never goes to the search."""
    heard = context.heard
    if heard.best((*BUSINESS, "asks_about_grades", "who_are_you", *FOLLOW_UPS), _ELSE):
        return True
    if len(said.folded.split()) <= _SENTENCE or not heard.best(BUSINESS, _PERHAPS):
        return False
    return context.rank(said.text).is_found


_PERHAPS = 0.1


def _counts_something(context: Context, said: Said) -> bool:
    """ "Tengo el número 5, todavía no me llaman": a number that is no grade tells how it was."""
    words = said.folded.split()
    if said.asks or "?" in said.text or len(words) < _SENTENCE:
        return False
    counted = any(value_of(word, context.lexicon) is not None for word in words)
    return counted and context.heard.chance("asks") < _ASKS


_ASKS = 0.9


def _tells_of_visit(context: Context, said: Said) -> bool:
    """ "Me atendieron como las reinas": praise or blame, even beside a word that asks."""
    if "?" in said.text or context.is_courtesy:
        return False
    words = len(said.folded.split())
    least = _OPINION if words >= _SENTENCE else _PLAIN_OPINION
    if words > 1 and context.heard.best(_OPINIONS, least):
        return True
    return not said.asks and (tells_experience(said) or (said.mood != 0 and words >= _SENTENCE))


_OPINIONS, _OPINION = ("praises", "blames", "vague_grade"), 0.7
_PLAIN_OPINION = 0.9  # in two words: "puro papeleo"


def _tells_something(context: Context, said: Said) -> bool:
    """ "Depende de quién atienda": several words that are hardly meant as anything else."""
    words = said.folded.split()
    if len(words) <= _SENTENCE or "?" in said.text:
        return False
    if context.said.begins_reason:
        return True
    if said.asks:
        return False
    if names_service(context):
        return False  # "patente de alcoholes"; not "la fila llegaba a la calle"
    return context.lexicon.grade.named.isdisjoint(words) and not context.heard.best(
        INSTEAD_OF_GRADE, _PERHAPS_MEANT
    )


_PERHAPS_MEANT = 0.25


def _denies_grade(context: Context, said: Said) -> bool:
    """ "No tan malo como un 2": a grade that is only compared with, or said not to be it."""
    if said.asks or len(said.words) <= _SENTENCE:
        return False
    return bool(refused(said.text, context.lexicon))


def _tells_how_it_went(context: Context, said: Said) -> bool:
    """ "Pedí hora en mayo y me la dieron pa agosto": how it went so far, and no question on it."""
    if len(said.words) <= _SENTENCE or "?" in said.text or said.asks:
        return False
    return PhraseKind.ASKS_STATE not in said.kinds and context.heard.main in _TELLING


_TELLING = (*_OPINIONS, "status_procedure", "status_case")
_TELLS = (_denies_grade, _tells_of_visit, _counts_something, _tells_something, _tells_how_it_went)
