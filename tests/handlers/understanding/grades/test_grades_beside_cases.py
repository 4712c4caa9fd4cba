"""A grade while a case or a report is open: proposed as a grade, and no words of the case."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat

FILED = "quiero dejar un reclamo por el frío en la biblioteca|ayer|sí"
REPORTED = (
    "buenas, en mi pasaje los vecinos hacen humo con asados todos los días"
    "|no, digo si vuelve a hacer humo con los asados, a quién le aviso|ok gracias, por ahora no"
)


@pytest.mark.parametrize(
    ("before", "text", "proposed"),
    [
        (
            FILED,
            "ah y de nota ahora le pongo 3 nomás, porque nadie dijo nada del frío",
            "cultura 3",
        ),
        (FILED, "de nota les pongo un 2, llevan 3 semanas así y nadie responde", "cultura 2"),
        (FILED, "igual felicito a la señorita del mesón, un 7 para ella", "cultura 7"),
        (FILED, "les doy un 6 igual, me atendieron súper amables por teléfono", "cultura 6"),
        (FILED, "and as a grade I give them a 3, because nobody told us anything", "cultura 3"),
        (
            REPORTED,
            "hola, pasó algo el otro día con un humo y quiero felicitar a los inspectores,"
            " un 7 a seguridad ciudadana",
            "seguridad 7",
        ),
        (REPORTED, "les pongo un 6 a los inspectores, muy amables", "seguridad 6"),
    ],
)
def test_a_grade_beside_a_case_is_proposed(
    release: Release, before: str, text: str, proposed: str
) -> None:
    chat = _after(release, before)
    chat.says(text)
    proposal = chat.state.proposal
    assert proposal is not None
    assert f"{proposal.area} {proposal.grade}" == proposed
    assert chat.state.filing is None


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (FILED, "le pongo 3 fotos del termómetro"),
        (FILED, "pongan que ya hubo 2 personas enfermas"),
        (FILED, "me equivoqué, eran 3 las salas heladas"),
        (REPORTED, "desde el 7 a la fecha hay humo en el pasaje Los Lirios"),
    ],
)
def test_a_number_of_the_case_is_no_grade(release: Release, before: str, text: str) -> None:
    chat = _after(release, before)
    chat.says(text)
    assert chat.state.proposal is None


def _after(release: Release, before: str) -> Chat:
    chat = Chat(release)
    for text in before.split("|"):
        chat.says(text)
    return chat
