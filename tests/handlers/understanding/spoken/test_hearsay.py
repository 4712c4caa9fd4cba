"""What others told, and how long it takes anybody: neither is a wait nor an own file's state."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

UNCONFIRMED = "no lo tengo confirmado. Para saberlo con certeza"
WAITS = "Esperar así cansa"
NO_FILES = "no veo expedientes"


@pytest.mark.parametrize(
    "asked",
    [
        "me contaron que ya no dan el subsidio de agua, es cierto?",
        "me dijo una amiga que hay que pedir hora para el rsh, es verdad o no",
        "por internet dice que el permiso de circulacion se paga en cuotas, es asi?",
    ],
)
def test_what_others_told_gets_the_card_and_is_not_confirmed(release: Release, asked: str):
    said = Chat(release).says(asked)
    assert UNCONFIRMED in said
    assert "Necesita:" in said


@pytest.mark.parametrize(
    "asked",
    [
        "me dijeron que para la patente comercial ya no piden el certificado de la dom, es verdad?",
        "cuánto se demora en atender el veterinario, a mi vecina le dijeron un mes",
        "cuanto se demora el permiso de edificacion, supe que eran dos meses",
        "Mèsi, konbyen tan li pran pou yo ban mwen pèmi a?",
        "how long does it take to get a driving licence? they told me two weeks",
    ],
)
def test_how_long_it_takes_anybody_is_no_wait(release: Release, asked: str):
    said = Chat(release).says(asked)
    assert WAITS not in said
    assert NO_FILES not in said
    assert "pa wè dosye" not in said


def test_how_long_the_card_just_shown_takes_is_no_wait(release: Release):
    chat = Chat(release)
    chat.says("quiero podar un arbol")
    assert "aún no confirma cuánto demora" in chat.says(
        "cuanto se demoran en venir a verlo, porque el otro dia me dijeron 3 meses"
    )


@pytest.mark.parametrize(
    "told",
    [
        "en la municipalidad me dijeron que esperara 3 meses y ya van 5",
        "llevo tres meses esperando la licencia y nadie me contesta",
        "hace dos meses que espero la respuesta",
    ],
)
def test_who_waits_is_still_heard(release: Release, told: str):
    assert WAITS in Chat(release).says(told)


def test_an_own_file_that_others_say_is_ready_is_still_asked_about(release: Release):
    assert NO_FILES in Chat(release).says(
        "ayer me dijeron que ya estaba lista mi licencia, será cierto?"
    )


@pytest.mark.parametrize("said", ["no me contesto. persona", "no entiendo nada, PERSONA"])
def test_a_person_is_called_by_the_word_that_ends_a_message(release: Release, said: str):
    chat = Chat(release)
    chat.says("como pago una multa")
    assert "Una persona le responderá" in chat.says(said)
