"""What is said of an own case after its words ended: it belongs to the case, or it is asked."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended
from handlers.release import Release
from handlers.state import Conversation
from tests.handlers.chat import Chat
from tests.handlers.played import played

NUMBER = "LS-2026-000001"
LAMPS = "están apagados los focos en calle Brasil 845 hace una semana, quiero que los arreglen"
STATE = "cuál es el estado de mi reclamo"


def _filed(release: Release, words: str = LAMPS, *, language: str = "es-CL") -> Chat:
    chat = Chat(release).in_spanish()
    chat.complains(words)
    chat.says("listo")
    chat.waits(days=2)
    assert not chat.recorded(CaseExtended)
    if language != "es-CL":
        chat.says({"en": "answer me in English please", "ht": "reponn mwen an kreyòl"}[language])
    return chat


def _asks_to_add(chat: Chat) -> bool:
    state: Conversation = chat.state
    asked = state.follow_up is not None and state.follow_up.case == NUMBER
    return asked and bool(state.doubtful) and chat.offers("of-case")


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("agregue a mi reclamo: faltan tres focos", "faltan tres focos"),
        ("anote en mi reclamo que es urgente", "es urgente"),
        ("no, agregue eso a mi caso: vive una señora sola", "vive una señora sola"),
        ("póngale a mi solicitud que llamé dos veces", "llamé dos veces"),
        ("quiero agregar a mi reclamo que vive un niño", "vive un niño"),
        ("add to my case: it is very dark", "it is very dark"),
        ("please add this to my complaint: three are missing", "three are missing"),
        ("ajoute sa nan plent mwen an: li fè nwa anpil", "li fè nwa anpil"),
        ("Non, ajoute nan demann mwen: gen yon timoun", "gen yon timoun"),
    ],
)
def test_an_order_that_names_the_case_adds_to_it(release: Release, text: str, added: str) -> None:
    chat = _filed(release)
    assert NUMBER in chat.says(text)
    assert [added in case.text for case in chat.recorded(CaseExtended)] == [True]


@pytest.mark.parametrize(
    "text", ["¿puedo agregar algo a mi reclamo?", "quiero agregar algo a mi caso"]
)
def test_a_wish_to_add_asks_for_the_words(release: Release, text: str) -> None:
    chat = _filed(release)
    chat.says(text)
    assert not chat.recorded(CaseExtended)
    chat.says("faltan tres focos frente a la plaza")
    assert [case.number for case in chat.recorded(CaseExtended)] == [NUMBER]


@pytest.mark.parametrize(
    "text",
    [
        "buenas, ya arreglaron un foco pero faltan tres, mi caso es de la calle Brasil",
        "no, es por mi reclamo de los focos, faltan tres",
        "ya arreglaron un foco pero siguen apagados los demás",
        "arreglaron dos focos, falta el del frente",
        "mi solicitud es de la calle Brasil, ahora son cuatro",
        "los focos de calle Brasil siguen apagados y hay más",
    ],
)
def test_new_facts_of_its_matter_are_asked_about(release: Release, text: str) -> None:
    chat = _filed(release)
    assert NUMBER in chat.says(text)
    assert _asks_to_add(chat)
    assert not chat.recorded(CaseExtended)
    chat.says("sí")
    assert [case.text for case in chat.recorded(CaseExtended)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "arreglaron un foco, faltan tres frente al 845",
        "ahora también hay ratas",
        "dígales que ahora son cuatro",
        "diles que hay ratas ahora",
        "tell them there are rats too now",
        "nadie ha venido a arreglar",
    ],
)
def test_what_is_told_below_its_state_is_asked_about(release: Release, text: str) -> None:
    chat = _filed(release)
    assert NUMBER in chat.says(STATE)
    assert NUMBER in chat.says(text)
    assert _asks_to_add(chat)
    assert not chat.recorded(CaseExtended)


def test_it_is_told_in_creole(release: Release) -> None:
    chat = _filed(release, "hay basura en calle Balmaceda 3200 hace dos semanas, que la retiren")
    chat.says("kisa k rive ak plent mwen an")
    assert NUMBER in chat.says("Di yo ke gen rat tou kounye a")
    assert _asks_to_add(chat)
    chat.says("wi")
    assert [case.text for case in chat.recorded(CaseExtended)] == ["gen rat tou kounye a"]


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "hay un hoyo gigante en la calle balmaceda",
        "necesito renovar la licencia",
        "¿cómo reparan los focos apagados?",
        "me atendieron súper bien en tránsito, un 7",
        "quiero reclamar por otra cosa, la basura",
        "mi hijo tiene fiebre, dónde lo llevo",
        "gracias, muy amable",
        "quiero hablar con una persona",
        "dónde queda la biblioteca",
        "borre mis datos",
    ],
)
def test_another_matter_is_none_of_it(release: Release, text: str, *, shown: bool) -> None:
    chat = _filed(release)
    if shown:
        chat.says(STATE)
    chat.says(text)
    assert not _asks_to_add(chat)
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    "text",
    [
        "hola, todavía nadie me contesta lo de la multa",
        "nadie me ha llamado todavía",
        "llevo días esperando y no me responden",
        "no me han contestado mi solicitud",
        "sigo esperando una respuesta",
        "nobody has answered me yet",
        "I still haven't heard back",
        "pèsonn poko reponn mwen",
    ],
)
def test_who_was_not_answered_is_told_how_the_case_stands(release: Release, text: str) -> None:
    chat = Chat(release).in_spanish()
    chat.says("quiero hablar con una persona")
    chat.says("por una multa que me llegó y no es mía")
    chat.says("listo")
    chat.waits(days=3)
    assert NUMBER in chat.says(text)
    assert chat.offers(f"receipt:{NUMBER}")


def test_who_waits_for_another_area_is_told_of_none(release: Release) -> None:
    chat = _filed(release)
    assert NUMBER not in chat.says("nadie me contesta en el cesfam las compañías")


@pytest.mark.parametrize(
    "text",
    [
        "no quiero que nadie me llame",
        "solo quería saber qué guardan de mí, no quiero que nadie me llame",
        "bórreme eso de que me llamen, no quiero nada",
        "ya no quiero hablar con nadie",
        "que no me llamen, ya no necesito que me contacten",
        "I don't want anyone to call me",
        "mwen pa vle pèsonn rele m",
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_a_person_is_called_off_after_a_yes(release: Release, text: str, *, ended: bool) -> None:
    chat = Chat(release).in_spanish()
    chat.says("quiero hablar con una persona")
    chat.says("por una multa que me llegó y no es mía")
    if ended:
        chat.says("listo")
    chat.says(text)
    assert chat.offers(f"withdraw:{NUMBER}")
    assert len(chat.recorded(CaseExtended)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "mijita entonces ya está anotado cuándo me llaman punto",
        "y cuándo me llaman",
        "ya, y cuándo me responden",
        "kilè y ap reponn mwen",
        "when will they call me",
    ],
)
def test_a_question_of_the_answer_is_no_word_for_the_person(release: Release, text: str) -> None:
    chat = Chat(release).in_spanish()
    chat.says("quiero hablar con una persona")
    chat.says("es por la pensión de mi marido")
    assert NUMBER in chat.says(text)
    assert len(chat.recorded(CaseExtended)) == 1


@pytest.mark.parametrize("text", ["me cobran de más", "a él nadie le avisó que cuando me pagan"])
def test_what_tells_is_a_word_for_the_person(release: Release, text: str) -> None:
    chat = Chat(release).in_spanish()
    chat.says("quiero hablar con una persona")
    chat.says("es por la pensión de mi marido")
    chat.says(text)
    assert [case.text for case in chat.recorded(CaseExtended)][1:] == [text]


def test_who_wants_a_call_is_asked_for_the_number(release: Release) -> None:
    chat = Chat(release).in_spanish()
    chat.says("quiero hablar con una persona")
    assert "escriba también el teléfono" in chat.says("que me llamen al teléfono de mi hija Rosa")


@pytest.mark.parametrize(
    "text",
    [
        "no vino nadie",
        "no ha venido nadie, estoy aburrida",
        "todavía nada",
        "nada todavía con los focos, no vino nadie",
        "ya vinieron a ver pero lo dejaron igual",
        "vinieron pero no hicieron nada",
        "ya fueron y quedó mal hecho",
        "sigue todo igual",
        "no vienen nunca",
    ],
)
def test_that_nobody_came_may_be_added_below_how_it_stands(release: Release, text: str) -> None:
    chat = _filed(release)
    chat.says("listo")
    chat.waits(days=6)
    reply = chat.says(text)
    assert reply.startswith("Lamento la espera")
    assert _asks_to_add(chat)
    chat.says("sí, agréguelo")
    assert chat.recorded(CaseExtended)[-1].text == text


@pytest.mark.parametrize(
    "text", ["ya vinieron, gracias", "nada más", "nada, gracias", "todavía no pago el permiso"]
)
def test_what_is_no_word_of_waiting_is_not_added(release: Release, text: str) -> None:
    chat = _filed(release)
    chat.says("listo")
    chat.waits(days=6)
    chat.says(text)
    assert not _asks_to_add(chat)


PERSON = "quiero hablar con una persona por el permiso de circulación, que ya lo pagué"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("al final lo pagué, no me llamen ya", True),
        ("no me llamen más", True),
        ("no me llaman nunca", False),
    ],
)
def test_who_wants_no_call_is_asked_whether_it_ends(
    release: Release, text: str, *, ends: bool
) -> None:
    chat = Chat(release)
    chat.says(PERSON)
    chat.says("sí")
    chat.waits(days=2)
    chat.says(text)
    assert chat.offers(f"withdraw:{NUMBER}") is ends


def test_the_only_complaint_beside_a_person_is_taken_back_after_a_yes(release: Release) -> None:
    chat = _filed(release)
    chat.says(PERSON)
    chat.says("listo")
    chat.says("cómo retiro un reclamo")
    assert chat.offers(f"withdraw:{NUMBER}")
    assert NUMBER in chat.reply.text


@pytest.mark.parametrize(
    "told",
    [
        "hay que llenar un formulario para la beca y no me resulta",
        "postule a la beca y no se como voy",
        "quiero saber si me aceptaron la postulacion",
    ],
)
def test_what_is_told_first_to_a_person_is_no_question_of_the_new_case(release: Release, told: str):
    chat = played(release, "persona", told)
    assert "Lo agregué" in chat.reply.text


@pytest.mark.parametrize("asked", ["en que va lo mio", "como va mi solicitud"])
def test_how_the_new_case_stands_is_answered(release: Release, asked: str):
    assert "está en espera" in played(release, "persona", asked).reply.text


@pytest.mark.parametrize("said", ["ya lo arreglaron gracias", "gracias ya lo sacaron"])
def test_thanks_for_what_was_mended_offers_to_take_the_case_back(release: Release, said: str):
    chat = _filed(release)
    chat.says(said)
    assert chat.offers("withdraw") or "¿Retiro su solicitud" in chat.reply.text


def test_thanks_with_a_but_do_not_end_the_case(release: Release):
    chat = _filed(release)
    chat.says("gracias, vinieron pero no hicieron nada")
    assert "quedó ingresado" not in chat.reply.text


@pytest.fixture
def days_later(release: Release) -> Chat:
    """Who comes back four days after filing the only case."""
    chat = _filed(release)
    chat.says("listo")
    chat.waits(days=4)
    return chat


@pytest.mark.parametrize(
    "said",
    [
        *("ya los arreglaron", "ya vinieron y los cambiaron", "ya están arreglados, gracias"),
        "ya se solucionó",
    ],
)
def test_what_was_mended_offers_to_take_the_case_back(days_later: Chat, said: str):
    assert "¿Retiro su solicitud" in days_later.says(said)


@pytest.mark.parametrize(
    "said",
    [
        *("vinieron pero lo dejaron a medias", "los arreglaron mal", "quedó peor que antes"),
        *("cambiaron los focos pero se apagaron de nuevo", "vinieron y no hicieron nada"),
    ],
)
def test_what_was_mended_badly_may_be_added(days_later: Chat, said: str):
    assert NUMBER in days_later.says(said)
    assert days_later.labels[0] == "Agregarlo"


@pytest.mark.parametrize(
    "said",
    [
        *("por que no contestan", "ya paso el plazo y nada", "cuanto falta para que respondan"),
        *("quien esta a cargo de mi caso", "quién lleva mi reclamo"),
    ],
)
def test_who_waits_is_told_how_the_case_stands(days_later: Chat, said: str):
    assert f"{NUMBER} está en espera" in days_later.says(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("donde pago la patente? ya pasó el plazo", "patente"),
        ("la plaza quedó peor que antes", "plazas"),
    ],
)
def test_another_matter_is_none_of_the_case(days_later: Chat, said: str, told: str):
    answer = days_later.says(said)
    assert NUMBER not in answer
    assert told in answer
