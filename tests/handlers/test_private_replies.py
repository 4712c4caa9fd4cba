"""A message that quotes somebody's words says so: storage then keeps it encrypted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from handlers.facts.responses import Subject
from handlers.messages import Announcement, Body, CaseAnswer, CaseNotice, Text
from handlers.state import Conversation, Draft, FollowUp, Progress
from handlers.stored_state import holds_words, without_words
from tests.handlers.chat import MONDAY, Chat
from tests.handlers.played import play

MARK = "zarabanda"  # in no content and no sentence

ECHOED: dict[str, list[str | Body]] = {
    "a query that finds nothing": [MARK],
    "a query with suggestions": [f"permiso {MARK}"],
    "VER after a comment": ["nota", "deportes", "2", f"{MARK} en la fila", "listo", "ver", "sí"],
    "a complaint about what was told before": [
        f"llevo tres semanas esperando que pase el camión {MARK}",
        "reclamo",
    ],
    "a case's notice": [CaseNotice("LS-2026-000001", "reclamo", "", MARK)],
    "words added to a case": [CaseNotice("LS-2026-000001", "reclamo", "", MARK, added=True)],
    "a person's answer": [CaseAnswer("LS-2026-000001", "", MARK)],
    "a digest": [Announcement(f"Semana 47: «{MARK}»")],
}

SAID: dict[str, list[str | Body]] = {
    "a comment in several parts": ["nota", "deportes", "6", MARK, f"y {MARK}", "listo", "menu"],
    "words before the grade": [f"hoy me atendieron mal en tránsito, {MARK}", "2", "espera", MARK],
    "a grade with words": [f"ponles un 1 a tránsito por {MARK}", "listo", "cambiar", "3", MARK],
    "a complaint": ["reclamo", f"no pasa el camión, {MARK}", f"ni el otro {MARK}", "sí", "listo"],
    "a person": ["persona", MARK, "listo", "responder", MARK],
    "an unknown command": [f"/{MARK}", f"«{MARK}»", f"{MARK}?"],
    "an area that is none": ["nota", MARK, "volver", MARK],
    "a questionnaire whose questions go on": [
        "encuesta",
        "1",
        "2",
        f"{MARK} de noche",
        "1 y 2",
        "7",
        "3",
    ],
}


def say(chat: Chat, said: list[str | Body]) -> None:
    for one in said:
        chat.hear(Text(one) if isinstance(one, str) else one)


def echoes(chat: Chat) -> list[bool]:
    """Of every message in which the mark stands, whether it says that it quotes words."""
    shown = [
        (r.private, (r.text, r.html, *(option.label for option in r.options))) for r in chat.replies
    ]
    return [private for private, parts in shown if any(MARK in part.lower() for part in parts)]


@pytest.mark.parametrize("path", ECHOED)
def test_a_message_that_says_words_back_is_private(known: Chat, path: str) -> None:
    say(known, ECHOED[path])
    assert echoes(known) == [True]


@pytest.mark.parametrize("path", SAID)
def test_no_other_message_says_words_back(known: Chat, path: str) -> None:
    say(known, SAID[path])
    assert all(echoes(known))


def test_most_messages_quote_nobody_and_cost_no_encryption(known: Chat) -> None:
    play(known, "menu", "nota", "deportes", "6", "muy limpio", "listo", "permiso de circulación")
    assert not any(reply.private for reply in known.replies)


@pytest.mark.parametrize("path", [*ECHOED, *SAID])
def test_a_conversation_in_which_words_stand_says_so_until_they_are_taken_out(
    chat: Chat, path: str
) -> None:
    for one in {**ECHOED, **SAID}[path]:
        say(chat, [one])
        assert holds_words(chat.state) == (MARK in chat.stored.decode(errors="replace").lower())
        assert MARK not in repr(without_words(chat.state)).lower()


RUN = Progress(1, "atencion", 1, Subject("deportes"), "grade", answers=(("grade", "6"),))
HOLDING = [
    Conversation(draft=Draft(MONDAY, "hola")),
    Conversation(follow_up=FollowUp(MONDAY, ("hola",))),
    Conversation(progress=replace(RUN, words="hola")),
    Conversation(paused=(RUN, replace(RUN, words="hola"))),
]
FREE = [
    Conversation(),
    Conversation(draft=Draft(MONDAY, grade=1)),
    Conversation(follow_up=FollowUp(MONDAY + timedelta(minutes=10), (), case="LS-2026-000001")),
    Conversation(progress=RUN, paused=(RUN,)),
]


@pytest.mark.parametrize("conversation", HOLDING)
def test_words_are_found_wherever_a_conversation_keeps_them(conversation: Conversation) -> None:
    assert holds_words(conversation)
    assert not holds_words(without_words(conversation))


@pytest.mark.parametrize("conversation", FREE)
def test_a_conversation_without_words_holds_none(conversation: Conversation) -> None:
    assert not holds_words(conversation)


def test_half_filled_answers_outlive_the_words() -> None:
    kept = without_words(Conversation(seq=7, progress=replace(RUN, words="hola"), paused=(RUN,)))
    assert kept == Conversation(seq=7, progress=RUN, paused=(RUN,))
