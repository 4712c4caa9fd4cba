"""Long messages, as they are dictated: what is said in the middle of them is not lost."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import rating


@pytest.mark.parametrize(
    ("given", "text", "meant"),
    [
        (
            "5",
            "mire lo que pasa es que cuando le puse la nota yo todavía no había pasado por la "
            "caja y ahí la señora fue tan pesada conmigo que la verdad quiero cambiarle la nota a"
            " un tres si se puede y disculpe la molestia",
            3,
        ),
        (
            "3",
            "sabe que hablando con mi hijo él me dice que fui muy dura y que la niña no tiene la "
            "culpa de que el sistema se haya caído así que prefiero que le ponga un cinco en vez "
            "de lo que le puse antes gracias",
            5,
        ),
        (
            "7",
            "por medio de la presente solicito a ustedes rectificar la calificación que entregué "
            "hace unos minutos, debiendo decir seis donde dice siete, y agradezco su atención",
            6,
        ),
    ],
)
def test_a_correction_is_asked_about(release: Release, given: str, text: str, meant: int) -> None:
    chat = rating(release)
    chat.says(given)
    assert f"¿Cambio su nota para Tránsito de {given} a {meant}?" in chat.says(text)
    assert list(chat.answers().values()) == [given]


@pytest.mark.parametrize(
    "text",
    [
        "la verdad es que esperé como 4 horas y fui con mi hija de 7 años que tenía hambre y "
        "no hay ni un quiosco cerca y había como 50 personas y solo 2 cajas de las 6 abiertas"
        " por eso",
        "me cambiaron la hora tres veces y la última vez ni siquiera me avisaron y perdí el "
        "día de trabajo y me lo descontaron del sueldo y nadie me dio una explicación ni una "
        "disculpa",
    ],
)
def test_a_long_comment_is_kept_and_changes_no_grade(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("4")
    chat.says(text)
    assert "4" in chat.answers().values()
    assert text in chat.answers().values()


@pytest.mark.parametrize(
    ("text", "card"),
    [
        (
            "hola señorita le escribo porque soy adulto mayor y no entiendo mucho de esto, mi "
            "nieto me está ayudando, quería saber cómo saco la licencia de conducir porque se "
            "venció el mes pasado y lo necesito para trabajar en el taxi",
            "licencia-primera",
        ),
    ],
)
def test_a_question_is_found(release: Release, text: str, card: str) -> None:
    chat = Chat(release)
    chat.says(text)
    assert chat.state.topic == card
