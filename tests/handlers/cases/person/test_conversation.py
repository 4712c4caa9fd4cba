"""A conversation with a person in the chat, from the wish for one to its end."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseKind, CaseOpened
from handlers.facts.handovers import HandoverFiled, HandoverLeft, HandoverOpened, HandoverSaid
from handlers.facts.responses import AnswerGiven
from handlers.messages import (
    PersonSays,
    PersonStep,
    Press,
)
from tests.handlers.cases.person.conversation import handover, learns
from tests.handlers.chat import Chat


@pytest.mark.parametrize("words", ["persona", "quiero hablar con una persona", "/persona"])
def test_a_person_is_asked_for_in_any_words(chat: Chat, words: str) -> None:
    answer = chat.says(words)
    assert "15 minutos" in answer
    assert "133" in answer
    assert not chat.recorded(CaseOpened)
    assert len(chat.recorded(HandoverOpened)) == 1


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("quiero hablar con una persona de tránsito por mi licencia", "transito"),
        ("necesito hablar con alguien de Medio Ambiente", "medio-ambiente"),
        ("¿me atiende un ejecutivo de la DOM?", "obras"),
        ("páseme con una persona del juzgado de policía local", "juzgado"),
        ("quiero hablar con una persona de cementerios, por favor", "cementerios"),
        ("quiero hablar con una persona", ""),
        ("persona", ""),
        ("quiero hablar con una persona del área que corresponda", ""),
        ("quiero hablar con una persona de tránsito o de obras", ""),
    ],
)
def test_a_person_of_an_area_that_is_named_is_asked_for_there(
    chat: Chat, words: str, area: str
) -> None:
    chat.says(words)
    assert chat.recorded(HandoverOpened)[-1].area == area


def test_in_the_midst_of_a_rating_a_person_comes_and_the_rating_waits(chat: Chat) -> None:
    chat.says("nota")
    chat.says("transito")
    chat.says("6")
    chat.says("persona")
    assert chat.recorded(HandoverOpened)
    chat.says("5")
    assert chat.recorded(HandoverSaid)[-1].text == "5"
    chat.says("menú")
    chat.says("seguir")
    assert chat.state.progress is not None
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == [6]


def test_while_a_person_is_waited_for_the_assistant_is_quiet(chat: Chat) -> None:
    chat.says("persona")
    for words in ("¿dónde saco la licencia de conducir?", "7", "gracias", "sí"):
        assert chat.says(words) == ""
    said = [(fact.text, fact.thanks) for fact in chat.recorded(HandoverSaid)]
    assert said == [
        ("¿dónde saco la licencia de conducir?", False),
        ("7", False),
        ("gracias", True),
        ("sí", False),
    ]


@pytest.mark.parametrize("word", ["borrar", "LLEVARME", "oponerme", "basta", "datos"])
def test_what_only_the_assistant_can_do_is_told_to_the_person_with_the_way_to_it(
    chat: Chat, word: str
) -> None:
    chat.says("persona")
    assert "Escriba MENÚ" in chat.says(word)
    assert [fact.text for fact in chat.recorded(HandoverSaid)] == [word]
    chat.says("menú")
    assert chat.says(word)


def test_what_was_typed_before_goes_to_the_person(chat: Chat) -> None:
    chat.says("llevo dos meses esperando mi patente")
    chat.says("persona")
    opened = chat.recorded(HandoverOpened)[0]
    assert "dos meses" in opened.text


def test_danger_still_gets_the_numbers_at_once_and_the_person_reads_it_first(chat: Chat) -> None:
    chat.says("persona")
    answer = chat.says("mi marido me está pegando, ayuda")
    assert "1455" in answer
    assert not chat.reply.options, "nothing is asked: a person reads it"
    said = chat.recorded(HandoverSaid)[-1]
    assert said.urgent
    assert "pegando" in said.text
    answer = chat.says("se cayó un cable y está echando chispas en la vereda")
    assert answer
    assert chat.recorded(HandoverSaid)[-1].urgent
    assert chat.says("ya se fue") == ""


@pytest.mark.parametrize("word", ["menú", "cancelar", "MENU"])
def test_menu_or_cancel_gives_the_chat_back_to_the_assistant(chat: Chat, word: str) -> None:
    chat.says("persona")
    answer = chat.says(word)
    assert "asistente automático" in answer
    assert chat.recorded(HandoverLeft) == [HandoverLeft(handover(chat))]
    assert chat.offers("complaint")
    assert chat.says("¿dónde saco la licencia de conducir?") != ""


def test_buttons_of_before_say_how_to_come_back(chat: Chat) -> None:
    chat.says("hola")
    old = chat.reply
    chat.says("persona")
    other = next(o for o in old.options if o.key != "menu")
    assert "MENÚ" in chat.hear(Press(other.key, old.number))
    assert chat.state.handover is not None
    assert "asistente automático" in chat.hear(Press("menu", old.number))
    assert chat.state.handover is None


def test_a_poster_that_is_scanned_meanwhile_is_answered_by_the_assistant(chat: Chat) -> None:
    chat.says("persona")
    assert "MENÚ" in chat.opens()
    desk = chat.release.content.desks[0]
    chat.opens(desk.token)
    assert chat.state.handover is None
    assert chat.state.progress is not None


def test_a_persons_words_reach_the_citizen_and_the_assistant_takes_back_politely(
    chat: Chat,
) -> None:
    chat.says("persona")
    assert "Ya está con una persona" in learns(chat, PersonStep.TAKEN)
    said = chat.hear(PersonSays(handover(chat), "Buenos días, ¿en qué le ayudo?"))
    assert "Buenos días, ¿en qué le ayudo?" in said
    assert chat.reply.private
    assert "Ya está con una persona" in chat.says("persona")
    assert "Sigo yo, el asistente" in learns(chat, PersonStep.ENDED)
    assert chat.says("hola") != ""
    assert not chat.recorded(HandoverLeft)


def test_a_person_who_falls_silent_is_told_of_and_another_is_waited_for(chat: Chat) -> None:
    chat.says("persona")
    learns(chat, PersonStep.TAKEN)
    assert "tuvo que salir" in learns(chat, PersonStep.RETURNED)
    assert chat.says("¿hola?") == ""
    assert "fila" in chat.says("persona")
    assert "Sigo yo" not in learns(chat, PersonStep.TAKEN)
    assert "sigo yo" in learns(chat, PersonStep.IDLE)


def test_where_nobody_answers_a_case_is_made_of_all_that_was_written(chat: Chat) -> None:
    chat.says("persona")
    chat.says("mi patente no sale")
    chat.says("llevo dos meses")
    answer = learns(chat, PersonStep.UNANSWERED)
    case = chat.recorded(CaseOpened)[0]
    assert case.kind is CaseKind.PERSON
    assert case.text == "mi patente no sale\nllevo dos meses"
    assert case.due is not None
    assert case.number in answer
    assert chat.recorded(HandoverFiled) == [HandoverFiled(handover(chat), case.number)]
    chat.says("es de un almacén")
    assert chat.recorded(CaseExtended)[-1].number == case.number


def test_news_of_a_conversation_that_was_left_is_not_told(chat: Chat) -> None:
    chat.says("persona")
    chat.says("menú")
    for step in PersonStep:
        assert learns(chat, step) == ""
    assert not chat.recorded(CaseOpened)
    words = chat.hear(PersonSays(handover(chat), "Disculpe la demora"))
    assert "Disculpe la demora" in words, "what a person wrote is not lost"
