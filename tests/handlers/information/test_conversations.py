"""Whole conversations about cards: what each turn is answered, and that no guess is counted."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade, LookupResult
from handlers.facts.responses import AnswerGiven
from tests.handlers.chat import Chat

GREETING = "Hola"
UNKNOWN_DETAIL = "ese detalle no lo tengo confirmado"
UNKNOWN_TERM = "aún no confirma fechas ni plazos"
UNKNOWN_PLACE = "aún no confirma la dirección"
ASKED_AGAIN = "toque o escriba SÍ"
SHAME = "no hace falta dar su nombre"
COMPANY = "*4141"
NO_TROUBLE = "No se preocupe. Escriba lo que necesite"
HOW_IT_WORKS = "Escriba lo que necesita, como se lo diría a una persona"
WHO = "Soy un asistente automático"
DATA = "Qué hacemos con lo que usted escribe"
LICENCE = "Licencia de conducir por primera vez"

# What is said, each with a part of its answer.
CONVERSATIONS = {
    "an address alone is no question": [
        ("Av. Francisco de Aguirre 340", "¿Qué pasa en ese lugar?"),
    ],
    "one word that resembles another files nothing": [
        ("robo", "¿Quiere que le responda una persona?"),
    ],
    "a greeting answers only a greeting": [
        ("buenas tardes", GREETING),
        ("dónde la pago", "¿Sobre qué trámite o área?"),
        ("quién les paga a ustedes", "No encontré"),
    ],
    "a term, a place and an amount of what was shown": [
        ("quiero postular a una casa", "Subsidio para comprar"),
        ("hasta cuándo son las postulaciones", UNKNOWN_TERM),
        ("cuándo se postula", UNKNOWN_TERM),
        ("dónde se inscribe uno", UNKNOWN_PLACE),
        ("dónde tengo que ir", UNKNOWN_PLACE),
        ("cuánto me dan", UNKNOWN_DETAIL),
        ("cuándo empiezan", UNKNOWN_TERM),
        ("i si no tengo ahorro", "la ficha dice: Ahorro en libreta"),
    ],
    "what somebody tells of themselves": [
        ("cómo saco hora para el dentista", "Atención dental"),
        ("es para mi hija de 6", UNKNOWN_DETAIL),
        ("somos 5", UNKNOWN_DETAIL),
        ("no tengo ahorro", UNKNOWN_DETAIL),
        ("en la pampa", UNKNOWN_DETAIL),
    ],
    "words that only sound like an answer": [
        ("quiero arrendar el estadio", "Arriendo y uso de canchas"),
        ("para un partido", "la ficha dice: Permite pedir o arrendar"),
        ("media luna", "Cuando lo sepa"),
        ("bueno voy mañana", "Cuando lo sepa"),
    ],
    "a vague question that is narrowed": [
        ("licencia", "puede ser varias cosas"),
        ("la de moto", LICENCE),
        ("para qué sirve", "obtener la primera licencia"),
        ("otra cosa: necesito un subsidio", "No encontré una respuesta segura"),
        ("para el agua", "Subsidio de agua potable"),
    ],
    "not understood from the beginning": [
        ("no entiendo nada", HOW_IT_WORKS),
        ("no entiendo", "probemos de otra manera"),
        ("qué es esto", WHO),
        ("para qué es esto", WHO),
        ("oye y esto lo lee alguien", DATA),
    ],
    "shame and company": [
        ("disculpe la molestia", NO_TROUBLE),
        ("me da vergüenza preguntar", SHAME),
        ("es que no tengo para comer", "Ayuda social"),
        ("me siento muy sola", COMPANY),
        ("no tengo con quien hablar", COMPANY),
    ],
    "an area that is named": [
        ("quiero saber de la oficina de la mujer", "Oficina de la Mujer y Equidad"),
        ("quiero hablar con la oficina de la mujer", "aún no confirma su teléfono"),
        ("y a qué hora atienden", "aún no confirma el horario"),
    ],
    "a card in Creole is no number": [
        ("hola", GREETING),
        ("mwen bezwen kat idantite", "Registro Civil"),
    ],
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_a_conversation_is_followed_and_no_guess_is_counted(chat: Chat, name: str) -> None:
    for said, answer in CONVERSATIONS[name]:
        assert answer in chat.says(said), said
    assert chat.recorded(AnswerGiven) == []


@pytest.mark.parametrize("said", ["gracias", "chao", "disculpe la molestia", "qué es esto"])
def test_suggestions_do_not_hang_on_behind_small_talk(chat: Chat, said: str) -> None:
    chat.says("licencia")
    assert chat.offers("none")
    chat.says(said)
    assert not chat.offers("none")


def test_what_was_missing_is_noted_of_its_card(chat: Chat) -> None:
    chat.says("certificado de residencia")
    chat.says("más o menos")
    assert "lo anoté" in chat.says("una lista más clara")
    noted = chat.recorded(LookupMade)[-1]
    assert (noted.query, noted.found) == ("una lista más clara", LookupResult.NOTHING)
    assert noted.card == "certificado-residencia"


def test_nobody_who_says_how_lonely_they_are_is_asked_whether_it_was_useful(chat: Chat) -> None:
    chat.says("talleres para personas mayores")
    chat.says("me siento muy sola")
    assert not chat.offers("yes")


@pytest.mark.parametrize("said", ["gracias", "chao"])
def test_whoever_is_done_is_not_asked_what_is_needed(chat: Chat, said: str) -> None:
    chat.says("hola")
    assert "¿En qué le ayudo?" not in chat.says(said)
