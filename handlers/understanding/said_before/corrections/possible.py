"""Words after a grade that may be no mere comment on it: it is asked, in one tap."""

from __future__ import annotations

from handlers.listening.listener import SURE
from handlers.search.ranking import Verdict
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_mentioned
from handlers.understanding.conditions import conditions_of
from handlers.understanding.context import RECENT, Context
from handlers.understanding.intents.rating import AskWhatToChange, ProposeCorrection
from handlers.understanding.meant_else import BESIDE_CORRECTION, may_take_back
from handlers.understanding.reading.grades.candidates import is_of_noun
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.no_grades import PARTS, denied_again, not_given, without_told
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import LOW, best_or_worst, contradicts
from handlers.understanding.said_before.corrections.areas import (
    area_meant,
    denies_by_name,
    moved_to,
)
from handlers.understanding.said_before.corrections.chances import (
    MOVING,
    SAYING,
    may_be_no_comment,
)
from handlers.understanding.said_before.corrections.on_record import grade_on_record, rated_area
from handlers.understanding.when import When

_DOUBTING = {*SAYING, PhraseKind.DOUBTS_GRADE, PhraseKind.CORRECTS_WORDS, PhraseKind.DROPS_WORDS}
_OPINIONS = ("praises", "blames")
_WISHES = {PhraseKind.WANTS_TO_RATE}
_MOST_WORDS = 30
_FEW_DOUBTING = 5  # words that say no more than that something was not right
_FEW = 4  # words
_FEW_OF_ANOTHER = 10  # words that say whose office was meant
_BEST = 7


def possible_correction(context: Context) -> ProposeCorrection | AskWhatToChange | None:
    """ "Ya no tan mala, súbela a 3", "la niña apretó puras leseras, no vale"."""
    rated, words = grade_on_record(context), context.text.strip()
    if not rated or context.command is not None:
        return None
    elsewhere = PhraseKind.DENIES_PLACE in context.said.kinds and denies_by_name(context)
    if elsewhere or _names_two(context, rated) or _is_praised(context, rated):
        return AskWhatToChange(words)
    if is_of_another(context):
        return ProposeCorrection(0, words)
    if leaves_grade(context) or denies_others(context, rated) or _refuses_words(context):
        return None
    grade = grade_meant(context, rated)
    if not _is_given(context, grade) and not may_be_no_comment(context):
        return None
    return ProposeCorrection(grade, words) if grade or _undoes(context) else None


def no_mere_comment(context: Context) -> AskWhatToChange | None:
    """ "¿Y los retan?", "ese queda así": what would be kept, and may be anything but a comment."""
    rated, follow_up = grade_on_record(context), context.state.follow_up
    if not rated or denies_others(context, rated) or not may_be_no_comment(context):
        return None
    if follow_up is not None and (follow_up.rewritten or follow_up.revision):
        return None  # it is asked already how the comment is to be
    return AskWhatToChange(context.text.strip())


def _names_two(context: Context, rated: int) -> bool:
    """ "En Obras fueron correctos, mal me trataron arriba, en la Secplan", after a 2 for Obras."""
    parts = ((area_mentioned(context, part), part) for part in PARTS.split(context.text))
    named = {area.id: part for area, part in parts if area is not None}
    own = named.get(rated_area(context), "")
    if len(named) == 1 or not own or "?" in context.text:
        return False
    return may_take_back(context) or contradicts(rated, Said(own, context.lexicon))


def _is_praised(context: Context, rated: int) -> bool:
    """ "Excelente todo, muy rápido" after a 1."""
    if context.numbers or context.state.proposal is not None or rated > LOW:
        return False
    return contradicts(rated, context.said)


def _refuses_words(context: Context) -> bool:
    """ "No quiero dejar comentario": nothing is said of the grade."""
    of_grade = context.numbers or context.lexicon.said_before.names_grade.search(context.folded)
    plain = context.heard.main == "refuses" and context.heard.surely("refuses")
    return plain and not of_grade


def _is_given(context: Context, grade: int) -> bool:
    """ "El joven no tiene la culpa. Con un 3 basta": what the grade would be, were it asked for."""
    if When.LISTED in conditions_of(context) and context.text.lstrip()[:1].isdecimal():
        return False  # "2) me gritaron" is an option with its words
    given = context.grade
    plain = given is not None and given.value == grade and not given.doubtful
    return plain and grade > 0 and (context.heard.likely("gives_grade") or _ends_in_grade(context))


def _ends_in_grade(context: Context) -> bool:
    """ "Se demoraron una hora, la verdad. Con todo y eso un 6": the last words are one."""
    lexicon, last = context.lexicon, context.folded.split()[-2:]
    marks = lexicon.number.articles | lexicon.grade.mark
    return len(last) > 1 and last[0] in marks and value_of(last[1], lexicon) is not None


def _undoes(context: Context) -> bool:
    return context.heard.likely("undoes") or PhraseKind.UNDOES_GRADE in context.said.kinds


def doubt_of_closed(context: Context) -> ProposeCorrection | AskWhatToChange | None:
    """ "Se me pasó la mano", "la nota de recién iba para otros": nothing is said for certain."""
    said = context.said
    if not context.rating_is_closed or context.command is not None:
        return None
    names = context.lexicon.said_before.names_grade.search(context.folded) is not None
    names = names or PhraseKind.NAMES_COMMENT in said.kinds
    if not names and PhraseKind.MAY_CORRECT not in said.kinds:
        return None
    if len(said.words) > _MOST_WORDS or leaves_grade(context):
        return None
    if _DOUBTING.isdisjoint(said.kinds) and not may_take_back(context):
        return None
    if (context.ranking.is_found and not names) or not _WISHES.isdisjoint(said.kinds):
        return None
    if len(said.words) <= _FEW_DOUBTING and not context.numbers:
        return what_to_change(context)
    if area := area_meant(context):
        return moved_to(context, area)
    grade, words = grade_meant(context, context.state.rated[-1].grade), context.text.strip()
    asked = grade or _undoes(context)
    return ProposeCorrection(grade, words) if asked else AskWhatToChange(words)


def what_to_change(context: Context) -> AskWhatToChange:
    """Which part of it, with the words unless they say no more than that something is wrong."""
    tells = len(context.said.words) > _FEW_DOUBTING or not context.rating_is_closed
    return AskWhatToChange(context.text.strip() if tells else "")


def said_soon_after(context: Context) -> AskWhatToChange | None:
    """What follows a rating, is no question and finds nothing: it is asked what it is to change."""
    if not context.rating_is_closed or context.command is not None or context.open is not None:
        return None
    if context.state.asked or context.offers("none"):
        return None  # "no, los talleres para mayores", to a question that was not surely found
    said, heard = context.said, context.heard
    just_changed = context.offers("change") and context.prompt_is_recent
    recent = context.at - context.state.rated[-1].at <= RECENT or just_changed
    if not recent or len(said.words) > _MOST_WORDS:
        return None
    plainly = heard.main == "corrects" and heard.surely("corrects")
    opinion = heard.main in _OPINIONS and heard.surely(heard.main) and "?" not in context.text
    if opinion:
        return AskWhatToChange(context.text.strip())  # though a card is found for "bastón"
    if not plainly and context.ranking.verdict not in (Verdict.NOTHING, Verdict.UNSURE):
        return None
    corrects = not _DOUBTING.isdisjoint(said.kinds) or may_take_back(context)
    asks = said.asks or "?" in context.text or heard.main in BESIDE_CORRECTION
    tells = len(said.words) > _FEW or heard.best(_OPINIONS)
    if not corrects and (asks or not tells or heard.likely("nonsense")):
        return None
    return AskWhatToChange(context.text.strip())


def is_of_another(context: Context) -> bool:
    """ "No, perdón, eso era para el Registro Civil": somebody else's office was graded."""
    folded = context.folded
    if len(context.said.words) > _FEW_OF_ANOTHER or "?" in context.text:
        return False
    told = any(
        one.of_another.search(folded) and not one.compares.search(folded)
        for one in context.lexicon.corrections
    )
    if not told or not context.release.index.may_be_of_others(context.text):
        return False
    return context.ranking.verdict is Verdict.EXTERNAL


def leaves_grade(context: Context) -> bool:
    """ "No toque la nota, solo quiero agregar que …"."""
    if not context.said.kinds.keys().isdisjoint(MOVING):
        return False  # "la nota, déjela un poco más abajo"
    kinds = context.said.kinds
    if PhraseKind.UNDOES_GRADE in kinds and context.heard.best(("undoes", "refuses"), SURE):
        return False  # "bórreme la nota, no quiero opinar"
    asked = context.lexicon.said_before.leaves_grade.search(context.folded) is not None
    return asked and PhraseKind.CORRECTS_GRADE not in kinds


def denies_others(context: Context, rated: int) -> bool:
    """ "Por eso no les puse un 7", "puse 6 y no 7": the only other grade is said not to be it."""
    others = set(context.numbers) - {rated}
    if not others:
        return False
    return others <= set(not_given(context.text, context.folded, context.lexicon))


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
