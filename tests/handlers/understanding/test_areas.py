"""The area that words are about."""

from __future__ import annotations

import pytest

from handlers.content.model import Area
from handlers.facts.cases import CaseOpened
from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from handlers.understanding.areas import (
    area_named,
    area_of_experience,
    area_of_words,
    areas_probable,
)
from handlers.understanding.intents.rating import CorrectArea, NameUnsureArea
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context, understood
from tests.packaged import packaged

GIVEN = {"en": "a 6 for the {}", "ht": "yon 6 pou {}", "fr": "un 6 pour {}", "es": "un 6 para {}"}
CALLED = [
    (area, language, phrase)
    for area in packaged().content.areas
    for language, phrases in area.called.items()
    for phrase in phrases
]


def spoken(phrase: str) -> str:
    """A phrase of the content as somebody says it: the first of its words, and every other one."""
    words = [part.removesuffix("?").split("|")[0].removesuffix("*") for part in phrase.split()]
    return " ".join(word for word in words if word not in ("=", "...", ""))


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Tránsito", "transito"),
        ("la oficina de tránsito, creo", "transito"),
        ("tesoreria", "finanzas"),
        ("licencia de conducir", "transito"),
        ("qwerty", ""),
        ("la muni", ""),
        ("", ""),
    ],
)
def test_an_area_is_known_by_what_people_call_it(release: Release, text: str, area: str) -> None:
    assert area_named(context(at(release, "menu"), text), text) == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("me atendieron super mal", ""),
        ("me atendieron super mal en el cesfam", "salud"),
        ("fui a sacar la licencia y me atendieron super bien", "transito"),
    ],
)
def test_how_a_visit_was_names_no_office(release: Release, text: str, area: str) -> None:
    assert area_of_experience(context(at(release, "menu"), text)) == area


@pytest.mark.parametrize(
    ("situation", "text", "area"),
    [
        ("menu", "la licencia de conducir", "transito"),
        ("card", "qwerty", "transito"),  # the card last shown
        ("menu", "qwerty", ""),
    ],
)
def test_the_area_of_words(release: Release, situation: str, text: str, area: str) -> None:
    assert area_of_words(context(at(release, situation), text)) == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("no era en tránsito, era en obras", "obras"),
        ("era en Aseo", "aseo"),
        ("no, fui a la biblioteca", "cultura"),
    ],
)
def test_an_area_is_put_right_where_it_is_named_as_a_place(
    release: Release, text: str, area: str
) -> None:
    assert understood(at(release, "grade"), text)[0] == CorrectArea(area)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no, esa no. yo digo los de la basura", NameUnsureArea(("aseo",))),
        ("me equivoqué, quería los de la luz", NameUnsureArea(("operaciones",))),
        ("nooo, era la otra, los del consultorio", NameUnsureArea(("salud",))),
        ("esa no, donde dan las becas", NameUnsureArea(("social",))),
        ("esa no, la otra", CorrectArea("")),
        ("no, a esa no, a los del registro civil", CorrectArea("")),
        ("no ese no", CorrectArea("")),
    ],
)
def test_instead_of_the_area_just_chosen_the_one_described_is_proposed_or_all_are_listed(
    release: Release, text: str, meant: CorrectArea | NameUnsureArea
) -> None:
    assert understood(at(release, "grade"), text)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        *("no, los de la basura no pasan nunca", "no, quiero hablar con una persona"),
        *("ay perdón", "no, mejor otro día", "eso no, gracias", "no, estaba ocupado"),
        "5 estuve como 2 horas ahi y eran 3 personas no mas atendiendo",
        "no era mucho, eran 3 personas no más atendiendo",
        "era obra de caridad la atención, no era un favor",
        "fue como cementerio de tanta espera, un 2",
    ],
)
def test_a_common_word_or_a_grade_beside_it_puts_no_area_right(release: Release, text: str) -> None:
    meant = understood(at(release, "grade"), text)
    assert not any(isinstance(one, CorrectArea | NameUnsureArea) for one in meant)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("quiero evaluar la biblioteca, no tránsito", "Biblioteca"),
        ("quiero calificar la biblioteca, no el cementerio", "Biblioteca"),
        ("no quiero evaluar tránsito sino la biblioteca", "Biblioteca"),
        ("quiero evaluar aseo, no tránsito", "Aseo y Áreas Verdes"),
    ],
)
def test_an_area_that_is_not_meant_is_not_rated(release: Release, text: str, named: str) -> None:
    reply = Chat(release).says(text)
    assert "última atención en Tránsito" not in reply
    assert (f"{named}. ¿Qué nota" in reply) is bool(named)


def test_every_area_is_called_something_in_english_and_creole() -> None:
    assert [area.id for area in packaged().content.areas if {"en", "ht"} - set(area.called)] == []


@pytest.mark.parametrize(("area", "language", "phrase"), CALLED)
def test_what_an_area_is_called_means_that_area(area: Area, language: str, phrase: str) -> None:
    alone = phrase.startswith("=")
    text = spoken(phrase) if alone else GIVEN[language].format(spoken(phrase))
    assert area.id in packaged().area_names.called(text)


@pytest.mark.parametrize(("area", "language", "phrase"), CALLED)
def test_no_grade_is_noted_for_another_area_than_the_one_that_is_called_so(
    area: Area, language: str, phrase: str
) -> None:
    chat = Chat(packaged())
    chat.says(GIVEN[language].format(spoken(phrase)))
    noted = {fact.subject.area for fact in chat.facts if isinstance(fact, AnswerGiven)}
    assert noted <= {area.id}


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("a 1 for the people who fix the street lights", "operaciones"),
        ("give a 7 to the women at the desk", "mujer"),
        ("6, traffic was terrible getting here", "transito"),
        ("the trash people deserve a 2", "aseo"),
        ("mwen vle bay sant sante a yon 6", "salud"),
        ("yon 2 pou moun ki ranje limye nan lari a", "operaciones"),
        ("un 7 para el ambulatorio", "salud"),
    ],
)
def test_an_area_that_is_only_described_is_asked_before_its_grade_is_noted(
    chat: Chat, text: str, area: str
) -> None:
    chat.says(text)
    assert not any(isinstance(fact, AnswerGiven) for fact in chat.facts)
    assert chat.state.proposal is not None
    assert chat.state.proposal.area == area


def test_words_that_describe_two_areas_mean_both(release: Release) -> None:
    text = "rubbish simitye"
    assert areas_probable(context(at(release, "menu"), text), text) == ("aseo", "cementerios")


@pytest.mark.parametrize(
    ("told", "area"),
    [
        ("quiero reclamar por la basura en calle brasil 30, ayer", "aseo"),
        ("reclamo por los ladridos de los perros de noche en calle brasil 30", "medio-ambiente"),
        ("hay un hoyo en calle brasil 30", "operaciones"),
        ("reclamo por la demora en tránsito, prat 300", "transito"),
    ],
)
def test_an_address_names_no_area_of_a_complaint(chat: Chat, told: str, area: str) -> None:
    chat.says("hola")
    chat.complains(told)
    assert [case.area for case in chat.recorded(CaseOpened)] == [area]


def test_the_area_that_was_told_before_receives_the_complaint(chat: Chat) -> None:
    chat.says("Estoy furioso con ustedes, llevo tres horas esperando en tránsito")
    chat.says("quiero reclamar por la espera")
    assert chat.state.filing is not None
    assert chat.state.filing.area == "transito"


@pytest.mark.parametrize(
    ("before", "said", "answer"),
    [
        ("no hay agua", "en mi casa", "Aguas del Valle"),
        ("hola", "es que no me responde, donde queda obras", "Obras"),
        ("hola", "la compañía es CGE", "CGE"),
        ("quiero reclamar", "no, no quiero reclamar con ustedes, pregunto donde", "cancelé"),
        ("hola", "quiero que borren todo lo que les dije", "¿Borro sus datos?"),
    ],
)
def test_what_is_said_beside_hides_nothing(chat: Chat, before: str, said: str, answer: str) -> None:
    chat.says(before)
    assert answer in chat.says(said)
