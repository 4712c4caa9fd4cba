"""What is asked of a comment: it alone is changed, after one question, and never by the request."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.played import play, played

NAMED = "me atendió don Luis Pérez"
OPEN, CLOSED = (), ("listo",)


@pytest.mark.parametrize(
    ("comment", "between", "asked", "left"),
    [
        ("larga la fila", OPEN, "borra eso ultimo q escribi, la nota dejala", None),
        ("larga la fila", OPEN, "ese comentario era de otra cosa, perdone, no lo mande", None),
        ("larga la fila", CLOSED, "lo que escribí estaba mal, sáquelo", None),
        ("larga la fila", CLOSED, "el comentario estaba malo, elimínelo pero la nota no", None),
        ("larga la fila", CLOSED, "delete my comment please", None),
        ("falta un baño", OPEN, "en el comentario ponga que son dos baños", "son dos baños"),
        (
            "falta un baño",
            CLOSED,
            "el comentario quiero que diga que faltan DOS baños, lo puse mal",
            "faltan DOS baños",
        ),
        ("falta un baño", CLOSED, "cambie mi comentario por: son dos", "son dos"),
        (NAMED, OPEN, "saque el nombre del caballero porfa", "me atendió don [nombre]"),
        (NAMED, CLOSED, "en el comentario no ponga el nombre", "me atendió don [nombre]"),
        ("me atendió una flaca", OPEN, "no pongan el nombre por favor", None),
    ],
)
def test_a_comment_is_changed_or_erased_after_a_yes(
    release: Release, comment: str, between: tuple[str, ...], asked: str, left: str | None
) -> None:
    chat = played(release, "quiero poner nota", "tránsito", "4", comment, *between)
    before = chat.answers()
    assert comment in before.values()
    chat.says(asked)
    assert chat.answers() == before
    chat.says("sí")
    assert list(chat.answers().values()) == ["4", *([left] if left else [])]


@pytest.mark.parametrize(
    "said",
    [
        "no cambie nada, está bien el 4, era pa saber si quedó",
        "solo quería saber si se había guardado",
        "¿quedó anotado el 4?",
        "no me la toque, está perfecta la nota",
        "just wanted to know if it was saved",
    ],
)
def test_whether_a_grade_was_noted_is_no_comment(release: Release, said: str) -> None:
    chat = Chat(release).in_spanish()
    play(chat, "quiero poner nota", "tránsito", "4")
    assert "sigue siendo 4" in chat.says(said)
    assert list(chat.answers().values()) == ["4"]


@pytest.mark.parametrize("said", ["ya dejala en 4 nomas, lo justo", "no, déjela como está"])
def test_a_grade_that_is_asked_for_anew_may_stay(release: Release, said: str) -> None:
    chat = played(release, "quiero poner nota", "tránsito", "4", "listo", "quiero cambiar la nota")
    assert "sigue siendo 4" in chat.says(said)
    assert chat.state.progress is None


@pytest.mark.parametrize(
    "said", ["no me quedó claro qué papeles eran", "no cambie nada, pero el baño estaba sucio"]
)
def test_what_tells_more_is_a_comment(release: Release, said: str) -> None:
    chat = played(release, "quiero poner nota", "tránsito", "4", said)
    assert said in chat.answers().values()


@pytest.mark.parametrize(
    ("said", "added"),
    [
        ("LISTO pero ponga lo de las dos horas de espera por favor", "las dos horas de espera"),
        ("agregue lo de las dos horas de espera porfa", "las dos horas de espera"),
        ("ponga también lo del baño sucio", "baño sucio"),
        ("no ponga lo de las dos horas", ""),
        ("no pues, lo de las dos horas no es lo mejor, es lo malo", ""),
    ],
)
def test_an_order_to_add_is_none_of_the_words(release: Release, said: str, added: str) -> None:
    chat = played(release, "un 7 a tránsito, me atendieron súper bien", said)
    words = "a tránsito, me atendieron súper bien"
    assert chat.record()["best"] == (f"{words}\n{added}" if added else words)
