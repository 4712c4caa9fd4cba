"""The conversation as a pure function: one incoming in, replies and facts out.

START HERE. ``step`` first understands an incoming (understanding/recognisers.py turns words into
intents and changes nothing), then acts on it (acting/acting.py dispatches each intent to its
capability). It does no I/O, reads no clock and draws no random number, so equal arguments give
equal turns.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from handlers import navigation
from handlers.acting.acting import act
from handlers.cases.telling import filing
from handlers.errors import Needed
from handlers.information import told
from handlers.messages import (
    MAX_TEXT_WITH_OPTIONS,
    Announcement,
    CaseAnswer,
    CaseNews,
    CaseNotice,
    CaseReminder,
    Departed,
    FileRefused,
    Incoming,
    Media,
    PersonNews,
    PersonSays,
    PersonWaits,
    RightAnswer,
)
from handlers.needs import Need
from handlers.questionnaires import kept_open
from handlers.release import DEFAULT_LANGUAGE, Release
from handlers.stale import drop_stale, without_rating, without_stale
from handlers.state import Conversation, Declined, Known, Turn
from handlers.text.folding import fold
from handlers.text.markup import Alert, phones_in
from handlers.text.turn_cache import TURN_CACHES
from handlers.turn import TurnBuilder
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.danger import (
    FollowAlert,
    ReportDanger,
    alert_of,
    calmed_of,
)
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.union import Intents, asks_for_grade, leaves_open
from handlers.understanding.understand import understand

# Every question about a proposal has one of these options.
_OF_PROPOSAL = ("accept", "as-comment", "change", "keep-words")
# No to what was offered.
_DECLINING = (
    *(Act.KEEP_DATA, Act.REJECT_PROPOSAL, Act.DECLINE_RATING, Act.DROP_CASE, Act.KEEP_CASE),
)
# Answered on their own: nothing about open questions goes with them.
_TOLD_ALONE = (
    ReportDanger,
    FollowAlert,
    CaseNotice,
    CaseReminder,
    CaseAnswer,
    CaseNews,
    FileRefused,
    RightAnswer,
    PersonNews,
    PersonSays,
    PersonWaits,
    Announcement,
    Departed,
)


def step(
    conversation: Conversation, incoming: Incoming, known: Known, release: Release, now: datetime
) -> Turn | Need:
    """Take one turn: return what is said and recorded, or a Need that must be loaded first.

    After a Need the caller puts what it loaded into ``known`` and calls ``step`` again with
    otherwise equal arguments (``needs.complete_turn`` does so). Never raises for anything that a
    citizen can write.
    """
    try:
        turn = _answered(conversation, incoming, known, release, now)
    except Needed as needed:
        return needed.need  # without clearing the caches: the same message is read again
    except Exception:  # a failed turn must leave no text in memory either
        _forget_texts(release)
        raise
    _forget_texts(release)
    return turn


def _answered(
    conversation: Conversation, incoming: Incoming, known: Known, release: Release, now: datetime
) -> Turn:
    """As ``step``. Raises Needed."""
    turn = TurnBuilder(conversation, incoming, known, release, now)
    current = without_stale(conversation, release, turn.at)
    if turn.ratings_stopped:
        current = without_rating(current)
    intents = understand(incoming, current, known, release, now)
    if isinstance(intents[0], _TOLD_ALONE):
        for intent in intents:
            act(intent, turn)
        if turn.state.declined is not None:
            turn.update(declined=None)  # a yes would answer this message
        if isinstance(intents[0], ReportDanger | FollowAlert):
            _pin(turn, 1)  # below the emergency numbers
            told.keep(turn, intents)
    else:
        if current is not conversation:
            drop_stale(turn, current)
        _answer(intents, turn)
    return turn.build()


def _forget_texts(release: Release) -> None:
    """Clear the caches of texts: a message is read many times in a turn and not kept after."""
    for cache in chain(TURN_CACHES, release.caches_of_texts):
        cache.cache_clear()


def _answer(intents: Intents, turn: TurnBuilder) -> None:
    """Act on what a citizen said; a first message is answered before the introduction."""
    if turn.state.danger or turn.state.danger_words:
        turn.update(danger="", danger_words="")
    if turn.state.alert is not None and not alert_of(turn.was, turn.at):
        turn.update(alert=None)
    if turn.state.calmed is not None and not calmed_of(turn.was, turn.at):
        turn.update(calmed=None, help_called=False)
    if turn.state.media_at is not None and not isinstance(turn.incoming.body, Media):
        turn.update(media_at=None, refused="")  # the next photo begins a new album
    if turn.state.draft is not None and turn.state.draft.stray:
        turn.update(draft=None)
    for intent in intents:
        if turn.ratings_stopped and asks_for_grade(intent):
            navigation.say_ratings_stopped(turn)
        else:
            act(intent, turn)
    without_case = intents[-1] is Act.SHOW_CASES and not turn.state.cases  # one is offered
    if all(map(leaves_open, intents)) and not (without_case or _commands(turn)):
        kept_open.ask_again(turn)
    filing.go_on_after_grade(turn)
    told.keep(turn, intents)
    if turn.state.proposal is not None and not turn.offers(*_OF_PROPOSAL):
        turn.update(proposal=None)  # another question has replaced it
    _note_declined(intents, turn)
    measure = turn.state.measure
    if measure is not None and measure.proposed and not turn.offers("measure-search"):
        turn.update(measure=None)  # as above
    if not turn.state.greeted:
        _introduce(turn, with_person=not any(isinstance(one, AskForPerson) for one in intents))
    if turn.body and not turn.question and not turn.options:
        _offer_menu(turn)
    _pin(turn, 0)


def _commands(turn: TurnBuilder) -> bool:
    """DATOS: what is commanded leaves what is open; only a question comes back to it."""
    language = turn.was.language or DEFAULT_LANGUAGE
    return fold(turn.text_in) in turn.release.commands.get(language, {})


def _note_declined(intents: Intents, turn: TurnBuilder) -> None:
    """What was just offered and got a no may get a yes in the next message."""
    prompt, declined = turn.was.prompt, None
    if prompt is not None and prompt.question and intents[-1] in _DECLINING:
        declined = Declined(prompt, turn.was.proposal, turn.was.filing)
    if turn.state.declined != declined:
        turn.update(declined=declined)


def _introduce(turn: TurnBuilder, *, with_person: bool) -> None:
    """Say that this is an automatic assistant and, if not said yet, how to reach a person."""
    introduction = turn.text("introduction", municipality=turn.release.content.municipality)
    word = turn.text("person-word")
    if with_person and not turn.has_said(word):
        introduction += " " + turn.text("introduction-person", word=word)
    turn.body.append(introduction)
    turn.update(greeted=True)


def _pin(turn: TurnBuilder, place: int) -> None:
    """Insert the pinned notice, if there is one, at this place of the message."""
    pinned = turn.known.pinned
    if pinned is not None and turn.known.staff is None and (turn.body or turn.question):
        alert = Alert(turn.text("pinned-title"), pinned.text, phones_in(pinned.text))
        turn.body.insert(place, (alert,))


def _offer_menu(turn: TurnBuilder) -> None:
    """Offer the menu in an answer without other options, so that none is a dead end."""
    if turn.length <= MAX_TEXT_WITH_OPTIONS:
        turn.options = (turn.option("menu"),)
