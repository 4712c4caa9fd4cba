"""What is said after a case was filed: answered, added to it, or another case."""

from __future__ import annotations

import pytest

from handlers.facts import CaseExtended, CaseOpened
from handlers.handover import People
from handlers.release import Release
from tests.handlers.cases.test_whole_conversations import lines
from tests.handlers.chat import Chat

TOLD = "reclamo: no sacan la basura en brasil 20 desde ayer, que la saquen"
# After that is filed: what is said, and words of each answer; then what is added to it.
ADDED = [
    (  # when it is answered is known by now
        """
cuando me contestan? → Plazo
y cuánto se demoran en responder → Plazo
when will you answer → Plazo
por dónde me avisan → Plazo
listo → quedó ingresado
cuando me contestan? → Plazo
cuanto se demoran → Plazo
hay novedades? → Plazo
necesito que apuren mi reclamo → Plazo
""",
        [],
    ),
    (
        """
muchas gracias, muy amable → quedó ingresado
¿puedo agregar algo a mi reclamo? → quiera agregar
hay ratones → Lo agregué
listo → quedó ingresado
me faltó decir que también hay un colchón → Lo agregué
""",
        ["hay ratones", "me faltó decir que también hay un colchón"],
    ),
    (  # what was mended meanwhile is asked about
        """
listo → quedó ingresado
ya vinieron pero no hicieron nada → Plazo
ya vinieron, gracias! → ¿Retiro su solicitud
no → Sigue ingresada
""",
        [],
    ),
    (  # a second case is none of its words
        """
también quiero reclamar por la luz del pasaje → Me falta
olvídelo → lo cancelé
""",
        [],
    ),
]


@pytest.mark.parametrize(("turns", "added"), ADDED)
def test_what_follows_a_filed_case_is_answered_or_added(
    release: Release, turns: str, added: list[str]
) -> None:
    chat = Chat(release)
    for said, answer in [(TOLD, "Revise"), ("sí", "número"), *lines(turns)]:
        assert answer in chat.says(said), said
    assert [more.text for more in chat.recorded(CaseExtended)] == added
    assert len(chat.recorded(CaseOpened)) == 1


def test_what_is_told_of_a_danger_goes_with_the_case_that_it_opened(release: Release) -> None:
    chat = Chat(release)
    chat.says("reclamo")
    chat.says("el vecino le pega a su señora")
    assert "Diga ese lugar" in chat.says("calle los alerces 30")
    chat.says("desde el jueves pasado")
    (more, *_others) = chat.recorded(CaseExtended)
    assert more.urgent
    told = ["el vecino le pega a su señora", "calle los alerces 30", "desde el jueves pasado"]
    assert chat.case_texts("LS-2026-000001") == told


@pytest.mark.parametrize(
    "said", ["ya no, encontré la respuesta", "no mejor no, gracias", "no, déjalo"]
)
def test_who_needs_no_person_any_more_is_asked_whether_it_is_withdrawn(
    release: Release, said: str
) -> None:
    chat = Chat(release)
    chat.says("persona")
    assert "¿Retiro su solicitud" in chat.says(said)
    assert not chat.recorded(CaseExtended)
    waiting = Chat(release, people=People(any=True, now=True))
    waiting.says("persona")
    assert "Vuelvo yo" in waiting.says("mejor no, gracias")
