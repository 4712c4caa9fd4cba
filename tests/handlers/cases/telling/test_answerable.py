"""What companies mend is theirs: they are named, also inside a complaint; lamps are ours."""

from __future__ import annotations

import pytest

from tests.handlers.chat import Chat

WATER, POWER, LAMP = "Aguas del Valle", "CGE", "alumbrado"


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("se reventó una cañería en la calle", WATER),
        ("se rompió la cañería de mi casa", WATER),
        ("no hay agua en mi casa", WATER),
        ("no hay luz en mi sector", POWER),
        ("estamos sin electricidad desde anoche", POWER),
        ("hay un poste sin luz en mi pasaje", LAMP),
        ("no hay luz en la calle, está todo oscuro", LAMP),
        ("the street lamp outside is out", LAMP),
        ("limyè lari a pa limen", LAMP),
    ],
)
def test_whose_it_is_to_mend_is_named(chat: Chat, said: str, whose: str) -> None:
    assert whose in chat.says(said)
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("begun", "said", "whose"),
    [
        ("reclamo", "se reventó una cañería en la calle", WATER),
        ("reclamo", "no hay luz en mi casa desde anoche", POWER),
    ],
)
def test_a_complaint_of_a_companys_matter_names_it_and_can_be_left(
    chat: Chat, begun: str, said: str, whose: str
) -> None:
    chat.says(begun)
    assert whose in chat.says(said)
    assert chat.state.filing is not None
    assert chat.state.filing.words == (said,)
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("me llego la cuenta de la luz carisima, 180 lucas, quiero reclamar", POWER),
        ("quiero reclamar por la cuenta del agua", WATER),
        ("quiero reclamar contra movistar", "SUBTEL"),
        ("reclamo contra el banco estado", "Bancos"),
        ("reclamo: el registro civil no me entrega el carnet", "Registro Civil"),
        ("I want to complain about my electricity bill", POWER),
    ],
)
def test_whose_it_is_comes_before_a_complaint_that_is_left_here_in_one_tap(
    chat: Chat, said: str, whose: str
) -> None:
    assert whose in chat.says(said)
    assert chat.offers("keep-told")
    assert chat.state.filing is not None
    other = chat.copy()
    assert other.state.filing is not None
    other.says("no")
    assert other.state.filing is None
    chat.presses(chat.labels[0])
    assert chat.state.filing is not None
    assert chat.offers("skip") or chat.offers("file")


def test_where_another_is_complained_of_is_told_while_a_complaint_is_told(chat: Chat) -> None:
    chat.says("reclamo")
    said = chat.says("no quiero reclamar a la muni!! pregunto donde se reclama contra CGE")
    assert POWER in said
    assert chat.state.filing is None or not chat.state.filing.words


@pytest.mark.parametrize(
    "said", ["CANCELAR, no es una multa, es la luz de mi casa", "cancelar, me equivoqué de lugar"]
)
def test_the_word_that_cancels_is_obeyed_at_the_beginning(chat: Chat, said: str) -> None:
    chat.says("quiero reclamar por un hoyo")
    chat.says(said)
    assert chat.state.filing is None


@pytest.mark.parametrize(
    "said",
    [
        "la luminaria de mi calle está apagada",
        "no pasa el camión de la basura",
        "me trataron mal en la licencia",
        "hay un hoyo en la calle Brasil",
    ],
)
def test_a_complaint_of_the_municipality_names_nobody_else(chat: Chat, said: str) -> None:
    chat.says("reclamo")
    assert "no la Municipalidad" not in chat.says(said)


@pytest.mark.parametrize(
    "said",
    [
        "me llamaron de la muni pidiendo la clave",
        "me llegó un mensaje de la municipalidad pidiendo datos del banco",
        "¿es verdad que la muni pide plata por whatsapp?",
        "someone called saying they are from the municipality and asked for my password",
    ],
)
def test_who_is_called_for_a_password_is_warned(chat: Chat, said: str) -> None:
    assert "133" in chat.says(said)
    assert "134" in chat.reply.text
    assert not chat.state.danger
    assert chat.state.progress is None


@pytest.mark.parametrize(
    "said",
    [
        "me pidieron la clave única para el trámite de la licencia",
        "me llegó una carta de la municipalidad pidiendo papeles",
        "un inspector de la muni me pidió plata para no multarme",
    ],
)
def test_what_offices_ask_for_is_no_scam(chat: Chat, said: str) -> None:
    assert "134" not in chat.says(said)


@pytest.mark.parametrize(
    "said",
    [
        "sale agua con mal olor de la llave",
        "hay una matriz rota frente a mi casa y sale agua a chorros",
        "there is no water in my house",
        "sewage is coming up in the street",
        "dlo tiyo a santi move",
        "pa gen kouran lakay mwen",
    ],
)
def test_what_a_company_mends_alarms_nobody(chat: Chat, said: str) -> None:
    chat.says(said)
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("said", "loss"),
    [
        ("se murió mi mamá y necesito el cementerio", "Lamento mucho su pérdida"),
        ("falleció mi abuelo qué tengo que hacer", "Lamento mucho su pérdida"),
        ("my mother died, I need a grave", "sorry for your loss"),
        ("papa m mouri", "Mwen regrèt anpil"),
    ],
)
def test_a_death_is_regretted_and_no_alarm(chat: Chat, said: str, loss: str) -> None:
    assert loss in chat.says(said)
    assert not chat.state.danger


@pytest.mark.parametrize("said", ["se murió mi perro", "mi mamá murió hace 20 años"])
def test_nobody_is_consoled_for_an_animal_or_long_after(chat: Chat, said: str) -> None:
    assert "pérdida" not in chat.says(said)
