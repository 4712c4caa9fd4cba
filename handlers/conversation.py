"""The conversation as a pure function: what is said and established in answer to one incoming.

START HERE. ``step`` reads an incoming against a conversation's state. It does no I/O, reads no
clock and draws no random number; the same arguments always give the same turn.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import assert_never

from handlers import choices, unasked
from handlers.cases import cases, staff
from handlers.content.emergencies import find_emergency
from handlers.content.model import QuestionKind
from handlers.errors import Needed
from handlers.facts import ContactDeparted, Subject
from handlers.information import lookups, menus
from handlers.messages import (
    MAX_TEXT_WITH_OPTIONS,
    Announcement,
    CaseAnswer,
    CaseNotice,
    Departed,
    Edited,
    Incoming,
    Media,
    Press,
    Start,
    Text,
    units,
)
from handlers.needs import Need
from handlers.questionnaires import asking, flow, follow_up, progress, rating
from handlers.release import Release
from handlers.state import Awaits, Conversation, Known, Turn
from handlers.text.folding import fold
from handlers.turn import RECENT, TurnBuilder
from handlers.understanding.hearing import hear_bare_number

_DESK_CODE = re.compile(r"\bcodigo ([a-z0-9]{4,24})\b")
_SLASH = re.compile(r"\s*/([a-zA-Z_]{1,32})(?:@\w+)?(?:\s+(.*))?\s*", re.DOTALL)
_COMPLAINT = re.compile(
    r"\s*(?:reclamo|complaint)\s*[:.\-–]\s*(\S.{5,})", re.IGNORECASE | re.DOTALL
)


def step(
    conversation: Conversation, incoming: Incoming, known: Known, release: Release, now: datetime
) -> Turn | Need:
    """The turn that ``incoming`` leads to, or what must be loaded before it can be known.

    A Need is answered in the matching field of ``known`` and ``step`` is called again with
    otherwise equal arguments. Never raises for anything that a citizen can write.
    """
    turn = TurnBuilder(conversation, incoming, known, release, now)
    try:
        _hear(turn)
    except Needed as needed:
        return needed.need
    return turn.build()


def _hear(turn: TurnBuilder) -> None:
    """Whatever comes in. What a citizen says is answered first, and introduced after."""
    body = turn.incoming.body
    match body:
        case Text() | Media() if emergency := _emergency(turn, body):
            turn.say(emergency)
            turn.update(greeted=True)  # each of these says that it is an automatic assistant
        case Departed():
            turn.record(ContactDeparted())
        case CaseNotice():
            staff.tell_case(turn, body)
        case CaseAnswer():
            cases.tell_answer(turn, body)
        case Announcement():
            staff.announce(turn, body)
        case _:
            progress.drop_vanished(turn)
            _forget_what_lapsed(turn)
            _hear_citizen(turn, body)
            _introduce(turn)
            _offer_menu(turn)


def _emergency(turn: TurnBuilder, body: Text | Media) -> str:
    """The sentence that comes before anything else, or ""; a staff member's answer is none."""
    text = body.text if isinstance(body, Text) else body.caption
    if not text or text.isdecimal() or (turn.known.staff is not None and _quotes_case(turn)):
        return ""
    emergency = find_emergency(text, turn.release.content)
    return emergency.reply if emergency is not None else ""


def _forget_what_lapsed(turn: TurnBuilder) -> None:
    open_one, draft = turn.state.follow_up, turn.state.draft
    if open_one is not None and turn.at > open_one.until:
        turn.update(follow_up=None)
    if draft is not None and turn.at - draft.at > RECENT:
        turn.update(draft=None)


def _hear_citizen(turn: TurnBuilder, body: Text | Press | Start | Media | Edited) -> None:
    match body:
        case Text(text):
            _hear_text(turn, text)
        case Press(key, prompt):
            _hear_press(turn, key, prompt)
        case Start(token):
            _hear_start(turn, token)
        case Media(_, caption) if caption.strip():
            turn.say("media-caption")
            _hear_text(turn, caption)
        case Media(kind):
            turn.say(f"media-{kind.value}")
            _ask_for_words(turn)
        case Edited():
            turn.say("edited")
            asking.ask_open(turn)
        case _:
            assert_never(body)


def _introduce(turn: TurnBuilder) -> None:
    """After its first answer the assistant says what it is; the question still comes last."""
    if not turn.state.greeted:
        turn.say("introduction", municipality=turn.release.content.municipality)
        turn.update(greeted=True)


def _offer_menu(turn: TurnBuilder) -> None:
    """No answer is a dead end: what offers nothing else offers the menu."""
    if turn.body and not turn.question and not turn.options:
        text = sum(units(part) + 2 for part in turn.body)
        if text <= MAX_TEXT_WITH_OPTIONS:
            turn.options = (turn.option("menu"),)


# Buttons and links


def _hear_press(turn: TurnBuilder, key: str, number: int) -> None:
    prompt = turn.state.prompt
    is_open = prompt is not None and prompt.is_asked_by(number) and turn.offers(key)
    harmless = key.partition(":")[0] in choices.HARMLESS
    if (is_open or harmless) and choices.choose(turn, key):
        return
    turn.say("button-stale")
    asking.ask_open(turn)


def _hear_start(turn: TurnBuilder, token: str) -> None:
    if token.startswith(staff.CODE_PREFIX):
        staff.link(turn, token.removeprefix(staff.CODE_PREFIX))
        turn.update(greeted=True)
        return
    if _start_at_desk(turn, token):
        return
    if token:
        turn.say("desk-unknown")
    menus.greet(turn)


def _start_at_desk(turn: TurnBuilder, token: str) -> bool:
    desk = turn.release.content.desk_by_token.get(token.lower())
    if desk is None:
        return False
    turn.update(follow_up=None)
    rating.rate(turn, Subject(desk.area, desk.service or "", desk.token), "desk")
    return True


# Text


def _hear_text(turn: TurnBuilder, text: str) -> None:
    """What is typed, from what is certain (a command) to what is not (free words)."""
    folded = fold(text)
    if _quotes_case(turn) and _answer_case(turn, text, folded):
        return
    if folded and _said_command(turn, text, folded):
        return
    complaint = _COMPLAINT.match(text)
    if complaint:
        cases.file_complaint(turn, complaint[1].strip())
        return
    key = unasked.number_of_list(turn, text)
    if key is not None and choices.choose(turn, key):
        return
    if _said_number(turn, text):
        return
    if not folded and not (_shows(text) and _awaits_words(turn)):
        turn.say("no-words")
        _ask_for_words(turn)
        return
    _hear_words(turn, text)


def _quotes_case(turn: TurnBuilder) -> bool:
    return turn.known.quoted is not None and bool(turn.known.quoted.about)


def _answer_case(turn: TurnBuilder, text: str, folded: str) -> bool:
    """Words that quote a case's message: a staff member's go to the citizen, theirs to the case."""
    quoted, words = turn.known.quoted, text.strip()
    if quoted is None or not words:
        return False
    if turn.known.staff is not None:
        staff.answer_case(turn, turn.known.staff, quoted.about, words)
        return True
    if turn.command(folded) not in (None, "yes", "no"):
        return False
    return cases.add_to_quoted(turn, quoted.about, words)


def _said_command(turn: TurnBuilder, text: str, folded: str) -> bool:
    if choices.typed_option(turn, folded):
        return True
    command = turn.command(folded)
    if command is not None and choices.obey(turn, command):
        return True
    slash = _SLASH.fullmatch(text) if "/" in text else None
    if slash is not None:
        _hear_slash(turn, slash[1].lower(), (slash[2] or "").strip())
        return True
    desk = _DESK_CODE.search(folded) if "codigo" in folded else None
    return desk is not None and _start_at_desk(turn, desk[1])


def _said_number(turn: TurnBuilder, text: str) -> bool:
    if unasked.is_read_by_question(turn):
        return False
    number = hear_bare_number(text)
    if number is None or unasked.given_grade(turn, text):
        return False
    unasked.hear_number(turn, number)
    return True


def _hear_slash(turn: TurnBuilder, word: str, rest: str) -> None:
    """A command as chat platforms write them, such as "/consulta permiso de circulación"."""
    command = turn.command(word)
    if command == "ask" and rest:
        lookups.look_up(turn, rest, turn.ranking(rest))
    elif command == "complaint" and rest:
        cases.file_complaint(turn, rest)
    elif command is None or not choices.obey(turn, command):
        turn.say("command-unknown")
        asking.ask_open(turn)


def _shows(text: str) -> bool:
    """Whether there is anything to be seen in it, such as an emoji."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _awaits_words(turn: TurnBuilder) -> bool:
    """Whether words are expected, so that even an emoji is an answer."""
    if turn.state.follow_up is not None:
        return True
    found = progress.open_question(turn)
    return found is not None and (found[1].kind is QuestionKind.TEXT or found[1].takes_words)


def _ask_for_words(turn: TurnBuilder) -> None:
    """What came in could not be read: what is open is asked again, else what is needed."""
    if turn.state.progress is None and turn.state.prompt is None:
        turn.say("tell-in-words")
    asking.ask_open(turn)


def _hear_words(turn: TurnBuilder, text: str) -> None:
    """Words that are no option, command or number."""
    prompt, open_one = turn.state.prompt, turn.state.follow_up
    grade = unasked.given_grade(turn, text)
    if grade is not None and (open_one is None or not grade.words):
        unasked.rate_at_once(turn, grade)
    elif open_one is not None and open_one.case:
        cases.join_case(turn, open_one, text)
    elif open_one is not None:
        follow_up.join_words(turn, open_one, text)
    elif prompt is not None and prompt.awaits is Awaits.CASE:
        cases.file_complaint(turn, text)
    elif prompt is not None and prompt.awaits is Awaits.AREA and "?" not in text:
        rating.take_area_name(turn, text)
    elif not rating.take_elsewhere(turn, text) and not flow.take_text(turn, text):
        unasked.hear(turn, text)
