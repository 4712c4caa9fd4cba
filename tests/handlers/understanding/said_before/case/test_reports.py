"""Something to mend is told piece by piece: its card is shown, and what follows is its case."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    "told",
    [
        "el semáforo de Balmaceda con Cuatro Esquinas está malo",
        "ah y hay un perro suelto que mordió al cartero",
        "un hoyo en mi calle me rompió la llanta",
        "necesito denunciar una construcción sin permiso en la parcela de al lado",
    ],
)
@pytest.mark.parametrize(
    "more", ["desde el domingo", "en calle Los Perales, San Joaquín", "que lo vean luego po"]
)
def test_what_follows_a_report_goes_into_its_case(release: Release, told: str, more: str) -> None:
    chat = Chat(release)
    chat.says(told)
    answered = chat.says(more)
    assert told in answered
    assert "ingres" in answered.casefold() or "Me falta saber" in answered
    assert "Su reclamo tiene el número" in chat.says("mándelo") or "Revise" in chat.says("saltar")


@pytest.mark.parametrize(
    ("told", "more", "area"),
    [
        ("se echó a perder la luz", "de la calle poh", "operaciones"),
        ("hay un hoyo", "en mi calle", "operaciones"),
        ("botaron basura", "al lado de mi casa", "aseo"),
        ("está todo oscuro", "en la plaza", "operaciones"),
        ("there's a hole in my street", "since monday", "operaciones"),
        ("the street light is out since monday", "on Balmaceda 450", "operaciones"),
    ],
)
def test_two_hints_make_one_report(release: Release, told: str, more: str, area: str) -> None:
    chat = Chat(release)
    chat.says(told)
    assert chat.state.danger == ""
    chat.says(more)
    assert chat.state.filing is not None
    assert (chat.state.filing.area, chat.state.filing.words) == (area, (told, more))


@pytest.mark.parametrize(
    ("told", "more"),
    [("se cortó el agua", "en mi casa"), ("se me perdió el carnet", "en la plaza")],
)
def test_what_others_mend_is_no_report(release: Release, told: str, more: str) -> None:
    chat = Chat(release)
    chat.says(told)
    chat.says(more)
    assert chat.state.filing is None


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("the sidewalk is broken in front of my house", "operaciones"),
        ("the street lamp outside my home doesn't work", "operaciones"),
        ("gen yon twou nan lari a", "operaciones"),
        ("fatra plen lari a", "aseo"),
    ],
)
def test_a_report_in_another_language_is_kept_for_its_area(
    release: Release, text: str, area: str
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.draft is not None
    assert (chat.state.draft.area, chat.state.draft.words) == (area, text)


@pytest.mark.parametrize(
    ("shown", "more"),
    [("patente comercial", "en Balmaceda con Prat"), ("licencia de conducir", "matrícula colegio")],
)
def test_what_follows_the_card_of_something_else_is_none_of_a_report(
    release: Release, shown: str, more: str
) -> None:
    chat = Chat(release)
    chat.says("luminaria apagada")
    chat.says(shown)
    chat.says(more)
    assert chat.state.filing is None


@pytest.mark.parametrize("more", ["sí", "no me sirvió", "¿cuánto se demoran?", "gracias", "menú"])
def test_an_answer_to_the_card_of_a_report_is_none_of_its_case(release: Release, more: str) -> None:
    chat = Chat(release)
    chat.says("el semáforo de Balmaceda está malo")
    chat.says(more)
    assert chat.state.filing is None


def test_a_question_about_such_a_service_is_no_report(release: Release) -> None:
    chat = Chat(release)
    chat.says("cómo denuncio ruidos molestos")
    assert chat.state.draft is None


def test_a_summary_is_asked_again_when_short_answers_are_wished(release: Release) -> None:
    chat = Chat(release)
    chat.says("el semáforo de Balmaceda está malo")
    chat.says("desde el domingo")
    assert "¿Lo ingreso?" in chat.says("no veo bien la letra chica")
