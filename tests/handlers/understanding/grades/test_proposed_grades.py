"""Grades that are not plainly given: suggested, misspelt, supposed, extreme. They are proposed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers.facts.responses import AnswerGiven
from handlers.release import Release
from handlers.understanding.grades.proposed import proposal_answer
from handlers.understanding.intents.acts import Act
from handlers.understanding.intents.answers import GradeAnswer
from handlers.understanding.intents.union import Intent
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import rating
from tests.handlers.understanding.phrases import taken


@pytest.mark.parametrize(
    ("text", "grade"),
    [("pésimo", 1), ("más o menos", 4), ("excelente", 7), ("un rojo", 3), ("⭐⭐⭐⭐⭐", 7)],
)
@pytest.mark.parametrize("sure", [True, False])
def test_what_only_suggests_a_grade_is_noted_after_a_yes_alone(
    release: Release, text: str, grade: int, sure: bool
) -> None:
    chat = rating(release)
    assert f"¿Le pongo un {grade} a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)
    chat.says("sí" if sure else "no")
    assert [fact.grade for fact in chat.recorded(AnswerGiven)] == ([grade] if sure else [])


# Words beside the question for a grade, and the grade that they propose.


PROPOSED = {
    "suggested": [
        ("pésima la atención del caballero", 1),
        ("todo muy bien gracias", 6),
        ("excelente todo, muy bien", 7),
        ("perfecto como siempre", 7),
        ("les doy un azul", 5),
        ("ponga la del medio y listo", 4),
        ("un puntito más que la mínima, por la voluntad", 2),
        ("un punto menos que el máximo", 6),
        ("nada más que la mínima", 1),
        ("the service was terrible", 1),
    ],
    "misspelt": [
        ("sies", 6),
        ("un cuartro po", 4),
        ("s i e t e", 7),
        ("sieet!! perdón el dedo, andaban todos con buena cara", 7),
        ("la nota, un cuatrp nomás", 4),
    ],
    "hedged": [
        ("casi un 5", 5),
        ("yo diría que van en el 5", 5),
        ("5, más o menos", 5),
        ("¿5?", 5),
        ("a la próxima les pongo un 5", 5),
        ("no es para un 7, pero un 6 sí", 6),
        ("iba a poner un 4 pero mejor un 5", 5),
    ],
    "at most": [
        ("no les doy más de un 5", 5),
        ("no pasa de un 4", 4),
        ("como mucho un 3", 3),
        ("un 5 como máximo", 5),
        ("at most a 2", 2),
        ("a 2 at most", 2),
    ],
    "thought of": [
        ("era pa un 7 pero la embarraron", 7),
        ("iba a poner 6 pero me arrepentí", 6),
        ("pondría 7 pero demoran mucho", 7),
        ("quería ponerle un 7 pero con lo que pasó ya no, déjeme pensarlo", 7),
        ("hubiera sido un 7", 7),
        ("estuve a punto de ponerle un 4", 4),
        ("I was going to give a 6", 6),
        ("I would give it a 7 but they were slow", 7),
    ],
    "one of many": [
        (
            "llegué con el número 45 y esperé 3 horas, pasaron 20 personas y al final me dijeron "
            "que volviera el martes 7 y la verdad es que le pongo un 1 porque no puede ser en "
            "pleno 2026",
            1,
        ),
    ],
    "beside words that say something else": [
        ("fui 2", 2),
        ("tomé la 3", 3),
        ("la 4 estaba cerrada", 4),
    ],
    "in a part of its own": [
        ("el 4 de marzo fui y el 5 me llamaron, un 6", 6),
        ("ni 6 ni 7, un 5", 5),
        ("ni un 7 ni un 6, un cinco y raspando", 5),
        ("nota: 6. fui el 3 y el 5, había 20 personas", 6),
        ("antes les habría puesto un 3, ahora un 6", 6),
        ("esperé del 10 al 24 de octubre, nota 2", 2),
        ("iba a ser un siete, pero lo bajo a cinco", 5),
    ],
    "behind what is denied": [
        ("seis no, pensándolo bien cinco", 5),
        ("un seis no, un cinco", 5),
        ("no le pongo un cero porque no hay jajaja ya, uno", 1),
        ("un cero! ya, un 1", 1),
        ("le iba a poner 3 pero la niña nueva salvó, cuatro", 4),
    ],
    "of a scale in words": [
        ("espectacular, cinco estrellas ⭐⭐⭐⭐⭐", 7),
        ("5 estrellas no, 5 de nota", 5),
        ("five stars out of seven", 5),
        ("nota maxima como en el colegio", 7),
    ],
    "conditional": [
        ("5 si me arreglan el hoyo", 5),
        ("7 cuando me contesten", 7),
        ("a 6 if they call me back", 6),
    ],
}


@pytest.mark.parametrize(
    ("text", "grade"), [one for proposed in PROPOSED.values() for one in proposed]
)
def test_a_grade_that_is_not_plainly_given_is_proposed_and_nothing_noted(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release).in_spanish()
    assert f"¿Le pongo un {grade} a Tránsito?" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "no estuvo bien",
        "excelente la niña pero pésima la espera",
        "bien lenta la cosa",
        "¿está bien si voy mañana?",
        "siempre llueve mucho",
    ],
)
def test_words_that_suggest_no_grade_plainly_propose_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None
    assert not chat.recorded(AnswerGiven)


def test_the_words_of_a_proposal_that_is_refused_are_kept_for_the_grade(release: Release) -> None:
    chat = rating(release)
    chat.says("pésima la atención del caballero")
    chat.says("no")
    chat.says("4")
    chat.says("listo")
    assert "pésima la atención del caballero" in chat.record()["words"]
    assert [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade] == [4]


@pytest.mark.parametrize(
    ("text", "grade", "area"),
    [
        ("vengo a ponerle un rojo a tránsito", 3, "Tránsito"),
        ("un azul para tránsito", 5, "Tránsito"),
    ],
)
def test_a_red_or_blue_mark_for_an_area_is_proposed(
    release: Release, text: str, grade: int, area: str
) -> None:
    assert f"¿Le pongo un {grade} a {area}?" in Chat(release).says(text)


def test_the_area_that_was_meant_is_an_answer_to_a_proposed_grade(release: Release) -> None:
    chat = Chat(release)
    assert "¿Le pongo" in chat.says("le pongo un 2 al consultorio")
    assert "Anoté un 2 para Tránsito" in chat.says("no, a tránsito")


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("la mas baja que tengan, la peor de todas, no merecen otra cosa", 1),
        ("les daría la máxima si contestaran el teléfono", 7),
        ("le pondría un 6 si no fuera por la espera", 6),
        ("les daría un 5 de no ser por la demora", 5),
        ("6, pero sería un 7 si no fuera por la espera", 6),
    ],
)
def test_a_grade_that_nothing_gives_or_that_is_only_supposed_is_proposed(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    assert f"¿Le pongo un {grade} a" in chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text", ["la mínima temperatura fue de frío en esa sala", "con el mínimo interés atienden"]
)
def test_an_extreme_of_something_else_proposes_no_grade(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is None


@pytest.mark.parametrize(
    "text", ["no le pongo la máxima, esperé", "nunca doy la nota máxima a nadie"]
)
def test_an_extreme_grade_that_is_denied_is_not_noted(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


def test_a_grade_that_is_taken_back_beside_a_year_is_asked_about(release: Release) -> None:
    chat = rating(release)

    assert "¿Le pongo un 5" in chat.says("5, no mentira 4 porque me acordé del 2019")
    assert not chat.recorded(AnswerGiven)


def proposed(release: Release) -> Chat:
    """A chat that asks for a yes to a 2 for the health centres."""
    chat = Chat(release)
    assert "¿Le pongo un 2 a Salud" in chat.says("le pongo un 2 al consultorio")
    return chat


def which_area(release: Release) -> Chat:
    """A chat that holds a 2 until its area is named."""
    chat = Chat(release)
    chat.says("calificar")
    chat.says("un 2 porque pasan cuando quieren")
    return chat


@pytest.mark.parametrize("asked", [proposed, which_area])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("seguridad ciudadana robo en mi casa ahora", "Emergencia"),
        ("seguridad ciudadana, se metieron a mi casa", "Emergencia"),
        ("bomberos, hay humo en la biblioteca", ""),
        ("hay un hoyo frente a la biblioteca", ""),
        ("tránsito choque en mi esquina", ""),
        ("la biblioteca a que hora abre", "Biblioteca"),
        ("la biblioteca tiene una gotera", ""),
        ("horario del cementerio", "Cementerios"),
        ("quiero hablar con alguien de transito", ""),
        ("quiero reclamar contra aseo", "en un mensaje"),
        ("un 5 a transito", ""),
        ("ok gracias y el horario de la biblioteca", "Biblioteca"),
    ],
)
def test_an_area_that_is_named_in_another_message_takes_no_grade(
    release: Release, asked: Callable[[Release], Chat], text: str, answer: str
) -> None:
    chat = asked(release)
    said = chat.says(text)
    assert answer in said
    assert 2 not in [fact.grade for fact in chat.recorded(AnswerGiven)]


@pytest.mark.parametrize(
    "before",
    [
        ("el martes me atendieron muy bien en tesorería",),
        ("reclamo: no hay luz en la plaza", "saltar", "2"),
    ],
)
def test_a_question_about_an_area_names_no_office_that_is_asked_for(
    release: Release, before: tuple[str, ...]
) -> None:
    chat = Chat(release)
    for said in before:
        chat.says(said)
    assert chat.says("la biblioteca a que hora abre").startswith("Biblioteca municipal")


@pytest.mark.parametrize("asked", [proposed, which_area])
@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("la biblioteca", "cultura"),
        ("no, era la biblioteca", "cultura"),
        ("me equivoqué, fue en tránsito", "transito"),
        ("perdón, a la dirección de obras", "obras"),
        ("it was the library", "cultura"),
    ],
)
def test_an_area_alone_takes_the_grade_that_waits(
    release: Release, asked: Callable[[Release], Chat], text: str, area: str
) -> None:
    chat = asked(release)
    chat.says(text)
    given = [(fact.grade, fact.subject.area) for fact in chat.recorded(AnswerGiven) if fact.grade]
    assert given == [(2, area)]


@pytest.mark.parametrize("asked", [proposed, which_area])
def test_an_area_with_more_beside_its_name_is_asked_about(
    release: Release, asked: Callable[[Release], Chat]
) -> None:
    chat = asked(release)
    assert "¿Le pongo un 2 a Tránsito?" in chat.says("no, fue en tránsito sacando la licencia")
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "si, y fue porque me hizo volver tres veces",
            "fue porque me hizo volver tres veces",
        ),
        ("sí, porque nunca contestan", "porque nunca contestan"),
        ("si, y me trataron pésimo", "me trataron pésimo"),
        ("sí porfa, porque eran pesados", "porque eran pesados"),
        ("sí claro, me trataron pésimo", "me trataron pésimo"),
        ("si y porque no fueron muy dijes", "porque no fueron muy dijes"),
        ("yes please, because they were rude", "because they were rude"),
        ("wi tanpri, paske yo te rele sou mwen", "paske yo te rele sou mwen"),
    ],
)
def test_a_reason_behind_a_yes_is_noted_with_the_proposed_grade(
    release: Release, text: str, words: str
) -> None:
    chat = proposed(release)
    chat.says(text)
    assert [fact.grade for fact in chat.recorded(AnswerGiven) if fact.grade] == [2]
    assert words in chat.record()["words"]


@pytest.mark.parametrize(
    "text", ["no, y fue porque me hizo volver tres veces", "se demoraron mucho en atender"]
)
def test_a_reason_without_a_yes_notes_no_proposed_grade(release: Release, text: str) -> None:
    chat = proposed(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    "text",
    [
        "si, quiero reclamar",
        "ya, y la licencia",
        "si pero necesito hablar con una persona",
        "ok, hay un perro muerto en la calle",
        "permiso de circulacion",
        "a usted",  # whoever names another, or takes leave, has not said yes
        "me refería a usted",
        "eso, al otro",
        "chao",
        "gracias, chao",
        "ok gracias hasta luego",
    ],
)
def test_a_yes_before_something_else_accepts_no_grade(release: Release, text: str) -> None:
    chat = proposed(release)
    chat.says(text)
    assert not chat.recorded(AnswerGiven)


@pytest.mark.parametrize(
    ("situation", "text", "meant"),
    [
        ("proposed", "sí", Act.ACCEPT_PROPOSAL),
        ("proposed", "ya po", Act.ACCEPT_PROPOSAL),
        ("proposed", "gracias", Act.ACCEPT_PROPOSAL),
        ("proposed", "no", Act.REJECT_PROPOSAL),
        ("proposed", "para nada", Act.REJECT_PROPOSAL),
        ("proposed", "mejor un 5", GradeAnswer(5)),
        ("proposed", "menu", None),
        ("proposed", "¿dónde pago la patente?", None),
        ("grade", "sí", None),
    ],
)
def test_an_answer_to_a_proposal_is_taken_for_one_and_nothing_else(
    release: Release, situation: str, text: str, meant: Intent | None
) -> None:
    assert taken(release, proposal_answer, situation, text) == meant
