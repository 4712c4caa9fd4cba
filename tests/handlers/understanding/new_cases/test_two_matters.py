"""Praise and a question in one message, and a complaint that waits for something else."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.mark.parametrize(
    ("text", "answered", "praised"),
    [
        (
            "quiero felicitar a los inspectores de seguridad ciudadana que ayudaron a mi abuelo, "
            "y además preguntar cómo se saca la licencia de conducir",
            "Licencia de conducir",
            "¿Fue en Seguridad Ciudadana?",
        ),
        (
            "felicito a los de la biblioteca que son un amor, y quiero saber cómo entro al "
            "registro social de hogares",
            "Registro Social de Hogares",
            "¿Fue en ",
        ),
        (
            "I want to congratulate the library staff, and also ask how I get a driving licence",
            "Licencia de conducir",
            "Cultura y Biblioteca",
        ),
        (
            "mwen vle felisite anplwaye bibliyotek la, epi mwen vle konnen kijan pou m fè lisans",
            "Licencia de conducir",
            "Cultura y Biblioteca",
        ),
    ],
)
def test_praise_is_proposed_and_the_question_answered(
    release: Release, text: str, answered: str, praised: str
) -> None:
    chat = Chat(release)
    chat.says(text)
    said = "\n".join(reply.text for reply in chat.replies)
    assert answered in said
    assert praised in said
    assert not chat.recorded(CaseOpened)
    if chat.state.filing is not None:
        assert chat.state.filing.words == (text.partition(",")[0],)


def test_praise_that_asks_nothing_stays_whole(release: Release) -> None:
    chat = Chat(release)
    words = "quiero felicitar a la señora del cesfam, y que sigan así"
    chat.says(words)
    assert chat.state.filing is not None
    assert chat.state.filing.words == (words,)


@pytest.mark.parametrize(
    "text",
    [
        "no quiero reclamar todavía, primero lo de la licencia de conducir",
        "todavía no quiero reclamar, primero dígame cómo saco la licencia de conducir",
        "I don't want to complain yet, first how do I get a driving licence",
    ],
)
def test_a_complaint_waits_for_what_is_asked_first(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("quiero reclamar")
    chat.says(text)
    assert chat.state.filing is None
    assert chat.state.topic.startswith("licencia")
