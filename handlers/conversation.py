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
from handlers.questionnaires import asking, comment, flow, progress, rating
from handlers.release import Release
from handlers.state import Awaits, Conversation, Known, Need, Turn
from handlers.turn import FRESH, Needed, Talk
from handlers.understanding.folding import fold
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
    talk = Talk(conversation, incoming, known, release, now)
    try:
        _hear(talk)
    except Needed as needed:
        return needed.need
    return talk.turn()


def _hear(talk: Talk) -> None:
    """Whatever comes in. What a citizen says is answered first, and introduced after."""
    body = talk.incoming.body
    match body:
        case Text() | Media() if emergency := _emergency(talk, body):
            talk.say(emergency)
            talk.update(greeted=True)  # each of these says that it is an automatic assistant
        case Departed():
            talk.establish(ContactDeparted())
        case CaseNotice():
            staff.tell_case(talk, body)
        case CaseAnswer():
            cases.tell_answer(talk, body)
        case Announcement():
            staff.announce(talk, body)
        case _:
            progress.mend(talk)
            _forget_what_lapsed(talk)
            _hear_citizen(talk, body)
            _introduce(talk)
            _offer_menu(talk)


def _emergency(talk: Talk, body: Text | Media) -> str:
    """The sentence that comes before anything else, or ""; a staff member's answer is none."""
    text = body.text if isinstance(body, Text) else body.caption
    if not text or text.isdecimal() or (talk.known.staff is not None and _quotes_case(talk)):
        return ""
    emergency = find_emergency(text, talk.release.content)
    return emergency.reply if emergency is not None else ""


def _forget_what_lapsed(talk: Talk) -> None:
    joined, draft = talk.state.joining, talk.state.draft
    if joined is not None and talk.at > joined.until:
        talk.update(joining=None)
    if draft is not None and talk.at - draft.at > FRESH:
        talk.update(draft=None)


def _hear_citizen(talk: Talk, body: Text | Press | Start | Media | Edited) -> None:
    match body:
        case Text(text):
            _hear_text(talk, text)
        case Press(key, prompt):
            _hear_press(talk, key, prompt)
        case Start(token):
            _hear_start(talk, token)
        case Media(_, caption) if caption.strip():
            talk.say("media-caption")
            _hear_text(talk, caption)
        case Media(kind):
            talk.say(f"media-{kind.value}")
            _ask_for_words(talk)
        case Edited():
            talk.say("edited")
            asking.ask_open(talk)
        case _:
            assert_never(body)


def _introduce(talk: Talk) -> None:
    """After its first answer the assistant says what it is; the question still comes last."""
    if not talk.state.greeted:
        talk.say("introduction", municipality=talk.release.content.municipality)
        talk.update(greeted=True)


def _offer_menu(talk: Talk) -> None:
    """No answer is a dead end: what offers nothing else offers the menu."""
    if talk.body and not talk.question and not talk.options:
        text = sum(units(part) + 2 for part in talk.body)
        if text <= MAX_TEXT_WITH_OPTIONS:
            talk.options = (talk.option("menu"),)


# Buttons and links


def _hear_press(talk: Talk, key: str, number: int) -> None:
    prompt = talk.state.prompt
    is_open = prompt is not None and prompt.is_asked_by(number) and talk.offers(key)
    harmless = key.partition(":")[0] in choices.HARMLESS
    if (is_open or harmless) and choices.choose(talk, key):
        return
    talk.say("button-stale")
    asking.ask_open(talk)


def _hear_start(talk: Talk, token: str) -> None:
    if token.startswith(staff.CODE_PREFIX):
        staff.link(talk, token.removeprefix(staff.CODE_PREFIX))
        talk.update(greeted=True)
        return
    if _start_at_desk(talk, token):
        return
    if token:
        talk.say("desk-unknown")
    menus.greet(talk)


def _start_at_desk(talk: Talk, token: str) -> bool:
    desk = talk.release.content.desk_by_token.get(token.lower())
    if desk is None:
        return False
    talk.update(joining=None)
    rating.rate(talk, Subject(desk.area, desk.service or "", desk.token), "desk")
    return True


# Text


def _hear_text(talk: Talk, text: str) -> None:
    """What is typed, from what is certain (a command) to what is not (free words)."""
    folded = fold(text)
    if _quotes_case(talk) and _answer_case(talk, text, folded):
        return
    if folded and _said_command(talk, text, folded):
        return
    complaint = _COMPLAINT.match(text)
    if complaint:
        cases.file_complaint(talk, complaint[1].strip())
        return
    key = unasked.number_of_list(talk, text)
    if key is not None and choices.choose(talk, key):
        return
    if _said_number(talk, text):
        return
    if not folded and not (_shows(text) and _awaits_words(talk)):
        talk.say("no-words")
        _ask_for_words(talk)
        return
    _hear_words(talk, text)


def _quotes_case(talk: Talk) -> bool:
    return talk.known.quoted is not None and bool(talk.known.quoted.about)


def _answer_case(talk: Talk, text: str, folded: str) -> bool:
    """Words that quote a case's message: a staff member's go to the citizen, theirs to the case."""
    quoted, words = talk.known.quoted, text.strip()
    if quoted is None or not words:
        return False
    if talk.known.staff is not None:
        staff.answer_case(talk, talk.known.staff, quoted.about, words)
        return True
    if talk.command(folded) not in (None, "yes", "no"):
        return False
    return cases.add_to_quoted(talk, quoted.about, words)


def _said_command(talk: Talk, text: str, folded: str) -> bool:
    if choices.typed_option(talk, folded):
        return True
    command = talk.command(folded)
    if command is not None and choices.obey(talk, command):
        return True
    slash = _SLASH.fullmatch(text) if "/" in text else None
    if slash is not None:
        _hear_slash(talk, slash[1].lower(), (slash[2] or "").strip())
        return True
    desk = _DESK_CODE.search(folded) if "codigo" in folded else None
    return desk is not None and _start_at_desk(talk, desk[1])


def _said_number(talk: Talk, text: str) -> bool:
    if unasked.is_read_by_question(talk):
        return False
    number = hear_bare_number(text)
    if number is None or unasked.given_grade(talk, text):
        return False
    unasked.hear_number(talk, number)
    return True


def _hear_slash(talk: Talk, word: str, rest: str) -> None:
    """A command as chat platforms write them, such as "/consulta permiso de circulación"."""
    command = talk.command(word)
    if command == "ask" and rest:
        lookups.look_up(talk, rest, talk.ranking(rest))
    elif command == "complaint" and rest:
        cases.file_complaint(talk, rest)
    elif command is None or not choices.obey(talk, command):
        talk.say("command-unknown")
        asking.ask_open(talk)


def _shows(text: str) -> bool:
    """Whether there is anything to be seen in it, such as an emoji."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _awaits_words(talk: Talk) -> bool:
    """Whether words are expected, so that even an emoji is an answer."""
    if talk.state.joining is not None:
        return True
    found = progress.current(talk)
    return found is not None and (found[1].kind is QuestionKind.TEXT or found[1].takes_words)


def _ask_for_words(talk: Talk) -> None:
    """What came in could not be read: what is open is asked again, else what is needed."""
    if talk.state.run is None and talk.state.prompt is None:
        talk.say("tell-in-words")
    asking.ask_open(talk)


def _hear_words(talk: Talk, text: str) -> None:
    """Words that are no option, command or number."""
    prompt, joined = talk.state.prompt, talk.state.joining
    grade = unasked.given_grade(talk, text)
    if grade is not None and (joined is None or not grade.words):
        unasked.rate_at_once(talk, grade)
    elif joined is not None and joined.case:
        cases.join_case(talk, joined, text)
    elif joined is not None:
        comment.join_words(talk, joined, text)
    elif prompt is not None and prompt.awaits is Awaits.CASE:
        cases.file_complaint(talk, text)
    elif prompt is not None and prompt.awaits is Awaits.AREA and "?" not in text:
        rating.take_area_name(talk, text)
    elif not rating.take_elsewhere(talk, text) and not flow.take_text(talk, text):
        unasked.hear(talk, text)
