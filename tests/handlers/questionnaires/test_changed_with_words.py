"""A grade and what is told beside it: neither the reason nor the praise is lost or asked again."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerWithdrawn
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import played

INFLUENCED = "¿Qué fue lo que más influyó?"


def _talk(release: Release, turns: str) -> Chat:
    return played(release, *turns.split("|"))


# What is said, and what of the rating is on record then.
@pytest.mark.parametrize(
    ("turns", "answers"),
    [
        (
            "un 7 a tránsito, me atendieron súper bien|listo"
            "|oiga al final no me llegó la licencia, cambio mi nota a 4",
            {"grade": "4", "words": "oiga al final no me llegó la licencia"},
        ),
        (
            "un 2 a patentes, me hicieron esperar 2 horas"
            "|no perdón fue un 3, no un 2, el caballero al final me ayudó",
            {"grade": "3", "words": "me hicieron esperar 2 horas\nel caballero al final me ayudó"},
        ),
        (
            "un 6 al cesfam, amables todos|listo|bájele a 3, la doctora nunca llegó y nadie avisó",
            {"grade": "3", "words": "la doctora nunca llegó y nadie avisó"},
        ),
        (
            "un 5 a obras, muy lentos|mejor un 4, y me gritaron en la ventanilla|sí",
            {"grade": "4", "words": "muy lentos\ny me gritaron en la ventanilla"},
        ),
        ("un 5 a obras, muy lentos|me equivoqué, era un 6", {"grade": "6", "words": "muy lentos"}),
        ("un 2 a obras, muy lentos|apreté mal, era un 3", {"grade": "3", "words": "muy lentos"}),
        (
            "un 4 a aseo, nunca pasan a la hora|agréguelo: los vecinos también reclaman",
            {"words": "nunca pasan a la hora\nlos vecinos también reclaman"},
        ),
        ("le pongo un 3 a aseo|agréguelo: nunca pasan", {"grade": "3", "words": "nunca pasan"}),
        (
            "un 4 a la biblioteca, mucho ruido de los cabros|listo"
            "|quiero cambiar lo q puse, no es por los cabros, es que hay poca calefacción|sí",
            {"grade": "4", "words": "hay poca calefacción"},
        ),
        (
            "un 2 a tránsito, esperé dos horas de pie|listo"
            "|quiero cambiar mi comentario, no fue la espera, fue que perdieron mi carpeta|sí",
            {"grade": "2", "words": "perdieron mi carpeta"},
        ),
    ],
)
def test_what_is_told_beside_a_grade_is_kept(
    release: Release, turns: str, answers: dict[str, str]
) -> None:
    chat = _talk(release, turns)
    record = chat.record()
    for question, words in answers.items():
        assert record[question].endswith(words), record


@pytest.mark.parametrize(
    "lower",
    ["cambio mi nota a 4, no me llegó la licencia", "bájele a 2, perdieron mi carpeta ayer"],
)
def test_a_lower_grade_leaves_the_praise(release: Release, lower: str) -> None:
    chat = _talk(release, f"un 7 a tránsito, me atendieron súper bien|listo|{lower}")
    assert "súper bien" in chat.record()["best"]
    assert not [fact for fact in chat.facts if isinstance(fact, AnswerWithdrawn)]
    assert INFLUENCED not in chat.reply.text


# A visit that is told, and the grade that comes next: it tells no more, or why is asked.
@pytest.mark.parametrize(
    ("grade", "noted"),
    [
        ("un 1 y si pudiera menos", "1"),
        ("un 1, y menos si se pudiera", "1"),
        ("1 y si hubiera menos le pongo menos", "1"),
        ("un 1 porque no hay menos", "1"),
        ("1!!", "1"),
        ("un uno y ojalá pudiera poner menos", "1"),
        ("un 1 y porque no existe el 0", "1"),
        ("un 1 si me hubieran gritado", ""),
        ("ni un 1 les pondría", ""),
    ],
)
def test_the_reason_told_before_the_grade_is_not_asked(
    release: Release, grade: str, noted: str
) -> None:
    chat = _talk(release, "en la oficina de vivienda me trataron pésimo, una maleducada")
    assert INFLUENCED not in chat.says(grade)
    assert chat.record().get("grade", "") == noted
    assert ("maleducada" in chat.record().get("words", "")) is bool(noted)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("un 7 y si hubiera más", "7"),
        ("un 7 y más si se pudiera", "7"),
        ("7 y le pondría más si pudiera", "7"),
        ("a 7, and more if I could", "7"),
        ("un 7 si hubieran atendido bien", ""),
        ("un 5 y si pudiera menos", ""),
    ],
)
def test_the_end_of_the_scale_is_no_supposition(release: Release, text: str, grade: str) -> None:
    assert _talk(release, f"calificar|transito|{text}").record().get("grade", "") == grade
