"""What follows a filed case and is not of it: a no to what is asked of it, a rating, a card."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import says_name
from handlers.understanding.context import Context
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import SettleWords
from handlers.understanding.intents.cases import AskIfOfCase
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

_FEW_REFUSING = 8  # words
_FEW_DENYING = 4  # words of "no al reclamo"
_FEWEST_TOLD = 3  # words of "sigue el hoyo"
_FEW_TELLING = 3  # words of a part that may yet say what is right
_MOST_OF_RATING = 12  # words
_GOES = ("undoes", "withdraws")
_OF_GRADE = {PhraseKind.CORRECTS_GRADE, PhraseKind.UNDOES_GRADE, PhraseKind.MAY_CORRECT}
_WAS_AND_MEANT = 2  # grades: the one on record, and another in its place


def refused(context: Context) -> SettleWords | Act | None:
    """ "No, nada que ver, déjela igual" to what is asked of a filed case: nothing is done to it.

    A no to one question is no yes to a graver one: "no, mejor retírelo" must say so.
    """
    if _is_left_alone(context):
        return Act.KEEP_CASE
    withdraws = context.offers("keep-case")
    corrects = context.offers("replace-words") and context.offers("not-comment")
    follow_up = context.state.follow_up
    if not withdraws and not (corrects and follow_up is not None and follow_up.revision):
        return None
    said, parts = context.said, [part for part in PARTS.split(context.text) if fold(part)]
    keeps = PhraseKind.KEEPS_GRADE in said.kinds or said.is_only(PhraseKind.GIVES_UP)
    if not parts or len(said.words) > _FEW_REFUSING or "?" in context.text:
        return None
    if not keeps and (not _denies(context, parts[0]) or _tells_right(context, parts[1:])):
        return None
    return Act.KEEP_CASE if withdraws else SettleWords("drop")


def kept_and_told(context: Context) -> AskIfOfCase | None:
    """The "el parche quedó malo" of "no, déjela mejor, el parche quedó malo", to whether a case
    is withdrawn: it may be added."""
    number = context.asked_to_withdraw
    if not number or refused(context) is not Act.KEEP_CASE or "?" in context.text:
        return None
    parts = [part.strip() for part in PARTS.split(context.text) if fold(part)]
    told = [part for part in parts if _tells(context, part)]
    return AskIfOfCase(", ".join(told), number) if told else None


def _tells(context: Context, part: str) -> bool:
    """Whether a part is no refusal, and more than a courtesy."""
    said = Said(part, context.lexicon)
    denies = not context.lexicon.negators.isdisjoint(said.words[:1])
    keeps = not {PhraseKind.KEEPS_GRADE, PhraseKind.GIVES_UP}.isdisjoint(said.kinds)
    return len(said.words) >= _FEWEST_TOLD and not (denies or keeps)


def _is_left_alone(context: Context) -> bool:
    """ "La sugerencia déjela igual", also where something else was asked."""
    said, nouns = context.said, context.lexicon.case_nouns
    named = not nouns.isdisjoint(said.sounds) and PhraseKind.KEEPS_GRADE in said.kinds
    few = len(said.words) <= _FEW_REFUSING and "?" not in context.text
    few = few and bool(context.heard.best((*_GOES, "denies")))  # it would else be taken away
    busy = context.state.filing is not None or context.offers("replace-words")
    busy = busy or PhraseKind.TELLS_WISH in said.kinds  # "necesito que apuren mi reclamo"
    return named and few and bool(context.state.cases) and not busy and not context.numbers


def _denies(context: Context, part: str) -> bool:
    """Whether the first part is a no, and no words of the case: "no hay luz" is none."""
    words = fold(part).split()
    no = context.commands.get(words[0]) == "no" or words[0] in context.lexicon.negators
    alone = len(words) == 1 or {context.commands.get(word) for word in words} == {"no"}
    return no and (alone or len(words) == len(context.said.words) <= _FEW_TELLING)


def _tells_right(context: Context, parts: list[str]) -> bool:
    """ "No, es la otra cancha", "no, mejor retírelo": another wish stands behind the no."""
    rest = " ".join(parts)
    if not rest:
        return False
    said = Said(rest, context.lexicon)
    return {PhraseKind.KEEPS_GRADE, PhraseKind.GIVES_UP}.isdisjoint(said.kinds)


def apart_from_case(context: Context) -> Context:
    """The same text, read as if nothing had been filed, where it is plainly not of the case that
    may be added to: of a rating on record, or of the card shown since."""
    follow_up = context.state.follow_up
    if follow_up is None or not follow_up.case or context.command is not None:
        return context
    if (meant := _meant_instead(context)) != context.text:
        context = context.of(meant)
    elif not _is_of_rating(context, follow_up.told) and not _is_of_card(context, follow_up.told):
        return context
    state = replace(context.state, follow_up=None, cases=())
    return Context(context.incoming, state, context.known, context.release, context.at).of(
        context.text
    )


def _meant_instead(context: Context) -> str:
    """The "me refiero a la licencia" of "me refiero a la licencia, no al reclamo"."""
    meant, _, denied = context.text.rpartition(",")
    words = fold(denied).split()
    no = not context.lexicon.negators.isdisjoint(words[:1]) and len(words) <= _FEW_DENYING
    return meant if meant and no and Said(denied, context.lexicon).names_case else context.text


def _is_of_rating(context: Context, told: str) -> bool:
    """ "Y la nota 3 cámbiela a un 2", "borre la nota", "cambie el 3 por un 2"."""
    rated, said, numbers = context.state.rated, context.said, context.numbers
    if not rated or len(said.words) > _MOST_OF_RATING or said.names_case:
        return False
    named = context.lexicon.said_before.names_grade.search
    changes = bool(numbers) or not _OF_GRADE.isdisjoint(said.kinds)
    changes = changes or bool(context.heard.best((*_GOES, "corrects")))
    if named(context.folded) and changes:
        return named(fold(told)) is None
    again = len(numbers) == _WAS_AND_MEANT and numbers[0] == rated[-1].grade
    return again and PhraseKind.CORRECTS_GRADE in said.kinds and str(numbers[0]) not in told


def _is_of_card(context: Context, told: str) -> bool:
    """ "La biblioteca digo, el sábado": by its name, which the case does not say."""
    topic, content = context.state.topic, context.release.content
    if topic not in content.service_by_id and topic not in content.area_by_id:
        return False
    of_case = context.said.names_case and PhraseKind.KEEPS_GRADE in context.said.kinds
    if of_case or not says_name(context, context.text, topic):
        return False
    return not says_name(context, told, topic)
