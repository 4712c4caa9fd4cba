"""What follows a card in a conversation: its answer, what it misses, and what comes days later."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import at_card

CERTIFICATE = "certificado de residencia"
PROPOSED = "¿Anoto que"


def after(release: Release, *said: str) -> Chat:
    chat = Chat(release)
    for text in said:
        chat.says(text)
    return chat


def helped(chat: Chat) -> list[str]:
    return [one.value for one in chat.recorded(AnswerGiven) if one.question == "useful"]


def keys(chat: Chat) -> list[str]:
    return [option.key for option in chat.reply.options]


def grades(chat: Chat) -> list[int]:
    return [one.grade for one in chat.recorded(AnswerGiven) if one.grade]


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("sí, pero no sale el teléfono", "partly", "su teléfono"),
        ("bien pero falta el horario", "partly", "el horario"),
        ("me sirvió pero no dice dónde queda", "partly", "la dirección"),
        ("más o menos, pero está muy enredado", "partly", "¿Qué faltó?"),
    ],
)
def test_what_is_missed_behind_a_but_is_answered_and_not_asked_for(
    release: Release, text: str, value: str, told: str
) -> None:
    chat = after(release, CERTIFICATE)
    assert told in chat.says(text)
    assert helped(chat) == [value]


def test_a_second_answer_that_is_not_confirmed_offers_a_person(release: Release) -> None:
    chat = after(release, CERTIFICATE)
    assert "dato errado" not in chat.says("y a qué hora atienden")
    assert "dato errado" in chat.says("y el teléfono")
    assert "person" in keys(chat)
    assert "dato errado" not in chat.says("y cuánto cuesta"), "that is known"
    assert "dato errado" not in chat.says("y dónde queda")


@pytest.mark.parametrize("text", ["ya", "ok"])
def test_who_takes_note_that_something_is_not_confirmed_says_no_yes(
    release: Release, text: str
) -> None:
    chat = after(release, CERTIFICATE, "y a qué hora atienden")
    assert PROPOSED not in chat.says(text)
    assert helped(chat) == []
    told = after(release, CERTIFICATE, text)
    assert helped(told) == ["yes"], "the card itself was taken note of"


@pytest.mark.parametrize("text", ["mmm", "bueno gracias joven", "gracias"])
def test_what_was_proposed_once_is_not_proposed_again(release: Release, text: str) -> None:
    chat = after(release, CERTIFICATE)
    assert PROPOSED in chat.says("uf")
    assert PROPOSED not in chat.says(text)
    assert helped(chat) == []


@pytest.mark.parametrize(("text", "value"), [("no me sirvió", "no"), ("sí me sirvió", "yes")])
def test_what_was_proposed_is_answered_in_words(release: Release, text: str, value: str) -> None:
    chat = after(release, CERTIFICATE, "uf", text)
    assert helped(chat) == [value]


@pytest.mark.parametrize(
    ("text", "again"), [("no era lo que quería saber", True), ("bueno ya", False)]
)
def test_a_yes_is_taken_back_where_it_was_not_meant(
    release: Release, text: str, again: bool
) -> None:
    chat = after(release, CERTIFICATE, "sí")
    assert (PROPOSED in chat.says(text)) is again


def test_a_no_stays_where_the_citizen_only_takes_leave(release: Release) -> None:
    chat = after(release, CERTIFICATE, "no me sirvió", "bueno ya", "gracias")
    assert helped(chat) == ["no"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("gracias me sirvió, otra cosa: qué día pasa la basura", ["yes"]),
        ("gracias, otra cosa: qué día pasa la basura", []),
    ],
)
def test_another_thing_is_looked_up_behind_an_answer(
    release: Release, text: str, value: list[str]
) -> None:
    chat = after(release, CERTIFICATE, text)
    assert helped(chat) == value
    assert chat.state.topic == "recoleccion-basura"


@pytest.mark.parametrize(
    ("text", "listed"),
    [("si soy mayor de 65", False), ("y si tengo 70", False), ("65", True), ("el 15", True)],
)
def test_a_number_that_is_told_of_oneself_is_none_of_the_list(
    release: Release, text: str, listed: bool
) -> None:
    chat = after(release, "exención de los derechos de aseo")
    assert ("no está en la lista" in chat.says(text)) is listed


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("tengo que saber leer?", False),
        ("hay que saber leer?", False),
        ("es muy largo el examen?", False),
        ("no sé leer bien", True),
        ("muy largo, me lo puede resumir?", True),
        ("más corto porfa", True),
    ],
)
def test_a_question_about_reading_wishes_for_no_other_style(
    release: Release, text: str, short: bool
) -> None:
    chat = after(release, "licencia de conducir por primera vez", text)
    assert chat.state.short is short


@pytest.mark.parametrize("text", ["espero que sí", "ojalá", "ya voy a preguntar", "veremos"])
def test_what_is_hoped_for_is_no_answer_yet(release: Release, text: str) -> None:
    chat = after(release, "reparación de alumbrado público")
    assert "Cuando lo sepa" in chat.says(text)
    assert helped(chat) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sí, seguro que lo arreglan el otro siglo", "no"),
        ("qué buen chiste", "no"),
        ("jajaja sí gracias", "yes"),
        ("sí, me quedó clarísimo", "yes"),
    ],
)
def test_mockery_is_no_yes(release: Release, text: str, value: str) -> None:
    assert helped(after(release, "reparación de alumbrado público", text)) == [value]


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("y si tengo 17", ""),
        ("ya pero a qué hora más o menos", ""),
        ("cuánto cuesta la patente comercial", "patente-comercial"),
    ],
)
def test_a_sure_answer_offers_no_other_card_and_proposes_nothing(
    release: Release, text: str, offers: str
) -> None:
    chat = after(release, "licencia de conducir por primera vez")
    assert PROPOSED not in chat.says(text)
    assert not [key for key in keys(chat) if key.startswith("card:")]
    assert chat.state.topic == (offers or "licencia-primera")


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("me la entregaron ayer, un 7 para ustedes", "¿Le pongo un 7 a"),
        ("un 7 para usted", "Me alegro"),
    ],
)
def test_a_grade_for_what_was_done_is_none_of_the_card(
    release: Release, text: str, proposed: str
) -> None:
    assert proposed in after(release, "cómo pido una silla de ruedas").says(text)


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("sabe que me equivoqué, era un 7", "¿Le pongo un 7 a Tránsito?"),
        ("no, un 4", "un 4"),
        ("me atendieron a las 7", "¿Le pongo un 6 a Tránsito?"),
    ],
)
def test_a_proposed_grade_is_put_right(release: Release, text: str, proposed: str) -> None:
    chat = at_card(release)
    chat.says("les pongo un 6")
    assert proposed in chat.says(text)


@pytest.mark.parametrize("text", ["no, no era nota", "no es nota"])
def test_what_is_no_grade_ends_the_proposal(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says("les pongo un 6")
    assert "¿Qué área" not in chat.says(text)
    assert chat.state.proposal is None
    assert grades(chat) == []


@pytest.mark.parametrize(
    ("text", "grade"),
    [("oiga quiero subir la nota un punto", 6), ("quiero bajar un punto la nota", 4)],
)
def test_a_grade_is_moved_by_points_in_the_infinitive(
    release: Release, text: str, grade: int
) -> None:
    chat = at_desk(release, "5", "por la demora", "listo")
    chat.says(text)
    assert f"a {grade}" in chat.reply.text or grades(chat)[-1] == grade


def at_desk(release: Release, *said: str) -> Chat:
    chat = Chat(release)
    chat.opens("J87fHE")
    for text in said:
        chat.says(text)
    return chat


def test_a_rating_that_moves_keeps_its_grade_and_words(release: Release) -> None:
    chat = at_desk(release, "6", "demoran mucho")
    assert "Aún no anoto nada" not in chat.says("no era en tránsito, fue en la dom")
    moved = [one for one in chat.recorded(AnswerGiven) if one.subject.area == "obras"]
    assert [one.value for one in moved] == ["6", "demoran mucho"]


def test_a_rating_is_taken_back_though_something_else_was_asked_since(release: Release) -> None:
    chat = at_desk(release, "5", "buena atención", "listo", "que dia pasa la basura", "gracias")
    assert "¿Borro su nota" in chat.says("quiero anular mi evaluación")
    assert chat.state.filing is None


def test_what_follows_a_grade_put_right_days_later_is_of_the_rating(release: Release) -> None:
    chat = at_desk(release, "5", "fue lento", "listo")
    chat.waits(days=1)
    chat.says("en verdad era 2")
    chat.says("y que el guardia me gritó")
    assert chat.record()["words"] == "fue lento\nel guardia me gritó"


def test_the_area_whose_grade_is_asked_for_may_be_named_again(release: Release) -> None:
    chat = after(release, "quiero poner nota", "salud")
    chat.says("salud")
    chat.says("6")
    assert grades(chat) == [6]
    assert chat.recorded(AnswerGiven)[-1].subject.area == "salud"


@pytest.mark.parametrize(
    ("asked", "text", "answered"),
    [
        ("kijan pou m enskri nan sant sante a", "mèsi anpil", "Èske m note"),
        ("how do I renew my driving licence", "not really what I asked", "Thank you"),
        ("how do I renew my driving licence", "no era eso", "Gracias"),
    ],
)
def test_an_answer_is_taken_in_the_language_in_which_it_is_given(
    release: Release, asked: str, text: str, answered: str
) -> None:
    assert answered in after(release, asked).says(text)
