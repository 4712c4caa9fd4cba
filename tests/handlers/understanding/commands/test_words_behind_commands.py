"""A fixed word with words behind it is obeyed, and they are taken along."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("", "PERSONA, la vaina es lo de la cédula vencida", "la vaina es lo de la cédula vencida"),
        ("", "persona: me cobraron dos veces la patente", "me cobraron dos veces la patente"),
        ("", "PERSONA es por lo que pasó ayer", "es por lo que pasó ayer"),
        ("english", "PERSON: it is about my expired id", "it is about my expired id"),
        (
            "kreyol",
            "MOUN, se pou kat idantite m ki ekspire a",
            "se pou kat idantite m ki ekspire a",
        ),
    ],
)
def test_what_stands_behind_goes_to_the_person(
    chat: Chat, language: str, text: str, words: str
) -> None:
    if language:
        chat.says(language)
    chat.says(text)
    (case,) = chat.recorded(CaseOpened)
    assert case.kind is CaseKind.PERSON
    assert case.text == words


@pytest.mark.parametrize(
    "text",
    [
        *("persona mayor", "persona con discapacidad credencial", "PERSONA MAYOR"),
        *("PERSONA con discapacidad credencial", "ayuda para pagar la luz", "areas verdes"),
        *("menu del casino de adultos mayores", "personas mayores, talleres"),
    ],
)
def test_the_name_of_a_matter_is_looked_up(chat: Chat, text: str) -> None:
    chat.says(text)
    assert not chat.recorded(CaseOpened)
    assert not chat.reply.text.startswith("¿En qué le ayudo?")


@pytest.mark.parametrize(
    ("language", "word", "text"),
    [
        ("", "menu", "MENU porfa"),
        ("", "menu", "menú, por favor"),
        ("", "ayuda", "AYUDA por favor"),
        ("", "areas", "areas porfa"),
        ("english", "menu", "MENU please"),
        ("english", "areas", "areas please"),
        ("kreyol", "meni", "MENI tanpri"),
    ],
)
def test_a_polite_word_changes_nothing(chat: Chat, language: str, word: str, text: str) -> None:
    chat.says("hola")
    if language:
        chat.says(language)
    assert chat.copy().says(text) == chat.copy().says(word)


def test_areas_of_a_subject_show_that_area(chat: Chat) -> None:
    assert chat.says("AREAS de salud").startswith("Salud Municipal")


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("", "puse una nota la semana pasada y quiero cambiarla", "solo veo las de este chat"),
        ("english", "i gave a grade last week and want to change it", "those of this chat"),
        ("kreyol", "mwen te bay yon nòt semèn pase, mwen vle chanje l", "chat sa a"),
        ("", "gracias, me hubiera dicho eso al principio", "Tiene razón"),
        ("", "gracias, pero podría haberlo dicho antes", "Tiene razón"),
        ("english", "thanks, you could have said that at the start", "You are right"),
        ("", "gracias, muy amable", "De nada"),
    ],
)
def test_what_is_not_here_and_a_reproach_are_owned(
    chat: Chat, language: str, text: str, answer: str
) -> None:
    if language:
        chat.says(language)
    assert answer in chat.says(text)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("", "no tengo qué darle de comer a mis hijos", True),
        ("", "estoy cesante, tengo tres hijos y no tenemos qué comer", True),
        ("english", "i have three kids, no job, and i need food", True),
        ("kreyol", "mwen gen twa timoun, mwen pa gen travay, mwen bezwen manje", True),
        ("", "me falta un timbre en el papel del colegio", False),
    ],
)
def test_a_need_told_to_a_person_is_led_to_who_helps_today(
    chat: Chat, language: str, text: str, found: bool
) -> None:
    if language:
        chat.says(language)
    chat.says({"": "PERSONA", "english": "PERSON", "kreyol": "MOUN"}[language])
    reply = chat.says(text)
    (case,) = chat.recorded(CaseOpened)
    assert chat.case_texts(case.number)[-1] == text
    assert ("Los Carrera 301" in reply) is found
