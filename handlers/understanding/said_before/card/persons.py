"""A wish for a person beside an answer to whether the card helped."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.listening.listener import Heard
from handlers.text.kinds import PhraseKind
from handlers.understanding.context import Context
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.said_before.card.decision.clauses import CLAUSES
from handlers.understanding.said_before.card.plain_answers import plain_answer

_FEW_WORDS = 4  # of a curt no


def answer_and_person(context: Context) -> UsefulAnswer | None:
    """ "No me sirvió, quiero hablar con una persona": the wish is read behind the answer.

    "Ya, entonces páseme con una persona" answers nothing.
    """
    begins, rest = parted(context)
    words = begins.said.words
    curt = len(words) <= _FEW_WORDS and context.commands.get(" ".join(words[-1:])) == "no"
    plain = UsefulAnswer("no") if curt else plain_answer(begins)
    if plain is None or (plain.value == "yes" and not rest.text):
        return None
    return replace(plain, besides=rest.text or context.text)


def yes_to_person(context: Context) -> bool:
    """ "Sí, quiero hablar con una persona": the yes is to the person that the card names."""
    begins, rest = parted(context)
    yes = context.commands.get(begins.folded) == "yes"
    return yes and (PhraseKind.WANTS_PERSON in rest.said.kinds or _wants_person(rest.heard))


def parted(context: Context) -> tuple[Context, Context]:
    """The first part of a text, and what is behind it."""
    first, *others = CLAUSES.split(context.text, maxsplit=1)
    return context.of(first), context.of("".join(others).strip())


def wishes_for_person(context: Context) -> bool:
    """Whether a person is asked for, in the whole text or behind its first part."""
    _, rest = parted(context)
    named = any(PhraseKind.WANTS_PERSON in one.said.kinds for one in (context, rest))
    return named or any(_wants_person(one.heard) for one in (context, rest))


def _wants_person(heard: Heard) -> bool:
    return heard.main == "wants_person" and heard.surely("wants_person")
