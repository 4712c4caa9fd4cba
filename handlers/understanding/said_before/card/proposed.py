"""The answer about a card that is likely but not plain: it is proposed, to be noted in one tap."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.answers import AnswerMisread
from handlers.understanding.intents.information import (
    AskAboutTopic,
    ProposeUseful,
    UsefulAnswer,
)
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.options import USEFUL_BY_OPTION
from handlers.understanding.said_before.card.answer_and_question import (
    asks_behind,
    begins_with_praise,
)
from handlers.understanding.said_before.card.decision.chances import chances, frowns
from handlers.understanding.said_before.card.decision.clauses import TELLS_OF_HELP, VALUES, clauses
from handlers.understanding.said_before.card.plain_answers import tells_of_oneself
from handlers.understanding.said_before.card.told_beside import goes_on_behind_but

MAY_BE = 0.2  # chance of an answer from which it is proposed, where nothing else is found
PERHAPS = 0.4  # from here on it is no question
SURELY = 0.7  # from here on it is an answer, if it is plain which
_LIKELIEST = 0.2  # chance of one answer from which it is proposed before the others
_SAID = 0.1  # the same, of one that its clauses say
_FEW_WORDS = 4


def likeliest(context: Context) -> ProposeUseful | AnswerMisread:
    """The answer that it probably is; where none is likely it is asked once more, with all three.

    A bad sign beside praise mocks: "uy sí, utilísimo 🙄".
    """
    found, said = chances(context), clauses(context)
    value = said.changed or max(VALUES, key=lambda value: getattr(found, value))
    only = {*said.values} if not said.changed and getattr(found, value) < SURELY else set()
    if len(only) == 1 and getattr(found, *only) >= _SAID:
        (value,) = only
    denies = not said.values and not context.lexicon.negators.isdisjoint(context.said.words[:1])
    if value == "yes" and (frowns(context) or denies):  # "no me lee bien usted"
        value = "no"
    likely = said.changed or frowns(context) or value in only or getattr(found, value) >= _LIKELIEST
    return ProposeUseful(value) if likely else AnswerMisread("useful-misread")


def with_likely_answer(context: Context, asked: AskAboutTopic) -> AskAboutTopic:
    """The same with the answer proposed that the words, which ask nothing, may rather be.

    "Volví al punto de partida", "ya tengo todo lo que necesito".
    """
    found = chances(context)
    least = PERHAPS if asked.aspect == "again" else MAY_BE
    asks = context.said.asks or context.begins_going_on or only_misses(context)
    asks = asks or context.lexicon.said_before.inquires_for.search(context.folded) is not None
    asks = asks or goes_on_behind_but(context) is not None
    goes_on = not context.lexicon.said_before.going_on.isdisjoint(context.said.words[:1])
    asks = asks or goes_on or asks_behind(context)  # "ya pero a qué hora más o menos"
    tells = tells_of_oneself(context) and not clauses(context).changed
    if begins_with_praise(context) and not proposed_before(context):
        return replace(asked, useful="yes")  # "perfecto, y cuánto cuesta"
    if not frowns(context) and (found.answers < least or asks or tells):
        return asked
    proposed = likeliest(context)
    value = proposed.value if isinstance(proposed, ProposeUseful) else ""
    return replace(asked, useful=value) if value != proposed_before(context) else asked


def proposed_before(context: Context) -> str:
    """The answer that was just proposed; "" where the question was asked as it stands."""
    prompt = context.state.prompt
    keys = [option.key for option in prompt.options] if prompt is not None else []
    answers = [USEFUL_BY_OPTION[key] for key in keys if key in USEFUL_BY_OPTION]
    return answers[0] if len(answers) == len(VALUES) else ""


def proposal_answered(context: Context) -> UsefulAnswer | AnswerMisread | SayCourtesy | None:
    """ "Sí" to "¿anoto que no le sirvió?" says that it did not; "no" leaves it open.

    "Gracias" says neither.
    """
    proposed, words = proposed_before(context), context.folded.split()
    if proposed and context.command == "thanks":
        return SayCourtesy("thanks")
    if proposed in ("", "yes") or not words or not TELLS_OF_HELP.isdisjoint(context.said.kinds):
        return None
    said = context.commands.get(context.folded) or context.commands.get(words[0])
    if said == "yes" and len(words) <= _FEW_WORDS:
        return UsefulAnswer(proposed)
    return AnswerMisread("useful-misread") if context.command == "no" else None


def only_misses(context: Context) -> bool:
    """ "No sale ahí": that something is missing is all that is said."""
    return context.said.is_only(PhraseKind.TELLS_MISSING)
