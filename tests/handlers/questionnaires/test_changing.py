"""Changing a grade: what was told stays, and it is said; what has ended is no longer pending."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.facts.responses import AnswerGiven, ResponseClosed, ResponseOpened, ResponsePending
from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import play

WORDS = "Esperé dos horas de pie"
KEEPS = "Su comentario queda guardado. Si escribe otro ahora, lo reemplaza."
DROPS = "El motivo que había elegido (Espera) ya no va con esta nota y se quitó."
ENDED = "Ahora cuenta como trámite terminado."


@pytest.fixture
def v(release: Release) -> Chat:
    return Chat(release)


def says(chat: Chat, *texts: str) -> str:
    return [chat.says(text) for text in texts][-1]


def rates(chat: Chat, grade: str, *more: str) -> str:
    return says(chat, "calificar", "transito", grade, *more)


# What stays

LOW = ("3", "espera", WORDS)
AFTER_A_LOW_GRADE = {
    "a good grade and nothing else": (("6", "listo"), {"grade": "6", "words": WORDS}),
    "the best grade, by a word": (("siete", "listo"), {"grade": "7", "words": WORDS}),
    "a good grade, then it is left": (("6",), {"grade": "6", "words": WORDS}),
    "a good grade, then it is cancelled": (("6", "cancelar"), {"grade": "6", "words": WORDS}),
    "a good grade and other words": (
        ("6", "Lo resolvieron"),
        {"grade": "6", "best": "Lo resolvieron"},
    ),
    "other words with the grade": (
        ("6, lo resolvieron",),
        {"grade": "6", "best": "lo resolvieron"},
    ),
    "a good grade, then no": (("6", "no"), {"grade": "6", "words": WORDS}),
    "a low grade and nothing else": (
        ("2", "listo"),
        {"grade": "2", "reason": "espera", "words": WORDS},
    ),
    "a low grade and another reason": (
        ("2", "trato"),
        {"grade": "2", "reason": "trato", "words": WORDS},
    ),
    "another reason, and something to add": (
        ("2", "trato", "Y gritaban"),
        {"grade": "2", "reason": "trato", "words": f"{WORDS}\nY gritaban"},
    ),
    "a low grade and other words": (
        ("2", "Me gritaron"),
        {"grade": "2", "reason": "espera", "words": "Me gritaron"},
    ),
    "a reason with other words": (
        ("2", "Trato: me gritaron"),
        {"grade": "2", "reason": "trato", "words": "me gritaron"},
    ),
    "a question that was taken for words": (
        ("2", "¿y cuándo abren?", "consulta"),
        {"grade": "2", "reason": "espera", "words": WORDS},
    ),
    "a question at a good grade that was taken for words": (
        ("6", "¿y cuándo abren?", "consulta"),
        {"grade": "6", "words": WORDS},
    ),
    "an added question that was taken for words": (
        ("2", "trato", "¿y cuándo abren?", "consulta"),
        {"grade": "2", "reason": "trato", "words": WORDS},
    ),
    "nothing": (("cancelar",), {"grade": "3", "reason": "espera", "words": WORDS}),
    "a good grade, and back again": (
        ("6", "listo", "cambiar", "3", "listo"),
        {"grade": "3", "words": WORDS},
    ),
    "twice, with words the second time": (
        ("6", "listo", "cambiar", "5", "costo", "Muy caro"),
        {"grade": "5", "reason": "costo", "words": f"{WORDS}\nMuy caro"},
    ),
}


@pytest.mark.parametrize("days", [0, 20], ids=["at once", "days later"])
@pytest.mark.parametrize("then", AFTER_A_LOW_GRADE)
def test_the_comment_stays_unless_it_is_replaced(v: Chat, then: str, days: int) -> None:
    rates(v, *LOW, "listo")
    v.waits(days=days)
    said, expected = AFTER_A_LOW_GRADE[then]
    says(v, "cambiar", *said)
    assert v.record() == expected


def test_it_is_said_what_stays_and_what_is_taken_out(v: Chat) -> None:
    rates(v, *LOW, "listo")
    better = says(v, "cambiar", "6")
    assert KEEPS in better
    assert DROPS in better
    v.says("listo")
    worse = says(v, "cambiar", "4")
    assert KEEPS in worse
    assert "motivo" not in worse.replace("¿Qué fue lo que más influyó?", "")


def test_a_reason_that_is_asked_again_stays_until_another_one_is_chosen(v: Chat) -> None:
    rates(v, "3", "espera", "listo")
    asked = says(v, "cambiar", "2")
    assert "El motivo que eligió queda guardado: Espera." in asked
    assert KEEPS not in asked
    v.says("listo")
    assert v.record() == {"grade": "2", "reason": "espera"}


def test_without_anything_told_nothing_is_said_to_stay(v: Chat) -> None:
    rates(v, "7", "listo")
    said = says(v, "cambiar", "6")
    assert "queda guardado" not in said
    assert "se quitó" not in said


def test_what_was_best_stays_under_a_low_grade_beside_its_explanation(v: Chat) -> None:
    rates(v, "7", "La señora de la caja", "listo")
    assert KEEPS in says(v, "cambiar", "3")
    says(v, "trato", "Hoy me gritaron")
    assert v.record() == {
        "grade": "3",
        "best": "La señora de la caja",
        "reason": "trato",
        "words": "Hoy me gritaron",
    }


def test_a_comment_that_was_erased_meanwhile_is_not_said_to_stay(v: Chat) -> None:
    rates(v, *LOW, "listo")
    says(v, "borrar", "sí")
    assert "queda guardado" not in rates(v, "6")


# Pending

PENDING_LATER: dict[str, Callable[[Chat], object]] = {
    "by its button": lambda v: (v.says("cambiar"), v.presses("Aún no termina"), v.says("4")),
    "with the grade": lambda v: says(v, "cambiar", "4, aún no termina"),
    "and then left": lambda v: (v.says("cambiar"), v.presses("Aún no termina")),
    "and then cancelled": lambda v: says(v, "cambiar", "aún no termina", "cancelar"),
    "right after the thanks": lambda v: v.says("aún no termina"),
    "right after the thanks, in other words": lambda v: v.says("todavía no termina"),
    "after LISTO, when it is to be rated again": lambda v: says(
        v, "listo", "calificar", "transito", "aún no termina"
    ),
}


@pytest.mark.parametrize("how", PENDING_LATER)
def test_pending_may_be_said_of_a_rating_that_was_finished(v: Chat, how: str) -> None:
    rates(v, *LOW)
    PENDING_LATER[how](v)
    assert pending(v) is True
    assert v.record()["words"] == WORDS
    assert v.state.rated[-1].pending


def test_pending_may_be_said_where_the_reason_is_asked(v: Chat) -> None:
    rates(v, "3")
    asked = v.says("aún no termina")
    assert asked.startswith("Entendido: su trámite aún no termina.")
    assert "influyó" in asked
    v.says("espera")
    assert pending(v) is True
    assert v.record() == {"grade": "3", "reason": "espera"}


def test_pending_is_on_record_as_soon_as_it_is_said(v: Chat) -> None:
    says(v, "calificar", "transito")
    v.presses("Aún no termina")
    assert [type(fact) for fact in v.facts if hasattr(fact, "response")] == [
        ResponseOpened,
        ResponsePending,
    ]
    v.says("cancelar")
    assert v.recorded(ResponseClosed)[-1].pending


def test_a_wait_that_is_graded_at_once_is_pending_from_its_beginning(v: Chat) -> None:
    says(v, "QUE WEA PASA CON MI PATENTE", "1", "saltar", "sí", "ponles un 1")
    assert v.recorded(ResponsePending) != []
    assert pending(v) is True


FINISHED_LATER = {
    "by changing it": ("cambiar", "7"),
    "by rating again": ("calificar", "transito", "cambiar", "7"),
    "by rating again in a word": ("calificar transito", "cambiar", "siete"),
}


@pytest.mark.parametrize("days", [0, 1, 29])
@pytest.mark.parametrize("how", FINISHED_LATER)
def test_a_finished_grade_after_a_pending_one_is_a_finished_one(
    v: Chat, how: str, days: int
) -> None:
    says(v, "calificar", "transito")
    v.presses("Aún no termina")
    says(v, "3", "espera", "listo")
    assert pending(v) is True
    v.waits(days=days)
    said = says(v, *FINISHED_LATER[how])
    assert ENDED in said
    assert "aún no termina" not in said
    assert pending(v) is False
    assert not v.state.rated[-1].pending
    assert len(v.recorded(ResponseOpened)) == 1
    assert "Anotamos su nota 7" in v.says("listo")
    assert not v.recorded(ResponseClosed)[-1].pending


def test_who_changes_a_pending_grade_is_asked_whether_it_is_still_so(v: Chat) -> None:
    says(v, "calificar", "transito", "aún no termina", "3", "espera", "listo")
    asked = v.says("cambiar")
    assert asked.startswith("La vez anterior su trámite aún no terminaba.")
    assert "Aún no termina" in v.labels
    v.presses("Aún no termina")
    assert ENDED not in v.says("2")
    assert pending(v) is True


@pytest.mark.parametrize("away", ["menu", "donde saco la licencia de conducir", ""])
def test_who_left_without_a_grade_and_comes_back_is_asked_anew(v: Chat, away: str) -> None:
    says(v, "calificar", "transito", "aún no termina")
    if away:
        v.says(away)
    v.waits(days=10)
    v.says("calificar")
    if "transito" in v.state.prompt.options[0].key or v.state.progress is None:
        v.says("transito")
    assert "Aún no termina" in v.labels
    v.says("7")
    assert pending(v) is False


def test_a_pending_grade_that_is_left_as_it_is_stays_pending(v: Chat) -> None:
    says(v, "calificar", "transito", "aún no termina", "3", "espera", "listo")
    play(v, "cambiar", "cancelar", "calificar", "transito", "no")
    assert pending(v) is True
    assert v.state.rated[-1].pending


def pending(chat: Chat) -> bool:
    """What storage makes of the facts: the last that says something holds."""
    found = False
    for fact in chat.facts:
        match fact:
            case ResponsePending():
                found = True
            case AnswerGiven():
                found = fact.pending
            case ResponseClosed():
                found = fact.pending or (found and fact.outcome == "cancelled")
            case _:
                pass
    return found


@pytest.mark.parametrize("ended", [True, False])
def test_a_grade_for_another_area_leaves_the_first_one_as_it_was(v: Chat, ended: bool) -> None:
    rates(v, "3", *["listo"] * ended)
    v.says("quiero poner un 7 a la biblioteca")
    areas = {opened.response: opened.subject.area for opened in v.recorded(ResponseOpened)}
    grades = {areas[key]: value for (key, asked), value in v.answers().items() if asked == "grade"}
    assert grades == {"transito": "3"} | ({"cultura": "7"} if ended else {})
