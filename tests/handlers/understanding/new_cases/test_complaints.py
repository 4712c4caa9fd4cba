"""Cases in free words: complaints, suggestions and praise, asked for or told of oneself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.own_data import RightUsed
from handlers.handover import People
from handlers.release import Release
from handlers.understanding.intents.cases import (
    BeginCase,
    FileCase,
    TellWaiting,
)
from handlers.understanding.new_cases import being_told, complaints, wishes
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context


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
    assert complaints.complaint(context(at(release, "menu"), text)) == BeginCase(CaseKind.COMPLAINT)


@pytest.mark.parametrize(
    "text",
    [
        "quiero demandar pensión de alimentos",
        "me llegó una demanda",
        "mi abogado me pidió el papel",
    ],
)
def test_a_lawsuit_of_another_kind_is_no_complaint(release: Release, text: str) -> None:
    assert complaints.complaint(context(at(release, "menu"), text)) is None


def test_the_complaint_that_was_asked_for(release: Release) -> None:
    words = "el camión de la basura no pasa"
    read = context(at(release, "complaint"), words)
    assert being_told.complaint_asked_for(read) == FileCase(words, "aseo")
    assert being_told.complaint_asked_for(context(at(release, "menu"), words)) is None


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
    intent = complaints.complaint(context(at(release, "menu"), text))
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
    intent = complaints.complaint(context(at(release, "menu"), text))
    assert intent == BeginCase(CaseKind.COMPLAINT)


def test_what_is_wrong_may_be_told_before_it_is_asked_for(release: Release) -> None:
    chat = Chat(release)
    chat.says("corregir")
    assert "folio LS-D" in chat.says("me llamo Marta y dice Maria")
    assert chat.recorded(RightUsed)[-1].text == "me llamo Marta y dice Maria"
    chat.says("corregir")
    chat.says("¿a qué hora abre el cementerio?")
    assert len(chat.recorded(RightUsed)) == 1


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
    intent = wishes.opinion(context(at(release, "menu"), text))
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
def test_a_long_wait_is_told_from_other_waiting(release: Release, text: str, found: bool) -> None:
    intent = wishes.long_wait(context(at(release, "menu"), text))
    assert isinstance(intent, TellWaiting) is found


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("un reclamo para obras", "obras"),
        ("reclamo contra aseo", "aseo"),
        ("reclamo contra los de aseo", "aseo"),
        ("un reclamo para la biblioteca", "cultura"),
        ("tengo una queja pal cementerio", "cementerios"),
        ("quiero poner un reclamo contra tránsito", "transito"),
    ],
)
def test_an_area_alone_is_whom_a_complaint_is_for(release: Release, text: str, area: str) -> None:
    chat = at(release, "menu")
    chat.says(text)
    assert chat.state.filing is not None
    assert (chat.state.filing.area, chat.state.filing.words) == (area, ())
    chat.says("el martes no me dejaron entrar a la oficina")
    assert chat.state.filing.area == area


def test_what_a_person_is_wanted_for_is_kept_for_the_case_that_is_offered(
    release: Release,
) -> None:
    night = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    chat = Chat(release, now=night, people=People(any=True, now=False))
    chat.says("persona")
    words = "es por el arriendo de un puesto en la feria"
    chat.says(words)
    assert not chat.recorded(CaseOpened)
    chat.presses("Dejar un mensaje")
    assert [case.text for case in chat.recorded(CaseOpened)] == [words]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("¿Cómo dejo un reclamo?", CaseKind.COMPLAINT),
        ("donde puedo reclamar", CaseKind.COMPLAINT),
        ("kiero acer un reklamo", CaseKind.COMPLAINT),
        ("hola buenas tardes, tengo una queja", CaseKind.COMPLAINT),
        ("how do I file a complaint", CaseKind.COMPLAINT),
        ("kijan pou m fè yon plent", CaseKind.COMPLAINT),
        ("kiero cacer un rreclamo", CaseKind.COMPLAINT),
        ("kisiera aser hun reklamo", CaseKind.COMPLAINT),
        ("quiero poner un reclamo contra tránsito", None),
        ("me gustaría dejar una sugerencia", CaseKind.SUGGESTION),
        ("mi reclamo", None),
        ("no quiero reclamar", None),
        ("hice un reclamo", None),
        ("quiero retirar el reclamo", None),
        ("quiero reclamar por la basura", None),
        ("quiero hacer un certificado", None),
    ],
)
def test_a_wish_that_tells_nothing_yet_opens_a_case(
    release: Release, text: str, kind: CaseKind | None
) -> None:
    intent = wishes.case_wished_for(context(at(release, "menu"), text))
    assert intent == (BeginCase(kind) if kind else None)


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("¿Cómo hago un reclamo por la basura?", True),
        ("¿A quién le reclamo por el agua potable?", False),  # not of the municipality
        ("¿Cómo reclamo por una multa?", False),  # a card says how
        ("Reclamo por la basura", False),
    ],
)
def test_how_to_complain_of_something_is_answered_by_asking_what_happened(
    release: Release, text: str, here: bool
) -> None:
    intent = complaints.way_to_complain(context(at(release, "menu"), text))
    assert intent == (BeginCase(CaseKind.COMPLAINT) if here else None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("kiero poner un reclamo", "qué pasó"),
        ("tengo un reclamo contra el cesfam", "qué pasó"),
        ("quiero reclamar porque me atendieron mal", "Me falta saber"),
        ("quiero dejar un reclamo por cómo me trataron", "Me falta saber"),
        ("vengo a reclamar por el trato", "Me falta saber"),
        ("no quiero reclamar, solo que demoran mucho", "Anotamos su nota 3"),
        ("dan ganas de reclamar, mucha espera", "Anotamos su nota 3"),
    ],
)
def test_a_wish_to_complain_is_no_comment_of_the_rating(chat: Chat, text: str, answer: str) -> None:
    chat.opens("J87fHE")
    chat.says("3")

    assert answer in chat.says(text)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("quiero reclamar por el semáforo", "«mucha espera · quiero reclamar por el semáforo»"),
        ("quiero reclamar por eso", "«mucha espera»"),
    ],
)
def test_what_a_complaint_is_about_is_told_beside_the_comment(
    chat: Chat, wish: str, told: str
) -> None:
    chat.opens("J87fHE")
    chat.says("3")
    chat.says("mucha espera")

    answer = chat.says(wish)

    assert told in answer
    assert "Gracias, lo anoté" not in answer  # it is said once what was kept


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("cómo reclamo por un hoyo", "operaciones"),
        ("how do i complain about a pothole", "operaciones"),
        ("I wish to complain that the rubbish is not collected", "aseo"),
        ("m vle pote plent pou limye nan lari a", "operaciones"),
    ],
)
def test_how_to_complain_of_something_opens_the_complaint_for_its_area(
    chat: Chat, text: str, area: str
) -> None:
    chat.says(text)
    assert chat.state.filing is not None
    assert chat.state.filing.area == area


def test_a_question_for_the_mayor_is_none_for_the_assistant(chat: Chat) -> None:
    assert "No tengo confirmados los nombres" in chat.says("cómo se llama el alcalde")
    assert not chat.state.topic  # no card tells it


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("quiero reclamarlo ante el juez", True),
        ("reclamar multa", True),
        ("quiero reclamar una multa", True),
        ("quiero reclamar contra el inspector que me sacó un parte", False),
        ("quiero reclamar por la basura", False),
        ("quiero hacer un reclamo", False),
    ],
)
def test_what_is_contested_before_somebody_else_is_no_complaint(
    chat: Chat, text: str, looked_up: bool
) -> None:
    chat.says(text)
    assert (chat.state.filing is None) is looked_up
    assert (chat.state.topic == "apelar-multa") is looked_up
