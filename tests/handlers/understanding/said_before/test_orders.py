"""Orders about a rating and its comment are carried out, and are no words of either."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.understanding.said_before.test_asked_of_rated import rated


@pytest.mark.parametrize(
    "text", ["sí, listo no más", "ya po, listo", "listo no más", "bueno listo"]
)
def test_what_ends_a_comment_is_none_of_it(release: Release, text: str) -> None:
    chat = rated(release)
    assert "Su comentario quedó guardado" in chat.says(text)
    assert chat.record()["best"] == "que son amables"


def test_a_comment_may_hold_the_word_that_ends_it(release: Release) -> None:
    chat = rated(release)
    chat.says("y estuvo listo todo al tiro")
    assert "estuvo listo" in chat.record()["best"]


def test_words_that_are_not_to_be_added_are_taken_out_after_a_tap(release: Release) -> None:
    chat = rated(release)
    chat.says("y la señora de los libros")
    assert "¿Borro lo último" in chat.says("no agregue eso, yo solo decía que ya estaba")
    chat.says("sí")
    assert chat.record()["best"] == "que son amables"


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("ponga que me trataron bien", "me trataron bien"),
        ("y escriba que habia sillas", "habia sillas"),
        ("no, agregue que me trataron bien", "me trataron bien"),
    ],
)
def test_what_is_ordered_to_be_put_is_added(release: Release, text: str, added: str) -> None:
    chat = rated(release)
    chat.says(text)
    assert chat.record()["best"].endswith(added)


@pytest.mark.parametrize("text", ["no agregue eso", "please don't add that", "pa ajoute sa"])
def test_an_order_to_add_nothing_adds_nothing(release: Release, text: str) -> None:
    chat = rated(release)
    chat.says(text)
    assert chat.record() == {"grade": "6", "best": "que son amables"}


@pytest.mark.parametrize(
    "text",
    [
        "No, no borre nada! quiero saber de la ayuda para el techo",
        "olvídelo. cómo saco el permiso de circulación",
        "oiga pero no borre lo del precio, y otra cosa, el permiso de circulación dónde lo pago",
    ],
)
def test_what_is_asked_behind_an_order_is_answered(release: Release, text: str) -> None:
    chat = rated(release)
    answer = chat.says(text)
    assert "¿Borro" not in answer
    assert "¿Qué hago" not in answer
    assert chat.record() == {"grade": "6", "best": "que son amables"}


@pytest.mark.parametrize(
    "text",
    [
        "uy y también le pongo un 3 al guardia de la entrada que es súper mal genio",
        "póngale al guardia un 3 aparte",
        "and also a 3 for the guard, he was rude",
    ],
)
def test_a_grade_for_somebody_else_is_a_second_one(release: Release, text: str) -> None:
    chat = rated(release)
    chat.says(text)
    assert chat.record()["grade"] == "6"
    assert chat.state.draft is not None
    assert chat.state.draft.grade == 3


def test_a_change_that_is_refused_for_a_second_grade_holds_that(release: Release) -> None:
    chat = rated(release)
    assert "¿Cambio su nota" in chat.says("no, un 3 mejor")
    chat.says("no, era otra nota, pa el guardia")
    assert chat.record()["grade"] == "6"
    assert chat.state.draft is not None


def test_another_grade_of_the_same_office_changes_it(release: Release) -> None:
    chat = rated(release)
    assert "¿Cambio su nota" in chat.says("no, un 3 mejor")


def test_a_second_grade_never_replaces_the_first_while_its_office_is_asked(
    release: Release,
) -> None:
    chat = rated(release)
    for text in (
        "uy y también le pongo un 3 al guardia de la entrada",
        "no, era otra nota, pa el guardia",
        "póngale al guardia un 3 aparte",
    ):
        chat.says(text)
        assert chat.record()["grade"] == "6", text


def test_an_order_to_add_nothing_changes_no_closed_comment(release: Release) -> None:
    chat = rated(release, closed=True)
    assert "sigue siendo 6" in chat.says("no agregue eso, yo solo decía que ya estaba")
    assert chat.record() == {"grade": "6", "best": "que son amables"}


@pytest.mark.parametrize(
    "asked", ["qué le dicen a la caja", "y cuándo es la próxima inscripción a los talleres", "sí"]
)
def test_it_was_a_question_never_takes_back_words_before_the_question(
    release: Release, asked: str
) -> None:
    chat = rated(release)
    chat.says(asked)
    chat.says("era una pregunta")
    assert chat.record() == {"grade": "6", "best": "que son amables"}
