"""Praise and blame without a grade, of people told by what they do; the whole municipality."""

from __future__ import annotations

import pytest

from handlers.release import Release
from handlers.understanding.free_words.rating import wish_to_rate
from handlers.understanding.grades.judged import experience
from handlers.understanding.grades.unprompted import unprompted_grade
from handlers.understanding.intents.rating import NameUnsureArea, RateWithGrade, TellExperience
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("la señora que hace las fichas es un amor", "social"),
        ("los que retiran los escombros son unos frescos, nunca vinieron", "aseo"),
        ("los q arreglan los focos vinieron al otro día, excelente", "operaciones"),
        ("donde uno paga el permiso son puros pesados", "transito"),
        ("la niña que atiende en la biblioteca es un encanto", "cultura"),
        ("los del cementerio son súper amables", "cementerios"),
        ("pésimo el servicio de los que cortan el pasto", "aseo"),
        ("me atendieron como las berenjenas en la oficina de vivienda", "vivienda"),
        ("moun ki bay vaksen yo trete m mal", "salud"),
        ("pésima la biblioteca municipal, tres horas para un libro", "cultura"),
        ("la omil bacán, me ayudaron con el currículum", "empleo"),
        ("una porquería de atención en las patentes de alcoholes", "patentes"),
    ],
)
def test_those_who_are_told_by_what_they_do_are_judged(
    release: Release, text: str, area: str
) -> None:
    assert experience(context(at(release, "new"), text)) == TellExperience(area, text)


@pytest.mark.parametrize(
    "text",
    [
        "los que viven al lado meten bulla toda la noche",
        "los que estacionan en la vereda son unos frescos",
        "la señora de la esquina bota basura",
        "los de la basura no han pasado",
        "donde se paga el permiso",
        "¿quién es la señora que hace las fichas?",
    ],
)
def test_neighbours_and_questions_are_no_visit(release: Release, text: str) -> None:
    assert experience(context(at(release, "new"), text)) is None


def test_where_several_may_be_meant_the_words_wait_with_the_question(release: Release) -> None:
    chat = Chat(release).in_spanish()
    text = "the people who fix the trees on the street were so rude"
    assert "¿A cuál se refiere?" in chat.says(text)
    chat.presses("Aseo y Áreas Verdes")
    assert chat.state.progress is not None
    assert chat.state.progress.words == text


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("fui ayer a hacer la ficha y me tuvieron 3 horas parada, quiero poner nota", {"social"}),
        (
            "fui a aseo y también al cementerio, quiero a los dos evaluarlos",
            {"aseo", "cementerios"},
        ),
        ("quiero evaluar tránsito y obras, los dos", {"transito", "obras"}),
        ("quiero evaluar la atención del consultorio de Las Compañías", {"salud"}),
        ("quiero poner nota a la oficina donde ayudan a buscar pega", {"empleo"}),
        ("I want to rate the tourist information office at the beach", {"turismo"}),
        ("how do I give a score to the place that gives maps to visitors?", {"turismo"}),
    ],
)
def test_a_wish_with_a_story_or_two_offices_offers_them(
    release: Release, text: str, areas: set[str]
) -> None:
    meant = wish_to_rate(context(at(release, "new"), text))
    assert isinstance(meant, NameUnsureArea)
    assert set(meant.areas) == areas
    assert unprompted_grade(context(at(release, "new"), text)) is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("un 7 para la municipalidad entera", 7),
        ("un 1 para todo el municipio, se pasaron", 1),
        ("le pongo un 2 al alcalde", 2),
    ],
)
def test_a_grade_for_the_whole_municipality_is_asked_about(
    release: Release, text: str, grade: int
) -> None:
    chat = Chat(release)
    said = chat.says(text)
    assert "no la Municipalidad entera" in said
    assert f"Tengo su nota {grade}" in said


def test_a_named_area_of_the_municipality_is_no_whole(release: Release) -> None:
    meant = unprompted_grade(context(at(release, "new"), "un 7 a tránsito de la municipalidad"))
    assert meant == RateWithGrade("transito", 7, "", pending=False)


@pytest.mark.parametrize(
    ("text", "alarmed"),
    [
        ("los salvavidas un 7 grande, sacaron a mi hijo del agua el domingo", False),
        ("un siete para los salvavidas, salvaron a mi sobrina que se estaba ahogando", False),
        ("sacaron a mi hijo del agua y no respira", True),
        ("sacaron a mi hijo del agua", True),
    ],
)
def test_who_saved_somebody_is_praised_and_nobody_in_danger(
    release: Release, text: str, *, alarmed: bool
) -> None:
    chat = Chat(release)
    assert chat.says(text).startswith("Emergencia") is alarmed
    assert (chat.state.proposal is not None) is not alarmed


def test_praise_that_says_nothing_yet_is_asked_for(release: Release) -> None:
    chat = Chat(release)
    assert "a quién felicita y por qué" in chat.says("Felicitar a una oficina")
