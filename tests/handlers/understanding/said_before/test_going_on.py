"""Conversations that wander: what is open is not lost by a greeting, a question or a doubt."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import at_card

HOLE = "hay un hoyo en Balmaceda 300, desde ayer, que lo arreglen"


def at_desk(release: Release, *said: str) -> Chat:
    chat = Chat(release)
    chat.opens("J87fHE")
    for text in said:
        chat.says(text)
    return chat


def test_a_greeting_leaves_the_grade_asked_for(release: Release) -> None:
    chat = at_desk(release)
    assert "¿Qué nota le pone" in chat.says("buenas tardes")
    assert "Anoté un 6" in chat.says("un 6 mijo")


@pytest.mark.parametrize("text", ["4", "le pongo un 4", "entonces un 4"])
def test_a_grade_after_a_card_is_for_the_rating_that_is_asked_for_below_it(
    release: Release, text: str
) -> None:
    chat = at_desk(release, "patente de alcoholes")
    assert "¿Qué nota le pone" in chat.reply.text
    assert "Anoté un 4 para Tránsito" in chat.says(text)


def test_a_long_answer_to_a_proposal_is_no_yes(release: Release) -> None:
    chat = at_desk(release, "casi un 5")
    chat.says("El trámite en sí fue correcto, pero la hora me la dieron para 47 días después.")
    assert not chat.answers()


def test_another_grade_right_after_the_first_may_be_meant_instead(release: Release) -> None:
    chat = at_desk(release, "1", "listo")
    assert "¿Cambio su nota para Tránsito de 1 a 7?" in chat.says("7")
    assert "sigue siendo 1" in at_desk(release, "1", "listo", "7").says("no")


@pytest.mark.parametrize(
    "text", ["no", "digo no, deje el 6 no más", "no, el 6 no más", "no mejor quede en 6"]
)
def test_a_grade_on_record_stays_and_the_other_is_no_comment(release: Release, text: str) -> None:
    chat = at_desk(release, "6", "esperé harto pero bien", "7")
    noted = chat.answers()
    assert "sigue siendo 6" in chat.says(text)
    assert chat.answers() == noted


@pytest.mark.parametrize(
    "text", ["¿caduca?", "y si no lo pago qué pasa, me llevan preso?", "es de un colectivo eso sí"]
)
def test_a_short_doubt_or_a_condition_stays_with_the_card(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.state.topic == "permiso-circulacion"
    assert not chat.answers()


def test_the_card_is_told_in_short_where_that_is_asked_for_behind_a_but(release: Release) -> None:
    chat = at_card(release)
    assert "le escribo corto" in chat.says(
        "mándeme eso mismo pero cortito, que el celular es chico"
    )
    assert not chat.answers()


@pytest.mark.parametrize(
    "name", ["Denuncia por ruidos molestos", "Pago de multas y partes de tránsito"]
)
def test_the_full_name_of_a_card_shows_it(release: Release, name: str) -> None:
    chat = Chat(release)
    assert f"{name}\n" in chat.says(name)
    chat = Chat(release)
    chat.says("reclamo")
    chat.says(name)
    assert not chat.state.topic  # there it is the complaint


def test_the_full_name_of_the_ambulance_card_shows_it_and_raises_no_alarm(
    release: Release,
) -> None:
    chat = Chat(release)
    assert "Antes de ir, consulte: 131" in chat.says("urgencia SAPU, SAR y ambulancia")
    assert "Emergencia" in chat.says("necesito una ambulancia ya")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("la delegación un cinco, por la señora del aseo", "¿Le pongo un 5 a Delegaciones?"),
        ("a los que tapan hoyos un 1, quedó peor", "¿Le pongo un 1 a Alumbrado y Calles?"),
        ("vine a la OIRS, me explicó todo, 7 y un abrazo", "¿Le pongo un 7 a OIRS"),
    ],
)
def test_a_grade_at_the_edge_of_what_is_told_is_proposed_for_who_is_named(
    release: Release, text: str, asked: str
) -> None:
    assert asked in Chat(release).says(text)


def test_who_asks_what_others_give_is_told_that_their_own_view_counts(release: Release) -> None:
    chat = at_desk(release)
    assert "Solo cuenta lo que usted piensa" in chat.says("no sé, ¿qué le pone la gente?")
    assert not chat.answers()


def test_a_third_grade_to_a_change_is_asked_about(release: Release) -> None:
    chat = at_desk(release, "6", "esperé harto pero bien", "7")
    assert "¿Cambio su nota para Tránsito de 6 a 5?" in chat.says("no, un 5")


@pytest.mark.parametrize(
    "text", ["excelente todo, muy rápido", "ay no, pensé que el 1 era lo mejor"]
)
def test_the_best_of_words_beside_the_worst_of_grades_are_asked_about(
    release: Release, text: str
) -> None:
    chat = at_desk(release, "1")
    chat.says(text)
    assert text not in chat.answers().values()


@pytest.mark.parametrize(
    "text",
    ["¿quién lee esto?", "¿queda asociado a mi RUT?", "¿es anónimo?", "¿la nota de qué es?"],
)
@pytest.mark.parametrize("before", [(), ("5",), ("5", "bien")])
def test_who_reads_it_is_answered_wherever_it_is_asked(
    release: Release, before: tuple[str, ...], text: str
) -> None:
    chat = at_desk(release, *before)
    assert "Nadie ve su nombre" in chat.says(text)
    assert text not in chat.answers().values()


@pytest.mark.parametrize(
    "text", ["a qué hora cierran el sábado??", "¿cómo saco hora en el CESFAM?"]
)
def test_a_question_behind_a_comment_is_answered(release: Release, text: str) -> None:
    chat = at_desk(release, "7", "muy amables")
    assert "Lo sumé" not in chat.says(text)


def test_a_comment_becomes_a_complaint_without_telling_it_again(release: Release) -> None:
    chat = at_desk(release, "2", "trató a mi papá de viejo porfiado")
    assert "viejo porfiado" in chat.says("¿puedo reclamar por eso?")


@pytest.mark.parametrize(
    "text", ["ya, sí, correcto", "confirmo", "ahora sí, envíelo", "ok send it"]
)
def test_the_summary_of_a_case_is_confirmed_in_any_words(release: Release, text: str) -> None:
    chat = Chat(release).in_spanish()
    chat.says("quiero reclamar: " + HOLE)
    assert "Su reclamo tiene el número" in chat.says(text)


@pytest.mark.parametrize("text", ["sí, una persona porfa", "mejor una persona"])
def test_a_person_is_wanted_at_the_summary_of_a_case(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("quiero reclamar por un hoyo en Balmaceda 300, desde ayer, que lo arreglen")
    assert "Una persona le responderá" in chat.says(text)


@pytest.mark.parametrize("text", ["q no saluda", "había una sola persona en el mesón"])
def test_any_reason_stays_with_the_grade_that_is_proposed(release: Release, text: str) -> None:
    chat = at_desk(release, "casi un 5")
    assert "¿Le pongo un 5" in chat.says(text)


@pytest.mark.parametrize("text", ["ya le dije que no", "no pues"])
def test_who_refuses_once_more_is_left_in_peace(release: Release, text: str) -> None:
    chat = at_desk(release, "no voy a poner nota")
    assert "De acuerdo" in chat.says(text)


def test_a_grade_for_later_asks_for_none_now(release: Release) -> None:
    chat = Chat(release)
    chat.says("después le pongo nota a la oficina")
    assert chat.state.progress is None


def test_what_is_ordered_after_a_comment_becomes_its_complaint(release: Release) -> None:
    chat = at_desk(release, "2", "esperé cinco horas y me mandaron a otra ventanilla")
    assert "cinco horas" in chat.says("y el reclamo sí, hágalo")


@pytest.mark.parametrize(
    ("card", "text", "answer"),
    [
        ("permiso de circulacion", "y donde se paga", "Dónde: Se hace en línea"),
        ("patente comercial", "donde se paga", "Dónde:"),
        ("audiencia con el alcalde", "cuanto sale la multa por exceso de velocidad", "multas"),
        ("audiencia con el alcalde", "cuanto cuesta", "Costo: Gratis"),
    ],
)
def test_a_place_or_another_service_is_no_cost_of_the_card(
    release: Release, card: str, text: str, answer: str
) -> None:
    chat = Chat(release)
    chat.says(card)
    assert answer in chat.says(text)
