"""An order or a yes to whether words are added adds them, with what follows it; nothing is lost."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat

TOLD = "reclamo, no hay luz en la calle los lirios 120 desde ayer, que la arreglen"
ASKED = "nada todavia con la luz, no vino nadie, ya estoy chata"
MORE = "mi vecina tambien dice lo mismo oiga"


def _asked(release: Release) -> Chat:
    """It is asked whether words are added to a case that was filed days ago."""
    chat = Chat(release)
    chat.says(TOLD)
    chat.says("sí")
    chat.waits(days=6)
    assert "¿Lo agrego" in chat.says(ASKED)
    return chat


@pytest.mark.parametrize(
    ("said", "more"),
    [
        ("si, agréguelo", ()),
        ("sí, agregue eso por favor", ()),
        ("dale, anótalo", ()),
        ("ya, anótelo no más", ()),
        ("claro, súmelo", ()),
        ("ponlo po", ()),
        ("bueno agregalo entonces", ()),
        ("agréguelo al reclamo", ()),
        ("sí, agréguelo. gracias, chao", ()),
        ("sí, por favor", ()),
        ("sí, gracias", ()),
        ("yes, add it", ()),
        ("wi, ajoute l", ()),
        ("si, agréguelo. y cuando vienen?", ()),
        (
            "agreguelo, y que manden a la compañia electrica",
            ("que manden a la compañia electrica",),
        ),
        ("si por favor agreguelo que es grave", ("que es grave",)),
        ("agrégalo, pero que sea luego", ("pero que sea luego",)),
        ("sí y que vengan luego", ("que vengan luego",)),
        ("1 y que vengan", ("que vengan",)),
        ("agregue que hay niños", ("agregue que hay niños",)),
    ],
)
def test_what_was_asked_about_is_added(release: Release, said: str, more: tuple[str, ...]) -> None:
    chat = _asked(release)
    chat.says(said)
    assert [fact.text for fact in chat.recorded(CaseExtended)] == ["\n".join((ASKED, *more))]


@pytest.mark.parametrize(
    "said", ["no, no lo agregue", "no gracias", "no lo agregue todavía", "no sé", "listo"]
)
def test_a_no_adds_nothing(release: Release, said: str) -> None:
    chat = _asked(release)
    chat.says(said)
    assert not chat.recorded(CaseExtended)


def test_a_second_thought_is_asked_about_and_takes_nothing_back(release: Release) -> None:
    chat = _asked(release)
    assert "¿Lo agrego" in chat.says("agrégalo pero sin lo de chata")
    assert not chat.recorded(CaseExtended)


def test_an_order_adds_what_may_correct_the_case(release: Release) -> None:
    chat = Chat(release)
    for line in (TOLD, "sí", "el poste es de madera y es viejo, no se"):
        chat.says(line)
    chat.says("si, agréguelo")
    (added,) = chat.recorded(CaseExtended)
    assert added.text == "el poste es de madera y es viejo, no se"


def test_what_was_only_answered_is_asked_about(release: Release) -> None:
    chat = Chat(release)
    for line in (TOLD, "sí", "listo"):
        chat.says(line)
    chat.waits(days=6)
    chat.says("cuanto vale la licencia de conducir")
    assert "¿Lo agrego" in chat.says("agréguelo")
    assert not chat.recorded(CaseExtended)


@pytest.mark.parametrize(
    ("said", "files", "more"),
    [
        ("si, agréguelo", True, ()),
        ("sí, agregue eso por favor", True, ()),
        ("sí, agréguelo y que manden a alguien", True, ("que manden a alguien",)),
        ("agreguelo, y que manden a alguien", False, ("que manden a alguien",)),
        ("agréguelo", False, ()),
    ],
)
def test_an_order_is_no_word_of_what_is_told(
    release: Release, said: str, *, files: bool, more: tuple[str, ...]
) -> None:
    chat = Chat(release)
    for line in (TOLD, MORE, said):
        chat.says(line)
    words = (TOLD, MORE, *more)
    filed = [fact.text for fact in chat.recorded(CaseOpened)]
    if files:
        assert filed == ["\n".join(words)]
    else:
        assert not filed
        assert chat.state.filing is not None
        assert chat.state.filing.words == words


@pytest.mark.parametrize("said", ["si, y cambieme la nota a 2", "sí, y la nota mejor un 2"])
def test_a_grade_beside_the_yes_to_a_case_is_no_word_of_it(release: Release, said: str) -> None:
    chat = Chat(release)
    told = "quiero reclamar, ayer me gritaron en la ventanilla de transito, que pidan disculpas"
    for line in ("quiero poner nota", "transito", "3", "listo", told):
        chat.says(line)
    reply = chat.says(said)
    (filed,) = chat.recorded(CaseOpened)
    assert filed.text == told
    assert filed.number in reply
    assert "de 3 a 2" in reply
