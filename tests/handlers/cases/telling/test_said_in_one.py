"""Two things said of a case in one message, orders about its text, and what is meant instead."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.facts.lookups import LookupMade
from handlers.release import Release
from tests.handlers.played import played

LAMP = "quiero reclamar por un poste apagado en balmaceda 1200 desde el viernes"
DOGS = "quiero reclamar porque los perros rompieron la basura ayer en nicaragua 300, que pasen"
HOLE = "hay un hoyo enorme en la calle balmaceda con amunategui"


@pytest.mark.parametrize(
    ("said", "card", "told"),
    [
        (
            "hola, el poste de brasil 300 lleva apagado una semana quiero reclamar y de paso "
            "cuanto sale la licencia de conducir",
            "licencia-primera",
            ("hola, el poste de brasil 300 lleva apagado una semana quiero reclamar",),
        ),
        (
            "¿donde renuevo la licencia? y quiero dejar un reclamo por un hoyo en brasil 300",
            "licencia-renovacion",
            ("quiero dejar un reclamo por un hoyo en brasil 300",),
        ),
        ("quiero poner un reclamo y también saber cómo se castra mi perrita", "esterilizacion", ()),
    ],
)
def test_a_complaint_and_a_question_are_both_served(
    release: Release, said: str, card: str, told: tuple[str, ...]
) -> None:
    chat = played(release, said)
    assert [found.card for found in chat.recorded(LookupMade)] == [card]
    assert chat.state.filing is not None
    assert chat.state.filing.words == told


@pytest.mark.parametrize(
    "said", ["¿hasta cuándo va a estar ese hoyo? quiero reclamar", "quiero reclamar y que lo tapen"]
)
def test_what_is_of_the_complaint_is_no_question_beside_it(release: Release, said: str) -> None:
    chat = played(release, said)
    assert not chat.recorded(LookupMade)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("sí, ingréselo. cuánto se demoran?", "20 días hábiles desde que"),
        ("dele nomas y digame cuanto se demora", "20 días hábiles desde que"),
        ("mandelo. gracias. ah, y cual es el numero de seguridad ciudadana?", "1457"),
    ],
)
def test_a_yes_files_the_case_and_what_is_asked_behind_it_is_answered(
    release: Release, said: str, answered: str
) -> None:
    chat = played(release, LAMP, said)
    assert [case.text for case in chat.recorded(CaseOpened)] == [LAMP]
    assert answered in chat.reply.text


@pytest.mark.parametrize(
    "order",
    [
        *("ya, ahora si mandelo", "si, haga el reclamo", "ya ingresa la wea", "si mijita envielo"),
        *("ingrese el reclamo nomas", "ya, ingréselo nomás señorita", "dele"),
    ],
)
def test_an_order_to_file_is_no_word_of_the_case(release: Release, order: str) -> None:
    chat = played(release, LAMP, order)
    assert [case.text for case in chat.recorded(CaseOpened)] == [LAMP]


def test_what_is_left_unanswered_is_named_when_the_case_is_filed(release: Release) -> None:
    chat = played(release, LAMP, "no era así la cosa del poste, mejor otra")
    asked = chat.state.filing is not None and chat.state.filing.doubtful
    assert asked
    assert "No agregué «no era así" in chat.says("sí, mándelo")


@pytest.mark.parametrize(
    ("said", "area", "words"),
    [
        ("no es de mascotas, es de la basura", "aseo", (DOGS,)),
        ("es de aseo, no de mascotas", "aseo", (DOGS,)),
        ("no espere, mejor a seguridad ciudadana", "seguridad", (DOGS,)),
    ],
)
def test_what_a_case_is_about_is_put_right_by_a_contrast(
    release: Release, said: str, area: str, words: tuple[str, ...]
) -> None:
    chat = played(release, DOGS, said)
    assert chat.state.filing is not None
    assert (chat.state.filing.area, chat.state.filing.words) == (area, words)


def test_a_day_put_right_changes_no_area(release: Release) -> None:
    chat = played(release, DOGS)
    before = chat.state.filing
    chat.says("no es de ayer, es de anteayer")
    assert before is not None
    assert chat.state.filing is not None
    assert chat.state.filing.area == before.area


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ((HOLE, "ya pues, hago el reclamo entonces"), HOLE),
        ((HOLE, "hagamos el reclamo"), HOLE),
        (("perros sueltos en el parque coll", "era el parque pedro de valdivia, no el coll"),
         "perros sueltos en el parque pedro de valdivia"),
        (("la luz de mi calle no prende", "no se como se llama, es atras de la capilla"),
         "la luz de mi calle no prende\nno se como se llama, es atras de la capilla"),
    ],
)  # fmt: skip
def test_what_was_reported_need_not_be_told_again(
    release: Release, turns: tuple[str, ...], told: str
) -> None:
    chat = played(release, *turns)
    assert chat.state.filing is not None
    assert "\n".join(chat.state.filing.words) == told


@pytest.mark.parametrize(
    ("said", "area", "text"),
    [
        (
            "Quiero hablar con una persona porque me cobraron dos veces el permiso de circulación",
            "transito",
            "Quiero hablar con una persona porque me cobraron dos veces el permiso de circulación",
        ),
        ("quiero hablar con alguien", "operaciones", f"{HOLE}\nquiero hablar con alguien"),
    ],
)
def test_a_person_is_told_of_another_matter_alone(
    release: Release, said: str, area: str, text: str
) -> None:
    chat = played(release, HOLE, said)
    assert [(case.area, case.text) for case in chat.recorded(CaseOpened)] == [(area, text)]


@pytest.mark.parametrize(
    ("said", "answered", "added"),
    [
        ("listo. y cuánto se demoran?", "15 de diciembre de 2026", 0),
        ("y cuánto se demoran? porque me vence la cuota", "15 de diciembre de 2026", 0),
        ("ah y saqué una foto, le sirve? pero no sé cómo mandarla. listo", "3 fotos o PDF", 0),
        ("gracias. ah y póngale nota 2 a obras", "¿Le pongo un 2 a Dirección de Obras", 0),
        ("cómo va mi caso", "en espera", 0),
        ("me refiero a la licencia, no al reclamo", "licencia", 0),
        ("ah y también hay vidrios", "Lo agregué", 1),
    ],
)
def test_what_is_said_right_after_filing_has_its_own_answer(
    release: Release, said: str, answered: str, added: int
) -> None:
    chat = played(release, LAMP, "1", said)
    assert answered in chat.reply.text
    assert len(chat.recorded(CaseExtended)) == added


def test_a_yes_to_a_correction_is_taken_and_its_question_answered(release: Release) -> None:
    chat = played(release, LAMP, "1", "no era el 1200, era el 1500")
    assert "en espera" in chat.says("si, y cuando lo arreglan")
    added = [more.text for more in chat.recorded(CaseExtended)]
    assert added == ["Corrección: no era el 1200, era el 1500"]


def test_what_was_only_answered_is_added_when_that_is_ordered(release: Release) -> None:
    chat = played(release, LAMP, "1", "listo", "me cobraron dos veces la licencia")
    chat.says("no, agréguelo a mi caso")
    added = [more.text for more in chat.recorded(CaseExtended)]
    assert added == ["me cobraron dos veces la licencia"]


def test_what_is_told_at_length_to_a_person_is_no_question_of_state(release: Release) -> None:
    chat = played(release, "donde se pagan los derechos de aseo", "PERSONA")
    told = "Que soy pensionado y quiero saber si me pueden eximir de la basura. Es el 51 2345678"
    chat.says(told)
    assert [more.text for more in chat.recorded(CaseExtended)] == [told]
