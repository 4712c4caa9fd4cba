"""What was said before in the talk is in the case, and the review shows what was said last."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.played import played

DUMP = (
    "hola, a qué hora pasa el camion del reciclaje y tambien reclamar porque hay un microbasural "
    "en la esquina"
)
CAR = "hay un auto abandonado en mi calle hace meses"
BLOW = "me pegó el guardia del estadio la portada"
LAMP = "hello, the street light in front of my house is broken, can you fix it?"
HOLE = "hay un hoyo en mi calle, cuándo lo tapan?"


# What is said; the area, and what the case that is told holds.
@pytest.mark.parametrize(
    ("turns", "area", "holds"),
    [
        ((DUMP, "1", "ya pero quiero dejar el reclamo, es en la esquina de Brasil con Prat"),
         "aseo", "microbasural"),
        ((CAR, "ya, reclamo entonces, calle Balmaceda 2020, un Nissan rojo sin patente"),
         "seguridad", "auto abandonado"),
        ((CAR, "reclamo, está en Brasil 30, sin patente y con vidrios rotos"), "seguridad", CAR),
        ((CAR, "quiero reclamar por la patente de mi negocio, me cobraron dos veces"),
         "patentes", "dos veces"),
        ((BLOW, "no, fue el sabado, quiero dejar constancia y reclamar"), "", BLOW),
        ((BLOW, "no", "quiero reclamar"), "", BLOW),
        ((LAMP, "yes but I want you to report it, it's on Cisternas street 1450"), "operaciones",
         "street light"),
        ((LAMP, "COMPLAINT"), "operaciones", "street light"),
        ((HOLE, "RECLAMO"), "operaciones", "hoyo"),
        (("me siguen llamando de la muni por una multa y yo nunca he tenido auto",
          "mejor hago el reclamo, que no me llamen mas"), "", "multa"),
    ],
)  # fmt: skip
def test_what_was_told_before_is_in_the_case(
    release: Release, turns: tuple[str, ...], area: str, holds: str
) -> None:
    filing = played(release, *turns).state.filing
    assert filing is not None
    assert holds in "\n".join(filing.words)
    assert filing.area == area or not area


@pytest.mark.parametrize(
    "turns",
    [
        ("me quiero matar", "no", "quiero reclamar"),  # only those who help may know
        (BLOW, "no", "a qué hora abre la biblioteca", "quiero reclamar por la basura"),
        (CAR, "quiero reclamar por la patente de mi negocio, me cobraron dos veces"),
    ],
)
def test_what_is_no_part_of_it_is_left_out(release: Release, turns: tuple[str, ...]) -> None:
    filing = played(release, *turns).state.filing
    told = "\n".join(filing.words) if filing is not None else ""
    assert turns[0] not in told


def test_the_review_shows_all_and_in_any_case_what_was_said_last(release: Release) -> None:
    told = "reclamo: " + "mi vecina pone la música fuerte todas las noches, " * 4 + "hace un mes"
    chat = played(release, told, "quiero que vayan a fiscalizar", "es en calle Gandarillas 540")
    assert chat.reply.text.count("mi vecina") == 4
    assert "fiscalizar · es en calle Gandarillas 540»" in chat.reply.text
    chat.says("y también hay gritos, " * 40)
    chat.says("y es en la casa amarilla del fondo")
    assert "casa amarilla del fondo»" in chat.reply.text
    assert "«mi vecina" in chat.reply.text


# What is to be changed in the case; what it says then, and no more.
@pytest.mark.parametrize(
    ("said", "holds", "lacks"),
    [
        ("si, pero saque eso de la cajera, mejor diga la persona de la ventanilla",
         "la persona de la ventanilla me gritó y perdí la hora", "cajera"),
        ("quite la cajera y ponga la funcionaria", "la funcionaria me gritó", "cajera"),
        ("no, saque lo de la cajera, ponga una señora", "una señora me gritó", "cajera"),
        ("saque lo de los gritos", "perdí la hora", "quiero que saque"),
    ],
)  # fmt: skip
def test_only_what_is_named_is_replaced(
    release: Release, said: str, holds: str, lacks: str
) -> None:
    chat = played(
        release,
        "reclamo: ayer en el cesfam la cajera me gritó y perdí la hora, quiero que me respondan",
    )
    chat.says(said)
    filing = chat.state.filing
    assert filing is not None
    told = "\n".join(filing.words)
    assert holds in told
    assert lacks not in told


@pytest.mark.parametrize(
    ("turns", "stays"),
    [
        (("2", "Mascotas y Veterinaria"), True),
        (("Oficina de la Mujer",), True),
        (("Empleo (OMIL) y Fomento",), True),
        (("no, eso no es para mascotas, es de la basura",), False),
    ],
)
def test_a_name_in_spanish_leaves_the_language(
    release: Release, turns: tuple[str, ...], *, stays: bool
) -> None:
    chat = played(
        release,
        "I want to complain about the dogs at avenida del Mar, they bark all night since monday",
    )
    chat.says("please take them away")
    for text in turns:
        chat.says(text)
    assert (chat.state.language == "en") is stays
