"""What is said of a rating that is closed: its comment or reason, put right, added to, erased."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.search.ranking import Verdict
from handlers.state import Conversation
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_in, area_mentioned
from handlers.understanding.context import FOLLOW_UPS, RECENT, Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddToComment, ReviseWords
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.grades.read import read_only_number
from handlers.understanding.reading.number_words import value_of
from handlers.understanding.reading.replaced import Replacement
from handlers.understanding.reading.said import Said
from handlers.understanding.said_before.corrections.areas import place_replaced
from handlers.understanding.said_before.corrections.comments import (
    ASKS_ELSE,
    behind_denial,
    drops,
    is_of_comment_alone,
    part_named,
    plain_revision,
    words_added,
    words_led_to,
)
from handlers.understanding.said_before.corrections.on_record import denies

_MOST_WORDS = 30
_FEWEST_TO_NAME = 2  # ratings, of which one has to be named
_WAS_AND_MEANT = 2  # grades: the one on record, and another in its place
_BEST = 7
# What is said of a rating, and hardly of anything else.
_OF_RATING = {
    PhraseKind.NAMES_COMMENT,
    PhraseKind.MAY_CORRECT,
    PhraseKind.CORRECTS_GRADE,
    PhraseKind.UNDOES_GRADE,
    PhraseKind.DROPS_WORDS,
    PhraseKind.REWRITES_COMMENT,
    PhraseKind.ADDS_TO_COMMENT,
}
# One of these is said where words of the comment are to be added, dropped or written anew.
_CHANGING = {
    PhraseKind.ADDS_TO_COMMENT,
    PhraseKind.GOES_ON,
    PhraseKind.DROPS_NAME,
    PhraseKind.DROPS_WORDS,
    PhraseKind.NAMES_PART,
    PhraseKind.REWRITES_COMMENT,
    PhraseKind.SAYS_INSTEAD,
}


def rating_named(context: Context) -> str:
    """The area of an earlier rating that is spoken of, "borre el de Tránsito"; or ""."""
    rated = context.state.rated
    if len(rated) < _FEWEST_TO_NAME or not context.rating_is_closed:
        return ""
    kinds = context.said.kinds
    if _OF_RATING.isdisjoint(kinds):
        return ""
    area = area_mentioned(context, context.folded)
    if area is None:
        return _named_by_grade(context)
    if area.id == rated[-1].subject.area or PhraseKind.DENIES_PLACE in kinds:
        return ""
    return area.id if any(one.subject.area == area.id for one in rated) else ""


def _named_by_grade(context: Context) -> str:
    """ "Cambie el 3 por un 4", where the 3 is an earlier one, and the only one; or ""."""
    rated, numbers = context.state.rated, context.numbers
    if len(numbers) != _WAS_AND_MEANT or rated[-1].grade in numbers:
        return ""
    named = [one.subject.area for one in rated if one.grade == numbers[0]]
    return named[0] if len(named) == 1 else ""


def with_latest(state: Conversation, area: str) -> Conversation:
    """The conversation as if the area had been rated last."""
    ratings = sorted(state.rated, key=lambda one: one.subject.area == area)
    return replace(state, rated=tuple(ratings))


def corrects_something(context: Context) -> bool:
    """ "Me equivoqué": something was not right, and it is not said what."""
    names_grade = context.lexicon.said_before.names_grade.search(context.folded)
    return PhraseKind.MAY_CORRECT in context.said.kinds and names_grade is None


def correction_of_closed(context: Context) -> Intent | None:
    """ "Mi comentario decía caballero y era señora", "saque el nombre", "agregue que …"."""
    if not context.rating_is_closed or context.command is not None:
        return None
    if len(context.said.words) > _MOST_WORDS:
        return None
    kinds = context.said.kinds
    if told := behind_denial(context):
        return ReviseWords(told)
    replaced = _replaced(context)
    if replaced is not None:
        plain = _is_of_comment(context, replaced) or bool(words_led_to(context))
        return ReviseWords(replaced.meant, was=replaced.was, unless_absent=not plain)
    led_to = _led_to(context)
    if led_to is not None or _CHANGING.isdisjoint(kinds):
        return led_to
    added = _added(context)
    if added is not None:
        return added
    plain = PhraseKind.NAMES_COMMENT in kinds
    own = PhraseKind.OWN_NAME in kinds
    if PhraseKind.DROPS_NAME in kinds and (plain or own or _is_of_staff(context)):
        return ReviseWords(without_names=True, unless_absent=not plain, own_name=own)
    if PhraseKind.SAYS_INSTEAD in kinds or _drops(context):
        return plain_revision(context)
    rewrites = PhraseKind.REWRITES_COMMENT in kinds
    return (plain_revision(context) or Act.REWRITE_COMMENT) if rewrites else None


def _is_of_staff(context: Context) -> bool:
    """ "Saque el nombre de la doctora"; that of a card's papers is asked of what is found."""
    said, staff = context.said, context.lexicon.grade.staff
    named = (said.words[start : end + 2] for start, end in said.spans(PhraseKind.DROPS_NAME))
    return not all(map(staff.isdisjoint, named)) or context.ranking.verdict is not Verdict.SURE


def _replaced(context: Context) -> Replacement | None:
    """What was written and what is meant; None where a grade or an area may be."""
    found = context.replacement
    if found is None or context.lexicon.said_before.names_grade.search(context.folded):
        return None
    if PhraseKind.NAMES_COMMENT in Said(found.was, context.lexicon).kinds:
        return None  # "cambie mi comentario por …"
    if area_in(context, found.meant, as_place=True) or area_in(context, found.was, as_place=True):
        return None
    if _is_grade(context, found) or place_replaced(context):
        return None
    if _is_of_comment(context, found):
        return found
    if corrects_something(context) or PhraseKind.WRITES_INSTEAD in context.said.kinds:
        return found
    if context.open is not None or context.ranking.is_found:
        return None  # a card is meant
    heard = context.heard
    corrects = heard.likely("corrects") or heard.likely("undoes") or denies(context)
    return found if corrects or context.ranking.verdict is Verdict.NOTHING else None


def _is_of_comment(context: Context, found: Replacement) -> bool:
    """ "Donde puse caballero …", "no fueron 15 minutos …": hardly of anything else."""
    first, *others = fold(found.was).split() or [""]
    counts = bool(others) and value_of(first, context.lexicon) is not None
    return counts or PhraseKind.NAMES_COMMENT in context.said.kinds


def _is_grade(context: Context, found: Replacement) -> bool:
    """ "Puse 6 y era 4", where 6 is on record; "puse 6 horas y eran 4" is of the comment."""
    was, meant = (read_only_number(part, context.lexicon) for part in found)
    corrects = PhraseKind.CORRECTS_GRADE in context.said.kinds and bool({*context.numbers} - {was})
    if corrects and context.state.rated[-1].grade in context.numbers and meant is not None:
        return True  # "el 2 que puse denantes, era un 3 mejor"
    if was != context.state.rated[-1].grade:  # "change it to 5"
        empty = context.lexicon.grade.around | context.lexicon.grade.for_area
        return corrects and empty.issuperset(fold(found.was).split())
    return corrects or meant in range(1, _BEST + 1)  # "7 not 6. They were lovely"


def _added(context: Context) -> Intent | None:
    """What is to be added, without the request; with nothing behind it, it is still to come."""
    spans = context.said.kinds.get(PhraseKind.ADDS_TO_COMMENT)
    recent = context.at - context.state.rated[-1].at <= RECENT
    if not spans and recent and (more := words_added(context)):
        return AddToComment(more)
    if not spans or context.heard.best(FOLLOW_UPS, ASKS_ELSE):
        return None
    corrects = {start for start, _ in context.said.spans(PhraseKind.CORRECTS_WORDS)}
    if context.open is not None and any(start in corrects for start, _ in spans):
        return None  # "aclaro que soy extranjero", to a card
    return AddToComment(words_added(context))


def _led_to(context: Context) -> AddToComment | None:
    """ "Me faltó: …", "corrección: …": neither a grade, another area nor a question."""
    words = words_led_to(context)
    if not words or (context.open and context.ranking.is_found):
        return None
    return AddToComment(words) if is_of_comment_alone(context, words) else None


def _drops(context: Context) -> bool:
    """Whether words of the comment are to go, that are plainly meant."""
    if not drops(context):
        return False
    leaves_grade = context.lexicon.said_before.leaves_grade.search(context.folded) is not None
    named = PhraseKind.NAMES_COMMENT in context.said.kinds or leaves_grade
    return named or bool(part_named(context))
