"""What is said beside the answer to a proposed grade: why, another grade with why, or whose."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from tests.handlers.chat import Chat

PARKS = "tengo un 3 pa los de parques y jardines"
LIBRARY = "me atendieron excelente en la biblioteca, 7"
DISABLED = "LE PONGO UN 7 A LA OFICINA DE DISCAPACIDAD"


def proposed(release: Release, before: str, *lines: str) -> Chat:
    chat = Chat(release)
    chat.says(before)
    assert not chat.recorded(AnswerGiven)
    for line in lines:
        chat.says(line)
    return chat


def grades(chat: Chat) -> list[tuple[str, int]]:
    return [(fact.subject.area, fact.grade) for fact in chat.recorded(AnswerGiven) if fact.grade]


def told(chat: Chat) -> str:
    return " ".join(fact.value for fact in chat.recorded(AnswerGiven) if fact.kind == "text")


@pytest.mark.parametrize(
    ("before", "text", "noted", "words"),
    [
        (PARKS, "sí, y no es que me atendieran mal, es la plaza", ("aseo", 3), "es la plaza"),
        (PARKS, "sí, y no fue por la gente, es el riego", ("aseo", 3), "es el riego"),
        (PARKS, "sí, y gracias", ("aseo", 3), ""),
        (LIBRARY, "no espera un 6, pq el baño estaba cerrado", ("cultura", 6), "el baño estaba"),
        (LIBRARY, "un 6, porque el baño estaba cerrado", ("cultura", 6), "el baño estaba cerrado"),
        (LIBRARY, "no, mejor un 5, faltan libros y hace frío", ("cultura", 5), "faltan libros"),
        (LIBRARY, "perdón, un 6, el baño estaba cerrado", ("cultura", 6), "el baño estaba cerrado"),
        (DISABLED, "Sí, pero es la oficina de la discapacidad, no migrantes", ("inclusion", 7), ""),
    ],
)
def test_a_proposed_area_is_graded_with_what_explains_it(
    release: Release, before: str, text: str, noted: tuple[str, int], words: str
) -> None:
    chat = proposed(release, before, text)
    assert grades(chat) == [noted]
    assert chat.state.proposal is None
    chat.says("listo")
    assert words in told(chat)


@pytest.mark.parametrize(
    ("before", "text", "asked"),
    [
        (LIBRARY, "no, un 6 a tránsito porque fue lento", "¿Le pongo un 6 a Tránsito?"),
        (LIBRARY, "no fue en la biblioteca, fue un 7 a tránsito", "¿Le pongo un 7 a Tránsito?"),
        (DISABLED, "sí, pero es en tránsito, no inclusión", "¿Le pongo un 7 a Tránsito?"),
        (DISABLED, "sí, pero no fue ahí", "¿Qué área le atendió?"),
        (PARKS, "sí, y un 5 a la biblioteca", "¿Le pongo un 3 a Aseo y Áreas Verdes?"),
    ],
)
def test_another_area_beside_a_proposed_grade_is_asked_about(
    release: Release, before: str, text: str, asked: str
) -> None:
    chat = proposed(release, before, text)
    assert asked in chat.reply.text
    assert not grades(chat)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("le puse un 4 ayer a obras, quiero cambiarlo", "No tengo una nota suya"),
        ("le puse 4 a la dirección de obras y ahora quiero que sea un 5", "un 5 a Dirección de"),
        ("un 4 a tránsito y un 5 a obras", "¿Le pongo un 4 a Tránsito?"),
    ],
)
def test_a_change_of_a_grade_that_is_not_on_record(release: Release, text: str, asked: str) -> None:
    chat = Chat(release)
    assert asked in chat.says(text)
    assert not chat.recorded(AnswerGiven)


def test_what_the_assistant_noted_already_is_no_other_area(release: Release) -> None:
    chat = Chat(release)
    chat.says("ponle un 5")
    chat.says("Obras, ya lo puso")
    assert "seguridad" not in repr(chat.state.proposal)
    assert chat.state.proposal is None or not chat.state.next_grades


def test_why_a_grade_is_another_is_added_to_the_comment(release: Release) -> None:
    chat = Chat(release)
    for line in ("un 3 al cesfam", "mucha espera"):
        chat.says(line)
    chat.says("mejor póngale un 2, me acordé que encima se me perdió el número")
    assert grades(chat)[-1] == ("salud", 2)
    assert "se me perdió el número" in told(chat)


@pytest.mark.parametrize(
    "text", ["perdón, un 2, apreté mal la tecla", "mejor un 2, es que me confundí con el otro"]
)
def test_a_slip_is_no_reason(release: Release, text: str) -> None:
    chat = Chat(release)
    for line in ("un 3 al cesfam", "mucha espera", text):
        chat.says(line)
    assert grades(chat)[-1] == ("salud", 2)
    assert told(chat) == "mucha espera"
