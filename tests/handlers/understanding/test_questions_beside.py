"""For everything that may be open: a question beside it stores nothing, and it is asked again."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade
from handlers.release import Release
from handlers.state import Awaits
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at

# What asks for an answer; a card and what may be added to leave nothing to be asked again.
ASKING = (
    *("area", "grade", "guessed", "checking", "reason", "comment", "proposed", "undo"),
    *("complaint", "told", "summed up", "whom for", "putting right", "erasing", "rectifying"),
)
OPEN_ENDED = ("card", "card useful", "rated", "filing", "filed")
QUESTIONS = (
    # With their mark
    *("cuánto cuesta?", "eso es gratis?", "esto es anónimo?", "y esto quién lo ve?"),
    *("eso lo ve la muni o no?", "para qué quiere saber eso?", "hay que pedir hora?"),
    *("y si no sé la dirección?", "y cuánto se demoran en responder?", "me van a llamar?"),
    *("oye y el teléfono?", "y eso sirve de algo?"),
    # With a word that asks
    *("donde quedan", "cuánto se demoran", "a qué hora cierran", "y después qué pasa"),
    *("y qué papeles hay que llevar", "cuánto sale el permiso de circulación"),
    *("y la biblioteca a qué hora abre", "quién me responde"),
    # With neither
    *("hay que pagar", "y si no tengo clave única", "se puede pagar con tarjeta"),
    *("tengo que ir yo en persona", "puedo mandar fotos", "HORARIO TRANSITO"),
    # Behind something else
    *("que fome. oye y a qué hora cierran", "no, pregunto el horario de transito"),
)


def _stored(chat: Chat) -> list[object]:
    return [fact for fact in chat.last if not isinstance(fact, LookupMade)]


def _open(chat: Chat) -> tuple[object, ...]:
    """What is open, apart from how it is worded and what is offered beside it."""
    state, prompt = chat.state, chat.state.prompt
    assert prompt is not None
    ongoing = state.progress
    asked = ongoing and (ongoing.subject, ongoing.question, ongoing.answers, ongoing.checking)
    told = state.filing and (state.filing.kind, state.filing.area, state.filing.words)
    return prompt.awaits, asked, told, state.proposal, state.rated, state.cases


@pytest.mark.parametrize("situation", ASKING)
def test_a_question_beside_what_is_open_leaves_it_open(release: Release, situation: str) -> None:
    before = at(release, situation)
    wrong = []
    for question in QUESTIONS:
        chat = before.copy()
        text = chat.says(question)
        kept = _open(chat) == _open(before) and all(
            chat.offers(option.key) for option in before.reply.options
        )
        if _stored(chat) or not kept or not text.strip():
            wrong.append((question, text[:120], _stored(chat)))
    assert wrong == []


@pytest.mark.parametrize("situation", OPEN_ENDED)
def test_a_question_after_something_stores_nothing(release: Release, situation: str) -> None:
    before = at(release, situation)
    wrong = []
    for question in QUESTIONS:
        chat = before.copy()
        text = chat.says(question)
        if _stored(chat) or not text.strip():
            wrong.append((question, text[:120], _stored(chat)))
    assert wrong == []


@pytest.mark.parametrize(
    ("situation", "said", "awaits"),
    [
        # A comment, whatever word asks in it
        ("comment", "no atienden los sábados", None),
        ("reason", "el teléfono suena y suena", None),
        ("reason", "¡¿por qué no atienden más rápido?!", None),
        ("reason", "hay que esperar horas", None),
        # A part of a case
        ("told", "¿cuándo? desde anoche", Awaits.CASE),
        ("told", "la antena", Awaits.CASE),
        ("complaint", "cuándo van a arreglar la plaza, hace meses que está a oscuras", Awaits.CASE),
        # Where it was
        ("area", "donde saqué la licencia", Awaits.AREA),
    ],
)
def test_what_only_sounds_like_a_question_is_an_answer(
    release: Release, situation: str, said: str, awaits: Awaits | None
) -> None:
    chat = at(release, situation)
    chat.says(said)
    if awaits is Awaits.CASE:
        assert chat.state.filing is not None
        assert said in chat.state.filing.words
    elif awaits is None:
        assert said in chat.answers().values()
    else:
        assert "se refiere" in chat.reply.text.lower()


@pytest.mark.parametrize(
    "said", ["si por favor, y lo del agua ¿cuándo lo ven?", "sí, y cuánto se demoran en responder?"]
)
def test_a_yes_files_the_case_and_what_is_asked_behind_it_is_answered(
    release: Release, said: str
) -> None:
    chat = at(release, "summed up")
    text = chat.says(said)
    assert "LS-2026-000001" in text
    assert "¿Lo ingreso?" not in text
    assert chat.case_texts("LS-2026-000001") == ["no hay luz en la plaza"]
