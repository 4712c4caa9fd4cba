"""What follows a grade: the reason, the comment in several messages, what has not ended."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven, ResponseClosed
from handlers.messages import numbered_labels
from tests.handlers.chat import Chat
from tests.handlers.played import play
from tests.handlers.questionnaires.treasury import rate_treasury


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2", {"reason": "trato"}),
        ("trato", {"reason": "trato"}),
        ("2) me gritaron", {"reason": "trato", "words": "me gritaron"}),
        ("Espera: dos horas de pie", {"reason": "espera", "words": "dos horas de pie"}),
        ("me tuvieron dos horas de pie", {"words": "me tuvieron dos horas de pie"}),
        ("listo", {}),
        ("no", {}),
        ("nada", {}),
        ("gracias", {}),
        ("saltar", {}),
    ],
)
def test_reason_and_words_are_taken_in_one_message(
    known: Chat, typed: str, expected: dict[str, str]
) -> None:
    rate_treasury(known)
    known.says("3")
    assert known.says(typed).startswith("Gracias. Anotamos su nota 3")
    assert known.record() == {"grade": "3", **expected}


def test_a_number_beyond_the_reasons_is_asked_again(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    text = known.says("9")
    assert "Elija un número de la lista" in text
    assert numbered_labels(known.reply)[0] == "1. Espera"
    known.says("1")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_bubbles_join_the_comment_until_listo(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("me explicó con calma")
    assert "Lo sumé a su comentario" in known.says("y me anotó todo en un papelito")
    assert known.says("y sonriendo").startswith("También lo sumé")
    assert known.record()["best"] == (
        "me explicó con calma\ny me anotó todo en un papelito\ny sonriendo"
    )
    assert known.says("LISTO") == "Listo. Su comentario quedó guardado."
    known.says("la feria de las pulgas")
    assert "pulgas" not in known.record()["best"]


@pytest.mark.parametrize(
    ("answers", "stored"),
    [
        (("sí",), "fue por teléfono"),
        (("Sí, cambiarlo",), "fue por teléfono"),
        (("no",), "atendieron mal\nen la ventanilla\nperdón, no fue así, fue por teléfono"),
        (("y de noche", "sí"), "y de noche"),
        (("menú",), "atendieron mal\nen la ventanilla"),
    ],
)
def test_words_that_may_put_a_comment_right_are_asked_about(
    known: Chat, answers: tuple[str, ...], stored: str
) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("atendieron mal")
    known.says("en la ventanilla")
    asked = known.says("perdón, no fue así, fue por teléfono")
    assert asked.startswith(
        "¿Cambio lo último de su comentario para Tesorería y Finanzas por esto?"
    )
    assert known.record() == {"grade": "3", "words": "atendieron mal\nen la ventanilla"}
    play(known, *answers)
    assert known.record()["grade"] == "3"
    assert known.record()["words"].endswith(stored)
    assert known.record()["words"].startswith("atendieron mal\n")
    assert ("en la ventanilla\n" in known.record()["words"]) == (answers == ("no",))


@pytest.mark.parametrize(
    ("answer", "left"),
    [("sí", "atendieron mal"), ("no", "atendieron mal\nel guardia gritó"), ("listo", None)],
)
@pytest.mark.parametrize(
    "words", ["borre lo del guardia porfa", "borre ese comentario, la nota no la toque"]
)
def test_words_are_erased_from_a_comment_after_a_yes_and_the_grade_stays(
    known: Chat, answer: str, left: str | None, words: str
) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("atendieron mal")
    known.says("el guardia gritó")
    known.says(words)
    known.says(answer)
    assert known.record() == {"grade": "3", "words": left or "atendieron mal\nel guardia gritó"}


def test_the_only_words_of_a_comment_can_be_erased(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("el guardia gritó")
    known.says("saque lo del guardia")
    known.says("sí")
    assert known.record() == {"grade": "3"}
    known.says("hubo mucha espera")
    assert known.record() == {"grade": "3", "words": "hubo mucha espera"}


def test_yes_and_no_to_adding_something_are_no_comment(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("me explicó con calma")
    assert "Si quiere agregar algo" in known.says("sí")
    known.says("y sonriendo")
    assert known.says("no") == "Listo. Su comentario quedó guardado."
    assert known.record()["best"] == "me explicó con calma\ny sonriendo"


def test_bubbles_join_for_ten_minutes_after_the_last_one(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("me explicó con calma")
    known.waits(minutes=9)
    known.says("y con paciencia")
    known.waits(minutes=9)
    known.says("y sonriendo")
    known.waits(minutes=11)
    known.says("qwerty")
    assert known.record()["best"] == "me explicó con calma\ny con paciencia\ny sonriendo"


def test_not_ended_said_after_the_comment_counts_it_apart_and_leaves_the_comment(
    known: Chat,
) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("me explicó con calma")
    assert "contará aparte" in known.says("aún no termina")
    assert known.record()["best"] == "me explicó con calma"


def test_a_button_ends_what_words_are_added_to(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("me explicó con calma")
    known.presses("Menú")
    known.says("areas")
    known.says("qwerty")
    assert known.record()["best"] == "me explicó con calma"


def test_words_after_a_reason_button_are_its_explanation(known: Chat) -> None:
    rate_treasury(known)
    known.says("2")
    known.presses("Espera")
    known.says("dos horas de pie")
    assert known.record() == {"grade": "2", "reason": "espera", "words": "dos horas de pie"}


def test_what_was_joined_by_mistake_is_looked_up_and_leaves_the_comment(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("me explicó con calma")
    known.says("y el permiso de circulación lo tengo que sacar también")
    text = known.says("CONSULTA")
    assert "Renovación del permiso de circulación" in text
    assert known.record()["best"] == "me explicó con calma"


def test_a_comment_that_is_a_question_is_thanked_for_and_can_be_looked_up(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    text = known.says("bien explicado el permiso de circulación, todo claro, ¿cierto?")
    assert "Si lo último era una pregunta, escriba CONSULTA." in text
    assert "Renovación del permiso de circulación" in known.says("consulta")
    assert "best" not in known.record()


def test_a_question_in_the_place_of_a_comment_is_answered_and_the_comment_asked_again(
    known: Chat,
) -> None:
    rate_treasury(known)
    known.says("7")
    assert "Renovación del permiso" in known.says("¿dónde saco el permiso de circulación?")
    assert "¿Qué fue lo mejor?" in known.says("cuánto vale el permiso de circulación")
    assert "best" not in known.record()


def test_a_comment_longer_than_fits_says_what_was_kept(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    known.says("a" * 4096)
    assert "esto último no se sumó" in known.says("y algo más")
    assert known.record()["best"] == "a" * 4096


@pytest.mark.parametrize("said", ["aún no termina", "todavía no", "mi tramite no ha terminado"])
def test_what_has_not_ended_is_counted_apart(known: Chat, said: str) -> None:
    rate_treasury(known)
    assert "su trámite aún no termina" in known.says(said)
    assert "como trámite que aún no termina" in known.says("2")
    known.says("espera")
    assert all(fact.pending for fact in known.recorded(AnswerGiven))
    assert known.recorded(ResponseClosed)[0].pending


def test_not_ended_and_the_grade_are_heard_in_one_message(known: Chat) -> None:
    rate_treasury(known)
    known.says("aún no termina, un 3")
    (given,) = known.recorded(AnswerGiven)
    assert (given.grade, given.pending) == (3, True)


def test_not_ended_by_button_stays_within_four_messages(known: Chat) -> None:
    rate_treasury(known)
    begun = len(known.replies)
    known.presses("Aún no termina")
    known.presses("2")
    assert known.presses("Espera").startswith("Gracias.")
    assert len(known.replies) - begun + 1 == 4


@pytest.mark.parametrize(
    "words",
    [
        "me hicieron esperar dos horas, pésima atención",
        "me trataron como si fuera un perro",
        "cuando uno va nunca hay nadie",
        "como siempre, súper",
        "depende de quién te atienda",
        "fui a preguntar y nadie sabía nada",
    ],
)
def test_words_before_the_grade_begin_the_comment(known: Chat, words: str) -> None:
    rate_treasury(known)
    assert "Ahora ponga su nota" in known.says(words)
    known.says("2")
    known.says("1")
    assert known.record()["words"] == words


@pytest.mark.parametrize(
    "words",
    [
        "un 4 porque faltan 3 cajas",
        "le puse un 4 por lástima",
        "en el colegio un 4 era raspado",
        "de las 6 cajas había 2 funcionando nomás",
        "con un baño limpio habría sido un 7, pero estaba asqueroso",
    ],
)
def test_a_grade_that_is_said_again_beside_words_is_part_of_the_comment(
    known: Chat, words: str
) -> None:
    rate_treasury(known)
    known.says("4")
    known.says(words)
    assert known.record() == {"grade": "4", "words": words}
