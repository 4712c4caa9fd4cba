"""What is said beside an answer to whether a card helped, or in its place."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import at_card


@pytest.mark.parametrize(
    ("text", "helped", "answered"),
    [
        ("nop. necesito la dirección y no sale", "no", "Dónde: "),
        ("más o menos, no sale dónde se paga", "partly", "Dónde: "),
        ("no. falta el horario", "no", "el horario"),
        ("sigo sin saber donde tengo que ir", "no", "Dónde: "),
        ("quedé sin saber dónde es", "no", "Dónde: "),
        ("sí, otra cosa, hay un perro muerto en la calle", "yes", "Retiro de animal muerto"),
        ("más o menos, otra cosa: cómo saco la patente comercial", "partly", "Patente comercial"),
        ("sí!! y tb necesito vacunar al perro contra la rabia", "yes", "antirrábica"),
        ("sí y además quiero postular a una beca", "yes", "Beca"),
        ("sí, y mi hermana necesita sacar hora al dentista", "yes", "dental"),
        ("no sirve, quiero poner un reclamo", "no", "Cuente en un mensaje"),
        ("gracias, sí, otra consulta, cómo saco hora al dentista", "yes", "dental"),
        ("si pero ahora necesito saber cómo saco hora al dentista", "yes", "dental"),
        ("no era eso, yo preguntaba por las becas municipales", "no", "Beca"),
    ],
)
def test_what_stands_behind_an_answer_is_read_as_a_message_of_its_own(
    release: Release, text: str, helped: str, answered: str
) -> None:
    chat = at_card(release)
    assert answered in chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == [helped]


@pytest.mark.parametrize(
    "text",
    [
        "no entendi",
        "no cacho",
        "no le entendí ni jota",
        "no entendí nada",
        "no caché una",
        "tampoco entendí ni papa",
        "no me quedó claro qué papel va primero",
        "me enredé con lo del seguro",
    ],
)
def test_what_was_not_grasped_is_told_again_and_is_no_answer(release: Release, text: str) -> None:
    chat = at_card(release)
    assert "Permiso de circulación" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "cuando la página no carga qué hago",
        "mi teléfono está malo, puedo ir igual",
        "me lo dieron sin firma, sirve igual?",
        "ya entendí cómo pero cuánto vale",
        "ya pero hasta qué día puedo pagar",
        "ok pero y el sello quién lo pone",
        "no es de auto, me refiero a podar un árbol de la calle",
        "se me quedó en la casa, dónde saco otra copia",
    ],
)
def test_a_question_about_the_card_is_no_answer(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "no veo bien, me lo puede leer",
        "no sé leer",
        "se me quedaron los lentes",
        "soy ciega",
        "la letra es muy chica",
        "I can't see well, can you read it to me",
    ],
)
def test_who_can_hardly_read_is_answered_in_short(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.state.short
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("y qué hay de las becas", False),
        ("y sobre la esterilización de mascotas", False),
        ("y sobre el horario", True),
        ("es obligatorio si tengo dos autos", True),
        ("i no hay sistema, igual corre", True),
        ("el auto es de mi suegro, vale?", True),
        ("siendo jubilado me lo dan o me rechazan", True),
        ("Perdone, ¿y eso hasta cuándo es? Es que me pagan a fin de mes.", True),
        ("no es de auto, hablo de podar un árbol", False),
        ("y respecto a los papeles", True),
        ("what about recycling", False),
        ("e pou resiklaj", False),
        ("y la biblioteca, a qué hora cierra", False),
        ("and the library, what time does it close", False),
        ("what about the papers", True),
    ],
)
def test_another_thing_that_is_asked_about_leaves_the_card(
    release: Release, text: str, stays: bool
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert (chat.state.topic == "permiso-circulacion") is stays


@pytest.mark.parametrize(
    "text",
    [
        "Los Perales, eso, en La Pampa. Casa con reja verde",
        "También necesito pañales, salen carísimos, ¿eso lo da el consultorio o la muni?",
    ],
)
def test_what_mainly_asks_something_else_is_no_yes(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "no pero yo ya tengo, se me vence en agosto",
        "no, si ya lo había pagado",
        "no es que yo ya fui",
        "no, la verdad es que yo no manejo",
        "no, es para mi papá",
        "sí, tengo auto",
    ],
)
def test_how_it_is_with_oneself_is_no_answer_about_the_card(release: Release, text: str) -> None:
    chat = at_card(release)
    assert "¿Le sirvió?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


def test_that_nobody_serves_there_files_no_request_for_a_person(release: Release) -> None:
    chat = at_card(release)
    chat.says("no hay nadie que atienda ahí")
    assert not chat.state.cases


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("no me sirvió, quiero hablar con un humano", ["no"]),
        ("se agradece pero no, necesito hablar con alguien de carne y hueso", ["no"]),
        ("non, mwen vle pale ak yon moun", ["no"]),
        ("necesito hablar con alguien de carne y hueso", []),
        ("no sé, mejor una persona", []),
        ("no me ayuda en nada. páseme con un funcionario", ["no"]),
    ],
)
def test_a_person_is_asked_for_beside_a_no_to_the_card(
    release: Release, text: str, answers: list[str]
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == answers
    assert chat.recorded(CaseOpened)


@pytest.mark.parametrize(
    ("asked", "text", "card"),
    [
        ("horario de visitas del cementerio", "no po, para enterrarla", "sepultacion"),
        (
            "renovar permiso de circulación",
            "no, la compre usada y esta inscrita en coquimbo, la quiero traer a la serena",
            "permiso-circulacion-traslado",
        ),
    ],
)
def test_what_stands_behind_a_no_is_looked_up(
    release: Release, asked: str, text: str, card: str
) -> None:
    chat = Chat(release)
    chat.says(asked)
    chat.says(text)
    assert chat.state.topic == card


@pytest.mark.parametrize(
    ("text", "helped", "told"),
    [
        ("De pana, y atienden el sábado?", ["yes"], "aún no confirma el horario"),
        ("sí gracias, y cuánto se demora?", ["yes"], "Demora:"),
        ("si gracias, y cuanto se demora?", ["yes"], "Demora:"),
        ("sí, y ahora dígame a qué hora atienden", ["yes"], "aún no confirma el horario"),
        ("ya, me quedó claro. y se puede pagar en cuotas?", ["yes"], "cuotas"),
        ("perfecto. y cuánto cuesta?", ["yes"], "Costo:"),
        ("sipo, y hasta cuándo se paga", ["yes"], "fechas ni plazos"),
        ("sí muchas gracias y aprovechando cómo saco hora al dentista", ["yes"], "dental"),
        ("perfecto, y cuánto cuesta?", [], "¿Anoto que le sirvió?"),
        ("ya, y cuánto cuesta?", [], "¿Le sirvió?"),
        ("sí pero cuánto cuesta", [], "¿Le sirvió?"),
        ("no, ¿cuánto cuesta?", [], "¿Le sirvió?"),
        ("si voy mañana, qué tengo que llevar?", [], "Necesita:"),
        ("y si voy mañana, qué tengo que llevar?", [], "Necesita:"),
    ],
)
def test_a_plain_yes_before_a_question_about_the_card_is_noted(
    release: Release, text: str, helped: list[str], told: str
) -> None:
    chat = at_card(release)
    assert told in " ".join(chat.says(text).split())
    assert [one.value for one in chat.recorded(AnswerGiven)] == helped


@pytest.mark.parametrize(
    "text",
    [
        *("no, era solo eso", "no, nada más", "no po, nada más", "no, eso es todo gracias"),
        *("no gracias, eso sería todo", "no, con eso basta"),
    ],
)
def test_that_nothing_more_is_wanted_is_no_verdict(release: Release, text: str) -> None:
    chat = at_card(release)
    assert "De nada" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("no, yo preguntaba por la licencia de conducir por primera vez", "licencia-primera"),
        ("no, yo quería saber de esterilizar gatos", "esterilizacion"),
        ("no me refiero a eso, a la licencia de conducir por primera vez", "licencia-primera"),
    ],
)
def test_another_card_that_was_meant_is_a_no_and_looked_up(
    release: Release, text: str, card: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert chat.state.topic == card
    assert [one.value for one in chat.recorded(AnswerGiven)] == ["no"]


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        ("ya me quedó claro dónde tengo que ir, muy agradecida", ["yes"]),
        ("no me sirvió de nada, igual voy a tener que ir", ["no"]),
        ("leí todo y quedé igual que antes, no sé si tengo que ir yo o es por internet", ["no"]),
        ("en parte, o sea los papeles sí, pero lo del lugar no, porque no está", ["partly"]),
        ("no tengo nada que reclamar, clarísimo", ["yes"]),
        ("no sé todavía", []),
        ("no, si es para mi mamá", []),
    ],
)
def test_what_is_told_beside_an_answer_leaves_it_as_it_is(
    release: Release, text: str, helped: list[str]
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == helped


@pytest.mark.parametrize(
    "text", ["no me dan hora po, si ese es el problema", "pero si nunca hay horas"]
)
def test_that_the_thing_itself_is_not_to_be_had_is_a_complaint_and_no_verdict(
    release: Release, text: str
) -> None:
    chat = Chat(release)
    chat.says("como pido hora medica en el cesfam")
    chat.says(text)
    assert "Dejar un reclamo" in chat.labels
    assert not chat.recorded(AnswerGiven)
