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


# The reason comes with the grade, or with what puts it right: it is kept, and nothing is asked.
@pytest.mark.parametrize(
    ("turns", "comment"),
    [
        ("un 4 a aseo, pasan cuando quieren", "pasan cuando quieren"),
        ("un 3 a deportes por no tener teléfono", "por no tener teléfono"),
        ("un 2 a tránsito porque nadie sabía nada", "nadie sabía nada"),
        ("un 5 a tránsito, muy lentos", "muy lentos"),
        ("un 7 a tránsito, rápidos", "rápidos"),
        ("a 3 for the library, nobody answered me", "nobody answered me"),
        (
            "un 6 a la biblioteca, la niña es un amor|ay no, me equivoqué, era un 7 no un 6",
            "la niña es un amor",
        ),
        (
            "un 7 a tránsito, me atendieron súper bien|no, fue un 6 porque esperé dos horas",
            "me atendieron súper bien\nesperé dos horas",
        ),
        (
            "un 2 a patentes, nadie me atendió|mejor póngale un 3, el caballero al final me llamó",
            "nadie me atendió\nel caballero al final me llamó",
        ),
        (
            "un 4 a aseo, pasan cuando quieren|mejor déjelo en 3, ayer tampoco pasaron",
            "pasan cuando quieren\nayer tampoco pasaron",
        ),
        (
            "un 3 a tránsito, muy lentos|no, un 6, al final me lo resolvieron todo|sí",
            "muy lentos\nal final me lo resolvieron todo",
        ),
        (
            "un 6 a la biblioteca, la niña es un amor|me equivoqué, era un 7|y fue muy amable",
            "la niña es un amor\ny fue muy amable",
        ),
    ],
)
def test_what_is_told_is_not_asked_for(release: Release, turns: str, comment: str) -> None:
    chat = _talk(release, turns)
    assert INFLUENCED not in chat.reply.text
    assert "¿Qué fue lo mejor?" not in chat.reply.text
    texts = [words for words in chat.record().values() if len(words) > 1]
    assert [words.endswith(comment) for words in texts] == [True]


@pytest.mark.parametrize(
    ("turns", "asked"),
    [
        ("un 4 a aseo", INFLUENCED),
        ("un 2 a la oficina de tránsito por favor", INFLUENCED),
        ("un 3 a la biblioteca por otro asunto", INFLUENCED),
        ("un 6 a la biblioteca por favor", "¿Qué fue lo mejor?"),
        ("un 7 a tránsito, súper bien|listo|me equivoqué, era un 3", INFLUENCED),
    ],
)
def test_what_is_not_told_is_asked_for(release: Release, turns: str, asked: str) -> None:
    assert asked in _talk(release, turns).reply.text


@pytest.mark.parametrize(
    "why",
    [
        "que pasan cuando quieren, a veces una semana sin pasar",
        "porque pasan cuando quieren",
        "que a uno lo tratan según como ande vestido",
        "no había nadie, puras excusas",
    ],
)
def test_what_answers_why_is_the_comment(release: Release, why: str) -> None:
    assert _talk(release, f"un 4 a aseo|{why}").record()["words"] == why


@pytest.mark.parametrize(
    "other", ["no quise poner eso", "que cuándo van a contestar", "quiero sacar hora al dentista"]
)
def test_what_does_not_answer_why_is_no_comment(release: Release, other: str) -> None:
    assert "words" not in _talk(release, f"un 4 a aseo|{other}").record()
