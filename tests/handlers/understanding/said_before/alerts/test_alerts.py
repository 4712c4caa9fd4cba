"""After the emergency numbers were told: what comes next is about that danger."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade
from handlers.text.markup import phones_in
from tests.handlers.chat import Chat

VIOLENCE = "mi marido me pega"
NUMBERS = {VIOLENCE: "1455", "me quiero morir": "*4141", "hay olor a gas": "132"}


@pytest.mark.parametrize(
    ("danger", "said"),
    [
        (VIOLENCE, "tengo miedo, está en la otra pieza"),
        (VIOLENCE, "ya llamé pero no llega nadie"),
        ("me quiero morir", "no"),
        ("me quiero morir", "déjame"),
        ("me quiero morir", "no sé qué hacer"),
        ("hay olor a gas", "no contestan"),
    ],
)
def test_whoever_is_still_in_danger_gets_the_same_numbers_again(
    chat: Chat, danger: str, said: str
) -> None:
    chat.says(danger)
    chat.says(said)
    assert NUMBERS[danger] in chat.reply.text
    assert not [fact for fact in chat.facts if isinstance(fact, LookupMade)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("tanpri ede m kay la ap boule gen timoun anndan", ("132", "133", "147")),
        ("se quema la casa de la vecina con las guaguas encerradas", ("132", "133", "147")),
        (
            "my neighbour beats his child, smoke coming from the house",
            ("132", "133", "147"),
        ),
        ("mi marido me pegó y estoy sangrando mucho", ("133", "1455", "131")),
        ("hay olor a gas y mi mamá está desmayada", ("132", "131")),
        ("hay un cable caído chispeando", ("132", "133")),
        ("house is on fire and my kids are inside", ("132",)),
    ],
)
def test_of_several_dangers_bodily_harm_comes_first_and_no_number_is_missing(
    chat: Chat, text: str, numbers: tuple[str, ...]
) -> None:
    assert phones_in(chat.says(text)) == numbers


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("tengo 19", ("*4141", "131")),
        ("estoy solo en la casa, mi mamá llega mañana", ("*4141", "131")),
        ("hay un número que sea por mensaje? no quiero hablar", ("*4141", "131")),
        ("mi papá me pega", ("*4141", "131", "133", "1455")),
        ("me quiero morir, ya no puedo", ("*4141", "131")),
    ],
)
def test_who_spoke_of_dying_keeps_those_numbers_first(
    chat: Chat, said: str, numbers: tuple[str, ...]
) -> None:
    chat.says("ya no quiero seguir viviendo")
    assert phones_in(chat.says(said)) == numbers
    assert chat.state.danger == "suicidio"


@pytest.mark.parametrize(
    ("danger", "said", "number", "called"),
    [
        (VIOLENCE, "sí", "133", "ya llamé"),
        (VIOLENCE, "ayuda", "133", "ya llamé"),
        ("me quiero morir", "sí", "*4141", "ya llamé"),
        ("hay olor a gas", "sí", "132", "ya llamé"),
        ("my husband hits me", "yes", "133", "I already called"),
        ("mwen vle touye tèt mwen", "wi", "*4141", "mwen deja rele"),
    ],
)
def test_a_yes_after_the_numbers_is_told_shortly_whom_to_call_first(
    chat: Chat, danger: str, said: str, number: str, called: str
) -> None:
    replies = [chat.says(danger), chat.says(said), chat.says(said), chat.says(said)]
    assert called in replies[1]
    assert len(replies[1]) < len(replies[0]) + 60
    assert all(number in reply for reply in replies)
    assert len(set(replies)) == len(replies)
    assert chat.state.danger
    chat.says(called)
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("danger", "said", "advice"),
    [
        (VIOLENCE, "no puedo llamar", "llame por usted"),
        (VIOLENCE, "no me queda saldo", "llame por usted"),
        ("my husband hits me", "i can't call, he is listening", "call for you"),
        ("mwen vle touye tèt mwen", "m pa ka rele", "rele pou ou"),
    ],
)
def test_who_cannot_call_is_told_what_else_helps(
    chat: Chat, danger: str, said: str, advice: str
) -> None:
    chat.says(danger)
    chat.says(said)
    assert advice in chat.reply.text


@pytest.mark.parametrize(
    ("danger", "said"),
    [
        (VIOLENCE, "ya llegó"),
        (VIOLENCE, "ya viene"),
        (VIOLENCE, "no vienen los carabineros"),
        (VIOLENCE, "ya llamé a carabineros y no llega nadie"),
        ("me quiero morir", "ya llamé a mi mamá para despedirme"),
        ("my husband hits me", "they are coming"),
    ],
)
def test_who_did_not_call_for_help_is_never_told_that_all_is_well(
    chat: Chat, danger: str, said: str
) -> None:
    chat.says(danger)
    chat.says(said)
    assert chat.state.danger


def test_another_danger_is_heard_though_nobody_can_call(chat: Chat) -> None:
    chat.says("hay olor a gas")
    chat.says("no puedo llamar, ahora hay fuego en la casa")
    assert chat.state.danger == "incendio"
    assert "llame por usted" in chat.reply.text


@pytest.mark.parametrize(
    "said",
    ["ya llamé", "ya vienen los carabineros", "ya llamamos a los bomberos"],
)
def test_who_has_called_is_not_alarmed_again(chat: Chat, said: str) -> None:
    chat.says("hay olor a gas")
    chat.says(said)
    assert "Hizo bien" in chat.reply.text
    assert not chat.state.danger


def test_it_is_asked_once_and_then_the_talk_goes_on(chat: Chat) -> None:
    chat.says(VIOLENCE)
    chat.says("tengo miedo")
    chat.says("permiso de circulación")
    assert "circulación" in chat.reply.text
    chat.says("no")
    assert "1455" not in chat.reply.text


def test_a_question_or_a_grade_after_an_alert_is_answered(chat: Chat) -> None:
    chat.opens("J87fHE")
    chat.says(VIOLENCE)
    chat.says("6")
    assert "Anoté un 6" in chat.reply.text


@pytest.mark.parametrize(
    ("danger", "language", "title"),
    [
        ("my husband hits me", "en", "Emergency"),
        ("fire!", "en", "Emergency"),
        ("mwen vle touye tèt mwen", "ht", "Ijans"),
        ("mi marido me pega", "", "Emergencia"),
    ],
)
def test_danger_is_answered_in_the_language_it_is_told_in(
    chat: Chat, danger: str, language: str, title: str
) -> None:
    chat.says(danger)
    assert chat.reply.text.startswith(title)
    assert chat.state.language == language


def test_danger_told_in_spanish_is_answered_in_spanish_after_english_was_chosen(chat: Chat) -> None:
    chat.says("english")
    chat.says(VIOLENCE)
    assert chat.reply.text.startswith("Emergencia")


def test_a_no_after_words_of_distress_answers_no_list_from_before(known: Chat) -> None:
    known.says("tesoreria")
    assert known.offers("none")
    known.says("me quiero morir")
    assert "*4141" in known.says("no")
    assert known.state.danger


@pytest.mark.parametrize(
    "danger",
    [
        "en la casa del lado hay dos cabros chicos solos desde ayer, lloran de hambre",
        "hay unas guaguas llorando de hambre sin ningún adulto",
        "next door two small kids have been alone since yesterday, crying, no adult",
        "de timoun piti poukont yo depi yè, y ap kriye, pa gen granmoun",
    ],
)
def test_small_children_left_alone_are_in_danger(chat: Chat, danger: str) -> None:
    assert "Fono Niños" in chat.says(danger)


@pytest.mark.parametrize(
    "text",
    [
        "ir a sacar el permiso el 31 de marzo es un suicidio jajaja hay fila hasta la esquina",
        "ir a esa hora es suicidio",
        "es un suicidio político subir los permisos",
        "queuing there is suicide lol",
        "no hay ningún adulto responsable en esa oficina",
        "can children go to the pool without an adult?",
        "pa gen okenn moun ki la nan biwo a",
        *("alert(1)", "alert 1", "<script>alert(1)</script>", "${jndi:ldap://evil/x}"),
        *("javascript:alert('fire')", "'; DROP TABLE casos; --", "achtung", "kill -9 1234"),
    ],
)
def test_a_figure_of_speech_and_code_are_no_alarm(chat: Chat, text: str) -> None:
    assert not chat.says(text).startswith(("Emergencia", "Emergency", "Ijans"))


@pytest.mark.parametrize(
    "text",
    [
        *("pienso en el suicidio todos los días", "lo mío es un suicidio, chao"),
        *("me quiero morir :(", "ayuda(mi casa se quema)"),
    ],
)
def test_danger_that_is_meant_is_still_heard(chat: Chat, text: str) -> None:
    assert chat.says(text).startswith("Emergencia")
