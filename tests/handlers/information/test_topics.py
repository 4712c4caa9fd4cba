"""Questions without a thing of their own: of the card, the area or the desk shown last."""

from __future__ import annotations

import pytest

from handlers.information import topics
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.stored_state import from_bytes
from handlers.turn import TurnBuilder
from handlers.understanding.intents.information import AskAboutTopic
from tests.handlers.chat import MONDAY, Chat

ASPECTS = "cost place hours papers how time term what whom contact more again".split()


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("shown", ["transito", "permiso-circulacion", "registro-civil", ""])
@pytest.mark.parametrize("language", ["es-CL", "en", "ht"])
def test_each_question_about_what_was_shown_has_an_answer(
    release: Release, language: str, shown: str, aspect: str
) -> None:
    incoming = Incoming("1", Sender(Channel.TERMINAL, "", ""), Text(""), MONDAY)
    state = Conversation(topic=shown, language=language)
    turn = TurnBuilder(state, incoming, Known(new_id=1), release, MONDAY)

    topics.answer_about_topic(turn, AskAboutTopic(aspect))

    assert turn.body


def test_no_entendi_after_an_area_shows_the_area_again(chat: Chat) -> None:
    chat.says("horario de la biblioteca")

    assert "talleres" in chat.says("no entendí")


@pytest.mark.parametrize("asked", ["dónde queda", "y a qué hora cierran", "me da el fono"])
def test_a_question_without_a_thing_of_its_own_at_a_desk_is_about_its_area(
    chat: Chat, asked: str
) -> None:
    chat.opens("J87fHE")

    said = chat.says(asked)

    assert said.startswith("El área Tránsito ")
    assert "¿Qué nota le pone" in said


def test_a_rating_after_a_card_leaves_the_card_the_topic(chat: Chat) -> None:
    chat.says("permiso de circulación")
    chat.says("quiero evaluar tránsito")

    assert from_bytes(chat.stored).topic == "permiso-circulacion"


@pytest.mark.parametrize(
    ("card", "text"),
    [
        ("esterilización", "tiene 4 meses la perrita, será muy chica?"),
        ("esterilización", "tiene que ir en ayunas el perrito?"),
        ("esterilización", "sirve pa gatos igual"),
        ("inscripción en el CESFAM", "y pa mi guagua tmb?"),
        ("patente comercial", "y si el local es arrendado qué papel llevo"),
        ("patente comercial", "siendo extranjero y con visa, ¿me la dan igual?"),
        ("retiro de muebles viejos", "se llevan refrigeradores malos?"),
        ("subsidio de arriendo", "con pareja sin casarse se puede"),
        ("registro social de hogares", "y mi hermana que es peruana"),
        ("registro social de hogares", "mi hijo que vive conmigo tiene que ir también a firmar?"),
        ("licencia de conducir por primera vez", "y los lentes?"),
        ("licencia de conducir por primera vez", "y si repruebo el práctico puedo darlo de nuevo"),
        ("licencia de conducir por primera vez", "tengo que llevar al cabro chico"),
        ("licencia de conducir por primera vez", "soy zurdo jajaja hay problema"),
        ("licencia de conducir por primera vez", "mi domicilio sale en Coquimbo, influye en algo?"),
        ("subsidio agua potable", "se pierde si me atraso"),
        ("driver license renewal", "and if it expired two years ago"),
        ("renovar licencia de conducir", "la tengo vencida hace 2 años"),
        ("renovar licencia de conducir", "puedo ir a coquimbo?"),
        ("tengo una multa de tránsito", "no fui yo el que manejaba"),
        ("hora médica", "soy migrante"),
        ("talleres deportivos", "tiene 5 añitos, lo aceptan?"),
        ("rebaja del aseo", "ella vive conmigo"),
        ("rebaja del aseo", "la casa está a nombre de mi papá fallecido"),
        ("denuncia por ruidos molestos", "y si somos pocos"),
        ("denuncia por ruidos molestos", "y si llueve"),
        ("ayuda psicológica", "para mi hijo de 8 años"),
        ("quiero castrar a mi gata", "tiene 5 meses"),
        ("corte de árbol en mi vereda", "y si se cae sobre mi casa"),
    ],
)
def test_a_condition_or_somebody_else_stays_with_the_card(
    release: Release, card: str, text: str
) -> None:
    chat = Chat(release)
    chat.says(card)
    topic = chat.state.topic
    assert topic in release.content.service_by_id
    assert release.content.service_by_id[topic].short_name in chat.says(text)
    assert chat.state.topic == topic
    assert chat.state.progress is not None, "whether it helped is still asked"
    assert not chat.state.progress.answers
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("card", "text", "others"),
    [
        ("ayudas técnicas", "él pesa 120 kilos, hay de esas?", False),
        ("patente comercial", "el contador me la puede tramitar?", False),
    ],
)
def test_what_the_search_is_not_sure_of_is_of_the_card_and_what_it_found_stands_behind(
    release: Release, card: str, text: str, *, others: bool
) -> None:
    chat = Chat(release)
    chat.says(card)
    topic = chat.state.topic
    said = chat.says(text)
    assert release.content.service_by_id[topic].short_name in said
    assert "Si preguntaba otra cosa" in said
    assert said.count("PERSONA") == 1
    assert chat.state.prompt is not None
    offered = [one.key for one in chat.state.prompt.options if one.key.startswith("card:")]
    assert bool(offered) is others
    assert chat.state.topic == topic
    if others:
        chat.says(release.content.service_by_id[offered[0].removeprefix("card:")].short_name)
        assert f"card:{chat.state.topic}" == offered[0]


def test_a_question_while_cards_are_offered_is_about_those(chat: Chat) -> None:
    chat.says("cómo se hace una junta de vecinos")
    assert chat.state.prompt is not None
    offered = set(chat.state.prompt.options)
    assert "Mínimo de socios" in chat.says("cuánta gente mínimo")
    assert f"card:{chat.state.topic}" in {option.key for option in offered}


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("y el permiso de circulación?", "permiso-circulacion"),
        ("y para podar un árbol", "poda-arboles"),
        ("y la beca municipal cómo la pido", "beca-municipal"),
        ("otra cosa, y la patente comercial", "patente-comercial"),
        ("ya, y el certificado de residencia", "certificado-residencia"),
        ("volvamos a la patente comercial", "patente-comercial"),
        ("cuándo hay hora para el dentista", "dental"),
    ],
)
def test_another_card_that_is_named_is_shown(release: Release, text: str, card: str) -> None:
    chat = Chat(release)
    chat.says("licencia de conducir por primera vez")
    chat.says(text)
    assert chat.state.topic == card


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cuánto sale y cuánto se demora", ("Costo: ", "cuánto demora")),
        ("dónde queda y a qué hora atienden", ("el horario", "la dirección")),
        ("qué llevo, y cuánto cuesta?", ("Necesita:", "Costo: ")),
        ("quién me ayuda", ("Tránsito aún no confirma su teléfono",)),
    ],
)
def test_several_things_that_are_asked_of_a_card_are_all_told(
    chat: Chat, text: str, told: tuple[str, ...]
) -> None:
    chat.says("renovar licencia de conducir")
    said = chat.says(text)
    assert all(one in said for one in told)
    assert said.count("PERSONA") <= 1


@pytest.mark.parametrize("asked", ["quiero casarme", "dónde saco el pasaporte"])
@pytest.mark.parametrize("text", ["hace rato ya", "¿es por acá?", "y cuánto cuesta", "se demora?"])
def test_what_more_is_asked_of_an_institution_is_known_there(
    chat: Chat, asked: str, text: str
) -> None:
    chat.says(asked)
    assert "Registro Civil" in chat.says(text)
    assert not chat.answers()


@pytest.mark.parametrize(
    "text",
    [
        "cuándo es la fonda",
        "es verdad que van a cerrar el consultorio?",
        "quiero adoptar un niño",
    ],
)
def test_what_no_card_tells_is_not_answered_by_one(chat: Chat, text: str) -> None:
    said = chat.says(text)
    assert "No encontré una respuesta segura" in said or "did not find" in said
    assert not chat.state.topic
