"""A case while it is told: what is put right, asked, or is none of its words."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.release import Release
from handlers.understanding.intents.cases import (
    AskForRecords,
    SetCaseArea,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.new_cases import being_told
from tests.handlers.chat import Chat
from tests.handlers.played import played
from tests.handlers.understanding.situations import at, context

HOLE = "hay un hoyo gigante en juan cisternas frente al 1200 hace un mes, arréglenlo"


@pytest.mark.parametrize(
    ("text", "area", "words"),
    [
        ("era para tránsito, no para obras", "transito", 1),
        ("me equivoqué, es para tránsito", "transito", 1),
        ("no es frente a tránsito, es al lado", "obras", 1),
    ],
)
def test_the_area_of_a_complaint_is_put_right_to_its_summary(
    release: Release, text: str, area: str, words: int
) -> None:
    chat = Chat(release)
    chat.says("quiero poner un reclamo contra los de obras porque no contestan")
    chat.says(text)
    assert chat.state.filing is not None
    assert (chat.state.filing.area, len(chat.state.filing.words)) == (area, words)


TOLD, DOUBTED = "el vecino quema basura todas las tardes", "no todas, día por medio"


@pytest.mark.parametrize(
    ("taps", "types", "words"),
    [
        ("Agregarlo", "", (TOLD, DOUBTED)),
        ("Cambiar lo contado", "", (TOLD,)),
        ("Era una pregunta", "", (TOLD,)),
        ("", "en la calle Brasil", (TOLD, DOUBTED, "en la calle Brasil")),
    ],
)
def test_what_may_put_a_case_right_is_asked_about_before_it_is_told(
    release: Release, taps: str, types: str, words: tuple[str, ...]
) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says(TOLD)
    assert chat.says(DOUBTED).startswith("¿Qué hago con esto")
    if taps:
        chat.presses(taps)
    else:
        chat.says(types)
    assert chat.state.filing is not None
    assert (chat.state.filing.words, chat.state.filing.doubtful) == (words, "")


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("complaint", "solicito información pública", AskForRecords()),
        ("told", "esto lo pido por ley 20.285", AskForRecords()),
        ("complaint", "no hay información en la oficina", None),
        ("menu", "solicito información pública", None),
    ],
)
def test_public_information_where_a_case_is_told(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert being_told.records_asked_for(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("whom for", "deportes", SetCaseArea("deportes")),
        ("whom for", "creo que es de la gente de deportes", SetCaseArea("deportes")),
        ("whom for", "la basura", SetCaseArea("aseo")),
        ("whom for", "qwerty", SetCaseArea("")),  # the office forwards it
        ("summed up", "deportes", None),
        ("menu", "deportes", None),
    ],
)
def test_the_area_that_a_case_is_for(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert being_told.case_area_asked_for(context(at(release, situation), text)) == meant


def test_a_bare_yes_is_no_part_of_a_complaint(release: Release) -> None:
    chat = Chat(release)
    chat.says("quiero poner una queja")
    assert "Basta con una frase corta" in chat.says("si")
    assert "Me falta saber" in chat.says("el camión de la basura no pasa")
    assert "«el camión de la basura no pasa»" in chat.says("si")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no, es balmaceda 1300", ("hay un hoyo en balmaceda 1300",)),
        ("la dirección está mala, es cienfuegos 200", ("hay un hoyo en cienfuegos 200",)),
        (
            "también hay otro en cienfuegos 300",
            ("hay un hoyo en balmaceda 1200", "también hay otro en cienfuegos 300"),
        ),
        ("no, era el 1250", ("hay un hoyo en balmaceda 1250",)),
        ("perdón, 1250", ("hay un hoyo en balmaceda 1250",)),
        ("1250, no 1200", ("hay un hoyo en balmaceda 1250",)),
        ("no es el 1200, es cienfuegos 1250", ("hay un hoyo en cienfuegos 1250",)),
        ("no, llevamos 20 días", ("hay un hoyo en balmaceda 1200", "no, llevamos 20 días")),
        ("y otro en el 1250", ("hay un hoyo en balmaceda 1200", "y otro en el 1250")),
    ],
)
def test_a_corrected_address_takes_the_place_of_the_first(
    release: Release, text: str, told: tuple[str, ...]
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en balmaceda 1200")
    shown = chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.words == told
    assert told[0] in shown


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("no lo mande!! me equivoqué de municipalidad, era para Coquimbo", True),
        ("no lo ingrese, me equivoqué", True),
        ("no gracias, y agregue que es de noche", False),
        ("no lo mande a obras porque allá nunca contestan", False),
        ("mejor no quiero reclamar, mi marido dice q nos toman mala, eliminelo", True),
        ("ya no voy a reclamar nada, ya vinieron a arreglar, bórrelo", True),
        ("pucha sabe qué, mejor no. Déjelo hasta ahí no más, retírelo", True),
        ("ya no quiero más postes en mi calle, sáquenlo", False),
        ("no quiero reclamar por gusto, pero llevo tres meses esperando", False),
    ],
)
def test_a_complaint_that_is_not_to_be_sent_is_dropped(
    release: Release, text: str, dropped: bool
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo frente a mi casa")
    chat.says(text)
    assert (chat.state.filing is None) is dropped


@pytest.mark.parametrize(
    "text",
    [
        "quiero poner un reclamo anonimo",
        "quiero hacer un reclamo sin dar mi nombre",
        "¿puedo reclamar sin que salga mi nombre?",
        "quiero hacer una denuncia anónima",
    ],
)
def test_a_complaint_without_a_name_is_no_words_of_it(release: Release, text: str) -> None:
    chat = Chat(release)
    said = chat.says(text)
    assert "No pedimos su nombre" in said
    assert "Cuente en un mensaje" in said
    told = "no pasa el camión de la basura"
    chat.says(told)
    assert chat.state.filing is not None
    assert (chat.state.filing.words, chat.state.filing.area) == ((told,), "aseo")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("quiero mandar una foto", "Puede mandar aquí hasta"),
        ("la muni", "¿Sobre qué trámite o área?"),
    ],
)
def test_what_tells_nothing_yet_is_told_how_to_go_on(
    release: Release, text: str, answer: str
) -> None:
    assert answer in Chat(release).says(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("fue desde el jueves y pido que la retiren y fumiguen", None),
        ("en la plaza de armas, que la saquen y que borren los rayados", None),
        ("no quiero que aparezca mi nombre. fue ayer en la tarde", "fue ayer en la tarde"),
        ("fue ayer, tengo miedo que sepan que fui yo", "fue ayer"),
        ("tengo miedo de que sepan que fui yo", ""),
    ],
)
def test_what_was_asked_for_is_taken_and_a_fear_for_the_name_is_answered(
    release: Release, text: str, left: str | None
) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay basura en la plaza")
    reply = chat.says(text)
    assert chat.state.filing is not None
    told = text if left is None else left
    assert chat.state.filing.words[1:] == ((told,) if told else ())
    assert ("No pedimos su nombre" in reply) is (left is not None)


def test_praise_goes_to_who_was_visited_with_what_is_added_to_the_yes(release: Release) -> None:
    chat = Chat(release)
    told = "fui al dideco hoy y me atendió una niña super amorosa, quiero felicitarla"
    assert "Departamento Social" in chat.says(told)
    reply = chat.says("sí, y póngale que fue en el mesón de ayudas sociales")
    assert reply.startswith("Su felicitación")
    assert "Agregué también" in reply
    filed = chat.recorded(CaseOpened)[-1]
    assert (filed.kind, filed.area) == (CaseKind.PRAISE, "social")
    assert filed.text.endswith("\ny póngale que fue en el mesón de ayudas sociales")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("no mejor no lo mande", True),
        ("no mejor no lo ingrese", True),
        ("no no lo mande", True),
        ("no quiero que lo mande", True),
        ("no lo mandes mejor", True),
        ("no mejor dejelo", True),
        ("no no lo envie todavia", False),
        ("ya mandelo", True),
    ],
)
def test_a_case_that_is_not_to_be_sent_is_left(release: Release, text: str, left: bool) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en balmaceda con brasil")
    chat.says(text)
    assert (chat.state.filing is None) is left
    assert bool(chat.recorded(CaseOpened)) is (text == "ya mandelo")


@pytest.mark.parametrize(
    "text",
    [
        "no lo cancele",
        "no no lo cancele",
        "no anule el reclamo",
        "no lo borre",
        "no quiero que lo borre",
        "no quiero cancelarlo",
    ],
)
def test_a_case_that_is_not_to_be_cancelled_stays(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("reclamo: hay un hoyo en balmaceda con brasil")
    assert chat.says(text).startswith("Revise antes de enviar")
    assert chat.state.filing is not None
    assert chat.state.filing.words == ("hay un hoyo en balmaceda con brasil",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mire le cuento", 0),
        ("es que no se si esto va aqui", 0),
        ("no se por donde empezar", 0),
        ("le cuento que hay un hoyo en la calle", 1),
        ("no sé si va aquí pero hay un perro muerto", 1),
    ],
)
def test_what_only_announces_an_account_is_no_account(
    release: Release, text: str, told: int
) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says(text)
    assert chat.state.filing is not None
    assert len(chat.state.filing.words) == told


@pytest.mark.parametrize(
    "said",
    [
        *("no espera falta algo", "espere, me falta decir algo", "todavía no, falta un dato"),
        *("espera que agrego algo", "no, falta decir la hora", "falta algo más", "pera un poco"),
    ],
)
def test_what_announces_more_of_a_case_is_none_of_it(release: Release, said: str):
    chat = played(release, f"reclamo: {HOLE}", said)
    assert "Tómese su tiempo" in chat.reply.text
    chat.says("es frente al colegio")
    chat.says("sí")
    assert chat.recorded(CaseOpened)[0].text == f"{HOLE}\nes frente al colegio"


def test_a_yes_with_a_but_loses_nothing(release: Release):
    chat = played(release, f"reclamo: {HOLE}", "si pero era frente al 1300")
    assert "¿Qué hago con esto" in chat.reply.text


RUDE = "me trataron mal en la caja ayer en la mañana, quiero que la reten"


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("no, patentes", "Patentes Comerciales"),
        ("no po, patentes comerciales", "Patentes Comerciales"),
        ("no, la de patentes", "Patentes Comerciales"),
        ("tesoreria? eso no, yo digo obras", "Dirección de Obras (DOM)"),
    ],
)
def test_another_receiver_is_no_word_of_the_case(release: Release, said: str, area: str):
    answer = played(release, f"reclamo: {RUDE}", said).reply.text
    assert f"«{RUDE}». Lo recibe: {area}" in answer


@pytest.mark.parametrize(
    "said",
    ["no, cerca de obras", "no fue en obras, fue en la esquina", "no, nadie de obras me vio"],
)
def test_an_office_named_beside_it_receives_nothing(release: Release, said: str):
    assert (
        "Lo recibe: Dirección de Obras" not in played(release, f"reclamo: {RUDE}", said).reply.text
    )


@pytest.mark.parametrize(
    "said", ["y eso pa que lo necesitan", "por que preguntan tanto", "espere voy a ver el numero"]
)
def test_what_is_asked_or_said_meanwhile_is_none_of_the_case(release: Release, said: str):
    chat = played(release, "reclamo: no pasa la basura", said)
    assert said not in chat.reply.text
