"""Free words: those that a prompt awaits, and what nothing asked for."""

from __future__ import annotations

import pytest

from handlers.facts import CaseKind, RightUsed, Subject
from handlers.release import Release
from handlers.understanding import free_words
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import AddWords
from handlers.understanding.intents.cases import (
    AskForRecords,
    BeginCase,
    FileCase,
    SetCaseArea,
    TellWaiting,
)
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.persons import AskForPerson
from handlers.understanding.intents.rating import NameUnsureArea, Rate, TellExperience
from handlers.understanding.intents.union import Intent
from handlers.understanding.reading.said import Said
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("menu", "???", Act.SEND_NO_WORDS),
        ("menu", "👍", Act.SEND_NO_WORDS),
        ("comment", "👍", None),
        ("comment", "   ", Act.SEND_NO_WORDS),
        ("case", "👍", None),
        ("menu", "hola", None),
    ],
)
def test_no_words(release: Release, situation: str, text: str, meant: Intent | None) -> None:
    assert free_words.no_words(context(at(release, situation), text)) == meant


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
    assert free_words.experience(context(at(release, "menu"), text)) is None


@pytest.mark.parametrize(
    "text",
    [
        *("quiero poner una demanda", "los voy a demandar", "pienso tomar acciones legales"),
        *("esto lo va a ver mi abogado", "los voy a llevar a tribunales", "voy a ir a la tele"),
        *("quiero hacer una denuncia", "i will sue you", "quería poner un reclamo"),
    ],
)
def test_who_threatens_or_only_says_that_he_complains_is_asked_for_the_complaint(
    release: Release, text: str
) -> None:
    assert free_words.complaint(context(at(release, "menu"), text)) == BeginCase(CaseKind.COMPLAINT)


@pytest.mark.parametrize(
    "text",
    [
        "quiero demandar pensión de alimentos",
        "me llegó una demanda",
        "mi abogado me pidió el papel",
    ],
)
def test_a_lawsuit_of_another_kind_is_no_complaint(release: Release, text: str) -> None:
    assert free_words.complaint(context(at(release, "menu"), text)) is None


@pytest.mark.parametrize("text", ["gracias por nada", "gracias por hacerme perder la mañana"])
def test_thanks_that_mock_are_no_courtesy(release: Release, text: str) -> None:
    assert "Siento la molestia" in Chat(release).says(text)


@pytest.mark.parametrize(
    ("text", "area", "words"),
    [
        ("era para tránsito, no para obras", "transito", 1),
        ("me equivoqué, es para tránsito", "transito", 1),
        ("no es frente a tránsito, es al lado", "obras", 2),
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


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("rated", "y muy rápidos", AddWords("y muy rápidos")),
        ("rated", "no", Act.FINISH),
        ("rated", "sí", Act.OFFER_WORDS),
        ("case", "no", AddWords("no")),
        ("menu", "y muy rápidos", None),
    ],
)
def test_added_words(release: Release, situation: str, text: str, meant: Intent | None) -> None:
    assert free_words.added_words(context(at(release, situation), text)) == meant


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("area", "transito", Rate(Subject(area="transito"), "menu")),
        ("area", "en la oficina de tesorería", Rate(Subject(area="finanzas"), "menu")),
        ("area", "por la licencia", NameUnsureArea(("transito", "juzgado"))),
        ("area", "licencia de conducir", NameUnsureArea(("transito", "juzgado"))),
        ("area", "qwerty", Act.NAME_UNKNOWN_AREA),
        ("area", "¿dónde pago?", None),
        ("menu", "transito", None),
    ],
)
def test_the_area_that_was_asked_for(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert free_words.area_asked_for(context(at(release, situation), text)) == meant


def test_the_complaint_that_was_asked_for(release: Release) -> None:
    words = "el camión de la basura no pasa"
    read = context(at(release, "complaint"), words)
    assert free_words.complaint_asked_for(read) == FileCase(words, "aseo")
    assert free_words.complaint_asked_for(context(at(release, "menu"), words)) is None


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
    assert free_words.records_asked_for(context(at(release, situation), text)) == meant


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
    assert free_words.case_area_asked_for(context(at(release, situation), text)) == meant


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
    meant = free_words.wish_for_person(context(at(release, "menu"), text))
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
    assert free_words.wish_to_rate(context(at(release, "menu"), text)) == meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quiero hacer un reclamo por la basura", True),
        ("necesito reclamar contra la constructora", True),
        ("voy a dejar un reclamo sobre los perros", True),
        ("I want to complain about the noise", True),
        ("I want to file a complaint about the noise", True),
        ("quiero reclamar que hace un mes no cortan el pasto de la plaza", True),
        ("kiero aser un reclamo x la basura k no pasa", True),
        ("necesito poner un reclamo en contra de los inspectores", True),
        ("me quiero quejar del doctor del consultorio", True),
        ("mi reclamo es que fui tres veces por la licencia", True),
        ("quiero reclamar una herencia", False),
        ("cómo hago un reclamo", False),
        ("quiero saber dónde se hace un reclamo", False),
        ("mi reclamo por la basura", False),
    ],
)
def test_a_complaint_in_a_sentence(release: Release, text: str, found: bool) -> None:
    intent = free_words.complaint(context(at(release, "menu"), text))
    assert isinstance(intent, FileCase) is found


@pytest.mark.parametrize(
    "text",
    [
        "quiero hacer un reclamo",
        "quiero hacer un reclamo por eso",  # too little to be one
        "vengo a poner una queja",
        "quiero reclamar",
        "quiero reclamar igual",
    ],
)
def test_a_complaint_without_its_words_is_asked_for_them(release: Release, text: str) -> None:
    intent = free_words.complaint(context(at(release, "menu"), text))
    assert intent == BeginCase(CaseKind.COMPLAINT)


def test_what_is_wrong_may_be_told_before_it_is_asked_for(release: Release) -> None:
    chat = Chat(release)
    chat.says("corregir")
    assert "folio LS-D" in chat.says("me llamo Marta y dice Maria")
    assert chat.recorded(RightUsed)[-1].text == "me llamo Marta y dice Maria"
    chat.says("corregir")
    chat.says("¿a qué hora abre el cementerio?")
    assert len(chat.recorded(RightUsed)) == 1


def test_a_bare_yes_is_no_part_of_a_complaint(release: Release) -> None:
    chat = Chat(release)
    chat.says("quiero poner una queja")
    assert chat.says("si").startswith("Cuente en un mensaje")
    assert "Me falta saber" in chat.says("el camión de la basura no pasa")
    assert "«el camión de la basura no pasa»" in chat.says("si")


def test_when_an_answer_comes_is_told_of_the_own_case_alone(release: Release) -> None:
    chat = Chat(release)
    assert "LS-2026" not in chat.says("cuándo me van a llamar")
    chat.complains("la luminaria de la plaza está apagada")
    chat.says("listo")
    for text in ("y cuando me van a llamar", "cuánto se demoran en responder"):
        assert "LS-2026-000001" in chat.says(text), text


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("quiero dejar una sugerencia", CaseKind.SUGGESTION, False),
        ("puedo proponer algo para el cementerio", CaseKind.SUGGESTION, True),
        ("deberían poner más bancos en las plazas", CaseKind.SUGGESTION, True),
        ("I have a suggestion", CaseKind.SUGGESTION, False),
        ("I would like to suggest more benches in the park", CaseKind.SUGGESTION, True),
        ("quiero enviar una felicitación", CaseKind.PRAISE, False),
        ("felicitaciones al equipo de aseo", CaseKind.PRAISE, True),
        ("cómo dejo una sugerencia", None, False),
        ("dónde queda la plaza", None, False),
    ],
)
def test_a_suggestion_or_praise_in_a_sentence(
    release: Release, text: str, kind: CaseKind | None, told: bool
) -> None:
    intent = free_words.opinion(context(at(release, "menu"), text))
    match intent:
        case FileCase(words, _, found):
            assert (words, found, told) == (text, kind, True)
        case BeginCase(found):
            assert (found, told) == (kind, False)
        case _:
            assert intent is kind is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("llevo 2 meses esperando mi patente", True),
        ("hace tres semanas y nada", True),
        ("llevo 3meses sin respuesta", True),
        ("esperando hace como dos años", True),
        ("nadie me contesta", True),
        ("no nos dan respuesta", True),
        ("qué pasa con mi trámite", True),
        ("estado de mi reclamo", False),  # a case of their own
        ("en qué va mi solicitud", False),  # a procedure, or a case of their own
        ("espero que estén bien", False),
        ("mi mesa de partes", False),
        ("cuánto demora la licencia", False),
    ],
)
def test_a_long_wait(release: Release, text: str, found: bool) -> None:
    intent = free_words.long_wait(context(at(release, "menu"), text))
    assert isinstance(intent, TellWaiting) is found


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
def test_an_experience(release: Release, text: str, area: str | None) -> None:
    intent = free_words.experience(context(at(release, "new"), text))
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
def test_praise_and_blame(release: Release, text: str, mood: int) -> None:
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
def test_what_asks_something(release: Release, text: str, asks: bool) -> None:
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
    intent = free_words.lookup(context(at(release, "menu"), text))
    assert isinstance(intent, meant) if isinstance(meant, type) else intent == meant


def test_yes_and_no_to_nothing(release: Release) -> None:
    chat = at(release, "menu")
    assert free_words.answer_to_nothing(context(chat, "sí")) is Act.ANSWER_NOTHING
    assert free_words.answer_to_nothing(context(chat, "quizás")) is None
