"""Whether a card helped, in free words."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import at_card


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        ("uy no, gran ayuda la suya... no me aclaró nada de nada", "no"),
        ("no me quedo claro", "no"),
        ("excelente respuesta, no me ayudó en nada", "no"),
        ("wow super useful, doesn't answer anything", "no"),
        ("yeah nah", "no"),
        ("lo de los papeles sí, lo otro no me sirvió", "partly"),
    ],
)
def test_a_plain_denial_wins_over_praise_of_a_card(
    release: Release, text: str, helped: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == [helped]


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        ("lo de los papeles sí, lo de la plata no", "partly"),
        ("el horario no, lo del pago sí", "partly"),
        ("me ayudó montones, gracias", "yes"),
        ("con esto me las puedo arreglar solo", "yes"),
        ("no me quedan dudas", "yes"),
        ("primero no le entendí, después sí. gracias", "yes"),
        ("no podría ser más claro", "yes"),
        ("no sabía nada de esto, gracias por la info", "yes"),
        ("bakan", "yes"),
        ("😊", "yes"),
        ("más que suficiente", "yes"),
        ("no sabe cuánto me ayudó, gracias", "yes"),
        ("penca", "no"),
        ("la verdad que como siempre, mucha información y nada concreto", "no"),
        ("la pregunta era otra", "no"),
        ("😒", "no"),
        ("de bien poco me sirvió", "no"),
        ("muy bonito pero no sirve", "no"),
        ("me gustaría decir que sí, pero no", "no"),
        ("este bot no cacha nada", "no"),
        ("eso mismo sale en la página", "no"),
        ("estoy en las mismas", "no"),
        ("regular no más", "partly"),
        ("sí y no po", "partly"),
        ("poquito", "partly"),
        ("en parte", "partly"),
        ("kind of", "partly"),
        ("mwatye", "partly"),
        ("una parte sí, otra no", "partly"),
        ("todo claro excepto dónde queda", "partly"),
        ("entendí los papeles pero no el lugar", "partly"),
        ("no me quejo pero faltó", "partly"),
        ("fui y me resultó", "yes"),
        ("justo lo que buscaba mi niña", "yes"),
        ("le sirvió a mi hija que es la que maneja", "yes"),
        ("me lo entregaron al tiro", "yes"),
        ("chévere mano", "yes"),
        ("fui y no me resultó", "no"),
        ("fui y estaba cerrado", "no"),
        ("llamé y no contesta nadie", "no"),
        ("la página no carga", "no"),
        ("la dirección está mala", "no"),
        ("vale callampa", "no"),
        ("no, si estuvo impecable", "yes"),
        ("me sacó de la duda, un siete usted", "yes"),
        ("te ganaste un 7", "yes"),
        ("al robot le pongo un 2", "no"),
        ("cómo no me va a servir, si es justo lo que le pedí", "yes"),
        ("todo perfecto, no necesito nada más", "yes"),
        ("eso ya lo hice y no vino nadie", "no"),
        ("de qué me va a servir si nadie contesta", "no"),
        ("no, si sirve", "yes"),
        ("no está mal", "yes"),
        ("no me quejo, está bien", "yes"),
        ("sí pero eso no era", "no"),
        ("no, si eso ya lo sé", "no"),
        ("ya me habían dicho eso", "no"),
    ],
)
def test_an_answer_about_the_card_is_heard_in_other_words(
    release: Release, text: str, helped: str
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == [helped]


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        ("gracias, hoy mismo junto los documentos", []),
        ("obrigado, ajudou muito", ["yes"]),
        ("dio en el clavo", ["yes"]),
        ("zi grasias", ["yes"]),
        ("wi li ede m", ["yes"]),
        ("sí me sirvió, no me había quedado claro", ["yes"]),
        ("ni una ayuda", ["no"]),
        ("no saco nada con eso", ["no"]),
        ("no dio en el clavo", []),
        ("uy qué útil, gracias por nada", ["no"]),
        ("aún no lo tengo claro", []),
        ("eso es obvio, no ayuda", ["no"]),
        ("more or less", ["partly"]),
        ("una parte", ["partly"]),
        ("casi todo claro, falta un detalle", ["partly"]),
        ("más o menos, no sale dónde se paga", ["partly"]),
        ("medio medio", []),
        ("media luna", []),
        ("1200", []),
        ("la mía", []),
        ("bonito", []),
        ("sí, aunque me dio pena acordarme del viejo", ["yes"]),
        ("sí, pero que robo oiga", []),
        ("sí pero qué caro", []),
        ("sí, aunque ando corta de plata", []),
        ("sí, pero falta el horario", ["partly"]),
        ("sí, y necesito la dirección", ["yes"]),
        ("sí, clarito, pero por dónde se postula", []),
        ("no, yo digo para mi sobrino que es haitiano", []),
        ("no me quedó claro el segundo paso", []),
        ("me perdí en el paso dos", []),
    ],
)
def test_an_answer_about_the_card_is_noted_only_where_it_is_plain(
    release: Release, text: str, helped: list[str]
) -> None:
    chat = at_card(release)
    chat.says(text)
    assert [one.value for one in chat.recorded(AnswerGiven)] == helped


PROPOSED = {
    "yes": ("¿Anoto que le sirvió?", ["Sí me sirvió", "Más o menos", "No me sirvió"]),
    "partly": ("¿Anoto que le sirvió en parte?", ["Más o menos", "Sí me sirvió", "No me sirvió"]),
    "no": ("¿Anoto que no le sirvió?", ["No me sirvió", "Sí me sirvió", "Más o menos"]),
}


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        *(("media luna", "partly"), ("medio medio", "partly"), ("sí y no jaja", "partly")),
        *(("sí, pero que robo oiga", "yes"), ("igual sí", "yes")),
        ("ya lo había leído en la página, no me dijo nada nuevo", "no"),
        ("buenísimo, otro trámite para hacer otro trámite 😒", "no"),
    ],
)
def test_what_may_answer_is_proposed_with_the_other_answers_beside_it(
    release: Release, text: str, likeliest: str
) -> None:
    chat = at_card(release)
    question, labels = PROPOSED[likeliest]
    assert chat.says(text) == question
    assert chat.labels == labels
    assert not chat.recorded(AnswerGiven)
    chat.presses("Más o menos")
    assert [one.value for one in chat.recorded(AnswerGiven)] == ["partly"]


@pytest.mark.parametrize(
    ("proposed", "reply", "noted"),
    [
        ("ya lo había leído en la página, no me dijo nada nuevo", "sí", ["no"]),
        ("ya lo había leído en la página, no me dijo nada nuevo", "sí po, anótelo", ["no"]),
        ("ya lo había leído en la página, no me dijo nada nuevo", "no", []),
        ("ya lo había leído en la página, no me dijo nada nuevo", "no, sí me sirvió", ["yes"]),
        ("ya lo había leído en la página, no me dijo nada nuevo", "3", ["partly"]),
        ("media luna", "sí", ["partly"]),
        ("igual sí", "sí", ["yes"]),
        ("igual sí", "no", ["no"]),
    ],
)
def test_a_yes_to_a_proposed_answer_notes_that_one(
    release: Release, proposed: str, reply: str, noted: list[str]
) -> None:
    chat = at_card(release)
    chat.says(proposed)
    chat.says(reply)
    assert [one.value for one in chat.recorded(AnswerGiven)] == noted


@pytest.mark.parametrize(
    ("answer", "text", "changed"),
    [
        ("no", "ah, ya entendí todo", "yes"),
        ("no", "espere, apreté mal, sí me sirvió", "yes"),
        ("sí", "no, perdón, no me sirvió", "no"),
    ],
)
def test_a_second_message_takes_the_answer_back(
    release: Release, answer: str, text: str, changed: str
) -> None:
    chat = at_card(release)
    chat.says(answer)
    chat.says(text)
    first, last = chat.recorded(AnswerGiven)
    assert (last.response, last.value) == (first.response, changed)


def test_that_the_problem_is_as_it_was_leads_to_a_complaint(release: Release) -> None:
    chat = at_card(release)
    assert "reclamo" in chat.says("sigo con el mismo problema")
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("answer", "text", "changed"),
    [
        ("sí", "bueno no tanto", True),
        ("sí", "a medias no más", True),
        ("sí", "la verdad no me sirvió", True),
        ("no", "me quedó clarito, gracias", True),
        ("sí", "no gracias", False),
        ("sí", "nada más", False),
        ("sí", "sí, ya no me acuerdo cuántos años eran", False),
    ],
)
def test_second_thoughts_change_the_answer_with_one_tap(
    release: Release, answer: str, text: str, *, changed: bool
) -> None:
    chat = at_card(release)
    chat.says(answer)
    chat.says(text)
    assert ("Más o menos" in chat.labels) is changed
    if changed:
        chat.presses("Más o menos")
        first, last = chat.recorded(AnswerGiven)
        assert (last.response, last.value) == (first.response, "partly")


@pytest.mark.parametrize("text", ["chao", "ya chao", "nos vemos", "bye"])
def test_a_goodbye_is_no_answer_and_asks_nothing_more(release: Release, text: str) -> None:
    chat = at_card(release)
    assert chat.says(text) == "Que le vaya bien. Aquí estaré si necesita algo más."
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        *("depende", "veremos", "la verdad no sé si me sirve", "no sé", "no sabría decirle"),
        *("todavía no lo tengo muy claro", "i don't know"),
    ],
)
def test_what_is_not_known_yet_is_no_answer(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        *("no se ve bien la imagen", "no carga bien la página"),
        *("le diría que sí si alguien me contestara", "me serviría si tuviera auto"),
        *("ojalá me sirviera", "me habría servido si lo hubiera sabido antes"),
        *("sería útil si hablara más claro", "it would help if I had a car"),
    ],
)
def test_praise_that_is_denied_or_only_supposed_is_no_yes(release: Release, text: str) -> None:
    chat = at_card(release)
    chat.says(text)
    assert "yes" not in [one.value for one in chat.recorded(AnswerGiven)]


@pytest.mark.parametrize(
    "text",
    [
        "No, eso fue el lunes. yo quiero reclamar por los focos apagados",
        "no, fue hace días, quiero reclamar por los focos",
        "no, fue el martes. quiero poner un reclamo por la luz",
    ],
)
def test_what_answers_whether_somebody_is_in_danger_is_nothing_of_the_card(
    release: Release, text: str
) -> None:
    chat = Chat(release).in_spanish()
    chat.says("luminaria apagada")
    chat.says("llevamos una semana a oscuras y asaltaron a una vecina")
    assert chat.state.danger
    chat.says(text)
    assert not chat.recorded(AnswerGiven)
    assert chat.state.filing is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sí me sirvió, pero a qué hora atienden", "yes"),
        ("si me ayudo, pero cuanto vale", "yes"),
        ("sí, pero a qué hora atienden", None),
    ],
)
def test_who_says_that_it_helped_and_asks_more_said_yes(
    release: Release, text: str, value: str | None
) -> None:
    chat = Chat(release)
    chat.says("permiso de circulacion")
    chat.says(text)
    given = [fact.value for fact in chat.recorded(AnswerGiven)]
    assert given == ([value] if value is not None else [])
