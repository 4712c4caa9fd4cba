""" "Aún no termina": of the rating in progress, or of the one just given."""

from __future__ import annotations

from handlers.content.questionnaires.definition import QuestionKind
from handlers.text.folding import fold
from handlers.understanding.context import Context
from handlers.understanding.intents.answers import NotEnded
from handlers.understanding.intents.rating import (
    GivenNotEnded,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.wishes import says_not_ended


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
