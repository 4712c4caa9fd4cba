"""After an alarm each answer tells the next step, in words not said yet, and nothing is stored."""

from __future__ import annotations

import pytest

from handlers.text.markup import phones_in
from tests.handlers.chat import Chat

FIRE = "se está quemando mi casa"
GAS = "hay olor a gas en mi casa"
FLOOD = "estamos en el techo, está todo inundado"
HURT = "atropellaron a un viejito"
SHOTS = "sentí disparos parece"
VIOLENCE = "mi marido me está pegando"
SUICIDE = "me quiero morir"
ALARM = ("Emergencia", "Emergency", "Ijans")


@pytest.mark.parametrize(
    ("danger", "said", "answer"),
    [
        (FIRE, "no, estamos todos adentro de la casa", "Salgan todos"),
        (FIRE, "si, mi hijo está adentro", "Salgan todos"),
        (FIRE, "ya vinieron los bomberos pero mi hijo sigue adentro", "132"),
        (FIRE, "hay gente adentro todavía", "Salgan todos"),
        (FIRE, "somos cinco adentro", "Salgan todos"),
        (FIRE, "no podemos salir", "Salgan todos"),
        ("my house is on fire", "no, we are all inside", "Everybody get out"),
        ("my house is on fire", "my son is still inside", "Everybody get out"),
        ("kay mwen pran dife", "pitit mwen anndan toujou", "Tout moun soti"),
        (GAS, "estamos todos adentro", "aire libre"),
        (GAS, "y qué hago mientras", "aire libre"),
        (FLOOD, "y qué hago mientras", "lugar alto"),
        (FLOOD, "ya llamé y no contestan", "Vuelva a llamar"),
        (HURT, "qué hago mientras llegan", "no corte"),
        (HURT, "ya llamé y no contesta nadie", "Vuelva a llamar"),
        ("there is a man bleeding", "nobody answers", "Call again"),
        ("gen yon moun k ap senyen anpil", "mwen rele yo pa reponn", "Rele ankò"),
        (VIOLENCE, "estoy escondida en el baño", "Silencie el teléfono"),
        (VIOLENCE, "me encerré en la pieza", "Silencie el teléfono"),
        (VIOLENCE, "y qué hago mientras", "Silencie el teléfono"),
        ("my husband is beating me", "I am hiding in the bathroom", "Silence your telephone"),
        ("mari m ap bat mwen", "mwen kache nan twalèt la", "silans"),
        (SHOTS, "no, estamos todos adentro de la casa", "lugar seguro"),
        (SUICIDE, "y qué hago", "no se separen"),
        ("hay un cable caído chispeando", "y qué hago mientras", "No se acerque"),
        (FLOOD, "somos cuatro", "cuántas personas"),
        ("our house is flooding", "we are four", "how many"),
        ("dlo ap antre nan kay nou", "nou kat", "konbyen moun"),
        (FLOOD, "no sé cuánta gente hay", "cuántas personas"),
        ("our house is flooding", "nobody comes", "132"),  # no comment on an office
        (VIOLENCE, "llamé y me dejaron esperando", "133"),
        ("se está ahogando mi hermano en el río", "lo veo todavía", "pierda de vista"),
        (GAS, "ya cerré la llave", "aire libre"),  # no card of a business that closes
        (SHOTS, "no sé", "lugar seguro"),
        ("there is a gas leak in my street", "the firefighters are not answering", "Call again"),
    ],
)
def test_what_is_said_after_an_alarm_gets_the_next_step(
    chat: Chat, danger: str, said: str, answer: str
) -> None:
    first = chat.says(danger)
    reply = chat.says(said)
    assert reply.startswith(ALARM)
    assert answer in reply
    assert set(phones_in(reply)) & set(phones_in(first))
    assert chat.state.danger
    assert not chat.facts


@pytest.mark.parametrize(
    ("danger", "said", "answer"),
    [
        (FIRE, "no, fue un susto", "no hay peligro"),
        (SHOTS, "no, fue un susto", "no hay peligro"),
        (FIRE, "era un asado", "no hay peligro"),
        (FIRE, "me equivoqué", "no hay peligro"),
        ("my house is on fire", "it was nothing", "there is no danger"),
        ("kay mwen pran dife", "fo alam", "pa gen danje"),
        (FIRE, "ya salimos todos", "a salvo"),
        ("my house is on fire", "we got out", "you are safe"),
        (HURT, "se llevaron al viejito en ambulancia", "Hizo bien"),
        (HURT, "ya la están atendiendo", "Hizo bien"),
        ("there is a man bleeding", "the ambulance took him", "You did right"),
        ("gen yon moun k ap senyen anpil", "anbilans lan mennen l", "Ou byen fè"),
        ("kay mwen pran dife", "tout moun deyò", "an sekirite"),
        ("yon moun ap nwaye nan plaj la", "yo sove l", "Sa soulaje"),
        ("quedé atrapado en el ascensor", "ya nos sacaron", "Qué alivio"),
        ("se me está quemando la olla", "ya lo apagué", "Qué alivio"),
        ("gen yon aksidan, moun blese", "anbilans lan rive", "Ou byen fè"),
    ],
)
def test_what_was_no_danger_or_is_helped_ends_it(
    chat: Chat, danger: str, said: str, answer: str
) -> None:
    chat.says(danger)
    assert answer in chat.says(said)
    assert not chat.state.danger
    reply = chat.says("y qué hago mientras")
    assert "No encontré" not in reply
    assert phones_in(reply)


@pytest.mark.parametrize("said", ["no, nadie", "nadie", "no hay nadie adentro", "no, estamos bien"])
def test_nobody_hurt_does_not_end_what_goes_on(chat: Chat, said: str) -> None:
    chat.says("hay humo saliendo de la casa del vecino")
    reply = chat.says(said)
    assert "132" in reply
    assert "¿Usted u otra persona" not in reply


@pytest.mark.parametrize(
    "danger", [FIRE, GAS, FLOOD, HURT, VIOLENCE, SUICIDE, SHOTS, "un perro está atacando a un niño"]
)
def test_nothing_is_said_twice_and_the_numbers_are_always_there(chat: Chat, danger: str) -> None:
    replies = [chat.says(danger)]
    for text in ("sí", "ya llamé y no contestan", "y qué hago mientras", "no sé", "tengo miedo"):
        replies.append(chat.says(text))
        assert chat.state.danger
        assert set(phones_in(replies[-1])) & set(phones_in(replies[0]))
    assert len(set(replies)) == len(replies)
    assert not [text for text in replies[1:] if "¿Usted u otra persona" in text]
    assert not chat.facts


@pytest.mark.parametrize(
    "before",
    [
        ("RECLAMO", "no pasa el camión de la basura en calle Brasil"),
        ("RECLAMO", "no pasa el camión en calle Brasil", "SALTAR", "sí"),
        ("quiero poner nota", "transito", "4"),
    ],
)
def test_what_is_said_after_an_alarm_joins_no_open_case_or_comment(
    chat: Chat, before: tuple[str, ...]
) -> None:
    for text in (*before, VIOLENCE):
        chat.says(text)
    told, stored = chat.state.filing, len(chat.facts)
    for text in ("ya llamé y no contestan", "estoy escondida en el baño", "y qué hago mientras"):
        assert chat.says(text).startswith(ALARM)
    assert len(chat.facts) == stored
    assert chat.state.filing is None or (told is not None and chat.state.filing == told)


def test_another_question_right_after_an_alarm_is_answered(chat: Chat) -> None:
    chat.says(FIRE)
    assert "icencia" in chat.says("cómo saco la licencia")


def test_who_is_safe_from_violence_is_told_who_helps(chat: Chat) -> None:
    for text in (VIOLENCE, "estoy donde mi mamá"):
        chat.says(text)
    assert "apoyo psicológico" in chat.says("qué más puedo hacer")
    assert chat.offers("person")


def test_nobody_hurt_is_no_other_danger_once_who_writes_is_safe(chat: Chat) -> None:
    for text in ("help my flat is on fire", "we are all outside"):
        chat.says(text)
    assert "132" in chat.says("nobody is hurt")
    assert not chat.state.danger
