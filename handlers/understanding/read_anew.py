"""What a text says besides its answer, which is read anew."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.understanding.context import Context
from handlers.understanding.intents.answers import GradeAnswer, SettleWords
from handlers.understanding.intents.information import UsefulAnswer
from handlers.understanding.intents.union import Intent


def beside_answer(context: Context, intent: Intent) -> Context | None:
    """The rest of the text, in the conversation as it is once the answer is taken."""
    match intent:
        case GradeAnswer(besides=besides) if besides:
            return context.of(besides)
        case UsefulAnswer(besides=besides) if besides:
            return context.of(besides, answered=True, of_another=intent.of_another)
        case SettleWords(besides=besides) if besides:
            return _as_question(context, besides)
    return None


def _as_question(context: Context, words: str) -> Context:
    """Words for a case that turned out to be a question."""
    asked = context.of(words if "?" in words else f"{words}?", answered=True)
    follow_up = asked.state.follow_up
    if follow_up is None:
        return asked
    state = replace(asked.state, follow_up=replace(follow_up, revision=""))
    return Context(asked.incoming, state, asked.known, asked.release, asked.at)
