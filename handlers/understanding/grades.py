"""Grades: where one is asked for, and where nothing asked for it."""

from __future__ import annotations

import re

from handlers.content.language import PhraseKind
from handlers.content.lexicon import Lexicon
from handlers.content.model import Area, QuestionKind
from handlers.listening.listener import SURE
from handlers.text.folding import fold
from handlers.understanding.areas import (
    area_behind,
    area_by_name,
    area_found,
    area_in,
    area_named,
    is_sure,
    says_name,
)
from handlers.understanding.context import FOLLOW_UPS, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import GradeAnswer, NotEnded, WordsBeforeGrade
from handlers.understanding.intents.rating import (
    GivenNotEnded,
    ProposeGrade,
    RateWithGrade,
    RejectArea,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades import Grade, read_grade
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.number_words import read_misspelt, read_spelt, value_of
from handlers.understanding.reading.numbers import number_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import best_or_worst, suggested_within
from handlers.understanding.reading.wishes import (
    gives_grade,
    says_not_ended,
    tells_experience,
    without_experience,
)

_ELSE = 0.7  # from here on something else is said than the grade that is asked for
_SHORT = 6  # words; more that tell of a visit are its comment, even if they suggest a grade
_SENTENCE = 3  # words from which on praise or blame tells of a visit


def unprompted_grade(context: Context) -> Intent | None:
    """ "Ponles un 1": noted at once where the area is named; else the area is confirmed."""
    noted = _grade_of_named(context) or _best_or_worst(context)
    if noted is not None:
        return noted
    grade = grade_given(context)
    if grade is None or (context.state.follow_up is not None and grade.words):
        return None
    named = area_in(context, context.text)
    if named is not None and not grade.doubtful:
        words = grade.words if _says_more(context, named) else ""
        return RateWithGrade(named.id, grade.value, words, pending=_is_pending(context, named.id))
    told = _area_told(context)
    if named is None and told:
        return RateWithGrade(told, grade.value, grade.words, pending=_is_pending(context, told))
    area = named.id if named is not None else _area_meant(context)
    if not area:
        return RateWithGrade("", grade.value, grade.words, pending=False)
    return ProposeGrade(grade.value, area, grade.words, pending=_is_pending(context, area))


def _grade_of_named(context: Context) -> Intent | None:
    """ "Tránsito = 7", "obras: 2": plain. "Tránsito 7" may be a counter: it is confirmed."""
    grades = context.lexicon.grade
    match = _OF_NAMED.fullmatch(context.text) or grades.for_named.fullmatch(context.text)
    if match is None or context.state.follow_up is not None:
        return None
    grade = value_of(fold(match["grade"]), context.lexicon) or 0
    if not 1 <= grade <= _BEST or fold(match["area"]) in grades.named:
        return None
    area = area_by_name(context, match["area"])
    if area is None:
        return None
    pending = _is_pending(context, area.id)
    if match["sign"]:
        return RateWithGrade(area.id, grade, "", pending=pending)
    return ProposeGrade(grade, area.id, pending=pending)


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
    words = folded.replace(max(found, key=len), " ").split()
    if len(words) > _LONGEST or not context.lexicon.negators.isdisjoint(words):
        return None
    area = area_in(context, context.text) or area_behind(context, context.text)
    shown = context.release.area_of_card(context.state.topic)
    gives = PhraseKind.GIVES_MARK in said.kinds
    if not (gives or gives_grade(said) or (area is not None and grades <= _EXTREMES)):
        return None
    where = " ".join(w for w in words if w not in context.lexicon.grade.around)
    meant = area.id if area is not None else shown or area_found(context, where, says_name)
    if not meant:
        return Act.CHOOSE_AREA
    return ProposeGrade(grades.pop(), meant, pending=_is_pending(context, meant))


_LONGEST = 14  # words in which the best grade is given
_EXTREMES = frozenset({1, _BEST})  # a mark of these is one even where nothing says that it is given


def _area_meant(context: Context) -> str:
    """The area of the card that was shown, else of one that the words name; it is confirmed."""
    shown = context.release.area_of_card(context.state.topic)
    if shown:
        return shown
    said = " ".join(
        w
        for w in context.folded.split()
        if w not in context.lexicon.grade.around and number_of(w, context.lexicon) is None
    )
    begins = _BEGINS.match(context.text)  # what follows tells how it was, hardly where
    if begins and not gives_grade(context.said):
        return ""
    where = without_experience(Said(said, context.lexicon))  # "atendieron" finds the complaints
    return area_found(context, where, is_sure, says_name)


def _area_told(context: Context) -> str:
    """The area that the citizen was just told about: of a wait, or of the case that is open."""
    draft, follow_up, cases = context.state.draft, context.state.follow_up, context.state.cases
    if draft is not None and draft.waiting and draft.area:
        return draft.area
    is_case = follow_up is not None and bool(follow_up.case)
    return cases[-1].area if cases and (is_case or cases[-1].waiting) else ""


def _is_pending(context: Context, area: str) -> bool:
    draft = context.state.draft
    waiting = any(case.waiting and case.area == area for case in context.state.cases)
    return waiting or (draft is not None and draft.waiting)


def _says_more(context: Context, area: Area) -> bool:
    """Whether more is said than the grade and the area's name."""
    name = set(fold(f"{area.short_name} {area.name} {area.id}").split())
    empty = name | context.lexicon.grade.around
    rest = [word for word in context.folded.split() if word not in empty]
    return len(rest) > _SENTENCE


def grade_given(context: Context) -> Grade | None:
    """The grade of "ponles un 1" or "6, muy amables", where no grade is asked for."""
    if context.open is not None and not context.open.outline.about_card:
        return None
    grade = context.grade
    if grade is None or not grade.value:
        return None
    given = (
        gives_grade(context.said)
        or (grade.words and context.heard.likely("gives_grade"))
        or (_BEGINS.match(context.text) and _tells_how_it_was(context))
        or (_BEGINS_BARE.match(context.text) and _agrees(context, grade.value))
    )
    return grade if given else None


_BEGINS = re.compile(r"\s*[1-7]\s*[,;:.]\s+\D")  # "6, muy amables"
_BEGINS_BARE = re.compile(r"\s*[1-7]\s+(?!\w+s\s+\w)\D")  # "6 muy amables", not "2 malos tratos"


def _agrees(context: Context, grade: int) -> bool:
    """Whether the words beside a number blame or praise as it would as a grade."""
    blames = context.said.mood < 0 or bool(context.heard.best(("blames",), _OPINION))
    praises = context.said.mood > 0 or bool(context.heard.best(("praises",), _OPINION))
    return praises if grade > _MIDDLE else blames


_MIDDLE = 4


def guessed_area(context: Context) -> Intent | None:
    """The answer to "¿Fue en Tesorería?": yes, no, or where it was."""
    opened = context.open
    if opened is None or opened.progress.checking:
        return None
    if not opened.grades_area or context.grade is not None:
        return None
    if context.command in ("yes", "no"):
        return Act.CONFIRM_AREA if context.command == "yes" else RejectArea()
    area = "" if "?" in context.text else area_named(context, context.text)
    if not area:
        return None
    return Act.CONFIRM_AREA if area == opened.progress.subject.area else RejectArea(area)


def given_not_ended(context: Context) -> Intent | None:
    """ "Aún no termina", alone, where no grade is asked for: about what was rated just now."""
    opened = context.open
    if opened is not None and opened.question.kind is QuestionKind.GRADE:
        return None
    return pending_meant(context) if says_not_ended(context.said) else None


def pending_meant(context: Context) -> Intent | None:
    """What "aún no termina" is about: the rating in progress, or the one just given."""
    opened = context.open
    if opened is not None and opened.outline.rates_area:
        return NotEnded()
    response = _given_response(context)
    return GivenNotEnded(response) if response else None


def _given_response(context: Context) -> int:
    """The response that the last message is about; 0: none."""
    follow_up, prompt = context.state.follow_up, context.state.prompt
    if follow_up is not None:
        return follow_up.response
    options = prompt.options if prompt is not None else ()
    offered = [
        value for mark, _, value in (o.key.partition(":") for o in options) if mark == "change"
    ]
    if not offered:
        return 0
    rated = [one for one in context.state.rated if offered[0] in ("", one.subject.area)]
    return rated[-1].response if rated else 0


def not_ended(context: Context) -> Intent | None:
    """ "Aún no termina" at the grade of an area, alone or beside the grade."""
    left = context.without_not_ended
    return None if left is None else NotEnded(alone=not fold(left))


def grade_answer(context: Context) -> Intent | None:
    """The grade that is asked for, or what is said instead of it."""
    opened, left = context.open, context.without_not_ended
    if opened is None or opened.question.kind is not QuestionKind.GRADE:
        return None
    if not context.text.isdecimal() and PhraseKind.ASKS_SCALE in context.said.kinds:
        return Act.EXPLAIN_SCALE
    command = context.command if left is None else context.commands.get(fold(left))
    if opened.progress.checking and command in ("yes", "no"):
        return Act.CONFIRM_GRADE if command == "yes" else Act.REJECT_GRADE
    if command == "no" and not opened.question.may_be_left:
        return Act.REFUSE
    grade = context.grade if left is None else read_grade(left, context.lexicon)
    if grade is not None and not grade.value:
        return Act.GIVE_HALF_GRADE if opened.outline.rates_area else Act.MISREAD_GRADE
    if grade is not None:
        if grade.doubtful and opened.outline.rates_area:
            return ProposeGrade(grade.value, opened.progress.subject.area, grade.words)
        return GradeAnswer(grade.value, grade.words)
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
        if context.heard.best(FOLLOW_UPS, SURE) and not said.mood:
            return None  # "¿hasta qué hora atienden?"
        if any(tells(context, said) for tells in _TELLS):
            return WordsBeforeGrade(said.text)
    if said.asks or _is_about_something_else(context, said):
        return None  # the question stays open
    return Act.MISREAD_GRADE


def _extreme(context: Context, said: Said) -> GradeAnswer | ProposeGrade | None:
    """ "Le pongo la nota máxima": given by a verb, it is noted; "la más baja que tengan": asked."""
    grade = best_or_worst(said)
    if not grade or said.asks or "?" in said.text:
        return None
    words, lexicon = said.folded.split(), context.lexicon
    named = [phrase.split() for phrase, of in lexicon.extreme_grades.items() if of == grade]
    places = [at for at in range(len(words)) if any(words[at : at + len(p)] == p for p in named)]
    before = words[: places[0]]
    if not lexicon.negators.isdisjoint(before):
        return None
    verbs = (*said.spans(PhraseKind.GIVES_GRADE), *said.spans(PhraseKind.GIVES_MARK))
    given = any(len(before) - _NEAR <= start and end <= len(before) for start, end in verbs)
    is_named = lexicon.said_before.names_grade.search(said.folded) is not None
    if given and is_named and not _supposes(lexicon, words):
        return GradeAnswer(grade, said.text if len(words) > _SHORT else "")
    first = [word for word in fold(PARTS.split(said.text)[0]).split() if word not in before]
    begins = lexicon.grade.around.issuperset(before) and len(first) <= _SHORT
    if not (begins or given) or len(words) <= _SHORT:
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
    misspelt = read_misspelt(first, context.lexicon) if others else 0
    return ProposeGrade(misspelt, area, said.text) if misspelt else None


def _is_about_something_else(context: Context, said: Said) -> bool:
    """A short text while the grade is asked for never goes to the search."""
    heard = context.heard
    if heard.best((*_SEARCHED, "asks_survey", "who_are_you", *FOLLOW_UPS), _ELSE):
        return True
    if len(said.folded.split()) <= _SENTENCE or not heard.best(_SEARCHED, _PERHAPS):
        return False
    return context.rank(said.text).is_found


_SEARCHED = ("asks", "status_case", "status_procedure", "reports", "complains")
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
    if "?" in said.text:
        return False
    words = len(said.folded.split())
    if words >= _SENTENCE and context.heard.best(_OPINIONS, _OPINION):
        return True
    return not said.asks and (tells_experience(said) or (said.mood != 0 and words >= _SENTENCE))


_OPINIONS, _OPINION = ("praises", "blames", "vague_grade"), 0.7


def _tells_something(context: Context, said: Said) -> bool:
    """ "Depende de quién atienda": several words that are hardly meant as anything else."""
    words = said.folded.split()
    if said.asks or len(words) <= _SENTENCE or context.rank(said.text).is_found:
        return False
    return context.lexicon.grade.named.isdisjoint(words) and not context.heard.best(
        _MEANT_ELSE, _PERHAPS_MEANT
    )


_MEANT_ELSE = (
    *("corrects", "undoes", "refuses", "denies", "confirms", "not_understood", "nonsense"),
    *("asks", "asks_survey", "wants_person", "who_are_you", "status_case", "status_procedure"),
    *("complains", "reports", "rates", "withdraws", "smalltalk", "greets", "thanks", "farewell"),
)
_PERHAPS_MEANT = 0.25
_TELLS = (_tells_of_visit, _counts_something, _tells_something)


def _tells_how_it_was(context: Context) -> bool:
    """Whether the words praise or blame: by themselves, or as they are said."""
    return bool(context.said.mood or context.heard.best(("praises", "blames")))
