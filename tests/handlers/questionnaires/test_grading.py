"""A grade: how people write it, when it is asked about, how long a bare number counts."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from tests.handlers.chat import Chat
from tests.handlers.played import play
from tests.handlers.questionnaires.treasury import rate_treasury


@pytest.mark.parametrize(
    ("typed", "grade"),
    [
        ("6", 6),
        ("seis", 6),
        ("un 6", 6),
        ("6,0", 6),
        ("6.0", 6),
        ("le pongo un seis", 6),
        ("Siete!!", 7),
        ("nota 5", 5),
        ("7/7", 7),
        ("no no siete, disculpe", 7),
        ("un uno nomás", 1),
        ("6,5", None),
        ("0", None),
        ("8", None),
        ("10", None),
    ],
)
def test_grades_are_understood_as_people_write_them(
    known: Chat, typed: str, grade: int | None
) -> None:
    rate_treasury(known)
    text = known.says(typed)
    given = known.recorded(AnswerGiven)
    if grade is None:
        assert not given
        assert "La nota es un número entero, de 1 a 7" in text
    else:
        assert [fact.grade for fact in given] == [grade]
        assert f"Anoté un {grade} para Tesorería y Finanzas." in text


def test_an_unreadable_grade_is_asked_again_kindly_and_then_with_an_example(known: Chat) -> None:
    rate_treasury(known)
    text = known.says("qwerty")
    assert text == (
        "No le entendí bien la nota. Responda con un número de 1 a 7. No se perdió nada."
    )
    assert known.labels[:7] == list("1234567")
    assert "Por ejemplo, escriba 6, o la palabra SEIS" in known.says("asdfgh")
    assert "No hace falta que ponga nota" in known.says("zxcvb")
    assert known.offers("person")
    assert known.offers("complaint")
    known.says("6")
    assert known.record() == {"grade": "6"}


@pytest.mark.parametrize(
    ("before", "asked_again"),
    [
        (("quiero poner nota",), False),
        (("quiero poner nota", "tesorería"), False),
        (("me atendieron muy bien",), False),
        (("un 7",), True),
    ],
)
def test_who_says_goodbye_is_asked_again_only_for_what_was_told(
    known: Chat, before: tuple[str, ...], *, asked_again: bool
) -> None:
    play(known, *before)
    answer = known.says("chao")
    assert answer.startswith("Que le vaya bien.")
    assert ("Qué área le atendió" in answer) is asked_again
    assert "Qué nota" not in answer


def test_a_grade_with_words_is_noted_with_them_and_nothing_is_asked_twice(known: Chat) -> None:
    rate_treasury(known)
    text = known.says("6, muy buena atención")
    assert text.startswith("Gracias. Anotamos su nota 6")
    assert known.record() == {"grade": "6", "best": "muy buena atención"}


def test_the_reason_that_came_with_a_low_grade_is_not_asked_for(known: Chat) -> None:
    rate_treasury(known)
    assert "¿Qué fue lo que más influyó?" not in known.says("2 porque nadie sabía nada")
    assert known.record() == {"grade": "2", "words": "nadie sabía nada"}


@pytest.mark.parametrize(
    "said",
    [
        "1, muy amables y rápidos, excelente",
        "1 excelente",
        "1, de número uno, los mejores",
        "7, los peores de todos",
    ],
)
def test_a_grade_that_contradicts_the_words_is_checked_before_it_is_noted(
    known: Chat, said: str
) -> None:
    rate_treasury(known)
    text = known.says(said)
    assert "Aún no anoto nada" in text
    assert not known.recorded(AnswerGiven)
    known.says("no no siete, disculpe")
    assert known.record()["grade"] == "7"


@pytest.mark.parametrize(
    ("text", "grade"),
    [("un 6, pero el sistema es un desastre", "6"), ("3 aunque son amables", "3")],
)
def test_a_grade_with_a_but_weighs_both_sides_and_is_noted(
    known: Chat, text: str, grade: str
) -> None:
    rate_treasury(known)
    known.says(text)
    assert known.record()["grade"] == grade


@pytest.mark.parametrize("insisting", ["1", "UNO", "sí"])
def test_whoever_insists_on_a_contradicting_grade_has_it_noted(known: Chat, insisting: str) -> None:
    rate_treasury(known)
    known.says("1, muy amables y rápidos, excelente")
    known.says(insisting)
    assert known.record()["grade"] == "1"


def test_a_contradicting_grade_can_be_insisted_on_by_button(known: Chat) -> None:
    rate_treasury(known)
    known.says("7, pésima atención, me trataron mal")
    known.presses("7")
    assert known.record()["grade"] == "7"


def test_no_to_the_check_asks_for_the_grade_again(known: Chat) -> None:
    rate_treasury(known)
    known.says("1, muy amables y rápidos, excelente")
    assert "¿Qué nota le pone" in known.says("no")
    known.says("6")
    assert known.record()["grade"] == "6"


def test_a_bare_number_counts_for_thirty_minutes(known: Chat) -> None:
    rate_treasury(known)
    known.waits(minutes=29)
    known.says("6")
    assert known.record() == {"grade": "6"}


def test_a_later_number_changes_nothing_and_is_asked_about(known: Chat) -> None:
    rate_treasury(known)
    known.waits(minutes=31)
    text = known.says("6")
    assert "No sé a qué responde ese 6, así que no cambié nada." in text
    assert "quedó pendiente" in text
    assert known.labels == ["Tengo una pregunta", "Seguir", "Hablar con persona"]
    assert known.record() == {}
    known.presses("Seguir")
    known.says("6")
    assert known.record() == {"grade": "6"}


def test_a_later_number_counts_when_it_quotes_the_question(known: Chat) -> None:
    rate_treasury(known)
    question = known.reply
    known.waits(days=3)
    known.says("6", quotes=question)
    assert known.record() == {"grade": "6"}


def test_a_number_that_quotes_something_older_does_not_count(known: Chat) -> None:
    welcome = known.reply
    rate_treasury(known)
    assert "No sé a qué responde ese 6" in known.says("6", quotes=welcome)
    assert known.record() == {}


def test_a_number_after_the_thanks_says_what_the_grade_is(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("listo")
    known.waits(days=3)
    text = known.says("1")
    assert "Su nota para Tesorería y Finanzas sigue siendo 7." in text
    assert known.record() == {"grade": "7"}


def test_a_grade_pressed_twice_is_one_answer(known: Chat) -> None:
    rate_treasury(known)
    question = known.reply
    known.presses("6", under=question)
    text = known.presses("5", under=question)
    assert text.startswith("Ese botón era de un mensaje anterior, así que no cambié nada.")
    assert "¿Qué fue lo mejor?" in text
    assert known.record() == {"grade": "6"}
