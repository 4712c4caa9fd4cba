"""What was said before is taken back: a case, or another grade or area than was noted."""

from __future__ import annotations

import re

from handlers.content.lexicon import PhraseKind
from handlers.state import Awaits
from handlers.understanding.areas import area_in
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.cases import AskToWithdraw
from handlers.understanding.intents.rating import (
    ChangeGrade,
    CorrectArea,
    CorrectGrade,
    ProposeCorrection,
    ProposeGrade,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades import numbers_given
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.numbers import number_of
from handlers.understanding.said_before.points import shifted_grade
from handlers.understanding.said_before.possible import (
    chance_of_correction,
    grade_meant,
    grade_on_record,
)

_BEST_GRADE = 7
_LIKELY = 0.6  # below it, words after a grade are no plain correction of it
_LONGEST_BOTH = 9  # words of a phrase that names both grades
_FEW_TO_DROP = 8  # words in which a case that is being told is given up


def withdrawal(context: Context) -> Intent | None:
    """A case is taken back: "me equivoqué, bórralo", "ya no quiero reclamar"."""
    cases, follow_up = context.state.cases, context.state.follow_up
    if _is_dropped(context):
        return Act.CANCEL
    if not cases or len(context.folded.split()) > 25:
        return None
    if context.command not in (None, "cancel", "change"):
        return None
    heard = context.heard
    just_filed = follow_up is not None and bool(follow_up.case)
    if just_filed and (
        context.command == "cancel"
        or heard.best(("withdraws", "undoes"))
        or (heard.likely("corrects") and heard.chance("undoes") > 0.2)
    ):
        return AskToWithdraw(follow_up.case if follow_up else cases[-1].number)
    return AskToWithdraw(cases[-1].number) if heard.surely("withdraws") else None


def _is_dropped(context: Context) -> bool:
    """Whether a case that is still being told is given up: nothing is filed yet."""
    prompt = context.state.prompt
    filing = context.state.filing
    if filing is None or prompt is None or prompt.awaits is not Awaits.CASE:
        return False
    said = context.said
    if (0, len(said.words)) in said.spans(PhraseKind.GIVES_UP):
        return True
    if not filing.words:
        return False
    few = len(context.folded.split()) <= _FEW_TO_DROP and context.command is None
    return few and bool(context.heard.best(("withdraws", "undoes")))


def correction(context: Context) -> Intent | None:
    """What was said before was wrong: another grade, another area, or not known yet."""
    if not _can_be_corrected(context) or len(context.folded.split()) > 25:
        return None
    if context.command is not None and context.command != "change":
        return None
    rated = grade_on_record(context)
    if rated and _keeps(context, rated):
        return ProposeCorrection(rated, context.text.strip())
    elsewhere = _grade_of_another(context)
    if elsewhere is not None:
        return elsewhere
    shifted = shifted_grade(context, _latest_grade(context))
    if shifted:
        return ProposeCorrection(shifted, context.text.strip())
    meant = _correction(context)
    if rated and meant == CorrectGrade(rated) and context.lexicon.grade.denied.search(context.text):
        return _change_latest(context)  # "no era seis"
    if rated and meant == CorrectGrade(rated) and context.heard.likely("undoes"):
        return Act.UNDO_RATING  # "ese 2 bórrelo"
    if rated and isinstance(meant, CorrectGrade) and not _is_likely(context, rated):
        return None
    if isinstance(meant, CorrectGrade) and "?" in context.text and not _ends_in_grade(context):
        return ProposeCorrection(meant.grade, context.text.strip())
    if rated and isinstance(meant, ChangeGrade) and context.grade is None:
        grade = grade_meant(context, rated)
        return ProposeCorrection(grade, context.text.strip()) if grade else meant
    return meant


def _grade_of_another(context: Context) -> ProposeGrade | None:
    """ "Quiero poner un 5 a la biblioteca" after a grade for Tránsito, which stays."""
    kinds = context.said.kinds
    gives = PhraseKind.WANTS_TO_RATE in kinds or PhraseKind.GIVES_GRADE in kinds
    given = set(numbers_given(context.text, context.lexicon))
    goes_on = context.open is not None and context.open.outline.rates_area
    if not gives or not goes_on or not _latest_grade(context) or len(given) != 1:
        return None
    area = area_in(context, context.folded)
    if area is None or area.id == _rated_area(context) or _DENIED.search(context.folded):
        return None
    return ProposeGrade(given.pop(), area.id)


def _latest_grade(context: Context) -> int:
    """The grade that was noted last, unless another one is asked for now; 0: none."""
    opened, rated = context.open, context.state.rated
    return 0 if not rated or (opened is not None and opened.grades_area) else rated[-1].grade


def _keeps(context: Context, rated: int) -> bool:
    """ "No, mentira, déjelo en 6 como estaba"."""
    given = numbers_given(context.text, context.lexicon)
    return len(given) > 1 and given[-1] == rated and bool(_KEEPS.search(context.folded))


def _correction(context: Context) -> Intent | None:
    plain = _plain_correction(context)
    if plain:
        return CorrectGrade(plain)
    taken_back = _taken_back(context)
    if taken_back is not None:
        return taken_back
    heard, grade = context.heard, context.grade
    if grade is not None and not grade.value and _WAS_ANOTHER.match(context.folded):
        return _half_grade(context)
    guessed = context.open is not None and context.open.progress.area_guessed  # asked about next
    denied = bool(_DENIED.search(context.folded))
    denied = denied or (not guessed and bool(_MEANT_ELSEWHERE.match(context.folded)))
    if not (heard.likely("corrects") or (heard.likely("undoes") and grade is None) or denied):
        return None
    replaced = _in_place_of_the_noted(context) if heard.likely("corrects") else 0
    if replaced:
        return CorrectGrade(replaced)
    if grade is not None and not grade.value and heard.best(("corrects", "undoes")):
        return _half_grade(context)  # the half of "un 3 y medio" names no area
    area = area_in(context, _after_denial(context.folded))
    if area is not None and area.id != _rated_area(context):
        return _of_grade_or_area(context, area.id)
    if not heard.likely("corrects") and not heard.likely("undoes"):
        return None
    if grade is not None and grade.value and not grade.doubtful:
        return CorrectGrade(grade.value)
    of_grade = heard.likely("corrects") and heard.likely("rates")  # "corregir la calificación"
    if not of_grade and not any(context.rather_than_words(a) for a in ("corrects", "undoes")):
        return None
    if heard.chance("undoes") > heard.chance("corrects"):
        return Act.UNDO_RATING
    opened = context.open
    if opened is not None and opened.grades_area and not opened.progress.answers:
        return None  # nothing is graded yet: the grade question stays open
    return _change_latest(context)


def _of_grade_or_area(context: Context, area: str) -> Intent:
    """ "Fui medio coñete, que sea un 7": an area beside another grade may be chance."""
    grade = _latest_grade(context)
    meant = grade_meant(context, grade) if grade else 0
    if meant and meant != grade and context.said.spans(PhraseKind.CORRECTS_GRADE):
        return ProposeCorrection(meant, context.text.strip())
    return CorrectArea(area)


def _plain_correction(context: Context) -> int:
    """ "Bájele a 2", "6, no 4", "apretó el tres, yo quería el seis": the grade that is meant.

    0 where no such phrase stands, or not exactly one grade beside the one on record.
    """
    opened, rated = context.open, context.state.rated
    if not rated or (opened is not None and opened.grades_area):
        return 0
    starred = _STARRED.fullmatch(context.text)  # "*5", as slips are corrected in chats
    if not starred and not context.said.spans(PhraseKind.CORRECTS_GRADE):
        return 0
    if _grades_another_area(context):
        return 0  # "quiero poner un 7 a la biblioteca", once Tránsito was graded
    meant = set(numbers_given(context.text, context.lexicon)) - {rated[-1].grade}
    meant = meant or {grade_meant(context, rated[-1].grade)}
    return meant.pop() if len(meant) == 1 else 0


def _grades_another_area(context: Context) -> bool:
    area = area_in(context, context.folded)
    return area is not None and area.id != _rated_area(context)


def _is_likely(context: Context, rated: int) -> bool:
    """Whether words after a grade plainly correct it; "por eso no le puse un 7" does not."""
    if _names_both(context, rated):
        return True
    if chance_of_correction(context, rated) < _LIKELY:
        return False
    words, given = context.folded.split(), numbers_given(context.text, context.lexicon)
    if len(given) != 1 or given[0] == rated:
        return True
    values = [value_of(word, context.lexicon) for word in words]
    before = words[: values.index(given[0])] if given[0] in values else []
    return not _NOT_GIVEN.search(" ".join([*before, ""]))


def _names_both(context: Context, rated: int) -> bool:
    """ "De 6 bajan a 1": a phrase of correcting names the grade on record and another one."""
    said = context.said
    for start, end in said.spans(PhraseKind.CORRECTS_GRADE):
        values = [value_of(word, context.lexicon) for word in said.words[start:end]]
        grades = {value for value in values if value and value <= _BEST_GRADE}
        if end - start <= _LONGEST_BOTH and rated in grades and len(grades) == 2:
            return True
    return False


def _ends_in_grade(context: Context) -> bool:
    """ "¿Lo puede cambiar a 5?" asks for it; "al revés, 1 es lo mejor, ¿cierto?" hardly."""
    said = context.said
    return any(end == len(said.words) for _, end in said.spans(PhraseKind.CORRECTS_GRADE))


def _taken_back(context: Context) -> Intent | None:
    """ "Anule mi nota", "como que le puse mucho": a grade on record that is not to stand."""
    opened, rated, kinds = context.open, context.state.rated, context.said.kinds
    if PhraseKind.UNDOES_GRADE not in kinds and PhraseKind.DOUBTS_GRADE not in kinds:
        return None
    if not rated or (opened is not None and opened.grades_area):
        return None
    others = set(numbers_given(context.text, context.lexicon)) - {rated[-1].grade}
    if others:
        return None
    undone = PhraseKind.UNDOES_GRADE in kinds
    return Act.UNDO_RATING if undone else _change_latest(context)


_WAS_ANOTHER = re.compile(
    r"(?:era|seria|mejor|digo|perdon)(?: era)?(?: un| una)? \w+(?: \w+){1,2}$"
)
_KEEPS = re.compile(r"\b(?:dej\w+|qued\w+|manten\w+|leave|keep|kite)\b(?: \w+){1,5}$")
_NOT_GIVEN = re.compile(  # "por eso no le puse un 7"
    r"\b(?:no|nunca|not|didn t|pa)(?: (?:le|les|te|me|lo|m|give|put|i|them))*"
    r" (?:puse|pongo|puso|pondria|doy|di|give|put|bay|mete)?\s?(?:un|una|el|a|yon)? ?$"
)
_STARRED = re.compile(r"\s*\*\s*\w+\s*|\s*\w+\s*\*\s*")
_DENIED = re.compile(
    r"\bno (?:era|fue|es|a|en|para)?\s?\w+.*\b(?:era|fue|es|sino)\b|\bera\b.*\bno\b"
    r"|\b(?:es|va|iba|fui|fue|son) (?:a|al|para|pa|de|del|en)\b"
    r".*\bno (?:a|al|para|pa|de|del|en|los|las)\b"
    r"|\b(?:fui|fue|estuve|andaba|anduve|vine|iba|was|went|atendieron)\b"
    r".*\b(?:no|not|nada que ver)\b"
    r"|\b(?:mwen|m|se) te\b.*\bpa\b"
)
_MEANT_ELSEWHERE = re.compile(  # "oiga, yo hablaba de patentes"
    r"^(?:no+|nop|oiga|oye|pucha|chuta|mentira|perdon|si)\b(?: \w+){0,3}"
    r" (?:fue|era|fui|estuve|hablaba|hablo|referia|refiero) (?:en|a|al|de|del|con)(?: \w+){1,2}$"
)


_BEFORE_DENIED = r"(?:(?:era|fue|es|en|a|al|para|pa|de|del|con|el|la|los|las|at|in|the|it|was)\s)*"
_WHAT_IS_DENIED = re.compile(
    rf"\b(?:no|not|nada que ver)(?: no)* {_BEFORE_DENIED}\w+|(?<=\w )\bpa (?=\w+$)\w+"
)
_DENIED_FIRST = re.compile(r"^(?:no|nop|noo+) (?=(?:no|yo|nop|si|mejor|espere)\b)")


def _after_denial(folded: str) -> str:
    """ "era salud no transito" is about salud; "no era transito era salud" too."""
    while _DENIED_FIRST.match(folded):
        folded = _DENIED_FIRST.sub("", folded)
    said = re.sub(_WHAT_IS_DENIED, " ", folded)
    return said if said.strip() else folded


def _can_be_corrected(context: Context) -> bool:
    prompt = context.state.prompt
    if prompt is not None and prompt.awaits in (Awaits.RECTIFY, Awaits.OBJECT):
        return False  # the words of a request about own data
    return bool(
        context.state.rated or (context.open is not None and context.open.outline.rates_area)
    )


def _rated_area(context: Context) -> str:
    progress = context.state.progress
    if progress is not None and progress.subject.area:
        return progress.subject.area
    return context.state.rated[-1].subject.area if context.state.rated else ""


def _in_place_of_the_noted(context: Context) -> int:
    """ "Cámbieme el 6 por un 3": the one grade said beside that on record; 0: none, or several."""
    rated = context.state.rated
    numbers = (number_of(word, context.lexicon) for word in context.folded.split())
    said = {number for number in numbers if number and number <= _BEST_GRADE}
    others = said - {rated[-1].grade} if rated else set()
    return others.pop() if len(others) == 1 and len(said) == 2 else 0


def _half_grade(context: Context) -> Intent:
    """No whole grade: it is asked for, of the rating that is open or of the one before."""
    opened = context.open
    if opened is not None and opened.grades_area:
        return Act.GIVE_HALF_GRADE
    return _change_latest(context)


def _change_latest(context: Context) -> Intent:
    return ChangeGrade(_rated_area(context))
