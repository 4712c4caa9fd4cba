"""What is said where it is asked which area is to be rated."""

from __future__ import annotations

import pytest

from handlers.facts.responses import AnswerGiven, Subject
from handlers.release import Release
from handlers.stored_state import from_bytes
from handlers.understanding.grades.which_area import area_asked_for
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.rating import NameUnsureArea, Rate, TellExperience
from handlers.understanding.intents.unclear import SayCourtesy
from handlers.understanding.intents.union import Intent
from tests.handlers.chat import Chat
from tests.handlers.understanding.situations import at, context

RATING = ("calificar",)
WAITING = ("calificar", "un 2 porque pasan cuando quieren")


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("area", "transito", Rate(Subject(area="transito"), "menu")),
        ("area", "en la oficina de tesorería", Rate(Subject(area="finanzas"), "menu")),
        ("area", "por la licencia", NameUnsureArea(("transito",), card="licencia-renovacion")),
        ("area", "licencia de conducir", NameUnsureArea(("transito",), card="licencia-primera")),
        (
            "area",
            "permizo de circulasion",
            NameUnsureArea(("transito",)),
        ),
        ("area", "Dirección de Obras (DOM)", Rate(Subject(area="obras"), "menu")),
        ("area", "qwerty", Act.NAME_UNKNOWN_AREA),
        ("area", "no, espere", SayCourtesy("waits")),
        ("area", "no entiendo", Act.NAME_UNKNOWN_AREA),
        ("area", "me equivoqué, no quiero calificar", Act.REFUSE),
        ("area", "súper mal", TellExperience("", "súper mal")),
        ("area", "no me atendieron nunca", TellExperience("", "no me atendieron nunca")),
        (
            "area",
            "me atendieron mal en el consultorio de la pampa",  # where, and how it was
            TellExperience("salud", "me atendieron mal en el consultorio de la pampa"),
        ),
        (
            "area",
            "me trataron pésimo cuando fui a sacar la licencia",
            NameUnsureArea(
                ("transito",), words="me trataron pésimo cuando fui a sacar la licencia"
            ),
        ),
        ("area", "donde queda la municipalidad", None),
        ("area", "en que va mi reclamo", None),
        ("area", "y cuanto se demora", None),
        ("area", "¿dónde pago?", None),
        ("menu", "transito", None),
    ],
)
def test_the_area_that_was_asked_for(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert area_asked_for(context(at(release, situation), text)) == meant


def test_a_second_rating_moves_none_before_it(chat: Chat) -> None:
    for said in ("calificar", "aseo", "5", "listo", "calificar", "cementerio", "6"):
        chat.says(said)
    rated = [(one.subject.area, one.grade) for one in from_bytes(chat.stored).rated]
    assert rated == [("aseo", 5), ("cementerios", 6)]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("quiero reclamar por una luminaria apagada", "Me falta saber"),
        ("tengo una queja por el consultorio", "Me falta saber"),
        ("quiero sugerir que pongan más basureros", "Revise antes de enviar"),
        ("en que va mi reclamo", "no hay ningún reclamo"),
        ("me cobraron de más en la patente y nadie responde", "¿Fue en Patentes Comerciales?"),
        ("me atendieron en el cesfam", "Piense en su última atención en Salud"),
    ],
)
def test_what_is_said_instead_of_an_area_is_heard(
    release: Release, text: str, answered: str
) -> None:
    chat = Chat(release)
    chat.says("calificar")
    assert answered in chat.says(text)


def test_a_grade_for_the_only_area_offered_is_changed_and_its_reason_kept(release: Release) -> None:
    chat = Chat(release)
    chat.says("le quiero poner nota a los de la basura")
    assert "¿Le pongo un 2 a Aseo" in chat.says("2")  # the one area that is offered
    chat.says("porque pasan cuando quieren")
    assert "Anotamos su nota 3 para Aseo" in chat.says("no, mejor un 3")  # why is known
    assert chat.record() == {"grade": "3", "words": "porque pasan cuando quieren"}


@pytest.mark.parametrize("text", ["no sé cuál es", "la de la señora marta", "en la muni"])
def test_what_names_no_area_is_asked_again_with_another_way(release: Release, text: str) -> None:
    chat = Chat(release)
    chat.says("calificar")
    assert "qué trámite hizo" in chat.says(text)


@pytest.mark.parametrize(
    "text",
    [
        "porque pasan cuando quieren y dejan todo botado",
        "estaba lleno de gente",
        "puro papeleo",
        "el caballero del mesón ni me miró",
        "pedí hora en mayo y me la dieron pa agosto",
        "mandé los papeles y todavía nada",
        "todavía no me entregan el permiso",
        "me rechazaron la postulación sin decirme por qué",
        "I applied in March and got it in October",
    ],
)
def test_what_is_told_before_the_grade_is_kept(release: Release, text: str) -> None:
    chat = Chat(release).in_spanish()
    chat.opens("J87fHE")
    assert "Lo guardo como su comentario" in chat.says(text)


@pytest.mark.parametrize(
    ("named", "area"), [("cesfam", "salud"), ("en el cementerio", "cementerios"), ("tránsito", "")]
)
def test_an_office_named_where_a_grade_is_asked_for_is_the_one_rated(
    release: Release, named: str, area: str
) -> None:
    chat = Chat(release)
    for said in ("licencia de conducir", "quiero poner nota"):
        chat.says(said)
    answer = chat.says(named)
    chat.says("5")
    rated = chat.recorded(AnswerGiven)[-1].subject.area
    assert rated == (area or "transito")
    assert release.area_name(rated) in answer


def test_a_wish_to_complain_is_no_comment_of_a_rating(release: Release) -> None:
    chat = Chat(release)
    chat.opens("J87fHE")
    assert "Me falta saber" in chat.says("quiero reclamar por una luminaria apagada")


@pytest.mark.parametrize("text", ["patente de alcoholes", "retiro de escombros en mi casa"])
def test_a_service_named_where_a_grade_is_asked_for_is_looked_up(
    release: Release, text: str
) -> None:
    chat = Chat(release)
    chat.opens("J87fHE")
    assert "Lo guardo" not in chat.says(text)
    assert chat.state.topic


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("si esa, un 3", [(3, "transito")]),
        ("sí, un 3", [(3, "transito")]),
        ("sí, casi un 3", []),
        ("no, un 3", []),
        ("si esa, y quiero reclamar", []),
    ],
)
def test_a_grade_behind_a_yes_is_for_the_area_that_is_offered(
    release: Release, text: str, grades: list[tuple[int, str]]
) -> None:
    chat = Chat(release)
    chat.says("quiero poner nota")
    assert "lo ve Tránsito. ¿Se refiere a esa área?" in chat.says("la del permiso de circulacion")
    chat.says(text)
    given = [(fact.grade, fact.subject.area) for fact in chat.recorded(AnswerGiven)]
    assert given == grades


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("la de los puestos", [(4, "patentes")]),
        ("la feria pues", [(4, "patentes")]),
        ("no sé, la que da los puestos de la recova, no me quisieron atender", [(4, "patentes")]),
        ("no, la biblioteca", [(4, "cultura")]),
        ("no", []),
        ("no, la de la patente de alcohol", []),
        ("¿la feria?", []),
    ],
)
def test_an_area_that_is_named_again_is_that_one(
    release: Release, text: str, grades: list[tuple[int, str]]
) -> None:
    chat = Chat(release)
    chat.says("quiero poner un 4")
    assert "Ferias libres: lo ve Patentes Comerciales." in chat.says("la feria")
    chat.says(text)
    given = [(fact.grade, fact.subject.area) for fact in chat.recorded(AnswerGiven) if fact.grade]
    assert given == grades


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("departamento social po, eso es la dideco no?", "social"),
        ("tránsito, the traffic one, as I said", "transito"),
        ("obras, ¿o no?", "obras"),
        ("obras, ¿a qué hora atienden?", ""),
        ("departamento social, y los del cementerio", ""),
        ("tránsito, ¿dónde queda?", ""),
    ],
)
def test_an_area_with_what_only_explains_it_takes_the_grade_that_waits(
    release: Release, text: str, area: str
) -> None:
    chat = Chat(release)
    for said in WAITING:
        chat.says(said)
    chat.says(text)
    graded = [fact.subject.area for fact in chat.recorded(AnswerGiven) if fact.grade]
    assert graded == ([area] if area else [])


@pytest.mark.parametrize("answer", ["yes that one. A 2", "yes, a 2", "tránsito", "yes"])
def test_what_is_told_beside_a_wish_to_rate_is_its_comment(release: Release, answer: str) -> None:
    chat = Chat(release)
    chat.says("I want to rate the traffic office. They were rude")
    chat.says(answer)
    if not chat.recorded(AnswerGiven):
        chat.says("2")
    assert chat.record()["words"] == "They were rude"


def test_a_question_beside_a_wish_to_rate_is_no_comment(release: Release) -> None:
    chat = Chat(release)
    chat.says("quiero ponerle nota a tránsito, ¿cómo se hace?")
    chat.says("3")
    assert "words" not in chat.record()
