"""What is open stays open: once a question beside it is answered, it is asked again."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from handlers.messages import Option
from handlers.questionnaires import asking, progress
from handlers.state import Awaits, Prompt
from handlers.turn import TurnBuilder
from handlers.understanding.context import RECENT

# Options of a question that a yes or a no answers. Lists, menus and invitations are left.
_ANSWERED_BY_NO = (
    *("reject", "as-comment", "not-comment", "keep-words", "undo", "keep-rating", "not-of-case"),
    *("not-erase", "not-right", "keep-case"),
)
# Asked for words that nothing else would be taken for.
_LASTING = (Awaits.CASE, Awaits.CASE_AREA, Awaits.RECTIFY, Awaits.OBJECT)
_OF_CARD = "card:"


def ask_again(turn: TurnBuilder) -> None:
    """Ask again what was open before this turn, if the answer put something else in its place.

    Cards that may answer what was asked are offered beside. What was asked long ago is left.
    """
    prompt = turn.was.prompt
    if prompt is None or not _is_awaited(turn, prompt):
        return
    if turn.at - prompt.asked_at > RECENT and prompt.awaits not in _LASTING:
        return
    if _is_asked(turn, prompt) or not turn.body:
        return
    cards = [option for option in turn.options if option.key.startswith(_OF_CARD)]
    was = turn.was
    kept = {name: getattr(was, name) for name in ("progress", "paused", "filing", "proposal")}
    own_options = [option for option in prompt.options if not option.key.startswith(_OF_CARD)]
    turn.update(
        **kept,
        next_grades=was.next_grades,
        follow_up=was.follow_up,
        draft=turn.state.draft or was.draft,
        page=was.page,
        prompt=replace(prompt, options=tuple(own_options)),
    )
    _ask(turn)
    if cards:
        offer_beside(turn, cards)


def offer_beside(turn: TurnBuilder, cards: Sequence[Option]) -> None:
    """Offer cards below the question that the turn asks, without those offered earlier."""
    prompt = turn.state.prompt
    if prompt is None:
        return
    kept = [option for option in turn.options if not option.key.startswith(_OF_CARD)]
    awaits, numbered = prompt.awaits, prompt.numbered
    turn.ask(turn.question, [*kept, *cards], awaits, turn.layout, numbered)


def _is_awaited(turn: TurnBuilder, prompt: Prompt) -> bool:
    """Whether the question waits for an answer; whether a card was useful may be left."""
    was = turn.was
    if turn.ratings_stopped and prompt.awaits in (Awaits.ANSWER, Awaits.AREA):
        return False
    if prompt.awaits is Awaits.ANSWER:
        ongoing = was.progress
        return ongoing is not None and not progress.outline_of(turn, ongoing).about_card
    if was.proposal is not None and prompt.offers(*_ANSWERED_BY_NO):
        return not turn.ratings_stopped
    return not prompt.awaits_option or prompt.offers(*_ANSWERED_BY_NO)


def _is_asked(turn: TurnBuilder, prompt: Prompt) -> bool:
    """Whether this turn ends with the same question."""
    asked = turn.state.prompt
    if asked is None or asked.awaits is not prompt.awaits or asked is prompt:
        return False
    return all(option in asked.options for option in prompt.options)


def _ask(turn: TurnBuilder) -> None:
    prompt, proposal = turn.state.prompt, turn.state.proposal
    assert prompt is not None, "what was open has just been put back"
    if proposal is not None and not proposal.corrects and prompt.offers("accept"):
        asking.propose(turn, proposal)
    elif prompt.question:
        asking.repeat(turn, prompt)
    else:
        asking.ask_open(turn)
