"""Wishes to rate that are said politely, and what only sounds like one."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from handlers.understanding.free_words.rating import wish_to_rate
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import NameUnsureArea, Rate
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context


@pytest.mark.parametrize(
    ("text", "area"),
    [
        (
            "se puede evaluar la oficina del adulto mayor? quiero dejarles mi nota",
            "personas-mayores",
        ),
        ("asisto a la oficina del adulto mayor y quisiera calificar su labor", "personas-mayores"),
        ("una notita pa las niñas de la oficina de la mujer, por acá se deja?", "mujer"),
        ("me gustaría poder calificar a tránsito", "transito"),
        ("is it possible to rate the library?", "cultura"),
        ("disculpe, por acá uno puede calificar a la biblioteca?", "cultura"),
        ("¿por este chat se les puede poner nota a los de tránsito?", "transito"),
        ("vengo de renovar el carnet de manejar y quisiera calificar la atención", "transito"),
        ("deseo opinar de cómo me atendieron cuando llevé a mi perro a vacunar", "mascotas"),
    ],
)
def test_a_polite_wish_to_rate_finds_its_office(release: Release, text: str, area: str) -> None:
    meant = wish_to_rate(context(at(release, "new"), text))
    assert isinstance(meant, Rate | NameUnsureArea)
    found = (meant.subject.area,) if isinstance(meant, Rate) else meant.areas
    assert found == (area,)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no quiero evaluar a nadie", Act.DECLINE_RATING),
        ("no me interesa calificar", Act.DECLINE_RATING),
        ("puedo calificar para el subsidio", None),
        ("cómo califico para la beca", None),
    ],
)
def test_a_refusal_and_a_benefit_are_no_wish_to_rate(
    release: Release, text: str, meant: Act | None
) -> None:
    assert wish_to_rate(context(at(release, "new"), text)) is meant


@pytest.mark.parametrize(
    "text",
    [
        "Señorita buenas, ¿por acá le puedo dar puntaje a la oficina de partes?",
        "hola, por este chat les puedo dar estrellas a la oficina de partes",
    ],
)
def test_a_polite_wish_behind_a_greeting_offers_the_office(release: Release, text: str) -> None:
    meant = wish_to_rate(context(at(release, "new"), text))
    assert isinstance(meant, NameUnsureArea)
    assert "secretaria" in meant.areas


@pytest.mark.parametrize(
    ("text", "grade", "area"),
    [
        ("un 1 a la posta", 1, "salud"),
        ("5 a la delegación de Las Compañías", 5, "delegaciones"),
        ("el camión de la basura un 6", 6, "aseo"),
        ("los inspectores un 2", 2, "seguridad"),
        ("Cementerio municipal = 5", 5, "cementerios"),
        ("dideco 4", 4, "social"),
        ("mi 6 va para el adulto mayor", 6, "personas-mayores"),
        ("antes el cesfam era un 6 ahora un 3", 3, "salud"),
        ("un 2 a las juntas de vecinos", 2, "organizaciones"),
    ],
)
def test_a_grade_for_whom_words_describe_is_proposed(
    release: Release, text: str, grade: int, area: str
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.proposal is not None
    assert (chat.state.proposal.grade, chat.state.proposal.area) == (grade, area)
    assert not chat.answers()


def test_a_grade_for_others_than_the_card_is_of_offers_both(release: Release) -> None:
    chat = Chat(release)
    chat.says("permiso de circulación")
    chat.says("un 1 a la posta")
    assert {"rate:salud", "rate:transito"} <= {option.key for option in chat.reply.options}
    chat.presses("Salud y CESFAM")
    assert chat.record()["grade"] == "1"
    assert chat.recorded(AnswerGiven)[-1].subject.area == "salud"


@pytest.mark.parametrize(
    "text", ["¿5 a 10 minutos se demoran?", "quiero comprar un 2", "necesito hora para el 5"]
)
def test_a_number_beside_a_preposition_is_no_grade(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert chat.state.draft is None


def test_a_wish_to_leave_a_grade_names_no_office(release: Release) -> None:
    chat = Chat(release)
    assert "Tengo su nota 5" in chat.says("vengo a dejar mi nota: 5")
    assert chat.state.proposal is None


def test_two_grades_at_once_are_asked_for_one(release: Release) -> None:
    chat = Chat(release)
    text = chat.says("un 7 para la señora y un 1 para el guardia")
    assert "¿Qué área le atendió?" in text
    assert not chat.answers()


@pytest.mark.parametrize("words", ["todo bien", ""])
def test_a_grade_for_another_office_leaves_the_one_before(release: Release, words: str) -> None:
    chat = Chat(release)
    for said in ("quiero poner nota", "tránsito", "6", words):
        if said:
            chat.says(said)
    assert "¿Le pongo un 2 a Salud y CESFAM?" in chat.says("y al cesfam un 2")
    chat.says("sí")
    given = {fact.subject.area: fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade}
    assert given == {"transito": 6, "salud": 2}


@pytest.mark.parametrize("text", ["un 1 al hospital", "un 3 a los carabineros"])
def test_a_grade_for_somebody_elses_office_is_told_whose_that_is(
    release: Release, text: str
) -> None:
    chat = Chat(release)
    assert "no depende de la Municipalidad" in chat.says(text)
    assert not chat.answers()


@pytest.mark.parametrize(
    "text",
    ["un cinco para todos los funcionarios", "un 3 a la fila", "un 7 a los que me atendieron"],
)
def test_what_any_office_has_names_none(release: Release, text: str) -> None:
    chat = Chat(release)
    assert "la anoto cuando sepa de qué oficina es" in chat.says(text)
    assert chat.state.proposal is None
