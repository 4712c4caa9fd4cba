"""After an alarm: it is over or was none, who helps afterwards, and what else is said is heard."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade
from tests.handlers.chat import Chat

LIGHT = "el semáforo de Balmaceda con Amunátegui está en verde para los dos lados, casi chocan"
CABLE = "hay un cable caído chispeando"
FIRE = "hay un incendio en el cerro detrás de mi casa"
VIOLENCE = "mi marido me pegó anoche y tengo miedo de volver a la casa"
SUICIDE = "me quiero morir"
PIPE = "se me reventó una cañeria en la calle frente a mi casa esta saliendo agua a chorros"
ONLY_WATER = "pero es una cañeria de agua no mas, a quien llamo para q la arreglen"
TREE = (
    "hay un arbol que se va a caer encima de los cables en calle brasil",
    "RECLAMO",
    "esta mañana con el viento se rajo, que lo corten antes que caiga",
)
NO_ALARM = ("Emergencia", "Emergency", "Ijans")


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ((LIGHT, "no estoy en peligro, ya pasé, pero alguien se va a matar ahi"), "RECLAMO"),
        ((LIGHT, "nadie está en peligro, quiero avisar que el semáforo está malo"), "Revise"),
        ((CABLE, "no es emergencia, está así hace meses en calle Colón"), "¿Lo ingreso?"),
        ((FIRE, "ya llamé, vienen en camino. hay algo que pueda hacer la municipalidad?"), "nylon"),
        ((FIRE, "ya lo apagaron", "se nos quemó la mediagua, necesitamos ayuda"), "nylon"),
        ((FIRE, "ya lo apagaron", "ayuda por incendio damnificados"), "nylon"),
        ((FIRE, "ya lo apagaron, quiero saber del permiso de circulación"), "circulación"),
        ((VIOLENCE, "ahora estoy donde mi hermana. hay un lugar donde me ayuden"), "1455"),
        ((VIOLENCE, "ahora estoy a salvo. pero quiero orientación, abogada"), "apoyo psicológico"),
        ((VIOLENCE, "no estoy en peligro, busco el subsidio de arriendo"), "133"),
        (("hay alguien atropellado en la calle", "no era una persona, era un perro"), "131"),
        (("están asaltando el almacén", "ya se los llevaron. qué es la omil"), "Qué alivio"),
        (("mi abuelita se perdió", "ya apareció!! gracias"), "Qué alivio"),
        ((*TREE, "ya vinieron los bomberos, gracias, todo bien"), "Qué alivio"),
        ((*TREE, "no, nadie en peligro"), "no hay peligro"),
        ((PIPE, ONLY_WATER, "no, nadie en peligro, se pierde el agua nomas"), "Aguas del Valle"),
        (("my house is on fire", "we are safe now. where can we sleep tonight"), "nylon"),
        (("kay mwen pran dife", "ponpye yo rive. ki èd ki genyen"), "nylon"),
    ],
)
def test_what_is_over_is_not_told_again_and_the_rest_is_answered(
    chat: Chat, texts: tuple[str, ...], answer: str
) -> None:
    for text in texts:
        chat.says(text)
    assert answer in chat.reply.text
    assert not chat.reply.text.startswith(NO_ALARM)
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ((CABLE, "no estoy bien, me quiero morir"), "suicidio"),
        ((CABLE, "no hay peligro pero un niño lo tomó y quedó en el suelo"), "salud"),
        ((FIRE, "ya lo apagaron", "se prendió de nuevo el fuego"), "incendio"),
        ((FIRE, "estoy a salvo, mi mamá no respira"), "salud"),
        ((FIRE, "no hay heridos"), "incendio"),
        ((FIRE, "ya llamé, no llega nadie"), "incendio"),
        ((*TREE, "no, mi hijo está adentro todavía"), "desastre"),
        ((*TREE, "no, nadie en peligro, mi hijo no respira"), "salud"),
        ((*TREE, "ya vinieron los bomberos pero mi hijo está adentro todavía"), "desastre"),
        ((FIRE, "ya vinieron los bomberos pero mi hijo no respira"), "salud"),
        ((VIOLENCE, "estoy a salvo", "llegó y está golpeando la puerta"), "violencia"),
        ((VIOLENCE, "no me pegó mi marido, me pegó mi hijo"), "violencia"),
        ((VIOLENCE, "ya se fue"), "violencia"),
        ((SUICIDE, "era broma", "no, si me quiero morir de verdad"), "suicidio"),
        (("hay alguien atropellado en la calle", "mi hermana sangra y yo estoy bien"), "salud"),
    ],
)
def test_no_danger_is_silenced_by_what_is_said_of_another(
    chat: Chat, texts: tuple[str, ...], kind: str
) -> None:
    for text in texts:
        chat.says(text)
    assert chat.reply.text.startswith(NO_ALARM)
    assert chat.state.danger == kind


@pytest.mark.parametrize(
    ("danger", "number", "card"),
    [(VIOLENCE, "1455", "violencia-mujer"), (FIRE, "132", "emergencia-climatica")],
)
def test_who_asks_for_help_afterwards_gets_the_card_the_steps_and_then_a_person(
    chat: Chat, danger: str, number: str, card: str
) -> None:
    replies = [chat.says(danger)]
    for text in ("dónde nos pueden recibir", "hay albergue?", "quiero una abogada"):
        replies.append(chat.says(text))
        assert number in chat.reply.text
        assert chat.offers("person")
        assert chat.state.topic == card
    assert len(set(replies)) == len(replies)
    assert "PERSONA" in replies[-1]


@pytest.mark.parametrize(
    "text",
    [
        "hay un perro atropellado botado en la avenida del mar, sigue vivo",
        "atropellaron a un gatito en la esquina y está sangrando",
        "hay una perra con sus cachorros botada y no se mueve",
        "mi vecino tiene la música a todo chancho desde las 3 de la mañana, ya no aguanto",
        "somos cinco en la casa, tres niños, y la ficha me sale 80",
        "alguien se va a matar ahí",
    ],
)
def test_animals_idioms_and_how_somebody_lives_are_no_alarm(chat: Chat, text: str) -> None:
    assert not chat.says(text).startswith(NO_ALARM)


def test_the_word_for_a_complaint_is_heard_below_a_denial(chat: Chat) -> None:
    chat.says(LIGHT)
    chat.says("yo estoy bien, es el semáforo malo. RECLAMO")
    assert "Revise antes de enviar" in chat.reply.text
    assert not [fact for fact in chat.facts if isinstance(fact, LookupMade)]


def test_nobody_is_asked_how_it_was_after_danger(chat: Chat) -> None:
    for text in (VIOLENCE, "estoy a salvo", "quiero una abogada"):
        chat.says(text)
    assert "nota" not in chat.says("gracias, me ayudó mucho")
