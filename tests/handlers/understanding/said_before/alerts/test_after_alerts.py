"""Some minutes after the emergency numbers: where it is, who came, what is to be erased."""

from __future__ import annotations

import pytest

from handlers.facts.lookups import LookupMade
from handlers.text.markup import phones_in
from tests.handlers.chat import Chat

CABLE = "hay un cable caído chispeando"
FLOOD = "se me está inundando la casa, está entrando el agua"
FIRE = "se está quemando la casa del vecino"
VIOLENCE = "mi marido me pega"
SUICIDE = "me quiero morir"


def told(chat: Chat, *texts: str) -> str:
    """The reply to the last of these texts; none of them is searched for as long as it is told."""
    *before, last = texts
    for text in before:
        chat.says(text)
    searched = len([fact for fact in chat.facts if isinstance(fact, LookupMade)])
    reply = chat.says(last)
    assert len([fact for fact in chat.facts if isinstance(fact, LookupMade)]) == searched
    return reply


@pytest.mark.parametrize(
    ("danger", "place", "answer"),
    [
        (CABLE, "Los Arrayanes con Monjitas, hay niños jugando", "No se acerque"),
        (CABLE, "en la calle Balmaceda 1300", "No se acerque"),
        (CABLE, "esquina larrain alcalde", "No se acerque"),
        (CABLE, "está en Cuatro Esquinas con Balmaceda", "No se acerque"),
        ("there is a wire down on the pavement", "corner of Balmaceda and Prat", "Do not go near"),
        ("gen yon fil elektrik atè", "kwen lari Balmaceda", "Pa pwoche"),
        ("hay olor a gas", "en Balmaceda 1300, depto 4", "132"),
        (FIRE, "calle Colo Colo 234", "132"),
    ],
)
def test_where_the_danger_is_stays_with_the_danger(
    chat: Chat, danger: str, place: str, answer: str
) -> None:
    assert answer in told(chat, danger, place)
    assert chat.state.danger


def test_the_place_goes_into_the_report_with_what_was_told_before(chat: Chat) -> None:
    told(chat, CABLE, "gracias", "Los Arrayanes con Monjitas, hay niños jugando")
    assert "reclamo a la Municipalidad" in chat.reply.text
    chat.presses("Dejar un reclamo")
    assert chat.state.filing is not None
    (words,) = chat.state.filing.words
    assert words == f"{CABLE}. Los Arrayanes con Monjitas, hay niños jugando"
    assert "dónde" not in chat.reply.text


@pytest.mark.parametrize(
    "texts",
    [
        (FIRE, "ya llamé a bomberos"),
        (CABLE, "ya llame a bomberos"),
        (FIRE, "permiso de circulación", "ya llegaron los bomberos, gracias"),
        (FIRE, "ya llamé a bomberos", "ya llegaron gracias a dios"),
        (CABLE, "ya llegaron"),
        (FIRE, "ya lo apagaron"),
        ("mi abuelita se perdió", "ya la encontramos, gracias"),
        ("my neighbour's house is on fire", "the firefighters are here"),
        ("my neighbour's house is on fire", "they came, thank god"),
        ("my neighbour's house is on fire", "I already called the fire brigade"),
        ("mi mamá se desmayó", "ya reaccionó, gracias"),
        (SUICIDE, "gracias", "ya estoy más tranquila"),
        ("kay vwazen an pran dife", "ponpye yo rive deja"),
    ],
)
def test_help_that_was_called_or_came_is_no_other_alarm(chat: Chat, texts: tuple[str, ...]) -> None:
    assert not told(chat, *texts).startswith(("Emergencia", "Emergency", "Ijans"))
    assert not chat.state.danger


@pytest.mark.parametrize(
    ("danger", "said"),
    [
        (FIRE, "ya llamé a bomberos pero no llegan"),
        (FLOOD, "ya llame a los bomberos pero no llegan"),
        (FLOOD, "los bomberos no contestan"),
        ("my house is flooding", "i called the fire brigade but nobody comes"),
        (FIRE, "ya llegó el fuego a mi casa"),
        (FIRE, "no han llegado"),
        (VIOLENCE, "ya llegó"),
        (VIOLENCE, "no quiero denunciar, me va a matar"),
        (SUICIDE, "voy a llamar a mi mamá para despedirme"),
        (SUICIDE, "no voy a llamar"),
        (SUICIDE, "estoy con mi mamá pero igual me quiero matar"),
    ],
)
def test_danger_that_goes_on_gets_the_numbers_again_in_other_words(
    chat: Chat, danger: str, said: str
) -> None:
    chat.says(danger)
    told_first = chat.reply.text
    again = told(chat, said)
    assert phones_in(again)[:1] == phones_in(told_first)[:1]
    assert told_first not in again
    assert chat.state.danger


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        ((VIOLENCE, "no quiero poner denuncia todavía"), "Usted decide"),
        ((VIOLENCE, "gracias", "no quiero poner denuncia todavía"), "Usted decide"),
        ((VIOLENCE, "me da miedo denunciarlo"), "Usted decide"),
        ((VIOLENCE, "no sé si denunciar"), "Usted decide"),
        ((VIOLENCE, "ahora no está, llega a las 7"), "Mientras no esté"),
        ((VIOLENCE, "salió a trabajar"), "Mientras no esté"),
        ((VIOLENCE, "está trabajando ahora"), "Mientras no esté"),
        (("my husband hits me", "I'm not ready to report him"), "You decide"),
        (("my husband hits me", "he is at work now"), "safe place"),
        (("mari m ap bat mwen", "m poko vle pote plent"), "Se ou ki deside"),
        (("mari m ap bat mwen", "li pa la kounye a"), "an sekirite"),
    ],
)
def test_who_does_not_report_violence_is_respected_and_told_who_helps(
    chat: Chat, texts: tuple[str, ...], answer: str
) -> None:
    reply = told(chat, "becas", *texts)
    assert answer in reply
    assert "1455" in reply
    assert chat.offers("card:violencia-mujer")
    assert chat.offers("person")


def test_nobody_in_danger_is_asked_how_useful_the_card_was(chat: Chat) -> None:
    told(chat, VIOLENCE, "no quiero denunciar todavía")
    chat.presses("Violencia a mujeres")
    assert "¿Le sirvió?" not in chat.reply.text
    assert chat.offers("person")
    assert chat.state.progress is None


@pytest.mark.parametrize(
    ("danger", "said", "answer"),
    [
        (SUICIDE, "no estoy solo, está mi abuela", "no está a solas"),
        (SUICIDE, "estoy con mi mamá", "no está a solas"),
        ("I want to die", "my sister is here with me", "not on your own"),
        ("I want to die", "I'm not alone", "not on your own"),
        ("mwen vle mouri", "manman m la avè m", "pa poukont ou"),
        (SUICIDE, "ya voy a llamar", "Llame ahora al *4141"),
        ("I want to die", "I'll call now", "Call *4141 now"),
        ("mwen vle mouri", "m pral rele", "Rele *4141"),
        (SUICIDE, "estoy sola", "busque a alguien de confianza"),
        ("I want to die", "I am all alone", "somebody you trust"),
    ],
)
def test_who_will_call_or_is_with_somebody_is_answered_warmly(
    chat: Chat, danger: str, said: str, answer: str
) -> None:
    reply = told(chat, "talleres de música", danger, said)
    assert answer in reply
    assert "*4141" in reply
    assert "¿Le sirvió?" not in reply
    assert chat.state.danger == "suicidio"


@pytest.mark.parametrize(
    "text",
    [
        "borre esta conversación",
        "por favor borra el chat",
        "me puede borrar esto?",
        "puede borrar lo que escribí?",
        "delete this chat please",
        "can you erase this conversation?",
        "efase konvèsasyon sa a",
        "èske ou ka efase sa?",
    ],
)
def test_the_right_to_erase_is_heard_of_a_chat(chat: Chat, text: str) -> None:
    told(chat, text)
    assert chat.offers("erase")
    assert "mantenga apretado" not in chat.reply.text


@pytest.mark.parametrize(
    ("texts", "advice"),
    [
        ((VIOLENCE, "gracias", "me puede borrar esto? él lee mi teléfono"), "mantenga apretado"),
        ((VIOLENCE, "borre esta conversación"), "mantenga apretado"),
        (("my husband hits me", "can you delete this? he reads my phone"), "press and hold"),
        (("mari m ap bat mwen", "èske ou ka efase sa? li gade telefòn mwen"), "peze chat sa a"),
    ],
)
def test_after_violence_it_is_said_how_to_delete_the_chat_on_the_telephone(
    chat: Chat, texts: tuple[str, ...], advice: str
) -> None:
    assert advice in told(chat, *texts)
    assert chat.offers("erase")
    chat.presses(chat.labels[0])
    assert chat.state.alert is None


@pytest.mark.parametrize("text", ["borra eso", "borre lo que puse", "bórralo, era un 3"])
def test_a_grade_is_erased_before_the_whole_chat_is(chat: Chat, text: str) -> None:
    chat.opens("J87fHE")
    chat.says("6")
    chat.says(text)
    assert not chat.offers("not-erase")


def test_half_an_hour_later_the_danger_is_no_longer_meant(chat: Chat) -> None:
    chat.says(VIOLENCE)
    chat.says("gracias")
    chat.waits(minutes=31)
    chat.says("borre esta conversación")
    assert "mantenga apretado" not in chat.reply.text
    assert chat.state.alert is None


def test_what_is_told_for_a_case_stays_in_the_case(chat: Chat) -> None:
    chat.says(CABLE)
    chat.presses("Dejar un reclamo")
    chat.says("en Balmaceda 1300, desde ayer, ya llamé a bomberos")
    assert chat.state.filing is not None
    assert chat.state.filing.words[-1] == "en Balmaceda 1300, desde ayer, ya llamé a bomberos"


def test_another_question_after_an_alert_is_answered(chat: Chat) -> None:
    chat.says(CABLE)
    assert "icencia" in chat.says("cómo saco la licencia")
