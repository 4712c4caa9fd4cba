"""Rating an area: every way to a grade, and what is put on record."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven, ResponseClosed, ResponseOpened, ResponseOutcome
from handlers.messages import numbered_labels
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.questionnaires.treasury import rate_treasury

NOTICE = "No ponga nombres, RUT ni datos de salud"


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
    assert closed.outcome is ResponseOutcome.COMPLETED


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
    assert known.presses("Ahora no") == "Está bien. Cuando vaya, puede contarme."


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
