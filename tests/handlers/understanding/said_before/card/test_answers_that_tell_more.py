"""An answer to whether a card helped that itself says what is missing or doubted."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat

LICENCE, LICENCE_EN = "licencia de conducir", "how do I get a driving licence"
ASKS_BACK = ("¿Qué faltó?", "¿Qué quería saber?", "What did you want", "What was missing", "Anoto")


@pytest.mark.parametrize(
    ("card", "text", "helped", "answered"),
    [
        (LICENCE, "si, me sirvio harto, pero en la caja me dijeron otra cosa", "yes", "No tengo"),
        (LICENCE, "me sirvió caleta, aunque en el cesfam me dijeron algo distinto", "yes", "No te"),
        (LICENCE, "no. me dijeron que era con cita", "no", "No tengo confirmado"),
        (LICENCE, "sí me quedó claro, pero no sé si tengo que ir con hora", "yes", "Pedir hora"),
        (LICENCE, "no, no dice nada de los zurdos", "no", "No tengo confirmado"),
        (LICENCE, "no mucho, pero gracias por la honestidad", "no", "lo responde Tránsito"),
        (LICENCE, "ya gracias igual, algo es algo", "partly", "lo responde Tránsito"),
        (LICENCE, "ya. me sirvio, poquito. gracias", "partly", "lo responde Tránsito"),
        (LICENCE, "algo, gracias", "partly", "lo responde Tránsito"),
        (LICENCE, "no mucho la verdad, pero voy a ir igual. que llevo?", "no", "Necesita"),
        (LICENCE_EN, "not really, doesn't say about kids", "no", "no confirmed answer"),
        (
            LICENCE_EN,
            "yes it helped, but the lady told me something different",
            "yes",
            "no confirm",
        ),
        (LICENCE, "not much but thanks", "partly", "Tránsito can answer"),
        (LICENCE, "yes but I don't understand Spanish very well", "yes", "I will write in English"),
    ],
)
def test_what_an_answer_leaves_open_is_not_asked_back(
    release: Release, card: str, text: str, helped: str, answered: str
) -> None:
    chat = Chat(release)
    chat.says(card)
    reply = chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == [helped]
    assert answered in reply
    assert not any(asked in reply for asked in ASKS_BACK)


@pytest.mark.parametrize(
    ("card", "text", "answered"),
    [
        ("subsidio de agua", "me dijeron que ya no lo estan dando", "No tengo confirmado eso"),
        ("cuando pasa el camion de la basura por La Antena?", "si pero la antena", "confirmado"),
        ("poda de un árbol", "quiero que vengan a cortarlo po, eso", "Me falta saber"),
        ("microbasural", "necesito que lo limpien", "dónde fue"),
        (LICENCE, "mèsi men m pa li panyòl", "m ap ekri an kreyòl"),
    ],
)
def test_what_says_nothing_of_the_card_is_no_answer(
    release: Release, card: str, text: str, answered: str
) -> None:
    chat = Chat(release)
    chat.says(card)
    reply = chat.says(text)
    assert answered in reply
    assert "noto que" not in reply
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize("text", ["sí, aunque ojalá vayan de verdad", "sí, es verdad", "sí po"])
def test_a_mere_yes_leaves_nothing_open(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(LICENCE)
    assert "No tengo confirmado" not in chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == ["yes"]


def test_what_was_missing_is_said_not_to_be_confirmed(release: Release) -> None:
    chat = Chat(release)
    chat.says("poda de un árbol")
    chat.says("más o menos")
    assert "lo responde Aseo" in chat.says("falto decir si la foto la mando por aca")
