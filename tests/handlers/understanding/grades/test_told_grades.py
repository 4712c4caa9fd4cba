"""Grades that are told of and not given: those of others, of earlier visits, on a condition."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat
from tests.handlers.understanding.chats import rating


@pytest.mark.parametrize(
    "text",
    [
        "mi vecina le pondría un 2",
        "mi marido les puso un 3",
        "dicen que todos les ponen 7",
        "ustedes le ponen 7 a todo",
        "en el colegio me sacaba puros 7",
        "la otra vez les puse un 7",
        "antes era un 6",
        "mi suegra un 4",
        "my husband gave it a 2",
        "los de la fila les ponían un 1",
        "según mi papá merecen un 2",
        "mi compadre les tiene puesto un 1",
        "la funcionaria me pidió que le pusiera un 7",
        "un 1 es muy poco",
        "mi cuñada que trabaja ahí se pondría un 7",
        "mi jefa me hizo poner un 7",
        "me contaron que era un 7",
        "peor que el banco y eso que al banco le puse un 2",
        "mejor que en el hospital, allá puse un 3",
    ],
)
def test_what_others_gave_or_was_given_before_is_no_grade(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert not chat.answers()
    assert chat.state.proposal is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("mi señora dice que un 5 pero yo le pongo un 6", 6),
        ("mi vecina le puso un 2 pero a mí me fue bien, un 6", 6),
        ("antes era un 6 ahora un 3", 3),
        ("mi señora dice cinco y yo seis, quedemos en el de ella", 5),
        ("ahora un 3 antes un 6", 3),
        ("subieron, antes un 3 y ahora un 5", 5),
        ("bajaron de un 7 a un 4", 4),
        ("la otra vez les puse un 7, hoy día un 4", 4),
        ("si me arreglan el problema les pongo un 7", 7),
        ("no es un 7", 7),
        ("my wife says a 3 but I give it a 5", 5),
        ("seis y medio no hay, ¿cierto? entonces un 6", 6),
        ("7 menos 1 por la demora, o sea 6", 6),
        ("cuando contesten el teléfono les pongo un 7", 7),
        ("un cinco, no, espera, un cuatro", 4),
        ("más que un 5 no les pongo", 5),
        ("llegué 8:15 y salí 9:05 un 6", 6),
        ("si me dan la hora para mañana les pongo un 7", 7),
        ("en Coquimbo es un 6", 6),
        ("en el registro civil les pondría un 7", 7),
        ("la tía de la entrada 10/10, el resto no. un 4", 4),
    ],
)
def test_the_own_grade_beside_one_that_is_told_is_asked_about(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.proposal is not None
    assert chat.state.proposal.grade == grade
    assert not chat.answers()


@pytest.mark.parametrize(
    "text",
    [
        "un caballero me dijo pase, al tiro, un 7",
        "todos muy amables un 7",
        "fui con mi vecina y le pongo un 7",
        "si me atendieron bien un 7",
    ],
)
def test_a_grade_beside_people_is_noted(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.record()["grade"] == "7"


@pytest.mark.parametrize(
    "text",
    [
        "la otra vez les puse un 7",
        "mi marido quería un 7",
        "mi hermana fue y le puso un 7",
        "hace un año les habría puesto un 2",
        "en la posta son un 7",
        "mi abuelo también fue y puso 7",
        "la vez anterior un 6",
    ],
)
def test_a_grade_that_is_told_changes_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says("5")
    chat.says(text)
    assert set(chat.answers().values()) == {"5", text}


def test_a_grade_that_is_denied_is_asked_for_anew_and_chooses_nothing(release: Release) -> None:
    chat = rating(release)
    chat.says("2")
    chat.says("no es un 2")
    assert list(chat.answers().values()) == ["2"]
    assert {"g:1", "g:7"} <= {option.key for option in chat.reply.options}


def test_a_question_beside_the_first_grade_corrects_none(release: Release) -> None:
    chat = rating(release)
    chat.says("¿cero no se puede? entonces 1")
    assert chat.record()["grade"] == "1"


def test_what_others_give_an_area_is_no_grade_of_it(release: Release) -> None:
    chat = Chat(release)
    chat.says("mi vecina le pondría un 2 al cesfam")
    assert not chat.answers()
    assert chat.state.proposal is None


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("un 4 y estoy siendo generoso", "4"),
        ("tengo 82 años y fui con mi hija, nos atendieron rapidito, un siete mi niño", "7"),
    ],
)
def test_a_plain_grade_alarms_nobody(release: Release, text: str, grade: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.record()["grade"] == grade


@pytest.mark.parametrize(
    "text", ["un 7 muy amables, pero perdí a mi hijo en la plaza", "un 3 y hay olor a gas adentro"]
)
def test_danger_beside_a_grade_is_heard(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert chat.state.danger


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("7 no, un 6 mejor", 6),
        ("7, no, 6", 6),
        ("5... no 4 mejor", 4),
        ("un 3 ay no un 4", 4),
        ("6 perdón 5", 5),
        ("2 digo 3", 3),
        ("4 no no un 5", 5),
        ("I'd say 6, no wait, 5", 5),
        ("un 7 no un 6", 7),
    ],
)
def test_a_grade_that_is_put_right_in_one_message_is_asked(
    release: Release, text: str, grade: int
) -> None:
    chat = rating(release)
    chat.says(text)
    assert not chat.answers()
    assert chat.state.proposal is not None
    assert chat.state.proposal.grade == grade


@pytest.mark.parametrize("text", ["un 3, no un 7", "no un 7, un 3", "un 3 y no un 7"])
def test_a_grade_beside_one_that_is_denied_is_noted(release: Release, text: str) -> None:
    chat = rating(release)
    assert "Anoté un 3" in chat.says(text)


def test_the_grade_that_was_mistaken_for_the_best_is_not_the_one_that_is_meant(
    release: Release,
) -> None:
    chat = rating(release)
    chat.says("5")
    assert "Anoté un 7" in chat.says("no no, me confundí, pensé que 1 era lo mejor, es 7")


@pytest.mark.parametrize(
    "text",
    [
        "ni loco les pongo un 7",
        "ni que me paguen les pongo un 6",
        "ni cagando un 7",
        "ni soñando un 6",
        "no alcanza a ser un 4",
        "no llega a tener un 4",
        "no creo que sea un 5",
        "yo no diría un 6",
        "le faltó harto para ser un 7",
        "nunca va a ser un 7",
        "no les voy a poner un 7 ni ahí",
        "no pienso darles un 6",
        "no esperen que ponga un 7",
        "un 7 no les doy ni muerta",
        "I'm not going to give them a 7",
        "it isn't worth a 4",
        "far from a 7",
        "I don't think it's a 5",
    ],
)
def test_a_grade_that_is_never_given_is_none(release: Release, text: str) -> None:
    chat = rating(release)
    chat.says(text)
    assert not chat.answers()
    assert chat.state.proposal is None


def test_an_office_that_is_described_is_asked_about(release: Release) -> None:
    chat = Chat(release)
    chat.says("le pongo un 5 a la oficina donde dan el permiso pa vender en la calle")
    assert not chat.answers()


def test_a_rating_that_is_refused_before_it_has_a_grade_is_left(release: Release) -> None:
    assert "De acuerdo" in rating(release).says("no quiero evaluar nada")
