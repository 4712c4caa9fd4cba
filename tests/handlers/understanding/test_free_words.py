"""Free words: those that a prompt awaits, and what nothing asked for."""

from __future__ import annotations

import pytest

from handlers.facts.responses import Subject
from handlers.release import Release
from handlers.understanding.free_words import awaited, lookup, rating
from handlers.understanding.grades import judged
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import Rate, TellExperience
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.said import Said
from tests.handlers.chat import Chat
from tests.handlers.played import played
from tests.handlers.understanding.situations import at, context


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("menu", "???", Act.SEND_NO_WORDS),
        ("menu", "👍", Act.SEND_NO_WORDS),
        ("comment", "👍", None),
        ("comment", "   ", Act.SEND_NO_WORDS),
        ("comment", "...", Act.SEND_NO_WORDS),
        ("comment", " ¿? …!", Act.SEND_NO_WORDS),
        ("case", "👍", None),
        ("menu", "hola", None),
    ],
)
def test_words_are_asked_for_where_signs_mean_nothing(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert awaited.no_words(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("pésima la atención", "muy buena la atención", "pésimo servicio", "terrible service"),
        *("me trataron como el hoyo", "la señora del mesón fue súper pesada", "bien malo todo"),
    ],
)
def test_praise_or_blame_of_no_area_is_kept_and_the_area_asked_for(
    release: Release, text: str
) -> None:
    chat = Chat(release)
    assert "¿Qué área le atendió?" in chat.says(text)


@pytest.mark.parametrize(
    "text",
    [
        *("la basura está asquerosa", "¿es buena la atención?", "como el hoyo de mi calle"),
        *("poste malo", "las veredas pésimas", "pagué por internet y me descontaron dos veces"),
    ],
)
def test_words_about_a_service_or_a_question_are_no_experience(release: Release, text: str) -> None:
    assert judged.experience(context(at(release, "menu"), text)) is None


@pytest.mark.parametrize("text", ["gracias por nada", "gracias por hacerme perder la mañana"])
def test_thanks_that_mock_are_no_courtesy(release: Release, text: str) -> None:
    assert "Siento la molestia" in Chat(release).says(text)


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("rated", "y muy rápidos", AddWords("y muy rápidos")),
        ("rated", "no", Act.FINISH),
        ("rated", "sí", Act.OFFER_WORDS),
        ("case", "no", Act.FINISH),
        ("menu", "y muy rápidos", None),
    ],
)
def test_words_after_a_rating_are_added_or_end_it(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert awaited.added_words(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("quiero hablar con una persona", True),
        ("me puede comunicar con alguien", True),
        ("contactarme directamente con un funcionario", True),
        ("necesito conversar con un ser humano", True),
        ("can I talk to a human", True),
        ("speak with someone please", True),
        ("quiero hablar con la directora de obras", False),
        ("una persona me atendió", False),
    ],
)
def test_a_wish_for_a_person(release: Release, text: str, wanted: bool) -> None:
    meant = awaited.wish_for_person(context(at(release, "menu"), text))
    assert meant == (AskForPerson(text) if wanted else None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("calificar", Act.CHOOSE_AREA),
        ("quiero poner una nota", Act.CHOOSE_AREA),
        ("poner nota", Act.CHOOSE_AREA),
        ("quiero calificar la atención de Tránsito", Rate(Subject(area="transito"), "menu")),
        ("dejarle una evaluación a deportes", Rate(Subject(area="deportes"), "menu")),
        ("evaluar mi visita a la luna", Act.CHOOSE_AREA),
        ("no quiero calificar", Act.DECLINE_RATING),
        ("nota", Act.CHOOSE_AREA),
        ("nota de prensa", None),
    ],
)
def test_a_wish_to_rate(release: Release, text: str, meant: Intent | None) -> None:
    assert rating.wish_to_rate(context(at(release, "menu"), text)) == meant


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("el martes me atendieron muy bien en tesorería", "finanzas"),
        ("fui a deportes y pésimo todo", "deportes"),
        ("me atendieron muy mal", ""),
        ("felicito a la señorita, muy amable", ""),
        ("they treated me badly, terrible", ""),
        ("me atendieron", None),
        ("¿me atendieron bien?", None),
        ("dónde me atienden bien", None),
        ("muy bonita la plaza", None),
    ],
)
def test_an_experience_is_told_with_its_area(release: Release, text: str, area: str | None) -> None:
    intent = judged.experience(context(at(release, "new"), text))
    assert intent == (None if area is None else TellExperience(area, text))


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("muy amables y rápidos", 1),
        ("pésima atención, groseros", -1),
        ("no me atendieron bien", -1),
        ("no fue malo", 0),
        ("amables pero lentos", 0),
        ("very kind", 1),
        ("not good", -1),
        ("el martes a las diez", 0),
    ],
)
def test_praise_and_blame_are_told_apart_also_when_negated(
    release: Release, text: str, mood: int
) -> None:
    assert Said(text, release.lexicon).mood == mood


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("¿y la plaza?", True),
        ("onde saco la licencia", True),
        ("que papeles piden", True),
        ("quiero renovar la licencia", True),
        ("hay que ir temprano", True),
        ("how do I pay", True),
        ("fui temprano", False),
        ("somehow", False),
    ],
)
def test_a_question_is_told_from_what_asks_nothing(release: Release, text: str, asks: bool) -> None:
    assert Said(text, release.lexicon).asks is asks


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("licencia de conducir", LookUp),
        ("buenas tardes señorita", Act.GREET),
        ("inútiles", Act.VENT),
        ("qwerty", LookUp),
    ],
)
def test_the_last_recogniser_takes_every_text(release: Release, text: str, meant: object) -> None:
    intent = lookup.lookup(context(at(release, "menu"), text))
    assert isinstance(intent, meant) if isinstance(meant, type) else intent == meant


def test_yes_and_no_to_nothing(release: Release) -> None:
    chat = at(release, "menu")
    assert awaited.answer_to_nothing(context(chat, "sí")) is Act.ANSWER_NOTHING
    assert awaited.answer_to_nothing(context(chat, "quizás")) is None


@pytest.mark.parametrize(
    ("said", "text", "answered"),
    [
        ((), "somos de Ovalle nosotros", "No le entendí bien, y no anoté nada"),
        ((), "las cosas ya no son como antes", "Aquí estoy"),
        (("nota", "transito"), "las cosas ya no son como antes", "Responda con un número"),
        (
            ("nota", "transito"),
            "k lata estas encuestas, 4 y chao q se me acaba la colación",
            "¿Le pongo un 4 a Tránsito?",
        ),
        (("nota", "transito"), "¿el siete es bueno o es malo?", "El 1 es la nota más baja"),
        (("nota", "transito", "6", "listo"), "somos de Ovalle nosotros", "No le entendí bien"),
        (("quiero casarme",), "dios proveerá no más", "Aquí estoy"),
        (("licencia de conducir",), "se me apagó el celular en plena conversa", "¿Le sirvió?"),
        (("blablá ñeñe ñoño",), "somos de Ovalle nosotros", "probemos de otra manera"),
    ],
)
def test_what_asks_for_nothing_is_not_searched(
    release: Release, said: tuple[str, ...], text: str, answered: str
) -> None:
    chat = played(release, *said)
    before = len(chat.facts)
    assert answered in chat.says(text)
    assert not chat.facts[before:], "nothing is noted"


def test_who_filed_a_case_and_asks_for_nothing_is_led_to_it(release: Release) -> None:
    chat = at(release, "filed")
    chat.says("somos de Ovalle nosotros")
    assert chat.offers(f"stands:{chat.state.cases[-1].number}")
