"""A place in a list, or a command, among words that say nothing more."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.facts.lookups import LookupMade
from handlers.release import Release
from handlers.state import Awaits
from tests.handlers.chat import Chat

GRANTS, PAPERS = "qué bonos hay para los viejitos", "Bonjou, mwen bezwen papye"


@pytest.mark.parametrize(
    ("question", "text", "place"),
    [
        (GRANTS, "la una mijito", 1),
        (GRANTS, "la primera pues", 1),
        (GRANTS, "sí, el segundo, pues", 2),
        (GRANTS, "ya po, la dos", 2),
        (GRANTS, "la dos no más", 2),
        (GRANTS, "la última por favor, joven", 3),
        (PAPERS, "Wi, premye a", 1),
        (PAPERS, "dezyèm nan tanpri", 2),
    ],
)
def test_a_place_of_the_list_in_words(
    release: Release, question: str, text: str, place: int
) -> None:
    chat = Chat(release)
    chat.says(question)
    prompt = chat.state.prompt
    assert prompt is not None
    chosen = prompt.options[place - 1].key
    chat.says(text)
    assert f"card:{chat.state.topic}" == chosen


@pytest.mark.parametrize("text", ["la una y media", "yo tengo una duda", "no, la una no"])
def test_what_is_no_place_of_the_list(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(GRANTS)
    chat.says(text)
    assert not chat.state.topic


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("bueno, persona entonces", True),
        ("ya persona po", True),
        ("ya po, persona no más", True),
        ("esa persona", False),
        ("una buena persona", False),
        ("¿persona entonces?", False),
    ],
)
def test_a_person_is_asked_for_by_the_word_among_fillers(
    release: Release, text: str, opens: bool
) -> None:
    chat = Chat(release)
    chat.says(text)
    assert bool(chat.recorded(CaseOpened)) is opens


@pytest.mark.parametrize("text", ["bueno, reclamo entonces", "ya po, reclamo"])
def test_a_complaint_is_begun_by_the_word_among_fillers(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.prompt is not None
    assert chat.state.prompt.awaits is Awaits.CASE


def test_what_is_chosen_among_offices_tells_of_no_visit(release: Release) -> None:
    chat = Chat(release)
    chat.says("la primera pues, la de personas mayores")
    assert "póngale nota" not in chat.reply.text
    assert chat.recorded(LookupMade)


def test_who_was_nowhere_is_asked_for_no_grade(release: Release) -> None:
    chat = Chat(release)
    chat.says("fue en la biblioteca, me atendieron bien")
    said = chat.says("no po si no fui a ninguna parte, quiero saber qué ayudas hay")
    assert "nota" not in said.replace("no anoté nada", "")
    assert chat.recorded(LookupMade)
