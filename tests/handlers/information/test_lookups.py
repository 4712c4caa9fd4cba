"""Looking up: what is shown, suggested, sent elsewhere or not found, and where one goes on."""

from __future__ import annotations

import re

import pytest

from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import AnswerGiven, ResponseOpened
from tests.handlers.chat import Chat

PERMIT = "onde saco el permiso de circulacion"


def test_a_question_is_answered_first_and_the_assistant_introduced_after(chat: Chat) -> None:
    text = chat.says(PERMIT)
    assert text.startswith("Renovación del permiso de circulación\n")
    assert text.index("Soy el asistente automático") > text.index("Responde: Tránsito.")
    assert "escriba PERSONA" in text
    assert text.endswith("\n\n¿Le sirvió?")
    assert chat.labels == ["Sí", "No", "Ver pasos"]
    assert "Soy el asistente" not in chat.says("poste malo")


@pytest.mark.parametrize("said", [PERMIT, "buenas", "sopaipillas", "gracias", "/english"])
def test_a_first_message_offers_a_person_once(chat: Chat, said: str) -> None:
    text = chat.says(said)
    word = chat.release.wordings["en" if said == "/english" else "es-CL"].say("person-word")
    assert len(re.findall(rf"\b{word}\b", text)) == 1


@pytest.mark.parametrize("asked", ["va a llover mañana", "clima", "cuéntame un chiste"])
def test_what_gathers_all_sorts_is_never_called_by_its_name(known: Chat, asked: str) -> None:
    names = [i for i in known.release.content.institutions if i.catch_all]
    assert names
    text = known.says(asked)
    for name in names:
        assert name.name not in text
        assert name.short_name not in (text, *known.labels)


def test_a_lookup_is_noted_without_a_response_until_it_is_answered(known: Chat) -> None:
    known.says(PERMIT)
    (lookup,) = known.recorded(LookupMade)
    assert (lookup.found, lookup.card, lookup.area) == (
        LookupResult.CARD,
        "permiso-circulacion",
        "transito",
    )
    assert not known.recorded(ResponseOpened)
    known.says("sí")
    (useful,) = known.recorded(AnswerGiven)
    assert (useful.questionnaire, useful.value) == ("utilidad", "yes")


def test_a_number_beyond_the_list_changes_nothing_and_shows_the_list_again(known: Chat) -> None:
    known.says(PERMIT)
    text = known.says("9")
    assert "El 9 no está en la lista, así que no cambié nada." in text
    assert text.endswith("¿Le sirvió?")
    known.says("1")
    assert known.recorded(AnswerGiven)[0].value == "yes"


def test_whoever_is_not_sure_gets_up_to_three_suggestions(known: Chat) -> None:
    text = known.says("patente")
    assert "«patente» puede ser varias cosas." in text
    assert text.endswith("Quizás busca:")
    assert known.reply.numbered == len(known.labels)  # the buttons say it, so the text does not
    assert known.labels[-1] == "Ninguna"
    assert 2 <= len(known.labels) <= 4
    assert known.recorded(LookupMade)[0].found is LookupResult.SUGGESTED


@pytest.mark.parametrize("choosing", ["1", "la 1", "a", "A pero no tengo tiempo"])
def test_a_suggestion_is_chosen_by_number_or_letter(known: Chat, choosing: str) -> None:
    known.says("patente")
    first = known.reply.options[0]
    text = known.says(choosing)
    name = known.release.content.service_by_id[first.key.removeprefix("card:")].name
    assert text.startswith(name)


def test_a_suggestion_is_chosen_by_its_name(known: Chat) -> None:
    known.says("patente")
    label = known.labels[0]
    assert "¿Le sirvió?" in known.says(label.upper())


def test_none_of_the_suggestions_leads_on(known: Chat) -> None:
    known.says("patente")
    assert "Pruebe con otras palabras" in known.says("ninguna")
    assert known.labels == ["Ver áreas", "Hablar con persona", "Menú"]


def test_what_is_not_municipal_is_sent_where_it_belongs(known: Chat) -> None:
    text = known.says("se corto la luz en mi casa")
    assert "Eso no depende de la Municipalidad. Lo ve: " in text
    assert known.recorded(LookupMade)[0].found is LookupResult.EXTERNAL
    assert "Ver áreas" in known.labels


def test_what_is_not_found_is_said_noted_and_leads_on(known: Chat) -> None:
    text = known.says("wxyz qqqq kkkk")
    assert "No encontré una respuesta para «wxyz qqqq kkkk»." in text
    assert "sin sus datos" in text
    assert known.labels == ["Ver áreas", "Hablar con persona", "Menú"]
    (lookup,) = known.recorded(LookupMade)
    assert (lookup.query, lookup.found, lookup.card) == ("wxyz qqqq kkkk", LookupResult.NOTHING, "")


def test_a_long_question_is_quoted_shortly_and_noted_in_part(known: Chat) -> None:
    text = known.says("wxyzq " * 680)
    assert "…»" in text
    assert len(known.recorded(LookupMade)[0].query) == 300


def test_areas_are_listed_in_pages_and_show_their_services(known: Chat) -> None:
    known.says("areas")
    assert known.labels[0] == "Tránsito"
    for _ in range(3):
        known.presses("Ver más")
    text = known.says("Patentes Comerciales")
    assert text.startswith(known.release.content.area_by_id["patentes"].name)
    service = known.labels[0]
    assert "¿Le sirvió?" in known.presses(service)


def test_the_last_page_leads_to_the_first_and_back_leads_back(known: Chat) -> None:
    known.says("areas")
    first = known.labels
    known.says("ver más")
    assert known.labels != first
    known.says("volver")
    assert known.labels == first
    pages = -(-len(known.release.content.areas) // 7)
    for _ in range(pages):
        known.says("ver más")
    assert known.labels == first


def test_an_area_can_be_rated_from_its_page(known: Chat) -> None:
    known.says("areas")
    known.presses("Ver más")
    known.presses("Cementerios")
    assert "¿Qué nota le pone" in known.presses("Poner una nota")
    assert known.recorded(ResponseOpened)[0].subject.area == "cementerios"


@pytest.mark.parametrize("said", ["/consulta permiso de circulación", "permiso de circulación"])
def test_a_question_may_follow_a_command(known: Chat, said: str) -> None:
    assert "Renovación del permiso de circulación" in known.says(said)


def test_the_command_alone_invites_a_question(known: Chat) -> None:
    assert known.says("/consulta").startswith("Escriba su pregunta")
    assert "Renovación del permiso" in known.says(PERMIT)


def test_a_lookup_at_the_grade_question_comes_back_to_it(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    text = known.says(PERMIT)
    assert "Renovación del permiso" in text
    assert "¿Qué nota le pone" in text
    known.says("6")
    assert known.record()["grade"] == "6"


def test_a_lookup_that_finds_nothing_asks_the_open_question_again(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    text = known.says("¿cómo saco wxyz qqqq?")
    assert "No encontré una respuesta" in text
    assert "¿Qué nota le pone" in text
    known.says("6")
    assert known.record()["grade"] == "6"


def test_days_later_a_question_is_not_taken_for_the_comment(known: Chat) -> None:
    known.says("nota")
    known.says("deportes")
    known.says("7")
    known.waits(days=3)
    assert "Renovación del permiso" in known.says(PERMIT)
    assert "best" not in known.record()
    assert "¿Qué fue lo mejor?" in known.says("sí")


def test_a_lookup_is_recorded_masked(known: Chat) -> None:
    known.says("donde pago la patente, mi fono es +56 9 8765 4321")
    (asked,) = known.recorded(LookupMade)
    assert asked.query == "donde pago la patente, mi fono es [teléfono]"
