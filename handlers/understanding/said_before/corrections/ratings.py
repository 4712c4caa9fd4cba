"""Another grade or area than was noted, or none, or the same again."""

from __future__ import annotations

import re

from msgspec.structs import replace

from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.model import Area
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import (
    area_behind,
    area_in,
    area_mentioned,
)
from handlers.understanding.context import Context
from handlers.understanding.grades.area_meant import after_denial
from handlers.understanding.grades.several import areas_named
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import (
    AskWhatToChange,
    ChangeGrade,
    CorrectArea,
    CorrectGrade,
    KeepGrade,
    ProposeCorrection,
    ProposeGrade,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import (
    PARTS,
    denied_again,
    is_sum,
    theirs_meant,
    without_told,
)
from handlers.understanding.reading.number_words import (
    DECIMAL,
    exact_number,
    names_number,
    value_of,
)
from handlers.understanding.reading.suggested import best_or_worst
from handlers.understanding.reading.told import why_beside_grade
from handlers.understanding.reading.wishes import adds_plainly
from handlers.understanding.said_before.corrections.another_grade import (
    another_grade,
    change_latest,
    half_grade,
)
from handlers.understanding.said_before.corrections.areas import denies_rated, put_elsewhere
from handlers.understanding.said_before.corrections.comments import words_led_to
from handlers.understanding.said_before.corrections.on_record import (
    denies,
    denies_noted,
    grade_on_record,
    is_grade_asked,
    keeps_noted,
    latest_grade,
    means_elsewhere,
    rated_area,
    shifted_grade,
)
from handlers.understanding.said_before.corrections.possible import (
    denies_others,
    doubt_of_closed,
    grade_meant,
    is_of_another,
    leaves_grade,
)

_BEST_GRADE = 7
_CORRECTS = PhraseKind.CORRECTS_GRADE
_CORRECTING = {
    *(PhraseKind.CORRECTS_GRADE, PhraseKind.DOUBTS_GRADE, PhraseKind.UNDOES_GRADE),
    *(PhraseKind.LOWERS_GRADE, PhraseKind.RAISES_GRADE, PhraseKind.REVERSES_GRADE),
    *(PhraseKind.KEEPS_GRADE, PhraseKind.MAY_CORRECT, PhraseKind.NAMES_COMMENT),
}
_MOST_WORDS = 25
_FEW_NAMING = 6  # words among which "en aseo" is the office
_FEW_SAID_AGAIN = 5
_STARRED = re.compile(r"\s*\*\s*\w+\s*|\s*\w+\s*\*\s*")


def correction(context: Context) -> Intent | None:
    """What was said before was wrong, with what tells why the grade is another."""
    meant = _put_right(context)
    if not isinstance(meant, CorrectGrade):
        return meant
    if _is_part_of_decimal(context, meant.grade):
        return ChangeGrade(rated_area(context))  # "era 6,8, no 7": a whole grade is asked for
    return replace(
        meant, words=why_beside_grade(context.text, context.lexicon, context.release.listener)
    )


def _put_right(context: Context) -> Intent | None:
    """Another grade, another area, or not known yet."""
    if len(context.folded.split()) > _MOST_WORDS:
        return _at_length(context)
    if not _is_read(context) or not _may_correct(context):
        return None
    if is_sum(context.text, context.lexicon) and not is_grade_asked(context):
        return AskWhatToChange(context.text.strip())
    if is_grade_asked(context) and context.numbers:
        return _of_earlier(context)  # what gives the grade that is asked for puts nothing right
    rated = grade_on_record(context)
    latest = latest_grade(context)
    shifted = shifted_grade(context, latest) if not rated or not leaves_grade(context) else 0
    if shifted and PhraseKind.REVERSES_GRADE in context.said.kinds:
        return ProposeCorrection(shifted, context.text.strip())
    if rated and (leaves_grade(context) or denies_others(context, rated)):
        return None
    return _kept(context, rated) or _changed(context, rated, shifted)


def _is_part_of_decimal(context: Context, grade: int) -> bool:
    found = DECIMAL.finditer(context.text)
    return any(one[1] == str(grade) and one[2].strip("0") for one in found)


def _at_length(context: Context) -> ProposeCorrection | None:
    """ "Lo estuve pensando …, quisiera ponerle un 6": a part of many words gives another grade."""
    rated = grade_on_record(context)
    if not rated or set(context.numbers) - {rated} == set():
        return None
    for part in reversed(PARTS.split(context.text)):
        alone = context.of(part.strip())
        few = 0 < len(alone.folded.split()) <= _MOST_WORDS
        meant = correction(alone) if few and _CORRECTS in alone.said.kinds else None
        if isinstance(meant, CorrectGrade | ProposeCorrection) and meant.grade != rated:
            return ProposeCorrection(meant.grade, context.text.strip())
    return None


def _is_read(context: Context) -> bool:
    """Whether there is a rating to put right, and the text is none that something else reads."""
    if not _can_be_corrected(context):
        return False
    if context.command not in (None, "change"):
        return False
    if context.text.strip().isalpha() and value_of(context.folded, context.lexicon) is not None:
        return False  # "uno" alone answers what is open
    if context.offers("file") and adds_plainly(context.said) and not context.numbers:
        return False  # "no, agregue que fue en el cesfam" to the summary of a case
    if words_led_to(context, corrects=False) and not context.numbers:
        return False  # "agréguelo: los vecinos también reclaman"
    several = len(context.numbers) > 1 and len(areas_named(context)) > 1
    return not several  # "al revés, aseo 4 y tránsito 3"


def _kept(context: Context, rated: int) -> KeepGrade | ProposeCorrection | None:
    """ "La de tránsito no la borre", "deje el 6": what is on record is said to stand."""
    kept = PhraseKind.KEEPS_GRADE in context.said.kinds and leaves_grade(context)
    if kept and not rated and context.rating_is_closed:
        return KeepGrade(rated_area(context))
    if rated and keeps_noted(context, rated):
        return ProposeCorrection(rated, context.text.strip())
    return None


def _changed(context: Context, rated: int, shifted: int) -> Intent | None:
    """Another grade or area than is on record: noted where it is plain, else asked about."""
    if shifted:
        return ProposeCorrection(shifted, context.text.strip())
    if rated and _only_counts(context, rated):
        return None
    if denies_noted(context):
        return change_latest(context)
    meant = _correction(context)
    if isinstance(meant, CorrectGrade) and _is_of_shown(context):
        return None
    if isinstance(meant, CorrectGrade):
        same = meant.grade == rated
        return _of_noted(context) if same else another_grade(context, rated, meant)
    if meant is None:
        return doubt_of_closed(context)
    half = context.grade is not None and not context.grade.value
    noted = rated or (context.state.rated[-1].grade if context.rating_is_closed else 0)
    if noted and isinstance(meant, ChangeGrade) and not half:
        grade = grade_meant(context, noted)
        mistaken = PhraseKind.MAY_CORRECT in context.said.kinds  # "me equivoqué de nota"
        if grade or (is_of_another(context) and not mistaken):
            return ProposeCorrection(grade, context.text.strip())
    return meant


def _is_of_shown(context: Context) -> bool:
    """ "Por esto les pondría un 4": given after a card of another area, and corrects nothing."""
    opened, shown = context.open, context.release.area_of_card(context.state.topic)
    of_card = opened is not None and opened.outline.about_card
    gives = PhraseKind.GIVES_GRADE in context.said.kinds
    corrects = not _CORRECTING.isdisjoint(context.said.kinds) or context.heard.surely("corrects")
    return of_card and gives and not corrects and shown not in ("", rated_area(context))


def _may_correct(context: Context) -> bool:
    """Whether anything is said by which a grade or an area may be put right; mostly it is not."""
    return (
        not _CORRECTING.isdisjoint(context.said.kinds)
        or bool(context.numbers)
        or context.grade is not None
        or "*" in context.text
        or bool(context.heard.best(("corrects", "undoes")))
        or denies(context)
        or means_elsewhere(context)
        or context.lexicon.said_before.names_grade.search(context.folded) is not None
    )


def _of_earlier(context: Context) -> ProposeGrade | None:
    """ "La de la playa, cámbiele el 6 por 7", where the grade of another area is asked for."""
    earlier = context.state.rated[-1:]
    corrects = _CORRECTS in context.said.kinds or context.heard.likely("corrects")
    if not earlier or not corrects:
        return None
    noted, others = earlier[0], {*context.numbers} - {earlier[0].grade}
    if noted.grade not in context.numbers or len(others) != 1:
        return None
    area = noted.subject.area
    return ProposeGrade(others.pop(), area) if area != rated_area(context) else None


def _only_counts(context: Context, rated: int) -> bool:
    """ "Era la puerta 6 y no la 4": every number in it counts or names something else."""
    if context.numbers or context.lexicon.said_before.names_grade.search(context.folded):
        return False
    if not names_number(context.folded, context.lexicon):
        return False
    numbers = any(value_of(word, context.lexicon) is not None for word in context.folded.split())
    return numbers and not grade_meant(context, rated)


def _of_noted(context: Context) -> Intent | None:
    """What is meant by the grade on record, said again as if it were another."""
    if context.heard.likely("undoes"):
        return Act.UNDO_RATING  # "ese 2 bórrelo"
    return _said_again(context)


def _said_again(context: Context) -> KeepGrade | None:
    """ "No, era un 3" after a 3, but not "en el colegio un 3 era rojo", which is its comment."""
    comments = len(context.folded.split()) > _FEW_SAID_AGAIN and not context.said.spans(_CORRECTS)
    return None if comments else KeepGrade(rated_area(context))


def _correction(context: Context) -> Intent | None:
    plain = _plain_correction(context)
    if plain:
        return CorrectGrade(plain)
    taken_back = _taken_back(context)
    if taken_back is not None:
        return taken_back
    heard, grade = context.heard, context.grade
    no_grade = grade is not None and not grade.value
    if no_grade and context.lexicon.corrects.was_another.fullmatch(context.folded):
        return half_grade(context)
    guessed = context.open is not None and context.open.progress.area_guessed  # asked about next
    denied = denies(context) or (not guessed and means_elsewhere(context))
    if not (heard.likely("corrects") or (heard.likely("undoes") and grade is None) or denied):
        return None
    replaced = _in_place_of_the_noted(context) if heard.likely("corrects") else 0
    if replaced:
        return CorrectGrade(replaced)
    if no_grade and heard.best(("corrects", "undoes")):
        return half_grade(context)  # the half of "un 3 y medio" names no area
    area = _area_meant(context)
    if area is not None and area.id != rated_area(context):
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
    if is_grade_asked(context):
        return None  # nothing is graded yet: the grade question stays open
    return change_latest(context)


def _area_meant(context: Context) -> Area | None:
    """The area that is named instead; none beside a grade that is just asked for and given."""
    opened, grade = context.open, context.grade
    if opened is not None and opened.grades_area and grade is not None and grade.value:
        return None
    meant = after_denial(context)
    named = area_in(context, meant, as_place=True)
    few = len(context.folded.split()) <= _FEW_NAMING
    named = named or (area_behind(context, meant, context.lexicon.was) if few else None)
    return named or area_in(context, context.text, as_place=True)  # parts show what is denied


def _of_grade_or_area(context: Context, area: str) -> Intent:
    """ "Fui a obras, que sea un 7": an area beside another grade may be chance."""
    grade = latest_grade(context)
    meant = grade_meant(context, grade) if grade else 0
    if meant and meant != grade and context.said.spans(_CORRECTS):
        return ProposeCorrection(meant, context.text.strip())
    others = {*context.numbers} - {grade}
    if grade and len(others) == 1 and context.rating_is_closed and not _says_wrong(context):
        return ProposeGrade(others.pop(), area)  # "el cesfam es mejor que ustedes, un 7"
    # "Corrección: era la biblioteca" does not say what it was not
    return put_elsewhere(context, area) if grade else CorrectArea(area)


def _says_wrong(context: Context) -> bool:
    """Whether the area on record is denied, or the text begins like a correction."""
    slips = not context.lexicon.grade.slips.isdisjoint(context.said.words)
    return slips or denies_rated(context) or PhraseKind.WAS_AT in context.said.kinds


def _plain_correction(context: Context) -> int:
    """ "Bájele a 2", "6, no 4", "apretó el tres, yo quería el seis": the grade that is meant.

    0 where no such phrase stands, or not exactly one grade beside the one on record.
    """
    starred = _STARRED.fullmatch(context.text)  # "*5", as slips are corrected in chats
    if not starred and _CORRECTS not in context.said.kinds:
        return 0
    rated = latest_grade(context)
    if not rated:
        return 0
    if _grades_another_area(context):
        return 0  # "quiero poner un 7 a la biblioteca", once Tránsito was graded
    given = set(context.numbers) & set(_not_of_others(context))
    meant = given - {rated} - denied_again(context.text, context.lexicon)
    meant = meant or {grade_meant(context, rated)}
    return meant.pop() if len(meant) == 1 else 0


def _not_of_others(context: Context) -> tuple[int, ...]:
    """The numbers that nobody else gave: "mi marido dice que un 3, pero yo digo 6"."""
    own = without_told(context.text, context.lexicon)
    if theirs_meant(context.text, own, context.lexicon):
        return context.numbers
    return numbers_given(own, context.lexicon) or context.numbers


def _grades_another_area(context: Context) -> bool:
    area = area_mentioned(context, context.folded)
    return area is not None and area.id != rated_area(context)


def _taken_back(context: Context) -> Intent | None:
    """ "Anule mi nota", "como que le puse mucho": a grade on record that is not to stand."""
    kinds = context.said.kinds
    if PhraseKind.UNDOES_GRADE not in kinds and PhraseKind.DOUBTS_GRADE not in kinds:
        return None
    rated = latest_grade(context)
    if not rated or set(context.numbers) - {rated}:
        return None
    if _speaks_of_card(context):
        return None
    undone = PhraseKind.UNDOES_GRADE in kinds
    instead = best_or_worst(context.said) if undone else 0
    if instead not in (0, rated):
        return ProposeCorrection(instead, context.text.strip())
    return Act.UNDO_RATING if undone else change_latest(context)


def _speaks_of_card(context: Context) -> bool:
    """ "Anule la de la patente", once a rating is closed: a card is found, no grade is named."""
    if not context.rating_is_closed or context.ranking.verdict is not Verdict.SURE:
        return False
    names_grade = context.lexicon.said_before.names_grade.search(context.folded) is not None
    area = area_in(context, context.folded)
    is_rated = area is not None and any(one.subject.area == area.id for one in context.state.rated)
    return not (names_grade or context.numbers or is_rated)


def _can_be_corrected(context: Context) -> bool:
    return bool(
        context.state.rated or (context.open is not None and context.open.outline.rates_area)
    )


def _in_place_of_the_noted(context: Context) -> int:
    """ "Cámbieme el 6 por un 3": the one grade said beside that on record; 0: none, or several."""
    rated, lexicon = context.state.rated, context.lexicon
    said, own = (
        _grades_in(one, lexicon) for one in (context.text, without_told(context.text, lexicon))
    )
    others = own - {rated[-1].grade} if rated else set()
    return others.pop() if len(others) == 1 and len(said) == 2 else 0


def _grades_in(text: str, lexicon: Lexicon) -> set[int]:
    numbers = (exact_number(word, lexicon) for word in fold(text).split())
    return {number for number in numbers if number and number <= _BEST_GRADE}
