"""After a card that helped a grade is offered, and what is written then is about its area."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

PERMIT = "onde saco el permiso de circulacion"
JUDGED = ("pésimo, esperé 3 horas", "muy buena la atención", "sí, muy amables")


@pytest.mark.parametrize("words", JUDGED)
def test_how_it_was_is_about_the_area_that_a_grade_is_offered_for(known: Chat, words: str) -> None:
    known.says(PERMIT)
    assert "¿Ya le atendieron en Tránsito?" in known.says("sí")
    assert "¿Fue en Tránsito?" in known.says(words)


@pytest.mark.parametrize("words", ["6", "un 6 po", "le pongo un 6"])
def test_a_grade_where_one_is_offered_is_noted_after_one_tap(known: Chat, words: str) -> None:
    known.says(PERMIT)
    known.says("sí")
    assert "¿Le pongo un 6 a Tránsito?" in known.says(words)
    assert "Anoté un 6 para Tránsito" in known.presses("Sí")


def test_a_number_long_after_the_offer_is_no_grade(known: Chat) -> None:
    known.says(PERMIT)
    known.says("sí")
    known.waits(hours=1)
    assert "no cambié nada" in known.says("6")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("no he ido todavia mijo", "Cuando vaya, puede contarme"),
        ("no, voy mañana", "Cuando vaya, puede contarme"),
        ("no me anote nada", "Cuando vaya, puede contarme"),
        ("prefiero no opinar", "Cuando vaya, puede contarme"),
        ("todavía no hemos ido. ¿hay teléfono?", "teléfono"),
        ("gracias", "De nada"),
        ("y dónde pago la basura?", "basura"),
    ],
)
def test_one_is_invited_once_and_any_answer_ends_it(known: Chat, words: str, answer: str) -> None:
    known.says(PERMIT)
    known.says("sí")
    assert answer in known.says(words)
    assert "¿Ya le atendieron" not in known.reply.text
    assert "¿Ya le atendieron" not in known.says("qué día atienden")
    assert "Cuando vaya" in known.says("no pues si le digo que no hemos ido")


@pytest.mark.parametrize(
    ("card", "words"),
    [(PERMIT, "sí me sirvió, muchas gracias"), ("colegios y jardines públicos", "sí")],
)
def test_no_grade_is_offered_to_who_thanks_or_where_nobody_is_attended(
    known: Chat, card: str, words: str
) -> None:
    known.says(card)
    assert known.says(words) == "Me alegro."


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("si, y el anterior que le puse mas o menos ponga que si nomas", True),
        ("sí, y al anterior póngale que sí nomás", True),
        ("sí, y quiero un reclamo por un hoyo", True),
        ("sí, quiero reclamar", False),
        ("sí, pero no fue ahí", False),
        ("no, y al anterior tampoco", False),
    ],
)
def test_a_yes_counts_whatever_is_said_behind_it(release: Release, text: str, noted: bool) -> None:
    chat = Chat(release)
    assert "¿Le pongo un 5 a Tránsito?" in chat.says("casi un 5 a tránsito")
    chat.says(text)
    assert ("5" in chat.answers().values()) is noted
