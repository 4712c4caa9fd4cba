"""Answers a citizen who waits for the municipality: what the assistant can and cannot do."""

from __future__ import annotations

from handlers.cases.opening import (
    MAX_KEPT,
)
from handlers.messages import Layout
from handlers.questionnaires import progress
from handlers.state import Draft
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.areas import is_told_in
from handlers.understanding.intents.cases import TellWaiting


def answer_waiting(turn: TurnBuilder, told: TellWaiting) -> None:
    """A citizen waits for the municipality: say what the assistant can and cannot do."""
    progress.pause(turn)
    turn.update(draft=_waited_for(turn, told), greeted=True)
    turn.say("waiting")  # also says what the assistant is and can do
    options = [turn.option("complaint")]
    if told.service:
        service = turn.release.content.service_by_id[told.service]
        options.append(named_option(f"card:{service.id}", service.short_name))
    options.append(turn.option("person"))
    choice = turn.text("waiting-choice")
    turn.ask(choice, options, layout=Layout.LIST, numbered=len(options))


def _waited_for(turn: TurnBuilder, told: TellWaiting) -> Draft:
    """What is waited for, with the question before that it is of, which has no number."""
    matter, service = turn.state.matter, turn.release.content.service_by_id.get(told.service)
    named = service is not None and is_told_in(service, told.words)
    if matter is None or (named and told.area != matter.area):
        return Draft(turn.at, told.words[:MAX_KEPT], told.area, waiting=True)
    return Draft(turn.at, f"{matter.words}\n{told.words}"[-MAX_KEPT:], matter.area)
