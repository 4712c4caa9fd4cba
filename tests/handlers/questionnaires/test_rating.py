"""Rating an area: every way to a grade, what is asked after it, and what is put on record."""

from __future__ import annotations

import pytest

from handlers.facts import AnswerGiven, Outcome, ResponseClosed, ResponseOpened
from handlers.messages import numbered_labels
from handlers.release import Release
from tests.handlers.chat import Chat

NOTICE = "No ponga nombres, RUT ni datos de salud"


def rate_treasury(chat: Chat) -> None:
    chat.says("nota")
    assert "¿Qué nota le pone" in chat.says("tesorería")


def test_a_rating_by_menu_takes_three_messages_from_the_grade_question_to_the_thanks(
    chat: Chat,
) -> None:
    chat.says("hola")
    assert "¿Qué área le atendió?" in chat.says("2")
    assert numbered_labels(chat.reply)[:2] == ["1. Tránsito", "2. Salud y CESFAM"]
    chat.presses("Ver más")
    chat.presses("Ver más")
    asked = chat.presses("Juzgado de Policía Local")
    begun = len(chat.replies)
    assert "Piense en su última atención en Juzgado de Policía Local" in asked
    assert chat.labels == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "Aún no termina",
        "Volver",
        "Cancelar",
    ]
    chat.presses("4")
    assert numbered_labels(chat.reply)[:3] == ["1. Espera", "2. Trato", "3. Información"]
    thanks = chat.says("2")
    assert thanks.startswith("Gracias. Anotamos su nota 4 para Juzgado de Policía Local.")
    assert len(chat.replies) - begun + 1 == 3
    assert chat.record() == {"grade": "4", "reason": "trato"}
    (opened,) = chat.recorded(ResponseOpened)
    assert (opened.origin, opened.subject.area) == ("menu", "juzgado")
    (closed,) = chat.recorded(ResponseClosed)
    assert closed.outcome is Outcome.COMPLETED


def test_the_notice_stands_in_the_first_grade_question_only(known: Chat) -> None:
    known.says("nota")
    first = known.says("tesorería")
    assert NOTICE in first
    assert "Más detalle: DATOS" in first
    known.says("6")
    known.says("listo")
    known.says("nota")
    assert NOTICE not in known.says("deportes")


def test_a_desk_link_opens_the_grade_question_of_its_desk(chat: Chat) -> None:
    desk = next(d for d in chat.release.content.desks if d.area == "patentes")
    text = chat.opens(desk.token)
    assert "Piense en su última atención en Patentes Comerciales" in text
    assert "Soy el asistente automático" in text
    assert chat.recorded(ResponseOpened)[0].subject.desk == desk.token
    assert chat.recorded(ResponseOpened)[0].origin == "desk"


def test_a_desk_is_recognised_inside_the_text_that_whatsapp_drafts(chat: Chat) -> None:
    desk = next(d for d in chat.release.content.desks if d.area == "patentes")
    assert "Patentes Comerciales" in chat.says(f"Hola, codigo {desk.token} por favor")
    assert chat.recorded(ResponseOpened)[0].subject.desk == desk.token


@pytest.mark.parametrize(
    "typed",
    [
        "Hola, mi código es 7KAhzp",
        "Código QR 7KAhzp",
        "el codigo: 7kahzp",
        "CÓDIGO 7KA-hzp",
        "código 7 k a h z p",
        "7KAhzp",
    ],
)
def test_a_desks_code_is_understood_as_people_type_it(chat: Chat, typed: str) -> None:
    assert "Patentes Comerciales" in chat.says(typed)
    assert chat.recorded(ResponseOpened)[0].subject.desk == "7KAhzp"


def test_an_unknown_desk_code_is_said_to_be_unknown_and_leads_to_the_welcome(chat: Chat) -> None:
    text = chat.opens("zzzz99")
    assert text.startswith("No reconocí ese código.")
    assert "Soy el asistente automático" in text


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
    known.says("6")
    assert known.record() == {"grade": "6"}


def test_a_grade_with_words_is_noted_with_them_and_nothing_is_asked_twice(known: Chat) -> None:
    rate_treasury(known)
    text = known.says("6, muy buena atención")
    assert text.startswith("Gracias. Anotamos su nota 6")
    assert known.record() == {"grade": "6", "best": "muy buena atención"}


def test_a_low_grade_with_words_is_still_asked_for_its_reason(known: Chat) -> None:
    rate_treasury(known)
    assert "¿Qué fue lo que más influyó?" in known.says("2 porque nadie sabía nada")
    known.says("3")
    assert known.record() == {
        "grade": "2",
        "reason": "informacion",
        "words": "nadie sabía nada",
    }


def test_a_grade_that_contradicts_the_words_is_checked_before_it_is_noted(known: Chat) -> None:
    rate_treasury(known)
    text = known.says("1, muy amables y rápidos, excelente")
    assert "Aún no anoto nada" in text
    assert not known.recorded(AnswerGiven)
    known.says("no no siete, disculpe")
    assert known.record()["grade"] == "7"


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


def test_a_button_ends_the_joining(known: Chat) -> None:
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
    known.says("onde saco el permiso de circulacion")
    text = known.says("CONSULTA")
    assert "Renovación del permiso de circulación" in text
    assert known.record()["best"] == "me explicó con calma"


def test_a_comment_that_is_a_question_is_thanked_for_and_can_be_looked_up(known: Chat) -> None:
    rate_treasury(known)
    known.says("7")
    text = known.says("¿dónde saco el permiso de circulación?")
    assert "Si lo último era una pregunta, escriba CONSULTA." in text
    assert "Renovación del permiso de circulación" in known.says("consulta")
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


def test_words_before_the_grade_begin_the_comment(known: Chat) -> None:
    rate_treasury(known)
    assert "Ahora ponga su nota" in known.says("me hicieron esperar dos horas, pésima atención")
    known.says("2")
    known.says("1")
    assert known.record()["words"] == "me hicieron esperar dos horas, pésima atención"


def test_going_back_asks_the_earlier_question_and_replaces_its_answer(known: Chat) -> None:
    rate_treasury(known)
    known.says("2")
    assert "¿Qué nota le pone" in known.says("volver")
    known.says("6")
    known.says("muy claro todo")
    assert known.record() == {"grade": "6", "best": "muy claro todo"}


def test_going_back_from_the_grade_leads_to_the_areas_and_takes_the_response_back(
    known: Chat,
) -> None:
    rate_treasury(known)
    assert "¿Qué área le atendió?" in known.presses("Volver")
    assert known.recorded(ResponseClosed)[0].outcome is Outcome.CANCELLED
    known.says("deportes")
    known.says("7")
    assert known.recorded(AnswerGiven)[0].subject.area == "deportes"


@pytest.mark.parametrize("by_button", [True, False])
def test_cancelling_takes_back_what_was_noted(known: Chat, by_button: bool) -> None:
    rate_treasury(known)
    known.says("2")
    text = known.presses("Cancelar") if by_button else known.says("cancelar")
    assert "No quedó anotada ninguna nota para Tesorería y Finanzas" in text
    assert "¿En qué le ayudo?" in text
    assert known.record() == {}
    assert known.recorded(ResponseClosed)[0].outcome is Outcome.CANCELLED
    known.says("nota")
    assert "¿Qué nota le pone" in known.says("tesorería")


@pytest.mark.parametrize("said", ["saltar", "listo"])
def test_the_grade_itself_cannot_be_left_out(known: Chat, said: str) -> None:
    rate_treasury(known)
    assert "escribir CANCELAR" in known.says(said) or "escriba CANCELAR" in known.reply.text
    known.says("5")
    assert known.record() == {"grade": "5"}


@pytest.mark.parametrize("by_button", [True, False])
def test_a_rating_is_resumed_after_days(known: Chat, by_button: bool) -> None:
    rate_treasury(known)
    known.says("3")
    known.waits(days=5)
    text = known.says("hola")
    assert "Su nota para Tesorería y Finanzas quedó pendiente" in text
    text = known.presses("Seguir") if by_button else known.says("seguir")
    assert "¿Qué fue lo que más influyó?" in text
    known.says("espera")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_a_button_of_the_open_question_still_counts_after_days(known: Chat) -> None:
    rate_treasury(known)
    known.waits(days=5)
    known.presses("6")
    assert known.record() == {"grade": "6"}


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


def test_one_rating_an_area_and_thirty_days_coming_back_offers_to_change_it(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.waits(days=12)
    known.says("nota")
    text = known.says("tesorería")
    assert "Usted ya puso un 3 a Tesorería y Finanzas el 16 de noviembre de 2026." in text
    assert "¿Qué nota le pone" in known.says("sí")
    known.says("6")
    known.says("ahora me resolvieron")
    assert known.record() == {"grade": "6", "best": "ahora me resolvieron"}
    assert len(known.recorded(ResponseOpened)) == 1


def test_keeping_the_earlier_grade_changes_nothing(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.says("nota")
    known.says("tesorería")
    assert "sigue siendo 3" in known.says("no")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_after_thirty_days_the_area_can_be_rated_anew(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.waits(days=31)
    rate_treasury(known)
    known.says("6")
    assert len(known.recorded(ResponseOpened)) == 2


@pytest.mark.parametrize("said", ["cambiar", "me equivoqué"])
def test_the_latest_grade_is_changed_in_words(known: Chat, said: str) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.says(said)
    known.says("4")
    known.says("2")
    assert known.record() == {"grade": "4", "reason": "trato"}
    assert len(known.recorded(ResponseOpened)) == 1


def test_the_latest_grade_is_changed_by_button(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.presses("Cambiar mi nota")
    known.presses("4")
    assert known.record()["grade"] == "4"


def test_a_change_that_is_cancelled_keeps_the_grade(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    known.says("1")
    known.says("cambiar")
    assert "queda en 3" in known.says("cancelar")
    assert known.record() == {"grade": "3", "reason": "espera"}


def test_changing_in_the_middle_of_a_rating_asks_its_grade_again(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    assert "¿Qué nota le pone" in known.says("me equivoqué")
    known.says("6")
    assert known.record() == {"grade": "6"}


def test_a_grade_pressed_twice_is_one_answer(known: Chat) -> None:
    rate_treasury(known)
    question = known.reply
    known.presses("6", under=question)
    text = known.presses("5", under=question)
    assert text.startswith("Ese botón era de un mensaje anterior, así que no cambié nada.")
    assert "¿Qué fue lo mejor?" in text
    assert known.record() == {"grade": "6"}


def test_a_rating_is_offered_after_a_useful_lookup_once_in_thirty_days(known: Chat) -> None:
    known.says("onde saco el permiso de circulacion")
    text = known.says("sí")
    assert "¿Ya le atendieron en Tránsito?" in text
    assert "¿Qué nota le pone" in known.presses("Poner nota")
    (opened,) = [f for f in known.recorded(ResponseOpened) if f.questionnaire == "atencion"]
    assert opened.origin == "lookup"
    assert opened.subject.service == "permiso-circulacion"
    known.says("6")
    known.says("listo")
    known.says("listo")
    known.says("poste malo")
    assert known.says("sí") == "Me alegro."


def test_declining_the_offer_is_taken_kindly(known: Chat) -> None:
    known.says("onde saco el permiso de circulacion")
    known.says("sí")
    assert known.presses("Ahora no").startswith("De acuerdo.")


def test_an_experience_is_noticed_and_its_grade_asked_for(known: Chat) -> None:
    text = known.says("el martes me atendieron muy bien en tesorería")
    assert "Gracias por contarlo. ¿Fue en Tesorería y Finanzas?" in text
    assert known.recorded(ResponseOpened)[0].origin == "noticed"
    known.says("7")
    known.says("listo")
    assert known.record() == {
        "grade": "7",
        "best": "el martes me atendieron muy bien en tesorería",
    }


@pytest.mark.parametrize("said", ["no, fue en patentes", "patentes"])
def test_a_noticed_rating_moves_to_where_it_was(known: Chat, said: str) -> None:
    known.says("el martes me atendieron muy bien en tesorería")
    assert "¿Fue en Patentes Comerciales?" in known.says(said)
    known.says("7")
    known.says("listo")
    (grade,) = [f for f in known.recorded(AnswerGiven) if f.question == "grade"]
    assert grade.subject.area == "patentes"
    assert known.record()["best"].startswith("el martes me atendieron")


def test_yes_to_where_it_was_asks_the_grade(known: Chat) -> None:
    known.says("el martes me atendieron muy bien en tesorería")
    assert "¿Qué nota le pone" in known.says("sí")


def test_no_to_where_it_was_asks_for_the_area(known: Chat) -> None:
    known.says("el martes me atendieron muy bien en tesorería")
    assert "¿Qué área le atendió?" in known.says("no")


def test_an_experience_without_a_place_keeps_its_words_while_the_area_is_asked(
    known: Chat,
) -> None:
    assert "¿Qué área le atendió?" in known.says("ayer me atendieron muy bien")
    known.says("deportes")
    assert known.says("7").startswith("Gracias. Anotamos su nota 7 para Deportes.")
    assert known.record() == {"grade": "7", "best": "ayer me atendieron muy bien"}


def test_a_grade_given_before_its_area_is_not_asked_twice(known: Chat) -> None:
    assert "¿Qué área le atendió?" in known.says("ponles un 7")
    text = known.says("deportes")
    assert "Anoté un 7 para Deportes." in text
    assert NOTICE in text


def test_an_area_that_is_not_recognised_is_asked_for_again(known: Chat) -> None:
    known.says("nota")
    assert "No reconocí esa área" in known.says("qqqqqqq")
    assert "Alumbrado y Calles" in known.labels
    known.says("la biblioteca")
    assert known.recorded(ResponseOpened)[0].subject.area == "cultura"


def test_another_area_puts_the_half_filled_rating_aside_and_it_comes_back(known: Chat) -> None:
    rate_treasury(known)
    known.says("3")
    desk = next(d for d in known.release.content.desks if d.area == "patentes")
    known.opens(desk.token)
    known.says("6")
    known.says("rápido")
    text = known.says("listo")
    assert "Sigamos con su nota para Tesorería y Finanzas." in text
    known.says("espera")
    responses = {f.response: f.subject.area for f in known.recorded(ResponseOpened)}
    assert {(responses[key], q): value for (key, q), value in known.answers().items()} == {
        ("finanzas", "grade"): "3",
        ("finanzas", "reason"): "espera",
        ("patentes", "grade"): "6",
        ("patentes", "best"): "rápido",
    }


def test_two_half_filled_ratings_both_wait(known: Chat, release: Release) -> None:
    rate_treasury(known)
    for area in ("patentes", "transito"):
        known.opens(next(d.token for d in release.content.desks if d.area == area))
    assert [run.subject.area for run in known.state.paused] == ["finanzas", "patentes"]
    known.says("7")
    assert "Sigamos con su nota para Patentes Comerciales." in known.says("listo")
    known.says("6")
    assert "Sigamos con su nota para Tesorería y Finanzas." in known.says("listo")


@pytest.mark.parametrize(
    ("wish", "area"),
    [
        ("poner una nota a tránsito", "Tránsito"),
        ("Quiero calificar la biblioteca", "Cultura y Biblioteca"),
        ("dejar una nota en el cementerio", "Cementerios"),
    ],
)
def test_a_wish_to_rate_that_names_the_area_leads_to_its_grade(
    chat: Chat, wish: str, area: str
) -> None:
    assert f"Piense en su última atención en {area}" in chat.says(wish)


def test_a_wish_to_rate_without_an_area_asks_which(chat: Chat) -> None:
    assert "¿Qué área le atendió?" in chat.says("quiero evaluar una atención")
