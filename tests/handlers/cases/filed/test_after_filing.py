"""What is said after a case was filed: answered, added to it, or another case."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseExtended, CaseOpened
from handlers.handover import People
from handlers.release import Release
from tests.handlers.cases.telling.test_whole_conversations import lines
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
también quiero reclamar por la luz del pasaje → dejar igual
olvídelo → lo cancelé
""",
        [],
    ),
]


@pytest.mark.parametrize(("turns", "added"), ADDED)
def test_what_follows_a_filed_case_is_answered_or_added(
    release: Release, turns: str, added: list[str]
) -> None:
    chat = Chat(release).in_spanish()
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


NOTED = "Corrección: no es una semana, son tres"


@pytest.mark.parametrize(
    ("said", "added"),
    [
        ("Anotar corrección", [NOTED]),
        ("1", [NOTED]),
        ("sí", [NOTED]),
        ("Agregarlo", [NOTED.removeprefix("Corrección: ")]),
        ("no", []),
        ("listo", []),  # it adds nothing that was still asked about, and says so
        ("también hay ratones", [f"{NOTED}\ntambién hay ratones"]),
    ],
)
def test_what_puts_a_filed_case_right_is_noted_as_its_correction_after_a_yes(
    release: Release, said: str, added: list[str]
) -> None:
    chat = Chat(release)
    chat.complains("no pasa el camión hace una semana")
    asked = chat.says(NOTED.removeprefix("Corrección: "))
    assert "¿Anoto esto como corrección de LS-2026-000001?" in asked
    assert not chat.recorded(CaseExtended)
    chat.says(said)
    assert [more.text for more in chat.recorded(CaseExtended)] == added


def test_a_part_to_be_left_out_is_noted_or_all_of_it_withdrawn(release: Release) -> None:
    chat = Chat(release)
    chat.complains("la secretaria me gritó y no me dio hora")
    assert "no se puede borrar por partes" in chat.says("saque del reclamo lo de la secretaria")
    assert chat.labels == ["Anotarlo", "Retirar todo", "Es otra cosa"]
    chat.says("Anotarlo")
    (noted,) = chat.recorded(CaseExtended)
    assert noted.text == "Corrección: saque del reclamo lo de la secretaria"


ASKED = "¿Lo agrego a LS-2026-000001?"
IN_BETWEEN = "como quien dice nada"
# What is answered to the question where the words belong; then the words that the case has.
SETTLED = [
    ("Agregarlo", "Lo agregué", [IN_BETWEEN]),
    ("sí", "Lo agregué", [IN_BETWEEN]),
    ("sí, por favor", "Lo agregué", [IN_BETWEEN]),
    ("no", "no lo agregué", []),
    ("es otra cosa", "", []),
    ("hay ratones", "Lo agregué", [f"{IN_BETWEEN}\nhay ratones"]),
    ("listo", f"No agregué «{IN_BETWEEN}». Si quiere agregarlo, escriba RESPONDER", []),
]


@pytest.mark.parametrize(("said", "answer", "added"), SETTLED)
def test_what_may_be_of_the_case_is_asked_about_and_not_lost(
    release: Release, said: str, answer: str, added: list[str]
) -> None:
    chat = Chat(release)
    chat.says(TOLD)
    chat.says("sí")
    assert ASKED in chat.says(IN_BETWEEN)
    assert not chat.recorded(CaseExtended)
    told = chat.says(said)
    assert answer in told
    assert ASKED not in told
    assert [more.text for more in chat.recorded(CaseExtended)] == added


NO_WORDS = [  # said to the summary, or after the number, and what it is answered with in both
    ("y aparte un 3 a tránsito, anótelo", ("un 3 para Tránsito", "¿Le pongo un 3 a Tránsito?")),
    ("les planto un 2 por la demora", ("nota 2 para Aseo", "¿Le pongo un 2 a Aseo")),
    ("oe y mi reclamo en qué quedó", ("20 días hábiles", "Plazo")),
    ("me quedó claro", ("conteste que sí", "quedó ingresado")),
    ("como saco patente", ("¿Lo ingreso?", "Quizás busca")),
]


@pytest.mark.parametrize(("said", "answers"), NO_WORDS)
def test_what_is_no_words_of_a_case_is_neither_added_nor_files_or_cancels_it(
    release: Release, said: str, answers: tuple[str, str]
) -> None:
    chat = Chat(release)
    chat.says(TOLD)
    assert answers[0] in chat.says(said)
    assert chat.state.filing is None or len(chat.state.filing.words) == 1
    assert not chat.recorded(CaseOpened)
    filed = Chat(release)
    filed.says(TOLD)
    filed.says("sí")
    assert answers[1] in filed.says(said)
    assert not filed.recorded(CaseExtended)


# Words of a matter that nothing but the matter explains: none of them is asked about.
MORE = """
es en la esquina con el almacén de la señora Rosa
se me olvidó decir que es de noche cuando pasa
mi mamá usa silla de ruedas y no puede pasar
que vengan antes del lunes por favor
pasaje los aromos 45
ya van tres veces que llamo y nadie contesta
y cuando llueve se hace una laguna
también afecta a los vecinos del block 3
me cobraron de nuevo la misma cuota
mi teléfono es 9 8765 4321
la patente del auto es GHTR 45
agregue que hay niños jugando ahí
soy adulta mayor y vivo sola
la vereda está quebrada entera
el número del medidor es 33214
"""


def test_plain_words_of_a_matter_are_added_unasked(release: Release) -> None:
    told = MORE.strip().splitlines()
    chat = Chat(release)
    chat.says("reclamo")
    chat.says("hay basura botada")
    for said in told[::2]:
        assert "Revise" in chat.says(said), said
    chat.says("sí")
    for said in told[1::2]:
        assert "Lo agregué" in chat.says(said), said
    assert chat.case_texts("LS-2026-000001")[0] == "\n".join(("hay basura botada", *told[::2]))
    assert [more.text for more in chat.recorded(CaseExtended)] == told[1::2]
