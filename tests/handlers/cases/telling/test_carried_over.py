"""What a case holds: all that was told of its matter, each once, and no mere wish for it."""

from __future__ import annotations

import pytest

from handlers.facts.cases import CaseOpened
from handlers.release import Release
from handlers.state import Awaits
from tests.handlers.chat import Chat

RUDE = "en la oficina de vivienda me trataron pésimo, esa señora es una maleducada"
FINE = "me cobraron un parte en calle Prat y yo no andaba ahi, quiero apelar"
WATER = "llevamos dos días sin agua en Algarrobito, somos cinco, cuando pasa el camion aljibe"


def _talk(release: Release, turns: str) -> Chat:
    chat = Chat(release)
    for text in turns.split("|"):
        if text.startswith("["):
            chat.presses(text[1:-1])
        else:
            chat.says(text)
    return chat


# What is said; the area; what the case holds, and what it does not.
@pytest.mark.parametrize(
    ("turns", "area", "holds", "lacks"),
    [
        (f"{RUDE}|un 1|y eso la van a echar?|si, quiero reclamo entonces", "vivienda", RUDE, "si,"),
        (f"{RUDE}|un 1|bueno, quiero poner un reclamo por eso", "vivienda", RUDE, "bueno"),
        (
            f"{RUDE}|un 1|RECLAMO|falta que me gritó delante de todos, y que lo reciba obras",
            "obras",
            "me gritó",
            "reciba",
        ),
        (f"{RUDE}|un 1|RECLAMO|no, que lo vea obras", "obras", RUDE, "lo vea"),
        (
            f"{FINE}|no me sirve, ya pagué la multa, quiero que me devuelvan la plata"
            "|no, no es en linea. quiero poner un reclamo por eso, me cobraron mal",
            "juzgado",
            "calle Prat",
            "",
        ),
        (f"{WATER}|MENU|quiero un reclamo por el agua, no me vino el camion", "emergencias",
         "Algarrobito", ""),
        (f"{WATER}|si, sirve, gracias|no todavia no, llame pero no contesta nadie"
         "|[Dejar un reclamo]", "emergencias", "Algarrobito", ""),
        (
            "donde pago la patente de mi negocio|y aceptan tarjeta"
            "|quiero reclamar que en patentes me cobraron dos veces",
            "patentes",
            "dos veces",
            "donde pago",
        ),
    ],
)  # fmt: skip
def test_a_complaint_holds_its_matter_and_no_wish(
    release: Release, turns: str, area: str, holds: str, lacks: str
) -> None:
    filing = _talk(release, turns).state.filing
    assert filing is not None
    told = "\n".join(filing.words)
    assert filing.area == area
    assert holds in told
    assert not lacks or lacks not in told
    assert told.count(holds) == 1


# What follows the summary of a case for the roads.
@pytest.mark.parametrize(
    ("said", "asks_area"),
    [
        ("otra area, no sé cual es la de las veredas", True),
        ("no sé cual es el area", True),
        ("no, otra oficina", True),
        ("en otra área verde también hay hoyos", False),
        ("no sé si hay luz", False),
    ],
)
def test_an_area_that_is_not_known_is_offered(release: Release, said: str, asks_area: bool) -> None:
    told = "vengo a reclamar por una vereda rota en calle amunátegui|que la arreglen desde ayer"
    prompt = _talk(release, f"{told}|SALTAR|{said}").state.prompt
    assert (prompt is not None and prompt.awaits is Awaits.CASE_AREA) is asks_area


@pytest.mark.parametrize(
    "said", ["yes please. my son is fine now", "sí, por favor. mi hijo ya está bien"]
)
def test_a_yes_files_the_case_with_the_rest(release: Release, said: str) -> None:
    chat = _talk(release, "quiero reclamar: un perro suelto asusta a mi hijo en Brasil 20|SALTAR")
    chat.says(said)
    opened = [fact for fact in chat.facts if isinstance(fact, CaseOpened)]
    assert len(opened) == 1
    assert said.partition(". ")[2] in opened[0].text


def test_the_words_that_put_a_case_right_stay(release: Release) -> None:
    chat = _talk(
        release,
        "reclamo: nunca limpian el sitio eriazo de calle Larraín 450|sí"
        "|no, hoy no hay fuego! eso fue ayer. es por el sitio eriazo",
    )
    assert chat.state.follow_up is not None
    assert "hoy no hay fuego" in chat.state.follow_up.revision


# What is said before PERSONA, and what the case holds of it.
@pytest.mark.parametrize(
    ("turns", "holds", "lacks"),
    [
        (
            "mi duda es sobre las contribuciones, me llegaron altísimas"
            "|y el derecho de aseo donde se paga|en que banco o por internet se paga",
            "el derecho de aseo donde se paga",
            "contribuciones",
        ),
        (
            "como renuevo la licencia|no me sirvió, tengo la licencia vencida y nadie me contesta",
            "vencida y nadie me contesta",
            "",
        ),
        ("un inspector me pidió plata para no pasarme un parte", "me pidió plata", ""),
    ],
)
def test_a_person_is_told_the_matter_talked_about_last(
    release: Release, turns: str, holds: str, lacks: str
) -> None:
    chat = _talk(release, f"{turns}|PERSONA")
    opened = [fact for fact in chat.facts if isinstance(fact, CaseOpened)]
    assert holds in opened[-1].text
    assert not lacks or lacks not in opened[-1].text
