"""The longer example questionnaire: every kind of question, groups, conditions, constraints."""

from __future__ import annotations

import pytest

from handlers.facts.responses import ResponseClosed, ResponseOutcome
from handlers.messages import numbered_labels
from tests.handlers.chat import Chat


def begin(chat: Chat) -> str:
    chat.says("cuestionario")
    assert numbered_labels(chat.reply) == ["1. Ejemplo: su barrio", "Menú"]
    return chat.says("1")


def at_years(chat: Chat) -> None:
    begin(chat)
    chat.says("6")
    chat.says("1 y 3")


def at_meetings(chat: Chat) -> None:
    at_years(chat)
    chat.says("12")
    chat.says("4")
    chat.says("2")


def test_all_kinds_of_questions_are_asked_and_kept(known: Chat) -> None:
    text = begin(known)
    assert "Este es un cuestionario de ejemplo" in text
    assert "Vivir en el barrio:" in text
    assert "¿Qué le preocupa más?" in known.says("4")
    known.says("basura")
    assert "Su hogar:" in known.says("1, 3 y 5")
    known.says("12")
    known.says("cuatro")
    assert "Participación:" in known.says("2")
    known.says("sí")
    known.says("marzo no sé")
    known.says("16-11-2020")
    known.says("ayer")
    text = known.says("más árboles en la plaza")
    assert "Gracias por su tiempo." in text
    assert "Terminó «Ejemplo: su barrio»" in text
    assert known.record() == {
        "grade": "4",
        "concern": "basura",
        "liked": "vecinos+comercio+tranquilidad",
        "years": "12",
        "household": "4",
        "commuters": "2",
        "meetings": "yes",
        "first-meeting": "2020-11-16",
        "last-meeting": "2026-11-15",
        "idea": "más árboles en la plaza",
    }
    assert known.recorded(ResponseClosed)[0].outcome is ResponseOutcome.COMPLETED


def test_conditions_leave_questions_out(known: Chat) -> None:
    at_years(known)
    known.says("0")
    known.says("saltar")
    text = known.says("no")
    assert "¿Qué haría mejor a su barrio?" in text
    known.says("listo")
    assert known.record() == {
        "grade": "6",
        "liked": "vecinos+comercio",
        "years": "0",
        "meetings": "no",
    }


def test_choices_are_picked_one_by_one_and_ended(known: Chat) -> None:
    begin(known)
    known.says("6")
    assert "Lleva: Transporte." in known.presses("Transporte")
    assert "Lleva: Plazas y parques, Transporte." in known.presses("Plazas y parques")
    assert "Lleva: Plazas y parques." in known.presses("Transporte")
    known.presses("Listo")
    assert known.record()["liked"] == "plazas"


def test_too_many_choices_are_refused_kindly(known: Chat) -> None:
    begin(known)
    known.says("6")
    assert "Elija a lo más 3." in known.says("1, 2, 3 y 4")
    assert "liked" not in known.record()


def test_no_choice_at_all_cannot_be_ended_where_one_is_needed(known: Chat) -> None:
    begin(known)
    known.says("6")
    assert "Falta esta respuesta." in known.says("listo")
    assert "no se puede saltar" in known.says("saltar")


@pytest.mark.parametrize(
    ("said", "answer"),
    [("999", "entre 0 y 110"), ("-3", "entre 0 y 110"), ("muchos", "Responda con un número")],
)
def test_numbers_out_of_range_or_in_words_are_asked_again(
    known: Chat, said: str, answer: str
) -> None:
    at_years(known)
    text = known.says(said)
    assert answer in text
    assert "¿Cuántos años lleva en el barrio?" in text


@pytest.mark.parametrize("said", ["12", "12 años", "unos 12"])
def test_numbers_are_read_among_words(known: Chat, said: str) -> None:
    at_years(known)
    known.says(said)
    assert known.record().get("years") == "12"


def test_a_constraint_between_two_answers_is_said_in_its_own_words(known: Chat) -> None:
    at_years(known)
    known.says("12")
    known.says("3")
    text = known.says("5")
    assert "No pueden ser más que las personas de su hogar." in text
    assert "commuters" not in known.record()
    known.says("3")
    assert known.record()["commuters"] == "3"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("16-11-2020", "2020-11-16"),
        ("16/11/2020", "2020-11-16"),
        ("2020-11-16", "2020-11-16"),
        ("16 de noviembre de 2020", "2020-11-16"),
        ("ayer", "2026-11-15"),
        ("31-02-2020", None),
        ("01-01-2030", None),
        ("01-01-1900", None),
    ],
)
def test_dates_are_read_as_people_write_them(known: Chat, said: str, kept: str | None) -> None:
    at_meetings(known)
    known.says("sí")
    known.says(said)
    assert known.record().get("first-meeting") == kept


def test_going_back_skips_what_did_not_apply(known: Chat) -> None:
    at_meetings(known)
    assert "¿Cuántas de ellas salen" in known.says("volver")
    assert "¿Cuántas personas viven" in known.says("volver")
    known.says("3")
    known.says("saltar")
    assert "¿Ha ido alguna vez" in known.reply.text
    assert known.record()["household"] == "3"


def test_going_back_at_the_first_question_says_that_it_is_the_first(known: Chat) -> None:
    begin(known)
    assert "No hay una pregunta anterior." in known.says("volver")


def test_changing_an_answer_withdraws_what_depended_on_it(known: Chat) -> None:
    begin(known)
    known.says("3")
    known.says("basura")
    known.says("volver")
    known.says("volver")
    known.says("7")
    assert known.record() == {"grade": "7"}


def test_a_questionnaire_is_left_for_a_lookup_and_resumed(known: Chat) -> None:
    at_years(known)
    assert "Renovación del permiso" in known.says("¿dónde saco el permiso de circulación?")
    assert "¿Cuántos años lleva en el barrio?" in known.says("sí")
    known.says("3")
    assert known.record()["years"] == "3"


def test_a_questionnaire_is_resumed_after_days_and_not_begun_twice(known: Chat) -> None:
    at_years(known)
    known.waits(days=4)
    assert "Quedó pendiente «Ejemplo: su barrio»" in known.says("hola")
    known.says("cuestionario")
    assert "¿Cuántos años lleva en el barrio?" in known.says("1")
    known.says("3")
    assert len({key for key, _ in known.answers()}) == 1


def test_a_late_number_in_a_questionnaire_is_asked_about(known: Chat) -> None:
    at_years(known)
    known.waits(hours=2)
    text = known.says("12")
    assert "No sé a qué responde ese 12" in text
    assert "Quedó pendiente «Ejemplo: su barrio»" in text
    known.presses("Seguir")
    known.says("12")
    assert known.record()["years"] == "12"


def test_cancelling_a_questionnaire_takes_its_answers_back(known: Chat) -> None:
    at_years(known)
    assert "Listo, lo cancelé." in known.says("cancelar")
    assert known.record() == {}


def test_a_yes_no_question_that_is_not_understood_is_asked_again(known: Chat) -> None:
    at_meetings(known)
    assert "Responda SÍ o NO." in known.says("quizás")


def test_a_text_that_is_too_short_or_too_long_is_asked_again(known: Chat) -> None:
    at_meetings(known)
    known.says("no")
    assert "Es muy corto." in known.says("ay")
    assert "Es un poco largo." in known.says("a" * 1001)
